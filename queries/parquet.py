"""Parquet: a file a table, view or query, with a type for each column.

Comes in: answers. Goes out: files that DuckDB, pandas, Polars, R and Spark read without guessing. Rows are
written in groups, so no table is held in memory. A column has the type that SQLite declares for it; one that
declares none (a computed column of a view, every column of a query) has the type that all its values fit,
for which the rows are read once before. Refuses, with a QueryError: to work without pyarrow.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .canned import QueryError
from .database import Answer, Row

ROWS_IN_GROUP = 20_000
TEXT_IN_GROUP = 8_000_000
"""Characters: a group is held in memory twice."""
DECLARED = {"TEXT": "string", "INTEGER": "int64", "INT": "int64", "REAL": "float64"}
_OF_VALUES = {int: "int64", float: "float64", str: "string", bytes: "binary"}


def write(connection: sqlite3.Connection, answer: Answer, again: Callable[[], Answer], path: Path) -> None:
    """Write an answer to the file at `path`; `again` asks for the same from its first row."""
    write_rows(answer.rows, _kinds(connection, answer, again), path)


def arrow() -> tuple[Any, Any]:
    """The modules pyarrow and pyarrow.parquet. Raises QueryError where they aren't installed."""
    try:
        import pyarrow.parquet  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise QueryError("Parquet needs pyarrow: pip install 'fangzhi[parquet]'") from error
    return pyarrow, pyarrow.parquet


def write_rows(
    rows: Iterable[Row], kinds: Mapping[str, str], path: Path, told: Mapping[str, str] | None = None
) -> None:
    """Write rows, whose columns have these Arrow types, to a file that keeps `told` in its footer."""
    pyarrow, files = arrow()
    schema = pyarrow.schema(list(kinds.items()), metadata=told)
    with files.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(rows):
            columns = zip(schema, zip(*group, strict=True), strict=True)
            arrays = [_array(pyarrow, values, column.type) for column, values in columns]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows in groups that fit in memory, however long their texts."""
    group: list[Row] = []
    size = 0
    for row in rows:
        group.append(row)
        size += sum(len(value) for value in row if isinstance(value, str))
        if len(group) == ROWS_IN_GROUP or size > TEXT_IN_GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


def _array(pyarrow: Any, values: tuple[Any, ...], kind: Any) -> Any:
    """A column; numbers among text are written as text."""
    if pyarrow.types.is_string(kind):
        values = tuple(None if value is None else str(value) for value in values)
    return pyarrow.array(values, type=kind)


def _kinds(connection: sqlite3.Connection, answer: Answer, again: Callable[[], Answer]) -> dict[str, str]:
    """Column -> Arrow type, in the answer's order."""
    declared = connection.execute("select name, type from pragma_table_info(?)", (answer.name,))
    kinds = {name: DECLARED[kind] for name, kind in declared if kind in DECLARED}
    open_ = [place for place, column in enumerate(answer.columns) if column not in kinds]
    seen: dict[int, set[type]] = {place: set() for place in open_}
    for row in again().rows if open_ else ():
        for place in open_:
            seen[place].add(type(row[place]))
    kinds |= {answer.columns[place]: _common(met - {type(None)}) for place, met in seen.items()}
    return {column: kinds[column] for column in answer.columns}


def _common(met: set[type]) -> str:
    """The Arrow type that values of all these types fit."""
    if met == {int, float}:
        return "float64"
    return _OF_VALUES[met.pop()] if len(met) == 1 else "string"
