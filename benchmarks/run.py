"""Measures the project beside other programs on the same reports, in one run; prints tables in Markdown.

    python -m benchmarks.run [--reports 1000] [--jobs 1,2] [--chars 2600] [--seed 1] [--keep FOLDER]

Times of one process are its CPU seconds, so that other programs' work on the machine counts little; whole
builds are timed by the clock and by the CPU of all their processes. Every build is checked: each generated
fact must be in the database with its value, unit and measure. JioNLP and Recognizers-Text are run where they
are installed (`pip install jionlp recognizers-text-suite`).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import corpus

SAMPLE = 150
"""Reports that the programs beside ours read: the slowest does a few thousand characters a second."""
_BUILD = "import fangzhi; fangzhi.build_db()"


@dataclass(frozen=True, slots=True)
class Build:
    """One whole build: clock and CPU seconds, the most memory of all processes together, facts found."""

    seconds: float
    cpu: float
    megabytes: float
    summary: dict[str, Any]


def cpu_seconds(work: Callable[[str], object], texts: Sequence[str], tries: int = 3) -> float:
    """The CPU seconds that `work` takes for all texts, the least of some tries after a first text."""
    work(texts[0])
    best = float("inf")
    for _ in range(tries):
        begun = time.process_time()
        for text in texts:
            work(text)
        best = min(best, time.process_time() - begun)
    return best


def build(folder: Path, output: Path, jobs: int, *more: str) -> Build:
    """Runs `build-db` on a folder in processes of its own."""
    options = ("--json", "--jobs", str(jobs), "--output", str(output), *more)
    command = [sys.executable, "-c", _BUILD, *options, str(folder)]
    before = os.times()
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
    watcher.start()
    told, _ = process.communicate()
    seconds = time.perf_counter() - begun
    after = os.times()
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return Build(seconds, cpu, peak[0], json.loads(told))


def _watch(pid: int, peak: list[float]) -> None:
    """Samples the memory of a process and its children; shared pages count once (PSS)."""
    while Path(f"/proc/{pid}").exists():
        peak[0] = max(peak[0], sum(map(_megabytes, (pid, *_children(pid)))))
        time.sleep(0.2)


def _children(pid: int) -> list[int]:
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(child) for child in listed.split()]


def _megabytes(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


# ---- what others do with the same text ----


def _others() -> Iterator[tuple[str, Callable[[str], object]]]:
    jieba = import_module("jieba")
    jieba.setLogLevel(60)
    yield "jieba.cut", lambda text: list(jieba.cut(text))
    posseg = import_module("jieba.posseg")
    yield "jieba.posseg.cut", lambda text: list(posseg.cut(text))
    yield "opencc-python t2s", import_module("opencc").OpenCC("t2s").convert
    try:
        jionlp = import_module("jionlp")
    except ImportError:
        print("jionlp is not installed; its rows are left out", file=sys.stderr)
    else:
        yield "JioNLP extract_money", jionlp.extract_money
        yield "JioNLP extract_time", lambda text: jionlp.extract_time(text, time_base=0)
    try:
        units = import_module("recognizers_number_with_unit")
        dates = import_module("recognizers_date_time")
    except ImportError:
        print("recognizers-text-suite is not installed; its rows are left out", file=sys.stderr)
    else:
        yield "Recognizers currency", lambda text: units.recognize_currency(text, "zh-cn")
        yield "Recognizers dates", lambda text: dates.recognize_datetime(text, "zh-cn")


def _ours() -> Iterator[tuple[str, Callable[[str], object]]]:
    from db.load import tabulate  # noqa: PLC0415
    from db.sift import sift  # noqa: PLC0415
    from ingest.clean import clean  # noqa: PLC0415
    from ingest.model import Document, Source  # noqa: PLC0415
    from ingest.pipeline import parse  # noqa: PLC0415
    from ingest.segment import segment  # noqa: PLC0415

    def facts(text: str) -> Any:
        return parse(Document("report.txt", "0" * 64, "text/plain", text), Source())

    yield "fangzhi: clean", clean
    yield "fangzhi: clean, segment", lambda text: segment(clean(text))
    yield "fangzhi: text to facts", facts
    yield "fangzhi: text to rows", lambda text: tabulate(sift(facts(text)))


def side_by_side(texts: Sequence[str]) -> list[tuple[str, float]]:
    """Each program's CPU seconds for the texts; bare jieba.cut comes first."""
    rows = []
    for name, work in (*_others(), *_ours()):
        slow = not name.startswith(("jieba.cut", "fangzhi"))
        rows.append((name, cpu_seconds(work, texts, 1 if slow else 3)))
    return rows


# ---- whether a build is right ----


def missing(database: Path, made: Iterator[corpus.Made]) -> tuple[int, int]:
    """How many generated facts there are, and how many of them the database does not hold as they are."""
    facts = lost = 0
    with closing(sqlite3.connect(database)) as connection:
        names = dict(connection.execute("select file_name, id from reports"))
        names = {name.rsplit("/", 1)[-1]: id for name, id in names.items()}
        query = "select value_start, value_end, value, unit, measure from metrics where report_id = ?"
        for report in made:
            wanted = {(f.start, f.end, f.value, f.unit, f.measure) for f in report.facts}
            found = set(connection.execute(query, (names.get(report.name),)))
            facts += len(wanted)
            lost += len(wanted - found)
    return facts, lost


# ---- the table ----


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--chars", type=int, default=corpus.CHARS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", default="1,2", help="numbers of processes, with commas")
    parser.add_argument("--keep", type=Path, help="a folder for the reports and databases, which stay there")
    told = parser.parse_args(arguments)
    print(f"{platform.machine()}, {os.cpu_count()} cores, CPython {platform.python_version()}", end=", ")
    print(f"SQLite {sqlite3.sqlite_version}, load {os.getloadavg()[0]:.1f}\n")
    texts = [report.text for report in corpus.reports(min(SAMPLE, told.reports), told.seed, told.chars)]
    chars = sum(map(len, texts))
    rows = side_by_side(texts)
    bare = rows[0][1]
    print("| one process, CPU | characters a second | of one jieba.cut |\n| --- | ---: | ---: |")
    for name, seconds in rows:
        print(f"| {name} | {chars / seconds:,.0f} | {seconds / bare:.2f} |")
    with tempfile.TemporaryDirectory() as temporary:
        folder = told.keep or Path(temporary)
        _builds(folder, told, bare / chars)


def _builds(folder: Path, told: argparse.Namespace, bare: float) -> None:
    """Whole builds with each number of processes, then again with nothing and with one report changed."""
    chars = corpus.write(folder / "reports", told.reports, told.seed, told.chars)
    print(f"\n{told.reports:,} reports, {chars:,} characters\n")
    print("| build | seconds | CPU | of one jieba.cut | MB at most |\n| --- | ---: | ---: | ---: | ---: |")
    output = folder / "benchmark.db"
    for jobs in map(int, told.jobs.split(",")):
        ran = build(folder / "reports", output, jobs, "--fresh")
        _row(f"{jobs} job" + "s" * (jobs > 1), ran, chars * bare)
    facts, lost = missing(output, corpus.reports(told.reports, told.seed, told.chars))
    _row("nothing changed", build(folder / "reports", output, 1), chars * bare)
    changed = corpus.make(told.reports, told.seed, told.chars)
    (folder / "reports" / "000" / "one more.txt").write_bytes(changed.data)
    _row("one more report", build(folder / "reports", output, 1), chars * bare)
    size = output.stat().st_size / 2**20
    print(f"\n{facts:,} facts generated, {lost:,} of them not found; database {size:,.0f} MB")


def _row(name: str, ran: Build, bare: float) -> None:
    print(f"| {name} | {ran.seconds:.1f} | {ran.cpu:.1f} | {ran.cpu / bare:.2f} | {ran.megabytes:.0f} |")


if __name__ == "__main__":
    main()
