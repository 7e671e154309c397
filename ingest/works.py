"""Works told by their parts: roads and lines by their ends, number or stretch, water by where it goes.

In: the clean text of a paragraph. Out: candidates as in `candidates`. The text must say that they are being
built: a road that only says where a place lies is no project.
"""

from __future__ import annotations

import re

from ingest.candidates import Candidate, park_words
from ingest.edges import proper, walk, window
from ingest.evidence import PRICED
from ingest.lexicon import cut
from ingest.opening import Seldom
from ingest.told import CLAUSE_END, being_built

HAN = "[\u4e00-\u9fff]"
KINDS = "公路|铁路|高铁|高速|道路|客专|客运专线|快速路|快速通道|大道|隧道|输气管道|管道|航道|管廊"
ENDS = Seldom(
    rf"至([^，。；、：等的和与及\W\d]{{2,8}}?)(?:段)?(?:新建|改扩建|改建|扩建)?(?:一级|二级|三级|四级|高速|快速|城际|高等级|旅游|客运)?"
    rf"(?:{KINDS})(?!网)(?:{HAN}{{0,6}}?工程)?"
)
NO_END = frozenset("甚乃直截以及年月日时")  # before 至, no place ends so
SECTION = Seldom(rf"(?<!产)(?<!沿)线({HAN}{{2,6}}?)段(?:工程)?")
ROAD = Seldom(
    r"(?:[GSX]\d{1,4}|(?<![\dGSX.])\d{3}(?=国道|省道|县道|复线)|(?:国道|省道|县道)[GSX]?\d{2,4})"
    r"(?:国道|省道|县道|复线|线|高速)?(?:[\u4e00-\u9fff\d]{2,14}?(?:工程|段(?:工程)?))(?!网)"
)
# 国道344、省道107项目
ROAD_ALONE = Seldom(r"(?<![沿在距与路])(?:国道|省道|县道)[GSX]?\d{2,4}线?(?:项目|(?=[、，。；等和及]))")
# 骊花路(东干渠-新河路段)
PART = Seldom(
    rf"(?:^|(?<=[、，。；：和与及])|(?<=推进|加快|实施|完成|启动|建设))"
    rf"({HAN}{{2,6}}?[路线道街][(（][^()（），。；]{{2,14}}段[)）])"
)
WATER = Seldom(rf"引{HAN}{{1,2}}[济入补]{HAN}{{1,2}}?(?:[一二三]期(?:工程)?|工程)")
# 荣骐高速骊县段
STRETCH = Seldom(
    rf"(?:高速|高速公路|铁路|公路|快速路|大道)(?!管理|养护|服务)(?:{HAN}{{2,3}}[和、]|{HAN}{{2,6}}至)?{HAN}{{2,4}}?段"
    r"(?=[，。；、,;)）和及]|全线开工|贯通|通车|开工|建成|建设|工程|完工)"
)
REACHES = frozenset("接跨沿穿连")  # verbs of one character before a line
BEFORE = 12  # characters before works in which a verb of building may stand
END_MOST = 8
# Roads and lines by their short names, summed up as works: 骊安线、骐白线等骨干道路加快建设.
SUMMED = re.compile(
    r"等\d*[余多]?个?(?:[^，。；、]{0,16}?(?:项目|工程)|(?:配套|基础|公共|旅游|文化|体育)+设施)"
)
LISTED_ENDS = (
    "馆", "航站楼", "生产线", "技改", "设施", "建设", "改造", "大厦", "中心", "公园",
    "综合体", "广场", "医院", "学校", "大桥", "剧院", "酒店", "电站", "客厅", "水厂",
    "索道", "观景台", "栈道", "管网", "道路", "水库", "码头", "绿道", "驿站", "加固", "修复",
)  # fmt: skip
LISTED_LEAST = 4
BUILT_LEAST = 6  # characters of one that ends with what is done
WAY = r"[^，。；、和与及等的\W\d]{2,8}"
ROAD_ENDS = ("线", "高速", "城际", "高铁", "铁路", "大道", "段", "快速路")
ROADS = Seldom(
    rf"((?:{WAY}、){{1,9}}{WAY}(?:[和与及]{WAY})?)等?{HAN}{{0,8}}?(?:道路|公路|铁路|轨道交通|高速公路)(?:项目|工程)?"
    rf"(?:加快|有序|顺利|全面|相继|陆续|开工|建设|推进|建成)"
)


def works(text: str) -> list[Candidate]:
    """Every road, line and canal that its parts show."""
    found: list[Candidate] = []
    found.extend(_between(text))
    found.extend(_sections(text))
    for pattern in (ROAD, ROAD_ALONE, PART, WATER):
        for match in pattern.finditer(text):
            span = match.span(match.re.groups)
            if pattern is WATER or _told(text, *span, clause=pattern is ROAD_ALONE):
                found.append(_works(span, "name.scheme.works"))
    for match in ROADS.finditer(text):
        at = match.start(1)
        for item in re.split("[、和与及]", match[1]):
            if item.endswith(ROAD_ENDS) and len(item) > 2:
                found.append(_works((at, at + len(item)), "name.scheme.roads"))
            at += len(item) + 1
    return found


def _works(span: tuple[int, int], rule: str) -> Candidate:
    return Candidate(*span, "initiative", "project", rule)


def _told(text: str, start: int, end: int, clause: bool = False) -> bool:
    """Whether the words around speak of building these works or of their price; `clause` leaves out the
    clause before."""
    if clause:
        low = max(0, start - BEFORE)
        parted = [low + m.end() for m in CLAUSE_END.finditer(text[low:start])]
        opened = max(parted, default=low)
        return being_built(text[opened : end + BEFORE * 3], start - opened, end - opened)
    return being_built(text, start, end) or PRICED.search(text[max(0, start - 24) : start]) is not None


def _between(text: str) -> list[Candidate]:
    """Roads and lines told by the two places that they join."""
    found: list[Candidate] = []
    for match in ENDS.finditer(text):
        at = match.start()
        if not at or text[at - 1] in NO_END:
            continue
        left, words = walk(text, window(text, at), at, "initiative")
        named = 2 <= at - left <= END_MOST and text[left:at].isalpha() and all(w.tag[0] != "v" for w in words)
        if named and _told(text, left, match.end()):
            found.append(_works((left, match.end()), "name.scheme.ends"))
    return found


def _sections(text: str) -> list[Candidate]:
    """Stretches of a line with a name of its own: X线Y段."""
    found: list[Candidate] = []
    for match in STRETCH.finditer(text):
        left, words = walk(text, window(text, match.start()), match.start(), "initiative")
        if words and text[left] in REACHES:
            left += 1  # 接骊昌高速公路骐北段
        if words and match.start() - left >= 2:
            found.append(_works((left, match.end()), "name.scheme.stretch"))
    for match in SECTION.finditer(text):
        at = match.start()
        opened = window(text, at, 6)
        words = cut(text[opened:at])
        while words and not all(w.tag in ("o", "ns") for w in words):
            words.pop(0)
        if words and at - opened - words[0].start >= 2 and proper(text, opened, words):
            found.append(_works((opened + words[0].start, match.end()), "name.scheme.section"))
    return found


def listed(text: str, start: int, end: int) -> Candidate | None:
    """Works of common words in a list of projects, a member of which bears a name (城市客厅、骊水公园)."""
    piece = text[start:end]
    plain = piece.isalpha() and cut(piece)[0].tag[0] not in "mqr"
    least = BUILT_LEAST if piece.endswith(("建设", "改造", "加固", "修复")) else LISTED_LEAST
    if (
        text[start - 1 : start].isdigit()
        or len(piece) < least
        or not plain
        or not piece.endswith(LISTED_ENDS)
    ):
        return None
    return None if piece.endswith(park_words()) else _works((start, end), "name.frame.works-list")
