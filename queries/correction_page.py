"""The page that helps to correct a fact: ready-made lines for the file that `build --corrections` takes.

Comes in: the id of a metric, or of a numeral that is no fact. Goes out: what the template shows: the sentence
and a line of CSV for each thing that may be said of it. Nothing is changed here; the line is the analyst's to
paste, and lacks who says it and why.
"""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Mapping

from .facts import Row, Visit, facts, one

COLUMNS = ("report", "start", "end", "expect", "action", "set", "who", "why")
"""The heading of a file of corrections (docs/corrections.md)."""
SETTABLE = (
    "indicator", "subject", "subject_type", "measure", "value", "value_max", "unit", "bound", "basis",
    "period", "status",
)  # fmt: skip
"""Columns of a metric that an analyst is most likely to change."""
_BLANK = {"indicator": "", "value": "", "unit": "", "period": ""}
_NUMERAL = """
select n.*, s.clean_quote as sentence from numerals n
left join source_spans s on s.report_id = n.report_id
  and s.start_char <= n.start_char and n.end_char <= s.end_char
where n.id = ? and n.metric_id is null limit 1"""


def read(connection: sqlite3.Connection, visit: Visit) -> Row | None:
    """What the page shows; None where there is no such fact or numeral."""
    fact = next(iter(facts(connection, visit, "where m.id = ?", visit.key)), None)
    if fact:
        place = (fact["report_id"], fact["value_start"], fact["value_end"], fact["value_text"])
        told = {name: fact[name] for name in SETTABLE if fact[name] not in (None, "")}
        lines = [("set", line(*place, "set", told)), ("wrong", line(*place, "wrong", {}))]
        row = fact
    else:
        numeral = one(connection, _NUMERAL, visit.key)
        if numeral is None:
            return None
        place = (numeral["report_id"], numeral["start_char"], numeral["end_char"], numeral["text"])
        lines = [("add", line(*place, "add", _BLANK))]
        row = numeral
    return {
        "title": visit.say("suggest"),
        "expect": place[3],
        "sentence": row["sentence"],
        "back": visit.fact_link(row["report_id"], row["id"]),
        "heading": ",".join(COLUMNS),
        "lines": [{"about": visit.say(f"suggest_{action}"), "text": text} for action, text in lines],
    }


def line(report: str, start: int, end: int, expect: str, action: str, told: Mapping[str, object]) -> str:
    """A line of the file, without who and why."""
    values = {name: f"{v:.15g}" if isinstance(v, float) else str(v) for name, v in told.items()}
    changes = "; ".join(f"{name}={value}" for name, value in values.items())
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="").writerow([report, start, end, expect, action, changes, "", ""])
    return out.getvalue()
