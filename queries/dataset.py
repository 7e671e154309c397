"""A dataset in Parquet of many databases: for corpora that no single one should hold.

Comes in: the databases of a corpus's shards and the one of what all of them share, as `db.shards` makes them.
Goes out: a folder a table, partitioned by the province and year of the reports in Hive's way
(`metrics/province=500000/year=2022/data.parquet`), so that DuckDB and Spark read only what is asked for; the
tables that are of no report in one file each; and `views.sql`, which gives DuckDB the names of the tables.
A partition whose reports are the same is left as it is. A file takes its place only when it is complete; the
dataset as a whole does not, so nothing should read it while it is written.
Refuses, with a QueryError: to work without pyarrow.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from .database import Row, opened
from .output import drafted
from .parquet import DECLARED, arrow, write_rows

NONE = "__HIVE_DEFAULT_PARTITION__"
"""What Hive's way of partitioning calls null."""
FILE, OF_FILES = "data.parquet", "files.parquet"
"""The rows of a partition's reports; the issues that are about files which are no reports."""
LEFT_OUT = {"metrics": ("surest",)}
"""Columns that depend on other shards; the view `surest_metrics` stands for them."""
_REPORTS_AT_A_TIME = 200
_PLAN = """
select id, ?, coalesce(substr(district_id, 1, 2) || '0000', ?),
  coalesce(substr(coalesce(reference_date, published_on), 1, 4), ?), sha256, file_name
from reports order by id"""

_VIEW = """create or replace view {table} as select * from read_parquet(
  '{table}/*/*/*.parquet', hive_partitioning = true, hive_types = {{'province': varchar, 'year': bigint}});
"""
_WHOLE_VIEW = "create or replace view {table} as select * from '{table}/data.parquet';\n"
_SUREST = """
-- of statements of a measure at a time, the one that a rule is surest of, then the one published last
create or replace view surest_metrics as
select m.* from metrics m join reports r on r.id = m.report_id
qualify m.period_end is null or row_number() over (
  partition by m.series_id, m.period_start, m.period_end, m.status, m.measure
  order by m.confidence desc, coalesce(r.published_on, r.reference_date) desc nulls last, m.id) = 1;
"""
_FACTS = "\ncreate or replace view metric_facts as select m.province, m.year,"

Partition = tuple[str, str]
"""Province, as the code of its unit, and year."""


class _Plan:
    """The reports of one partition: each with the shard that it is read from."""

    def __init__(self) -> None:
        self.reports: dict[int, list[str]] = defaultdict(list)
        self.digest = hashlib.sha256()

    def add(self, shard: int, report: str, *told: str) -> None:
        self.reports[shard].append(report)
        self.digest.update("|".join((report, *told)).encode() + b"\n")


def write(shards: Sequence[Path], corpus: Path, folder: Path) -> int:
    """Bring the dataset in the folder up to these databases; how many partitions were written."""
    for left in folder.glob("*/*/*/.*.part"):
        left.unlink()
    with ExitStack() as stack:
        databases = [stack.enter_context(opened(path)) for path in shards]
        for database in databases:
            database.execute("pragma cache_size = -1000")  # KiB: there are many at a time
        shared = stack.enter_context(opened(corpus))
        partitioned, whole = _tables(shared)
        plans = _plans(databases)
        _clear(folder, partitioned, plans)
        written = sum(_partition(databases, partitioned, plans[at], folder, at) for at in sorted(plans))
        for table in whole:
            kinds = _kinds(shared, table)
            _file(shared.execute(f"select {', '.join(kinds)} from {table} order by 1"), kinds, folder / table)
        _issues_of_files(shared, folder)
        views = _views(databases[0], partitioned, whole)
    with drafted(folder / "views.sql") as draft:
        draft.write_text(views, encoding="utf-8")
    return written


def _views(database: sqlite3.Connection, partitioned: Iterable[str], whole: Iterable[str]) -> str:
    """SQL for DuckDB, to be run in the dataset's folder."""
    query = "select sql from sqlite_master where name = 'metric_facts'"
    facts = database.execute(query).fetchone()[0].partition("select")[2]
    lines = [_VIEW.format(table=table) for table in partitioned]
    lines += [_WHOLE_VIEW.format(table=table) for table in whole]
    return "".join([*lines, _SUREST, _FACTS, facts, ";\n"])


def _tables(shared: sqlite3.Connection) -> tuple[list[str], list[str]]:
    """The tables whose rows belong to one report, `reports` last, and the others."""
    query = """
        select t.name, max(c.name = 'report_id') from pragma_table_list t, pragma_table_info(t.name) c
        where t.type = 'table' and t.schema = 'main' and t.name not like 'sqlite%' group by 1 order by 1"""
    of_report = {name: bool(of_report) for name, of_report in shared.execute(query)} | {"aliases": False}
    partitioned = [name for name, told in of_report.items() if told]
    return [*partitioned, "reports"], [name for name in of_report if name not in (*partitioned, "reports")]


def _kinds(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """Column -> Arrow type."""
    declared = connection.execute("select name, type from pragma_table_info(?)", (table,))
    return {name: DECLARED[kind] for name, kind in declared if name not in LEFT_OUT.get(table, ())}


def _plans(databases: Sequence[sqlite3.Connection]) -> dict[Partition, _Plan]:
    """What goes where; a report that stands in several shards is taken from the first."""
    settings = json.dumps(
        databases[0]
        .execute("select key, value from build where key not like 'inputs%' order by key")
        .fetchall()
    )
    plans: dict[Partition, _Plan] = defaultdict(_Plan)
    rows = heapq.merge(
        *(database.execute(_PLAN, (number, NONE, NONE)) for number, database in enumerate(databases))
    )
    plans[NONE, NONE].digest.update(settings.encode())
    for report, same in groupby(rows, key=itemgetter(0)):
        _, shard, province, year, *told = next(same)
        if (province, year) not in plans:
            plans[province, year].digest.update(settings.encode())
        plans[province, year].add(shard, report, *told)
    return plans


def _clear(folder: Path, tables: Iterable[str], plans: dict[Partition, _Plan]) -> None:
    """Take away the partitions that no report belongs to any more."""
    wanted = {_place(at) for at in plans}
    for table in tables:
        for place in (folder / table).glob("*/*"):
            if place.relative_to(folder / table).as_posix() not in wanted:
                shutil.rmtree(place)


def _place(partition: Partition) -> str:
    return "province={}/year={}".format(*partition)


def _partition(
    databases: Sequence[sqlite3.Connection],
    tables: Sequence[str],
    plan: _Plan,
    folder: Path,
    partition: Partition,
) -> bool:
    """Write a partition, the reports last, whose file tells what all are made of; False where they are as
    they should be."""
    told = {"fangzhi": plan.digest.hexdigest()}
    if _made_of(folder / "reports" / _place(partition) / FILE) == told["fangzhi"]:
        return False
    for table in tables:
        kinds = _kinds(databases[0], table)
        rows = _rows(databases, table, list(kinds), plan)
        first = next(rows, None)
        place = folder / table / _place(partition)
        if first is None and partition != (NONE, NONE):  # one file a table is enough to tell its columns
            shutil.rmtree(place, ignore_errors=True)
            continue
        _file(_with(first, rows), kinds, place, told)
    return True


def _with(first: Row | None, rows: Iterator[Row]) -> Iterator[Row]:
    if first is not None:
        yield first
        yield from rows


def _rows(
    databases: Sequence[sqlite3.Connection], table: str, columns: Sequence[str], plan: _Plan
) -> Iterator[Row]:
    key = "id" if table == "reports" else "report_id"
    query = f"""select {", ".join(columns)} from {table}
        where {key} in (select value from json_each(?)) order by {key}, id"""
    for shard, reports in sorted(plan.reports.items()):
        for at in range(0, len(reports), _REPORTS_AT_A_TIME):
            part = json.dumps(reports[at : at + _REPORTS_AT_A_TIME])
            yield from databases[shard].execute(query, (part,))


def _made_of(path: Path) -> str | None:
    """What a partition's file of reports says that it was made of."""
    if not path.exists():
        return None
    _, files = arrow()
    told: dict[bytes, bytes] = files.read_metadata(path).metadata or {}
    return told.get(b"fangzhi", b"").decode()


def _issues_of_files(shared: sqlite3.Connection, folder: Path) -> None:
    """Issues about files that are no reports lie in the partition of no province and no year."""
    kinds = _kinds(shared, "issues")
    rows = shared.execute(f"select {', '.join(kinds)} from issues order by id")
    _file(rows, kinds, folder / "issues" / _place((NONE, NONE)), name=OF_FILES)


def _file(
    rows: Iterable[Row],
    kinds: dict[str, str],
    place: Path,
    told: dict[str, str] | None = None,
    name: str = FILE,
) -> None:
    with drafted(place / name) as draft:
        write_rows(rows, kinds, draft, told)
