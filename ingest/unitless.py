"""Numbers without a unit whose neighbours say what they count: 常住人口33.6万, 月入2万, 200+网点.

In: a match of a number in digits, as `quantities` finds it, and the text. Out: a `Quantity` with the unit
that the words beside it imply, or None. Looks at `NEAR` characters left of the number.
"""

import re
from decimal import Decimal

from ingest import bounds, numerals
from ingest.model import Quantity
from ingest.units import multipliers
from ingest.wording import any_of

NEAR = 24
"""Characters left of a number that may say what it counts."""
_MOVED_TO = "(?:缩小|扩大|下降|上升|提高|降低|提升)?"
_RATIO = re.compile(
    r"(?:之比|收入比|比值|系数|倍差|指数(?:\([A-Za-z]+\))?|得分|死亡率|比|PUE值?)"
    rf"(?:为|是|达到?|由\S{{0,8}}|从\S{{0,8}}|{_MOVED_TO}[到至为])*$"
)
_RATIO_TO = re.compile(rf"(?:之比|收入比|系数|指数|倍差)[^，。；]{{0,24}}\d{_MOVED_TO}[到至为]$")
# 城乡居民收入比1.64，比上年同期缩小0.03
_RATIO_BY = re.compile(
    r"(?:之比|收入比|比值|系数|指数|倍差)[^。；]{0,30}(?:缩小|扩大|下降|提高|上升|降低|回落)了?$"
)
_PEOPLE = re.compile(
    r"(?:人口|从业人员|就业人员|从业者|新市民|粉丝|用户|会员|采购商(?!机)|员工|职工|在校生)[^，。；、]{0,6}$"
)
_PEOPLE_AFTER = re.compile(
    r"(?:以[上下]的?(?!人口))?(?:[\u4e00-\u9fff]{0,8}?)(?:人口|人群|(?<!集)群体|妇女|孕产妇|青年|老年人|新农人|群众|职工|居民|游客|学生|农民|大军|市民|村民|木匠|工匠|劳动力|大学生|人才|员工|移民|师生|党员|干部|老人|儿童|贫困户|人民|对象|民众|信众|旅客|乘客|考生|网民|球迷|客商|嘉宾|观众|会员)(?!普查|资金|经费|补贴|奖|专项|公寓|基金|贷)"
)
# 就医人次从0.2万增至173.1万
_COUNTED = {"人次": "人次", "人数": "人", "户数": "户", "用户数": "户"}
_COUNTED_BEFORE = re.compile(
    rf"(?P<of>{any_of(_COUNTED)})[^，。；、\d]{{0,6}}(?:\d[\d.]{{0,8}}万[上提]?[升增降减][\u4e00-\u9fff]{{0,2}}[到至为])?$"
)
_HOUSEHOLDS_AFTER = re.compile("[\u4e00-\u9fff]{0,4}?(?:农户|商户|用户|住户|经营主体|市场主体|个体户)")
_MONEY = re.compile(
    r"(?:产值|总值|增加值|收入|支出|投资|总额|销售额|税收|利润|贷款|存款|资金|金额|营收|货值|交易额|GDP|经济总量|规模|出资|注资|增资|耗资|斥资|融资|补贴|补助)[^，。；、]{0,6}$"
)
# 1.1亿超募资金
_MONEY_AFTER = re.compile(
    "(?:人民币|超募|自有|财政|专项|扶持|奖励|启动|天使|风险|募集|配套|人才|产业|发展|引导|创业)*(?:资金|投资|贷款|产值|大关(?=，)|元?门槛|元?台阶)"
)
# 靠直播月入2万, 农户人均增收3000多
_EARNED = re.compile(
    "(?:(?:月|年|日)(?:均?收?入|薪)|月工资|年薪|增收|(?:能|可|净|多)(?:挣|赚))(?:了|能|可|约|近|超过?|达到?|有|为|至|到)*$"
)
_EARNED_ENDS = re.compile("元|[，。；：:、）)！!？?”\\s]|$")
_SEEN = re.compile(
    "(?:播放|点击|浏览|阅读|观看|访问|曝光|下载|转发|点赞)量?(?:已|累计|总|约|近|超过?|达到?|突破|破|逾|为|了)*$"
)
_NOUN = re.compile("[\u4e00-\u9fff]{2}")


def unitless(match: re.Match[str], text: str) -> Quantity | None:
    """A number without a unit whose neighbours say what it counts: 常住人口33.6万, 城乡居民收入比1.58."""
    start, end = match.span()
    before = text[max(0, start - NEAR) : start]
    if match["more"] == "+":
        return _at_least(match, text, before)
    if (match["more"] or match[0].endswith("万")) and _earned(text, start, end, before):
        unit, kind = "元", "money"
    elif match[0].rstrip("余多").endswith(("万", "亿")):
        if counted := _COUNTED_BEFORE.search(before):
            unit, kind = _COUNTED[counted["of"]], "count"
        elif _PEOPLE.search(before) or (_PEOPLE_AFTER.match(text, end) and not _MONEY.search(before)):
            unit, kind = "人", "count"
        elif _HOUSEHOLDS_AFTER.match(text, end):
            unit, kind = "户", "count"
        elif (match["more"] or "")[:1] == "个" or _MONEY.search(before) or _MONEY_AFTER.match(text, end):
            unit, kind = "元", "money"
        elif _SEEN.search(before):
            unit, kind = "次", "count"
        else:
            return None
    elif "." in match["low"] and any(p.search(before) for p in (_RATIO, _RATIO_TO, _RATIO_BY)):
        unit, kind = "", "ratio"
        if re.match(r"[:：\d]", text[end : end + 1]):
            return None
    else:
        return None
    value, top = ends(match, match["high"])
    vague = match["more"] not in (None, "个") or bool(match["more2"])
    bound = bounds.of(text, start, end, vague)
    return Quantity(start, end, value, top, unit, bound, kind, False, multipliers(match[0]))


def _earned(text: str, start: int, end: int, before: str) -> bool:
    """Whether a number is money that someone earns: 月入2万, 人均增收3000多."""
    return bool(_EARNED.search(before)) and _EARNED_ENDS.match(text, end) is not None


def _at_least(match: re.Match[str], text: str, before: str) -> Quantity | None:
    """200+渠道触点: so many at least, of what follows; None for names and slogans (“10+3”, 5G+)."""
    end = match.end("more")
    value = numerals.parse(match["low"]) * numerals.scale(match["scale"] or "")
    seen = _SEEN.search(before)
    if value < 10 or value % 10 or before.endswith(("“", "+")) or not (seen or _NOUN.match(text, end)):
        return None
    return Quantity(match.start(), end, value, None, "次" if seen else "个", "min", "count", False, "")


def ends(match: re.Match[str], high: str | None) -> tuple[Decimal, Decimal | None]:
    """The low and the high end, without the unit; 3-5万 is 30,000 to 50,000. Raises ValueError."""
    scale = match["scale"] or ""
    value, top = numerals.parse(match["low"]) * numerals.scale(scale), None
    if high:
        top = numerals.parse(high.replace("个", ""))
        if not match["unit1"] and not re.search("[十百千万亿]", match["low"] + scale):
            value *= numerals.scale(multipliers(high))
    return -value if match["sign"] else value, top
