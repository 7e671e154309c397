"""A firm's name and the short forms that it goes by: place, brand, trades and legal form.

In: a name as printed. Out: the name without its place, its stem and its brand; the short forms that it may
take; whether a short form is one of a full name's.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ingest.edges import known, soft_trades, trades
from ingest.lexicon import cut, districts, unknown
from ingest.places import nested

LEGAL = re.compile(
    r"(?:[(（](?:集团|股份)[)）])?(?:产业(?=集团|股份|有限))?(?:集团|股份|控股)?(?:股份)?(?:有限责任公司|股份有限公司|有限公司|集团公司|总公司|公司|集团|股份|控股)$"
)
BRACKET = re.compile(r"[(（][^()（）]*[)）]$")


@cache
def _soft_trades() -> tuple[str, ...]:
    return tuple(sorted(soft_trades(), key=lambda word: (-len(word), word)))


@lru_cache(maxsize=2048)
def without_place(name: str) -> tuple[str, tuple[str, ...]]:
    """The name without the districts that it begins with, and those districts, each within the one before."""
    taken: list[str] = []
    rest = name
    known = districts()
    while True:
        for size in range(min(11, len(rest) - 2), 1, -1):
            if rest[:size] in known and (not taken or nested(rest[:size], taken[-1])):
                taken.append(rest[:size])
                rest = rest[size:]
                break
        else:
            return rest, tuple(taken)


@lru_cache(maxsize=2048)
def stem(name: str) -> str:
    """A firm's name without place and legal form: 重庆平山机电设备有限公司 -> 平山机电设备."""
    rest, _ = without_place(re.sub(r"^[(（][^()（）]*[)）]", "", name))
    bare = BRACKET.sub("", LEGAL.sub("", rest)) or rest
    bare = re.sub(r"[(（][^()（）]*[)）]", "", LEGAL.sub("", bare) or bare)
    return bare if len(bare) >= 2 else name


@lru_cache(maxsize=2048)
def core(name: str) -> str:
    """The brand of a firm's name: `stem` without the general trades at its end."""
    bare = stem(name)
    changed = True
    while changed:
        changed = False
        for trade in _soft_trades():
            if bare.endswith(trade) and len(bare) - len(trade) >= 2:
                bare = bare[: -len(trade)]
                changed = True
                break
    return bare


def short_forms(full: str) -> list[str]:
    """The short forms that a firm's full name may take, longest first, itself left out."""
    rest, places = without_place(full)
    bare, brand = stem(full), core(full)
    forms = {rest, bare, brand, brand + "集团" if "集团" in full else brand, bare + "公司", brand + "公司"}
    forms |= {places[-1] + brand} if places else set()
    size = len(bare)
    forms |= {
        bare.removesuffix(trade) for trade in trades() if bare.endswith(trade) and size - len(trade) > 2
    }
    forms |= {bare[: len(brand) + 2]} if size > len(brand) + 2 else set()
    return sorted((f for f in forms if 2 <= len(f) < len(full) and f != full), key=lambda f: (-len(f), f))


def abbreviates(short: str, full: str) -> bool:
    """Whether `short` is the brand of `full` and then some characters of its trades, in order (蜀锐智装)."""
    brand, bare = core(full), stem(full)
    if not short.startswith(brand) or len(short) > len(bare):
        return False
    rest = iter(bare[len(brand) :])
    return all(char in rest for char in short[len(brand) :])


def starts(short: str, full: str) -> bool:
    """Whether `short` is the start of the full name's brand, and but common words follow (骊谊兄弟传媒)."""
    bare = stem(full)
    return unknown(short) and bare.startswith(short) and not unknown(bare[len(short) :])


FOUNDER = 3  # characters of who founded a firm before its brand (科大骐盾量子技术)


def holds(short: str, full: str) -> bool:
    """Whether a brand with its trade stands at the head of the full name, or right after who founded the firm
    (骐盾量子 of 科大骐盾量子技术股份有限公司)."""
    bare = stem(full)
    at = bare.find(short)
    if not 0 <= at <= FOUNDER or short in known():
        return False
    # 骐克电气绿能科技 is a daughter of 骐克电气
    daughter = any(w.tag == "o" for w in cut(bare[at + len(short) :]))
    return not daughter and any(short.endswith(t) and len(short) - len(t) >= 2 for t in trades())


def clips(short: str, full: str) -> bool:
    """Whether a brand and the full name's last trade make the short form (众骐科技 of 众骐机器人科技)."""
    bare = stem(full)
    tail = next((t for t in _trades_by_length() if short.endswith(t) and bare.endswith(t)), None)
    brand = short.removesuffix(tail or "")
    return tail is not None and len(brand) >= 2 and unknown(brand) and bare.startswith(brand)


COMMON_IN_BRANDS = frozenset("新大小老中国美华金东西南北多好")  # 新家园 is a common word


def bare_brand(full: str) -> str | None:
    """A full name's brand without place, legal form and every trade after it, where it is no common word
    (六彩猫 of 六彩猫服装织造有限公司)."""
    bare, cutting = stem(full), True
    while cutting:
        trade = next((t for t in _trades_by_length() if bare.endswith(t) and len(bare) - len(t) > 2), None)
        cutting = trade is not None
        bare = bare.removesuffix(trade or "")
    parts = cut(bare)
    sole = len(parts) > 1 and any(w.tag == "o" and bare[w.start] not in COMMON_IN_BRANDS for w in parts)
    return bare if 3 <= len(bare) <= 4 and sole and bare not in districts() else None


@cache
def _trades_by_length() -> tuple[str, ...]:
    return tuple(sorted(trades(), key=lambda word: (-len(word), word)))
