"""What an ending of firms or initiatives is beside other words: a class, a thing or a trade, and no name.

In: a text, and the edges of what might be a name there. Out: whether no one firm or initiative is named.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.lexicon import districts
from seeds import lookup

# 买下一家挪威公司 tells where a firm is from.
ONE_FIRM = re.compile(r"[一二两三四五六七八九十\d几多][余多]?家$")
GRADED_BRANCH = re.compile("[一二三四]级(?:分行|支行|分公司|子公司)$")
FORMER_SITE = ("旧址", "遗址", "故址", "原址")
# 钢平台, 钻井平台: things that are built, no services
STAGE = re.compile(
    "(?:钢|钻井|钻探|采油|作业|施工|观景|观光|升降|登船|登高|操作|装卸|转运|焊接|起重|海上|浮式|半潜式?|导管架)平台$"
)
GIVEN = re.compile("(?:提供|搭建|打造|构建|创造|作为|成为)(?:平台|系统|机制|方案|项目|模式)$")
SOLUTION = "解决方案"  # what firms sell
TOGETHER = re.compile("布局|推进|谋划|集成|性|化|总结|梳理|治理|推动|提升|重塑|部署|解决|施治|观念|思维|优化")
OWN_WAY = ("本", "该", "此")
LANES = re.compile("不通|时速|首条|多段|多条|干支|地方$|车道|双向|单向|国省|干线|级别|等级")
# Where roads meet (公路枢纽立交), what a place strives to be (物流枢纽城市).
HUB = re.compile("(?:公路|铁路|交通|物流|综合|航运|干线|国际|区域|开放|门户|算力|航空|国家)枢纽$")
HUB_MOST = 6  # characters of such works; longer ones are told by their kind (航电枢纽)
HUB_OF = re.compile("立交|经济|节点|城市|地位|作用|功能|机场|优势|港")
WAYS = ("连接线", "公路", "铁路", "高铁", "高速", "道路")
OF_PLACES = re.compile(r"\d+[余多]?个[\u4e00-\u9fff]{1,5}的$")  # 20个乡镇的油路项目
BRED = re.compile("(?:养殖|种植|繁育|育苗|采摘)基地$")
OF_PLACE = re.compile(r"[\d一二两三四五六七八九十百]+[余多]?[个处家座]$")
OF_FORM = re.compile("(?:PPP|EPC|EOD|BOT)(?:模式)?[\u4e00-\u9fff]{0,4}项目$")  # how works are paid for
MANAGED = re.compile(
    "(?:[\u4e00-\u9fff]{2,3})?(?:部|省|市|区|县|州)(?:(?:管|属|直|列|定|级|本级)(?:重点|重大)?|(?:重点|重大))(?:建设|管理|开发)?项目$"
)
# The ending is the beginning of another word: 开行动|车, 文化节|庆, “超米字型”高铁|枢纽.
NEXT_WORD = re.compile("动车(?!组)|节[庆约假能]|铁枢纽|目(?:技能)?培训|目路演")
AGAINST = re.compile("[”）)][^“]{0,2}一批|史上|”(?:办理|发放|申请|享受)[^“]*$")
LAYERS = re.compile("[一二三四五六七八九十]级[一二三四五六七八九十]类")
LAST_ONE = re.compile(r"最后\d*[个处座条项]?$|\d处$")
PHASES = ("一期", "二期", "三期")
PLANS = frozenset("省市区县旗镇乡村司团园")  # last characters of those who plan
CLASSED = re.compile("(?:重大|重点|关键)[^，。；]{0,8}(?:合作|协作)项目$")
AGAIN = re.compile("[一又再这那每各该][个批项座]?(?:重大|重点|新型|大型)")


def no_firm(suffix: str, text: str, left: int, end: int) -> bool:
    """Whether a firm's ending tells where it is from, its grade in a bank, or an old house."""
    name = text[left:end]
    if text.startswith(FORMER_SITE, end) or GRADED_BRANCH.fullmatch(name):
        return True
    if (
        "或" in name
        or (CLASS_OPENS.match(name) and _counted(text, left))
        or _class_of_firm(suffix, text, name, end)
    ):
        return True  # 果商或加工厂, 一家专业洗骐公司
    if suffix.endswith("厂") and name.removesuffix("厂")[:2] in ("中国", "全国"):
        return True  # 中国彩电厂: those of the country
    if suffix == "证券" and text.startswith(("交易", "市场", "监管", "业", "登记"), end):
        return True
    if "合作社" in suffix and LOT.search(text[max(0, left - 6) : left]):
        return True  # 一批优秀种植合作社
    foreign = suffix == "公司" and name.removesuffix(suffix) in _lands()
    return foreign or (suffix == "公司" and name[:-2] in districts() and _counted(text, left))


KINSHIP = re.compile(
    "(?:全资|控股|参股)[子孙]公司$|.[市县区省](?:民营|国有|国营|私营)[\u4e00-\u9fff]{0,4}公司$"
)
CLASS_OPENS = re.compile("专业|大型|小型|中型|本地|当地|外地|民营|老牌|新型|普通")
MINING = re.compile("开采|探获|勘探|勘查|采选|发现|探明|厚大|大型")
BODY_OF_ORE = tuple("体石床带脉")


def _class_of_firm(suffix: str, text: str, name: str, end: int) -> bool:
    """Whether ore, a daughter, a firm of a sort or a plant's ground is told
    (厚大铜矿体, 骊影全资子公司, 骐州市民营公交公司, …公司原料药厂区)."""
    if suffix.endswith("矿"):
        return MINING.search(name) is not None or text[end : end + 1] in BODY_OF_ORE
    if suffix.endswith("厂"):
        return text[end : end + 1] == "区"
    return suffix.endswith("公司") and KINSHIP.search(name) is not None


LOT = re.compile(r"(?:一批|[\d几多两三四五六七八九十]+[个家])(?:以上)?(?:的)?$")


def _counted(text: str, left: int) -> bool:
    return ONE_FIRM.search(text[max(0, left - 4) : left]) is not None


def no_undertaking(suffix: str, text: str, left: int, end: int) -> bool:
    """Whether an initiative's ending tells a thing that is built or sold, a class, or what is given."""
    name = text[left:end]
    if STAGE.search(name) or (GIVEN.search(name) and "”" in name):
        return True
    if suffix == "基地" and BRED.search(name) and OF_PLACE.search(text[max(0, left - 6) : left]):
        return True  # 17个骐蟹养殖基地
    if NEXT_WORD.match(text, end - 1) or AGAINST.search(name) or _of_another(suffix, text, left, end):
        return True
    if suffix == "计划" and name[-3:-2] in PLANS and "”" not in name:
        return True  # 骐阳经开区计划实施…: a verb
    if suffix == "项目" and name[0] in "“‘" and text.startswith(("集中签约", "集中开工"), end):
        return True  # “大干一百天”项目集中签约
    if suffix == "系统" and TOGETHER.match(text, end):
        return True  # “堵链点”系统布局
    if name.endswith(SOLUTION) and not name.startswith(("“", "‘")) and text[left - 1 : left] != "“":
        return True
    if suffix == "枢纽" and (len(name) > HUB_MOST or HUB.search(name) or HUB_OF.match(text, end)):
        return True
    if suffix.endswith(WAYS) and _common_way(name.removesuffix(suffix)):
        return True
    if not suffix.endswith("项目"):
        return False
    if OF_FORM.match(name) or CLASSED.search(name):
        return True
    counted = OF_PLACES.search(text[max(0, left - 10) : left]) is not None
    return counted or MANAGED.fullmatch(name) is not None or AGAIN.match(name) is not None


def _of_another(suffix: str, text: str, left: int, end: int) -> bool:
    """Whether the ending belongs to what stands beside it (最后1处涉骐工程项目, 骐曼一期|生产基地), or tells
    a class (四级三类国土空间规划, 赛前训练营)."""
    name = text[left:end]
    if suffix in PHASES:
        return text.startswith(("生产基地", "工厂", "厂"), end)
    classed = (suffix == "规划" and LAYERS.match(name)) or (suffix == "训练营" and "赛前" in name)
    last = suffix == "项目" and LAST_ONE.search(text[max(0, left - 6) : left])
    return name == "中国方案" or bool(classed or last)


def _common_way(said: str) -> bool:
    """Whether roads of a kind are told, or those of a province."""
    return LANES.search(said) is not None or said in _provinces() or said.startswith(OWN_WAY)


@cache
def _provinces() -> frozenset[str]:
    rows = (row for row in lookup("districts") if row["level"] == "province")
    return frozenset(name for row in rows for name in (row["name"], row["short_name"]))


@cache
def _lands() -> frozenset[str]:
    return frozenset(row["name"] for row in lookup("countries"))
