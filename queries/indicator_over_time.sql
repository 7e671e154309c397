-- title: {zh: 一项指标的历年变化, en: One indicator over time}
-- description:
--   zh: 一个地区一项指标的全部数值，按时间排列，目标值和预计值一并列出。
--   en: Every figure of one indicator of one district in the order of time, targets and forecasts among them.
-- parameters:
--   indicator: {zh: 指标名称或编号；留空则取数据最多的指标, en: an indicator's name or id; empty takes the one with most figures}
--   district: {zh: 地区名称、简称或行政区划代码；留空则为全部地区, en: "a district's name, short name or code; empty takes every district"}
with wanted as (
  select id from indicators where :indicator in (id, name, name_en)
  union select id from (
    select indicator_id as id from metrics where :indicator = '' and indicator_id is not null
    group by indicator_id order by count(*) desc, indicator_id limit 1
  )
),
place as (
  select id from districts where :district in (id, name, short_name)
  union select district_id from aliases where alias = :district and district_id is not null
),
facts as (
  select * from metrics where indicator_id in (select id from wanted)
  union
  select * from metrics where indicator = nullif(:indicator, '')
)
select
  d.name as district, m.subject, coalesce(i.name, m.indicator) as indicator, m.measure, m.status, m.period,
  m.value, m.value_max, m.unit, m.bound, m.value_text, m.basis, s.clean_quote as sentence, r.title as report,
  '/-/report/' || m.report_id || '#' || m.id as link
from facts m
join source_spans s on s.id = m.span_id
join reports r on r.id = m.report_id
left join districts d on d.id = m.district_id
left join indicators i on i.id = m.indicator_id
where :district = '' or m.district_id in (select id from place)
order by m.district_id, m.measure, m.unit, m.period_end is null, m.period_end, m.value_start
