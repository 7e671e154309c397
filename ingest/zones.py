"""Zones told without their place: a region's own 高新区, 经开区 or 县产业集聚区.

In: the clean text of a paragraph and the parks found in it by their form. Out: candidates as in `candidates`.
Such a word is a class as often as a name, so it counts where it acts or holds a figure, where a firm lies in
it, where its board is named, where the level stands before it, or in a list beside a named park or a
district. What is summed up, counted or striven for is a class (高新区、经开区等平台, 申报高新区).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ingest.candidates import Candidate
from ingest.edges import boundaries, proper, walk, window
from ingest.lexicon import cut, districts
from ingest.wording import any_of

# Shown by what it does, by the list it stands in, by its board.
ZONE, BESIDE, BOARDED = "name.zone", "name.zone.listed", "name.zone.board"
LEVELS = "县市区旗州哈沈石呼乌兰银贵昆甬汉穗渝蓉筑邕榕"  # 县产业集聚区, 哈经开区: whose zone it is
JOINS = "、和与及"
CLASS_AFTER = re.compile(
    r"等(?!\d)[^，。；、]{0,6}(?:平台|载体|园区|阵地|区域|地区|功能区|开发区|政策)|[化型类级]|(?:污水|集中供|垃圾|危废|固废)[^，。；、]{0,6}率|的?(?:数量|总数|个数|建设标准|体制|布局)"
    r"|(?:达到?|共|有|已)?\d+[余多]?[个家处]|[一二两三四五六七八九十]+个|内部?各"
)
BOARD_OF = re.compile(r"(?<=[园城谷港岛湾])(?:党工委、?)?(?:管委会|管理委员会|党工委)")
CUSTOMS = re.compile(r"保税物流中心[(（][ABab]型[)）](?!\d+[个家])")  # of the customs: few are granted
LEAST, MOST = 4, 12  # characters of a park that its board shows
BOARD = re.compile(r"(?:党工委|管委会|管理委员会|党委)")
ACTS = re.compile(
    r"(?:[^，。；：、]{0,8}?(?:增长|增幅|下降|完成|实现|达到?|突破|新增|新签|新开工|开工|竣工|签约|引进|入驻|占地|建成区|规划面积|落户|总投资|产值|收入|税收)[^，。；、]{0,12}?\d"
    r"|(?:成功)?(?:获批|获评|创成|升格|升级|晋升|跻身)|被(?:评|认定|授予|列|命名|确定)|位于|地处|坐落|始建|成立于|荣获"
    r"|(?:通过[^，。；]{2,10})?由[\d.]+(?:平方公里|亩|公顷)(?:拓展|扩大|增加|扩展)"
    r"|则?(?:主攻|聚焦|重点发展|先后|成功|率先|启动|举办|开行|出台|推出|成立|探索)(?!于)|(?:制度|改革)创新|封关|通过(?:国家|省级)?验收|以[^，。；]{2,24}为(?:主|重点|核心|依托)|辖区|是[^，。；]{1,16}(?:唯一|首个|首批|国家级|省级))"
)
LIES_IN = re.compile(r"(?:位于|坐落[于在]|地处|落户[于在]?|入驻|来到|走进)(?:了)?$")
CLAUSE_ENDS = frozenset("，。；：！？、\n\t \u3000,;:")
ITEM_MOST = 9
LISTED = 12  # members of a list looked at on either side
ITEM = re.compile(r"[\u4e00-\u9fff]{1,7}?[区城园港县市谷镇](?=[、和与及])")
ITEM_BEFORE = re.compile(r"(?<=[、和与及])[^、和与及，。；]{1,7}[区城园港县市谷镇]$")


class _Zone(NamedTuple):
    start: int
    end: int


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(any_of(sorted(boundaries("alone"))))


def zones(text: str, named: Sequence[Candidate]) -> list[Candidate]:
    """Every zone without a place that the words around it show to be one; `named` are parks with a name."""
    ends = {c.end for c in named if c.kind == "park" and c.sure}
    starts = {c.start for c in named if c.kind == "park" and c.sure}
    found: list[Candidate] = []
    waiting: list[_Zone] = []
    words = list(_alone().finditer(text))
    counted = {match[0] for match in words if COUNT.match(text, match.end())}
    for match in words:
        zone = _zone(text, match)
        if zone is None or CLASS_AFTER.match(text, zone.end):
            continue
        told = match[0] not in counted and _told(text, zone)
        if told or _beside(text, zone, ends, starts):
            found.append(_made(zone, ZONE if told else BESIDE))
            ends.add(zone.end)
            starts.add(zone.start)
        else:
            waiting.append(zone)
    for zone in reversed(waiting):
        if _beside(text, zone, ends, starts):
            found.append(_made(zone, BESIDE))
            starts.add(zone.start)
    for centre in CUSTOMS.finditer(text):
        if centre.end() not in ends and _free(text, centre.start()):
            found.append(Candidate(*centre.span(), "park", "bonded centre", BESIDE))
    return [*found, *_boarded(text, {c.end for c in (*named, *found)})]


def _boarded(text: str, ends: set[int]) -> list[Candidate]:
    """Parks of an uncommon ending that a board of their own shows (宜兴环科园管委会)."""
    found: list[Candidate] = []
    for match in BOARD_OF.finditer(text) if "管" in text or "党工委" in text else ():
        end = match.start()
        opened = window(text, end)
        if end in ends or opened >= end:
            continue
        left, words = walk(text, opened, end, "park")
        named = LEAST <= end - left <= MOST and text[left:end] not in districts()
        if named and proper(text, opened, words):
            found.append(Candidate(left, end, "park", "industrial park", BOARDED))
    return found


def _made(zone: _Zone, rule: str) -> Candidate:
    return Candidate(zone.start, zone.end, "park", "development zone", rule)


def _zone(text: str, match: re.Match[str]) -> _Zone | None:
    """The zone with its level, where nothing else stands before it."""
    start, end = match.span()
    if start and text[start - 1] in LEVELS and _free(text, start - 1):
        return _Zone(start - 1, end)
    return _Zone(start, end) if _free(text, start) else None


def _free(text: str, at: int) -> bool:
    """Whether a name may begin there: after a mark, a joining word, or a word that places it."""
    if not at or text[at - 1] in CLAUSE_ENDS or text[at - 1] in JOINS:
        return True
    word = cut(text[max(0, at - 6) : at])[-1]
    piece = text[at - (word.end - word.start) : at]
    return piece in boundaries("zone-before")


def _told(text: str, zone: _Zone) -> bool:
    """Whether the clause speaks of one zone: its level, its board, what it did, or who lies in it."""
    levelled = text[zone.start] in LEVELS
    opens = not zone.start or text[zone.start - 1] in CLAUSE_ENDS
    if levelled or BOARD.match(text, zone.end):
        return True
    if opens and ACTS.match(text, zone.end):
        return True
    return LIES_IN.search(text[max(0, zone.start - 5) : zone.start]) is not None


# Where the paragraph counts such zones the word alone means them all (开发区8个,开发区产值…).
COUNT = re.compile(r"(?:达到?|共有?|有)?(?!1[个家])\d+[余多]?[个家]")


def _beside(text: str, zone: _Zone, ends: set[int], starts: set[int]) -> bool:
    """Whether a named park or a district is in one list with the zone, between them what ends alike."""
    at = zone.start - 1
    for _ in range(LISTED):
        if at <= 0 or text[at] not in JOINS:
            break
        if at in ends or _district_ends(text, at):
            return True
        item = ITEM_BEFORE.search(text, max(0, at - ITEM_MOST), at)
        at = item.start() - 1 if item else 0
    at = zone.end
    for _ in range(LISTED):
        if at + 2 >= len(text) or text[at] not in JOINS:
            break
        if at + 1 in starts or _district_starts(text, at + 1):
            return True
        item = ITEM.match(text, at + 1)
        at = item.end() if item else len(text)
    return False


SIZES = range(2, 8)


def _district_ends(text: str, end: int) -> bool:
    return any(text[end - size : end] in districts() for size in SIZES if end >= size)


def _district_starts(text: str, start: int) -> bool:
    sizes = [size for size in SIZES if text[start : start + size] in districts()]
    after = start + max(sizes, default=0)
    return bool(sizes) and (after >= len(text) or text[after] in JOINS or text[after] in CLAUSE_ENDS)
