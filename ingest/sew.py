"""Which paragraph goes on where: those that a column, a page or a picture cut in mid-sentence.

In comes the run of body lines in the order of the page; out go pairs (first, continuation). A join needs
evidence in the text itself: a quotation left open and closed, a word that the join completes and that the
report uses elsewhere, a number and its unit, a start that no sentence has. Without it nothing is sewn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any

from .lines import Line, has_prose, is_tabular

REACH = 60
"""How many body lines away a continuation is looked for: a newspaper page has fewer."""
ENOUGH = 3.0
CERTAIN = 5.5
"""The score of the next line from which on no other is asked."""
_LONG = 22
_ACROSS = ((1, 2), (2, 1), (1, 3), (2, 2), (3, 1))
_MID_START = re.compile(
    r"[，。、；：！？,;:)》”’%‰…·]|[了的们]|等(?!级)|元(?![旦宵])|亩(?!均)|吨|以及|(?:和|与|及|并)(?![平谐睦购])|[\u4e00-\u9fff]{1,3}[。；]"
)
_UNIT_START = re.compile(r"[万亿千百元家个件户人名项条台辆%‰亩吨公平倍位.,][^、]?")
_FRESH = re.compile(
    r"[0-9]{1,4}年|[0-9]{1,2}月|“|《|【|[(（]?[一二三四五六七八九十]{1,3}[)）、是]|[0-9]{1,2}[、.．](?![0-9])"
    r"|目前|近年|此外|同时|据|截至|今年|去年|今后|下一步|另外|不仅|其中|通过|为了?|在|围绕|作为|随着|除了|我们|全市|全区|全县|全省|本报"
)
_BULLETS = "◆●■★▪•·-○□▲"
_OPEN, _CLOSE = "“《(", "”》)"


def continuations(rows: Sequence[Line], breaks: frozenset[int]) -> dict[int, int]:
    """For each line that breaks off, the line that carries it on, by index into `rows`.

    `breaks` are the indices of lines that a heading precedes: as a rule they start something of their own.
    Lines that look like headlines are torn only where the very next line completes a word. No line
    continues two others.
    """
    torn = [at for at, row in enumerate(rows) if _breaks_off(row)]
    if not torn:
        return {}
    words = _Words(rows, torn)
    heads = [_Head(row, at in breaks, at > 0 and rows[at - 1].signed) for at, row in enumerate(rows)]
    offers = []
    for at in torn:
        left = rows[at]
        opened = _unclosed(left.text)
        best = 0.0
        if at + 1 < len(rows) and heads[at + 1].free and not heads[at + 1].headed:
            best = _next_score(left, rows[at + 1], heads[at + 1], opened, words)
            offers.append((-best, 1, at, at + 1))
        if best < CERTAIN:
            for to in range(max(1, at - REACH), min(len(rows), at + REACH + 1)):
                head = heads[to]
                if head.free and not head.fresh and to != at and (to != at + 1 or head.headed):
                    score = _far_score(left, head, opened, words)
                    # A signed box interrupts an article, which goes on behind it.
                    score += 2.5 if head.behind_box and at < to and left.kind == "body" else 0.0
                    offers.append((-score, abs(to - at), at, to))
    taken: dict[int, int] = {}
    given: set[int] = set()
    for _, _, at, to in sorted(offer for offer in offers if -offer[0] >= ENOUGH):
        if at not in taken and to not in given and not _circular(taken, at, to):
            taken[at] = to
            given.add(to)
    last = max((at for at, row in enumerate(rows) if row.kind == "body"), default=0)
    lost = [at for at in torn if at not in taken and at != last and rows[at].kind == "body"]
    if lost:
        _by_dictionary(rows, heads, lost, taken, given)
    return taken


def _by_dictionary(
    rows: Sequence[Line], heads: Sequence[_Head], lost: Sequence[int], taken: dict[int, int], given: set[int]
) -> None:
    """Adds the joins that complete a word of jieba's dictionary, where just one line does so. Two characters
    make a word by chance too often, unless the line starts with no word of its own."""
    known = _dictionary()
    for at in lost:
        left = rows[at].text
        near = [
            to
            for to in range(max(1, at - REACH), min(len(rows), at + REACH + 1))
            if heads[to].free and not heads[to].fresh and to != at and to not in given
        ]
        found = [
            to
            for to in near
            if any(known.get(left[-back:] + rows[to].text[:ahead]) for back, ahead in _ACROSS)
        ] or [
            to
            for to in near
            if known.get(left[-1] + rows[to].text[0])
            and not any(known.get(rows[to].text[:ahead]) for ahead in (2, 3))
        ]
        if len(found) == 1 and not _circular(taken, at, found[0]):
            taken[at] = found[0]
            given.add(found[0])


@cache
def _dictionary() -> dict[str, int]:
    """How often each word occurs, from jieba's dictionary; a second to load, for the few that need it."""
    jieba: Any = import_module("jieba")
    jieba.setLogLevel(60)
    jieba.dt.initialize()
    frequencies: dict[str, int] = jieba.dt.FREQ
    return frequencies


class _Head:
    """What the start of a line tells: whether it may continue another, starts afresh as paragraphs do, or
    cannot start one, and which quotation or bracket it closes without having opened it."""

    __slots__ = ("behind_box", "closed", "free", "fresh", "headed", "middle", "text")

    def __init__(self, row: Line, headed: bool, behind_box: bool) -> None:
        self.text = row.text[:2]
        self.free = row.kind == "body"
        self.headed = headed
        self.behind_box = behind_box
        self.fresh = row.text[0] in _BULLETS or bool(_FRESH.match(row.text))
        self.middle = bool(_MID_START.match(row.text))
        self.closed = _unopened(row.text)


def _breaks_off(row: Line) -> bool:
    if row.complete or is_tabular(row.text) or row.text[0] in _BULLETS:
        return False
    return len(row.text) >= _LONG or row.text[-1] in "，、" or row.text.count("“") > row.text.count("”")


def _circular(taken: dict[int, int], at: int, to: int) -> bool:
    while to in taken:
        to = taken[to]
        if to == at:
            return True
    return to == at


class _Words:
    """How often up to four characters stand together in the report, around the ends and starts of lines."""

    def __init__(self, rows: Sequence[Line], torn: Sequence[int]) -> None:
        ends = "".join(sorted({rows[at].text[-1] for at in torn} | {row.text[0] for row in rows}))
        text = "\n".join(row.text for row in rows)
        places = [match.start() for match in re.finditer(f"[{re.escape(ends)}]", text)]
        cuts = ((0, 1), (0, 2), (-1, 2), (0, 3), (-1, 3))
        self.groups = Counter([text[at + back : at + ahead] for back, ahead in cuts for at in places])

    def seam(self, left: str, right: str, adjacent: bool) -> float:
        """The evidence that `left` and `right` meet inside a word. Two characters that meet by chance may
        well be a pair (营业|园区, 工业园区), so that from afar the word must reach further back or
        the second seldom occur without the first (增|长)."""
        if not (_is_han(left[-1]) and _is_han(right[0])):
            return 0.0
        pair = self.groups[left[-1] + right[0]]
        if not pair:
            return 0.0
        back, ahead = self.groups[left[-2:] + right[0]], self.groups[left[-1] + right[:2]]
        both = self.groups[left[-2:] + right[:2]]
        often = min(pair, 4) * 0.25
        if adjacent:
            return 2.0 + often + (1.0 if back or ahead else 0.0)
        bound = 2.5 if self._only_behind(left[-1], right) else 2.0 if back else 0.0
        return often + bound + (1.0 if both else 0.0)

    def _only_behind(self, char: str, right: str) -> bool:
        """Whether the report uses what `right` starts with mostly behind `char`."""
        start = right[:2] if _is_han(right[1:2]) else right[0]
        behind = self.groups[char + start]
        return behind >= 2 and behind >= 0.6 * (self.groups[start] - 1)


def _next_score(left: Line, right: Line, head: _Head, opened: str, words: _Words) -> float:
    """The evidence that the very next line carries `left` on."""
    seam = words.seam(left.text, head.text, adjacent=True)
    if left.kind == "heading":
        return seam if not head.fresh else 0.0
    score = seam + _grammar(left.text, right.text, head, opened) + (2.0 if right.gap == 0 else 1.0)
    # A line of prose that breaks off goes on in the next, unless that starts afresh.
    if "，" in left.text or left.text[-1] == "、" or has_prose(left.text):
        score += 2.5
    return score - 3.0 if head.fresh else score


def _far_score(line: Line, head: _Head, opened: str, words: _Words) -> float:
    """The evidence that a line elsewhere carries `line` on. A headline counts as torn only where the other
    line cannot start a sentence."""
    left = line.text
    if line.kind == "heading" and not (head.middle and "，" in left):
        return 0.0
    score = words.seam(left, head.text, adjacent=False)
    comma = 0.5 if left[-1] in "，、" else 0.0
    if not (score or head.middle or head.closed):
        return comma
    score += _grammar(left, head.text, head, opened)
    if head.closed and head.closed != opened:
        score -= 1.0
    if head.headed:
        score -= 1.0
    return score + comma


def _grammar(left: str, right: str, head: _Head, opened: str) -> float:
    """The evidence of marks, particles and units on both sides of the seam."""
    score = 3.0 if head.middle else 0.0
    if left[-1].isdigit() or left[-1] in "万亿":
        score += 3.0 if _UNIT_START.match(right) else -1.0
    return score + 4.0 if opened and opened == head.closed else score


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


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
