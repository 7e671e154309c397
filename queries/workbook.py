"""Excel workbooks: a sheet a table, numbers as numbers, text as text.

Comes in: answers. Goes out: one .xlsx, written row after row. Excel holds 32,767 characters a cell and
1,048,575 rows under a heading; what goes beyond is cut, and `write` tells where, so that nothing is cut in
silence. Control characters, which the format forbids, become spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .database import Answer, Value

# https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
CELL_LIMIT = 32_767
ROW_LIMIT = 1_048_575
SHEET_NAME_LIMIT = 31


def write(answers: Iterable[Answer], path: Path) -> list[str]:
    """Write the workbook; returns a line for each sheet of which something was cut."""
    from openpyxl import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to import

    book = Workbook(write_only=True)
    cuts = [cut for answer in answers for cut in _sheet(book, answer)]
    book.save(path)
    return cuts


def _sheet(book: Any, answer: Answer) -> Iterator[str]:
    sheet = book.create_sheet(answer.name[:SHEET_NAME_LIMIT])
    sheet.freeze_panes = "A2"
    sheet.append(list(answer.columns))
    long_cells = 0
    for number, row in enumerate(answer.rows):
        if number == ROW_LIMIT:
            yield f"{answer.name}: cut at {ROW_LIMIT:,} rows, Excel's limit"
            break
        long_cells += sum(isinstance(value, str) and len(value) > CELL_LIMIT for value in row)
        sheet.append([_cell(sheet, value) for value in row])
    if long_cells:
        yield f"{answer.name}: {long_cells} cells cut at {CELL_LIMIT:,} characters, Excel's limit"


def _cell(sheet: Any, value: Value) -> Any:
    """A value as a cell; text is marked as text, or openpyxl would take `=…` for a formula."""
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]  # noqa: PLC0415
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped]  # noqa: PLC0415

    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", value)[:CELL_LIMIT])
    cell.data_type = "s"
    return cell
