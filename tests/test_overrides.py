"""A person's decisions on names: what each does, that reports agree on ids, what is refused and told."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.build import build
from fangzhi import extract
from ingest.model import FangzhiError
from ingest.overrides import read

FIRST = "2023年，江苏骊骅光电科技有限公司、骉安汽配等企业落户长兴县。骉安汽配产值8.2亿元。"
SECOND = "2024年，骊光显示、骉安汽配、骝峰电机等企业上市。骊光显示产值9亿元。"
HEADING = "action,kind,name,into,reason\n"


def database(folder: Path, rows: str, *texts: str) -> Database:
    """The database of texts built under the decisions in `rows`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "entities.csv").write_text(HEADING + rows, encoding="utf-8")
    paths = []
    for place, text in enumerate(texts):
        paths.append(folder / f"{place}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    decided = read(folder)
    told = partial(extract, reference_date="2024-06", district_id="330522", overrides=decided)
    build(paths, folder / "x.db", told, jobs=1, overrides=decided)
    return Database(folder / "x.db")


def firms(made: Database) -> dict[str, set[str]]:
    """Name -> its other forms."""
    query = "select e.name, a.alias from enterprises e left join aliases a on a.enterprise_id = e.id"
    found: dict[str, set[str]] = {}
    for name, alias in made.conn.execute(query):
        found.setdefault(name, set()).update(filter(None, [alias]))
    return found


FULL = "江苏骊骅光电科技有限公司"
DECISIONS = [
    (f"merge,enterprise,骊光显示,{FULL},x\n", {FULL: {"骊光显示"}, "骉安汽配": set(), "骝峰电机": set()}),
    ("ignore,enterprise,骉安汽配,,x\n", {FULL: set(), "骊光显示": set(), "骝峰电机": set()}),
    (
        "rename,enterprise,骊光显示,骊光显示技术公司,x\n",
        {FULL: set(), "骊光显示技术公司": {"骊光显示"}, "骉安汽配": set(), "骝峰电机": set()},
    ),
]


@pytest.mark.parametrize(("rows", "expected"), DECISIONS, ids=[rows.split(",")[0] for rows, _ in DECISIONS])
def test_what_a_decision_does(tmp_path: Path, rows: str, expected: dict[str, set[str]]) -> None:
    made = database(tmp_path, rows, FIRST, SECOND)
    assert firms(made) == expected
    assert not list(made.query("select * from issues where kind = 'override'"))


def test_a_split_form_is_an_entity_of_its_own(tmp_path: Path) -> None:
    text = "江苏骊骅光电科技有限公司(简称“骊骅光电”)扩产,骊骅光电出口增长。"
    assert firms(database(tmp_path / "a", "", text)) == {FULL: {"骊骅光电"}}
    split = database(tmp_path / "b", "split,enterprise,骊骅光电,,x\n", text)
    assert firms(split) == {FULL: set(), "骊骅光电": set()}


def test_a_decision_that_matches_nothing_is_told_and_fails_nothing(tmp_path: Path) -> None:
    made = database(tmp_path, "rename,enterprise,骐大,骐大集团,x\nignore,park,骝仓城,,x\n", FIRST)
    told = [row["message"] for row in made.query("select message from issues where kind = 'override'")]
    assert len(told) == 2 and all("骐大" in message or "骝仓城" in message for message in told)


@pytest.mark.parametrize(
    "text",
    ["name,kind\n", HEADING + "join,enterprise,甲,乙,x\n", HEADING + "merge,enterprise,甲,,x\n",
     HEADING + "ignore,district,甲,,x\n"],
)  # fmt: skip
def test_what_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "entities.csv").write_text(text, encoding="utf-8")
    with pytest.raises(FangzhiError, match=r"entities\.csv"):
        read(tmp_path)


def test_one_by_one_or_all_at_once_gives_the_same_entities(tmp_path: Path) -> None:
    """What one report tells of an entity depends on no other, and the merged rows on no order."""
    query = "select entity_id, name, aliases from report_entities where report_id = ? order by entity_id"
    both = database(tmp_path / "both", "", FIRST, SECOND)
    for place, text in enumerate((FIRST, SECOND)):
        alone = database(tmp_path / str(place), "", text)
        (report,) = alone.conn.execute("select id from reports").fetchone()
        told = [
            alone.conn.execute(query, (report,)).fetchall(),
            both.conn.execute(query, (report,)).fetchall(),
        ]
        assert told[0] == told[1] != []
    turned = database(tmp_path / "turned", "", SECOND, FIRST)
    rows = "select * from enterprises order by id"
    assert turned.conn.execute(rows).fetchall() == both.conn.execute(rows).fetchall()
