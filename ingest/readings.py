"""What the words beside one quantity say of it: its measure, and where its indicator stands.

In: the text left and right of a quantity, up to the nearest boundary, times blanked. Out: a `Reading` with
the stable name of the rule that made it. Refuses to look further: what a clause leaves unsaid is for
`relate` to fill in from the clauses before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest import nouns, opening, phrase, ranks
from ingest.model import Measure, Quantity
from ingest.wording import patterns, words


@dataclass(slots=True)
class Reading:
    """`head` is the text that should hold the indicator; `sign` is -1 for a decrease; `own` is false where
    the quantity goes on a list that an earlier one began."""

    measure: Measure
    head: str
    rule: str
    sign: int = 1
    basis: str | None = None
    verb: str = ""
    own: bool = True
    origin: bool = False


LIST_ONLY = re.compile(r"^[、和与及至,\s]*(?:以及|或|到)?[约近超达]?$")
"""What stands between the figures of a list."""
SEPARATOR = re.compile(r"[，；。：！？\n]")
"""What parts clauses."""
REACH = 90
"""Characters left and right of a quantity that its own reading may look at."""
_GROWTH_AFTER = re.compile(
    "^(?:以上|左右|以内)?的?(?:年均|同比|复合|正|超?高|较[高快好]|两位数|快速|稳定|中高速)?"
    "(?:速度|增速|增长率?|增幅|涨幅|增长速度)(?![的点])"
)
# 高于年初12%的目标2个百分点: the goal that was beaten.
_GOAL_AFTER = re.compile("^(?:左右|以上)?的?(?:预期|年度|增长|既定|计划|年初)*(?:目标|预期)(?:[\\d\0]|$)")
_ORIGIN = re.compile(
    r"(?:由|(?<![自来])从(?!业|事|而|属))"
    r"(?P<when>[\0约近不足到超过]*(?:[^，；。：由从]{0,8}的)?(?:每(?:平方公里|万人|千人|公顷|[亩户人吨]))?[约近不足到超过]*)$"
)
# 由80多幢庭院组成的小镇
_COMPOSED = re.compile(
    r"[^，。；\d]{0,16}(?:组成|构成|承担|牵头|出资|领衔|发起|创办|创立|创建|组建|主讲|主持|带队|担任|参与)"
)
# 5位教授 are people; 前移5位， and 从5位提升到2位 are places.
_PEOPLE = re.compile("(?![的到至次跃升提上下前后进列居稳名])[\u4e00-\u9fff]{2}")
_PART = re.compile(
    "(?P<verb>完成|贡献|占|达到?|相当于|约为|仅为|只有|达成|实现|恢复到|恢复至|不低于|不少于|超过|高于|接近"
    "|(?:下降|降低|减少|缩减|压缩|降|提升|提高|上升|增加)[到至](?![^，。；：、]{0,16}[\0年前]的))了?"
    "(?P<basis>[^，；。：、]{2,24}?)的(?:约|近|超过|超|逾|不足|不到)*$"
)
_SPENT = re.compile(
    "(?:拿出|投入|提取|安排|将|把|按)(?P<basis>[^，；。：、]{2,12}?)的(?:约|近|超过|超|逾|不低于)*$"
)
_OF_PLAN = re.compile("(?:为|是|约为)(?P<basis>[^，；。：]{0,8}(?:计划|任务|目标|预算)[^，；。：]{0,4})的$")
# 全年采购任务的53%
_OF_WHOLE = re.compile(
    "(?:^|[，；、\0])(?P<basis>[^，；。：、\0占完是为]{2,16}(?:任务|计划|目标|总量|总数|总额|总产值|总人口|总面积|总收入))"
    "的(?:约|近|超过|超|逾)*$"
)
# 完成年任务75亿元的23.7%: what was to be done stands between.
_TASK = re.compile(
    "(?:完成|占|达到?)\0*(?P<basis>(?:全?年度?|市定|省定|县定|区定|上级)*(?:目标)?(?:任务|计划|目标)(?:目标|任务|数)?)(?:约|为)?$"
)
_FRACTION_OF = re.compile("(?P<basis>[^，；。：、]{2,16})的(?:约|近|超过|超|逾|不足|不到)*$")
_FROM_GROWTH = re.compile(r"由[\0的]*(?P<verb>增长|下降|上升|正增长|负增长)$")
_SHARE_END = re.compile(
    "(?:占(?P<basis>[^，；。：]{2,20}?)的?(?:比重|比例|份额)|占比|比重)(?:也|已|则|将|要)?$"
)
_RATIO_END = re.compile(
    r"(?:率|均[\u4e00-\u9fff]{1,4}|比重|占比|强度|密度|系数|指数|比例|收入|税收|产值|利润)$"
)
# 在百强县排名中由99位提升至87位
_PLACES = ("位", "位次")
_PLACED = re.compile("排名|百强|位次|名次|排位|榜|强县|强区|指数")
_MOVES = opening.compile(
    "(?P<verb>前移|上升|提升|提高|前进|跃升|晋升|上移|进位|晋位|升位|(?<![引推促跟])进|升"
    "|下降|后移|下滑|退后|退位|跌|降)了?$"
)
_MOVES_DOWN = frozenset(["下降", "后移", "下滑", "退后", "退位", "跌", "降"])
# 同比多开47个, 比上年高0.8元, 每吨省了60元: more or less than before.
# 养老保险新增参保人数: the noun before the verb says whose number it is.
_HEADCOUNT = re.compile("^(?:参保|在册|登记|从业|受益)?(?:人数|户数|人次)(?:约|近|超过|超|达)*$")
_MORE = opening.compile(
    "(?P<basis>同比|环比|(?<![占同环对])比[^，；。：]{0,12}?|较[^，；。：]{0,12}?)?"
    "(?P<verb>多|少|高|低|轻|快|慢|短|省|节省|节约|降|减)"
    "(?:[开出收缴完成增产用支花卖销跑招引建签办]{0,3})(?:了|出)?(?:约|近|超过?)?$"
)
_FIELD = re.compile("[^，。；、的\0]{2,8}领域$")
_WITH_NOUN = re.compile(
    "(?P<basis>[比较][^，。；：]{1,16}?)(?P<noun>(?:人均|平均|综合|生产|单位|总)?"
    "(?:效率|成本|能耗|产量|产能|销量|收入|产值|利润|价格|速度|精度|寿命|重量|用工|用水|用电|面积|规模|人数|数量))"
)
_NATURAL_RATE = re.compile("自然增长率$")
_BEYOND = re.compile(
    "(?P<verb>高出|超出|领先|多出|少于|落后(?=于|全|同|平均|[\u4e00-\u9fff]{1,4}[市县区省州]))(?!每|[约近超]$)(?P<object>[^，。；：、\\d\0年计目]{1,12}?)(?:了|约|近|超过?)*$"
)
_LESS = frozenset(["少", "低", "省", "节省", "节约", "降", "减"])
_LESS_BY_RATE = frozenset(["少", "低", "省", "降", "减", "轻", "慢", "短"])
_CUT_BY = re.compile(
    "(?P<verb>降低|减少|节约|节省|缩短|压缩|压减|削减|提高|提升|增加)(?![值幅速长])"
    r"(?![到至])(?P<object>[^，；。\0]{2,12}?)(?:了|约|近|超过|超)*$"
)
_MULTIPLE = re.compile(
    "(?:是|为|相当于|达到?|约为|增至|增长到|约是)(?P<basis>[^，；。：]{1,16}?)的(?:约|近|超过|超|逾)*$"
)
_AVERAGE = re.compile(
    "(?P<verb>低于|高于|高出|超出|低)(?P<basis>(?:全[国省市区县]|同行业|行业|同类)[^，。；]{0,6}?平均(?:水平|值)?)(?:约|近|超过?)*$"
)
_BASIS_END = re.compile(r"(同比|环比|年均)?\s*$")
# 产量、销量分别同比增长8%和7%, 达46亿元、同比增长11%
_BASIS_INSIDE = re.compile("同比|环比|年均|按年")
_OF_CLASS = ("的", "以上的", "左右的")
# 两家公司各持股50%
_STAKE = re.compile("(?P<what>持股|占股|参股|控股|股权占比|股份占比)(?:比例)?(?:分别)?(?:为|达|各)?$")
_RATES = ("率", "度", "例", "比")
# 园区集聚了90%以上的省内企业
# 可覆盖中国90%的经济总量
_WHOLE_OF = re.compile("(?P<whole>全[国省市县区州球]|中国|世界|国内|全世界)(?:约|近|超过?)?$")
_HOLDS = (
    *("集聚", "聚集", "汇聚", "集中", "拥有", "生产", "供应", "承担", "提供", "吸纳", "吸引", "解决", "掌握"),
    *("产出", "贡献"),
)
# 产品85%以上出口
_GOES = re.compile(
    "(?:以上|左右)?(?:都|均|直接|全部|将|会|已|可|要)*(?:用于(?=出口))?(?P<where>出口|外销|内销|外运|销往|远销|用于|来自|投向|投入到?|流向|运往|供应)"
)
_EVERY = re.compile(
    "每\\d{1,6}[\u4e00-\u9fff]{1,2}?(?P<what>[\u4e00-\u9fff“”]{2,12}?)[里中]?(?:间|大约|约|就|便|至少)*有(?:约|近|超过?|将近)?$"
)
# 15%的企业所得税税率
AT_RATE = re.compile("的(?P<rate>[\u4e00-\u9fff]{0,8}(?<!占有)(?<!增长)(?<!市占)率)(?![先领])")
# 水质优良比例提升至95%: how many are good is a state, no part.
_GOOD = re.compile("(?:优良|优质|达标|合格|良好|优级|满意|及格|Ⅲ类)(?:水体|水质|天数|断面|率)?$")


def read(quantity: Quantity, left: str, right: str) -> Reading:
    """The reading of a quantity that opens a statement of its own."""
    if quantity.kind == "rank":
        head, rule, basis = ranks.read(left)
        return Reading("rank", head, rule, basis=basis, origin=rule == ranks.ORIGIN)
    begun = ("由" in left or "从" in left) and not _COMPOSED.match(right)
    if begun and (origin := _ORIGIN.search(left)):
        head = left[: origin.start()].rstrip("，")
        if quantity.kind == "percent" and (share := _SHARE_END.search(head)):
            basis = phrase.plain(share["basis"] or "") or None
            return Reading("share", head[: share.start()], "share.from", basis=basis, origin=True)
        if quantity.kind == "percent" and (pace := patterns().rate.search(head)):
            # 增速由3.2%提高到9.8%
            sign = -1 if words("rate")[pace["noun"]] == "-" else 1
            return Reading("growth", head[: pace.start()], "growth.from", sign, origin=True)
        places = quantity.classifier in _PLACES and not _people(right)
        ranked = places and (_PLACED.search(head) or not head.strip(phrase.BLANK))
        return (
            Reading("rank", head, "rank.from", origin=True)
            if ranked
            else Reading("level", head, "level.from", origin=True)
        )
    if quantity.kind == "percent" and (match := _FROM_GROWTH.search(left)):
        # 由上年下降12.4%转为增长6.8%
        sign = _sign(match["verb"], quantity)
        return Reading("growth", left[: match.start()], "growth.from", sign, origin=True)
    if quantity.kind == "point":
        return _points(left)
    if quantity.kind in ("percent", "fraction", "times", "double"):
        return _relative(quantity, left, right)
    which = _WHICH.search(left) if quantity.kind == "count" else None
    if which:
        return Reading("level", left[: which.start()], "level.which", verb=which["said"])
    return _amount(quantity, left, right)


def _people(right: str) -> bool:
    """Whether a noun follows 位 or 名, so that it counts people."""
    return _PEOPLE.match(right) is not None


def _sign(verb: str, quantity: Quantity | None = None) -> int:
    """-1 for a decrease, but for a number that bears its own minus (增长-1.7%, 负增长为-2.1%)."""
    if quantity is not None and quantity.value < 0:
        return 1
    return -1 if verb in words("down") or words("gain").get(verb) == "-" else 1


# 产量增长的有45种
_WHICH = re.compile(
    "(?P<said>[^，。；、的\0]{2,12}(?:增长|下降|上升|回升|回落|提高|减少|增加|亏损|盈利))的"
    "(?P<what>企业|行业|产品|品种|项目|县区|区县|城市)?(?:共|共有|有|达到?|为)?$"
)
_NAMES_ITSELF = ("增收", "节支", "增效")
_BETTERED = ("提升", "改善", "优化", "提高")
_SPARED = frozenset(["减排", "节水", "节电", "节省", "节约"])
# 苹果每公斤下降2元
_EACH_ONE = re.compile("每(?:公斤|斤|吨|亩|平方米|立方米|千克|度|户|人|件|台|瓶|只|头)$")
# 人均增收, 每户年增收: who gains what stands before the verb
_PER_HEAD = re.compile(
    "(?:均|每[\u4e00-\u9fff]{1,2}|村集体|农民|农户|群众|村民|居民|职工|牧民|果农|茶农|菜农|企业)(?:年|月)?均?$"
)


def _basis(growth: re.Match[str]) -> str | None:
    """What a rise is held against: told before its adverbs, or among them (分别同比增长)."""
    said: str | None = growth["basis"]
    inside = None if said else _BASIS_INSIDE.search(growth[0], 0, growth.start("verb") - growth.start())
    return inside[0] if inside else said


def _amount(quantity: Quantity, left: str, right: str) -> Reading:
    p = patterns()
    if task := _TASK.search(left):
        return Reading("level", left[: task.start()], "level.task", basis=task["basis"])
    if match := p.to.search(left):
        head = left[: match.start()]
        if quantity.classifier in _PLACES and _PLACED.search(head) and not _people(right):
            return Reading("rank", head, "rank.to", verb=match["verb"])
        return Reading("level", head, "level.to", verb=match["verb"])
    moved = quantity.classifier in ("位", "名", "个位次", "位次") and not _people(right)
    if moved and (match := _MOVES.search(left)):
        sign = -1 if match["verb"] in _MOVES_DOWN else 1
        return Reading("change", left[: match.start()], "change.rank", sign, verb=match["verb"])
    if (match := p.growth.search(left)) and (changed := _changed(quantity, left, right, match)):
        return changed
    if match := _MORE.search(left):
        verb = match["verb"]
        if match["basis"] or match[0].rstrip("约近超过")[-1] in "了出":
            sign = -1 if verb in _LESS else 1
            return Reading("change", left[: match.start()], "change.more", sign, match["basis"], verb)
    if match := _BEYOND.search(left):
        # 进出口总额320亿元，高出邻市45亿元
        sign = -1 if match["verb"] in ("少于", "落后") else 1
        return Reading(
            "change", left[: match.start()], "change.compare", sign, match["object"], match["verb"]
        )
    if (match := p.gain.search(left)) and not _RATIO_END.search(phrase.before(match["object"])):
        whose = phrase.before(left[: match.start()]) if _HEADCOUNT.search(match["object"]) else ""
        head = match["object"] if nouns.vague(whose) or nouns.generic(whose) else whose + match["object"]
        if field := _FIELD.search(left[: match.start()]):
            # 公共领域新增充电桩
            head = field[0] + head
        return Reading("change", head, "change.gain", _sign(match["verb"]), verb=match["verb"])
    return Reading("level", left, "level")


def _changed(quantity: Quantity, left: str, right: str, match: re.Match[str]) -> Reading | None:
    """An amount by which something rose or fell; None where the verb only says what was done."""
    verb, head, basis = match["verb"], left[: match.start()], _basis(match)
    if verb in _NAMES_ITSELF and _PER_HEAD.search(left[: match.start("verb")]):
        # 农户人均增收3000元
        return Reading("change", left[: match.end("verb")], "change.by", 1, match["basis"], verb)
    bettered = quantity.kind == "count" and verb in _BETTERED and phrase.after(right)[0]
    if not basis and (bettered or verb in _SPARED):
        # 整合提升800个服务站, 年减排5万吨: so many were made better, so much is spared.
        return Reading("level", left, "level")
    stock = verb in words("gain") or verb in ("增加", "减少", "降本", "增产", "减产", "亩增", "亩减")
    if basis or stock or _EACH_ONE.search(head) or not nouns.vague(phrase.before(head)):
        return Reading("change", head, "change.by", _sign(verb), basis, verb)
    return None


def _relative(quantity: Quantity, left: str, right: str) -> Reading:
    """A ratio, by the first of these that its words say: a multiple, a share, a level reached, a growth."""
    if quantity.kind == "double":
        return _growth(quantity, left + "增长") or Reading("growth", left, "growth")
    if quantity.kind == "times" and (match := _MULTIPLE.search(left)):
        return Reading("growth", left[: match.start()], "growth.multiple", basis=match["basis"])
    if _GOAL_AFTER.match(right) and (beaten := patterns().compare.search(left)):
        return Reading("growth", left[: beaten.start()], "growth.goal")
    to = patterns().to.search(left)
    if share := _share(left, right, to):
        return share
    if stake := _STAKE.search(left):
        return Reading("share", left[: stake.end("what")], "share.stake")
    if to:
        return _reached(quantity, left, to)
    if quantity.kind == "percent" and (beside := _AVERAGE.search(left)):
        # 低于全国平均水平50%
        sign = -1 if beside["verb"] in ("低于", "低") else 1
        return Reading("growth", left[: beside.start()], "growth.compare", sign, beside["basis"])
    if growth := _growth(quantity, left):
        return growth
    if _GROWTH_AFTER.match(right):
        return Reading("growth", left, "growth.after")
    if quantity.kind == "times":
        return Reading("growth", left, "growth.times")
    return _part_of_whole(quantity, left, right) or Reading("level", left, "level.rate")


def _part_of_whole(quantity: Quantity, left: str, right: str) -> Reading | None:
    """A fraction or a share by the noun or the verb that follows: 80%的企业, 产品85%出口; None for a rate."""
    own = phrase.before(left)
    if quantity.kind == "fraction" and (every := _EVERY.search(left)):
        # 全球每5双运动鞋中就有1双
        return Reading("share", every["what"], "share.every")
    if AT_RATE.match(right):
        return Reading("level", left, "level.at")
    if quantity.kind == "fraction" and (match := _FRACTION_OF.search(left)):
        return Reading("share", left[: match.start()], "share.fraction", basis=phrase.plain(match["basis"]))
    noun, _ = phrase.after(right)
    held = right.startswith(_OF_CLASS) or own.endswith(_HOLDS)
    if noun and (not own or held) and not own.endswith(_RATES):
        whole = _WHOLE_OF.search(left)
        return Reading("share", left, "share.class", basis=whole["whole"] if whole else None)
    if quantity.kind == "fraction":
        return Reading("share", left, "share.fraction")
    if (goes := _GOES.match(right)) and not own.endswith(_RATES) and (not own or not nouns.vague(own)):
        if goes["where"] == "用于" and own and phrase.spent(right):
            # 财政支出的74%用于民生
            return Reading("share", left, "share.spent", basis=own)
        return Reading("share", left, "share.goes", verb=goes["where"])
    return None


def _share(left: str, right: str, to: re.Match[str] | None) -> Reading | None:
    """投入营收的5%, 完成目标的80%, 占…的比重为: a share and what it is of; None where no word says so."""
    if (spent := _SPENT.search(left)) and phrase.spent(right):
        return Reading("share", left[: spent.start()], "share.spent", basis=phrase.plain(spent["basis"]))
    if plan := _OF_PLAN.search(left):
        return Reading("share", left[: plan.start()], "share.part", basis=phrase.plain(plan["basis"]))
    if (part := _PART.search(left)) and part["verb"] != "占":
        basis = phrase.plain(part["basis"])
        return Reading("share", left[: part.start()], "share.part", basis=basis, verb=part["verb"])
    share = patterns().share.search(left)
    if not share and (part_of := _OF_WHOLE.search(left)):
        return Reading("share", left[: part_of.start()], "share.part", basis=phrase.plain(part_of["basis"]))
    if not share or (share["noun"] == "比例" and not share["move"]):
        return None
    head, noun = left[: share.start()], share["noun"]
    if noun == "比例" and to and _GOOD.search(head):
        return Reading("level", left[: share.end("noun")], "level.to", verb=to["verb"])
    if noun == "占有率":
        # 国内市场占有率 is the name of what is measured.
        head = left[: share.end("noun")]
    if to and not noun and "占" not in left:
        return None
    if share["move"] and not to:
        return Reading("growth", head, "growth.share", _sign(share["move"]))
    whole = phrase.plain(share["basis"] or share["within"] or share["equal"] or "") or None
    if noun and (before := ranks.WHOLE_TERRITORY.search(head)):
        # 全市占比28%: the whole stands before the noun.
        head, whole = head[: before.start()], before[0]
    return Reading("share", head, "share" if noun else "share.of", basis=whole or None)


def _reached(quantity: Quantity, left: str, to: re.Match[str]) -> Reading:
    """提高到95%, 增速回升至6%: the level that is reached, or the growth."""
    head = left[: to.start()]
    if rate := patterns().rate.search(head):
        sign = 1 if quantity.value < 0 or words("rate")[rate["noun"]] == "+" else -1
        return Reading("growth", head[: rate.start()], "growth.to", sign)
    return Reading("level", head, "level.to", verb=to["verb"])


def _growth(quantity: Quantity, left: str) -> Reading | None:
    """同比增长8%, 比上年多了三成, 降低成本10%, 增速为9%, else None; 自然增长率 is a level."""
    p = patterns()
    if (match := p.growth.search(left)) and not left[: match.start("verb")].endswith("自然"):
        verb, head, basis = match["verb"], left[: match.start()], _basis(match)
        if basis and (split := _WITH_NOUN.fullmatch(basis)):
            # 比传统生产线效率提升3倍
            basis, head = split["basis"], head + split["noun"]
        return Reading("growth", head, "growth", _sign(verb, quantity), basis, verb)
    if (match := _MORE.search(left)) and (match["basis"] or match[0].endswith(("了", "出"))):
        sign = -1 if match["verb"] in _LESS_BY_RATE else 1
        return Reading("growth", left[: match.start()], "growth.more", sign, match["basis"], match["verb"])
    if match := _CUT_BY.search(left):
        return Reading("growth", match["object"], "growth.object", _sign(match["verb"]), verb=match["verb"])
    if (match := p.rate.search(left)) and not _NATURAL_RATE.search(left[: match.start("noun") + 3]):
        before = _BASIS_END.search(left[: match.start()].removesuffix("自然"))
        head = left[: before.start()] if before else left[: match.start()]
        sign = -1 if words("rate")[match["noun"]] == "-" else 1
        return Reading("growth", head, "growth.rate", sign, before[1] if before else None)
    return None


_PACES = ("增幅", "涨幅", "降幅", "跌幅")


def _holds(compare: re.Match[str], growth: re.Match[str]) -> bool:
    """Whether a comparison goes before a rise: it comes later, or the rise is a pace that is held against."""
    return compare.end("verb") > growth.start("verb") or growth[0].endswith(_PACES)  # 高于全省平均增幅


def _points(left: str) -> Reading:
    p = patterns()
    if to := p.to.search(left):
        return Reading("level", left[: to.start()], "level.to", verb=to["verb"])
    growth, compare = p.growth.search(left), p.compare.search(left)
    if compare and (not growth or (compare["object"] and _holds(compare, growth))):
        sign = -1 if words("compare")[compare["verb"]] == "-" else 1
        basis = compare["object"] or compare["basis"]
        return Reading("change", left[: compare.start()], "change.compare", sign, basis, compare["verb"])
    if growth:
        head, basis = left[: growth.start()], growth["basis"]
        if share := _SHARE_END.search(head):
            whole = phrase.plain(share["basis"] or "")
            ratio = f"占{whole}比重" if whole else "比重"
            return Reading(
                "change", head[: share.start()], "change.share", _sign(growth["verb"]), basis, ratio
            )
        basis = _basis(growth)
        return Reading("change", head, "change.points", _sign(growth["verb"]), basis, growth["verb"])
    return Reading("change", left, "change.points.bare")
