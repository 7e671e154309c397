"""SDMX-CSV 2.0: the observations for statistical software.

Comes in: a connection. Goes out: a row an observation, the surest statement where several tell the same. SDMX
has one value a key and a key needs a time, so facts without a period are left out and counted. Its codes are
ASCII: an indicator or a holder that has no id of its own gets one made from its name, which stands beside it.
The format:
https://github.com/sdmx-twg/sdmx-csv/blob/master/data-message/docs/sdmx-csv-field-guide.md
"""

from __future__ import annotations

import csv
import sqlite3
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha1
from typing import Any, TextIO

FLOW = "FANGZHI:REGIONAL_FACTS(1.0.0)"
_EVERY_ROW = {"STRUCTURE": "dataflow", "STRUCTURE_ID": FLOW, "ACTION": "I"}

COMPONENTS = (
    ("INDICATOR", "dimension", "Code of the indicator: `indicators.id`, else made from its name"),
    ("SUBJECT_TYPE", "dimension", "district, park, enterprise, institution, initiative, cluster or other"),
    ("SUBJECT", "dimension", "Whose figure it is: the id in its table, else made from its name"),
    ("REF_AREA", "dimension", "The district, by its code of GB/T 2260; `_Z` where none is told"),
    ("MEASURE", "dimension", "level, change, growth, share or rank"),
    ("SCENARIO", "dimension", "actual, forecast, target or planned"),
    ("TIME_COVERAGE", "dimension", "`D` during the period (a flow), `E` at its end (a stock)"),
    ("TIME_PERIOD", "time dimension", "A year, half-year (S), quarter, month, day, or `start/duration`"),
    ("OBS_VALUE", "measure", "The number in base units; the lower end of a range"),
    ("UNIT_MEASURE", "attribute", "Base unit"),
    ("OBS_VALUE_MAX", "attribute", "The upper end of a range"),
    ("BOUND", "attribute", "exact, approx, min or max"),
    ("BASIS", "attribute", "What a growth, change, share or rank is measured against"),
    ("INDICATOR_NAME", "attribute", "Name of the indicator"),
    ("SUBJECT_NAME", "attribute", "Name of the holder"),
    ("SOURCE_REPORT", "attribute", "`reports.id`"),
    ("SOURCE_FACT", "attribute", "`metrics.id`, which leads to the characters"),
    ("CONFIDENCE", "attribute", "How sure the rule is, 0 to 1"),
)
"""What the data structure has: id, role and meaning, in the order of the columns."""

_SUBJECT_ID = "coalesce(park_id, enterprise_id, institution_id, initiative_id)"
_FACTS = f"""
select indicator_id, indicator_name, subject_type, subject_name,
  case subject_type when 'district' then district_id else {_SUBJECT_ID} end as subject_id,
  subject, district_id, measure, status, period_start, period_end,
  value, unit, value_max, bound, basis, report_id, f.id, f.confidence
from metric_facts f where f.id in (select id from metrics where surest = 1 and period_end is not null)
order by f.id"""


def write(connection: sqlite3.Connection, file: TextIO) -> int:
    """Write the observations to a file opened with newline=''; returns how many facts have no period."""
    writer = csv.writer(file)
    writer.writerow([*_EVERY_ROW, *(name for name, _, _ in COMPONENTS)])
    writer.writerows(_observations(connection))
    timeless: int = connection.execute("select count(*) from metrics where period_end is null").fetchone()[0]
    return timeless


def _observations(connection: sqlite3.Connection) -> Iterator[list[Any]]:
    cursor = connection.execute(_FACTS)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        fact = dict(zip(names, row, strict=True))
        yield [
            *_EVERY_ROW.values(),
            fact["indicator_id"] or _code(fact["indicator_name"]),
            fact["subject_type"],
            fact["subject_id"] or _code(fact["subject"]),
            fact["district_id"] or "_Z",
            fact["measure"],
            fact["status"],
            "D" if fact["period_start"] else "E",
            time_period(fact["period_start"], fact["period_end"]),
            _number(fact["value"]),
            fact["unit"],
            "" if fact["value_max"] is None else _number(fact["value_max"]),
            *(fact[name] for name in ("bound", "basis", "indicator_name", "subject_name", "report_id", "id")),
            fact["confidence"],
        ]


def _code(name: str) -> str:
    """A code of the characters that SDMX allows, the same for the same name everywhere."""
    return f"U_{sha1(name.encode()).hexdigest()[:10]}"


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def time_period(first: str | None, last: str) -> str:
    """A period given by its ISO days as SDMX writes it; the last day alone where there is no first.

    https://sdmx.org/wp-content/uploads/SDMX_3-0-0_SECTION_6_FINAL-1_0.pdf, 4.2.1 observational time period.
    """
    if first is None or first == last:
        return last
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    whole = start.day == 1 and end.day == monthrange(end.year, end.month)[1]
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if not whole:
        return f"{first}/P{(end - start + timedelta(1)).days}D"
    if months == 12 and start.month == 1:
        return f"{start.year}"
    if months == 6 and start.month in (1, 7):
        return f"{start.year}-S{start.month // 6 + 1}"
    if months == 3 and start.month % 3 == 1:
        return f"{start.year}-Q{start.month // 3 + 1}"
    if months == 1:
        return first[:7]
    return f"{first}/P{months // 12}Y" if months % 12 == 0 else f"{first}/P{months}M"


def page() -> str:
    """The components as a table for the documents."""
    rows = "\n".join(f"| `{name}` | {role} | {meaning} |" for name, role, meaning in COMPONENTS)
    return f"| component | role | meaning |\n| --- | --- | --- |\n{rows}"
