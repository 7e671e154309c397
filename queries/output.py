"""Writing rows for people and programs: CSV, JSON, JSON Lines, and a table for the terminal.

Comes in: an `Answer`. Goes out: text to an open file, row after row, so that no table is held in
memory (the terminal's table excepted, whose columns must be measured).
"""

from __future__ import annotations

import csv
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from .database import Answer, Value

BOM = "\ufeff"
# https://owasp.org/www-community/attacks/CSV_Injection, with the full-width forms that Excel reads alike.
_FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+\-]?[0-9][0-9.,]*%?")
GAP = "  "


def inert(value: Value) -> Value:
    """The value as a spreadsheet may hold it: text that it would take for a formula gets an apostrophe
    before it; numbers, and text that is only a number, stay."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value


def write_csv(answer: Answer, file: TextIO) -> None:
    """CSV that Excel opens rightly in Chinese: UTF-8 with BOM, CRLF, no formulas. `file` needs newline=''."""
    file.write(BOM)
    writer = csv.writer(file)
    writer.writerow(answer.columns)
    writer.writerows([inert(value) for value in row] for row in answer.rows)


def write_jsonl(answer: Answer, file: TextIO) -> None:
    """JSON Lines: an object a row."""
    for row in answer.rows:
        file.write(json.dumps(dict(zip(answer.columns, row, strict=True)), ensure_ascii=False) + "\n")


def write_json(answer: Answer, file: TextIO) -> None:
    """One JSON array of objects, an object a row."""
    separator = "[\n"
    for row in answer.rows:
        file.write(separator + json.dumps(dict(zip(answer.columns, row, strict=True)), ensure_ascii=False))
        separator = ",\n"
    file.write("\n]\n" if separator == ",\n" else "[]\n")


Writer = Callable[[Answer, TextIO], None]
WRITERS: Mapping[str, Writer] = {"csv": write_csv, "json": write_json, "jsonl": write_jsonl}


def width(text: str) -> int:
    """The columns that a terminal gives the text: two for a wide character, none for a combining one."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def table(answer: Answer, room: int) -> str:
    """The rows as a table at most `room` columns wide: short rows side by side, else a block a row."""
    rows = [[cell(value) for value in row] for row in answer.rows]
    if not rows:
        return "(no rows)\n"
    widths = [max(map(width, column)) for column in zip(answer.columns, *rows, strict=True)]
    if sum(widths) + len(GAP) * (len(widths) - 1) > room:
        return "\n".join(block(answer.columns, row) for row in rows)
    lines = [answer.columns, ["-" * size for size in widths], *rows]
    return "".join(GAP.join(map(padded, line, widths)).rstrip() + "\n" for line in lines)


def padded(text: str, size: int) -> str:
    """The text with spaces up to the size in terminal columns."""
    return text + " " * (size - width(text))


def block(columns: tuple[str, ...], row: list[str]) -> str:
    """A row as a block: a line a column, empty values left out."""
    size = max(map(len, columns))
    return "".join(
        f"{column:<{size}}{GAP}{text}\n" for column, text in zip(columns, row, strict=True) if text
    )


def cell(value: Value) -> str:
    """A value as the terminal shows it: no control characters, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.10g}"
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    return "".join(c if c.isprintable() else " " for c in str(value))


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """Where to write a file that takes its place only when it is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield draft
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
