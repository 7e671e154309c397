"""Values and periods as people read them, in Chinese and English.

Comes in: a number in base units with its unit, or a period in EDTF. Goes out: short text. What cannot be
read as either is given back as it stands.
"""

from __future__ import annotations

import math
import re
from calendar import isleap
from datetime import date

from .canned import Language

# The Chinese myriads and the English thousands by which large numbers are spoken.
_SCALES: dict[Language, tuple[tuple[float, str], ...]] = {
    "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
    "en": ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")),
}
_ENGLISH_UNITS = {"元": "yuan", "美元": "US dollars", "平方米": "m²", "公里": "km", "吨": "t", "亩": "mu"} | {
    "平方公里": "km²",
    "百分点": "pp",
    "人": "people",
    "家": "",
    "个": "",
    "件": "",
    "项": "",
    "名": "",
    "户": "households",
    "千瓦时": "kWh",
    "千瓦": "kW",
    "立方米": "m³",
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def number(value: float, language: Language) -> str:
    """A number by the scale of its language: 1.2345e10 is `123.45亿` and `12.35 billion`."""
    for size, name in _SCALES[language]:
        if abs(value) >= size:
            return plain(value / size) + name
    return plain(value)


def plain(value: float) -> str:
    """A number with thousands separators and at most two decimals, more where it would vanish."""
    if value and abs(value) < 0.01:
        return f"{value:.3g}"
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def quantity(value: float | None, unit: str, language: Language, value_max: float | None = None) -> str:
    """A value, or a range of them, with its unit."""
    if value is None or math.isnan(value):
        return ""
    if unit == "名":
        return f"第{plain(value)}" if language == "zh" else f"no. {plain(value)}"
    text = number(value, language)
    if value_max is not None:
        text += "–" + number(value_max, language)
    if language == "zh" or unit == "%":
        return text + unit
    return f"{text} {_ENGLISH_UNITS.get(unit, unit)}".rstrip()


def period(edtf: str | None, language: Language) -> str:
    """A period in words: `2022-01/2022-09` is `2022年1月—9月` and `Jan–Sep 2022`."""
    if not edtf:
        return ""
    start, slash, end = edtf.partition("/")
    if not slash:
        return _instant(start, language)
    if start == "..":
        return f"截至{_instant(end, language)}" if language == "zh" else f"as of {_instant(end, language)}"
    first, last = _instant(start, language), _instant(end, language)
    same_year = start[:4] == end[:4] and len(start) == len(end) == len("2022-01")
    if language == "zh":
        return f"{first}—{last[len('2022年') :]}" if same_year else f"{first}—{last}"
    return f"{first[:3]}–{last}" if same_year else f"{first} – {last}"


def _instant(text: str, language: Language) -> str:
    match = _DAY.fullmatch(text)
    if not match:
        return text
    year, month, day = match.groups()
    if language == "zh":
        return f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")
    parts = [str(int(day))] if day else []
    if month:
        parts.append(_MONTHS[(int(month) - 1) % 12])
    return " ".join([*parts, year])


def moment(iso: str | None) -> float | None:
    """An ISO date on an axis of time on which a year's number stands at its end, since that is when the
    figures of a year are complete: 2023-12-31 is 2023.0. None where it is no date."""
    try:
        day = date.fromisoformat(iso or "")
    except ValueError:
        return None
    return day.year - 1 + day.timetuple().tm_yday / (366 if isleap(day.year) else 365)
