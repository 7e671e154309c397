"""From quantities to statements: what each figure measures, how, whose, when and how firmly.

In: one paragraph with its quantities, times and names, in scope. Out: `Statement`s, clean offsets, each
with the stable name of the rule that read it. Left out: thresholds, class sizes and what measures nothing.
Rules look at the short text between two boundaries, at most `REACH` characters, so that reading is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest import firmness, nouns, phrase, readings, timing
from ingest.measured import BOUND_LEFT, IndicatorReader
from ingest.model import Bound, Measure, Paragraph, Quantity, Span, Status
from ingest.readings import LIST_ONLY, Reading
from ingest.scope import ParagraphScope
from ingest.sections import ReportScope, Subject
from ingest.tables import Cell
from ingest.wording import words

REACH = 90
"""Characters left and right of a quantity that its own reading may look at."""
NEAR = 24
"""Characters after a figure in which another makes it a threshold, a step or a count before a rank."""


@dataclass(slots=True)
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


_OVER = re.compile("及?以上的?")
# 百亿元项目1个、50亿元项目4个
_OF_SIZE = re.compile("级?的?(?:项目|企业|产业集群|园区)")
# 30亿元以上、50亿元以上项目
_NEXT_SIZE = re.compile("及?以上(?:的?项目)?(?:、|和|以及|及)")
_COSTS = re.compile(
    r"(?P<thing>[^，。；、\d]{3,24}(?:项目|中心|基地|产业园|工程|工厂|大桥|公路|高速|铁路|电站|医院|学校|生产线|综合体|小镇))"
    "(?P<size>(?:计划)?总投资额?)"
)
# 庞口配件城年交易额230亿元: a market or a building holds what is done in it.
_SEAT = re.compile(
    "(?P<who>(?!各|全|城区|商业|商务|专业|重点|大型|新建|入驻|甲级)[\u4e00-\u9fff]{2,10}(?:大厦|广场|商城|商贸城|配件城|大楼|酒店))"
    "(?P<what>(?:注册|入驻|累计|年)*(?:企业|交易额|成交额|销售额|营业额|营业收入|税收|面积|入住率|出租率|客流量))"
)
_CLASS = re.compile(
    "签约|招商|在谈|[拟已]入驻|^入驻|引进|落地|重大|重点|以上|亿元|[新在续]建|开工|[这上全所]|产业项目|工业项目|个|批|次|该|目前|合作|投资|实施|各|类|年产|列入|型项目"
)
_SEPARATOR = re.compile(r"[，；。：！？\n]")
_THRESHOLD = re.compile(
    r"^(?:[(（]?含?[)）]?)?(?:及?以[上下内])(?:的)?[\u4e00-\u9fff“”]{0,12}?"
    "(?:企业|项目|工业|产业|集群|园区|工程|单位|龙头|设备|住房|机组|商品|平台|品牌|村|合作社|大户|主体"
    "|地块|路段|人才)"
)
_LABEL = re.compile(r"^\s*(?:——|—|--|：|:|-)\s*(?P<text>[^。；\n]{2,60})")
_BULLETS = " \t\n◆●■▲★·•—-\u3000\0"
_OVER_WORDS = ("超", "过", "逾", "达", "破")
_BARE = re.compile("[百千万十]?[万亿]元")
_OF_CLASS = re.compile("的?(?:企业|项目|产业|集群|园区|工业|村|大厦|楼宇|商圈|基地|市场)")
# 一批产值超500亿元的产业集群
_SOME = re.compile("(?:一批|一些|多个|若干|几个)[^，。；]{0,10}$")
# 销售收入过2000万元的规模企业4家
_CLASS_OF = re.compile("的?[\u4e00-\u9fff]{0,6}(?:企业|项目|产业|集群|园区|工业|村)")
_CLASS_SIZE = re.compile("^[余多]?级(?!别)")
_NEXT_WHOLE = re.compile("^[、，和]占?(?P<basis>[^，、]{2,8})的(?:约|近|超过?)*$")
_NEXT_PLACE = re.compile("^[、和](?:居|列|位列)?(?P<basis>[^，、；]{2,10})$")
# 从58人减到16人: whatever the verb, what was named before the first figure is now the second.
_REACHED = re.compile(r"[，,]?[^，。；：、\d\0]{0,6}(?:到了?|至|为|成)[约近达超过]*$")
_REACHES = ("达", "约", "近", "超")
_FIRST = re.compile("(?:的增[速幅])?(?:排名|排在|位居|位列|居|列|领跑|领先|夺冠)")
_AVERAGE = re.compile("的?(?:平均)?(?:水平|增速|增幅)?$")
_PACE = r"(?P<head>[^，。；]{0,24}?)的?(?P<pace>增速|增幅|涨幅|降幅|增长率)"
_PACE_BEFORE = re.compile(_PACE + r"[^，。；\d]{0,20}，(?:已|也|均|都|分别)?(?:达到?|为|至)?了?$")
_PACE_OF = re.compile(
    _PACE
    + r"(?:均|都|也|继续|持续)?(?:(?:明显|大幅)?(?:高于|低于|快于|慢于|等于|超过|领先于?|超|落后于?)[或、]?)+"
    r"[^，。；\d]{2,12}\($"
)
_AMONG_UNITS = re.compile(
    "(?:[一二两三四五六七八九十]{0,2}个?[县市区旗州])?(?:当)?中[^，。；\\d]{0,4}(?:[排居列名]|第)"
)
_NATION = "全国"
_GAINS_ON = re.compile("(?:[、和及]|以及)(?!共|累计|总|达|目前|现)")
_PER = re.compile("每隔?$")
_RANK_COUNT = re.compile("(?:居|列|位居|位列|排|排名|在|占)[^，。；]{0,8}$")
_SMALL_WORDS = frozenset("个种类项批次方本面点层条线款员级门位起站段里度分头口支对双手处片块")
"""After a Chinese numeral below ten these count words of the prose: 三个方面, 两手抓."""


def read(paragraph: Paragraph, local: ParagraphScope, quantities: Sequence[Quantity]) -> list[Statement]:
    """The statements of one paragraph, in order."""
    found: list[Statement] = []
    base = ""
    index = 0
    for sentence in paragraph.sentences:
        inside: list[Quantity] = []
        while index < len(quantities) and quantities[index].start < sentence.end:
            if quantities[index].start >= sentence.start:
                inside.append(quantities[index])
            index += 1
        if not inside and index == len(quantities):
            local.pass_by(sentence)
            continue
        local.enter(sentence, inside[0].start if inside else sentence.end)
        if inside:
            reader = SentenceReader(local, paragraph.text, sentence, inside, base)
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
        self.reading: Reading | None = None
        self.holders: list[Subject] = []
        self.held = 0
        self.years: list[int] = []
        self.dealt = 0

    def read(self) -> list[Statement]:
        """The statements of the sentence, in order."""
        floor = self.sentence.start
        following: Quantity | None = self.quantities[0]
        for number, quantity in enumerate(self.quantities):
            passed_over = following is not quantity
            following = self._following(number)
            if passed_over or self._skip(quantity, following):
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
            self._state(number, self._read(quantity, left, right), left, right)
            floor = quantity.end
        return self.statements

    def _following(self, number: int) -> Quantity | None:
        """The next figure; a bare unit goes with what was counted before it (6家企业收入过亿元)."""
        after = self.quantities[number + 1 : number + 3]
        if not after or self.quantities[number].kind != "count" or not _BARE.fullmatch(self._said(after[0])):
            return after[0] if after else None
        between = self.text[self.quantities[number].end : after[0].start]
        if _SEPARATOR.search(between) or between[-1:] not in _OVER_WORDS:
            return after[0]
        return after[1] if len(after) > 1 else None

    def _said(self, quantity: Quantity) -> str:
        return self.text[quantity.start : quantity.end]

    def _low(self, start: int, floor: int) -> int:
        """Where the left context begins: after the last boundary or opening bracket, never before `floor`."""
        low = max(floor, start - REACH)
        at = bisect_right(self.parted, start)
        low = max(low, self.parted[at - 1]) if at else low
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

    def _skip(self, quantity: Quantity, following: Quantity | None) -> bool:
        """Whether a figure states nothing: a class's size, a threshold, a step, a small count of words."""
        kind = quantity.kind
        after = self.text[quantity.end : quantity.end + NEAR]
        if kind == "count" and quantity.chinese and _AMONG_UNITS.match(after):
            # 在全市五县两区中列第2位
            return True
        if kind == "double" or (kind in ("money", "measure", "count") and _CLASS_SIZE.match(after)):
            return True
        before = self.text[max(0, quantity.start - NEAR) : quantity.start]
        if kind == "money" and before[-1:] in _OVER_WORDS and _OF_CLASS.match(after) and _SOME.search(before):
            return True
        if following is not None and self._bounds(quantity, following, after):
            return True
        small = quantity.value < 10 and quantity.classifier in _SMALL_WORDS
        return (
            quantity.chinese
            and kind in ("count", "measure")
            and (quantity.value <= 1 or after[:1] in ("大", "级") or small)
        )

    def _bounds(self, quantity: Quantity, following: Quantity, after: str) -> bool:
        """Whether a figure only bounds the one after it: 2000万元以上企业, 每3户, 在12个区县中列第2."""
        near = following.start - quantity.end <= NEAR
        if quantity.kind in ("money", "measure") and near:
            between = self.text[quantity.end : following.start]
            if following.kind == "count" and not between and quantity.kind == "money":
                # 亿元以上4个，超过50亿元2个
                return True
            if following.kind == quantity.kind and _NEXT_SIZE.fullmatch(between):
                return bool(_THRESHOLD.match(self.text[following.end : following.end + NEAR]))
            if following.kind == "count" and (_OVER.fullmatch(between) or _OF_SIZE.fullmatch(between)):
                return True
            over = self.text[quantity.start - 1 : quantity.start] in _OVER_WORDS
            if over and following.kind == "count" and _CLASS_OF.fullmatch(between):
                return True
            if _THRESHOLD.match(after) or (over and _OF_CLASS.match(after)):
                return True
        if quantity.kind != "count":
            return False
        between = self.text[quantity.end : following.start]
        before = self.text[max(0, quantity.start - 10) : quantity.start]
        ranked = following.kind == "rank" and len(between) <= 16 and "，" not in between
        return (ranked and bool(_RANK_COUNT.search(before))) or (near and bool(_PER.search(before)))

    # ---- what is said ----

    def _read(self, quantity: Quantity, left: str, right: str) -> Reading:
        last = self.reading
        if last is not None and (listed := self._listed(last, quantity, left, right)):
            return listed
        reading = readings.read(quantity, left, right)
        if quantity.kind == "percent" and reading.rule in ("level.rate", "level.to"):
            reading = self._paced(quantity, reading)
            if left.endswith("以") and _FIRST.match(right):
                # 北京以6.6%位居第二位
                reading = Reading("growth", "", "growth.rate")
        if last is None:
            return reading
        if self._bracketed(quantity) and quantity.kind == self.statements[-1].quantity.kind:
            return replace(last, own=False, head="", sign=1)
        if last.rule == "level.task" and left == "的" and quantity.kind == "percent":
            return Reading("share", "", "share.part", basis=last.basis)
        if last.origin and reading.rule.startswith("level") and _REACHED.match(left):
            rule = f"{last.measure}.to"
            return Reading(last.measure, "", rule, basis=last.basis)
        own = phrase.before(reading.head)
        if reading.rule == "level.to" and last.rule == "share.from" and nouns.vague(own):
            return replace(reading, measure="share", rule="share.to", basis=last.basis)
        # 新增高新技术企业8家、科技型企业34家: the verb holds for the whole list.
        gained = reading.rule == "level" and last.verb in words("gain") and last.measure == "change"
        if gained and _GAINS_ON.match(left) and not nouns.flow_verb(phrase.before(left)):
            return replace(reading, measure="change", rule="change.gain", sign=last.sign, verb=last.verb)
        return reading

    def _paced(self, quantity: Quantity, reading: Reading) -> Reading:
        """A growth where a pace was told: 增速高于全省平均水平(4.6%), 增速领先全市，达到9.6%."""
        low = max(self.sentence.start, quantity.start - REACH)
        pattern = _PACE_OF if self._bracketed(quantity) else _PACE_BEFORE
        if not nouns.vague(phrase.before(reading.head)) or not (
            told := pattern.search(self.masked, low, quantity.start)
        ):
            return reading
        return Reading("growth", told["head"], "growth.rate", -1 if told["pace"] == "降幅" else 1)

    def _listed(self, last: Reading, quantity: Quantity, left: str, right: str) -> Reading | None:
        """The reading of a figure that goes on a list; None for one that opens a statement of its own."""
        if self._goes_on(quantity, left):
            ratios = ("percent", "times")
            kind = self.statements[-1].quantity.kind
            same = kind == quantity.kind or (kind in ratios and quantity.kind in ratios)
            handed_out = bool(self.indicators.items) or quantity.kind == "rank"
            if same and (handed_out or not (phrase.after(right)[0] or phrase.predicate(right))):
                return replace(last, own=False, head="", origin=False)
        if last.measure == "rank" and quantity.kind == "rank" and (place := _NEXT_PLACE.match(left)):
            return replace(last, own=False, head="", basis=place["basis"])
        shares = last.measure == "share" and quantity.kind in ("percent", "fraction")
        if shares and last.basis and (whole := _NEXT_WHOLE.match(left)):
            return replace(last, own=False, head="", basis=whole["basis"])
        return None

    def _goes_on(self, quantity: Quantity, left: str) -> bool:
        """Whether but a joiner stands between a figure and the one before; 持续提升，达45% has more."""
        if not self.statements or not left.strip() or not LIST_ONLY.match(left):
            return False
        last = self.statements[-1].quantity
        return left.strip() not in _REACHES or not _SEPARATOR.search(self.text, last.end, quantity.start)

    def _state(self, number: int, reading: Reading, left: str, right: str) -> None:
        quantity = self.quantities[number]
        indicator, from_right = self.indicators.of(number, reading, left, right)
        value, top, unit = _scaled(quantity, reading)
        subject = self._subject(number, reading, left, right, indicator)
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
        self.statements.append(
            Statement(
                quantity,
                self.sentence,
                indicator,
                subject,
                reading.measure,
                value,
                top,
                unit,
                _bound(quantity, reading),
                self._basis(reading, left, quantity.start),
                period,
                status,
                reading.rule + (".after" if from_right else ""),
                self.scope.says(subject),
                self.scope.dated,
            )
        )
        self.reading = reading
        self.indicators.note(quantity, reading, indicator)

    def _when(
        self, quantity: Quantity, reading: Reading, left: str, indicator: str, subject: Subject
    ) -> tuple[str | None, Status]:
        """The period of a figure, EDTF, and how firm it is."""
        sized = firmness.sized(left, self.text, quantity, subject)
        planned = self._still_planned(quantity, reading, subject) or (
            sized and not firmness.finished(self.text, self.sentence, quantity.start)
        )
        holds = subject.type not in ("district", "park", "cluster")
        undated = (sized or planned) and (holds or bool(firmness.one_thing(self.text, quantity)))
        grows = reading.measure == "growth" or reading.rule == "change.gain"
        flow = grows or bool(nouns.economic_noun(indicator) or nouns.newly(indicator))
        period, year = timing.period(self.scope, quantity, reading.origin, undated, flow)
        status = firmness.status(self.scope, quantity, year)
        if reading.origin:
            return period, "actual"
        if reading.rule == "level.task":
            return period[:4] if period and period[:4].isdigit() else period, "target"
        status = "planned" if planned and status != "forecast" else status
        return timing.to_come(self.scope, quantity.start, period) if status == "target" else period, status

    def _year(self, number: int, reading: Reading, left: str) -> int | None:
        """2021年、2022年产值分别为5亿元、6亿元: the years are handed out; None where no more are."""
        if "分别" in left:
            at = self.quantities[number].start - len(left) + left.index("分别")
            years = timing.years_before(self.scope, at, self.indicators.length(number))
            self.years = years or (self.years if len(self.years) == self.indicators.length(number) else [])
            self.dealt = 0
        elif reading.own:
            self.years = []
        self.dealt += bool(self.years)
        return self.years[min(self.dealt, len(self.years)) - 1] if self.years else None

    def _basis(self, reading: Reading, left: str, start: int) -> str | None:
        """The basis as it stands, times and all: 比2020年, 上年."""
        if not reading.basis or reading.rule == "level.task":
            return None
        at = left.rfind(reading.basis)
        if at < 0 or not reading.own:
            return reading.basis.replace(phrase.BLANK, "") or None
        low = start - len(left) + at
        return phrase.trim(self.text[low : low + len(reading.basis)]) or None

    def _still_planned(self, quantity: Quantity, reading: Reading, subject: Subject) -> bool:
        """The sizes that follow a project's planned size in its sentence are planned too."""
        last = self.statements[-1] if self.statements else None
        if last is None or last.status != "planned":
            return False
        planned_next = quantity.kind == "money" == last.quantity.kind and subject.type == "initiative"
        if planned_next and self.text[quantity.start - 1] == "、":
            # 总投资250亿元的甲项目、80亿元的乙项目
            return True
        if last.subject != subject:
            return False
        a_size = reading.rule.startswith("level") and quantity.kind in ("money", "measure", "count")
        of_project = a_size and subject.type == "initiative"
        return of_project and not firmness.FIRM.search(self.text, last.quantity.end, quantity.start)

    # ---- whose it is ----

    def _subject(self, number: int, reading: Reading, left: str, right: str, indicator: str) -> Subject:
        quantity = self.quantities[number]
        holder = (
            self._bracketed(quantity)
            or self._holder(number, reading, left)
            or self._same(quantity, reading, indicator)
        )
        if holder is None:
            holder = self.scope.territory(self.scope.subject(quantity), indicator, quantity.start)
            last = self.statements[-1].subject if self.statements else None
            if holder.type == "park" and last and last.type == "district" and not self.scope.says(holder):
                # 进出口总额9亿美元，其中出口6亿美元: back at the district, and still there.
                holder = last
        return self.scope.sized_of(quantity, left, holder)

    def _bracketed(self, quantity: Quantity) -> Subject | None:
        """低于全国（49.5%）: the place before the bracket holds the figure in it."""
        text, start = self.text, quantity.start
        if text[start - 1 : start] != "(" or text[quantity.end : quantity.end + 1] != ")":
            return None
        average = _AVERAGE.search(text, max(0, start - 8), start - 1)
        end = average.start() if average else start - 1
        if text.endswith(_NATION, 0, end):
            return Subject(_NATION, "other", None)
        return next((m.subject for m in self.scope.marks if m.end == end), None)

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
            at = self.quantities[number].start - len(left) + left.index("分别")
            count = self.indicators.length(number)
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
    if reading.rule == "change.rank" or reading.measure == "rank":
        unit = "名"
    if reading.sign < 0:
        value, top = -value, -top if top is not None else None
    return value, top, unit
