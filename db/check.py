"""What must hold in every finished file. A build checks before it replaces the old file; so does
`fangzhi check`.

In: a database. Out: one `Breach` for each row that breaks an invariant, at most a few an invariant.
It trusts neither the rules that made the rows nor the code that loaded them, and reads each report once.
`db.sift` asks the same of one report's facts before they are loaded.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple, get_args

from ingest.ledger import digit_runs
from ingest.model import Bound, FangzhiError, Measure, Role, Status, SubjectType


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

ORDERED = (("value", "value_max"), ("period_start", "period_end"))
"""Two columns of metrics, the first of which may not be greater."""

_CLOSED_SQL = " union all ".join(
    f"select id from {table} where {column} not in {words}" for (table, column), words in CLOSED.items()
)
_ORDER_SQL = " union all ".join(f"select id from metrics where {low} > {high}" for low, high in ORDERED)

INVARIANTS = {
    "a report's id is the start of its SHA-256": "select id from reports where id <> substr(sha256, 1, 12)",
    "each row's span is of the same report": """
        select m.id from metrics m join source_spans s on s.id = m.span_id
        where s.report_id <> m.report_id
        union all
        select m.id from mentions m join source_spans s on s.id = m.span_id
        where s.report_id <> m.report_id
        union all
        select m.id from relations m join source_spans s on s.id = m.span_id
        where s.report_id <> m.report_id""",
    "a mention names one entity": """
        select id from mentions where (district_id is not null) + (park_id is not null)
        + (enterprise_id is not null) + (institution_id is not null) + (initiative_id is not null) <> 1""",
    "a relation is of one entity": """
        select id from relations where (district_id is not null) + (park_id is not null)
        + (enterprise_id is not null) + (institution_id is not null) + (initiative_id is not null) <> 1""",
    "an alias is of one entity": """
        select id from aliases where (district_id is not null) + (park_id is not null)
        + (enterprise_id is not null) + (institution_id is not null) + (initiative_id is not null) <> 1""",
    "a numeral has the role of a metric where it leads to one": """
        select n.id from numerals n left join metrics m on m.id = n.metric_id
        where (n.role = 'metric') <> (n.metric_id is not null) or m.report_id <> n.report_id""",
    "words of closed lists": _CLOSED_SQL,
    "values in order": _ORDER_SQL,
    "confidence is from 0 to 1": "select id from metrics where confidence not between 0 and 1",
    "every sentence is in the full-text index": """
        select id from source_spans where rowid not in (select id from source_spans_fts_docsize)""",
}
"""Name -> SQL that selects the id of each row that breaks it."""

QUOTES = {
    "source_spans": ("start_char", "end_char", "quote"),
    "metrics": ("value_start", "value_end", "value_text"),
    "mentions": ("start_char", "end_char", "surface"),
    "numerals": ("start_char", "end_char", "text"),
    "corrections": ("start_char", "end_char", "found"),
    "analyst_corrections": ("start_char", "end_char", "expect"),
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


def breaches(connection: sqlite3.Connection, *, laid_out_anew: bool = False) -> Iterator[Breach]:
    """Every kind of breach in the database, the structure of the file first.

    In a file that SQLite has just laid out anew, each index entry isn't looked up, which takes longer than
    all other checks together.
    """
    structure = "quick_check" if laid_out_anew else "integrity_check"
    for (message,) in connection.execute(f"pragma {structure}({MOST})"):
        if message != "ok":
            yield Breach("the file is sound", str(message))
    for table, rowid, other, _ in islice(connection.execute("pragma foreign_key_check"), MOST):
        yield Breach("every key resolves", f"{table} row {rowid} points to no row of {other}")
    for invariant, sql in INVARIANTS.items():
        for (place,) in connection.execute(f"select * from ({sql}) limit {MOST}"):
            yield Breach(invariant, place)
    yield from islice(_text_breaches(connection), MOST)


def _text_breaches(connection: sqlite3.Connection) -> Iterator[Breach]:
    """Quotes that aren't where they say, and digits that aren't in the ledger once."""
    queries = {
        table: f"select id, {', '.join(columns)} from {table} where report_id = ?"
        for table, columns in QUOTES.items()
    }
    intervals = "select start_char, end_char from numerals where report_id = ?"
    for report, text, count in connection.execute("select id, text, char_count from reports order by id"):
        if count != len(text):
            yield Breach("char_count counts the text", report)
        for table, query in queries.items():
            for place in misquotes(text, connection.execute(query, (report,))):
                yield Breach(f"a row of {table} quotes the text", place)
        gap = ledger_gap(text, connection.execute(intervals, (report,)))
        if gap is not None:
            yield Breach("every run of digits is in the ledger once", f"report {report}, character {gap}")


def misquotes(text: str, rows: Iterable[Quote]) -> Iterator[str]:
    """The ids of the rows whose quote doesn't stand in the text where they say.

    SQLite's `substr` counts characters from the start each time; slicing here keeps long reports linear.
    """
    return (place for place, start, end, quote in rows if not 0 <= start < end or text[start:end] != quote)


def ledger_gap(text: str, intervals: Iterable[tuple[int, int]]) -> int | None:
    """The first character where the ledger and the digits of the text differ; None where they don't."""
    ledger = sorted(intervals)
    runs = [tuple(run) for run in digit_runs(text)]
    if ledger == runs:
        return None
    return min((start for start, _ in set(ledger) ^ set(runs)), default=0)
