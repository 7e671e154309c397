"""Figures that share: a unit, a bound, a whole. 45.3、210.6亿元; 分别约为2.1万元、1.8万元; 每5双中有1双.

In: a clean text and its quantities in order. Out: the same with what the items of a list share made their
own, and the bare numbers of lists added. Refuses numbers longer than `LONGEST_NUMBER`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest import numerals
from ingest.model import Bound, Quantity
from ingest.units import COUNTED_TIMES, MULTIPLIERS, unit_of, units

_LAST_BARE = re.compile(rf"(?<![\d.\-/:A-Za-z第,])(?P<low>{numerals.ARABIC})(?P<scale>[百千万亿]*)$")
_LIST_SCALE = re.compile("(?:[十百万亿]|千(?![克瓦米伏升]))*")
LONGEST_NUMBER = 16
"""Characters that a number without a unit may have in a list."""


def shared(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities of a text with what the lists among them share."""
    if "每" in text:
        found = _in_so_many(text, found)
    return _share_bounds(text, _units_of(text, found))


def _units_of(text: str, found: list[Quantity]) -> list[Quantity]:
    """45.3、210.6、188.9亿元 and 1.7个和1.3个百分点: the items of a list share the last one's unit."""
    result: list[Quantity] = []
    for number, each in reversed(list(enumerate(found))):
        quantity, following = each, result[-1] if result else None
        points = following is not None and following.kind == "point" and each.classifier == "个"
        if following and points and text[each.end : following.start] in ("、", "和", "与"):
            quantity = replace(each, unit=following.unit, kind="point")
        result.append(quantity)
        result.extend(_bare_before(text, quantity, found[number - 1].end if number else 0))
    result.reverse()
    return result


_EVERY = re.compile("每\\s?$")
# 每5双运动鞋中就有1双
_OF_EVERY = re.compile("[^，。；：\\d]{0,14}?[里中]?(?:间|大约|约|就|便|至少)*有(?:约|近|超过?|将近)?")


def _in_so_many(text: str, found: list[Quantity]) -> list[Quantity]:
    """全球每5双运动鞋中就有1双来自某市: the 1 is a fifth of what there is, 20 %."""
    for number in range(1, len(found)):
        whole, part = found[number - 1 : number + 1]
        counted = whole.kind == part.kind == "count" and whole.unit == part.unit and whole.value > part.value
        if (
            counted
            and _EVERY.search(text, max(0, whole.start - 2), whole.start)
            and _OF_EVERY.fullmatch(text, whole.end, part.start)
        ):
            top = part.value_max * 100 / whole.value if part.value_max is not None else None
            share = part.value * 100 / whole.value
            found[number] = replace(
                part, value=share, value_max=top, unit="%", kind="fraction", classifier=""
            )
    return found


# 分别约为2.1万元、1.8万元
_EACH = re.compile(
    "分别(?:达到?|为|有|是|占)?(?:约|近|大约|接近|超|超过|突破|逾|不低于|不少于)(?:为|达|有|了)*(?:[^，。；、\\d]{1,10}的)?$"
)
_NEXT = re.compile("[、和与]")


def _share_bounds(text: str, found: list[Quantity]) -> list[Quantity]:
    """分别约为2.1万元、1.8万元: what 分别 and a bound stand before is so bounded to the last of the list."""
    if "分别" not in text:
        return found
    shared: Bound = "exact"
    for number, each in enumerate(found):
        before = found[number - 1] if number else None
        listed = before is not None and _NEXT.fullmatch(text, before.end, each.start)
        if not listed:
            shared = each.bound if _EACH.search(text, max(0, each.start - 24), each.start) else "exact"
        elif shared != "exact" and each.bound == "exact":
            found[number] = replace(each, bound=shared)
    return found


def _bare_before(text: str, quantity: Quantity, low: int) -> Iterator[Quantity]:
    """The numbers without a unit of the list that a quantity ends, from the last back to `low`."""
    if quantity.chinese or quantity.unit in COUNTED_TIMES or quantity.kind == "ratio":
        return
    start = quantity.start
    while start and text[start - 1] in "、和与":
        match = _LAST_BARE.search(text, max(0, start - LONGEST_NUMBER), start - 1)
        if not match or match.start() < low:
            return
        start = match.start()
        # 1.28万亿、8200亿元: a number with a multiplier of its own shares but the unit.
        own = match["scale"]
        if own and quantity.classifier[:1] not in MULTIPLIERS:
            # 4个超5000亿、3个
            return
        factor = (
            numerals.scale(own) * _plain_factor(quantity.classifier) if own else _factor(quantity.classifier)
        )
        value = numerals.parse(match["low"]) * factor
        yield replace(quantity, start=start, end=match.end(), value=value, value_max=None, bound="exact")


def _plain_factor(classifier: str) -> Decimal:
    """What the unit of a list's last number makes of a number with a multiplier of its own."""
    return unit_of(classifier.lstrip(MULTIPLIERS))[1] if classifier not in units() else unit_of(classifier)[1]


def _factor(classifier: str) -> Decimal:
    """What the classifier of a list makes of each of its numbers."""
    scale = _LIST_SCALE.match(classifier)
    if scale is None or classifier in units():
        return unit_of(classifier)[1]
    printed = classifier[scale.end() :]
    return numerals.scale(scale[0]) * (unit_of(printed)[1] if printed else Decimal(1))
