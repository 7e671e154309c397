-- title: {zh: 每份报告的识别情况, en: Coverage of each report}
-- description:
--   zh: 每份报告中的数字按用途计数：成为数据的、日期、名称、序号、版面文字、其他和未能解释的；未能解释最多的在前。
--   en: The numerals of each report by role, those that became facts, dates, names, ordinals, page furniture, others and the unexplained; the least explained first.
-- parameters:
--   report: {zh: 报告编号、文件名或标题；留空则为全部报告, en: "a report's id, file name or title; empty takes every report"}
with counted as (
  select report_id, role, count(*) as size from numerals group by report_id, role
),
by_role as (
  select
    report_id, sum(size) as numerals, sum(iif(role = 'metric', size, 0)) as metric,
    sum(iif(role = 'date', size, 0)) as date, sum(iif(role = 'name', size, 0)) as name,
    sum(iif(role = 'ordinal', size, 0)) as ordinal, sum(iif(role = 'boilerplate', size, 0)) as boilerplate,
    sum(iif(role = 'other', size, 0)) as other, sum(iif(role = 'unexplained', size, 0)) as unexplained
  from counted group by report_id
)
select
  r.title as report, r.file_name, r.publisher, r.reference_date, r.char_count, n.numerals, n.metric, n.date,
  n.name, n.ordinal, n.boilerplate, n.other, n.unexplained,
  round(100.0 * n.unexplained / n.numerals, 2) as unexplained_percent, '/-/report/' || r.id as link
from reports r
left join by_role n on n.report_id = r.id
where :report = '' or :report in (r.id, r.file_name, r.title)
order by unexplained_percent desc, r.id
