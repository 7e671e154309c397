"""From clean text to paragraphs in reading order, each of a kind, under its headings, cut into sentences.

In comes a `Cleaned`; out go `Paragraph`s. Hard-wrapped lines are joined, paragraphs that a column or a page
cut in mid-sentence are sewn together, and page furniture, link lists, captions and credits are set apart.
Nothing is left out: every character but white space is in exactly one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle, pairwise

from .edits import join
from .lines import (
    HEADLINE,
    LONGEST_HEADLINE,
    Line,
    furniture,
    has_prose,
    is_bulleted,
    is_caption,
    is_credit,
    is_headline,
    is_publisher,
    is_tabular,
    lines,
    numbering,
    sentences,
)
from .model import Cleaned, MappedText, Paragraph
from .sew import continuations

_UNNUMBERED = 6
_TAIL_SHARE = 0.25
# 青阳日报, 人民网·要闻: the paper over its article.
_MASTHEAD = re.compile(
    r"[\u4e00-\u9fff]{2,10}(?:日报|晚报|晨报|时报|早报|周报|都市报|商报|周刊|网)"
    r"(?:[·|｜ ]?[\u4e00-\u9fff]{2,4})?"
)
_BANNER = re.compile(
    r"(?:特刊|专刊|专版|特别报道|特别策划|专题|专栏|系列报道)(?:[·|丨：].*)?$"
    r"|^[A-Z]?[0-9]{1,2}版? ?[\u4e00-\u9fff]{2,6}$"
)
_EYEBROW = re.compile(r"(?:契机|机遇|背景下|抓手|引领|导向|主线|动力|之际|目标|统领|牵引|指引|支撑|[—:：])$")
_LABEL = re.compile(
    r"(?:链接|相关链接|核心提示|编者按|导读|导语|摘要|提要|要点|目录|(?:访谈|对话)?嘉宾|受访[者人]|各位代表|同志们|尊敬的.*|各位.*|背景|名词解释|新闻链接|延伸|附|附件|注|附注|注释)[:：]?"
)
TITLE_LABEL = re.compile(r"(?:原?标题|题目|文章标题|title)[:：]\s*['‘“\"]?")
"""What a page puts before the title of its report."""
_DATED = re.compile(r"(?:时间|日期|来源|作者|发布|编辑)[:：]?.{0,40}?\d{4}|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}")
_DATE_LINE = re.compile(r"[\d年月日\s./:：-]+(?:星期[一二三四五六日天]?)?")
_MARKDOWN = re.compile(r"#{1,6} +")
_FIGURE = re.compile("[0-9](?!年)")


def segment(cleaned: Cleaned) -> tuple[Paragraph, ...]:
    """The paragraphs of a clean text, in reading order."""
    rows = lines(cleaned.mapped.text)
    _classify(rows)
    rows = _sewn(rows)
    _choose_title(rows)
    return tuple(map(_curled, _paragraphs(rows, cleaned.mapped)))


def _curled(paragraph: Paragraph) -> Paragraph:
    """The paragraph with straight quotation marks curled, where they come in pairs; no offset moves."""
    pieces = paragraph.text.split('"')
    if len(pieces) % 2 == 0 or len(pieces) == 1:
        return paragraph
    text = "".join(piece + mark for piece, mark in zip(pieces, cycle("“”"), strict=False))[:-1]
    return replace(paragraph, mapped=replace(paragraph.mapped, text=text))


# ---- kinds ----


def _classify(rows: Sequence[Line]) -> None:
    """Sets the kind of every line, the title's excepted."""
    _set_furniture_apart(rows)
    _set_links_apart(rows)
    _set_dated_links_apart(rows)
    gaps = sorted(row.gap for row in rows)
    usual = gaps[len(gaps) // 2] if gaps else 0
    begun = False
    for at, row in enumerate(rows):
        if row.kind != "body":
            continue
        begun |= has_prose(row.text)
        if mark := _MARKDOWN.match(row.text):
            row.level = mark.end()
            row.kind = "heading"
        elif is_credit(row.text) or (not begun and is_publisher(row.text)):
            row.kind = "credit"
        elif is_caption(row.text) or (at and row.gap >= usual + 2 and _bare_caption(row.text)):
            row.kind = "caption"
        elif _is_heading(row.text):
            row.kind = "heading"


def _set_furniture_apart(rows: Sequence[Line]) -> None:
    """Marks furniture and the lists of links that it heads as boilerplate."""
    total = sum(len(row.text) for row in rows)
    seen = 0
    begun = listing = ended = False
    for row in rows:
        effect = furniture(row.text)
        prose = effect is None and has_prose(row.text)
        begun |= prose
        # Before the report begins a list's name is one of the page's menus, and the title follows.
        listing = begun and not prose and (listing or effect == "list")
        ended |= effect == "tail" and total - seen <= _TAIL_SHARE * total
        if effect == "credit" and not (listing or ended):
            row.kind = "credit"
        elif effect or listing or ended:
            row.kind = "boilerplate"
        seen += len(row.text)


def _set_links_apart(rows: Sequence[Line]) -> None:
    """Marks the list of links at the end of a page that no heading announces: headlines, some cut off by
    dots. A list of figures in bullets has none of those."""
    tail = len(rows)
    while tail and (rows[tail - 1].kind == "boilerplate" or is_bulleted(rows[tail - 1].text)):
        tail -= 1
    links = [row for row in rows[tail:] if row.kind == "body"]
    if sum(row.text.endswith(("...", "…")) for row in links) >= 2:
        for row in links:
            row.kind = "boilerplate"


# 外县项目动工 总投资9.2亿 2012-03-18
_DATED_LINK = re.compile(
    r"[^。；]{4,60}[\s(（\[【](?:(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]|(?:1[0-2]|0?[1-9])[-/月])\d{1,2}日?"
    r"(?:\s+\d{1,2}:\d\d)?[)）\]】]?"
)
_LINKS = 3
"""Lines in a row that end in a date which make a list of links."""
_LINKS_HEAD = 14
"""Characters that the name of such a list may have."""


def _set_dated_links_apart(rows: Sequence[Line]) -> None:
    """Marks lists of headlines that each end in a date, and the line that names such a list."""
    start = 0
    for at in range(len(rows) + 1):
        if at < len(rows) and _DATED_LINK.fullmatch(rows[at].text):
            continue
        if at - start >= _LINKS:
            named = start and len(rows[start - 1].text) <= _LINKS_HEAD and not has_prose(rows[start - 1].text)
            for row in rows[start - bool(named) : at]:
                row.kind = "boilerplate"
        start = at + 1


def _bare_caption(text: str) -> bool:
    """Whether a line where a picture was taken out may be its caption."""
    return len(text) <= 30 and is_headline(text) and not numbering(text) and "，" not in text


def _is_heading(text: str) -> bool:
    if len(text) > LONGEST_HEADLINE or is_tabular(text):
        return False
    if text[0] in "◆●■★▪•·-" and re.search("[0-9]", text):
        return False
    if is_headline(text):
        return True
    one_sentence = text[-1] in "。：" and text.find("。") in (-1, len(text) - 1)
    numbered = numbering(text) in (1, 2, 3) and len(text) <= HEADLINE
    return numbered and one_sentence and not _FIGURE.search(text)


def _in_parts(text: str) -> bool:
    """Whether a line is a headline of parts set apart by blanks, as newspapers print them over a page."""
    parts = re.split(" {2,}", text)
    words = is_headline(" ".join(parts)) and not re.search("[0-9]", text)
    return len(parts) > 1 and words and all(len(part) >= PART for part in parts)


PART = 4
"""Characters that a headline's part has at least; cells of a table's head are often shorter."""


def _choose_title(rows: Sequence[Line]) -> None:
    """Makes the first headline the title; a banner over it or a line that only leads up to it is none."""
    before_body: list[Line] = []
    for at, row in enumerate(rows):
        if row.kind == "body" and has_prose(row.text):
            break
        if (
            row.kind == "body"
            and _in_parts(row.text)
            and not any(is_tabular(r.text) for r in rows[at + 1 : at + 2])
        ):
            row.kind = "heading"
        if TITLE_LABEL.match(row.text):
            row.kind = "title"
            return
        none = row.text[0] in "—(" or _LABEL.fullmatch(row.text) or _BANNER.search(row.text)
        none = none or _DATE_LINE.fullmatch(row.text) or _MASTHEAD.fullmatch(row.text)
        if row.kind == "heading" and not none:
            before_body.append(row)
            if at + 1 < len(rows) and rows[at + 1].kind == "credit" and _DATED.search(rows[at + 1].text):
                # The line above 时间：… 来源：… is the title, whatever menus stand over it.
                row.kind = "title"
                return
    # 二、2024年主要目标 heads a section, also where a text begins with it.
    plain = [row for row in before_body if not numbering(row.text)]
    leading = [row for row in plain if not _EYEBROW.search(row.text)] or plain
    if leading:
        leading[0].kind = "title"


# ---- sewing ----


def _sewn(rows: list[Line]) -> list[Line]:
    """The lines with continuations joined to the lines that break off."""
    body: list[Line] = []
    breaks: set[int] = set()
    headed = False
    for row in rows:
        if row.kind == "body" or (row.kind == "heading" and len(row.text) >= 22 and not numbering(row.text)):
            if headed:
                breaks.add(len(body))
            body.append(row)
            headed = False
        elif row.kind in ("heading", "credit", "boilerplate"):
            headed = row.kind == "heading"
    following = continuations(body, frozenset(breaks))
    if not following:
        return rows
    place = {id(row): at for at, row in enumerate(rows)}
    gone: set[int] = set()
    tails: dict[int, list[Line]] = {}
    continuing = {id(body[to]) for to in following.values()}
    for first in sorted(following.keys() - set(following.values())):
        chain = [body[first]]
        at = first
        while at in following:
            at = following[at]
            chain.append(body[at])
        if any(_heading_between(rows, place[id(one)], place[id(two)]) for one, two in pairwise(chain)):
            tails[id(chain[0])] = _column(rows, place[id(chain[-1])], continuing)
        gone.update(id(part) for part in chain[1:])
        chain[0].text = "".join(part.text for part in chain)
        chain[0].pieces = [piece for part in chain for piece in part.pieces]
        chain[0].kind = "body"
    return _reordered([row for row in rows if id(row) not in gone], tails)


def _heading_between(rows: Sequence[Line], one: int, two: int) -> bool:
    return any(row.kind == "heading" for row in rows[min(one, two) : max(one, two)])


def _column(rows: Sequence[Line], last: int, continuing: set[int]) -> list[Line]:
    """The paragraphs that follow a continuation in its column, to the next heading or other continuation."""
    column = []
    for row in rows[last + 1 :]:
        if row.kind != "body" or id(row) in continuing:
            break
        column.append(row)
    return column


def _reordered(rows: Sequence[Line], tails: dict[int, list[Line]]) -> list[Line]:
    """`rows` with each tail moved behind the line that it follows in the column."""
    moved = {id(row) for tail in tails.values() for row in tail}
    order: list[Line] = []
    done: set[int] = set()
    for row in (*(row for row in rows if id(row) not in moved), *rows):
        waiting = [row]
        while waiting:
            next_row = waiting.pop()
            if id(next_row) not in done:
                done.add(id(next_row))
                order.append(next_row)
                waiting += reversed(tails.get(id(next_row), ()))
    return order


# ---- sections ----


_FIRST = re.compile("[(]?[一1][)、.．]")
UNDER = 0.5
"""By how much a bare heading stands above the list that it opens."""


class _Sections:
    """The headings that hold where the reading has got to, the outermost first."""

    def __init__(self, numbered: bool) -> None:
        self._stack: list[tuple[float, str]] = []
        self._numbered = numbered
        self._bare = False

    def enter(self, text: str, level: int, run_in: bool = False) -> None:
        """Opens a heading; one straight under another of its level is taken as its subheading."""
        if _LABEL.fullmatch(text):
            self.clear()
            return
        level = level or (_UNNUMBERED if self._numbered and self._stack else 1)
        if self._bare and not run_in and level in (1, _UNNUMBERED):
            level = min(max(level, int(self._stack[-1][0]) + 1), level + 2)
        if self._stack and _FIRST.match(text) and not numbering(self._stack[-1][1]):
            # 2025年工作安排：(一)…: the list that a bare heading opens stands under it.
            above, heading = self._stack[-1]
            self._stack[-1] = (min(above, level - UNDER), heading)
        while self._stack and self._stack[-1][0] >= level:
            self._stack.pop()
        self._stack.append((level, text))
        self._bare = not run_in

    def clear(self) -> None:
        self._stack.clear()
        self._bare = False

    def body(self) -> None:
        self._bare = False

    @property
    def path(self) -> str:
        return " / ".join(text for _, text in self._stack)


def _paragraphs(rows: Sequence[Line], mapped: MappedText) -> Iterator[Paragraph]:
    sections = _Sections(any(row.kind == "heading" and numbering(row.text) for row in rows))
    for index, row in enumerate(rows):
        depth = row.level or numbering(row.text)
        if row.kind == "title":
            sections.clear()
        elif row.kind == "heading":
            # A title's second line, or the date and place under it, heads nothing.
            if depth or row.text[0] not in "—(":
                sections.enter(_heading_text(row.text), depth)
        elif row.kind == "body":
            sections.body()
            head = row.text[: HEADLINE + 1].partition("。")
            if depth and head[1] and len(head[0]) <= HEADLINE and not re.search("[0-9]", head[0][4:]):
                sections.enter(head[0], depth, run_in=True)
        parts = [mapped.cut(*piece) for piece in row.pieces]
        text = join(parts)
        section = sections.path if row.kind in ("body", "heading", "caption") else ""
        yield Paragraph(index, row.kind, section, text, tuple(sentences(text.text)))


def _heading_text(text: str) -> str:
    return _MARKDOWN.sub("", text).rstrip("。：: ")
