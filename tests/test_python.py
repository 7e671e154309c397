"""The way in and the way out from Python: `ingest.read_report` and `queries.frames`."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict
from pathlib import Path

import pytest

import fangzhi
import seeds
from ingest import read_report, read_reports
from ingest.model import ReadError, ReportFacts
from queries.canned import QueryError
from queries.frames import facts, frame

TEXT = "2023年，巴南区规模以上工业企业达153家，增长6.1%。"


def test_a_text_and_the_file_of_it_give_the_same(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    of_file, of_text = read_report(file), read_report(TEXT)
    of_text.report.file_name = "a.txt"
    assert asdict(of_file) == asdict(of_text)
    assert [(fact.value, fact.unit) for fact in of_file.metrics] == [(153.0, "家"), (6.1, "%")]


def test_what_the_caller_says_counts() -> None:
    told = read_report("今年，全区规模以上工业企业达153家。", reference_date="2022", district_id="500113")
    [fact] = told.metrics
    assert (fact.subject, fact.district_id, fact.period_end) == ("巴南区", "500113", "2022-12-31")


def test_it_reads_as_the_build_does() -> None:
    file = next(iter(sorted(seeds.starter_folder().iterdir())))
    [built] = fangzhi.extract(file, file.name, reference_date=None, district_id=None)
    assert isinstance(built, ReportFacts) and asdict(built) == asdict(read_report(file))


def test_a_file_of_many_reports(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text(f'{{"text": "{TEXT}"}}\n{{"text": ""}}\n', encoding="utf-8")
    first, second = read_reports(file)
    assert isinstance(first, ReportFacts) and isinstance(second, ReadError)
    with pytest.raises(ReadError, match="use read_reports"):
        read_report(file)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_has_every_row(path: Path, library: str) -> None:
    pytest.importorskip(library, reason=f"{library} is not installed")
    found = facts(path, library=library)  # type: ignore[arg-type]
    with sqlite3.connect(path) as connection:
        count, most = connection.execute("select count(*), max(value) from metrics").fetchone()
    assert (len(found), found["value"].max()) == (count, most)
    assert "sentence" in found.columns
    [row] = frame(path, "growth_leaders", library=library, top="1")["growth_percent"]  # type: ignore[arg-type]
    assert row == 6.1
    assert len(frame(path, "places", library=library)) == 0  # type: ignore[arg-type]


def test_a_frame_of_what_is_not_there(path: Path, tmp_path: Path) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    with pytest.raises(QueryError, match="no table, view or query"):
        frame(path, "rubbish")
    with pytest.raises(QueryError, match="no such file"):
        facts(tmp_path / "nowhere.db")
