"""Any number of made-up reports whose facts are known, so that a large build is checked and not only timed.

In: a number of reports and a seed. Out: `Made` reports, each with its text, its bytes as a file would hold
them, and its facts at their raw offsets. Nothing in them is true: real districts, invented figures and firms,
phrasings of the genre from `templates.csv`. Report n of a seed is the same whatever the number asked for.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

import seeds

CHARS = 2600
"""Characters of a report before noise: the median of the development reports."""
_SLOT = re.compile(r"<(?P<sort>\w+) (?P<unit>[^>]+)>")
# How a slot's figure is measured, its sign, and the figures that it may hold: least, most, decimals.
_SORTS: dict[str, tuple[str, int, tuple[float, float, int]]] = {
    "level": ("level", 1, (12, 990, 2)),
    "planned": ("level", 1, (2, 60, 1)),
    "rate": ("level", 1, (1, 99, 1)),
    "count": ("level", 1, (12, 960, 0)),
    "gain": ("change", 1, (3, 90, 0)),
    "growth": ("growth", 1, (1, 29, 1)),
    "fall": ("growth", -1, (1, 29, 1)),
    "share": ("share", 1, (5, 60, 1)),
}
_FIRST, _SECOND = "凌泓骏晟弈翊铭锐沃邦", "擎岚澜峯旻霖彧燊烨珩"
_TRADES = ("装备制造", "新材料", "生物科技", "食品", "电子", "汽车零部件", "环保科技")


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of a report: raw offsets, value in base units, unit and measure."""

    start: int
    end: int
    value: float
    unit: str
    measure: str


@dataclass(frozen=True, slots=True)
class Made:
    """One report: `data` is the file's content, `noise` what was done to the plain text."""

    name: str
    text: str
    data: bytes
    district_id: str
    noise: str
    facts: tuple[Fact, ...]


@dataclass(slots=True)
class _Draft:
    """A text under way with its facts, whose offsets follow every change."""

    text: str
    facts: list[Fact]

    def add(self, text: str, facts: Sequence[Fact]) -> None:
        at = len(self.text)
        self.facts += (Fact(f.start + at, f.end + at, f.value, f.unit, f.measure) for f in facts)
        self.text += text

    def insert(self, pieces: dict[int, str]) -> None:
        """Puts text before characters, by their offsets."""
        offsets: list[int] = []
        changed: list[str] = []
        grown = 0
        for at, char in enumerate(self.text):
            piece = pieces.get(at, "")
            grown += len(piece)
            changed += (piece, char)
            offsets.append(at + grown)
        self.text = "".join(changed)
        self.facts = [
            Fact(offsets[f.start], offsets[f.end - 1] + 1, f.value, f.unit, f.measure) for f in self.facts
        ]


# ---- the plain text ----


@cache
def _templates() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with files(__package__).joinpath("templates.csv").open("r", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["genre"], []).append(row["text"])
    return found


@cache
def _districts() -> list[dict[str, str]]:
    """Counties of today whose names are theirs alone."""
    rows = seeds.lookup("districts")
    names = [row["name"] for row in rows]
    alone = {name for name in names if names.count(name) == 1}
    return [r for r in rows if r["level"] == "county" and not r["valid_to"] and r["name"] in alone]


@cache
def _units() -> dict[str, tuple[str, Decimal]]:
    return {row["printed"]: (row["unit"], Decimal(row["factor"])) for row in seeds.lookup("units")}


def _base(printed: str) -> tuple[str, Decimal]:
    """A printed unit's base unit and factor: 万亩 is 亩 and 10,000."""
    if printed in _units():
        return _units()[printed]
    unit, factor = _units()[printed[1:]]
    return unit, factor * {"万": 10**4, "亿": 10**8}[printed[0]]


def _filled(template: str, words: dict[str, str], chance: random.Random) -> tuple[str, list[Fact]]:
    """A template with its words and figures in place, and the facts, at offsets of the result."""
    for key, word in words.items():
        template = template.replace(f"{{{key}}}", word)
    text, facts, at = "", [], 0
    for slot in _SLOT.finditer(template):
        measure, sign, (least, most, decimals) = _SORTS[slot["sort"]]
        figure = f"{chance.uniform(least, most):.{decimals}f}"
        unit, factor = _base(slot["unit"])
        text += template[at : slot.start()]
        value = float(sign * Decimal(figure) * factor)
        facts.append(Fact(len(text), len(text) + len(figure + slot["unit"]), value, unit, measure))
        text += figure + slot["unit"]
        at = slot.end()
    return text + template[at:], facts


def _plain(chance: random.Random, chars: int) -> tuple[_Draft, dict[str, str]]:
    district, templates = chance.choice(_districts()), _templates()
    words = {"district": district["name"], "year": str(chance.randint(2016, 2024))}
    draft = _Draft(_filled(chance.choice(templates["title"]), words, chance)[0] + "\n", [])
    draft.add(*_filled(chance.choice(templates["opening"]), words, chance))
    headings = chance.sample(templates["heading"], len(templates["heading"]))
    while len(draft.text) < chars:
        draft.add(f"\n{headings.pop()}\n" if headings else "\n", ())
        for genre in chance.choices(("body", "prose", "firm"), (6, 7, 2), k=chance.randint(4, 8)):
            words["firm"] = _firm(chance)
            line = chance.choice(templates[genre]).replace("全区", "全" + district["name"][-1])
            draft.add(*_filled(line, words, chance))
    draft.add("\n", ())
    return draft, district


def _firm(chance: random.Random) -> str:
    return chance.choice(_FIRST) + chance.choice(_SECOND) + chance.choice(_TRADES) + "有限公司"


# ---- noise ----


def _wide(draft: _Draft, chance: random.Random) -> None:
    draft.text = draft.text.translate({code: code + 0xFEE0 for code in (*range(0x30, 0x3A), 0x25)})


def _traditional(draft: _Draft, chance: random.Random) -> None:
    draft.text = draft.text.translate(_to_traditional())


def _polluted(draft: _Draft, chance: random.Random) -> None:
    """Traditional, with readings in brackets behind some characters that have but one."""
    _traditional(draft, chance)
    readings = {"業": "yè", "實": "shí", "現": "xiàn", "產": "chǎn", "費": "fèi", "資": "zī"}
    taken = {at for fact in draft.facts for at in range(fact.start, fact.end + 1)}
    draft.insert(
        {
            at + 1: f"({readings[char]} )"
            for at, char in enumerate(draft.text)
            if char in readings and at + 1 not in taken and chance.random() < 0.3
        }
    )


def _page(draft: _Draft, chance: random.Random) -> None:
    """A page's furniture: what stands above and below the report."""
    head = _Draft("首页 > 新闻中心 > 正文\n", [])
    head.add(draft.text, draft.facts)
    head.add("\n责任编辑：陈一\n【字体：大 中 小】\n打印本页 关闭窗口\n", ())
    draft.text, draft.facts = head.text, head.facts


def _spaced(draft: _Draft, chance: random.Random) -> None:
    """Blanks between figures and their units, as word processors set them."""
    inner = {f.start + len(re.match(r"[\d.]+", draft.text[f.start :])[0]) for f in draft.facts}  # type: ignore[index]
    draft.insert({at: " " for at in inner if not draft.text[at - 1 : at + 1].isascii()})


@cache
def _to_traditional() -> dict[int, str]:
    text = (files("opencc") / "dictionary" / "STCharacters.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line)
    return {ord(row[0]): row[1].split(" ")[0] for row in rows}


# Name -> weight, what is done to the text, and the encoding of the file.
_NOISES: dict[str, tuple[int, Callable[[_Draft, random.Random], None] | None, str]] = {
    "none": (52, None, "utf-8"),
    "mark": (5, None, "utf-8-sig"),
    "gb18030": (10, None, "gb18030"),
    "utf-16": (3, None, "utf-16"),
    "wide": (8, _wide, "utf-8"),
    "spaced": (6, _spaced, "utf-8"),
    "page": (8, _page, "utf-8"),
    "traditional": (5, _traditional, "utf-8"),
    "polluted": (3, _polluted, "utf-8"),
}


def make(number: int, seed: int = 1, chars: int = CHARS) -> Made:
    """Report `number` of the corpus of a seed, of at least so many characters."""
    chance = random.Random(f"{seed} {number}")
    draft, district = _plain(chance, chars)
    weights = [weight for weight, _, _ in _NOISES.values()]
    noise = chance.choices(list(_NOISES), weights)[0]
    _, spoil, encoding = _NOISES[noise]
    if spoil:
        spoil(draft, chance)
    return Made(
        f"{number:06}-{noise}.txt", draft.text, draft.text.encode(encoding), district["id"], noise,
        tuple(draft.facts),
    )  # fmt: skip


def reports(number: int, seed: int = 1, chars: int = CHARS) -> Iterator[Made]:
    """The first `number` reports of a corpus."""
    return (make(n, seed, chars) for n in range(number))


def write(folder: Path, number: int, seed: int = 1, chars: int = CHARS) -> int:
    """Writes a corpus as files, a thousand a folder; the number of its characters."""
    total = 0
    for at, made in enumerate(reports(number, seed, chars)):
        path = folder / f"{at // 1000:03}" / made.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.data)
        total += len(made.text)
    return total
