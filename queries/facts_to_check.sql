-- title: {zh: 最需核对的数据, en: Facts to check first}
-- description:
--   zh: 置信度最低的数据，附所用规则和原句，供人工复核。
--   en: The facts of least confidence with the rule that made each and its sentence, for a person to review.
-- parameters:
--   below: {zh: 置信度上限，0 至 1；留空为 0.7, en: "confidence below which to list, 0 to 1; empty means 0.7"}
--   top: {zh: 行数；留空为 100, en: how many rows; empty means 100}
select
  m.confidence, m.rule, m.subject, m.indicator, m.measure, m.status, m.period, m.value, m.unit, m.value_text,
  s.clean_quote as sentence, r.title as report, '/-/report/' || m.report_id || '#' || m.id as link
from (
  select * from metrics where confidence < coalesce(cast(nullif(:below, '') as real), 0.7)
  order by confidence, id
  limit coalesce(cast(nullif(:top, '') as integer), 100)
) m
join source_spans s on s.id = m.span_id
join reports r on r.id = m.report_id
order by m.confidence, m.id
