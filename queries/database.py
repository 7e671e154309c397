"""Opening the finished file to read, and asking it.

Comes in: the path of a database, SQL and its arguments. Goes out: columns and rows, as they come.
Refuses: what is not there, is no SQLite file, or is one that this project did not build.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import search
from .canned import QueryError, all_queries, find

DEFAULT_PATH = "regional-economy.db"
Value = str | int | float | bytes | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gave: the names of the columns, and the rows, which are read as they are asked for."""

    name: str
    columns: tuple[str, ...]
    rows: Iterator[Row]


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that can only read; raises QueryError where the file is not such a database."""
    if not path.is_file():
        raise QueryError(f"{path}: no such file; build it with `build-db --output {path}`")
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        names = {name for (name,) in connection.execute("select name from sqlite_master")}
        if not {"reports", "metrics", "source_spans"} <= names:
            raise QueryError(f"{path}: not a database of this project; build one with `build-db`")
        search.register(connection)
        yield connection
    except sqlite3.Error as error:
        raise QueryError(f"{path}: {error}") from error
    finally:
        connection.close()


def tables(connection: sqlite3.Connection) -> list[str]:
    """The tables and views that a person reads: not the machinery of SQLite and of the search index."""
    sql = "select name, sql from sqlite_master where type in ('table', 'view') order by name"
    found: dict[str, str] = dict(connection.execute(sql).fetchall())
    virtual = tuple(
        f"{name}_" for name, sql in found.items() if sql.lower().startswith("create virtual table")
    )
    return [name for name in found if not f"{name}_".startswith(("sqlite_", *virtual))]


def ask(connection: sqlite3.Connection, name: str, given: Mapping[str, str]) -> Answer:
    """The answer to a canned query; raises QueryError for an unknown name or parameter."""
    query = find(name)
    cursor = connection.execute(query.sql, query.arguments(given))
    return Answer(name, tuple(column[0] for column in cursor.description), cursor)


def whole(connection: sqlite3.Connection, name: str) -> Answer:
    """Every row of a table or view, in the order of its first column, so that exports are repeatable."""
    quoted = '"' + name.replace('"', '""') + '"'
    cursor = connection.execute(f"select * from {quoted} order by 1")
    return Answer(name, tuple(column[0] for column in cursor.description), cursor)


def named(connection: sqlite3.Connection, name: str, given: Mapping[str, str]) -> Answer:
    """A table, a view or a canned query by its name; raises QueryError where it is none of them."""
    if name in tables(connection):
        if given:
            raise QueryError(f"{name} is a table or view and takes no parameters")
        return whole(connection, name)
    if name in all_queries():
        return ask(connection, name, given)
    raise QueryError(f"there is no table, view or query {name}; `fangzhi query` lists the queries")
