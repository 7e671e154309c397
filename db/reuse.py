"""What the database that is there already knows, so that a build reads only what is new or changed.

In: the old database and what decides the new one. Out: the rows of reports whose file, name, rules and
settings are the same. It trusts only a file that a build finished: sound in structure and with the same
settings; anything else counts as nothing known.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from db import load
from db.inputs import Group
from db.schema import TABLES

_OF_REPORT = tuple(t.name for t in TABLES if "report_id" in t.columns and t.name != "aliases")
"""An alias is told by a report but belongs to an entity, whom the reports make together."""


_BY_CHANCE = "('crashed', 'changed', 'needs-extra')"
"""Kinds of issues that the same inputs need not give again: another time, or with more installed."""
_BY_OTHERS = "duplicate"
"""The kind of issue that depends on what other files hold."""


class Known:
    """The reports of an old database by their file's SHA-256 and name, and their rows."""

    def __init__(self, connection: sqlite3.Connection, build: Mapping[str, str]) -> None:
        self.connection = connection
        self._build = build
        query = """
            select coalesce(s.file_sha256, r.sha256), r.file_name, r.id
            from reports r left join report_sources s on s.report_id = r.id order by r.rowid"""
        self._reports: dict[tuple[str, str], list[str]] = {}
        for sha256, name, report in connection.execute(query):
            self._reports.setdefault((sha256, name), []).append(report)
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
        for report in self._reports[group.sha256, name]:
            query = "select * from reports where id = ?"
            rows["reports"] += self.connection.execute(query, (report,)).fetchall()
            for table in _OF_REPORT:
                query = f"select * from {table} where report_id = ? order by rowid"
                rows.setdefault(table, []).extend(self.connection.execute(query, (report,)).fetchall())
        query = "select * from issues where report_id is null and file_name = ? order by rowid"
        rows["issues"] += self.connection.execute(query, (name,)).fetchall()
        return rows


@contextmanager
def known(path: Path | None, settings: Mapping[str, str]) -> Iterator[Known]:
    """What the database at `path` knows under these settings; nothing where it isn't there or isn't whole."""
    with closing(_nothing()) as empty:
        if path is None or not path.is_file() or not path.stat().st_size:
            yield Known(empty, {})
            return
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            yield _trusted(connection, settings) or Known(empty, {})


def _trusted(connection: sqlite3.Connection, settings: Mapping[str, str]) -> Known | None:
    try:
        build = dict(connection.execute("select key, value from build").fetchall())
        same = {key: value for key, value in build.items() if not key.startswith("inputs")} == dict(settings)
        # The whole file is gone through only where its rows would be of use.
        if not same or connection.execute("pragma quick_check(1)").fetchone() != ("ok",):
            return None
        return Known(connection, build)
    except sqlite3.DatabaseError:
        return None


def _nothing() -> sqlite3.Connection:
    """A database without reports."""
    connection = sqlite3.connect(":memory:")
    connection.execute("create table reports (id, sha256, file_name)")
    connection.execute("create table report_sources (report_id, file_sha256)")
    connection.execute("create table issues (kind, file_name)")
    return connection
