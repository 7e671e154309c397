"""The commands `build-db` and `fangzhi build|check`: words, exit statuses, what is printed where."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import fangzhi
from ingest.model import ReportFacts
from tests import toy
from tests.test_build import extract


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner in a folder with two good reports, one bad and one folder; reading is stood in for."""
    monkeypatch.chdir(tmp_path)
    Path("first.txt").write_text(toy.FIRST, encoding="utf-8")
    Path("second.txt").write_text(toy.SECOND, encoding="utf-8")
    Path("bad").mkdir()
    Path("bad/rubbish.txt").write_text("rubbish", encoding="utf-8")

    def stand_in(
        path: Path, name: str, reference_date: str | None, district_id: str | None
    ) -> list[ReportFacts]:
        [facts] = extract(path, name)
        facts.report.reference_date = reference_date or facts.report.reference_date
        facts.report.district_id = district_id or facts.report.district_id
        return [facts]

    monkeypatch.setattr(fangzhi, "extract", stand_in)
    return CliRunner()


def test_all_went_in(command: CliRunner) -> None:
    result = command.invoke(fangzhi.main, ["build", "first.txt", "second.txt"])
    assert result.exit_code == 0, result.output
    assert "reports   2\n" in result.stdout
    assert "2 of 2 files read" in result.stderr
    assert Path("regional-economy.db").exists()


def test_some_did_not(command: CliRunner) -> None:
    result = command.invoke(fangzhi.main, ["build", ".", "--output", "x.db"])
    assert result.exit_code == 1
    assert "Not used: bad/rubbish.txt: no text; save it as UTF-8" in result.stderr.splitlines()
    assert "reports   2 (1 files not used)" in result.stdout


def test_strict_builds_nothing(command: CliRunner) -> None:
    result = command.invoke(fangzhi.main, ["build", ".", "--strict", "--quiet"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: 1 files not used") and result.stderr.count("\n") == 1
    assert not Path("regional-economy.db").exists()


def test_the_summary_for_machines(command: CliRunner) -> None:
    result = command.invoke(fangzhi.main, ["build", ".", "--json"])
    told = json.loads(result.stdout)
    assert (told["reports"], told["failed"], told["issues"]) == (2, 1, {"binary": 1})
    assert set(told["entities"]) == {"districts", "parks", "enterprises", "institutions", "initiatives"}


def test_quiet_is_quiet(command: CliRunner) -> None:
    result = command.invoke(fangzhi.main, ["build", "first.txt", "--quiet"])
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize("district", ["500113", "巴南区", "巴南"])
def test_overrides_reach_the_reports_and_are_kept(command: CliRunner, district: str) -> None:
    arguments = ["build", "first.txt", "--district", district, "--reference-date", "2023-02"]
    assert command.invoke(fangzhi.main, arguments).exit_code == 0
    with sqlite3.connect("regional-economy.db") as database:
        rows = database.execute("select reference_date, district_id from reports").fetchall()
        kept = dict(database.execute("select key, value from build"))
    assert rows == [("2023-02", "500113")]
    assert (kept["reference_date"], kept["district_id"]) == ("2023-02", "500113")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere.txt"],
        ["--jobs", "0"],
        ["--jobs", "many"],
        ["--reference-date", "2023-13"],
        ["--reference-date", "last year"],
        ["--reference-date", "２０２３"],
        ["--reference-date", "2023-02-30"],
        ["--district", "亚特兰蒂斯"],
        ["--district", "鼓楼区"],
        ["--colour"],
    ],
)
def test_wrong_usage(command: CliRunner, arguments: list[str]) -> None:
    result = command.invoke(fangzhi.main, ["build", "first.txt", *arguments])
    assert result.exit_code == 2
    assert "Error: " in result.stderr and "Traceback" not in result.stderr
    assert not Path("regional-economy.db").exists()


def test_an_empty_folder_is_told(command: CliRunner) -> None:
    Path("empty").mkdir()
    result = command.invoke(fangzhi.main, ["build", "empty"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: no reports there")


def test_check(command: CliRunner) -> None:
    command.invoke(fangzhi.main, ["build", "first.txt", "--quiet"])
    assert command.invoke(fangzhi.main, ["check"]).exit_code == 0
    with sqlite3.connect("regional-economy.db") as database:
        database.execute("update numerals set text = 'x' where start_char < 5")
    result = command.invoke(fangzhi.main, ["check"])
    assert result.exit_code == 1
    assert "a row of numerals quotes the text: " in result.stderr


@pytest.mark.parametrize("name", ["first.txt", "nowhere.db", "bad"])
def test_checking_what_is_no_database(command: CliRunner, name: str) -> None:
    result = command.invoke(fangzhi.main, ["check", name])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {name} is not")


def test_every_command_has_help() -> None:
    runner = CliRunner()
    commands = fangzhi.main.list_commands(None)  # type: ignore[arg-type]
    assert {"build", "check", "export", "query", "serve"} <= set(commands)
    for name in commands:
        result = runner.invoke(fangzhi.main, [name, "--help"])
        assert result.exit_code == 0 and "Usage:" in result.output


def test_help_imports_nothing_heavy() -> None:
    script = "import sys, fangzhi; sys.argv = ['build-db', '--help']; fangzhi.build_db()"
    watched = f"import atexit, sys; atexit.register(lambda: print(*sys.modules)); {script}"
    run = subprocess.run([sys.executable, "-c", watched], capture_output=True, text=True, check=True)
    heavy = {"jieba", "opencc", "datasette", "sqlite_utils", "ahocorasick_rs", "yaml", "ingest", "db"}
    assert heavy.isdisjoint(run.stdout.split())


def test_a_build_leaves_out_what_sqlite_utils_would_load_in_vain(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(toy.FIRST, encoding="utf-8")
    script = "import sys, fangzhi; fangzhi.build(['-q', 'a.txt'], standalone_mode=False)"
    watched = f"import atexit, sys; atexit.register(lambda: print(*sys.modules)); {script}"
    run = subprocess.run(
        [sys.executable, "-c", watched], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded = run.stdout.split()
    assert "sqlite_utils" in loaded and {"pandas", "numpy"}.isdisjoint(loaded)


def test_a_name_that_is_no_utf8_does_not_break_the_output(command: CliRunner) -> None:
    Path(os.fsdecode(b"\xb0\xcd\n.txt")).write_text("rubbish", encoding="utf-8")
    result = command.invoke(fangzhi.main, ["build", "."])
    assert "Not used: \\xb0\\xcd\\n.txt: no text; save it as UTF-8" in result.stderr.splitlines()
