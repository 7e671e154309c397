"""From clean text to its lines with their looks: what a line is by itself, before its neighbours count.

In comes clean text, out go `Line`s without blank ones, hard-wrapped ones joined again. A line knows its
pieces (clean intervals), the blank lines above it and whether it was indented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from ingest.wording import any_of
from seeds import lookup

from .model import ParagraphKind, Span

Effect = Literal["line", "list", "tail", "credit"]
TERMINAL = frozenset("。！？!?；;：:…—")
_SIGNED = re.compile("[。！？]”?[(][^()]{1,30}[)]$")
CLOSING = "”’\"'）)》】」』]"
HEADLINE = 45
"""The longest headline in characters; sentences are longer or end in a stop."""
LONGEST_HEADLINE = 60
"""The same where a colon parts a speaker with his offices from what he says."""
WRAP_WIDTHS = (24, 130)
"""Widths, in half-width cells, at which printed and mailed text is wrapped."""
_WRAPPED_SHARE = 0.5


@dataclass(slots=True)
class Line:
    """One line, or the lines that a hard wrap had made of one paragraph."""

    text: str
    pieces: list[Span]
    gap: int
    indented: bool
    kind: ParagraphKind = "body"
    level: int = 0
    followers: list[int] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether the line ends a sentence or a clause that introduces something."""
        end = self.text.rstrip(CLOSING + " ")
        return bool(end) and (end[-1] in TERMINAL or self.signed)

    @property
    def signed(self) -> bool:
        """Whether the line ends an article of its own with its author's name in brackets."""
        return self.text[-1] == ")" and bool(_SIGNED.search(self.text[-40:]))


def lines(text: str) -> list[Line]:
    """The lines of `text` that hold something, with hard wraps undone."""
    found: list[Line] = []
    start, gap = 0, 0
    for row in text.split("\n"):
        inner = row.strip()
        if inner:
            indent = len(row) - len(row.lstrip())
            begin = start + indent
            found.append(Line(inner, [Span(begin, begin + len(inner))], gap, indent > 0))
            gap = 0
        else:
            gap += 1
        start += len(row) + 1
    # A mended line is longer than those around it, so that the width must have been told before.
    return _mended(_unwrapped(found))


_NUMBER_END = re.compile(r"[\u4e00-\u9fff(][0-9][0-9,]*(?:\.[0-9]*)?[十百千万亿]?$")
_UNIT_HEAD = re.compile(
    r"(?:[0-9]{1,4}(?:\.[0-9]{1,4})?)?[十百千万亿]{0,3}"
    r"(?:[%‰元家个户人名亩吨倍位项件条台辆套所座处]|个?百分点|平方?公里|公里|平方米|人次|美元)(?=[，。；、)]|以[上下内]|左右|$)"
)
_NUMBER_REACH = 24


def _mended(rows: list[Line]) -> list[Line]:
    """`rows` with those joined between which a number was torn: 产值18. and 3亿元，增长. Such a break is
    certain by itself, however short the lines are."""
    mended: list[Line] = []
    for row in rows:
        last = mended[-1] if mended else None
        torn = last and _UNIT_HEAD.match(row.text) and _NUMBER_END.search(last.text[-_NUMBER_REACH:])
        if last and torn and not is_tabular(last.text):
            last.text += row.text
            last.pieces += row.pieces
        else:
            mended.append(row)
    return mended


def _unwrapped(rows: list[Line]) -> list[Line]:
    """`rows` with the lines of one paragraph joined, where the text is wrapped at one width."""
    width = _wrap_width(rows)
    if not width:
        return rows
    spaced = sum(row.gap > 0 for row in rows) > 0.8 * len(rows)
    indents = sum(row.indented for row in rows) * 20 > len(rows)
    joined: list[Line] = []
    last = 0
    parts: list[str] = []
    for row in rows:
        goes_on = (
            bool(joined)
            and last >= width - 6
            and not row.indented
            and (not row.gap or (spaced and row.gap == 1))
            and (indents or not _ends(parts[-1]))
            and not numbering(row.text)
            and not (_is_barred(row.text) or _is_barred(parts[-1]))
        )
        last = _printed(row)
        if goes_on:
            parts.append(row.text)
            joined[-1].pieces += row.pieces
        else:
            if joined:
                joined[-1].text = "".join(parts)
            joined.append(row)
            parts = [row.text]
    if joined:
        joined[-1].text = "".join(parts)
    return joined


def _ends(text: str) -> bool:
    return text.rstrip(CLOSING)[-1:] in TERMINAL


def _wrap_width(rows: Sequence[Line]) -> int:
    """The width at which the text is wrapped in half-width cells, or 0: most long lines are as wide as the
    widest, and many of those break off in mid-sentence."""
    rows = [row for row in rows if not _is_barred(row.text)]
    widths = [_printed(row) for row in rows]
    long = sorted(width for width in widths if width >= WRAP_WIDTHS[0])
    if len(long) < 6:
        return 0
    width = long[int(len(long) * 0.9)]
    if width > WRAP_WIDTHS[1] or long[-1] > width + 8:
        return 0
    full = [row for row, cell in zip(rows, widths, strict=True) if cell >= width - 6]
    broken = sum(not row.complete for row in full)
    return width if len(full) >= _WRAPPED_SHARE * len(long) and broken >= _WRAPPED_SHARE * len(full) else 0


_INDENT = 4


def _printed(row: Line) -> int:
    """The width of the line as it was printed, in half-width cells: an indent is two characters wide."""
    return cells(row.text) + _INDENT * row.indented


_BARRED = re.compile(r"[|│]\s*(?:[-−]?\d[\d,.]*%?\s*$|[^|│]{0,40}[|│])")


def _is_barred(text: str) -> bool:
    """Whether bars set cells apart: a row of a table, which no wrap has made."""
    return ("|" in text or "│" in text) and bool(_BARRED.search(text))


_NARROW = re.compile("[ -~]")


def cells(text: str) -> int:
    """The width of `text` in half-width cells."""
    return 2 * len(text) - len(_NARROW.findall(text)) if len(text) <= WRAP_WIDTHS[1] else len(text)


# ---- what a line shows ----

_NUMBERINGS = (
    re.compile(r"第[一二三四五六七八九十]{1,3}(?:部分|章|篇)"),
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"[(][一二三四五六七八九十]{1,3}[)]"),
    re.compile(r"[0-9]{1,2}(?:、|[.．](?![0-9]))"),
    re.compile(r"[(][0-9]{1,2}[)]"),
)


def numbering(text: str) -> int:
    """The depth of a line's numbering, from 1 (第一部分) and 2 (一、) to 5 ((1)), or 0."""
    if text[0] not in "第(一二三四五六七八九十0123456789":
        return 0
    return next((depth for depth, pattern in enumerate(_NUMBERINGS, 1) if pattern.match(text)), 0)


_PAGE = re.compile(
    r"[-·•—–\s]{0,4}(?:第\s?)?[0-9]{1,4}(?:\s?页)?(?:\s?[/,，共]\s?(?:共\s?)?[0-9]{1,4}\s?页?)?[-·•—–\s]{0,4}"
)
_TRAIL = re.compile(r"[^>›»。]{1,20}(?: ?[>›»] ?[^>›»。]{1,30}){1,8}")


_AMOUNT = re.compile("\\d(?:亿|万[元人吨亩]|[%％个家户项吨亩])(?!阅读|浏览|点击|评论)")


@cache
def _furniture() -> tuple[re.Pattern[str], dict[str, tuple[str, Effect]]]:
    effects: dict[str, tuple[str, Effect]] = {}
    for row in lookup("furniture"):
        effects[row["phrase"]] = (row["where"], row["effect"])  # type: ignore[assignment]
    return re.compile(any_of(effects)), effects


def furniture(text: str) -> Effect | None:
    """What a line of page furniture does: `line` stands for itself, `list` heads a list of links, `tail`
    ends the report, `credit` names those who made it; None for any other line."""
    if len(text) > 120:
        return None
    if _PAGE.fullmatch(text) and ("页" in text or text.strip("-·•—– ") != text):
        return "line"
    if ">" in text and _TRAIL.fullmatch(text) and text.count(">") + text.count("»") >= 2:
        return "line"
    pattern, effects = _furniture()
    for match in pattern.finditer(text):
        where, effect = effects[match[0]]
        if effect == "credit" and ((len(text) > 60 and "。" in text) or _AMOUNT.search(text)):
            # 资金来源：内资项目301个
            continue
        bare = text.strip(" :：-—*·•>《》[]【】|")
        at_start = where == "start" and match.start() <= 2 and len(text) <= 60
        if where == "any" or at_start or (where == "whole" and bare == match[0]):
            return effect
    return None


_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤瞿晏欧阳"
)
_PERSON = rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}"
_PEOPLE = re.compile(rf"{_PERSON}(?:[ 、]{_PERSON}){{1,5}}")
_NAMED = r"[\u4e00-\u9fff·]{2,6}"
_BYLINE = re.compile(
    rf"[(□■●◎ ]{{0,3}}[\u4e00-\u9fff ]{{0,16}}(?:记者|通讯员|特派员)[ /：:|]+"
    rf"{_NAMED}(?:[ 、/]+{_NAMED}){{0,9}}[)]?"
    r"|[(].{0,16}(?:记者|通讯员) .{1,40}[)]"
    r"|.{1,40}[ /](?:摄|文|供图|制图|报道)[)]?|[(].{1,40}(?:供图|提供|综述|整理|摄|摄影|制图)[)]"
)
_DATELINE = re.compile(
    r"[(]?(?:[^，。 ]{1,10}报 )?(?:[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?"
    r"|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?: [0-9]{1,2}:[0-9:]{2,5})?)[)]?"
    r"(?: {1,4}(?:星期[一二三四五六日天]|[0-9:]{4,8}|[^ ，。]{0,6}版|特别报道|要闻|专题)){0,4}"
    r"(?: [^，。]{0,10}(?:日报|晚报|时报|网|记者|作者|来源|责编|编辑|美编|校对)[^，。]{0,36})?"
    r"|《[^《》]{2,12}》[(][0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日[^()，。]{0,14}[)]"
)
_OFFICE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,16}(?:统计局|调查总?队|人民政府|办公室|发展和改革委员会|发展改革委)(?: +|$)){1,3}"
)
_OFFICER = re.compile(
    r"[\u4e00-\u9fff、，：()]{1,40}(?:长|书记|主任|经理|主席|负责人|总裁|专员|发言人) {1,4}"
    r"[\u4e00-\u9fff](?: ?[\u4e00-\u9fff·]){1,9}"
    r"|(?:代理?)?[省市区县州旗盟]长[\u4e00-\u9fff]{2,3}"
)
_SHOWN = re.compile(
    r"(?:图为|图[①-⑩0-9一二三四五六七八九十]{0,2}[为：:]|[▲▼△▽↑↓◀▶]|[(]?资料图).*"
    r"|.{2,60}(?:摄/.{1,12}|摄[)]?)"
)


def is_credit(text: str) -> bool:
    """Whether the line only names writers, photographers or speakers, or a date of publication."""
    if len(text) > 60 or "。" in text:
        return False
    return any(kind.fullmatch(text) for kind in (_PEOPLE, _BYLINE, _DATELINE, _OFFICER))


def is_publisher(text: str) -> bool:
    """Whether the line, standing above a report, names the office that publishes it."""
    return len(text) <= 60 and bool(_OFFICE.fullmatch(text))


def is_caption(text: str) -> bool:
    """Whether the line says that it stands by a picture."""
    return len(text) <= 120 and bool(_SHOWN.fullmatch(text))


# 为4.83%，同比提高0.51个百分: a line of a sentence that began above it.
_MID_SENTENCE = re.compile("(?:为|是|达到?|至|约)\\d")


def is_headline(text: str) -> bool:
    """Whether the line may be a headline: short, no sentence inside and no stop at its end."""
    if len(text) > (LONGEST_HEADLINE if "：" in text else HEADLINE) or "。" in text:
        return False
    end = text.rstrip(CLOSING + " ")
    if _MID_SENTENCE.match(text) or end.endswith("个百分"):
        return False
    if not end or text.count("，") > 2 or text.count("“") > text.count("”"):
        return False
    return end[-1] not in "。；;：:，,、…" or (text[-1] == "：" and len(text) <= 30)


_GAPS = re.compile(r"\t| {2,}.* {2,}|[0-9].* {2,}| {2,}.*[0-9]")
_FIGURES = re.compile(r"(?<=[0-9]) [-0-9.]+(?: |$)|^[-—0-9.,%()]+$|[\u4e00-\u9fff)] [-0-9.,]+$")


def is_tabular(text: str) -> bool:
    """Whether the line looks like a row of a table: cells set apart by blanks, or a bare figure last."""
    if len(text) <= 200 and _is_barred(text):
        return True
    if len(text) > 200 or not (" " in text or "\t" in text or text[-1] in "0123456789.,%)-—"):
        return False
    gaps = ("  " in text or "\t" in text) and _GAPS.search(text)
    return bool(gaps or _FIGURES.search(text))


_BULLET = re.compile(r"[-·•*■●◆▪□○>»] ?|(?:\.{3}|…)$")


def is_bulleted(text: str) -> bool:
    """Whether the line looks like one of a list of links: a bullet before it or cut off by dots."""
    return bool(_BULLET.match(text)) or (text.endswith(("...", "…")) and len(text) <= HEADLINE)


def has_prose(text: str) -> bool:
    """Whether the line holds a sentence as only a report's body has."""
    return len(text) >= 30 and ("。" in text or text.count("，") >= 3) and not is_bulleted(text)


def sentences(text: str) -> Iterator[Span]:
    """The sentences of `text`, each with its closing quotes, without white space around."""
    at = 0
    for match in _STOP.finditer(text):
        span = _trim(text, at, match.end())
        if span:
            yield span
        at = match.end()
    span = _trim(text, at, len(text))
    if span:
        yield span


_STOP = re.compile("(?:[。！？]+|…{2,}(?![，。、；：]))[”’）)》】」』]*|\n")


def _trim(text: str, start: int, end: int) -> Span | None:
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    right = len(inner.rstrip())
    return Span(start + left, start + right) if right > left else None
