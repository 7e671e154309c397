-- title: {zh: 互相矛盾的数字, en: Figures that disagree}
-- description:
--   zh: 同一主体、同一指标、同一时期而数值不同的两处记述，并列两句原文；能以时点、取整、限定词、比较基准或口径解释的注明原因，不能解释的在前。
--   en: Two statements of the same indicator, holder and period whose values differ, with both sentences; what period, rounding, bound, basis or scope may explain is noted, and what nothing explains comes first.
-- parameters:
--   district: {zh: 地区名称、简称或行政区划代码；留空则为全部地区, en: "a district's name, short name or code; empty takes every district"}
with place as (
  select id from districts where :district in (id, name, short_name)
  union select district_id from aliases where alias = :district and district_id is not null
)
select
  d.name as district, c.subject, c.indicator, c.measure, c.status, c.value_text, c.other_value_text,
  c.value, c.other_value, c.unit, c.period, c.other_period, c.explanation, c.sentence, c.other_sentence,
  r.title as report, q.title as other_report,
  '/-/report/' || c.report_id || '#' || c.metric_id as link,
  '/-/report/' || c.other_report_id || '#' || c.other_metric_id as other_link
from conflicts c
join reports r on r.id = c.report_id
join reports q on q.id = c.other_report_id
left join districts d on d.id = c.district_id
where :district = '' or c.district_id in (select id from place)
order by c.explanation is not null, c.district_id, c.indicator, c.period, c.metric_id, c.other_metric_id
