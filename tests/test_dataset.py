"""The dataset of a sharded build, read back by DuckDB, is the single database of the same reports."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

import fangzhi
from benchmarks import corpus
from db import schema, shards
from queries import dataset

NUMBER = 60


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Reports for some 16 shards, some in two files, files that are none, an idle decision."""
    monkeypatch.setattr(shards, "REPORTS", 6)
    reports = tmp_path / "reports"
    corpus.write(reports, NUMBER, chars=300)
    (reports / "empty.txt").touch()
    (reports / "rubbish.txt").write_bytes(b"\0" * 99)
    texts = [corpus.make(number, chars=300).text for number in range(NUMBER, NUMBER + 3)]
    for name, chosen in {"a.csv": texts, "b.csv": texts[1:], "c.csv": texts[::-1]}.items():
        with (reports / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["text"], *([text] for text in chosen)])
    (tmp_path / "entities.csv").write_text(
        "action,kind,name,into,reason\nignore,enterprise,没有这样的公司,,试\n", encoding="utf-8"
    )
    return reports


def build(*arguments: Any) -> str:
    result = CliRunner().invoke(fangzhi.build, [*map(str, arguments), "--jobs", "1"])
    assert result.exit_code in (0, 1), result.output
    assert "Traceback" not in result.output and "Error" not in result.output, result.output
    return result.output.partition("reports ")[2]


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"set file_search_path = '{folder}'")
    connection.execute((folder / "views.sql").read_text("utf-8"))
    return connection


def content(folder: Path) -> dict[str, bytes]:
    paths: Iterator[Path] = folder.glob("*/**/*.parquet")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_duckdb_reads_the_facts_of_the_single_database(folder: Path, tmp_path: Path) -> None:
    lookups = ["--lookups", tmp_path]
    made = tmp_path / "dataset"
    said = [build(folder, "-o", tmp_path / "x.db", *lookups), build(folder, "--shards", made, *lookups)]
    assert said[0] == said[1] and "duplicate 5" in said[0] and "override 1" in said[0]
    assert len(shards.made(made)[0]) > 10
    database = opened(made)
    with closing(sqlite3.connect(tmp_path / "x.db")) as single:
        for table in schema.TABLES:
            kept = [name for name in table.columns if name not in dataset.LEFT_OUT.get(table.name, ())]
            query = f"select {', '.join(kept)} from {table.name} order by 1"
            assert database.execute(query).fetchall() == single.execute(query).fetchall(), table.name
        for query, same in {
            "select id from surest_metrics order by 1": "select id from metrics where surest order by 1",
            "select id, sentence, district from metric_facts order by 1": None,
        }.items():
            assert database.execute(query).fetchall() == single.execute(same or query).fetchall(), query
        provinces = "select distinct substr(district_id, 1, 2) || '0000' from reports order by 1"
        found = database.execute("select distinct province from metrics where year > 2000 order by 1")
        assert set(found.fetchall()) <= set(single.execute(provinces).fetchall())


def test_one_more_report_touches_its_shard_and_its_partition(folder: Path, tmp_path: Path) -> None:
    made = tmp_path / "dataset"
    build(folder, "--shards", made)
    before = {path: path.stat().st_ino for path in (*shards.made(made)[0], *made.glob("metrics/*/*/*"))}
    one = corpus.make(NUMBER + 9, chars=300)
    (folder / one.name).write_bytes(one.data)
    build(folder, "--shards", made)
    now = {path: path.stat().st_ino for path in (*shards.made(made)[0], *made.glob("metrics/*/*/*"))}
    changed = [path for path in now if now[path] != before.get(path)]
    assert sorted(path.suffix for path in changed) == [".db", ".parquet"]
    build(folder, "--shards", tmp_path / "again")
    assert content(made) == content(tmp_path / "again")


def test_what_goes_away_goes_from_the_dataset(folder: Path, tmp_path: Path) -> None:
    made = tmp_path / "dataset"
    build(folder, "--shards", made)
    for path in sorted((folder / "000").iterdir())[5:]:
        path.unlink()
    build(folder, "--shards", made)
    build(folder, "--shards", tmp_path / "again")
    assert content(made) == content(tmp_path / "again")
    assert {path.name for path in shards.made(made)[0]} == {
        path.name for path in shards.made(tmp_path / "again")[0]
    }
