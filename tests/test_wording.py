"""The table of words is whole: each pattern stands by itself, no entry is there twice, no list is unused."""

import re
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

from seeds import lookup

ROOT = Path(__file__).parents[1]
ROWS = lookup("wording")
LISTS = list(dict.fromkeys(row["list"] for row in ROWS))
SOURCE = "\n".join(path.read_text("utf-8") for path in (ROOT / "ingest").glob("*.py"))
PLAIN = re.compile(r"\w+")


@pytest.mark.parametrize("name", LISTS)
def test_every_pattern_of_a_list_stands_by_itself(name: str) -> None:
    """What compiles alone keeps its meaning between the others' bars; an empty one would fit anywhere."""
    patterns = [row["pattern"] for row in ROWS if row["list"] == name]
    assert [p for p in patterns if re.compile(p).fullmatch("")] == []


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_used_and_described(name: str) -> None:
    uses = set(re.findall(rf"\b(listed|members)\(['\"]{name}['\"]\)", SOURCE))
    assert uses
    if "members" in uses:
        assert [r["pattern"] for r in ROWS if r["list"] == name and not PLAIN.fullmatch(r["pattern"])] == []
    assert f"`{name}`" in (ROOT / "docs" / "adding.md").read_text("utf-8")


def test_a_list_stands_in_one_place_and_holds_an_entry_once() -> None:
    """A list that is torn apart in the file would be read in an order that nobody sees."""
    assert [entry for entry, n in Counter((r["list"], r["pattern"]) for r in ROWS).items() if n > 1] == []
    assert [name for name, _ in groupby(row["list"] for row in ROWS)] == LISTS
