-- title: {zh: 一项指标的地区比较, en: One indicator across districts}
-- description:
--   zh: 同一指标在各地区的最新数值（或指定年份的数值），由高到低排列。
--   en: The latest figure of one indicator in each district, or that of one year, the highest first.
-- parameters:
--   indicator: {zh: 指标名称或编号；留空则取数据最多的指标, en: an indicator's name or id; empty takes the one with most figures}
--   year: {zh: 年份，如 2023；留空则取最新, en: "a year, such as 2023; empty takes the latest"}
--   measure: {zh: "level 数值、growth 增速、change 增减、share 占比、rank 位次；留空为 level", en: "level, growth, change, share or rank; empty means level"}
with wanted as (
  select id from indicators where :indicator in (id, name, name_en)
  union select id from (
    select indicator_id as id from metrics where :indicator = '' and indicator_id is not null
    group by indicator_id order by count(*) desc, indicator_id limit 1
  )
),
facts as (
  select * from metrics where indicator_id in (select id from wanted)
  union
  select * from metrics where indicator = nullif(:indicator, '')
),
latest as (
  select *, row_number() over (
    partition by district_id, unit order by coalesce(period_end, '') desc, confidence desc, id
  ) as nth
  from facts
  where subject_type = 'district' and district_id is not null and status = 'actual'
    and measure = coalesce(nullif(:measure, ''), 'level')
    and (:year = '' or substr(period_end, 1, 4) = :year)
)
select
  d.name as district, coalesce(i.name, l.indicator) as indicator, l.period, l.value, l.value_max, l.unit,
  l.bound, l.value_text, l.basis, s.clean_quote as sentence, r.title as report,
  '/-/report/' || l.report_id || '#' || l.id as link
from latest l
join districts d on d.id = l.district_id
join source_spans s on s.id = l.span_id
join reports r on r.id = l.report_id
left join indicators i on i.id = l.indicator_id
where l.nth = 1
order by l.unit, l.value desc, d.id
