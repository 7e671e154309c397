"""From quantities to statements: what each figure measures, how, whose, when and how firmly.

In: one paragraph with its quantities, times and names, in scope. Out: `Statement`s, clean offsets, each
with the stable name of the rule that read it. Left out: thresholds, class sizes and what measures nothing.
Rules look at the short text between two boundaries, at most `REACH` characters, so that reading is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest import firmness, phrase, readings, timing
from ingest.model import Bound, Measure, Paragraph, Quantity, Span, Status
from ingest.readings import LIST_ONLY, Reading
from ingest.scope import ParagraphScope
from ingest.sections import ReportScope, Subject
from ingest.tables import Cell
from ingest.wording import patterns, words

LONGEST_LIST = 24
"""Items that one 分别 may hand out."""
REACH = 90
"""Characters left and right of a quantity that its own reading may look at."""


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
    subject_own: bool = True
    period_own: bool = True


_SEPARATOR = re.compile(r"[，；。：！？\n]")
_BOUND_LEFT = re.compile(r"^(?:大关|台阶|关口|门槛|新高)|^(?:[(（]含[)）])?(?:及?以[上下内]|之间|左右|上下|不等|之多)(?:的)?")
_THRESHOLD = re.compile(
    r"^(?:[(（]?含?[)）]?)?(?:及?以[上下内])(?:的)?[\u4e00-\u9fff“”]{0,12}?"
    r"(?:企业|项目|工业|产业|集群|园区|工程|单位|龙头|设备|住房|机组|商品|平台|品牌|村|合作社|大户|主体|地块|路段|人才)"
)
_LABEL = re.compile(r"^\s*(?:——|—|--|：|:|-)\s*(?P<text>[^。；\n]{2,60})")
_BULLETS = " \t\n◆●■▲★·•—-\u3000\0"
_OF_CLASS = re.compile(r"的?(?:企业|项目|产业|集群|园区|工业|村)")
_CLASS_SIZE = re.compile(r"^[余多]?级(?!别)")
_SIZE_END = re.compile(r"(?:产能|能力|规模|面积|投资|产量|床位)$")
_NEXT_WHOLE = re.compile(r"^[、，和]占?(?P<basis>[^，、]{2,8})的$")
_CONTEST = re.compile(r"在(?P<what>[^，。；]{2,30}(?:评价|考核|考评|测评|评比|排名|评估|榜单|竞赛))中?，")
_NEXT_PLACE = re.compile(r"^[、和](?:居|列|位列)?(?P<basis>[^，、；]{2,10})$")
_GAINS_ON = re.compile(r"(?:[、和及]|以及)(?!共|累计|总|达|目前|现)")
_STEP = re.compile(r"[、和与](?:增长|下降|提高|减少|上升|增加|回落)$")
_PER = re.compile(r"每隔?$")
_RANK_COUNT = re.compile(r"(?:居|列|位居|位列|排|排名|在|占)[^，；。]{0,8}$")
_SMALL_WORDS = frozenset("个种类项批次方本面点层条线款员级门位起站段里度分头口支对双手处片块")


def _label(right: str, more: bool) -> str:
    """The clause right of a dash that names what the number before it counts; '' where there is none."""
    match = _LABEL.match(right)
    if not match:
        return ""
    clauses = match["text"].split("，")
    if more and len(clauses) > 1:
        clauses.pop()
    return next((c for c in reversed(clauses) if not phrase.vague(phrase.before(c))), "")


def read(paragraph: Paragraph, local: ParagraphScope, quantities: Sequence[Quantity]) -> list[Statement]:
    """The statements of one paragraph, in order."""
    return ParagraphReader(paragraph, local, quantities).read()


def in_table(paragraph: Paragraph, cell: Cell, report: ReportScope) -> Statement:
    """The statement of a table's figure: the report's subject and year, and what row and column say."""
    year = report.section_year or report.title_year
    period = str(year) if year else f"../{report.reference}"
    quantity = cell.quantity
    sentence = next((s for s in paragraph.sentences if s.start <= quantity.start < s.end), Span(0, len(paragraph.text)))
    return Statement(
        quantity, sentence, cell.indicator, report.about or report.home, cell.measure, quantity.value, None,
        quantity.unit, "exact", None, period, "actual", f"table.{cell.measure}", False, False,
    )


class ParagraphReader:
    """Reads a paragraph sentence by sentence; `base` is the indicator that a bare figure leans on."""

    def __init__(self, paragraph: Paragraph, local: ParagraphScope, quantities: Sequence[Quantity]) -> None:
        self.paragraph = paragraph
        self.scope = local
        self.quantities = quantities
        self.base = ""
        self.statements: list[Statement] = []

    def read(self) -> list[Statement]:
        index = 0
        for sentence in self.paragraph.sentences:
            inside: list[Quantity] = []
            while index < len(self.quantities) and self.quantities[index].start < sentence.end:
                if self.quantities[index].start >= sentence.start:
                    inside.append(self.quantities[index])
                index += 1
            self.scope.enter(sentence, inside[0].start if inside else sentence.end)
            if inside:
                reader = SentenceReader(self.scope, self.paragraph.text, sentence, inside, self.base)
                self.statements.extend(reader.read())
                self.base = reader.main or self.base
            self.scope.leave()
        return self.statements


class SentenceReader:
    """The figures of one sentence, left to right; what one leaves unsaid comes from those before it."""

    def __init__(
        self, local: ParagraphScope, text: str, sentence: Span, quantities: list[Quantity], base: str
    ) -> None:
        self.scope = local
        self.text = text
        self.masked = local.masked
        self.sentence = sentence
        self.quantities = quantities
        self.statements: list[Statement] = []
        self.reading: Reading | None = None
        self.base = base
        self.main = ""
        self.money = ""
        self.holder = ""
        self.items: list[str] = []
        self.items_before: list[str] = []
        self.item = 0
        self.holders: list[Subject] = []
        self.held = 0

    def read(self) -> list[Statement]:
        floor = self.sentence.start
        for number, quantity in enumerate(self.quantities):
            following = self.quantities[number + 1] if number + 1 < len(self.quantities) else None
            if self._skip(quantity, following):
                continue
            low = self._low(quantity.start, floor)
            left = self.masked[low : quantity.start]
            right = self.masked[quantity.end : min(following.start if following else self.sentence.end, quantity.end + REACH)]
            if low == floor:
                left = _BOUND_LEFT.sub("", left)
            right = _BOUND_LEFT.sub("", right)
            if not left.strip(_BULLETS) and (label := _label(right, following is not None)):
                # ◆83家——国家高新技术企业: what stands right of the dash is read as if it stood left.
                left, right = label, ""
            self._state(number, self._read(quantity, left, right), left, right)
            floor = quantity.end
        return self.statements

    def _low(self, start: int, floor: int) -> int:
        """Where the left context begins: after the last boundary or opening bracket, never before `floor`."""
        low = max(floor, start - REACH)
        for match in _SEPARATOR.finditer(self.text, low, start):
            low = match.end()
        depth = 0
        for position in range(start - 1, low - 1, -1):
            if self.text[position] == ")":
                depth += 1
            elif self.text[position] == "(":
                if not depth:
                    return position + 1
                depth -= 1
        return low

    def _skip(self, quantity: Quantity, following: Quantity | None) -> bool:
        after = self.text[quantity.end : quantity.end + 24]
        near = following is not None and following.start - quantity.end <= 24
        if quantity.kind in ("money", "measure", "count") and _CLASS_SIZE.match(after):
            return True
        if quantity.kind in ("money", "measure") and near:
            over = self.text[quantity.start - 1 : quantity.start] in ("超", "过", "逾", "达", "破")
            if _THRESHOLD.match(after) or (over and _OF_CLASS.match(after)):
                return True
        if quantity.kind == "double":
            return True
        if quantity.kind == "count" and following is not None:
            between = self.text[quantity.end : following.start]
            before = self.text[max(0, quantity.start - 10) : quantity.start]
            if following.kind == "rank" and len(between) <= 16 and "，" not in between and _RANK_COUNT.search(before):
                return True
            if _PER.search(before) and near:
                return True
        return quantity.chinese and quantity.kind in ("count", "measure") and (
            quantity.value <= 1 or after[:1] in ("大", "级") or (quantity.value < 10 and quantity.classifier in _SMALL_WORDS)
        )

    # ---- what is said ----

    def _read(self, quantity: Quantity, left: str, right: str) -> Reading:
        last = self.reading
        if last is not None and self.statements and LIST_ONLY.match(left):
            ratios = ("percent", "times")
            kind = self.statements[-1].quantity.kind
            same = kind == quantity.kind or (kind in ratios and quantity.kind in ratios)
            goes_on = bool(self.items) or quantity.kind == "rank" or not (phrase.after(right)[0] or phrase.predicate(right))
            if left.strip() and same and goes_on:
                return replace(last, own=False, head="", origin=False)
        if last is not None and last.measure == "rank" and quantity.kind == "rank" and (place := _NEXT_PLACE.match(left)):
            return replace(last, own=False, head="", basis=place["basis"])
        if last is not None and last.rule == "share.of" and quantity.kind == "percent" and (whole := _NEXT_WHOLE.match(left)):
            return replace(last, own=False, head="", basis=whole["basis"])
        reading = readings.read(quantity, left, right)
        if reading.rule == "level.to" and last is not None and last.rule == "share.from" and phrase.vague(phrase.before(reading.head)):
            reading = replace(reading, measure="share", rule="share.to", basis=last.basis)
        # 新增高新技术企业8家、科技型企业34家: the verb holds for the whole list.
        if reading.rule == "level" and last is not None and last.verb in words("gain") and last.measure == "change" and _GAINS_ON.match(left) and not phrase.flow_verb(phrase.before(left)):
            return replace(reading, measure="change", rule="change.gain", sign=last.sign)
        return reading

    def _state(self, number: int, reading: Reading, left: str, right: str) -> None:
        quantity = self.quantities[number]
        indicator, from_right = self._indicator(number, reading, left, right)
        value, top, unit = _scaled(quantity, reading)
        subject = self._holder(number, reading, left) or self.scope.territory(
            self.scope.subject(quantity, right), indicator, quantity.start
        )
        subject = self.scope.sized_of(quantity, left, subject)
        sized = firmness.sized(left, self.text, quantity, subject)
        planned = self._still_planned(quantity, reading, subject) or (
            sized and not firmness.finished(self.text, self.sentence, quantity.start)
        )
        undated = (sized or planned) and subject.type not in ("district", "park", "cluster")
        flow = reading.measure == "growth" or bool(phrase.economic_noun(indicator))
        period, year = timing.period(self.scope, quantity, reading.origin, undated, flow)
        status = firmness.status(self.scope, quantity, year)
        if reading.origin:
            status = "actual"
        elif planned and status != "forecast":
            status = "planned"
        statement = Statement(
            quantity, self.sentence, indicator, subject, reading.measure, value, top, unit, _bound(quantity, reading),
            self._basis(reading, left, quantity.start), period, status,
            reading.rule + (".after" if from_right else ""), self.scope.says(subject), self.scope.dated,
        )
        self.statements.append(statement)
        self.reading = reading
        if not phrase.vague(indicator):
            if quantity.kind == "money":
                self.money = indicator
            self.base = indicator
            if not self.main or quantity.kind != "rank":
                self.main = indicator if not self.main or reading.own else self.main

    def _basis(self, reading: Reading, left: str, start: int) -> str | None:
        """The basis as it stands, times and all: 比2020年, 上年."""
        if not reading.basis:
            return None
        at = left.rfind(reading.basis)
        if at < 0 or not reading.own:
            return reading.basis.replace(phrase.BLANK, "") or None
        low = start - len(left) + at
        return phrase.trim(self.text[low : low + len(reading.basis)]) or None

    def _still_planned(self, quantity: Quantity, reading: Reading, subject: Subject) -> bool:
        """The sizes that follow a project's planned size in its sentence are planned too."""
        last = self.statements[-1] if self.statements else None
        return (
            last is not None and last.status == "planned" and last.subject == subject and subject.type == "initiative" and reading.rule.startswith("level")
            and quantity.kind in ("money", "measure", "count")
            and not firmness.FIRM.search(self.text, last.quantity.end, quantity.start)
        )

    # ---- the indicator ----

    def _indicator(self, number: int, reading: Reading, left: str, right: str) -> tuple[str, bool]:
        quantity = self.quantities[number]
        if "分别" in left or (self.items and (not reading.own or _STEP.match(left))):
            if item := self._distributed(number, left, reading):
                return item, False
        elif reading.own:
            self.items_before, self.items = self.items or self.items_before, []
        if reading.rule == "share.spent":
            return phrase.spent(right) or self.base, True
        own = phrase.before(reading.head)
        amounts = quantity.kind in ("count", "money", "measure") and reading.measure in ("level", "change")
        if (amounts and reading.rule not in ("level.to", "change.rank")) or reading.rule == "share.class":
            noun, predicate = phrase.after(right)
            if found := self._right(quantity, reading, own, noun, predicate, right):
                return found, True
            if not noun and quantity.kind == "count" and phrase.vague(own) and (done := phrase.predicate(right)):
                return done + phrase.last_noun(self.base), True
        own = phrase.ABBREVIATIONS.get(own, own)
        if phrase.vague(own):
            if listed := self._goes_on(number, reading):
                return listed, False
            return self._inherited(own, quantity, reading), False
        if self.base and len(own) == 2 and own == phrase.flow_verb(own) and own not in ("出口", "进口"):
            # 其中关停19家, 已支用785万元: the verb is new, what it is done to was named before.
            if quantity.kind == "count":
                return own + phrase.last_noun(self.base), False
            if quantity.kind == "money" and self.money:
                return own + self.money, False
        if quantity.kind == "money" and self.money and (verb := phrase.done_to(own)):
            return verb + self.money, False
        if reading.measure == "rank" and self.base and len(own) <= 5 and own.endswith(("数量", "总量", "总数")):
            return self.base + own, False
        if phrase.adjective(own) and self.base:
            return own + phrase.last_noun(self.base), False
        return self._completed(own, reading), False

    def _right(self, quantity: Quantity, reading: Reading, own: str, noun: str, predicate: str, right: str) -> str:
        """The indicator that stands right of the quantity: 建成9个智能工厂, 2.6亿元知识产权信用贷款."""
        if not noun:
            return ""
        if reading.rule == "share.class":
            return phrase.with_predicate(noun, predicate)
        verb = phrase.flow_verb(own)
        if right.startswith("的") and own and own != verb and _SIZE_END.search(own):
            return ""
        if noun in ("国家", "国家和地区", "地区") and own and own != verb:
            return own
        if quantity.kind == "count":
            if own and own != verb and len(own) >= 4 and phrase.generic(noun) and not predicate:
                return own
            return phrase.joined(verb, phrase.with_predicate(noun, predicate))
        if not own or own == verb or phrase.vague(own) or (verb and own.endswith(verb)):
            return phrase.joined(verb, noun)
        return ""

    def _inherited(self, own: str, quantity: Quantity, reading: Reading) -> str:
        base = self._topic(quantity) or self.base
        if reading.measure == "rank" and (contest := self._contest(quantity.start)):
            base = contest
        if not base and reading.rule.startswith("rank") and reading.basis:
            return re.sub(r"^全[国省市区县州球]", "", reading.basis)
        if not base:
            return own
        if reading.rule == "share" and len(own) == 1:
            return own + "占比"
        if reading.rule.startswith("growth") and phrase.BRANCH.search(base) and (noun := phrase.economic_noun(self.base)):
            return base + noun if not base.endswith(noun) else base
        return base + own if phrase.adds(own) else base

    def _contest(self, position: int) -> str:
        """在全国综合考评中，…列第3位: the contest that the clause before names."""
        match = _CONTEST.search(self.masked, max(self.sentence.start, position - 60), position)
        return phrase.trim(match["what"].replace(phrase.BLANK, "")) if match else ""

    def _topic(self, quantity: Quantity) -> str:
        """装备制造业由降转升，增长2.7%: the clause before, if it holds no figure, may name the indicator."""
        starts = self.scope.starts
        clause = bisect_right(starts, quantity.start) - 1
        if not clause:
            return ""
        low, high = starts[clause - 1], starts[clause] - 1
        at = bisect_left(self.quantities, low, key=lambda q: q.start)
        if self.quantities[at].start < high or high - low > 40:
            return ""
        said_before = patterns().opener.sub("", self.masked[low:high].lstrip(phrase.BLANK))
        noun, said = phrase.after(re.sub("^像这样的?|^像|^这样的", "", said_before))
        fits = phrase.TOPIC.search(noun) or (not said and phrase.THINGS.search(noun))
        return noun if fits and not phrase.vague(noun) else ""

    def _goes_on(self, number: int, reading: Reading) -> str:
        """X、Y分别达到642亿元、418亿元，增长4.2%和17.6%: a second list follows the first item by item."""
        if self.item >= 2 and self.item == len(self.items_before) and reading.own:
            recent = self._recent(number)
            if len(recent) == len(self.items_before):
                self.items, self.item = recent, 1
                return recent[0]
        return ""

    def _completed(self, own: str, reading: Reading) -> str:
        """Own phrases that lean on what was said: 产值 after 规上工业企业, 汽车制造业 after 增加值增长."""
        if reading.rule == "level" and self.statements and (part := phrase.part(own, self.base)):
            return part
        if phrase.LEANS.fullmatch(own) and self.statements and self.base and own not in self.base:
            if self.base.endswith("项目") or not phrase.ECONOMIC.fullmatch(own):
                return self.base + own
        if phrase.ECONOMIC.fullmatch(own):
            holder = phrase.holder(reading.head, own)
            if holder:
                self.holder = holder
            elif self.statements:
                holder = self.holder or phrase.firms(self.base)
            return holder + own
        self.holder = ""
        if reading.rule.startswith("growth") and phrase.BRANCH.search(own) and (noun := phrase.economic_noun(self.base)):
            return own + noun
        return own

    def _distributed(self, number: int, left: str, reading: Reading) -> str:
        if "分别" in left and reading.rule == "change.compare" and re.search("[、和与]", reading.basis or ""):
            # 分别高于全省、全市2.3个和0.6个百分点: the yardsticks are handed out, not the indicators.
            self.items = []
        elif "分别" in left:
            head = re.split(r"(?:同比|环比|年均|[比较][^，、]{1,8}?)?分别", left)[0]
            if reading.measure == "share" and len(reading.head) < len(head):
                head = reading.head
            self.items, self.item = phrase.items(head, self._length(number)), 0
            own = phrase.before(head)
            if len(self.items) < 2:
                self.items = self._recent(number)
                if self.items and not phrase.vague(own):
                    self.items = [phrase.stem(item) + own for item in self.items]
            elif self.base and all(phrase.vague(item) for item in self.items):
                self.items = [self.base + item for item in self.items]
            elif (noun := phrase.before(reading.head[len(head) :])) and phrase.ECONOMIC.fullmatch(noun):
                self.items = [item + noun for item in self.items]
            self.items_before = self.items
        if not self.items:
            return ""
        item = self.items[min(self.item, len(self.items) - 1)]
        self.item += 1
        return item

    def _holder(self, number: int, reading: Reading, left: str) -> Subject | None:
        """甲区、乙区分别新增31家、24家: the holders are handed out as well."""
        if "分别" in left:
            at = self.quantities[number].start - len(left) + left.index("分别")
            self.holders = self.scope.row_before(at, self._length(number))
            self.held = 0
        elif reading.own:
            self.holders = []
        if not self.holders:
            return None
        self.held += 1
        return self.holders[min(self.held, len(self.holders)) - 1]

    def _recent(self, number: int) -> list[str]:
        """X32万亩，Y14万吨，分别增长1%和2%: the last n indicators, n being the length of the list."""
        count = self._length(number)
        said = list(dict.fromkeys(s.indicator for s in reversed(self.statements[-3 * count - 2 :]) if s.measure != "rank"))
        return said[count - 1 :: -1] if count > 1 and len(said) >= count else []

    def _length(self, number: int) -> int:
        """How many quantities the list has that begins at `number`; at most `LONGEST_LIST`."""
        count = 1
        while count < LONGEST_LIST and number + count < len(self.quantities):
            first, second = self.quantities[number + count - 1], self.quantities[number + count]
            between = _BOUND_LEFT.sub("", self.text[first.end : second.start][:12])
            if second.start - first.end > 12 or not (LIST_ONLY.match(between) or _STEP.match(between)):
                break
            count += 1
        return count


def _bound(quantity: Quantity, reading: Reading) -> Bound:
    """不低于营收的20%: the bound may stand before the basis."""
    if quantity.bound == "exact" and reading.rule == "share.part" and reading.verb in ("不低于", "不少于", "超过", "高于"):
        return "min"
    return quantity.bound


def _scaled(quantity: Quantity, reading: Reading) -> tuple[Decimal, Decimal | None, str]:
    value, top, unit = quantity.value, quantity.value_max, quantity.unit
    if quantity.kind == "times" and reading.measure == "growth":
        less = 1 if reading.rule == "growth.multiple" else 0
        value, top, unit = (value - less) * 100, (top - less) * 100 if top is not None else None, "%"
    if reading.rule == "change.rank":
        unit = "名"
    if reading.sign < 0:
        value, top = -value, -top if top is not None else None
    return value, top, unit
