"""When two tellings of a fact are the same: names, numbers, units and periods.

Comes in: what a database holds and what an annotation says, field by field. Goes out: yes or no. The
tolerances are those of the annotations' reading rules: two careful readers word an indicator differently.
"""

from __future__ import annotations

import re
from collections import Counter

Number = float | int | None

_NO_MATTER = re.compile(r"[\s“”\"'‘’《》()、,。·—\-]")
_YEAR = re.compile(r"(\d{4})(?:-\d{2})?")
_EMPTY_CLASSIFIER = re.compile(r"^[余多个](?=.)")
_UNITS = {"人民币元": "元", "CNY": "元", "位": "名", "名次": "名", "pp": "百分点", "个百分点": "百分点"}
_SAME_UNITS = ({"人", "名"}, {"家", "户"})

ENTITY_SHARED = 0.75
"""Share of characters in common from which two names of entities are one; for wordings it is 0.6."""
INDICATOR_PART = 0.45
"""Share of the longer wording that the shorter must be, where one indicator lies within the other."""


def normal(text: str | None) -> str:
    """The text in lower case, without quotes, brackets, dashes and white space."""
    return _NO_MATTER.sub("", (text or "").lower())


def same_name(a: str | None, b: str | None, shared: float = 0.6, part: float = 0.3) -> bool:
    """Equal; or one within the other and at least `part` of it; or `shared` of the characters in common."""
    a, b = normal(a), normal(b)
    if not a or not b:
        return False
    shorter, longer = sorted((a, b), key=len)
    if a == b or (shorter in longer and len(shorter) >= 2 and len(shorter) / len(longer) >= part):
        return True
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b)) >= shared


def same_number(a: Number, b: Number) -> bool:
    """Equal to about four digits, so that 1/3 is 33.33%; null only equals null."""
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 5e-5 * max(1.0, abs(a), abs(b))


def same_unit(a: str | None, b: str | None) -> bool:
    """The same base unit under any of its names."""
    a, b = _unit(a), _unit(b)
    return a == b or any({a, b} <= units for units in _SAME_UNITS)


def _unit(unit: str | None) -> str:
    unit = (unit or "").strip()
    return _EMPTY_CLASSIFIER.sub("", _UNITS.get(unit, unit))


def same_period(a: str | None, b: str | None) -> bool:
    """Two EDTF periods that end in the same year, or no period in both."""
    return end_year(a) == end_year(b)


def end_year(period: str | None) -> str | None:
    """The year in which an EDTF period ends."""
    years = _YEAR.findall(period or "")
    return years[-1] if years else None


def same_indicator(a: str | None, b: str | None, *holders: str | None) -> bool:
    """The same wording once the holders' names are out: 电驱总成基地投资 of 电驱总成基地 is 投资."""
    names = sorted({normal(holder) for holder in holders}, key=len, reverse=True)
    return same_name(_without(a, names), _without(b, names), part=INDICATOR_PART)


def _without(indicator: str | None, names: list[str]) -> str:
    text = normal(indicator)
    for name in names:
        if len(name) >= 2 and name in text and len(text) - len(name) >= 2:
            text = text.replace(name, "", 1)
    return text
