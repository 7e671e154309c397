"""What the database that is there already knows, so that a build reads only what is new or changed.

In: the old database and what decides the new one. Out: the rows of reports whose file, name, rules and
settings are the same, one by one or copied over in one go. It trusts only a file that a build finished: sound
in structure and with the same settings; anything else counts as nothing known.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from db import load
from db.inputs import Group
from db.schema import TABLES

_OF_REPORT = tuple(t.name for t in TABLES if "report_id" in t.columns and t.name != "aliases")
"""An alias is told by a report but belongs to an entity, whom the reports make together."""
_ATTACHED = "old"
_AS_NEW = {"metrics": {"surest": "1"}}
"""Columns that all reports together decide, as a report alone has them."""
_ISSUES = f"""rowid in (
    select rowid from {_ATTACHED}.issues where report_id in (select value from json_each(:ids))
    union all
    select rowid from {_ATTACHED}.issues
    where report_id is null and file_name in (select value from json_each(:names)))"""
"""The issues of reports and of their files."""

_BY_CHANCE = "('crashed', 'changed', 'needs-extra')"
"""Kinds of issues that the same inputs need not give again: another time, or with more installed."""
_BY_OTHERS = "duplicate"
"""The kind of issue that depends on what other files hold."""


class Known:
    """The reports of an old database by their file's SHA-256 and name, and their rows."""

    def __init__(
        self, connection: sqlite3.Connection, build: Mapping[str, str], path: Path | None = None
    ) -> None:
        self.connection = connection
        self._path = path
        self._build = build
        query = """
            select coalesce(s.file_sha256, r.sha256), r.file_name, r.id
            from reports r left join report_sources s on s.report_id = r.id order by r.rowid"""
        self._reports: dict[tuple[str, str], list[str]] = {}
        for sha256, name, report in connection.execute(query):
            self._reports.setdefault((sha256, name), []).append(report)
        self._place = {key: place for place, key in enumerate(self._reports)}
        unsettled = f"select file_name from issues where kind = '{_BY_OTHERS}' or kind in {_BY_CHANCE}"
        self._unsettled = {name for (name,) in connection.execute(unsettled)}

    def is_made_of(self, told: Mapping[str, str]) -> bool:
        """Whether the old database is what a build with this provenance would give."""
        chance = f"select 1 from issues where kind in {_BY_CHANCE}"
        return self._build == told and not self.connection.execute(chance).fetchone()

    def has(self, group: Group) -> bool:
        """Whether the group is one file that the old database was made from under the same name, and that
        would give the same again."""
        name = group.inputs[0].name
        known = (group.sha256, name) in self._reports and name not in self._unsettled
        return len(group.inputs) == 1 and known

    def rows(self, group: Group) -> load.Rows:
        """The rows of such a group, as `load.tabulate` gave them report by report, and its file's issues."""
        name = group.inputs[0].name
        rows: load.Rows = {"reports": []}
        for report in self.reports(group):
            query = "select * from reports where id = ?"
            rows["reports"] += self.connection.execute(query, (report,)).fetchall()
            for table in _OF_REPORT:
                query = f"select * from {table} where report_id = ? order by rowid"
                rows.setdefault(table, []).extend(self.connection.execute(query, (report,)).fetchall())
        query = "select * from issues where report_id is null and file_name = ? order by rowid"
        rows["issues"] += self.connection.execute(query, (name,)).fetchall()
        return rows

    def reports(self, group: Group) -> list[str]:
        """The ids of the reports of such a group."""
        return self._reports[group.sha256, group.inputs[0].name]

    def adjoin(self, group: Group, following: Group) -> bool:
        """Whether one such group comes right after another in the old database."""
        first, second = (self._place[item.sha256, item.inputs[0].name] for item in (group, following))
        return second == first + 1

    @contextmanager
    def attached(self, connection: sqlite3.Connection) -> Iterator[None]:
        """The old database within reach of the new one's connection, as `copy` needs it."""
        if self._path is None:
            yield
            return
        connection.execute(f"attach ? as {_ATTACHED}", (f"{self._path.resolve().as_uri()}?mode=ro",))
        try:
            yield
        finally:
            connection.execute(f"detach {_ATTACHED}")

    def copy(self, connection: sqlite3.Connection, groups: Sequence[Group]) -> None:
        """Write the rows of such groups, each right after the one before, as `rows` would give them."""
        ids = [report for item in groups for report in self.reports(item)]
        told = {"ids": json.dumps(ids), "names": json.dumps([item.inputs[0].name for item in groups])}
        for table in ("reports", *_OF_REPORT):
            columns = load.columns(table)
            read = ", ".join(_AS_NEW.get(table, {}).get(column, column) for column in columns)
            where = _ISSUES if table == "issues" else _where(connection, table, told)
            connection.execute(
                f"""insert into {table} ({", ".join(columns)})
                select {read} from {_ATTACHED}.{table} where {where} order by rowid""",
                told,
            )


def _where(connection: sqlite3.Connection, table: str, told: Mapping[str, str]) -> str:
    """The condition for the rows of some reports: an interval of rows, which is quickest, where they are
    one."""
    column = "id" if table == "reports" else "report_id"
    of_them = f"{column} in (select value from json_each(:ids))"
    query = f"select min(rowid), max(rowid), count(*) from {_ATTACHED}.{table} where {of_them}"
    first, last, count = connection.execute(query, told).fetchone()
    return f"rowid between {first} and {last}" if count and last - first + 1 == count else of_them


@contextmanager
def known(path: Path | None, settings: Mapping[str, str]) -> Iterator[Known]:
    """What the database at `path` knows under these settings; nothing where it isn't there or isn't whole."""
    with closing(_nothing()) as empty:
        if path is None or not path.is_file() or not path.stat().st_size:
            yield Known(empty, {})
            return
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            yield _trusted(connection, settings, path) or Known(empty, {})


def _trusted(connection: sqlite3.Connection, settings: Mapping[str, str], path: Path) -> Known | None:
    try:
        build = dict(connection.execute("select key, value from build").fetchall())
        same = {key: value for key, value in build.items() if not key.startswith("inputs")} == dict(settings)
        # The whole file is gone through only where its rows would be of use.
        if not same or connection.execute("pragma quick_check(1)").fetchone() != ("ok",):
            return None
        return Known(connection, build, path)
    except sqlite3.DatabaseError:
        return None


def _nothing() -> sqlite3.Connection:
    """A database without reports."""
    connection = sqlite3.connect(":memory:")
    connection.execute("create table reports (id, sha256, file_name)")
    connection.execute("create table report_sources (report_id, file_sha256)")
    connection.execute("create table issues (kind, file_name)")
    return connection
