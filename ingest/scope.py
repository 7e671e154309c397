"""What stands around a figure: the names, times and markers of a paragraph, asked sentence by sentence.

In: a paragraph with its times and names, in its report's scope. Out: what `subjects`, `timing` and `firmness`
need to tell the subject of a quantity, its period and its status. Scopes, narrowest first: clause, sentence,
paragraph, section, report. Looking back is bounded by the sentence, and within it by `LOOK_BACK` marks, so
that it is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest import firmness, holders, marks, speakers, timing
from ingest.holders import ASIDE
from ingest.model import Name, Paragraph, Span, Status
from ingest.periods import Time
from ingest.phrase import BLANK, GAP
from ingest.sections import ReportScope, Subject, cluster_heading
from ingest.things import Mark

LOOK_BACK = 24
"""Names, times or clauses before a figure that may concern it, counted back from it."""


# 5岁以下儿童死亡率, 九年一贯制学校: a part of what is measured.
_IN_NOUN = re.compile("及?以下儿童死亡|一贯制|制(?:学校|中学|高中)")
# 甲中心挂牌运行。引育人才846人: that it opened is one more thing that the place did.
_OPENED = re.compile(
    "(?:正式|顺利|全面|成功|建成|相继|获批)*(?:挂牌|揭牌|通航|通车|启用|开通|成立|竣工|落成|投用|开馆|开业|投运|建成|完工|获批)"
    "(?:运行|运营|使用|投用|启用|成立)?。"
)
_SETTLED = re.compile("(?:入驻|落户|进驻|落地|位于|坐落)于?$")
CLAUSE = re.compile(r"[，；。：！？\n]|——")
# 招商引资方面，…: a new aspect of the territory, not of the firm spoken of before.
_ASPECT = re.compile("[^，。；]{2,12}方面，")
_ANOTHER = re.compile(
    "[\u4e00-\u9fff]{2,8}?(?:[镇乡村]|街道|社区|湿地|景区|领域|小镇|片区|战线|市区|城区|合作社|农场|林场|公园|流域|水库)"
    "(?=以|通过|依托|围绕|立足|推进|坚持|积极|大力|持续|还|也|实现|建|开展|发展|培育|打造|引进|种植|举办|\\d)"
)
# “三个中心”建设加快，2025年…: a sentence that opens with a new theme.
_THEME = re.compile(
    "(?:“[^“”，。；]{2,14}”)?[\u4e00-\u9fff、]{2,16}?(?:加快|加速|提速|增强|改善|提升|推进|增长|优化|向好|突破|显现|释放|完善|壮大"
    "|深化|发力|见效|显著|明显|活跃|回暖|攀升|升级|步伐|增效|协同|融合|拓展|巩固)[^，；。：\\d]{0,4}[，。]"
    "|“[^“”，。；]{1,8}”[\u4e00-\u9fff]{2,8}，"
)
_SPEAKS = re.compile("[^，。；：“”]{0,24}(?:介绍|表示|说|告诉|透露|称)")
# 3、上半年，…: an item of a digest.
_ITEM = re.compile("\\s*[(（]?\\d{1,2}[)）、.．](?!\\d)")
LONG_ITEM = 40
"""Characters of an item that tells something by itself."""
_AT = re.compile("(?:评选|比赛|活动|期间)*[中上里]?，")
_ROW_OF = re.compile(r"[^，。；、\d]{0,16}(?:，[^，。；、\d]{0,12})?")
_FOOTNOTE = re.compile(
    r"\((?:不含|不包括|不包含|剔除|扣除)[^()]{1,12}\)|\((?:同比|以)?[，,]?下同\)|\[注?\d{1,2}\]|〔\d{1,2}〕|【\d{1,2}】|\(注\d{1,2}\)"
)
_PARTS = ("enterprise", "institution", "initiative", "park")
AND = ("、", "和", "与", "及", "以及")
"""What parts the names of a row."""
_NOWHERE = Span(0, 0)


@dataclass(slots=True)
class ParagraphScope:
    """The subjects, times and markers of one paragraph, asked sentence by sentence."""

    paragraph: Paragraph
    report: ReportScope
    times: Sequence[Time]
    text: str = ""
    time_starts: list[int] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    mark_starts: list[int] = field(default_factory=list)
    masked: str = ""
    topic: Subject | None = None
    topic_end: int = 0
    themed: bool = False
    ground: Subject | None = None
    speeches: list[speakers.Speech] = field(default_factory=list)
    sentence: Span = _NOWHERE
    early: int = 0
    said: set[Subject] = field(default_factory=set)
    dated: bool = False
    opening: Time | None = None
    completes: bool = False
    first: int = 0
    starts: list[int] = field(default_factory=list)
    strong: list[Mark] = field(default_factory=list)
    markers: list[tuple[int, Status]] = field(default_factory=list)
    heading: Subject | None = None
    began: Subject | None = None
    resolved: dict[tuple[int, int], tuple[str | None, int | None]] = field(default_factory=dict)
    times_blanked: str = ""
    _markers: list[tuple[int, Status]] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        paragraph: Paragraph,
        report: ReportScope,
        times: Sequence[Time],
        names: Sequence[Name],
        figures: bool = True,
    ) -> ParagraphScope:
        """The scope of a paragraph, its names and anaphors resolved and its times blanked; one that has no
        figures is only passed by."""
        local = cls(paragraph, report, times, paragraph.text, [t.start for t in times])
        local._markers = firmness.markers(local.text)
        if figures:
            local._mark(names)
        else:
            local.marks = [marks.named(n, local.text, report) for n in names if n.kind == "district"]
        for mark in local.marks:
            if mark.subject.id is None:
                report.note(mark.subject)
        return local

    def _mark(self, names: Sequence[Name]) -> None:
        """Find what may hold the paragraph's figures, and blank what is no part of an indicator."""
        chars = list(_FOOTNOTE.sub(lambda m: GAP * len(m[0]), self.text))
        for time in self.times:
            if time.kind == "duration" and _IN_NOUN.match(self.text, time.end):
                continue
            chars[time.start : time.end] = BLANK * (time.end - time.start)
        self.times_blanked = "".join(chars)
        self.marks = marks.find(self.text, self.times_blanked, names, self.report)
        self.mark_starts = [mark.start for mark in self.marks]
        blanked, kind = -1, ""
        for mark in self.marks:
            near = 0 <= blanked <= mark.start <= blanked + ASIDE
            joined = near and self.times_blanked[blanked : mark.start].replace(GAP, "") in AND
            row = joined and mark.subject.type == kind
            if holders.opens_clause(self, mark) or mark.start == blanked or row:
                blanked, kind = mark.end, mark.subject.type
                kind = kind if kind in ("district", "enterprise", "park") else ""
                chars[mark.start : mark.end] = BLANK * (mark.end - mark.start)
        self.masked = "".join(chars)
        if len(self.text) > LONG_ITEM and _ITEM.match(self.text):
            self.topic = self._only_place()
        self.speeches = list(speakers.speeches(self.text, self.marks, self.report.people))

    def _only_place(self) -> Subject | None:
        """The one district that an item of a digest names, which it tells of from its first words on."""
        places = {m.subject for m in self.marks if m.subject.type == "district"}
        others = any(m.subject.type in _PARTS for m in self.marks)
        return places.pop() if len(places) == 1 and not others else None

    # ---- a sentence ----

    def pass_by(self, sentence: Span) -> None:
        """Take up what a sentence leaves to the paragraphs after its own."""
        self.sentence = sentence
        self.early = bisect_left(self.time_starts, sentence.start)
        timing.enter(self)
        found = self._markers
        low, high = bisect_left(found, (sentence.start, "")), bisect_left(found, (sentence.end, ""))
        self.markers = found[low:high]
        self.report.intent = firmness.intent(self, self.report.intent)

    def enter(self, sentence: Span, first: int) -> None:
        """Get ready for the figures of a sentence, the first of which stands at `first`."""
        self.pass_by(sentence)
        self.first = first
        self.resolved.clear()
        text = self.text
        if alone := cluster_heading(text[sentence.start : min(sentence.end, sentence.start + 24)]):
            self.heading = alone
        if _ASPECT.match(text, sentence.start) or self._of_another(sentence):
            self.topic = None
        elif self.new_theme(*sentence):
            self._leave_part(sentence)
        start, end = sentence
        self.starts = [start] + [clause.end() for clause in CLAUSE.finditer(text, start, end)]
        named = self.marks[bisect_left(self.mark_starts, start) : bisect_left(self.mark_starts, end)]
        self.strong = [m for m in named if holders.strong(self, m)]
        if first < sentence.end:
            self._enter_figures(sentence, named)

    def _of_another(self, sentence: Span) -> bool:
        """Whether a sentence opens with a village, a wetland, a branch: the firm told of before is left."""
        if self.topic is None or self.topic.type not in ("enterprise", "institution", "initiative"):
            return False
        return bool(_ANOTHER.match(self.text, sentence.start, sentence.end))

    def _leave_part(self, sentence: Span) -> None:
        """With a new theme a paragraph that began with the district or with a theme is back at the district:
        the park, firm or county told of since was one of several."""
        if not sentence.start and not self.report.about:
            self.ground, self.themed = self.report.section_subject or self.report.home, True
        topic, ground = self.topic, self.ground
        if topic and ground and (topic.type in _PARTS or marks.within(topic, ground)):
            self.topic = ground

    def new_theme(self, start: int, end: int) -> bool:
        """Whether a sentence or its part opens with a theme (汽车工业较快增长，) and names nothing in it."""
        while start < end and self.times_blanked[start : start + 1] in (BLANK, "，", "\u3000"):
            start += 1  # 五年来，科技创新和产业创新加快融合。
        theme = _THEME.match(self.text, start, end)
        at = bisect_left(self.mark_starts, start)
        return theme is not None and (at == len(self.marks) or self.mark_starts[at] >= theme.end())

    def _enter_figures(self, sentence: Span, named: Sequence[Mark]) -> None:
        """What is the same for all figures of a sentence that names these."""
        self.said = {m.subject for m in named}
        late = bisect_left(self.time_starts, sentence.end)
        self.dated = any(t.kind not in ("duration", "moment", "basis") for t in self.times[self.early : late])
        self.opening = timing.opening(self)
        self.completes = timing.speaks_of_completion(self)

    def times_before(self, position: int) -> Sequence[Time]:
        """The times of the sentence that stand before a position, the last `LOOK_BACK` of them."""
        at = bisect_left(self.time_starts, position)
        return self.times[max(self.early, at - LOOK_BACK) : at]

    def says(self, subject: Subject) -> bool:
        """Whether the sentence names the subject."""
        return subject in self.said

    def leave(self) -> None:
        """The sentence's first subject is the topic of what follows in the paragraph."""
        kept = [m for m in self.strong if m.start < self.first and self._goes_on(m)]
        if self.report.official:
            self.topic = None
        elif kept:
            first, home = kept[0].subject, self.report.home
            own = first == home and not self.report.about
            said = self.masked[self.sentence.start : kept[0].start].strip(BLANK + GAP + "　 ，,")
            opens = not said or (kept[0].subject.id is None and holders.LEAD_IN.match(said.replace("，", "")))
            row = first.type == "district" and self.text.startswith("、", kept[0].end)
            if row:
                self.topic = None
            elif first.type != "district" or own or opens or _inside(first, home):
                self.topic, self.topic_end = first, kept[0].end
            if own and self.ground is None:
                self.ground = first

    def _goes_on(self, mark: Mark) -> bool:
        """Whether what follows the sentence may be of the name too: not of a cluster, nor of the place of
        those that are counted (入驻甲园区的2家企业)."""
        text, type_ = self.text, mark.subject.type
        placed = text.startswith("的", mark.end) and _SETTLED.search(text, max(0, mark.start - 3), mark.start)
        # 在第九届全国农民运动会中，甲市夺得金牌6枚。
        occasion = (
            type_ == "initiative"
            and text[max(0, mark.start - 1) : mark.start] == "在"
            and _AT.match(text, mark.end)
        )
        opened = type_ in ("institution", "other") and _OPENED.match(self.text, mark.end)
        nation = mark.subject.name in ("我国", "中国", "全国")
        return type_ != "cluster" and not (placed or occasion or opened or nation or self._only_speaks(mark))

    def _only_speaks(self, mark: Mark) -> bool:
        """乙公司主管张三介绍，…: who speaks in a text on an airport is not what it tells of next."""
        about = self.report.about
        site = about is not None and about.type == "other" and mark.subject != about
        firm = mark.subject.type in ("enterprise", "institution")
        return site and firm and bool(_SPEAKS.match(self.text, mark.end))

    def clause(self, position: int) -> int:
        """The number of the clause of the sentence that a position lies in."""
        return bisect_right(self.starts, position) - 1

    def clause_end(self, position: int) -> int:
        """Where the clause that holds a position ends."""
        at = self.clause(position) + 1
        return self.starts[at] if at < len(self.starts) else self.sentence.end

    def row_before(self, position: int, count: int) -> list[Subject]:
        """The `count` names in a row, parted by 、 and 和, before `position`; [] where they are no row."""
        text = self.text
        at = bisect_left(self.mark_starts, position)
        row = self.marks[max(0, at - count) : at]
        if count < 2 or len(row) < count or not _ROW_OF.fullmatch(text[row[-1].end : position][:24]):
            return []
        parted = all(self.times_blanked[a.end : b.start].replace(GAP, "") in AND for a, b in pairwise(row))
        return [mark.subject for mark in row] if parted else []


def _inside(subject: Subject, home: Subject) -> bool:
    """Whether a district lies within the report's own, where that is known."""
    return not home.id or marks.within(subject, home)
