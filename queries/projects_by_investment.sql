-- title: {zh: 项目按投资额排列, en: Projects by investment}
-- description:
--   zh: 报告记述的各笔投资额（总投资、计划投资、完成投资等），由大到小排列，附项目或企业名称和原句。
--   en: Every sum of investment that the reports tell (total, planned, completed), the largest first, with its project or enterprise and the sentence.
-- parameters:
--   district: {zh: 地区名称、简称或行政区划代码；留空则为全部地区, en: "a district's name, short name or code; empty takes every district"}
--   at_least: {zh: 最低金额，单位亿元；留空为不限, en: "the least sum, in 100 million yuan; empty sets none"}
--   top: {zh: 行数；留空为 200, en: how many rows; empty means 200}
with place as (
  select id from districts where :district in (id, name, short_name)
  union select district_id from aliases where alias = :district and district_id is not null
)
select
  d.name as district, m.subject, n.kind as project_kind, m.indicator, m.status, m.period, m.value_text,
  m.value / 1e8 as value_yi_yuan, m.bound, s.clean_quote as sentence, r.title as report,
  '/-/report/' || m.report_id || '#' || m.id as link
from (
  select * from metrics
  where unit = '元' and measure = 'level' and subject_type in ('initiative', 'enterprise', 'park', 'other')
    and indicator like '%投资%'
    and (:at_least = '' or value >= 1e8 * cast(:at_least as real))
    and (:district = '' or district_id in (select id from place))
  order by value desc, id
  limit coalesce(cast(nullif(:top, '') as integer), 200)
) m
join source_spans s on s.id = m.span_id
join reports r on r.id = m.report_id
left join districts d on d.id = m.district_id
left join initiatives n on n.id = m.initiative_id
order by m.value desc, m.id
