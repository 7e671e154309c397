"""The whole database of two tiny reports, as text: a change of any row shows in a diff. Their figures are
invented.

When a change is meant, write the text anew with `FANGZHI_GOLDEN=write pytest tests/test_golden.py` and read
the diff before committing it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import fangzhi
from db.build import build

HERE = Path(__file__).parent / "golden"
EXPECTED = HERE / "database.txt"
LEFT_OUT = {"indicators", "build", "sqlite_stat1", "source_spans_fts", "report_entities", "metric_facts"}
"""What is the same whatever the reports, or told by other tables as well."""


def as_text(path: Path) -> str:
    """Every row of every table and view, a line each, in the order of the first column."""
    lines: list[str] = []
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "select name from sqlite_master where type in ('table', 'view') order by name"
        )
        for (name,) in names.fetchall():
            if name in LEFT_OUT or name.startswith("source_spans_fts_"):
                continue
            rows = connection.execute(f"select * from {name} order by 1, 2")
            columns = [column[0] for column in rows.description]
            lines.append(f"\n== {name}")
            for row in rows:
                told = (
                    f"{column}={value!r}"
                    for column, value in zip(columns, row, strict=True)
                    if value is not None
                )
                lines.append(" ".join(told))
    return "\n".join(lines).strip() + "\n"


def test_the_database_of_two_tiny_reports(tmp_path: Path) -> None:
    extract = partial(fangzhi.extract, reference_date=None, district_id=None)
    build([HERE / "reports"], tmp_path / "x.db", extract, jobs=1)
    text = as_text(tmp_path / "x.db")
    if os.environ.get("FANGZHI_GOLDEN") == "write":
        EXPECTED.write_text(text, encoding="utf-8")
    assert text.splitlines() == EXPECTED.read_text(encoding="utf-8").splitlines()
