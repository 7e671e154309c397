"""The items of an enumeration that 分别 hands figures to.

In: the text before 分别, times and subjects blanked, and how many figures follow it. Out: the indicators in
order, each whole: 城镇、农村居民人均可支配收入 names two. Refuses what names fewer than two items.
"""

from __future__ import annotations

import re

from ingest.nouns import BRANCH, ITEM_TAIL
from ingest.phrase import BLANK, GAP, QUOTED, WHOSE, drop_end, drop_start, noun_phrase, trim
from ingest.wording import patterns

LONGEST_ITEM = 24
_COLLECTIVE = re.compile(
    r"^(?P<item>[^、]{2,}?)(?:(?:等)?(?:[一二三四五六七八九十两\d]+(?:大|个|类|种|项|家))"
    "|等(?:重点|主要|支柱|优势|主导|新兴|传统|特色)?(?:行业|产业|领域|产品|品种))(?P<tail>[^、]*)$"
)
_MEASURE = re.compile(
    "(?:在?全[国省市区县州](?:的?排名|位次))?(?<![和与及、])(?:数量|增速|占比|比重|增幅|均)*$"
)
_SUMMED_UP = re.compile(
    "(?:等(?:[一二三四五六七八九十两]+[大个类种项])?|[三四五六七八九十两]大)(?:[重主支优新传特][点要导柱势兴统色])?(?:行业|产业|领域|服务业|产品|$)"
)
_SIZED = re.compile("规模以上|规上|限额以上|限上")
_SEPARATOR = re.compile("、|以及|和|与|及")
_LEADS = re.compile("其中[,，]?|分行业看|从行业看")
_BARE = re.compile("(?:面积|总量|增量|总额|规模|增速|增幅|占比|比重|人均|数量|产量|产值)$")
_COUNTED = re.compile("..(?:人次|人数|起数|次数|户数|家数|游客|率|指数|强度|寿命)$")
_SYMBOL = re.compile(r"[A-Za-z][A-Za-z0-9.]*")
_COMMA = re.compile("、")
# 租赁和商务服务业、批发和零售业和金融业: what parts branches stands after one.
_AFTER_BRANCH = re.compile("(?<=[业类品])(?:、|以及|和|与|及)")
_HOLDS_SEPARATOR = re.compile("进出口|共和|和谐|涉及|普及|参与")
# A separator that parts nothing stands as a control character while the text is cut.
_QUOTED_AWAY = str.maketrans("、和", "\2\3")
_WORD_AWAY = str.maketrans("和及与", "\3\4\5")
_BACK = str.maketrans("\2\3\4\5", "、和及与")


def items(head: str, count: int) -> list[str]:
    """The `count` indicators that 分别 hands out: A、B和C增加值 gives three; fewer than two means none."""
    text = _MEASURE.sub("", head.replace(GAP, "").rsplit(BLANK, 1)[-1])
    if "三次产业" in text:
        whole = trim(drop_end(trim(text[text.rfind("三次产业") :])))
        return [whole.replace("三次产业", f"第{n}产业") for n in "一二三"]
    pieces = _pieces(_shield(text), count)
    if len(pieces) < 2:
        return []
    pieces[0] = noun_phrase(pieces[0]) or pieces[0]
    pieces[-1] = trim(drop_end(trim(pieces[-1])))
    tail, collective = _shared(pieces)
    named = [drop_start(WHOSE, trim(p)) for p in pieces]
    sized = _SIZED.match(named[0]) if tail and not ITEM_TAIL.search(named[0]) else None
    if sized:
        # 规模以上采矿业、制造业增加值: the size goes for both
        named[1:] = [p if _SIZED.match(p) else sized[0] + p for p in named[1:]]
    if all(_BARE.fullmatch(p) for p in named[1:]) and (said := _BARE.search(named[0])) and said.start():
        return [named[0], *(named[0][: said.start()] + p for p in named[1:])]  # 工业投资总量、增速
    if named[0].startswith("第"):
        # 第一、二、三产业
        named = ["第" + p if re.fullmatch("[一二三四五]", p) else p for p in named]
    last = named[-1]
    if "产业" in last:
        # 第二、第三产业
        named = [p + "产业" if re.fullmatch("第[一二三]", p) else p for p in named]
    if not collective and len(last + tail) >= 6 and all(_modifies(p) for p in named[:-1]):
        # 城镇、农村居民人均可支配收入: what stands before the shared part is as long in each item.
        whole = last if last.endswith(tail) else last + tail
        return [*(_like(p, whole) for p in named[:-1]), whole]
    return [p if p.endswith(tail) or _whole(p) else p + tail for p in named]


def clauses(text: str, count: int) -> list[str]:
    """The `count` branches that end a text, parted by commas; [] where what is parted is none."""
    parts = text.replace(GAP, "").rsplit(BLANK, 1)[-1].split("，")[-count:]
    named = [trim(drop_start(patterns().opener, p)) for p in parts]
    named[0] = drop_start(_LEADS, named[0])
    return named if _listed(named, count) and all(BRANCH.search(n) for n in named) else []


def branches(text: str, count: int) -> list[str]:
    """The `count` branches of the economy that clauses without figures list; [] where they are fewer."""
    text = _shield(text.replace(GAP, "").rsplit(BLANK, 1)[-1])
    summed = _SUMMED_UP.search(text)
    text = (text[: summed.start()] if summed else text).strip("，；、 ")
    clauses = [c for c in re.split("[，；]", text) if c]
    last = clauses[-1] if clauses else ""
    # 互联网和相关服务、研究和试验发展: a name may hold its own 和.
    cuts = (clauses, last.split("、"), _AFTER_BRANCH.split(last), _SEPARATOR.split(last))
    pieces = next((cut for cut in cuts if len(cut) == count), cuts[-1])
    opener = patterns().opener
    named = [trim(drop_start(opener, p.translate(_BACK))) for p in pieces]
    if summed:
        # 形成了甲业、乙业、丙业三大产业
        named[:1] = [noun_phrase(n) or n for n in named[:1]]
    return named if _listed(named, count) and (summed or all(BRANCH.search(n) for n in named)) else []


def _listed(named: list[str], count: int) -> bool:
    """Whether the names are as many as the figures, and none too short or long for a branch."""
    return len(named) == count > 1 and all(1 < len(n) <= LONGEST_ITEM for n in named)


def _pieces(text: str, count: int) -> list[str]:
    """The items as they stand, more than `count` only where no coarser cut gives just as many."""
    segments = [s for s in text.split("，") if s]
    if len(segments) >= count > 1 and len(_SEPARATOR.split(segments[-1])) != count:
        # 信息传输、软件业，交通运输仓储和邮政业，批发和零售业，分别: commas part what holds 、 itself.
        return [s.translate(_BACK) for s in segments[-count:]]
    pieces = [p for p in _SEPARATOR.split(text) if p]
    if len(pieces) > count:
        # 教育、社会保障和就业、卫生健康支出: a name may hold its own 和.
        coarser = ([p for p in part.split(text) if p] for part in (_COMMA, _AFTER_BRANCH))
        pieces = next((p for p in coarser if len(p) == count), pieces)
    return [p.translate(_BACK) for p in pieces]


def _like(item: str, whole: str) -> str:
    """农村居民收入 by its 城镇 is 城镇居民收入, PM2.5浓度 by its PM10 is PM10浓度."""
    symbol = _SYMBOL.match(whole)
    return item + whole[symbol.end() if symbol and _SYMBOL.match(item) else len(item) :]


def _shared(pieces: list[str]) -> tuple[str, bool]:
    """What the last item, which is cut here, ends in for all, and whether a count sums the items up
    (A、B等3大产业产值)."""
    collective = _COLLECTIVE.match(pieces[-1])
    if collective and collective["tail"]:
        pieces[-1] = collective["item"]
        return collective["tail"], True
    match = ITEM_TAIL.search(pieces[-1])
    if not match:
        return "", bool(collective)
    pieces[-1] = pieces[-1][: match.start()] or pieces[-1]
    return "" if pieces[-1] == match[0] else match[0], bool(collective)


def _modifies(item: str) -> bool:
    """城镇 of 城镇、农村居民收入 modifies what the last item names; a branch or a measure is an item."""
    measured = ITEM_TAIL.search(item) or _COUNTED.search(item)
    return len(item) <= 4 and not measured and item[-1:] not in "业类链品区"


def _whole(item: str) -> bool:
    """Whether an item names what is measured by itself: 接待游客人次 beside 旅游收入."""
    return (ITEM_TAIL.search(item) is not None and len(item) >= 3) or _COUNTED.search(item) is not None


def _shield(text: str) -> str:
    """Keeps the separators inside quotes and brackets, and the 和 of words, from cutting."""
    text = QUOTED.sub(lambda m: m[0].translate(_QUOTED_AWAY), text)
    return _HOLDS_SEPARATOR.sub(lambda m: m[0].translate(_WORD_AWAY), text)
