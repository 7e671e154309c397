"""The page of an enterprise, park, institution or initiative: everything said of it, in time.

Comes in: the kind and the id. Goes out: its particulars, its figures and the sentences that name it, the
oldest report first, and for a park its enterprises.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from . import words
from .facts import ENTITY_TABLES, LIST_SIZE, Row, Visit, facts, one, rows


def reader(kind: str) -> Callable[[sqlite3.Connection, Visit], Row | None]:
    """The reader of the pages of one kind."""

    def read(connection: sqlite3.Connection, visit: Visit) -> Row | None:
        return _read(connection, visit, kind)

    return read


def _read(connection: sqlite3.Connection, visit: Visit, kind: str) -> Row | None:
    entity = one(connection, f"select * from {ENTITY_TABLES[kind]} where id = ?", visit.key)
    if entity is None:
        return None
    at = (visit.page() - 1) * LIST_SIZE
    sentences = rows(
        connection,
        f"""select s.id, s.report_id, s.clean_quote, r.title as report, r.reference_date, r.publisher
        from source_spans s join reports r on r.id = s.report_id
        where s.id in (select span_id from mentions where {kind}_id = ?)
        order by r.reference_date, s.report_id, s.start_char limit ? offset ?""",
        visit.key,
        LIST_SIZE,
        at,
    )
    all_sentences = one(
        connection, f"select count(distinct span_id) as n from mentions where {kind}_id = ?", visit.key
    )
    told = facts(
        connection,
        visit,
        f"where m.{kind}_id = ? order by m.period_end is null, m.period_end, m.id limit ?",
        visit.key,
        LIST_SIZE * 4,
    )
    return {
        "title": entity["name"],
        "kind": kind,
        "entity": entity,
        "particulars": _particulars(connection, visit, entity),
        "aliases": [
            row["alias"]
            for row in rows(
                connection,
                f"select distinct alias from aliases where {kind}_id = ? and alias <> ? order by alias",
                visit.key,
                entity["name"],
            )
        ],
        "facts": told,
        "sentences": [row | {"link": visit.fact_link(row["report_id"], row["id"])} for row in sentences],
        "pages": pages(visit, all_sentences["n"] if all_sentences else 0),
        "enterprises": rows(
            connection,
            "select id, name, industry from enterprises where park_id = ? order by name, id limit 200",
            visit.key,
        )
        if kind == "park"
        else [],
    }


def _particulars(connection: sqlite3.Connection, visit: Visit, entity: Row) -> list[Row]:
    """The row's columns as pairs of heading and words, with a link where there is a page."""
    found = []
    for column in ("kind", "level", "industry", "period", "status"):
        if entity.get(column):
            text = words.value(entity[column], visit.language)
            found.append({"name": words.column(column, visit.language), "value": text, "link": ""})
    for column, table in (("district_id", "districts"), ("park_id", "parks")):
        if entity.get(column):
            row = one(connection, f"select name from {table} where id = ?", entity[column])
            link = visit.link(column.removesuffix("_id"), entity[column])
            name = words.column(column, visit.language)
            found.append({"name": name, "value": row["name"] if row else entity[column], "link": link})
    return found


def pages(visit: Visit, count: int) -> Row:
    """Where a list stands: its number of rows, and the numbers of the pages before and after, 0 for none."""
    page = visit.page()
    return {
        "count": count,
        "page": page,
        "previous": page - 1,
        "next": page + 1 if page * LIST_SIZE < count else 0,
    }
