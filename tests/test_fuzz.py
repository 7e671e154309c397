"""Whatever stands in a file, it is read or refused in a line: no crash, and every row is where it says.

`db.sift` tells of each row of a report that breaks an invariant: a quote that isn't in the text, a key that
leads nowhere, a run of digits that is not in the ledger once. Cases that were found are kept as examples.
"""

from __future__ import annotations

import contextlib
import re
from hashlib import sha256

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.sift import faults
from ingest import opening
from ingest.clean import clean
from ingest.model import Document, ReadError, Source
from ingest.pipeline import parse
from ingest.readers.text import decode
from ingest.segment import segment

SIGNS = "， 。 ； ： 、 “ ” 《 》 ( ) （ ） [ ] 【 】 — - ~ \n \t \r\n \x0b % | ◆ > （一） 一、 1. ⑩ ㎡ ² ٣ Ⅳ"
NUMBERS = "2022年 1-9月 3月 12.5 1,234 ０１２ 〇 一 十 百 万 亿 元 亩 家 个 第 前 强 名 位 倍 成 分之 五年"
WORDS = "同比 增长 下降 占 比 较 由 从 到 至 分别 达到 突破 约 余 以上 新增 总投资 力争 预计 目标 截至 等"
NAMES = "重庆市 巴南区 全市 该区 高新区 有限公司 研究院 项目 行动计划 规上工业企业 总产值 工业增加值 其中"
PAGE = "責任編輯 責 首页>新闻>正文 記者 (chuàng ) 創 發展 ?dòng) 图为 指标 单位 合计"
HOSTILE = "\0 \ufeff \u200b \u202e \u2066 \U0001f600 \u0301 \x85 \u2028 \xa0 \u3000"
PIECES = [piece for row in (SIGNS, NUMBERS, WORDS, NAMES, PAGE, HOSTILE) for piece in row.split(" ")]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=60).map("".join)


def document(text: str) -> Document:
    digest = sha256(text.encode()).hexdigest()
    return Document("report.txt", digest, "text/plain", text)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, date=st.sampled_from([None, "2022", "2023-11", "2024-02-29"]))
@example(text="", date=None)
@example(text="(", date="2022")
@example(text="1/0", date="2022")
@example(text="2022年9月31日，增长1%", date=None)
def test_every_row_of_any_text_is_where_it_says(text: str, date: str | None) -> None:
    facts = parse(document(text), Source(reference_date=date))
    assert list(faults(facts)) == []


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_cleaning_and_segmenting_lose_nothing(text: str) -> None:
    cleaned = clean(text)
    starts, ends = list(cleaned.mapped.starts), list(cleaned.mapped.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(starts, ends, strict=True))
    assert starts == sorted(starts)
    kept = [at for paragraph in segment(cleaned) for at in paragraph.mapped.starts]
    shown = [at for at, char in zip(starts, cleaned.mapped.text, strict=True) if not char.isspace()]
    assert len(kept) == len(set(kept)) or len(starts) != len(set(starts))
    assert set(shown) <= set(kept)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=400), TEXTS.map(lambda text: text.encode("gb18030", "replace"))))
@example(b"\xed\xa0\x80" * 20)
@example(b"\xff\xfe\x00\xd8a")
@example(b"\x81" * 30)
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        decode(data, "report.txt").encode("utf-8")


PATTERNS = (
    r"(?<!\d)\d+年|[上下]半年|(?P<now>目前)?为止",
    r"(?:约)?(?P<low>\d{1,3}(?:,\d{3})+|[一二三])[%％]",
    r"[^，]家|占",
    r"(?=年)年度?|^全[市区]|\w+间$",
    r"(?:同比)*",
    r"(?i:top)\d+|[\-—]\s?\d",
)


@pytest.mark.parametrize("source", PATTERNS)
@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
@example(text="约1,234%，TOP10，- 3，2022年度")
def test_a_pattern_that_knows_its_beginnings_finds_the_same(source: str, text: str) -> None:
    opened = [(match.span(), match.groupdict()) for match in opening.compile(source).finditer(text)]
    assert opened == [(match.span(), match.groupdict()) for match in re.finditer(source, text)]


RARE = (
    r"(?<=”)[^，]{1,9}?(?:说|介绍)",
    r"(?:建立|实行)了?((?:[一-鿿]{1,4}、){1,3}[一-鿿]制)(?![度])",
    r"[GS]\d{1,4}(?=国道|省道)|引(?:[一-鿿])?水(?:工程)?",
    r"(?:年内|前[一二三]季度)?(?P<all>全年|累计)?",
    r"(?i:top)\d+",
)
HELD = (
    "”",
    "某说",
    "介绍",
    "实行",
    "甲、",
    "乙制",
    "度",
    "G30",
    "国道",
    "引",
    "水",
    "工程",
    "累计",
    "TOP1",
)


@pytest.mark.parametrize("source", (*PATTERNS, *RARE))
@settings(max_examples=60, deadline=None)
@given(text=st.one_of(TEXTS, st.lists(st.sampled_from(HELD), max_size=8).map("".join)))
def test_a_pattern_that_few_texts_hold_finds_the_same(source: str, text: str) -> None:
    plain = [match.span() for match in re.finditer(source, text)]
    assert [match.span() for match in opening.Seldom(source).finditer(text)] == plain
    either = re.compile(opening.either(source, "工程[^，]?"))
    assert [match.span() for match in either.finditer(text)] == [
        match.span() for match in re.finditer(f"{source}|工程[^，]?", text)
    ]
