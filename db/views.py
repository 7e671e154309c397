"""The views: what an analyst reads first. Plain SQL over the tables of `db.schema`, no parameters.

Where a view compares metrics it goes by `series_id` (same indicator and subject), so that a condition on
it is answered from an index.
"""

_SUBJECT = (
    "coalesce(p.name, e.name, o.name, n.name, case m.subject_type when 'district' then d.name end, m.subject)"
)

_SUBJECT_JOINS = """
left join districts d on d.id = m.district_id
left join parks p on p.id = m.park_id
left join enterprises e on e.id = m.enterprise_id
left join institutions o on o.id = m.institution_id
left join initiatives n on n.id = m.initiative_id
left join indicators i on i.id = m.indicator_id"""

METRIC_FACTS = f"""
select
  m.id, coalesce(i.name, m.indicator) as indicator_name, m.indicator, m.indicator_id, i.category,
  {_SUBJECT} as subject_name, m.subject, m.subject_type,
  m.measure, m.value, m.value_max, m.unit, m.bound, m.basis,
  m.period, m.period_start, m.period_end, m.status, m.value_text,
  s.clean_quote as sentence, s.section,
  m.district_id, d.name as district, m.park_id, p.name as park, m.enterprise_id, e.name as enterprise,
  m.institution_id, o.name as institution, m.initiative_id, n.name as initiative,
  m.report_id, r.title as report, r.publisher, r.published_on, r.reference_date, r.origin,
  m.span_id, m.value_start, m.value_end, m.series_id, m.rule, m.confidence
from metrics m
join reports r on r.id = m.report_id
join source_spans s on s.id = m.span_id{_SUBJECT_JOINS}"""

# A sentence doesn't contradict itself. Stocks as of two days of one year are compared as well, and
# explained by 'period'. The joins are crossed so that SQLite finds the pairs first, which are few, and then
# what is told of them: led by the reports it reads the whole table in their order.
CONFLICTS = f"""
select
  m.series_id, coalesce(i.name, m.indicator) as indicator,
  {_SUBJECT} as subject, m.subject_type, m.district_id,
  m.measure, m.unit, m.status,
  m.value, x.value as other_value, m.value_text, x.value_text as other_value_text,
  m.period, x.period as other_period,
  case
    when x.period_end <> m.period_end then 'period'
    when abs(m.value - x.value) <= 0.005 * max(abs(m.value), abs(x.value)) then 'rounding'
    when 'approx' in (m.bound, x.bound) and abs(m.value - x.value) <= 0.1 * max(abs(m.value), abs(x.value))
      or m.bound = 'min' and x.value >= m.value or x.bound = 'min' and m.value >= x.value
      or m.bound = 'max' and x.value <= m.value or x.bound = 'max' and m.value <= x.value
      or x.value between m.value and m.value_max or m.value between x.value and x.value_max then 'bound'
    when x.basis is not m.basis then 'basis'
    when x.indicator <> m.indicator or x.subject <> m.subject then 'scope'
  end as explanation,
  s.clean_quote as sentence, t.clean_quote as other_sentence,
  m.report_id, x.report_id as other_report_id, r.published_on, q.published_on as other_published_on,
  m.id as metric_id, x.id as other_metric_id, m.span_id, x.span_id as other_span_id
from metrics m
cross join metrics x on x.series_id = m.series_id and x.measure = m.measure and x.unit = m.unit
  and x.status = m.status and x.id > m.id and x.value <> m.value and x.span_id <> m.span_id
  and (x.period_end = m.period_end
       and (x.period_start is m.period_start or x.period_start is null or m.period_start is null)
    or x.period_start is null and m.period_start is null
       and substr(x.period_end, 1, 4) = substr(m.period_end, 1, 4))
cross join source_spans s on s.id = m.span_id
cross join source_spans t on t.id = x.span_id
cross join reports r on r.id = m.report_id
cross join reports q on q.id = x.report_id{_SUBJECT_JOINS}"""

_MEASURES = ("level", "growth", "share", "rank", "change")


def _best(measure: str, column: str) -> str:
    """The column of the surest statement of a measure, in a group of metrics."""
    return f"max(case when m.measure = '{measure}' and m.surest then m.{column} end)"


_VALUES = ", ".join(f"{_best(measure, 'value')} as {measure}" for measure in _MEASURES)
_IDS = ", ".join(f"{_best(measure, 'id')} as {measure}_id" for measure in _MEASURES)

TIME_SERIES = f"""
select
  m.series_id, coalesce(i.name, m.indicator) as indicator, m.indicator_id,
  {_SUBJECT} as subject, m.subject_type,
  m.district_id, m.park_id, m.enterprise_id, m.institution_id, m.initiative_id,
  m.period, m.period_start, m.period_end, m.status,
  {_VALUES},
  {_best("level", "unit")} as level_unit, {_best("change", "unit")} as change_unit,
  {_IDS},
  count(*) as statements, count(distinct m.report_id) as reports
from metrics m{_SUBJECT_JOINS}
where m.period_end is not null
group by m.series_id, m.period_end, m.period_start, m.status"""

# A join in brackets would be made whole before it is searched, hence the subquery for the result's report.
# Results come from reports later than the target's own. One is judged where its report was made when the
# target's time was over, or before where it has got there already. A ceiling (`max`) and a fall (a negative
# figure) are met from above. A report of a year without a month tells of the years before it as over.
_TOLD = "coalesce(q.reference_date, q.published_on, '')"
_OVER = f"""(length({_TOLD}) >= 7 and {_TOLD} >= substr(m.period_end, 1, length({_TOLD}))
  or {_TOLD} > substr(m.period_end, 1, max(length({_TOLD}), 4)))"""

TARGETS = f"""
select
  m.series_id, coalesce(i.name, m.indicator) as indicator, m.indicator_id,
  {_SUBJECT} as subject, m.subject_type,
  m.district_id, m.measure, m.unit, m.bound, m.period, m.value as target,
  a.period as actual_period, a.value as actual,
  case
    when a.id is null then 'open'
    when (m.bound = 'max' or m.value < 0) and a.value <= coalesce(m.value_max, m.value) then 'met'
    when m.bound <> 'max' and m.value >= 0 and a.value >= m.value then 'met'
    when a.period_end >= m.period_end and {_OVER} then 'missed'
    else 'open'
  end as outcome,
  s.clean_quote as sentence, t.clean_quote as actual_sentence,
  m.report_id, a.report_id as actual_report_id, m.id as metric_id, a.id as actual_metric_id,
  m.span_id, a.span_id as actual_span_id
from metrics m
join reports r on r.id = m.report_id
join source_spans s on s.id = m.span_id
left join metrics a on a.series_id = m.series_id and a.measure = m.measure and a.unit = m.unit
  and a.status = 'actual'
  and (select {_TOLD} from reports q where q.id = a.report_id)
    > coalesce(r.reference_date, r.published_on, '')
  and a.period_end > coalesce(r.reference_date, '') and a.period_end <= m.period_end
  and (m.period_start is null or a.period_start is null or a.period_start >= m.period_start)
left join reports q on q.id = a.report_id
left join source_spans t on t.id = a.span_id{_SUBJECT_JOINS}
where m.status = 'target'"""

_ROLES = ("metric", "date", "name", "ordinal", "boilerplate", "other", "unexplained")
_BY_ROLE = ", ".join(
    f"(select count(*) from numerals n where n.report_id = r.id and n.role = '{role}') as \"{role}\""
    for role in _ROLES
)

COVERAGE = f"""
select
  r.id as report_id, r.title as report, r.file_name, r.publisher, r.published_on, r.district_id,
  r.origin, r.char_count,
  (select count(*) from numerals n where n.report_id = r.id) as numerals,
  {_BY_ROLE},
  (select round(100.0 * sum(n.role = 'unexplained') / count(*), 2)
    from numerals n where n.report_id = r.id) as unexplained_percent,
  (select count(*) from metrics m where m.report_id = r.id) as metrics,
  (select count(*) from mentions m where m.report_id = r.id) as mentions,
  (select count(*) from corrections c where c.report_id = r.id) as corrections,
  (select count(*) from issues i where i.report_id = r.id) as issues
from reports r"""


def _told_by(table: str, column: str, relation: str) -> str:
    """The sentence that tells a relation, of the report that comes first by its id."""
    return (
        f"(select s.clean_quote from relations x join source_spans s on s.id = x.span_id"
        f" where x.{column} = {table}.id and x.relation = '{relation}' order by x.report_id, x.id limit 1)"
    )


def _counts(table: str, column: str) -> str:
    """How often and in how many reports an entity is named, when first and last, and its figures."""
    named = f"from mentions x join reports r on r.id = x.report_id where x.{column} = {table}.id"
    return f"""
  (select group_concat(a.alias, '、') from (
    select distinct alias from aliases where {column} = {table}.id order by alias) a) as aliases,
  (select count(*) from mentions x where x.{column} = {table}.id) as mentions,
  (select count(distinct x.report_id) from mentions x where x.{column} = {table}.id) as reports,
  (select min(r.reference_date) {named}) as first_named,
  (select max(r.reference_date) {named}) as last_named,
  (select count(*) from metrics x where x.{column} = {table}.id) as metrics"""


ENTERPRISE_PROFILE = f"""
select
  e.id, e.name, e.short_name, e.industry, e.district_id, d.name as district, e.park_id, p.name as park,
  {_told_by("e", "enterprise_id", "park")} as park_sentence,{_counts("e", "enterprise_id")}
from enterprises e
left join districts d on d.id = e.district_id
left join parks p on p.id = e.park_id"""

PARK_PROFILE = f"""
select
  k.id, k.name, k.short_name, k.kind, k.level, k.district_id, d.name as district,
  {_told_by("k", "park_id", "level")} as level_sentence,
  (select count(*) from enterprises e where e.park_id = k.id) as enterprises,
  (select count(*) from initiatives n where n.park_id = k.id) as initiatives,{_counts("k", "park_id")}
from parks k
left join districts d on d.id = k.district_id"""

DISTRICT_SCORECARD = """
select * from (
  select
    m.district_id, d.name as district, coalesce(i.name, m.indicator) as indicator, m.indicator_id, i.category,
    m.period, m.value, m.value_max, m.unit, m.bound,
    (select g.value from metrics g where g.series_id = m.series_id and g.period_end = m.period_end
      and g.status = 'actual' and g.measure = 'growth' and g.surest limit 1) as growth_percent,
    (select g.value from metrics g where g.series_id = m.series_id and g.period_end = m.period_end
      and g.status = 'actual' and g.measure = 'rank' and g.surest limit 1) as rank,
    s.clean_quote as sentence, m.report_id, m.id as metric_id,
    row_number() over (
      partition by m.series_id, m.unit
      order by m.period_end desc, m.period_start is null, m.confidence desc, m.id) as nth
  from metrics m
  join districts d on d.id = m.district_id
  join source_spans s on s.id = m.span_id
  left join indicators i on i.id = m.indicator_id
  where m.subject_type = 'district' and m.status = 'actual' and m.measure = 'level' and m.surest
    and m.period_end is not null)
where nth = 1"""

VIEWS = {
    "metric_facts": METRIC_FACTS,
    "conflicts": CONFLICTS,
    "time_series": TIME_SERIES,
    "targets": TARGETS,
    "coverage": COVERAGE,
    "enterprise_profile": ENTERPRISE_PROFILE,
    "park_profile": PARK_PROFILE,
    "district_scorecard": DISTRICT_SCORECARD,
}
