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
        if kind == "enterprise" and MODEL.match(text, end):
            continue
        if subkind == "university" and not alone(text, start, end):
            continue  # the full name is found by its ending
        if kind == "initiative" and text.startswith(BASED, end):
            continue  # a title of a base (国家火炬计划特色产业基地)
        if kind == "initiative":
            quote = QUOTE_END.match(text, end) if start and text[start - 1] == "“" else None
            of = CITIES.match(text, end) if text.endswith("班列", start, end) else None
            if quote and text.startswith(("标杆", "示范企业"), quote.end() + 1):
                continue  # a title: “智改数转网联”标杆企业
            whole = quote or of
            found.append(Candidate(start, whole.end() if whole else end, kind, subkind, "name.known", sure))
            continue
        found.append(Candidate(start, end, kind, subkind, "name.known", sure))
    return found


QUOTE_END = re.compile("[\u4e00-\u9fff]{1,4}(?=”)")  # “智改数转|网联”
CITIES = re.compile("[(（][\u4e00-\u9fff]{2,4}[)）]")  # 中欧班列(成渝)


LANDS = ("美国", "德国", "英国", "法国", "韩国", "泰国", "中国")  # 国美 in 美国美敦力 is no firm
MODEL = re.compile(r"[A-Z]?\d{3}(?!\d)|(?:沼)?虾")  # 波音737, 罗氏沼虾
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
