"""The build: order, processes, bad files, replacing. The reading of texts is stood in for by a toy."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from db import build as builder
from db import check
from ingest.model import FangzhiError, ReadError, ReportFacts
from tests import toy

TEXTS = {f"{place}-{year}.txt": toy.FIRST.replace("白石", place).replace("2022", year)
         for place in ("白石", "清川", "云岭") for year in ("2019", "2020", "2021")}  # fmt: skip


def extract(path: Path, name: str) -> list[ReportFacts]:
    """Text to facts without reading: spans and digits only; some words make it fail as a rule might."""
    text = path.read_bytes().decode()
    if not text:
        raise ReadError("empty", f"{name}: has no bytes; leave it out")
    if "rubbish" in text:
        raise ReadError("binary", f"{name}: no text; save it as UTF-8")
    if "fault" in text:
        raise ZeroDivisionError("a rule divides\nby zero")
    if "death" in text:
        os._exit(9)
    if "slow" in text:
        time.sleep(0.05)
    made = toy.Maker(name, text, reference_date="2023", district_id="110101")
    return [made.facts]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    for name, text in TEXTS.items():
        (reports / name).write_text(text, encoding="utf-8")
    return reports


def issues(database: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(database) as connection:
        return connection.execute("select file_name, kind from issues order by file_name, kind").fetchall()


def test_same_bytes_in_any_order_and_number_of_processes(folder: Path, tmp_path: Path) -> None:
    files = sorted(folder.iterdir())
    ways: list[tuple[list[Path], int]] = [
        ([folder], 1),
        (files, 1),
        (files[::-1], 2),
        (files[4:] + files[:4], 3),
    ]
    made = []
    for number, (paths, jobs) in enumerate(ways):
        output = tmp_path / f"{number}.db"
        builder.build(paths, output, extract, jobs=jobs)
        made.append(output.read_bytes())
    assert len(set(made)) == 1


def test_building_again_reads_only_what_changed_and_gives_the_same_bytes(
    folder: Path, tmp_path: Path
) -> None:
    read = []

    def watched(path: Path, name: str) -> list[ReportFacts]:
        read.append(name)
        return extract(path, name)

    def build(output: str, reuse: bool, **settings: str) -> bytes:
        read.clear()
        builder.build(
            [folder], tmp_path / output, watched, reuse=reuse, jobs=1, settings={"rules": "1"} | settings
        )
        return (tmp_path / output).read_bytes()

    build("x.db", reuse=True)
    assert len(read) == len(TEXTS)
    build("x.db", reuse=True)
    assert read == []
    (folder / "清川-2020.txt").write_text(TEXTS["清川-2020.txt"] + "完。", encoding="utf-8")
    (folder / "白石-2019.txt").rename(folder / "renamed.txt")
    (folder / "白石-2020.txt").unlink()
    (folder / "rubbish.txt").write_text("rubbish", encoding="utf-8")
    (folder / "copy.txt").write_text(TEXTS["云岭-2019.txt"], encoding="utf-8")
    again = build("x.db", reuse=True)
    assert sorted(read) == ["copy.txt", "renamed.txt", "rubbish.txt", "清川-2020.txt"]
    assert again == build("y.db", reuse=False)
    build("x.db", reuse=True, district_id="500113")
    assert len(read) == len(TEXTS) - 1 + 1


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_and_goes_the_bytes_are_those_of_a_build_from_scratch(
    seed: int, tmp_path: Path
) -> None:
    """What stands in a row in the old database is copied together, so rows are parted in many ways here."""
    chance = random.Random(seed)
    texts = [f"{year}年，云岭县总产值{year}亿元。" for year in range(2000, 2020)] + ["rubbish", "rubbish 2"]
    folder = tmp_path / "reports"
    folder.mkdir()
    for _ in range(3):
        for number, text in enumerate(texts):
            path = folder / f"{number}.txt"
            path.write_text(text, encoding="utf-8") if chance.random() < 0.7 else path.unlink(missing_ok=True)
        builder.build([folder], tmp_path / "kept.db", extract, reuse=True, jobs=1)
        builder.build([folder], tmp_path / "new.db", extract, jobs=1)
        assert (tmp_path / "kept.db").read_bytes() == (tmp_path / "new.db").read_bytes()


def test_what_chance_spoilt_is_read_again(folder: Path, tmp_path: Path) -> None:
    (folder / "death.txt").write_text("death", encoding="utf-8")
    calls: list[tuple[int, int]] = []
    for _ in range(2):
        calls.clear()
        progress = partial(_note, calls)
        builder.build([folder], tmp_path / "x.db", extract, jobs=2, reuse=True, progress=progress)
    assert calls[-1] == (len(TEXTS) + 1, len(TEXTS) + 1)


def _note(calls: list[tuple[int, int]], *call: int) -> None:
    calls.append((call[0], call[1]))


def test_a_report_gives_the_same_rows_alone_and_among_others(folder: Path, tmp_path: Path) -> None:
    one = folder / "清川-2020.txt"
    builder.build([folder], tmp_path / "all.db", extract)
    builder.build([one], tmp_path / "one.db", extract)
    rows = []
    for name in ("all.db", "one.db"):
        with sqlite3.connect(tmp_path / name) as connection:
            report = connection.execute("select id from reports where file_name = ?", (one.name,)).fetchone()
            rows.append(
                connection.execute(
                    "select * from source_spans where report_id = ? order by id", report
                ).fetchall()
            )
    assert rows[0] == rows[1] != []


@pytest.mark.parametrize("jobs", [1, 2])
def test_bad_files_cost_an_issue_each_and_nothing_else(folder: Path, tmp_path: Path, jobs: int) -> None:
    for name, content in {
        "a-empty.txt": "", "b-empty.txt": "", "rubbish.bin": "rubbish", "fault.txt": "fault",
        "copy.txt": TEXTS["清川-2020.txt"], "~copy.txt": TEXTS["清川-2020.txt"], ".hidden": "x",
    }.items():  # fmt: skip
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "nowhere.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(folder / "pipe.txt")
    (folder / os.fsdecode(b"\xff\n<b>.txt")).write_text("rubbish too", encoding="utf-8")
    summary = builder.build([folder], tmp_path / "x.db", extract, jobs=jobs)
    assert summary.reports == len(TEXTS)
    assert issues(tmp_path / "x.db") == [
        ("\\xff\\n<b>.txt", "binary"),
        ("a-empty.txt", "empty"),
        ("b-empty.txt", "empty"),
        ("fault.txt", "internal"),
        ("rubbish.bin", "binary"),
        ("~copy.txt", "duplicate"),
        ("清川-2020.txt", "duplicate"),
    ]
    assert all("\n" not in line for line in summary.failures)


def test_a_process_that_dies_costs_one_report(folder: Path, tmp_path: Path) -> None:
    (folder / "death.txt").write_text("death", encoding="utf-8")
    summary = builder.build([folder], tmp_path / "x.db", extract, jobs=2)
    assert (summary.reports, issues(tmp_path / "x.db")) == (len(TEXTS), [("death.txt", "crashed")])


def test_a_report_that_changes_while_it_is_read_is_told(folder: Path, tmp_path: Path) -> None:
    def changing(path: Path, name: str) -> list[ReportFacts]:
        if name == "清川-2020.txt":
            path.write_text(toy.SECOND, encoding="utf-8")
        return extract(path, name)

    builder.build([folder], tmp_path / "x.db", changing, jobs=1)
    assert issues(tmp_path / "x.db") == [("清川-2020.txt", "changed")]


def test_strict_keeps_the_old_database(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "x.db"
    builder.build([folder], output, extract)
    old = output.read_bytes()
    (folder / "rubbish.txt").write_text("rubbish", encoding="utf-8")
    with pytest.raises(FangzhiError, match=r"rubbish\.txt"):
        builder.build([folder], output, extract, strict=True)
    assert output.read_bytes() == old
    assert not list(tmp_path.glob(".*"))


def _lie(facts: ReportFacts) -> None:
    facts.spans[0].quote = "never said"


def _drop(facts: ReportFacts) -> None:
    facts.numerals.pop()


def _twice(facts: ReportFacts) -> None:
    facts.spans.append(facts.spans[0])


def _lead_nowhere(facts: ReportFacts) -> None:
    facts.spans[0].report_id = "another"


def _unknown_role(facts: ReportFacts) -> None:
    facts.numerals[0].role = "guess"  # type: ignore[assignment]


def _unknown_district(facts: ReportFacts) -> None:
    facts.report.district_id = "999999"


@pytest.mark.parametrize("spoil", [_lie, _drop, _twice, _lead_nowhere, _unknown_role, _unknown_district])
def test_a_report_with_broken_facts_costs_itself(
    folder: Path, tmp_path: Path, spoil: Callable[[ReportFacts], None]
) -> None:
    def spoiling(path: Path, name: str) -> list[ReportFacts]:
        facts = extract(path, name)
        if name == "清川-2020.txt":
            spoil(facts[0])
        return facts

    summary = builder.build([folder], tmp_path / "x.db", spoiling, jobs=1)
    assert (summary.reports, issues(tmp_path / "x.db")) == (len(TEXTS) - 1, [("清川-2020.txt", "internal")])


def test_a_faulty_figure_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "first.txt").write_text(toy.FIRST, encoding="utf-8")

    def spoiling(path: Path, name: str) -> list[ReportFacts]:
        made = toy.Maker(name, toy.FIRST, reference_date="2023", district_id="110101")
        for quote in ("501.2亿元", "6.1%", "第二", "153家"):
            made.metric(quote, "", subject_id="110101", district_id="110101", value=1.0)
        first, second, third, _ = made.facts.metrics
        first.measure = "size"  # type: ignore[assignment]
        second.value_max = 0.5
        third.indicator_id = "unknown"
        return [made.facts]

    summary = builder.build([tmp_path], tmp_path / "x.db", spoiling)
    assert (summary.reports, summary.metrics, summary.issues) == (1, 1, {"left-out": 3})
    with sqlite3.connect(tmp_path / "x.db") as connection:
        placed = connection.execute(
            "select substr(r.text, i.start_char + 1, i.end_char - i.start_char) from issues i"
            " join reports r on r.id = i.report_id order by i.start_char"
        )
        assert [quote for (quote,) in placed] == ["501.2亿元", "6.1%", "第二"]


def test_a_database_that_breaks_its_rules_does_not_replace_the_old(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "x.db"
    builder.build([folder], output, extract)
    old = output.read_bytes()
    monkeypatch.setitem(check.INVARIANTS, "no report is there", "select id from reports")
    with pytest.raises(FangzhiError, match="no report is there"):
        builder.build([folder], output, extract)
    assert output.read_bytes() == old


@pytest.mark.parametrize("content", [b"my thesis", b"SQLite format 3\0" + bytes(84)])
def test_files_of_others_are_not_overwritten(folder: Path, tmp_path: Path, content: bytes) -> None:
    output = tmp_path / "x.db"
    output.write_bytes(content)
    with pytest.raises(FangzhiError, match="not made by build-db"):
        builder.build([folder], output, extract)
    assert output.read_bytes() == content


def test_a_spoilt_database_of_ours_is_replaced(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "x.db"
    builder.build([folder], output, extract)
    good = output.read_bytes()
    output.write_bytes(good[:5000] + b"\xff" * 9000)
    builder.build([folder], output, extract, reuse=True)
    assert output.read_bytes() == good


@pytest.mark.parametrize("output", ["reports", "missing/x.db", "/proc/x.db"])
def test_a_target_that_cannot_be_written_is_refused(folder: Path, tmp_path: Path, output: str) -> None:
    with pytest.raises(FangzhiError, match="--output"):
        builder.build([folder], tmp_path / output, extract)


def test_a_journal_beside_the_target_is_not_walked_over(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "x.db"
    builder.build([folder], output, extract)
    (tmp_path / "x.db-wal").write_bytes(b"someone is writing")
    with pytest.raises(FangzhiError, match="close the program"):
        builder.build([folder], output, extract)


def test_a_reader_of_the_old_file_is_not_disturbed(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "x.db"
    builder.build([folder / "清川-2020.txt"], output, extract)
    with sqlite3.connect(output) as reader:
        rows = reader.execute("select file_name from reports")
        builder.build([folder], output, extract)
        assert rows.fetchall() == [("清川-2020.txt",)]
    assert check.check_file(output) == []


# A shell starts what runs in the background with interrupts ignored, and the tests may run there.
RUN = """
import signal, sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)
from db.build import build
from tests.test_build import extract
print("ready", flush=True)
build([Path(sys.argv[1])], Path(sys.argv[2]), extract, jobs=2)
"""


def start(folder: Path, output: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", RUN, str(folder), str(output)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def processes_with(argument: str) -> list[str]:
    """The ids of the processes that were started with an argument; none where there is no /proc."""
    found = []
    for arguments in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if argument.encode() in arguments.read_bytes().split(b"\0"):
                found.append(arguments.parent.name)
    return found


def test_killed_at_any_moment_the_old_file_is_whole(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "x.db"
    builder.build([folder], output, extract)
    old = output.read_bytes()
    (folder / "more.txt").write_text(toy.SECOND + "slow", encoding="utf-8")
    begun = time.monotonic()
    assert start(folder, tmp_path / "y.db").wait() == 0
    whole = time.monotonic() - begun
    new = (tmp_path / "y.db").read_bytes()
    chance = random.Random(7)
    for _ in range(8):
        process = start(folder, output)
        time.sleep(chance.random() * whole)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert output.read_bytes() in (old, new)
    deadline = time.monotonic() + 5
    while left := processes_with(str(output)):
        assert time.monotonic() < deadline, left
        time.sleep(0.05)
    builder.build([folder], output, extract)
    assert output.read_bytes() == new
    assert not list(tmp_path.glob(".*"))


def test_two_builds_to_one_target(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "x.db"
    for number in range(40):
        (folder / f"{number}.txt").write_text(f"slow {number}", encoding="utf-8")
    first = start(folder, output)
    while not (tmp_path / ".x.db.building").exists():
        time.sleep(0.01)
    with pytest.raises(FangzhiError, match="another build"):
        builder.build([folder], output, extract)
    assert first.wait() == 0
    assert check.check_file(output) == []


def test_interrupted_it_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    for number in range(200):
        (folder / f"{number}.txt").write_text(f"slow {number}", encoding="utf-8")
    process = start(folder, tmp_path / "x.db")
    while not (tmp_path / ".x.db.building").exists():
        time.sleep(0.01)
    for _ in range(10):  # the interpreter drops an interrupt that meets it while it forks
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=2)
            break
    assert process.returncode not in (None, 0)
    assert list(tmp_path.iterdir()) == [folder]


def test_a_full_disk_keeps_the_old_database(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "x.db"
    builder.build([folder / "清川-2020.txt"], output, extract)
    old = output.read_bytes()

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    command = [sys.executable, "-c", RUN, str(folder), str(output)]
    ran = subprocess.run(command, capture_output=True, text=True, preexec_fn=little_room, check=False)
    assert "FangzhiError" in ran.stderr and "could not be written" in ran.stderr
    assert output.read_bytes() == old
    assert not list(tmp_path.glob(".*"))
