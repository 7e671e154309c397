"""The same report in another dress: variants of a text, with the way from its characters to the variant's.

In: a report's text. Out: a `Variant`, whose `starts` tell where each character of the text went. What a
variant leaves alone and what it changes is said by its name; the facts must survive all of them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import accumulate
from typing import Any, NamedTuple

import seeds
from ingest.script import simplify

HAN = re.compile("[\u4e00-\u9fff]")


class Variant(NamedTuple):
    """`starts[i]` is where character `i` of the original begins in `text`; the last entry is its end."""

    text: str
    starts: Sequence[int]


def of(text: str, pieces: Iterable[str]) -> Variant:
    """The variant that puts one piece in each character's place."""
    found = list(pieces)
    assert len(found) == len(text)
    return Variant("".join(found), [0, *accumulate(map(len, found))])


def replaced(text: str, pattern: str, by: Callable[[re.Match[str]], str]) -> Variant:
    """The variant with each match of `pattern` replaced as a whole."""
    pieces = list(text)
    for match in re.finditer(pattern, text):
        pieces[match.start() : match.end()] = [by(match), *[""] * (len(match[0]) - 1)]
    return of(text, pieces)


# ---- looks ----


def traditional(text: str) -> Variant:
    """In traditional characters, those excepted that would not come back (傢具 for 家具, 乾 for 干)."""
    converted = _converter().convert(text)
    for _ in range(3):
        back = simplify(converted)
        converted = "".join(t if b == s else s for s, t, b in zip(text, converted, back, strict=True))
    return of(text, converted)


@cache
def _converter() -> Any:
    return import_module("opencc").OpenCC("s2t")


WIDE = {ord(char): chr(ord(char) + 0xFEE0) for char in map(chr, range(0x30, 0x7B)) if char.isalnum()}


def full_width(text: str) -> Variant:
    """Digits, letters, percent signs and decimal points in full width."""
    wide = (c.translate(WIDE).replace("%", "％") for c in text)
    points = {match.start() for match in re.finditer(r"(?<=[0-9])\.(?=[0-9])", text)}
    return of(text, ("．" if at in points else char for at, char in enumerate(wide)))


def carriage_returns(text: str) -> Variant:
    """Lines that end as Windows ends them."""
    return of(text, (char.replace("\n", "\r\n") for char in text))


def wrapped(text: str, width: int = 72) -> Variant:
    """Printed text: paragraphs indented, their lines broken at one width in half-width cells, be it inside
    a number; no line begins with a mark."""
    pieces: list[str] = []
    for line in text.splitlines(keepends=True):
        column = 0
        if pieces and len(line) * 2 > width and not line.startswith("　"):
            pieces[-1] += "　　"
            column = 4
        for char in line:
            cells = 1 if char < "\x7f" else 2
            broken = column + cells > width and char not in "\n，。、；：！？）”》%"
            if broken:
                pieces[-1] += "\n"
            column = cells if broken else column + cells
            pieces.append(char)
    return of(text, pieces)


def double_spaced(text: str) -> Variant:
    """A blank line more between paragraphs."""
    return of(text, (char.replace("\n", "\n\n") for char in text))


# ---- noise ----

FORMS = ("({})", "({} )", "（{}）", "( {} )", "({}){}")
SYLLABLES = ("chuàng", "xīn", "yè", "lǜ", "zhǎng", "é", "qū", "dòng", "jiā", "wàn")


def noisy(text: str, seed: int, share: float = 0.15) -> Variant:
    """A traditional page with readings behind its characters, in the forms that they take there."""
    draw = random.Random(seed)
    page = traditional(text).text

    def reading(at: int) -> str:
        if not HAN.match(page[at]) or draw.random() >= share:
            return ""
        syllable = draw.choice(SYLLABLES)
        form = draw.choice(FORMS)
        return form.format(syllable, f"({syllable})")

    return of(text, (char + reading(at) for at, char in enumerate(page)))


# ---- content ----


@dataclass(frozen=True, slots=True)
class Move:
    """What a report's own places become: each name of the old district and its parents to the new one's."""

    names: dict[str, str]

    def __call__(self, text: str) -> str:
        return self.moved(text).text

    def moved(self, text: str) -> Variant:
        """`text` as it would be told of the other district."""
        longest_first = sorted(self.names, key=lambda name: (-len(name), name))
        return replaced(text, "|".join(map(re.escape, longest_first)), lambda m: self.names[m[0]])


def move(district_id: str, text: str, seed: int) -> Move:
    """From a report's district to another of the same level and kind, with its parents."""
    table = {row["id"]: row for row in seeds.lookup("districts") if not row["valid_to"]}
    here = _lineage(table, district_id)
    there = (_lineage(table, id) for id in sorted(table) if id != district_id)
    fits = [
        line
        for line in there
        if _alike(line, here) and _new_to([row for row in line if row not in here], text)
    ]
    chosen = random.Random(seed).choice(fits)
    names = {
        old[key]: new[key] for old, new in zip(here, chosen, strict=True) for key in ("short_name", "name")
    }
    convert = _converter().convert
    return Move({convert(old): convert(new) for old, new in names.items()} | names)


def _alike(one: Sequence[dict[str, str]], two: Sequence[dict[str, str]]) -> bool:
    """Whether the smallest units are of one kind (市, 区, 县) and all stand at the same levels."""
    return one[0]["name"][-1] == two[0]["name"][-1] and [row["level"] for row in one] == [
        row["level"] for row in two
    ]


def _new_to(line: Sequence[dict[str, str]], text: str) -> bool:
    """Whether the text does not speak of any of the units, which have short names of their own."""
    return all(len(row["short_name"]) >= 2 and row["short_name"] not in text for row in line)


def _lineage(table: dict[str, dict[str, str]], id: str) -> list[dict[str, str]]:
    """The unit and its parents, the smallest first."""
    row = table[id]
    return [row, *(_lineage(table, row["parent_id"]) if row["parent_id"] else ())]


NEXT = str.maketrans("123456789", "234567891")


def counted_on(text: str, spans: Iterable[tuple[int, int]]) -> Variant:
    """Each digit but 0 inside the spans replaced by the next: other numbers, as long as the old ones."""
    pieces = list(text)
    for start, end in spans:
        pieces[start:end] = [char.translate(NEXT) for char in text[start:end]]
    return of(text, pieces)


SECTION = re.compile(r"^[一二三四五六七八九十]{1,3}、", re.MULTILINE)


def rotated(text: str) -> str:
    """A bulletin with its sections in another order under the same headings; unchanged where it has none."""
    cuts = [match.start() for match in SECTION.finditer(text)]
    if len(cuts) < 3:
        return text
    parts = [text[a:b].strip("\n") for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    # The last section's end is the report's own: notes and page furniture follow it.
    return text[: cuts[0]] + "\n".join([*parts[1:-1], parts[0], parts[-1]]) + "\n"
