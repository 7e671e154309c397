"""Words: cuts a short stretch of prose so that names can be told from common words.

In: a window of a few tens of characters. Out: words with a coarse tag; a character that no word claims
stands alone, and two such side by side are the mark of a proper name (宗申, 美利信). It is no tagger and
no segmenter of whole reports: callers pass windows.

Words and costs come from `seeds/lookups/words.csv` (counts of jieba's dictionary, and the field's own
words); names of districts come from `districts`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from seeds import lookup

SINGLE = 11.0  # costlier than any one common word, cheaper than two rare ones
DISTRICT = 9.0
SCRIPT = re.compile(r"[A-Za-z0-9.+＋\-]+")
# Characters that as a rule are words by themselves; the tag is the part of speech.
FUNCTION = {
    **dict.fromkeys("在由对向以将把从到于被给让使按据经自往朝沿跟比为除", "p"),
    **dict.fromkeys("和与及或而且但并则暨", "c"),
    **dict.fromkeys("的了着过等之所们地得", "u"),
    **dict.fromkeys("也都还就又再已正只更最很太均仅即未不会要应须", "d"),
    **dict.fromkeys("我你他她它各每某本该此这那其", "r"),
    **dict.fromkeys("是有获赴引建设入达占成做看来去到作说", "v"),
    **dict.fromkeys("家个所座条项批类种只台件名位户年月日", "q"),
}


class Word(NamedTuple):
    """A word of a window: offsets and a tag (`x` Latin or digits, `o` a lone character, `ns` a district)."""

    start: int
    end: int
    tag: str


@cache
def words() -> dict[str, tuple[str, float]]:
    """Every word with its tag and its cost (natural logarithm of how rare it is)."""
    table = {row["word"]: (row["tag"], float(row["cost"])) for row in lookup("words")}
    for name in districts():
        table[name] = ("ns", DISTRICT)
    for row in lookup("name_suffixes"):
        if row["need"] != "port":  # 港 is a brand's character too
            table.setdefault(row["suffix"], ("n", DISTRICT))
    for name, tag in (("name_boundaries", "v"), ("name_generic", "b"), ("firm_trades", "n")):
        for row in lookup(name):
            if 2 <= len(row["word"]) <= 4:
                table.setdefault(row["word"], (tag, DISTRICT))
    return table


@cache
def districts() -> frozenset[str]:
    """Names of districts that are safe as words: full names, and short ones that are no common word."""
    common = {row["word"] for row in lookup("district_words") if row["kind"] in ("common", "noun")}
    names = {row["name"] for row in lookup("countries")}
    for row in lookup("districts"):
        if row["name"] not in common:
            names.add(row["name"])
        short = row["short_name"]
        if len(short) >= 2 and short not in common:
            names.add(short)
    names |= {row["name"] for row in lookup("district_names") if len(row["name"]) >= COMMON_FORM}
    return frozenset(names - INSIDE)


INSIDE = frozenset(["蒙古国"])  # 内蒙古国… begins with the region
COMMON_FORM = 3  # characters of a common or former form that no ordinary word has (科右前旗)


@cache
def _common_places() -> frozenset[str]:
    """Short names of districts that are common words too."""
    return frozenset(row["word"] for row in lookup("district_words"))


@cache
def _odd_firms() -> frozenset[str]:
    """Firms that everyone knows whose names begin with a function character."""
    names = (row["name"] for row in lookup("known_names") if row["kind"] == "enterprise")
    return frozenset(name for name in names if name[0] in FUNCTION)


def _firm_begins(text: str, at: int) -> bool:
    return any(text[at : at + size] in _odd_firms() for size in (3, 4, 2, 5))


@cache
def _beginning() -> dict[str, tuple[tuple[str, int, str, float], ...]]:
    """The words that begin with these two characters, shorter ones first, with length, tag and cost."""
    found: dict[str, tuple[tuple[str, int, str, float], ...]] = {}
    for word, (tag, cost) in sorted(words().items(), key=lambda item: len(item[0])):
        found[word[:2]] = (*found.get(word[:2], ()), (word, len(word), tag, cost))
    return found


FIRM_FUNCTION = frozenset("的了等和与及在是为由将把被从到向对或而且已赴获引入不会要")  # never part of a run
BEFORE_A_NAME = frozenset("的、，。“‘(（以由与和及是")  # 达 in 的达耐电池 is no verb


def cut(text: str) -> list[Word]:
    """The words of `text` by least total cost; linear in its length."""
    return list(_cut(text))


@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[Word, ...]:
    beginning = _beginning().get
    size = len(text)
    script = {m.start(): m.end() for m in SCRIPT.finditer(text)}
    best = [0.0] + [1e9] * size
    back: list[tuple[int, str]] = [(0, "")] * (size + 1)
    for i, char in enumerate(text):
        here = best[i]
        if script and i in script and here + 5.0 < best[script[i]]:
            best[script[i]], back[script[i]] = here + 5.0, (i, "x")
        tag = FUNCTION.get(char)
        cost = here + (7.5 if tag else SINGLE)
        # Of two districts that share a character the first one is meant (宁海|兴骐).
        if cost < best[i + 1] or (cost == best[i + 1] and back[i][1] == back[i + 1][1] == "ns"):
            best[i + 1], back[i + 1] = cost, (i, tag or "o")
        for word, length, kind, rare in beginning(text[i : i + 2], ()):
            if (length == 2 or text.startswith(word, i)) and here + rare < best[i + length]:
                best[i + length], back[i + length] = here + rare, (i, kind)
    result: list[Word] = []
    end = size
    while end > 0:
        start, tag = back[end]
        result.append(Word(start, end, tag))
        end = start
    result.reverse()
    return tuple(_joined(text, result))


def _joined(text: str, words: list[Word]) -> list[Word]:
    """Retags a function character inside a run of unclaimed ones: 之 in 桴之科 is no particle."""
    for i, word in enumerate(words):
        if word.end - word.start > 1 or word.tag in ("o", "x", "ns") or text[word.start] in FIRM_FUNCTION:
            continue
        if text[word.start : word.end + 1] in _common_places() and _lone(text, words[i + 1]):
            words[i] = Word(word.start, word.end, "o")  # 朝阳产业园
            continue
        if _firm_begins(text, word.start):
            words[i] = Word(word.start, word.end, "o")  # 比亚迪
            continue
        if i == 0 or words[i - 1].tag == "ns" or text[words[i - 1].start] in BEFORE_A_NAME:
            brandlike = word.tag in ("v", "q") or text[word.start] in "正太比"
            if brandlike and word.end - word.start == 1 and i + 1 < len(words) and _lone(text, words[i + 1]):
                words[i] = Word(word.start, word.end, "o")
            continue
        ahead = text[words[i + 1].start : words[i + 1].end] if i + 1 < len(words) else ""
        last = not ahead[:1].isalnum() or ahead[0] in FIRM_FUNCTION
        trading = text[word.start] in ENDS_BRAND and ahead in _trades()
        inside = last or trading or _lone(text, words[i + 1]) or (i > 1 and _lone(text, words[i - 2]))
        if inside and _lone(text, words[i - 1]):
            words[i] = Word(word.start, word.end, "o")
    return words


ENDS_BRAND = frozenset(
    "达成建"
)  # verbs that between an unclaimed character and a trade end a brand (骊达机械)


@cache
def _trades() -> frozenset[str]:
    return frozenset(row["word"] for row in lookup("firm_trades"))


def _lone(text: str, word: Word) -> bool:
    return word.tag == "o" and text[word.start].isalnum()


def unknown(text: str, least: int = 2) -> bool:
    """Whether `text` holds `least` neighbouring characters that no common word claims, or Latin letters."""
    run = 0
    for word in cut(text):
        run = run + 1 if word.tag == "o" else 0
        if run >= least or (word.tag == "x" and text[word.start].isalpha()):
            return True
    return False
