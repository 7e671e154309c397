"""全市, 该园区, 公司, 此次展会: words that stand for a name that was told before, and which name they mean.

In: a paragraph's text, its marks by name, and what its report named last of each kind. Out: marks of the
words whose name is known. A word whose name nothing tells is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest import opening
from ingest.phrase import BLANK
from ingest.sections import ENDING, ReportScope, Subject, alike
from ingest.things import ZONE_OF_REGION, Mark

BULLETS = "▲△●○■□◆◇★☆"
"""Signs before a point of a list, no part of what follows them."""
OPENS = ("", "，", "。", "；", "：", "\n", BLANK, "“", " ", "】", *BULLETS)
"""What stands before the first word of a clause; '' at the start of a paragraph."""

# 基地总占地面积500亩, 学校每年诞生近2000项专利: what follows a bare word that means the one named before.
_GOES_ON = (
    "(?=总[面占投建]|交易额|起步区|新引进|培育|规上|占地|规划|建筑面积|由|现[有已]|已|共|累计|全[年长线]|目前|拥有|有\\d|有[野珍]|位于|新增|在孵|存续|帮扶|始建|日均|年[均产吞加接销]|每年|去年|今年"
    "|\\d{4}年|实现|完成|内[共现设有]|一期|二期|起[自于点]|[东南西北]起)"
)
_FIRM_GOES_ON = "(?=去年|今年|\\d{4}年|刚|年[产销营]|营收|占地|先后|现有|已累计|积极拓展)"
_REGION = (
    "(?:京津冀|长三角|珠三角|成渝|川渝|[东中西]部"
    "|[苏皖浙闽赣鲁冀豫鄂粤桂川黔滇陕辽吉蒙疆琼湘晋][东南西北中][南北]?(?![岸部站门区市路山江河海湖宁充州]))"
)
WIDER = re.compile(f"(?:{_REGION}(?:地区)?|{ZONE_OF_REGION}|我国|中国|全国)")
"""What stands in no table of districts and is told of as they are: 皖北, 长三角, 全国."""
# 全市, 该区 and 区内, but not 全域, 市级, 区委, 县政府; 新区, but not 新区域.
_ANAPHOR = opening.compile(
    "(?P<district>"
    "[全我该本](?:区|市|县|省|州|旗|盟)(?![域级长委内外政直属集人企的][长委府协联员]|域|级|委|政府|人大|政协|长)"
    "|[区市县](?=内[^陆需固电交公]))"
    "|(?P<park>(?:该|本|全)?园区|[该我本]园(?![区林])"
    r"|该[\u4e00-\u9fff]{0,4}(?:集中区|片区|开发区|产业园|示范区|基地|新区)"
    r"|(?:我|本|该|全)?(?:高新区|经开区|开发区|集中区|集聚区|保税区|自贸区|物流园|产业园|科技园)(?!区)(?![\u4e00-\u9fff]?[管发])"
    r"|(?<![\u4e00-\u9fff])(?:全|我|本|该)?(?:新区(?![管域])|自贸试验区(?=推出|形成|累计|新增|完成|实现|\d))"
    r"|(?<![\u4e00-\u9fff])(?:片区|新城)(?=累计|已|现|共|实现|完成|内|聚集|集聚|规上|入驻|注册))"
    "|(?P<local>(?:(?<![\u4e00-\u9fff])|(?<=年))当地(?=累计|共|已|年?接待|实现|完成|年?销售|年?种植|拥有|现有|全年|年产))"
    "|(?P<town>[全我该本](?:镇|乡|村|街道|社区)(?![级域长委内容庄镇民规企文政]|党))"
    "|(?P<event>(?:此|本|这|该)(?:次|届|场)?(?:展会|博览会|大会|赛事|活动|论坛|比赛|推介会|峰会|对接会|盛会|招聘会|洽谈会|交易会|大赛|联赛|签约仪式)"
    "|本届[\u4e00-\u9fff]{1,6}?(?:会|节|展|赛)(?=[签共吸上期现达成参展集，])"
    "|[本此]次[\u4e00-\u9fff]{1,6}?(?:会|节|展|赛)(?=[签共吸现达成参展集汇将设涵])"
    "|(?<![\u4e00-\u9fff])(?:展会|大会|会议|活动|赛事)(?:上|现场|期间)(?=，))"
    "|(?P<train>[本此该这](?:[趟列班])?(?:专列|班列|列车))"
    "|(?P<alike>(?:该|本|此|全|这座|这条|这个)(?:集团|平台|学校|基地|景区|机场|港口|港|电站|水库|大桥|铁路|线路|高速|商圈|市场|煤矿|度假区|枢纽|古城|码头|装备|设备|湿地公园|保护区|孵化器"
    "|小区|工厂|口岸|隧道|乐园|街区|小程序|系统|账号|场馆)(?![\u4e00-\u9fff]?[化型])"
    f"|(?<![\u4e00-\u9fff])(?:集团(?![军公])|(?:学校|主?平台|(?:产业)?基地|景区|机场|港口|电站|水库|大桥|线路|商圈|度假区|枢纽|古城|码头|市场|公园|商城|湿地公园|保护区|孵化器|小区|工厂|口岸|隧道|乐园|街区|场馆){_GOES_ON}))"
    f"|(?P<enterprise>(?<![\u4e00-\u9fff])企业{_FIRM_GOES_ON}|[该我本]行(?![业政动为列程])|(?:该|本|我们|这家)?公司(?![法股])|该企业|这家企业|该集团|该厂)"
    "|(?P<institution>该(?:院|校|中心|所|研究院|实验室|医院|机构)|这家(?:研究院|机构|医院)"
    r"|(?<![\u4e00-\u9fff])(?:研究院|实验室|医院|中心)(?=由|是|现|已|共|目前|累计|入驻|进驻|，))"
    f"|(?P<region>(?:(?<![\u4e00-\u9fff])|(?<=[年月])){_REGION}(?:地区)?(?:\\d+市)?"
    "(?=[\u4e00-\u9fff]{0,8}(?:拥有|总[量额]|GDP|生产总值|增加值|产量|产值|收入|出口|进口|投资|人口|占|达)|[(]|县域|县[(]|多山|地势|(?<!三角)[仅有共]?\\d))"
    r"|(?P<country>我国(?=[\u4e00-\u9fff]{0,10}(?:总量|产业|产量|产能|装机|进出口|市场规模|行业)|已(?!经?成|是))|(?<![\u4e00-\u9fff])中国(?=[\u4e00-\u9fff]{0,6}(?:出口|进口|产销|销售|产|销)[量额]?(?:[约达超近为]|突破|\d))|(?<![\u4e00-\u9fff])中国(?=[与同和][\u4e00-\u9fff]{2,8}(?:贸易|进出口)[\u4e00-\u9fff]{0,3}值?[约达超近为])|(?:中国|我国|全国)(?=目前有|现有|已有|共有|约有|有\d))"
    "|(?P<nation>(?:(?<![\u4e00-\u9fff])|(?<=[年月于度前]))全国(?=(?:目前|共|已)?累计(?:共?有|已|达|\\d)|[\u4e00-\u9fff]{1,8}(?:票房|销售额|交易额|成交额|出货量|用户|规模)(?:[(][^()]{1,8}[)])?已?(?:[约达为超近]|突破|\\d)|规模以上|规上|GDP|(?:地区|国内)?生产总值|居民|城镇|固定资产|社会消费|进出口|一般公共"
    "|[\u4e00-\u9fff]{0,8}(?:总?产值|总?产量|总?销量|市场规模|装机容量|保有量)(?:[约达为超近]|突破|同比|\\d)))"
    "|(?P<speaker>我们(?=[有已将要还]|目前|累计|先后|共))"
    "|(?P<initiative>(?:该|这一|这个|本)(?:项目|工程|电站|铁路|公路|大桥|水库|机场)"
    r"|(?<![\u4e00-\u9fff])项目(?=总投资|计划|占地|建成|全部|达产|投产|一期|二期|规划|用地|建设|预计|完工|竣工"
    "|全面|分|通过在|日均|采用|涵盖|每年|每天|日产|年产|年利润))"
)
_EVERY_EVENT = re.compile(
    "[此本这该]?[次届场]?(?:展会|博览会|大会|赛事|活动|论坛|比赛|推介会|峰会|对接会|盛会|招聘会|洽谈会|交易会|大赛|联赛|签约仪式|会议)"
    "(?:上|现场|期间)?"
)
_CITIES = re.compile("\\d+市.*$")
_TRAIN = re.compile("^[本此该这](?:[趟列班](?=专列|班列|列车))?")
_BUILDERS = ("park", "institution")
_ENDS = ("", "。", "\n", " ", "\u3000")
LONGEST_ASIDE = 120
"""Characters between a sentence's first name and what is told of its project."""
_ZONES = ("高新区", "经开区", "开发区", "保税区", "自贸区")
# 为甲集团下属子公司, 由乙集团投资: named beside the firm that the text is about.
_OBJECT = re.compile("(?:[由为与和及同向被给对是系、]|位于|地处|坐落于?|落户于?|入驻)$")


def find(text: str, named: Sequence[Mark], taken: bytearray, report: ReportScope) -> Iterator[Mark]:
    """全市, 该园区, 公司 where they stand, each with the last subject of its kind before it."""
    told = _Told(text, dict(report.last))
    if report.section_subject and report.section_subject.type == "park":
        told.last["park"] = report.section_subject
    elif report.about and report.about.type == "park":
        told.last["park"] = report.about
    at = 0
    for match in _ANAPHOR.finditer(text):
        if taken.find(1, match.start(), match.end()) >= 0:
            continue
        while at < len(named) and named[at].start < match.start():
            told.name(named[at])
            at += 1
        subject = _meant(str(match.lastgroup), match[0], told.last, report)
        if match[0] == "项目" and told.builds(match.start()):
            subject = told.opens.subject if told.opens else subject
        elif match[0] == "线路" and told.goes_on(match.start()):
            subject = told.works.subject if told.works else subject
        elif match.lastgroup == "local":
            near = told.place.subject if told.place else report.home
            subject = report.about if report.about and report.about.type == "district" else near
        elif match[0] == "全区" and told.quarter:
            subject = told.quarter
        elif match.lastgroup == "district" and told.place:
            subject = _other_place(match[0], told.place, text, report) or subject
        if subject:
            yield Mark(match.start(), match.end(), subject)


@dataclass(slots=True)
class _Told:
    """What the names of a paragraph, one after another, leave at hand: `last` of each kind, the last
    district, the quarter without a code (南区), what opens its sentence, the last project."""

    text: str
    last: dict[str, Subject]
    place: Mark | None = None
    quarter: Subject | None = None
    opens: Mark | None = None
    works: Mark | None = None
    project: int = -1

    def name(self, mark: Mark) -> None:
        """Take up the next name."""
        text, subject = self.text, mark.subject
        item = subject.type == "initiative" and text.startswith("是", mark.start - 1)
        beside = _OBJECT.search(text, max(0, mark.start - 3), mark.start)
        if item or subject.type not in self.last or not beside:
            self.last.update(alike(subject))
        if subject.type == "initiative":
            self.project, self.works = mark.start, mark
        elif subject.type in _BUILDERS and text[max(0, mark.start - 1) : mark.start] in _ENDS:
            self.opens = mark
        if subject.type == "district" and subject.name.endswith("区"):
            self.quarter = None if subject.id else subject
        named_place = mark.within or subject
        if named_place.type == "district":
            # 山西省晋城市: the whole chain opens the clause where its first does.
            chained = self.place is not None and self.place.end == mark.start
            start = self.place.start if chained and self.place else mark.start
            self.place = Mark(start, mark.end, named_place)

    def goes_on(self, position: int) -> bool:
        """无锡至宜兴城际工程起于甲地，线路全长30公里: whether 线路 means the works its sentence names."""
        return bool(self.works and _same_sentence(self.text, self.works, position))

    def builds(self, position: int) -> bool:
        """大数据产业园是…之一，项目总投资10亿元: whether 项目 means the works that its sentence is about."""
        opens = self.opens
        return bool(opens and self.project < opens.start and _same_sentence(self.text, opens, position))


def _same_sentence(text: str, mark: Mark, position: int) -> bool:
    return position - mark.end < LONGEST_ASIDE and "。" not in text[mark.end : position]


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
        return Subject(_CITIES.sub("", word), "other", None)
    if kind == "speaker":
        return report.section_subject or report.about
    if kind == "train":
        return last.get("train") or Subject(_TRAIN.sub("", word), "initiative", None)
    if kind == "alike":
        return last.get(word.lstrip("该本此全这座条个主").removeprefix("产业"))
    if kind == "town":
        of_town = (
            report.about
            and report.about.type in ("district", "other")
            and report.about.name.endswith(word[1:])
        )
        return report.about if of_town else last.get("全" + word[1:])
    if kind == "district":
        subject = report.district(word)
        zone = word == "区" or (subject is None and word.endswith("区"))
        return report.about or last.get("park") or subject if zone else subject
    if kind == "park" and (same := last.get(word[-ENDING:])):
        return same
    if kind == "park" and kind not in last and len(word) > len("该园") and not word.endswith("园区"):
        return Subject(word.lstrip("该本全我"), "park", None)
    if kind == "park" and not word.endswith("园区") and (same := last.get(word[-1])):
        return same  # 该集中区 is no 产业园, though one was named since
    if kind == "park" and word.endswith(_ZONES) and word[0] != "该":
        return Subject(word.lstrip("本全我"), "park", None)  # 高新区 is no 电子谷, whose name was told
    if kind == "event" and kind not in last and not _EVERY_EVENT.fullmatch(word):
        return Subject(word.lstrip("本此届次"), "initiative", None)  # 本届药交会
    return last.get(kind)
