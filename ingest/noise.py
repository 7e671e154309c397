"""Pinyin that polluted web pages carry after their characters, and the bytes that it broke.

In comes raw text (widths may have been normalised); out go the edits that take the syllables out again and
the repairs of characters that were cut in two. Brackets with anything but syllables of the 汉语拼音方案
stay: (GDP), (B型), (增长5.1%), names and English words.

Such pages come from a program that works on GBK bytes: it writes the reading behind a character, 創(chuàng ),
and where it takes the second byte of one character and the first of the next for a character of its own, it
writes it between the two halves. All that follows is then read one byte out of step until an ASCII byte
ends it. Put in step again, the bytes give the text back; what the page says elsewhere decides the doubtful.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from seeds import lookup

from .edits import Edit
from .model import Repair, Span
from .script import simplify

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TONES = {"a": "āáǎà", "e": "ēéěè", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "ü": "ǖǘǚǜ"}
_MARKED = "".join(_TONES.values()) + "ńňǹḿ"
_MARKED += _MARKED.upper()
_COMBINING = "\u0300\u0301\u0304\u030c"
TONE_MARKS = frozenset(_MARKED + _COMBINING)
"""Text with none of these and no `PLAIN_READING` holds no pinyin that `find` would take out."""
PLAIN_READING = re.compile(r"[(（][a-z]{2,6}[)）]")
"""What may be a reading without its tone mark."""
_PLAIN = str.maketrans(
    {mark: plain for plain, marks in _TONES.items() for mark in marks}
    | dict(zip("ńňǹḿɡɑ", "nnnmga", strict=True))
    | dict.fromkeys(_COMBINING, "")
)
_LETTER = f"a-zA-ZüÜɡɑ{_MARKED}{_COMBINING}"
_ANY_TONE = re.compile(f"[{_MARKED}{_COMBINING}]")
_BRACKETED = re.compile(
    rf"(?<=[{HAN})）]) ?[(（] {{0,2}}([{_LETTER}]{{1,12}}(?: [{_LETTER}]{{1,8}}){{0,3}}) {{0,2}}([)）]?)"
)
_UNOPENED = re.compile(rf"(?<=[{HAN}?]) ?([{_LETTER}]{{1,8}}) {{0,2}}[)）]")
_BARE = re.compile(rf"(?<=[{HAN}])([{_LETTER}]{{2,8}})(?=[{HAN}，。、；,;])")
_CUT = re.compile(rf"(?<=[{HAN}])\?([{_LETTER}]{{1,8}}) {{0,2}}[)）]")
_EATEN_STOP = re.compile(rf"(?<=[{HAN}])\?([!(),0-:;?A-Z，；：！？])(?=[{HAN}@-~])")
POLLUTED = 3
"""Marked syllables from which on a page counts as polluted, so that unmarked (neutral) ones go as well;
fewer are a writer's own note on how to read a rare character."""
_LONGEST_RUN = 24
_USER_DEFINED = (*range(0xF8, 0xFF), *range(0xAA, 0xB0))
_EATEN = "the bytes of 。 and of what follows were read one out of step"
_OUT_OF_STEP = "bytes read one out of step behind a reading set between the halves of two characters"
_PRESS = "記者"
# The reporter heads almost every news page, often in the very word that was cut; no page spells it out twice.


def find(text: str) -> tuple[list[Edit], list[Repair]]:
    """The edits, rising and apart, that free `text` of pinyin, and the repairs among them.

    Offsets are those of `text`. Text without a tone mark is returned at the cost of two searches.
    """
    if not (_ANY_TONE.search(text) or PLAIN_READING.search(text)):
        return [], []
    marked = [match for match in _BRACKETED.finditer(text) if _is_noise(match[1], match[2], True)]
    polluted = len(marked) >= POLLUTED or _toneless(text)
    edits = {match.start(): Edit(*match.span()) for match in marked}
    repairs: list[Repair] = []
    if polluted:
        for match in _BRACKETED.finditer(text):
            if _is_noise(match[1], match[2], False):
                edits[match.start()] = Edit(*match.span())
        for edit, reason in _realigned(text):
            edits[edit.start] = edit
            repairs.append(Repair(edit.start, edit.end, text[edit.start : edit.end], edit.text, reason))
    for match in (*_UNOPENED.finditer(text), *(_BARE.finditer(text) if polluted else ())):
        if _toned(match[1]) and _syllables(match[1]):
            edits.setdefault(match.start(), Edit(*match.span()))
    return _apart(edits), repairs


def _toneless(text: str) -> bool:
    """Whether the page carries readings without tone marks: several different ones, as no other text has."""
    found = {match[1] for match in _BRACKETED.finditer(text) if _is_noise(match[1], match[2], False)}
    return len(found) >= POLLUTED


def _apart(edits: dict[int, Edit]) -> list[Edit]:
    """The edits in order; of two that overlap, the one that replaces, else the first."""
    kept: list[Edit] = []
    for _, edit in sorted(edits.items()):
        if kept and edit.start < kept[-1].end:
            if edit.text and not kept[-1].text:
                kept[-1] = edit
            continue
        kept.append(edit)
    return kept


def _is_noise(inside: str, close: str, toned: bool) -> bool:
    """Whether the inside of a bracket is a reading. One without tone marks must be whole: small letters,
    more than one, and closed."""
    if _toned(inside):
        return toned and _syllables(inside)
    return not toned and bool(close) and len(inside) > 1 and inside.islower() and _syllables(inside)


def _toned(letters: str) -> bool:
    return bool(_ANY_TONE.search(letters))


def _syllables(letters: str) -> bool:
    plain = letters.lower().translate(_PLAIN)
    return all(_syllable().fullmatch(part) for part in plain.split())


@cache
def _syllable() -> re.Pattern[str]:
    rows = lookup("pinyin_syllables")
    syllables = {row["initial"] + final for row in rows for final in row["finals"].split()}
    ordered = sorted(syllables, key=lambda syllable: (-len(syllable), syllable))
    # At most four syllables are written in one, so that the alternatives cannot multiply.
    return re.compile(f"(?:{'|'.join(ordered)})r?(?:{'|'.join(ordered)}){{0,3}}")


def _realigned(text: str) -> Iterator[tuple[Edit, str]]:
    """The replacements for runs that were read one byte out of step, with the reason for each."""
    cuts, stops = list(_CUT.finditer(text)), list(_EATEN_STOP.finditer(text))
    if not cuts and not stops:
        return
    read_as: dict[str, set[str]] = defaultdict(set)
    for match in _BRACKETED.finditer(text):
        read_as[match[1].strip()].add(text[match.start() - 1])
    free = _BRACKETED.sub("", text)
    pairs = set(pairwise(free))
    pairs.add((_PRESS[0], _PRESS[1]))
    for cut in cuts:
        lead = _gbk(text[cut.start() - 1])
        known = (_gbk(char) for char in read_as[cut[1].strip()])
        lost = {raw[1] for raw in known if len(raw) == 2 and raw[:1] == lead[1:2]}
        if len(lost) == 1:
            edit = _in_step(text, cut, lost.pop(), pairs)
            if edit:
                yield edit, _OUT_OF_STEP
    for stop in stops:
        # In GBK 。 is A1 A3, and A3 with the first byte of what follows is a full-width mark or letter.
        edit = _in_step(text, stop, ord(unicodedata.normalize("NFKC", stop[1])) + 0x80, pairs)
        if edit:
            marks = (Span(stop.start(), stop.end()), *edit.marks)
            yield Edit(edit.start, edit.end, "。" + edit.text, marks), _EATEN


def _in_step(text: str, cut: re.Match[str], lost: int, pairs: set[tuple[str, str]]) -> Edit | None:
    """The run behind `cut` put in step: `lost` and the bytes that follow, until they fit again."""
    out: list[str] = []
    marks: list[Span] = []
    lead, since = lost, cut.start()
    for at in range(cut.end(), min(len(text), cut.end() + _LONGEST_RUN)):
        raw = _gbk(text[at])
        if text[at] == "?":
            char = _completion(lead, out[-1] if out else "", pairs)
            found = char
        else:
            char = _decode(lead, raw[0]) if raw else ""
            found = char
            if char and len(raw) == 1 and out and (out[-1], char) not in pairs:
                found = _bridged(lead, raw[0], pairs) or char
        if not all(map(_common, found)) or not found:
            return None
        out += found
        marks += [Span(since, at + 1)] * len(found)
        if len(raw) == 1:
            return Edit(cut.start(), at + 1, "".join(out), tuple(marks))
        lead, since = raw[1], at
    return None


def _completion(lead: int, before: str, pairs: set[tuple[str, str]]) -> str:
    """The one character with first byte `lead` that the page is known to put after `before`, or ''."""
    chars = (_decode(lead, trail) for trail in range(0x40, 0xFF))
    found = {char for char in chars if char and (before, char) in pairs}
    return found.pop() if len(found) == 1 else ""


def _bridged(lead: int, trail: int, pairs: set[tuple[str, str]]) -> str:
    """Two characters from `lead` and `trail` where the pair of bytes between them was dropped because it
    lies in GBK's user-defined area; '' unless the page has just one such pair."""
    found = {
        first + second
        for middle in _USER_DEFINED
        if (first := _decode(lead, middle))
        for byte in range(0xA1, 0xFF)
        if (second := _decode(byte, trail)) and (first, second) in pairs
    }
    return found.pop() if len(found) == 1 else ""


@cache
def _common(char: str) -> bool:
    """Whether the character, simplified, is one of the 3,755 frequent ones: level 1 of GB 2312."""
    raw = simplify(char).encode("gb2312", "ignore")
    return len(raw) == 2 and 0xB0 <= raw[0] <= 0xD7


def _gbk(char: str) -> bytes:
    return char.encode("gbk", "ignore")


@cache
def _decode(lead: int, trail: int) -> str:
    char = bytes((lead, trail)).decode("gbk", "ignore")
    return char if len(char) == 1 and ord(char) > 0x7F else ""
