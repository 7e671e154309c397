"""What stands around a suffix, for a name or against it, beyond what the suffix itself asks for.

In: a text, where the stretch before a suffix opens, the words of the modifier, where the suffix ends. Out:
whether it is a class or a likeness and no name; whether a price, a firm or a trade makes it one; where a
project begins that bears its firm's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ingest.districts import MUNICIPALITIES
from ingest.edges import CLASSIFIERS, boundaries, campaign_words, generic, known, proper, trades, walk
from ingest.lexicon import Word, cut, districts, unknown
from ingest.model import EntityKind
from ingest.park_classes import common_park
from ingest.places import nested
from ingest.unnamed import FORMER_SITE, no_firm, no_undertaking
from seeds import lookup

LEGAL_FORMS = ("公司", "集团")
SET_UP = ("组建", "成立", "整合", "、")  # verbs of founding before a group
DOES = frozenset(["负责", "承担", "签订", "承建", "下属", "旗下", "等", "项目"])
PRICED = re.compile(
    r"投资[^，。；、\d]{0,4}[\d.]+[余多]?[万亿]?美?元[^，。；、\d]{0,3}的$"
)  # 投资50亿元的X项目
# A firm's own project.
BORNE = re.compile(r"(?:公司|集团|股份)(?:投资(?:建设|兴建)?|实施|建设|开发|承建|打造)的$")
PRAISED = re.compile(r"(?:重要|知名|著名|领先|一流|典型|最大|唯一|首个|标杆)的$")  # a part that a place plays
SIZED = re.compile(r"(?:启动|实施|建设|开工|推进)了?(\d[\d.]{0,6})([^\d，。；、的]{1,4})$")
INSTANCE = re.compile(r"(?:包括|分别为|分别是)$")  # what a class is told by has a name
INSTANCE_LEAST = 6
PRICED_LEAST = 4  # 投资15亿元的锦纶项目 tells a product only
COUNTED = re.compile(
    r"(?:达到?|共有?|共计|有)?(?!1[个家])\d+[余多]?[个家处座所](?=[，。；、,;)）]|$)(?![，,](?:计划)?(?:年度|总投资|完成投资|投资))"
)  # 示范园56个 is a class
LEADS_TO = frozenset("对向往")  # prepositions that stand right before a partner's name
ABBREVIATED = frozenset(
    "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼台港澳滇黔陇秦蜀申穗汉蓉杭"
)
PROJECT_STAFF = re.compile(
    "经理|管理(?=咨询|有限)|负责人|部|组|办|介绍|汇报|推介|(?:建设)?(?:表态|概况)"
)  # 项目经理 is a person's office
WORKS_OFFICE = re.compile("科(?!技)|部(?!分)|师|处|局|学|机械|人员|造价")  # 工程科, 工程师
WORKS = ("大桥", "隧道", "高速", "铁路", "公路", "大道", "机场", "通道", "快速路", "码头", "水库")
ONE = re.compile(
    "(?:成为?|变为?|变身|崛起|打造|建起|建成)了?一[座个片]$|[这那][座个片]$"
)  # a place grows into it
# The ending is a verb, or the beginning of one.
GOES_ON = re.compile("(?<=组团)(?:赴|到|前往|参|出|来|去|外出)|(?<=产业带)[动来给]")
STEPS = re.compile(  # “一核三园区”, “三城两组团”: a plan's figure
    "[“‘]?[一二三四五六七八九十两\\d][\u4e00-\u9fff]{1,3}[二三四五六七八九十两多\\d]"
)
SLOGAN = re.compile("“[一二三四五六七八九十\\d][^”]{1,3}[一二三四五六七八九十多\\d][^”]{0,3}”$")
BORDERS = re.compile("[东南西北][临靠接邻至]")
MODEL = re.compile("模式|样板|标准(?!厂房|化|地)")  # 探索绿电直供园区模式
SPREAD = re.compile(r"\d[余多]?万?(?:亩|平方米|平方公里|公顷)的$")
OFFICE_OF = re.compile("[和与][\u4e00-\u9fff]{1,4}(?:办|局|委)(?![公事员])")
HARBOURS = tuple("务口航站澳湾产")  # 国际港务集团
# What stands behind a name that is no park there: a stop called after it, an office for all of them.
STREET = re.compile(
    "互通|立交|收费站|大道|大桥|隧道|地铁站|公交|站(?![台点长在上稳位出])|处?处长|处副处长|处室"
)


def told_else(suffix: str, text: str, opened: int, words: list[Word]) -> bool:
    """Whether other evidence than the suffix asks for shows a group or a project."""
    left, at = opened + words[0].start, opened + words[-1].end
    if suffix == "集团":
        led = left == opened or text[left - 1] in LEADS_TO
        named = text[left:at] not in trades() | generic("enterprise") or text[left:at] in boundaries("owned")
        plain = 2 <= at - left <= 4 and (led or text[:left].endswith(SET_UP)) and named
        return plain or _trading(text, opened, words)
    if suffix in MINES:
        single = (
            len(words) == 1
            and MINE_LEAST <= at - left <= MINE_MOST
            and text[left:at] not in generic("enterprise")
        )
        return single and MINED.match(text, at + len(suffix)) is not None
    if not suffix.endswith(("项目", "工程")):
        return False
    if at - left >= INSTANCE_LEAST and INSTANCE.search(text[max(0, left - 4) : left]):
        return True
    before = text[max(0, left - 24) : left]
    shown = PRICED.search(before) or BORNE.search(before) or sized(text, left) < left
    return at - left >= PRICED_LEAST and bool(shown)


MINES = ("铁矿", "煤矿", "金矿", "铜矿", "磷矿")
MINE_LEAST, MINE_MOST = 2, 3
MINED = re.compile("探矿|复工|复产|停产|投产|生产能力|年产|扩能|技改|恢复生产|实现产值")  # what a mine does
COUNTED_BEFORE = re.compile(
    r"(?:[\d十百余多几数两三四五六七八九]|[一二]批)[个家座所处条项大类场]$"
)  # 10个X口岸, 两大X集聚区: a class
COUNTED_LAST = re.compile(r"[一二两三四五六七八九十\d][条项个座批]$")  # 中欧、中亚两条班列
HONOURED = re.compile(
    r"(?:定为|认定|列为|列入|评为|获评|获得|评定|命名|授予|荣获|入选|获批|创建|争创)(?:为|成|了)?[^，。；、“”]{0,6}$"
)  # a grade that a place is given (被命名为全省“现代农业园区”)
COUNTED_CLASS = re.compile("[“‘]?[一二三四五六七八九十\\d]{1,2}[大个类座片批]")  # “六大产业基地” counts parks


def refused(kind: EntityKind, suffix: str, text: str, opened: int, words: list[Word], end: int) -> bool:
    """Whether what stands around it says that no one thing is named here."""
    if SUPERLATIVE.search(text, opened + words[0].start, end):
        return True
    if kind == "enterprise" and "+" in text[opened + words[0].start : end]:
        return True  # “支部+电商+合作社”模式
    if kind == "enterprise" and suffix == "公司" and text[opened + words[-1].start : end - 2] in FIRM_CLASS:
        return True  # 骐江跨国公司
    if kind == "enterprise" and no_firm(suffix, text, opened + words[0].start, end):
        return True
    graded = len(words) > 1 and text[opened + words[1].start : opened + words[1].end] in boundaries("grade")
    if kind in ("institution", "enterprise") and graded and words[0].tag == "ns":
        return True  # 江苏省省级企业技术中心
    if suffix == "合作社" and COUNTED.match(text, end):
        return True  # 边民合作社86个
    if kind == "initiative" and _no_initiative(suffix, text, opened + words[0].start, end):
        return True
    if kind == "institution" and _no_institution(suffix, text, opened, words, end):
        return True
    quoted = kind == "initiative" and QUOTED_WORKS.search(text, opened + words[0].start, end) is not None
    counted = COUNTED.match(text, end) and not quoted
    if kind != "enterprise" and (counted or _counted_before(kind, text, opened, words)):
        return True
    if kind in ("park", "institution") and len(words) > 1 and _some_one(text, opened, words):
        return True
    return kind == "park" and (
        _between_parks(text, opened + words[0].start, opened + words[-1].end, end)
        or _no_park(text, opened, words, end)
        or _class_of_parks(suffix, text, opened, words)
        or common_park(suffix, text, opened, words, end)
    )


def _some_one(text: str, opened: int, words: list[Word]) -> bool:
    """Whether 一 between a place and common words leaves the thing without a name (昆明一野生菌交易中心)."""
    said = [text[opened + w.start : opened + w.end] for w in words]
    at = said.index("一") if "一" in said else 0
    return at > 0 and words[at - 1].tag == "ns"


QUOTED_WORKS = re.compile(
    "“[^”\\d]+”(?:重大|重点|标志性)?(?:建设)?(?:项目|工程)$"
)  # “千项万骐”重大项目1678个
FIRM_CLASS = frozenset(["跨国", "上市", "外资", "外贸", "国有", "民营", "科技型", "头部", "龙头", "中小"])
SUPERLATIVE = re.compile("最[大强高长全多新先优早快美佳]|第[一二三]大")  # 国内最大物流平台 praises
AFTER_RULE = ("建设", "编制", "用地", "面积", "布局", "引领")  # after 规划, a verb


TOGETHER = re.compile("[^，。；]{0,4}(?:合作|协作)")  # before 项目 they make a class (中骊合作项目)


NO_STRATEGY = ("合作", "协同", "协议", "投资", "伙伴", "性", "科技", "框架", "联盟")
METHOD = re.compile("(?:通过|采用|提供|依托|优化|形成|选择|调整)$")  # how a firm works (通过智能排产方案)


def _no_initiative(suffix: str, text: str, left: int, end: int) -> bool:
    """Whether the suffix belongs to an office or a verb, or the works only stand beside something."""
    return (
        (suffix == "项目" and TOGETHER.fullmatch(text, left, end - len(suffix)) is not None)
        or (suffix.endswith("项目") and PROJECT_STAFF.match(text, end) is not None)
        or (suffix.endswith("通道") and text[end : end + 1] == "“")  # 外送通道“陇电入鲁”
        or (suffix.endswith("工程") and WORKS_OFFICE.match(text, end) is not None)
        or COUNTED_LAST.search(text[left : end - len(suffix)]) is not None
        or (suffix.endswith("基金") and text[end : end + 1] == "会")
        or (suffix.endswith("展") and text[end : end + 1] in tuple("示览品区台厅馆位会"))
        or (suffix.endswith("战略") and text.startswith(NO_STRATEGY, end))
        or (suffix.endswith("方案") and METHOD.search(text[max(0, left - 4) : left]) is not None)
        or (suffix.endswith("大赛") and text[end : end + 1] == "道")  # 六大赛道
        or (suffix == "规划" and text.startswith(AFTER_RULE, end))
        or _standing(suffix, text, left, end)
        or no_undertaking(suffix, text, left, end)
    )


SPOKEN = re.compile("“([^“”]+)”")
BLENDED = re.compile("[+＋—]")


def said_only(suffix: str, text: str, left: int, end: int) -> bool:
    """Whether all that is quoted is a way of doing (“走出去”服务体系), or a model's formula (“甲+乙”模式)."""
    said = SPOKEN.findall(text[left:end])
    blended = any(BLENDED.search(one) and not one[0].isdigit() for one in said)
    formula = (text.endswith(("模式", "产业体系"), left, end) and blended) or any("—" in one for one in said)
    return bool(said) and (formula or all(one in campaign_words("saying") for one in said))


FIRST_LOT = re.compile("(?:首|第[一二三四五六七八九十\\d]+)批")
ONE_OF = re.compile(r"第[一二三四五六七八九十\d]{1,3}[个家座所]")
CLASS_OF_BODY = re.compile("[一二三]级(?:甲等|乙等)?(?:综合|中医|专科|公立)")
SCHOOLS = ("大学", "中学", "小学")
KIN = frozenset(["儿子", "女儿", "孩子", "子女", "孙子", "丈夫", "妻子", "弟弟", "妹妹", "哥哥", "姐姐"])
PUPIL = re.compile("生(?![物命态理产化殖])|毕业生|教师|文化程度")  # 返乡大学生 attend a school, and are none


def _class_of_bodies(suffix: str, text: str, opened: int, words: list[Word]) -> bool:
    """Whether bodies of a grade, a sort or a field are told (三级中医医院, 普惠性幼儿园, 领域省实验室), or
    the last member of a list of fields (玉米、大豆技术创新中心)."""
    left, at = opened + words[0].start, opened + words[-1].end
    said = text[left:at]
    if said.startswith("领域") or CLASS_OF_BODY.match(said):
        return True
    if said.endswith("性") and suffix in ("幼儿园", "小学", "中学", "医院"):
        return True
    listed = text[left - 1 : left] == "、" and suffix.endswith(("中心", "研究院", "实验室"))
    return listed and len(words) == 1 and words[0].tag == "n" and said in trades() | generic("institution")


def _no_institution(suffix: str, text: str, opened: int, words: list[Word], end: int) -> bool:
    """Whether a class is named (燕岭系列实验室), a trade only (智能科技孵化器), or a district (山海关)."""
    plain = trades() | generic("institution")
    said = [text[opened + w.start : opened + w.end] for w in words]
    if text.startswith(FORMER_SITE, end) or _class_of_bodies(suffix, text, opened, words):
        return True
    if suffix.endswith(SCHOOLS) and PUPIL.match(text, end):
        return True  # 返乡大学生
    if suffix.endswith(SCHOOLS) and said[-1] in KIN:
        return True  # 村民儿子大学毕业后
    if suffix.endswith("实验室") and "".join(said).removesuffix("省") in provinces_many():
        return True  # 浙江省实验室: those of the province
    if suffix in ("孵化器", "学院", "加速器") and all(piece in plain for piece in said):
        return True
    if suffix.endswith("总部") and REGION.fullmatch("".join(said)):
        return True  # 华东研发总部
    if suffix == "加速器" and said[-1][-1:] == "子":
        return True  # 重离子加速器 is a machine
    if ONE_OF.search(text, opened + words[0].start, end):
        return True  # 地区第三个孵化器
    if any("+" in piece or "＋" in piece for piece in said):
        return True  # “中心+协会”模式, VR+医疗实训基地
    if FIRST_LOT.search("".join(said)) or said[0] in ("城镇", "街道", "村居"):
        return True  # 昌州市首批工程研究中心
    if said[-1] in OF_CLASS or said[-1] in FOREIGN or text.startswith(NATIONWIDE, opened + words[0].start):
        return True
    classed = said[-1].endswith(("系列", "类"))
    return classed or text[max(opened, end - len(suffix) - 1) : end] in districts()


def _no_park(text: str, opened: int, words: list[Word], end: int) -> bool:
    """Whether parks are counted, praised, graded or spoken of as a class."""
    left = opened + words[0].start
    counted = words[0].tag != "ns" and COUNTED_CLASS.match(text, left)  # 五大连池 is a place
    praised = PRAISED.search(text[max(0, left - 8) : left]) and not proper(text, opened, words)
    rated = "中国" in text[left:end] and RATED.match(text, end)  # 骐评中国中央商务区竞争力评选
    if counted or praised or rated:
        return True
    rest = {text[opened + w.start : opened + w.end] for w in words[1:]}
    if text.startswith("中国", left) and rest and rest <= trades() and text.startswith(OF_ALL, end):
        return True  # 中国机器人产业园区综合实力: those of the country
    at = opened + words[-1].end
    if _part_or_sort(text, opened, words, end) or STEPS.fullmatch(text, left, at) or text[at - 1] in "+＋":
        return True  # “供应链+自贸港”
    first = text[left : opened + words[0].end]
    if text[end : end + 1] == "”" and honoured(text, opened, words):
        return True
    if first in boundaries("size") and not proper(text, opened, words):
        return True  # 骨干冷链物流基地
    if STREET.match(text, end) or _new_area(text[left:end]) or ONE.search(text[max(0, left - 6) : left]):
        return True
    if (words[0].tag != "ns" and BORDERS.match(text, left)) or text[opened + words[-1].end - 1] in "多各":
        return True  # 南临园区, 一中心多园区
    if SLOGAN.search(text[max(0, opened + words[-1].end - 12) : opened + words[-1].end]):
        return True
    if MODEL.match(text, end) and all(w.tag != "ns" for w in words):
        return True
    if GOES_ON.match(text, end) or (text[end - 1] == "港" and text[end : end + 1] in HARBOURS):
        return True
    last = text[opened + words[-1].start : at]
    if (
        last in ABROAD
        or text[left - 1 : left] == "最"
        or (text[left - 1 : left] == "“" and _unplaced(text[at:end], words))
    ):
        return True
    if last in boundaries("grade"):
        return not _graded_zone(text, opened, words, end)
    return words[-1].tag != "ns" and last.endswith(("元", "亿级", "亿元级"))


def _between_parks(text: str, left: int, at: int, end: int) -> bool:
    """Whether the piece of a figure, a crossing of two countries, a firm's department or the ends of a line
    stand there (100%国产化超算中心, 中越两国口岸, 骐鼓集团信息数据中心, 甲港区至乙港区铁路)."""
    cut_off = not text[left].isalnum() and text[left] not in "“‘(（《"
    owned = text[at:end].endswith("数据中心") and OF_FIRM.search(text[left:at]) is not None
    line = "至" in text[left:end] and text.startswith(LINES, end)
    return cut_off or owned or line or BETWEEN.search(text[left:at]) is not None


BETWEEN = re.compile("[两三]国$|两地$")  # 中越两国口岸
OF_FIRM = re.compile("(?:集团|公司)(?:信息|大)?$")  # 骐鼓集团信息数据中心 is a department
LINES = ("铁路", "公路", "高速", "航道", "专用线", "快速路")


def _part_or_sort(text: str, opened: int, words: list[Word], end: int) -> bool:
    """Whether a part of a park is told (园区主园区), one by its size (6000亩的服装工业区) or its fruit
    (果蔬采摘园|区), or an office (骐州市口岸和物流办)."""
    left, at = opened + words[0].start, opened + words[-1].end
    sized = SPREAD.search(text[max(0, left - 10) : left]) and not proper(text, opened, words)
    picked = text[end : end + 1] == "区" and text[at:end] in ("采摘园", "种植园")
    main = text[opened + words[-1].start : at] == "主"
    return bool(sized) or picked or main or OFFICE_OF.match(text, end) is not None


def honoured(text: str, opened: int, words: Sequence[Word]) -> bool:
    """Whether what is quoted from `opened` on is a title that somebody was given, no place named in it but a
    province (荣获“全国绿色工厂”“江苏省现代农业产业园”)."""
    first = text[opened + words[0].start : opened + words[0].end]
    rest = text[opened + words[0].end : opened + words[-1].end]
    wide = first in provinces_many() and not unknown(rest)
    return (wide or all(w.tag != "ns" for w in words)) and HONOURED.search(
        _before_quotes(text, opened)
    ) is not None


def _before_quotes(text: str, opened: int) -> str:
    """What stands before a quotation that opens there and before those that it follows in a list."""
    at = opened
    for _ in range(QUOTATIONS):
        at = len(text[:at].rstrip("“")) if at > 0 and text[at - 1] == "“" else at
        gap = at - 1 if at and text[at - 1] in "、，和及" else at
        start = text.rfind("“", max(0, gap - LONGEST), gap) if gap and text[gap - 1] == "”" else -1
        if start < 0:
            break
        at = start
    return text[max(0, at - 14) : at].rstrip("“")


QUOTATIONS, LONGEST = 8, 30  # honours in one list, and the characters of one


def _unplaced(suffix: str, words: Sequence[Word]) -> bool:
    """Whether no place stands before a zone of the customs, which always has one (“扬帆自贸港”)."""
    return suffix in CUSTOMS and all(w.tag != "ns" for w in words)


ABROAD = ("海外", "境外")  # 东盟国家海外分拨中心: those of a trade
CUSTOMS = ("自贸港", "自贸区", "综保区", "自由贸易港")


def _graded_zone(text: str, opened: int, words: list[Word], end: int) -> bool:
    """Whether a city alone and a grade stand before a zone's full name (骐州国家级经济技术开发区)."""
    first = text[opened + words[0].start : opened + words[0].end]
    placed = len(words) == 2 and words[0].tag == "ns" and first not in provinces_many()
    return placed and text.endswith(("技术开发区", "产业开发区", "综合保税区"), opened, end)


def _new_area(name: str) -> bool:
    """Whether a new area that is a district is named, alone or with the unit above (昌州滨海新区 is none)."""
    area = next((word for word in boundaries("city") if name.endswith(word)), None)
    above = name.removesuffix(area or "")
    if area is None or (len(above) <= OWN_MOST and unknown(above)):
        return False  # 骐坝港滨海新区 is another
    return above not in districts() or nested(area, above)


OWN_MOST = 4  # characters of a town's name before its new area
FOR_ALL = re.compile(r"(?:各地|各[省市县区]|有条件的?|[因择][地优])[^，。；]{0,20}$")  # 鼓励各地建设…产业园
GRADE = ("国家", "全国", "世界", "省")  # titles and aims, where no place is told
APART = frozenset(["台湾", "台湾省"])
HUBS = ("枢纽", "中心", "基地", "先行区", "示范区", "先导区")  # what a region strives to be
AIMED = re.compile("(?:打造|建成|成为|争创|建设成为?)(?:为|成)?$")
SCALE = re.compile("[一两三五几数百千万]{1,3}亿元?级")
AS_MEANS = re.compile("(?:[、和与及][^，。；、]{2,14}){0,4}等[^，。；、\\d]{0,4}(?:平台|载体)")  # …等平台载体


def _class_of_parks(suffix: str, text: str, opened: int, words: list[Word]) -> bool:
    """Whether a province's zones are meant, those of a sort (老旧工业园区), a title or a part of a firm."""
    left, at = opened + words[0].start, opened + words[-1].end
    said = [text[opened + w.start : opened + w.end] for w in words]
    rest = {piece for piece in said if piece not in boundaries("park-sort")}
    abroad = suffix.endswith("园") and len(rest) == len(said)  # 江苏产业园 is a park, of another province
    apart = rest <= APART and "农民" in said  # 台湾农民创业园: a park for those from there
    if suffix in boundaries("common-zone") and rest <= provinces_many() and not abroad and not apart:
        return True
    if suffix == "园区" and len(words) == 1 and said[0] in districts() and said[0][-1] in "市县州盟":
        return text[left - 1 : left] != "、"  # 骐阳市园区: those of the county
    if suffix == "总部基地" and REGION.search(text[left:at]):
        return True
    if suffix.endswith(HUBS) and AIMED.search(text[max(0, left - 6) : left]) and words[0].tag != "ns":
        return True  # 打造西部陆海新通道物流枢纽
    if proper(text, opened, words):
        return False
    title = text.startswith("中国", left) and HONOURED.search(text[max(0, left - 14) : left])
    if title or text.startswith(GRADE, left) or SCALE.match(text, left):
        return True
    if AS_MEANS.match(text, at + len(suffix)):
        return True
    return FOR_ALL.search(text[max(0, left - 24) : left]) is not None


@cache
def provinces_many() -> frozenset[str]:
    """Names of provinces that have many zones and no city of the same name."""
    rows = lookup("districts")
    cities = {row["short_name"] for row in rows if row["level"] == "prefecture" and row["name"][-1] == "市"}
    wide = [row for row in rows if row["level"] == "province" and row["id"] not in MUNICIPALITIES]
    return frozenset(name for row in wide for name in (row["name"], row["short_name"])) - cities


NATIONWIDE = ("全国性", "全球性", "国际性", "区域性", "地区性")  # 全国性行业协会
FOREIGN = frozenset(["外资", "外商", "合资", "独资"])
OF_CLASS = frozenset(["乡镇", "基层", "乡村", "村级", "社区", "所属", "下属", "辖区", "各级"])  # 乡镇卫生院
REGION = re.compile(
    "中[非欧俄美德法日韩英意]|澜湄|华[南东北中西]|[西东][南北]|[长珠]三角|京津冀|环渤海"
)  # parts of the country
RATED = re.compile("[^，。；、]{0,10}(?:评选|排行榜|榜单|百强|[十百]佳)")
OF_ALL = ("综合", "发展", "数量", "总数", "排行", "企业")


def _standing(suffix: str, text: str, left: int, end: int) -> bool:
    """Whether works only lie beside something (连接骊江大桥, 骊江大桥南岸), are a net, or a superlative."""
    if text[end : end + 1] == "网" or text[left - 1 : left] == "最":
        return True
    if not suffix.endswith(WORKS):
        return False
    if left and text[left - 1] in "—-－~～":
        return True  # 骐县—骊县高等级公路: the second of its ends alone is no name
    near = tuple(boundaries("near"))
    beside = text.startswith(near, left) or text[max(0, left - 4) : left].rstrip("了着到").endswith(near)
    return beside or text.startswith(tuple(boundaries("where")), end)


def sized(text: str, left: int) -> int:
    """Where a project begins that opens with its size (启动了10万亩蔬菜基地建设项目); `left` if none does."""
    size = SIZED.search(text[max(0, left - 14) : left])
    unit = size is not None and size[2] in boundaries("measure")
    return left - len(size[1]) - len(size[2]) if size is not None and unit else left


NUMBER = re.compile(r"(?<=[、，；：,;])\d{2,4}$")


def numbered(text: str, left: int) -> int:
    """Where works begin that a number opens (、102滑坡群整治工程); `left` if none does."""
    number = NUMBER.search(text[max(0, left - 5) : left])
    return left - len(number[0]) if number and text[left] not in CLASSIFIERS else left


def _counted_before(kind: EntityKind, text: str, opened: int, words: list[Word]) -> bool:
    """Whether a count stands before common words, or before a size (5个百亿级…项目)."""
    left = opened + words[0].start
    before = text[max(0, left - 4) : left]
    if not COUNTED_BEFORE.search(before.rstrip("“‘")):
        return False
    if before[-1] in "“‘" or text[left] in "“‘":
        return kind in ("park", "institution")  # 2家“一带一路”联合实验室
    first = text[left : opened + words[0].end]
    return first.endswith("级") or first in boundaries("size") or not proper(text, opened, words)


def provinces(modifier: str) -> bool:
    """Whether a line's ends are abbreviated places (京沪高铁)."""
    return 2 <= len(modifier) <= 4 and ABBREVIATED.issuperset(modifier)


def sited_plant(text: str, opened: int, words: list[Word]) -> bool:
    """Whether a firm and then a district stand before the suffix (东风汽车公司武汉基地)."""
    sited = next((i for i, w in enumerate(words) if i and w.tag == "ns"), 0)
    firm = text[opened + words[0].start : opened + words[sited].start].rstrip("(（")
    named = firm.endswith((*LEGAL_FORMS, *trades())) or _famous(firm) or unknown(firm)
    plain = sited > 0 and len(firm) >= 2 and "“" not in firm  # “绿水青山就是金山银山”基地
    return plain and named and not firm.endswith(("园区", "园"))


def _famous(name: str) -> bool:
    entry = known().get(name)
    return entry is not None and entry[1] == "enterprise"


def _trading(text: str, opened: int, words: list[Word]) -> bool:
    """Whether a group's modifier is a name of its own and the trade that it goes by (钓鱼台医药集团)."""
    parts = [text[opened + w.start : opened + w.end] for w in words]
    brand = "".join(parts[:-1])
    plain = any(part in generic("enterprise") or part in trades() for part in parts[:-1])
    return parts[-1] in trades() and 2 <= len(brand) <= 4 and not plain


def with_bearer(text: str, opened: int, at: int, left: int, words: list[Word]) -> tuple[int, list[Word]]:
    """The project's left edge taken back over the firm in whose name it begins (…有限公司X项目)."""
    found = max(
        (
            text.rfind(form, opened, at - 2) + len(form)
            for form in LEGAL_FORMS
            if text.rfind(form, opened, at - 2) >= 0
        ),
        default=-1,
    )
    if found < 0 or (found <= left and left > found + 2):
        return left, words
    between = cut(text[found:at])
    if not between or any(_parts(text[found + w.start : found + w.end], w.tag) for w in between):
        return left, words
    start, firm = walk(text, opened, found, "enterprise")
    if start >= found or start > left:
        return left, words
    return start, [*firm, *(Word(w.start + found - opened, w.end + found - opened, w.tag) for w in between)]


def _parts(piece: str, tag: str) -> bool:
    """Whether a word parts a firm from a project that only follows it."""
    apart = piece in boundaries("stop") or piece in boundaries("govern") or piece in DOES
    return tag in ("u", "r") or piece[0] in "(（“" or (apart and piece not in "和及与") or "投资" in piece
