"""The home page, the lists and the search.

Comes in: a visit. Goes out: what the templates show. No list grows with the database: each is continued on
the next page.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from . import search, words
from .canned import all_queries
from .entity_page import pages
from .facts import ENTITY_TABLES, LIST_SIZE, Row, Visit, facts, one, rows

FEW = 8  # rows of each list on the home page
EXAMPLES = 3
MOST_FOUND = 200

# Table -> the column of metrics that counts its figures.
LISTS = {table: f"{kind}_id" for kind, table in ENTITY_TABLES.items()} | {
    "indicators": "indicator_id",
    "reports": "report_id",
}
_NAMED = {"reports": "title"}


def home(connection: sqlite3.Connection, visit: Visit) -> Row:
    """What is in the database and the ways in."""
    counts = {
        table: rows(connection, f"select count(*) as n from {table}")[0]["n"]
        for table in ("reports", "metrics", "enterprises", "parks", "institutions", "initiatives")
    }
    counts["districts"] = rows(connection, "select count(distinct district_id) as n from metrics")[0]["n"]
    counts["indicators"] = rows(connection, "select count(distinct indicator_id) as n from metrics")[0]["n"]
    span = rows(
        connection,
        """select (select min(period_end) from metrics) as first, (select max(period_end) from metrics
        where status = 'actual') as last""",
    )[0]
    numerals = rows(
        connection,
        """select count(*) as n, sum(role = 'unexplained') as unexplained
        from (select role from numerals)""",
    )[0]
    latest = rows(
        connection,
        """select r.id, r.title, r.publisher, r.reference_date, d.name as district from reports r
        left join districts d on d.id = r.district_id order by r.reference_date desc, r.id limit ?""",
        FEW,
    )
    return {
        "title": visit.say("site"),
        "counts": counts,
        "first": (span["first"] or "")[:4],
        "last": (span["last"] or "")[:4],
        "coverage": 100 * (1 - numerals["unexplained"] / numerals["n"]) if numerals["n"] else None,
        "told": {
            table: most_told(connection, table, FEW)
            for table in ("districts", "indicators", "enterprises", "parks", "initiatives")
        },
        "reports": latest,
        "examples": _examples(connection, visit, [row["id"] for row in latest]),
        "queries": [
            {
                "name": query.name,
                "title": query.title[visit.language],
                "about": query.description[visit.language],
            }
            for query in all_queries().values()
        ],
    }


def _examples(connection: sqlite3.Connection, visit: Visit, reports: list[str]) -> list[Row]:
    """A few of the surest figures of these reports, each of another indicator: what the whole is about."""
    tail = f"""where m.report_id in ({",".join("?" * len(reports))}) and m.indicator_id is not null
        and m.status = 'actual' and m.measure = 'level' and m.subject_type = 'district'
        order by m.confidence desc, m.period_end desc, m.id limit 30"""
    found = facts(connection, visit, tail, *reports)
    return list({fact["indicator_id"]: fact for fact in reversed(found)}.values())[::-1][:EXAMPLES]


def most_told(connection: sqlite3.Connection, table: str, size: int) -> list[Row]:
    """The rows of a table with most figures."""
    column = LISTS[table]
    return rows(
        connection,
        f"""select e.*, m.figures from (
          select {column} as id, count(*) as figures from metrics where {column} is not null
          group by {column} order by figures desc, {column} limit ?
        ) m join {table} e on e.id = m.id order by m.figures desc, e.id""",
        size,
    )


def listing(table: str, kind: str) -> Callable[[sqlite3.Connection, Visit], Row]:
    """The reader of a list: by name, those with most figures first, found by a part of the name."""
    column, name = LISTS[table], _NAMED.get(table, "name")

    def read(connection: sqlite3.Connection, visit: Visit) -> Row:
        wanted = visit.argument("q")
        narrowed = f"where instr(e.{name}, ?1) > 0" if wanted else ""
        # A list of everything has only what has figures or is in few rows: the glossary is long.
        if not wanted and table in ("indicators", "districts"):
            narrowed = f"where e.id in (select {column} from metrics)"
        found = rows(
            connection,
            f"""select e.*, e.{name} as shown_name, coalesce(m.figures, 0) as figures from {table} e
            left join (
              select {column} as id, count(*) as figures from metrics group by {column}
            ) m on m.id = e.id
            {narrowed} order by figures desc, e.id limit ?2 offset ?3""",
            wanted,
            LIST_SIZE,
            (visit.page() - 1) * LIST_SIZE,
        )
        count = one(connection, f"select count(*) as n, ?1 as q from {table} e {narrowed}", wanted)
        for row in found:
            row.pop("text", None)
            row["note"] = _note(table, row, visit)
        return {
            "title": visit.say(table),
            "table": table,
            "kind": kind,
            "rows": found,
            "wanted": wanted,
            "pages": pages(visit, count["n"] if count else 0),
        }

    return read


def _note(table: str, row: Row, visit: Visit) -> str:
    """What a list tells beside a name."""
    columns = {
        "reports": ("publisher", "reference_date"),
        "districts": ("level",),
        "indicators": ("category", "unit"),
        "enterprises": ("industry",),
    }.get(table, ("kind",))
    return " · ".join(words.value(row[column], visit.language) for column in columns if row.get(column))


def found(connection: sqlite3.Connection, visit: Visit) -> Row:
    """The sentences with the words asked for, the latest reports first, and the entities so named."""
    wanted = visit.argument("q")
    expression = search.phrases(wanted)
    sentences: list[Row] = []
    if expression != search.NOTHING:
        sentences = rows(
            connection,
            """select s.id, s.report_id, s.clean_quote, r.title as report, r.reference_date, r.publisher
            from (select rowid from source_spans_fts where source_spans_fts match ?1 limit 5000) f
            join source_spans s on s.rowid = f.rowid join reports r on r.id = s.report_id
            order by r.reference_date desc, s.report_id, s.start_char limit ?2""",
            expression,
            MOST_FOUND,
        )
    return {
        "title": visit.say("search"),
        "wanted": wanted,
        "sentences": [row | {"link": visit.fact_link(row["report_id"], row["id"])} for row in sentences],
        "most": MOST_FOUND,
        "named": _named_so(connection, visit, wanted) if wanted else [],
    }


def _named_so(connection: sqlite3.Connection, visit: Visit, wanted: str) -> list[Row]:
    """The entities and indicators whose name has the words, a few of each kind."""
    named = []
    for kind, table in [*ENTITY_TABLES.items(), ("indicator", "indicators")]:
        for row in rows(
            connection,
            f"select id, name from {table} where instr(name, ?) > 0 order by length(name), name, id limit 8",
            wanted,
        ):
            named.append(row | {"kind": visit.say(kind), "link": visit.link(kind, row["id"])})
    return named
