-- title: {zh: 指标目录, en: Glossary of indicators}
-- description:
--   zh: 各项标准指标的名称、单位、释义、数据条数、涉及地区数和时期范围。
--   en: The canonical indicators with their units, definitions, how many figures and districts they have and the period covered.
-- parameters:
--   category: {zh: 指标类别；留空为全部, en: a category of indicators; empty takes all}
with used as (
  select
    indicator_id, count(*) as figures, count(distinct district_id) as districts, min(period_start) as earliest,
    max(period_end) as latest
  from metrics not indexed  -- one pass over the table costs half of a look-up a row
  where indicator_id is not null group by indicator_id
)
select
  i.category, i.name as indicator, i.name_en as indicator_en, i.unit, i.definition, coalesce(u.figures, 0) as figures,
  coalesce(u.districts, 0) as districts, u.earliest, u.latest, '/-/indicator/' || i.id as link
from indicators i
left join used u on u.indicator_id = i.id
where :category = '' or i.category = :category
order by i.category, u.figures desc, i.id
