-- title: {zh: 在原文中检索, en: Search the sentences}
-- description:
--   zh: 检索各报告的句子，新近的在前；两个字的词也能找到，多个词以空格分开，须同时出现。
--   en: Search the sentences of all reports, the latest first; words of two characters are found too; words parted by spaces must all occur.
-- parameters:
--   words: {zh: 要找的词, en: the words to find}
--   district: {zh: 地区名称、简称或行政区划代码；留空则为全部地区, en: "a district's name, short name or code; empty takes every district"}
--   top: {zh: 行数；留空为 200（匹配的句子超过五千条时只在前五千条中取）, en: "how many rows; empty means 200 (of more than 5,000 matches the first 5,000 are considered)"}
with place as (
  select id from districts where :district in (id, name, short_name)
  union select district_id from aliases where alias = :district and district_id is not null
),
found as (
  select s.id, s.report_id, s.start_char, r.reference_date
  from (select rowid from source_spans_fts where source_spans_fts match escape_fts(:words) limit 5000) f
  join source_spans s on s.rowid = f.rowid
  join reports r on r.id = s.report_id
  where :district = '' or r.district_id in (select id from place)
  order by r.reference_date desc, s.report_id, s.start_char
  limit coalesce(cast(nullif(:top, '') as integer), 200)
)
select
  s.clean_quote as sentence, s.section, r.title as report, r.publisher, f.reference_date as report_date,
  d.name as district, (select count(*) from metrics m where m.span_id = f.id) as figures,
  '/-/report/' || f.report_id || '#' || f.id as link
from found f
join source_spans s on s.id = f.id
join reports r on r.id = f.report_id
left join districts d on d.id = r.district_id
order by f.reference_date desc, f.report_id, f.start_char
