"""When two readings of a figure count as the same: the rules by which a built database is evaluated.

Names need not agree in every character, periods that end in the same year are equal, and an indicator may or
may not repeat its holder's name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_LOOSE = re.compile(r"[\s“”\"'‘’《》()（）、，,。·—\-]")
_YEAR = re.compile(r"\d{4}")
_UNITS = {"％": "%", "人民币元": "元", "位": "名", "名次": "名", "个百分点": "百分点"}
_INTERCHANGEABLE = (frozenset(("人", "名")), frozenset(("家", "户")))
_NAME_PART = 0.3
_INDICATOR_PART = 0.45
_COMMON = 0.6


def same_name(one: str | None, two: str | None, part: float = _NAME_PART) -> bool:
    """Equal, one within the other (at least `part` of it), or most characters shared."""
    a, b = _bare(one), _bare(two)
    if not a or not b:
        return False
    short, long = sorted((len(a), len(b)))
    if a == b or ((a in b or b in a) and short >= 2 and short / long >= part):
        return True
    return 2 * sum((Counter(a) & Counter(b)).values()) / (len(a) + len(b)) >= _COMMON


def same_indicator(one: str, two: str, subjects: Sequence[str]) -> bool:
    """The same indicator, whether or not it repeats the name of one of the subjects."""
    return same_name(_without(one, subjects), _without(two, subjects), _INDICATOR_PART)


def close(one: float | None, two: float | None) -> bool:
    """Equal but for rounding."""
    if one is None or two is None:
        return one is two
    return abs(one - two) <= 5e-5 * max(1.0, abs(one), abs(two))


def same_year(one: str | None, two: str | None) -> bool:
    """Whether two EDTF periods end in the same year."""
    return _last_year(one) == _last_year(two)


def same_unit(one: str, two: str) -> bool:
    """The same base unit; people are counted 人 or 名, firms 家 or 户."""
    a, b = (re.sub("^[余多个](?=.)", "", _UNITS.get(unit, unit)) for unit in (one, two))
    return a == b or any({a, b} <= group for group in _INTERCHANGEABLE)


def _bare(name: str | None) -> str:
    return _LOOSE.sub("", (name or "").lower())


def _without(indicator: str, subjects: Sequence[str]) -> str:
    text = _bare(indicator)
    for name in sorted({_bare(subject) for subject in subjects}, key=lambda name: (-len(name), name)):
        if len(name) >= 2 and name in text and len(text) - len(name) >= 2:
            text = text.replace(name, "", 1)
    return text


def _last_year(period: str | None) -> str | None:
    years = _YEAR.findall(period or "")
    return years[-1] if years else None
