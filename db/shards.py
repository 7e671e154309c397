"""A corpus that no single database should hold: databases of some thousand reports each, by their hashes.

In: what a build takes, and a folder. Out: in the folder `.shards` of it a database a shard, each built,
checked and kept as any other, and `corpus.db` with what depends on all of them together: entities, districts,
files that are no reports. A report is in the shard that its file's SHA-256 begins with, so one more touches
one shard. Of all reports only the list of files is held in memory.

`queries.dataset` makes the Parquet dataset of them. Refused, with a FangzhiError: what a build refuses.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Unpack

from sqlite_utils import Database

from db import load, schema
from db.build import Options, Summary, files, make, repeated, unjournaled
from db.inputs import Group
from db.provenance import provenance
from db.reading import Extract
from db.replace import replacing
from ingest.overrides import Override, renamed

FOLDER = ".shards"
"""Inside the dataset's folder; a hidden one, so that no pattern of files finds it."""
CORPUS = "corpus.db"
REPORTS, BYTES = 10_000, 100_000_000
"""A shard holds no more, as a rule: some 300 MB of memory, 1 GB of database and ten minutes of one core."""
_DIGITS = 2
"""At most, of the SHA-256 that tells the shard: 256 databases can be open at a time."""

_OF_ALL = ("override", "correction")
"""Kinds of issues about what no report has: true where it is told in every shard."""
_TALLY = """
select 'reports', '', count(*) from reports where :report is null or id = :report
union all select 'metrics', '', count(*) from metrics where :report is null or report_id = :report
union all select 'corrections', '', count(*) from analyst_corrections
  where :report is null or report_id = :report
union all select 'numerals', role, count(*) from numerals
  where :report is null or report_id = :report group by role
union all select 'issues', kind, count(*) from issues
  where report_id is not null and (:report is null or report_id = :report) group by kind"""

Repeated = tuple[int, str, str, str]
"""A shard's number, a report in it that an earlier one has as well, its file, and the other's."""


def build(paths: Sequence[Path], folder: Path, extract: Extract, **options: Unpack[Options]) -> Summary:
    """Build the shards and the corpus under `folder` from the files at `paths`. Raises FangzhiError."""
    groups = files(paths, folder)
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    progress: Callable[[int, int], None] = options.get("progress", lambda done, total: None)
    total, done = sum(len(item.inputs) for item in groups), 0
    shards = _parts(groups)
    for name, part in shards.items():
        make(part, place / name, extract, **options | {"progress": _shifted(progress, done, total)})
        done += sum(len(item.inputs) for item in part)
        progress(done, total)
    for left in place.glob("*.db"):
        if left.name not in shards and left.name != CORPUS:
            left.unlink()
    told = provenance(groups, options.get("settings") or {})
    with ExitStack() as stack:
        opened = [stack.enter_context(_opened(place / name)) for name in shards]
        return _corpus(opened, folder, told, options.get("overrides", ()))


def made(folder: Path) -> tuple[list[Path], Path]:
    """The databases of the shards under `folder`, in order, and the one of the corpus."""
    databases = sorted((folder / FOLDER).glob("*.db"))
    return [path for path in databases if path.name != CORPUS], folder / FOLDER / CORPUS


def _parts(groups: Sequence[Group]) -> dict[str, list[Group]]:
    """File name of a shard -> its groups, in order."""
    size = max(len(groups) / REPORTS, sum(item.size for item in groups) / BYTES)
    digits = next((digits for digits in range(_DIGITS) if size <= 16**digits), _DIGITS)
    parts: dict[str, list[Group]] = defaultdict(list)
    for item in groups:
        parts[f"{item.sha256[:digits] or '0' * digits}.db" if digits else "all.db"].append(item)
    return dict(sorted(parts.items()))


def _shifted(progress: Callable[[int, int], None], done: int, total: int) -> Callable[[int, int], None]:
    return lambda of_part, _: progress(done + of_part, total)


def _opened(path: Path) -> closing[sqlite3.Connection]:
    connection: sqlite3.Connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    connection.execute("pragma cache_size = -1000")  # KiB: there are many at a time
    return closing(connection)


def _corpus(
    shards: Sequence[sqlite3.Connection], folder: Path, told: Mapping[str, str], overrides: Sequence[Override]
) -> Summary:
    """Write what depends on all shards; the summary of the whole."""
    twice = list(_repeated(shards))
    issues = [*_issues(shards), *load.issue_rows(repeated(name, id, other) for _, id, name, other in twice)]
    with replacing(folder / FOLDER / CORPUS, schema.APPLICATION_ID) as (draft, _):
        database = Database(draft, execute_plugins=False)
        unjournaled(database)
        schema.create(database)
        with database.atomic():
            left_out = [[id for at, id, *_ in twice if at == number] for number in range(len(shards))]
            for rows in _entities(shards, left_out, overrides):
                load.insert(database, rows)
            districts = {row for shard in shards for row in shard.execute("select * from districts")}
            load.insert(database, {"districts": sorted(districts), "issues": sorted(issues)})
            indicators = shards[0].execute("select * from indicators")
            load.insert(database, {"indicators": indicators, "build": sorted(told.items())})
        summary = _summary(shards, database.conn, folder, twice)
        database.close()
    return summary


def _repeated(shards: Sequence[sqlite3.Connection]) -> Iterator[Repeated]:
    """Reports that stand in several shards, but the first: files unlike in bytes with the same text."""
    query = "select id, ?, file_name from reports order by id"
    rows = heapq.merge(*(shard.execute(query, (number,)) for number, shard in enumerate(shards)))
    for id, (first, *others) in groupby(rows, key=itemgetter(0)):
        for _, number, name in others:
            yield number, id, name, first[2]


def _issues(shards: Sequence[sqlite3.Connection]) -> list[load.Row]:
    """Issues that are about no report, each once."""
    query = "select * from issues where report_id is null"
    rows = Counter(row for shard in shards for row in shard.execute(query))
    kind = load.column("issues", "kind")
    return [row for row, times in rows.items() if row[kind] not in _OF_ALL or times == len(shards)]


def _entities(
    shards: Sequence[sqlite3.Connection], left_out: Sequence[Sequence[str]], overrides: Sequence[Override]
) -> Iterator[load.Rows]:
    """The rows of each entity, with the place where each of its aliases first stands."""
    told = map(load.told_entities, shards, left_out)
    named = heapq.merge(*(shard.execute(f"{load.NAMED} order by 1, 2, 3") for shard in shards))
    evidence = groupby(named, key=itemgetter(0))
    holder, places = next(evidence, (None, iter(())))
    for entity in load.merged_entities(heapq.merge(*told, key=attrgetter("id", "kind"))):
        while holder is not None and holder < entity.id:
            holder, places = next(evidence, (None, iter(())))
        first: dict[str, tuple[str, str]] = {}
        if holder == entity.id:
            for _, form, report, span in places:
                first.setdefault(form, (report, span))
        yield load.entity_rows(renamed(entity, overrides), first)


def _summary(
    shards: Sequence[sqlite3.Connection],
    corpus: sqlite3.Connection,
    folder: Path,
    twice: Sequence[Repeated],
) -> Summary:
    tally: Counter[tuple[str, str]] = Counter()
    for shard in shards:
        tally.update(_tally(shard, None))
    for number, report, *_ in twice:
        tally.subtract(_tally(shards[number], report))
    failures = f"select kind, message from issues where kind not in {_OF_ALL} order by file_name, id"
    told = tuple(message for _, message in corpus.execute(failures))
    tally.update(("issues", kind) for (kind,) in corpus.execute("select kind from issues"))

    def by(table: str) -> dict[str, int]:
        return {word: count for (of, word), count in sorted(tally.items()) if of == table and count}

    return Summary(
        output=str(folder),
        reports=tally["reports", ""],
        failed=len(told),
        metrics=tally["metrics", ""],
        entities={
            table: corpus.execute(f"select count(*) from {table}").fetchone()[0]
            for table in schema.ENTITY_TABLES.values()
        },
        numerals=by("numerals"),
        corrections=tally["corrections", ""],
        issues=by("issues"),
        failures=told,
    )


def _tally(shard: sqlite3.Connection, report: str | None) -> dict[tuple[str, str], int]:
    rows = shard.execute(_TALLY, {"report": report})
    return {(table, word): count for table, word, count in rows}
