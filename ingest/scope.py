"""What a figure inherits from where it stands: whose it is, what time it is about, how firm it is.

In: a paragraph with its times and names, and the report's reference date and district. Out: the subject,
period and status that hold for a quantity. Scopes, narrowest first: clause, sentence, paragraph, section,
report. Looking back is bounded by the sentence, and within it by `LOOK_BACK` marks, so that it is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest import opening, periods
from ingest.model import Name, Paragraph, Quantity, Span, Status, SubjectType
from ingest.periods import Reference, Time
from ingest.phrase import BLANK, GAP

LOOK_BACK = 24
"""Names, times or clauses before a figure that may concern it, counted back from it."""


class Subject(NamedTuple):
    """Whose figure it is: the name as the report has it, its type, and its entity's id where it has one."""

    name: str
    type: SubjectType
    id: str | None


class Mark(NamedTuple):
    """A place in a paragraph that names a possible subject."""

    start: int
    end: int
    subject: Subject


@dataclass(slots=True)
class ReportScope:
    """What holds for a whole report and, until the next heading, for a section.

    `district` gives the unit that 全市 or 我区 means here; `entity` the subject behind a name's id.
    """

    reference: Reference
    home: Subject
    district: Callable[[str], Subject | None]
    entity: Callable[[Name], Subject]
    title_year: int | None = None
    official: bool = False
    about: Subject | None = None
    section: str | None = None
    section_subject: Subject | None = None
    section_year: int | None = None
    section_status: Status | None = None
    last: dict[str, Subject] = field(default_factory=dict)
    speakers: dict[str, Subject] = field(default_factory=dict)

    def introduce(self, paragraphs: Sequence[Paragraph], names: Sequence[Name]) -> None:
        """Who speaks for whom: 甲经开区管委会主任 张三 speaks for the zone, a bureau's head for the district."""
        zones = {paragraphs[n.paragraph].text[n.start : n.end]: self.entity(n) for n in names if n.kind == "park"}
        for paragraph in paragraphs:
            if paragraph.kind == "boilerplate" or len(paragraph.text) > LONGEST_INTRODUCTION:
                continue
            for match in _PRESENTED.finditer(paragraph.text):
                unit = match["unit"]
                zone = max((z for z in zones if z in unit), key=len, default=None)
                if zone is None and (named := _ZONE_OFFICE.search(unit)):
                    zones[named["zone"]] = Subject(named["zone"], "park", None)
                    zone = named["zone"]
                name = re.sub(r"\s", "", match["name"])
                self.speakers.setdefault(name, zones[zone] if zone else self.home)

    def set_title(self, title: str | None) -> None:
        """A title that names one past year (2023年…统计公报) gives the report's figures that year."""
        years = {int(y) for y in _YEAR.findall(title or "")}
        if len(years) == 1 and max(years) <= self.reference.year:
            self.title_year = years.pop()
        # In a government's own report each sentence is the territory's again.
        self.official = bool(_OFFICIAL.search(title or ""))
        if "工作报告" in (title or "") and (self.reference.month or 12) <= 6:
            # Given early in a year, it tells of the year before until it comes to its plans.
            self.title_year = self.reference.year - 1

    def set_subject(self, paragraphs: Sequence[Paragraph], names: Sequence[Name]) -> None:
        """A report is a park's own where its title names the park and no district, where it opens as an
        interview with the park's head, or where it names the park far more often than its district."""
        parks = [n for n in names if n.kind == "park"]
        if not parks:
            return
        titles = {p.index for p in paragraphs if p.kind == "title"}
        in_title = [n for n in parks if n.paragraph in titles]
        beside = [
            n for n in names
            if n.kind == "district" and n.paragraph in titles and not any(n.end == p.start for p in in_title)
        ]
        if len({n.id for n in in_title}) == 1 and not beside:
            self.about = self.entity(in_title[0])
            return
        for park in parks:
            text = paragraphs[park.paragraph].text
            if park.paragraph < LEAD and len(text) < 120 and _INTERVIEW.search(text[max(0, park.start - 8) : park.start]):
                self.about = self.entity(park)
                return
        counts = Counter(n.id for n in parks)
        most, heard = counts.most_common(1)[0]
        home = sum(n.kind == "district" and n.id == self.home.id for n in names)
        if heard >= 4 and heard > 2 * home and heard * 3 > len(parks):
            self.about = self.entity(next(n for n in parks if n.id == most))

    def enter(self, paragraph: Paragraph, names: Sequence[Name]) -> None:
        """A new section sets its year, its status and its subject."""
        if paragraph.section != self.section:
            self.section = paragraph.section
            self._read_section(paragraph.section)
        speaking = _SPEAKS.match(paragraph.text)
        if speaking and speaking["name"] in self.speakers:
            self.section_subject = self.speakers[speaking["name"]]
        elif paragraph.kind == "heading" or (len(paragraph.text) <= 40 and paragraph.text[-1:] in ":："):
            subject = self._speaker(paragraph, names)
            if subject:
                self.section_subject = subject
        if len(paragraph.text) <= 40 and _PAST_YEAR.match(paragraph.text) and self.section_status != "target":
            self.section_year = self.reference.year - (1 if (self.reference.month or 12) <= 3 else 0)

    def leave(self, names: Sequence[Name]) -> None:
        """The last named of each kind stays at hand for 园区, 公司, 该项目."""
        for name in names:
            self.last[name.kind] = self.entity(name)

    def _read_section(self, section: str) -> None:
        self.section_year = self.section_status = self.section_subject = None
        last = section.rsplit(" / ", 1)[-1]
        years = [y for part in section.split(" / ") for y in _OPENING_YEAR.findall(part)]
        if years and not re.fullmatch(r"[\s\d年月日]+", last):
            self.section_year = int(years[-1])
        if cluster := _CLUSTER_HEADING.match(last):
            self.section_subject = Subject(cluster[1], "cluster", None)
        if self._plans(section):
            self.section_status = "target"
            self.section_year = self.section_year or self.reference.year
        elif re.search("过去一年|去年", section) and not years:
            self.section_year = self.reference.year - 1

    def _plans(self, section: str) -> bool:
        """Whether a section tells of what is to come; the innermost heading that says so decides."""
        early = (self.reference.month or 12) <= 6
        for part in reversed(section.split(" / ")):
            if _REVIEW.search(part):
                return False
            year = next((int(y) for y in _YEAR.findall(part)), None)
            ahead = year is None or year > self.reference.year or (year == self.reference.year and early)
            if ahead and (_PLANS.search(part) or (_TASKS.search(part) and (year is not None or early))):
                return True
        return False

    def _speaker(self, paragraph: Paragraph, names: Sequence[Name]) -> Subject | None:
        """The unit of the speaker whom a heading presents, or the park that it is about."""
        for kind in ("park", "enterprise"):
            found = [n for n in names if n.kind == kind]
            if found:
                return self.entity(found[0])
        return self.home if _OFFICE.search(paragraph.text) else None


_YEAR = re.compile(r"((?:19|20)\d\d)年")
LEAD = 8
"""Paragraphs that open a report and may present whom it speaks with."""
LONGEST_INTRODUCTION = 120
"""Characters of a line that may present speakers."""
_PRESENTED = re.compile(
    r"(?P<unit>[\u4e00-\u9fff（）()、，“”]{3,36}?(?:书记|主任|局长|区长|市长|县长|镇长|部长|会长|院长|行长|董事长|总经理|负责人|理事长|科长|处长|副总))[\s\u3000]*(?P<name>[\u4e00-\u9fff]{1,2}[\s\u3000]?[\u4e00-\u9fff]{1,2})(?=$|[\s\u3000、，。；:：)）]|说|介绍|表示)"
)
_ZONE_OFFICE = re.compile(
    r"(?P<zone>[\u4e00-\u9fff（）()]{2,16}?(?:产业园|工业园|开发区|高新区|经开区|园区|新区|集聚区|保税区|示范区))(?:党工委|管委会|党委|管理委员会)"
)
_SPEAKS = re.compile(r"^(?P<name>[\u4e00-\u9fff·]{2,4})[：:]")
_INTERVIEW = re.compile(r"专?访|对话|对谈")
_PAST_YEAR = re.compile(r"(?:过去的?一年|一年来|过去这一年)[^。]{0,30}[：:。]?$")
_OFFICIAL = re.compile(r"政府工作报告|统计公报|运行情况|经济运行|新闻发布会|工作总结|情况通报|形势分析|运行分析|发布会")
_OPENING_YEAR = re.compile(r"^[^\w]*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)?((?:19|20)\d\d)年")
_CLUSTER_HEADING = re.compile(r"^\W*(?:[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)?([^，。：、（()“”]{2,14}(?:产业|产业集群|产业链|集群))[。：:]?$")
_PLANS = re.compile(
    r"目标|打算|安排|展望|下一步|下阶段|工作思路|工作计划|谋划|工作建议|未来|明年|怎么干|如何发力|新的?一年|下半场|怎么抓|发力点|加压"
)
_TASKS = re.compile(r"重点任务|重点工作|工作重点|工作部署|总体要求")
_REVIEW = re.compile(r"回顾|总结|成效|完成情况|运行情况|成就|过去|综合|主要工作|开展情况|进展|亮点|做法")
_OFFICE = re.compile(
    r"(?:局|委|委员会|办|中心|政府|部门|镇|街道|管委会)[^，。]{0,16}(?:书记|局长|主任|区长|市长|县长|镇长|负责人|部长|厅长|会长|院长|校长|行长|科长)"
)

_ANAPHOR = opening.compile(
    r"(?P<district>[全我该本](?:区|市|县|省|州|旗|盟)(?![域级长委内外政直属集人企的][长委府协联员]|域|级|委|政府|人大|政协|长)|[区市县](?=内[^陆需]))"
    r"|(?P<park>(?:该|本|全)?园区|该园(?!区)|该[\u4e00-\u9fff]{0,4}(?:集中区|片区|开发区|产业园|示范区|基地|新区)|(?:我|本|该|全)?(?:高新区|经开区|开发区|集中区|保税区|自贸区|物流园)(?![\u4e00-\u9fff]?[管发])|(?<![\u4e00-\u9fff])(?:全|我|本|该)?新区(?![管域]))"
    r"|(?P<enterprise>(?:该|本|我们|这家)?公司(?![法股])|该企业|这家企业|该集团|该厂)"
    r"|(?P<institution>该(?:院|校|中心|所|研究院|实验室|医院|机构)|这家(?:研究院|机构|医院)|(?<![\u4e00-\u9fff])(?:研究院|实验室|医院)(?=由|是|现|已|目前|累计|，))"
    r"|(?P<speaker>我们(?=[有已将要还]|目前|累计|先后|共))"
    r"|(?P<initiative>(?:该|这一|这个|本)项目|(?<![\u4e00-\u9fff])项目(?=总投资|计划|占地|建成|全部|达产|投产|一期|二期|规划|用地|建设|预计|完工|竣工|全面|分))"
)
_CLUSTER = re.compile(
    r"(?:^|[，。；：\n\0])(?:全[区市县省]|我[区市县])?(?P<cluster>[^，。；：、\s\0“”]{2,14}?(?:产业集群|产业链|(?<!第[一二三])产业|集群))"
    r"(?=(?:累计|已|共|全年|也)?(?:实现|完成|集聚|拥有|聚集|现有|达到|产销|呈现?|蓬勃|快速发展|方兴|加速))"
)
# Ports, stations, villages and cooperatives hold figures too, and have no table of their own.
_PLACE = re.compile(
    r"(?:^|[，。；：\n\0])(?P<place>[\u4e00-\u9fff]{2,8}(?:口岸|机场|港区|合作社|景区|(?<![农乡全各行])村|社区))"
    r"(?=(?:\([^()]{0,20}\))?(?:累计|已|共|全年|实现|完成|现有|拥有|集体|村民|接待|开行|验放|进出口|出入境|货运|通关|入驻|发展|年|流转|带动|吸纳))"
)
# These cut the economy whole: their figures are the district's.
_BROAD = re.compile(r"战略性|高新技术|高技术|核心产业|文化产业|支柱|主导|优势|特色产业|传统|新兴|未来产业|相关产业|各|重点|全产业|大产业|旅游产业|这|该|其|等|推动|带动|我")
# After one of these a name is an object, a place or a yardstick, not the holder of the figures that follow.
_OBJECT = re.compile(
    r"(?:引进|引入|与|和|同|向|对|为|居|占|比|较|来自|由|给|到|赴|从|于|获|被|经|以|如|聘请|联合|依托|围绕|走进|进入|抵达|驶出|出口|对接|签约|落户|入驻|位列|位居|列|名列|排名|按照|根据|包括|建设|打造|创建|争创|支持|推动|加快|推进|"
    r"服务|融入|承接|招引|培育|带动|覆盖|辐射|连接|通过|实施|出台|开展|举办|制定|编制|获得|荣获|入选|获评|认定|至|是|成为|作为|跻身|领跑|超过|不及|快于|高于|低于|供应|成立|设立|组建|建立|召开|贯彻|落实|用|将|把|使|让|因|每|提升|发展|"
    r"壮大|聚焦|紧扣|构建|推广|集聚|主导|共建|新建|签订|签署|印发|纳入|列入|投资|在|、|全国|赋能|完善|深化|优化|探索|布局|启动)$"
)
_NOT_AFTER = re.compile(
    r"第[一二三四五六七八九十\d]|前[一二三四五六七八九十\d列茅]|唯一|首[个家批台条次创届座位]|率先|最|平均|排名|范围内|领先|占比|一流|知名|各[地级界族]|人大|两会|经济工作会|共识|有影响|上下|先进|中上游|的?\d+(?:\.\d+)?%|重点|增速|水平|同类|同行|类似|其他"
)
_CLAUSE = re.compile(r"[，；。：！？\n]|——")
_PREFIX = re.compile(
    r"^(?:[\s\0“”\"'‘’《》()·—\-●■◆]|我们|现|其中|另外|此外|同时|并且|而且|并|且|而|还|又|也|再|已经?|累计|截至|截止|目前|近年来|以及|及|仅|今|特别是|尤其是|值得一提的是|作为|位于|地处|据了解|据统计|据介绍|据悉|数据显示|了解到|获悉|"
    r"统计显示|预计|力争|确保|在|当前|如今|现在|推动|实现|以来|末|底|初|期间|全年|的|是|使|让|年|走进|[一二三四五六七八九十]是|[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|记者从|来到|介绍|表示|说|方面|按照|随着|对于|帮助|支持|成功|将|要|"
    r"(?:“?[链龙头主骨干重点代表当地本土老牌独角兽科技型规上民营上市]{1,6}”?)?(?:企业|公司)|根据|据|到|自|初步核算|经初步核算|经核算|受|牵手|看|观|今天的)*$"
)


@dataclass(slots=True)
class ParagraphScope:
    """The subjects, times and markers of one paragraph, asked sentence by sentence."""

    paragraph: Paragraph
    report: ReportScope
    times: Sequence[Time]
    marks: list[Mark] = field(default_factory=list)
    masked: str = ""
    topic: Subject | None = None
    quotes: list[tuple[int, int, Subject]] = field(default_factory=list)
    sentence: Span = Span(0, 0)
    said: set[Subject] = field(default_factory=set)
    dated: bool = False
    first: int = 0
    starts: list[int] = field(default_factory=list)
    strong: list[Mark] = field(default_factory=list)
    markers: list[tuple[int, Status]] = field(default_factory=list)
    heading: Subject | None = None
    _times_only: str = ""

    @classmethod
    def of(
        cls, paragraph: Paragraph, report: ReportScope, times: Sequence[Time], names: Sequence[Name]
    ) -> ParagraphScope:
        """The scope of a paragraph, its names and anaphors resolved and its times blanked."""
        local = cls(paragraph, report, times)
        chars = list(_FOOTNOTE.sub(lambda m: GAP * len(m[0]), paragraph.text))
        for time in times:
            chars[time.start : time.end] = BLANK * (time.end - time.start)
        local._times_only = "".join(chars)
        local._mark(names)
        blanked = -1
        for mark in local.marks:
            if local._opens_clause(mark) or mark.start == blanked:
                blanked = mark.end
                chars[mark.start : mark.end] = BLANK * (mark.end - mark.start)
        local.masked = "".join(chars)
        local._speakers()
        return local

    def _mark(self, names: Sequence[Name]) -> None:
        text, report = self.paragraph.text, self.report
        marks = [Mark(n.start, n.end, self._as_named(n)) for n in names if text[n.start] != "("]
        taken = bytearray(len(text) + 1)
        for mark in marks:
            taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
        last = dict(report.last)
        if report.section_subject and report.section_subject.type == "park":
            last["park"] = report.section_subject
        ordered = sorted(marks)
        at = 0
        for match in _ANAPHOR.finditer(text):
            if taken.find(1, match.start(), match.end()) >= 0:
                continue
            while at < len(ordered) and ordered[at].start < match.start():
                last[ordered[at].subject.type] = ordered[at].subject
                at += 1
            kind = str(match.lastgroup)
            subject = report.district(match[0]) if kind == "district" else last.get(kind)
            if kind == "speaker":
                subject = report.section_subject or report.about
            if kind == "district" and (subject is None and match[0].endswith("区") or match[0] == "区"):
                subject = report.about or last.get("park") or subject
            if kind == "park" and subject is None and not match[0].endswith("园区"):
                subject = Subject(match[0].lstrip("该本全我"), "park", None)
            if subject:
                marks.append(Mark(match.start(), match.end(), subject))
        for match in _PLACE.finditer(self._times_only):
            if taken.find(1, match.start("place"), match.end("place")) < 0:
                marks.append(Mark(match.start("place"), match.end("place"), Subject(match["place"], "other", None)))
        for match in _CLUSTER.finditer(self._times_only):
            if taken.find(1, match.start("cluster"), match.end()) < 0 and not _BROAD.search(match["cluster"]):
                marks.append(Mark(match.start("cluster"), match.end(), Subject(match["cluster"].replace("规模以上", ""), "cluster", None)))
        # The longest name at a place holds, a name inside another being its part; but a zone holds its 管委会.
        marks = [m for m in marks if not _COMMITTEE.search(m.subject.name) or not any(
            o.start == m.start and o.subject.type == "park" for o in marks
        )]
        marks.sort(key=lambda m: (m.start, -m.end))
        for mark in marks:
            if not self.marks or mark.start >= self.marks[-1].end:
                self.marks.append(mark)

    def _as_named(self, name: Name) -> Subject:
        """金平县 stays 金平县, though its unit's name is longer."""
        subject = self.report.entity(name)
        surface = self.paragraph.text[name.start : name.end]
        if name.kind == "district" and subject.name != surface and surface[-1] in "县市区州旗盟省":
            return subject._replace(name=surface)
        return subject

    def _opens_clause(self, mark: Mark) -> bool:
        """A subject at the head of its clause is blanked, so that it never gets into an indicator."""
        before = self._times_only[max(0, mark.start - 1) : mark.start]
        after = self.paragraph.text[mark.end : mark.end + 1]
        opens = before in ("", "，", "。", "；", "：", "\n", BLANK, "“", " ") or (before == "的" and mark.subject.type != "district") or self.paragraph.text.endswith(("其中", "，现", "。现"), 0, mark.start)
        return opens and mark.subject.type != "cluster" and after != "等"

    def _speakers(self) -> None:
        """“…”公司总经理X说: the words in quotes are the company's."""
        text = self.paragraph.text
        for match in _SAID.finditer(text):
            opened = text.rfind("“", 0, match.start())
            inside = [m for m in self.marks if match.start() <= m.start < match.end()]
            subject = next((m.subject for m in inside if m.subject.type in ("enterprise", "park", "initiative")), None)
            if subject and opened >= 0:
                self.quotes.append((opened, match.start(), subject))

    # ---- a sentence ----

    def enter(self, sentence: Span, first: int) -> None:
        """Get ready for the figures of a sentence, the first of which stands at `first`."""
        self.sentence, self.first = sentence, first
        text = self.paragraph.text
        if alone := _CLUSTER_HEADING.match(text[sentence.start : min(sentence.end, sentence.start + 24)]):
            self.heading = Subject(alone[1], "cluster", None)
        if _ASPECT.match(text, sentence.start):
            self.topic = None
        self.starts = [sentence.start, *(m.end() for m in _CLAUSE.finditer(text, sentence.start, sentence.end))]
        low, high = (bisect_left(self.marks, at, key=lambda m: m.start) for at in sentence)
        self.said = {m.subject for m in self.marks[low:high]}
        early, late = (bisect_left(self.times, at, key=lambda t: t.start) for at in sentence)
        self.dated = any(t.kind not in ("duration", "moment", "basis") for t in self.times[early:late])
        self.strong = [m for m in self.marks[low:high] if self._strong(m)]
        self.markers = sorted(
            (match.start(), status)
            for status, pattern in _MARKERS
            for match in pattern.finditer(text, sentence.start, sentence.end)
        )

    def says(self, subject: Subject) -> bool:
        """Whether the sentence names the subject."""
        return subject in self.said

    def leave(self) -> None:
        """The sentence's first subject is the topic of what follows in the paragraph."""
        kept = [m for m in self.strong if m.subject.type != "cluster" and m.start < self.first]
        if self.report.official:
            self.topic = None
        elif kept and (kept[0].subject.type != "district" or kept[0].subject == self.report.home):
            self.topic = kept[0].subject

    def _clause(self, position: int) -> int:
        return bisect_right(self.starts, position) - 1

    def _strong(self, mark: Mark) -> bool:
        """Whether a name holds what follows: it opens its clause, or the clause's modifiers lead to it."""
        text = self.paragraph.text
        if _NOT_AFTER.match(text, mark.end):
            return False
        start = self.starts[self._clause(mark.start)]
        if text.startswith("为例", mark.end):
            return True
        if mark.start and text[mark.start - 1] == "的" and mark.subject.type not in ("district", "cluster"):
            return text[mark.end : mark.end + 1] not in ("的", "等", "、", "和", "与", "")
        prefix = self.masked[max(start, mark.start - 40) : mark.start]
        if not _PREFIX.match(prefix):
            return False
        if _LISTED.match(text, mark.end):
            return False
        if text[mark.start - 1 : mark.start] == "在":
            return mark.subject.type != "district"
        return not _OBJECT.search(text, max(start, mark.start - 6), mark.start)

    def row_before(self, position: int, count: int) -> list[Subject]:
        """The `count` names that stand in a row, parted by 、 and 和, before `position`; [] where they don't."""
        at = bisect_left(self.marks, position, key=lambda m: m.start)
        row = self.marks[max(0, at - count) : at]
        if count < 2 or len(row) < count or not _ROW_OF.fullmatch(self.paragraph.text[row[-1].end : position][:24]):
            return []
        text = self.paragraph.text
        parted = all(text[a.end : b.start] in ("、", "和", "与", "及", "以及") for a, b in zip(row, row[1:], strict=False))
        return [mark.subject for mark in row] if parted else []

    def named(self, position: int) -> str:
        """The name that ends where a quantity starts, if it stands for what is counted and not for who counts."""
        at = bisect_left(self.marks, position, key=lambda m: m.start) - 1
        if at < 0 or self.marks[at].end != position or self.marks[at].subject.type != "initiative":
            return ""
        return self.paragraph.text[self.marks[at].start : position] if self.masked[position - 1] == BLANK else ""

    def subject(self, quantity: Quantity, right: str) -> Subject:
        """Whose figure a quantity is."""
        text, report = self.paragraph.text, self.report
        if quantity.kind in ("money", "measure", "count"):
            at = bisect_left(self.marks, quantity.end, key=lambda m: m.start)
            for mark in self.marks[at : at + 3]:
                between = text[quantity.end : min(mark.start, quantity.end + 40)]
                if mark.start - quantity.end > 30 or _CLAUSE.search(between):
                    break
                of_it = between.endswith("的") if not between.startswith("的") else quantity.kind != "count"
                if of_it and mark.subject.type not in ("district", "cluster"):
                    return mark.subject
        clause = self._clause(quantity.start)
        at = bisect_left(self.strong, quantity.start, key=lambda m: m.start)
        for mark in reversed(self.strong[max(0, at - LOOK_BACK) : at]):
            where = self._clause(mark.start)
            first = next((m for m in self.strong[max(0, at - LOOK_BACK) : at] if self._clause(m.start) == where), mark)
            best = mark if text[mark.start - 1 : mark.start] == "的" or mark.start == first.end else first
            if not self._member(best, quantity.start) or where != clause:
                return self._holder(best.subject)
        for opened, closed, subject in self.quotes:
            if opened <= quantity.start < closed:
                return subject
        return self._holder(self.topic or self.heading or report.section_subject or report.about or report.home)

    def sized_of(self, quantity: Quantity, left: str, subject: Subject) -> Subject:
        """盯紧X项目，总投资22亿元: a thing's size is that of the thing named last, be it an object."""
        if subject.type not in ("district", "park") or not _SIZE.search(left):
            return subject
        at = bisect_left(self.marks, quantity.start, key=lambda m: m.start)
        for mark in reversed(self.marks[max(0, at - 4) : at]):
            if mark.start < self.sentence.start or quantity.start - mark.end > 60:
                break
            if mark.subject.type == "initiative" or (mark.subject.type == "park" and mark.subject != subject):
                return mark.subject
        return subject

    def territory(self, subject: Subject, indicator: str, position: int) -> Subject:
        """A macro indicator in a clause that names no holder is the territory's, not the last firm's."""
        if subject.type in ("district", "park", "cluster") or not _MACRO.search(indicator):
            return subject
        start = self.starts[self._clause(position)]
        if any(m.start >= start for m in self.strong if m.start < position):
            return subject
        return self.report.section_subject or self.report.about or self.report.home

    def _holder(self, subject: Subject) -> Subject:
        """A department reports for its territory: the figure is the district's."""
        if subject.type == "institution" and _DEPARTMENT.search(subject.name):
            return self.report.home
        return subject

    def _member(self, mark: Mark, position: int) -> bool:
        """A、B等6家 lists members of the figure, not its holders."""
        between = self.paragraph.text[mark.end : min(position, mark.end + 60)]
        return bool(_MEMBERS.fullmatch(between))

    # ---- time ----

    def period(self, quantity: Quantity, origin: bool, sized: bool, flow: bool) -> tuple[str | None, int | None]:
        """The EDTF period of a figure and the year that it names, if it names one."""
        reference, position = self.report.reference, quantity.start
        if self._upon_completion(position):
            return None, None
        clause = self.paragraph.text[self.starts[self._clause(position)] : position]
        if "每年" in clause[-30:] or _ONCE.search(clause):
            return None, None
        at = bisect_left(self.times, position, key=lambda t: t.start)
        inside = [t for t in self.times[max(0, at - LOOK_BACK) : at] if t.start >= self.sentence.start]
        if origin:
            own = [t for t in inside[-1:] if t.kind == "origin" and position - t.end <= 12]
            return (self._resolved(own[0])[0], None) if own else (None, None)
        if sized:
            return None, None
        if at < len(self.times) and self.times[at].start == quantity.end + 1 and _DATED_DATA.match(self.paragraph.text, self.times[at].end):
            return self._resolved(self.times[at])
        for time in reversed(inside):
            if time.kind in ("duration", "basis", "moment", "origin"):
                continue
            if time.kind == "vague":
                return f"../{reference}", None
            if self._event(time, position):
                continue
            return self._resolved(time)
        opening = self._opening()
        if opening is not None:
            return self._resolved(opening)
        year = self.report.section_year or self.report.title_year
        if year is None and flow and (reference.month or 12) <= 3 and not self.report.section_status:
            # What a report of the first quarter tells of flows without a date is the year's before.
            year = reference.year - 1
        return (str(year), year) if year is not None else (f"../{reference}", None)

    def _event(self, time: Time, position: int) -> bool:
        """去年3月揭牌，…: the month of an event in a clause of its own says nothing of what stands there now."""
        clause = self._clause(time.start)
        if not time.month or time.last_month != time.month or time.kind != "period" or clause == self._clause(position):
            return False
        rest = self.masked[time.end : self.starts[clause + 1] - 1]
        return bool(_HAPPENED.search(rest)) and not re.search(r"\d", rest)

    def _upon_completion(self, position: int) -> bool:
        """达产后 and its like hold to the end of their part of the sentence."""
        start = max(self.sentence.start, self.paragraph.text.rfind("；", self.sentence.start, position), position - 120)
        return bool(_UPON_COMPLETION.search(self.paragraph.text, start, position))

    def _resolved(self, time: Time) -> tuple[str | None, int | None]:
        reference = self.report.reference
        context = self._context(time)
        year = periods.year_of(time, reference, context) if time.kind in ("period", "until", "as-of") else None
        return periods.resolve(time, reference, context), year

    def _opening(self) -> Time | None:
        """The time that holds in the paragraph before this sentence: the last that opened a clause or a sentence."""
        at = bisect_left(self.times, self.sentence.start, key=lambda t: t.start)
        opened = {s.start for s in self.paragraph.sentences if s.end <= self.sentence.start}
        for time in reversed(self.times[max(0, at - LOOK_BACK) : at]):
            if time.kind in ("period", "as-of", "now", "since", "span") and self._opens(time, opened):
                return time.without_day() if time.day else time
        return None

    def _opens(self, time: Time, opened: set[int]) -> bool:
        """Whether a time opens its sentence, but for 截至, “ and their like."""
        text = self.paragraph.text
        return any(at in opened and not _SAYS.search(text, at, time.start) for at in range(max(0, time.start - 8), time.start + 1))

    def _context(self, time: Time) -> int | None:
        """The year that a time without one belongs to."""
        if time.year is not None or time.offset is not None:
            return None
        report = self.report
        at = bisect_left(self.times, time.start, key=lambda t: t.start)
        before = [t for t in self.times[max(0, at - LOOK_BACK) : at] if t.explicit and t.kind in ("period", "as-of", "since", "until")]
        before = [t for t in before if t.year is not None or t.offset is not None]
        recent = (report.reference.month or 0) - time.last_month
        years = [periods.year_of(t, report.reference, None) for t in before if t.start >= self.sentence.start]
        if same := [y for y in years if y <= report.reference.year]:
            return same[-1]
        if time.last_month > time.month and -3 <= recent <= (2 if time.month == 1 else 3):
            # 1-10月 in a report of November is this year's, whatever year the paragraph began with.
            return report.reference.year
        year_end = time.month == 0 or (time.month == 12 and time.kind == "as-of")
        if before and (year_end or before[0].start <= 12):
            nearest = before[-1] if year_end else before[0]
            return periods.year_of(nearest, report.reference, None)
        year = report.section_year or report.title_year
        month = report.reference.month or 12
        said = self.paragraph.text[time.start : time.end + 1]
        if year is None and not time.explicit and (said.startswith("年内") or said.endswith("前")):
            return report.reference.year
        if year is None and year_end and not time.explicit and not any(s != "actual" for w, s in self.markers if w < time.end):
            # In the first quarter 全年 without a year is the year before, and so is 年末 in the first half.
            if month <= 3 or (month <= 6 and time.kind == "as-of"):
                return report.reference.year - 1
        return year

    # ---- status ----

    def status(self, quantity: Quantity, year: int | None) -> Status:
        """How firm a figure is, by the last marker before it in its sentence; a forecast outranks 将."""
        position = quantity.start
        text = self.paragraph.text
        if _AIM_AFTER.match(text, quantity.end):
            return "target"
        if _BINDING.search(text, max(self.sentence.start, position - 8), position):
            return "target"
        if self._upon_completion(position):
            return "forecast"
        semicolon = text.rfind("；", self.sentence.start, position)
        dated = semicolon >= 0 and any(
            semicolon < t.start < position and t.kind in ("period", "as-of", "now") for t in self.times
        )
        held: Status | None = None
        at = bisect_left(self.markers, (position, ""))
        for where, status in self.markers[max(0, at - LOOK_BACK) : at]:
            if where < semicolon and (dated or (status == "forecast" and where > self.sentence.start + 6)):
                continue
            if status == "target" and held == "forecast" and self.paragraph.text[where] == "将":
                continue
            held = status
        if held is None:
            if year is not None and year > self.report.reference.year:
                return "target"
            ahead = [t for t in self.times if self.sentence.start <= t.start < position and t.kind in ("within", "until")]
            if any(t.kind == "span" and (t.year or 0) > self.report.reference.year for t in self.times if self.sentence.start <= t.start < position):
                return "target"
            if ahead and (ahead[-1].kind == "within" or text[ahead[-1].end : ahead[-1].end + 1] == "前"):
                return "target"
            past = year is not None and year < self.report.reference.year
            held = None if past else self.report.section_status
        return held or "actual"


_MACRO = re.compile(
    r"全社会|规上|规模以上|限额以上|固定资产投资|生产总值|一般公共预算|社会消费品|进出口总额|常住人口|城镇化率|居民人均|空气质量|优良|PM2\.5|高新技术企业|专精特新|小巨人|科技型中小企业|科技型企业|市场主体|经营主体|上市公司|每[百千万]+人|"
    r"商品房|财政|城镇新增就业|用电量|存款余额|粮食|义务教育|低保|养老|医保|秸秆|森林覆盖|招商引资|实际(?:利用|使用)外资|四上|政务服务|减税降费|消费品|消费券|民生|学位|惠企|办结率|挂钩服务企业"
)
_SAYS = re.compile(r"[^，、\s“截至到在据了解统计：—]")
_SIZE = re.compile(r"(?:^|[，；、\0 ])(?:计划|一期|二期|概算|估算)?(?:总投资|投资额|占地|用地|建筑面积|计划投资|总占地|总建筑面积)(?:面积)?(?:约|近|达|超|为|达到|超过)*$")
_COMMITTEE = re.compile(r"(?:管委会|管理委员会)$")
# 招商引资方面，…: a new aspect of the territory, not of the firm spoken of before.
_ASPECT = re.compile(r"[^，。；]{2,12}方面，")
_ROW_OF = re.compile(r"[^，。；、\d]{0,16}")
_FOOTNOTE = re.compile(r"\[注?\d{1,2}\]|〔\d{1,2}〕|【\d{1,2}】|\(注\d{1,2}\)")
_SAID = re.compile(r"(?<=”)[^，。“”]{2,30}?(?:说|介绍|表示|告诉|坦言)")
_DEPARTMENT = re.compile(r"(?:局|委|委员会|办|办公室|政府|厅|部|税务|海关|调查队|商务|经信|大队|服务中心|统计)$")
# 惠科、宗申等企业: the members of a list hold nothing by themselves.
_LISTED = re.compile(r"等|(?:[、和][^，。；、]{1,14}){1,12}?(?:等|[两三四五六七八九\d]+[家个户])")
_MEMBERS = re.compile(
    r"(?:[、和][^，。；]{1,16})*等(?:[^，。；]{0,12})?|(?:、[^，。；、]{1,16})+(?:和[^，。；]{1,16})?|"
)
_HAPPENED = re.compile(r"揭牌|开工|投产|成立|启动|开业|签约|落户|上市|挂牌|奠基|开园|开馆|获批|投用|建成|入选|举行|召开|印发|出台|开通|首发|启用|落成|升级|整合|组建|设立|注册")
_DATED_DATA = re.compile(r"(?:的?数据|统计|末|底)?[)）]")
_ONCE = re.compile(r"曾经|以前|此前|[改搬]造?前|原先|当初")
_UPON_COMPLETION = re.compile(r"(?:达产|投产|建成|投用|运营|投运|完工|竣工|投入使用|满产|达效|全面建成|量产|交付|建成投产|投入运营)(?:达产|投产|运营|使用)?[之以]?后")
_AIM_AFTER = re.compile(r"(?:以上|左右|以内)?的(?:年度|全年|预期|发展|奋斗|增长)?(?:目标|任务)")
_BINDING = re.compile(r"(?:(?:不得?低于|不得?少于|不得?高于|不得?超过)\S{0,1}|控制在)$")
_MARKERS: tuple[tuple[Status, re.Pattern[str]], ...] = (
    (
        "target",
        opening.compile(
            r"年内(?=再|力争|确保|要|将|计划)|年底前|力争|争取(?=实现|完成|年|今年|在|全|达|新增|早日|再|突破|用)|确保|(?:预期|主要|奋斗|发展|工作|增长|年度)?目标(?:是|为|定为|确定|任务是|增长|[^，。]{0,6}[：:])|努力(?:实现|达到|完成|使)|(?<!年度|五年|行动)计划(?=实施|引进|新增|新建|完成|建设|培育|招引|开工|推进|安排|再|到|用|筹|在|投入|投产|年内|全年|新|组织|开展|改造|发展)|"
            r"拟(?!上市|入选|推荐|出让|建|投资|合)|(?:(?<=[，。；：“们年区市县省镇还也都就\0])|^|必须|一定)要(?=达|打|再|做好|坚|突|落|实现|完成|突破|新增|培育|建|确保|力争|保持|控制|提高|超过|引进|签约|驻|组|争|推|打造|开|招|在|全|新|培|加|把|继|抓|盘|发)|(?<![即必])将(?!近|军|其|原|于|这|该|以)|原则上|应当|必须|奋斗目标|冲刺|努力迈|(?<!超)预期(?!寿命)|推动[^，。；]{0,12}(?:达到|突破|超过)|安排(?=新|专项)|要求"
        ),
    ),
    (
        "forecast",
        opening.compile(
            r"预计|有望|可望|预测|可达|可实现|可带动|可新增|可提供|可容纳|可年产|可集聚|可形成|可创造|可吸纳|可解决|可完成|可满足|能够?(?:实现|达到)|初步预计|(?:达产|投产|建成|投用|运营|投运|完工|竣工|投入使用|满产|达效|投入运营|全部建成)[之以]?后|届时"
        ),
    ),
    ("actual", opening.compile(r"目前|截至(?!到?20\d\d年底前)|(?<![不])已(?:经)?(?=[^签])|累计(?!将)|去年")),
)
FIRM = re.compile(r"已|完成|目前|截至|实现|同比|竣工|投产|[。；]|今年|去年|预计|达产|可|建成|现有|拥有|常住|下辖")
_TO_FIGURE = r"(?:约|近|超过|超|达到?|为|突破|共|合计)*$"
_PLANNED = re.compile(
    rf"(?:总投资额?|计划总?投资|拟投资|投资总额|规划(?:建设|用地|总?面积|总?占地|总建筑面积|控制面积|布局)?[^，；。]{{0,8}}|"
    rf"设计(?:年|日|产能|能力|生产|总|使用)[^，；。]{{0,14}}|总占地(?:面积)?|概算总?投资|估算总?投资|拟建[^，；。]{{0,10}}|"
    rf"(?<!年度)计划(?:建设|新?建|用地|占地)[^，；。]{{0,10}}|[一二三]期(?:总?投资|用地|占地)){_TO_FIGURE}"
)
# Of a project these are planned sizes, of anything else they are as they are.
_PROJECT_SIZE = re.compile(
    rf"(?:协议(?:总?投资|引资)|占地(?:面积)?|用地(?:总?面积)?|总?建筑(?:总?面积)?|建设规模|新建[^，；。]{{0,6}}(?:厂房|车间|生产线)|可?年产[^，；。]{{0,14}}|建设[^，；。]{{0,12}}|"
    rf"(?:^|[，；、\0 ])(?:由[^，；]{{2,16}})?(?:固定资产)?投资){_TO_FIGURE}"
)
_PROJECT_AFTER = re.compile(r"(?:的|建设的?)[^，。；]{0,24}(?:项目|工程|基地|产业园|生产线)")
_DONE = re.compile(r"已(?:全面|正式|顺利)?(?:建成|投产|投用|竣工|完工|交付)|月启用|建成投[产用运]|正式投[产用运]|竣工投产|投入(?:使用|运营)|(?<!预计)(?<!计划)(?<!有望)(?<!将于)今年\S{0,4}投产")


def sized(left: str, text: str, quantity: Quantity, subject: Subject) -> bool:
    """Whether a figure is a thing's planned or built size: 总投资, 规划面积, a project's 占地."""
    if quantity.kind not in ("money", "count", "measure"):
        return False
    if _PLANNED.search(left):
        return True
    project = subject.type == "initiative" or "项目" in left[:-2] or bool(_PROJECT_AFTER.match(text, quantity.end))
    return project and bool(_PROJECT_SIZE.search(left))


def finished(text: str, sentence: Span, position: int) -> bool:
    """Whether the sentence says that the thing is there already."""
    return bool(_DONE.search(text, max(sentence.start, position - 200), min(sentence.end, position + 200)))
