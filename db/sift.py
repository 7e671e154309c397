"""The facts of one report before they are loaded: a row that breaks an invariant is left out and told.

In: facts. Out: the same without the metrics, mentions and corrections that `db.check` would refuse, with an
issue for each and their digits unexplained. Refused, with a ValueError: facts whose sentences, entities or
ledger are wrong, since nothing else of that report can be trusted then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

import seeds
from db.check import CLOSED, ORDERED, QUOTES, ledger_gap, misquotes
from ingest.model import Issue, ReportFacts

_ID = attrgetter("id")
_SPARED = ("metrics", "mentions", "relations", "corrections", "analyst_corrections")
"""Tables of rows that a report can do without."""


class Fault(NamedTuple):
    """A row that can't be loaded, and why."""

    table: str
    id: str
    invariant: str


def sift(facts: ReportFacts) -> ReportFacts:
    """The facts without their faulty rows; the very facts where there are none. Raises ValueError."""
    found = list(faults(facts))
    for fault in found:
        if fault.table not in _SPARED:
            raise ValueError(f"not so: {fault.invariant}, {fault.id}")
    if not found:
        return facts
    faulty = {(fault.table, fault.id) for fault in found}
    tables: dict[str, Any] = {
        table: [row for row in getattr(facts, table) if (table, row.id) not in faulty] for table in _SPARED
    }
    numerals = [
        replace(row, role="unexplained", metric_id=None) if ("metrics", row.metric_id) in faulty else row
        for row in facts.numerals
    ]
    told = [_issue(facts, fault, number) for number, fault in enumerate(found)]
    return replace(facts, **tables, numerals=numerals, issues=facts.issues + told)


def faults(facts: ReportFacts) -> Iterator[Fault]:
    """Every row that breaks an invariant which one report can break."""
    rows = _rows(facts)
    ids = {table: list(map(_ID, of_table)) for table, of_table in rows.items()}
    known = {table: frozenset(of_table) for table, of_table in ids.items()}
    for table, of_table in ids.items():
        counts = Counter(of_table).items() if len(known[table]) < len(of_table) else ()
        yield from (Fault(table, id, "an id is there once") for id, count in counts if count > 1)
    yield from _dangling(rows, known)
    for (table, column), words in CLOSED.items():
        # Nearly always all is well, which the set of what is there tells soonest.
        odd = _values(rows[table], column).difference(words)
        for row in rows[table] if odd else ():
            if getattr(row, column) in odd:
                yield Fault(table, row.id, f"{column} is one of {', '.join(words)}")
    for low, high in ORDERED:
        for id, first, last in map(attrgetter("id", low, high), facts.metrics):
            if first is not None and last is not None and first > last:
                yield Fault("metrics", id, f"{low} is not greater than {high}")
    for row in facts.metrics:
        if not 0 <= row.confidence <= 1:
            yield Fault("metrics", row.id, "confidence is from 0 to 1")
    for row in facts.numerals:
        if (row.role == "metric") != (row.metric_id is not None):
            yield Fault("numerals", row.id, "a numeral has the role of a metric where it leads to one")
    yield from _against_text(facts, rows)


def _rows(facts: ReportFacts) -> dict[str, list[Any]]:
    return {
        "reports": [facts.report],
        "source_spans": facts.spans,
        "entities": facts.entities,
        "mentions": facts.mentions,
        "relations": facts.relations,
        "metrics": facts.metrics,
        "numerals": facts.numerals,
        "corrections": facts.corrections,
        "analyst_corrections": facts.analyst_corrections,
        "issues": facts.issues,
    }


def _values(rows: Sequence[Any], column: str) -> set[Any]:
    return set(map(attrgetter(column), rows))


def _dangling(rows: dict[str, list[Any]], known: dict[str, frozenset[str]]) -> Iterator[Fault]:
    """Keys that lead to no row of the report, whose ids are `known` by table, and to no lookup."""
    districts, indicators = _ids("districts"), _ids("indicators")
    leads = {
        "report_id": (known["reports"],),
        "span_id": (known["source_spans"],),
        "metric_id": (known["metrics"],),
        "indicator_id": (indicators,),
        "district_id": (districts,),
        **dict.fromkeys(("entity_id", "subject_id", "object_id", "park_id"), (known["entities"], districts)),
    }
    for table, of_table in rows.items():
        columns = [column for column in leads if of_table and hasattr(of_table[0], column)]
        loose = {column: _values(of_table, column).difference({None}, *leads[column]) for column in columns}
        for row in of_table if any(loose.values()) else ():
            for column in columns:
                value = getattr(row, column)
                if value in loose[column]:
                    yield Fault(table, row.id, f"{column} {value} leads to a row")


@cache
def _ids(lookup: str) -> frozenset[str]:
    return frozenset(row["id"] for row in seeds.lookup(lookup))


def _against_text(facts: ReportFacts, rows: dict[str, list[Any]]) -> Iterator[Fault]:
    report, text = facts.report, facts.report.text
    if report.char_count != len(text):
        yield Fault("reports", report.id, "char_count counts the text")
    for table, columns in QUOTES.items():
        for id in misquotes(text, map(attrgetter("id", *columns), rows[table])):
            yield Fault(table, id, f"{columns[-1]} stands in the text there")
    gap = ledger_gap(text, map(attrgetter("start_char", "end_char"), facts.numerals))
    if gap is not None:
        yield Fault("reports", report.id, f"every run of digits is in the ledger once, character {gap}")


def _issue(facts: ReportFacts, fault: Fault, number: int) -> Issue:
    report = facts.report
    message = f"left out a row of {fault.table}, which breaks a rule ({fault.invariant}); please report it"
    start, end = None, None
    if fault.table in QUOTES:
        place = attrgetter("id", *QUOTES[fault.table][:2])
        _, start, end = next(row for row in map(place, getattr(facts, fault.table)) if row[0] == fault.id)
    return Issue(f"{report.id}-x{number}", report.file_name, report.id, "left-out", message, start, end)
