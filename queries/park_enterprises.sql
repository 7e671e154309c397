-- title: {zh: 园区企业及其数据, en: Enterprises of a park}
-- description:
--   zh: 一个园区内的企业以及各报告对它们的记述：有数据的列出数据，没有的列出最先提到它的句子。
--   en: The enterprises of a park and what is said of them, their figures where there are any, else the sentence that first names them.
-- parameters:
--   park: {zh: 园区名称或简称；留空则取企业最多的园区, en: "a park's name or short name; empty takes the one with most enterprises"}
with garden as (
  select id from parks where :park in (id, name, short_name)
  union select park_id from aliases where alias = :park and park_id is not null
  union select id from (
    select park_id as id from enterprises where :park = '' and park_id is not null
    group by park_id order by count(*) desc, park_id limit 1
  )
),
told as (
  select e.id as enterprise_id, m.id as metric_id, coalesce(m.id, n.id) as place, coalesce(m.span_id, n.span_id) as span_id
  from enterprises e
  left join metrics m on m.enterprise_id = e.id
  left join mentions n on n.id = (select min(id) from mentions where enterprise_id = e.id) and m.id is null
  where e.park_id in (select id from garden)
)
select
  p.name as park, e.name as enterprise, e.industry, m.indicator, m.period, m.status, m.value_text, m.value, m.unit,
  s.clean_quote as sentence, r.title as report, '/-/report/' || r.id || '#' || t.place as link
from told t
join enterprises e on e.id = t.enterprise_id
join parks p on p.id = e.park_id
left join metrics m on m.id = t.metric_id
left join source_spans s on s.id = t.span_id
left join reports r on r.id = s.report_id
order by p.name, p.id, e.name, e.id, m.period_end, t.place
