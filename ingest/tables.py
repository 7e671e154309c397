"""Tables that stand in a report as lines of text: an indicator a row, unit and figures in its columns.

In: the paragraphs of a report in order. Out: for each row's figures a `Cell` with the indicator, the measure
and the unit that row, column and caption give. Refuses rows without a header above them: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ingest import numerals, quantities
from ingest.model import Measure, Paragraph, Quantity

_GAP = re.compile(r"\t+| {2,}|\s*[|│]\s*")
_SINGLE = re.compile(r"\s+")
_NUMBER = re.compile(r"[-−]?\d+(?:,\d{3})*(?:\.\d+)?%?")
_HEADER = re.compile(r"指标|名称|单位|产量|绝对[数量]|总量|数量|增长|增幅|增速|±|同比|比上年|项目|地区|金额|合计|产值|年")
_GROWTH = re.compile(r"增长|增幅|增速|±|同比|比上年|比去年|涨幅")
_SHARE = re.compile(r"比重|占比")
_PLAIN = re.compile(r"绝对[数量]|总量|数量|指标值|数值|合计|实绩|完成|累计|年|月|季|本期|\d")
_IN_BRACKETS = re.compile(r"[(（]([^()（）]{1,10})[)）]")
_CAPTION_UNIT = re.compile(r"单位[:：]\s*([^\s，。;；]{1,8})")


class Cell(NamedTuple):
    """A figure of a table: the paragraph that holds it and what it measures."""

    paragraph: int
    quantity: Quantity
    indicator: str
    measure: Measure


class _Column(NamedTuple):
    role: str  # name, unit, level, growth, share
    noun: str
    unit: str


def find(paragraphs: Sequence[Paragraph]) -> Iterator[Cell]:
    """The figures of all tables, in order."""
    columns: list[_Column] = []
    caption = ""
    for position, paragraph in enumerate(paragraphs):
        text = paragraph.text
        cells = _cells(text)
        if unit := _CAPTION_UNIT.search(text):
            caption = unit[1]
        if len(text) > 120 or len(cells) < 2 or any(len(c[0]) > 24 for c in cells):
            if paragraph.kind != "heading" and len(text) > 30:
                columns, caption = [], ""
            continue
        numbers = [c for c in cells if _NUMBER.fullmatch(c[0])]
        if not numbers:
            columns = _columns(cells) if any(_HEADER.search(c[0]) for c in cells) else columns
            continue
        if columns:
            yield from _row(position, cells, columns, caption)


def _cells(text: str) -> list[tuple[str, int]]:
    """The cells of a line with their clean offsets."""
    found, at = [], 0
    for match in [*_GAP.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[at:end]
        if piece.strip():
            found.append((piece.strip(), at + len(piece) - len(piece.lstrip())))
        at = match.end() if match else end
    if len(found) == 1 and re.search(r"\d\s+[-−]?\d+(?:\.\d+)?\s*$", text):
        return [(m[0], m.start()) for m in re.finditer(r"\S+", text)]
    return found


def _columns(cells: Sequence[tuple[str, int]]) -> list[_Column]:
    columns = []
    for number, (text, _) in enumerate(cells):
        unit = _IN_BRACKETS.search(text)
        noun = _IN_BRACKETS.sub("", text)
        if number == 0:
            role = "name"
        elif noun == "单位" or noun == "计量单位":
            role = "unit"
        elif _GROWTH.search(noun):
            role = "growth"
        elif _SHARE.search(noun):
            role = "share"
        else:
            role = "level"
        columns.append(_Column(role, "" if _PLAIN.search(noun) else noun, unit[1] if unit else ""))
    return columns


def _row(position: int, cells: Sequence[tuple[str, int]], columns: Sequence[_Column], caption: str) -> Iterator[Cell]:
    name = cells[0][0]
    if _NUMBER.fullmatch(name):
        return
    in_name = _IN_BRACKETS.search(name)
    unit = in_name[1] if in_name and _known(in_name[1]) else ""
    name = re.sub(r"^(?:其中|[#＃*]|[一二三四五六七八九十]、|\d+[.、]|[(（]\d+[)）])[:：]?", "", _IN_BRACKETS.sub("", name) if unit else name)
    values = list(zip(cells, columns, strict=False))
    if len(cells) == len(columns) - 1 and any(c.role == "unit" for c in columns):
        values = list(zip(cells, [c for c in columns if c.role != "unit"], strict=False))
    for (text, start), column in values[1:]:
        if column.role == "unit":
            unit = text if _known(text) else unit
        elif _NUMBER.fullmatch(text):
            cell = _cell(position, text, start, name, column, unit or column.unit or caption)
            if cell:
                yield cell


def _known(unit: str) -> bool:
    return bool(re.fullmatch("[十百千万亿]*", unit) is None and _unit(unit))


def _unit(printed: str) -> tuple[str, Decimal] | None:
    """万吨 is 吨 and 10,000; None where it is no unit."""
    match = re.match(r"(?:[十百万亿]|千(?![克瓦米伏升]))*", printed)
    scale = match[0] if match else ""
    table = quantities.units()
    rest = printed[len(scale) :]
    head, *per = re.split("[/每]", rest)
    if head not in table:
        return None
    unit, factor, _ = table[head]
    return "/".join([unit, *per]), factor * numerals._scale(scale)


def _cell(position: int, text: str, start: int, name: str, column: _Column, printed: str) -> Cell | None:
    value = Decimal(text.rstrip("%").replace(",", "").replace("−", "-"))
    end = start + len(text)
    if column.role in ("growth", "share") or text.endswith("%"):
        measure: Measure = "growth" if column.role == "growth" else "share" if column.role == "share" else "level"
        point = "百分点" in column.unit
        quantity = Quantity(start, end, value, None, "百分点" if point else "%", "exact", "percent", False, "%")
        return Cell(position, quantity, name, "change" if point else measure)
    found = _unit(printed) if printed else None
    if found is None:
        return None
    unit, factor = found
    noun = column.noun if column.noun and not name.endswith(column.noun) else ""
    quantity = Quantity(start, end, value * factor, None, unit, "exact", "measure", False, printed)
    return Cell(position, quantity, name + noun, "level")
