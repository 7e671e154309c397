"""From quantities to statements: what each figure measures, how, whose, when and how firmly.

In: one paragraph with its quantities, times and names, in scope. Out: `Statement` rows, clean offsets, each
with the stable name of the rule that read it. Left out, with a role for the ledger: thresholds, class
sizes and whatever measures nothing. Rules look at the short text between two boundaries, never further.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest import periods, phrase
from ingest.model import Bound, Measure, Paragraph, Quantity, Role, Span, Status
from ingest.scope import ParagraphScope, Subject, clause_starts, planned, status
from ingest.wording import patterns, words


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact in a paragraph. `quantity` keeps the clean offsets; `value` is in base units."""

    quantity: Quantity
    sentence: Span
    indicator: str
    subject: Subject
    measure: Measure
    value: Decimal
    value_max: Decimal | None
    unit: str
    bound: Bound
    basis: str | None
    period: str | None
    status: Status
    rule: str


@dataclass(slots=True)
class Reading:
    """What the text around one quantity says, before scope fills in the rest."""

    measure: Measure
    head: str
    rule: str
    sign: int = 1
    basis: str | None = None
    suffix: str = ""
    verb: str = ""
    origin: bool = False
    own: bool = True


_SEPARATOR = re.compile(r"[，。；：！？\n]")
_OPEN = re.compile(r"[(（]")
_LIST_ONLY = re.compile(r"^[、和与及至,\s]*(?:以及|或|到)?[约近超达]?$")
_THRESHOLD = re.compile(r"^(?:[(（]?含?[)）]?)?(?:及?以[上下内]|级|规模)(?:的)?(?P<noun>[\u4e00-\u9fff“”]{0,12}?)(?:企业|项目|工业|产业|集群|规模|园区|工程|投资|单位|龙头|设备|住房|机组|商品|市场|店|平台|品牌|大集群|级)")
_PER = re.compile(r"每[\u4e00-\u9fff]{0,6}$")
_GROWTH_AFTER = re.compile(r"^(?:以上|左右|以内)?的?(?:年均|同比|复合)?(?:速度|增速|增长率?|增幅|涨幅|增长速度)(?![的点])")
_ECON_GENERIC = re.compile(
    r"^(?:工业|年|总|规模以上|规上|年均|全口径|主营业务|实缴|进出口|直接|营业)?(?:总?产值|增加值|产出|营业(?:总?收入|利润)|业务收入|销售(?:收入|额)?|营收|利税|利润(?:总额)?|税收|税金|投资(?:额)?|交易额|零售额|销售额|"
    r"进出口(?:总额|额)?|出口(?:额)?|收入|总收入|产量|成交额|总额|主营业务收入|综合收入|吞吐量|业务量|贷款余额|存款余额|营业额|税收收入|固定资产投资)$"
)


def _take_before(text: str, start: int, floor: int) -> tuple[int, int]:
    """The left context of a quantity: from the nearest boundary after `floor` up to it."""
    low = floor
    for match in _SEPARATOR.finditer(text, floor, start):
        low = match.end()
    depth = 0
    for position in range(start - 1, low - 1, -1):
        if text[position] == ")":
            depth += 1
        elif text[position] == "(":
            if not depth:
                return position + 1, start
            depth -= 1
    return low, start


class ParagraphReader:
    """Reads the quantities of one paragraph in order; what a figure leaves unsaid comes from the last one."""

    def __init__(self, paragraph: Paragraph, scope: ParagraphScope, quantities: Sequence[Quantity]) -> None:
        self.text = paragraph.text
        self.paragraph = paragraph
        self.scope = scope
        self.quantities = quantities
        self.statements: list[Statement] = []
        self.roles: dict[int, Role] = {}

    def read(self) -> list[Statement]:
        index = 0
        for sentence in self.paragraph.sentences:
            inside: list[Quantity] = []
            while index < len(self.quantities) and self.quantities[index].start < sentence.end:
                if self.quantities[index].start >= sentence.start:
                    inside.append(self.quantities[index])
                index += 1
            if inside:
                SentenceReader(self, sentence, inside).read()
            self._note_topic(sentence)
        return self.statements

    def _note_topic(self, sentence: Span) -> None:
        starts = clause_starts(self.text, sentence)
        found = self.scope.subject(sentence, starts, starts[1] - 1 if len(starts) > 1 else sentence.end)
        if found:
            self.scope.topic = found[0]


class SentenceReader:
    """The figures of one sentence, left to right."""

    def __init__(self, parent: ParagraphReader, sentence: Span, quantities: list[Quantity]) -> None:
        self.parent = parent
        self.scope = parent.scope
        self.text = parent.text
        self.sentence = sentence
        self.quantities = quantities
        self.starts = clause_starts(self.text, sentence)
        self.last: Statement | None = None
        self.reading: Reading | None = None
        self.base = ""
        self.base_unit = ""
        self.items: list[str] = []
        self.item = 0
        self.clause_phrase = ""

    def read(self) -> None:
        self._mask_marks()
        floor = self.sentence.start
        for number, quantity in enumerate(self.quantities):
            following = self.quantities[number + 1] if number + 1 < len(self.quantities) else None
            if self._skip(quantity, following):
                floor = max(floor, quantity.start) if quantity.kind != "rank" else quantity.end
                continue
            low, high = _take_before(self.text, quantity.start, floor)
            left = self.masked[low:high]
            stop = following.start if following else self.sentence.end
            right = self.masked[quantity.end : stop]
            reading = self._classify(quantity, left, right, low)
            if reading is not None:
                self._state(quantity, reading, left, right, low)
            floor = quantity.end

    def _mask_marks(self) -> None:
        """The sentence with times blanked; subjects at the head of a clause are blanked too."""
        self.masked = self.scope.blanked

    def _skip(self, quantity: Quantity, following: Quantity | None) -> bool:
        text = self.text
        after = text[quantity.end : quantity.end + 24]
        threshold = _THRESHOLD.match(after)
        if after.startswith("级") and quantity.kind in ("money", "count"):
            return True
        if threshold and quantity.kind in ("money", "measure", "count"):
            return following is not None and following.start - quantity.end <= 24 or after.startswith("级")
        if quantity.kind == "double" or (quantity.chinese and quantity.kind == "count" and quantity.value <= 1):
            return True
        if quantity.chinese and quantity.kind in ("count", "measure") and text[quantity.end : quantity.end + 1] in ("大", "级"):
            return True
        if quantity.chinese and quantity.kind == "count" and quantity.value < 10 and quantity.classifier in (
            "个", "种", "类", "项", "批", "次", "方", "本", "面", "点", "层", "条", "线", "款", "员", "级", "门", "位", "起", "站", "段", "里", "度", "分", "头", "口", "支", "对", "双", "手", "处", "片", "块"
        ):
            return True
        # 每万人, 每亩: a yardstick, not a figure.
        return bool(_PER.search(text, max(0, quantity.start - 8), quantity.start)) and quantity.kind == "count" and following is not None

    # ---- what kind of statement ----

    def _classify(self, quantity: Quantity, left: str, right: str, low: int) -> Reading | None:  # noqa: PLR0912
        p = patterns()
        kind = quantity.kind
        listed = bool(_LIST_ONLY.match(left)) and self.last is not None and self.reading is not None
        if kind == "rank":
            return self._rank(left, listed)
        if listed and left.strip() and self.reading is not None and self.last is not None and (
            self.last.quantity.kind == kind or self.items
        ) and (self.items or not phrase.after(right)[0]):
            return replace(self.reading, own=False, head="", rule=self.reading.rule)
        if kind in ("percent", "fraction", "times", "double"):
            return self._relative(quantity, left, right)
        if kind == "point":
            return self._points(left)
        if match := p.to.search(left):
            return Reading("level", left[: match.start()], "level.to", verb=match["verb"])
        if match := p.growth.search(left):
            verb, head = match["verb"], left[: match.start()]
            if match["basis"] or phrase.before(head) or verb in words("gain"):
                sign = -1 if words("down").get(verb) else 1
                return Reading("change", head, "change.by", sign, match["basis"], verb=verb)
        if match := p.gain.search(left):
            sign = -1 if words("gain")[match["verb"]] == "-" else 1
            return Reading("change", match["object"], "change.gain", sign, verb=match["verb"])
        if match := p.compare.search(left):
            if quantity.kind == "money" and match["basis"] is None and not match["object"]:
                return Reading("level", left, "level.link")
        if match := p.origin.search(left):
            return Reading("level", left[: match.start() + 1 if match[0][:1] not in "由从" else match.start()], "level.from", origin=True)
        return Reading("level", left, "level")

    def _relative(self, quantity: Quantity, left: str, right: str) -> Reading:
        p = patterns()
        if quantity.kind == "times" and (match := p.multiple.search(left)):
            return Reading("growth", left[: match.start()], "growth.multiple", basis=match["basis"])
        to = p.to.search(left)
        share = p.share.search(left)
        if share and not (to and "占" not in left and not share["noun"]):
            noun = share["noun"] or ""
            basis = share["basis"].strip("\0的") if share["basis"] else None
            if share["move"] and not to:
                return Reading("growth", left[: share.start()], "growth.share", -1 if share["move"] in words("down") else 1, suffix=noun)
            head = left[: share.start()]
            return Reading("share", head, "share.of" if basis else "share", basis=basis or None, suffix="")
        if to:
            return Reading("level", left[: to.start()], "level.to", verb=to["verb"])
        if match := p.growth.search(left):
            return Reading("growth", left[: match.start()], "growth", -1 if match["verb"] in words("down") else 1, match["basis"], verb=match["verb"])
        if match := p.rate.search(left):
            before = re.search(r"(同比|环比|年均)?\s*$", left[: match.start()])
            return Reading("growth", left[: before.start() if before else match.start()], "growth.rate",
                           -1 if words("rate")[match["noun"]] == "-" else 1, before[1] if before else None)
        if quantity.kind == "times":
            return Reading("growth", left, "growth.times") if quantity.value else Reading("level", left, "level")
        if match := _GROWTH_AFTER.match(right):
            return Reading("growth", left, "growth.after")
        if match := p.part_of.search(left):
            basis = phrase.trim(match["basis"].replace("\0", ""))
            if match["verb"] or quantity.kind == "fraction":
                return Reading("share", left[: match.start()], "share.part", basis=basis)
        noun, _ = phrase.after(right)
        own = phrase.before(left)
        if noun and (not own or right.startswith("的") or right[:3] in ("以上的", "左右的")) and not own.endswith(("率", "度")):
            return Reading("share", left, "share.class")
        if quantity.kind == "fraction":
            return Reading("share", left, "share.fraction")
        if not own and self.last is not None and self.last.measure in ("growth",) and _LIST_ONLY.match(left) and self.reading:
            return replace(self.reading, own=False, head="")
        return Reading("level", left, "level.rate")

    def _points(self, left: str) -> Reading:
        p = patterns()
        growth = p.growth.search(left)
        compare = p.compare.search(left)
        if growth and not (compare and compare.end("verb") > growth.end("verb") and compare["object"]):
            sign = -1 if growth["verb"] in words("down") else 1
            return Reading("change", left[: growth.start()], "change.points", sign, growth["basis"], verb=growth["verb"])
        if compare:
            sign = -1 if words("compare")[compare["verb"]] == "-" else 1
            basis = phrase.trim(compare["object"].replace("\0", "")) or compare["basis"]
            return Reading("change", left[: compare.start()], "change.compare", sign, basis, verb=compare["verb"])
        return Reading("change", left, "change.points.bare")

    def _rank(self, left: str, listed: bool) -> Reading:
        if listed and self.reading is not None and self.reading.measure == "rank":
            return replace(self.reading, own=False, head="")
        best: re.Match[str] | None = None
        pattern = patterns().rank
        position = 0
        while match := pattern.search(left, position):
            best = match
            position = match.start() + 1
            if match["verb"] and len(match["verb"]) > 1:
                break
        if best is None:
            basis = re.search(r"(全[国省市区县州]|[\u4e00-\u9fff]{2,6}(?:同类|地区|城区|开发区))\S{0,6}$", left)
            return Reading("rank", left[: basis.start()] if basis else left, "rank.bare", basis=basis[0] if basis else None)
        basis_text = phrase.trim(best["basis"].replace("\0", "")) or None
        return Reading("rank", left[: best.start()], "rank", basis=basis_text)

    # ---- the statement ----

    def _state(self, quantity: Quantity, reading: Reading, left: str, right: str, low: int) -> None:
        found = self.scope.subject(self.sentence, self.starts, quantity.start)
        subject, mark_end = found if found else (None, -1)
        indicator, after_used = self._indicator(quantity, reading, left, right, low, mark_end)
        measure, unit, value, top = self._scaled(quantity, reading)
        subject = self._subject(subject, quantity, reading, right)
        if "分别" in left or not reading.own:
            pass
        else:
            self.items = []
        time = self.scope.time(self.sentence, self.starts, quantity.start)
        clause_start = self.starts[bisect_right(self.starts, quantity.start) - 1]
        is_planned = planned(self.text[clause_start : quantity.start], self.text, self.sentence) and quantity.kind in ("money", "count", "measure")
        period, year = self._period(time, reading, is_planned, measure)
        firmness: Status = status(self.text, self.sentence, quantity.start, quantity.end, year, self.scope.report.reference, self.scope.report.section_status)
        if is_planned and firmness != "actual" and not re.search("总投资|占地|用地|规划|设计", left):
            is_planned = False
        if is_planned:
            firmness = "planned"
        statement = Statement(
            quantity, self.sentence, indicator, subject, measure, value, top, unit, quantity.bound,
            reading.basis.replace("\0", "").strip() or None if reading.basis else None,
            period, firmness, reading.rule + (".after" if after_used else ""),
        )
        self.parent.statements.append(statement)
        self.last, self.reading = statement, reading
        if measure in ("level", "change") and quantity.kind != "point" and not phrase.vague(indicator):
            self.base = indicator
        elif measure in ("growth", "share") and reading.own and indicator:
            self.base = indicator

    def _indicator(self, quantity: Quantity, reading: Reading, left: str, right: str, low: int, mark_end: int) -> tuple[str, bool]:
        text_after, predicate = ("", "")
        takes_after = reading.measure in ("level", "change") and quantity.kind in ("count", "money", "measure") or reading.rule == "share.class"
        if takes_after:
            text_after, predicate = phrase.after(right)
        if "分别" in left or (self.items and not reading.own):
            item = self._distributed(left)
            if item:
                return item, False
        head = reading.head
        if mark_end > low:
            cut = mark_end - low
            if cut <= len(head):
                head = "\0" + head[cut:]
        own = phrase.before(head)
        if text_after and (quantity.kind == "count" or not own or right.startswith("的") and len(own) < 2 or reading.rule == "share.class"):
            if reading.rule == "share.class":
                return self._with_predicate(text_after, predicate), True
            if quantity.kind == "count" and own and not self._flows(own) and len(own) >= 4 and phrase.generic(text_after):
                return own, False
            return self._after(own, text_after, predicate), True
        if phrase.vague(own):
            base = self.base or self._clause_topic(low)
            if not base:
                base = self._heading_phrase()
            if own and base and own not in base and own not in ("同比", "其中", "分别", "增速", "增幅", "总量", "总数", "均", "全年", "累计"):
                return base + own if len(own) > 1 else base, False
            return base or own, False
        if _ECON_GENERIC.match(own):
            holder = self._holder(head, own)
            if holder:
                return holder + own, False
        return own, False

    def _flows(self, own: str) -> bool:
        return own in words("flow") or any(own.endswith(w) for w in ("新增", "引进", "培育"))

    def _after(self, own: str, noun: str, predicate: str) -> str:
        verb = ""
        match = re.search(r"(?:^|[、，])([^、，]{0,2})$", own)
        for word in sorted(words("flow"), key=len, reverse=True):
            if own.startswith(word) or own.endswith(word):
                verb = word
                break
        _ = match
        noun = self._with_predicate(noun, predicate)
        if verb and not noun.startswith(verb) and verb not in ("建立", "形成", "拥有", "达到", "覆盖", "建成", "完成", "获得", "获", "集聚", "聚集", "布局", "带动", "组建", "设置", "配备", "服务", "提供"):
            return verb + noun
        return noun

    def _with_predicate(self, noun: str, predicate: str) -> str:
        if phrase.generic(noun) and predicate:
            return re.sub(r"^(?:已|均|全部|顺利|成功|分别|先后|将|正在|的)+", "", predicate)[:16] + noun
        return noun

    def _holder(self, head: str, own: str) -> str:
        """规模以上工业 of 规模以上工业实现增加值: what stands before the verb, where it is no named subject."""
        cut = head.rfind(own)
        if cut <= 0:
            return ""
        before = head[:cut].rsplit("\0", 1)[-1]
        match = re.search(r"([^，。；、\0]{2,18}?)(?:全年|累计|共|已|预计|力争|合计)*(?:实现|完成|创造|达成|产生|贡献)(?:了)?(?:全年)?$", before)
        if not match:
            return ""
        holder = phrase.trim(patterns().opener.sub("", match[1]))
        if any(w in holder for w in ("推动", "助推", "带动", "确保", "力争", "促进")):
            return ""
        return holder

    def _clause_topic(self, low: int) -> str:
        """The noun phrase that opened the clause before this one, when the figure's own names nothing."""
        clause = bisect_right(self.starts, low) - 1
        while clause > 0:
            clause -= 1
            words_before = self.masked[self.starts[clause] : self.starts[clause + 1] - 1]
            topic = phrase.before(words_before)
            if 2 <= len(topic) <= 24 and not phrase.vague(topic):
                return topic
        return ""

    def _heading_phrase(self) -> str:
        return ""

    def _distributed(self, left: str) -> str:
        if "分别" in left:
            head = re.split(r"(?:同比|比上年|比去年|较上年|较去年|环比|年均)?分别", left)[0]
            names = phrase.before(head.rsplit("\0", 1)[-1]) if "、" not in head and "和" not in head else head.rsplit("\0", 1)[-1]
            names = re.sub(r"(?:数量|增速|占比|比重|增幅)$", "", names)
            parts = [x for x in re.split(r"、|以及|和|与|及", names) if x]
            parts[0:1] = [phrase.before(parts[0])] if parts and len(parts[0]) > 6 else parts[0:1]
            parts = [phrase.trim(x) for x in parts]
            parts = [x for x in parts if x]
            if len(parts) >= 2:
                tail = parts[-1]
                suffix = re.search(r"(?:产业)?(?:增加值|总产值|产值|投资|收入|产量|贷款|存款|企业|人口|面积|销售额|零售额|进出口|出口|利润|税收|消费)(?:额|数|总额|余额)?$", tail)
                if suffix:
                    parts = [x if re.search(r"(?:值|额|资|入|量|款|业|口|积|润|收|费|数)$", x) and len(x) > 3 else x + suffix[0] for x in parts[:-1]] + [tail]
                self.items, self.item = parts, 0
            else:
                self.items = []
        if not self.items:
            return ""
        item = self.items[min(self.item, len(self.items) - 1)]
        self.item += 1
        return item

    def _scaled(self, quantity: Quantity, reading: Reading) -> tuple[Measure, str, Decimal, Decimal | None]:
        value, top, unit = quantity.value, quantity.value_max, quantity.unit
        measure = reading.measure
        if quantity.kind == "times":
            if reading.rule == "growth.multiple":
                value, top, unit = (value - 1) * 100, None, "%"
            elif measure == "growth":
                value, top, unit = value * 100, top * 100 if top is not None else None, "%"
        if reading.sign < 0:
            value, top = -value, -top if top is not None else None
        return measure, unit, value, top

    def _subject(self, subject: Subject | None, quantity: Quantity, reading: Reading, right: str) -> Subject:
        report = self.scope.report
        if quantity.kind in ("money", "measure") and right.startswith("的"):
            for mark in self.scope.marks:
                if quantity.end < mark.start <= quantity.end + 24 and mark.subject.type in ("initiative", "institution", "enterprise", "park"):
                    return mark.subject
                if mark.start > quantity.end + 24:
                    break
        return subject or self.scope.topic or report.section_subject or report.home

    def _period(self, time: periods.Time | None, reading: Reading, is_planned: bool, measure: Measure) -> tuple[str | None, int | None]:
        report = self.scope.report
        context = self.scope_year()
        if reading.origin:
            return None, None
        if time is not None:
            edtf = periods.resolve(time, report.reference, context)
            year = periods.year_of(time, report.reference, context) if time.kind in ("period", "until", "as-of") else None
            if edtf is None and time.kind == "vague":
                return f"../{report.reference}", None
            return edtf, year
        if is_planned:
            return None, None
        opening = self.opening_time()
        if opening is not None:
            return periods.resolve(opening, report.reference, context), periods.year_of(opening, report.reference, context)
        if report.section_year is not None:
            return str(report.section_year), report.section_year
        if report.year is not None:
            return str(report.year), report.year
        return f"../{report.reference}", None

    def scope_year(self) -> int | None:
        report = self.scope.report
        year = report.section_year or report.year
        for time in self.scope.times:
            if time.start >= self.sentence.end:
                break
            if time.explicit and time.kind in ("period", "as-of", "until", "since") and time.start < self.sentence.end:
                if time.start >= self.sentence.start and self.last is None and time.start > self.quantities[0].start:
                    break
                year = periods.year_of(time, report.reference, None)
        return year

    def opening_time(self) -> periods.Time | None:
        """The time that the paragraph opened with, or the last one before this sentence."""
        best: periods.Time | None = None
        for time in self.scope.times:
            if time.start >= self.sentence.start:
                break
            if time.kind in ("period", "as-of", "now", "since", "span"):
                best = time
        if best is not None and best.day:
            return replace(best, month=0, last_month=0, day=0, last_day=0)
        return best
