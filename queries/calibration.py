"""How far `confidence` can be believed, and the table that it is taken from.

Comes in: verdicts of an evaluation. Goes out: for each range of confidence, how many rows are right; and a
fitted table, the smoothed share of rows that are right in full (every field), by the rule that made a row
and by whether its sentence states the subject and the period or leaves them to what stands before.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from .evaluate import Fact, Verdict

EDGES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
PRIOR = 10.0
"""Rows that the more general estimate counts for beside a combination's own rows. Chosen, not fitted: about
the number of rows below which a share says little (its standard error is then above 0.13)."""
HEADING = ("rule", "subject", "period", "confidence", "source")

# Words that date a sentence without digits; those with digits are in the ledger of numerals.
_TIME = re.compile(r"[今去本上明前]年|年[初中底末]|[上下]半年|季度|目前|截[至止]|当前|现有|近年")


class Bucket(NamedTuple):
    """The rows with a confidence from `low` to under `high`; the shares of them right in core and full."""

    low: float
    high: float
    rows: int
    mean: float
    core: float
    full: float


class Fitted(NamedTuple):
    """A line of the lookup: an empty `rule`, `subject` or `period` stands for any."""

    rule: str
    subject: str
    period: str
    confidence: float
    source: str


def rated(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """How many verdicts, and the share of them that is right at each level."""
    return {
        "rows": len(verdicts),
        "detect": sum(v.hit for v in verdicts) / len(verdicts),
        "core": sum(v.core for v in verdicts) / len(verdicts),
        "full": sum(v.full for v in verdicts) / len(verdicts),
    }


def buckets(verdicts: Iterable[Verdict]) -> list[Bucket]:
    """The ranges of confidence that have rows, the lowest first."""
    rows = [(verdict.row["confidence"], verdict) for verdict in verdicts if verdict.row]
    found = []
    for low, high in pairwise(EDGES):
        inside = [(c, v) for c, v in rows if low <= c < high or c == high == 1.0]
        if inside:
            shares = rated([v for _, v in inside])
            mean = sum(c for c, _ in inside) / len(inside)
            found.append(Bucket(low, high, len(inside), mean, shares["core"], shares["full"]))
    return found


def fit(verdicts: Iterable[Verdict], source: str) -> list[Fitted]:
    """The lookup `confidence`, the specific lines after the general ones; `source` names the reports.

    A combination that has few rows leans on what its rule and its kind of evidence have shown in general.
    """
    outcomes = [(_key(v.row), v.full) for v in verdicts if v.row]
    counted: dict[tuple[str, str, str], list[int]] = {}
    for (rule, subject, period), right in outcomes:
        for key in {("", "", ""), ("", subject, period), (rule, "", ""), (rule, subject, period)}:
            count = counted.setdefault(key, [0, 0])
            count[0] += right
            count[1] += 1
    overall = _smoothed(counted.get(("", "", ""), [0, 0]), 0.5)
    shares = {("", "", ""): overall}
    for key in sorted(counted, key=lambda key: (key[0] != "" and key[1] != "", key)):
        rule, subject, period = key
        if rule and subject:
            prior = min(0.98, shares[rule, "", ""] * shares["", subject, period] / overall)
            shares[key] = _smoothed(counted[key], prior)
        elif rule or subject:
            shares[key] = _smoothed(counted[key], overall)
    return [
        Fitted(*key, round(shares[key], 3), f"{source}: {counted[key][0]} of {counted[key][1]} right")
        for key in sorted(shares)
        if key in counted
    ]


def _smoothed(count: Sequence[int], prior: float) -> float:
    right, rows = count
    return (right + PRIOR * prior) / (rows + PRIOR)


def _key(row: Fact) -> tuple[str, str, str]:
    """The rule of a row, and whether its sentence states its subject and its period."""
    period = row["period_own"] or _TIME.search(row["clean_quote"])
    return row["rule"], "own" if row["subject_own"] else "inherited", "own" if period else "inherited"


def write_fit(lines: Iterable[Fitted], path: Path) -> None:
    """Write the lookup as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADING)
        writer.writerows(lines)
