"""From quantities to statements: what each figure measures, how, whose, when and how firmly.

In: one paragraph with its quantities, times and names, in scope. Out: `Statement`s, clean offsets, each
with the stable name of the rule that read it. Left out: thresholds, class sizes and what measures nothing.
Rules look at the short text between two boundaries, at most `REACH` characters, so that reading is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest import (
    against,
    continued,
    distribution,
    firmness,
    nouns,
    phrase,
    subjects,
    thresholds,
    timing,
    wholes,
)
from ingest.indicators import map_indicator
from ingest.measured import NEARBY, IndicatorReader
from ingest.model import Bound, Measure, Paragraph, Quantity, Span, Status
from ingest.narrowed import narrowed
from ingest.readings import REACH, SEPARATOR, Reading
from ingest.scope import ParagraphScope
from ingest.sections import ReportScope, Subject
from ingest.tables import Cell
from ingest.thresholds import BOUND_LEFT, OVER_WORDS


@dataclass(slots=True)
class Statement:
    """One fact in a paragraph. `quantity` keeps the clean offsets; `value` is in base units; `narrowed` where
    it tells a part of what the indicator names (see `narrowed.narrowed`)."""

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
    narrowed: bool = False


_COSTS = re.compile(
    r"(?P<thing>[^，。；、\d]{3,24}(?:项目|中心|基地|产业园|工程|工厂|大桥|公路|高速|铁路|电站|医院|学校|生产线|综合体|小镇))"
    "(?P<size>(?:计划)?总投资额?)"
)
# 庞口配件城年交易额230亿元: a market or a building holds what is done in it.
_SEAT = re.compile(
    "(?P<who>(?!各|全|建成|拥有|城区|商业|商务|专业|重点|大型|新建|入驻|甲级)[\u4e00-\u9fff]{2,10}(?:大厦|广场|商城|商贸城|配件城|大楼|(?<!星级)酒店))"
    "(?P<what>(?:注册|入驻|累计|年)*(?:企业|交易额|成交额|销售额|营业额|营业收入|税收|面积|入住率|出租率|客流量))"
)
_CLASS = re.compile(
    "签约|招商|在谈|[拟已]入驻|^入驻|引进|落地|重大|重点|以上|亿元|[新在续]建|开工|[这上全所]|产业项目|工业项目|个|批|次|该|目前|合作|投资|实施|各|类|年产|列入|型项目"
)
_LABEL = re.compile(r"^\s*(?:——|—|--|：|:|-)\s*(?P<text>[^。；\n]{2,60})")
# A park's planned area is as it is drawn today; what is to be built in it has no time yet.
_OUTLINE = re.compile("规划(?:总|控制)*面积(?:约|为|达|近|超过?)*$")
_OF_THESE = re.compile("[\\s“]*其中")
_FROM_HERE = re.compile("[从由](?!业|事|于)")
_NAMED_BEFORE = re.compile(
    "(?:占比|比重|比例|[\u4e00-\u9fff]率|总量|总数|总值|产值|收入|规模|数量|面积|产能)，$"
)
_JOINER = "、|和|与|及|以及"
_YARDSTICKS = re.compile(
    f"[比较]?(?P<row>[^、和与及]+(?:(?:{_JOINER})[^、和与及]+?)+)"
    "(?P<tail>(?:的?平均(?:水平|值|增速)?|水平)?)(?:分别)?"
)
_BULLETS = " \t\n◆●■▲★·•—-\u3000\0"
_BARE = re.compile("[百千万十]?[万亿]元")
# 五年来，…企业达到289家: what stands there at the end of a time, not what was done in it.
_REACHED = re.compile(
    "(?:达到?|突破|总数|总量|拥有|现有|超过?|增[至到]|升[至到]|保持在?)(?:了|约|近|超过?)*$"
)
_NEXT_ITEM = re.compile("、[^，。；、\\d]{2,14}")
_STOCK = re.compile(
    "(?:率|比重|占比|比例|余额|存量|保有量|里程|装机|装机容量|人口|寿命|密度|航道|能力|资产总额)$"
)


def read(paragraph: Paragraph, local: ParagraphScope, quantities: Sequence[Quantity]) -> list[Statement]:
    """The statements of one paragraph, in order."""
    found: list[Statement] = []
    base = ""
    index = 0
    for sentence in paragraph.sentences:
        inside: list[Quantity] = []
        while index < len(quantities) and quantities[index].start < sentence.end:
            if quantities[index].start >= sentence.start and not thresholds.a_word(quantities[index]):
                inside.append(quantities[index])
            index += 1
        if not inside and index == len(quantities):
            local.pass_by(sentence)
            continue
        local.enter(sentence, inside[0].start if inside else sentence.end)
        if inside:
            reader = SentenceReader(local, paragraph.text, sentence, inside, base)
            reader.told = found
            found.extend(reader.read())
            base = reader.indicators.main or base
        local.leave()
    if nouns.TOPIC.search(base) and not base.endswith("企业"):
        local.report.indicator = base
    return found


def in_table(paragraph: Paragraph, cell: Cell, report: ReportScope) -> Statement:
    """The statement of a table's figure: the report's subject and year, and what row and column say."""
    year = report.section_year or report.title_year
    period = str(year) if year else f"../{report.reference}"
    quantity = cell.quantity
    whole = Span(0, len(paragraph.text))
    sentence = next((s for s in paragraph.sentences if s.start <= quantity.start < s.end), whole)
    return Statement(
        quantity,
        sentence,
        cell.indicator,
        report.about or report.home,
        cell.measure,
        quantity.value,
        None,
        quantity.unit,
        "exact",
        None,
        period,
        "actual",
        f"table.{cell.measure}",
        False,
        False,
    )


class SentenceReader:
    """The figures of one sentence, left to right; what one leaves unsaid comes from those before it.

    `base` is the indicator that a bare figure leans on until the sentence names one.
    """

    def __init__(
        self, local: ParagraphScope, text: str, sentence: Span, quantities: list[Quantity], base: str
    ) -> None:
        self.scope = local
        self.text = text
        self.masked = local.masked
        self.sentence = sentence
        self.quantities = quantities
        self.parted = [start for start in local.starts[1:] if text[start - 1] != "—"]
        self.indicators = IndicatorReader(local, text, sentence, quantities, base)
        self.statements: list[Statement] = []
        self.told: Sequence[Statement] = ()
        self.reading: Reading | None = None
        self.holders: list[Subject] = []
        self.held = 0
        self.wholes: list[str] = []
        self.years: list[int] = []
        self.dealt = 0

    def read(self) -> list[Statement]:
        """The statements of the sentence, in order."""
        floor = self.sentence.start
        following: Quantity | None = self.quantities[0]
        for number, quantity in enumerate(self.quantities):
            passed_over = following is not quantity
            following = self._following(number)
            if passed_over or thresholds.skips(self.text, quantity, following):
                continue
            low = self._low(quantity.start, floor)
            high = min(following.start if following else self.sentence.end, quantity.end + REACH)
            left, right = self.masked[low : quantity.start], self.masked[quantity.end : high]
            if following and not right and quantity.kind == "count" and following.kind == "measure":
                # 4座1200吨窑炉: what is counted stands right of its size.
                end = min(self.sentence.end, following.end + REACH)
                right = self.masked[following.end : end].lstrip("级")
            if low == floor:
                left = phrase.drop_start(BOUND_LEFT, left)
            right = phrase.drop_start(BOUND_LEFT, right)
            if not left.strip(_BULLETS) and (label := _label(right, following is not None)):
                # ◆83家——国家高新技术企业: what stands right of the dash is read as if it stood left.
                left, right = label, ""
            self._state(number, continued.read(self, quantity, left, right), left, right)
            floor = quantity.end
        return self.statements

    def _following(self, number: int) -> Quantity | None:
        """The next figure; a bare unit goes with what was counted before it (6家企业收入过亿元)."""
        after = self.quantities[number + 1 : number + 3]
        if not after or self.quantities[number].kind != "count" or not _BARE.fullmatch(self._said(after[0])):
            return after[0] if after else None
        between = self.text[self.quantities[number].end : after[0].start]
        if SEPARATOR.search(between) or between[-1:] not in OVER_WORDS:
            return after[0]
        return after[1] if len(after) > 1 else None

    def _said(self, quantity: Quantity) -> str:
        return self.text[quantity.start : quantity.end]

    def _low(self, start: int, floor: int) -> int:
        """Where the left context begins: after the last boundary or opening bracket, never before `floor`."""
        low = max(floor, start - REACH)
        at = bisect_right(self.parted, start)
        low = max(low, self.parted[at - 1]) if at else low
        if low > floor and _FROM_HERE.match(self.text, low):
            # 非煤产业收入占比，从15年前的不足30%，…: the clause before names what rose.
            named = _NAMED_BEFORE.search(self.text, max(floor, low - REACH), low)
            before = self.parted[at - 2] if at > 1 else self.sentence.start
            low = max(floor, before) if named else low
        if self.text.find("(", low, start) < 0:
            return low
        depth = 0
        for position in range(start - 1, low - 1, -1):
            if self.text[position] == ")":
                depth += 1
            elif self.text[position] == "(":
                if not depth:
                    return position + 1
                depth -= 1
        return low

    # ---- what is said ----

    def _state(self, number: int, reading: Reading, left: str, right: str) -> None:
        quantity = self.quantities[number]
        indicator, from_right = self.indicators.of(number, reading, left, right)
        value, top, unit = _scaled(quantity, reading)
        subject = self._subject(number, reading, left, right, indicator)
        if not indicator and reading.measure in ("growth", "rank") and subject.type == "district":
            # 上海增速为5%, in an article on one indicator: what its last paragraph was about.
            indicator = self.scope.report.indicator
        if (
            subject.type != "initiative"
            and "投资" in indicator
            and (own := _COSTS.fullmatch(indicator))
            and not _CLASS.search(own["thing"])
        ):
            # 某某产业中心总投资10亿元: a thing that no name tells, with its size.
            subject, indicator = Subject(own["thing"], "initiative", None), own["size"]
        elif seat := _SEAT.fullmatch(indicator):
            subject, indicator = Subject(seat["who"], "other", None), seat["what"]
        period, status = self._when(quantity, reading, left, indicator, subject)
        if year := self._year(number, reading, left):
            period = str(year)
        last = self.statements[-1] if self.statements else None
        if last and last.status == "forecast" and (last.indicator, last.period) == (indicator, period):
            # 生产总值预计突破1180亿元，增长8.5%: what goes on with a reckoned figure is reckoned too.
            status = "forecast" if status == "actual" and not reading.origin else status
        made = Statement(
            quantity,
            self.sentence,
            indicator,
            subject,
            reading.measure,
            value,
            top,
            unit,
            _bound(quantity, reading),
            self._basis(number, reading, left),
            period,
            status,
            reading.rule + (".after" if from_right else ""),
            self.scope.says(subject),
            self.scope.dated,
        )
        made.narrowed = narrowed(self.text, last, made, left, right if from_right else None)
        self.statements.append(made)
        self.reading = reading
        self.indicators.note(quantity, reading, indicator)

    def _when(
        self, quantity: Quantity, reading: Reading, left: str, indicator: str, subject: Subject
    ) -> tuple[str | None, Status]:
        """The period of a figure, EDTF, and how firm it is."""
        sized = firmness.sized(left, self.text, self.sentence, quantity, subject)
        planned = self._still_planned(quantity, reading, subject) or (
            sized and not firmness.finished(self.text, self.sentence, quantity.start)
        )
        outlined = subject.type == "park" and _OUTLINE.search(left)
        holds = subject.type not in ("district", "cluster") and not outlined
        undated = (sized or planned) and (holds or firmness.of_one_thing(self.text, quantity))
        grows = reading.measure == "growth" or reading.rule == "change.gain"
        flow = grows or bool(nouns.economic_noun(indicator) or nouns.newly(indicator))
        counted = quantity.kind == "count" and not flow and not nouns.flow_verb(indicator)
        reached = reading.rule == "level.to" or bool(_REACHED.search(left))
        held = reading.measure in ("level", "share") and not grows and bool(_STOCK.search(indicator))
        # 高新技术企业1865家: a count with a name of its own, and nothing new about it.
        known = reading.measure == "level" and "新增" not in indicator
        listed = counted and known and map_indicator(indicator, quantity.unit, "level")[0] is not None
        stands = (counted and reached) or held or listed
        period, year = timing.period(self.scope, quantity, reading.origin, undated, flow, stands)
        status = firmness.status(self.scope, quantity, year)
        before = self.told[-1] if self.told else None
        if before and _OF_THESE.match(self.text, self.sentence.start) and not self.statements:
            # 2023年实现产值412亿元。其中，一家企业就达138亿元。
            actual = status == before.status == "actual" and period is not None
            untold = actual and not self.scope.times_before(quantity.start)
            period = before.period if untold else period
        if reading.origin:
            return period, "actual"
        if reading.rule == "level.task":
            return period[:4] if period and period[:4].isdigit() else period, "target"
        planned = planned or firmness.scheduled(self.text, self.sentence, quantity, indicator)
        these = "项目" in indicator and not nouns.finished(indicator)
        if these and _OF_THESE.match(self.text, self.sentence.start):
            # 今年安排项目883个。其中，新开工项目98个
            planned = planned or any(
                s.status == "planned" and "项目" in s.indicator for s in self.told[-NEARBY:]
            )
        status = "planned" if planned and status != "forecast" else status
        return timing.to_come(self.scope, quantity.start, period) if status == "target" else period, status

    def _year(self, number: int, reading: Reading, left: str) -> int | None:
        """2021年、2022年产值分别为5亿元、6亿元: the years are handed out; None where no more are."""
        if "分别" in left:
            at, count = self._row(number, left)
            years = timing.years_before(self.scope, at, count)
            self.years = years or (self.years if len(self.years) == count else [])
            self.dealt = 0
        elif reading.own:
            self.years = []
        self.dealt += bool(self.years)
        return self.years[min(self.dealt, len(self.years)) - 1] if self.years else None

    def _row(self, number: int, left: str) -> tuple[int, int]:
        """Where 分别 stands before a figure, and to how many figures it hands out."""
        at = self.quantities[number].start - len(left) + left.index("分别")
        return at, distribution.length(self.indicators, number)

    def _basis(self, number: int, reading: Reading, left: str) -> str | None:
        """The basis as it stands, times and all: 比2020年, 上年."""
        if reading.rule == "level.task":
            return None
        if not reading.basis:
            return self._unsaid_basis(self.quantities[number], reading)
        if not reading.own:
            if self.wholes:
                return self.wholes.pop(0)
            # 比2019年分别增长18%和21%
            alike = self.reading is not None and reading.basis == self.reading.basis
            said = self.statements[-1].basis if self.statements and alike else None
            return said or reading.basis.replace(phrase.BLANK, "")
        self.wholes = []
        basis, at = reading.basis.replace(phrase.BLANK, ""), left.rfind(reading.basis)
        if at >= 0:
            low = self.quantities[number].start - len(left) + at
            basis = phrase.trim(self.text[low : low + len(reading.basis)])
        if reading.rule == "change.compare" and (each := _YARDSTICKS.fullmatch(basis)):
            row = re.split(_JOINER, each["row"])
            if len(row) == distribution.length(self.indicators, number):
                # 分别高于全国、全省平均水平2.3个、0.6个百分点
                basis, *self.wholes = (whole + each["tail"] for whole in row)
        return basis or None

    def _unsaid_basis(self, quantity: Quantity, reading: Reading) -> str | None:
        """The basis of a ratio that its own words leave out, where the sentence or its figures tell it."""
        if reading.measure == "share" and quantity.kind in ("percent", "fraction"):
            return wholes.of_share(quantity.value, self.statements, self.told)
        rises = reading.measure == "growth" or reading.rule in ("change.by", "change.points")
        return wholes.compared(self.text, self.sentence, quantity.start) if rises else None

    def _still_planned(self, quantity: Quantity, reading: Reading, subject: Subject) -> bool:
        """The sizes that follow a project's planned size in its sentence are planned too."""
        last = self.statements[-1] if self.statements else None
        if last is None or last.status != "planned":
            return False
        planned_next = quantity.kind == "money" == last.quantity.kind and subject.type == "initiative"
        if planned_next and self.text[quantity.start - 1] == "、":
            # 总投资250亿元的甲项目、80亿元的乙项目
            return True
        opened = self.text.rfind("(", self.sentence.start, quantity.start)
        inside = opened >= 0 and self.text.find(")", opened, quantity.start) < 0
        if inside and last.quantity.end >= opened:
            # 计划播种面积1128万亩(水田168万亩、旱田960万亩)
            return True
        between = self.text[last.quantity.end : quantity.start]
        if quantity.kind == last.quantity.kind == "measure" and _NEXT_ITEM.fullmatch(between):
            return True  # 规划年产奶粉10万吨、燕麦奶50万吨
        if last.subject != subject:
            return False
        a_size = reading.rule.startswith("level") and quantity.kind in ("money", "measure", "count")
        of_project = a_size and subject.type == "initiative"
        return of_project and not firmness.FIRM.search(self.text, last.quantity.end, quantity.start)

    # ---- whose it is ----

    def _subject(self, number: int, reading: Reading, left: str, right: str, indicator: str) -> Subject:
        quantity = self.quantities[number]
        holder = (
            against.held_against(self.scope, quantity)
            or self._holder(number, reading, left)
            or self._same(quantity, reading, indicator)
        )
        if holder is None:
            nearest = subjects.of(self.scope, quantity)
            holder = subjects.territory(self.scope, nearest, indicator, quantity.start)
            last = self.statements[-1].subject if self.statements else None
            if holder.type == "park" and last and last.type == "district" and not self.scope.says(holder):
                # 进出口总额9亿美元，其中出口6亿美元: back at the district, and still there.
                holder = last
        return subjects.sized_of(self.scope, quantity, left, holder)

    def _same(self, quantity: Quantity, reading: Reading, indicator: str) -> Subject | None:
        """甲公司净利润8亿元，同比增长16%: what goes on with an indicator has its holder too."""
        last = self.statements[-1] if self.statements else None
        if last is None or last.indicator != indicator or not nouns.vague(phrase.before(reading.head)):
            return None
        if quantity.kind == "rank" and self.text.startswith("的", quantity.end):
            return None
        named = any(last.quantity.end <= mark.start < quantity.start for mark in self.scope.strong)
        return None if named or reading.measure not in ("growth", "rank") else last.subject

    def _holder(self, number: int, reading: Reading, left: str) -> Subject | None:
        """甲区、乙区分别新增31家、24家: the holders are handed out as well."""
        if "分别" in left:
            at, count = self._row(number, left)
            row = self.scope.row_before(at, count)
            # 分别实现…，分别增长…: a second list has the holders of the first.
            self.holders = row or (self.holders if len(self.holders) == count else [])
            self.held = 0
        elif reading.own:
            self.holders = []
        if not self.holders:
            return None
        self.held += 1
        return self.holders[min(self.held, len(self.holders)) - 1]


def _label(right: str, more: bool) -> str:
    """The clause right of a dash that names what the number before it counts; '' where there is none."""
    match = _LABEL.match(right)
    if not match:
        return ""
    clauses = match["text"].split("，")
    if more and len(clauses) > 1:
        clauses.pop()
    return next((c for c in reversed(clauses) if not nouns.vague(phrase.before(c))), "")


def _bound(quantity: Quantity, reading: Reading) -> Bound:
    """不低于营收的20%: the bound may stand before the basis."""
    at_least = reading.rule == "share.part" and reading.verb in ("不低于", "不少于", "超过", "高于")
    return "min" if at_least and quantity.bound == "exact" else quantity.bound


def _scaled(quantity: Quantity, reading: Reading) -> tuple[Decimal, Decimal | None, str]:
    """The value, the top of its range and the unit of what is read: 2倍 of before is a growth of 100%."""
    value, top, unit = quantity.value, quantity.value_max, quantity.unit
    if quantity.kind == "times" and reading.measure == "growth":
        less = 1 if reading.rule == "growth.multiple" else 0
        value, top, unit = (value - less) * 100, (top - less) * 100 if top is not None else None, "%"
    if unit == "‰" and reading.measure in ("growth", "share"):
        value, top, unit = value / 10, top / 10 if top is not None else None, "%"
    if reading.rule == "change.rank" or reading.measure == "rank":
        unit = "名"
    if reading.sign < 0:
        value, top = -value, -top if top is not None else None
    return value, top, unit
