"""Whose a figure is, from where it stands: the subjects of a paragraph, asked sentence by sentence.

In: a paragraph with its times and names, in its report's scope. Out: the subject of a quantity, and what
`timing` and `firmness` need to tell its period and its status. Scopes, narrowest first: clause, sentence, paragraph, section,
report. Looking back is bounded by the sentence, and within it by `LOOK_BACK` marks, so that it is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest import opening, timing
from ingest.firmness import MARKERS
from ingest.model import Name, Paragraph, Quantity, Span, Status
from ingest.periods import Time
from ingest.phrase import BLANK, GAP
from ingest.sections import CLUSTER_HEADING, ReportScope, Subject

LOOK_BACK = 24
"""Names, times or clauses before a figure that may concern it, counted back from it."""


class Mark(NamedTuple):
    """A place in a paragraph that names a possible subject."""

    start: int
    end: int
    subject: Subject


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
    r"(?=(?:累计|已|共|全年|也)?(?:实现|完成|集聚|拥有|聚集|现有|达到|产销|呈现?|蓬勃|快速发展|方兴|加速)|[\u4e00-\u9fff]{4}，)"
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
        if alone := CLUSTER_HEADING.match(text[sentence.start : min(sentence.end, sentence.start + 24)]):
            self.heading = Subject(alone[1], "cluster", None)
        if _ASPECT.match(text, sentence.start):
            self.topic = None
        self.starts = [sentence.start, *(m.end() for m in _CLAUSE.finditer(text, sentence.start, sentence.end))]
        low, high = (bisect_left(self.marks, at, key=lambda m: m.start) for at in sentence)
        self.said = {m.subject for m in self.marks[low:high]}
        early, late = (bisect_left(self.times, at, key=lambda t: t.start) for at in sentence)
        self.dated = any(t.kind not in ("duration", "moment", "basis") for t in self.times[early:late])
        self.strong = [m for m in self.marks[low:high] if self._strong(m)]
        timing.enter(self)
        self.markers = sorted(
            (match.start(), status)
            for status, pattern in MARKERS
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
        elif kept and (
            kept[0].subject.type != "district" or (kept[0].subject == self.report.home and not self.report.about)
        ):
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

    def subject(self, quantity: Quantity) -> Subject:
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
            if where not in (0, clause) and "；" in text[mark.end : min(quantity.start, mark.end + 200)] and (
                best.subject.type not in ("district", "park")
            ):
                # A name inside one part of a sentence holds nothing beyond the semicolon.
                continue
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

_MACRO = re.compile(
    r"全社会|规上|规模以上|限额以上|固定资产投资|生产总值|一般公共预算|社会消费品|进出口总额|常住人口|城镇化率|居民人均|空气质量|优良|PM2\.5|高新技术企业|专精特新|小巨人|科技型中小企业|科技型企业|市场主体|经营主体|上市公司|每[百千万]+人|"
    r"商品房|财政|城镇新增就业|用电量|存款余额|粮食|义务教育|低保|养老|医保|秸秆|森林覆盖|招商引资|实际(?:利用|使用)外资|四上|政务服务|减税降费|消费品|消费券|民生|学位|惠企|办结率|挂钩服务企业"
)
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
