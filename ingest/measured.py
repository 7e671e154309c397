"""Which indicator a figure measures: named beside it, handed out by 分别, or said before.

In: the figures of one sentence in order, each with its reading and the text left and right of it. Out: the
indicator in the report's words. It remembers what the sentence, and at first the sentence before, has named;
what names nothing leans on that. `amounts` reads what stands right of a figure, `distribution` what 分别
hands out. Refuses to look beyond `REACH` characters and back beyond the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ingest import amounts, distribution, nouns, opening, phrase
from ingest.distribution import LONGEST_GAP
from ingest.model import Measure, Quantity, Span
from ingest.readings import Reading
from ingest.scope import ParagraphScope
from ingest.wording import patterns

LONGEST_TOPIC = 40
"""Characters of a clause without figures that may name the indicator of the next one."""
CONTEST_BEFORE = 60
"""Characters before a rank that may name the contest."""
_SPENT_ON = re.compile(r"(?:计划|累计|共|已|总)投入资金[约近达超过\0]*$")
_UNITS_GOVERNED = ("县", "区", "旗", "镇", "乡", "街道")
# 纺织鞋服产业“一业独大”，占83.8%
_CATCHWORD = re.compile("“[^“”]*”$")
_PART_OF = re.compile(
    "(?:园区|开发区|高新区|经开区|新区|[市县区省州]属|[市县区省]级|中央|地方|民间|国有|企业)$"
)
_SUM = re.compile("(?:引资|引资额|合同额|签约额|资金|融资额|协议投资额?|总投资额?)$")
_INVESTED = re.compile("(?:项目|工程|企业|产业|合同|平台|基地|园区?|中心|技改|改造|建设|家|个)$")
_HERDS = ("存栏", "出栏")
# 经济总量偏小，仅占全市的12.6%
_JUDGED = re.compile(
    "(?:连续\0*)?(?:保持|实现|呈现?)?(?:正|较快|稳定|平稳|快速|持续|稳步|不断|逐年|大幅|明显|稳中)*(?:增长|提升|提高|上升|改善|攀升|壮大|扩大|增加)(?:态势|势头)?$"
    "|(?:还|仍|依然|相对|总体|比较)?(?:[偏较不][小短低少弱高大强足够快慢多重]|不足|滞后|薄弱|有限)$"
)
_OVER = re.compile(r"(?:超过?|过)?[\d百千万亿][^，。；、]{0,8}(?:以上的?|元)")
_CARRIED = ("开行", "发运", "验放", "发送")  # what trains and ports do has its own unit
_PARTS = re.compile("其中|[按分从][^，。]{1,10}[分看]，")
_VIEW = re.compile(
    "\0*(?:从\0*(?=[^，。]{2,24}看，)|(?:若|如果|单|只|再)看)(?P<what>[^，。；、\\d\0]{2,16}?)(?:(?:上|方面)?来?看)?，"
)
# 增加值居前10位的行业为：…
_PICKED = opening.Seldom(
    "(?P<what>[^，。；：\0]{2,16}?)(?:位?居|位?列|排名?)?(?:居|在)?前\\d+位的[^，。；：]{0,4}(?:行业|大类|产品)"
)
_OUTPUTS = re.compile("产品(?:中)?产量(?:来?看|中|方面|情况|为|如下)?[，：:]|产品产量中")
_BETWEEN = re.compile("(?:[(][^()]{1,16}[)]|和地区)?[、的]?")
_BEST = re.compile("百强(?:[县市区镇]|榜|城市|园区|开发区)?$")
_INCLUDES = re.compile("不?含|其中|包括|包含")
# 机电产品(12.6亿元, 发酵酒(增长
_IN_BRACKETS = re.compile("(?:同比)?(?:增长|下降|增|降|约|占|占比|达)?")
_ITEM = re.compile("(?:[、；：有为是]|分别[为是])(?P<what>[^，、。；：有为是\0\\d()“”]{2,12})$")
_NO_ITEM = re.compile("[比于占]|(?:年|月|日|[市县区省州镇乡国]|水平|平均|均值|增速|增幅|同期|其中)$")
_LIVING = ("常住", "户籍", "城镇", "农村", "覆盖", "服务")
_PEOPLED = re.compile("的[小大古]?(?:山村|渔村|村庄|村子|村落|村|小镇|集镇|小城|县城|海岛|小岛)")
_TOOK_PART = re.compile("参与|参加|参观|报名|参赛|参会|参展|打卡|到场|观看|返乡|就业|增收|脱贫|受益")
_SEATED = re.compile("[省市县区州][直属]|[省市县区]本级|中央|其他|其它")
_HEADS = {"户": "户数", "人": "人口"}
_REACHED = ("惠及", "受益", "覆盖")
_ALL_OF = re.compile("全(?:[镇乡村县区市旗]|街道)(?:现|共计?|总|辖|有|总共|现有|共有)*$")
_AREAS = ("平方公里", "亩", "平方米")
_CONTEST = re.compile(
    "在(?P<what>[^，。；]{2,30}(?:评价|考核|考评|测评|评比|排名|评估|榜单?|百强|竞赛))[中上里]?，"
)
# 汽车零部件产业规上企业93家，产值200亿元: the trade's
_SIZE_OF_TRADE = re.compile("(?<=产业)(?:规上|规模以上|限上)$")
# 连续14年进入全国百强县，位次前移到第62位
_ENTERED = re.compile(
    "(?:进入|跻身|入选|入围|蝉联|荣登|登上)(?P<what>[^，。；、\\d]{0,8}(?:百强[县区市镇]?|千强镇|百强榜|强县|强区))(?:榜|行列|名单)?，[^，。；]{0,10}$"
)
# 8个国家级、13个省级区域医疗中心: the noun of the next item is that of both.
_GRADED = re.compile(
    r"(?P<grade>[国世省市县区部][家界]?级)[、和](?:近|超)?\d+[余多]?[\u4e00-\u9fff][国世省市县区部][家界]?级"
    r"(?P<head>[^，。；、\d]{2,12}?)(?=[，。；、\d]|$)"
)
_ALIKE = re.compile("^像这样的?|^像|^这样的")
_TOTAL = re.compile(
    "(?:总量|总数|总面积|总规模|总里程|累计)(?:已|共|约|达到|达|超过|超|突破|近|增至|增加到|为|至|到){0,3}$"
)
_WHOLE = re.compile("^全[国省市区县州球]")


PACE = 12
"""Characters before a growth in which its pace may be named."""
_PACE_TOLD = re.compile("(?:增长率|增速|增幅|涨幅)[^，。；\\d]{0,6}$")
_PACES = ("增速", "增幅", "增长率", "增长速度")
NEARBY = 12
"""Statements before a figure, one of which may have counted whose people or beds it tells."""
LONGEST_NOUN = 100
"""Characters right of a figure within which its noun ends."""
_AIR = re.compile("优|良|优良|[轻中重]度污染|严重污染")
_PUPILS = "(?:在校(?:学?生)?|招生|毕业生?|(?:专任)?教师|教职工|[在入]园(?:幼儿|儿童)?)(?:人数|总数|数)?"
_SCHOOLS = "学校|院校|大学|学院|[中小]学|[高初]中|幼儿园|中专|技校|高校|教育"
_HOMES = "养老机构|福利院|敬老院|幸福院|养老院|卫生院|保健院|艺术团体|剧团|活动中心|养老服务设施"
# What is told of the schools, or the accidents, that the sentence counted: 普通高中12所，在校生4.5万人.
_OF_KIND = (
    (
        re.compile(_PUPILS),
        re.compile(f"(?!各级|各类|共有)(?P<kind>[^，。；]{{0,12}}(?:{_SCHOOLS}))(?:{_PUPILS})?$"),
    ),
    (
        re.compile("(?:实有|实际开放|开放)?床位(?:数)?|从业人员|工作人员|执业(?:助理)?医师|注册护士"),
        re.compile(f"(?P<kind>[^，。；]{{0,12}}(?:{_HOMES}))(?:[^，。；]{{0,6}}(?:床位|人员|医师|护士))?$"),
    ),
    (
        re.compile("死亡|受伤|轻伤|重伤|伤|伤亡"),
        re.compile("(?P<kind>[^，。；]{0,12}事故)(?:死亡|受伤|伤)?$"),
    ),
)


class IndicatorReader:
    """The indicators of one sentence's figures, left to right.

    `base` is what a bare figure leans on, `main` what the sentence is about, for the sentences after it.
    """

    def __init__(
        self, local: ParagraphScope, text: str, sentence: Span, quantities: Sequence[Quantity], base: str
    ) -> None:
        self.scope = local
        self.text = text
        self.masked = local.masked
        self.sentence = sentence
        self.quantities = quantities
        self.base = base
        self.main = ""
        self.money = ""
        self.counted = ""
        self.sum = False
        self.noted: Quantity | None = None
        self.holder = ""
        self.taken = ""
        self.stated = 0
        self.outside: tuple[str, str, str] | None = None
        # 其中 and 分产业看 go on with what the sentence before measured.
        if (view := _VIEW.match(self.masked, sentence.start)) and nouns.TOPIC.search(view["what"]):
            # 从上半年GDP来看，其增速…
            self.base = base = phrase.noun_phrase(view["what"]) or base
        goes_on = base and _PARTS.match(text, sentence.start)
        self.said: list[tuple[str, Measure]] = [(base, "level")] if goes_on else []
        self.picked = next(_PICKED.finditer(self.masked[sentence.start : sentence.end]), None)
        self.outputs = _OUTPUTS.search(self.masked, sentence.start, sentence.end)
        self.items: list[str] = []
        self.items_before: list[str] = []
        self.item = 0

    def of(self, number: int, reading: Reading, left: str, right: str) -> tuple[str, bool]:
        """The indicator of the figure at `number`, and whether it stands right of it."""
        if self.picked and self.sentence.start + self.picked.end() <= self.quantities[number].start:
            self.base = phrase.noun_phrase(self.picked["what"]) or self.base
            self.said.append((self.base, "level"))
            self.picked = None
        if not self._aside(self.quantities[number].start):
            # 缴纳税收44亿元(含增值税11亿元)，增长29%: what follows goes on before the brackets.
            self.base, self.main, self.money = self.outside or (self.base, self.main, self.money)
            self.outside = None
        elif self.outside is None:
            self.outside = self.base, self.main, self.money
        named, after = self._named(number, reading, left, right)
        if reading.measure == "share" and reading.basis and (not named or reading.verb == "贡献"):
            # 合计占进出口总值的61.4%: a part of it, where nothing says which.
            named = reading.basis
        whole = reading.rule == "share.goes" or (
            reading.rule == "change.share" and not named.endswith("比重")
        )
        return (named + reading.verb if whole and not named.endswith(reading.verb) else named), after

    def _named(self, number: int, reading: Reading, left: str, right: str) -> tuple[str, bool]:
        quantity = self.quantities[number]
        if "分别" in left or (self.items and (not reading.own or distribution.STEP.match(left))):
            if item := distribution.next_item(self, number, left, reading):
                return item, False
        elif reading.own:
            self.items_before, self.items = self.items or self.items_before, []
        if reading.rule == "level.which":
            things = nouns.last_noun(self.base) if self.base else ""
            return reading.verb + (phrase.after(right)[0] or things), False
        if reading.rule == "share.spent":
            return phrase.spent(right) or self.base, True
        own = phrase.before(reading.head)
        if self.taken and _BETWEEN.fullmatch(left.replace(phrase.BLANK, "").removeprefix(self.taken)):
            # 2万吨甲材料生产线、3万吨乙材料, 40国的121个城市: what stands between is the figure's before.
            own = "" if quantity.kind in ("measure", "count", "money") and phrase.after(right)[0] else own
        elif self.taken and phrase.after(right)[0] and nouns.flow_verb(own.removeprefix(self.taken)):
            own = own.removeprefix(self.taken)  # 60万平方米标准厂房入驻46家企业
        self.taken = ""
        if quantity.unit == "人" and (right.startswith("口") or _PEOPLED.match(right)):
            # 只有1050人的小山村, 全区139万人口
            return (own if own in _LIVING else "") + "人口", False
        if sized := amounts.of_size(self.text, quantity, reading.head):
            return sized, False
        found = amounts.of_line(self.text, quantity)
        if found := found or amounts.named(quantity, reading, own, right, self.base):
            self.taken = phrase.after(right)[0]
            found = self._unmasked(found, quantity)
            graded = _GRADED.match(self.text, quantity.end) if nouns.adjective(found) else None
            return graded["grade"] + graded["head"] if graded else self._done_before(number) + found, True
        if said := self._by_unit(quantity, reading, own, right):
            return said, False
        if nouns.vague(own):
            said = (
                distribution.second_list(self, number, reading)
                or distribution.unsaid_list(self, number, reading)
                or self._inherited(own, quantity, reading)
            )
            return self._stock_of(said) if _TOTAL.search(reading.head) else said, False
        own = (
            self._of_kind(own)
            or self._joined(own, quantity, reading)
            or self._completed(number, own, reading)
        )
        return self._done_alike(number, own, reading) + own, False

    def _unmasked(self, found: str, quantity: Quantity) -> str:
        """设立“流动医院” with the name in quotes that stands blanked right of its figure."""
        high = quantity.end + LONGEST_NOUN
        at = self.masked.find(self.taken, quantity.end, high) if phrase.BLANK in found else -1
        if at < 0 or phrase.BLANK not in self.taken:
            return found.replace(phrase.BLANK, "")
        return found.replace(self.taken, self.text[at : at + len(self.taken)]).replace(phrase.BLANK, "")

    def _of_kind(self, own: str) -> str:
        """普通高中在校生 of 普通高中12所，在校生4.5万人: whose pupils, or whose dead, the sentence tells;
        '' for other nouns."""
        for told, kinds in _OF_KIND:
            if told.fullmatch(own):
                kept = (kind for said, _ in reversed(self.said[-NEARBY:]) if (kind := kinds.match(said)))
                kind = next(kept, None)
                return kind["kind"] + own if kind and not nouns.flow_verb(kind["kind"]) else ""
        return ""

    def _by_unit(self, quantity: Quantity, reading: Reading, own: str, right: str) -> str:
        """What a figure without a noun of its own is of by its unit or its brackets; '' for others."""
        if quantity.kind == "money" and nouns.vague(own) and _SPENT_ON.search(reading.head):
            return "投入资金"
        if quantity.kind == "money" and own == "年度计划":
            return "年度计划投资"
        if quantity.unit == "天" and _AIR.fullmatch(own):
            return own + "天数"  # 优81天、良231天
        if quantity.unit in _UNITS_GOVERNED and quantity.classifier == quantity.unit:
            # 辖4镇、10乡
            return "辖" + quantity.unit
        counted = bool(self.said) and self.said[-1][0] in _HEADS.values() and not reading.own
        if quantity.unit in _HEADS and (counted or _ALL_OF.search(reading.head)):
            # 全镇共有9717户、30384人
            return _HEADS[quantity.unit]
        if (
            quantity.unit in ("人", "人次")
            and own.endswith(("吸引", "组织", "带动"))
            and (act := _TOOK_PART.match(right))
        ):
            return act[0] + "人数"  # 吸引15万人参与
        told = quantity.kind in ("percent", "money", "measure", "count") and nouns.vague(own)
        return self._bracketed(quantity) if told else ""

    def note(self, quantity: Quantity, reading: Reading, indicator: str) -> None:
        """Remember what a figure measured, for those after it."""
        self.stated = quantity.end
        self.said.append((indicator, reading.measure))
        self.noted = quantity
        if nouns.vague(indicator) or indicator.startswith(("拉动", "带动")):
            return
        if quantity.kind == "money":
            self.money = indicator
        if quantity.kind == "count":
            self.counted = indicator
        self.sum = quantity.kind == "money" or (self.sum and indicator == self.base)
        self.base = indicator
        of_a_part = self.text.find("其中", *self._clause(quantity.start)) >= 0
        if not self.main or (reading.own and quantity.kind != "rank" and not of_a_part):
            self.main = indicator

    def _clause(self, position: int) -> tuple[int, int]:
        """The part of the clause that stands before a position."""
        return max(self.scope.starts[self.scope.clause(position)], position - LONGEST_TOPIC), position

    def _aside(self, position: int) -> bool:
        """Whether a figure stands in brackets that tell what another one includes."""
        opened = self.text.rfind("(", max(self.sentence.start, position - LONGEST_GAP * 2), position)
        return (
            opened >= 0
            and bool(_INCLUDES.match(self.text, opened + 1))
            and ")" not in self.text[opened:position]
        )

    # ---- right of the figure ----

    # ---- left of the figure, with what was said before ----

    def _joined(self, own: str, quantity: Quantity, reading: Reading) -> str:
        """Own phrases that are but a part of the indicator: 关停 after 企业, 数量 in a rank, 省级."""
        if own in _CARRIED:
            return own
        if quantity.kind == "count" and (counted := self._counted(own, quantity)):
            return counted
        if self.base and nouns.only_done(own) and own not in ("出口", "进口"):
            # 其中关停19家, 已支用785万元: the verb is new, what it is done to was named before.
            if own in _HERDS and self.base.endswith(_HERDS):
                # 生猪存栏15.6万头，出栏23.1万头
                return self.base[:-2] + own
            if quantity.kind == "money" and self.money and own != "投入":
                return own + self.money
            if quantity.unit in _AREAS and own != nouns.flow_verb(self.base):
                # 规划面积115平方公里，已开发45平方公里
                return own + "面积"
        if quantity.kind == "money" and self.money and (verb := nouns.done_to(own)):
            return verb + self.money
        if self.base and _OVER.fullmatch(own):
            # 项目136个，其中10亿元以上21个
            return own + nouns.last_noun(self.base)
        numbered = len(own) <= 5 and own.endswith(("数量", "总量", "总数"))
        if reading.measure == "rank" and self.base and numbered:
            return self.base if self.base.endswith(own) else nouns.rate(self.base, own)
        if own.startswith("来自") and "的" not in own and self.base:
            # 接待游客1200万人次，其中来自省外430万人次
            return own[2:] + self.base.removeprefix(nouns.flow_verb(self.base))
        if nouns.adjective(own) and self.base:
            return nouns.of_grade(own, self.base) or own + nouns.last_noun(self.base)
        return ""

    def _counted(self, own: str, quantity: Quantity) -> str:
        """What a count goes on with where its own phrase is but a verb or a seat; '' for other phrases."""
        if self.counted and _SEATED.fullmatch(own):
            return self.counted  # 省重点项目142个，总投资1280亿元；市直12个
        if not nouns.only_done(own) or own in ("出口", "进口"):
            return ""
        if topic := self._topic(quantity):
            return own + topic  # 单项冠军企业，累计培育43家
        if not self.base or (own in _HERDS and self.base.endswith(_HERDS)):
            return ""
        if own in _REACHED and quantity.unit in _HEADS:
            return own + _HEADS[quantity.unit]  # 新建饮水工程355处，惠及15.6万人
        return own + nouns.last_noun(self.base)

    def _done_alike(self, number: int, own: str, reading: Reading) -> str:
        """新认定智能工厂2个、数字化车间14个: what was newly done to the item before is done to this one;
        '' where the list ends or the item has a verb of its own."""
        if not number or reading.rule != "level" or not self.said:
            return ""
        if nouns.flow_verb(own) and not own.startswith("上市"):  # 上市企业 are a kind of firm
            return ""
        before, this = self.quantities[number - 1 : number + 1]
        listed = self.text[before.end : this.start] == "、" + own and before.kind == this.kind == "count"
        return nouns.done_alike(self.said[-1][0]) if listed else ""

    def _done_before(self, number: int) -> str:
        """新培育23个智能工厂、30个数字化车间: what was done to the things counted before is done to these."""
        if not number or not self.said or self.quantities[number].kind != "count":
            return ""
        said = self.said[-1][0]
        verb = nouns.done_alike(said)
        between = self.text[self.quantities[number - 1].end : self.quantities[number].start]
        return verb if verb and between == said.removeprefix(verb) + "、" else ""

    def _stock_of(self, said: str) -> str:
        """经营主体 of 新登记经营主体, whose total is told next: a total is of all, not of what is new."""
        return said.removeprefix(nouns.newly(said))

    def _completed(self, number: int, own: str, reading: Reading) -> str:
        """Own phrases that lean on what was said: 产值 after 规上工业企业, 汽车制造业 after 增加值增长."""
        quantity = self.quantities[number]
        if carried := nouns.carried(reading.head, own):
            return carried
        same = self.said and number and self.quantities[number - 1].unit == quantity.unit
        if same and (staff := nouns.staffed(own, self.said[-1][0])):
            return staff
        grown = reading.rule.startswith("growth") and nouns.OUTPUT.search(self.base)
        parted = reading.rule == "level" or grown
        if parted and self.said and (part := nouns.part(own, self.base)):
            return part
        economic = nouns.ECONOMIC.fullmatch(own)
        leans = nouns.LEANS.fullmatch(own) and self.said and self.base and own not in self.base
        if leans and "投资" in own and not _INVESTED.search(self.base):
            # 铁路里程210公里，总投资95亿元: what the sentence is about costs that, not its length.
            return own
        if reading.rule == "level" and quantity.kind == "money" and self.said and _PART_OF.search(own):
            # 固定资产投资126亿元，其中临空园区18亿元
            return own + nouns.economic_noun(self.base)
        if leans and quantity.kind == "money" and _SUM.search(self.base):
            # 引资额527亿元，到位资金70亿元
            return own
        if leans and (self.base.endswith("项目") or not economic):
            return nouns.rate(self.base, own)
        if economic:
            if self._has_holder(quantity.start):
                self.holder = ""
                return own
            holder = phrase.holder(reading.head, own)
            if holder:
                self.holder = holder
            elif self.said and not own.startswith("固定资产投资"):
                holder = (
                    self.holder
                    or nouns.firms(self.base)
                    or nouns.branch(own, self.base)
                    or self._counted_firms(number)
                    or nouns.crop(own, self.base)
                )
            return nouns.merged(holder, own)
        self.holder = ""
        return own + (self._of_branch(own, reading, quantity) or self._of_output(own, quantity))

    def _counted_firms(self, number: int) -> str:
        """规模以上服务业 of 规模以上服务业企业8户，营业收入…: those that were counted just before."""
        counted = number and self.quantities[number - 1].kind == "count" and self.said[-1][0] == self.base
        of_size = counted and nouns.firms_by_size(self.base)
        return _SIZE_OF_TRADE.sub("", self.base.removesuffix("企业")) if of_size else ""

    def _has_holder(self, position: int) -> bool:
        """Whether the figure's own clause names a firm, a park or a project: what is said is then its own."""
        start = self.scope.starts[self.scope.clause(position)]
        named = (m for m in self.scope.strong if start <= m.start < position)
        return any(m.subject.type in ("enterprise", "park", "initiative") for m in named)

    def _of_output(self, product: str, quantity: Quantity) -> str:
        """产量 for a product in a list of outputs (主要产品产量：原煤5万吨、焦炭1万吨); '' for others."""
        listed = quantity.kind == "measure" and nouns.plain_product(product)
        headed = self.outputs and self.outputs.end() <= quantity.start
        return "产量" if listed and headed else ""

    def _of_branch(self, branch: str, reading: Reading, quantity: Quantity) -> str:
        """增加值 for a branch that grows after 规上工业增加值, 利润 for one whose sum follows; else ''."""
        moved = reading.rule.startswith("growth")
        if (moved or (reading.rule == "level" and quantity.kind == "money")) and nouns.trade(branch):
            return nouns.economic_noun(self.base)
        return ""

    def _inherited(self, own: str, quantity: Quantity, reading: Reading) -> str:
        base = self._topic(quantity) or self.base
        if reading.rule == "level" and quantity.kind == "count" and self.sum and self.counted:
            base = self.counted  # 总投资1280亿元；某区12个
        if reading.rule == "rank" and reading.basis and self.text[quantity.end - 1] == "强":
            # 跻身全国高新区前60强
            return reading.basis + "排名"
        if reading.rule == "rank" and reading.basis and _BEST.search(reading.basis):
            # 列创新创业百强县第70位
            return reading.basis + "排名"
        ranked = (reading.measure == "rank" and reading.rule != "rank.to") or reading.rule == "change.rank"
        if reading.rule == "rank" and own in _PACES and base:
            return nouns.merged(base, own)  # 增长5.8%，增速居全国第三位
        if reading.rule == "rank" and base and self.said[-1:] == [(base, "growth")] and self._paced():
            return nouns.merged(base, "增速")  # 增长率达到17.6%，居全省第一
        if ranked and self.said[-1:] != [(base, "rank")] and (contest := self._contest(quantity.start)):
            base = contest
        if not base:
            return _WHOLE.sub("", reading.basis) if reading.rule.startswith("rank") and reading.basis else own
        if reading.rule == "share" and len(own) == 1:
            return own + "占比"
        if noun := self._of_branch(base, reading, quantity):
            return base if base.endswith(noun) else base + noun
        return nouns.rate(base, own) if nouns.adds(own) else base

    def _paced(self) -> bool:
        """Whether the figure before was told by its pace: 增长率达到17.6%."""
        start = self.noted.start if self.noted else self.sentence.start
        return _PACE_TOLD.search(self.masked, max(self.sentence.start, start - PACE), start) is not None

    def _bracketed(self, quantity: Quantity) -> str:
        """发酵酒产量 of 产量增幅较大的有发酵酒(增长87%): what the figure in brackets after it is of."""
        low = max(self.sentence.start, quantity.start - LONGEST_GAP)
        opened = self.masked.rfind("(", low, quantity.start)
        if opened < 0 or _IN_BRACKETS.fullmatch(self.masked, opened + 1, quantity.start) is None:
            return ""
        item = _ITEM.search(self.masked, max(self.sentence.start, opened - LONGEST_TOPIC), opened)
        if item is None or nouns.vague(item["what"]) or _NO_ITEM.search(item["what"]):
            return ""
        noun = nouns.economic_noun(self.base)
        return item["what"] if item["what"].endswith(noun) else item["what"] + noun

    def _contest(self, position: int) -> str:
        """在全国综合考评中，…列第3位: the contest that the clause before names."""
        low = max(self.sentence.start, position - CONTEST_BEFORE)
        if entered := _ENTERED.search(self.masked, low, position):
            return entered["what"].replace(phrase.BLANK, "") + "排名"
        match = _CONTEST.search(self.masked, low, position)
        return phrase.trim(match["what"].replace(phrase.BLANK, "")) if match else ""

    def _topic(self, quantity: Quantity) -> str:
        """装备制造业由降转升，增长2.7%: the clause before, if it holds no figure, may name the indicator."""
        starts = self.scope.starts
        clause = bisect_right(starts, quantity.start) - 1
        if not clause:
            return ""
        low, high = starts[clause - 1], starts[clause] - 1
        if self.stated > high:
            # 园区总数从169家增加到178家: its own clause has told already.
            return ""
        at = bisect_left(self.quantities, low, key=lambda q: q.start)
        if (self.quantities[at].start < high and self.stated > low) or high - low > LONGEST_TOPIC:
            return ""
        said_before = phrase.drop_start(patterns().opener, self.masked[low:high].lstrip(phrase.BLANK))
        said_before = phrase.drop_start(phrase.WHOSE, said_before)
        noun, said = phrase.after(_ALIKE.sub("", said_before))
        noun = _CATCHWORD.sub("", noun)
        if judged := _JUDGED.search(said_before):
            noun = phrase.noun_phrase(said_before[: judged.start()])
        # 规划面积：6.5平方公里
        labelled = self.text[high : high + 1] == "：" and high - low <= LONGEST_GAP
        things = quantity.kind == "count" and not said and nouns.THINGS.search(noun)
        fits = labelled or nouns.TOPIC.search(noun) or things
        return noun if fits and not nouns.vague(noun) else ""

    # ---- lists ----
