"""Names that only the words around them show: rosters of parks and laboratories, priced projects.

In: the clean text of a paragraph. Out: candidates as in `candidates`. A roster is a list that a count of
parks sums up (宝安燕罗、坪山高新南等20个园区); what an investment pays for and 等项目 follows is a project.
"""

from __future__ import annotations

import re

from ingest import works
from ingest.candidates import Candidate, park_words
from ingest.edges import generic, proper
from ingest.lexicon import cut, districts
from ingest.opening import Seldom
from ingest.rows import CLAUSE, Item, enumerations

COUNT = r"(?:\d+|[二两三四五六七八九十]+)[余多]?[个大]"
PARKS = re.compile(
    rf"(?:等|这)?{COUNT}[^，。；、]{{0,12}}?(?:园区|产业园|工业园|科技园|开发区|工业区|集聚区|功能区|组团)(?!的?企业)"
)
SHORT = re.compile("等(?:产业园区|工业园区|产业园|工业园|园区|开发区)(?!的?企业)")  # no count sums these up
SHORT_MOST, SHORT_LEAST = 3, 3
PRICED = re.compile(
    r"投资(?:额)?[约超近达]{0,2}[\d.]+[余多]?[万亿]?美?元的([^，。；、：“”的\d]{4,20}?)(?:[两三四五六七八九十]个|等[^，。；、]{0,8})?项目"
)
# 首个特种滤纸生产项目，总投资2亿元
FIRST = Seldom(r"首[个家座]([\u4e00-\u9fff]{4,16}?项目)(?=[，,](?:计划|预计|协议)?总投资)")
# 投资60亿元的甲、投资9亿元的乙等一批项目
ROW_PRICED = re.compile(
    r"投资(?:额)?[约超近达]{0,2}[\d.]+[余多]?[万亿]?美?元的((?:(?!投资|项目)[^，。；、：“”的\d]){4,20}?)"
    r"(?=、(?:总?投资)|等(?:一批|\d+[余多]?个|多个|重大|重点)?[^，。；、]{0,6}?项目)"
)
# 投资7亿元的供热锅炉改造一期工程主体完工
PRICED_WORKS = re.compile(
    r"投资(?:额)?[约超近达]{0,2}[\d.]+[余多]?[万亿]?美?元的([^，。；、：,;“”的\d和与及等]{4,20}?工程)"
    r"(?=[，。；、,;]|主体|加快|全面|顺利|有序|基本|开工|完工|竣工|建成)"
)
# A、B、C三大省实验室: each is one.
LABS = re.compile(
    rf"等?{COUNT.replace('[个大]', '[家个大]')}[^，。；、等]{{0,10}}?实验室"
    r"|等(?:国家|省|全国)(?:级?重点)?实验室"
)
LAB_MOST = 6
NAME_MOST = 10
MOSTLY = 0.6  # of a roster's items must be able to be names; else it lists products


def rosters(text: str) -> list[Candidate]:
    """Every park that a roster names and every project that a price shows."""
    found: list[Candidate] = []
    for match in CLAUSE.finditer(text) if "、" in text else ():
        if "、" in match[0] and (PARKS.search(match[0]) or SHORT.search(match[0])):
            for items, tail in enumerations(text, match.start(), match.end()):
                fit = [item for item in items if _place(text, item)]
                short = SHORT.match(text, tail) and _short_names(text, items)
                if short:
                    found.extend(_park(text, item) for item in items)
                elif PARKS.match(text, tail) and len(fit) >= MOSTLY * len(items):
                    found.extend(_park(text, item) for item in fit)
    if "、" in text and ("项目" in text or "工程" in text or "设施" in text):
        found.extend(_works_lists(text))
    if "实验室" in text and "、" in text:
        found.extend(_laboratories(text))
    found.extend(_priced(text))
    return found


def _priced(text: str) -> list[Candidate]:
    """Every project that a price shows: what is invested in, alone or in a row, and the first of its kind."""
    found = [_project(match) for match in FIRST.finditer(text)]
    if "投资" not in text:
        return found
    if "项目" in text:
        rows = (m for m in ROW_PRICED.finditer(text) if not m[1].endswith(park_words()))
        told = (*rows, *PRICED.finditer(text))
        found.extend(_project(m) for m in told if proper(text, m.start(1), cut(m[1])))
    if "工程" in text:
        found.extend(_project(match) for match in PRICED_WORKS.finditer(text))
    return found


def _project(match: re.Match[str]) -> Candidate:
    return Candidate(*match.span(1), "initiative", "project", "name.roster.priced")


def _works_lists(text: str) -> list[Candidate]:
    """Works that a list of projects calls by what they are, where most of its items are such."""
    found: list[Candidate] = []
    for match in CLAUSE.finditer(text):
        if "、" in match[0] and works.SUMMED.search(match[0]):
            for items, tail in enumerations(text, match.start(), match.end()):
                if works.SUMMED.match(text, tail):
                    fit = [works.listed(text, *item) for item in items]
                    told = [one for one in fit if one is not None]
                    if len(told) > 1 and len(told) >= MOSTLY * len(fit) and _own(text, told):
                        found.extend(told)
    return found


def _own(text: str, works_told: list[Candidate]) -> bool:
    """Whether one of the works bears a name, or each is told at length."""
    names = [text[one.start : one.end] for one in works_told]
    return any(proper(name, 0, cut(name)) for name in names) or all(len(n) >= AT_LENGTH for n in names)


AT_LENGTH = 7


def _laboratories(text: str) -> list[Candidate]:
    """Laboratories that a list calls by their brands alone."""
    found: list[Candidate] = []
    for match in CLAUSE.finditer(text):
        if "、" not in match[0] or not LABS.search(match[0]):
            continue
        for items, tail in enumerations(text, match.start(), match.end()):
            names = [text[item.start : item.end] for item in items]
            own = [proper(text, item.start, cut(name)) for item, name in zip(items, names, strict=True)]
            short = all(2 <= len(name) <= LAB_MOST and name.isalpha() for name in names)
            if LABS.match(text, tail) and short and any(own):
                found.extend(
                    Candidate(i.start, i.end, "institution", "laboratory", "name.roster.labs") for i in items
                )
    return found


def _short_names(text: str, items: list[Item]) -> bool:
    """Whether each item is as short as a place's name, and one is no district (南山、望山等产业园区)."""
    names = [text[item.start : item.end] for item in items]
    if len(names) < SHORT_LEAST or any(len(name) > SHORT_MOST or not name.isalpha() for name in names):
        return False
    placed = [proper(text, item.start, cut(name)) for item, name in zip(items, names, strict=True)]
    return all(placed) and any(name not in districts() for name in names)


def _park(text: str, item: Item) -> Candidate:
    return Candidate(item.start, item.end, "park", "industrial park", "name.roster.parks")


def _place(text: str, item: Item) -> bool:
    """Whether a roster's item can be a park's name: it says where or bears a name, and is no district."""
    piece = text[item.start : item.end]
    if not 2 <= len(piece) <= NAME_MOST or piece in districts() or piece in generic("park"):
        return False
    if any(piece.endswith(ending) and len(piece) > len(ending) + 1 for ending in park_words()):
        return True  # 智能制造园、生物医药园等5个园区
    return piece.isalpha() and proper(text, item.start, cut(piece))
