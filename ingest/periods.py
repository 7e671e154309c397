"""Time in a paragraph: years, quarters, months, days, plan periods, relative words, durations.

In: clean text, the report's reference date (EDTF) and the year that the context speaks of.
Out: `Time` tokens in order, and EDTF periods (ISO 8601-2 level 1) when they are resolved.
Refuses to guess a clock: nothing here asks what day it is.
"""

import calendar
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from ingest import numerals, opening

TimeKind = Literal[
    "period",
    "as-of",
    "now",
    "since",
    "span",
    "until",
    "within",
    "basis",
    "origin",
    "duration",
    "moment",
    "vague",
]
"""What a time does in its sentence: `basis` is set against, `origin` is where a figure came from, `within`
is a span to come, `moment` a day that dates nothing else, `vague` 近年来."""

_Y = r"(?:19|20)\d\d"
_CY = "[一二][〇○零九][〇○零一二三四五六七八九]{2}"
_N = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,4})"
_TO = "[-—–~～至到]"
_DASH = "(?:[-—–~～至到、和]|至今年)"
_M = "(?:1[0-2]|0?[1-9])"
_CM = "(?:十[一二]?|[一二三四五六七八九])"
_PART = opening.either(
    r"前(?P<firstq>[一二三四两1-4])个?季度",
    "第?(?P<q>[一二三四1-4])季度(?P<qend>末|底)?",
    "(?P<half>[上下])半年(?P<hend>末|底)?",
    rf"前(?P<firstm>{_M}|{_CM})个?月(?!\d)",
    rf"(?P<m1>{_M})月?{_TO}(?P<m2>{_M})月份?"
    rf"|(?P<md>{_M})月(?P<d1>\d{{1,2}})(?:日|号)?{_TO}(?:(?P<md2>{_M})月)?(?P<d2>\d{{1,2}})[日号]"
    rf"|(?P<m>{_M})月份?(?:(?P<d>\d{{1,2}})[日号])?(?P<mend>末|底|初|上旬|中旬|下旬)?",
    rf"(?P<cm>{_CM})月份?(?![\u4e00-\u9fff]{{0,1}}[花])",
    "年?(?P<yend>[底末]|终)(?!的?[端尾梢])|年?(?P<ystart>(?<!大年)初(?!步|中|级|心|始))|年中",
)
"""A quarter, a half, months, days, an end of a year; each group is read by `_part`."""
_PLAIN_PART = r"(?:\d{1,2}月|[上下]半年|前?[一二三四]季度)"
_REL = {
    "今年": 0,
    "本年度": 0,
    "本年": 0,
    "今": 0,
    "去年": -1,
    "上年度": -1,
    "上年": -1,
    "上一年度": -1,
    "上一年": -1,
    "前年": -2,
    "明年": 1,
    "来年": 1,
    "下年": 1,
}
"""Words for a year with its offset from the year that is spoken of."""
_CTX = ("当年", "同年", "这一年", "那一年", "全年", "年内", "年度", "该年")

_RANGE = rf"(?P<ya>{_Y})(?:年(?P<ma>{_M})月)?年?{_DASH}(?P<yb>{_Y})年(?:(?P<mb>{_M})月)?(?P<rtail>期间|间)?"
_PLAN = (
    '[“"‘]?十(?P<plan>[一二三四五六])五[”"’“]?'
    "(?P<ptail>期间|时期|规划期|以来|末期?|期末|收官之年|[一二三四五六]年|前[一二三四五六]年|头[一二三四]年)"
)
_OLD_PLAN = '[“"](?P<oldplan>[六七八九]五|十五)[”"](?:期间|时期|末期?|期末)?'
_OLD_PLANS = {"六五": 1981, "七五": 1986, "八五": 1991, "九五": 1996, "十五": 2001}
_YEARS = opening.either(
    rf"(?P<past>近|过去|最近|前(?!\S{{1,2}}个月)|这(?!一年(?:[^来间多中里]|$))|以往|未来|今后|此后|接下来的?)的?(?P<pn>{_N})(?P<pu>年|个月)"
    "(?P<ptl>来|间|中|里|时间|以来|内)?(?!级|前)",
    rf"(?<![\d第])(?P<wn>{_N})年(?:之|以)?内",
    rf"(?:(?<=[，。；：“\n])|^)(?P<ago>{_N})年(?:之|以)?前(?=，(?!预计|计划))",
    rf"(?<![\d第一二三四五六七八九十])(?P<cn>{_N})年多?(?P<ctl>来|间)(?!不)",
    r"(?P<sinceyear>一年来|近年来?|近几年来?|(?:\d{1,2}|[一二三四五六七八九十]{1,3})?多年来|历年来?|近些年来?|近期|近来)",
)
_NOW = (
    "(?P<now>(?:截至|截止|(?<![展高长加升至降少大充])到)?"
    "(?:(?<![项题节栏科品])目前|当前|现在|如今|今日|发稿|发稿时|记者发稿|现阶段)(?:为止)?|至今|迄今(?:为止)?|现已|时下|眼下)"
)
_OF_YEAR = (
    rf"(?<!\d)(?:(?P<y>{_Y})年度?|(?P<cy>{_CY})年"
    rf"|(?<!结转)(?<!结余)(?<!新(?=上年))(?P<rel>{'|'.join(sorted(_REL, key=len, reverse=True))})"
    r"(?![\u4e00-\u9fff]?[天日晚后]|结[转余]|超收))"
    rf"(?:全年|的(?={_PLAIN_PART}))?(?:{_PART})?(?P<tail>以来|来)?"
)
# 2023中国…大会 is an event's name, 2023、2024年 and 2023-2025 are years.
_BARE_YEAR = (
    rf"(?<!\d)(?P<bare>{_Y})(?=[年、]|{_TO}{_Y}|政府工作报告"
    r"|[“\u4e00-\u9fff·]{2,18}"
    "(?:大会|会议|论坛|峰会|博览会|交易会|洽谈会|推介会|年会|大赛|活动周|文化节|嘉年华))"
)
# Most digits belong to figures: what cannot be a time by the character beside it is passed over at once.
_TIME = opening.compile(
    r"(?!(?<=\d)\d|\d{1,12}[.,%])(?:"
    + opening.either(
        _RANGE,
        _PLAN,
        _OLD_PLAN,
        _YEARS,
        _NOW,
        _OF_YEAR,
        f"(?P<ctx>{'|'.join(_CTX)})(?!龄|货|味|检|会|工作|计划|任务|考核|目标|预算)",
        rf"(?<![\d.第])(?:{_PART.replace('P<', 'P<b_')})(?P<b_tail>以来)?",
        r"(?<!\d)(?P<day>\d{1,2})[日号](?!线|楼|院|门|文|令|桥|井|机)",
        _BARE_YEAR,
    )
    + ")"
)
_DURATION = opening.compile(
    r"(?!(?<=\d)\d|\d{1,12}(?:\.\d{1,4})?[%亿万元家,])(?:(?<![A-Za-z\d.一二三四五六七八九十两])(?!(?<=[指人户总系次参函倍份分])数)(?:\d{1,6}(?:\.\d{1,4})?|[一二三四五六七八九十两半几数]{1,5})"
    rf"(?:{_TO}(?:\d{{1,6}}(?:\.\d{{1,4}})?|[一二三四五六七八九十两]{{1,5}}))?[余多几]?"
    "(?:个半?(?:月|小时|工作日|交易日|自然日|星期|学期|季度|年头|昼夜|周)|年半?(?![级代])"
    "|天(?!然|津|府|河|山|门|水|台)|小时|分钟|秒(?!杀)|工作日|周(?!岁|年|边|口|至)|周年|载(?!重|体)|岁|余年|多年)"
    "(?P<within>内|之内|以内)?"
    r"|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d)"
    r"|(?<!\d)\d{1,2}[:：]\d{2}(?::\d{2})?|(?<!\d)\d{1,2}[时点](?:\d{1,2}分|半|许|整)?(?![效装代间尚事期段对])"
    r"|\d{2,4}[年](?=代)代|(?<!\d)\d{2}后(?=[一-鿿]))"
)


# 优良天数268天 counts days of good air, 日照3100小时 hours of sun: a figure, not a duration.
_GOOD_DAYS = re.compile(
    r"(?:天数|优良|达标|蓝天|日照|时数|利用小时|寿命|平均年龄)[^，。；\d]{0,12}$"
    r"|(?:(?<![\u4e00-\u9fff])|(?<=其中))[优良]$|[轻中重]度污染$|严重污染$"
    "|(?:天数|优良|寿命)[^。；]{0,24}(?:增加|减少|提高|上升|下降|多|少)了?$"
)
_COUNT = re.compile(r"\d+|[一二三四五六七八九十两]")

LOOKING_BACK = 5
"""Up to this month 过去一年 and 五年来 end with the year before; people's congresses meet until then."""


class Reference(NamedTuple):
    """The report's reference date: a year, and a month and a day where they are known. `early`: it lies
    in the first months of its year, as a work report's does, though no month is told."""

    year: int
    month: int | None = None
    day: int | None = None
    early: bool = False

    @property
    def looks_back(self) -> bool:
        """Whether 五年来 ends with the year before."""
        return self.early or (self.month is not None and self.month <= LOOKING_BACK)

    @classmethod
    def parse(cls, edtf: str) -> "Reference":
        """From EDTF (`2022`, `2022-12`, `2022-12-21`); raises ValueError for anything else."""
        match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", edtf)
        if not match or (match[2] and not 1 <= int(match[2]) <= 12):
            raise ValueError(f"{edtf!r} is no date; write 2022, 2022-12 or 2022-12-21")
        if match[3] and not 1 <= int(match[3]) <= calendar.monthrange(int(match[1]), int(match[2]))[1]:
            raise ValueError(f"{edtf!r} is no day of the calendar")
        return cls(int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None)

    @classmethod
    def of(cls, year: int, month: int | None, day: int | None) -> "Reference":
        """From a date as printed: of 9月31日 the last day that the month has."""
        last = calendar.monthrange(year, month)[1] if month else 0
        return cls(year, month or None, min(day, last) or None if day else None)

    def __str__(self) -> str:
        text = f"{self.year:04}"
        if self.month:
            text += f"-{self.month:02}"
            if self.day:
                text += f"-{self.day:02}"
        return text


UNDATED = Reference(9999)
"""Stands for the date of a report that tells none: every year that is printed lies before it."""
_UNDATED_YEAR = re.compile(r"(?<!\d)999\d|1000\d")


@lru_cache(maxsize=1024)
def known(period: str | None) -> str | None:
    """`period`, or None where it rests on a date that the report does not tell."""
    return None if period and _UNDATED_YEAR.search(period) else period


@dataclass(slots=True)
class Time:
    """A time expression where it stands. `year` is absolute, `offset` counts from the reference year;
    with neither, the year is the context's. Months and days are 0 where they are not given."""

    start: int
    end: int
    kind: TimeKind
    year: int | None = None
    offset: int | None = None
    last_year: int | None = None
    month: int = 0
    last_month: int = 0
    day: int = 0
    last_day: int = 0
    explicit: bool = True
    shift: int = 0

    def without_day(self) -> "Time":
        """The year alone: a day's event says no more of what else the paragraph tells."""
        return replace(self, month=0, last_month=0, day=0, last_day=0)


def _number(text: str) -> int:
    return int(numerals.parse(text))


def _part(match: re.Match[str], prefix: str) -> tuple[int, int, int, int, bool]:
    """Month, last month, day, last day of a part of a year, and whether it means its end."""

    def group(name: str) -> str | None:
        return match[prefix + name]

    if text := group("firstq"):
        return 1, 3 * _number(text), 0, 0, False
    if text := group("q"):
        return 3 * _number(text) - 2, 3 * _number(text), 0, 0, bool(group("qend"))
    if text := group("half"):
        return (1, 6, 0, 0, bool(group("hend"))) if text == "上" else (7, 12, 0, 0, bool(group("hend")))
    if text := group("firstm"):
        return 1, _number(text), 0, 0, False
    if text := group("m1"):
        return int(text), int(group("m2") or 12), 0, 0, False
    if text := group("md"):
        return int(text), int(group("md2") or text), int(group("d1") or 1), int(group("d2") or 1), False
    if text := group("m"):
        day = int(group("d") or 0)
        return int(text), int(text), day, day, (group("mend") or "") in ("末", "底")
    if text := group("cm"):
        return _number(text), _number(text), 0, 0, False
    if group("yend"):
        return 12, 12, 0, 0, True
    if group("ystart"):
        return 1, 1, 0, 0, False
    return 0, 0, 0, 0, False


_ASOF = re.compile("(?:截至|截止|截止到|截至到)$")
_UNTIL = re.compile("(?:到|至|力争|争取)$")
_BASIS_BEFORE = re.compile(r"(?:(?<![占同环对])比|较|相比于|相较于|高于|低于|快于)\Z")
_BASIS_AFTER = re.compile("(?:同期|相比|相较|之前|以前|的水平|末的|底的|基数|同口径|持平|相当)")
# 2020年同期规上工业增加值下降2%: a figure of that year, not what another is set against.
_SAME_MONTHS = re.compile("同期(?:，|(?![相增下提减多少高低水的基持翻上回为]|$)[\u4e00-\u9fff])")
_SINCE_AFTER = re.compile(r"[^，。；\d]{1,12}以来")
# 自2019年11月试运行起，已…, 自2022年11月通航，累计…
_SINCE_THEN = re.compile(
    r"[^，。；\d]{0,14}(?:起|开始|[之以]?后)，"
    r"|[^，。；\d看说讲]{0,10}(?:通航|通车|运营|运行|投产|投用|开园|开业|成立|启动|实施|上线|开通)，(?:已|累计|共|总计)"
)
# 按上年不变单价计算, 按2020年可比价格计算
_PRICES_OF = re.compile("的?(?:不变|可比)(?:单?价|价格)")
_TIMES_BEFORE = re.compile("(?:是|为|相当于|达到?|恢复[到至]|约|占)$")
_GOES_ON = re.compile("开始|起|至|到|以来")
_BREAKS = re.compile("[,，。；]|以来|至|到")
_RECORD = re.compile("来?(?:以来)?的?(?:最|新高|同期)")


def _kind(match: re.Match[str], text: str, at_end: bool, since: bool) -> TimeKind:
    start, end = match.span()
    before = text[max(0, start - 4) : start]
    if before.endswith(("自", "从")) and _SINCE_THEN.match(text, end):
        return "since"
    if before.endswith(("由", "从")) and not _GOES_ON.match(text[end : end + 2]):
        return "origin"
    if _SAME_MONTHS.match(text, end) and before[-1:] in ("", "，", "。", "；", "\n"):
        return "period"
    if _is_basis(text, before, end):
        return "basis"
    if since or text.startswith("以来", end) or _SINCE_AFTER.match(text, end):
        return "since"
    if _ASOF.search(before):
        return "as-of"
    if _UNTIL.search(before):
        return "until"
    return "as-of" if at_end else "period"


def _is_basis(text: str, before: str, end: int) -> bool:
    """Whether a time is what a figure is set against: 比2020年, 是上年的2倍, 去年同期."""
    if (
        _PRICES_OF.match(text, end)
        or _BASIS_AFTER.match(text, end)
        or (before.endswith("与") and text.startswith("比", end))
    ):
        return True
    if _BASIS_BEFORE.search(before) and not _BREAKS.match(text[end : end + 2]):
        return True
    return bool(_TIMES_BEFORE.search(before)) and text.startswith(("的", "全年的", "同期"), end)


def _of_old(match: re.Match[str], text: str) -> bool:
    """Whether 来年 is no year to come: 原来年产, 近来年轻人, 历来年均."""
    return match[0] == "来年" and text[max(0, match.start() - 1) : match.start()] in tuple("原近历以本未")


def _token(match: re.Match[str], text: str) -> Time | None:
    """The time that a match stands for; None for what only looks like one."""
    start, end = match.span()
    if match["ya"]:
        months = int(match["ma"] or 0), int(match["mb"] or 0)
        return Time(start, end, "span", int(match["ya"]), None, int(match["yb"]), *months)
    if match["plan"]:
        return _plan(match, text)
    if match["oldplan"]:
        first = _OLD_PLANS[match["oldplan"]]
        kind = _kind(match, text, match[0].endswith("末"), False)
        basis = kind == "basis" or re.match("增长|下降|提高|翻", text[end : end + 2])
        return Time(start, end, "basis" if basis else "span", first, None, first + 4)
    if match["ago"]:
        # 5年前，全村人均收入不足5000元
        return Time(start, end, "period", None, -_number(match["ago"]), explicit=False)
    if match["wn"]:
        return Time(start, end, "within", None, 0, _number(match["wn"]))
    if match["past"] or match["cn"]:
        return _years(match, text)
    if match["sinceyear"]:
        return Time(start, end, "vague")
    if match["now"]:
        if text[start - 1 : start] in ("由", "从") and start:
            return Time(start, end, "origin", None, 0)
        return Time(start, end, "now")
    if match["ctx"]:
        return Time(start, end, "period", explicit=False) if match["ctx"] != "年度" else None
    if match["day"]:
        return Time(start, end, "moment", day=int(match["day"]))
    if match["bare"]:
        return Time(start, end, "moment", year=int(match["bare"]))
    return _of_year(match, text)


def _plan(match: re.Match[str], text: str) -> Time:
    """“十四五” with what part of it is meant; the tenth plan began in 2001."""
    start, end = match.span()
    first = 2001 + 5 * _number(match["plan"])
    if _BASIS_BEFORE.search(text[max(0, start - 8) : start]) and not match["ptail"].endswith("以来"):
        return Time(start, end, "basis", first + 4)  # 较“十三五”时期增长148%
    tail = match["ptail"]
    if tail.startswith(("末", "期末", "收官")):
        return Time(start, end, _kind(match, text, True, False), first + 4)
    if tail == "以来":
        return Time(start, end, "since", first)
    if tail.endswith("年"):
        return Time(start, end, "span", first, None, first + _number(tail[-2]) - 1)
    return Time(start, end, "span", first, None, first + 4)


_OF_YEARS = "年的"


def _years(match: re.Match[str], text: str) -> Time:
    """近三年, 过去一年, 未来五年, 三年来."""
    start, end = match.span()
    past = match["past"] or ""
    count = _number(match["pn"] or match["cn"])
    if (match["pu"] and match["pu"] != "年") or text.startswith(_OF_YEARS, max(0, start - 2)):
        # 从2012到2020年的9年间: how long that was.
        return Time(start, end, "duration")
    if past.startswith(("未来", "今后", "此后", "接下来")):
        return Time(start, end, "within", None, 0, count)
    if past == "前" and not match["ptl"]:
        return Time(start, end, "duration")
    if past == "过去" and count == 1:
        return Time(start, end, "period", None, -1, explicit=False)
    if _RECORD.match(text[end : end + 6]):
        # 为近三年最快增速 sets the figure against these years, it is not about them.
        return Time(start, end, "basis")
    return Time(start, end, "span", None, 1 - count, 0)


def _of_year(match: re.Match[str], text: str) -> Time | None:
    """A year, or a part of one with its year or without."""
    start, end = match.span()
    prefix = "" if (match["y"] or match["cy"] or match["rel"]) else "b_"
    month, last, day, last_day, at_end = _part(match, prefix)
    year = int(match["y"]) if match["y"] else None
    if match["cy"]:
        year = int("".join("0" if c in "〇○零" else str(numerals.DIGITS[c]) for c in match["cy"]))
    offset: int | None = _REL[match["rel"]] if match["rel"] else None
    shift = 0
    if offset is not None and match["rel"].startswith(("上", "本")):
        # 上年 counts from the year that is spoken of, 去年 from the report's own.
        shift, offset = offset, None
    if match["rel"] == "今" and not month:
        return None
    if prefix and ((not month and match[0] != "年中") or match[0] in ("末", "底", "初", "终")):
        return None
    kind = _kind(match, text, at_end, bool(match[prefix + "tail"]))
    explicit = bool(year or offset is not None)
    return Time(start, end, kind, year, offset, None, month, last, day, last_day, explicit, shift)


def find(text: str) -> list[Time]:
    """The time expressions of a clean text, in order and never overlapping; durations are among them."""
    tokens = (_token(match, text) for match in _TIME.finditer(text) if not _of_old(match, text))
    found = [token for token in tokens if token is not None]
    taken = bytearray(len(text) + 1)
    for token in found:
        taken[token.start : token.end] = b"\1" * (token.end - token.start)
    for match in _DURATION.finditer(text):
        start, end = match.span()
        if taken.find(1, start, end) >= 0 or _GOOD_DAYS.search(text, max(0, start - 20), start):
            continue
        years = _COUNT.match(match[0]) if match["within"] and "年" in match[0] else None
        if years:
            found.append(Time(start, end, "within", None, 0, _number(years[0])))
        else:
            found.append(Time(start, end, "duration"))
    found.sort(key=lambda t: t.start)
    return found


def year_of(time: Time, reference: Reference, context: int | None) -> int:
    """The year that a token speaks of."""
    if time.year is not None:
        return time.year
    if time.offset is not None:
        return reference.year + time.offset
    if context is not None:
        return context + time.shift
    if time.shift:
        return reference.year + time.shift
    # In January a report that speaks of 1-12月 means the year before.
    if reference.month and time.last_month > reference.month and time.kind in ("period", "since"):
        return reference.year - 1
    return reference.year


def resolve(time: Time, reference: Reference, context: int | None = None) -> str | None:
    """The EDTF period of a token, or None where it names no period (durations, 近年来)."""
    if time.kind in ("duration", "vague", "moment", "basis"):
        return None
    if time.kind == "now":
        return f"../{reference}"
    year = year_of(time, reference, context)
    if time.kind == "within":
        last = reference.year + (time.last_year or 0) - reference.looks_back
        return f"{reference.year}/{last}"
    if time.kind == "span":
        return _span(time, reference, year)
    if time.kind == "since":
        this_year = time.explicit and year == reference.year
        first = f"{year}-{time.month:02}" if time.month else f"{year}-01" if this_year else f"{year}"
        return f"{first}/{reference}" if year != reference.year or reference.month else f"{year}"
    point = _point(year, time)
    if time.kind == "as-of":
        return f"../{point.split('/')[-1]}"
    return point


def _span(time: Time, reference: Reference, year: int) -> str:
    """Years from the first to the last; a report of a year's first months looks back on those before."""
    last = time.last_year or year
    if time.year is None:
        last = reference.year + (time.last_year or 0)
        if reference.looks_back:
            year, last = year - 1, last - 1
    if time.month and time.last_month:
        return f"{year}-{time.month:02}/{last}-{time.last_month:02}"
    return f"{year}/{last}" if year != last else f"{year}"


def _point(year: int, time: Time) -> str:
    if not time.month:
        return f"{year}"
    day = min(time.day, calendar.monthrange(year, time.month)[1])
    first = f"{year}-{time.month:02}" + (f"-{day:02}" if day else "")
    last_month = time.last_month or time.month
    last_day = min(time.last_day, calendar.monthrange(year, last_month)[1]) if time.last_day else 0
    last = f"{year}-{last_month:02}" + (f"-{last_day:02}" if last_day else "")
    return first if first == last else f"{first}/{last}"


@lru_cache(maxsize=1024)
def bounds(period: str | None) -> tuple[str | None, str | None]:
    """The first and last ISO day of an EDTF period; an open end is None."""
    if not period:
        return None, None
    first, _, last = period.partition("/") if "/" in period else (period, "", period)

    def day(text: str, end: bool) -> str | None:
        if text in ("..", ""):
            return None
        year, month, dom = (*(int(p) for p in text.split("-")), 0, 0)[:3]
        month = month or (12 if end else 1)
        dom = dom or (calendar.monthrange(year, month)[1] if end else 1)
        return f"{year:04}-{month:02}-{dom:02}"

    return day(first, False), day(last, True)
