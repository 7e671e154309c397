"""Which of the names of a paragraph hold the figures after them, from where they stand in their clause.

In: a paragraph's scope and a name in it. Out: whether the name opens its clause, so that it is no part of an
indicator, and whether it holds what follows or is only spoken of. Whose a figure is is for `subjects` to say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.anaphors import BULLETS, OPENS
from ingest.things import Mark
from ingest.wording import listed

if TYPE_CHECKING:
    from ingest.scope import ParagraphScope

_OBJECT = re.compile(f"(?:{listed('object')})$")
_YARDSTICK = re.compile(listed("yardstick"))
LEAD_IN = re.compile(f"^(?:{listed('lead_in')})*$")
# 低于山西省人均可支配收入27426元: the figure is the other's, and no more than that.
_THAN = re.compile("(?:低于|高于|少于|多于|不及|超过|大于|小于)(?:同期|\0)*$")
_ITS_OWN = re.compile(
    "(?!平均|同[期类]|水平)[\u4e00-\u9fff]{3,16}\\d[\\d.]*(?![\\d.]|%|个?百分点|[^，。；]*(?:水平|平均))"
)
# 西部城市成都，一季度GDP…
_CITY = re.compile("^[\u4e00-\u9fff]{0,6}(?:城市|省会|首府|县级市|地级市|百强县|强县|大县|强市|大市|新城)$")
_LOCATED = re.compile("(?:地处|在)$")
_DRIVEN = re.compile("(?:确保|推动|推进|加快|支持)$")
# 地处新疆“东大门”的哈密市: what leads to the holder names other places.
_PLACED = re.compile("(?:地处|位于|坐落|作为|素有|号称|誉为|享有|有着|具有)[^，。；]{1,30}的$")
# 煤田广布的朔州，2021年…: the whole clause is the place; but not 毗邻经济发达的广州，
_BESIDE = re.compile(
    "(?:毗邻|紧邻|邻近|临近|靠近|连接|对接|承接|相比|来自|面向|距离?|(?<![因按])[往向从比较与和](?!来)|(?<![一共合相协])同(?![期样比类]))[^，。；]*$"
)
# 排名第一的义乌市人均可支配收入为…
_RANKED_AS = re.compile("(?:(?:排名|位居|位列|名列|居|列)[^，。；]{1,6}|最[高低大小快多强])的$")
ASIDE = 120
"""Characters beside a name in which an aside may open, or its clause tell of it."""
# 惠科、宗申等企业: the members of a list hold nothing by themselves.
_LISTED = re.compile(
    r"等|[^，。；、\d]{1,8}等\d+[个家项]|(?:[、和][^，。；、]{1,14}){1,12}?(?:等|[两三四五六七八九\d]+[家个户座处条片])"
)
# 沙坡头区增长27.4%、彭阳县增长27.4%
_ACTS = re.compile(r"增长|下降|完成|实现|达|\d|[则也]?(?:为|约|仅|突破|超过?|同比|有)(?=\d|约|达|增|下|近)")
# 但福州的增速达到5.4%: what links a clause to the one before opens it.
_LINK = re.compile("(?:除了?|由于|但是?|而|尽管|虽然?|不过|然而|反观|其中，?|相比之下，?)$")
# 带动我县配套企业增加到132家
_MOVES = re.compile("(?:带动|推动|拉动|助推|助力|促进|撬动)")
# 吴江区光纤光缆产业集群入选…: what was chosen is the cluster.
_ITS_OWN_CHOSEN = re.compile(
    "(?!全[区市县]|[^，。；]{0,6}家)[^，。；、\\d]{2,16}(?:集群|产业园|园区|企业|公司|项目|基地|中心|街区|景区|村|学校|医院)"
    "(?:成功)?(?:入选|获批|获评|上榜|被评|荣获|列入|纳入|跻身)"
)
_NAMED_IS = re.compile("(?:项目|企业|园区|平台|工程|”)(?:是指?|为)$")
# 值得一提的是上海市，…
_AND_ABOVE_ALL = re.compile("(?:值得(?:一提|注意|关注)的|特别|尤其|首先|其次)是$")
# 位于有温泉之城美誉的甲新城东区，距中心城区16公里
_SIDE = re.compile("[东西南北]区|核心区|境?内，|旁|中部|[东西南北]{1,2}[侧部端角]")
_DOERS = ("initiative", "enterprise", "park")
# 园区建设实现新突破 is a field of work.
_NESTED = re.compile(
    "(?:总数|数量|个数|家数)(?!据)|机场|火车站|高铁站|(?<=园区)(?:建设|发展|经济)(?=[实取得成]|步伐|加快|提速|水平|扎实|稳步|全面)|附属|附中|附小|分[校院](?!长)|实验学校"
)
# 甲公司首席财务官张三、乙公司总经理李四分别发言: who comes to a ceremony brings no figures.
_SPOKESMAN = re.compile(
    "[^，。；、\\d]{0,8}?(?:首席[^，。；、]{1,3}官|董事长|总经理|总裁|负责人|代表)(?:(?!介绍|表示|说|告诉)[^。；\\d]){0,80}?"
    "(?:致辞|致词|发言|出席|见证|揭牌)[^，。；\\d]{0,8}[，。；]"
)
# 紫兰高速复线、青桥核电一期等项目开工, 甲集团集中供热、乙公司汽车管件等28个项目
_LISTED_WORKS = re.compile(
    "(?:(?!实施|推进|加快|建成|开发|推出|引[进入]|拥有|生产|研发|投资|新建|打造|承担|先后|积极|吸引|集聚|入驻|服务|带动)"
    "[^，。；、\\d]){0,12}?(?:[、和及与][^，。；、\\d]{1,24}){1,12}?等(?:\\d+|一批|[一二三四五六七八九十]+)?[个项家大款件]?"
    "[^，。；\\d]{0,6}(?:项目|工程|企业|单位|产品|品牌|成果)"
)
_GIVES = re.compile("出资|认缴|持股|实现|完成|增长|下降|营收|产值|税收|年?销售")
_HOLDERS = ("district", "enterprise", "park")
_NEXT = re.compile("[\\d%元家个户件项人位名吨万亿]、$")
# 全镇共有9717户: what is counted is told by it.
_ALL_OF_TOWN = re.compile("全(?:镇|乡|村|街道|社区)")
# 国务院两次对我市的工作通报表扬
_PRAISES = re.compile("[^，。；]{0,10}[对给为](?:我|全|该)[省市县区州旗]")
_GRADED = re.compile(
    "[市省区县]?级?(?:专精特新|科技小巨人|小巨人|高新技术企业|单项冠军|瞪羚|独角兽|众创空间|企业技术中心|重点实验室|名牌)"
    "|[\u4e00-\u9fff]{2,18}(?:副?(?:主任|局长|厅长|部长|市长|区长|县长|会长|秘书长)|负责人|发言人)"
)
# 线路起自甲市，经乙县，止于丙市，全长…: the places of a route hold nothing of it.
_ROUTE = re.compile("起自|起于|起点[为是在于]|始于|始自|[东南西北]起")
# 乙公司承建，项目全长…; 甲公司、乙公司承建的隧道
_BUILDS = re.compile(
    "(?:[、和与及][^，。；、]{2,20}){0,3}(?:联合)?(?:负责)?(?:承建|代建|施建|承包|总承包|设计|监理|施工)(?:建设)?[，；。的]"
)
# 据甲证券研报，…: who tells it.
_TOLD_BY = re.compile("[^，。；]{0,8}(?:研报|研究报告|报告|数据|统计|测算|预测|监测|分析)[^，。；]{0,4}，")
_EXCEPT = re.compile("(?:[之以])?外，")
_NTH = re.compile("第[\\d一二三四五六七八九十]{1,4}[届次批]$")


def opens_clause(scope: ParagraphScope, mark: Mark) -> bool:
    """A subject at the head of its clause is blanked, so that it never gets into an indicator."""
    before = scope.times_blanked[max(0, mark.start - 1) : mark.start]
    after = scope.text[mark.end : mark.end + 1]
    if _NESTED.match(scope.text, mark.end) or _ALL_OF_TOWN.fullmatch(scope.text, mark.start, mark.end):
        return False
    opens = (
        before in OPENS
        or (before == "、" and acts(scope.text, mark))
        or (before == "的" and bool(_RANKED_AS.search(scope.text, max(0, mark.start - 16), mark.start)))
        or (before == "的" and mark.subject.type != "district")
        or (mark.subject.type == "district" and _linked(scope, mark))
        or scope.text.endswith(("其中", "，现", "。现"), 0, mark.start)
    )
    return (opens or compared(scope, mark)) and mark.subject.type != "cluster" and after != "等"


def compared(scope: ParagraphScope, mark: Mark) -> bool:
    """Whether a district is one that another's figure is held against, with its own figure after it."""
    text = scope.text
    return (
        mark.subject.type in ("district", "other")
        and bool(_THAN.search(scope.times_blanked, max(0, mark.start - 16), mark.start))
        and bool(_ITS_OWN.match(text, mark.end))
    )


def strong(scope: ParagraphScope, mark: Mark) -> bool:
    """Whether a name holds what follows: it opens its clause, or the clause's modifiers lead to it."""
    text = scope.text
    if _grades(scope, mark) or excepted(text, mark, mark.end):
        return False
    if any(p.match(text, mark.end) for p in (_YARDSTICK, _NESTED, _SPOKESMAN, _PRAISES)):
        return False
    if text.startswith("为例", mark.end) or compared(scope, mark):
        return True
    if _beside(scope, mark):
        return False
    led = _led(scope, mark) if text.startswith("的", mark.start - 1) else None
    if led is not None:
        return led
    start = _head(scope, mark)
    driven = _DRIVEN.search(text, max(start, mark.start - 3), mark.start)
    if _ITS_OWN_CHOSEN.match(text, mark.end) if mark.subject.type == "district" else driven:
        return False
    if mark.subject.type in _HOLDERS and _NEXT.match(text, mark.start - 2, mark.start):
        return acts(text, mark)
    return _leads_clause(scope, mark, start)


def _beside(scope: ParagraphScope, mark: Mark) -> bool:
    """Whether a name is only told beside what a sentence is about: a place of a route, who builds, who
    says so, or where something is (甲公园所在的片区)."""
    text, kind = scope.text, mark.subject.type
    if (kind in ("district", "other") and mark.subject.id is not None) or kind == "other":
        start = max(scope.sentence.start, mark.start - ASIDE)
        if _ROUTE.search(text, start, mark.start):
            return True
    if text.startswith(("所在", "所属"), mark.end):
        return True
    if kind not in ("enterprise", "institution"):
        return False
    told = text[max(0, mark.start - 1) : mark.start] == "据" and _TOLD_BY.match(text, mark.end)
    return bool(told or (kind == "enterprise" and _BUILDS.match(text, mark.end)))


def _grades(scope: ParagraphScope, mark: Mark) -> bool:
    """上海市科技小巨人企业8家 of a park, 北京市甲中心副主任张三介绍 of a fair: the place tells who grades or
    speaks of what the report is about."""
    about = scope.report.about
    others = about is not None and about.type != "district"
    return others and mark.subject.type == "district" and bool(_GRADED.match(scope.text, mark.end))


def excepted(text: str, mark: Mark, end: int) -> bool:
    """除了深圳…之外，: a name that the clause up to `end` sets apart from what follows."""
    return text.startswith("除", max(0, mark.start - 2)) and bool(_EXCEPT.match(text, end))


def _led(scope: ParagraphScope, mark: Mark) -> bool | None:
    """Whether the modifiers before a name, 的 the last of them, lead to a holder; None: they don't tell."""
    text, start = scope.text, _head(scope, mark)
    if mark.subject.type not in ("district", "cluster"):
        located = mark.subject.type == "park" and _SIDE.match(text, mark.end)
        return not located and text[mark.end : mark.end + 1] not in ("的", "等", "、", "和", "与", "")
    near = max(start, mark.start - 40)
    if _PLACED.search(text, near, mark.start) or _RANKED_AS.search(text, near, mark.start):
        return True
    whole = mark.subject.type == "district" and text.startswith("，", mark.end)
    return True if whole and not _BESIDE.search(text, start, mark.start) else None


def _leads_clause(scope: ParagraphScope, mark: Mark, start: int) -> bool:
    """Whether nothing before a name in its clause, from `start` on, makes it less than its holder."""
    text, near = scope.text, max(start, mark.start - 40)
    if mark.subject.type in _DOERS and _NAMED_IS.search(text, near, mark.start):
        # 投资额最大的项目是甲项目，计划总投资60亿元
        return text[mark.end : mark.end + 1] == "，"
    prefix = _NTH.sub("", scope.masked[near : mark.start]).lstrip(BULLETS)
    if prefix.endswith(("举办的", "召开的", "建设的", "投产的")):
        return text[mark.end : mark.end + 1] == "，"
    if mark.subject.type == "district" and (_MOVES.fullmatch(prefix) or _CITY.match(prefix)):
        return True
    if not LEAD_IN.match(prefix) or _LISTED.match(text, mark.end):
        return False
    if mark.subject.type in ("enterprise", "initiative") and _LISTED_WORKS.match(text, mark.end):
        return False
    if _LOCATED.search(text, max(start, mark.start - 4), mark.start):
        return mark.subject.type != "district" and not _SIDE.match(text, mark.end)
    if _AND_ABOVE_ALL.search(text, max(start, mark.start - 8), mark.start):
        return True
    return not _OBJECT.search(text, max(start, mark.start - 6), mark.start)


def acts(text: str, mark: Mark) -> bool:
    """Whether a name goes on a list of holders: 甲县增长27%、乙县增长26%, 甲公司出资3亿、乙公司2亿."""
    verbs = _ACTS if mark.subject.type == "district" else _GIVES
    return bool(verbs.match(text, mark.end))


def _linked(scope: ParagraphScope, mark: Mark) -> bool:
    """Whether nothing but a conjunction stands between a name and the head of its clause."""
    link = _LINK.search(scope.times_blanked, max(0, mark.start - 6), mark.start)
    return link is not None and scope.times_blanked[max(0, link.start() - 1) : link.start()] in OPENS


def _head(scope: ParagraphScope, mark: Mark) -> int:
    """Where the clause or the aside that a name stands in begins: 完成投资2.3亿元(甲园区2.1亿元)."""
    start = scope.starts[scope.clause(mark.start)]
    opened = scope.text.rfind("(", max(start, mark.start - ASIDE), mark.start) + 1
    return opened if opened and scope.text.find(")", opened, mark.start) < 0 else start
