"""What time a figure is about, from its clause outward to the report.

In: a paragraph's scope and a quantity in its sentence. Out: an EDTF period and the year that it names.
Refuses to guess: a figure without a date in a report without one has none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest import periods, phrase
from ingest.model import Quantity
from ingest.periods import LOOKING_BACK, UNDATED, Reference, Time
from ingest.wording import listed

if TYPE_CHECKING:
    from ingest.scope import ParagraphScope

LOOK_BACK = 24
"""Times before a figure that may concern it, counted back from it."""
REACH = 90
"""Characters before a figure that may say that its time is none: 每年, 曾经."""

_SAYS_MORE = re.compile(r"[^，、\s“：—]{9,}")
_SAYS = re.compile(r"[^，、\s“截至到在据了解统计：—]")
# 数据显示，1月…: who tells it is no part of what is told.
_TOLD = re.compile("[^，。]{0,16}(?:显示|表明|获悉|了解到|介绍|核算|通报)，")
_SPEAKER = re.compile("[^，。；“”\\d]{2,24}(?:介绍|表示|说|透露|告诉记者)，")
FAR = 20
"""Characters of a sentence that may say who tells before its time."""
_HAPPENED = re.compile(listed("happened"))
_DATED_DATA = re.compile("(?:的?数据|统计|末|底)?[)）]")
# 现有员工651人 in a text that told of the founding years before.
_HAS_NOW = re.compile(r"(?<![发实体呈])现(?:有|共有|拥有|已有|辖)[^，。；、\0]*$")
AHEAD = 12
"""Characters after a time in which 力争 may make it one to come."""
DONE = 6
"""Characters of a clause that tell more than who acts."""
NEAR = 24
"""Characters before a figure in which 现有 may stand."""
DATED = 14
"""Characters before 运营后 in which its date may be told."""
_YEAR_OF = re.compile(r"(?<!\d)((?:19|20)\d\d)年[^，。；]{0,8}$")
_SINCE_THEN = re.compile("已累计|去年")
_FOUNDED = re.compile("(?:成立|始建|创建|创办|组建|设立|注册|投产|开业|落户|建厂|建成|开工|筹建)于?$")
_BECAME = re.compile(
    r"[^，。\d]{0,12}(?:成立|升级|获批|设立|认定|更名|挂牌|批准|整合|晋升|组建|创建|始建|起步|奠基|建成|投入使用|投入运行|投入运营|投用|投运|竣工|开业|启用|开园|开馆|开港|落成|动工兴建|建县|撤县|改制|升格|纳入)[^，。\d]{0,24}$"
)
_ATTRIBUTE = re.compile(
    "度?(?:的)?(?:结转|续建|市级|省级|重点)?(?:项目|计划(?!投资|完成|实施|新|建|引|安排|开|再|用|将)|任务|预算|专项|工程)"
)
_LAUNCHED = re.compile("上线|启动|成立|启用|投用|开通|推出|揭牌|起步|起$")
_IN_TOTAL = re.compile("(?:已|累计)[^，。；\\d]{0,14}$")
# 运行2年以来
_FOR_YEARS = re.compile(
    "(?:运行|上线|运营|投用|成立|启用|开通|实施)[^，。；\\d]{0,3}[\\d一二两三四五六七八九十]{1,3}(?:个月|年|天)多?以?来"
)
_SINCE = re.compile("以来(?=，|$)")
_DAY = re.compile(r"(\d{1,2})月\d")
_AIMED = re.compile(r"力争|下一步|接下来|下阶段|今后|未来(?=[，几\d一二三五十将])")
_WILL = re.compile(
    "(?:我们|我[市县区省州]|全[市县区省州]|[^，。；]{2,6})?将(?![近军其原于这该以\\d一二三四五六七八九十“《])(?=[\u4e00-\u9fff]?[加持继推进实大全力围聚坚着打建培引开完启深积优强新重达突确落统抓])"
)
_BEYOND = re.compile(
    "下一步|下步|接下来|下阶段|今后|未来(?=[，几\\d一二三五十将])|远期|最终|(?:用|利用|通过)[\\d一二三四五六七八九十两几]{1,3}[年到至—-]"
)
_ONCE = re.compile("曾经|以前|此前|[改搬]造?前|原先|当初")
_UPON_COMPLETION = re.compile(
    f"(?:{listed('completion')})(?:(?:达产|投产|运营|使用)?[之以]?后|[^，。；]{{0,6}}，届时)"
)
PART = 120
"""Characters before a figure in which 达产后 may stand."""


def period(
    scope: ParagraphScope, quantity: Quantity, origin: bool, sized: bool, flow: bool, stands: bool
) -> tuple[str | None, int | None]:
    """The EDTF period of a figure and the year that it names, if it names one.

    `origin`: what it rose from; `sized`: a thing's size, which has no time; `flow`: what is done in a period;
    `stands`: what stands there at its end (五年来，…企业达到289家), which is as of the report.
    """
    position = quantity.start
    if upon_completion(scope, position):
        return None, None
    clause = scope.text[max(scope.starts[scope.clause(position)], position - REACH) : position]
    inside = scope.times_before(position)
    planned = bool(inside) and inside[-1].kind == "until" and inside[-1].end > position - REACH
    if ("每年" in clause[-30:] and not planned) or _ONCE.search(clause):
        return None, None
    if _HAS_NOW.search(clause[-NEAR:]):
        return f"../{scope.report.reference}", None
    if origin:
        own = [t for t in inside[-1:] if t.kind == "origin" and position - t.end <= 12]
        if not own and inside and inside[-1].kind == "span" and inside[-1].year and inside[-1].last_year:
            # 2018年到2022年，占比从17.9%提升到35.5%
            return str(inside[-1].year), None
        return (_resolved(scope, own[0])[0], None) if own else (None, None)
    if sized:
        return None, None
    at = bisect_left(scope.time_starts, position)
    after = scope.times[at] if at < len(scope.times) else None
    if after and after.start == quantity.end + 1 and _DATED_DATA.match(scope.text, after.end):
        # 12家（2023年数据）: a date in brackets right after the figure.
        return _resolved(scope, after)
    for time in reversed(inside):
        if time.kind == "vague":
            return f"../{scope.report.reference}", None
        since = time.kind == "period" and scope.text[max(0, time.start - 1) : time.start] in ("自", "从")
        if since and _SINCE.search(scope.text, time.end, scope.clause_end(time.end)):
            # 自1993年引进第一家企业以来，…
            return f"../{scope.report.reference}", None
        dates = time.kind not in ("duration", "basis", "moment", "origin")
        # 今年把2021年度项目完成后，…
        attribute = time is not inside[0] and _ATTRIBUTE.match(scope.text, time.end)
        if dates and not attribute and not _event(scope, time, position, flow):
            return _of_time(scope, time, position, stands)
    opened = scope.opening
    month = opened is not None and opened.last_month == opened.month > 0
    if opened is None or (month and not flow and _SPEAKER.match(scope.text, scope.sentence.start)):
        # 7月，…完成首单交易…。局长介绍，全县已开发…: what stands there is not of the month before.
        return _of_report(scope, flow, stands, position)
    period, year = _of_time(scope, opened, position, stands)
    text, start = scope.text, scope.sentence.start
    aimed = _AIMED.search(text, max(start, position - PART), position) or _WILL.match(text, start)
    # 2022年，…。下一步，力争…, told in 2023: what is aimed at lies in no year that is over.
    return (None, None) if aimed and year and year < scope.report.reference.year else (period, year)


def years_before(scope: ParagraphScope, position: int, count: int) -> list[int]:
    """The `count` years that stand in a row (2021年、2022年) or as a span (2020—2022年) before `position`;
    [] where they are no more and no fewer."""
    near = [t for t in scope.times_before(position) if t.kind in ("period", "span") and not t.month]
    if count < 2 or not near:
        return []
    last = near[-1]
    if last.kind == "span" and last.year and last.last_year and last.last_year - last.year + 1 == count:
        return list(range(last.year, last.last_year + 1))
    row = near[-count:]
    joined = all(scope.text[a.end : b.start] in ("、", "和", "与", "及", "，") for a, b in pairwise(row))
    years = [t.year for t in row if t.year and t.explicit]
    return years if joined and len(years) == count == len(row) else []


def to_come(scope: ParagraphScope, position: int, period: str | None) -> str | None:
    """The period of an aim without a date: the report's year; None where it lies beyond (下一步, 用三年)."""
    reference = scope.report.reference
    if period != f"../{reference}" or reference is UNDATED:
        return period
    beyond = _BEYOND.search(scope.text, max(scope.sentence.start, position - PART), position)
    return None if beyond else str(reference.year)


def _of_report(
    scope: ParagraphScope, flow: bool, stands: bool, position: int
) -> tuple[str | None, int | None]:
    """The time of a figure in a paragraph without one: the section's or the report's."""
    report, reference = scope.report, scope.report.reference
    if report.section_years and report.section_status == "target":
        return report.section_years, None
    if report.section_years and int(report.section_years[-4:]) <= reference.year:
        return (f"../{reference}" if stands else report.section_years), None
    year = report.section_year or report.reviewed or report.title_year
    if report.work_report and year == reference.year - 1 and any(s == "target" for _, s in scope.markers):
        # 主要预期目标是…: a sentence of aims in a work report is of the year that it is given in.
        year = reference.year
    if flow and report.running and (year is None or report.running.startswith(str(year))):
        return report.running, None
    near = [t for t in scope.times[:LOOK_BACK] if t.year in (None, reference.year) and not t.offset]
    today = any(t.day or 0 < t.last_month <= (reference.month or 0) for t in near)
    aimed = any(status == "target" and at < position for at, status in scope.markers)
    early = (reference.month or 12) <= 3 and not report.section_status
    if year is None and flow and early and not today and not aimed:
        # What a report of the first quarter tells of flows without a date is the year's before.
        year = reference.year - 1
    if year is None and flow and reference.month is None:
        year = reference.year
    return (str(year), year) if year is not None else (f"../{reference}", None)


def _of_time(scope: ParagraphScope, time: Time, position: int, stands: bool) -> tuple[str | None, int | None]:
    """The period that a time gives a figure; what a thing has brought since its first day is as of the report
    (2016年启动，累计修复1.2万亩; 运行2年以来，…)."""
    if time.kind == "period" and scope.clause(time.start) != scope.clause(position):
        said = scope.text[time.end : min(position, time.end + PART)].lstrip("，")
        low = max(scope.starts[scope.clause(position)], position - NEAR)
        total = _IN_TOTAL.search(scope.text, low, position)
        if _FOR_YEARS.search(said) or (total and _LAUNCHED.search(said.partition("，")[0])):
            return f"../{scope.report.reference}", None
    return _as_of(scope, time) if stands else _resolved(scope, time)


def _event(scope: ParagraphScope, time: Time, position: int, flow: bool) -> bool:
    """去年3月揭牌，…: the month of an event in a clause of its own says nothing of what stands there now."""
    if _FOUNDED.search(scope.text, max(0, time.start - 4), time.start):
        return True
    clause = scope.clause(time.start)
    in_year = time.year or (time.offset is None and not time.month)  # 2005年, 同年
    if time.kind == "period" and in_year and not flow and clause != scope.clause(position):
        # 2011年升级为国家级经开区，规划面积138平方公里
        rest = scope.masked[time.end : scope.starts[clause + 1] - 1]
        if not time.month and _BECAME.match(rest):
            return True
    one_month = time.kind == "period" and time.month and time.last_month == time.month
    if not one_month or clause == scope.clause(position):
        return False
    rest = scope.masked[time.end : scope.starts[clause + 1] - 1]
    if re.search(r"\d", rest):
        return False
    # What was done in a month dates the flows of that month, but nothing that stands there.
    return bool(_HAPPENED.search(rest)) or (not flow and len(rest.strip(phrase.BLANK)) >= DONE)


def speaks_of_completion(scope: ParagraphScope) -> bool:
    """Whether 达产后 or its like stands anywhere in the sentence."""
    return bool(_UPON_COMPLETION.search(scope.text, scope.sentence.start, scope.sentence.end))


def upon_completion(scope: ParagraphScope, position: int) -> bool:
    """达产后 and its like hold to the end of their part of the sentence, unless it was completed long ago
    (2018年正式运营后，已累计发电…)."""
    if not scope.completes:
        return False
    text = scope.text
    low = max(scope.sentence.start, position - PART)
    done = _UPON_COMPLETION.search(text, max(low, text.rfind("；", low, position)), position)
    if done is None:
        return False
    year = _YEAR_OF.search(text, max(low, done.start() - DATED), done.start())
    past = year is not None and int(year[1]) < scope.report.reference.year
    return not past and not _SINCE_THEN.search(text, done.end(), position)


def _resolved(scope: ParagraphScope, time: Time) -> tuple[str | None, int | None]:
    """The EDTF period of a time and the year it names, the same for all figures of a sentence."""
    key = (time.start, time.day)  # what opened the paragraph may stand without its day
    if key not in scope.resolved:
        reference, context = scope.report.reference, _context(scope, time)
        names_year = time.kind in ("period", "until", "as-of")
        year = periods.year_of(time, reference, context) if names_year else None
        scope.resolved[key] = periods.resolve(time, reference, context), year
    return scope.resolved[key]


def _as_of(scope: ParagraphScope, time: Time) -> tuple[str | None, int | None]:
    """The period of what stands there: several years that end with the report are as of its date."""
    period, year = _resolved(scope, time)
    reference = scope.report.reference
    review = time.kind == "span" and period and "/" in period and reference is not UNDATED
    ends = period[-4:] if review and period and period[-4:].isdigit() else ""
    return (
        (f"../{reference}", year)
        if ends in (str(reference.year), str(reference.year - 1))
        else (period, year)
    )


def running(times: Iterable[Time], reference: Reference) -> str | None:
    """The months that a brief is about, as EDTF, from the times of its lead: one of 1-7月 speaks of these
    months wherever it names no others."""
    for time in times:
        cumulated = time.kind == "period" and time.month == 1 < time.last_month <= (reference.month or 12)
        if cumulated and periods.year_of(time, reference, None) == reference.year:
            return periods.resolve(time, reference)
    return None


def enter(scope: ParagraphScope) -> None:
    """Note the year that a bureau's head tells of early in the next: 2023年，…; it holds in the section until
    another year opens a sentence."""
    report = scope.report
    if not report.interview or (report.reference.month or 1) > LOOKING_BACK:
        return
    for time in scope.times[scope.early : scope.early + 3]:
        outside = time.start >= scope.sentence.end
        if outside or _SAYS_MORE.search(scope.text, scope.sentence.start, time.start):
            return
        if time.kind == "period" and time.explicit and not time.month:
            year = periods.year_of(time, report.reference, None)
            report.reviewed = year if year == report.reference.year - 1 else None
            return


def opening(scope: ParagraphScope) -> Time | None:
    """The time that holds in the paragraph before this sentence: the last that opened a sentence."""
    earlier = scope.times[max(0, scope.early - LOOK_BACK) : scope.early]
    if not earlier:
        return None
    for time in reversed(earlier):
        if time.kind in ("period", "as-of", "now", "since", "span") and _opens(scope, time):
            if _single_event(scope, time):
                continue
            return time.without_day() if time.day else time
    return None


def _single_event(scope: ParagraphScope, time: Time) -> bool:
    """2003年6月，…改制为…。: a month or a day whose own sentence tells no figure dates none after it."""
    if time.kind != "period" or not time.month or time.last_month != time.month:
        return False
    sentences = scope.paragraph.sentences
    at = bisect_left(sentences, time.end, key=lambda s: s.end)
    end = sentences[at].end if at < len(sentences) else time.end
    comma = scope.masked.find("，", time.end, end)
    if comma >= 0 and _HAPPENED.search(scope.masked, time.end, comma):
        return True
    return not any(c.isdigit() for c in scope.masked[time.end : end])


def _opens(scope: ParagraphScope, time: Time) -> bool:
    """Whether a time opens its sentence, but for 截至, “ and their like."""
    text, sentences = scope.text, scope.paragraph.sentences
    at = bisect_right(sentences, (time.start, len(text))) - 1
    opens = sentences[at].start if at >= 0 else -1
    if opens < max(0, time.start - FAR):
        return False
    lead = _TOLD.match(text, opens, time.start)
    return not _SAYS.search(text, lead.end() if lead else opens, time.start)


def _context(scope: ParagraphScope, time: Time) -> int | None:
    """The year that a time without one belongs to."""
    if time.year is not None or time.offset is not None:
        return None
    report = scope.report
    at = bisect_left(scope.time_starts, time.start)
    kinds = ("period", "as-of", "since", "until")
    before = [
        t
        for t in scope.times[max(0, at - LOOK_BACK) : at]
        if t.explicit and t.kind in kinds and (t.year is not None or t.offset is not None)
    ]
    recent = (report.reference.month or 0) - time.last_month
    years = [periods.year_of(t, report.reference, None) for t in before if t.start >= scope.sentence.start]
    if same := [y for y in years if y <= report.reference.year]:
        return same[-1]
    ahead = any(status != "actual" and at < time.end + AHEAD for at, status in scope.markers)
    told = [periods.year_of(t, report.reference, None) for t in before[-1:]]
    if not time.month and told == [report.reference.year - 1] and _reckoned(scope, time):
        # 回顾2024年，…。全年预计完成…, told in January.
        return told[0]
    if ahead and (time.last_month or 12) >= (report.reference.month or 12) and not report.section_year:
        # 去年以来，…。下半年力争…: what is aimed at lies ahead of the report, whatever year was told before.
        return max([report.reference.year, *told])
    if time.last_month > time.month and -3 <= recent <= (2 if time.month == 1 else 3):
        # 1-10月 in a report of November is this year's, whatever year the paragraph began with.
        return report.reference.year
    year_end = time.month == 0 or (time.month == 12 and time.kind == "as-of")
    if before and (year_end or before[0].start <= 12):
        nearest = before[-1] if year_end else before[0]
        return periods.year_of(nearest, report.reference, None)
    year = report.section_year or report.reviewed or report.title_year
    return _undated(scope, time, year_end) if year is None and not time.explicit else year


def _reckoned(scope: ParagraphScope, time: Time) -> bool:
    """Whether the year that is over is still being reckoned up: 全年预计 in the first months of the next."""
    near = (status for at, status in scope.markers if at < time.end + AHEAD)
    early = (scope.report.reference.month or 12) <= LOOKING_BACK
    return early and all(status == "forecast" for status in near)


def _undated(scope: ParagraphScope, time: Time, year_end: bool) -> int | None:
    """The year of 全年, 年内 or 年末 where nothing before tells it; None where it may be the report's own."""
    reference = scope.report.reference
    month = reference.month or 12
    said = scope.text[time.start : time.end + 1]
    if said.startswith("年内") or said.endswith("前"):
        return reference.year
    if day := _DAY.match(said):
        # 3月15日，…签约。其中…: the year of the day that opened the paragraph.
        return reference.year if int(day[1]) <= month else reference.year - 1
    planned = any(status != "actual" for at, status in scope.markers if at < time.end)
    # In the first quarter 全年 without a year is the year before, and so is 年末 in the first half.
    if year_end and not planned and (month <= 3 or (month <= 6 and time.kind == "as-of")):
        return reference.year - 1
    return None
