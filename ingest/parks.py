"""Where a park's name begins and ends beyond its ending, and the short form that a part of a park goes by.

In: a text and a park's edges there, or a park's name. Out: the edges with what belongs to the name, or the
part's short form (烟台片区 of 中国(山东)自由贸易试验区烟台片区).
"""

from __future__ import annotations

import re

from ingest.edges import ALLIED as TWO_COUNTRIES
from ingest.edges import SHORES, proper, walk
from ingest.lexicon import Word, districts, unknown

TRADE_ZONES = ("自由贸易试验区", "自贸试验区", "自贸区")
AREA = re.compile(r"(?![各三四五六七八九几等的]|两[个大])[\u4e00-\u9fff]{2,6}?片区")  # 自由贸易试验区昆明片区
# 骐山科技园区海淀园, 昌州产业园区清水片区
PART = re.compile(r"([\u4e00-\u9fff]{2,4}?)(?:分园区?|分区|片区|组团|园(?![区林艺田地内中外子]))")
SIZES = range(4, 1, -1)  # characters of a district's name beside a dash
PAIR = re.compile("(?:^|[^\u4e00-\u9fff])([\u4e00-\u9fff]{2,3})$")  # 磨憨—磨丁经济合作区
COOPERATING = ("经济合作区", "跨境经济合作区", "边境经济合作区", "合作区")
OTHER_WORDS = ("区域", "区别", "区位", "区块", "区划", "区间")
SECTIONS = ("分园", "分园区", "分区")
LATIN = re.compile(r"[A-Z][A-Za-z-]{0,14}(?:[Pp]ark|PARK|Valley|Hub|Town|City)(?![A-Za-z])")
ALLIED = ("中国—", "中国-")  # 中国—东盟产业合作区


def park_end(text: str, end: int, suffix: str) -> int:
    """Where the name ends whose suffix ends at `end`: its part or its Latin name belongs to it."""
    if suffix in TRADE_ZONES:
        area = AREA.match(text, end)
        return area.end() if area else end
    if suffix.endswith("园") and text[end : end + 1] == "区" and text[end : end + 2] not in OTHER_WORDS:
        return end + 1  # 陶瓷园区
    part = PART.match(text, end)
    if part and (part[1] in districts() or _section(part)):
        return part.end()
    latin = LATIN.match(text, end)
    return latin.end() if latin else end


def _section(part: re.Match[str]) -> bool:
    """Whether a part is told by its word, or is a quarter with a name of its own (香邑湖片区)."""
    return part[0].endswith(SECTIONS) or (part[0].endswith(("片区", "组团")) and unknown(part[1]))


def joined(
    text: str, opened: int, left: int, words: list[Word], endings: tuple[str, ...]
) -> tuple[int, list[Word]]:
    """The left edge, taken over 和 where a place and a first trade stand before it (昌州石化和氢能产业园)."""
    if not words or left <= opened + 1 or text[left - 1] not in "和及与" or proper(text, opened, words):
        return left, words
    if text.endswith(endings, opened, left - 1):
        return left, words
    start, further = walk(text, opened, left - 1, "park")
    placed = further and (further[0].tag == "ns" or text.startswith(SHORES, start))
    if len(further) > 1 and placed and further[-1].tag not in ("ns", "o"):
        return start, further + words
    return left, words


def linked(text: str, left: int) -> int:
    """The left edge taken over a dash, where districts stand on both sides of it (江阴—靖江工业园区).

    A second country whose first one a verb took is given it back (建设中德骐县产业园).
    """
    for size in (1, 2):
        if left >= size and TWO_COUNTRIES.fullmatch(text, left - size, left - size + 2):
            return left - size
    if left < 3 or text[left - 1] not in "—-":
        return left
    abroad = text.startswith(COOPERATING, left + 2)
    if not abroad and not any(text[left : left + size] in districts() for size in SIZES):
        return left
    before = (left - 1 - size for size in SIZES if left > size)
    allied = next((at for at in before if text[at : left - 1] in districts()), left)
    pair = PAIR.search(text, max(0, left - 6), left - 1) if allied == left else None
    return pair.start(1) if pair else allied


def part_of(name: str) -> str | None:
    """The short form of a part of a park: the part alone."""
    for zone in TRADE_ZONES:
        at = name.find(zone)
        if at >= 0 and AREA.fullmatch(name, at + len(zone)):
            return name[at + len(zone) :]
    for size in range(2, 5):
        tail = name[-size - 1 :]
        if name.endswith("园") and tail[:-1] in districts() and name[: -size - 1].endswith(("区", "园")):
            return tail
    return None
