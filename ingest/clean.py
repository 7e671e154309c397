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
from .script import script, simplify

HAN = noise.HAN


def clean(text: str) -> Cleaned:
    """`text` made clean; offsets in the map and the repairs are those of `text`."""
    mapped = whole(text)
    mapped = rewrite(mapped, text.translate(_widths()))
    mapped = apply(mapped, [Edit(*match.span()) for match in _INVISIBLE.finditer(mapped.text)])
    edits, found = noise.find(mapped.text)
    repairs = [_raw(repair, mapped) for repair in found]
    mapped = apply(mapped, edits)
    written = script(mapped.text)
    if written == "Hant":
        mapped = rewrite(mapped, simplify(mapped.text))
    mapped = rewrite(mapped, _punctuate(mapped.text))
    mapped = apply(mapped, _spaces(mapped.text))
    edits, found = _corrections(mapped.text)
    repairs += [_raw(repair, mapped) for repair in found]
    mapped = apply(mapped, edits)
    return Cleaned(mapped, written, tuple(sorted(repairs, key=lambda repair: (repair.start, repair.end))))


def _raw(repair: Repair, mapped: MappedText) -> Repair:
    """`repair` with raw offsets for those of `mapped`."""
    start, end = mapped.raw(repair.start, repair.end)
    return Repair(start, end, repair.found, repair.corrected, repair.reason)


# ---- one width ----


@cache
def _widths() -> dict[int, str]:
    """One form for each character that has several of different width; one character for one."""
    table = {code: chr(code - 0xFEE0) for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
             for code in range(first, last + 1)}
    pairs = {
        "％": "%", "﹪": "%", "（": "(", "）": ")", "﹙": "(", "﹚": ")", "［": "[", "］": "]", "／": "/", "＋": "+",
        "＝": "=", "＜": "<", "＞": ">", "＆": "&", "＠": "@", "＃": "#", "－": "-", "−": "-", "‐": "-", "‑": "-",
        "‒": "-", "﹣": "-", "～": "~", "〜": "~", "∼": "~", "﹐": "，", "﹔": "；", "﹕": "：", "﹖": "？", "﹗": "！",
        "﹒": ".", "｜": "|", "｡": "。", "､": "、", "○": "〇", "◯": "〇",
        "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n",
    }  # fmt: skip
    table |= {ord(key): value for key, value in pairs.items()}
    table |= {code: " " for code in (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)}
    # Text taken from PDF files holds radicals and compatibility forms that look like the characters meant.
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table


_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+")

# ---- punctuation ----

_COMMA = re.compile(r"(?<![0-9]),(?![ A-Za-z])|(?<![0-9A-Za-z.]),|(?<=[0-9]),(?![0-9 A-Za-z])")
_COLON = re.compile(r"(?<![0-9A-Za-z]):|(?<=[0-9A-Za-z]):(?![0-9/A-Za-z\\])")
_SEMICOLON = re.compile(r";(?![A-Za-z ])|(?<![A-Za-z]);")
_ASKED = re.compile(rf"(?<=[{HAN}”’》)])[?!]")
_STOP = re.compile(rf"(?<=[{HAN}%]{{2}})\.(?=$|\n)", re.M)
_POINT = re.compile(r"(?<=[0-9])．")
_RANGE = re.compile(
    r"(?<=[0-9%‰])[~–—―](?=[0-9])|(?<=[0-9%‰])[–—―](?=[第十百][一二三四五六七八九十]?)"
    r"|(?<=[年月日季号元个家户人万亿千百吨亩项位倍点度周米里瓦℃])[~–—―](?=[0-9])"
)


def _punctuate(text: str) -> str:
    """Half-width marks between Chinese characters made full-width and dashes of ranges made hyphens,
    one character for one; those inside numbers, times and English words stay."""
    if "," in text:
        text = _COMMA.sub("，", text)
    if ":" in text:
        text = _COLON.sub("：", text)
    if ";" in text:
        text = _SEMICOLON.sub("；", text)
    if "?" in text or "!" in text:
        text = _ASKED.sub(lambda match: "？" if match[0] == "?" else "！", text)
    if "." in text:
        text = _STOP.sub("。", text)
    return _RANGE.sub("-", _POINT.sub(".", text))


# ---- spaces ----

_UNITS = "年月日号时%‰万亿千百元个家件户人名吨亩公平立倍项条台辆级位亿"
_TIGHT = re.compile(
    r" +(?=[，。、；：！？)》】”’%])|(?<=[，。、；：！？《【“‘]) +(?=\S)"
    rf"|(?<=[0-9])(?: +(?=[{_UNITS}])|(?<=[^\n.0-9 ][0-9]) (?=[.][0-9]))"
    r"|(?<=[0-9万亿千百]) +(?=[万亿千百]?(?:元|吨|亩|人|平方米|千瓦))"
)
_GROUPED = re.compile(rf"(?<![0-9.,])[1-9][0-9]{{0,2}}(?: [0-9]{{3}}){{1,4}}(?:\.[0-9]+)?(?= ?[{_UNITS}])")
_SPLIT_DECIMAL = re.compile(r"(?<=[^\s0-9.])[0-9]{1,9}(?: ?\. | \. ?)[0-9]{1,4}(?= ?[%‰万亿元个倍])")
_LOOSE = re.compile(rf"(?<=[{HAN}%]) +(?=[{HAN}0-9“《])|(?<=[0-9”》)]) +(?=[{HAN}])|(?<=[0-9]) (?=%)")
_SPACED_OUT = re.compile(rf"[{HAN}] (?=[{HAN}])")
_DOUBLE_DASH = re.compile(r"(?<=[0-9年月日%])[-–—―~]{2}(?=[0-9])")
_SENTENCE = re.compile("[。；！？]")
_LONG_LINE = 30


def _spaces(text: str) -> list[Edit]:
    """The edits that take out spaces inside numbers, between number and unit, beside punctuation and, in
    lines of prose, between Chinese characters. In headlines and tables those separate and stay."""
    edits = {match.start(): Edit(*match.span(), "-") for match in _DOUBLE_DASH.finditer(text)}
    if " " not in text:
        return list(edits.values())
    for match in _TIGHT.finditer(text):
        edits[match.start()] = Edit(*match.span())
    for pattern in (_GROUPED, _SPLIT_DECIMAL):
        for match in pattern.finditer(text):
            for at in range(*match.span()):
                if text[at] == " ":
                    edits[at] = Edit(at, at + 1)
    line_end, prose = -1, False
    for match in _LOOSE.finditer(text):
        if match.start() >= line_end:
            line_end, prose = _line(text, match.start())
        if prose:
            edits[match.start()] = Edit(*match.span())
    return _rising(edits)


def _line(text: str, at: int) -> tuple[int, bool]:
    """The end of the line at `at`, and whether spaces in it mean nothing: it is prose or all spaced out."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    line = text[start:end]
    prose = len(line) >= _LONG_LINE and bool(_SENTENCE.search(line))
    return end, prose or len(_SPACED_OUT.findall(line)) * 3 > len(line) - line.count(" ")


def _rising(edits: dict[int, Edit]) -> list[Edit]:
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
        # Alternatives before it may differ in length, which one look-behind must not.
        before = "|".join(f"(?<={part})" for part in row["before"].split("|") if part)
        after = f"(?={row['after']})" if row["after"] else ""
        pattern = re.compile(f"(?:{before}){re.escape(row['found'])}{after}")
        table.append((row["found"], pattern, row["corrected"], row["reason"]))
    return tuple(table)


def _corrections(text: str) -> tuple[list[Edit], list[Repair]]:
    """The damaged characters of `text` that are certain by their context."""
    edits: dict[int, Edit] = {}
    repairs: dict[int, Repair] = {}
    for found, pattern, corrected, reason in _correction_table():
        if found in text:
            for match in pattern.finditer(text):
                edits[match.start()] = Edit(*match.span(), corrected)
                repairs[match.start()] = Repair(*match.span(), found, corrected, reason)
    rising = _rising(edits)
    return rising, [repairs[edit.start] for edit in rising]
