"""Names made by a scheme: works told by their ends or number, numbered builders, mechanisms in a list.

In: the clean text of a paragraph. Out: candidates as in `candidates`. Such a name has no suffix of its own
(A至B公路, X线Y段, 国道207线改建工程, 引X济Y, 中铁N局, X制、Y制): its parts show it, and of works the clause
must say that they are being built.
"""

from __future__ import annotations

import re

from ingest.candidates import Candidate
from ingest.edges import proper, walk, window
from ingest.evidence import PRICED
from ingest.lexicon import cut
from ingest.told import being_built

HAN = "[\u4e00-\u9fff]"
# The builders of the central groups go by a number: 中铁十五局, 中建三局, 中交一公局, 水电四局.
BUILDER = re.compile(
    r"(?:中铁建?|中建|中交|中冶|中核|中化|中煤|中?水电|中?电建|中?能建|铁建)第?[一二三四五六七八九十]{1,3}"
    r"(?:(?:公|航|冶|化|工程)?局|建)(?:集团|(?=[、，。；负承施进的等和在]))"
)
# Institutes of the central groups go by a number too: 中国电科38所, 兵器214所.
INSTITUTE = re.compile(
    r"(?:中国)?(?:电科|电子科技集团|兵器|船舶|航天|航天科技|航天科工|中船|中航工业|中核)(?:集团)?第?"
    r"(?:\d{1,4}|[一二三四五六七八九十〇零]{1,5})(?:研究)?[所院](?![长有以])"
)
KINDS = "公路|铁路|高铁|高速|道路|客专|客运专线|快速路|快速通道|大道|隧道|输气管道|管道|航道|管廊"
ENDS = re.compile(
    rf"至([^，。；、：等的和与及\W\d]{{2,8}}?)(?:段)?(?:新建|改扩建|改建|扩建)?(?:一级|二级|三级|四级|高速|快速|城际|高等级|旅游|客运)?"
    rf"(?:{KINDS})(?!网)(?:{HAN}{{0,6}}?工程)?"
)
NO_END = frozenset("甚乃直截以及年月日时")  # before 至, no place ends so
SECTION = re.compile(rf"(?<!产)(?<!沿)线({HAN}{{2,6}}?)段(?:工程)?")
ROAD = re.compile(
    rf"(?:[GSX]\d{{1,4}}|(?<![\dGSX.])\d{{3}}(?=国道|省道|县道|复线)|(?:国道|省道|县道)[GSX]?\d{{2,4}})"
    rf"(?:国道|省道|县道|复线|线|高速)?(?:{HAN}{{2,14}}?(?:工程|段(?:工程)?))(?!网)"
)
ROAD_ALONE = re.compile(
    r"(?<![沿在距与路])(?:国道|省道|县道)[GSX]?\d{2,4}线?(?:项目|(?=[、，。；等和及]))"  # 国道344、省道107项目
)
PART = re.compile(
    rf"(?:^|(?<=[、，。；：和与及])|(?<=推进|加快|实施|完成|启动|建设))({HAN}{{2,6}}?[路线道街][(（][^()（），。；]{{2,14}}段[)）])"
)
MERGING = re.compile(r"(?:推进|推动|融入|加快|促进|服务|和)((?![和与])[\u4e00-\u9fff]{2,4})一体化发展")
WATER = re.compile(rf"引{HAN}{{1,2}}[济入补]{HAN}{{1,2}}?(?:[一二三]期(?:工程)?|工程)")
ITEM = rf"{HAN}{{3,11}}[^机体控\W]制"
# 世界计算大会; a congress of deputies is none.
WORLD = re.compile(rf"(?:世界|全球)(?!人民|代表){HAN}{{2,8}}?(?<!代表)大会(?!堂)")
# The year's meetings that a province, city or county holds on one matter: 承办省旅发大会, 召开全区高质量发展大会.
HELD = re.compile(
    rf"(?:召开|举办|承办|举行|筹备)了?(全?[省市县区州](?:首届|第[一二三四五六七八九十\d]+届)?{HAN}{{2,12}}?大会)"
    r"(?<!代表大会)(?<!表彰大会)(?<!动员大会)(?<!总结大会)(?<!党员大会)(?<!职工大会)(?![堂议])"
)
STRETCH = re.compile(
    rf"(?:高速|高速公路|铁路|公路|快速路|大道)(?!管理|养护|服务)(?:{HAN}{{2,3}}[和、])?{HAN}{{2,4}}?段(?=[，。；、,;)）和及]|贯通|通车|开工|建成|建设|工程|完工)"
)
LISTED = re.compile(
    rf"(?:建立|实行|推行|落实|健全|完善|实施|执行|推出)了?((?:{ITEM}、){{1,9}}{ITEM})"
    rf"(?![造定度品药冷])"
)
END_MOST = 8
# Roads and lines by their short names, summed up as works: 骊安线、骐白线等骨干道路加快建设.
WAY = r"[^，。；、和与及等的\W\d]{2,8}"
ROAD_ENDS = ("线", "高速", "城际", "高铁", "铁路", "大道", "段", "快速路")
ROADS = re.compile(
    rf"((?:{WAY}、){{1,9}}{WAY}(?:[和与及]{WAY})?)等?{HAN}{{0,8}}?(?:道路|公路|铁路|轨道交通|高速公路)(?:项目|工程)?"
    rf"(?:加快|有序|顺利|全面|相继|陆续|开工|建设|推进|建成)"
)
# Products and services in quotes that a list sums up: “骐贷通”、“骊保通”等系列贷款产品.
PRODUCTS = re.compile(
    r"((?:“[^“”，。；]{2,12}”[、和与及以]{0,2}){1,9}“[^“”，。；]{2,12}”)等?[^，。；“”、]{0,6}?"
    r"(?:(?:贷款|信贷|金融|融资|保险|理财)[^，。；“”、]{0,4}(?:产品|服务)|消费券)"
)


def schemed(text: str) -> list[Candidate]:
    """Every name that a scheme makes."""
    found = [
        Candidate(*m.span(), "enterprise", "company", "name.scheme.builder") for m in BUILDER.finditer(text)
    ]
    for match in INSTITUTE.finditer(text):
        found.append(Candidate(*match.span(), "institution", "research institute", "name.scheme.institute"))
    if "至" in text:
        found.extend(_between(text))
    if "段" in text:
        found.extend(_sections(text))
    for match in WORLD.finditer(text) if "大会" in text else ():
        found.append(Candidate(*match.span(), "initiative", "event", "name.scheme.world"))
    if "一体化发展" in text:
        found.extend(_merging(text))
    for match in HELD.finditer(text) if "大会" in text else ():
        found.append(Candidate(*match.span(1), "initiative", "event", "name.scheme.held"))
    for pattern in (ROAD, ROAD_ALONE, PART, WATER):
        for match in pattern.finditer(text):
            span = match.span(pattern.groups)
            if pattern is WATER or _told(text, *span):
                found.append(_works(span, "name.scheme.works"))
    for match in ROADS.finditer(text) if "、" in text else ():
        at = match.start(1)
        for item in re.split("[、和与及]", match[1]):
            if item.endswith(ROAD_ENDS) and len(item) > 2:
                found.append(_works((at, at + len(item)), "name.scheme.roads"))
            at += len(item) + 1
    found.extend(_products(text))
    for match in LISTED.finditer(text) if "制、" in text else ():
        at = match.start(1)
        for item in match[1].split("、"):
            found.append(Candidate(at, at + len(item), "initiative", "mechanism", "name.scheme.mechanisms"))
            at += len(item) + 1
    return found


def _products(text: str) -> list[Candidate]:
    """Loans and the like, each in its quotation marks."""
    found: list[Candidate] = []
    for match in PRODUCTS.finditer(text) if "“" in text else ():
        for item in re.finditer("“([^“”]+)”", match[1]):
            start, end = (match.start(1) + at for at in item.span(1))
            found.append(Candidate(start, end, "initiative", "programme", "name.scheme.products"))
    return found


def _merging(text: str) -> list[Candidate]:
    """Regions that are to become one, by their abbreviations: 京雄保一体化发展."""
    spans = (match.span() + match.span(1) for match in MERGING.finditer(text))
    return [
        Candidate(at, end, "initiative", "plan", "name.scheme.merging")
        for _, end, at, until in spans
        if all(word.tag in ("o", "ns") for word in cut(text[at:until]))
    ]


def _works(span: tuple[int, int], rule: str) -> Candidate:
    return Candidate(*span, "initiative", "project", rule)


def _told(text: str, start: int, end: int) -> bool:
    """Whether the clause speaks of building these works or of their price."""
    return being_built(text, start, end) or PRICED.search(text[max(0, start - 24) : start]) is not None


def _between(text: str) -> list[Candidate]:
    """Roads and lines told by the two places that they join."""
    found: list[Candidate] = []
    for match in ENDS.finditer(text):
        at = match.start()
        if not at or text[at - 1] in NO_END:
            continue
        left, words = walk(text, window(text, at), at, "initiative")
        named = 2 <= at - left <= END_MOST and text[left:at].isalpha() and all(w.tag[0] != "v" for w in words)
        if named and _told(text, left, match.end()):
            found.append(_works((left, match.end()), "name.scheme.ends"))
    return found


def _sections(text: str) -> list[Candidate]:
    """Stretches of a line with a name of its own: X线Y段."""
    found: list[Candidate] = []
    for match in STRETCH.finditer(text):
        left, words = walk(text, window(text, match.start()), match.start(), "initiative")
        if words and match.start() - left >= 2:
            found.append(_works((left, match.end()), "name.scheme.stretch"))
    for match in SECTION.finditer(text):
        at = match.start()
        opened = window(text, at, 6)
        words = cut(text[opened:at])
        while words and not all(w.tag in ("o", "ns") for w in words):
            words.pop(0)
        if words and at - opened - words[0].start >= 2 and proper(text, opened, words):
            found.append(_works((opened + words[0].start, match.end()), "name.scheme.section"))
    return found
