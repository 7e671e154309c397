"""An analyst's corrections: what they change, what is written down, and what those that don't apply say."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import fangzhi
from db.check import check_file
from ingest.analyst import COLUMNS, FIELDS, read_corrections
from ingest.model import FangzhiError
from queries import correction_page
from queries.facts import Visit

TEXT = """白石市2023年经济运行简报
（2024年1月20日）
2023年，全市实现地区生产总值501.2亿元，同比增长6.1%。
2023年，全市规模以上工业企业达153家，快递柜3号已启用。
"""
Line = dict[str, Any]
Built = tuple[sqlite3.Connection, Any]


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Built]:
    """Builds the report with corrections given as lines; gives the database and what was printed."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")

    def run(*lines: Line, form: str = "yaml", extra: tuple[str, ...] = ()) -> Built:
        file, output = tmp_path / f"mine.{form}", tmp_path / "x.db"
        file.write_text(json.dumps(lines, ensure_ascii=False) if form == "yaml" else as_csv(*lines), "utf-8")
        arguments = ["build", str(tmp_path / "in"), "-o", str(output), "--corrections", str(file), *extra]
        result = CliRunner().invoke(fangzhi.main, arguments)
        assert result.exit_code == 0, result.output
        assert check_file(output) == []
        return sqlite3.connect(output), result

    return run


def line(quote: str, action: str, **changes: Any) -> Line:
    start = TEXT.index(quote)
    told = {"report": "a.txt", "start": start, "end": start + len(quote), "expect": quote, "action": action}
    return told | {"set": changes, "who": "李华", "why": "核对原文"}


def as_csv(*lines: Line) -> str:
    def cell(value: Any) -> str:
        text = "; ".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
        return '"' + text.replace('"', '""') + '"'

    return "\n".join([",".join(COLUMNS), *(",".join(cell(row[c]) for c in COLUMNS) for row in lines)]) + "\n"


def facts(database: sqlite3.Connection) -> dict[str, tuple[Any, ...]]:
    rows = database.execute("select value_text, indicator, value, unit, rule, confidence, id from metrics")
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize("form", ["yaml", "csv"])
def test_set_changes_the_fields_and_what_follows_from_them(build: Callable[..., Built], form: str) -> None:
    period = {"period": "2022-01/2022-09", "indicator": "地区生产总值", "value": "50120000000"}
    told = line("501.2亿元", "set", **period, measure="level")
    database, _ = build(told, form=form)
    query = """select period_start, period_end, indicator_id, rule, confidence from metrics
    where value_text = '501.2亿元'"""
    assert database.execute(query).fetchall() == [("2022-01-01", "2022-09-30", "gdp", "analyst", 1.0)]
    query = "select expect, action, changes, previous, who, why, metric_id from analyst_corrections"
    [(expect, action, changes, previous, who, why, metric)] = database.execute(query)
    assert (expect, action, who, why) == ("501.2亿元", "set", "李华", "核对原文")
    assert json.loads(changes)["period"] == "2022-01/2022-09"
    assert json.loads(previous) == {"period": "2023"}
    assert metric == facts(database)["501.2亿元"][-1]


def test_wrong_takes_the_fact_away_and_keeps_what_it_said(build: Callable[..., Built]) -> None:
    database, _ = build(line("6.1%", "wrong"))
    assert "6.1%" not in facts(database)
    assert database.execute("select role from numerals where text = '6.1'").fetchall() == [("other",)]
    [(previous,)] = database.execute("select previous from analyst_corrections").fetchall()
    assert json.loads(previous)["value"] == 6.1


def test_add_makes_a_fact_of_the_reports_district(build: Callable[..., Built]) -> None:
    added = line("3号", "add", indicator="快递柜", value=3, unit="个", period="2023")
    database, _ = build(added, extra=("--district", "巴南区"))
    assert facts(database)["3号"][:5] == ("快递柜", 3.0, "个", "analyst", 1.0)
    query = "select subject, district_id, period_end from metrics where value_text = '3号'"
    assert database.execute(query).fetchall() == [("巴南区", "500113", "2023-12-31")]
    query = "select role from numerals n join metrics m on m.id = n.metric_id where m.value_text = '3号'"
    assert database.execute(query).fetchall() == [("metric",)]


def test_a_subject_is_found_among_the_districts(build: Callable[..., Built]) -> None:
    database, _ = build(line("6.1%", "set", subject="巴南区", subject_type="district"))
    query = "select subject, district_id from metrics where value_text = '6.1%'"
    assert database.execute(query).fetchall() == [("巴南区", "500113")]


NOT_APPLIED = [
    (line("6.1%", "wrong") | {"expect": "6.2%"}, "'6.1%' stands there and not '6.2%'"),
    (line("6.1", "wrong"), "no figure stands just there; '6.1%' stands at"),
    (line("6.1%", "add", indicator="x", value=1, unit="%"), "is a figure already; use set"),
    (line("6.1%", "set", unit="%"), "says so already"),
    (line("153家", "set", value_max=100), "greater than value_max"),
    (line("6.1%", "wrong") | {"report": "b.txt"}, "no report b.txt in this build"),
]


@pytest.mark.parametrize(("told", "message"), NOT_APPLIED, ids=[message for _, message in NOT_APPLIED])
def test_what_does_not_apply_is_told(build: Callable[..., Built], told: Line, message: str) -> None:
    database, _ = build(told)
    [(text,)] = database.execute("select message from issues where kind = 'correction'").fetchall()
    assert text.startswith("mine.yaml entry 1: ") and message in text
    assert database.execute("select count(*) from analyst_corrections").fetchone() == (0,)


def test_a_report_is_known_by_its_hash(build: Callable[..., Built]) -> None:
    database, _ = build(line("6.1%", "wrong"))
    [(id,)] = database.execute("select id from reports")
    database, _ = build(line("6.1%", "wrong") | {"report": id})
    assert "6.1%" not in facts(database)


def test_a_changed_file_takes_effect_and_is_undone(build: Callable[..., Built]) -> None:
    """Rows of the old database are used again only under the same corrections."""
    assert "6.1%" not in facts(build(line("6.1%", "wrong"))[0])
    assert "6.1%" in facts(build()[0])


REFUSED: list[tuple[Line, str]] = [
    (line("6.1%", "delete"), "action delete is not one of wrong, add, set"),
    (line("6.1%", "wrong", value=1), "wrong sets nothing"),
    (line("6.1%", "set"), "set needs field=value"),
    (line("3号", "add", value=1), "add needs indicator, unit"),
    (line("6.1%", "set", rule="mine"), f"rule is not one of {', '.join(FIELDS)}"),
    (line("6.1%", "set", value="six"), "value is a number in base units, not six"),
    (line("6.1%", "set", period="last year"), "period is EDTF"),
    (line("6.1%", "set", period="2023/2021"), "period is EDTF"),
    (line("6.1%", "set", measure="size"), "measure is one of level"),
    (line("6.1%", "set", district_id="000000"), "000000 is in no row of seeds/lookups/districts.csv"),
    (line("6.1%", "set", unit=""), "unit may not be empty"),
    (line("6.1%", "wrong") | {"who": ""}, "who is empty"),
    (line("6.1%", "wrong") | {"end": 9999}, "expect is the text from start to end"),
    (line("6.1%", "wrong") | {"start": "x"}, "start and end are whole numbers"),
]


@pytest.mark.parametrize(("told", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_a_line_that_is_no_correction_is_refused(tmp_path: Path, told: Line, message: str) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(as_csv(told), encoding="utf-8")
    with pytest.raises(FangzhiError) as caught:
        read_corrections(file)
    assert str(caught.value).startswith("mine.csv line 2: ") and message in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("mine.csv", "report,start\n", "no column action, end, expect, set, who, why"),
        ("mine.yaml", "- [", "no YAML"),
        ("mine.yaml", "report: a", "give a list of corrections"),
    ],
)
def test_a_file_of_something_else_is_refused(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(FangzhiError, match=message):
        read_corrections(tmp_path / name)


@pytest.mark.parametrize(("quote", "number"), [("6.1%", 0), ("6.1%", 1), ("3", 0)])
def test_a_suggested_line_is_one_that_a_build_takes(
    build: Callable[..., Built], tmp_path: Path, quote: str, number: int
) -> None:
    database, _ = build()
    tables = (("metrics", "value_text"), ("numerals", "text"))
    query = " union all ".join(f"select id from {table} where {column} = ?" for table, column in tables)
    key = database.execute(query, (quote, quote)).fetchone()[0]
    page = correction_page.read(database, Visit("en", {}, key, "/", "x"))
    assert page is not None
    suggested = page["lines"][number]["text"]
    if "indicator=;" in suggested:
        suggested = suggested.replace("indicator=; value=; unit=", "indicator=快递柜; value=3; unit=个")
        suggested = suggested.replace("; period=", "")
    file = tmp_path / "suggested.csv"
    # The analyst changes something, and adds who and why.
    assert suggested.endswith(",,")
    signed = suggested.replace("=6.1;", "=6.2;").removesuffix(",,") + ",李华,核对"
    file.write_text(f"{page['heading']}\n{signed}\n", encoding="utf-8")
    database, _ = build(extra=("--corrections", str(file)))
    assert database.execute("select count(*) from analyst_corrections").fetchone() == (1,)


def test_excel_saves_it_in_gb18030(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_bytes(as_csv(line("6.1%", "set", indicator="增速")).encode("gb18030"))
    assert read_corrections(file).instructions[0].changes == (("indicator", "增速"),)
