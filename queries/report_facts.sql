-- title: {zh: 一份报告的全部数据, en: The facts of one report}
-- description:
--   zh: 一份报告中的全部数据，按原文顺序排列。
--   en: Every figure of one report in the order of its text.
-- parameters:
--   report: {zh: 报告编号、文件名或标题；留空则取数据最多的报告, en: "a report's id, file name or title; empty takes the one with most figures"}
with wanted as (
  select id from reports where :report in (id, file_name, title)
  union select id from (
    select report_id as id from metrics where :report = '' group by report_id order by count(*) desc, report_id limit 1
  )
)
select
  s.section, m.subject, m.subject_type, coalesce(i.name, m.indicator) as indicator, m.measure, m.status,
  m.period, m.value, m.value_max, m.unit, m.bound, m.basis, m.value_text, m.confidence,
  s.clean_quote as sentence, r.title as report, '/-/report/' || m.report_id || '#' || m.id as link
from metrics m
join source_spans s on s.id = m.span_id
join reports r on r.id = m.report_id
left join indicators i on i.id = m.indicator_id
where m.report_id in (select id from wanted)
order by m.report_id, m.value_start
