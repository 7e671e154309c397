"""The hand-written pages keep up with what they describe."""

import re
from pathlib import Path

import pytest

import seeds

ROOT = Path(__file__).parents[1]
LOOKUPS = sorted(path.stem for path in (ROOT / "seeds" / "lookups").glob("*.csv"))


def test_every_lookup_is_described() -> None:
    described = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "adding.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(described) == LOOKUPS


@pytest.mark.parametrize("table", LOOKUPS)
def test_every_lookup_says_where_its_entries_come_from(table: str) -> None:
    heading = (ROOT / "seeds" / "lookups" / f"{table}.csv").read_text("utf-8").splitlines()[0]
    assert {"source", "reason"} & set(heading.split(","))


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.stem)
def test_indicators_of_the_examples_are_known(page: Path) -> None:
    """An address or a query with an id that no indicator has would show nothing."""
    asked = re.findall(r"(?:/-/indicator/|indicator_id = '|[?&]indicator=)(\w+)", page.read_text("utf-8"))
    assert set(asked) <= {row["id"] for row in seeds.lookup("indicators")}


def test_the_two_readmes_show_the_same_commands() -> None:
    """Translations drift apart first where one of them is edited in a hurry."""
    commands = [
        re.findall(r"^(?:python3|fangzhi|pip|sqlite3)[^#\n]*", (ROOT / name).read_text("utf-8"), re.MULTILINE)
        for name in ("README.md", "README.zh.md")
    ]
    assert commands[0] == commands[1] != []
