"""Where a name begins that holds more than common nouns before its suffix: a quoted name, or a place.

In: a text, where the stretch before the suffix opens, the left edge that `edges.walk` found, where the suffix
begins, the modifier's words. Out: the left edge and the words, taken further back where the name goes on.
"""

from __future__ import annotations

import re

from ingest.edges import LONG_QUOTE, boundaries, walk, window
from ingest.lexicon import Word, cut

QUOTABLE = ("quoted", "ordered", "govern", "proper", "pilot")
GAP_MOST = 10  # characters between a quoted name and the kind that it is of
GRANTS = ("办理", "发放", "申请", "享受")  # “流动式”办理创业贷款
NO_GAP = frozenset("的了在将把和与是为等及、,，（(“大项个")


def from_quote(text: str, opened: int, left: int, at: int, words: list[Word]) -> tuple[int, list[Word]]:
    """The left edge taken back to the quoted name before it (“3+2+1”党建联席协调机制), where none of the
    words between governs what follows."""
    close = text.rfind("”", opened, left)
    quote = text.rfind("“", opened, close) if close > 0 else -1
    between = text[close + 1 : at]
    listing = close - quote > LONG_QUOTE and "、" in text[quote:close]
    if quote < 0 or listing or len(between) > GAP_MOST or not NO_GAP.isdisjoint(between):
        return left, words
    if any(
        word in boundaries("founds") or word in GRANTS
        for word in (between[w.start : w.end] for w in cut(between))
    ):
        return left, words
    return quote, _words(text, opened, quote, at)


FURTHER = 12  # characters before a verb of a body's name among which its place is looked for
JOINS = frozenset("和与")
PARTNER = frozenset("和与同跟及")
BUILT_BY = frozenset(["建设", "投资", "引进", "培育", "支持", "联合", "开发", "合作"])  # what a place does


def from_place(
    text: str, opened: int, left: int, at: int, words: list[Word], office: bool
) -> tuple[int, list[Word]]:
    """The left edge taken back to the place that a body's name opens with, over what it does
    (浙江省医药创新和审评…站), where no word between governs or ends a clause."""
    low = max(opened, left - FURTHER)
    start = left
    for word in reversed(cut(text[low:left])):
        piece = text[low + word.start : low + word.end]
        levelled = office and piece in boundaries("level") and _opens(text, low + word.start)
        if word.tag == "ns" and text[low + word.end : left] in PARTNER:
            break  # 江西与国家…局 are two
        if word.tag == "ns" or levelled:
            start = low + word.start
        elif start < left or _governs(piece, word.tag, office):
            break
    if start == left:
        return left, words
    return start, _words(text, opened, start, at)


NAMED_MOST = 14  # characters of a firm's name before its place in brackets


def from_clause(text: str, opened: int, left: int, at: int, words: list[Word]) -> tuple[int, list[Word]]:
    """The left edge of a firm whose place stands in brackets taken back to where the clause opens
    (骐排放权登记结算(武汉)有限责任公司), where no particle stands between."""
    said = cut(text[opened:left])
    plain = 2 <= left - opened <= NAMED_MOST and all(w.tag[0] not in "pcudr" for w in said)
    return (opened, _words(text, opened, opened, at)) if plain else (left, words)


def _words(text: str, opened: int, start: int, at: int) -> list[Word]:
    """The words from `start` on, their places counted from `opened` as those of the modifier are."""
    return [Word(w.start + start - opened, w.end + start - opened, w.tag) for w in cut(text[start:at])]


def _opens(text: str, at: int) -> bool:
    """Whether a clause opens there."""
    return not at or not text[at - 1].isalnum()


def _governs(piece: str, tag: str, office: bool) -> bool:
    """Whether a word parts a body's name from the place before it; an office is named after what is done."""
    if piece in BUILT_BY:
        return not office
    if piece in boundaries("pass") or (tag == "c" and piece in JOINS):
        return False
    said = piece in boundaries("stop") or piece in boundaries("govern") or piece in boundaries("founds")
    return said or tag[0] in "pcdurmqtx" or (tag[0] == "v" and len(piece) == 1) or not piece.isalpha()


ALSO = re.compile("暨(?:[春夏秋冬]季)?$")  # joins the two names of one meeting
NATIONAL_BEFORE = frozenset("届次了的、，。；：和与及行办")


def whole_event(text: str, left: int) -> int:
    """The left edge of a meeting's name taken back over its first name (发布暨推介会), or over 全国."""
    also = ALSO.search(text, max(0, left - 3), left)
    if also is not None and also.start() > 1:
        start, words = walk(text, window(text, also.start()), also.start(), "initiative")
        left = start if words else left
    wide = text.endswith(("全国", "全省"), 0, left) and left > 1
    if wide and (left == 2 or text[left - 3] in NATIONAL_BEFORE):
        return left - 2
    return left
