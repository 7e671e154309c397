"""Numerals as Chinese reports write them, to exact decimals.

In: the text of one numeral (Arabic with separators, Chinese, or mixed: 3亿5千万, 1.2万, 十余).
Out: a Decimal, and for vague ones (几, 数十, 十余) the range that they may stand for.
Refuses (ValueError) what is no numeral.
"""

import re
from decimal import Decimal
from functools import lru_cache

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
CHINESE = r"[零〇一二两三四五六七八九十百千万亿几数半]"

_PART = re.compile(rf"({ARABIC})([十百千万亿]*)")
# 七八, 二三十, 十七八, 三五百: a digit and one that follows, in place of one.
_NEIGHBOURS = re.compile(
    "(?<![一二两三四五六七八九])(?:一[二两]|[二两]三|三[四五]|四五|五六|六七|七八|八九)(?![一二两三四五六七八九零〇点])"
)


def scale(multipliers: str) -> int:
    """The number that multipliers stand for, 1 for none: 千万 is 10,000,000; raises KeyError for others."""
    product = 1
    for char in multipliers:
        product *= SMALL.get(char) or LARGE[char]
    return product


def _mixed(text: str) -> Decimal:
    """1亿3000万 is 130,000,000: parts add up, each under its own multipliers."""
    total, last = Decimal(0), None
    position = 0
    for match in _PART.finditer(text):
        if match.start() != position:
            raise ValueError(f"{text!r} is no numeral")
        position = match.end()
        value = Decimal(match[1].replace(",", ""))
        times = scale(match[2])
        if last is not None and times >= last:
            raise ValueError(f"{text!r} is no numeral: its parts do not fall")
        total += value * times
        last = times
    if position != len(text) or last is None:
        raise ValueError(f"{text!r} is no numeral")
    return total


def _chinese(text: str) -> Decimal:
    if len(text) > 1 and all(c in DIGITS for c in text):
        return Decimal("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0
    unit = 1
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
            if char in "零〇":
                unit = 10
        elif char in SMALL:
            section += (digit or 1) * SMALL[char]
            digit, unit = 0, SMALL[char]
        elif char in LARGE:
            value = LARGE[char]
            section += digit
            total = (total + section) * value if value > 10**4 and total else total + (section or 1) * value
            section, digit, unit = 0, 0, value
        else:
            raise ValueError(f"{text!r} is no numeral")
    # 一万二 is 12,000: a last digit without its multiplier is one place below the last one.
    return Decimal(total + section + (digit * unit // 10 if unit >= 100 and digit else digit))


@lru_cache(maxsize=4096)
def parse(text: str) -> Decimal:
    """The exact value of a numeral without vague parts; raises ValueError where it is none."""
    text = text.replace(" ", "")
    if not text:
        raise ValueError("an empty string is no numeral")
    if text[0].isdigit() and text[0].isascii():
        return _mixed(text)
    if text == "半":
        return Decimal("0.5")
    if "点" in text:
        whole, fraction = text.split("点", 1)
        return _chinese(whole) + Decimal("0." + "".join(str(DIGITS[c]) for c in fraction))
    return _chinese(text)


def parse_vague(text: str) -> tuple[Decimal, Decimal | None]:
    """The value of a Chinese numeral and, for a vague one, the top of its range.

    数十 is 20 to 90 and 几 is 2 to 9, as the reading rules have it; 十余 counts as its number. Two digits
    for one are a range: 七八 is 7 to 8, 二三十 is 20 to 30.
    """
    if pair := _NEIGHBOURS.search(text):
        first, second = pair.start(), pair.start() + 1
        return parse(text[:second] + text[second + 1 :]), parse(text[:first] + text[second:])
    if text[0] in "几数":
        tail = text[1:]
        scale = parse("一" + tail) if tail else Decimal(1)
        return 2 * scale, 9 * scale
    if text.endswith("几") and len(text) > 1:
        return parse(text[:-1]), parse(text[:-1]) + 9
    if text.startswith("上") and len(text) > 1:
        return parse("一" + text[1:]), None
    return parse(text), None
