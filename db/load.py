"""Facts become rows.

In: the facts of one report at a time, then the lookups. Out: rows in the tables of `db.schema`.
`tabulate` needs no database, so workers do it and send plain tuples; `insert` writes them; `complete` adds
what depends on all reports together: entities, districts, indicators. Ids of rows come from the facts
themselves, never from the order in which they arrive.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, fields
from hashlib import sha1
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from sqlite_utils import Database

from db.schema import ENTITY_TABLES, TABLES
from ingest.model import Entity, FangzhiError, Issue, Mention, Metric, Relation, ReportFacts
from ingest.overrides import FILE, Override, renamed
from ingest.resolve import merge

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
"""Table name -> rows, each in the order of the table's columns."""

_COLUMNS = {table.name: tuple(table.columns) for table in TABLES}
_HOLDERS = tuple(f"{kind}_id" for kind in ENTITY_TABLES)
_ENTITY_FIELDS = tuple(item.name for item in fields(Entity))
_PLAIN = {
    table: attrgetter(*_COLUMNS[table])
    for table in (
        "source_spans",
        "numerals",
        "corrections",
        "analyst_corrections",
        "issues",
        "report_sources",
        "page_starts",
        "places",
    )
}
_HEADS = {
    table: attrgetter(*_COLUMNS[table][: _COLUMNS[table].index(_HOLDERS[0])])
    for table in ("mentions", "relations", "metrics")
}
_TAILS = {
    table: attrgetter(
        *(
            c
            for c in _COLUMNS[table][_COLUMNS[table].index(_HOLDERS[-1]) + 1 :]
            if c not in ("series_id", "surest")
        )
    )
    for table in ("relations", "metrics")
}
"""The columns of a row before and after those of its holders."""
_NOBODY: tuple[str | None, ...] = (None,) * len(_HOLDERS)
_PLACES = {kind: (_NOBODY[:at], _NOBODY[at + 1 :]) for at, kind in enumerate(ENTITY_TABLES)}
"""Kind of entity -> what stands before and after its column among those of the holders."""
_LESS_SURE = """
update metrics set surest = 0 where id in (
  select id from (
    select m.id, row_number() over (
      partition by m.series_id, m.period_start, m.period_end, m.status, m.measure
      order by m.confidence desc, coalesce(r.published_on, r.reference_date) desc, m.id) as place
    from metrics m join reports r on r.id = m.report_id where m.period_end is not null)
  where place > 1)"""
"""Of statements that a rule is as sure of, the one published last stands: figures are revised."""

NAMED = f"""
select coalesce({", ".join(_HOLDERS)}) as holder, value, min(report_id) as report_id, span_id
from relations where relation = 'name' group by 1, 2"""
"""Where a form of an entity's name first stands, in the report that comes first by its id."""

_EVIDENCE = f"""
update aliases set report_id = told.report_id, span_id = told.span_id from ({NAMED}) told
where told.holder = coalesce({", ".join(f"aliases.{column}" for column in _HOLDERS)})
  and told.value = aliases.alias"""


def tabulate(facts: ReportFacts) -> Rows:
    """The rows of one report, sorted by id."""
    kept = {metric.id for metric in facts.metrics}
    rows: Rows = {
        "reports": [astuple(facts.report)],
        "source_spans": list(map(_PLAIN["source_spans"], facts.spans)),
        "mentions": list(map(_mention, facts.mentions)),
        "relations": list(map(_relation, facts.relations)),
        "metrics": list(map(_metric, facts.metrics)),
        "numerals": list(map(_PLAIN["numerals"], facts.numerals)),
        "corrections": list(map(_PLAIN["corrections"], facts.corrections)),
        "analyst_corrections": [
            _PLAIN["analyst_corrections"](row)
            for row in facts.analyst_corrections
            if row.metric_id is None or row.metric_id in kept
        ],
        "issues": list(map(_PLAIN["issues"], facts.issues)),
        "report_entities": [_entity(facts.report.id, entity) for entity in facts.entities],
        "report_sources": list(map(_PLAIN["report_sources"], facts.sources)),
        "page_starts": list(map(_PLAIN["page_starts"], facts.page_starts)),
        "places": [_PLAIN["places"](place) for place in facts.places if place.metric_id in kept],
    }
    for table in rows.values():
        table.sort(key=lambda row: str(row[0]))
    return rows


def columns(table: str) -> tuple[str, ...]:
    """The columns of a table's rows, in order."""
    return _COLUMNS[table]


def column(table: str, name: str) -> int:
    """The place of a column in a table's rows."""
    return _COLUMNS[table].index(name)


def report_ids(rows: Rows) -> list[str]:
    """The ids of the reports among the rows."""
    return [row[0] for row in rows.get("reports", ())]


def without(rows: Rows, report_id: str) -> Rows:
    """The rows of a file without those of one of its reports."""
    kept: Rows = {}
    for table, of_table in rows.items():
        at = column(table, "id" if table == "reports" else "report_id")
        kept[table] = [row for row in of_table if row[at] != report_id]
    return kept


def issue_rows(issues: Iterable[Issue]) -> list[Row]:
    """Rows of issues that come from no report's facts: files that couldn't be read."""
    return list(map(_PLAIN["issues"], issues))


def insert(database: Database, rows: Mapping[str, Iterable[Row]]) -> None:
    """Write rows; inside the caller's transaction where there is one."""
    for table, table_rows in rows.items():
        columns = _COLUMNS[table]
        places = ", ".join("?" * len(columns))
        names = ", ".join(f'"{column}"' for column in columns)
        database.conn.executemany(f'insert into "{table}" ({names}) values ({places})', table_rows)


def complete(
    database: Database,
    districts: Iterable[Mapping[str, str]],
    indicators: Iterable[Mapping[str, str]],
    overrides: Sequence[Override] = (),
) -> None:
    """Add the entities, merged over all reports, the districts spoken of with their parents, the indicators.

    `districts` and `indicators` are rows of the lookups of those names, empty strings for what is unknown.
    Entities bear the names that `overrides` give them; an override that matches nothing becomes an issue.
    Raises FangzhiError where a report speaks of a district that the lookup doesn't have.
    """
    for entity in merged_entities(told_entities(database.conn)):
        insert(database, entity_rows(renamed(entity, overrides)))
    database.conn.execute(_EVIDENCE)
    insert(database, {"issues": issue_rows(_idle(database, overrides))})
    insert(database, {"indicators": sorted(_pick("indicators", row) for row in indicators)})
    database.conn.execute("update metrics set surest = 1 where surest = 0")  # as reused rows may have it
    database.conn.execute(_LESS_SURE)
    table = {row["id"]: row for row in districts}
    wanted = set(_districts_spoken_of(database))
    for district in sorted(wanted):
        parent = _known(table, district).get("parent_id")
        while parent and parent not in wanted:
            wanted.add(parent)
            parent = _known(table, parent).get("parent_id")
    insert(database, {"districts": [_district(table[district]) for district in sorted(wanted)]})


def _idle(database: Database, overrides: Sequence[Override]) -> Iterator[Issue]:
    """An issue for each override whose name no report has (any longer)."""
    for o in overrides:
        table = ENTITY_TABLES[o.kind]
        named = f"""select 1 from {table} where name = :name
            union all select 1 from aliases where alias = :name and {o.kind}_id is not null"""
        written = """select 1 from source_spans where instr(clean_quote, :name)
            union all select 1 from reports where instr(text, :name)"""
        query = written if o.action == "ignore" else named
        if not database.conn.execute(f"{query} limit 1", {"name": o.name}).fetchone():
            key = sha1("|".join(o).encode()).hexdigest()[:12]
            told = f"no report names the {o.kind} {o.name}, so there is nothing to {o.action}"
            message = f"{told}; take the row out of {FILE} or mend the name"
            yield Issue(f"i-{key}", FILE, None, "override", message)


def told_entities(connection: sqlite3.Connection, left_out: Sequence[str] = ()) -> Iterator[Entity]:
    """What each report alone tells of each entity, by its id and kind, but the reports `left_out`."""
    names = ["entity_id" if name == "id" else name for name in _ENTITY_FIELDS]
    query = f"""select {", ".join(names)} from report_entities
        where report_id not in (select value from json_each(?)) order by entity_id, kind, id"""
    return map(_parsed, connection.execute(query, (json.dumps(left_out),)))


def merged_entities(told: Iterable[Entity]) -> Iterator[Entity]:
    """Each entity once, from what the reports tell of it, which comes by id and kind."""
    for _, group in groupby(told, key=attrgetter("id", "kind")):
        yield merge(group)


def series_id(metric: Metric) -> str:
    """The same for all metrics of one indicator and one subject, whatever their measure and period."""
    subject = metric.subject_id or f"{metric.subject}@{metric.district_id}"
    key = f"{metric.indicator_id or metric.indicator}|{metric.subject_type}|{subject}"
    return f"s-{sha1(key.encode()).hexdigest()[:12]}"


def _parsed(row: Row) -> Entity:
    entity = Entity(*row)
    entity.aliases = tuple((form, kind) for form, kind in json.loads(str(entity.aliases)))
    return entity


def _entity(report_id: str, entity: Entity) -> Row:
    """A row of report_entities."""
    aliases = json.dumps(sorted(entity.aliases), ensure_ascii=False, separators=(",", ":"))
    told = {name: getattr(entity, name) for name in _ENTITY_FIELDS}
    told |= {
        "id": f"{report_id}-{entity.id}",
        "report_id": report_id,
        "entity_id": entity.id,
        "aliases": aliases,
    }
    return tuple(told[column] for column in _COLUMNS["report_entities"])


def _mention(row: Mention) -> Row:
    return (*_HEADS["mentions"](row), *_holders(row.kind, row.entity_id))


def _relation(row: Relation) -> Row:
    return (*_HEADS["relations"](row), *_holders(row.kind, row.entity_id), *_TAILS["relations"](row))


def _metric(metric: Metric) -> Row:
    district, *others = _holders(metric.subject_type, metric.subject_id)
    head, tail = _HEADS["metrics"](metric), _TAILS["metrics"](metric)
    return (*head, district or metric.district_id, *others, *tail, series_id(metric), 1)


def _holders(kind: str, entity_id: str | None) -> tuple[str | None, ...]:
    """The five entity columns, the one of this kind filled."""
    if kind not in _PLACES:
        return _NOBODY
    before, after = _PLACES[kind]
    return (*before, entity_id, *after)


def entity_rows(entity: Entity, first: Mapping[str, tuple[str, str]] = MappingProxyType({})) -> Rows:
    """The row of an entity and its aliases, each with the report and span where it stands `first`, as far as
    known; a district's own row comes from the lookup."""
    told = {name: getattr(entity, name) for name in _ENTITY_FIELDS} | {"kind": entity.subkind}
    table = ENTITY_TABLES[entity.kind]
    rows: Rows = {}
    if entity.kind != "district":
        rows[table] = [tuple(told[column] for column in _COLUMNS[table])]
    rows["aliases"] = [
        (
            f"{entity.id}-{sha1(form.encode()).hexdigest()[:6]}",
            *_holders(entity.kind, entity.id),
            form,
            kind,
            *first.get(form, (None, None)),
        )
        for form, kind in entity.aliases
    ]
    return rows


def _districts_spoken_of(database: Database) -> Iterator[str]:
    tables = [table.name for table in TABLES if "districts" in table.references.values()]
    for table in tables:
        if table != "districts":
            query = f"select distinct district_id from {table} where district_id is not null"
            yield from (row[0] for row in database.conn.execute(query))


def _known(table: Mapping[str, Mapping[str, str]], district: str) -> Mapping[str, str]:
    if district not in table:
        raise FangzhiError(f"district {district} is not in seeds/lookups/districts.csv; add it there")
    return table[district]


def _pick(table: str, row: Mapping[str, str]) -> Row:
    return tuple(row[column] or None for column in _COLUMNS[table])


def _district(row: Mapping[str, str]) -> Row:
    plain = dict(zip(_COLUMNS["districts"], _pick("districts", row), strict=True))
    for axis in ("latitude", "longitude"):
        plain[axis] = float(row[axis]) if row[axis] else None
    return tuple(plain.values())
