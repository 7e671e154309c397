"""The ties that a reader found in the annotated reports, beside those that the program tells of them.

In: `gold/ties.csv`, a row a tie: the report, the kind and a form of the name, the relation, its value (the
name of what it leads to, yuan, EDTF, or a word), whether a careful reader may leave it out, and the words
that tell it. Out: for each relation how many are told rightly, told in all and stated in all.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ingest.model import ReportFacts

GOLD = Path(__file__).parent / "gold"
RELATIONS = ("park", "host", "enterprise", "amount", "start", "end", "status")


class Tie(NamedTuple):
    """One tie, as annotated or as told."""

    kind: str
    name: str
    relation: str
    value: str


class Count(NamedTuple):
    """How many ties are right, told and stated, the ones a reader may leave out apart."""

    right: int
    told: int
    stated: int


@cache
def annotated() -> Mapping[str, list[tuple[Tie, bool, str]]]:
    """Report -> its ties, whether each may be left out, and the words that tell it."""
    found: dict[str, list[tuple[Tie, bool, str]]] = {}
    with (GOLD / "ties.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            tie = Tie(row["kind"], row["name"], row["relation"], row["value"])
            found.setdefault(row["report"], []).append((tie, bool(row["optional"]), row["said"]))
    return found


def told(facts: ReportFacts) -> list[Tie]:
    """What the program tells of a report, in the relations that are annotated."""
    rows = {row.id: row.name for row in facts.entities}
    return [
        Tie(r.kind, rows[r.entity_id], r.relation, rows.get(r.object_id or "", r.value))
        for r in facts.relations
        if r.relation in RELATIONS
    ]


def count(stated: Iterable[tuple[Tie, bool]], found: Iterable[Tie]) -> dict[str, Count]:
    """Relation -> how many. A name fits where one form holds the other: whose a form is is told elsewhere."""
    wanted = list(stated)
    met = [False] * len(wanted)
    right = dict.fromkeys(RELATIONS, 0)
    wrong = dict.fromkeys(RELATIONS, 0)
    for tie in found:
        at = [i for i, (other, _) in enumerate(wanted) if _same(tie, other)]
        if not at:
            wrong[tie.relation] += 1
        for i in at:
            if not met[i] and not wanted[i][1]:
                right[tie.relation] += 1
            met[i] = True
    return {
        relation: Count(
            right[relation],
            right[relation] + wrong[relation],
            sum(tie.relation == relation and not optional for tie, optional in wanted),
        )
        for relation in RELATIONS
    }


def _same(a: Tie, b: Tie) -> bool:
    value = _fits(a.value, b.value) if a.relation in ("park", "host", "enterprise") else _time(a) == _time(b)
    return a.relation == b.relation and _fits(a.name, b.name) and value


def _time(tie: Tie) -> str:
    """2023年底 and 2023年 are one year's end."""
    return tie.value.removesuffix("-12") if tie.relation == "end" else tie.value


def _fits(a: str, b: str) -> bool:
    a, b = (name.translate(_QUOTES) for name in (a, b))
    return a in b or b in a


_QUOTES = str.maketrans("", "", "“”‘’《》★—-")
