"""Files that a careless or hostile folder holds, through the whole way: each costs an issue and no more.

What takes minutes runs with FANGZHI_SLOW=1 in the environment.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

import fangzhi
from benchmarks import corpus, faults
from db.build import Summary, build
from db.check import check_file

slow = pytest.mark.skipif(not os.environ.get("FANGZHI_SLOW"), reason="takes minutes; set FANGZHI_SLOW=1")
GOOD = "巴南区2022年经济运行情况\n2022年，巴南区实现地区生产总值100.5亿元，同比增长5.1%。\n"


def built(folder: Path, output: Path, jobs: int = 1) -> Summary:
    extract = partial(fangzhi.extract, reference_date=None, district_id=None)
    summary = build([folder], output, extract, jobs=jobs)
    assert check_file(output) == []
    return summary


READ = {
    "bidi.txt": GOOD.replace("，", "\u202e，\u2066").encode(),
    "invisible.txt": GOOD.replace("增长", "增\u200b长").encode(),
    "one line.txt": (GOOD.replace("\n", "") * 2000).encode(),
    "brackets.txt": (GOOD + "(" * 5000 + "“" * 5000 + "《" * 5000).encode(),
    "no line ends.txt": (GOOD + "经" * 200_000).encode(),
    "combining.txt": (GOOD + "a" + "\u0301" * 5000).encode(),
    "line ends.txt": (GOOD + "\n" * 100_000).encode(),
    "digits.txt": (GOOD + "9" * 50_000).encode(),
    "deep/" * 30 + "nested.txt": (GOOD + "深。").encode(),
    "长" * 80 + ".txt": (GOOD + "长。").encode(),
    "=cmd|' !A1.txt": (GOOD + "表。").encode(),
}
REFUSED = {
    "nul.txt": (GOOD.encode() * 40).replace(b"\n", b"\0"),
    "surrogate.txt": GOOD.encode() + b"\xed\xa0\x80" * 20,
    "utf-16 surrogate.txt": b"\xff\xfe\x00\xd8" + GOOD.encode("utf-16-le"),
    "bytes.txt": bytes(range(256)) * 40,
    "blank.txt": "\u3000\n".encode() * 50,
}


def test_hostile_files_are_read_or_refused_each_in_a_line(tmp_path: Path) -> None:
    for name, data in (READ | REFUSED).items():
        path = tmp_path / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    summary = built(tmp_path / "reports", tmp_path / "x.db", jobs=2)
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        read = {name for (name,) in connection.execute("select file_name from reports")}
        figures = connection.execute(
            "select count(distinct report_id) from metrics where value in (10050000000, 5.1)"
        ).fetchone()[0]
    assert read == set(READ)
    assert figures == len(READ)
    assert summary.failed == len(REFUSED)
    assert all("\n" not in line for line in summary.failures)


def test_a_file_of_a_gigabyte_is_refused_and_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    with (folder / "big.txt").open("wb") as file:
        file.truncate(2**30)
    summary = built(folder, tmp_path / "x.db")
    assert (summary.reports, summary.issues["too-large"]) == (1, 1)


def test_a_reader_of_the_old_file_keeps_what_it_reads(tmp_path: Path) -> None:
    folder, output = tmp_path / "reports", tmp_path / "x.db"
    corpus.write(folder, 3, chars=300)
    built(folder, output)
    with closing(sqlite3.connect(output)) as reader:
        rows = reader.execute("select id from source_spans order by id")
        first = rows.fetchone()
        (folder / "000" / "more.txt").write_text(GOOD, encoding="utf-8")
        built(folder, output)
        left = rows.fetchall()
        assert [first, *left] == reader.execute("select id from source_spans order by id").fetchall()


@slow
def test_killed_two_hundred_times(tmp_path: Path) -> None:
    # Kills of toys at every moment run each time, in test_build.
    assert faults.kill(tmp_path, kills=200, reports=31, jobs=2, seed=1)["killed"] > 150


@slow
def test_a_hundred_thousand_tiny_files(tmp_path: Path) -> None:
    for number in range(100_000):
        path = tmp_path / "reports" / f"{number // 1000}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"2022年，巴南区引进企业{number + 10}家。", encoding="utf-8")
    summary = built(tmp_path / "reports", tmp_path / "x.db", jobs=2)
    assert (summary.reports, summary.metrics) == (100_000, 100_000)


@slow
def test_a_single_line_of_fifty_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "line.txt"
    path.parent.mkdir()
    path.write_text(GOOD.replace("\n", "") + "企业发展稳中向好" * 2_080_000, encoding="utf-8")
    assert built(tmp_path / "reports", tmp_path / "x.db").reports == 1
