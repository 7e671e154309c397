-- title: {zh: 一个地区的经济概览, en: A district's scorecard}
-- description:
--   zh: 一个地区各项指标的最新数值，以及同期报告所述的增速和位次，附原句。
--   en: The latest figure of each of a district's indicators, with the growth and the rank that were told for the same period, and the sentence.
-- parameters:
--   district: {zh: 地区名称、简称或行政区划代码；留空则取数据最多的地区, en: "a district's name, short name or GB/T 2260 code; empty takes the one with most figures"}
with place as (
  select id from districts where :district in (id, name, short_name)
  union select district_id from aliases where alias = :district and district_id is not null
  union select id from (
    select district_id as id from metrics where :district = '' and district_id is not null
    group by district_id order by count(*) desc, district_id limit 1
  )
),
facts as materialized (
  select m.*, coalesce(i.name, m.indicator) as item, coalesce(i.category, '') as category
  from metrics m left join indicators i on i.id = m.indicator_id
  where m.district_id in (select id from place) and m.subject_type = 'district' and m.status = 'actual'
),
latest as (
  select *, row_number() over (
    partition by item, unit order by coalesce(period_end, '') desc, confidence desc, id
  ) as nth
  from facts where measure = 'level'
)
select
  d.name as district, l.item as indicator, l.period, l.value, l.value_max, l.unit, l.bound, l.value_text,
  (select g.value from facts g where g.item = l.item and g.measure = 'growth' and g.period = l.period
   order by g.confidence desc, g.id limit 1) as growth_percent,
  (select k.value from facts k where k.item = l.item and k.measure = 'rank' and k.period = l.period
   order by k.confidence desc, k.id limit 1) as rank,
  s.clean_quote as sentence, r.title as report,
  '/-/report/' || l.report_id || '#' || l.id as link
from latest l
join districts d on d.id = l.district_id
join source_spans s on s.id = l.span_id
join reports r on r.id = l.report_id
where l.nth = 1
order by d.id, l.category = '', l.category, l.item, l.unit
