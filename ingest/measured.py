"""Which indicator a figure measures: named left or right of it, handed out by 分别, or said before.

In: the figures of one sentence in order, each with its reading and the text left and right of it. Out: the
indicator in the report's words. It remembers what the sentence, and at first the sentence before, has named;
what names nothing leans on that. Refuses to look beyond `REACH` characters and back beyond the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ingest import enumeration, nouns, phrase
from ingest.model import Measure, Quantity, Span
from ingest.readings import LIST_ONLY, Reading
from ingest.scope import ParagraphScope
from ingest.wording import patterns

LONGEST_LIST = 24
"""Items that one 分别 may hand out."""
LONGEST_GAP = 12
"""Characters between two figures of one list."""
LONGEST_ROW = 160
"""Characters before 分别 in which the clauses before may list what it hands out."""
LONGEST_TOPIC = 40
"""Characters of a clause without figures that may name the indicator of the next one."""
CONTEST_BEFORE = 60
"""Characters before a rank that may name the contest."""
BOUND_LEFT = re.compile(
    "[百千万亿]*(?:元|级)?(?:大关|台阶|关口|门槛|新高)|(?:[(（]含[)）])?(?:及?以[上下内]|之间|左右|上下|不等|之多)(?:的)?"
)
"""What still belongs to the figure before: its bound."""
_SPENT_ON = re.compile(r"(?:计划|累计|共|已|总)投入资金[约近达超过\0]*$")
_STAIR = re.compile("[百千万亿](?:元|级)?(?:台阶|大关|关口)$")
_UNITS_GOVERNED = ("县", "区", "旗", "镇", "乡", "街道")
# 纺织鞋服产业“一业独大”，占83.8%
_CATCHWORD = re.compile("“[^“”]*”$")
_PART_OF = re.compile(
    "(?:园区|开发区|高新区|经开区|新区|[市县区省州]属|[市县区省]级|中央|地方|民间|国有|企业)$"
)
_SUM = re.compile("(?:引资|引资额|合同额|签约额|资金|融资额|总投资额?)$")
_INVESTED = re.compile("(?:项目|工程|企业|产业|合同|平台|基地|园区?|中心|技改|改造|建设|家|个)$")
# 对新落户的研发机构给予50万元补助
_GRANTED = re.compile("(?:给予|给与|提供|享受|奖励|补助)(?:一次性|最高)*$")
_HERDS = ("存栏", "出栏")
# 经济总量偏小，仅占全市的12.6%
_JUDGED = re.compile(
    "(?:还|仍|依然|相对|总体|比较)?(?:[偏较不][小短低少弱高大强足够快慢多重]|不足|滞后|薄弱|有限)$"
)
# 9个重点项目总投资26亿元
_ITS_COST = re.compile("(?<=项目|工程)(?:计划|累计|协议)?总?投资(?:总额|额)?$")
# 178家高新区生产总值占…
_ITS_OUTPUT = re.compile(
    "(?<=企业|园区|公司|新区|发区)(?:实现|完成)?(?:地区)?(?:生产总值|总产值|产值|营业收入|营收|利润总额|税收|销售额|销售收入|增加值|出口额)$"
)
_OVER = re.compile(r"(?:超过?|过)?[\d百千万亿][^，。；、]{0,8}(?:以上的?|元)")
_CARRIED = ("开行", "发运", "验放", "发送")  # what trains and ports do has its own unit
_PARTS = re.compile("其中|[按分从][^，。]{1,10}[分看]，")
_VIEW = re.compile("\0*从\0*(?P<what>[^，。；、\\d\0]{2,16}?)(?:上|方面)?来?看，")
_PACE = re.compile("(?:增速|增幅|涨幅|降幅)$")
_BETWEEN = re.compile("(?:[(][^()]{1,16}[)]|和地区)?[、的]?")
# 吸引了深圳180家单位参观: who was drawn stands right.
_DRAWN = re.compile(
    "(?:吸引|邀请|组织|引导|汇聚|帮助|服务|推动|带领)了?|.*(?:就|共|已|又|再)[投买建签引招办设开]$"
)
_SITE = re.compile("(?:产业园|工业园|科技园|园区|开发区|基地|小区|小镇)$")
_BEST = re.compile("百强(?:[县市区镇]|榜|城市|园区|开发区)?$")
_INCLUDES = re.compile("不?含|其中|包括|包含")
_HEADS = {"户": "户数", "人": "人口"}
_ALL_OF = re.compile("全(?:[镇乡村县区市旗]|街道)(?:现|共|总|辖|有|总共|现有|共有)*$")
# 集中签约6个项目
_HOW = re.compile(
    "^(?:集中|现场|成功|陆续|相继|同时|先后|共同)+(?=签约|开工|投产|竣工|引进|落地|入驻|启动|上市|揭牌|发布|认定)"
)
_SUMMED = re.compile("、[^，。；]{1,12}?(?:[两三四五六七八九十\\d]+(?:个|大|类)|等)(?:行业|产业|领域|门类)\0")
_A_WORK = re.compile("(?:项目|装置|生产线|机组|电站|工程)$")
_AREAS = ("平方公里", "亩", "平方米")
_MOVED = re.compile("(?:到|至|为|成)$")
# 茶叶卖到16个国家, 远销东南亚等30多个国家和地区
_SOLD_TO = re.compile(
    "(?P<what>[\u4e00-\u9fff]{0,8}?)(?P<verb>[远畅热]销|销往|销售|出口|卖|发往|运往|辐射|覆盖|遍及|遍布|来自|通达|直达|抵达|延伸)"
    "(?:到|至|往)?[^，。；]{0,24}$"
)
_STEP = re.compile("[、和与](?:增长|下降|提高|减少|上升|增加|回落)$")
_HANDED_OUT = re.compile("(?:同比|环比|年均|[比较][^，、]{1,8}?)?分别")
_SIZE_END = re.compile("(?:产能|能力|规模|面积|投资|产量|床位|人口|总数)$")
_CONTEST = re.compile(
    "在(?P<what>[^，。；]{2,30}(?:评价|考核|考评|测评|评比|排名|评估|榜单?|百强|竞赛))[中上里]?，"
)
_ALIKE = re.compile("^像这样的?|^像|^这样的")
_TOTAL = re.compile(
    "(?:总量|总数|总面积|总规模|总里程|累计)(?:已|共|约|达到|达|超过|超|突破|近|增至|增加到|为|至|到){0,3}$"
)
_WHOLE = re.compile("^全[国省市区县州球]")


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
        self.items: list[str] = []
        self.items_before: list[str] = []
        self.item = 0

    def of(self, number: int, reading: Reading, left: str, right: str) -> tuple[str, bool]:
        """The indicator of the figure at `number`, and whether it stands right of it."""
        if not self._aside(self.quantities[number].start):
            # 缴纳税收44亿元(含增值税11亿元)，增长29%: what follows goes on before the brackets.
            self.base, self.main, self.money = self.outside or (self.base, self.main, self.money)
            self.outside = None
        elif self.outside is None:
            self.outside = self.base, self.main, self.money
        named, after = self._named(number, reading, left, right)
        if not named and reading.measure == "share" and reading.basis:
            # 合计占进出口总值的61.4%: a part of it, where nothing says which.
            named = reading.basis
        if not named and reading.measure in ("growth", "rank"):
            # 上海增速为5%, in an article on one indicator: what its last paragraph was about.
            named = self.scope.report.indicator
        whole = reading.rule == "change.share" and not named.endswith("比重")
        return (named + reading.verb if whole else named), after

    def _named(self, number: int, reading: Reading, left: str, right: str) -> tuple[str, bool]:
        quantity = self.quantities[number]
        if "分别" in left or (self.items and (not reading.own or _STEP.match(left))):
            if item := self._distributed(number, left, reading):
                return item, False
        elif reading.own:
            self.items_before, self.items = self.items or self.items_before, []
        if reading.rule == "share.spent":
            return phrase.spent(right) or self.base, True
        own = phrase.before(reading.head)
        if self.taken and _BETWEEN.fullmatch(left.replace(phrase.BLANK, "").removeprefix(self.taken)):
            # 2万吨甲材料生产线、3万吨乙材料, 40国的121个城市: what stands between is the figure's before.
            own = "" if quantity.kind in ("measure", "count") and phrase.after(right)[0] else own
        elif self.taken and phrase.after(right)[0] and nouns.flow_verb(own.removeprefix(self.taken)):
            own = own.removeprefix(self.taken)  # 60万平方米标准厂房入驻46家企业
        self.taken = ""
        if found := self._right(quantity, reading, own, right):
            self.taken = phrase.after(right)[0]
            return found, True
        if quantity.kind == "money" and nouns.vague(own) and _SPENT_ON.search(reading.head):
            return "投入资金", False
        if quantity.unit in _UNITS_GOVERNED and quantity.classifier == quantity.unit:
            # 辖4镇、10乡
            return "辖" + quantity.unit, False
        counted = bool(self.said) and self.said[-1][0] in _HEADS.values() and not reading.own
        if quantity.unit in _HEADS and (counted or _ALL_OF.search(reading.head)):
            # 全镇共有9717户、30384人
            return _HEADS[quantity.unit], False
        if nouns.vague(own):
            said = self._goes_on(number, reading) or self._inherited(own, quantity, reading)
            return self._stock_of(said) if _TOTAL.search(reading.head) else said, False
        own = self._joined(own, quantity, reading) or self._completed(number, own, reading)
        return self._done_alike(number, own, reading) + own, False

    def note(self, quantity: Quantity, reading: Reading, indicator: str) -> None:
        """Remember what a figure measured, for those after it."""
        self.stated = quantity.end
        self.said.append((indicator, reading.measure))
        if nouns.vague(indicator) or indicator.startswith(("拉动", "带动")):
            return
        if quantity.kind == "money":
            self.money = indicator
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

    def length(self, number: int) -> int:
        """How many quantities the list has that begins at `number`; at most `LONGEST_LIST`."""
        count = 1
        while count < LONGEST_LIST and number + count < len(self.quantities):
            first, second = self.quantities[number + count - 1], self.quantities[number + count]
            between = phrase.drop_start(BOUND_LEFT, self.text[first.end : second.start][:LONGEST_GAP])
            near = second.start - first.end <= LONGEST_GAP
            if not near or not (LIST_ONLY.match(between) or _STEP.match(between)):
                break
            count += 1
        return count

    # ---- right of the figure ----

    def _right(self, quantity: Quantity, reading: Reading, own: str, right: str) -> str:
        """What stands right of an amount: 建成9个智能工厂, 24个开工; '' where that isn't what is measured."""
        amounts = quantity.kind in ("count", "money", "measure") and reading.measure in ("level", "change")
        if reading.rule == "share.of" and right.startswith("的") and nouns.vague(own):
            # 用占全市2.27%的国土面积创造了…
            return phrase.after(right)[0]
        moves = reading.origin and not nouns.vague(own)
        left_only = moves or reading.rule in ("level.to", "change.rank") or not amounts
        if left_only and reading.rule != "share.class":
            return ""
        noun, predicate = phrase.after(right)
        if reading.origin and _MOVED.search(noun):
            return ""
        if _STAIR.search(noun):
            # 经济总量连跨3个百亿台阶
            return ""
        if noun:
            return _named_right(quantity, reading, own, noun, predicate, right)
        if (
            quantity.kind == "count"
            and nouns.vague(own)
            and not reading.origin
            and (done := phrase.predicate(right))
        ):
            return done + nouns.last_noun(self.base)
        return ""

    # ---- left of the figure, with what was said before ----

    def _joined(self, own: str, quantity: Quantity, reading: Reading) -> str:
        """Own phrases that are but a part of the indicator: 关停 after 企业, 数量 in a rank, 省级."""
        if own in _CARRIED:
            return own
        if self.base and nouns.only_done(own) and own not in ("出口", "进口"):
            # 其中关停19家, 已支用785万元: the verb is new, what it is done to was named before.
            if own in _HERDS and self.base.endswith(_HERDS):
                # 生猪存栏15.6万头，出栏23.1万头
                return self.base[:-2] + own
            if quantity.kind == "count":
                return own + nouns.last_noun(self.base)
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
        counted = len(own) <= 5 and own.endswith(("数量", "总量", "总数"))
        if reading.measure == "rank" and self.base and counted:
            return self.base if self.base.endswith(own) else self.base + own
        return own + nouns.last_noun(self.base) if nouns.adjective(own) and self.base else ""

    def _done_alike(self, number: int, own: str, reading: Reading) -> str:
        """新认定智能工厂2个、数字化车间14个: what was newly done to the item before is done to this one;
        '' where the list ends or the item has a verb of its own."""
        if not number or reading.rule != "level" or nouns.flow_verb(own) or not self.said:
            return ""
        before, this = self.quantities[number - 1 : number + 1]
        listed = self.text[before.end : this.start] == "、" + own and before.kind == this.kind == "count"
        return nouns.newly(self.said[-1][0]) if listed else ""

    def _stock_of(self, said: str) -> str:
        """经营主体 of 新登记经营主体, whose total is told next: a total is of all, not of what is new."""
        return said.removeprefix(nouns.newly(said))

    def _completed(self, number: int, own: str, reading: Reading) -> str:
        """Own phrases that lean on what was said: 产值 after 规上工业企业, 汽车制造业 after 增加值增长."""
        quantity = self.quantities[number]
        if reading.rule == "level" and self.said and (part := nouns.part(own, self.base)):
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
            return self.base + own
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
            return holder + own
        self.holder = ""
        return own + self._of_branch(own, reading)

    def _counted_firms(self, number: int) -> str:
        """规模以上服务业 of 规模以上服务业企业8户，营业收入…: those that were counted just before."""
        counted = number and self.quantities[number - 1].kind == "count" and self.said[-1][0] == self.base
        return self.base.removesuffix("企业") if counted and nouns.firms_by_size(self.base) else ""

    def _has_holder(self, position: int) -> bool:
        """Whether the figure's own clause names a firm, a park or a project: what is said is then its own."""
        start = self.scope.starts[self.scope.clause(position)]
        named = (m for m in self.scope.strong if start <= m.start < position)
        return any(m.subject.type in ("enterprise", "park", "initiative") for m in named)

    def _of_branch(self, branch: str, reading: Reading) -> str:
        """增加值 for a branch that grows after 规上工业增加值; '' for what is no branch."""
        if reading.rule.startswith("growth") and nouns.BRANCH.search(branch):
            return nouns.economic_noun(self.base)
        return ""

    def _inherited(self, own: str, quantity: Quantity, reading: Reading) -> str:
        base = self._topic(quantity) or self.base
        if reading.rule == "rank" and reading.basis and self.text[quantity.end - 1] == "强":
            # 跻身全国高新区前60强
            return reading.basis + "排名"
        if reading.rule == "rank" and reading.basis and _BEST.search(reading.basis):
            # 列创新创业百强县第70位
            return reading.basis + "排名"
        ranked = (reading.measure == "rank" and reading.rule != "rank.to") or reading.rule == "change.rank"
        if ranked and self.said[-1:] != [(base, "rank")] and (contest := self._contest(quantity.start)):
            base = contest
        if not base:
            return _WHOLE.sub("", reading.basis) if reading.rule.startswith("rank") and reading.basis else own
        if reading.rule == "share" and len(own) == 1:
            return own + "占比"
        if noun := self._of_branch(base, reading):
            return base if base.endswith(noun) else base + noun
        return base + own if nouns.adds(own) else base

    def _contest(self, position: int) -> str:
        """在全国综合考评中，…列第3位: the contest that the clause before names."""
        low = max(self.sentence.start, position - CONTEST_BEFORE)
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
        noun, said = phrase.after(_ALIKE.sub("", said_before))
        noun = _CATCHWORD.sub("", noun)
        if judged := _JUDGED.search(said_before):
            noun = phrase.noun_phrase(said_before[: judged.start()])
        # 规划面积：6.5平方公里
        labelled = self.text[high : high + 1] == "：" and high - low <= LONGEST_GAP
        fits = labelled or nouns.TOPIC.search(noun) or (not said and nouns.THINGS.search(noun))
        return noun if fits and not nouns.vague(noun) else ""

    # ---- lists ----

    def _distributed(self, number: int, left: str, reading: Reading) -> str:
        """The next item of what 分别 hands out, here or before; '' where it hands out no indicators."""
        if "分别" in left and reading.rule == "change.compare" and re.search("[、和与]", reading.basis or ""):
            # 分别高于全省、全市2.3个和0.6个百分点: the yardsticks are handed out, not the indicators.
            self.items = []
        elif "分别" in left:
            self._hand_out(number, left, reading)
        if not self.items:
            return ""
        item = self.items[min(self.item, len(self.items) - 1)]
        self.item += 1
        return item

    def _hand_out(self, number: int, left: str, reading: Reading) -> None:
        head = _HANDED_OUT.split(left)[0]
        shared = reading.measure == "share" or reading.rule == "change.share"
        if shared and len(reading.head) < len(head):
            head = reading.head
        count = self.length(number)
        self.items, self.item = enumeration.items(head, count), 0
        if len(self.items) < 2 and _SUMMED.search(head):
            # 批发、零售、住宿四个行业1-7月零售额分别…
            self.items = enumeration.items(head.replace(phrase.BLANK, ""), count)
        own = phrase.before(head)
        if reading.measure == "growth":
            own = _PACE.sub("", own) or own
        branches = self._branches(number, left) if len(self.items) < 2 else []
        if branches and (nouns.vague(own) or nouns.ECONOMIC.fullmatch(own)):
            noun = "" if nouns.vague(own) else own
            self.items = [item if item.endswith(noun) else item + noun for item in branches]
        elif len(self.items) < 2:
            two = enumeration.items(self.base, count) if nouns.vague(own) else []
            self.items = two if len(two) == count else self._recent(number)
            if not nouns.vague(own) and nouns.vague(phrase.before(left.rsplit("分别", 1)[-1])):
                # 城乡居民人均可支配收入分别增长6%和7%, and 产值 of the branches that were listed before.
                economic = nouns.ECONOMIC.fullmatch(own)
                before = self.items if economic else [""] * count
                self.items = [nouns.stem(item) + own if item else own for item in before]
        elif self.base and all(nouns.vague(item) for item in self.items):
            self.items = [self.base + item for item in self.items]
        elif (noun := phrase.before(reading.head[len(head) :])) and not nouns.vague(noun):
            # 甲业、乙业分别实现产值 tells of branches, 甲区、乙区分别实现地区生产总值 of holders.
            of_branches = nouns.ECONOMIC.fullmatch(noun)
            self.items = [item + noun if of_branches else noun for item in self.items]
        if reading.rule.startswith("growth") and all(nouns.BRANCH.search(item) for item in self.items):
            noun = nouns.economic_noun(self.base)
            self.items = [item if item.endswith(noun) else item + noun for item in self.items]
        self.items_before = self.items

    def _goes_on(self, number: int, reading: Reading) -> str:
        """X、Y分别达到642亿元、418亿元，增长4.2%和17.6%: a second list follows the first item by item."""
        if self.item >= 2 and self.item == len(self.items_before) and reading.own:
            recent = self._recent(number)
            if len(recent) == len(self.items_before):
                self.items, self.item = recent, 1
                return recent[0]
        return ""

    def _branches(self, number: int, left: str) -> list[str]:
        """甲业，乙业，丙业，分别增长…, 甲、乙等行业向好，产值分别…: the branches that the clauses before
        list, where they are as many as the figures; [] where they aren't."""
        count, high = self.length(number), self.quantities[number].start - len(left)
        before = self.quantities[number - 1] if number else None
        low = before.end if before else self.sentence.start
        if before and before.kind == "count" and before.value == count:
            # …等3个行业保持增长，分别…
            high = before.start
            low = self.quantities[number - 2].end if number > 1 else self.sentence.start
        return enumeration.branches(self.masked[max(low, high - LONGEST_ROW) : high], count)

    def _recent(self, number: int) -> list[str]:
        """X32万亩，Y14万吨，分别增长1%和2%: the last n indicators, n being the length of the list."""
        count = self.length(number)
        near = self.said[-count:]
        if count > 1 and len(near) == count and all(measure == "level" for _, measure in near):
            # 城乡居民收入达到2.3万元和0.8万元、分别增长8%和10%
            return [indicator for indicator, _ in near]
        recent = reversed(self.said[-3 * count - 2 :])
        said = list(dict.fromkeys(indicator for indicator, measure in recent if measure != "rank"))
        return said[count - 1 :: -1] if count > 1 and len(said) >= count else []


def _named_right(
    quantity: Quantity, reading: Reading, own: str, noun: str, predicate: str, right: str
) -> str:
    """What a noun right of its figure says: 9个智能工厂, 2.6亿元知识产权信用贷款; '' where the left holds."""
    if reading.rule == "share.class":
        return nouns.with_predicate(noun, predicate)
    own = _HOW.sub("", own)
    verb = nouns.flow_verb(own)
    if right.startswith("的") and own and own != verb and _SIZE_END.search(own):
        return ""
    if noun in ("国家", "地区", "城市", "省份"):
        if sold := _SOLD_TO.search(reading.head):
            whole = "国家和地区" if right.startswith("国家和地区") else noun
            return phrase.noun_phrase(sold["what"]) + sold["verb"] + whole
        if own and "在" not in own and own not in (verb, "国家", "国家和地区"):
            return own
    site = _SITE.search(own) and not right.startswith("的")
    if quantity.kind == "measure" and (site or (reading.head.endswith("的") and _A_WORK.search(noun))):
        # 家居产业园60万平方米标准厂房, 可用作溶剂的10万吨/年装置项目
        return noun
    if quantity.kind == "count":
        noun = _ITS_OUTPUT.sub("", _ITS_COST.sub("", noun))
        if reading.head.endswith("的") and not nouns.generic(noun):
            # 有用工需求的18家工业企业提供…
            return nouns.joined(verb, noun)
        listed_before = "、" in own and noun not in own  # 甲园区、乙基地4个平台
        named = len(own) >= 4 and own != verb and not listed_before and not _DRAWN.match(own)
        if named and not predicate and nouns.generic(noun):
            return own
        return nouns.joined(verb, nouns.with_predicate(noun, predicate))
    joins = reading.head.rstrip("约近超过逾").endswith(("和", "与", "、"))
    if right.startswith("的") and joins and nouns.ECONOMIC.search(noun) and not predicate:
        # 近千亿的地区生产总值和超2000亿的规上工业总产值
        return noun
    if _GRANTED.search(reading.head) and not nouns.vague(own):
        return own + noun
    if not own or own == verb or nouns.vague(own) or own.startswith("每") or (verb and own.endswith(verb)):
        return nouns.joined(verb, noun)
    return ""
