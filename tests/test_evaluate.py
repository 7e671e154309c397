"""`fangzhi evaluate` agrees with the reference scorer, and each part of the comparison holds by itself."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import fangzhi
from db.build import build
from ingest.confidence import confidence
from queries.calibration import buckets, fit
from queries.evaluate import Verdict, find_entities, judge, wrong_fields
from queries.likeness import same_indicator, same_name, same_number, same_period, same_unit

DEV = Path(__file__).parent / "gold" / "dev"
SHARED = Path(__file__).parents[1].parent / "shared"
SCORER = SHARED / "tools" / "score.py"

SETS = {
    "seeds": ([SHARED / "seeds"], SHARED / "gold"),
    "dev": (sorted(DEV.glob("*.txt"))[:6], DEV),
}
"""Reports to build and a folder of gold, which may tell of reports that the database lacks."""

SPOILED = """
    update metrics set value = value * 10 where rowid % 7 = 0;
    update metrics set unit = '户', bound = 'approx' where rowid % 5 = 0;
    update metrics set period = '2019', indicator = subject || indicator where rowid % 6 = 0;
    update metrics set subject = '别处', status = 'forecast', measure = 'share' where rowid % 9 = 0;
    update metrics set value_start = value_start - 30, value_end = value_end - 30 where rowid % 13 = 0;
    delete from mentions where rowid % 3 = 0;
    update institutions set name = substr(name, 2), short_name = null;
    delete from metrics where rowid % 11 = 0"""
"""A database that is right nearly everywhere would leave most of the comparison untried."""


@pytest.fixture(scope="module", params=SETS)
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A database of annotated reports, and the folder of its gold."""
    reports, gold = SETS[request.param]
    if not gold.is_dir():
        pytest.skip("the originals and their annotations are not here")
    path = tmp_path_factory.mktemp("evaluate") / "x.db"
    build(reports, path, partial(fangzhi.extract, reference_date=None, district_id=None), jobs=1)
    return path, gold


def evaluate(*arguments: str | Path) -> Any:
    result = CliRunner().invoke(fangzhi.main, ["evaluate", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result


@pytest.mark.skipif(not SCORER.exists(), reason="the reference scorer is not here")
@pytest.mark.parametrize("spoil", ["", SPOILED], ids=["as built", "spoiled"])
def test_agrees_with_the_reference_scorer(database: tuple[Path, Path], tmp_path: Path, spoil: str) -> None:
    path, gold = tmp_path / "x.db", database[1]
    shutil.copy(database[0], path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(spoil)
    files = sorted(map(str, gold.glob("*.json")))
    command = [sys.executable, str(SCORER), str(path), *files, "--json"]
    told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    expected = json.loads(told)
    found = json.loads(evaluate(path, gold, "--json").stdout)
    assert {key: found[key] for key in expected} == expected


def test_tells_what_was_asked(database: tuple[Path, Path]) -> None:
    path, gold = database
    before = path.read_bytes()
    result = evaluate(path, gold, "--errors", "2", "--by", "rule", "--calibration")
    assert path.read_bytes() == before
    for part in ("figures in all", "rule  ", "confidence  rows", "【", "found ", "expected "):
        assert part in result.stdout
    assert ("Not in the database: " in result.stderr) == (gold == DEV)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere.db", str(DEV)), "nowhere.db: no such file"),
        ((__file__, str(DEV)), "not a database"),
    ],
)
def test_trouble_is_one_line(arguments: tuple[str, ...], told: str) -> None:
    result = CliRunner().invoke(fangzhi.main, ["evaluate", *arguments])
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ") and told in result.stderr


# ---- the comparison ----

FIGURE = {
    "start": 10, "end": 14, "text": "277家", "indicator": "规上工业企业", "subject": "巴南区",
    "measure": "level", "value": 277, "unit": "家", "bound": "exact", "period": "../2022-09",
    "status": "actual",
}  # fmt: skip
ROW = {
    "id": "m", "value_start": 10, "value_end": 14, "value_text": "277家", "indicator": "规上工业企业",
    "subject": "巴南区", "measure": "level", "value": 277.0, "value_max": None, "unit": "家",
    "bound": "exact", "period": "../2022-09", "status": "actual", "rule": "level", "confidence": 0.9,
    "clean_quote": "", "subject_own": 0, "period_own": 0,
}  # fmt: skip


def gold(*figures: dict[str, Any]) -> dict[str, Any]:
    return {"report": "x.txt", "reference_date": "2022-09", "metrics": list(figures)}


@pytest.mark.parametrize(
    ("row", "figure", "wrong"),
    [
        ({}, {}, ()),
        ({"value": 277.01}, {}, ()),
        ({"value": 278.0}, {}, ("value",)),
        ({"value_max": 300.0}, {}, ("value",)),
        ({"unit": "户"}, {}, ()),
        ({"unit": "个"}, {}, ("unit",)),
        ({"indicator": "巴南区规上工业企业"}, {}, ()),
        ({"indicator": "高新技术产品"}, {}, ("indicator",)),
        ({"period": "2022"}, {}, ()),
        ({"period": None}, {}, ("period",)),
        ({"period": None}, {"period": None}, ()),
        ({"subject": "綦江区"}, {"alt": [{"subject": "綦江区"}]}, ()),
        ({"subject": "綦江区", "bound": "min"}, {"alt": [{"bound": "min"}]}, ("subject",)),
    ],
)
def test_fields(row: dict[str, Any], figure: dict[str, Any], wrong: tuple[str, ...]) -> None:
    assert wrong_fields({**ROW, **row}, {**FIGURE, **figure}) == wrong


def test_a_stock_of_now_may_be_dated_by_either_reference_date() -> None:
    row, now = {**ROW, "period": "2021"}, {**gold(FIGURE), "reference_date_alt": "2021-12"}
    assert [v.wrong for v in judge([row], now)] == [()]
    assert [v.wrong for v in judge([row], gold(FIGURE))] == [("period",)]


@pytest.mark.parametrize(
    ("rows", "figures", "outcome"),
    [
        ([{}], [{}], ["full"]),
        ([], [{}], ["missed"]),
        ([{}], [], ["extra"]),
        ([{"value_start": 14, "value_end": 16}], [{}], ["missed", "extra"]),
        ([], [{"optional": True}], []),
        ([{}], [{"optional": True}], []),
        ([{"value_text": "两家"}], [], []),
        ([{"value_text": "第二", "measure": "rank"}], [], ["extra"]),
        # Of two rows on one figure the better one is its pair, wherever it stands.
        ([{"value": 2.0}, {"id": "n", "value_start": 12}], [{}], ["full", "extra"]),
    ],
)
def test_verdicts(rows: list[dict[str, Any]], figures: list[dict[str, Any]], outcome: list[str]) -> None:
    def name(verdict: Verdict) -> str:
        if verdict.full:
            return "full"
        return "extra" if verdict.gold is None else "missed" if verdict.row is None else "wrong"

    verdicts = judge([{**ROW, **row} for row in rows], gold(*({**FIGURE, **f} for f in figures)))
    assert [name(verdict) for verdict in verdicts] == outcome


def test_entities() -> None:
    told = {
        "enterprises": [
            {"name": "宗申动力机械股份有限公司", "aliases": ["宗申动力"]},
            {"name": "美利信科技"},
            {"name": "摄影公司", "optional": True},
        ]
    }
    forms = {"e-1": {"宗申动力"}, "e-2": {"国际复合材料"}, "e-3": {"摄影公司"}}
    assert find_entities(forms, told, "enterprises") == find_entities(
        dict(reversed(forms.items())), told, "enterprises"
    )
    found = find_entities(forms, told, "enterprises")
    assert (found.right, found.missed, found.extra) == (1, ("美利信科技",), ("国际复合材料",))


@pytest.mark.parametrize(
    ("same", "a", "b", "expected"),
    [
        (same_name, "“专精特新”企业", "专精特新企业", True),
        (same_name, "企业", "规模以上工业战略性新兴产业企业", False),
        (same_name, "", "", False),
        (same_number, 33.3333, 100 / 3, True),
        (same_number, None, 0.0, False),
        (same_unit, "名", "人", True),
        (same_unit, "余家", "家", True),
        (same_unit, "个百分点", "百分点", True),
        (same_unit, "%", "百分点", False),
        (same_period, "2021/2025", "../2025-03", True),
        (same_period, "2021", None, False),
        (same_indicator, "投资", "总成基地投资", False),
    ],
)
def test_likeness(same: Callable[[Any, Any], bool], a: Any, b: Any, expected: bool) -> None:
    assert (same(a, b), same(b, a)) == (expected, expected)


def test_holders_are_no_part_of_an_indicator() -> None:
    assert same_indicator("投资", "总成基地投资", "总成基地")


@given(st.text("工业产值增加(“ 元", max_size=12), st.text("工业产值增加(“ 元", max_size=12))
def test_likeness_has_no_direction(a: str, b: str) -> None:
    assert same_name(a, b) == same_name(b, a)


# ---- confidence ----


def verdict(right: bool, **row: Any) -> Verdict:
    return Verdict("x.txt", {**ROW, **row}, FIGURE, () if right else ("subject",))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans(), st.booleans(), st.booleans()), min_size=1))
def test_a_fitted_share_is_a_share_of_what_was_seen(seen: list[tuple[str, bool, bool, bool]]) -> None:
    rows = [{"rule": rule, "subject_own": own, "period_own": dated} for rule, own, dated, _ in seen]
    lines = fit((verdict(one[3], **row) for one, row in zip(seen, rows, strict=True)), "x")
    assert all(0 < line.confidence < 1 for line in lines)
    assert {line.rule for line in lines} == {"", *(rule for rule, *_ in seen)}


def test_few_rows_lean_on_the_rest_and_many_stand_alone() -> None:
    many = [verdict(True, rule="sure")] * 500 + [verdict(False, rule="wrong")] * 500
    share = {line[:3]: line.confidence for line in fit([*many, verdict(False, rule="rare")], "x")}
    assert share["sure", "inherited", "inherited"] > 0.95
    assert share["wrong", "inherited", "inherited"] < 0.05
    assert 0.3 < share["rare", "inherited", "inherited"] < 0.5


def test_buckets_hold_each_row_once() -> None:
    verdicts = [verdict(share > 0.5, confidence=share) for share in (0.0, 0.4, 0.55, 0.9, 1.0)]
    assert [(one.rows, one.full) for one in buckets(verdicts)] == [(1, 0), (1, 0), (1, 1), (2, 1)]


def test_an_unknown_rule_is_as_sure_as_its_evidence() -> None:
    assert confidence("no such rule", False, True) == confidence("none either", False, True)
    assert 0 < confidence("no such rule", True, True) < 1
