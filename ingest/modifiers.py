"""Whether what stands before a suffix makes a name: a mark of a proper name, or more than the kind.

In: a text and the words of a modifier. Out: yes or no.
"""

from __future__ import annotations

from functools import cache

from ingest.lexicon import Word
from ingest.name_words import generic, known


def distinct(text: str, start: int, words: list[Word], kind: str) -> bool:
    """Whether the modifier says more than the kind."""
    plain = generic(kind)
    return any(
        text[start + w.start : start + w.end] not in plain
        and w.tag not in ("q", "u", "m", "c", "p", "d")
        and not (w.tag == "v" and w.end - w.start == 1)
        and not (w.tag == "o" and text[start + w.start] in MEANS_LITTLE)
        for w in words
    )


MEANS_LITTLE = frozenset("省市区县州镇型级类制新老大小多等")  # characters that alone distinguish nothing
SHORT_BRAND = 2  # characters of a brand that common words hold too (小米种植)
KNOWN_SIZES = range(6, 1, -1)
HEADING = ("enterprise", "park")  # kinds of known names that head a park's name (中关村骐江产业园)


@cache
def _known_starts() -> frozenset[str]:
    sure = ((form, entry) for form, entry in known().items() if entry[3] or len(form) > SHORT_BRAND)
    return frozenset(form[:2] for form, entry in sure if entry[1] in HEADING)


def begins_known(text: str, at: int, kinds: tuple[str, ...] = ("enterprise",)) -> bool:
    """Whether a firm that everyone knows is named there (中石油X项目), or another name of these kinds."""
    if text[at : at + 2] not in _known_starts():
        return False
    entries = (known().get(text[at : at + size]) for size in KNOWN_SIZES)
    return any(
        entry is not None and entry[1] in kinds and (entry[3] or len(entry[0]) > SHORT_BRAND)
        for entry in entries
    )


SHORES = ("两岸", "海峡两岸", "海峡")  # of Taiwan and the mainland, where they stand first
TOWNS = frozenset(["镇", "乡", "街道"])  # a place below the county makes a modifier proper


def proper(text: str, start: int, words: list[Word]) -> bool:
    """Whether the modifier holds a mark of a proper name: unclaimed characters, a district, Latin, quotes."""
    run = 0
    for w in words:
        piece = text[start + w.start : start + w.end]
        run = run + 1 if w.tag == "o" and piece not in "·()（）“”‘’" else 0
        if run >= 2 or w.tag == "ns" or piece in known() or begins_known(text, start + w.start):
            return True
        if piece in "“‘" and text[start + w.start + 2 : start + w.start + 3] not in ("”", "’"):  # “数”读
            return True
        if piece in "”’" and w is words[0]:
            return True
        if w.tag == "x" and piece[0].isalpha() and len(piece) > 1:
            return True
        if piece in TOWNS and w is not words[0]:
            return True
        if piece in SHORES and w is words[0]:
            return True
    return False
