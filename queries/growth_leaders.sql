-- title: {zh: 增长最快的指标, en: Growth leaders}
-- description:
--   zh: 各主体增速最高的指标，由高到低排列；可按地区、年份和指标筛选。
--   en: The fastest-growing indicators of any holder, the fastest first; by district, year and indicator.
-- parameters:
--   district: {zh: 地区名称、简称或行政区划代码；留空则为全部地区, en: "a district's name, short name or code; empty takes every district"}
--   year: {zh: 年份，如 2023；留空为不限, en: "a year, such as 2023; empty takes any"}
--   indicator: {zh: 指标名称中的文字；留空为不限, en: "words in the indicator's name; empty takes any"}
--   top: {zh: 行数；留空为 100, en: how many rows; empty means 100}
with place as (
  select id from districts where :district in (id, name, short_name)
  union select district_id from aliases where alias = :district and district_id is not null
)
select
  d.name as district, m.subject, m.subject_type, coalesce(i.name, m.indicator) as indicator, m.period,
  m.value as growth_percent, m.bound, m.basis, m.value_text, s.clean_quote as sentence, r.title as report,
  '/-/report/' || m.report_id || '#' || m.id as link
from (
  select * from metrics
  where measure = 'growth' and status = 'actual'
    and (:district = '' or district_id in (select id from place))
    and (:year = '' or substr(period_end, 1, 4) = :year)
    and (:indicator = '' or instr(indicator, :indicator) > 0)
  order by value desc, id
  limit coalesce(cast(nullif(:top, '') as integer), 100)
) m
join source_spans s on s.id = m.span_id
join reports r on r.id = m.report_id
left join districts d on d.id = m.district_id
left join indicators i on i.id = m.indicator_id
order by m.value desc, m.id
