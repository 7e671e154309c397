"""When a report speaks: the date that 今年 and 目前 are resolved against.

In: the paragraphs with their times. Out: an EDTF date and where it came from: dateline, else the latest
date that the text itself speaks of as past or present, a year whose plans it opens with included. Refuses
to guess: a text without any date has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import Paragraph
from ingest.periods import Reference, Time

_FULL = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:年|[-/.])\s*(1[0-2]|0?[1-9])\s*(?:月|[-/.])\s*(3[01]|[12]\d|0?[1-9])(?!\d)日?")
_MONTH = re.compile(r"^[(（—\-\s]*((?:19|20)\d\d)年(1[0-2]|0?[1-9])月[)）\s]*$")
_FUTURE = re.compile(r"(?:到|力争|争取|计划|规划|拟|目标|预计|将|确保|展望|力争到|有望|年均|》|期间|远景)")
_NAME = re.compile(r"[《“][^《》“”]{0,60}[》”]")
HEAD, TAIL = 12, 6
LONGEST_DATELINE = 80


def reference(paragraphs: Sequence[Paragraph], times: Sequence[Sequence[Time]]) -> tuple[str | None, str]:
    """The reference date as EDTF and its basis: `dateline`, `text` or `none`."""
    if line := _dateline(paragraphs):
        return line, "dateline"
    if latest := _latest(paragraphs, times):
        return latest, "text"
    return None, "none"


def _dateline(paragraphs: Sequence[Paragraph]) -> str | None:
    """A full date in a short line at the head or the foot, or one that says 发布时间 or 在…会议上."""
    places = [*paragraphs[:HEAD], *paragraphs[-TAIL:]]
    for paragraph in places:
        text = paragraph.text
        if len(text) > LONGEST_DATELINE and paragraph.kind == "body":
            continue
        if match := _FULL.search(text):
            if _FUTURE.search(text[: match.start()]):
                continue
            return f"{int(match[1]):04}-{int(match[2]):02}-{int(match[3]):02}"
    for paragraph in places:
        if match := _MONTH.match(paragraph.text.strip()):
            return f"{int(match[1]):04}-{int(match[2]):02}"
    return None


def _latest(paragraphs: Sequence[Paragraph], times: Sequence[Sequence[Time]]) -> str | None:
    years: list[tuple[int, int, int]] = []
    loose: list[tuple[int, int]] = []
    for paragraph, tokens in zip(paragraphs, times, strict=True):
        if paragraph.kind == "boilerplate":
            continue
        text = paragraph.text
        names = [m.span() for m in _NAME.finditer(text)] if "《" in text or "“" in text else []
        for time in tokens:
            if time.kind in ("until", "within", "duration", "vague", "now") or any(a <= time.start < b for a, b in names):
                continue
            if time.year is not None and time.kind in ("period", "as-of", "since", "moment"):
                opens = time.start == 0 or text[time.start - 1] in "。！？\n“"
                planned = bool(_FUTURE.search(text[max(0, time.start - 6) : time.start])) or (
                    not opens and bool(re.match(r"[^，。]{0,4}(?:将|力争|计划|要)", text[time.end : time.end + 6]))
                )
                if not planned:
                    years.append((time.year, time.last_month or time.month, time.last_day or time.day))
            elif time.kind in ("period", "as-of") and time.month and time.offset in (None, 0) and time.year is None and time.last_month:
                loose.append((time.last_month, time.last_day or 0))
    if not years:
        return None
    year = max(y for y, _, _ in years)
    dated = [(m, d) for y, m, d in years if y == year]
    month, day = max(dated)
    if loose:
        month, day = max((month, day), max(loose))
    return str(Reference(year, month or None, day or None))
