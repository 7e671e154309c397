"""Parquet, SDMX-CSV and web annotations: what was written is read back and compared with the database."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from queries import cli
from queries.database import Answer, opened, tables
from queries.sdmx import COMPONENTS, time_period


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with opened(path) as found:
        yield found


def run(*arguments: str | Path) -> Any:
    result = CliRunner().invoke(cli.export, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result


def test_parquet_holds_every_row_with_types(
    path: Path, connection: sqlite3.Connection, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    run("-d", path, "-o", tmp_path, "--format", "parquet")
    assert {file.stem for file in tmp_path.iterdir()} == set(tables(connection))
    for file in tmp_path.iterdir():
        found = parquet.read_table(file)
        rows = connection.execute(f'select * from "{file.stem}" order by 1').fetchall()
        key = found.column_names[0]
        if key == "id":
            assert [tuple(row.values()) for row in found.to_pylist()] == rows
        assert found.num_rows == len(rows)
    types = {column.name: str(column.type) for column in parquet.read_schema(tmp_path / "metrics.parquet")}
    assert (types["value"], types["value_max"], types["surest"], types["unit"]) == (
        "double", "double", "int64", "string",
    )  # fmt: skip


def test_parquet_of_a_query_is_typed_by_its_values(path: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    run("growth_leaders", "-d", path, "-o", tmp_path, "--format", "parquet", "-p", "top", "1")
    [row] = parquet.read_table(tmp_path / "growth_leaders.parquet").to_pylist()
    assert row["growth_percent"] == 6.1


def test_parquet_of_columns_that_change_their_type(connection: sqlite3.Connection, tmp_path: Path) -> None:
    """SQLite lets a computed column hold an integer here and a text there, in a later group of rows too."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    from queries import parquet as ours  # noqa: PLC0415 - needs pyarrow

    rows = [(1, 1, None), (2, 2.5, None)] * ours.ROWS_IN_GROUP + [("三", None, None)]

    def asked() -> Answer:
        return Answer("x", ("mixed", "number", "nothing"), iter(rows))

    ours.write(connection, asked(), asked, tmp_path / "x.parquet")
    found = parquet.ParquetFile(tmp_path / "x.parquet")
    assert found.metadata.num_row_groups == 3
    assert [str(column.type) for column in found.schema_arrow] == ["string", "double", "string"]
    assert found.read().to_pylist()[-1] == {"mixed": "三", "number": None, "nothing": None}


def test_sdmx_has_the_surest_statement_of_each_observation_once(
    path: Path, connection: sqlite3.Connection, tmp_path: Path
) -> None:
    told = run("-d", path, "-o", tmp_path, "--format", "sdmx-csv").stderr
    with (tmp_path / "observations.sdmx.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["STRUCTURE", "STRUCTURE_ID", "ACTION", *(name for name, _, _ in COMPONENTS)]
    key = [name for name, role, _ in COMPONENTS if role.endswith("dimension")]
    assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
    for row in rows:
        assert all(re.fullmatch(r"[A-Za-z0-9_@$-]+", row[name]) for name in key if name != "TIME_PERIOD")
    wanted = "select id, value from metrics where surest and period_end is not null"
    assert {row["SOURCE_FACT"]: float(row["OBS_VALUE"]) for row in rows} == dict(connection.execute(wanted))
    assert "1 facts without a period left out" in told
    [gdp] = [row for row in rows if row["INDICATOR"] == "gdp" and row["TIME_PERIOD"] == "2023" and
             row["MEASURE"] == "level"]  # fmt: skip
    assert (gdp["SUBJECT"], gdp["REF_AREA"], gdp["OBS_VALUE"]) == ("990102", "990102", "55000000000")


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("2022-01-01", "2022-12-31", "2022"),
        ("2022-07-01", "2022-12-31", "2022-S2"),
        ("2022-04-01", "2022-06-30", "2022-Q2"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2022-01-01", "2022-09-30", "2022-01-01/P9M"),
        ("2021-01-01", "2025-12-31", "2021-01-01/P5Y"),
        ("2022-03-05", "2022-03-11", "2022-03-05/P7D"),
        ("2022-03-05", "2022-03-05", "2022-03-05"),
        (None, "2022-12-31", "2022-12-31"),
    ],
)
def test_sdmx_periods(first: str | None, last: str, written: str) -> None:
    assert time_period(first, last) == written


PERIODS = st.tuples(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 2000)).map(
    lambda told: (told[0].isoformat(), (told[0] + timedelta(told[1])).isoformat())
)


@given(PERIODS, PERIODS)
def test_two_periods_are_never_written_alike(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert (time_period(*one) == time_period(*other)) == (one == other)


def test_annotations_lead_back_to_their_characters(
    path: Path, connection: sqlite3.Connection, tmp_path: Path
) -> None:
    run("-d", path, "-o", tmp_path, "--format", "web-annotation")
    page = json.loads((tmp_path / "annotations.jsonld").read_text(encoding="utf-8"))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    texts = [text for (text,) in connection.execute("select text from reports")]
    facts = {}
    for item in page["items"]:
        position, quote = item["target"]["selector"]
        start, end = position["start"], position["end"]
        before, after = quote["prefix"], quote["suffix"]
        whole = before + quote["exact"] + after
        assert any(
            text[start:end] == quote["exact"] and text[start - len(before) : end + len(after)] == whole
            for text in texts
        )
        if item["motivation"] == "identifying":
            fact = json.loads(item["body"][1]["value"])
            facts[fact["id"]] = fact["value"]
    assert facts == dict(connection.execute("select id, value from metrics"))
    count = connection.execute("select (select count(*) from metrics) + (select count(*) from source_spans)")
    assert len({item["id"] for item in page["items"]}) == len(page["items"]) == count.fetchone()[0]


@pytest.mark.parametrize("form", ["sdmx-csv", "web-annotation", "datapackage"])
def test_a_format_of_everything_takes_no_names(path: Path, tmp_path: Path, form: str) -> None:
    arguments = ["metrics", "-d", str(path), "-o", str(tmp_path), "--format", form]
    result = CliRunner().invoke(cli.export, arguments)
    assert result.exit_code == 2 and "give no names" in result.stderr
