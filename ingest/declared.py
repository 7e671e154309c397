"""Full names before their declared short form, which nothing else finds (…高速铁路（以下简称“潍骐高铁”）).

In: the clean text of a paragraph. Out: candidates as in `candidates`. The short form tells the kind by its
ending and the name's extent by its characters: they stand in the full name in the same order, the first where
it begins.
"""

from __future__ import annotations

from functools import cache

from ingest.candidates import Candidate, Suffix, suffixes
from ingest.edges import HARD
from ingest.opening import Seldom

DECLARED = Seldom(r"[(（](?:以下)?(?:简称|下称)[:：]?[“‘\"]?([\u4e00-\u9fff]{3,8})[”’\"]?[)）]")
MOST = 30  # characters of a full name
LEAST = 2  # so many more has it than the short form


def declared(text: str) -> list[Candidate]:
    """Every full name that a declared short form shows."""
    found: list[Candidate] = []
    for match in DECLARED.finditer(text):
        short, end = match[1], match.start()
        row = next((r for r in _rows() if short.endswith(r.word) and len(short) > len(r.word)), None)
        low = max(0, end - MOST)
        opened = max((i + 1 for i in range(low, end) if text[i] in HARD), default=low)
        start = _begins(text, opened, end, short)
        if row is not None and start >= 0 and end - start >= len(short) + LEAST:
            found.append(Candidate(start, end, row.kind, row.subkind, "name.declared"))
    return found


@cache
def _rows() -> tuple[Suffix, ...]:
    return tuple(sorted(suffixes()[1], key=lambda row: -len(row.word)))


def _begins(text: str, opened: int, end: int, short: str) -> int:
    """The last place where the short form's characters begin to stand in order; -1 if they don't."""
    at = end
    for char in reversed(short):
        at = text.rfind(char, opened, at)
        if at < 0:
            return -1
    return at
