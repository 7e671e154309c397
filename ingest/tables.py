"""Tables that stand in a report as lines of text: an indicator a row, unit and figures in its columns.

In: the paragraphs of a report in order, and the district that it is about. Out: for each row's figures a
`Cell` with the indicator, the measure and the unit that row, column and caption give, and the time and the
district where a column or a row is one's own. A header may have two rows. Refuses rows without a header
above them: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ingest import districts, numerals, periods, units
from ingest.model import Measure, Paragraph, Quantity
from ingest.periods import Time

_GAP = re.compile(r"\t+| {2,}|\s*[|│]\s*")
_BAR = re.compile(r"[|│]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SENTENCE = re.compile(r"[，。；！？：、“”]")
_RULE = re.compile(r"[-:\s]*")
_NUMBER = re.compile(r"[-−]?\d+(?:,\d{3})*(?:\.\d+)?%?")
_HEADER = re.compile(
    r"指标|名称|单位|产量|绝对[数量]|总量|数量|增长|增幅|增速|±|同比|比上年|项目|地区|金额|合计|产值|年"
)
_GROWTH = re.compile(r"增长|增幅|增速|±|同比|比上年|比去年|涨幅")
_RATE = re.compile(r"(?:同比|比上年|比去年同期|比去年)?(?:增长|增减|增幅|增速|±)(?:率|速度)?$")
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
    time: Time | None = None
    district: str | None = None


class _Column(NamedTuple):
    role: str  # name, unit, level, growth, share
    noun: str
    unit: str
    time: Time | None = None
    district: str | None = None


def find(paragraphs: Sequence[Paragraph], home: str | None = None) -> Iterator[Cell]:
    """The figures of all tables, in order; `home` is the code of the district that the report is about."""
    header: list[str] = []
    columns: list[_Column] = []
    caption = ""
    framed = False
    above = False
    for position, paragraph in enumerate(paragraphs):
        text = paragraph.text
        cells = _cells(text, framed)
        if unit := _CAPTION_UNIT.search(text):
            caption = unit[1]
        filled = [c for c in cells if c[0]]
        longest = 200 if _BAR.search(text) else 120
        if len(text) > longest or len(filled) < 2 or any(len(c[0]) > 24 for c in cells):
            if paragraph.kind != "heading" and len(text) > 30:
                header, columns, caption = [], [], ""
            framed = above = False
            continue
        if all(_RULE.fullmatch(c[0]) for c in cells):
            continue
        numbers = [c for c in filled if _NUMBER.fullmatch(c[0])]
        if not numbers or _names_years(cells, numbers):
            texts = [f"{text}年" if _YEAR.fullmatch(text) else text for text, _ in cells]
            if above and len(texts) == len(header) and any(_HEADER.search(t) for t in texts):
                header = _under(header, texts)
            elif any(_HEADER.search(t) or _district(t, home) for t in texts[1:]) or _HEADER.search(texts[0]):
                framed = len(_BAR.findall(text)) > len(cells) - 1
                header = texts
            columns, above = _columns(header, home) if header else [], bool(header)
            continue
        above = False
        if columns:
            yield from _row(position, cells, columns, caption, home)


def _cells(text: str, framed: bool = False) -> list[tuple[str, int]]:
    """The cells of a line with their clean offsets: empty ones too where bars part them. A bar at both ends
    of a line frames it, as in Markdown, and does so in the whole table."""
    bars = bool(_BAR.search(text))
    if not bars and "\t" not in text and "  " not in text and not _single_spaced(text.split()):
        return [(text.strip(), len(text) - len(text.lstrip()))] if text.strip() else []
    found, at = [], 0
    for match in [*(_BAR if bars else _GAP).finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[at:end]
        if bars or piece.strip():
            found.append((piece.strip(), at + len(piece) - len(piece.lstrip())))
        at = match.end() if match else end
    if bars and len(found) > 2 and not found[0][0] and (framed or not found[-1][0]):
        return found[1:-1] if not found[-1][0] else found[1:]
    if len(found) == 1:
        words = [(m[0], m.start()) for m in re.finditer(r"\S+", text)]
        if _single_spaced([word for word, _ in words]):
            return words
    return found


def _single_spaced(words: Sequence[str]) -> bool:
    """Whether words with one space between them are cells: a row of figures, or the header of such rows."""
    if len(words) < 3 or any(_SENTENCE.search(word) for word in words):
        return len(words) == 2 and bool(_NUMBER.fullmatch(words[1])) and not _SENTENCE.search(words[0])
    return bool(_NUMBER.fullmatch(words[-1])) or sum(bool(_HEADER.search(word)) for word in words) > 1


def _names_years(cells: Sequence[tuple[str, int]], numbers: Sequence[tuple[str, int]]) -> bool:
    """Whether a row's numbers are the years that head its columns: 指标 | 2022 | 2023."""
    first = cells[0][0]
    return all(_YEAR.fullmatch(n[0]) for n in numbers) and (not first or bool(_HEADER.search(first)))


def _under(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two rows of a header as one; what stands over several columns holds for each of them."""
    joined, over = [], ""
    for high, low in zip(upper, lower, strict=True):
        over = high or (over if low else "")
        joined.append(over + low)
    return joined


def _district(name: str, home: str | None) -> str | None:
    """The unit that a cell names: 全市, or the only one so called in `home` or beside it."""
    table = districts.load()
    if not name or home not in table:
        return None
    if name[0] in "全本" and len(name) == 2:
        return table.enclosing(home, name)
    around = (home, *table.parents(home)[:1]) if home else ()
    found = table.by_name(name)
    for wider in around:
        inside = [id for id in found if table.is_within(id, wider) and not table[id].valid_to]
        if len(inside) == 1:
            return inside[0]
    return None


def _columns(header: Sequence[str], home: str | None) -> list[_Column]:
    columns: list[_Column] = []
    for number, text in enumerate(header):
        unit = _IN_BRACKETS.search(text)
        noun = _IN_BRACKETS.sub("", text)
        if number == 0:
            role = "name"
        elif noun in ("单位", "计量单位"):
            role = "unit"
        elif _GROWTH.search(noun):
            role = "growth"
        elif _SHARE.search(noun):
            role = "share"
        else:
            role = "level"
        times = [t for t in periods.find(noun) if t.kind in ("period", "as-of", "span")] if number else []
        time = (
            times[0]
            if times and (times[0].year or times[0].month or times[0].shift or times[0].offset)
            else None
        )
        place = _district(noun, home) if number else None
        bare = "" if place or _PLAIN.search(noun) else noun
        if role in ("growth", "share"):
            # 增长 beside 地区生产总值 is that column's growth, in its time.
            bare = _RATE.sub("", bare) or next((c.noun for c in reversed(columns) if c.noun), "")
            time = time or next((c.time for c in reversed(columns) if c.time), None)
        columns.append(_Column(role, bare, unit[1] if unit else "", time, place))
    return columns


def _row(
    position: int,
    cells: Sequence[tuple[str, int]],
    columns: Sequence[_Column],
    caption: str,
    home: str | None,
) -> Iterator[Cell]:
    name = cells[0][0]
    if not name or _NUMBER.fullmatch(name):
        return
    place = _district(name, home)
    in_name = _IN_BRACKETS.search(name)
    unit = in_name[1] if in_name and _known(in_name[1]) else ""
    name = re.sub(
        r"^(?:其中|[#＃*]|[一二三四五六七八九十]、|\d+[.、]|[(（]\d+[)）])[:：]?",
        "",
        _IN_BRACKETS.sub("", name) if unit else name,
    )
    values = list(zip(cells, columns, strict=False))
    if len(cells) == len(columns) - 1 and any(c.role == "unit" for c in columns):
        values = list(zip(cells, [c for c in columns if c.role != "unit"], strict=False))
    for (text, start), column in values[1:]:
        if column.role == "unit":
            unit = text if _known(text) else unit
        elif _NUMBER.fullmatch(text):
            own = place and column.noun
            cell = _cell(position, text, start, "" if own else name, column, unit or column.unit or caption)
            if cell:
                yield cell._replace(time=column.time, district=place if own else column.district)


def _known(unit: str) -> bool:
    return bool(re.fullmatch("[十百千万亿]*", unit) is None and _unit(unit))


def _unit(printed: str) -> tuple[str, Decimal] | None:
    """万吨 is 吨 and 10,000; None where it is no unit."""
    match = re.match(r"(?:[十百万亿]|千(?![克瓦米伏升]))*", printed)
    scale = match[0] if match else ""
    table = units.units()
    rest = printed[len(scale) :]
    head, *per = re.split("[/每]", rest)
    if head not in table:
        return None
    unit, factor, _ = table[head]
    return "/".join([unit, *per]), factor * numerals.scale(scale)


def _cell(position: int, text: str, start: int, name: str, column: _Column, printed: str) -> Cell | None:
    value = Decimal(text.rstrip("%").replace(",", "").replace("−", "-"))
    end = start + len(text)
    if column.role in ("growth", "share") or text.endswith("%"):
        measure: Measure = (
            "growth" if column.role == "growth" else "share" if column.role == "share" else "level"
        )
        point = "百分点" in column.unit
        quantity = Quantity(
            start, end, value, None, "百分点" if point else "%", "exact", "percent", False, "%"
        )
        return Cell(position, quantity, name or column.noun, "change" if point else measure)
    found = _unit(printed) if printed else None
    if found is None:
        return None
    unit, factor = found
    noun = column.noun if column.noun and not name.endswith(column.noun) else ""
    quantity = Quantity(start, end, value * factor, None, unit, "exact", "measure", False, printed)
    return Cell(position, quantity, name + noun, "level")
