"""The whole way, from files to the finished database, with nothing stood in for."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import seeds
from db.check import check_file
from queries.canned import all_queries
from queries.database import ask, opened

ORIGINALS = Path(__file__).parents[1].parent / "shared" / "seeds"
BUILD = "import fangzhi; fangzhi.build_db()"
# What the starter reports hardly speak of, or what a better reading leaves nothing for.
MAYBE_NO_ROWS = {"industry_clusters", "park_enterprises", "unexplained_numerals"}
TABLES = ("source_spans", "metrics", "numerals", "mentions", "corrections", "issues", "report_entities")


def build(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BUILD, *map(str, arguments)]
    return subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("starter") / "starter.db"
    built = build("--output", output)
    assert built.returncode == 0, built.stderr
    return output


def rows(database: Path, query: str, *values: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query, values).fetchall()


def test_the_starter_database_holds_together(starter: Path) -> None:
    assert check_file(starter) == []


def test_every_table_and_view_is_filled_from_the_starter_reports(starter: Path) -> None:
    names = rows(
        starter, "select name from sqlite_master where type in ('table', 'view') and name not like '%fts%'"
    )
    maybe_empty = {"issues", "sqlite_stat1", "report_sources", "page_starts", "places", "analyst_corrections"}
    empty = {str(name) for (name,) in names if not rows(starter, f"select 1 from {name} limit 1")}
    assert empty <= maybe_empty


def test_every_canned_query_has_an_answer_in_the_starter_database(starter: Path) -> None:
    """Left empty they stand for what the user asked for; a search alone needs words."""
    given = {"search_sentences": {"words": "企业"}}
    with opened(starter) as connection:
        empty = {name for name in all_queries() if not ask(connection, name, given.get(name, {})).rows}
    assert empty <= MAYBE_NO_ROWS


def test_few_digits_stay_unexplained(starter: Path) -> None:
    assert rows(starter, "select sum(role = 'unexplained') <= 0.02 * count(*) from numerals") == [(1,)]


def test_same_bytes_whatever_the_surroundings(starter: Path, tmp_path: Path) -> None:
    surroundings = {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "C", "COLUMNS": "40"}
    files = sorted(seeds.starter_folder().glob("*.txt"), reverse=True)
    built = build("--output", tmp_path / "x.db", "--jobs", "2", *files, **surroundings)
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "x.db").read_bytes() == starter.read_bytes()


def test_a_report_gives_the_same_rows_alone_and_among_others(starter: Path, tmp_path: Path) -> None:
    alone = sorted(seeds.starter_folder().glob("*.txt"))[0]
    assert build("--output", tmp_path / "x.db", alone).returncode == 0
    report = str(rows(tmp_path / "x.db", "select id from reports")[0][0])
    for table in TABLES:
        # `surest` says how a statement compares with those of other reports.
        columns = ", ".join(
            str(name)
            for (name,) in rows(starter, f"select name from pragma_table_info('{table}')")
            if name != "surest"
        )
        query = f"select {columns} from {table} where report_id = ? order by id"
        assert rows(starter, query, report) == rows(tmp_path / "x.db", query, report), table
    entities = "select id from {0} union select id from {1} union select id from {2} union select id from {3}"
    query = entities.format("parks", "enterprises", "institutions", "initiatives")
    assert set(rows(tmp_path / "x.db", query)) <= set(rows(starter, query))


def test_originals_are_known_by_their_content(tmp_path: Path) -> None:
    if not ORIGINALS.is_dir():
        pytest.skip("the original articles are not beside this checkout")
    renamed = tmp_path / "any name.txt"
    known = {known.file: known for known in seeds.known_reports().values() if known.origin == "original"}
    original = next(path for path in sorted(ORIGINALS.glob("*.txt")) if known[path.name].publisher)
    renamed.write_bytes(original.read_bytes())
    assert build("--output", tmp_path / "x.db", renamed).returncode == 0
    told = known[original.name]
    assert rows(tmp_path / "x.db", "select origin, publisher, district_id, reference_date from reports") == [
        ("original", told.publisher, told.district_id, told.reference_date)
    ]
