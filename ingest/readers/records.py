"""Many reports in one file: CSV with a heading row, JSON Lines, or a JSON list of objects.

In: a table whose columns are told by name (the lookup `report_fields`): the text, and what is known beside
it. Out: a report a row. A row without text costs one issue; the others are read. Refused: a table without
a column of texts, since nothing tells which column is meant.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from ingest.model import ReadError
from ingest.readers import metadata
from ingest.readers.common import File, Part, Parts
from ingest.readers.text import decode

_HELP = "name the column of texts 'text' or 正文"
_WIDEST = 2**31 - 1
"""Characters in a cell: the module's own limit of 131,072 is less than a long report."""


def read_csv(file: File) -> Parts:
    """The rows of a CSV file; parted by comma, semicolon or tab, whichever the heading holds most."""
    text = decode(file.data, file.name)
    heading = text.partition("\n")[0]
    csv.field_size_limit(_WIDEST)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=heading.count), strict=True)
    names = next(rows, [])
    if "text" not in metadata.chosen("records", ((name, "?") for name in names)):
        raise ReadError("no-text-column", f"{file.name}: no column holds the texts; {_HELP}")
    entry = 0
    try:
        for entry, cells in enumerate(rows, 1):
            if any(cells):
                yield _part(file.name, entry, list(zip(names, cells, strict=False)))
    except csv.Error as error:
        message = f"{file.name}: broken after entry {entry} ({error}); mend the quotes there"
        yield ReadError("damaged", message)


def read_json(file: File) -> Parts:
    """The objects of a JSON Lines file or of a JSON list."""
    parts = list(_objects(file.name, decode(file.data, file.name)))
    if not any(isinstance(part, Part) for part in parts):
        raise ReadError("no-text-column", f"{file.name}: no object holds a text; {_HELP}")
    yield from parts


def _objects(name: str, text: str) -> Iterator[Part | ReadError]:
    whole = _json(text)
    told = whole if isinstance(whole, list) else [whole] if isinstance(whole, dict) else None
    lines = enumerate(map(_json, text.split("\n")) if told is None else told, 1)
    blank = {at for at, line in enumerate(text.split("\n"), 1) if not line.strip()} if told is None else set()
    for entry, item in lines:
        if isinstance(item, dict):
            yield _part(name, entry, [(key, _plain(value)) for key, value in item.items()])
        elif entry not in blank:
            yield ReadError("damaged", f"{name}: entry {entry} is no JSON object; give one object a line")


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _plain(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _part(name: str, entry: int, given: list[tuple[str, str]]) -> Part | ReadError:
    """An entry with a text, or why it's no report."""
    told = metadata.chosen("records", given)
    if "text" not in told:
        return ReadError("empty", f"{name}: entry {entry} has no text; leave it out or fetch it again")
    source, notes = metadata.source(told)
    return Part(told["text"], source, entry, told.get("url", "").strip() or None, notes=notes)
