"""When a report speaks: the date that 今年 and 目前 are resolved against.

In: the paragraphs with their times. Out: an EDTF date and where it came from: dateline, else the latest
date that the text itself speaks of as past or present, a year whose plans it opens with included. Refuses
to guess: a text without any date has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.model import Paragraph
from ingest.periods import Reference, Time
from ingest.wording import listed

_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*(?:年|[-/.])\s*(1[0-2]|0?[1-9])(?!\d)\s*(?:(?:月|[-/.])\s*(3[01]|[12]\d|0?[1-9])(?!\d|月)日?|月)"
)
# 更新时间：2010-1-19 in a line that goes on with the text itself.
_LABELLED = re.compile(
    r"(?:(?:发布|更新|发稿|发表|上传|刊发|刊登|出版)(?:时间|日期)|(?<!\w)(?:时间|日期))\s*[:：]\s*$"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
# date: Tue, 26 Apr 2022 05:13:25 GMT, as feeds have it; Apr 26, 2022
_ENGLISH = re.compile(
    rf"(?i:date|published|发布|时间)[^\n]{{0,12}}?\b(?:(?P<day>\d{{1,2}}) (?P<month>{_MONTH})[a-z]* "
    rf"|(?P<month2>{_MONTH})[a-z]* (?P<day2>\d{{1,2}}),? )(?P<year>20\d\d)\b"
)
# 29.08.2016 14:39 at the head of a page
_DOTTED = re.compile(r"(3[01]|[12]\d|0?[1-9])\.(1[0-2]|0?[1-9])\.((?:19|20)\d\d)(?:\s+\d{1,2}:\d\d)?$")
_LINE_OF_DATE = re.compile(listed("dateline"))
_FUTURE_BEFORE = re.compile(
    "(?:(?<!截止)(?<!截至)到|力争|争取|计划|规划|拟|目标|预计|将|确保|展望|有望|可望|年均|截至(?!到)|自|从|根据|按照)[^，。；]{0,3}$"
)
_FUTURE_AFTER = re.compile(
    r"[底末中初]?前|(?!度?计划(?:完成)?投资)[^，。]{0,4}(?:将|力争|计划|(?<![主重需必首])要|实施|施行)|[^，。]{0,8}(?:是否|能否|有望|可望)"
)
_NOT_DATED = re.compile(r"^\s*(?:[\[【(（]?\d{1,2}[\]】)）、.]|注|附|截至|数据)")
_GOES_ON = re.compile(r"[^)）]{0,3}[\u4e00-\u9fff]{5}")
_NAME = re.compile(r"[《“][^《》“”]{0,60}[》”]")
_STAMPED = re.compile(r"(?:\s+\d{1,2}:\d\d(?::\d\d)?)?\s*[，,;；|｜]|\s+[^\s至到—~～-]")
_ENDS = re.compile(r"(?:\s+\d{1,2}:\d\d(?::\d\d)?)?\s*")
HEAD, TAIL = 14, 6
LEAD = 4
_WORK_REPORT = re.compile(
    r"[^，。]{0,24}?((?:19|20)\d\d)年?[^，。\d]{0,16}政府工作报告\W{0,4}(?:[（(][^，。]{0,20}[)）])?$"
)
# 2021年11月统计月报: the month that something tells of.
_TELLS_OF = re.compile("[份\u4e00-\u9fff]")
LONGEST_DATELINE = 80
LONGEST_LEAD = 300
"""Characters of a text in which the agency's line and the event that it reports stand."""
_WIRE = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(3[01]|[12]\d|[1-9])日(?:电|讯|消息|，?记者)")
# 近日印发《…实施方案(2023-2030年)》
_OF_PLAN = re.compile(
    r"(?:印发|出台|发布|制定)了?[^。《》]{0,12}《?[^。《》]{0,40}(?:方案|计划|规划)[(（](20[0-4]\d)[-—至]20\d\d年?[)）]"
)
_SENTENCE_END = re.compile("[。；！？]")
_OTHER_YEARS = re.compile("[去今上]年")
# 《2023 年某市国民经济和社会发展统计公报》显示
_BULLETIN = re.compile(r"《(20[0-4]\d)\s?年[^《》。]{0,24}公报》")
_OF_EVENT = re.compile(
    r"(?<![\d.])(20[0-4]\d)(?=(?![年多余万亿])[\u4e00-\u9fff·\d]{0,20}?(?:会|节|展|论坛|大赛|活动|周))"
)


def reference(paragraphs: Sequence[Paragraph], times: Sequence[Sequence[Time]]) -> tuple[str | None, str]:
    """The reference date as EDTF and its basis: `dateline`, `text` or `none`."""
    line, year = _dateline(paragraphs), _report_year(paragraphs)
    if line and not (year and int(line[:4]) > year):
        return line, "dateline"
    latest = _latest(paragraphs, times)
    if year and not (latest and int(latest[:4]) == year):
        return str(year), "text"
    if latest or line:
        return latest or line, "text" if latest else "dateline"
    if wired := _wired(paragraphs):
        return wired, "text"
    return None, "none"


def _wired(paragraphs: Sequence[Paragraph]) -> str | None:
    """The day of an agency's line without a year (8月8日电), in the year of the event (2023某某博览会) or of
    the plan (2023-2030年) that it tells of; the year of a bulletin that it quotes."""
    lead = "\n".join(p.text for p in paragraphs[:LEAD])[:LONGEST_LEAD]
    day = _WIRE.search(lead)
    if not (day or _OTHER_YEARS.search(lead)) and (bulletin := _BULLETIN.search(lead)):
        return bulletin[1]
    years = {int(year) for year in _OF_EVENT.findall(lead) or _OF_PLAN.findall(lead)}
    return str(Reference.of(years.pop(), int(day[1]), int(day[2]))) if day and len(years) == 1 else None


def _report_year(paragraphs: Sequence[Paragraph]) -> int | None:
    """The year of a government's work report that says so in its title: it is given when the year begins,
    whatever later date a page bears."""
    found = (_WORK_REPORT.match(p.text.strip()) for p in paragraphs[:LEAD])
    return next((int(match[1]) for match in found if match), None)


def _dateline(paragraphs: Sequence[Paragraph]) -> str | None:
    """A date in a line of its own at the head or the foot, or beside 发布时间, 来源, 在…会议上."""
    for paragraph in paragraphs[:HEAD]:
        if english := _ENGLISH.search(paragraph.text[:LONGEST_DATELINE]):
            day, name = int(english["day"] or english["day2"]), english["month"] or english["month2"]
            return str(Reference.of(int(english["year"]), _MONTHS.index(name[:3].lower()) + 1, day))
    for paragraph in [*paragraphs[:HEAD], *paragraphs[HEAD:][-TAIL:]]:
        text = paragraph.text.strip()
        if dotted := _DOTTED.match(text):
            return str(Reference.of(int(dotted[3]), int(dotted[2]), int(dotted[1])))
        match = _DATE.search(text[: LONGEST_DATELINE * 2])
        if not match or _NOT_DATED.match(text) or _FUTURE_BEFORE.search(text[: match.start()]):
            continue
        if not match[3] and _TELLS_OF.match(text, match.end()) and paragraph.kind == "body":
            continue
        labelled = bool(_LABELLED.search(text[max(0, match.start() - 8) : match.start()]))
        # 2023-07-21，正文：… as collections of pages stamp them
        stamped = (
            not match.start() and match[3] and "年" not in match[0] and _STAMPED.match(text, match.end())
        )
        # 首页 > 新闻 > 社会 2023-08-14 10:30: what ends the trail of links over an article
        stamped = stamped or (
            paragraph.kind == "boilerplate" and match[3] and _ENDS.fullmatch(text, match.end())
        )
        alone = len(text) - len(match[0]) <= 12 and not _GOES_ON.match(text, match.end())
        line = len(text) <= LONGEST_DATELINE and paragraph.kind != "title"
        if alone or labelled or stamped or (line and _LINE_OF_DATE.search(text)):
            return str(Reference.of(int(match[1]), int(match[2]), int(match[3]) if match[3] else None))
    return None


@dataclass(slots=True)
class _Told:
    """The dates that a text tells: of its own time, of what may be to come, as the end of a plan, any year;
    and the months and days without a year."""

    own: list[tuple[int, int, int]] = field(default_factory=list)
    weak: list[tuple[int, int, int]] = field(default_factory=list)
    planned: list[tuple[int, int, int]] = field(default_factory=list)
    spans: list[tuple[int, int, int]] = field(default_factory=list)
    plans: list[int] = field(default_factory=list)
    loose: list[tuple[int, int]] = field(default_factory=list)
    events: list[tuple[int, int, int]] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    since: list[int] = field(default_factory=list)
    any: list[int] = field(default_factory=list)

    def note(self, time: Time, text: str, named: bool) -> None:
        """Take in one time of a paragraph; `named` where it is part of a name."""
        if _GAMES.match(text, time.end):
            return
        said = text[time.start : time.end]
        plan = "五" in said and "十" in said
        if time.year is not None:
            self._note_year(time, text, named, plan)
        if plan or named or time.kind not in ("period", "as-of", "since", "moment") or _future(text, time):
            return
        if time.year is not None:
            date = (time.year, time.last_month or time.month, time.last_day or time.day)
            (self.weak if _COMPLETION.match(text, time.end) else self.own).append(date)
        elif _OF_OLD.search(text, max(0, time.start - 5), time.start):
            return  # 1404年12月23日
        elif time.month and not time.offset and (time.kind == "period" or said[0].isdigit()):
            self.loose.append((time.last_month, time.last_day or 0))

    def _note_year(self, time: Time, text: str, named: bool, plan: bool) -> None:
        """Take in a time with a year, in a `plan` its first."""
        year = time.year or 0
        if named and time.kind == "span":
            self.named.append(year)
        if named and time.kind == "period" and _HELD.match(text, time.end):
            self.events.append((year, 0, 0))
        if time.kind != "basis":
            self.any.append(time.last_year or year + 4 * plan)
        if plan:
            self.plans.append(time.last_year or year + 4)
        if time.kind == "span" and time.last_year and not plan:
            past = _PAST_SPAN.match(text, time.end)
            if past or not (_FUTURE_BEFORE.search(text[: time.start]) or _INTENDED.search(text, time.end)):
                (self.weak if past else self.spans).append((time.last_year, 0, 0))
        if _YEARS_PLAN.match(text, time.end):
            self.planned.append((year, 0, 0))
        if time.kind == "until" and _ROSE_TO.search(text[max(0, time.start - ROSE) : time.start]):
            self.own.append((year, time.last_month, time.last_day))
        if time.kind == "since":
            self.since.append(year)
            if _TO_DATE.match(text, time.end):
                self.own.append((year, time.last_month or time.month, 0))

    def years(self, paragraphs: Sequence[Paragraph]) -> list[tuple[int, int, int]]:
        """The surest dates with a year; without any, what plans and averages imply."""
        if self.own or self.weak or self.planned:
            return self.own or self.weak or self.planned
        if self.spans or self.events:
            return self.spans or self.events
        if self.any and any(_FIVE_YEARS.search(p.text) for p in paragraphs):
            return [(max(self.any), 0, 0)]
        if self.plans and any(_FIVE_YEARS.search(p.text) for p in paragraphs):
            return [(max(self.plans), 0, 0)]
        if self.since and not self.loose:
            return [(max(self.since), 0, 0)]
        averaged = any(_TWO_YEARS.search(p.text) for p in paragraphs)
        return [(_AFTER_TWO_YEARS, 0, 0)] if averaged else []


def _latest(paragraphs: Sequence[Paragraph], times: Sequence[Sequence[Time]]) -> str | None:
    told = _Told()
    for paragraph, tokens in zip(paragraphs, times, strict=True):
        if paragraph.kind == "boilerplate":
            continue
        text = paragraph.text
        names = [m.span() for m in _NAME.finditer(text)] if "《" in text or "“" in text else []
        for time in tokens:
            told.note(time, text, any(a <= time.start < b for a, b in names))
    years = told.years(paragraphs)
    if not years:
        return None
    year = max(y for y, _, _ in years)
    if (issued := max(told.named, default=0)) - year >= LONG_AGO:
        # 《…行动方案（2023-2025年）》: the years before it only tell a history.
        return str(Reference.of(issued, *max(told.loose, default=(0, 0))))
    return _within(paragraphs, times, told, [(m, d) for y, m, d in years if y == year], year)


def _within(
    paragraphs: Sequence[Paragraph],
    times: Sequence[Sequence[Time]],
    told: _Told,
    dated: list[tuple[int, int]],
    year: int,
) -> str:
    """The latest date of the last year that is told, by its months and days and those without a year; of the
    next year where that one is over."""
    month = max(told.loose, default=(0, 0))[0]
    whole = not max(dated)[0] and year in told.any
    over = _same_months(times, year) or (
        whole and (_looks_back(paragraphs, times, year) or _whole_year(paragraphs, times, year, month))
    )
    if month and over:
        return str(Reference.of(year + 1, *max(told.loose)))
    if not month and max(dated)[0] and _whole_year(paragraphs, times, year, 1):
        return str(year)  # 2024年5月，…。2024年，全省接待游客…，增长8%
    before = {t.month for found in times for t in found if t.year == year - 1}
    loose = [(m, d) for m, d in told.loose if not (m > max(dated)[0] > 0 and m in before)]
    return str(Reference.of(year, *max(dated + loose)))


def _same_months(times: Sequence[Sequence[Time]], year: int) -> bool:
    """Whether 去年 means that year: 2021年1-11月 and 去年1-11月 are told of side by side."""
    tokens = [t for found in times for t in found if t.kind == "period" and t.month]
    named = {(t.month, t.last_month) for t in tokens if t.year == year}
    return any(t.offset == -1 and (t.month, t.last_month) in named for t in tokens)


def _looks_back(paragraphs: Sequence[Paragraph], times: Sequence[Sequence[Time]], year: int) -> bool:
    """Whether the last year that the text names is over: 今年 tells of months, it only of a whole year."""
    if any(_set_against(p, found, year) for p, found in zip(paragraphs, times, strict=True)):
        return True
    this_year = False
    for paragraph, tokens in zip(paragraphs, times, strict=True):
        for time in tokens:
            if time.offset == -1 and time.kind == "period":
                return False
            if time.offset == 0 and time.kind in ("period", "since") and time.month:
                this_year = True
            if time.year == year and _CURRENT.match(paragraph.text, time.end):
                return False
            if time.year == year - 1 and time.kind == "as-of" and time.month == 12:
                # What there was 截至2021年底 is told in 2022, not later.
                return False
    return this_year


def _set_against(paragraph: Paragraph, times: Sequence[Time], year: int) -> bool:
    """Whether a sentence tells of the year and then of this one: 2022年…，今年上半年就有6000万元."""
    for told, now in pairwise(times):
        later = now.offset == 0 and now.kind == "period" and now.month
        if told.year == year and told.kind == "period" and not told.month and later:
            between = paragraph.text[told.end : now.start]
            if not (_SENTENCE_END.search(between) or _CURRENT.match(between)):
                return True
    return False


def _whole_year(
    paragraphs: Sequence[Paragraph], times: Sequence[Sequence[Time]], year: int, month: int
) -> bool:
    """Whether a report of a day without a year tells what a whole year brought, which then is over:
    1月25日电, 2021年全年；9月22日, 2020年数字经济规模达1.15万亿元."""
    if month > LAST_MONTH:
        return False
    results = (_RESULT, _WHOLE_RESULT) if month <= EARLY else (_RESULT,)
    for paragraph, tokens in zip(paragraphs, times, strict=True):
        for time in tokens:
            whole = time.year == year and not time.month and time.kind == "period"
            said = paragraph.text[max(0, time.start - BEFORE) : time.start]
            told = whole and any(result.match(paragraph.text, time.end) for result in results)
            if told and not _PROPOSED.search(said):
                return True
    return False


LONG_AGO = 3
"""Years between the last that a text tells and the first of a plan that it names, which is then nearer."""
BEFORE = 24
"""Characters before a year that may say that its figures are proposed."""
_PROPOSED = re.compile("(?:提出|目标|力争|争取|确保|计划|安排|预期|展望|到)[^。；]*$")
LAST_MONTH = 10
"""Later in a year its figures are told as if it were over."""
_RESULT = re.compile(
    r"(?:全年)?(?![^。；]{0,60}(?:将|力争|确保|争取|目标|预计|计划|拟|预期|安排|要|以上|左右))"
    r"[^。；]{0,60}?(?:增长|下降)[^，。；\d]{0,4}\d"
)
EARLY = 3
"""Months of a year in which the results of the year before come out."""
# 2月9日，统计局发布2021年各市州地区生产总值
_WHOLE_RESULT = re.compile(
    r"(?:全年|度)?(?![^。；]{0,60}(?:将|力争|确保|争取|目标|预计|计划|拟|预期|安排|要|以上|左右))(?!前|[上下]半年|[一二三]季度)"
    "[^。；]{0,24}?(?:GDP|生产总值|增加值|财政收入|预算收入|进出口|可支配收入|固定资产投资|零售总额|经济总量|经济运行|经济数据)"
)
ROSE = 40
"""Characters before a year that may say that a figure has risen to what it was then."""
# 从2022年的6家增至2025年的12家
_ROSE_TO = re.compile(
    "(?<!将)(?<!要)[从由](?:(?!将|力争|计划|目标|预计|确保|争取)[^。；])*年(?:(?!将|力争|计划|目标|预计|确保|争取)[^。；，])*"
    "(?:增|升|降|增加|增长|提升|提高|扩大|缩小|收窄|压减|发展|跃升|下降|减少|攀升)[至到]$"
)
# 获得2022年冬奥会举办权: a name, and it may lie far ahead.
_GAMES = re.compile(
    "(?:第[一二三四五六七八九十\\d]+届)?(?:冬季?|夏季?)?(?:奥运|奥林匹克|残奥|冬奥|亚运|全运|大运|世博|世园|世界杯)"
)
_OF_OLD = re.compile(r"\d年$")
# 自2015年12月上线以来
_TO_DATE = re.compile("[^，。；\\d]{0,14}以来")
# 8月9日，在“2023年…系列新闻发布会”上
_HELD = re.compile("[^《》。]{2,70}?(?:发布会|大会|推介会|论坛|大赛|博览会|会议|活动)")
# 2016年至2018年，分别完成…: years that are over where nothing is intended in the sentence.
_INTENDED = re.compile("[^。；]{0,80}(?:将|力争|确保|争取|目标|规划|拟|计划)")
# A month in which something is completed may be to come: it dates a report only where nothing else does.
_COMPLETION = re.compile("[^，。；]{0,6}(?:建成|竣工|投产|投用|完工|交付|运营|通车|达产|封顶|开通|启用|试运)")
# 与2017年计划目标持平: the year whose plan is being met.
_YEARS_PLAN = re.compile("度?(?:计划|预期|发展|工作|经济)?(?:目标|任务|计划)")
# “十四五”以来… 五年来…: looked back on when it ends.
_FIVE_YEARS = re.compile("五年来|这五年|过去五年")
# 2012年至2021年的10年间
_PAST_SPAN = re.compile("的?(?:[十百\\d]{1,3}年)?(?:间|来)")
# The Bureau of Statistics gave averages over two years, with 2019 as their base, in 2021 alone.
_TWO_YEARS = re.compile("两年平均(?:增长|增速)")
_AFTER_TWO_YEARS = 2021
_CURRENT = re.compile(
    r"[以来]|[^，。]{2,24}?(?:开赛|开幕|举行|召开)|是|初|第|，[^，。]{0,8}(?:是|正|将)|[^，。]{0,2}(?:开年|伊始)|\d|度?计划|到来"
)


def _future(text: str, time: Time) -> bool:
    """Whether a date is spoken of as to come; a sentence that opens with a year tells that year's plans, and
    so does what a project is to take in it (该项目2021年计划投资7500万元)."""
    if _FUTURE_BEFORE.search(text[max(0, time.start - 8) : time.start]):
        return "截至" not in text[max(0, time.start - 4) : time.start]
    after = _FUTURE_AFTER.match(text, time.end)
    if not after:
        return False
    opens = time.start == 0 or text[time.start - 1] in "。！？\n“"
    return not (opens and time.month == 0)
