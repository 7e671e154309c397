"""Things that hold figures and stand in no table of names: ports, roads, villages, works, squares, quarters.

In: a paragraph's text, its times blanked, and where its names stand. Out: marks of what its clauses open
with, told by the thing's kind, by what follows, and where the kind is an everyday word by a proper name
before it. Whether one holds a figure is for `holders` and `subjects` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest import lexicon
from ingest.model import SubjectType
from ingest.opening import Seldom
from ingest.sections import Subject
from ingest.wording import listed

LONGEST_VILLAGE = 4
"""Characters of a village's name that may be any words (红旗村, 团结村)."""
UNCLAIMED = 2
"""Characters that no common word claims and that make a name."""


class Mark(NamedTuple):
    """A place in a paragraph that names a possible subject; `within` is what a town lies in."""

    start: int
    end: int
    subject: Subject
    within: Subject | None = None


# Ports, stations, villages and cooperatives hold figures too, and have no table of their own.
_PLACE = Seldom(
    r"(?:^|[，。；：\n\0])"
    r"(?P<place>(?![自从在由经]|[全我本该][省市县区州旗])(?:(?![是为了])[\u4e00-\u9fff]){2,8}(?:口岸|机场|港区|合作社|景区|旅游区|风景区|森林公园|湿地公园|(?<![农乡全各行村建])村|社区)"
    r"|(?![全我该本各])[\u4e00-\u9fff]{2,5}[镇乡](?![级村域长委政党办]))"
    r"(?=(?:\([^()]{0,20}\))?\0*(?:货邮|旅客|货物|集装箱|村集体|[\u4e00-\u9fff]{2,4}种植|面积|土地面积|总面积|处于|紧邻|毗邻|紧靠|[东南西北][临接邻靠连]|辖|累计|已|共|全年|实现|完成|现有|拥有|集体|村民|接待|开行|验放|进出口|出入境|货运|通关"
    "|入驻|发展|年|流转|带动|吸纳|以“|通过|依托|立足|围绕|坚持|位于|坐落|地处|始建|，(?:能|可|是|已|现|距)))"
)
# 青莱高速公路是南北主干线，…，全长89公里; 其中“一纵”是指西部大通道，全长165公里
_ROAD = Seldom(
    r"(?:^|[，。；：\n\0]|是指?)(?P<place>(?![自从在由与和沿]|[一二三四五六七八九十]是)(?:(?![接至到经达起止跨的])[\u4e00-\u9fff]){2,10}?(?:航电枢纽|高速公路|高速|铁路|公路|大桥|隧道|大?通道|航道|水库|运河))"
    r"(?=(?:\([^()]{1,20}\))?(?:是|为|自|起于|，(?:[东西南北]起|起于|起自|全长|线路|主线)|全长|全线))"
)
# 一是石墨电极项目。项目总投资3亿元
_ITEM = Seldom(
    r"(?:^|[。；：\n])(?:[一二三四五六七八九十]是|\d{1,2}[.、．)])(?P<place>[^，。；：、\0\d]{2,24}(?:项目|工程))(?=[。：\n])"
)
# 这是全国首个路域能源项目——甲高速示范工程。
_TOLD_LAST = Seldom("——(?P<place>[^，。；：、\0\\d]{4,36}(?:工程|项目))(?=。)")
# 这个再生铝项目计划总投资12亿元
_THIS = Seldom(
    "(?:^|[，。；：\n\0])(?P<place>(?:这|该)(?:一|个)?(?P<name>[^，。；：、\0\\d的是]{2,10}(?:项目|工程)))(?=计划|总|规划|占地|建成|投产|达产|全部|一期|二期|由|，)"
)
# 荆江分洪区安置房改建工程，可研报告已经完成
_HEADED = Seldom(
    "(?:^|[。\n])[ \u3000]*(?:目前，)?(?P<place>(?![自从在由与和对据])"
    "(?![^，。]{0,16}(?:推进|实施|加快|启动|谋划|承接|引进|等[项工]))"
    "(?P<head>[^，。；：、\0\\d“”《》()]{3,24})(?:工程|项目))(?=，)"
)
# 某某铁路“大通道”作用显现，…; 某某商圈，坐落于…: what opens a sentence by its proper name.
# What makes a longer word of it: 机场集团, 港口, 高速公路网; and a caption, 广东虎门大桥。
_NO_LONGER = (
    "(?![\u4e00-\u9fff]{0,3}(?:公司|企业|集团|局|街道|片区|新区|开发区|产业|网络|项目|工程|建设者|管委会|经济|学院|大学"
    "|大队|医院|博览会|论坛|小镇|新城|园区|示范区|实验区|试验区|自贸|商务区|组团))"
    "(?![网口区股路客密群城镇村乡航湖澳台上两中内旁边的。]|里程|沿线|周边|附近|枢纽|服务|改造|升级|扩建)"
)
_NO_MORE = _NO_LONGER + "(?![等、和及与])"
_IN_HEAD = (
    "(?![是的为在位坐处于以有距接至到经达起止跨等向着]|企业|工业|产业|农业"
    "|翻修|修建|建设|打造|建成|改造|举办|推进|投资|规划)[\u4e00-\u9fff·]"
)
_THING = Seldom(
    "(?:(?:^|[。；：\n])[ \u3000]*\0*(?:如今|目前|现在|截至目前|当前|其中)?，?\0*"
    "|(?:位于|坐落于?|地处)[^，。；：\n]{2,30}的)"
    "(?P<place>(?![自从由与和沿随对向通按据把将让使离全我该本各]|建成|新建|拥有|开通|[一二三四五六七八九十]是)"
    f"(?P<head>(?:{_IN_HEAD}){{1,10}}?)"
    f"(?:(?P<line>{listed('line')})|(?P<site>{listed('site')})))(?=(?:[(][^()]{{1,20}}[)])?\0*{_NO_MORE})"
)
# 大连港集装箱吞吐量: what goes on after a place's name, to be one thing with it.
_OF_PLACE = re.compile(
    f"(?P<head>(?:{_IN_HEAD}){{0,12}}?)(?:(?P<line>{listed('line')})|(?P<site>{listed('site')}|生产基地|合作社)){_NO_LONGER}"
)
# 广西北部湾港, but not the ports along a coast
_PORT = re.compile(
    "(?!沿海|沿江|内河|主要|各|自贸|自由|保税|国际|[陆空渔大]|无水|重点|深水|亿)[\u4e00-\u9fff]{2,4}港"
)
# 成都平原经济区, 厦门综合改革试点
_ZONE_OF_PLACE = re.compile("(?:平原)?经济[区圈]|大?都市圈|综合改革试点|自贸试验区")
_TOWN = re.compile(
    "(?P<head>(?!各|全|个|下辖|所辖|所有|部分|重点|主要|[两几]|城|小城|新型城|中心城|推进|[一二三四五六七八九十][个大镇乡])"
    "(?:(?![乡镇农的为在是])[\u4e00-\u9fff]){1,4}?)(?P<kind>镇|乡|街道|村|社区)"
    "(?<![建特中小强重古][制色心型点]镇)(?![级域长委内改企办民容村镇土愁贤音野]|集体|庄|里|振兴)"
)
# 青岛海信以51%控股, 淄博电视机厂持股49%: a firm without a suffix, told by what it holds.
_HOLDER_OF_SHARES = re.compile(
    "(?!当地|政府|国资|财政|地区|企业|人民|[省市县区的各与和等将])[\u4e00-\u9fff]{2,6}?(?=以\\d[\\d.]*%(?:的股[权份])?控股|(?:持股|占股|控股|参股)(?:比例为?)?\\d[\\d.]*%)"
)
_VILLAGE = re.compile(
    "(?:的(?!特色|古|贫困|示范|重点|所有|一些|偏远|传统|行政|自然))?"
    "(?P<name>(?:(?![乡镇农城的为在是有等各全个多])[\u4e00-\u9fff]){1,4}?(?:村|社区))(?![级域长委内改企办民容镇土]|集体|庄|里|振兴)"
)
# 渝黔, 沪昆: characters that stand for provinces and cities in the names of lines.
_ABBREVIATED = re.compile(
    "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新蓉昆穗深甬杭汉郑西成兰银合沈长广南]{2,4}"
)


# 银花镇党委书记: a town told by who leads it.
LED_TOWN = Seldom(
    "(?:^|(?<=[。；：，\n”]))(?P<place>(?![全我该本各])(?:[\u4e00-\u9fff]{1,4}(?:镇|乡|街道))?"
    "(?P<name>(?:(?![乡镇农城的为在是])[\u4e00-\u9fff]){1,5}?(?:镇|乡|街道|村|社区)))"
    "(?=党委|党[总支]|人大|政府|办事处|副?[镇乡]长|村委|第一书记|副?书记|支书|居委)"
)


# 南区土地面积48平方公里, of a city without counties
_QUARTER = Seldom(
    "(?:^|[。\n])[ \u3000]*(?P<place>[东南西北中]区)"
    "(?=是[^，。]{2,20}[，、]|位于|地处|处于|紧[邻靠]|(?:土地|总)?面积|下?辖|现有|经过|名列|实现|完成)"
)
# 平台“深渔二号”, 装备“明渔一号”: a device by its name
_DEVICE = Seldom("(?:装备|平台|设备|机组|装置|船|轮|舰)(?P<place>“[^“”，。]{2,8}号”)")
# 走进孙村镇，…: a town that a reporter comes to.
_VISITED = Seldom(
    "(?:^|[。；”\n])[ \u3000]*(?:走进|来到|在|走入)"
    "(?P<place>(?:(?![乡镇农城的为在是])[\u4e00-\u9fff]){1,4}(?:镇|乡|村|街道|社区))(?=，)"
)


# 成渝地区双城经济圈, 川南经济区
ZONE_OF_REGION = (
    "(?:[\u4e00-\u9fff]{2,4}(?:地区双城|大)?(?:经济圈|都市圈|城市群)|粤港澳大湾区"
    "|长江经济带|[\u4e00-\u9fff]{2,4}经济区)"
)
_WIDE = Seldom(
    f"(?:(?<![\u4e00-\u9fff])|(?<=[年月]))(?P<place>{ZONE_OF_REGION})"
    "(?=(?:建设|发展)?[\u4e00-\u9fff]{0,8}，?(?:拥有|总[量额]|经济总量|GDP|生产总值|增加值|产值))"
)


# 长春、通化和白山3个医药园区共实现产值…; 3个园区全年共投入…: the sum of several
_GROUP = Seldom(
    "(?:^|[，。；：\n\0])(?P<place>(?:(?:[\u4e00-\u9fff]{2,6}[、和与及]){1,8}[\u4e00-\u9fff]{2,6}?)?(?P<count>\\d{1,2}[个家大]))"
    "(?P<kind>[\u4e00-\u9fff]{0,6}(?:园区|开发区|产业园|高新区|经开区|基地|县区|区县))"
    "(?=(?:全年|去年|今年|\0)*(?:共|合计|累计|总计|总共))"
)


def works(timeless: str, taken: bytearray) -> Iterator[Mark]:
    """Roads and the works of a numbered list, where no name stands (`taken` tells, a byte a character)."""
    yield from _free((_ROAD, _ITEM, _THIS, _DEVICE, _TOLD_LAST), "initiative", timeless, taken)
    for match in _GROUP.finditer(timeless):
        yield Mark(*match.span("place"), Subject(match["count"] + match["kind"], "other", None))
    for match in _HEADED.finditer(timeless):
        if taken.find(1, *match.span("place")) < 0 and proper(match["head"]):
            yield Mark(*match.span("place"), Subject(match["place"], "initiative", None))


def places(timeless: str, taken: bytearray) -> Iterator[Mark]:
    """Ports, villages, sights, where no name stands."""
    for mark in _free((_PLACE, _WIDE), "other", timeless, taken):
        if mark.subject.name.endswith(("镇", "乡")):
            yield mark._replace(subject=mark.subject._replace(type="district"))
        elif not _deed(mark.subject.name):
            yield mark
    yield from _free((LED_TOWN, _VISITED, _QUARTER), "district", timeless, taken)
    for match in _THING.finditer(timeless):
        if taken.find(1, match.start("place"), match.end("place")) < 0 and proper(match["head"]):
            yield _thing(match)


def opening(text: str) -> Mark | None:
    """The thing that a text opens with, whatever words its name is made of."""
    match = next(_THING.finditer(text), None)
    return _thing(match) if match and not match.start("place") else None


def _thing(match: re.Match[str]) -> Mark:
    kind: SubjectType = "initiative" if match["line"] else "other"
    return Mark(match.start("place"), match.end("place"), Subject(match["place"], kind, None))


def of_place(text: str, place: Mark) -> Mark:
    """大连港, 甲县乙镇丙村: the thing or town whose name goes on after a district's, else the district."""
    district = place.subject
    town = _TOWN.match(text, place.end)
    if town and (town["kind"] in "镇乡街道" or proper(town["head"])):
        village = _VILLAGE.match(text, town.end()) if town["kind"] in "镇乡街道" else None
        town = village or town
        place = Mark(
            place.start,
            town.end(),
            Subject(town.groupdict().get("name") or town[0], "district", None),
            district,
        )
    firm = _HOLDER_OF_SHARES.match(text, place.end)
    if firm:
        return Mark(place.start, firm.end(), Subject(text[place.start : firm.end()], "enterprise", None))
    if zone := _ZONE_OF_PLACE.match(text, place.end):
        return Mark(place.start, zone.end(), Subject(text[place.start : zone.end()], "other", None))
    thing = _OF_PLACE.match(text, place.end)
    if thing and (not thing["head"] or proper(thing["head"]) or _PORT.fullmatch(thing[0])):
        kind: SubjectType = "initiative" if thing["line"] else "other"
        name = text[place.start : thing.end()]
        return Mark(place.start, thing.end(), Subject(name, kind, None))
    return place


def _free(patterns: Sequence[Seldom], kind: SubjectType, timeless: str, taken: bytearray) -> Iterator[Mark]:
    """What holds figures and has no name of its own in the tables, where no name stands."""
    for pattern in patterns:
        for match in pattern.finditer(timeless):
            if taken.find(1, *match.span("place")) < 0:
                name = match.groupdict().get("name") or match["place"]
                yield Mark(*match.span("place"), Subject(name, kind, None))


def _deed(name: str) -> bool:
    """Whether a village's name is words on what was done: 持续发展壮大村 before 集体经济."""
    if len(name) <= LONGEST_VILLAGE or not name.endswith("村"):
        return False
    return any(word.tag in ("v", "vn") and word.end - word.start > 1 for word in lexicon.cut(name))


def proper(head: str) -> bool:
    """Whether a thing's name has a place in it or characters of no common word: 英歌石, 渝黔, not 农村."""
    if _ABBREVIATED.fullmatch(head):
        return True
    words = lexicon.cut(head)
    return sum(word.tag == "o" for word in words) >= UNCLAIMED or any(word.tag == "ns" for word in words)
