"""Excel workbooks: a sheet a table, numbers as numbers, text as text.

Comes in: answers. Goes out: one .xlsx, written row after row. Excel holds 32,767 characters a cell and
1,048,575 rows under a heading: rows beyond go on in a further sheet, and a cell that is cut ends by saying
so, which `write` tells too, so that nothing is cut in silence. Control characters, which the format forbids,
become spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from .database import Answer, Row, Value
from .output import cell, width

# https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
CELL_LIMIT = 32_767
ROW_LIMIT = 1_048_575
SHEET_NAME_LIMIT = 31
CUT = "…〔全文 {n:,} 字，见 CSV；{n:,} characters in full, in the CSV〕"
FORBIDDEN = re.compile("[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f]")  # https://www.w3.org/TR/xml/#charsets
EXACT = 10**15  # Excel keeps numbers as floats of 15 digits
# Columns are as wide as their first rows ask, within these numbers of characters.
MEASURED, NARROWEST, WIDEST = 100, 8, 60


def write(answers: Iterable[Answer], file: Path | IO[bytes]) -> list[str]:
    """Write the workbook; returns a line for each sheet of which something was cut."""
    from openpyxl import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to import

    book = Workbook(write_only=True)
    cuts = [cut for answer in answers for cut in _sheets(book, answer)]
    book.save(file)
    return cuts


def _sheets(book: Any, answer: Answer) -> Iterator[str]:
    """The sheets of one answer; tells what was cut."""
    number = long_cells = 0
    rows = iter(answer.rows)
    while (first := list(islice(rows, MEASURED))) or not number:
        number += 1
        suffix = f" ({number})" if number > 1 else ""
        sheet = book.create_sheet(answer.name[: SHEET_NAME_LIMIT - len(suffix)] + suffix)
        _lay_out(sheet, answer.columns, first)
        for row in chain(first, islice(rows, ROW_LIMIT - len(first))):
            long_cells += sum(isinstance(value, str) and len(value) > CELL_LIMIT for value in row)
            sheet.append([_cell(sheet, value) for value in row])
    if long_cells:
        yield f"{answer.name}: {long_cells} cells cut at {CELL_LIMIT:,} characters, Excel's limit"


def _lay_out(sheet: Any, columns: tuple[str, ...], first: list[Row]) -> None:
    """The heading, bold, and always in sight; columns as wide as the first rows ask."""
    from openpyxl.styles import Font  # type: ignore[import-untyped]  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]  # noqa: PLC0415

    sheet.freeze_panes = "A2"
    for at, name in enumerate(columns):
        widest = max((width(cell(row[at])[:WIDEST]) for row in first), default=0)
        column = sheet.column_dimensions[get_column_letter(at + 1)]
        column.width = min(max(widest, width(name) + 1, NARROWEST), WIDEST) + 1
    heading = [_marked(sheet, name) for name in columns]
    for named in heading:
        named.font = Font(bold=True)
    sheet.append(heading)


def _cell(sheet: Any, value: Value) -> Any:
    """A value as the sheet takes it. Text that openpyxl would take for a formula or an error is marked as
    text; other text is not, since that takes ten times as long."""
    if isinstance(value, int) and abs(value) >= EXACT:
        value = str(value)
    if not isinstance(value, str):
        return value
    if len(value) > CELL_LIMIT:
        told = CUT.format(n=len(value))
        value = value[: CELL_LIMIT - len(told)] + told
    if not value.isprintable():
        value = FORBIDDEN.sub(" ", value)
    return _marked(sheet, value) if value.startswith(("=", "#")) else value


def _marked(sheet: Any, text: str) -> Any:
    """A cell that is text."""
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]  # noqa: PLC0415

    made = WriteOnlyCell(sheet, text)
    made.data_type = "s"
    return made
