"""What in a paragraph may hold a figure: names, anaphors, places and clusters of industry, where they stand.

In: a paragraph's text, the same with its times and footnotes blanked, its names, and the scope of its
report. Out: marks, in order and apart from each other. Which of them holds a figure is for `holders`
and `subjects` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest import opening
from ingest.model import Name, SubjectType
from ingest.phrase import BLANK, GAP
from ingest.sections import BROAD, ENDING, ReportScope, Subject

OPENS = ("", "，", "。", "；", "：", "\n", BLANK, "“", " ")
"""What stands before the first word of a clause; '' at the start of a paragraph."""


class Mark(NamedTuple):
    """A place in a paragraph that names a possible subject."""

    start: int
    end: int
    subject: Subject


# 全市, 该区 and 区内, but not 全域, 市级, 区委, 县政府; 新区, but not 新区域.
_ANAPHOR = opening.compile(
    "(?P<district>"
    "[全我该本](?:区|市|县|省|州|旗|盟)(?![域级长委内外政直属集人企的][长委府协联员]|域|级|委|政府|人大|政协|长)"
    "|[区市县](?=内[^陆需]))"
    "|(?P<park>(?:该|本|全)?园区|该园(?!区)"
    r"|该[\u4e00-\u9fff]{0,4}(?:集中区|片区|开发区|产业园|示范区|基地|新区)"
    r"|(?:我|本|该|全)?(?:高新区|经开区|开发区|集中区|集聚区|保税区|自贸区|物流园|产业园|科技园)(?![\u4e00-\u9fff]?[管发])"
    r"|(?<![\u4e00-\u9fff])(?:全|我|本|该)?新区(?![管域])"
    r"|(?<![\u4e00-\u9fff])(?:片区|新城)(?=累计|已|现|共|实现|完成|内|聚集|集聚|规上|入驻|注册))"
    "|(?P<enterprise>[该我本]行(?![业政动为列程])|(?:该|本|我们|这家)?公司(?![法股])|该企业|这家企业|该集团|该厂)"
    "|(?P<institution>该(?:院|校|中心|所|研究院|实验室|医院|机构)|这家(?:研究院|机构|医院)"
    r"|(?<![\u4e00-\u9fff])(?:研究院|实验室|医院|中心)(?=由|是|现|已|共|目前|累计|入驻|进驻|，))"
    "|(?P<region>(?:(?<![\u4e00-\u9fff])|(?<=[年月]))(?:京津冀|长三角|珠三角|成渝|川渝|苏[南北中]|[东中西]部)(?:地区)?"
    "(?=[\u4e00-\u9fff]{0,8}(?:拥有|总[量额]|GDP|生产总值|增加值|产量|产值|收入|出口|进口|投资|人口|占|达)))"
    r"|(?P<country>我国(?=[\u4e00-\u9fff]{0,10}(?:产业|产量|装机|进出口|市场规模|行业))|(?:中国|我国|全国)(?=目前有|现有|已有|共有|约有|有\d))"
    "|(?P<nation>(?:(?<![\u4e00-\u9fff])|(?<=[年月于]))全国(?=规模以上|规上|GDP|(?:地区|国内)?生产总值|居民|城镇|固定资产|社会消费|进出口|一般公共))"
    "|(?P<speaker>我们(?=[有已将要还]|目前|累计|先后|共))"
    "|(?P<initiative>(?:该|这一|这个|本)(?:项目|工程|电站|铁路|公路|大桥|水库|机场)"
    r"|(?<![\u4e00-\u9fff])项目(?=总投资|计划|占地|建成|全部|达产|投产|一期|二期|规划|用地|建设|预计|完工|竣工"
    "|全面|分))"
)
_CLUSTER = opening.Seldom(
    r"(?:^|[，。；：\n\0])(?:全[区市县省]|我[区市县]|当地)?"
    r"(?P<cluster>[^，。；：、\s\0“”\d]{2,14}?(?:产业集群|产业链|(?<!第[一二三])产业|集群|(?<![各个等类])行业))"
    "(?=\0*(?:累计|已|共|全年|也)?(?:实现|完成|集聚|拥有|聚集|现有|达到|产销|呈现?|蓬勃|快速发展|方兴|加速|产能|逆势|稳步|运行))"
)
# Ports, stations, villages and cooperatives hold figures too, and have no table of their own.
_PLACE = opening.Seldom(
    r"(?:^|[，。；：\n\0])"
    r"(?P<place>(?![自从在由经])[\u4e00-\u9fff]{2,8}(?:口岸|机场|港区|合作社|景区|旅游区|风景区|森林公园|湿地公园|(?<![农乡全各行村建])村|社区)"
    r"|(?![全我该本各])[\u4e00-\u9fff]{2,5}[镇乡](?![级村域长委政党办]))"
    r"(?=(?:\([^()]{0,20}\))?\0*(?:货邮|旅客|货物|集装箱|村集体|[\u4e00-\u9fff]{2,4}种植|累计|已|共|全年|实现|完成|现有|拥有|集体|村民|接待|开行|验放|进出口|出入境|货运|通关"
    "|入驻|发展|年|流转|带动|吸纳|以“|通过|依托|立足|围绕|坚持|位于|坐落|地处|始建|，(?:能|可|是|已|现|距)))"
)
# 青莱高速公路是南北主干线，…，全长89公里; 其中“一纵”是指西部大通道，全长165公里
_ROAD = opening.Seldom(
    r"(?:^|[，。；：\n\0]|是指?)(?P<place>(?![自从在由与和沿]|[一二三四五六七八九十]是)(?:(?![接至到经达起止跨的])[\u4e00-\u9fff]){2,10}?(?:航电枢纽|高速公路|高速|铁路|公路|大桥|隧道|大?通道|航道|水库|运河))"
    r"(?=(?:\([^()]{1,20}\))?(?:是|为|自|起于|，(?:[东西南北]起|起于|起自|全长|线路|主线)|全长|全线))"
)
# 一是石墨电极项目。项目总投资3亿元
_ITEM = opening.Seldom(
    r"(?:^|[。；：\n])(?:[一二三四五六七八九十]是|\d{1,2}[.、．)])(?P<place>[^，。；：、\0\d]{2,24}(?:项目|工程))(?=[。：\n])"
)
# 为甲集团下属子公司, 由乙集团投资: named beside the firm that the text is about.
_OBJECT = re.compile("(?:[由为与和及同向被给对是系、]|位于|地处|坐落于?|落户于?|入驻)$")
_WORKS = (_ROAD, _ITEM)
_COMMITTEE = re.compile("(?:管委会|管理委员会)$")


def find(text: str, timeless: str, names: Sequence[Name], report: ReportScope) -> list[Mark]:
    """The marks of a paragraph, in order, none inside another; `timeless` is its text, the times blanked."""
    read = (n for n in names if text[n.start] != "(" and timeless[n.start] != GAP)
    marks = [Mark(n.start, n.end, _as_named(n, text, report)) for n in read]
    taken = bytearray(len(text) + 1)
    for mark in marks:
        taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    marks += _free(_WORKS, "initiative", timeless, taken)
    marks += _anaphors(text, sorted(marks), taken, report)
    marks += _free((_PLACE,), "other", timeless, taken)
    places = {mark.start: mark.end for mark in marks if mark.subject.type == "district"}
    for match in _CLUSTER.finditer(timeless):
        start = match.start("cluster")
        if match["cluster"].endswith(("集群", "产业链")):
            # 乐清电气产业集群: its place is part of its name.
            start = places.get(start, start)
        free = taken.find(1, start, match.end()) < 0
        if free and not BROAD.search(match["cluster"]):
            cluster = Subject(match["cluster"].replace("规模以上", ""), "cluster", None)
            marks.append(Mark(match.start("cluster"), match.end(), cluster))
    # The longest name at a place holds, one inside another being its part; but a zone holds its 管委会.
    zones = {mark.start for mark in marks if mark.subject.type == "park"}
    marks = [m for m in marks if m.start not in zones or not _COMMITTEE.search(m.subject.name)]
    marks.sort(key=lambda m: (m.start, -m.end))
    found: list[Mark] = []
    for mark in marks:
        if found and mark.start == found[-1].end and within(mark.subject, found[-1].subject):
            # 山东滕州市 is one holder.
            found[-1] = Mark(found[-1].start, mark.end, mark.subject)
        elif not found or mark.start >= found[-1].end:
            found.append(mark)
    return found


def _free(
    patterns: Sequence[opening.Seldom], kind: SubjectType, timeless: str, taken: bytearray
) -> Iterator[Mark]:
    """What holds figures and has no name of its own in the tables, where no name stands."""
    for pattern in patterns:
        for match in pattern.finditer(timeless):
            if taken.find(1, match.start("place"), match.end("place")) < 0:
                yield Mark(match.start("place"), match.end("place"), Subject(match["place"], kind, None))


def within(part: Subject, whole: Subject) -> bool:
    """Whether a district lies in another, by their codes (GB/T 2260: zeros pad them): 370481 in 370000."""
    if part.type != "district" or whole.type != "district" or not (part.id and whole.id):
        return False
    return part.id != whole.id and part.id.startswith(whole.id.rstrip("0"))


def _anaphors(text: str, named: Sequence[Mark], taken: bytearray, report: ReportScope) -> Iterator[Mark]:
    """全市, 该园区, 公司 where they stand, each with the last subject of its kind before it."""
    last = dict(report.last)
    if report.section_subject and report.section_subject.type == "park":
        last["park"] = report.section_subject
    elif report.about and report.about.type == "park":
        last["park"] = report.about
    at, place = 0, None
    for match in _ANAPHOR.finditer(text):
        if taken.find(1, match.start(), match.end()) >= 0:
            continue
        while at < len(named) and named[at].start < match.start():
            mark = named[at]
            item = mark.subject.type == "initiative" and text.startswith("是", mark.start - 1)
            if (
                item
                or mark.subject.type not in last
                or not _OBJECT.search(text, max(0, mark.start - 3), mark.start)
            ):
                last[mark.subject.type] = mark.subject
                if mark.subject.type == "park":
                    last[mark.subject.name[-ENDING:]] = last[mark.subject.name[-1]] = mark.subject
            if mark.subject.type == "district":
                # 山西省晋城市: the whole chain opens the clause where its first does.
                chained = place is not None and place.end == mark.start
                place = Mark(place.start, mark.end, mark.subject) if chained and place else mark
            at += 1
        subject = _meant(str(match.lastgroup), match[0], last, report)
        if match.lastgroup == "district" and place:
            subject = _other_place(match[0], place, text, report) or subject
        if subject:
            yield Mark(match.start(), match.end(), subject)


def _other_place(word: str, place: Mark, text: str, report: ReportScope) -> Subject | None:
    """The district named last in the paragraph, where 该市 means it, or 全市 after a clause that it
    opened; None where they mean the report's own."""
    if not place.subject.name.endswith(word[-1]) or word[0] not in "该全":
        return None
    before = text[max(0, place.start - 1) : place.start]
    own = word[0] == "全" and (before not in OPENS or place.subject.id in report.above)
    return None if own else place.subject


def _meant(kind: str, word: str, last: dict[str, Subject], report: ReportScope) -> Subject | None:
    """The subject that an anaphor of a kind means, `last` being the last named of each kind."""
    if kind in ("nation", "country", "region"):
        return Subject(word, "other", None)
    if kind == "speaker":
        return report.section_subject or report.about
    if kind == "district":
        subject = report.district(word)
        zone = word == "区" or (subject is None and word.endswith("区"))
        return report.about or last.get("park") or subject if zone else subject
    if kind == "park" and (alike := last.get(word[-ENDING:])):
        return alike
    if kind == "park" and kind not in last and not word.endswith("园区"):
        return Subject(word.lstrip("该本全我"), "park", None)
    if kind == "park" and not word.endswith("园区") and (same := last.get(word[-1])):
        return same  # 该集中区 is no 产业园, though one was named since
    return last.get(kind)


def _as_named(name: Name, text: str, report: ReportScope) -> Subject:
    """安县 stays 安县, though its unit has another name today."""
    subject = report.entity(name)
    surface = text[name.start : name.end]
    if name.kind == "district" and subject.name[0] != surface[0] and surface[-1] in "县市区州旗盟省":
        return subject._replace(name=surface)
    return subject
