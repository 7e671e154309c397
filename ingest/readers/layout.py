"""From characters on pages to text in reading order: lines, columns, tables, paragraphs.

In: the glyphs of each page with their boxes, in no order. Out: the text, and for each printed line where its
characters lie. A gutter that several rows leave free parts columns of prose, which are read one after the
other, or the columns of a table, whose rows become lines with bars between the cells. Lines that fill
their column and don't end a paragraph are joined. Page numbers are left out, and running heads but once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ingest.model import Box, PrintedLine
from ingest.readers.common import CELL

# All in heights of a character.
_SAME_ROW = 0.5
_OVERLAP = 0.25
_GUTTER = 0.9
"""Blank that parts two cells or columns; justified Chinese text leaves less between two characters."""
_WORD_GAP = 0.15
_RAGGED = 1.6
"""How far a full line may end before the column's edge: a stop hangs over, a long word is moved down."""
_INDENT = 0.8
_LEADING = 2.4
"""Lines further apart, from top to top, belong to two paragraphs."""
_SAME_SIZE = 0.2

_MARGIN = 0.1
"""The share of a page's height at its head and foot where page numbers and running heads stand."""
_REPEATED = 3
_PAGE_NUMBER = re.compile(
    r"[-—–·.\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–·.\s]*"
)
_COLUMN_ROWS = 3
_COLUMN_CHARS = 8
_COLUMN_FILL = 0.6
"""Prose fills its column: this share of its width by the line in the middle of the widths."""
_END = re.compile(r"[。！？!?；;：:…][”’」』）)]*$")
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）、]|[.．](?!\d))|第[一二三四五六七八九十]{1,3}[章节部条]|[●■◆▪•○]"
)


class Glyph(NamedTuple):
    """A character and its box in points, `top` smaller than `bottom`; `after_blank` where the file has a
    blank before it."""

    char: str
    left: float
    top: float
    right: float
    bottom: float
    after_blank: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The glyphs of a page, and its height in points."""

    height: float
    glyphs: Sequence[Glyph]


@dataclass(slots=True)
class _Run:
    """Glyphs side by side in a row, with no gutter between them."""

    glyphs: list[Glyph]

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return self.glyphs[-1].right

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)


@dataclass(slots=True)
class _Row:
    """Runs on one level of a page, from left to right."""

    runs: list[_Run]
    top: float
    bottom: float
    size: float

    @property
    def text(self) -> str:
        return " ".join(run.text for run in self.runs)


@dataclass(slots=True)
class _Line:
    """What becomes a line of text or a part of one: cells of a table, or a run of prose in its column.
    `left` and `right` are the edges of the column."""

    page: int
    cells: list[list[Glyph]]
    top: float
    bottom: float
    size: float
    left: float = 0.0
    right: float = 0.0
    column: int = -1

    @property
    def text(self) -> str:
        return "".join(glyph.char for cell in self.cells for glyph in cell)


@dataclass(slots=True)
class _Writer:
    """The text and the places of its lines, as they grow."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    lines: list[PrintedLine] = field(default_factory=list)

    def put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def line(self, line: _Line) -> None:
        """Write a line: bars between cells, blanks between Latin words."""
        start, chars, edges = self.length, [], []
        last = min((glyph.left for cell in line.cells for glyph in cell), default=0.0)
        for number, cell in enumerate(line.cells):
            for char in CELL if number else "":
                chars.append(char)
                edges.append(last)
            before: Glyph | None = None
            for glyph in cell:
                if before and _apart(before, glyph, line.size):
                    chars.append(" ")
                    edges.append(before.right)
                chars.append(glyph.char)
                edges.append(glyph.left)
                before, last = glyph, glyph.right
        self.put("".join(chars))
        rounded = tuple(round(edge, 1) for edge in [*edges, last])
        self.lines.append(PrintedLine(start, line.page, round(line.top, 1), round(line.bottom, 1), rounded))


def lay_out(pages: Sequence[Page]) -> tuple[str, tuple[PrintedLine, ...]]:
    """The text of the pages in reading order, and where its lines are printed, by their start."""
    writer = _Writer()
    before: _Line | None = None
    for line in _in_order(pages):
        if before is not None:
            writer.put("" if _goes_on(before, line) else "\n")
        writer.line(line)
        before = line
    return "".join(writer.pieces), tuple(writer.lines)


def locate(layout: Sequence[PrintedLine], start: int, end: int) -> Iterator[Box]:
    """The boxes of the characters `[start, end)`, one a line that they are on."""
    first = max(bisect_right(layout, start, key=lambda line: line.start) - 1, 0)
    for line in layout[first:]:
        if line.start >= end:
            return
        low, high = max(start - line.start, 0), min(end - line.start, len(line.edges) - 1)
        if low < high:
            yield Box(line.page, line.edges[low], line.top, line.edges[high], line.bottom)


# ---- rows ----


def _in_order(pages: Sequence[Page]) -> Iterator[_Line]:
    """The lines of all pages in reading order."""
    rows_of = _without_furniture([(page.height, _rows(page.glyphs)) for page in pages])
    bands_of = [list(_bands(rows)) for rows in rows_of]
    single = [[row.runs[0] for rows, gutters in bands if not gutters for row in rows] for bands in bands_of]
    edges_of = [(min(run.left for run in runs), max(run.right for run in runs)) for runs in single if runs]
    usual = median(right for _, right in edges_of) if edges_of else 0.0
    for number, (bands, runs) in enumerate(zip(bands_of, single, strict=True), 1):
        # A last page of a few short lines has its edge where the others have theirs.
        left = min((run.left for run in runs), default=0.0)
        right = max((run.right for run in runs), default=0.0)
        for band in bands:
            yield from _lines(band, number, (left, max(right, usual)))


def _rows(glyphs: Iterable[Glyph]) -> list[_Row]:
    """The glyphs level by level, from the top."""
    rows: list[_Row] = []
    level: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.top + glyph.bottom, glyph.left)):
        if level:
            apart = (glyph.top + glyph.bottom - level[0].top - level[0].bottom) / 2
            if apart > _SAME_ROW * min(glyph.bottom - glyph.top, level[0].bottom - level[0].top):
                rows.append(_row(level))
                level = []
        level.append(glyph)
    return _abreast([*rows, _row(level)] if level else rows)


def _abreast(rows: Sequence[_Row]) -> list[_Row]:
    """Rows with those made one that stand beside each other, though not on one level: columns are often
    printed a little lower than their neighbours, and cells in the middle of a taller row."""
    joined: list[_Row] = []
    for row in rows:
        last = joined[-1] if joined else None
        if last and last.bottom - row.top > _OVERLAP * min(last.size, row.size):
            runs = sorted([*last.runs, *row.runs], key=lambda run: run.left)
            gaps = (two.left - one.right for one, two in pairwise(runs))
            if all(gap > _GUTTER * row.size for gap in gaps):
                # The upper row's foot stays, or a whole column would hang together.
                joined[-1] = _Row(runs, last.top, last.bottom, last.size)
                continue
        joined.append(row)
    return joined


def _row(level: Sequence[Glyph]) -> _Row:
    size = max(median(glyph.bottom - glyph.top for glyph in level), 1.0)
    runs: list[_Run] = []
    for glyph in sorted(level, key=lambda glyph: glyph.left):
        before = runs[-1].glyphs[-1] if runs else None
        if (
            before
            and before.char == glyph.char
            and glyph.left - before.left < 0.25 * size
            and _wide(glyph, size)
        ):
            continue  # printed twice to look bold
        if before is None or glyph.left - before.right > _GUTTER * size:
            runs.append(_Run([glyph]))
        else:
            runs[-1].glyphs.append(glyph)
    return _Row(runs, min(glyph.top for glyph in level), max(glyph.bottom for glyph in level), size)


def _wide(glyph: Glyph, size: float) -> bool:
    """Whether a glyph is too wide to stand twice within a quarter of its height."""
    return glyph.right - glyph.left > 0.3 * size


def _apart(one: Glyph, two: Glyph, size: float) -> bool:
    """Whether a blank belongs between two glyphs: between Latin words and numbers, not in Chinese."""
    if not (one.char.isascii() and two.char.isascii()):
        return False
    gap = two.left - one.right
    return gap > (_WORD_GAP if two.after_blank else 2 * _WORD_GAP) * size


def _without_furniture(pages: Sequence[tuple[float, list[_Row]]]) -> list[list[_Row]]:
    """The rows of each page without page numbers, and with running heads only where they first stand."""

    def at_edge(row: _Row, height: float) -> bool:
        return row.bottom < _MARGIN * height or row.top > (1 - _MARGIN) * height

    seen = Counter(
        key
        for height, rows in pages
        for key in {re.sub(r"\d+", "#", row.text) for row in rows if at_edge(row, height)}
    )
    told: set[str] = set()
    kept: list[list[_Row]] = []
    for height, rows in pages:
        kept.append([])
        for row in rows:
            key = re.sub(r"\d+", "#", row.text)
            if at_edge(row, height):
                if _PAGE_NUMBER.fullmatch(row.text) or (seen[key] >= _REPEATED and key in told):
                    continue
                told.add(key)
            kept[-1].append(row)
    return kept


# ---- columns and tables ----


Interval = tuple[float, float]


def _bands(rows: Sequence[_Row]) -> Iterator[tuple[list[_Row], list[Interval]]]:
    """Rows one below the other that leave the same gutters free, with those gutters."""
    band: list[_Row] = []
    ink: list[Interval] = []
    for row in rows:
        own = [(run.left, run.right) for run in row.runs]
        both = _union([*ink, *own], _GUTTER * row.size)
        if band and len(both) < max(len(ink), len(own)):
            yield band, _between(ink)
            band, both = [], own
        band.append(row)
        ink = both
    if band:
        yield band, _between(ink)


def _union(intervals: Iterable[Interval], gutter: float) -> list[Interval]:
    """The intervals that ink covers; two with less than a gutter between them are one."""
    merged: list[Interval] = []
    for left, right in sorted(intervals):
        if merged and left - merged[-1][1] < gutter:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _between(ink: Sequence[Interval]) -> list[Interval]:
    return [(one[1], two[0]) for one, two in pairwise(ink)]


def _lines(band: tuple[list[_Row], list[Interval]], page: int, edges: Interval) -> Iterator[_Line]:
    """The lines of a band: one column, columns of prose one after the other, or the rows of a table."""
    rows, gutters = band
    if not gutters:
        for row in rows:
            yield _Line(page, [row.runs[0].glyphs], row.top, row.bottom, row.size, *edges, 0)
        return
    starts = [right for _, right in gutters]
    columns: list[list[tuple[_Row, _Run]]] = [[] for _ in range(len(starts) + 1)]
    for row in rows:
        for run in row.runs:
            columns[bisect_right(starts, run.left + 0.1)].append((row, run))
    if all(map(_is_prose, columns)):
        for number, column in enumerate(columns, 1):
            left, right = min(run.left for _, run in column), max(run.right for _, run in column)
            for row, run in column:
                top = min(glyph.top for glyph in run.glyphs)
                bottom = max(glyph.bottom for glyph in run.glyphs)
                yield _Line(page, [run.glyphs], top, bottom, row.size, left, right, number)
        return
    for row in rows:
        cells: list[list[Glyph]] = [[] for _ in columns]
        for run in row.runs:
            cells[bisect_right(starts, run.left + 0.1)] += run.glyphs
        yield _Line(page, cells, row.top, row.bottom, row.size)


def _is_prose(column: Sequence[tuple[_Row, _Run]]) -> bool:
    """Whether the runs of a column read on from line to line."""
    if len(column) < _COLUMN_ROWS:
        return False
    width = max(run.right for _, run in column) - min(run.left for _, run in column)
    filled = median(run.right - run.left for _, run in column) >= _COLUMN_FILL * width
    return filled and median(len(run.glyphs) for _, run in column) >= _COLUMN_CHARS


# ---- paragraphs ----


def _goes_on(before: _Line, line: _Line) -> bool:
    """Whether a line continues the paragraph of the line before it."""
    if before.column < 0 or line.column < 0 or abs(before.size - line.size) > _SAME_SIZE * line.size:
        return False
    full = before.right - before.cells[0][-1].right <= _RAGGED * before.size
    flush = line.cells[0][0].left - line.left <= _INDENT * line.size
    if not (full and flush) or _NUMBERED.match(line.text[:6]):
        return False
    if before.page == line.page and before.column == line.column:
        return line.top - before.top <= _LEADING * line.size
    return not _END.search(before.text[-4:])
