"""Reads the single-statement cases, runs them through the whole way of a report, and tells what differs.

In: the tables in `cases/` and `cases/known_failures.txt`. Out: the faults of a case, one a figure and field;
comparison is as loose as in an evaluation of a built database. `python -m tests.casebook` writes the list of
known failures anew, `python -m tests.casebook --show` prints what was expected and found.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import yaml

import seeds
from ingest.model import Document, Metric, Source
from ingest.pipeline import parse
from queries.likeness import same_indicator, same_name, same_number, same_period, same_unit

FOLDER = Path(__file__).parent / "cases"
KNOWN = FOLDER / "known_failures.txt"
TABLES = ("figures", "time_and_subjects", "statements", "pages")
KEY_LENGTH = 36
HEADER = """\
# Cases that the rules do not read rightly yet, one fault a line: case, quantity, field, parted by tabs.
# `missing` is a figure that was not found, `extra` one that should not have been. A fault that is not listed
# fails the tests, and so does a listed one that is mended. To write the list anew: python -m tests.casebook
"""


class Fault(NamedTuple):
    """One difference between what a case states and what is read in it."""

    case: str
    quantity: str
    field: str
    expected: object
    found: object

    @property
    def line(self) -> str:
        return f"{self.case}\t{_one_line(self.quantity)}\t{self.field}"


class Case(NamedTuple):
    """One statement with its figures; `key` names it in the list of known failures."""

    key: str
    text: str
    reference: str
    district: str | None
    facts: Sequence[Mapping[str, Any]]

    def places(self) -> Iterator[tuple[Mapping[str, Any], int, int]]:
        """Each fact with the interval of its quantity; raises ValueError where the text lacks it."""
        at = 0
        for fact in self.facts:
            start = self.text.index(fact["quantity"], at)
            at = start + len(fact["quantity"])
            yield fact, start, at


@cache
def cases() -> tuple[Case, ...]:
    """All cases in the order of their tables."""
    return tuple(_case(table, row) for table in TABLES for row in _rows(table))


def _rows(table: str) -> list[dict[str, Any]]:
    # The safe loader in C reads the tables in a tenth of the time.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows: list[dict[str, Any]] = yaml.load((FOLDER / f"{table}.yaml").read_text("utf-8"), loader)
    return rows


def _case(table: str, row: dict[str, Any]) -> Case:
    district = row.get("district")
    key = f"{table}: {_one_line(row['text'])[:KEY_LENGTH]}"
    return Case(key, row["text"], row["reference"], _code(district) if district else None, row["facts"])


def _one_line(text: str) -> str:
    return " ".join(text.split())


@cache
def _code(name: str) -> str:
    """The code of the one present district of that name."""
    rows = [row for row in _districts() if name in (row["name"], row["short_name"])]
    (row,) = [row for row in rows if row["name"] == name] or rows
    return row["id"]


@cache
def _districts() -> list[dict[str, str]]:
    return [row for row in seeds.lookup("districts") if not row["valid_to"]]


# ---- running ----


def metrics(case: Case) -> list[Metric]:
    """What is read in the case, as a report of that one paragraph."""
    document = Document("case.txt", sha256(case.text.encode()).hexdigest(), "text/plain", case.text)
    return parse(document, Source(reference_date=case.reference, district_id=case.district)).metrics


def faults(case: Case) -> list[Fault]:
    """All that differs in a case, in the order of its figures, the superfluous last."""
    return list(_faults(case))


def _faults(case: Case) -> Iterator[Fault]:
    spare = metrics(case)
    for fact, start, end in case.places():
        near = [m for m in spare if min(end, m.value_end) > max(start, m.value_start)]
        best = max(near, key=partial(_likeness, fact), default=None)
        if best is not None:
            spare.remove(best)
        if fact.get("optional"):
            spare = [m for m in spare if m not in near]
        elif best is None:
            yield Fault(case.key, fact["quantity"], "missing", fact["indicator"], None)
        else:
            for field, expected, found in differences(fact, best):
                yield Fault(case.key, fact["quantity"], field, expected, found)
    for metric in spare:
        # A quantity in Chinese numerals alone is optional wherever it stands; a rank is not.
        if metric.measure == "rank" or re.search(r"\d", metric.value_text):
            yield Fault(case.key, metric.value_text, "extra", None, metric.indicator)


def _likeness(fact: Mapping[str, Any], metric: Metric) -> tuple[bool, bool]:
    return same_number(metric.value, fact["value"]), metric.measure == fact.get("measure", "level")


def differences(fact: Mapping[str, Any], metric: Metric) -> Iterator[tuple[str, object, object]]:
    """Each field in which `metric` agrees with no reading of `fact`, with what was expected and found."""
    plain = {"measure": "level", "bound": "exact", "status": "actual", "value_max": None, **fact}
    readings = [plain, *({**plain, **other} for other in fact.get("alt", ()))]
    subject = str(fact.get("subject", ""))
    same: dict[str, Callable[[Mapping[str, Any]], bool]] = {
        "value": lambda r: (
            same_number(metric.value, r["value"]) and same_number(metric.value_max, r["value_max"])
        ),
        "unit": lambda r: same_unit(metric.unit, r["unit"]),
        "measure": lambda r: metric.measure == r["measure"],
        "indicator": lambda r: same_indicator(metric.indicator, r["indicator"], metric.subject, subject),
        "bound": lambda r: metric.bound == r["bound"],
        "status": lambda r: metric.status == r["status"],
        "period": lambda r: same_period(metric.period, r["period"]),
        "subject": lambda r: same_name(metric.subject, r["subject"]),
        "basis": lambda r: metric.basis == r["basis"] or same_name(metric.basis, r["basis"]),
    }
    for field, agrees in same.items():
        # Period, subject and basis are read only where they are given.
        given = [reading for reading in readings if field in reading]
        if given and not any(agrees(reading) for reading in given):
            yield field, given[0][field], getattr(metric, field)


# ---- the list of known failures ----


def known() -> dict[str, set[str]]:
    """The listed faults of each case, as their lines."""
    listed: dict[str, set[str]] = {}
    for line in KNOWN.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            listed.setdefault(line.partition("\t")[0], set()).add(line)
    return listed


def main(arguments: Sequence[str]) -> None:
    """Writes the list of known failures, or prints the faults with what was expected and found."""
    found = [(case, faults(case)) for case in cases()]
    right = sum(not wrong for _, wrong in found)
    if "--show" in arguments:
        for case, wrong in found:
            for fault in wrong:
                print(f"{case.text}\n    {fault.quantity} {fault.field}: {fault.expected} | {fault.found}")
    else:
        lines = dict.fromkeys(fault.line for _, wrong in found for fault in wrong)
        KNOWN.write_text(HEADER + "".join(f"{line}\n" for line in lines), "utf-8")
    print(f"{right} of {len(found)} cases read rightly ({right / len(found):.1%})", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
