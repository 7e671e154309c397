"""Relations: cases as data, and what holds for any text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import affiliate, periods
from ingest.clean import clean
from ingest.names import find_names
from ingest.segment import segment

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "relations.yaml").read_text(encoding="utf-8"))
SAID_BY_NAMES = ("kind", "industry", "district", "period")


def told(text: str) -> list[tuple[str, str, str]]:
    """Whose, relation and value of each tie of a text about 330604, as of 2024-03."""
    paragraphs = segment(clean(text))
    entities, names = find_names(paragraphs, "330604")
    rows = {row.id: row for row in entities}
    times = [periods.find(p.text) for p in paragraphs]
    ties = affiliate.find(paragraphs, names, rows, times, "2024-03", "330604")
    assert all(0 <= t.start < t.end <= len(paragraphs[t.paragraph].text) for t in ties)
    return [(rows[t.id].name, t.relation, t.value) for t in ties if t.relation not in SAID_BY_NAMES]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:18] for case in CASES])
def test_ties_of_a_sentence(case: dict[str, object]) -> None:
    assert sorted(told(str(case["text"]))) == sorted(map(tuple, case["told"]))  # type: ignore[call-overload]


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from([case["text"][:-1] for case in CASES] + ["、", "落户", "，", "的", "将"]), max_size=6
    )
)
def test_any_text(parts: list[str]) -> None:
    told("".join(parts))


def test_time_grows_with_length() -> None:
    def seconds(times: int) -> float:
        text = "骊骅光电科技有限公司、" * times + "落户骝仓工业园区"
        start = time.perf_counter()
        told(text)
        return time.perf_counter() - start

    seconds(50)
    assert seconds(4000) < 8 * 3 * seconds(500) + 0.1
