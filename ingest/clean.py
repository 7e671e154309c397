"""From raw text to clean text: simplified, of one width, without noise, each character mapped to the raw one.

In comes a report's text as decoded; out goes a `Cleaned`: one string, its line ends kept as paragraph breaks,
with the map back and the repairs. Every step is a rewriting of the same length or a list of edits, in the
order of `clean`. Brackets, percent signs and digits come in one form: ( ) % 0-9; between Chinese characters
stops and commas are full-width. No digit is ever deleted, and nothing that could be a fact.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from seeds import lookup

from . import noise
from .edits import Edit, apply, rewrite, whole
from .model import Cleaned, MappedText, Repair
from .script import COMMON, script, simplify

HAN = noise.HAN


def clean(text: str) -> Cleaned:
    """`text` made clean; offsets in the map and the repairs are those of `text`."""
    mapped = whole(text)
    if "\r\n" in text:
        mapped = apply(mapped, [Edit(*match.span()) for match in _HALF_LINE_END.finditer(text)])
    mapped = rewrite(mapped, _one_width(mapped.text))
    present = frozenset(mapped.text)
    if not present.isdisjoint(_INVISIBLE) or "??" in mapped.text:
        mapped = apply(mapped, [Edit(*match.span()) for match in _INVISIBLE_RUN.finditer(mapped.text)])
    repairs: list[Repair] = []
    if not present.isdisjoint(noise.TONE_MARKS) or noise.PLAIN_READING.search(mapped.text):
        edits, found = noise.find(mapped.text)
        repairs += (_raw(repair, mapped, text) for repair in found)
        mapped = apply(mapped, edits)
    written = "Hans" if present.isdisjoint(COMMON) else script(mapped.text)
    if written == "Hant":
        mapped = rewrite(mapped, simplify(mapped.text))
    mapped = rewrite(mapped, _punctuate(mapped.text, present))
    mapped = apply(mapped, _spaces(mapped.text, present))
    edits, found = _corrections(mapped.text, frozenset(mapped.text) if written == "Hant" else present)
    repairs += (_raw(repair, mapped, text) for repair in found)
    mapped = apply(mapped, edits)
    return Cleaned(mapped, written, tuple(sorted(repairs, key=lambda repair: (repair.start, repair.end))))


def _raw(repair: Repair, mapped: MappedText, text: str) -> Repair:
    """`repair` with raw offsets for those of `mapped`, and what was found as it stands in the raw `text`."""
    start, end = mapped.raw(repair.start, repair.end)
    return Repair(start, end, text[start:end], repair.corrected, repair.reason)


# ---- one width ----


@cache
def _widths() -> dict[int, str]:
    """One form for each character that has several of different width; one character for one."""
    letters = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    table = {code: chr(code - 0xFEE0) for code in letters}
    pairs = {
        "％": "%", "﹪": "%", "（": "(", "）": ")", "﹙": "(", "﹚": ")", "［": "[", "］": "]", "／": "/",
        "＋": "+", "＝": "=", "＜": "<", "＞": ">", "＆": "&", "＠": "@", "＃": "#", "－": "-", "−": "-",
        "‐": "-", "‑": "-", "‒": "-", "﹣": "-", "～": "~", "〜": "~", "∼": "~", "﹐": "，", "﹔": "；",
        "﹕": "：", "﹖": "？", "﹗": "！", "﹒": ".", "｜": "|", "｡": "。", "､": "、", "○": "〇", "◯": "〇",
        "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n",
    }  # fmt: skip
    table |= {ord(key): value for key, value in pairs.items()}
    table |= dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
    # Text taken from PDF files holds radicals and compatibility forms that look like the characters meant.
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table


@cache
def _wide() -> frozenset[str]:
    """The characters that have another form."""
    return frozenset(map(chr, _widths()))


_FEW = 24


def _one_width(text: str) -> str:
    """`text` with every character in its one form, of the same length."""
    table = _widths()
    wide = _wide().intersection(text)
    # A translation looks up every character; a few replacements are many times faster.
    if len(wide) > _FEW:
        return text.translate(table)
    for char in wide:
        text = text.replace(char, table[ord(char)])
    return text


_INVISIBLE = frozenset(
    map(
        chr,
        (
            *(*range(9), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)),
            *(0xAD, 0x34F, 0x61C, 0x180E),
            *(*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10)),
            0xFEFF,
        ),
    )
)
_HALF_LINE_END = re.compile(r"\r(?=\n)")
# Indents that a page could not encode are printed as question marks.
_INVISIBLE_RUN = re.compile(rf"[{re.escape(''.join(sorted(_INVISIBLE)))}]+|(?:(?<=\n)|(?<=[。 ])|\A)\?{{2,}}")

# ---- punctuation ----

# The mark stands first in each pattern and looks back at its left neighbour: the search is one scan.
_MARKS = (
    (",", re.compile(r",(?:(?<![0-9],)(?![ A-Za-z])|(?<![0-9A-Za-z.],)|(?<=[0-9],)(?![0-9 A-Za-z]))"), "，"),
    (":", re.compile(r":(?:(?<![0-9A-Za-z]:)|(?![0-9/A-Za-z\\]))"), "："),
    (";", re.compile(r";(?:(?![A-Za-z ])|(?<![A-Za-z];))"), "；"),
    ("?", re.compile(rf"\?(?<=[{HAN}”’》)]\?)"), "？"),
    ("!", re.compile(rf"!(?<=[{HAN}”’》)]!)"), "！"),
    (".", re.compile(rf"\.(?=\n|\Z)(?<=[{HAN}%]{{2}}\.)"), "。"),
    ("．", re.compile(r"．(?<=[0-9]．)"), "."),
)
_DASHES = "~–—―"
_MEASURED = "年月日号季元个家户人万亿千百吨亩项位倍点度周米里瓦℃"
_RANGE = re.compile(
    rf"[{_DASHES}](?:(?<=[0-9%‰].)(?=[0-9第十百一二三四五六七八九])|(?<=[{_MEASURED}].)(?=[0-9]))", re.S
)
_DOUBLE_RANGE = re.compile(r"[-–—―~]{2}(?<=[0-9年月日]..)(?=[0-9])", re.S)


def _punctuate(text: str, present: frozenset[str]) -> str:
    """Half-width marks between Chinese characters made full-width and dashes of ranges made hyphens,
    one character for one; those inside numbers, times and English words stay."""
    for mark, pattern, full in _MARKS:
        if mark in present:
            text = pattern.sub(full, text)
    return text if present.isdisjoint(_DASHES) else _RANGE.sub("-", text)


# ---- spaces ----

_RUN = re.compile(" +")
_BEFORE_MARK = frozenset("，。、；：！？)》】”’%\n")
_AFTER_MARK = frozenset("，。、；：！？《【“‘")
_UNITS = frozenset("年月日号时%‰万亿千百元个家件户人名吨亩公平立倍项条台辆级位")
_MULTIPLES = frozenset("万亿千百")
_MULTIPLIED = frozenset("万亿元吨亩人平千")
_CLASS = re.escape("".join(sorted(_UNITS)))
_GROUPED = re.compile(
    rf"(?<![0-9.,])[1-9][0-9]{{0,2}}(?: [0-9]{{3}}){{1,4}}(?:\.[0-9]{{1,4}})?(?= ?[{_CLASS}])"
)
_SPLIT_DECIMAL = re.compile(
    rf"(?<=[^\s0-9.])[0-9]{{1,9}}(?: \. ?|\. )[0-9]{{1,4}}(?= ?[{_CLASS}])(?! ?[年月日])"
)
_SPACED_OUT = re.compile(rf"[{HAN}] (?=[{HAN}])")
_PADDED = re.compile(rf"(?:[(]?[一二三四五六七八九十0-9]{{1,3}}[)、.])? *[{HAN}](?: +[{HAN}])+ *")
_SENTENCE = re.compile("[。；！？]")
_LONG_LINE = 15


def _spaces(text: str, present: frozenset[str]) -> list[Edit]:
    """The edits that take out spaces inside numbers, between number and unit, beside punctuation and, in
    lines of prose, between Chinese characters; in headlines and tables those separate and stay. The
    double dash of a range, which changes the length as well, becomes one hyphen here."""
    edits: dict[int, Edit] = {}
    if not present.isdisjoint(_DASHES + "-"):
        edits = {match.start(): Edit(*match.span(), "-") for match in _DOUBLE_RANGE.finditer(text)}
    split_number = False
    line_end, prose = -1, False
    for match in _RUN.finditer(text) if " " in present else ():
        start, end = match.span()
        before = text[start - 1] if start else "\n"
        after = text[end] if end < len(text) else "\n"
        if before == "\n":
            continue  # an indent, which tells of a new paragraph
        if start >= line_end:
            line_end, prose = _line(text, start)
        split_number |= before in "0123456789." and after in "0123456789."
        if _idle(before, after, prose):
            edits[start] = Edit(start, end)
    if split_number:
        for pattern in (_GROUPED, _SPLIT_DECIMAL):
            for match in pattern.finditer(text):
                inner = (at for at in range(*match.span()) if text[at] == " ")
                edits.update((at, Edit(at, at + 1)) for at in inner)
    return _rising(edits)


def _idle(before: str, after: str, prose: bool) -> bool:
    """Whether a space between two characters separates nothing."""
    if after in _BEFORE_MARK or before in _AFTER_MARK:
        return True
    if "0" <= before <= "9":
        return after in _UNITS or (prose and _is_han(after))
    if before in _MULTIPLES and after in _MULTIPLIED:
        return True
    return prose and (_is_han(before) or before in "%”》)") and (_is_han(after) or after in "“《0123456789")


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _line(text: str, at: int) -> tuple[int, bool]:
    """The end of the line at `at`, and whether spaces in it mean nothing: it is prose or all spaced out."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    line = text[start:end]
    prose = len(line) >= _LONG_LINE and bool(_SENTENCE.search(line))
    if len(line) < _LONG_LINE and _PADDED.fullmatch(line):
        return end, True
    return end, prose or len(_SPACED_OUT.findall(line)) * 3 > len(line) - line.count(" ")


def _rising(edits: dict[int, Edit]) -> list[Edit]:
    """The edits in order; of two that overlap, the first."""
    kept: list[Edit] = []
    for _, edit in sorted(edits.items()):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


# ---- damaged characters ----


@cache
def _correction_table() -> tuple[tuple[str, re.Pattern[str], str, str], ...]:
    """Each correction: what to look for, the same within its context, what it becomes, and why."""
    table = []
    for row in lookup("corrections"):
        found = re.escape(row["found"])
        # Alternatives before it may differ in length, which one look-behind must not.
        before = "|".join(f"(?<={part}{found})" for part in row["before"].split("|") if part)
        after = f"(?={row['after']})" if row["after"] else ""
        pattern = re.compile(f"{found}(?:{before}){after}")
        table.append((row["found"], pattern, row["corrected"], row["reason"]))
    return tuple(table)


def _corrections(text: str, present: frozenset[str]) -> tuple[list[Edit], list[Repair]]:
    """The damaged characters of `text` that are certain by their context."""
    edits: dict[int, Edit] = {}
    repairs: dict[int, Repair] = {}
    for found, pattern, corrected, reason in _correction_table():
        if present.issuperset(found):
            for match in pattern.finditer(text):
                edits[match.start()] = Edit(*match.span(), corrected)
                repairs[match.start()] = Repair(*match.span(), found, corrected, reason)
    rising = _rising(edits)
    return rising, [repairs[edit.start] for edit in rising]
