"""Whole downloads from the site: every row of a table, a canned query or SQL, as CSV, JSON or Excel workbook.

Comes in: what Datasette hands an output renderer, or SQL with its parameters. Goes out: a response of all the
rows, however many a page may hold, sent from a temporary file, so that it is complete or, where it takes too
long, a plain message; never cut in silence. Two are made at a time, so that pages are still answered.
"""

from __future__ import annotations

import asyncio
import io
import re
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import IO, Any
from weakref import WeakKeyDictionary

from datasette.utils import escape_sqlite as _escape
from datasette.utils import named_parameters, sqlite_timelimit
from datasette.utils.asgi import Response

from . import words, workbook
from .canned import LANGUAGES
from .database import Answer, Row, Value
from .output import write_csv, write_json, write_jsonl

# A download may take so long; strangers' less.
SECONDS, PUBLIC_SECONDS = 600, 30
AT_ONCE = 2
PIECE = 1 << 16  # bytes sent at a time
LIMIT = re.compile(r" limit [0-9]+$")  # how Datasette ends a table's SQL
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_turns: WeakKeyDictionary[Any, asyncio.Semaphore] = WeakKeyDictionary()
# Datasette is not typed.
_untyped: Any = Response
escaped: Any = _escape


class Spooled(_untyped):  # type: ignore[misc]
    """A response whose body is in a file, which is sent in pieces and then closed."""

    def __init__(self, file: IO[bytes], headers: dict[str, str], content_type: str) -> None:
        super().__init__(b"", headers=headers, content_type=content_type)
        self.file = file

    async def asgi_send(self, send: Any) -> None:
        async def sending(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                await send(message)
                return
            while piece := self.file.read(PIECE):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send(message)

        with self.file:
            await super().asgi_send(sending)


def renderers() -> list[dict[str, Any]]:
    """What Datasette registers: Excel as a link on its pages; the others by `middleware`, in place of what
    Datasette cuts at its largest page."""
    return [
        {"extension": "xlsx", "render": _renderer("xlsx")},
        {"extension": "wholecsv", "render": _renderer("csv"), "can_render": lambda: False},
        {"extension": "wholejson", "render": _renderer("json"), "can_render": lambda: False},
    ]


def _renderer(form: str) -> Callable[..., Any]:
    async def render(
        datasette: Any, request: Any, database: str, table: str | None, query_name: str | None,
        columns: list[str], rows: Any, view_name: str, truncated: bool, error: Any, data: dict[str, Any],
    ) -> Any:  # fmt: skip
        """The response in this form. `middleware` has asked Datasette for a table's SQL, so that Datasette
        alone decides what the filters mean and who may see what."""
        if error:
            return _untyped.json({"ok": False, "error": str(error), "status": 400}, status=400)
        if (truncated or (table and view_name == "table")) and "query" not in data:
            return _untyped.text("ask for .csv, .xlsx or .json\n", status=400)
        source, name, shown = datasette.get_database(database), table or query_name or "query", tuple(columns)
        if table and view_name == "table":
            sql = LIMIT.sub("", data["query"]["sql"])
            labels = await _labels(source, table, shown) if "_labels" in request.args else {}
            given = data["query"]["params"]
            return await of_sql(datasette, request, source, name, sql, given, form, labels)
        if truncated:
            sql = data["query"]["sql"]
            given = {key: request.args.get(key) or "" for key in named_parameters(sql)}
            return await of_sql(datasette, request, source, name, sql, given, form)
        answer = Answer(name, shown, (tuple(row.values() if isinstance(row, dict) else row) for row in rows))
        return await _sent(datasette, request, form, name, lambda write: asyncio.to_thread(write, answer))

    return render


async def of_sql(
    datasette: Any,
    request: Any,
    database: Any,
    name: str,
    sql: str,
    given: Mapping[str, str],
    form: str,
    labels: Mapping[str, str] | None = None,
) -> Any:
    """All rows of the SQL, which the caller has found to be allowed. `labels` has for a column the SQL that
    finds what its value is called."""

    def on_connection(write: Callable[[Answer], Any]) -> Any:
        def run(connection: sqlite3.Connection) -> Any:
            with sqlite_timelimit(connection, _seconds(datasette) * 1000):
                cursor = connection.execute(sql, given)
                columns = tuple(column[0] for column in cursor.description)
                answer = Answer(name, columns, (tuple(row) for row in cursor))
                return write(_called(connection, answer, labels, form) if labels else answer)

        return database.execute_fn(run)

    return await _sent(datasette, request, form, name, on_connection)


async def _labels(database: Any, table: str, columns: tuple[str, ...]) -> dict[str, str]:
    """The SQL that names what each foreign key among the columns points to."""
    found = {}
    for key in await database.foreign_keys_for_table(table):
        label = await database.label_column_for_table(key["other_table"])
        if label and key["column"] in columns:
            of, by, shown = (escaped(part) for part in (key["other_table"], key["other_column"], label))
            found[key["column"]] = f"select {shown} from {of} where {by} = ?"
    return found


def _called(connection: sqlite3.Connection, answer: Answer, labels: Mapping[str, str], form: str) -> Answer:
    """The answer with names for foreign keys: as Datasette has it, in JSON an object of value and label,
    elsewhere a column more."""

    @lru_cache(maxsize=10_000)
    def name(sql: str, value: Value) -> Value:
        found = connection.execute(sql, (value,)).fetchone()
        return found[0] if found else None

    told = [labels.get(column) for column in answer.columns]

    def row(values: Row) -> Row:
        made: list[Any] = []
        for sql, value in zip(told, values, strict=True):
            label = name(sql, value) if sql and value is not None else None
            if form == "json" and label is not None:
                made.append({"value": value, "label": label})
            else:
                made += [value, label] if sql and form != "json" else [value]
        return tuple(made)

    columns = tuple(
        shown
        for column, sql in zip(answer.columns, told, strict=True)
        for shown in ([column, f"{column}_label"] if sql and form != "json" else [column])
    )
    return Answer(answer.name, columns, map(row, answer.rows))


async def _sent(datasette: Any, request: Any, form: str, name: str, run: Callable[[Any], Any]) -> Any:
    """The response; `run` calls what it is given, off the server's loop, with a function that answers."""
    shape, lines = request.args.get("_shape"), request.args.get("_nl")

    def write(answer: Answer) -> IO[bytes]:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        try:
            _written(answer, file, form, shape == "array", bool(lines))
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    turns = _turns.setdefault(datasette, asyncio.Semaphore(AT_ONCE))
    async with turns:
        try:
            file = await run(write)
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            return _untyped.text(_too_long(_seconds(datasette)), status=503)
    kind = "text/plain; charset=utf-8" if form == "json" and shape == "array" and lines else TYPES[form]
    filename = re.sub(r"[^\w.-]", "_", f"{name}.{form}", flags=re.ASCII)
    headers = {} if form == "json" else {"content-disposition": f'attachment; filename="{filename}"'}
    return Spooled(file, headers, kind)


def _seconds(datasette: Any) -> int:
    return PUBLIC_SECONDS if (datasette.plugin_config("fangzhi") or {}).get("public") else SECONDS


def _too_long(seconds: int) -> str:
    return "".join(words.say("too_long", language, n=seconds) + "\n" for language in LANGUAGES)


def _written(answer: Answer, file: IO[bytes], form: str, array: bool, lines: bool) -> None:
    """The answer in the file. JSON has Datasette's shape: an object that holds `rows`, or an array alone."""
    if form == "xlsx":
        workbook.write([answer], file)
        return
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    if form == "csv":
        write_csv(answer, text)
    elif array:
        (write_jsonl if lines else write_json)(answer, text)
    else:
        text.write('{"ok": true, "next": null, "rows": ')
        write_json(answer, text)
        text.write(', "truncated": false}\n')
    text.flush()
    text.detach()
