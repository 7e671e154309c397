"""A report's text with every fact marked, as HTML.

Comes in: the raw text and marks on it, half-open in code points; they may nest, cross and repeat.
Goes out: HTML whose text content is the report's text, character for character. The text is cut at every
place where a mark begins or ends, so that crossing marks need no nesting; each piece carries the classes
and ids of the marks over it. Work is linear in the text and in the pieces' marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple


class Mark(NamedTuple):
    """`id` is what deep links name, '' for none; `href` makes the mark a link; `hint` is its tooltip.

    `kind` is the CSS class: sentence, figure, district, park, enterprise, institution, initiative,
    numeral, unexplained, correction, page or unread. `before` is shown before the mark, `corrected` after
    it; neither is part of the text.
    """

    start: int
    end: int
    kind: str
    id: str = ""
    href: str = ""
    hint: str = ""
    corrected: str = ""
    before: str = ""


_SPECIAL = re.compile(r"[&<>\"']")
# Of several marks over a piece that would be a link, the first of these is it.
_LINK_ORDER = ("figure", "enterprise", "park", "institution", "initiative", "district")


def pieces(length: int, marks: Iterable[Mark]) -> list[tuple[int, int, tuple[Mark, ...]]]:
    """The text's pieces with the marks over each, in order; empty marks and those outside are left out."""
    kept = [mark for mark in marks if 0 <= mark.start < mark.end <= length]
    cuts = sorted({0, length, *(mark.start for mark in kept), *(mark.end for mark in kept)})
    starting = sorted(kept, key=attrgetter("start"))
    found: list[tuple[int, int, tuple[Mark, ...]]] = []
    over: list[Mark] = []
    at = 0
    for start, end in pairwise(cuts):
        if over:
            over = [mark for mark in over if mark.end > start]
        while at < len(starting) and starting[at].start == start:
            over.append(starting[at])
            at += 1
        found.append((start, end, tuple(over)))
    return found


def escaped(text: str) -> str:
    """As html.escape, which takes five times as long where there is nothing to escape."""
    return escape(text) if _SPECIAL.search(text) else text


def html(text: str, marks: Iterable[Mark]) -> str:
    """The marked text; every character of it is escaped, so nothing in it is markup."""
    return "".join(_piece(text[start:end], start, over) for start, end, over in pieces(len(text), marks))


def _piece(text: str, start: int, over: Sequence[Mark]) -> str:
    """One piece: anchors for the marks that begin here, then the text in one element with their classes."""
    if not over:
        return escaped(text)
    anchors: list[str] = []
    ids: list[str] = []
    hints: list[str] = []
    classes: dict[str, None] = {}
    link: Mark | None = None
    corrected = ""
    for mark in over:
        classes[mark.kind] = None
        if mark.id:
            name = escaped(mark.id)
            ids.append(name)
            if mark.start == start:
                anchors.append(f'<a id="{name}"></a>')
        if mark.hint:
            hints.append(mark.hint)
        if mark.href and (link is None or _precedence(mark) < _precedence(link)):
            link = mark
        if mark.corrected and mark.end == start + len(text):
            corrected = corrected or mark.corrected
    attributes = f' class="{" ".join(classes)}"'
    if ids:
        attributes += f' data-ids="{" ".join(ids)}"'
    if hints:
        attributes += f' title="{escaped(" · ".join(hints))}"'
    if corrected:
        attributes += f' data-corrected="{escaped(corrected)}"'
    if before := next((mark.before for mark in over if mark.before and mark.start == start), ""):
        attributes += f' data-before="{escaped(before)}"'
    told = "".join(anchors)
    if link:
        tab = "" if link.start == start else ' tabindex="-1"'
        return f'{told}<a href="{escaped(link.href)}"{tab}{attributes}>{escaped(text)}</a>'
    return f"{told}<span{attributes}>{escaped(text)}</span>"


def _precedence(mark: Mark) -> int:
    return _LINK_ORDER.index(mark.kind) if mark.kind in _LINK_ORDER else len(_LINK_ORDER)


def unread(text: str, read: Iterable[tuple[int, int]], headings: frozenset[str]) -> list[Mark]:
    """The lines that no sentence covers and that are no heading: page furniture, shown in grey."""
    covered = sorted(read)
    marks = []
    at = start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        while at < len(covered) and covered[at][1] <= start:
            at += 1
        if line.strip() and line.strip() not in headings and (at == len(covered) or covered[at][0] >= end):
            marks.append(Mark(start, end, "unread"))
        start = end
    return marks
