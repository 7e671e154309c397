-- title: {zh: 占比与结构, en: Shares of the whole}
-- description:
--   zh: 报告记述的各项占比以及所占的总体，按地区和时期排列。
--   en: The shares that reports tell and the whole that each is a part of, by district and period.
-- parameters:
--   district: {zh: 地区名称、简称或行政区划代码；留空则为全部地区, en: "a district's name, short name or code; empty takes every district"}
with place as (
  select id from districts where :district in (id, name, short_name)
  union select district_id from aliases where alias = :district and district_id is not null
)
select
  d.name as district, m.subject, m.subject_type, coalesce(i.name, m.indicator) as indicator, m.basis as whole,
  m.value as share_percent, m.bound, m.period, m.status, m.value_text, s.clean_quote as sentence,
  r.title as report, '/-/report/' || m.report_id || '#' || m.id as link
from metrics m
join source_spans s on s.id = m.span_id
join reports r on r.id = m.report_id
left join districts d on d.id = m.district_id
left join indicators i on i.id = m.indicator_id
where m.measure = 'share' and (:district = '' or m.district_id in (select id from place))
order by m.district_id, m.period_end desc, m.value desc, m.id
