"""Whose a figure is that another's is held against: 低于全国（49.5%）, 高于全省16.4%的增速.

In: a paragraph's scope, in the sentence of the figure, and the figure. Out: the place right before it whose
figure it is, or None where it is the sentence's own.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from ingest.model import Quantity
from ingest.scope import ParagraphScope
from ingest.sections import Subject
from ingest.things import Mark

_AVERAGE = re.compile("的?(?:平均)?(?:水平|增速|增幅)?$")
_LABEL = re.compile(r"\([^(),，、；]{1,14}$")
_NATION = "全国"
_AGAINST = re.compile(
    "(?:高于|低于|超过|超出|快于|慢于|好于|优于|不及|高出|大于|小于|领先于?|落后于?)(?:同期)?$"
)
_SAME_TIME = re.compile("(?:同期|平均|\0)*(?:水平|增速)?的?$")


def held_against(scope: ParagraphScope, quantity: Quantity) -> Subject | None:
    """The place of a figure that another's is held against: 低于全国（49.5%）, 高于全省16.4%的增速."""
    text, start = scope.text, quantity.start
    if text[quantity.end : quantity.end + 1] != ")":
        return _compared_with(scope, quantity)
    if labelled := _LABEL.search(text, max(0, start - 16), start):
        # 领先杭州(GDP 4539亿元)
        place = _place_before(scope, labelled.start())
        return place.subject if place and place.subject.type == "district" else None
    if text[start - 1 : start] != "(":
        return None
    average = _AVERAGE.search(text, max(0, start - 8), start - 1)
    place = _place_before(scope, average.start() if average else start - 1)
    return place.subject if place else None


def _compared_with(scope: ParagraphScope, quantity: Quantity) -> Subject | None:
    """高于同期全省16.4%的增速, 低于全国5.2%的平均数: a rate of the place right before it."""
    if quantity.kind != "percent":
        return None
    text, start = scope.text, quantity.start
    same = _SAME_TIME.search(text, max(0, start - 8), start)
    end = same.start() if same else start
    place = _place_before(scope, end)
    return place.subject if place and _AGAINST.search(text, max(0, place.start - 8), place.start) else None


def _place_before(scope: ParagraphScope, end: int) -> Mark | None:
    """The place whose name ends there."""
    if scope.text.endswith(_NATION, max(0, end - 2), end):
        return Mark(end - len(_NATION), end, Subject(_NATION, "other", None))
    at = bisect_left(scope.mark_starts, end)
    return scope.marks[at - 1] if at and scope.marks[at - 1].end == end else None
