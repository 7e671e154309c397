"""The tables, the views, the merging of entities and the invariants, on databases made by hand."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from functools import cache, partial
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from db import check, load, schema
from db.build import build
from db.describe import meanings
from fangzhi import extract
from ingest.ledger import digit_runs
from ingest.model import Entity, FangzhiError
from ingest.resolve import merge
from queries.search import phrases
from tests import toy

CONTRACT = Path(__file__).parents[1].parent / "shared" / "contract" / "schema.md"


@pytest.fixture(scope="module")
def database() -> Database:
    return toy.database()


def test_every_table_and_column_of_the_contract_is_there(database: Database) -> None:
    if not CONTRACT.exists():
        pytest.skip("the contract is not beside this checkout")
    named = re.findall(r"^\| `(\w+)` \| (.*?) \|", CONTRACT.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(named) == 15
    for name, columns in named:
        assert set(re.findall(r"`(\w+)`", columns)) <= set(database.table(name).columns_dict), name
        assert database.table(name).strict
    promised = re.findall(r"`(\w+)` ?\(|, `(\w+)`,", CONTRACT.read_text(encoding="utf-8").split("Views:")[1])
    assert {first or second for first, second in promised} <= set(database.view_names())


def test_every_foreign_key_leads_an_index(database: Database) -> None:
    for table in database.tables:
        leading = {index.columns[0] for index in table.indexes}
        assert {key.column for key in table.foreign_keys} <= leading, table.name


def test_the_toy_database_holds_together(database: Database) -> None:
    assert list(check.breaches(database.conn)) == []


QUOTES = "a row of {} quotes the text"
LEDGER = "every run of digits is in the ledger once"


@pytest.mark.parametrize(
    ("damage", "invariant"),
    [
        ("update source_spans set quote = 'x' where start_char = 0", QUOTES.format("source_spans")),
        ("update metrics set value_end = value_end + 1", QUOTES.format("metrics")),
        ("update mentions set surface = surface || 'x'", QUOTES.format("mentions")),
        ("update corrections set start_char = 0", QUOTES.format("corrections")),
        ("update source_spans set end_char = 100000", QUOTES.format("source_spans")),
        ("update source_spans set start_char = -1 where start_char > 0", QUOTES.format("source_spans")),
        ("delete from numerals where role = 'unexplained'", LEDGER),
        ("update numerals set start_char = start_char - 1 where text = '023'", LEDGER),
        ("insert into numerals (id, report_id, start_char, end_char, text, role)"
         " select id || '+', report_id, start_char, end_char, text, 'other' from numerals", LEDGER),
        ("update reports set char_count = 1", "char_count counts the text"),
        ("update reports set id = substr(id, 2)", "every key resolves"),
        ("update metrics set district_id = '110000'", "every key resolves"),
        ("update metrics set indicator_id = 'unknown'", "every key resolves"),
        ("update reports set sha256 = 'x'", "a report's id is the start of its SHA-256"),
        ("update mentions set district_id = '990102'", "a mention names one entity"),
        ("update aliases set enterprise_id = null", "an alias is of one entity"),
        ("update metrics set measure = 'size'", "words of closed lists"),
        ("update numerals set role = 'x' where role = 'other'", "words of closed lists"),
        ("update metrics set confidence = 2", "confidence is from 0 to 1"),
        ("update metrics set value_max = value - 1", "values in order"),
        ("update metrics set period_start = '2030-01-01'", "values in order"),
        ("update numerals set role = 'date' where role = 'metric'",
         "a numeral has the role of a metric where it leads to one"),
        ("update metrics set span_id = (select max(id) from source_spans)",
         "each row's span is of the same report"),
        ("insert into source_spans (id, report_id, start_char, end_char, quote, clean_quote, paragraph)"
         " select id || '+', report_id, start_char, end_char, quote, clean_quote, paragraph"
         " from source_spans",
         "every sentence is in the full-text index"),
    ],
)  # fmt: skip
def test_a_damaged_database_is_told(damage: str, invariant: str) -> None:
    damaged = toy.database()
    damaged.execute("pragma foreign_keys = off")
    damaged.conn.execute(damage)
    assert invariant in {breach.invariant for breach in check.breaches(damaged.conn)}


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_checking_what_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    with pytest.raises(FangzhiError, match="build it again"):
        check.check_file(path)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("增长22.1%，达1,234.5亿元", ["22.1", "1,234.5"]),
        ("２０２２年，1，234元", ["２０２２", "1，234"]),
        ("第1,2项；12,3456；3.", ["1", "2", "12", "3456", "3"]),
        ("5G、B561", ["5", "561"]),
        ("7.\n52亿", ["7", "52"]),
    ],
)
def test_runs_of_digits(text: str, runs: list[str]) -> None:
    assert [text[run.start : run.end] for run in digit_runs(text)] == runs


@cache
def _searched() -> Database:
    return toy.database()


@given(st.data())
def test_search_finds_every_piece_of_every_sentence(data: st.DataObject) -> None:
    database = _searched()
    sentence = data.draw(st.sampled_from([row["clean_quote"] for row in database.table("source_spans").rows]))
    start = data.draw(st.integers(0, len(sentence) - 1))
    piece = sentence[start : data.draw(st.integers(start + 1, len(sentence)))]
    if phrases(piece) == '""':
        return
    found = database.query(
        "select clean_quote from source_spans where rowid in"
        " (select rowid from source_spans_fts where source_spans_fts match ?)",
        [phrases(piece)],
    )
    assert sentence in {row["clean_quote"] for row in found}


# ---- views over figures made for them ----

STOCK = {"period_start": None, "period_end": "2022-12-31", "period": "../2022"}


def figures(*reports: tuple[str, list[dict[str, Any]]]) -> Database:
    """A database of reports, each a reference date and the columns of its figures."""
    facts = []
    for number, (reference_date, rows) in enumerate(reports):
        lines = "".join(f"第{number}份{index}号事实{index}家。" for index in range(len(rows)))
        made = toy.Maker(f"{number}.txt", lines, reference_date=reference_date, district_id="990102")
        for index, row in enumerate(rows):
            made.metric(f"{index}家", f"事实{index}家", **({"unit": "家", "indicator": "企业"} | row))
        facts.append(made.facts)
    return toy.database(facts=tuple(facts))


@pytest.mark.parametrize(
    ("one", "other", "explanation"),
    [
        ({"value": 153.0}, {"value": 140.0}, [None]),
        ({"value": 153.0}, {"value": 153.0}, []),
        ({"value": 153.0}, {"value": 153.5}, ["rounding"]),
        ({"value": 150.0, "bound": "min"}, {"value": 163.0}, ["bound"]),
        ({"value": 150.0, "bound": "min"}, {"value": 103.0}, [None]),
        ({"value": 150.0, "bound": "approx"}, {"value": 142.0}, ["bound"]),
        ({"value": 15.0, "measure": "share", "unit": "%", "basis": "全市"},
         {"value": 5.0, "measure": "share", "unit": "%", "basis": "全国"}, ["basis"]),
        ({"value": 153.0, **STOCK}, {"value": 140.0, **STOCK, "period_end": "2022-09-30"}, ["period"]),
        ({"value": 153.0}, {"value": 140.0, "period_start": "2021-01-01", "period_end": "2021-12-31"}, []),
        ({"value": 153.0}, {"value": 140.0, "status": "target"}, []),
        ({"value": 153.0}, {"value": 140.0, "unit": "户"}, []),
        ({"value": 153.0}, {"value": 140.0, "subject": "云岭省", "subject_id": "990000"}, []),
        ({"value": 153.0, "period_end": None}, {"value": 140.0, "period_end": None}, []),
        ({"value": 153.0, "indicator": "高企", "indicator_id": "high_tech_enterprises"},
         {"value": 140.0, "indicator": "高新技术企业", "indicator_id": "high_tech_enterprises"}, ["scope"]),
    ],
)  # fmt: skip
def test_conflicts(one: dict[str, Any], other: dict[str, Any], explanation: list[str | None]) -> None:
    database = figures(("2023", [one]), ("2023", [other]))
    assert [row["explanation"] for row in database.query("select explanation from conflicts")] == explanation


YEAR = {"period": "2024", "period_start": "2024-01-01", "period_end": "2024-12-31"}
HALF = {"period": "2024-01/2024-06", "period_start": "2024-01-01", "period_end": "2024-06-30"}
PLAN = {"period": "2021/2025", "period_start": "2021-01-01", "period_end": "2025-12-31"}


@pytest.mark.parametrize(
    ("target", "result", "outcome"),
    [
        ({"value": 210.0}, {"value": 230.0}, ["met"]),
        ({"value": 210.0}, {"value": 200.0}, ["missed"]),
        ({"value": 210.0}, {"value": 100.0, **HALF}, ["open"]),
        ({"value": 210.0}, {"value": 211.0, **HALF}, ["met"]),
        ({"value": 5.5, "bound": "max"}, {"value": 5.2}, ["met"]),
        ({"value": 5.5, "bound": "max"}, {"value": 5.9}, ["missed"]),
        (
            {"value": -3.0, "measure": "growth", "unit": "%"},
            {"value": -3.5, "measure": "growth", "unit": "%"},
            ["met"],
        ),
        ({"value": 210.0}, {"value": 999.0, **PLAN}, ["open"]),
        ({"value": 210.0}, {"value": 230.0, "status": "forecast"}, ["open"]),
        ({"value": 210.0}, {"value": 230.0, "unit": "户"}, ["open"]),
        ({"value": 210.0, "period": None, "period_end": None}, {"value": 230.0}, ["open"]),
    ],
)
def test_targets(target: dict[str, Any], result: dict[str, Any], outcome: list[str]) -> None:
    goal = ("2024-01", [YEAR | {"status": "target"} | target])
    database = figures(goal, ("2025-01", [YEAR | result]))
    assert [row["outcome"] for row in database.query("select outcome from targets")] == outcome


def test_a_result_older_than_the_target_is_not_its_outcome() -> None:
    database = figures(("2025-02", [YEAR | {"status": "target", "value": 210.0}, YEAR | {"value": 230.0}]))
    assert [row["outcome"] for row in database.query("select outcome from targets")] == ["open"]


@pytest.mark.parametrize(
    ("told", "value", "outcome"),
    [
        ("2024-01", 230.0, "open"),  # the same day, perhaps the same article
        ("2024-09", 100.0, "open"),  # the year isn't over
        ("2024-09", 230.0, "met"),
        ("2024-12-31", 100.0, "missed"),
        ("2025", 100.0, "missed"),
        ("2024", 100.0, "open"),
    ],
)
def test_a_target_is_judged_by_a_later_report(told: str, value: float, outcome: str) -> None:
    goal = ("2024-01", [YEAR | {"status": "target", "value": 210.0}])
    database = figures(goal, (told, [YEAR | {"value": value}]))
    assert [row["outcome"] for row in database.query("select outcome from targets")] == [outcome]


def test_a_profile_tells_where_a_firm_is_and_by_which_sentence(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("2023年，位于长兴经济技术开发区的骊骅光电科技有限公司产值8亿元。", encoding="utf-8")
    read = partial(extract, reference_date="2023-12", district_id="330522")
    build([report], tmp_path / "x.db", read, jobs=1)
    (firm,) = Database(tmp_path / "x.db").query("select * from enterprise_profile")
    assert (firm["name"], firm["park"]) == ("骊骅光电科技有限公司", "长兴经济技术开发区")
    assert firm["park_sentence"] == report.read_text(encoding="utf-8")
    (park,) = Database(tmp_path / "x.db").query("select * from park_profile")
    assert (park["name"], park["enterprises"]) == ("长兴经济技术开发区", 1)


def test_level_growth_and_rank_of_one_time_meet_in_one_row(database: Database) -> None:
    query = "select period, level, growth, rank from time_series where indicator_id = 'gdp' order by period"
    assert [tuple(row.values()) for row in database.query(query)] == [
        ("2022", 5.012e10, 6.1, 2.0),
        ("2023", 5.5e10, 5.8, None),
    ]


def test_the_surest_statement_stands_in_the_series() -> None:
    rows = [
        {"value": 1.0, "confidence": 0.5},
        {"value": 2.0, "confidence": 0.9},
        {"value": 3.0, "confidence": 0.6},
    ]
    series = list(figures(("2023", rows)).query("select level, statements from time_series"))
    assert series == [{"level": 2.0, "statements": 3}]


def test_of_statements_equally_sure_the_latest_stands_in_the_series() -> None:
    database = figures(
        ("2023", [{"value": 1.0}]), ("2024-03", [{"value": 2.0}]), ("2023-12", [{"value": 3.0}])
    )
    assert [row["level"] for row in database.query("select level from time_series")] == [2.0]


@pytest.mark.parametrize("view", ["conflicts", "time_series"])
def test_asking_a_view_for_one_series_uses_the_index(database: Database, view: str) -> None:
    plan = database.query(f"explain query plan select * from {view} where series_id = 's-1'")
    details = [row["detail"] for row in plan]
    assert not [detail for detail in details if re.match(r"SCAN (m|x|metrics)\b", detail)], details


# ---- entities ----

FORMS = st.sampled_from(["远山", "远山机械", "远山精密机械有限公司", "远山精密"])
ENTITIES = st.lists(
    st.builds(
        Entity,
        id=st.just("e-1"),
        kind=st.just("enterprise"),
        name=FORMS,
        short_name=st.none() | FORMS,
        industry=st.sampled_from([None, "装备制造", "汽车"]),
        aliases=st.lists(st.tuples(FORMS, st.sampled_from(["short", "former", "damaged"])), max_size=3).map(
            tuple
        ),
        weight=st.integers(1, 9),
    ),
    min_size=1,
    max_size=4,
)


@given(ENTITIES)
def test_merging_does_not_depend_on_order_and_keeps_every_form(entities: list[Entity]) -> None:
    merged = merge(entities)
    assert all(merge(order) == merged for order in permutations(entities)) or len(entities) == 1
    forms = {merged.name} | {form for form, _ in merged.aliases}
    assert {entity.name for entity in entities} <= forms
    assert merged.weight == sum(entity.weight for entity in entities)


def test_the_fullest_name_wins_unless_it_is_a_rare_slip() -> None:
    def named(name: str, weight: int) -> Entity:
        return Entity("e-1", "enterprise", name, weight=weight)

    assert merge([named("远山", 8), named("远山精密机械有限公司", 2)]).name == "远山精密机械有限公司"
    assert merge([named("远山精密", 40), named("远山精密机械有限公司的", 1)]).name == "远山精密"


def test_entities_of_two_reports_are_one_row(database: Database) -> None:
    assert [(row["name"], row["short_name"]) for row in database.table("enterprises").rows] == [
        ("远山精密机械有限公司", "远山精密")
    ]


def test_a_district_outside_the_lookup_is_told() -> None:
    database = Database(memory=True, execute_plugins=False)
    schema.create(database)
    load.insert(database, load.tabulate(toy.FACTS[0]))
    with pytest.raises(FangzhiError, match="990102"):
        load.complete(database, toy.DISTRICTS[:2], [])


def test_a_reader_sees_the_quote_with_substr(database: Database) -> None:
    wrong = database.query(
        "select s.id from source_spans s join reports r on r.id = s.report_id"
        " where substr(r.text, s.start_char + 1, s.end_char - s.start_char) <> s.quote"
    )
    assert list(wrong) == []


def test_tables_refuse_values_of_another_type(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        database.conn.execute("update metrics set value = '许多'")


def test_every_column_is_explained_once_and_nothing_else(database: Database) -> None:
    there = {
        (table.name, column.name) for table in [*database.tables, *database.views] for column in table.columns
    }
    told = meanings()
    unused = {place for place in told if place not in there and place[0] != "*"}
    shared = {column for table, column in told if table == "*"}
    assert not unused
    assert shared <= {column for table, column in there if (table, column) not in told}


def test_the_schema_page_is_what_the_database_is() -> None:
    docs = Path(__file__).parents[1] / "docs" / "schema.md"
    ran = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", str(docs)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, "run `cog -r docs/schema.md`\n" + ran.stdout + ran.stderr
