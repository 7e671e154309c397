"""Quantities in a paragraph: a numeral, its unit, its value in base units and its bound.

In: clean text. Out: `Quantity` in order, never overlapping; the expression leaves out 约, 超过, 以上 and
their like, which are its bound. Dates are the business of `periods`: the caller drops what they cover.
Refuses what has no unit, except a fraction (1/3), a rank (第二, 前8位) and 过半.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from ingest import bounds, listing, numerals, opening
from ingest.model import Bound, Quantity, Span
from ingest.unitless import ends, unitless
from ingest.units import COUNTED_TIMES, LOADS, PER, TIME_UNITS, multipliers, unit_of, units
from ingest.wording import any_of, listed

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
    per_what = rf"(?:[十百万亿]|千(?![克瓦]))*(?:{printed})|{TIME_UNITS}|[一-鿿]{{1,4}}(?=[，。；、）)])"
    unit = f"(?:{printed})(?:{PER}(?:{per_what})){{0,2}}"
    return opening.compile(
        rf"(?P<sign>(?<!{_HYPHEN_AFTER})[-−])?(?P<low>{_NUMBER})"
        rf"(?P<more>[余多几]|\+(?=[\u4e00-\u9fff，。；、）)”])|来(?=[个家人项种名位户条])|个多?(?=亿(?!元)))?{_ASIDE}(?P<scale>{_SCALE})?(?P<more2>[余多])?"
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


def _fraction(match: re.Match[str], text: str, end: int) -> Quantity | None:
    """1/3 as a percentage; None for what is a date or a number of a document."""
    above, below = Decimal(match["low"].replace(",", "")), int(match["fraction"][1:])
    if not 1 < below <= 1000 or match["scale"] or int(above) >= below:
        return None
    bound = bounds.of(text, match.start(), end, False)
    return Quantity(match.start(), end, above * 100 / below, None, "%", bound, "fraction", False, "")


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
# 三元锂电池, 三轮车: kinds by number, and no amounts.
_KIND_BY_NUMBER = re.compile(
    "[一二三四]元(?:锂|正极|材料|前驱体|电池|体系|聚|乙丙|共聚|复合肥|催化)|[三四]轮(?:车|电动|摩托)|[一二三四五六]轮驱动"
)
_LASTS = ("小时", "钟头", "月", "星期", "学期", "世纪")
_FALLS = re.compile("\\d+降")  # 5升13降
_LOOKED_ROUND = frozenset([Decimal(180), Decimal(360)])


def _no_unit(text: str, end: int, unit: str) -> bool:
    """Whether a unit is the beginning of another word, or 个 that of a time: 7部门, 十方面, 6个多小时."""
    if unit == "升" and _FALLS.match(text, end):
        return True
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
        return unitless(match, text)
    if high and not printed:
        # The dash joined something that is no range: keep the first part alone.
        if not unit:
            return None
        end, printed, high = match.end("unit1"), unit, None
    if fraction:
        return _fraction(match, text, end)
    if not printed:
        printed = next((unit for unit in COUNTED_TIMES if text.startswith(unit, end)), None)
        if printed is None:
            return unitless(match, text) if sign is None else None
        end += len(printed)
    base, factor, kind = (printed, Decimal(1), "measure") if printed in COUNTED_TIMES else unit_of(printed)
    if _numbered(text, start, end, printed) or _no_unit(text, end, printed):
        return None
    if kind == "tenths":
        if text[end : end + 1] in tuple(_NOT_TENTHS):
            return None
        base, factor, kind = "%", Decimal(10), "percent"
    try:
        value, top = ends(match, high)
    except ValueError:
        return None
    if printed == "度" and value in _LOOKED_ROUND and text[end : end + 1] != "电":
        # 可360度俯瞰
        return None
    vague = more not in (None, "个") or bool(more2 or more3)
    classifier = multipliers(low) + (scale or "") + printed
    if base in LOADS and (scale or multipliers(low)):
        base, factor = "吨", factor * LOADS[base]
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
            unit, factor, kind = unit_of(match["unit"])
            value *= factor
            top = top * factor if top is not None else None
            classifier = match["unit"]
            ordinal = _numbered(text, start, end, classifier) or _KIND_BY_NUMBER.match(text, start)
            if ordinal or _no_unit(text, end, classifier):
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
    if quantity.chinese and (quantity.classifier in ("分", "单", "盘") or after == "山"):
        return True  # 五台山
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
    return listing.shared(text, found)


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
