"""Figures that state nothing: a class's size, a threshold, a step, what a rank is among.

In: a paragraph's text, a figure in it and the one after. Out: whether the figure is to be passed over. Looks
at `NEAR` characters on each side.
"""

from __future__ import annotations

import re

from ingest.model import Quantity

BOUND_LEFT = re.compile(
    "[百千万亿]*(?:元|级)?(?:大关|台阶|关口|门槛|新高)|(?:[(（]含[)）])?(?:及?以[上下内]|之间|左右|上下|不等|之多)(?:的)?"
)
"""What still belongs to the figure before: its bound."""
NEAR = 24
"""Characters after a figure in which another makes it a threshold, a step or a count before a rank."""
_OVER = re.compile("及?以上的?")
# 百亿元项目1个、50亿元项目4个
_OF_SIZE = re.compile("级?的?(?:项目|企业|产业集群|园区)")
# 30亿元以上、50亿元以上项目
_NEXT_SIZE = re.compile("及?以上(?:的?项目)?(?:、|和|以及|及)")
_THRESHOLD = re.compile(
    r"^(?:[(（]?含?[)）]?)?(?:及?以[上下内])(?:的)?[\u4e00-\u9fff“”]{0,12}?"
    "(?:企业|项目|工业|产业|集群|园区|工程|单位|龙头|设备|住房|机组|商品|平台|品牌|村|合作社|大户|主体"
    "|地块|路段|人才|线路|电网|道路|桥梁|锅炉|车辆|船舶)"
)
OVER_WORDS = ("超", "过", "逾", "达", "破")
_OF_CLASS = re.compile("的?(?:企业|项目|产业|集群|园区|工业|村|大厦|楼宇|商圈|基地|市场)")
# 一批产值超500亿元的产业集群
_SOME = re.compile("(?:一批|一些|多个|若干|几个)[^，。；]{0,10}$")
# 销售收入过2000万元的规模企业4家
_CLASS_OF = re.compile(
    "的?[\u4e00-\u9fff]{0,6}(?:企业|项目|产业|集群|园区|工业|村|[县市区镇乡](?:[(][^()]{1,8}[)])?)"
    "(?:已|共|由|从|有|为|达到?|增至|增加到|突破)*"
)
_CLASS_SIZE = re.compile("^[余多]?级(?!别)")
_AMONG_UNITS = re.compile(
    "(?:[一二两三四五六七八九十]{0,2}个?[县市区旗州])?(?:当)?中[^，。；\\d]{0,4}(?:[排居列名]|第)"
)
_PER = re.compile("每隔?$")
# 连跨5万亿元、6万亿元两个台阶
_STEPS = re.compile("个?(?:[百千万亿]{1,2}元?)?(?:大?台阶|大?关口?|大?大关)")
# 相当于1200个标准足球场, 相当于种植110万棵树
_LIKE = re.compile("(?:相当于|等同于|约等于|好比|堪比)(?!平均|每)[^，。；、\\d]{0,8}$")
# “不浪费”3个字
_CHARACTERS = re.compile("大?字(?![号节画母])")
# 按“4项管理”措施, 落实“18条政策”
_QUOTED = re.compile("[\u4e00-\u9fff]{1,6}”")
_LISTED_ITEMS = "项条个张招类步"
# 首台100%国产化的盾构机
_WHOLLY = re.compile("(?:全?国产|自主|可降解|全?自动|生物降解|天然|纯)[^，。；]")
# 化肥(折含氮100%)
_CONTENT = re.compile("\\(折[^()，。]{0,6}$")
# 增加值居前10位的行业为: which are told, and no place of anyone's.
_PICKS = re.compile("的[^，。；：]{0,4}(?:行业|大类|产品|企业|项目)(?:(?:为|是|有|分别|依次)[：:]?|[：:])")
_CLASSED = tuple("个台套款艘列条座颗种批项")
# 220千伏线路86公里
_VOLTS = ("千伏", "kV")
_OF_VOLTAGE = re.compile(
    "(?:及以[上下]|以[上下])?的?[\u4e00-\u9fff]{0,6}?(?:线路|变电站|输变电|输电|电网|主变|开关站|电缆|换流站|直流|交流)"
)
# 1吨鲜果仅能榨取30公斤
_YIELDS = re.compile("[\u4e00-\u9fff]{1,12}(?:仅能|只能|才能|就能|可以?|能|需要?)[\u4e00-\u9fff]{0,8}")
_MOST_LISTED = 100
_RANK_COUNT = re.compile("(?:居|列|位居|位列|排|排名|在|占)[^，。；]{0,8}$")
_SMALL_WORDS = frozenset("个种类项批次方本面点层条线款员级门位起站段里度分头口支对双手处片块")
"""After a Chinese numeral below ten these count words of the prose: 三个方面, 两手抓."""


def a_word(quantity: Quantity) -> bool:
    """Whether a Chinese one only says which or some: 国家一类口岸, 一批项目."""
    return quantity.chinese and quantity.kind in ("count", "measure") and quantity.value <= 1


def skips(text: str, quantity: Quantity, following: Quantity | None) -> bool:
    """Whether a figure states nothing: a class's size, a threshold, a step, a small count of words."""
    kind = quantity.kind
    after = text[quantity.end : quantity.end + NEAR]
    if kind == "count" and quantity.chinese and _AMONG_UNITS.match(after):
        # 在全市五县两区中列第2位
        return True
    if kind in ("money", "measure", "count") and _CLASS_SIZE.match(after):
        return True
    before = text[max(0, quantity.start - NEAR) : quantity.start]
    if _says_how(quantity, before, after):
        return True
    if kind == "money" and before[-1:] in OVER_WORDS and _OF_CLASS.match(after) and _SOME.search(before):
        return True
    if following is not None and _bounds(text, quantity, following, after):
        return True
    small = quantity.value < 10 and quantity.classifier in _SMALL_WORDS
    return quantity.chinese and kind in ("count", "measure") and (after[:1] in ("大", "级") or small)


def _says_how(quantity: Quantity, before: str, after: str) -> bool:
    """Whether a figure only pictures, names or specifies: 相当于1200个足球场, “4项管理”, 220千伏线路."""
    if quantity.kind == "count":
        named = quantity.value < _MOST_LISTED and quantity.classifier in _LISTED_ITEMS
        return bool(
            _LIKE.search(before)
            or (quantity.classifier == "个" and _CHARACTERS.match(after))
            or (named and before.endswith("“") and _QUOTED.match(after))
        )
    if quantity.kind == "percent":
        content = after.startswith(")") and _CONTENT.search(before)
        wholly = before[-1:] in _CLASSED and _WHOLLY.match(after)
        return quantity.value == 100 and bool(content or wholly)
    if quantity.kind == "rank":
        return _PICKS.match(after) is not None
    return quantity.unit in _VOLTS and _OF_VOLTAGE.match(after) is not None


def _bounds(text: str, quantity: Quantity, following: Quantity, after: str) -> bool:
    """Whether a figure only bounds the one after it: 2000万元以上企业, 每3户, 在12个区县中列第2."""
    near = following.start - quantity.end <= NEAR
    if quantity.kind in ("money", "measure") and near:
        between = text[quantity.end : following.start]
        if following.kind == "count" and _STEPS.match(text, following.end):
            return False
        if quantity.value == 1 and following.kind == "measure" and _YIELDS.fullmatch(between):
            return True
        if following.kind == "count" and not between and quantity.kind == "money":
            # 亿元以上4个，超过50亿元2个
            return True
        if following.kind == quantity.kind and _NEXT_SIZE.fullmatch(between):
            return bool(_THRESHOLD.match(text[following.end : following.end + NEAR]))
        if following.kind == "count" and (_OVER.fullmatch(between) or _OF_SIZE.fullmatch(between)):
            return True
        over = text[quantity.start - 1 : quantity.start] in OVER_WORDS
        if over and following.kind == "count" and _CLASS_OF.fullmatch(between):
            return True
        if _THRESHOLD.match(after) or (over and _OF_CLASS.match(after)):
            return True
    if quantity.kind != "count":
        return False
    between = text[quantity.end : following.start]
    before = text[max(0, quantity.start - 10) : quantity.start]
    ranked = following.kind == "rank" and len(between) <= 16 and "，" not in between
    return (ranked and bool(_RANK_COUNT.search(before))) or (near and bool(_PER.search(before)))
