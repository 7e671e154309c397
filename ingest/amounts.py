"""What an amount is of, told right of it: 建成9个智能工厂, 24个开工, 2.6亿元知识产权信用贷款.

In: an amount with its reading, the phrase left of it, the text right of it and the indicator said before.
Out: the indicator in the report's words, '' where it isn't told right of the figure.
"""

from __future__ import annotations

import re

from ingest import nouns, phrase
from ingest.model import Quantity
from ingest.readings import AT_RATE, Reading

_STAIR = re.compile("[百千万亿](?:元|级)?(?:台阶|大关|关口)$")
# 对新落户的研发机构给予50万元补助
_GRANTED = re.compile("(?:给予|给与|提供|享受|奖励|补助)(?:一次性|最高)*$")
# 9个重点项目总投资26亿元
_ITS_COST = re.compile("(?<=项目|工程)(?:计划|累计|协议)?总?投资(?:总额|额)?$")
# 178家高新区生产总值占…
_ITS_OUTPUT = re.compile(
    "(?<=断面|点位)[^，。；、]{2,8}率$"
    "|(?<=企业|园区|公司|新区|发区)(?:实现|完成)?(?:地区|年|主营|主营业务|上缴|年度|工业|累计)*"
    "(?:生产总值|总产值|产值|营业收入|业务收入|收入|营收|利润总额|利润|税收|纳税|销售额|销售收入|增加值|出口额|研发投入)$"
)
# 吸引了深圳180家单位参观: who was drawn stands right.
_DRAWN = re.compile(
    "(?:吸引|邀请|组织|引导|汇聚|帮助|服务|推动|带领)了?|.*(?:就|共|已|又|再)[投买建签引招办设开]$"
)
_SITE = re.compile("(?:产业园|工业园|科技园|园区|开发区|基地|小区|小镇)$")
# 集中签约6个项目
_HOW = re.compile(
    "^(?:集中|现场|成功|陆续|相继|同时|先后|共同)+(?=签约|开工|投产|竣工|引进|落地|入驻|启动|上市|揭牌|发布|认定)"
)
_A_WORK = re.compile("(?:项目|装置|生产线|机组|电站|工程)$")
_TO_FIGURE = re.compile("(?:达到?|超过?|为|突破|过|逾|近|约|均|合计|共)+")
_MOVED = re.compile("(?:到|至|为|成)$")
# 茶叶卖到16个国家, 远销东南亚等30多个国家和地区
_SOLD_TO = re.compile(
    "(?P<what>[\u4e00-\u9fff]{0,8}?)(?P<verb>[远畅热]销|销往|分布|销售|出口|卖|发往|运往|辐射|覆盖|遍及|遍布|来自|通达|直达|抵达|延伸)"
    "(?:到|至|往)?[^，。；]{0,24}$"
)
# 建设年产2万吨负极材料生产线: what is made, told as the name of its line
_YEARLY = re.compile("年(?:产|生产|加工|处理|回收)(?:约|近|超过?|达)*$")
_LINE = re.compile(
    "的?(?P<what>[^，。；、\\d\0的]{2,20}?)(?:(?:全?自动化?|智能化?|数字化)*生产线|产线|(?:扩建|改建|新建|技改|改造|建设|[一二三]期)*项目|项目|工程|基地|装置)"
)
_PLANT = re.compile("风电|光伏(?:发电|电站)?$|储能|发电|水电|电站|风光|核电|热电")
POWER = ("GWh", "GW", "MW", "MWh", "兆瓦", "千瓦", "吉瓦", "吉瓦时", "兆瓦时")
"""Units in which the name of a project tells what its works are to make or to hold."""
YEARLY_BEFORE = 8
"""Characters before an amount in which 年产 and its like may stand."""
# 只有86名员工的小企业
_OF_HOLDER = re.compile("(?<=..)的[小大微]?(?:企业|公司|工厂|村庄|村|镇|学校|作坊|团队|合作社)$")
_CAPACITY = re.compile("(?:产能|产量|能力|规模|销量|订单|面积)$")
_IS = re.compile("(?:是|为|达到?|有)(?:每[月年天日])?[约近超过]*$")
_SIZED = re.compile("(?:投资|占地|用地|造价|资产)额?$")
_EARNS = re.compile("(?:实现|完成|创造|带来|产生|贡献)了?[约近达超过]*$")
_GIVERS = ("银行", "政府", "财政", "国家", "上级", "社会", "企业", "客户", "海外", "境外", "国外", "国内")
_SIZE = re.compile(
    "(?P<size>(?:计划|规划|总|累计|预计|设计){1,3}投资额?|(?:规划|总){0,2}(?:占地面积|占地|建筑面积))(?:约|近|超过?|高?达到?|逾|为)*$"
)
# A kind of project; 项目 alone, or one with a name, is a thing that holds its own size.
_KIND_OF_PROJECT = re.compile(
    r"的(?:\d+多?余?[个项](?P<counted>[^，。；、的\0\d]{1,10}?项目)"
    "|(?P<plain>(?:重[点大]|能源|水利|交通|城建|产业|工业|农业|民生|技改|文旅|旅游|基础设施|环保|招商引?资?){1,3}项目))"
)
# 规上企业13户，其中4户为高新技术企业
_ARE = re.compile(
    r"(?:均|都)?(?:为|是)(?P<what>[^，。；、：\d\0的]{2,16}?(?:企业|公司|单位|机构))(?=[，。；、）)]|$)"
)
_SIZE_END = re.compile("(?:产能|能力|规模|面积|投资|产量|床位|人口|总数)$")


def named(quantity: Quantity, reading: Reading, own: str, right: str, base: str) -> str:
    """What stands right of an amount: 建成9个智能工厂, 24个开工; '' where that isn't what is measured."""
    amounts = quantity.kind in ("count", "money", "measure") and reading.measure in ("level", "change")
    if reading.rule == "share.of" and right.startswith("的") and nouns.vague(own):
        # 用占全市2.27%的国土面积创造了…
        return phrase.after(right)[0]
    if reading.rule == "level.at" and (rate := AT_RATE.match(right)):
        # 按照15%的企业所得税税率
        return rate["rate"]
    moves = reading.origin and not nouns.vague(own)
    left_only = moves or reading.rule in ("level.to", "change.rank") or not amounts
    if left_only and reading.rule != "share.class":
        return ""
    noun, predicate = phrase.after(right)
    if reading.origin and _MOVED.search(noun):
        return ""
    if _STAIR.search(noun):
        # 经济总量连跨3个百亿台阶
        return ""
    if noun and _CAPACITY.search(own) and _IS.search(reading.head):
        # 满产产能是每月15万片大板
        return own
    if noun:
        return _named_right(quantity, reading, own, noun, predicate, right)
    if quantity.kind == "count" and nouns.vague(own) and not reading.origin:
        if are := _ARE.match(right):
            return are["what"]
        if done := phrase.predicate(right):
            return done + nouns.last_noun(base)
    return ""


def of_size(text: str, quantity: Quantity, head: str) -> str:
    """What a size before 的 is of: 总投资 of 引进总投资2亿元的某项目, 水利项目总投资 of
    总投资657亿元的229个水利项目; '' where no size stands so."""
    size = _SIZE.search(head) if text.startswith("的", quantity.end) else None
    if size is None:
        return ""
    kind = _KIND_OF_PROJECT.match(text, quantity.end)
    return (kind["counted"] or kind["plain"] if kind else "") + size["size"]


def of_line(text: str, quantity: Quantity) -> str:
    """年产负极材料 of 年产2万吨负极材料生产线; '' where no line or project tells what is made a year."""
    if quantity.kind not in ("measure", "count"):
        return ""
    yearly = _YEARLY.search(text, max(0, quantity.start - YEARLY_BEFORE), quantity.start)
    line = _LINE.match(text, quantity.end) if yearly or quantity.unit in POWER else None
    if line and not yearly:
        # 30GWh钠离子电池生产基地, 200兆瓦风电项目
        what = re.sub("(?:生产|制造|及组件)+$", "", line["what"])
        return what + ("装机容量" if _PLANT.search(what) else "产能")
    return yearly[0].rstrip("约近超过达") + line["what"] if yearly and line else ""


def _without_output(noun: str, predicate: str) -> tuple[str, str]:
    """12家企业产值超亿元 counts 企业 of which 产值超亿元 is said; 6家企业产值达 says no more of them."""
    things = _ITS_OUTPUT.sub("", noun)
    if _TO_FIGURE.fullmatch(predicate):
        return things, ""
    return things, predicate and noun[len(things) :] + predicate


def _named_right(
    quantity: Quantity, reading: Reading, own: str, noun: str, predicate: str, right: str
) -> str:
    """What a noun right of its figure says: 9个智能工厂, 2.6亿元知识产权信用贷款; '' where the left holds."""
    if reading.rule == "share.class":
        return nouns.with_predicate(noun, predicate)
    own = _HOW.sub("", own)
    verb = nouns.flow_verb(own)
    if right.startswith("的") and own and own != verb and _SIZE_END.search(own):
        return ""
    if noun in ("国家", "地区", "城市", "省份"):
        if sold := _SOLD_TO.search(reading.head):
            whole = "国家和地区" if right.startswith("国家和地区") else noun
            return phrase.noun_phrase(sold["what"]) + sold["verb"] + whole
        if own and "在" not in own and own not in (verb, "国家", "国家和地区"):
            return own
    site = _SITE.search(own) and not right.startswith("的")
    if quantity.kind == "measure" and (site or (reading.head.endswith("的") and _A_WORK.search(noun))):
        # 家居产业园60万平方米标准厂房, 可用作溶剂的10万吨/年装置项目
        return noun
    if quantity.kind == "count":
        noun = _OF_HOLDER.sub("", noun)
        noun, predicate = _without_output(_ITS_COST.sub("", noun), predicate)
        if reading.head.endswith("的") and not nouns.generic(noun):
            # 有用工需求的18家工业企业提供…
            return nouns.joined(verb, noun)
        listed_before = "、" in own and noun not in own  # 甲园区、乙基地4个平台
        named = len(own) >= 4 and own != verb and not listed_before and not _DRAWN.match(own)
        if named and not predicate and nouns.generic(noun):
            return own
        return nouns.joined(verb, nouns.with_predicate(noun, predicate))
    joins = reading.head.rstrip("约近超过逾").endswith(("和", "与", "、"))
    if right.startswith("的") and joins and nouns.ECONOMIC.search(noun) and not predicate:
        # 近千亿的地区生产总值和超2000亿的规上工业总产值
        return noun
    if _GRANTED.search(reading.head) and not nouns.vague(own):
        return own + noun
    if not own or own == verb or nouns.vague(own) or own.startswith("每") or (verb and own.endswith(verb)):
        return nouns.joined(verb, noun)
    return _done_to(quantity, reading, own, noun, right)


def _done_to(quantity: Quantity, reading: Reading, own: str, noun: str, right: str) -> str:
    """The noun right of an amount whose left names but a verb or a giver: 落实35亩工业用地; else ''."""
    verb = nouns.flow_verb(own)
    if right.startswith("的") and _SIZED.search(own):
        return ""
    if _EARNS.search(reading.head) and nouns.ECONOMIC.fullmatch(noun):
        # 投产当月实现500万元产值
        return noun
    if (quantity.kind == "money" and nouns.generic(own)) or (verb and own[len(verb) :] in _GIVERS):
        # 减少企业1.8亿元成本支出, 获得银行5000万元贷款
        return nouns.joined(verb, noun)
    acts = nouns.flow_verb(noun[:2]) and not phrase.modifies(noun)
    done = "" if acts else nouns.done(own)
    if not done and not acts and nouns.scrap(own) and nouns.thing(noun):
        return noun  # 种下8000亩葡萄, 沿着16公里的步道
    return nouns.joined(done, noun) if done else ""
