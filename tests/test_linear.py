"""One sentence of 200,000 characters is read in time in proportion to its length, whatever it is made of.

Times are compared with one another within one run, never with a clock's limit.
"""

from __future__ import annotations

from hashlib import sha256
from statistics import median
from time import process_time

import pytest

from ingest.model import Document, Source
from ingest.pipeline import parse

LENGTHS = (3_125, 12_500, 50_000, 200_000)
"""Each four times the one before, so that what is far from linear is found before it takes minutes."""
RETRIES = 3
"""Readings that a shape may have again where it seems slow."""
BOUND = 8.0
"""What four times the text may cost: four were linear, sixteen quadratic; the rest is for busy machines."""
LEAST = 0.02
"""Seconds of processor time below which a reading is too short to be compared."""

SHAPES = {
    "digits": "1234567890",
    "grouped digits": "1,234",
    "decimal points": "1.",
    "hyphens": "1-",
    "percentages": "1%",
    "Chinese digits": "一二三四",
    "years": "2023年",
    "figures in a list": "36家、1.2亿元、",
    "figures in clauses": "产值12亿元，",
    "figures in brackets": "产值(12亿元)",
    "shares": "占全区12.5%",
    "comparisons": "比上年增长12.5%",
    "from and to": "从12家增加到36家",
    "figures handed out": "甲、乙分别达到1家、2家，",
    "targets": "力争到2030年达到12家，",
    "names": "重庆铭翔金泰生物制药有限公司、",
    "parks": "骐江高新区、",
    "parks in parks": "骐江高新区海淀园",
    "zones without places": "高新区、",
    "boards": "骐科园管委会",
    "suffixes": "公司",
    "titles": "《产业规划》公司、",
    "places": "重庆市巴南区",
    "opening brackets": "(",
    "opening quotes": "“",
    "opening marks": "（“《",
    "no punctuation": "全区规上工业企业产值增长较快",
    "spaces": "全 ",
    "readings": "創(chuàng )新",
    "plain readings": "全(quan)區(qu)新(xin)",
    "torn bytes": "創?dòng)造",
    "traditional": "發展經濟產業",
    "short lines": "增长\n",
    "torn numbers": "产值12\n亿元，",
    "torn lines": "全区已经形成以装备制造为龙头的产业集群，带动上下游企业\n",
}


def seconds(unit: str, length: int) -> float:
    """Processor time of reading one sentence of about `length` characters."""
    text = f"2023年，全区{unit * (length // len(unit))}。"
    document = Document("long.txt", sha256(text.encode()).hexdigest(), "text/plain", text)
    source = Source(reference_date="2024-02", district_id="500113")
    start = process_time()
    parse(document, source)
    return process_time() - start


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Tables and dictionaries are loaded before anything is timed."""
    for unit in SHAPES.values():
        seconds(unit, 400)
    seconds(SHAPES["torn lines"], LENGTHS[1])


@pytest.mark.parametrize("unit", SHAPES.values(), ids=SHAPES)
def test_a_long_sentence_is_read_in_proportion_to_its_length(unit: str) -> None:
    last = median(seconds(unit, LENGTHS[0]) for _ in range(3))
    for length in LENGTHS[1:]:
        taken = seconds(unit, length)
        for _ in range(RETRIES):
            if taken <= BOUND * max(last, LEAST):
                break
            # A busy machine slows one reading, a loop in a loop slows all of them.
            taken = min(taken, seconds(unit, length))
            last = max(last, seconds(unit, length // 4))
        assert taken <= BOUND * max(last, LEAST), f"at {length:,} characters"
        last = taken
