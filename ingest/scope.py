"""What a figure inherits from where it stands: whose it is, what time it is about, how firm it is.

In: a paragraph with its times and names, the report's reference date and district. Out: the subject, period
and status that hold at a position. Scopes, narrowest first: clause, sentence, paragraph, section, report.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest import periods
from ingest.model import Name, Paragraph, Span, Status, SubjectType
from ingest.periods import Reference, Time


class Subject(NamedTuple):
    """Whose figure it is: the name as the report has it, its type, and its entity's id where it has one."""

    name: str
    type: SubjectType
    id: str | None


@dataclass(slots=True)
class ReportScope:
    """What holds for a whole report. `enclosing` tells the district that 全市 or 我区 means here."""

    reference: Reference
    home: Subject
    enclosing: Callable[[str], Subject | None]
    entity_name: Callable[[str], str]
    year: int | None = None
    section: str = ""
    section_subject: Subject | None = None
    section_year: int | None = None
    section_status: Status | None = None
    last_park: Subject | None = None
    last_enterprise: Subject | None = None
    last_institution: Subject | None = None
    last_initiative: Subject | None = None

    def set_title(self, title: str | None) -> None:
        """A title that names a year (2023年…统计公报) gives the report's figures that year."""
        years = [int(y) for y in _HEAD_YEAR.findall(title or "")]
        if len(years) == 1 and years[0] <= self.reference.year:
            self.year = years[0]


class Mark(NamedTuple):
    """A place in a paragraph that names a possible subject."""

    start: int
    end: int
    subject: Subject


_ANAPHOR = re.compile(
    r"(?P<district>[全我该本](?:区|市|县|省|州|旗|盟|镇|乡|街道|国)(?![域级长委内外政直属集人区企的]?[长委府协联])|[区市县省](?=内))"
    r"|(?P<park>(?:该|本|全)?园区|(?:我|本|该|全)?(?:高新区|经开区|开发区|新区|工业园|产业园|示范区|保税区|自贸区|物流园)(?![\u4e00-\u9fff]?[管发]))"
    r"|(?P<enterprise>(?:该|本|我们|这家)?公司(?!法)|该企业|这家企业|集团(?!军)|该厂)"
    r"|(?P<institution>该(?:院|校|中心|所|研究院|实验室|医院|平台|机构)|这家(?:研究院|机构|医院))"
    r"|(?P<initiative>(?:该|这一|这个|本)项目|项目(?=总投资|计划|占地|建成|全部|达产|投产|一期|二期|规划|用地|建设|预计|完工|竣工|全面))"
)
# A name after one of these is an object, a place or a yardstick, not the holder of the figures that follow.
_OBJECT = re.compile(
    r"(?:引进|引入|与|和|同|向|对|为|居|占|比|较|在|来自|由|给|到|赴|从|于|获|被|经|据|以|如|聘请|联合|依托|围绕|走进|进入|抵达|驶出|出口|对接|签约|落户|入驻|位列|位居|列|名列|排名|按照|根据|"
    r"其中|包括|建设|打造|创建|争创|支持|推动|加快|推进|服务|融入|承接|招引|培育|带动|覆盖|辐射|连接|通过|实施|出台|开展|举办|制定|编制|获得|荣获|入选|获评|认定|至|是|成为|作为|"
    r"跻身|领跑|超过|不及|快于|高于|低于|辐射|供应|接|链接|成立|设立|组建|召开|贯彻|落实|用|将|把|使|让|因|每|提升|发展|壮大|聚焦|紧扣|构建|推广|集聚|主导|全国|共建|新建|签订|签署|印发|纳入|列入|投资)$"
)
_NOT_SUBJECT_AFTER = re.compile(
    r"(?:第[一二三四五六七八九十\d]|前[一二三四五六七八九十\d列茅]|唯一|首[个家批台条次创届座]|率先|最|平均|排名|范围内|领先|占比|一流|知名|各[地级界族]|人大|两会|经济工作会|[一二三四五六七八九十]+届|共识|迄今|目前唯一|有影响|性的|上下(?:要|全|坚)|首位|先进|先列|中上游|的?\d+%|重点)"
)
_CLAUSE = re.compile(r"[，；。：！？\n]")
_PREFIX = re.compile(
    r"^(?:[\s\0“”\"'‘’《》()·—\-、●■◆]|其中|另外|此外|同时|并且|而且|并|且|而|还|又|也|再|已经?|累计|截至|截止|目前|近年来|以及|及|和|与|仅|今|特别是|尤其是|值得一提的是|作为|位于|地处|据了解|据统计|据介绍|据悉|数据显示|了解到|获悉|"
    r"统计显示|预计|力争|确保|在|当前|如今|现在|推动|实现|到|自|从|以来|末|底|初|期间|全年|的|是|使|让|由|年|走进|[一二三四五六七八九十]是|[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|记者从|从|来到|介绍|表示|说|方面|以|按照|随着|对于|帮助|支持|成功|将|要)*$"
)


def clause_starts(text: str, sentence: Span) -> list[int]:
    """Where the clauses of a sentence begin, clean offsets."""
    return [sentence.start, *(m.end() for m in _CLAUSE.finditer(text, sentence.start, sentence.end))]


@dataclass(slots=True)
class ParagraphScope:
    """The subjects, times and markers of one paragraph, ready to be asked at any position."""

    paragraph: Paragraph
    report: ReportScope
    times: Sequence[Time]
    marks: list[Mark] = field(default_factory=list)
    blanked: str = ""
    topic: Subject | None = None

    @classmethod
    def of(cls, paragraph: Paragraph, report: ReportScope, times: Sequence[Time], names: Sequence[Name]) -> ParagraphScope:
        scope = cls(paragraph, report, times)
        text = paragraph.text
        marks = [Mark(n.start, n.end, Subject(report.entity_name(n.id), n.kind, n.id)) for n in names]
        taken = bytearray(len(text) + 1)
        for mark in marks:
            taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
        for match in _ANAPHOR.finditer(text):
            if taken.find(1, match.start(), match.end()) >= 0:
                continue
            subject = scope._anaphor(match)
            if subject:
                marks.append(Mark(match.start(), match.end(), subject))
        # The longest name at a place holds; a name inside another is its part.
        marks.sort(key=lambda m: (m.start, -m.end))
        kept: list[Mark] = []
        for mark in marks:
            if not kept or mark.start >= kept[-1].end:
                kept.append(mark)
        scope.marks = kept
        chars = list(text)
        for time in times:
            if time.kind != "basis" or True:
                chars[time.start : time.end] = "\0" * (time.end - time.start)
        scope.blanked = "".join(chars)
        return scope

    def _anaphor(self, match: re.Match[str]) -> Subject | None:
        report = self.report
        if match["district"]:
            return report.enclosing(match["district"])
        if match["park"]:
            last = report.section_subject if report.section_subject and report.section_subject.type == "park" else report.last_park
            word = match["park"].lstrip("该本全我")
            if last and (word == "园区" or last.name.endswith(word) or word in last.name):
                return last
            return last if word == "园区" else Subject(word, "park", None)
        if match["enterprise"]:
            return report.last_enterprise
        if match["institution"]:
            return report.last_institution
        return report.last_initiative

    # ---- subject ----

    def _strong(self, mark: Mark, start: int) -> bool:
        text = self.paragraph.text
        if _NOT_SUBJECT_AFTER.match(text, mark.end):
            return False
        prefix = self.blanked[start : mark.start]
        for other in self.marks:
            if start <= other.start < mark.start:
                a, b = other.start - start, other.end - start
                prefix = prefix[:a] + "\0" * (b - a) + prefix[b:]
        return bool(_PREFIX.match(prefix))

    def subject(self, sentence: Span, starts: Sequence[int], position: int) -> tuple[Subject, int] | None:
        """The subject that the sentence itself gives for a figure at `position`, and where its mark ends."""
        clause = bisect_right(starts, position) - 1
        while clause >= 0:
            start = starts[clause]
            end = starts[clause + 1] if clause + 1 < len(starts) else sentence.end
            found: Mark | None = None
            for mark in self.marks:
                if mark.start < start or mark.start >= min(end, position):
                    continue
                if self._member(mark, position):
                    continue
                if self._strong(mark, start):
                    found = mark
                elif found is None and not _OBJECT.search(self.paragraph.text, max(start, mark.start - 6), mark.start) \
                        and self.paragraph.text[mark.end : mark.end + 1] in ("的", "，", "共", "已", "累", "实", "完", "现") \
                        and not _NOT_SUBJECT_AFTER.match(self.paragraph.text, mark.end) and mark.subject.type != "district":
                    found = mark
            if found:
                return found.subject, found.end
            clause -= 1
        return None

    def _member(self, mark: Mark, position: int) -> bool:
        """A、B等6家 lists members of the figure, not its holders."""
        between = self.paragraph.text[mark.end : position]
        return len(between) < 40 and bool(re.fullmatch(r"(?:、[^，。；]{1,14})*(?:和[^，。；]{1,12})?等?[^，。；等]{0,2}", between)) and (
            "等" in between or "、" in between or (between == "" and mark.subject.type != "district")
        )

    # ---- time ----

    def time(self, sentence: Span, starts: Sequence[int], position: int) -> Time | None:
        """The time token of the figure's own clause, else of an earlier clause of its sentence."""
        clause = bisect_right(starts, position) - 1
        best: Time | None = None
        for time in self.times:
            if time.start >= position:
                break
            if time.start < sentence.start or time.kind in ("duration", "basis"):
                continue
            best = time
        if best is not None and best.kind == "moment":
            return None
        _ = clause
        return best


_TARGET = re.compile(
    r"力争|争取|确保|目标|努力(?:实现|达到|完成|使)|计划(?!总?投资|单列|生育|》)|拟(?!上市|入选|推荐|出让|建)|要(?=达|实现|完成|突破|新增|培育|建成|确保|力争|引进|保持|控制|提高|超过)|将(?!近|军|其|原|全区|全市|[^，。；]{1,8}(?:纳入|转化|作为))|"
    r"预期目标|不低于|不少于|原则上|应当|必须|安排(?=新)|推动[^，。；]{0,12}(?:达到|突破|超过|实现)|奋斗目标|实现[^，。；]{0,10}目标|奋力|冲刺|锚定"
)
_FORECAST = re.compile(r"预计|有望|可望|预测|预期(?!目标)|将达到?|可达|可实现|可带动|可新增|可提供|可容纳|可年产|可集聚|将带动|将实现|将新增|能够?实现|可形成|达产后|投产后|建成后|投用后|运营后|投入使用后|完工后|全部建成|满产后|届时|可创造|可吸纳|可满足|可解决")
_PLANNED = re.compile(r"(?:计划总?投资|总投资|拟投资|投资总额|规划(?:建设|用地|总?面积|总?占地|布局|总建筑)|规划|设计(?:产能|年产|能力|生产能力)|总占地|占地(?:面积)?|用地(?:总?面积)?|建筑总?面积|总建筑面积|建设规模|协议(?:总?投资|引资)|计划用地|投资概算|概算总?投资|估算总?投资|拟建|计划建设|计划新?建|合同投资|固定资产投资约|一期投资|二期投资|年产)")
_ACTUAL = re.compile(r"(?:已经?(?!签约)|累计|完成|截至|截止|目前|同比|实际|增长了|达到了|实现了|建成投[产用运]|投产|竣工|落成|投入使用|投入运营)")
_DONE = re.compile(r"(?:已建成|建成投[产用运]|正式投[产用运]|已投[产用运]|竣工|落成|完成投资|已完成|投入使用|投入运营|已交付|量产)")


def status(text: str, sentence: Span, position: int, end: int, year: int | None, reference: Reference, section: Status | None) -> Status:
    """How firm a figure at `[position, end)` is, by the last marker before it in its sentence."""
    last: Status | None = None
    at = -1
    for name, pattern in (("target", _TARGET), ("forecast", _FORECAST)):
        for match in pattern.finditer(text, sentence.start, position):
            if match.start() >= at:
                last, at = name, match.start()  # type: ignore[assignment]
    if last is not None:
        return last
    if year is not None and year > reference.year:
        return "target"
    return section or "actual"


def planned(left: str, text: str, sentence: Span) -> bool:
    """Whether the figure is a project's planned size: 总投资, 规划面积 and the like of what is not finished."""
    return bool(_PLANNED.search(left)) and not _DONE.search(text, sentence.start, sentence.end)


_HEAD_YEAR = re.compile(r"((?:19|20)\d\d)年")
_PLANS = re.compile(r"(?:目标|打算|安排|计划|展望|下一步|思路|部署|举措|谋划|重点任务|重点工作|总体要求|工作建议)")
_REVIEW = re.compile(r"(?:回顾|总结|成效|完成情况|运行情况|成就|过去|主要工作|综合)")
_OFFICE = re.compile(r"(?:局|委|委员会|办|中心|政府|部门|镇|街道|管委会|公司|集团|银行)[^，。]{0,14}(?:书记|局长|主任|区长|市长|县长|镇长|董事长|总经理|负责人|部长|厅长|会长|院长|校长|行长)")


def heading_scope(report: ReportScope, paragraph: Paragraph, times: Sequence[Time], names: Sequence[Name]) -> None:
    """Let a new section set its year, its status and its subject; keep the last named of each kind at hand."""
    if paragraph.section != report.section or paragraph.kind == "heading":
        if paragraph.section != report.section:
            report.section_year, report.section_status, report.section_subject = None, None, None
            report.section = paragraph.section
            _read_heading(report, paragraph.section)
        if paragraph.kind == "heading":
            subject = _heading_subject(report, paragraph, names)
            if subject:
                report.section_subject = subject
    for name in names:
        subject = Subject(report.entity_name(name.id), name.kind, name.id)
        if name.kind == "park":
            report.last_park = subject
        elif name.kind == "enterprise":
            report.last_enterprise = subject
        elif name.kind == "institution":
            report.last_institution = subject
        elif name.kind == "initiative":
            report.last_initiative = subject


def _read_heading(report: ReportScope, section: str) -> None:
    years = _HEAD_YEAR.findall(section)
    if years:
        report.section_year = int(years[-1])
    last = section.rsplit(" / ", 1)[-1]
    if _PLANS.search(section) and not _REVIEW.search(last):
        report.section_status = "target"
        if report.section_year is None:
            report.section_year = report.reference.year
    elif re.search("过去一年|去年", section) and not years:
        report.section_year = report.reference.year - 1


def _heading_subject(report: ReportScope, paragraph: Paragraph, names: Sequence[Name]) -> Subject | None:
    """A speaker's unit, or the one park or enterprise that a heading is about."""
    found = [n for n in names if n.kind in ("park", "enterprise", "district")]
    parks = [n for n in found if n.kind == "park"]
    if parks:
        return Subject(report.entity_name(parks[0].id), "park", parks[0].id)
    if _OFFICE.search(paragraph.text):
        return report.home
    return None
