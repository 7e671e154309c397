"""Quantities in a paragraph: a numeral, its unit, its value in base units and its bound.

In: clean text. Out: `Quantity` in order, never overlapping; the expression leaves out 约, 超过, 以上 and
their like, which are its bound. Dates are the business of `periods`: the caller drops what they cover.
Refuses what has no unit, except a fraction (1/3), a rank (第二, 前8位) and 过半.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from ingest import bounds, numerals, opening
from ingest.model import Bound, Quantity, Span
from ingest.wording import any_of, listed
from seeds import lookup

PER = r"(?:/|每)"
_TIME_UNITS = "年|月|日|天|小时|分钟|秒|周|季|人|户|亩"


@cache
def units() -> dict[str, tuple[str, Decimal, str]]:
    """Printed unit -> base unit, factor, kind, from `seeds/lookups/units.csv`."""
    return {r["printed"]: (r["unit"], Decimal(r["factor"]), r["kind"]) for r in lookup("units")}


# 千克, 千瓦 and 百分点 are units of their own, not thousands of 克.
_SCALE = "(?:[十万亿]|百(?!分)|千(?![克瓦米伏升分]))+"
_NUMBER = f"{numerals.ARABIC}(?:{_SCALE}(?:{numerals.ARABIC}{_SCALE})?)?"
# 276.38(不含军工企业)亿元
_ASIDE = r"(?:\((?:不?含|不?包括|剔除|扣除)[^()\d]{1,14}\)(?=[万亿]元))?"
_DASH = "[-—–~～至到]"
# Small letters and dashes, which lie between \ and —, with these make a minus a hyphen: a-1, 3%-5%.
_HYPHEN_AFTER = r"[%)\\-—～至到]"
# 过半 and 三成 are shares; 成立, 成为, 八成新 and 过半年 are not.
_NOT_TENTHS = "立为功果员都熟长就效绩交本品渝套人型"
_TENTHS = (
    f"[一二三四五六七八九](?:成[一二三四五六七八九](?!员)|成半|成)(?![{_NOT_TENTHS}])"
    "|(?:过|逾|超)半(?![年月天])|半数"
)
# 每万人 and 百人计划 are no amounts: a bare 百, 千, 万 needs 上, 数, 余 or a digit beside it.
_CHINESE_NUMBER = (
    "(?<!每)(?!(?<=[总指次函系基参])数)(?<!第)(?<!第[一二三四五六七八九十])(?:"
    "(?:(?<!以)上[十百千万亿]|[零〇一二两三四五六七八九十几数半]|[百千万亿](?=[余多])"
    f"|(?<=[破超过达近逾])[百千万亿](?=[亿万]?元)|(?<![走附靠临邻远迫])(?<=[破超近逾])[百千万](?![千万]?[家户]万)"
    f"){numerals.CHINESE}{{0,16}}"
    "|[一二三四五六七八九十]{1,6}点[一二三四五六七八九零〇]{1,6})"
)
_RANK = opening.Seldom(
    r"(?:第(?P<nth>\d+|[一二三四五六七八九十百]+)(?:[至到\-—](?P<nth2>\d+))?(?P<place>名|位)?"
    "|(?P<first>首位|榜首)(?!度)"
    r"|(?:前|TOP ?)(?P<top>\d+|[一二两三四五六七八九十]+)(?P<top_place>名|位|强)?)"
)


@cache
def _arabic_pattern() -> re.Pattern[str]:
    """A number in digits, signed or a range, with its unit, per what, or as a fraction."""
    printed = any_of(units())
    per_what = rf"(?:[十百万亿]|千(?![克瓦]))*(?:{printed})|{_TIME_UNITS}|[一-鿿]{{1,4}}(?=[，。；、）)])"
    unit = f"(?:{printed})(?:{PER}(?:{per_what})){{0,2}}"
    return opening.compile(
        rf"(?P<sign>(?<!{_HYPHEN_AFTER})[-−])?(?P<low>{_NUMBER})"
        rf"(?P<more>[余多几]|\+(?=[\u4e00-\u9fff])|来(?=[个家人项种名位户条])|个多?(?=亿(?!元)))?{_ASIDE}(?P<scale>{_SCALE})?(?P<more2>[余多])?"
        rf"(?:(?P<unit1>{printed})?(?P<dash>{_DASH})(?P<high>{_NUMBER}(?:个亿(?!元))?))?"
        rf"(?:(?P<unit>{unit})(?P<more3>[余多](?![个家项名]))?|(?P<fraction>/\d+)(?![\d/年月]))?"
    )


_PARTS = {"百分之": "%", "千分之": "‰", "十万分之": "/10万", "万分之": "‱"}
"""Units that are said before the number; rates of births, deaths and cases are printed in them."""


@cache
def _chinese_pattern() -> re.Pattern[str]:
    """百分之五, 三分之一, 两成半, 过半, 二十三个: a number in Chinese numerals."""
    kinds = ("count", "money", "point", "measure")
    counts = any_of(w for w, (_, _, kind) in units().items() if kind in kinds and not w.isascii())
    return opening.compile(
        f"(?P<parts>{any_of(_PARTS)})(?P<pc>{numerals.ARABIC}|[零〇一二三四五六七八九十百点两]{{1,12}})"
        "|(?P<part>[一二三四五六七八九十]{1,4})分之(?P<of>[一二两三四五六七八九十]{1,4})"
        f"|(?P<tenths>{_TENTHS})"
        "|(?P<doubled>翻了?(?P<times>[一两二三四五]|\\d{1,2})?番)(?!计划|行动|工程|方案|几番)"
        f"|(?P<number>{_CHINESE_NUMBER})(?P<more>[余多来])?(?P<unit>{counts}|倍)"
    )


def _unit(printed: str) -> tuple[str, Decimal, str]:
    """A printed unit, simple or per-unit, to base unit, factor and kind; multipliers go to the factor."""
    table = units()
    if printed in table:
        return table[printed]
    head, *rest = re.split(PER, printed)
    unit, factor, kind = table[head]
    if head in ("公斤", "斤", "千克", "kg", "吨二氧化碳"):
        # 斤/亩 and 吨二氧化碳/万元 stay compound.
        unit, factor = {"kg": "千克"}.get(head, head), Decimal(1)
    return "/".join([unit, *rest]), factor, "measure" if kind in ("count", "measure") else kind


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
    r"(?:以[上下](?:的)?)?(?:[\u4e00-\u9fff]{0,8}?)(?:人口|人群|(?<!集)群体|妇女|孕产妇|青年|老年人|新农人|群众|职工|居民|游客|学生|农民|大军|市民|村民|木匠|工匠|劳动力|大学生|人才|员工|移民|师生|党员|干部|老人|儿童|贫困户|人民|对象|民众|信众|旅客|乘客|考生|网民|球迷|客商|嘉宾|观众|会员)(?!普查|资金|经费|补贴|奖|专项|公寓|基金|贷)"
)
# 就医人次从0.2万增至173.1万
_COUNTED_UNITS = {"人次": "人次", "人数": "人", "户数": "户", "用户数": "户"}
_COUNTED_BEFORE = re.compile(
    rf"(?P<of>{any_of(_COUNTED_UNITS)})[^，。；、\d]{{0,6}}(?:\d[\d.]{{0,8}}万[上提]?[升增降减][\u4e00-\u9fff]{{0,2}}[到至为])?$"
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
    "(?:(?:月|年|日)(?:均?收?入|薪)|月工资|年薪|(?:人均|户均|每户|每人|年|月)增收|(?:能|可|净|多)(?:挣|赚))(?:了|能|可|约|近|超过?|达到?|有|为|至|到)*$"
)
_EARNED_ENDS = re.compile("元|[，。；：:、）)！!？?”\\s]|$")
_SEEN = re.compile(
    "(?:播放|点击|浏览|阅读|观看|访问|曝光|下载|转发|点赞)量?(?:已|累计|总|约|近|超过?|达到?|突破|破|逾|为|了)*$"
)
_MULTIPLIERS = "十百千万亿"
_LOADS = {"公斤": Decimal("0.001"), "千克": Decimal("0.001")}
"""What is weighed by the ten thousand is a load and told in 吨; a yield of so many 公斤 an 亩 is not."""
_COUNTED_TIMES = ("天", "小时", "岁")
"""Units of time that count as well; `periods` leaves them alone only there: 优良天数268天, 日照3100小时."""


def _multipliers(number: str) -> str:
    """The multipliers that end a numeral: 万 of 3.5万."""
    return number[len(number.rstrip(_MULTIPLIERS)) :]


def _bare(match: re.Match[str], text: str) -> Quantity | None:
    """A number without a unit whose neighbours say what it counts: 常住人口33.6万, 城乡居民收入比1.58."""
    start, end = match.span()
    before = text[max(0, start - 24) : start]
    if match["more"] == "+":
        return _at_least(match, text)
    if (match["more"] or match[0].endswith("万")) and _earned(text, start, end, before):
        unit, kind = "元", "money"
    elif match[0].rstrip("余多").endswith(("万", "亿")):
        if counted := _COUNTED_BEFORE.search(before):
            unit, kind = _COUNTED_UNITS[counted["of"]], "count"
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
    value, top = _range(match, match["high"])
    vague = match["more"] not in (None, "个") or bool(match["more2"])
    bound = bounds.of(text, start, end, vague)
    return Quantity(start, end, value, top, unit, bound, kind, False, _multipliers(match[0]))


def _earned(text: str, start: int, end: int, before: str) -> bool:
    """Whether a number is money that someone earns: 月入2万, 人均增收3000多."""
    return bool(_EARNED.search(before)) and _EARNED_ENDS.match(text, end) is not None


def _at_least(match: re.Match[str], text: str) -> Quantity | None:
    """200+渠道触点: so many at least, of what follows; None for names and slogans (“10+3”, 5G+)."""
    value = numerals.parse(match["low"]) * numerals.scale(match["scale"] or "")
    if (
        value < 10
        or value % 10
        or not match["low"].isdigit()
        or text[match.start() - 1 : match.start()] in "“+"
    ):
        return None
    return Quantity(match.start(), match.end("more"), value, None, "个", "min", "count", False, "")


def _fraction(match: re.Match[str], text: str, end: int) -> Quantity | None:
    """1/3 as a percentage; None for what is a date or a number of a document."""
    above, below = Decimal(match["low"].replace(",", "")), int(match["fraction"][1:])
    if not 1 < below <= 1000 or match["scale"] or int(above) >= below:
        return None
    bound = bounds.of(text, match.start(), end, False)
    return Quantity(match.start(), end, above * 100 / below, None, "%", bound, "fraction", False, "")


def _range(match: re.Match[str], high: str | None) -> tuple[Decimal, Decimal | None]:
    """The low and the high end, without the unit; 3-5万 is 30,000 to 50,000. Raises ValueError."""
    scale = match["scale"] or ""
    value, top = numerals.parse(match["low"]) * numerals.scale(scale), None
    if high:
        top = numerals.parse(high.replace("个", ""))
        if not match["unit1"] and not re.search("[十百千万亿]", match["low"] + scale):
            value *= numerals.scale(_multipliers(high))
    return -value if match["sign"] else value, top


# 举办大会2届, 开展培训12期: held so often; elsewhere 届 and 期 number what is held or built.
_EDITIONS = ("届", "期")
_HELD = re.compile(
    r"(?:举办|举行|召开|承办|主办|开展|组织|发布|推出|开设|开办|制作|播出|连续)(?:[^，。；\d]|\d(?=[届期])){0,24}$"
)
HELD = 32
"""Characters before 届 or 期 that may say that something was held."""
_OF_NAME = re.compile("[的间限货刊待望末初工建项全人政党委]|[一二三四]次")


# 十方面, 2000头 is no 牛 of 牛羊: characters that make another word of a unit.
_GOES_ON = {"部": "门委队", "方": "面", "牛": "羊肉奶马场角群只头", "枝": "叶", "帕": "金"}
_LASTS = ("小时", "钟头", "月", "星期", "学期", "世纪")
_LOOKED_ROUND = frozenset([Decimal(180), Decimal(360)])


def _no_unit(text: str, end: int, unit: str) -> bool:
    """Whether a unit is the beginning of another word, or 个 that of a time: 7部门, 十方面, 6个多小时."""
    return text[end : end + 1] in tuple(_GOES_ON.get(unit, "")) or (
        unit == "个" and text.startswith(_LASTS, end)
    )


def _numbered(text: str, start: int, end: int, unit: str) -> bool:
    """Whether 届 or 期 after a number makes it an ordinal."""
    if text[start - 1 : start] == "第" or (unit == "门" and text.startswith("槛", end)):
        # 第1000列班列, 突破3万亿门槛
        return True
    if unit not in _EDITIONS:
        return False
    return not _HELD.search(text, max(0, start - HELD), start) or bool(_OF_NAME.match(text, end))


def _arabic(match: re.Match[str], text: str) -> Quantity | None:
    start, end = match.span()
    sign, low, more, scale, more2, unit, _, high, printed, more3, fraction = match.groups()
    if high and high.endswith("个亿"):
        # 7个亿到8个亿
        return _bare(match, text)
    if high and not printed:
        # The dash joined something that is no range: keep the first part alone.
        if not unit:
            return None
        end, printed, high = match.end("unit1"), unit, None
    if fraction:
        return _fraction(match, text, end)
    if not printed:
        printed = next((unit for unit in _COUNTED_TIMES if text.startswith(unit, end)), None)
        if printed is None:
            return _bare(match, text) if sign is None else None
        end += len(printed)
    base, factor, kind = (printed, Decimal(1), "measure") if printed in _COUNTED_TIMES else _unit(printed)
    if _numbered(text, start, end, printed) or _no_unit(text, end, printed):
        return None
    if kind == "tenths":
        if text[end : end + 1] in tuple(_NOT_TENTHS):
            return None
        base, factor, kind = "%", Decimal(10), "percent"
    try:
        value, top = _range(match, high)
    except ValueError:
        return None
    if printed == "度" and value in _LOOKED_ROUND and text[end : end + 1] != "电":
        # 可360度俯瞰
        return None
    vague = more not in (None, "个") or bool(more2 or more3)
    classifier = _multipliers(low) + (scale or "") + printed
    if base in _LOADS and (scale or _multipliers(low)):
        base, factor = "吨", factor * _LOADS[base]
    return Quantity(
        start,
        end,
        value * factor,
        top * factor if top is not None else None,
        base,
        "min" if more == "+" else bounds.of(text, start, end, vague),
        kind,
        False,
        classifier,
    )


def _tenths(word: str) -> Decimal:
    """The percentage of 三成, 三成五, 三成半, 过半."""
    if "成" not in word:
        return Decimal(50)
    rest = Decimal(0) if len(word) == 2 else Decimal(5) if word[2] == "半" else numerals.parse(word[2])
    return numerals.parse(word[0]) * 10 + rest


def _chinese(match: re.Match[str], text: str) -> Quantity | None:
    start, end = match.span()
    unit, kind, classifier, vague, at_least = "%", "percent", "", False, False
    value: Decimal
    top: Decimal | None = None
    try:
        if match["parts"]:
            value, unit = numerals.parse(match["pc"]), _PARTS[match["parts"]]
        elif match["part"]:
            value = numerals.parse(match["of"]) * 100 / numerals.parse(match["part"])
            kind = "fraction"
        elif match["tenths"]:
            value = _tenths(match["tenths"])
        elif match["doubled"]:
            # 翻两番 is four times as much.
            value, kind = Decimal(100) * (2 ** int(numerals.parse(match["times"] or "一")) - 1), "double"
        else:
            value, top = numerals.parse_vague(match["number"])
            unit, factor, kind = _unit(match["unit"])
            value *= factor
            top = top * factor if top is not None else None
            classifier = match["unit"]
            if _numbered(text, start, end, classifier) or _no_unit(text, end, classifier):
                return None
            vague = bool(match["more"] or top is not None)
            at_least = match["number"].startswith("上")
    except (ValueError, ArithmeticError, KeyError):
        return None
    bound = bounds.of(text, start, end, vague)
    if at_least or (match["tenths"] and match["tenths"][0] in "过逾超"):
        bound = "min"
    written = not any(c.isascii() and c.isdigit() for c in match[0])
    return Quantity(start, end, value, top, unit, bound, kind, written, classifier)


_RANK_CONTEXT = re.compile(f"(?:居各?省、?区、?市?$|{listed('rank_context')})[^，。；、第前]{{0,12}}$")
_NOT_RANK = frozenset(
    "梯档方财始列辆架艘例座产季届次期批产轮号条款章节部个代线阶页二三车人党方任步书时排集县中医小学天年月日种项张国类师家套"
)
"""第三产业, 第二季度, 第一批: what comes after tells that this is no rank."""


# 第一、第二、第三产业
_ROW_OF_KINDS = re.compile("(?:[、和]第?[一二三四五]){1,4}(?:产业|季度|批次?|期|阶段)")


def _rank(match: re.Match[str], text: str) -> Quantity | None:
    start, end = match.span()
    ranked = bool(_RANK_CONTEXT.search(text, max(0, start - 20), start))
    if match["first"]:
        return Quantity(start, end, Decimal(1), None, "名", "exact", "rank", True, "") if ranked else None
    written = match["nth"] or match["top"]
    place = match["place"] or match["top_place"]
    follows = text[end : end + 1]
    if not place:
        if not ranked or follows in _NOT_RANK or follows.isdigit() or _ROW_OF_KINDS.match(text, end):
            return None
        if match["top"] and follows not in ("", "，", "。", "；", "、", ")", "列", "位"):
            return None
    if match["top"] and place == "强" and not ranked:
        return None
    try:
        value = numerals.parse(written)
        top = numerals.parse(match["nth2"]) if match["nth2"] else None
    except ValueError:
        return None
    bound: Bound = "max" if match["top"] else bounds.of(text, start, end, False)
    return Quantity(start, end, value, top, "名", bound, "rank", not written.isdigit(), "")


# 豆粕(3021, -12.00, -0.40%)
_QUOTE = re.compile(r"\([\d.]{1,10},\s*[-+−]?[\d.]{1,10},\s*[-+−]?[\d.]{0,8}$")


def _named(text: str, quantity: Quantity) -> bool:
    """Whether it is a product's model or a class name and no amount: 5G, 4A级, 3D, “一号”."""
    before, after = text[quantity.start - 1 : quantity.start], text[quantity.end : quantity.end + 1]
    if (
        after == ")"
        and quantity.kind == "percent"
        and _QUOTE.search(text, max(0, quantity.start - 32), quantity.start + 1)
    ):
        return True
    if quantity.chinese and quantity.classifier in ("分", "单", "盘"):
        return True
    if quantity.chinese and before in ("“", '"'):
        # 做好“五篇文章”, 打赢“三大战役”
        return True
    if (before == "“" and after == "”") or (quantity.classifier == "单" and after == "元"):
        return True
    ascii_unit = quantity.classifier.isascii() and quantity.classifier.isalpha()
    if before and before.isascii() and (before.isalpha() or before in "-/."):
        # GDP360亿元 and 宏光MINIEV25.1万辆 are amounts, B561 is a model.
        counted = not ascii_unit and quantity.kind in ("count", "measure")
        amount: object = counted and re.search(r"\.\d|[万亿]", text[quantity.start : quantity.end])
        amount = amount or quantity.kind in ("money", "percent", "point", "double")
        return not (amount and before.isalpha())
    if ascii_unit and after and after.isascii() and after.isalnum():
        return True
    return ascii_unit and quantity.classifier in ("G", "E", "P") and quantity.value < 10


def find(text: str, taken: Sequence[Span] = ()) -> list[Quantity]:
    """The quantities of a clean text in order; what overlaps a `taken` span (dates) is left out."""
    found: list[Quantity] = []
    covered = bytearray(len(text) + 1)
    for span in taken:
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    for quantity in _candidates(text):
        if quantity is None or covered.find(1, quantity.start, quantity.end) >= 0 or _named(text, quantity):
            continue
        covered[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
        found.append(quantity)
    found.sort(key=lambda q: q.start)
    if "每" in text:
        found = _in_so_many(text, found)
    return _share_bounds(text, _share_units(text, found))


_FROM = re.compile("(?:由|(?<!自)从)$")
_RANGED = re.compile("不等|之间|左右不等|区间|范围")


def _moves(match: re.Match[str], text: str) -> bool:
    """Whether 到 between two figures with units tells what became of the first, after 由 or 从."""
    units_of_both = match["unit1"] and match["unit"]
    begun = units_of_both and _FROM.search(text, max(0, match.start() - 2), match.start())
    return bool(begun) and not _RANGED.match(text, match.end())


def _candidates(text: str) -> Iterator[Quantity | None]:
    """What may be a quantity; of those that overlap, the first holds."""
    arabic = _arabic_pattern()
    for match in _RANK.finditer(text):
        yield _rank(match, text)
    for match in arabic.finditer(text):
        if _moves(match, text):
            # 由5公里到1公里: two figures and no range.
            first = arabic.match(text, match.start(), match.start("dash"))
            second = arabic.match(text, match.start("high"))
            yield from (_arabic(piece, text) for piece in (first, second) if piece)
            continue
        quantity = _arabic(match, text)
        if quantity is None and match["high"]:
            # 2022-05等 is read again from its second number.
            piece = arabic.match(text, match.start("high"))
            if piece and not piece["high"]:
                yield _arabic(piece, text)
        yield quantity
    for match in _chinese_pattern().finditer(text):
        yield _chinese(match, text)


# ---- lists ----

_LAST_BARE = re.compile(rf"(?<![\d.\-/:A-Za-z第,])(?P<low>{numerals.ARABIC})(?P<scale>[百千万亿]*)$")
_LIST_SCALE = re.compile("(?:[十百万亿]|千(?![克瓦米伏升]))*")
LONGEST_NUMBER = 16
"""Characters that a number without a unit may have in a list."""


def _share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """45.3、210.6、188.9亿元 and 1.7个和1.3个百分点: the items of a list share the last one's unit."""
    result: list[Quantity] = []
    for number, each in reversed(list(enumerate(found))):
        quantity, following = each, result[-1] if result else None
        points = following is not None and following.kind == "point" and each.classifier == "个"
        if following and points and text[each.end : following.start] in ("、", "和", "与"):
            quantity = replace(each, unit=following.unit, kind="point")
        result.append(quantity)
        result.extend(_bare_before(text, quantity, found[number - 1].end if number else 0))
    result.reverse()
    return result


_EVERY = re.compile("每\\s?$")
# 每5双运动鞋中就有1双
_OF_EVERY = re.compile("[^，。；：\\d]{0,14}?[里中]?(?:间|大约|约|就|便|至少)*有(?:约|近|超过?|将近)?")


def _in_so_many(text: str, found: list[Quantity]) -> list[Quantity]:
    """全球每5双运动鞋中就有1双来自某市: the 1 is a fifth of what there is, 20 %."""
    for number in range(1, len(found)):
        whole, part = found[number - 1 : number + 1]
        counted = whole.kind == part.kind == "count" and whole.unit == part.unit and whole.value > part.value
        if (
            counted
            and _EVERY.search(text, max(0, whole.start - 2), whole.start)
            and _OF_EVERY.fullmatch(text, whole.end, part.start)
        ):
            top = part.value_max * 100 / whole.value if part.value_max is not None else None
            share = part.value * 100 / whole.value
            found[number] = replace(
                part, value=share, value_max=top, unit="%", kind="fraction", classifier=""
            )
    return found


# 分别约为2.1万元、1.8万元
_EACH = re.compile(
    "分别(?:达到?|为|有|是|占)?(?:约|近|大约|接近|超|超过|突破|逾|不低于|不少于)(?:为|达|有|了)*(?:[^，。；、\\d]{1,10}的)?$"
)
_NEXT = re.compile("[、和与]")


def _share_bounds(text: str, found: list[Quantity]) -> list[Quantity]:
    """分别约为2.1万元、1.8万元: what 分别 and a bound stand before is so bounded to the last of the list."""
    if "分别" not in text:
        return found
    shared: Bound = "exact"
    for number, each in enumerate(found):
        before = found[number - 1] if number else None
        listed = before is not None and _NEXT.fullmatch(text, before.end, each.start)
        if not listed:
            shared = each.bound if _EACH.search(text, max(0, each.start - 24), each.start) else "exact"
        elif shared != "exact" and each.bound == "exact":
            found[number] = replace(each, bound=shared)
    return found


def _bare_before(text: str, quantity: Quantity, low: int) -> Iterator[Quantity]:
    """The numbers without a unit of the list that a quantity ends, from the last back to `low`."""
    if quantity.chinese or quantity.unit in _COUNTED_TIMES or quantity.kind == "ratio":
        return
    start = quantity.start
    while start and text[start - 1] in "、和与":
        match = _LAST_BARE.search(text, max(0, start - LONGEST_NUMBER), start - 1)
        if not match or match.start() < low:
            return
        start = match.start()
        # 1.28万亿、8200亿元: a number with a multiplier of its own shares but the unit.
        own = match["scale"]
        if own and quantity.classifier[:1] not in _MULTIPLIERS:
            # 4个超5000亿、3个
            return
        factor = (
            numerals.scale(own) * _plain_factor(quantity.classifier) if own else _factor(quantity.classifier)
        )
        value = numerals.parse(match["low"]) * factor
        yield replace(quantity, start=start, end=match.end(), value=value, value_max=None, bound="exact")


def _plain_factor(classifier: str) -> Decimal:
    """What the unit of a list's last number makes of a number with a multiplier of its own."""
    return _unit(classifier.lstrip(_MULTIPLIERS))[1] if classifier not in units() else _unit(classifier)[1]


def _factor(classifier: str) -> Decimal:
    """What the classifier of a list makes of each of its numbers."""
    scale = _LIST_SCALE.match(classifier)
    if scale is None or classifier in units():
        return _unit(classifier)[1]
    printed = classifier[scale.end() :]
    return numerals.scale(scale[0]) * (_unit(printed)[1] if printed else Decimal(1))
