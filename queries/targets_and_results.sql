-- title: {zh: 目标与完成情况, en: Targets beside results}
-- description:
--   zh: 每项目标与其后报告所述的同一主体、同一指标的实际数值并列，并标明达到（met）、未达到（missed）或尚无结果（open）。
--   en: Each target beside the later actual figures of the same holder and indicator, and whether they met it; targets without a result yet are listed as open.
-- parameters:
--   district: {zh: 地区名称、简称或行政区划代码；留空则为全部地区, en: "a district's name, short name or code; empty takes every district"}
with place as (
  select id from districts where :district in (id, name, short_name)
  union select district_id from aliases where alias = :district and district_id is not null
)
select
  d.name as district, t.subject, t.indicator, t.measure, t.period, t.bound, t.target, t.unit,
  t.actual_period, t.actual, t.outcome, t.sentence, t.actual_sentence, r.title as report,
  '/-/report/' || t.report_id || '#' || t.metric_id as link,
  '/-/report/' || t.actual_report_id || '#' || t.actual_metric_id as actual_link
from targets t
join reports r on r.id = t.report_id
left join districts d on d.id = t.district_id
where :district = '' or t.district_id in (select id from place)
order by t.district_id, t.period, t.indicator, t.metric_id, t.actual_period, t.actual_metric_id
