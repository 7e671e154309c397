"""A Frictionless Data Package: every table as CSV, and datapackage.json that describes them.

Comes in: a connection. Goes out: a folder with plain CSV (UTF-8, no mark, values just as they are) and the
descriptor: types, keys, what each column means in both languages, the reports as sources.
The format: https://specs.frictionlessdata.io/data-package/
"""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path
from typing import Any

from seeds import lookup

from . import words
from .database import tables, whole

TYPES = {"TEXT": "string", "INTEGER": "integer", "INT": "integer", "REAL": "number"}


def write(connection: sqlite3.Connection, folder: Path) -> Path:
    """Write the package into a folder, which is made where it is not; returns the descriptor's path."""
    folder.mkdir(parents=True, exist_ok=True)
    names = tables(connection)
    for name in names:
        answer = whole(connection, name)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(answer.columns)
            writer.writerows(answer.rows)
    path = folder / "datapackage.json"
    text = json.dumps(descriptor(connection, names), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def descriptor(connection: sqlite3.Connection, names: list[str]) -> dict[str, Any]:
    """The content of datapackage.json for these tables and views."""
    built = dict(connection.execute("select key, value from build").fetchall())
    sources = connection.execute("select title, publisher, published_on, file_name from reports order by id")
    meanings = {(row["table"], row["column"]): row for row in lookup("columns")}
    return {
        "name": "regional-economy",
        "title": words.both((words.say("tagline", "zh"), words.say("tagline", "en"))),
        "version": str(built.get("tool_version", "")),
        "profile": "data-package",
        "sources": [
            {"title": ", ".join(filter(None, [title or file_name, publisher, published_on]))}
            for title, publisher, published_on, file_name in sources
        ],
        "resources": [_resource(connection, name, meanings) for name in names],
    }


def _resource(
    connection: sqlite3.Connection, name: str, meanings: dict[tuple[str, str], dict[str, str]]
) -> dict[str, Any]:
    columns = connection.execute(f'pragma table_info("{name}")').fetchall()
    keys = [column[1] for column in columns if column[5]]
    schema: dict[str, Any] = {
        "fields": [_field(name, column[1], column[2], meanings) for column in columns],
        "missingValues": [""],
    }
    if keys:
        schema["primaryKey"] = keys
    foreign = connection.execute(f'pragma foreign_key_list("{name}")').fetchall()
    if foreign:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": "" if table == name else table, "fields": [to]}}
            for _, _, table, column, to, *_ in foreign
        ]
    table = words.tables().get(name)
    told = {"title": words.both(table["title"]), "description": words.both(table["about"])} if table else {}
    return {
        "name": name,
        **told,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(
    table: str, column: str, declared: str, meanings: dict[tuple[str, str], dict[str, str]]
) -> dict[str, str]:
    """A column's descriptor; a view's computed columns declare no type and may be anything."""
    field = {"name": column, "type": TYPES.get(declared.upper(), "any")}
    meaning = meanings.get((table, column)) or meanings.get(("*", column))
    if meaning:
        field["title"] = words.both((words.column(column, "zh"), words.column(column, "en")))
        field["description"] = words.both((meaning["meaning_zh"], meaning["meaning"]))
    return field
