"""The same report in another dress gives the same facts, led back to the same characters.

The reports are the annotated ones and, where they lie beside the checkout, the originals. Where a variant
cannot keep every fact, the share that must stay is stated with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.ledger import digit_runs
from ingest.model import Document, Metric, ReportFacts, Source
from ingest.noise import TONE_MARKS
from ingest.pipeline import parse
from tests import variants
from tests.variants import Variant

FOLDERS = (Path(__file__).parent / "gold" / "dev", Path(__file__).parents[1].parent / "shared" / "seeds")
REPORTS = [path for folder in FOLDERS for path in sorted(folder.glob("*.txt"))]
FIELDS = ("value", "value_max", "unit", "measure", "indicator", "subject", "period", "status", "bound")
NUMBERED = ("unit", "measure", "indicator", "subject", "period", "status", "bound")

each_report = pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)


@cache
def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@cache
def facts_of(path: Path) -> ReportFacts:
    return facts(text_of(path))


def facts(text: str, source: Source | None = None) -> ReportFacts:
    digest = sha256(text.encode("utf-8")).hexdigest()
    return parse(Document("report.txt", digest, "text/plain", text), source or Source())


def told(metric: Metric, fields: tuple[str, ...], retold: Callable[[str], str] = str) -> tuple[object, ...]:
    """The fields of a fact, with `retold` applied to those that are words."""
    values = (getattr(metric, field) for field in fields)
    return tuple(retold(value) if isinstance(value, str) else value for value in values)


def lost(
    before: ReportFacts,
    variant: Variant,
    after: ReportFacts,
    fields: tuple[str, ...] = FIELDS,
    retold: Callable[[str], str] = str,
    read: Callable[[str], str] = str,
) -> list[str]:
    """What differs between a report's facts and its variant's: each fact that is missing, stands at other
    characters or says something else, and each that is new. `retold` is what the variant makes of a word,
    `read` what is compared of the variant's."""
    starts = variant.starts
    found = {metric.value_start: metric for metric in after.metrics}
    differing = []
    for metric in before.metrics:
        new = found.pop(starts[metric.value_start], None)
        # What is put behind the last character, such as a reading, may count to the expression.
        if new is None or not starts[metric.value_end - 1] < new.value_end <= starts[metric.value_end]:
            differing.append(f"{metric.value_text} is found at other characters or not at all")
        elif told(metric, fields, retold) != told(new, fields, read):
            was, became = told(metric, fields, retold), told(new, fields, read)
            differing.append(f"{metric.value_text}: {was} became {became}")
    return differing + [f"{metric.value_text} is new" for metric in found.values()]


def assert_whole(found: ReportFacts) -> None:
    """Every row's text is what stands at its offsets, and every run of digits is in the ledger once."""
    text = found.report.text
    assert [m for m in found.metrics if text[m.value_start : m.value_end] != m.value_text] == []
    assert [m for m in found.mentions if text[m.start_char : m.end_char] != m.surface] == []
    assert [s for s in found.spans if text[s.start_char : s.end_char] != s.quote] == []
    assert [c for c in found.corrections if text[c.start_char : c.end_char] != c.found] == []
    assert [(n.start_char, n.end_char) for n in found.numerals] == list(digit_runs(text))
    for rows in (found.metrics, found.mentions, found.spans, found.numerals, found.corrections):
        assert [key for key, times in Counter(row.id for row in rows).items() if times > 1] == []


# ---- looks ----

LOOKS = (
    (variants.carriage_returns, 0),
    (variants.double_spaced, 0),
    (variants.full_width, 0),
    # A wrapped line may end where a headline or a caption would, and a torn column be sewn elsewhere.
    (variants.wrapped, 0.05),
    (variants.traditional, 0),
)


@each_report
@pytest.mark.parametrize(("variant", "allowed"), LOOKS, ids=lambda value: getattr(value, "__name__", ""))
def test_another_look_gives_the_same_facts(
    variant: Callable[[str], Variant], allowed: float, path: Path
) -> None:
    text, before = text_of(path), facts_of(path)
    if variant is variants.wrapped and TONE_MARKS & set(text):
        pytest.skip("readings are set on pages, which are not wrapped")
    dressed = variant(text)
    after = facts(dressed.text)
    assert_whole(after)
    assert after.report.reference_date == before.report.reference_date
    assert after.report.district_id == before.report.district_id
    differing = lost(before, dressed, after)
    assert len(differing) <= allowed * len(before.metrics), differing


PLAIN = [path for path in REPORTS if not TONE_MARKS & set(text_of(path))]


@settings(max_examples=40)
@given(path=st.sampled_from(PLAIN), seed=st.integers(0, 10**6), share=st.sampled_from((0.05, 0.2, 0.6)))
def test_readings_behind_the_characters_change_no_fact(path: Path, seed: int, share: float) -> None:
    noisy = variants.noisy(text_of(path), seed, share)
    after = facts(noisy.text)
    assert_whole(after)
    assert lost(facts_of(path), noisy, after) == []


# ---- content ----


def undigited(words: str) -> str:
    """Words without their digits; a period, which has no words, as it is."""
    return words if words.isascii() else re.sub("[0-9]", "", words)


@each_report
def test_other_numbers_give_other_values_and_nothing_else(path: Path) -> None:
    text, before = text_of(path), facts_of(path)
    counted = variants.counted_on(text, [(m.value_start, m.value_end) for m in before.metrics])
    after = facts(counted.text)
    assert_whole(after)
    # The name of a project may hold the very number that is its size: 年产10万吨项目.
    assert lost(before, counted, after, NUMBERED, undigited, undigited) == []
    values = {metric.value_start: metric.value for metric in after.metrics}
    for metric in before.metrics:
        # 4倍 is a growth of 300%, which is not in proportion.
        number = re.fullmatch(r"\D*(\d+(?:\.\d+)?)[^\d倍]*", metric.value_text.replace(",", ""))
        if number and float(number[1]) and metric.value_start in values:
            expected = metric.value * float(number[1].translate(variants.NEXT)) / float(number[1])
            assert values[metric.value_start] == pytest.approx(expected), metric.value_text


MOVED = 0.05
"""The share of facts that may change with the place on the average of all reports: 巴南还十分 is read aright
because jieba's dictionary knows some places and not others."""


def test_another_place_gives_the_same_facts_of_that_place() -> None:
    told_of = Counter[str]()
    for number, path in enumerate(REPORTS):
        text, before = text_of(path), facts_of(path)
        assert before.report.district_id
        move = variants.move(before.report.district_id, text, seed=number)
        moved = move.moved(text)
        after = facts(moved.text)
        assert_whole(after)
        told_of["reports"] += 1
        told_of["at home"] += after.report.district_id not in (None, before.report.district_id)
        told_of["facts"] += len(before.metrics)
        told_of["lost"] += len(lost(before, moved, after, retold=move))
    assert told_of["lost"] <= MOVED * told_of["facts"], told_of
    # A place is told from its name; which of several Nanshans only the names of its parents can tell.
    assert told_of["at home"] >= 0.9 * told_of["reports"], told_of


BULLETINS = [path for path in REPORTS if variants.rotated(text_of(path)) != text_of(path)]


@pytest.mark.parametrize("path", BULLETINS, ids=lambda path: path.stem)
def test_sections_in_another_order_give_the_same_facts(path: Path) -> None:
    before, after = facts_of(path), facts(variants.rotated(text_of(path)))
    assert_whole(after)
    fields = ("value_text", *FIELDS)
    one, other = (Counter(told(metric, fields) for metric in found.metrics) for found in (before, after))
    assert one - other == other - one == Counter()
