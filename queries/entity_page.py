"""The page of an enterprise, park, institution or initiative: everything said of it, in time.

Comes in: the kind and the id. Goes out: its particulars, each with the sentence that tells it, its figures,
and every sentence that names it or tells a figure of it, the oldest report first; for a park also what is in
it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from itertools import groupby
from typing import Any

from . import wording, words
from .facts import ENTITY_TABLES, LIST_SIZE, Row, Visit, facts, one, rows

MOST_FIGURES = 4 * LIST_SIZE  # in the table; the rest is a link away
MOST_IN_PARK = 200
# Columns of the entities' tables, the relation that tells each, and the table that it points to.
_COLUMNS = {
    "kind": ("kind", ""),
    "level": ("level", ""),
    "industry": ("industry", ""),
    "period": ("period", ""),
    "status": ("status", ""),
    "district_id": ("district", "districts"),
    "park_id": ("park", "parks"),
}
# What relations alone tell of an entity.
_KINDS = {"o": "institution", "e": "enterprise"}  # by the first letter of the id
_TOLD = ("amount", "enterprise", "start", "end", "host")

# The sentences that name an entity or tell a figure of it.
_SAID = """
select span_id from mentions where {kind}_id = ?1
union select span_id from metrics where {kind}_id = ?1"""


def reader(kind: str) -> Callable[[sqlite3.Connection, Visit], Row | None]:
    """The reader of the pages of one kind."""

    def read(connection: sqlite3.Connection, visit: Visit) -> Row | None:
        return _read(connection, visit, kind)

    return read


def _read(connection: sqlite3.Connection, visit: Visit, kind: str) -> Row | None:
    entity = one(connection, f"select * from {ENTITY_TABLES[kind]} where id = ?", visit.key)
    if entity is None:
        return None
    of_it = f"where m.{kind}_id = ?"
    told = facts(
        connection,
        visit,
        f"{of_it} order by m.period_end is null, m.period_end, m.id limit ?",
        visit.key,
        MOST_FIGURES,
    )
    return {
        "title": entity["name"],
        "kind": kind,
        "entity": entity,
        "particulars": _particulars(connection, visit, kind, entity),
        "aliases": [
            row["alias"]
            for row in rows(
                connection,
                f"select distinct alias from aliases where {kind}_id = ? and alias <> ? order by alias",
                visit.key,
                entity["name"],
            )
        ],
        "seen": _seen(connection, visit, kind),
        "facts": told,
        "fact_count": _count(connection, f"metrics m {of_it}", visit.key),
        "reports": _timeline(connection, visit, kind),
        "pages": pages(visit, _count(connection, f"({_SAID.format(kind=kind)})", visit.key)),
        "inside": [_inside(connection, visit, "enterprises"), _inside(connection, visit, "initiatives")]
        if kind == "park"
        else [],
    }


def _seen(connection: sqlite3.Connection, visit: Visit, kind: str) -> str:
    """How often, and from when to when, reports name it; '' where none does."""
    found: Any = one(
        connection,
        f"""select count(*) as n, count(distinct m.report_id) as reports, min(r.reference_date) as first,
        max(r.reference_date) as last
        from mentions m join reports r on r.id = m.report_id where m.{kind}_id = ?""",
        visit.key,
    )
    first, last = (wording.period(found[key], visit.language) for key in ("first", "last"))
    times = {"n": found["n"], "reports": found["reports"], "first": first, "last": last}
    if first == last:
        return visit.say("seen_once" if first else "seen_undated", **times) if found["n"] else ""
    return visit.say("seen", **times)


def _count(connection: sqlite3.Connection, of: str, key: str) -> int:
    counted: Any = one(connection, f"select count(*) as n from {of}", key)
    return int(counted["n"])


def _timeline(connection: sqlite3.Connection, visit: Visit, kind: str) -> list[Row]:
    """One page of the sentences, by report, each with the figures of the entity that it tells."""
    sentences = rows(
        connection,
        f"""select s.id, s.report_id, s.clean_quote, r.title, r.reference_date, r.publisher
        from source_spans s join reports r on r.id = s.report_id where s.id in ({_SAID.format(kind=kind)})
        order by r.reference_date is null, r.reference_date, s.report_id, s.start_char limit ?2 offset ?3""",
        visit.key,
        LIST_SIZE,
        (visit.page() - 1) * LIST_SIZE,
    )
    marks = ",".join("?" * len(sentences))
    told: dict[str, list[Row]] = {}
    for fact in facts(
        connection,
        visit,
        f"where m.{kind}_id = ? and m.span_id in ({marks}) order by m.value_start, m.id",
        visit.key,
        *(row["id"] for row in sentences),
    ):
        told.setdefault(fact["span_id"], []).append(fact)
    return [
        {
            "id": report,
            "when": wording.period(members[0]["reference_date"], visit.language),
            "title": members[0]["title"] or report,
            "publisher": members[0]["publisher"],
            "sentences": [
                row | {"link": visit.fact_link(report, row["id"]), "facts": told.get(row["id"], [])}
                for row in members
            ],
        }
        for report, grouped in groupby(sentences, key=lambda row: row["report_id"])
        for members in [list(grouped)]
    ]


def _particulars(connection: sqlite3.Connection, visit: Visit, kind: str, entity: Row) -> list[Row]:
    """What is known of it as heading and words, a link where there is a page, and the sentence's address."""
    said = rows(
        connection,
        f"select * from relations where {kind}_id = ? order by relation, report_id, id",
        entity["id"],
    )
    found = []
    for column, (relation, table) in _COLUMNS.items():
        value = entity.get(column)
        if not value:
            continue
        named = one(connection, f"select name from {table} where id = ?", value) if table else None
        text = words.value(value, visit.language)
        if column == "period":
            text = wording.period(value, visit.language)
        told = (
            row for row in said if row["relation"] == relation and value in (row["object_id"], row["value"])
        )
        found.append(
            {
                "name": words.column(column, visit.language),
                "value": named["name"] if named else text,
                "link": visit.link(relation, value) if named else "",
                "source": _source(next(told, None), visit),
            }
        )
    told_once: dict[tuple[str, str], Row] = {}
    for row in said:
        if row["relation"] in _TOLD:
            told_once.setdefault((row["relation"], row["value"]), row)
    return found + [
        {
            "name": words.column(row["relation"], visit.language),
            "value": _told(row, visit),
            "link": visit.link(_KINDS[row["object_id"][0]], row["object_id"]) if row["object_id"] else "",
            "source": _source(row, visit),
        }
        for row in told_once.values()
    ]


def _told(row: Row, visit: Visit) -> str:
    """The value of a relation in words: yuan, a time or a name."""
    if row["relation"] == "amount":
        return wording.quantity(float(row["value"]), "元", visit.language)
    if row["relation"] in ("start", "end"):
        return wording.period(row["value"], visit.language)
    return str(row["value"])


def _source(row: Row | None, visit: Visit) -> str:
    return visit.fact_link(row["report_id"], row["span_id"]) if row else ""


def _inside(connection: sqlite3.Connection, visit: Visit, table: str) -> Row:
    """The enterprises or initiatives of a park, those with most figures first."""
    kind = next(name for name, plural in ENTITY_TABLES.items() if plural == table)
    note = "industry" if table == "enterprises" else "kind"
    found = rows(
        connection,
        f"""select e.id, e.name, e.{note} as note from {table} e where e.park_id = ?
        order by (select count(*) from metrics m where m.{kind}_id = e.id) desc, e.name, e.id limit ?""",
        visit.key,
        MOST_IN_PARK,
    )
    for row in found:
        row["note"] = words.value(row["note"], visit.language)
    return {"table": table, "kind": kind, "rows": found}


def pages(visit: Visit, count: int) -> Row:
    """Where a list stands: its number of rows, and the numbers of the pages before and after, 0 for none."""
    page = visit.page()
    return {
        "count": count,
        "page": page,
        "previous": page - 1,
        "next": page + 1 if page * LIST_SIZE < count else 0,
    }
