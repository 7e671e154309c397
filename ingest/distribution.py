"""The indicators that 分别 hands out to the figures of a list, here or in the clause before.

In: the reader of a sentence's indicators, and the number of a figure in it. Out: the item that falls to the
figure, cut by `enumeration`; '' where none does. What is handed out is kept by the reader.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest import enumeration, nouns, phrase
from ingest.readings import LIST_ONLY, Reading
from ingest.thresholds import BOUND_LEFT

if TYPE_CHECKING:
    from ingest.measured import IndicatorReader

LONGEST_LIST = 24
"""Items that one 分别 may hand out."""
LONGEST_GAP = 12
"""Characters between two figures of one list."""
LONGEST_ROW = 160
"""Characters before 分别 in which the clauses before may list what it hands out."""
_PACE = re.compile("(?:增速|增幅|涨幅|降幅)$")
_SUMMED = re.compile("、[^，。；]{1,12}?(?:[两三四五六七八九十\\d]+(?:个|大|类)|等)(?:行业|产业|领域|门类)\0")
STEP = re.compile("[、和与](?:增长|下降|提高|减少|上升|增加|回落)$")
_HANDED_OUT = re.compile("(?:同比|环比|年均|[比较][^，、]{1,8}?)?分别")


# 荔枝、枇杷等本地特色品种产量: what sums the members up is in none of their names.
_AND_SUCH = re.compile(
    "(?<![高中初均优同平相不])等(?!级)[^，。；、]{0,8}?(?:品种|行业|产业|产品|门类|商品|领域)(?=[\u4e00-\u9fff]{2})"
)


def next_item(reader: IndicatorReader, number: int, left: str, reading: Reading) -> str:
    """The next item of what 分别 hands out, here or before; '' where it hands out no indicators."""
    if "分别" in left and reading.rule == "change.compare" and re.search("[、和与]", reading.basis or ""):
        # 分别高于全省、全市2.3个和0.6个百分点: the yardsticks are handed out, not the indicators.
        reader.items = []
    elif "分别" in left:
        _hand_out(reader, number, left, reading)
    if not reader.items:
        return ""
    item = reader.items[min(reader.item, len(reader.items) - 1)]
    reader.item += 1
    return item


def _hand_out(reader: IndicatorReader, number: int, left: str, reading: Reading) -> None:
    head = _HANDED_OUT.split(left)[0]
    shared = reading.measure == "share" or reading.rule == "change.share"
    if shared and len(reading.head) < len(head):
        head = reading.head
    count = length(reader, number)
    reader.items, reader.item = _clauses(reader, number, left, head), 0
    reader.items = reader.items or enumeration.items(head, count)
    if len(reader.items) < 2 and _SUMMED.search(head):
        # 批发、零售、住宿四个行业1-7月零售额分别…
        reader.items = enumeration.items(head.replace(phrase.BLANK, ""), count)
    reader.items = nouns.with_tail([_AND_SUCH.sub("", item) for item in reader.items])
    if reader.items and (verb := nouns.done_alike(reader.items[0])):
        # 新认定专精特新企业、创新型企业分别为7家、10家
        reader.items = [i if nouns.flow_verb(i) or i.startswith(verb) else verb + i for i in reader.items]
    own = phrase.before(head)
    if reading.measure == "growth":
        own = _PACE.sub("", own) or own
    branches = _branches(reader, number, left) if len(reader.items) < 2 else []
    if branches and (nouns.vague(own) or nouns.ECONOMIC.fullmatch(own)):
        noun = "" if nouns.vague(own) else own
        reader.items = [item if item.endswith(noun) else item + noun for item in branches]
    elif len(reader.items) < 2:
        two = enumeration.items(reader.base, count) if nouns.vague(own) else []
        reader.items = two if len(two) == count else _recent(reader, number)
        if not nouns.vague(own) and nouns.vague(phrase.before(left.rsplit("分别", 1)[-1])):
            # 城乡居民人均可支配收入分别增长6%和7%, and 产值 of the branches that were listed before.
            economic = nouns.ECONOMIC.fullmatch(own)
            before = reader.items if economic else [""] * count
            reader.items = [nouns.stem(item) + own if item else own for item in before]
    elif reader.base and all(nouns.vague(item) for item in reader.items):
        reader.items = [reader.base + item for item in reader.items]
    elif (noun := phrase.before(reading.head[len(head) :])) and not nouns.vague(noun):
        # 甲业、乙业分别实现产值 tells of branches, 甲区、乙区分别实现地区生产总值 of holders.
        of_branches = nouns.ECONOMIC.fullmatch(noun)
        reader.items = [item + noun if of_branches else noun for item in reader.items]
    if all(parts := [nouns.part(item, reader.base) for item in reader.items]):
        reader.items = parts  # 发电量221亿千瓦时，其中火电、风电分别…
    if reading.rule.startswith("growth") and all(nouns.trade(item) for item in reader.items):
        noun = nouns.economic_noun(reader.base)
        reader.items = [item if item.endswith(noun) else item + noun for item in reader.items]
    reader.items_before = reader.items


def second_list(reader: IndicatorReader, number: int, reading: Reading) -> str:
    """X、Y分别达到642亿元、418亿元，增长4.2%和17.6%: a second list follows the first item by item."""
    if reader.item >= 2 and reader.item == len(reader.items_before) and reading.own:
        recent = _recent(reader, number)
        if len(recent) == len(reader.items_before):
            reader.items, reader.item = recent, 1
            return recent[0]
    return ""


def unsaid_list(reader: IndicatorReader, number: int, reading: Reading) -> str:
    """吞吐量3860万吨、集装箱62万箱，增长8.4%和12.7%: growths of the levels before them, without 分别."""
    count = length(reader, number)
    near = reader.said[-count:]
    levels = len(near) == count > 1 and all(measure == "level" for _, measure in near)
    if not (levels and reading.own and reading.rule == "growth"):
        return ""
    reader.items, reader.item = [indicator for indicator, _ in near], 1
    reader.items_before = reader.items
    return reader.items[0]


def _branches(reader: IndicatorReader, number: int, left: str) -> list[str]:
    """甲业，乙业，丙业，分别增长…, 甲、乙等行业向好，产值分别…: the branches that the clauses before
    list, where they are as many as the figures; [] where they aren't."""
    count = length(reader, number)
    low, high = _between(reader, number, left)
    before = reader.quantities[number - 1] if number else None
    if before and before.kind == "count" and before.value == count:
        # …等3个行业保持增长，分别…
        high = before.start
        low = reader.quantities[number - 2].end if number > 1 else reader.sentence.start
    return enumeration.branches(reader.masked[max(low, high - LONGEST_ROW) : high], count)


def _between(reader: IndicatorReader, number: int, left: str) -> tuple[int, int]:
    """Where the clauses without figures lie between the figure before and the text `left` of this one."""
    low = reader.quantities[number - 1].end if number else reader.sentence.start
    return low, reader.quantities[number].start - len(left)


def _clauses(reader: IndicatorReader, number: int, left: str, head: str) -> list[str]:
    """甲、乙和丙制造业，丁业，戊业产值分别…: branches parted by commas, as many as the figures, the last of
    which says what is measured of all; [] where they aren't so many."""
    own = phrase.trim(head.replace(phrase.BLANK, ""))
    noun = nouns.economic_noun(own)
    low, high = _between(reader, number, left)
    before = reader.masked[max(low, high - LONGEST_ROW) : high]
    if not noun or not before.endswith("，"):
        return []
    items = enumeration.clauses(before + own.removesuffix(noun), length(reader, number))
    return [item + noun for item in items]


def _recent(reader: IndicatorReader, number: int) -> list[str]:
    """X32万亩，Y14万吨，分别增长1%和2%: the last n indicators, n being the length of the list."""
    count = length(reader, number)
    near = reader.said[-count:]
    if count > 1 and len(near) == count and all(measure == "level" for _, measure in near):
        # 城乡居民收入达到2.3万元和0.8万元、分别增长8%和10%
        return [indicator for indicator, _ in near]
    recent = reversed(reader.said[-3 * count - 2 :])
    said = list(dict.fromkeys(indicator for indicator, measure in recent if measure != "rank"))
    return said[count - 1 :: -1] if count > 1 and len(said) >= count else []


def length(reader: IndicatorReader, number: int) -> int:
    """How many quantities the list has that begins at `number`; at most `LONGEST_LIST`."""
    count = 1
    while count < LONGEST_LIST and number + count < len(reader.quantities):
        first, second = reader.quantities[number + count - 1], reader.quantities[number + count]
        between = phrase.drop_start(BOUND_LEFT, reader.text[first.end : second.start][:LONGEST_GAP])
        near = second.start - first.end <= LONGEST_GAP
        if not near or not (LIST_ONLY.match(between) or STEP.match(between)):
            break
        count += 1
    return count
