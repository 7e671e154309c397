"""`export`: every table and view reaches its file whole, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from queries import cli
from queries.database import Answer, opened, tables
from queries.output import BOM, inert, write_csv
from tests import toy


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(cli.export, [str(argument) for argument in arguments])


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))


def test_everything_is_exported(path: Path, tmp_path: Path) -> None:
    assert run("-d", path, "-o", tmp_path / "out").exit_code == 0
    with opened(path) as connection:
        names = tables(connection)
        assert {file.stem for file in (tmp_path / "out").iterdir()} == set(names)
        for name in names:
            with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                found = read(file.read())
            assert len(found) - 1 == connection.execute(f"select count(*) from {name}").fetchone()[0]
    assert {"metrics", "metric_facts", "coverage"} <= set(names)
    assert not [name for name in names if "_fts" in name]


def test_csv_begins_with_bom(path: Path) -> None:
    found = run("reports", "-d", path, "-o", "-").stdout_bytes
    assert found.startswith(b"\xef\xbb\xbfid,file_name,")
    assert b"\r\n" in found


def test_text_is_whole(path: Path) -> None:
    header, *lines = read(run("reports", "-d", path, "-o", "-").stdout)
    assert {line[header.index("text")] for line in lines} == {toy.FIRST, toy.SECOND}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_cell_is_a_formula(text: str) -> None:
    out = io.StringIO(newline="")
    write_csv(Answer("x", ("a",), iter([(text,)])), out)
    cell = read(out.getvalue())[1:] or [[""]]
    if cell[0]:
        assert cell[0][0] in (text, "'" + text)
        assert not cell[0][0].startswith(("=", "@", "\t", "\r", "\uff1d", "\uff20"))


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("-3.2%", "-3.2%"),
        (-3.2, -3.2),
        ("-3.2%|cmd", "'-3.2%|cmd"),
        ("白石区", "白石区"),
        (None, None),
    ],
)
def test_inert(value: Any, safe: Any) -> None:
    assert inert(value) == safe


def test_query_with_parameters_as_lines(path: Path, tmp_path: Path) -> None:
    run("growth_leaders", "-d", path, "-o", tmp_path, "--format", "jsonl", "-p", "top", "1")
    lines = (tmp_path / "growth_leaders.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["growth_percent"] for line in lines] == [6.1]


def test_unknown_name_writes_nothing(path: Path, tmp_path: Path) -> None:
    result = run("reports", "rubbish", "-d", path, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "Error: there is no table, view or query rubbish" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_failed_write_leaves_the_old_file(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "reports.csv"
    old.write_text("old", encoding="utf-8")

    def fail(answer: Answer, file: Any) -> None:
        file.write("half")
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(cli, "WRITERS", {"csv": fail})
    assert run("reports", "-d", path, "-o", tmp_path).exit_code == 1
    assert [file.name for file in tmp_path.iterdir()] == ["reports.csv"]
    assert old.read_text(encoding="utf-8") == "old"


def test_workbook(path: Path, tmp_path: Path) -> None:
    """A sheet a name; numbers are numbers, text that looks like a formula is text, and cuts are told."""
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # noqa: PLC0415

    changed = tmp_path / "changed.db"
    changed.write_bytes(path.read_bytes())
    connection = sqlite3.connect(changed)
    connection.execute(
        "update reports set publisher = '=1+1', text = ? where file_name = 'first.txt'", ("字\x01" * 20_000,)
    )
    connection.commit()
    connection.close()
    result = run("reports", "metrics", "-d", changed, "-o", tmp_path, "--format", "xlsx")
    assert "reports: 1 cells cut at 32,767 characters" in result.stderr
    book = load_workbook(tmp_path / "changed.xlsx")
    assert book.sheetnames == ["reports", "metrics"]
    header, *lines = book["reports"].iter_rows()
    publisher = [cell.value for cell in header].index("publisher")
    assert ("=1+1", "s") in [(line[publisher].value, line[publisher].data_type) for line in lines]
    header, *lines = book["metrics"].iter_rows(values_only=True)
    assert 5.012e10 in [line[header.index("value")] for line in lines]


def test_data_package(path: Path, tmp_path: Path) -> None:
    """The descriptor names every table with its keys, and every key's target is in the package."""
    run("-d", path, "-o", tmp_path, "--format", "datapackage")
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    with opened(path) as connection:
        assert set(resources) == set(tables(connection))
    for resource in resources.values():
        with (tmp_path / resource["path"]).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        for key in resource["schema"].get("foreignKeys", []):
            target = resources[key["reference"]["resource"] or resource["name"]]
            assert target["schema"]["primaryKey"] == key["reference"]["fields"]
    assert resources["metrics"]["schema"]["primaryKey"] == ["id"]
    assert len(resources["metrics"]["schema"]["foreignKeys"]) == 8


def test_data_package_validates(path: Path, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    run("-d", path, "-o", tmp_path, "--format", "datapackage")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
