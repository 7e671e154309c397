"""Which paragraph goes on where: those that a column, a page or a picture cut in mid-sentence.

In comes the run of body lines in the order of the page; out go pairs (first, continuation). A join needs
evidence in the text itself: a quotation left open and closed, a word that the join completes and that the
report uses elsewhere, a number and its unit, a start that no sentence has. Without it nothing is sewn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .lines import Line, has_prose

REACH = 60
"""How many body lines away a continuation is looked for: a newspaper page has fewer."""
ENOUGH = 3.0
_LONG = 22
_MID_START = re.compile(
    r"[，。、；：！？,;:)》”’%‰…·]|[了的地得着过们等元亩吨](?!方|铁|气|面)|以及|(?:和|与|及|并)(?![平谐睦购])"
)
_UNIT_START = re.compile(r"[万亿千百元家个件户人名项条台辆%‰亩吨公平倍位.,][^、]?")
_FRESH = re.compile(
    r"[0-9]{1,4}年|[0-9]{1,2}月|“|《|【|[(（]?[一二三四五六七八九十]{1,3}[)）、是]|[0-9]{1,2}[、.．](?![0-9])"
    r"|目前|近年|此外|同时|据|截至|今年|去年|今后|下一步|另外|不仅|其中|通过|为了?|在|围绕|作为|随着|除了|我们|全市|全区|全县|全省|本报"
)
_OPEN, _CLOSE = "“《(", "”》)"


def continuations(rows: Sequence[Line], breaks: frozenset[int]) -> dict[int, int]:
    """For each line that breaks off, the line that carries it on, by index into `rows`.

    `breaks` are the indices of lines that a heading precedes: they start something of their own. Lines
    that look like headlines are torn only where the very next line completes a word. No line continues
    two others.
    """
    torn = [at for at, row in enumerate(rows) if _breaks_off(row)]
    if not torn:
        return {}
    words = _Words(rows)
    offers = []
    for at in torn:
        for to in range(max(0, at - REACH), min(len(rows), at + REACH + 1)):
            if to == at or to in breaks or (to != at + 1 and not _far(rows, at, to)):
                continue
            if rows[to].kind == "body":
                score = _score(rows[at], rows[to], to - at, words)
                if score >= ENOUGH:
                    offers.append((-score, abs(to - at), at, to))
    taken: dict[int, int] = {}
    given: set[int] = set()
    for _, _, at, to in sorted(offers):
        if at not in taken and to not in given and not _circular(taken, at, to):
            taken[at] = to
            given.add(to)
    return taken


def _breaks_off(row: Line) -> bool:
    return not row.complete and (len(row.text) >= _LONG or row.text[-1] in "，、")


def _far(rows: Sequence[Line], at: int, to: int) -> bool:
    """Whether `to` could be a continuation from elsewhere: it does not start as paragraphs do."""
    return to > 0 and rows[at].kind == "body" and not _FRESH.match(rows[to].text)


def _circular(taken: dict[int, int], at: int, to: int) -> bool:
    while to in taken:
        to = taken[to]
        if to == at:
            return True
    return to == at


class _Words:
    """How often two to four characters stand together in the report."""

    def __init__(self, rows: Sequence[Line]) -> None:
        self.groups: Counter[str] = Counter()
        for row in rows:
            text = row.text
            for size in (2, 3, 4):
                self.groups.update(map("".join, zip(*(text[start:] for start in range(size)), strict=False)))

    def seam(self, left: str, right: str, adjacent: bool) -> float:
        """The evidence that `left` and `right` meet inside a word. Two characters that meet by chance may
        well be a pair (营业|园区, 工业园区), so that from afar the word must reach further back."""
        if not ("\u3400" <= left[-1] <= "\u9fff" and "\u3400" <= right[0] <= "\u9fff"):
            return 0.0
        pair = self.groups[left[-1] + right[0]]
        if not pair:
            return 0.0
        back, ahead = self.groups[left[-2:] + right[0]], self.groups[left[-1] + right[:2]]
        both = self.groups[left[-2:] + right[:2]]
        often = min(pair, 4) * 0.25
        if adjacent:
            return 2.0 + often + (1.0 if back or ahead else 0.0)
        return often + (2.0 if back else 0.0) + (1.0 if both else 0.0)


def _score(left: Line, right: Line, distance: int, words: _Words) -> float:
    """The evidence that `right` carries `left` on; at least ENOUGH makes a join."""
    seam = words.seam(left.text, right.text, distance == 1)
    if left.kind == "heading":
        return seam if seam and not _FRESH.match(right.text) else 0.0
    score = seam
    fresh = _FRESH.match(right.text)
    if fresh:
        score -= 3.0
    if _MID_START.match(right.text):
        score += 3.0
    if left.text[-1].isdigit() or left.text[-1] in "万亿":
        score += 3.0 if _UNIT_START.match(right.text) else -1.0
    opened, closed = _unclosed(left.text), _unopened(right.text)
    if opened and opened == closed:
        score += 4.0
    elif closed and distance != 1:
        score -= 1.0
    if distance == 1:
        # A line of prose that breaks off goes on in the next, unless that starts afresh.
        score += 2.0 if right.gap == 0 else 1.0
        score += 2.5 if has_prose(left.text) or "，" in left.text else 0.0
    elif left.text[-1] in "，、":
        score += 0.5
    return score


def _unclosed(text: str) -> str:
    """The opening mark that the text leaves open at its end, or ''."""
    depth: list[str] = []
    for char in text[-400:]:
        if char in _OPEN:
            depth.append(char)
        elif char in _CLOSE and depth:
            depth.pop()
    return depth[-1] if depth else ""


def _unopened(text: str) -> str:
    """The opening mark whose closing one comes first in the text, or ''."""
    for char in text[:40]:
        if char in _OPEN:
            return ""
        if char in _CLOSE:
            return _OPEN[_CLOSE.index(char)]
    return ""
