"""Names made by a scheme: numbered builders, meetings of a place, mechanisms and products in a list.

In: the clean text of a paragraph. Out: candidates as in `candidates`. Such a name has no suffix of its own
(中铁N局, 全省X大会, XY一体化发展, X制、Y制): its parts show it. Works are for `works`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.candidates import Candidate
from ingest.edges import campaign_words
from ingest.lexicon import cut
from ingest.opening import Seldom
from ingest.rows import QUOTED

HAN = "[\u4e00-\u9fff]"
# The builders of the central groups go by a number: 中铁十五局, 中建三局, 中交一公局, 水电四局.
BUILDER = Seldom(
    r"(?:中铁建?|中建|中交|中冶|中核|中化|中煤|中?水电|中?电建|中?能建|铁建)第?[一二三四五六七八九十]{1,3}"
    r"(?:(?:公|航|冶|化|工程)?局|建)(?:集团|(?=[、，。；负承施进的等和在]))"
)
# A place's own firms go by its level: 市商业银行, 县供电公司.
OWN = Seldom(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[我自和与由对为向从使]))[省市县区](?:商业银行|农商行|农商银行|农信社|电力公司|供电公司|水务公司"
    r"|自来水公司|公交公司|燃气公司|热力公司|城投公司|交投公司|国投公司|文旅公司|农投公司|城投集团|交投集团|国投集团|文旅集团)"
)
# Institutes of the central groups go by a number too: 中国电科38所, 兵器214所.
INSTITUTE = Seldom(
    r"(?:中国)?(?:电科|电子科技集团|兵器|船舶|航天|航天科技|航天科工|中船|中航工业|中核)(?:集团)?第?"
    r"(?:\d{1,4}|[一二三四五六七八九十〇零]{1,5})(?:研究)?[所院](?![长有以])"
)
# 京骐保一体化发展
MERGING = Seldom(
    r"(?:推进|推动|融入|加快|促进|服务|打好|和|[，。；“]|^)((?![和与])[\u4e00-\u9fff]{2,4})一体化发展"
)
ITEM = rf"{HAN}{{3,11}}[^机体控\W]制"
# 世界计算大会; a congress of deputies is none.
WORLD = Seldom(
    rf"(?:世界|全球|中国|国际|亚洲|亚太)(?!人民|代表|工会|妇女|共产|共青)(?:(?!举办|召开|项目|[的第届]){HAN}){{2,10}}?(?<!代表)大会(?!堂)"
)
# The year's meetings that a place holds on one matter: 承办省旅发大会, 召开全区高质量发展大会.
HELD = Seldom(
    rf"(?:召开|举办|承办|举行|筹备)了?(全?[省市县区州](?:首届|第[一二三四五六七八九十\d]+届)?{HAN}{{2,12}}?大会)"
    r"(?<!代表大会)(?<!表彰大会)(?<!动员大会)(?<!总结大会)(?<!党员大会)(?<!职工大会)"
    r"(?<!工作大会)(?<!干部大会)(?![堂议])"
)
LISTED = Seldom(
    rf"(?:建立|实行|推行|落实|健全|完善|实施|执行|推出)了?((?:{ITEM}、){{1,9}}{ITEM})"
    rf"(?![造定度品药冷])"
)
# Products and services in quotes that a list sums up: “骐贷通”、“骊保通”等系列贷款产品.
PRODUCTS = Seldom(
    r"((?:“[^“”，。；]{2,12}”[、和与及以]{0,2}){1,9}“[^“”，。；]{2,12}”)等?[^，。；“”、]{0,6}?"
    r"(?:(?:贷款|信贷|金融|融资|保险|理财)[^，。；“”、]{0,4}(?:产品|服务)|消费券)"
)
# Quoted names that a list sums up by their kind: “骊骐欧”、“川骐亚”等国际班列.
SERIES = Seldom(
    r"((?:“[^“”，。；]{2,20}”[、和与及以]{0,2}){1,9})等[^，。；“”、的]{0,6}?"
    r"(班列|专列|活动|行动|机制|制度|改革|政策|平台|系统|应用|赛事|节会|节庆|展会|工程)"
)
SERIES_KINDS = {
    "班列": "programme", "专列": "programme", "行动": "action", "机制": "mechanism", "制度": "mechanism",
    "改革": "mechanism", "政策": "policy", "平台": "platform", "系统": "platform", "应用": "platform",
    "工程": "programme",
}  # fmt: skip


def schemed(text: str) -> list[Candidate]:
    """Every name that a scheme makes."""
    found = [
        Candidate(*m.span(), "enterprise", "company", "name.scheme.builder") for m in BUILDER.finditer(text)
    ]
    found.extend(Candidate(*m.span(), "enterprise", "company", "name.scheme.own") for m in OWN.finditer(text))
    for match in INSTITUTE.finditer(text):
        found.append(Candidate(*match.span(), "institution", "research institute", "name.scheme.institute"))
    for match in WORLD.finditer(text):
        found.append(Candidate(*match.span(), "initiative", "event", "name.scheme.world"))
    for match in HELD.finditer(text):
        found.append(Candidate(*match.span(1), "initiative", "event", "name.scheme.held"))
    found.extend(_merging(text))
    found.extend(_products(text))
    found.extend(_series(text))
    for match in LISTED.finditer(text):
        at = match.start(1)
        for item in match[1].split("、"):
            found.append(Candidate(at, at + len(item), "initiative", "mechanism", "name.scheme.mechanisms"))
            at += len(item) + 1
    return found


def _products(text: str) -> list[Candidate]:
    """Loans and the like, each in its quotation marks."""
    return [
        Candidate(start, end, "initiative", "programme", "name.scheme.products")
        for match in PRODUCTS.finditer(text)
        for start, end in _in_quotes(match)
    ]


def _series(text: str) -> list[Candidate]:
    """Trains, campaigns and systems, each in its quotation marks."""
    return [
        Candidate(start, end, "initiative", SERIES_KINDS.get(match[2], "event"), "name.scheme.series")
        for match in SERIES.finditer(text)
        for start, end in _in_quotes(match)
        if text[start:end] not in campaign_words("saying")
    ]


def _in_quotes(listed: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The places in the text of what stands in quotation marks in a list, the first group of a match."""
    return (item.span(1) for item in QUOTED.finditer(listed.string, *listed.span(1)))


def _merging(text: str) -> list[Candidate]:
    """Regions that are to become one, by their abbreviations: 京雄保一体化发展."""
    spans = (match.span() + match.span(1) for match in MERGING.finditer(text))
    return [
        Candidate(at, end, "initiative", "plan", "name.scheme.merging")
        for _, end, at, until in spans
        if all(word.tag in ("o", "ns") for word in cut(text[at:until]))
    ]
