"""Firms without 公司 by what they do: they launch, win orders, are an example, buy and are bought.

In: the clean text of a paragraph. Out: candidates as in `candidates`. A name is taken that no common word
claims, or whose brand has a firm's trade behind it (面骐智能), where a clause opens with it and a firm's verb
follows (X发布, X获…订单), where the text says that it is a firm (像X，就是一家企业; 另一家企业X), where a
director speaks for it (X技术总监), or where it is a country's maker (采用德国X的设备).
"""

from __future__ import annotations

import re
from functools import cache

from ingest.candidates import Candidate
from ingest.edges import generic, known, trades
from ingest.frames import other_kind, unclaimed
from ingest.lexicon import cut, districts
from ingest.opening import Seldom
from ingest.wording import any_of
from seeds import lookup

HAN = "[\u4e00-\u9fff]"
NAME = f"({HAN}{{3,6}}?)"
OPENS = "(?:^|(?<=[，。；：！？、”\n ]))"
# What only firms do: no office and no place launches a model or wins an order.
ACTS = Seldom(
    rf"{OPENS}{NAME}(?=(?:正式|率先|首次)?(?:发布|推出)(?:了|的)?(?:首个|首款|首台|新一代|新款|新品|全球首|国内首|[^，。；“]{{0,12}}?(?:大模型|产品|车型|机器人|芯片|系统))"
    rf"|[已再又]?(?:获得?|斩获|拿下)[^，。；]{{0,10}}?(?:订单|融资)|完成[^，。；]{{0,6}}轮融资|自主研发|自研的)"
)
EXAMPLE = Seldom(rf"(?:以|像){NAME}(?:公司)?(?=为例|[，,]?就是一家[^，。；]{{0,14}}(?:企业|公司))")
APPOSED = Seldom(
    rf"(?:另|这|有)?一家[^，。；、]{{0,10}}?企业{NAME}(?=高层|负责人|董事|总经理|人士|老板|创始|告诉|介绍|表示)"
)
SPEAKER = Seldom(rf"{OPENS}{NAME}(?=(?:{HAN}{{2,4}})?(?:总监|高管)(?!督))")
PARTNER_SOURCE = (
    rf"(?:采用|引进|引入|携手|牵手|收购|并购|起诉|与|和)了?((?:LANDS){HAN}{{2,4}}?)"
    r"(?=的|产品|提供|设备|技术|、|，|。|等|公司|合作|合资)"
)
BOUGHT = Seldom(rf"(?:收购|并购|起诉|入股|参股|控股)了?({HAN}{{3,7}}?)(?=[，。；、]|\d|等)")
LEAST = 2  # characters of a brand before its trade


def actors(text: str) -> list[Candidate]:
    """Every firm that its deeds show."""
    found: list[Candidate] = []
    for pattern in (ACTS, EXAMPLE, APPOSED, SPEAKER):
        for match in pattern.finditer(text):
            if _firm(match[1], True):
                found.append(_made(match))
    for match in BOUGHT.finditer(text):
        if _placed(match[1]) and _firm(match[1], False):
            found.append(_made(match))
    for match in _partner().finditer(text):
        land = next(one for one in _lands() if match[1].startswith(one))
        brand = match[1].removeprefix(land)
        if all(w.tag == "o" for w in cut(brand)) and not other_kind(brand) and brand not in districts():
            found.append(_made(match))
    return found


def _made(match: re.Match[str]) -> Candidate:
    return Candidate(*match.span(1), "enterprise", "company", "name.acts")


@cache
def _lands() -> tuple[str, ...]:
    return tuple(row["name"] for row in lookup("countries") if row["name"] != "中国")


@cache
def _partner() -> Seldom:
    return Seldom(PARTNER_SOURCE.replace("LANDS", any_of(_lands())))


def _placed(name: str) -> bool:
    """Whether the name opens with a district."""
    return any(name[:size] in districts() for size in (2, 3))


def _firm(name: str, common: bool) -> bool:
    """Whether the string can be a firm's name; `common` lets common words make a brand before a trade."""
    if name in known():
        return known()[name][1] == "enterprise"
    words = cut(name)
    while words and words[0].tag == "ns" and len(words) > 1:
        words = words[1:]
    if not words or other_kind(name) or name in districts() or not PLAIN.isdisjoint(name):
        return False
    parts = [name[w.start : w.end] for w in words]
    if any(w.tag[0] in "pcurmdq" for w in words) or any(
        len(p) > 1 and p in generic("enterprise") for p in parts[:-1]
    ):
        return False
    if unclaimed(name[words[0].start :]):
        return True
    brand, trade = "".join(parts[:-1]), parts[-1]
    traded = trade in trades() or trade in MORE_TRADES
    return common and traded and len(parts) == LEAST and len(brand) >= LEAST and brand not in trades()


PLAIN = frozenset("的了这该其各等们")
MORE_TRADES = frozenset(["通用", "体育", "星空", "动力", "影业", "出行"])
