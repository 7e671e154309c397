-- title: {zh: 政策、行动与项目, en: Policies, actions and projects}
-- description:
--   zh: 一个地区有名称的政策、规划、行动、平台、活动和项目，以及首次提到它的句子和数据条数。
--   en: The named policies, plans, actions, platforms, events and projects of a district, with the sentence that first names each and how many figures it has.
-- parameters:
--   district: {zh: 地区名称、简称或行政区划代码；留空则为全部地区, en: "a district's name, short name or code; empty takes every district"}
--   kind: {zh: "policy、plan、action、programme、mechanism、platform、event、project 之一；留空为全部", en: "policy, plan, action, programme, mechanism, platform, event or project; empty takes all"}
with place as (
  select id from districts where :district in (id, name, short_name)
  union select district_id from aliases where alias = :district and district_id is not null
),
first as (
  select initiative_id, min(id) as id from mentions where initiative_id is not null group by initiative_id
)
select
  d.name as district, n.kind, n.name as initiative, n.period, n.status, p.name as park,
  (select count(*) from metrics m where m.initiative_id = n.id) as figures,
  s.clean_quote as sentence, r.title as report,
  '/-/report/' || f.report_id || '#' || f.id as link
from initiatives n
left join districts d on d.id = n.district_id
left join parks p on p.id = n.park_id
left join first on first.initiative_id = n.id
left join mentions f on f.id = first.id
left join source_spans s on s.id = f.span_id
left join reports r on r.id = f.report_id
where (:kind = '' or n.kind = :kind)
  and (:district = '' or n.district_id in (select id from place))
order by n.district_id, n.kind, n.name, n.id
