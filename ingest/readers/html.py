"""Web pages: the main text, and what the page's header tells of it.

In: a page as saved. Out: the title and the blocks of the part that holds most of the prose, a line each; the
rows of tables with bars between the cells; title, publisher and date from the page's tags, else from the
line under the headline; the page itself without what runs in it. Which part holds the prose is decided by
the text alone (characters outside links, prose weighing more), so it needs no rules for a site.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ingest.model import ReadError
from ingest.readers import metadata
from ingest.readers.common import File, Part, Parts, one_line, row
from ingest.readers.text import decode

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_HEAD = 8192
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
"""A charset as pages name it -> the one that they are written in."""

_NO_TEXT = ("script", "style", "noscript", "template", "svg", "iframe", "object")
_LEFT_OUT = frozenset((*_NO_TEXT, "nav", "footer", "form", "select", "button", "textarea"))
_INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
            "label",
        ),
        *(
            "mark",
            "q",
            "s",
            "samp",
            "small",
            "span",
            "strike",
            "strong",
            "sub",
            "sup",
            "time",
            "tt",
            "u",
            "var",
        ),
        *("wbr", "o:p", "st1:chsdate"),
    )
)
_STOPS = re.compile("[，。；：！？]")
_FIGURE = re.compile(r"\d")
_PROSE, _OTHER = 1.0, 0.2
"""What a character counts in prose or beside a figure, and elsewhere (menus, labels)."""
_MOST_OF_IT = 0.7
"""The share of the page's prose with which a part is taken to hold the report."""
_LINKED = 0.6
"""The share of a short block in links from which on it's a list of links."""
_LAYOUT_CELL = 60
"""Tables with longer cells than this, in the middle of their sizes, arrange a page."""
_LONGEST_HTML = 1_000_000
_NEAR = 40
"""Elements and texts behind the start of the main part that may still belong to its headline."""
_PUBLISHED = re.compile(r"(?:时间|日期) ?[:：] ?((?:19|20)\d\d ?[年/.-] ?\d{1,2} ?[月/.-] ?\d{1,2})")
_BARE_DATE = re.compile(r"(?:19|20)\d\d[年/.-]\d{1,2}[月/.-]\d{1,2}日?(?: ?\d{1,2}:\d\d(?::\d\d)?)?")
_PUBLISHER = re.compile(r"(?:来源|发布机构|发布单位|稿源) ?[:：] ?([^\s|:：，。]{2,24})")
_TITLE_PARTS = re.compile(r"\s*[|_｜]\s*|\s+[-–—]+\s+|\s*[-–—]{2,}\s*")


@dataclass(slots=True)
class _Node:
    """An element, or a run of text in its parent. `end` is the place behind its last descendant."""

    tag: str
    parent: int
    text: str = ""
    end: int = 0
    linked: bool = False
    score: float = 0.0
    span: tuple[int, int] = (1, 1)


@dataclass(slots=True)
class _Block:
    """The text between two breaks, and how much of it are links."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0

    def add(self, text: str, linked: bool) -> None:
        self.pieces.append(text)
        self.linked += len(text.strip()) if linked else 0

    def line(self) -> str:
        """The block as a line, '' where it only leads elsewhere."""
        text = one_line("".join(self.pieces))
        links = self.linked > _LINKED * len(text) and not text.endswith(("。", "！", "？"))
        return "" if links else text


def read(file: File) -> Parts:
    """The page's report. Raises ReadError `empty` where the page holds no text (its text is put in later by
    a script, or there is none)."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 -- only pages need it

    tree = LexborHTMLParser(_decoded(file))
    told = metadata.chosen("html", _tags(tree))
    headline = _headline(tree)
    tree.strip_tags(list(_NO_TEXT))
    page = tree.html or ""
    nodes = _flat(tree)
    top = _main(nodes)
    lines = list(_lines(nodes, top)) if nodes else []
    if not any(_STOPS.search(line) or _FIGURE.search(line) for line in lines):
        raise ReadError("empty", f"{file.name}: the page holds no report; save it when it is fully shown")
    told.setdefault("title", headline)
    _from_page(told, [one_line(node.text) for node in nodes[: top + _NEAR] if node.text])
    source, notes = metadata.source({name: value for name, value in told.items() if value.strip()})
    title = source.title or ""
    if title and not any(title in line or line in title for line in lines[:5]):
        lines.insert(0, title)
    kept = page if len(page) <= _LONGEST_HTML else None
    yield Part("\n".join(lines), source, url=told.get("url"), html=kept, notes=notes)


def _decoded(file: File) -> str:
    """The page in the charset that it names, if it is in it; else in the one that reads like Chinese."""
    named = _CHARSET.search(file.data[:_HEAD])
    if named and not file.data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        charset = named[1].decode("ascii").lower()
        try:
            return file.data.decode(_WIDER.get(charset, charset))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(file.data, file.name)


# ---- what the page tells of itself ----


def _tags(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for tag in tree.css("meta"):
        given = tag.attributes
        name = given.get("name") or given.get("property") or given.get("itemprop")
        if name and given.get("content"):
            yield name, given["content"] or ""


def _headline(tree: LexborHTMLParser) -> str:
    """The page's only first heading, else the longest part of its title."""
    headings = [one_line(node.text()) for node in tree.css("h1")]
    headings = [text for text in headings if text]
    if len(headings) == 1:
        return headings[0]
    node = tree.css_first("title")
    return max(_TITLE_PARTS.split(one_line(node.text())), key=len) if node else ""


def _from_page(told: dict[str, str], around: list[str]) -> None:
    """Date and publisher from the line under the headline, where the tags don't tell them."""
    joined = " ".join(around)
    bare = next((text for text in around if _BARE_DATE.fullmatch(text)), "")
    if "published_on" not in told and (match := _PUBLISHED.search(joined)):
        told["published_on"] = match[1]
    elif bare:
        told.setdefault("published_on", bare)
    if match := _PUBLISHER.search(joined):
        told.setdefault("publisher", match[1])


# ---- the part that holds the report ----


def _flat(tree: LexborHTMLParser) -> list[_Node]:
    """The elements and texts under `body` in the order of the page, without what is no text."""
    nodes: list[_Node] = []
    start: Any = tree.body
    if start is None:
        return nodes
    node, parent = start, -1
    while node is not None:
        tag = node.tag
        closed = tag in _LEFT_OUT or tag == "_comment"
        if not closed:
            here = _Node(tag, parent)
            here.linked = tag == "a" or (parent >= 0 and nodes[parent].linked)
            if tag == "-text":
                here.text = node.text_content or ""
                here.score = 0 if here.linked else _weight(here.text)
            elif tag in ("td", "th"):
                here.span = (_number(node, "colspan"), _number(node, "rowspan"))
            nodes.append(here)
            if node.child is not None:
                parent = len(nodes) - 1
                node = node.child
                continue
            here.end = len(nodes)
        while node is not None and node.next is None:
            node = node.parent
            if node is None or parent < 0:
                break
            nodes[parent].end = len(nodes)
            parent = nodes[parent].parent
            if parent < 0:
                node = None
        node = node.next if node is not None else None
    return nodes


def _weight(text: str) -> float:
    return len(text.strip()) * (_PROSE if _STOPS.search(text) or _FIGURE.search(text) else _OTHER)


def _number(node: Any, name: str) -> int:
    value = node.attributes.get(name) or "1"
    return min(max(int(value), 1), 100) if value.isascii() and value.isdigit() else 1


def _main(nodes: list[_Node]) -> int:
    """The innermost element that holds most of the page's prose."""
    best: dict[int, int] = {}
    for at in range(len(nodes) - 1, 0, -1):
        parent = nodes[at].parent
        nodes[parent].score += nodes[at].score
        if nodes[at].tag != "-text" and nodes[at].score >= nodes[best.get(parent, at)].score:
            best[parent] = at
    top = 0
    least = _MOST_OF_IT * nodes[0].score if nodes else 0.0
    while top in best and nodes[best[top]].score >= least > 0:
        if nodes[best[top]].tag in ("p", "tr", "td", "th", "li") and nodes[best[top]].end - best[top] < 12:
            break
        top = best[top]
    return top


# ---- lines ----


def _lines(nodes: list[_Node], top: int) -> Iterator[str]:
    """The blocks under `top`, and the rows of its tables."""
    tables = [place for place, node in enumerate(nodes) if node.tag == "table"]
    block = _Block()
    open_: list[int] = []
    at = top
    while at < nodes[top].end:
        while open_ and nodes[open_[-1]].end <= at:
            open_.pop()
            if line := block.line():
                yield line
            block = _Block()
        node = nodes[at]
        if node.tag == "-text":
            block.add(node.text, node.linked)
        elif node.tag not in _INLINE:
            if line := block.line():
                yield line
            block = _Block()
            inner = bisect_right(tables, at)
            outermost = inner == len(tables) or tables[inner] >= node.end
            if node.tag == "table" and outermost and (rows := _table(nodes, at)):
                yield from rows
                at = node.end
                continue
            open_.append(at)
        at += 1
    if line := block.line():
        yield line


def _table(nodes: list[_Node], at: int) -> list[str]:
    """The rows of a table without tables in it; nothing where it only arranges the page."""
    rows: list[list[str]] = []
    below: dict[int, int] = {}
    place = at + 1
    while place < nodes[at].end:
        node = nodes[place]
        if node.tag == "tr":
            rows.append([])
            below = {column: left - 1 for column, left in below.items() if left > 1}
        elif node.tag in ("td", "th") and rows:
            while len(rows[-1]) in below:
                rows[-1].append("")
            width, height = node.span
            if height > 1:
                below |= dict.fromkeys(range(len(rows[-1]), len(rows[-1]) + width), height)
            text = "".join(inner.text for inner in nodes[place : node.end])
            rows[-1] += [text, *[""] * (width - 1)]
            place = node.end
            continue
        place += 1
    sizes = sorted(len(cell.strip()) for cells in rows for cell in cells if cell.strip())
    is_data = sum(len(cells) > 1 for cells in rows) > 1 and sizes and sizes[len(sizes) // 2] <= _LAYOUT_CELL
    return [line for cells in rows if (line := row(cells))] if is_data else []
