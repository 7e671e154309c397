"""The benchmark in small: its reports are what they say, and a build of them holds every fact. Not timed."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

import fangzhi
from benchmarks import corpus, run
from db.build import build
from db.check import check_file


def test_a_report_does_not_depend_on_how_many_are_made() -> None:
    made = list(corpus.reports(12))
    assert made[7] == corpus.make(7) != corpus.make(7, seed=2)
    assert len({report.text for report in made}) == len(made)


def test_facts_stand_where_they_say() -> None:
    noises = Counter[str]()
    for report in corpus.reports(150, chars=300):
        noises[report.noise] += 1
        for fact in report.facts:
            quote = report.text[fact.start : fact.end]
            assert quote[0].isdigit() and not quote[-1].isdigit(), quote
    assert noises.keys() == corpus._NOISES.keys()


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_fact_made_is_a_fact_found(tmp_path: Path, jobs: int) -> None:
    number, chars = 40, 900
    corpus.write(tmp_path / "reports", number, chars=chars)
    extract = partial(fangzhi.extract, reference_date=None, district_id=None)
    summary = build([tmp_path / "reports"], tmp_path / "x.db", extract, jobs=jobs)
    assert (summary.reports, summary.failed) == (number, 0)
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        texts = {text for (text,) in connection.execute("select text from reports")}
    assert texts == {report.text for report in corpus.reports(number, chars=chars)}
    made = run.missing(tmp_path / "x.db", corpus.reports(number, chars=chars))
    assert made[0] > 500 and made[1] == 0
    assert summary.metrics == made[0]
    assert check_file(tmp_path / "x.db") == []
