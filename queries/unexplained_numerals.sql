-- title: {zh: 未能解释的数字, en: Numerals left unexplained}
-- description:
--   zh: 程序未能判定用途的数字及其上下文，供人工核对。
--   en: The numerals that the program could not place, each in its context, for a person to check.
-- parameters:
--   report: {zh: 报告编号、文件名或标题；留空则为全部报告, en: "a report's id, file name or title; empty takes every report"}
select
  r.title as report, n.text as numeral, n.role,
  replace(substr(r.text, max(n.start_char - 24, 0) + 1, n.end_char - max(n.start_char - 24, 0) + 24), char(10), ' ')
    as sentence,
  '/-/report/' || n.report_id || '#' || n.id as link
from numerals n
join reports r on r.id = n.report_id
where n.role = 'unexplained' and (:report = '' or :report in (r.id, r.file_name, r.title))
order by n.report_id, n.start_char
