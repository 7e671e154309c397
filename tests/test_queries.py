"""The canned queries and the terminal's `query`: right answers, links to their sentences, in good time."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from queries import canned, cli, search
from queries.database import ask, opened, tables
from queries.output import table, width
from tests import big, toy
from tests.clock import SLOWER, quickest

FIRST, SECOND = (facts.report.id for facts in toy.FACTS)
BUDGET = 0.1 * SLOWER  # seconds a query may take
every_query = pytest.mark.parametrize("name", list(canned.all_queries()))


@pytest.fixture(scope="module")
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with opened(path) as found:
        yield found


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    file = tmp_path_factory.mktemp("big") / "big.db"
    big.database(file, 1000)
    with opened(file) as found:
        yield found


def rows(connection: sqlite3.Connection, name: str, **given: str) -> list[dict[str, Any]]:
    answer = ask(connection, name, given)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


# query, parameters, and for each row that it must give, in order, some of its columns
ANSWERS: list[tuple[str, dict[str, str], list[dict[str, Any]]]] = [
    (
        "scorecard_of_district",
        {"district": "白石"},
        [
            {"indicator": "高新技术企业数", "value": 175.0, "period": "../2023"},
            {"indicator": "地区生产总值", "value": 5.5e10, "growth_percent": 5.8, "rank": None},
        ],
    ),
    (
        "indicator_by_district",
        {"indicator": "地区生产总值", "year": "2022"},
        [{"district": "白石区", "value": 5.012e10, "report": "白石区2022年政府工作报告"}],
    ),
    (
        "indicator_over_time",
        {"indicator": "gdp", "district": "990102"},
        [
            {"measure": "growth", "value": 6.1},
            {"measure": "growth", "value": 5.8},
            {"measure": "level", "value": 5.012e10},
            {"measure": "level", "value": 5.5e10},
            {"measure": "rank", "value": 2.0},
        ],
    ),
    (
        "targets_and_results",
        {"district": "白石区"},
        [{"target": 180.0, "actual": 175.0, "outcome": "missed"}],
    ),
    ("targets_and_results", {"district": "云岭省"}, []),
    ("conflicting_figures", {}, [{"indicator": "高新技术企业数", "period": "../2022"}]),
    ("park_enterprises", {"park": "白石高新区"}, [{"enterprise": "远山精密机械有限公司", "value": 2.6e8}]),
    (
        "projects_by_investment",
        {"at_least": "2"},
        [{"subject": "远山精密机械有限公司", "value_yi_yuan": 2.6, "value_text": "2.6亿元"}],
    ),
    ("projects_by_investment", {"at_least": "3"}, []),
    ("growth_leaders", {"top": "1"}, [{"indicator": "地区生产总值", "growth_percent": 6.1, "basis": "同比"}]),
    (
        "about_enterprise",
        {"enterprise": "远山精密"},
        [{"value": 2.6e8, "report_date": "2023-01"}, {"value": None, "report_date": "2024-03"}],
    ),
    ("rankings", {}, [{"rank": 2.0, "among": "全市"}]),
    ("facts_to_check", {}, [{"confidence": 0.6, "rule": "toy"}]),
    ("unexplained_numerals", {}, [{"numeral": "555"}]),
    ("search_sentences", {"words": "地区 增长"}, [{"report": "清川市2023年统计公报"}, {"figures": 3}]),
    ("search_sentences", {"words": "投产"}, [{"report_date": "2024-03"}]),
    ("search_sentences", {"words": "投產"}, [{"report_date": "2024-03"}]),
    ("search_sentences", {"words": ""}, []),
]


@pytest.mark.parametrize(("name", "given", "expected"), ANSWERS)
def test_answer(
    connection: sqlite3.Connection, name: str, given: dict[str, str], expected: list[dict[str, Any]]
) -> None:
    found = rows(connection, name, **given)
    assert [{key: row[key] for key in want} for row, want in zip(found, expected, strict=True)] == expected


@every_query
def test_links_lead_to_the_sentence(connection: sqlite3.Connection, name: str) -> None:
    """A row's link names a report and a row of it, which stands in the sentence that the row shows."""
    pages = {f"/-/report/{id}" for (id,) in connection.execute("select id from reports")}
    pages |= {f"/-/indicator/{id}" for (id,) in connection.execute("select id from indicators")}
    spans = {
        f"{report}-{letter}{at}": sentence
        for report, letter, at, sentence in connection.execute(
            """select s.report_id, 's', s.start_char, clean_quote from source_spans s
            union all select m.report_id, 'm', m.value_start, clean_quote
            from metrics m join source_spans s on s.id = m.span_id
            union all select n.report_id, 'n', n.start_char, clean_quote
            from mentions n join source_spans s on s.id = n.span_id"""
        )
    }
    for row in rows(connection, name, **({"words": "白石"} if name == "search_sentences" else {})):
        page, _, anchor = row["link"].partition("#")
        assert page in pages
        if anchor in spans:
            assert row["sentence"] == spans[anchor]
        else:
            assert name in {"report_coverage", "indicator_glossary", "unexplained_numerals"}


@every_query
def test_quick(large: sqlite3.Connection, name: str) -> None:
    """On 20,000 metrics every query, asked for everything, is in its budget: none joins by scanning."""
    given = {"words": "指标 成效"} if name == "search_sentences" else {}
    assert rows(large, name, **given)
    assert quickest(lambda: rows(large, name, **given)) < BUDGET


# What a page asks of a view: it must be answered by search, or the page grows with the database.
NARROW = [
    "select * from targets where district_id = '500101'",
    "select * from conflicts where district_id = '500101'",
    "select * from metric_facts where district_id = '500101'",
    "select * from metric_facts where report_id = 'x'",
    "select * from metric_facts where enterprise_id = 'e-0000000000'",
    "select * from time_series where series_id = 'x'",
    "select * from coverage where report_id = 'x'",
    "select span_id from mentions where park_id = 'p' union select span_id from metrics where park_id = 'p'",
    "select * from relations where initiative_id = 'x'",
    "select * from numerals where report_id = 'x' order by start_char",
]


@pytest.mark.parametrize("sql", NARROW)
def test_views_are_searched(large: sqlite3.Connection, sql: str) -> None:
    """No table is read whole, and none is copied or indexed for the occasion."""
    plan = [row[3] for row in large.execute(f"explain query plan {sql}")]
    assert any(step.startswith("SEARCH") for step in plan)
    big_tables = r"(metrics|numerals|mentions|source_spans|reports|relations|[masxrtqn])( |$)"
    assert [step for step in plan if re.match(rf"SCAN {big_tables}|MATERIALIZE|.*AUTOMATIC", step)] == []


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("-- title: {zh: 甲}\n-- description: {zh: 甲, en: a}\nselect 1", "title needs zh and en"),
        ("-- title: {zh: 甲, en: a}\n-- description: {zh: 甲, en: a}\nselect :b", "told [] but uses ['b']"),
    ],
)
def test_bad_head_is_refused(text: str, trouble: str) -> None:
    with pytest.raises(canned.QueryError, match=re.escape(trouble)):
        canned.parse("bad", text)


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("巴南", '"巴 南"'),
        ("新增 66家", '"新 增" AND "6 6 家"'),
        ("巴南區 企业", '("巴 南 區" OR "巴 南 区") AND "企 业"'),
        ("５Ｇ", '"5 G"'),
        ('"OR NOT *', '"O R" AND "N O T"'),
        (" ,。", search.NOTHING),
    ],
)
def test_phrases(words: str, expression: str) -> None:
    assert search.phrases(words) == expression


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(cli.query, [str(argument) for argument in arguments])


def test_a_name_has_one_meaning(path: Path) -> None:
    """No query is called as a table or view is: Datasette and `export` would show only one of them."""
    with opened(path) as connection:
        assert set(tables(connection)) & canned.all_queries().keys() == set()


def test_query_lists_both_languages() -> None:
    listed = run().stdout
    for query in canned.all_queries().values():
        assert query.title["zh"] in listed
        assert query.title["en"] in listed


def test_query_formats(path: Path) -> None:
    ask_scorecard = ("scorecard_of_district", "-d", path, "-p", "district", "白石区")
    assert [row["value"] for row in json.loads(run(*ask_scorecard, "--format", "json").stdout)] == [
        175,
        5.5e10,
    ]
    assert run(*ask_scorecard, "--format", "csv").stdout.startswith("\ufeffdistrict,indicator,")
    assert "550亿元" in run(*ask_scorecard).stdout


@pytest.mark.parametrize(
    ("arguments", "trouble"),
    [
        (["scorecard_of_distric"], "did you mean scorecard_of_district?"),
        (["rankings", "-p", "city", "x"], "rankings has no parameter city; it has: district"),
        (["rankings", "-d", "absent.db"], "absent.db: no such file"),
    ],
)
def test_trouble_is_one_line(path: Path, arguments: list[str], trouble: str) -> None:
    result = run("-d", path, *arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert trouble in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_strange_file_is_told(tmp_path: Path) -> None:
    strange = tmp_path / "strange.db"
    strange.write_bytes(
        b"not a database at all, only some text that is long enough to be read as a header....."
    )
    assert "not a database" in run("rankings", "-d", strange).stderr


def test_table_lines_up(connection: sqlite3.Connection) -> None:
    lines = table(ask(connection, "rankings", {}), 1000).splitlines()
    place = width(lines[0][: lines[0].index("link")])
    assert all(width(line[: line.index("/-/report")]) == place for line in lines[2:])


def test_the_page_of_queries_is_up_to_date() -> None:
    docs = Path(__file__).parents[1] / "docs" / "queries.md"
    command = [sys.executable, "-m", "cogapp", "--check", str(docs)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, "run `cog -r docs/queries.md`\n" + ran.stdout + ran.stderr
