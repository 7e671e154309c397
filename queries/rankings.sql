-- title: {zh: 位次与排名, en: Ranks claimed}
-- description:
--   zh: 报告自述的各项位次（全国、全省、全市第几），名次靠前的在前。
--   en: The ranks that reports claim for themselves, in the nation, province or city, the highest first.
-- parameters:
--   district: {zh: 地区名称、简称或行政区划代码；留空则为全部地区, en: "a district's name, short name or code; empty takes every district"}
with place as (
  select id from districts where :district in (id, name, short_name)
  union select district_id from aliases where alias = :district and district_id is not null
)
select
  d.name as district, m.subject, coalesce(i.name, m.indicator) as indicator, m.basis as among,
  m.value as rank, m.bound, m.period, m.status, m.value_text, s.clean_quote as sentence, r.title as report,
  '/-/report/' || m.report_id || '#' || m.id as link
from metrics m
join source_spans s on s.id = m.span_id
join reports r on r.id = m.report_id
left join districts d on d.id = m.district_id
left join indicators i on i.id = m.indicator_id
where m.measure = 'rank' and (:district = '' or m.district_id in (select id from place))
order by m.district_id, m.value, m.period_end desc, m.id
