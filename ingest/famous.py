"""Names that everyone knows, and where the short name of a university stands by itself.

In: the clean text of a paragraph. Out: candidates as in `candidates`, by the list of `known_names.csv`.
"""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from ingest.candidates import Candidate
from ingest.edges import known


@cache
def _known_automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    forms = tuple(known())
    return AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest), forms


def famous(text: str) -> list[Candidate]:
    """Names that everyone knows; a common word among them is not sure by itself."""
    automaton, forms = _known_automaton()
    found: list[Candidate] = []
    for index, start, end in automaton.find_matches_as_indexes(text):
        _, kind, subkind, sure = known()[forms[index]]
        if not sure and start and text[start - 1 : start + 1] in LANDS:
            found.extend(_after_land(text, start + 1))
            continue
        if end - start == PERSON and SPEAKS.match(text, end):
            continue  # 工作人员苏超锋告诉记者
        if kind == "enterprise" and (MODEL.match(text, end) or WHOLE_TRADE.match(text, end)):
            continue
        if subkind == "university" and not alone(text, start, end):
            continue  # the full name is found by its ending
        if kind == "initiative" and text.startswith(BASED, end):
            continue  # a title of a base (国家火炬计划特色产业基地)
        if forms[index].endswith(REGIONS) and not _as_plan(text, start, end):
            continue
        if kind == "initiative":
            quote = QUOTE_END.match(text, end) if start and text[start - 1] == "“" else None
            of = CITIES.match(text, end) if text.endswith("班列", start, end) else None
            if quote and text.startswith(("标杆", "示范企业"), quote.end() + 1):
                continue  # a title: “智改数转网联”标杆企业
            whole = quote or of
            found.append(
                Candidate(
                    _opened(text, start, end),
                    whole.end() if whole else end,
                    kind,
                    subkind,
                    "name.known",
                    sure,
                )
            )
            continue
        found.append(Candidate(start, end, kind, subkind, "name.known", sure))
    return found


# A bay is a plan only where it is built, joined or served.
REGIONS = ("大湾区",)
PLANNED = re.compile("”?(?:地区)?(?:建设|发展|国家|战略|规划|协同|一体化|倡议|机遇|重大)")
JOINED = re.compile(
    "(?:融入|对接|服务|参与|推进|推动|落实|实施|纳入|聚焦|围绕|深化|抢抓|抓住|助力|唱好|把握|建设|抓好|支撑|接轨|承接|[略议]、)[了好“]?$"
)


def _opened(text: str, start: int, end: int) -> int:
    """Where a known name really begins that a quotation ends with (“双向揭榜挂帅”)."""
    opened = text.rfind("“", max(0, start - LED_MOST), start)
    led = text[end : end + 1] == "”" and opened >= 0 and text[opened + 1 : start].isalpha()
    return opened + 1 if led else start


def _as_plan(text: str, start: int, end: int) -> bool:
    """Whether a region is spoken of as what the State would make of it (融入粤港澳大湾区), no mere place."""
    return PLANNED.match(text, end) is not None or JOINED.search(text[max(0, start - 4) : start]) is not None


QUOTE_END = re.compile("[\u4e00-\u9fff]{1,4}(?=”)")  # “智改数转|网联”
CITIES = re.compile("[(（][\u4e00-\u9fff]{2,4}[)）]")  # 中欧班列(成渝)


LANDS = ("美国", "德国", "英国", "法国", "韩国", "泰国", "中国")  # 国美 in 美国美敦力 is no firm
MODEL = re.compile(r"[A-Z]?\d{3}(?!\d)|(?:沼)?虾")  # 波音737, 罗氏沼虾
LED_MOST = 3  # characters from an opening quote to a known name within
PERSON = 2
SPEAKS = re.compile("[\u4e00-\u9fff]{1,2}(?:告诉|介绍|说[，：道]|表示[，：])")
WHOLE_TRADE = re.compile("业(?![务绩主内])")  # 北方稀土业
LONGEST = 8


def _after_land(text: str, at: int) -> list[Candidate]:
    """The firm that everyone knows whose name begins right after its country's."""
    for size in range(LONGEST, 1, -1):
        entry = known().get(text[at : at + size])
        if entry is not None and entry[1] == "enterprise" and entry[3]:
            return [Candidate(at, at + size, "enterprise", entry[2], "name.known")]
    return []


BASED = ("特色产业", "产业基地", "软件产业基地", "重点高新")
BEFORE = frozenset("、和与及跟，,(（“")
AFTER = frozenset("、和与及等合共签联参，,。)）”")
SHORT = 3  # characters of a university's short name, which longer words hold too (湖北大力发展)


def alone(text: str, start: int, end: int) -> bool:
    """Whether a university's short name stands by itself: in a list, between marks, or as a partner."""
    if end - start > SHORT:
        return not text.endswith("大学", start, end)
    return (not start or text[start - 1] in BEFORE) and (end == len(text) or text[end] in AFTER)
