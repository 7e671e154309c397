"""Lists: the items that 、 joins in a clause, trimmed at both ends.

In: a text and a clause's edges. Out: each run of items with their places, and where its last one ends.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from ingest.edges import HARD, IN_BRANDS, OPENS_BRAND, begins_known, boundaries, known, trades, window
from ingest.lexicon import cut

CLAUSE = re.compile(r"[^，。；：！？;!?\n]+")
QUOTED = re.compile("“([^“”]+)”")
"""A member in its quotation marks, where a list has them."""
_PARTING = re.compile("[“”()、]")
ITEM_MAX = 16
LEGAL = ("集团", "股份", "公司", "控股")
# 昌电联合动力等企业
JOINTLY_NAMED = re.compile("[\u4e00-\u9fff]{2,4}?(?:等[^，。；、]{0,6}(?:企业|公司|集团)|[、超达])")


class Item(NamedTuple):
    """A member of a list: clean offsets."""

    start: int
    end: int


CLOSED = re.compile("[^、]{2}等(?!离子|级|温|效|静压)[^、]")  # 惠普、长虹等3C电子、汽车: the first list ends


def enumerations(text: str, low: int, high: int) -> list[tuple[list[Item], int]]:
    """Each run of items joined by 、 in a clause, trimmed at both ends, and where its last one ends."""
    cuts = _separators(text, low, high)
    runs: list[tuple[list[Item], int]] = []
    run: list[int] = []
    for position in [*cuts, -1]:
        near = position >= 0 and (not run or position - run[-1] <= ITEM_MAX + 6)
        if near and not (run and CLOSED.search(text, run[-1] + 1, position)):
            run.append(position)
            continue
        if run:
            runs.append(_trim(text, low, high, run))
        run = [position]
    return [r for r in runs if r[0]]


def _separators(text: str, low: int, high: int) -> list[int]:
    """Where 、 stands outside quotes and brackets."""
    depth, found = 0, []
    closed = max(text.rfind("”", low, high), text.rfind(")", low, high))  # speech may run over clauses
    for match in _PARTING.finditer(text, low, high):
        if match[0] in "“(":
            depth += match.start() < closed
        elif match[0] in "”)":
            depth = max(0, depth - 1)
        elif not depth:
            found.append(match.start())
    return found


def _trim(text: str, low: int, high: int, cuts: list[int]) -> tuple[list[Item], int]:
    first = left_edge(text, max(low, window(text, cuts[0], 24)), cuts[0])
    items = [Item(first, cuts[0])] if first < cuts[0] else []
    for a, b in pairwise(cuts):
        if b - a - 1 >= 2:
            items.append(Item(a + 1, b))
    last = cuts[-1] + 1
    end = right_edge(text, last, min(high, last + 24))
    if end - last >= 2:
        items.append(Item(last, end))
    while end < high and text[end] in "和与及":
        following = end + 1
        edge = right_edge(text, following, min(high, following + 24))
        if edge - following < 2:
            break
        items.append(Item(following, edge))
        end = edge
    return items, end


LEADS = frozenset("即继像")


def left_edge(text: str, low: int, end: int) -> int:
    """Where the item that ends at `end` begins."""
    edge = end
    for word in reversed(cut(text[low:end])):
        piece = text[low + word.start : low + word.end]
        branded = word.tag == "o" and piece in IN_BRANDS
        if low + word.end == end and piece in known() and known()[piece][1] == "enterprise":
            return low + word.start  # 客户奔驰、…
        if (
            (piece in OPENS_BRAND or piece == "之")
            and text[low + word.start - 1] in "了、"
            and low + word.end < end
        ):
            return low + word.start  # 聚集了地骐、…
        if piece[0] == "如" and low + word.end <= end and begins_known(text, low + word.start + 1):
            return low + word.start + 1  # 如上汽集团、…
        if piece in LEADS and (not word.start or text[low + word.start - 1] in HARD or piece == "继"):
            break  # 即骐硕科技、…, 是骐城继骐海重工、…
        if piece in ")）" or word.tag in ("p", "u", "r", "q", "m") or (_breaks(piece) and not branded):
            break
        if (word.tag == "x" and piece[0].isdigit()) or (
            piece == "强" and text[low + word.start - 1].isdigit()
        ):
            break
        if word.tag in ("v", "d", "t", "c") and (len(piece) > 1 or word.tag == "v") and piece not in trades():
            break
        edge = low + word.start
    return edge


def right_edge(text: str, start: int, high: int) -> int:
    """Where the item that begins at `start` ends."""
    at, last = start, ""
    for word in cut(text[start:high]):
        piece = text[start + word.start : start + word.end]
        if piece in "超达破" and text[start + word.end : start + word.end + 1].isdigit():
            break  # 骊威超200亿元
        if piece[0] in HARD or piece in "等的()（）和与及“”" or (len(piece) > 1 and _breaks(piece)):
            break
        if piece[1:] == "等" and last == "o" and at > start:
            return at + 1  # 艾骐克特等企业 holds no 特等
        last = word.tag
        counts = (word.tag == "x" and piece[0].isdigit()) or (word.tag == "m" and piece.endswith("家"))
        if counts and at > start:
            break
        verbal = word.tag in ("v", "d", "p", "u", "t") and (len(piece) > 1 or at - start >= 2)
        verbal = verbal and not (at == start and text.startswith(LEGAL, start + word.end))  # 兴发集团
        verbal = verbal and not (piece == "联合" and JOINTLY_NAMED.match(text, start + word.end))
        if verbal and piece not in trades():
            break
        at = start + word.end
        if piece.endswith("公司"):
            break
    return at


def _breaks(piece: str) -> bool:
    """Whether no item of a list of firms goes on over this word."""
    return piece in boundaries("stop") or piece in boundaries("item")
