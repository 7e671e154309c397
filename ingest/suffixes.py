"""What a name may end with, and what a possible name is.

In: `name_suffixes.csv`. Out: its rows with one automaton of them all; the type of a candidate.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from ingest.model import EntityKind
from seeds import lookup

ZONES = ("development zone", "new area")  # parks that other parks lie in

LAW = ("policy", "plan", "action", "programme", "mechanism")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible name: clean offsets in a paragraph. `sure` is false where other evidence must join it."""

    start: int
    end: int
    kind: EntityKind
    subkind: str
    rule: str
    sure: bool = True


class Suffix(NamedTuple):
    word: str
    kind: EntityKind
    subkind: str
    need: str


@cache
def suffixes() -> tuple[AhoCorasick, tuple[Suffix, ...]]:
    """The automaton of all suffixes with their rows."""
    rows = tuple(
        Suffix(r["suffix"], r["kind"], r["subkind"], r["need"])  # type: ignore[arg-type]
        for r in lookup("name_suffixes")
    )
    return AhoCorasick([r.word for r in rows], matchkind=MatchKind.LeftmostLongest), rows


@cache
def park_words() -> tuple[str, ...]:
    """Endings of parks: a park's second phase is the park."""
    return tuple(row.word for row in suffixes()[1] if row.kind == "park")
