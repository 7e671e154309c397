-- title: {zh: 产业集群数据, en: Industry clusters}
-- description:
--   zh: 以产业、产业链或产业集群为主体的全部数据，按产业和时期排列。
--   en: Every figure whose holder is an industry, an industry chain or a cluster, by industry and period.
-- parameters:
--   district: {zh: 地区名称、简称或行政区划代码；留空则为全部地区, en: "a district's name, short name or code; empty takes every district"}
with place as (
  select id from districts where :district in (id, name, short_name)
  union select district_id from aliases where alias = :district and district_id is not null
)
select
  d.name as district, m.subject as cluster, coalesce(i.name, m.indicator) as indicator, m.measure, m.status,
  m.period, m.value, m.value_max, m.unit, m.value_text, s.clean_quote as sentence, r.title as report,
  '/-/report/' || m.report_id || '#' || m.id as link
from metrics m
join source_spans s on s.id = m.span_id
join reports r on r.id = m.report_id
left join districts d on d.id = m.district_id
left join indicators i on i.id = m.indicator_id
where m.subject_type = 'cluster' and (:district = '' or m.district_id in (select id from place))
order by m.district_id, m.subject, m.period_end, m.id
