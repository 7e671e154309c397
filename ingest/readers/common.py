"""What the readers share: the file that they are given, the part of a report that they give back, and how
cells of a table become a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.model import PrintedLine, ReadError, Source

MAX_BYTES = 64 * 1024 * 1024
"""Larger than any report: the longest government report found has 0.2 MB; a bigger file is a dump. The same
holds for what a compressed file unpacks to."""

CELL = " | "
"""Between the cells of a row; `ingest.tables` reads such lines."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read: its name in messages, and its bytes."""

    name: str
    data: bytes


_UNKNOWN = Source()


@dataclass(frozen=True, slots=True)
class Part:
    """A report out of a file. `entry` counts from 1 where the file holds many."""

    text: str
    source: Source = _UNKNOWN
    entry: int | None = None
    url: str | None = None
    html: str | None = None
    pages: int | None = None
    layout: tuple[PrintedLine, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


Parts = Iterable[Part | ReadError]
"""The reports of a file, and why an entry of it is none."""


_BLANKS = re.compile(r"[ \t\n\f\r\xa0]+")
_NEEDLESS = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")


def one_line(text: str) -> str:
    """`text` as a line: white space is one blank, and none between two Chinese characters."""
    return _NEEDLESS.sub("", _BLANKS.sub(" ", text)).strip(" \u3000")


def row(cells: Sequence[str]) -> str:
    """The cells of a table's row as a line, '' where all are empty; a bar in a cell is made full-width."""
    plain = [one_line(cell).replace("|", "｜") for cell in cells]
    return CELL.join(plain).rstrip() if any(plain) else ""
