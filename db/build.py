"""From files to a finished database, whole or not at all.

In: paths, where the result goes, and `extract`, which turns one file into facts. Out: the database and a
`Summary`. Reports are read in any number of processes and written by one, in the order of their content's
hash: the same inputs give the same bytes, whatever their order and the number of processes. A bad file
costs a row in `issues` and nothing else. Refused, with a FangzhiError that leaves the old database as it
was: a target that can't be replaced, a database that breaks an invariant, and, if `strict`, any bad file.
"""

from __future__ import annotations

import gc
import hashlib
import os
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypedDict, Unpack

from sqlite_utils import Database

import seeds
from db import check, load, schema
from db.fanout import in_order
from db.inputs import Group, collect, group
from db.provenance import provenance
from db.reading import BATCH_BYTES, Entries, Extract, Gathered, Result, number, parts, read, whole
from db.replace import refuse_foreign, replacing
from db.reuse import Known, known
from ingest.model import FangzhiError, Issue
from ingest.overrides import Override

Unmatched = Callable[[Iterable[tuple[str, str, int | None]]], list[Issue]]
"""SHA-256, file name and entry of every report in a build -> issues about reports that aren't among them."""
Spread = Callable[[Callable[[Group], Result], Iterable[Sequence[Group]]], Iterator[Result | None]]
"""A function and batches of groups -> its results in order, None where reading ended its process."""
_KEYS = """
select r.sha256, r.file_name, s.entry from reports r left join report_sources s on s.report_id = r.id
order by r.id"""

SERIAL_BYTES = 200_000
"""Below this a second process costs more than it saves: some 70,000 characters, half a second of reading."""
_ALLOCATIONS = 50_000
"""Objects made and not yet given up before the collector looks for cycles: those of some ten reports."""
_BATCH_FILES = 200


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build made: numbers of rows, issues by kind, and a line for each file that was not used."""

    output: str
    reports: int
    failed: int
    metrics: int
    entities: dict[str, int]
    numerals: dict[str, int]
    corrections: int
    issues: dict[str, int]
    failures: tuple[str, ...]


class Options(TypedDict, total=False):
    """What a build is told beside what it reads and writes.

    `jobs` processes read, or `spread` does, elsewhere. `strict` refuses to build where a file can't be used.
    With `reuse`, reports that the old database was made from under the same settings aren't read again: only
    right where the settings tell of every change in the rules; the result is the same, byte for byte.
    `overrides` are a person's decisions on names. `settings` are what else decides the result (tool version,
    rules, overrides), kept in the table `build`. `entries` tells the reports in a file
    of many. `progress` is called with the numbers of files done and in all, `prepare` before processes start
    that share what is loaded by then. `unmatched` tells what is meant for reports that aren't there.
    """

    jobs: int | None
    strict: bool
    reuse: bool
    overrides: Sequence[Override]
    settings: Mapping[str, str] | None
    progress: Callable[[int, int], None]
    prepare: Callable[[], object]
    unmatched: Unmatched
    spread: Spread | None
    entries: Entries


def build(paths: Sequence[Path], output: Path, extract: Extract, **options: Unpack[Options]) -> Summary:
    """Build the database at `output` from the files at `paths`; folders are searched through.

    Raises FangzhiError.
    """
    refuse_foreign(output, schema.APPLICATION_ID)
    return make(files(paths, output), output, extract, **options)


def files(paths: Sequence[Path], output: Path) -> list[Group]:
    """The files at `paths` by content, without the output. Raises FangzhiError where there are none."""
    inputs = collect(paths, output)
    if not inputs:
        raise FangzhiError("no reports there; give files, or folders that hold some")
    return group(inputs)


def make(
    groups: Sequence[Group],
    output: Path,
    extract: Extract,
    *,
    jobs: int | None = None,
    strict: bool = False,
    reuse: bool = False,
    overrides: Sequence[Override] = (),
    settings: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    prepare: Callable[[], object] = lambda: None,
    unmatched: Unmatched = lambda reports: [],
    spread: Spread | None = None,
    entries: Entries = lambda path, name: None,
) -> Summary:
    """Build the database at `output` from groups of files (see Options). Raises FangzhiError."""
    told = provenance(groups, settings or {})
    with known(output if reuse else None, settings or {}) as old:
        if old.is_made_of(told):
            return _strictly(_summary(old.connection, output), strict)
        with replacing(output, schema.APPLICATION_ID) as (draft, lock), _few_collections():
            database = Database(_connected(draft), execute_plugins=False)
            try:
                size = sum(item.size for item in groups if item.sha256 and not old.has(item))
                local = partial(_processes, size=size, jobs=jobs, lock=lock, prepare=prepare)
                results = _results(groups, old, partial(read, extract=extract), spread or local, entries)
                _write(database, results, old, told, overrides, progress, unmatched)
                summary = _strictly(_summary(database.conn, output), strict)
                _verify(database)
            except sqlite3.Error as error:
                raise FangzhiError(f"{output} could not be written: {error}") from error
            finally:
                database.close()
    return summary


def _connected(draft: Path) -> sqlite3.Connection:
    """The new file opened by its URI, as the old one is attached by its own."""
    return sqlite3.connect(draft.resolve().as_uri(), uri=True)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Facts and rows hold no cycles, so that the collector would go through the lookups in vain."""
    usual = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _results(
    groups: Sequence[Group], old: Known, work: Callable[[Group], Result], spread: Spread, entries: Entries
) -> Iterator[tuple[Group, load.Rows | None, bool]]:
    """Each group with its rows, newly read, some at a time, or None where they are known, and whether they
    are its last."""
    asked: deque[Group] = deque()
    anew = (item for item in groups if item.sha256 and not old.has(item))
    results = spread(work, _batches(parts(anew, entries), asked))
    for item in groups:
        if old.has(item):
            yield item, None, True
        elif not item.sha256:
            # A file that can't be opened, or is too large to be, has no hash and is soon told of.
            yield item, whole(item, work(item)), True
        else:
            result = next(results)
            part = asked.popleft()
            if part.entry is None:
                yield item, whole(item, result), True
                continue
            gathered = Gathered(item)
            yield item, gathered.kept(number(part), result), False
            # A batch comes when what follows it has been asked for, so that the file's next entry is known.
            while asked and asked[0].entry is not None and asked[0].sha256 == item.sha256:
                yield item, gathered.kept(number(asked.popleft()), next(results)), False
            yield item, gathered.issues(), True


def _processes(
    work: Callable[[Group], Result],
    batches: Iterable[Sequence[Group]],
    *,
    size: int,
    jobs: int | None,
    lock: int,
    prepare: Callable[[], object],
) -> Iterator[Result | None]:
    """The result of each group, read in processes of this machine, or in this one where there is little."""
    processes = jobs or (1 if size < SERIAL_BYTES else _cores())
    if processes > 1 and size:
        prepare()
        # What the collector goes through in a forked process is copied into it, lookups and list of files.
        gc.freeze()
        return in_order(work, batches, processes, lock)
    return (work(item) for batch in batches for item in batch)


def _cores() -> int:
    """The cores that this process may use, which is fewer than the machine's in a container."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _batches(groups: Iterable[Group], asked: deque[Group]) -> Iterator[list[Group]]:
    """The groups in batches; each is put down in `asked` as it is taken."""
    batch: list[Group] = []
    size = 0
    for item in groups:
        asked.append(item)
        if batch and (size + item.size > BATCH_BYTES or len(batch) == _BATCH_FILES):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += item.size
    if batch:
        yield batch


def _write(
    database: Database,
    results: Iterable[tuple[Group, load.Rows | None, bool]],
    old: Known,
    told: Mapping[str, str],
    overrides: Sequence[Override],
    progress: Callable[[int, int], None],
    unmatched: Unmatched,
) -> None:
    unjournaled(database)
    schema.create(database)
    done = 0
    with old.attached(database.conn), database.atomic():
        loader = _Loader(database, old)
        for item, rows, last in results:
            loader.add(item, rows)
            if last:
                done += len(item.inputs)
                progress(done, int(told["inputs"]))
        loader.flush()
        keys = database.conn.execute(_KEYS).fetchall()
        load.insert(database, {"issues": load.issue_rows(unmatched(keys))})
        load.complete(database, seeds.lookup("districts"), seeds.lookup("indicators"), overrides)
        load.insert(database, {"build": sorted(told.items())})
    schema.finish(database)
    database.analyze()
    database.vacuum()


def unjournaled(database: Database) -> None:
    """A build that dies leaves a draft that nobody reads, so the draft needs no journal of its own."""
    for pragma in (
        "journal_mode = off",
        "synchronous = off",
        "locking_mode = exclusive",
        "cache_size = -65536",
    ):
        database.execute(f"pragma {pragma}").fetchall()


class _Loader:
    """Puts the rows of groups into the database in their order, each report once."""

    def __init__(self, database: Database, old: Known) -> None:
        self._database = database
        self._old = old
        self._holders: dict[str, str] = {}
        self._run: list[Group] = []

    def add(self, group: Group, rows: load.Rows | None) -> None:
        """Take the rows of a group, None for those that the old database has."""
        if rows is None:
            reports = self._old.reports(group)
            if self._holders.keys().isdisjoint(reports):
                if self._run and not self._old.adjoin(self._run[-1], group):
                    self.flush()
                self._run.append(group)
                self._holders |= dict.fromkeys(reports, group.inputs[0].name)
                return
            rows = self._old.rows(group)
        self.flush()
        load.insert(self._database, self._once(rows, group))

    def flush(self) -> None:
        """Copy the groups that wait to be copied together."""
        if self._run:
            self._old.copy(self._database.conn, self._run)
            self._run = []

    def _once(self, rows: load.Rows, group: Group) -> load.Rows:
        """Rows without the reports that are in already, each told in an issue."""
        name = group.inputs[0].name
        issues = []
        for report in load.report_ids(rows):
            if report in self._holders:
                rows = load.without(rows, report)
                issues.append(repeated(name, report, self._holders[report]))
            else:
                self._holders[report] = name
        return rows | {"issues": rows["issues"] + load.issue_rows(issues)} if issues else rows


def repeated(name: str, report: str, holder: str) -> Issue:
    """The issue of a report in the file `name` that the file `holder` has as well."""
    key = hashlib.sha1(f"{name}|{report}".encode()).hexdigest()[:12]
    message = f"{name}: holds the same text as {holder}; leave one of them out"
    return Issue(f"i-{key}", name, None, "duplicate", message)


def _strictly(summary: Summary, strict: bool) -> Summary:
    if strict and summary.failed:
        first = summary.failures[0]
        raise FangzhiError(f"{summary.failed} files not used, so nothing was built (--strict): {first}")
    return summary


def _verify(database: Database) -> None:
    broken = list(check.breaches(database.conn, laid_out_anew=True))
    if broken:
        told = "; ".join(f"{breach.invariant}: {breach.place}" for breach in broken[: check.MOST])
        raise FangzhiError(f"the new database breaks its own rules, so the old one stays ({told})")


def _summary(connection: sqlite3.Connection, output: Path) -> Summary:
    def count(table: str) -> int:
        return int(connection.execute(f"select count(*) from {table}").fetchone()[0])

    def by(column: str, table: str) -> dict[str, int]:
        query = f"select {column}, count(*) from {table} group by {column} order by {column}"
        return dict(connection.execute(query).fetchall())

    failures = connection.execute(
        """select message from issues
        where report_id is null and kind not in ('override', 'correction') order by file_name, id"""
    )
    told = tuple(message for (message,) in failures)
    return Summary(
        output=str(output),
        reports=count("reports"),
        failed=len(told),
        metrics=count("metrics"),
        entities={table: count(table) for table in schema.ENTITY_TABLES.values()},
        numerals=by("role", "numerals"),
        corrections=count("analyst_corrections"),
        issues=by("kind", "issues"),
        failures=told,
    )
