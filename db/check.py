"""What must hold in every finished file. A build checks before it replaces the old file; so does
`fangzhi check`.

In: a database. Out: one `Breach` for each row that breaks an invariant, at most a few an invariant.
It trusts neither the rules that made the rows nor the code that loaded them, and reads each report once.
What can be told from one report alone is told of its facts too, so that a faulty report costs only itself.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, get_args

import seeds
from ingest.ledger import digit_runs
from ingest.model import Bound, FangzhiError, Measure, ReportFacts, Role, Status, SubjectType


class Breach(NamedTuple):
    """An invariant that doesn't hold, and where."""

    invariant: str
    place: str


MOST = 5
"""Breaches told of one invariant: enough to see what is wrong."""

CLOSED = {
    ("metrics", "measure"): get_args(Measure),
    ("metrics", "bound"): get_args(Bound),
    ("metrics", "status"): get_args(Status),
    ("metrics", "subject_type"): get_args(SubjectType),
    ("numerals", "role"): get_args(Role),
    ("reports", "script"): ("Hans", "Hant"),
    ("reports", "origin"): ("original", "digest"),
}
"""(table, column) -> the words that it may hold."""

ORDERED = (("metrics", "value", "value_max"), ("metrics", "period_start", "period_end"))
"""Table and two columns, the first of which may not be greater."""

_CLOSED_SQL = " union all ".join(
    f"select id from {table} where {column} not in {words}" for (table, column), words in CLOSED.items()
)
_ORDER_SQL = " union all ".join(
    f"select id from {table} where {low} > {high}" for table, low, high in ORDERED
)

INVARIANTS = {
    "a report's id is the start of its SHA-256": "select id from reports where id <> substr(sha256, 1, 12)",
    "each row's span is of the same report": """
        select m.id from metrics m join source_spans s on s.id = m.span_id
        where s.report_id <> m.report_id
        union all
        select m.id from mentions m join source_spans s on s.id = m.span_id
        where s.report_id <> m.report_id""",
    "a mention names one entity": """
        select id from mentions where (district_id is not null) + (park_id is not null)
        + (enterprise_id is not null) + (institution_id is not null) + (initiative_id is not null) <> 1""",
    "an alias is of one entity": """
        select id from aliases where (district_id is not null) + (park_id is not null)
        + (enterprise_id is not null) + (institution_id is not null) + (initiative_id is not null) <> 1""",
    "a numeral has the role of a metric where it leads to one": """
        select n.id from numerals n left join metrics m on m.id = n.metric_id
        where (n.role = 'metric') <> (n.metric_id is not null) or m.report_id <> n.report_id""",
    "words of closed lists": _CLOSED_SQL,
    "values in order": _ORDER_SQL,
    "a growth is in %": "select id from metrics where measure = 'growth' and unit <> '%'",
    "confidence is from 0 to 1": "select id from metrics where confidence not between 0 and 1",
    "every sentence is in the full-text index": """
        select id from source_spans where rowid not in (select id from source_spans_fts_docsize)""",
}
"""Name -> SQL that selects the id of each row that breaks it."""

_QUOTES = {
    "source_spans": ("start_char", "end_char", "quote"),
    "metrics": ("value_start", "value_end", "value_text"),
    "mentions": ("start_char", "end_char", "surface"),
    "numerals": ("start_char", "end_char", "text"),
    "corrections": ("start_char", "end_char", "found"),
}
"""Table -> the columns that quote the report's text."""

Quote = tuple[str, int, int, str]
"""Id of a row, start, end and what it says stands there."""


def check_file(path: Path) -> list[Breach]:
    """The breaches in the file at `path`, which is only read. Raises FangzhiError where it's no database."""
    if not path.is_file():
        raise FangzhiError(f"{path} is not there; build it first")
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        return list(breaches(connection))
    except sqlite3.DatabaseError as error:
        raise FangzhiError(
            f"{path} is not a database that build-db made ({error}); build it again"
        ) from error
    finally:
        connection.close()


def breaches(connection: sqlite3.Connection) -> Iterator[Breach]:
    """Every kind of breach in the database, the structure of the file first."""
    for (message,) in connection.execute(f"pragma integrity_check({MOST})"):
        if message != "ok":
            yield Breach("the file is sound", str(message))
    for table, rowid, other, _ in islice(connection.execute("pragma foreign_key_check"), MOST):
        yield Breach("every key resolves", f"{table} row {rowid} points to no row of {other}")
    for invariant, sql in INVARIANTS.items():
        for (place,) in connection.execute(f"select * from ({sql}) limit {MOST}"):
            yield Breach(invariant, place)
    yield from islice(_text_breaches(connection), MOST)


def report_breaches(facts: ReportFacts) -> Iterator[Breach]:
    """What is wrong with the facts of one report by themselves, before they are loaded."""
    rows: dict[str, list[Any]] = {
        "reports": [facts.report],
        "source_spans": facts.spans,
        "metrics": facts.metrics,
        "mentions": facts.mentions,
        "numerals": facts.numerals,
        "corrections": facts.corrections,
        "issues": facts.issues,
        "entities": facts.entities,
    }
    for table, of_table in rows.items():
        ids = Counter(row.id for row in of_table)
        yield from (Breach(f"an id is once in {table}", place) for place, count in ids.items() if count > 1)
    yield from _dangling(rows)
    for (table, column), words in CLOSED.items():
        wrong = (row.id for row in rows[table] if getattr(row, column) not in words)
        yield from (Breach("words of closed lists", place) for place in wrong)
    for table, low, high in ORDERED:
        ends = map(attrgetter("id", low, high), rows[table])
        yield from (Breach("values in order", id) for id, a, b in ends if None not in (a, b) and a > b)
    quotes = {table: map(attrgetter("id", *columns), rows[table]) for table, columns in _QUOTES.items()}
    yield from _against_text(facts.report.id, facts.report.text, facts.report.char_count, quotes)


def _dangling(rows: Mapping[str, list[Any]]) -> Iterator[Breach]:
    """Keys that lead to no row of the report and to no lookup."""
    known = {table: {row.id for row in of_table} for table, of_table in rows.items()} | _lookups()
    holders = known["entities"] | known["districts"]
    leads = {"report_id": known["reports"], "span_id": known["source_spans"], "metric_id": known["metrics"]}
    leads |= {"indicator_id": known["indicators"], "district_id": known["districts"]}
    leads |= dict.fromkeys(("entity_id", "subject_id", "park_id"), holders)
    for of_table in rows.values():
        columns = [column for column in leads if of_table and hasattr(of_table[0], column)]
        for row in of_table:
            for column in columns:
                value = getattr(row, column)
                if value is not None and value not in leads[column]:
                    yield Breach("every key resolves", f"{column} {value} of {row.id}")


@cache
def _lookups() -> dict[str, set[str]]:
    return {table: {row["id"] for row in seeds.lookup(table)} for table in ("districts", "indicators")}


def _text_breaches(connection: sqlite3.Connection) -> Iterator[Breach]:
    """What is wrong with the rows of each report in the database.

    SQLite's `substr` counts characters from the start each time; slicing in Python keeps long reports linear.
    """
    queries = {
        table: f"select id, {', '.join(columns)} from {table} where report_id = ?"
        for table, columns in _QUOTES.items()
    }
    for report, text, count in connection.execute("select id, text, char_count from reports order by id"):
        quotes = {table: connection.execute(query, (report,)) for table, query in queries.items()}
        yield from _against_text(report, text, count, quotes)


def _against_text(
    report: str, text: str, char_count: int, quotes: Mapping[str, Iterable[Quote]]
) -> Iterator[Breach]:
    """Quotes that aren't where they say, and digits that aren't in the ledger once."""
    if char_count != len(text):
        yield Breach("char_count counts the text", report)
    ledger = []
    for table, rows in quotes.items():
        for place, start, end, quote in rows:
            if not 0 <= start < end or text[start:end] != quote:
                yield Breach(f"a row of {table} quotes the text", place)
            if table == "numerals":
                ledger.append((start, end))
    runs = [tuple(run) for run in digit_runs(text)]
    if sorted(ledger) != runs:
        wrong, _ = min(set(ledger) ^ set(runs), default=(0, 0))
        yield Breach("every run of digits is in the ledger once", f"report {report}, character {wrong}")
