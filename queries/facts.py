"""What the pages have in common: a visit, rows as dictionaries, and facts made ready to be shown.

Comes in: a connection and what a visitor asks for. Goes out: plain dictionaries for the templates.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from . import wording, words
from .canned import Language

Row = dict[str, Any]
ENTITY_TABLES = {
    "district": "districts",
    "park": "parks",
    "enterprise": "enterprises",
    "institution": "institutions",
    "initiative": "initiatives",
}
LIST_SIZE = 50  # rows of a list before it is continued on the next page

FACTS = """
select
  m.*, coalesce(i.name, m.indicator) as indicator_name, i.name_en as indicator_en,
  s.clean_quote as sentence, r.title as report, r.reference_date, d.name as district
from metrics m
join source_spans s on s.id = m.span_id
join reports r on r.id = m.report_id
left join indicators i on i.id = m.indicator_id
left join districts d on d.id = m.district_id
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks for what: the language, the arguments of the address, the id in its path, and the prefix
    under which the site is served, which ends in '/'."""

    language: Language
    arguments: Mapping[str, list[str]]
    key: str
    base: str
    database: str

    def say(self, key: str, **values: object) -> str:
        return words.say(key, self.language, **values)

    def argument(self, name: str) -> str:
        """The first value of an argument, '' where it is not given."""
        return (self.arguments.get(name) or [""])[0].strip()

    def link(self, *path: str) -> str:
        """The address of one of our pages: link("report", id)."""
        return self.base + "-/" + "/".join(path)

    def fact_link(self, report: str, place: str) -> str:
        """The address of a row in its report's text."""
        return f"{self.link('report', report)}#{place}"

    def page(self) -> int:
        """The page of a list, from 1."""
        asked = self.argument("page")
        return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1


def rows(connection: sqlite3.Connection, sql: str, *values: object) -> list[Row]:
    """The rows of a query as dictionaries."""
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def one(connection: sqlite3.Connection, sql: str, *values: object) -> Row | None:
    """The first row, or None."""
    return next(iter(rows(connection, sql, *values)), None)


def shown(fact: Row, visit: Visit) -> Row:
    """A row of FACTS with what a page shows of it: `shown` its value, `when`, `link`, `subject_link`."""
    kind = fact["subject_type"]
    holder = fact.get(f"{kind}_id") if kind in ENTITY_TABLES else None
    return fact | {
        "indicator_name": named(fact["indicator_name"], fact["indicator_en"], visit),
        "shown": amount(visit, fact["bound"], fact["value"], fact["unit"], fact["value_max"]),
        "when": wording.period(fact["period"], visit.language),
        "measure_word": words.value(fact["measure"], visit.language),
        "status_word": words.value(fact["status"], visit.language),
        "link": visit.fact_link(fact["report_id"], fact["id"]),
        "subject_link": visit.link(kind, holder) if holder else "",
        "indicator_link": visit.link("indicator", fact["indicator_id"] or quote(fact["indicator"], safe="")),
    }


def amount(visit: Visit, bound: str, value: float, unit: str, value_max: float | None = None) -> str:
    """A quantity in words with what bounds it: `at least 305 households`."""
    told = words.value(bound, visit.language)
    quantity = wording.quantity(value, unit, visit.language, value_max)
    return f"{told} {quantity}" if told and visit.language == "en" else told + quantity


def named(name: str, english: str | None, visit: Visit) -> str:
    """An indicator's name in the visitor's language."""
    return english if english and visit.language == "en" else name


def facts(connection: sqlite3.Connection, visit: Visit, tail: str, *values: object) -> list[Row]:
    """Facts by the rest of a query after FACTS (where, order by, limit), ready to be shown."""
    return [shown(row, visit) for row in rows(connection, FACTS + tail, *values)]
