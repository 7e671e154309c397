"""Whose a figure is, from where it stands: the subjects of a paragraph, asked sentence by sentence.

In: a paragraph with its times and names, in its report's scope. Out: the subject of a quantity, and what
`timing` and `firmness` need to tell its period and its status. Scopes, narrowest first: clause, sentence,
paragraph, section, report. Looking back is bounded by the sentence, and within it by `LOOK_BACK` marks, so
that it is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest import firmness, marks, timing
from ingest.marks import OPENS, Mark
from ingest.model import Name, Paragraph, Quantity, Span, Status
from ingest.opening import Seldom
from ingest.periods import Time
from ingest.phrase import BLANK, GAP
from ingest.sections import ReportScope, Subject, cluster_heading
from ingest.wording import listed

LOOK_BACK = 24
"""Names, times or clauses before a figure that may concern it, counted back from it."""


_OBJECT = re.compile(f"(?:{listed('object')})$")
_YARDSTICK = re.compile(listed("yardstick"))
_LEAD_IN = re.compile(f"^(?:{listed('lead_in')})*$")
_LOCATED = re.compile("(?:地处|在)$")
_SETTLED = re.compile("(?:入驻|落户|进驻|落地|位于|坐落)于?$")
_DRIVEN = re.compile("(?:确保|推动|推进|加快|支持)$")
# 地处新疆“东大门”的哈密市: what leads to the holder names other places.
_PLACED = re.compile("(?:地处|位于|坐落|作为|素有|号称|誉为|享有|有着|具有)[^，。；]{1,30}的$")
# 排名第一的义乌市人均可支配收入为…
_RANKED_AS = re.compile("(?:(?:排名|位居|位列|名列|居|列)[^，。；]{1,6}|最[高低大小快多强])的$")
_CLAUSE = re.compile(r"[，；。：！？\n]|——")
_MACRO = re.compile(listed("macro"))
_SIZE = re.compile(
    r"(?:^|[，；、\0 ])(?:计划|一期|二期|概算|估算)?"
    "(?:总投资|投资额|占地|用地|建筑面积|计划投资|总占地|总建筑面积)(?:面积)?(?:约|近|达|超|为|达到|超过)*$"
)
_SIZES = ("投资", "额", "占地", "用地", "面积")
_TO_FIGURE = "约近达超为到过"
"""What a size ends in, and the characters that may stand between it and its figure."""
# 招商引资方面，…: a new aspect of the territory, not of the firm spoken of before.
_ASPECT = re.compile("[^，。；]{2,12}方面，")
_ANOTHER = re.compile(
    "[\u4e00-\u9fff]{2,8}?(?:[镇乡村]|街道|社区|湿地|景区|领域|小镇|片区|部门|战线|市区|城区|合作社|农场|林场|公园|流域|水库|系统)"
    "(?=以|通过|依托|围绕|立足|推进|坚持|积极|大力|持续|还|也|实现|建|开展|发展|培育|打造|引进|种植|举办|\\d)"
)
_FROM = re.compile("(?:来自|面向|融入|对接|辐射)$")
_BLANKS = BLANK + "，, \u3000"
ASIDE = 120
"""Characters beside a name in which an aside may open, or its clause tell of it."""
TOLD = 8
"""Characters before a name that are clauses of their own."""
_ADVERBIAL = re.compile(
    "随着|依托|作为|在|围绕|为|通过|自|以|从|面对|按照|近年|今年|去年|当前|目前|如今|据|记者|走进"
)
_TOLD_WHOLE = re.compile(
    "(?:更加|日益|持续|不断|进一步|显著|明显)[\u4e00-\u9fff]{2,4}[，；]|(?:成为|打造|跻身|建成|获批|揭牌|启用|通车|投用)"
    "[^，；]{0,24}[，；]|(?:排名|位居|位列|名列|列|居)[^，；]{0,8}第[一二三四五六七八九十]+[，；]|(?:加快|全面|有序|深入|稳步)(?:推进|建设|展开|提升|发展)[，；]"
)
_ROW_OF = re.compile(r"[^，。；、\d]{0,16}(?:，[^，。；、\d]{0,12})?")
_FOOTNOTE = re.compile(
    r"\((?:不含|不包括|不包含|剔除|扣除)[^()]{1,12}\)|\((?:同比|以)?[，,]?下同\)|\[注?\d{1,2}\]|〔\d{1,2}〕|【\d{1,2}】|\(注\d{1,2}\)"
)
_SAID = Seldom("(?<=”)[^，。“”]{2,30}?(?:说|介绍|表示|告诉|坦言)")
_DEPARTMENT = re.compile(
    "(?:局|委|委员会|办|办公室|政府|厅|部|税务|海关|调查队|商务|经信|大队|服务中心|统计)$"
)
# 惠科、宗申等企业: the members of a list hold nothing by themselves.
_LISTED = re.compile(r"等|(?:[、和][^，。；、]{1,14}){1,12}?(?:等|[两三四五六七八九\d]+[家个户])")
_MEMBERS = re.compile(
    "(?:[、和][^，。；]{1,16})*等(?:[^，。；]{0,12})?|(?:、[^，。；、]{1,16})+(?:和[^，。；]{1,16})?|"
)
_AND = ("、", "和", "与", "及", "以及")
# 沙坡头区增长27.4%、彭阳县增长27.4%
_ACTS = re.compile(r"增长|下降|完成|实现|达|\d")
# 甲县增长27.4%、乙县增长27.1%
# 带动我县配套企业增加到132家
# 但福州的增速达到5.4%: what links a clause to the one before opens it.
_LINK = re.compile("(?:但是?|而|尽管|虽然?|不过|然而|反观|其中，?|相比之下，?)$")
_MOVES = re.compile("(?:带动|推动|拉动|助推|助力|促进|撬动)")
# 吴江区光纤光缆产业集群入选…: what was chosen is the cluster.
_ITS_OWN_CHOSEN = re.compile(
    "(?!全[区市县]|[^，。；]{0,6}家)[^，。；、]{2,16}(?:集群|产业园|园区|企业|公司|项目|基地|中心|街区|景区|村|学校|医院)"
    "(?:成功)?(?:入选|获批|获评|上榜|被评|荣获|列入|纳入|跻身)"
)
_NAMED_IS = re.compile("(?:项目|企业|园区|平台|工程)(?:是|为)$")
_DOERS = ("initiative", "enterprise", "park")
_PROGRESS = re.compile(
    "(?:全面|全线|顺利|正式|成功|加快|加速|有序|如期|相继|提前)*"
    "(?:开工|建设|建成|通车|洞通|贯通|投产|投用|投运|运营|竣工|完工|启动|推进|开园|开馆|开通|签约|落地|封顶|获批|达产|落户|落地|揭牌|成立)+[，；]"
)
_TOLD_OFF = re.compile(
    "(?:[(][^()]{1,8}[)])?(?:从这里|由此|从此)?(?:始发|应运而生|首发|入驻办学|启动建设|建成开学|挂牌|揭牌)[，；]"
    "|通过[^，；。]{0,8}验收[，；]|与[^，；。]{2,12}(?:结为|签约|签署|建立|达成)[^，；。]{0,8}[，；]"
)
# 园区建设实现新突破 is a field of work.
_NESTED = re.compile(
    "(?:总数|数量|个数|家数)(?!据)|机场|火车站|高铁站|(?<=园区)建设(?=[实取得成])|附属|附中|附小|分[校院](?!长)|实验学校"
)
_OF_PROJECT = re.compile(
    "投资|占地|用地|面积|产能|年产|日产|产值|税|就业|岗位|全长|里程|长度|装机|库容|能力|泊位|规模|进度|工程量|销售|收入|座|床位|车位"
)
_GIVES = re.compile("出资|认缴|持股|实现|完成|增长|下降|营收|产值|税收|年?销售")
_HOLDERS = ("district", "enterprise", "park")
_NEXT = re.compile("[\\d%元家个户件项人位名吨万亿]、$")
_NTH = re.compile("第[\\d一二三四五六七八九十]{1,4}[届次批]$")
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
    quotes: list[tuple[int, int, Subject]] = field(default_factory=list)
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
    _times_only: str = ""
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
        return local

    def _mark(self, names: Sequence[Name]) -> None:
        """Find what may hold the paragraph's figures, and blank what is no part of an indicator."""
        chars = list(_FOOTNOTE.sub(lambda m: GAP * len(m[0]), self.text))
        for time in self.times:
            chars[time.start : time.end] = BLANK * (time.end - time.start)
        self._times_only = "".join(chars)
        self.marks = marks.find(self.text, self._times_only, names, self.report)
        self.mark_starts = [mark.start for mark in self.marks]
        blanked = -1
        for mark in self.marks:
            near = 0 <= blanked <= mark.start <= blanked + ASIDE
            joined = near and self._times_only[blanked : mark.start].replace(GAP, "") in _AND
            row = joined and mark.subject.type == "district"
            if self._opens_clause(mark) or mark.start == blanked or row:
                blanked = mark.end
                chars[mark.start : mark.end] = BLANK * (mark.end - mark.start)
        self.masked = "".join(chars)
        self._speakers()

    def _opens_clause(self, mark: Mark) -> bool:
        """A subject at the head of its clause is blanked, so that it never gets into an indicator."""
        before = self._times_only[max(0, mark.start - 1) : mark.start]
        after = self.text[mark.end : mark.end + 1]
        if _NESTED.match(self.text, mark.end):
            return False
        opens = (
            before in OPENS
            or (before == "、" and self._acts(mark))
            or (before == "的" and bool(_RANKED_AS.search(self.text, max(0, mark.start - 16), mark.start)))
            or (before == "的" and mark.subject.type != "district")
            or (mark.subject.type == "district" and self._linked(mark))
            or self.text.endswith(("其中", "，现", "。现"), 0, mark.start)
        )
        return opens and mark.subject.type != "cluster" and after != "等"

    def _acts(self, mark: Mark) -> bool:
        """Whether a name goes on a list of holders: 甲县增长27%、乙县增长26%, 甲公司出资3亿、乙公司2亿."""
        acts = _ACTS if mark.subject.type == "district" else _GIVES
        return bool(acts.match(self.text, mark.end))

    def _linked(self, mark: Mark) -> bool:
        """Whether nothing but a conjunction stands between a name and the head of its clause."""
        link = _LINK.search(self._times_only, max(0, mark.start - 6), mark.start)
        return link is not None and self._times_only[max(0, link.start() - 1) : link.start()] in OPENS

    def _speakers(self) -> None:
        """“…”公司总经理X说: the words in quotes are the company's."""
        text = self.text
        for match in _SAID.finditer(text):
            opened = text.rfind("“", 0, match.start())
            inside = [m for m in self.marks if match.start() <= m.start < match.end()]
            holders = (m.subject for m in inside if m.subject.type in ("enterprise", "park", "initiative"))
            subject = next(holders, None)
            if subject and opened >= 0:
                self.quotes.append((opened, match.start(), subject))

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
        start, end = sentence
        self.starts = [start] + [clause.end() for clause in _CLAUSE.finditer(text, start, end)]
        named = self.marks[bisect_left(self.mark_starts, start) : bisect_left(self.mark_starts, end)]
        self.strong = [m for m in named if self._strong(m)]
        if first < sentence.end:
            self._enter_figures(sentence, named)

    def _of_another(self, sentence: Span) -> bool:
        """Whether a sentence opens with a village, a wetland, a branch: the firm told of before is left."""
        if self.topic is None or self.topic.type not in ("enterprise", "institution", "initiative"):
            return False
        return bool(_ANOTHER.match(self.text, sentence.start, sentence.end))

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
            first, own = kept[0].subject, self.report.home if not self.report.about else None
            if first.type != "district" or first == own or not kept[0].start:
                self.topic = first

    def _goes_on(self, mark: Mark) -> bool:
        """Whether what follows the sentence may be of the name too: not of a cluster, nor of the place of
        those that are counted (入驻甲园区的2家企业)."""
        placed = self.text.startswith("的", mark.end) and _SETTLED.search(
            self.text, max(0, mark.start - 3), mark.start
        )
        return mark.subject.type != "cluster" and not placed

    def clause(self, position: int) -> int:
        """The number of the clause of the sentence that a position lies in."""
        return bisect_right(self.starts, position) - 1

    def clause_end(self, position: int) -> int:
        """Where the clause that holds a position ends."""
        at = self.clause(position) + 1
        return self.starts[at] if at < len(self.starts) else self.sentence.end

    def _strong(self, mark: Mark) -> bool:
        """Whether a name holds what follows: it opens its clause, or the clause's modifiers lead to it."""
        text = self.text
        if any(p.match(text, mark.end) for p in (_YARDSTICK, _NESTED)):
            return False
        if text.startswith("为例", mark.end):
            return True
        start = self._head(mark)
        near = max(start, mark.start - 40)
        if mark.start and text[mark.start - 1] == "的" and mark.subject.type not in ("district", "cluster"):
            return text[mark.end : mark.end + 1] not in ("的", "等", "、", "和", "与", "")
        led = text[mark.start - 1 : mark.start] == "的"
        if led and (_PLACED.search(text, near, mark.start) or _RANKED_AS.search(text, near, mark.start)):
            return True
        district = mark.subject.type == "district"
        driven = _DRIVEN.search(text, max(start, mark.start - 3), mark.start)
        if _ITS_OWN_CHOSEN.match(text, mark.end) if district else driven:
            return False
        if mark.subject.type in _HOLDERS and _NEXT.match(text, mark.start - 2, mark.start):
            return self._acts(mark)
        if mark.subject.type in _DOERS and _NAMED_IS.search(text, near, mark.start):
            # 投资额最大的项目是甲项目，计划总投资60亿元
            return text[mark.end : mark.end + 1] == "，"
        prefix = _NTH.sub("", self.masked[near : mark.start])
        if prefix.endswith(("举办的", "召开的", "建设的", "投产的")):
            return text[mark.end : mark.end + 1] == "，"
        if mark.subject.type == "district" and _MOVES.fullmatch(prefix):
            return True
        if not _LEAD_IN.match(prefix):
            return False
        if _LISTED.match(text, mark.end):
            return False
        if _LOCATED.search(text, max(start, mark.start - 4), mark.start):
            return mark.subject.type != "district"
        return not _OBJECT.search(text, max(start, mark.start - 6), mark.start)

    def _head(self, mark: Mark) -> int:
        """Where the clause or the aside that a name stands in begins: 完成投资2.3亿元(甲园区2.1亿元)."""
        start = self.starts[self.clause(mark.start)]
        opened = self.text.rfind("(", max(start, mark.start - ASIDE), mark.start) + 1
        return opened if opened and self.text.find(")", opened, mark.start) < 0 else start

    def row_before(self, position: int, count: int) -> list[Subject]:
        """The `count` names in a row, parted by 、 and 和, before `position`; [] where they are no row."""
        text = self.text
        at = bisect_left(self.mark_starts, position)
        row = self.marks[max(0, at - count) : at]
        if count < 2 or len(row) < count or not _ROW_OF.fullmatch(text[row[-1].end : position][:24]):
            return []
        parted = all(self._times_only[a.end : b.start].replace(GAP, "") in _AND for a, b in pairwise(row))
        return [mark.subject for mark in row] if parted else []

    def subject(self, quantity: Quantity) -> Subject:
        """Whose figure a quantity is."""
        report = self.report
        if after := self._of_it(quantity):
            return after
        before = self._before(quantity)
        if (thing := firmness.one_thing(self.text, quantity)) and (not before or before.type == "initiative"):
            # 投资8亿元的光伏发电项目: it has no name of its own, and isn't the project named before it.
            return Subject(thing, "initiative", None)
        if before:
            return before
        for opened, closed, subject in self.quotes:
            if opened <= quantity.start < closed:
                return subject
        return self._holder(
            self.topic or self.heading or report.section_subject or report.about or report.home
        )

    def _of_it(self, quantity: Quantity) -> Subject | None:
        """投资5亿元的甲项目: the thing right of an amount that the amount is of."""
        text = self.text
        if quantity.kind == "rank" and text.startswith("的", quantity.end):
            # 排名第6位的南通市
            at = bisect_left(self.mark_starts, quantity.end)
            return next((m.subject for m in self.marks[at : at + 1] if m.start == quantity.end + 1), None)
        if quantity.kind not in ("money", "measure", "count"):
            return None
        at = bisect_left(self.mark_starts, quantity.end)
        for mark in self.marks[at : at + 3]:
            between = text[quantity.end : min(mark.start, quantity.end + 40)]
            if mark.start - quantity.end > 30 or _CLAUSE.search(between):
                return None
            of_it = between.endswith("的") if not between.startswith("的") else quantity.kind != "count"
            if of_it and mark.subject.type not in ("district", "cluster"):
                return mark.subject
        return None

    def _before(self, quantity: Quantity) -> Subject | None:
        """The last name before a figure in its sentence that holds it; of several in a clause the first."""
        text = self.text
        clause = self.clause(quantity.start)
        at = bisect_left(self.strong, quantity.start, key=lambda m: m.start)
        near = self.strong[max(0, at - LOOK_BACK) : at]
        passed = False
        for mark in reversed(near):
            where = self.clause(mark.start)
            first = next(m for m in near if self.clause(m.start) == where)
            its_own = text[mark.start - 1 : mark.start] == "、" and self._acts(mark)
            led = text[mark.start - 1 : mark.start] == "的" or mark.start == first.end
            best = mark if led or its_own else first
            parted = "；" in text[mark.end : min(quantity.start, mark.end + 200)]
            told = best.subject.type not in ("district", "park") or (
                best.subject != self.report.about
                and (_PROGRESS.match(text, best.end) or _TOLD_OFF.match(text, best.end))
            )
            if where not in (0, clause) and parted and told and not self._leads(best):
                # A name inside one part of a sentence holds nothing beyond the semicolon.
                passed = True
                continue
            if parted and where != clause and self._elsewhere(best.subject):
                # 一是秦皇岛港煤价…；二是民间投资…: another place's name ends with its part.
                continue
            if passed and parted and best.subject.type == "park" and best.subject != self.report.about:
                # 综合保税区…；创新中心…；转化成果23项: the parts tell of one holder after another.
                continue
            if where not in (0, clause) and (self._one_of_many(best) or self._in_passing(best, quantity)):
                continue
            if where != clause or not self._member(best, quantity.start):
                return self._holder(best.subject)
        return None

    def _in_passing(self, mark: Mark, quantity: Quantity) -> bool:
        """河北银行在我县设立支行，…，全年贷款余额54亿元: whom a government's report names on the way holds
        no more than sizes beyond its clause."""
        if not self.report.official or mark.subject in (self.report.home, self.report.about):
            return False
        start = self.starts[self.clause(quantity.start)]
        return not _OF_PROJECT.search(self.text, start, quantity.end)

    def _leads(self, mark: Mark) -> bool:
        """Whether nothing but 据悉 and its like stands between a name and the head of its sentence."""
        start = self.sentence.start
        near = mark.start - start <= ASIDE and mark.subject.type != "cluster"
        said = self.masked[start : mark.start] if near else ""
        return bool(said) and bool(_LEAD_IN.match(said.replace("，", "")))

    def _one_of_many(self, mark: Mark) -> bool:
        """改革纵深推进，滨海新区作用更加突出，上市公司增至88家: one clause of a list of achievements, told
        to its end, that names a part of the territory."""
        subject = mark.subject
        own = (self.report.home, self.report.about, self.report.section_subject, self.topic)
        if subject.type not in ("district", "park") or subject in own:
            return False
        low = max(self.sentence.start, mark.start - ASIDE)
        said = self.masked[low : mark.start].strip(_BLANKS)
        if len(said) < TOLD or _ADVERBIAL.match(said):
            return False
        rest = self.text[mark.end : min(mark.end + ASIDE, self.clause_end(mark.start))]
        return bool(_TOLD_WHOLE.search(rest)) and not any(c.isdigit() for c in rest)

    def _elsewhere(self, subject: Subject) -> bool:
        """Whether a subject is a district that is neither the report's nor of its first words."""
        own = (self.report.home, self.report.about, self.report.section_subject, self.topic)
        first = self.strong[0] if self.strong else None
        start = self.sentence.start
        before = self.masked[start : min(first.start, start + ASIDE)] if first else ""
        opens = first is not None and first.subject == subject and not before.strip(_BLANKS)
        return subject.type == "district" and subject not in own and not opens

    def sized_of(self, quantity: Quantity, left: str, subject: Subject) -> Subject:
        """盯紧X项目，总投资22亿元: a thing's size is that of the thing named last, be it an object."""
        sized = left.rstrip(_TO_FIGURE).endswith(_SIZES) and _SIZE.search(left)
        if subject.type not in ("district", "park") or not sized:
            return subject
        at, text = bisect_left(self.mark_starts, quantity.start), self.text
        for mark in reversed(self.marks[max(0, at - 4) : at]):
            if mark.start < self.sentence.start or quantity.start - mark.end > 60:
                break
            if text.startswith("等", mark.end) or _FROM.search(text, max(0, mark.start - 3), mark.start):
                # 甲产业园等9个项目总投资26亿元, 来自大湾区的项目总投资60亿元
                continue
            if mark.subject.type == "initiative" or (mark.subject.type == "park" and mark.subject != subject):
                return mark.subject
        return subject

    def territory(self, subject: Subject, indicator: str, position: int) -> Subject:
        """A macro indicator in a clause that names no holder is the territory's, not the last firm's."""
        self.began = self.began or subject
        if subject.type in ("initiative", "institution") and self._only_told(subject, position, indicator):
            return self.report.section_subject or self.report.about or self.report.home
        if subject.type in ("district", "cluster") or not _MACRO.search(indicator):
            return subject
        if subject.type == "park" and (subject == self.report.about or not self._of_territory(position)):
            return subject
        start = self.starts[self.clause(position)]
        if any(m.start >= start for m in self.strong if m.start < position):
            return subject
        return self.report.section_subject or self.report.about or self.report.home

    def _only_told(self, subject: Subject, position: int, indicator: str) -> bool:
        """天眉乐高速开工建设，新增债券…: how a project gets on is told, and then something else."""
        if _OF_PROJECT.search(indicator):
            return False
        clause = self.clause(position)
        told = [m for m in self.strong if m.subject == subject and m.start < position]
        if not told or self.clause(told[-1].start) == clause:
            return False
        at, end = told[-1].end, self.clause_end(told[-1].start)
        for mark in self.marks[bisect_left(self.mark_starts, at) :]:
            if mark.start != at + 1 or self.text[at] not in "、和与及":
                break
            at = mark.end  # 甲中心、乙中心顺利落户
        return bool(_PROGRESS.fullmatch(self.text, at, end) or _TOLD_OFF.fullmatch(self.text, at, end))

    def _of_territory(self, position: int) -> bool:
        """Whether the paragraph began with the district, which a zone named on the way only interrupts:
        its sentence, or its part of it up to the semicolon, is over."""
        text, start = self.text, self.sentence.start
        semicolon = text.rfind("；", start, position)
        here = [m for m in self.strong if max(start, semicolon) <= m.start < position]
        own = self.began is not None and self.began.type == "district"
        return own and not any(m.subject.type == "park" for m in here)

    def _holder(self, subject: Subject) -> Subject:
        """A department reports for its territory: the figure is the district's."""
        if subject.type == "institution" and subject.name.endswith(("管委会", "管理委员会")):
            return self.report.last.get("park") or self.report.about or subject
        if subject.type == "institution" and _DEPARTMENT.search(subject.name):
            return self.report.about or self.report.home
        return subject

    def _member(self, mark: Mark, position: int) -> bool:
        """A、B等6家 lists members of the figure, not its holders."""
        between = self.text[mark.end : min(position, mark.end + 60)]
        if not between and mark.subject.type in ("enterprise", "park", "district"):
            # 甲公司8条生产线, 甲县2.5%的增速; but 甲、乙2家企业.
            return self.text[mark.start - 1 : mark.start] in _AND
        return bool(_MEMBERS.fullmatch(between))
