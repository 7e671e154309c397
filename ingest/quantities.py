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

from ingest import numerals, opening
from ingest.model import Bound, Quantity, Span
from seeds import lookup

PER = r"(?:/|每)"
_TIME_UNITS = "年|月|日|天|小时|分钟|秒|周|季|人|户|亩"


@cache
def units() -> dict[str, tuple[str, Decimal, str]]:
    """Printed unit -> base unit, factor, kind, from `seeds/lookups/units.csv`."""
    return {r["printed"]: (r["unit"], Decimal(r["factor"]), r["kind"]) for r in lookup("units")}


def _alternation(words: Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = units()
    printed = _alternation(list(table))
    counts = _alternation([w for w, (_, _, kind) in table.items() if kind in ("count", "money", "point", "measure")
                           and not w.isascii()])
    compound = rf"(?:{PER}(?:(?:[十百万亿]|千(?![克瓦]))*(?:{printed})|{_TIME_UNITS}|[一-鿿]{{1,4}}(?=[，。；、）)]))){{0,2}}"
    # 千克, 千瓦 and 百分点 are units of their own, not thousands of 克.
    scale = "(?:[十万亿]|百(?!分)|千(?![克瓦米伏升分]))+"
    number = rf"{numerals.ARABIC}(?:{scale}(?:{numerals.ARABIC}{scale})?)?"
    unit = rf"(?:{printed}){compound}"
    arabic = opening.compile(
        rf"(?P<sign>(?<![\\w%)\\-—–~～至到])[-−])?(?P<low>{number})(?P<more>[余多几]|个(?=亿))?(?P<scale>{scale})?(?P<more2>[余多])?"
        rf"(?:(?P<unit1>{printed})?(?P<dash>[-—–~～至到])(?P<high>{number}))?"
        rf"(?:(?P<unit>{unit})(?P<more3>[余多](?![个家项名]))?|(?P<fraction>/\d+)(?![\d/年月]))?"
    )
    # 每万人 and 百人计划 are no amounts: a bare 百, 千, 万 needs 上, 数, 余 or a digit beside it.
    chinese_number = rf"(?<!每)(?:(?:(?<!以)上[十百千万亿]|[零〇一二两三四五六七八九十几数半]|[百千万亿](?=[余多])|(?<=[破超过达近逾])[百千万亿](?=[亿万]?元)){numerals.CHINESE}{{0,16}}|[一二三四五六七八九十]{{1,6}}点[一二三四五六七八九零〇]{{1,6}})"
    chinese = opening.compile(
        rf"(?P<percent>百分之(?P<pc>[零〇一二三四五六七八九十百点两]{{1,12}}))"
        rf"|(?P<part>[一二三四五六七八九十]{{1,4}})分之(?P<of>[一二两三四五六七八九十]{{1,4}})"
        rf"|(?P<tenths>[一二三四五六七八九](?:成[一二三四五六七八九](?!员)|成半|成)(?![立为功果员都熟长就效绩交本品渝套人型])|(?:过|逾|超)半(?![年月天])|半数)"
        rf"|(?P<number>{chinese_number})(?P<more>[余多来])?(?P<unit>{counts}|倍|番)"
    )
    rank = re.compile(
        r"(?:第(?P<nth>\d+|[一二三四五六七八九十百]+)(?:[至到\-—](?P<nth2>\d+))?(?P<place>名|位)?"
        r"|前(?P<top>\d+|[一二两三四五六七八九十]+)(?P<top_place>名|位|强)?)"
    )
    return arabic, chinese, rank


_BEFORE: list[tuple[str, Bound]] = [
    ("不低于", "min"), ("不少于", "min"), ("不得低于", "min"), ("不得少于", "min"), ("不得超过", "max"), ("不得高于", "max"), ("不小于", "min"), ("至少", "min"), ("最低", "min"), ("超过", "min"), ("突破", "min"),
    ("超出", "min"), ("高于", "min"), ("大于", "min"), ("逾", "min"), ("超", "min"), ("破", "min"), ("跨过", "min"), ("迈过", "min"),
    ("跨越", "min"), ("站上", "min"), ("冲破", "min"),
    ("不超过", "max"), ("不高于", "max"), ("不大于", "max"), ("不多于", "max"), ("至多", "max"), ("最多", "max"), ("最高", "max"),
    ("不足", "max"), ("不到", "max"), ("低于", "max"), ("少于", "max"), ("小于", "max"), ("控制在", "max"), ("未超过", "max"),
    ("不突破", "max"), ("未突破", "max"), ("降至", "exact"),
    ("大约", "approx"), ("约为", "approx"), ("约", "approx"), ("近", "approx"), ("将近", "approx"), ("接近", "approx"), ("几近", "approx"),
    ("上下", "approx"), ("大致", "approx"), ("左右", "approx"),
]
_AFTER: list[tuple[str, Bound]] = [
    ("及以上", "min"), ("(含)以上", "min"), ("以上", "min"), ("之上", "min"), ("以内", "max"), ("之内", "max"), ("以下", "max"),
    ("及以下", "max"), ("左右", "approx"), ("上下", "approx"), ("开外", "approx"),
]
_BEFORE_RE = re.compile("(?:" + _alternation([w for w, _ in _BEFORE]) + r")(?:了|达|到|至|为|\s)*$")
_AFTER_RE = re.compile(_alternation([w for w, _ in _AFTER]))
_BEFORE_OF, _AFTER_OF = dict(_BEFORE), dict(_AFTER)
# 突破 before a range's low end, or 以上 after a number, outrank the softer 约 and 余.
_STRENGTH = {"min": 2, "max": 2, "approx": 1, "exact": 0}


_BEFORE_VERB = re.compile(r"(?P<word>至少|最少|最多|至多|不得低于|不得少于|不得超过|不得高于|约占)[^，。；、\d]{0,10}$")
_BEFORE_VERB_OF: dict[str, Bound] = {
    "至少": "min", "最少": "min", "不得低于": "min", "不得少于": "min", "最多": "max", "至多": "max", "不得超过": "max",
    "不得高于": "max", "约占": "approx",
}


def _bound(text: str, start: int, end: int, vague: bool) -> Bound:
    before = _BEFORE_RE.search(text, max(0, start - 6), start)
    found: Bound = "approx" if vague else "exact"
    for match, table in ((before, _BEFORE_OF), (_AFTER_RE.match(text, end), _AFTER_OF)):
        if match:
            if match[0].startswith("最高") and re.search("达|为", match[0]):
                continue
            word = next((w for w in (match[0], match[0].rstrip("了达到至为 ")) if w in table), None)
            if word and _STRENGTH[table[word]] > _STRENGTH[found]:
                found = table[word]
    if found == "exact" and (far := _BEFORE_VERB.search(text, max(0, start - 16), start)):
        return _BEFORE_VERB_OF[far["word"]]
    return found


def _unit(printed: str) -> tuple[str, Decimal, str]:
    """A printed unit, simple or per-unit, to base unit, factor and kind; multipliers go to the factor."""
    table = units()
    if printed in table:
        return table[printed]
    head, *rest = re.split(PER, printed)
    unit, factor, kind = table[head]
    if head in ("公斤", "斤", "千克", "kg"):
        unit, factor = {"kg": "千克"}.get(head, head), Decimal(1)
    return "/".join([unit, *rest]), factor, "measure" if kind in ("count", "measure") else kind


_RATIO = re.compile(r"(?:之比|收入比|比值|系数|指数(?:\([A-Za-z]+\))?|得分|比|PUE值?)(?:为|是|达到?|由\S{0,8}|从\S{0,8}|(?:缩小|扩大|下降|上升|提高|降低|提升)?[到至为])*$")
_RATIO_TO = re.compile(r"(?:之比|收入比|系数|指数)[^，。；]{0,24}\d(?:缩小|扩大|下降|上升|提高|降低|提升)?[到至为]$")
_PEOPLE = re.compile(r"人口[^，。；、]{0,6}$")
_PEOPLE_AFTER = re.compile(r"(?:[\u4e00-\u9fff]{0,4})(?:人口|群众|职工|居民|游客|学生|农民)(?!普查)")
_MONEY = re.compile(r"(?:产值|收入|投资|总额|销售额|税收|利润|贷款|存款|资金|金额|营收|货值|交易额|GDP|规模)[^，。；、]{0,6}$")


def _bare(match: re.Match[str], text: str) -> Quantity | None:
    """A number without a unit whose neighbours say what it counts: 常住人口33.6万, 城乡居民收入比1.58."""
    start, end = match.span()
    before = text[max(0, start - 24) : start]
    scaled = bool(re.search(r"[万亿]$", match[0]))
    unit, kind = "", ""
    if scaled and (_PEOPLE.search(before) or _PEOPLE_AFTER.match(text, end)):
        unit, kind = "人", "count"
    elif scaled and _MONEY.search(before):
        unit, kind = "元", "money"
    elif not scaled and "." in match["low"] and (_RATIO.search(before) or _RATIO_TO.search(before)) and not re.match(r"[:：\d]", text[end : end + 1]):
        unit, kind = "", "ratio"
    if not kind:
        return None
    value = numerals.parse(match["low"]) * numerals._scale(match["scale"] or "")
    vague = bool(match["more"] or match["more2"])
    return Quantity(start, end, value, None, unit, _bound(text, start, end, vague), kind, False, _multipliers(match[0]))


def _multipliers(number: str) -> str:
    """The multipliers that end a numeral: 万 of 3.5万."""
    match = re.search(r"[十百千万亿]+$", number)
    return match[0] if match else ""


def _arabic(match: re.Match[str], text: str) -> Quantity | None:
    start, end = match.span()
    printed, fraction = match["unit"], match["fraction"]
    high = match["high"]
    if high and not printed:
        # The dash joined something that is no range: keep the first part alone.
        if not match["unit1"]:
            return None
        end, printed, high = match.end("unit1"), match["unit1"], None
    if fraction:
        below = int(fraction[1:])
        if not 1 < below <= 1000 or high or match["scale"] or int(Decimal(match["low"].replace(",", ""))) >= below:
            return None
        share = Decimal(match["low"].replace(",", "")) * 100 / below
        return Quantity(start, end, share, None, "%", _bound(text, start, end, False), "fraction", False, "")
    if not printed and not high:
        # `periods` leaves these alone only where they are counted: 优良天数268天, 日照3100小时.
        days = re.match("天|小时|岁", text[end : end + 2])
        if days:
            end, printed = end + len(days[0]), days[0]
        elif match["sign"] is None and (bare := _bare(match, text)):
            return bare
    if not printed:
        return None
    base, factor, kind = (printed, Decimal(1), "measure") if printed in ("天", "小时", "岁") else _unit(printed)
    if kind == "tenths":
        if text[end : end + 1] in tuple("立为功果员都熟长就效绩交本品渝套人型"):
            return None
        base, factor, kind = "%", Decimal(10), "percent"
    scale = match["scale"] or ""
    try:
        value = numerals.parse(match["low"]) * numerals._scale(scale)
        top = None
        if high:
            top = numerals.parse(high) * factor
            tail = re.search(r"[十百千万亿]+$", high)
            if tail and not re.search(r"[十百千万亿]", match["low"] + scale) and not match["unit1"]:
                value *= numerals._scale(tail[0])
    except ValueError:
        return None
    if match["sign"]:
        value = -value
    vague = match["more"] not in (None, "个") or bool(match["more2"] or match["more3"])
    return Quantity(start, end, value * factor, top, base, _bound(text, start, end, vague), kind, False,
                    _multipliers(match["low"]) + scale + printed)


def _chinese(match: re.Match[str], text: str) -> Quantity | None:
    start, end = match.span()
    unit, kind, classifier, vague = "%", "percent", "", False
    value: Decimal
    top: Decimal | None = None
    try:
        if match["percent"]:
            value = numerals.parse(match["pc"])
        elif match["part"]:
            value = numerals.parse(match["of"]) * 100 / numerals.parse(match["part"])
            kind = "fraction"
        elif word := match["tenths"]:
            if "半" in word and "成" not in word:
                value = Decimal(50)
            else:
                value = numerals.parse(word[0]) * 10
                if len(word) > 2:
                    value += Decimal(5) if word[2] == "半" else numerals.parse(word[2])
        else:
            value, top = numerals.parse_vague(match["number"])
            unit, factor, kind = _unit(match["unit"])
            value *= factor
            top = top * factor if top is not None else None
            classifier = match["unit"]
            vague = bool(match["more"] or top is not None)
    except (ValueError, ArithmeticError, KeyError):
        return None
    bound = _bound(text, start, end, vague)
    if match["tenths"] and match["tenths"][0] in "过逾超":
        bound = "min"
    return Quantity(start, end, value, top, unit, bound, kind, True, classifier)


_RANK_VERB = re.compile(
    r"(?:[居列占排序跃获升进名]|位[居列次于]|排[名在位]|名列|跻身|进入|稳居|位于|处于|升至|前移至|荣获|综合|增速|增幅|总量|均|并列|全[省市国区州县]|中部|西部|东部|分列|分别|第\S{1,4}[、和])"
    r"[^，。；、第前]{0,12}$"
)
_NOT_RANK = tuple("产季届次期批产轮号条款章节部个代线阶页二三车人党方任步书时排集县中医小学天年月日种项张国类师家套")


def _rank(match: re.Match[str], text: str) -> Quantity | None:
    start, end = match.span()
    written = match["nth"] or match["top"]
    place = match["place"] or match["top_place"]
    follows = text[end : end + 1]
    if not place:
        if follows and (follows in _NOT_RANK or follows.isdigit()):
            return None
        if not _RANK_VERB.search(text, max(0, start - 20), start):
            return None
        if match["top"] and follows not in ("", "，", "。", "；", "、", ")", "列", "位"):
            return None
    elif place == "名" and match["nth"] and text[start - 1 : start] in ("以", "获"):
        pass
    if match["top"] and place == "强" and not _RANK_VERB.search(text, max(0, start - 20), start):
        return None
    try:
        value = numerals.parse(written)
        top = numerals.parse(match["nth2"]) if match["nth2"] else None
    except ValueError:
        return None
    bound: Bound = "max" if match["top"] else _bound(text, start, end, False)
    return Quantity(start, end, value, top, "名", bound, "rank", not written.isdigit(), "")


# A product's model or a class name is no amount: 5G, 4A级, 3D, 500亿级.
_MODEL = re.compile(r"[A-Za-z]")


def _named(text: str, quantity: Quantity) -> bool:
    before, after = text[quantity.start - 1 : quantity.start], text[quantity.end : quantity.end + 1]
    if quantity.chinese and quantity.classifier in ("分", "单"):
        return True
    if (before == "“" and after == "”") or (quantity.classifier == "单" and after == "元"):
        return True
    ascii_unit = quantity.classifier.isascii() and quantity.classifier.isalpha()
    if before and before.isascii() and (before.isalpha() or before in "-/."):
        # 宏光MINIEV25.1万辆 is an amount after a model's name, B561 a model.
        amount = not ascii_unit and quantity.kind in ("count", "measure") and re.search(r"\.\d|[万亿]", text[quantity.start : quantity.end])
        return not (amount and before.isalpha())
    if ascii_unit and after and after.isascii() and after.isalnum():
        return True
    return ascii_unit and quantity.classifier in ("G", "E", "P") and quantity.value < 10


def find(text: str, taken: Sequence[Span] = ()) -> list[Quantity]:
    """The quantities of a clean text in order; what overlaps a `taken` span (dates) is left out."""
    arabic, chinese, rank = _patterns()
    found: list[Quantity] = []

    def candidates() -> Iterator[Quantity | None]:
        for match in rank.finditer(text):
            yield _rank(match, text)
        for match in arabic.finditer(text):
            quantity = _arabic(match, text)
            if quantity is None and match["high"]:
                # 2022-05等 is read again from each end.
                for piece in (arabic.match(text, match.start("high")),):
                    if piece and not piece["high"]:
                        yield _arabic(piece, text)
            yield quantity
        for match in chinese.finditer(text):
            yield _chinese(match, text)

    covered = bytearray(len(text) + 1)
    for span in taken:
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    for quantity in candidates():
        if quantity is None or covered.find(1, quantity.start, quantity.end) >= 0 or _named(text, quantity):
            continue
        covered[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
        found.append(quantity)
    found.sort(key=lambda q: q.start)
    return _share_units(text, found)


def _share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """45.3、210.6、188.9亿元 and 1.7个和1.3个百分点: the items of a list share the last one's unit."""
    result: list[Quantity] = []
    for quantity in reversed(found):
        following = result[-1] if result else None
        if (
            following is not None and quantity.classifier == "个" and following.kind == "point"
            and text[quantity.end : following.start] in ("、", "和", "与")
        ):
            quantity = replace(quantity, unit=following.unit, kind="point")
        result.append(quantity)
        start = quantity.start
        while not quantity.chinese and start and text[start - 1] in "、和与":
            match = _LAST_BARE.search(text, max(0, start - 16), start - 1)
            if not match or (result and match.end() > result[-1].start):
                break
            scale = re.match("(?:[十百万亿]|千(?![克瓦米伏升]))*", quantity.classifier)
            if quantity.unit in ("天", "小时", "岁") or quantity.kind == "ratio":
                break
            known = quantity.classifier in units()
            printed = quantity.classifier if known or not scale else quantity.classifier[scale.end() :]
            _, factor, _ = _unit(printed) if printed else ("", Decimal(1), "")
            value = numerals.parse(match[0]) * numerals._scale(scale[0] if scale and not known else "") * factor
            result.append(replace(quantity, start=match.start(), end=match.end(), value=value, value_max=None, bound="exact"))
            start = match.start()
    result.reverse()
    return result


_LAST_BARE = re.compile(rf"(?<![\d.\-/:A-Za-z第,]){numerals.ARABIC}$")
