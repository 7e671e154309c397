"""What noun phrases are: generic, vague, economic, a part of a whole; and how two make an indicator.

In: a phrase that `phrase` cut from a sentence, or the indicator that was named before it. Out: whether it
names an indicator by itself, or what it becomes with the other. Refuses to look at the sentence: which of the
two applies is for `measured` to say. The words are in `seeds/lookups/wording.csv`, a list each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ingest import lexicon, opening
from ingest.wording import listed, members, words

_REMEMBERED = 4096
"""Phrases whose reading is kept: a report, and reports of one kind, repeat them."""
_GENERIC = members("generic")
_VAGUE = opening.compile(f"(?:{listed('vague')})+")
_NO_RATE_OF = ("率", "金额", "总额", "投资", "投资额", "资金")
_ADDS = opening.compile(f"(?:{listed('rate_of')})率|总投资(?:额)?|余额")
ECONOMIC = opening.compile(f"(?:{listed('economic_kind')})?(?:{listed('economic')})(?:总额)?")
"""A noun such as 产值 or 营业收入 that says whose only by its branch or its holder."""
_ECONOMIC_TAIL = opening.compile(f"(?:{listed('economic_tail')})(?:总额|额)?$")
LEANS = opening.compile(
    "(?:计划|协议|合同|签约|正式|年度|总|协议总|计划总|年度计划|已完成|完成|累计完成|到位)?(?:投资|合同)(?:额|总额)?"
    f"|{listed('leaning')}"
)
"""A size or a rate of the thing that was counted before it: 总投资 of 签约项目."""
BRANCH = re.compile("(?:业|类|产业|行业|经济|产品|企业|领域|设备|品|车|材料)$")
"""What a branch of the economy ends in."""
GOODS = re.compile("(?:产品|产业|工业|制造业|服务业|农业|行业|商品)$")
"""What goods and trades end in, of which something economic is told after a time."""
TOPIC = re.compile(
    "(?:业|值|额|率|量|产业|收入|投资|消费|市场|价格|指数|出口|进口|贷款|存款|支出|就业|GDP|规模)$"
)
"""What a noun phrase must end in to be an indicator that a bare clause after it may lean on."""
THINGS = re.compile(
    "(?:城市|县区|区县|企业|机构|平台|项目|工厂|车间|基地|园区|产品|专利|合作社|示范区|工程)$"
)
"""What a noun phrase must end in to be things that a bare count after it may count."""
ITEM_TAIL = re.compile(f"(?:产业)?(?:{listed('item_tail')})(?:额|数|总额|余额|量|额度)?$")
"""What the last item of a list ends in, and the items before it share."""
_ADJECTIVE = opening.compile(
    "(?:规模以上|规上|限额以上|限上|国家级|省级|市级|县级|区级|新增|外资|民营|其他)+"
)
_EACH = ("培育", "招引", "引育", "孵化", "争创", "认定", "新建", "扩建", "改建", "改造", "建成")
_REGISTERED = "户籍"
_LIVING_THERE = ("城镇人口", "乡村人口", "农村人口", "农业人口", "非农业人口", "男性人口", "女性人口")
_GRADED = re.compile("国家级|世界级|部级|省级|市级|县级|区级|镇级|自治区级")
_FIRMS = re.compile("^[^，。；]{0,14}?企业(?!家|数$)")
_OF_FIRMS = re.compile(
    "(?:规模|规上|规下|限上|限额)(?:以[上下])?(?:[\u4e00-\u9fff]{0,6})(?:工业|企业|服务业|制造业|建筑业)$"
)
_SOWN = re.compile("(?P<crop>[^，。；]{1,12}?)(?:播种|种植|栽培|养殖|投产|挂果|采摘)?(?:总?面积)$")
_RESIDENTS = re.compile("(?:城镇|农村|城乡)(?:常住)?居民")
_NEWLY = re.compile(
    "^新(?:发展|登记|设立|设|认定|建成|建|增|引进|培育|获批|开工|开业|签约|入库|获评|创建|评定|落户|入驻|投产)(?=[\u4e00-\u9fff]{2})"
)
# What firms make and earn, whose branch a phrase may leave out; taxes and investment are told of more.
_OF_A_FIRM = re.compile("(?:总|现价|销售)*(?:产值|增加值|营业收入|主营业务收入|营收|利润|利税)(?:总额)?")
_AREA = re.compile(
    "城镇|城市|城区|乡村|农村|镇区|第[一二三]产业|[春夏秋冬]季|线[上下]|[境国][内外]|公路|铁路|水路|水运|民航|航空"
)
# What an area's part of it needs no area before: 社会消费品零售总额…，其中乡村…
_BARE = re.compile("(?=[^，。；]{0,12}(?:零售总?额|用电量)$)")
_GRADE = re.compile("[1-5]?A级")
_PART_TAIL = re.compile(
    "(?:销售面积|施工面积|种植面积|播种面积|面积|产量|销量|用电量|发电量|存栏量?|出栏量?|收入|投资|余额|税收|零售额)$"
)
_MEASURED_TAIL = re.compile("[量率值额积数价能力度]$|总产$|入$|出$")
_PART_ENDS = frozenset("宅房楼麦稻米豆菜果鱼禽猪牛羊肉蛋奶粮油茶药烟糖棉料铜铝锌铅")
_PRODUCTS = frozenset("镁铝铜锌铅镍锡金银钢铁煤盐酒茶糖油米布纸猪牛羊鱼蛋奶肉棉麻桑竹菜果瓜豆麦稻纱")
"""Goods whose names are one character."""
_NOT_DONE = ("产品", "产业", "产值", "产能", "产量", "产线", "产区", "产学", "建筑")
"""Nouns that begin with the character of a flow verb."""
_NOUNS_TOO = frozenset(
    ["投资", "出资", "出口", "进口", "服务", "生产", "存款", "融资", "消费", "支出", "收入", "就业", "规模"]
)
"""Verbs that measure something by themselves: what stands right of the figure is not what they measure."""
_VERB_END = re.compile(
    "[\u4e00-\u9fff](?:[下出着]|了|给了?|要|能)$|(?:^|的)[种产卖养栽穿跨][了过]?$|^(?:凭借|依托|借助|沿着|横跨)$"
)
_STOCK_VERBS = members("stock_verb")
_ASIDE = re.compile("^(?:有望|可望|近期|近日|实现|已|均|全部|顺利|成功|分别|先后|将|正在|的|被)+")
_NO_PREDICATE = re.compile(
    "其中|[当之]?中(?=，|$|有)|及|以及|在(?:此|这|当地|我|家门口)|让|使|令|迅速|整齐|(?:分别|均|都)?(?:就|针对|围绕)|(?:分别)?[为是][\u4e00-\u9fff]|包括|涉及|涵盖|[^，。；]{1,10}(?:之?后|之?前|时)$|[与和同向对在将从由为是被](?![\u4e00-\u9fff])"
)
"""其中, or a preposition whose object is a name: nothing is said of the noun."""
_KINDS_OF_THINGS = re.compile(
    "(?:项目|企业|机构|平台|工程|单位|公司|车间|工厂|学校|医院|园区|事项|任务|中心)$"
)
_ITS_SIZE = re.compile(
    "(?:完成|总|计划|协议|合同|年度)*(?:投资|引资|产值|数量)额?$|[开竣投复完签][工产约]率$"
)
LONGEST_PREDICATE = 18
"""Characters that what is said of a generic noun may add to it."""


def generic(phrase: str) -> bool:
    """企业, 项目 and their like name nothing by themselves."""
    return phrase in _GENERIC


@lru_cache(maxsize=_REMEMBERED)
def vague(phrase: str) -> bool:
    """总量, 增速, 占比: the phrase leans on an indicator that was named before."""
    if len(phrase) == 1:
        return phrase not in _PRODUCTS
    return not phrase or bool(_VAGUE.fullmatch(phrase) and not ECONOMIC.fullmatch(phrase))


def adds(own: str) -> bool:
    """Whether a vague phrase still says something that the base does not."""
    return bool(_ADDS.fullmatch(own))


def rate(base: str, own: str) -> str:
    """项目开工率 of 项目 and 开工率; a sum or another rate has none (签约金额，履约率…，开工率…)."""
    return own if own.endswith("率") and base.endswith(_NO_RATE_OF) else merged(base, own)


def merged(whose: str, what: str) -> str:
    """规模以上工业增加值 of 规模以上工业 and 工业增加值: what both bear stands once."""
    shared = next((n for n in range(min(len(whose), len(what)), 1, -1) if whose.endswith(what[:n])), 0)
    return whose + what[shared:]


def adjective(own: str) -> bool:
    """规模以上, 省级: a phrase that only narrows what was counted before."""
    return bool(_ADJECTIVE.fullmatch(own))


def of_grade(own: str, base: str) -> str:
    """省级龙头企业 of 国家级龙头企业 and 省级: the same things of another grade; '' for other phrases."""
    return _GRADED.sub(own, base, count=1) if _GRADED.fullmatch(own) and _GRADED.search(base) else ""


def newly(indicator: str) -> str:
    """新登记 of 新登记经营主体, 新开工 of 新开工项目: what was done in a period; '' for other indicators."""
    match = _NEWLY.match(indicator)
    return match[0] if match else ""


def done_alike(indicator: str) -> str:
    """新认定 of 新认定智能工厂, 培育 of 培育高新技术企业: what is done to each thing of a list."""
    return newly(indicator) or (indicator[:2] if indicator.startswith(_EACH) else "")


def economic_noun(base: str) -> str:
    """增加值 of 规模以上工业增加值: what a branch named after it measures too."""
    match = _ECONOMIC_TAIL.search(base)
    return match[0] if match else ""


def stem(indicator: str) -> str:
    """第一产业 of 第一产业增加值: the branch without what was measured of it."""
    return _ECONOMIC_TAIL.sub("", indicator) or indicator


def firms(base: str) -> str:
    """规模以上工业企业 of 规模以上工业企业产销率: whose 利润 follows; '' where the base names no firms."""
    match = _FIRMS.match(base)
    return match[0] if match and 2 < len(match[0]) < len(base) else ""


def branch(own: str, base: str) -> str:
    """县属规模工业 of 县属规模工业总产值: whose 增加值 follows; '' where the base names no such branch."""
    rest = stem(base) if _OF_A_FIRM.fullmatch(own) else base
    return rest if rest != base and _OF_FIRMS.search(rest) else ""


def firms_by_size(base: str) -> bool:
    """Whether a base counts the firms above a size: 规模以上服务业企业, 限额以上企业."""
    return bool(_OF_FIRMS.search(base))


def crop(own: str, base: str) -> str:
    """蔬菜 of 蔬菜播种面积: what was sown, whose 产量 follows; '' for other nouns."""
    match = _SOWN.match(base) if own.endswith("产量") else None
    return match["crop"] if match else ""


_INCOME = re.compile("(?:人均)?(?:工资|经营|财产|转移)性?净?收入")
_WHOSE_INCOME = re.compile("(?:城镇|农村牧区|农牧区|农村)(?:常住)?居民|农牧?民")
_PATENT = re.compile("专利(?:授权|申请|拥有|受理)[^，。]{0,4}$")
_CARRIED = re.compile("(?:货物|旅客)?(?:货运|客运|运输|周转)(?:周转)?总?量")
_STAFF = re.compile(
    "(?:专任教师|教职工|在校(?:学?生)?|床位|卫生技术人员|执业(?:助理)?医师|注册护士|诊疗人次|出院人数|从业人员)$"
)
_INSTITUTION = re.compile("(?:[高初]中|中职|小学|幼儿园|[特学院]校|医院|卫生院|保健院|[省市县乡镇村]级)$")
OUTPUT = re.compile("(?:产量|面积|存栏量?|出栏量?|发电量)$")
"""What parts of a whole that grew are told of: 有色金属产量增长3%，其中铜增长14%."""
LONGEST_PART = 3
"""Characters of a bare part: 牛, 家禽, 花生."""
_FINISHED = re.compile("已|竣工|建成|投产|完工|投用|完成")
_POWER = re.compile("(?:(?:水|火|风|核|光|热|光伏|太阳能|生物质|新能源|清洁能源)(?:力|发)?电?)")
_MODE = re.compile("公路|铁路|水路|水运|民航|航空")
_DONE_BY = re.compile(f"(?P<mode>{_MODE.pattern})(?:运输)?(?:共|累计)?完成(?:货物|旅客)?[货客运周转输]+量$")


def part(own: str, base: str) -> str:
    """其中住宅 of 商品房销售面积, 农村居民 of 居民人均收入: a part measured as its whole; '' for others."""
    if _AREA.fullmatch(own) and (whole := _AREA.match(base) or _BARE.match(base)):
        # 城镇消费品零售额…，乡村…; 第一产业从业人员…，第二产业…
        return own + base[whole.end() :]
    if _GRADE.fullmatch(own) and (grade := _GRADE.match(base)):
        return own + base[grade.end() :]
    if _RESIDENTS.fullmatch(own) and "人均" in base:
        return own + base[base.index("人均") :]
    if base.startswith(_REGISTERED) and own in _LIVING_THERE:
        # 户籍人口1435万人，其中城镇人口851万人
        return _REGISTERED + own
    if "人均" in base and _INCOME.fullmatch(own) and (who := _WHOSE_INCOME.match(base)):
        # 城镇居民人均可支配收入4.5万元。其中，工资性收入2.5万元
        return who[0] + "人均" + own.removeprefix("人均")
    if base.endswith("发电量") and _POWER.fullmatch(own):
        return own + "发电量"
    if own in ("发明", "实用新型", "外观设计") and (patent := _PATENT.search(base)):
        return own + patent[0]
    if _CARRIED.search(base) and _CARRIED.fullmatch(own) and (mode := _MODE.match(base)):
        return mode[0] + own  # 公路货运量968万吨，客运量1452万人
    if _MODE.fullmatch(own) and (whole := _CARRIED.search(base)) and whole.end() == len(base):
        return own + whole[0]  # 货运量1346万吨。其中，公路1323万吨
    tail = _PART_TAIL.search(base)
    if not tail or len(own) > 6 or own[-1:] not in _PART_ENDS:
        return ""
    measured = ITEM_TAIL.search(own) or flow_verb(own) or _PART_TAIL.search(own)
    return "" if measured else own + tail[0]


_TRADES = re.compile(
    "有色(?:金属)?|煤炭|化工|石化|电力|钢铁|冶金|建材|纺织|轻工|食品|医药|机械|电子|汽车|烟草|装备|能源|造纸"
)


def trade(own: str) -> bool:
    """Whether a phrase names a branch: 汽车制造业, or 化工 for short."""
    return bool(BRANCH.search(own) or _TRADES.fullmatch(own))


def staffed(own: str, base: str) -> str:
    """高中专任教师 of 专任教师6055人，其中高中672人: whose people or beds are told; '' for others."""
    tail = _STAFF.search(base) if _INSTITUTION.search(own) else None
    return own + tail[0] if tail and not own.endswith(tail[0]) else ""


def with_tail(items: Sequence[str]) -> list[str]:
    """牛出栏, 羊出栏, 禽出栏 of 牛、羊、禽出栏: what the last item alone bears is measured of all."""
    *others, last = items or [""]
    tail = _PART_TAIL.search(last)
    if tail and all(len(item) <= LONGEST_PART and item[-1:] in _PART_ENDS for item in others):
        return [*(item + tail[0] for item in others), last]
    return list(items)


def carried(head: str, own: str) -> str:
    """公路货运量 of 公路完成货运量: what goes by one mode of transport; '' for others."""
    done = _DONE_BY.search(head) if _CARRIED.fullmatch(own) else None
    return done["mode"] + own if done else ""


def finished(own: str) -> bool:
    """Whether things are counted that are there: 竣工项目, 已投产项目."""
    return bool(_FINISHED.match(own))


def plain_product(own: str) -> bool:
    """Whether a phrase may be the bare name of a product: 原煤, but not 发电量, 销售收入 or 种植面积."""
    return len(own) <= 12 and not (ITEM_TAIL.search(own) or flow_verb(own) or _MEASURED_TAIL.search(own))


def with_predicate(noun: str, following: str) -> str:
    """A generic noun takes what is said of it: 企业 that 入选市级名单 is 入选市级名单企业."""
    if generic(noun) and following and not _NO_PREDICATE.match(following):
        done = _ASIDE.sub("", following)[:LONGEST_PREDICATE]
        return done if done.endswith(noun) else done + noun
    return noun


def last_noun(base: str) -> str:
    """The kind of thing that a base counts: 项目 of 签约亿元以上项目."""
    match = _KINDS_OF_THINGS.search(_ITS_SIZE.sub("", base))
    return match[0] if match else base


def flow_verb(own: str) -> str:
    """The flow verb that an own phrase opens with or ends in; '' where there is none."""
    for width in (4, 3, 2, 1):
        if own[:width] in words("flow") and not own.startswith(_NOT_DONE):
            return own[:width]
    for width in (4, 3, 2):
        if own[-width:] in words("flow"):
            return own[-width:]
    return ""


def only_done(own: str) -> bool:
    """开工, 竣工投产: a phrase of flow verbs alone."""
    done = own.removeprefix("新")
    pairs = [done[at : at + 2] for at in range(0, len(done), 2)]
    return len(done) in (2, 4) and all(pair in words("flow") for pair in pairs)


def done_to(own: str) -> str:
    """放贷 of 科企放贷: the verb of a phrase that is a generic noun and a flow verb, else ''."""
    for width in (3, 2):
        if own[-width:] in words("flow") and own[:-width] in _GENERIC:
            return own[-width:]
    return ""


def done(own: str) -> str:
    """落实 of 就落实, 年消纳: the verb that a phrase ends in, with its 年; '' where it ends in a noun."""
    verb, tag = _last_word(own)
    if tag != "v" or len(verb) != 2 or _noun_too(verb):
        return ""
    return "年" + verb if own.endswith("年" + verb) else verb


def scrap(own: str) -> bool:
    """Whether a phrase names nothing, its last word being a verb with its ending, a preposition or an adverb
    (种下, 最多炒出, 沿着, 凭借)."""
    word, tag = _last_word(own)
    if _noun_too(word) or word in words("flow"):
        return False
    return tag in ("p", "d", "c", "zg", "ud", "ul", "uz") or _VERB_END.search(own) is not None


def _last_word(own: str) -> tuple[str, str]:
    """The word that a phrase ends in, and its part of speech."""
    ending = own[-6:]
    last = lexicon.cut(ending)[-1]
    return ending[last.start :], last.tag


def _noun_too(word: str) -> bool:
    """Whether a word that jieba calls a verb names a thing as well."""
    return word in members("noun_like") or word in _NOUNS_TOO


def thing(noun: str) -> bool:
    """Whether a phrase right of a figure names what is measured, no verb (按0.6元/度结算)."""
    return bool(noun) and not vague(noun) and lexicon.cut(noun)[-1].tag != "v"


def joined(verb: str, noun: str) -> str:
    """The indicator of a flow: verb and noun, where dropping the verb would make it a stock."""
    return noun if not verb or verb in _STOCK_VERBS or noun.startswith(verb) else verb + noun
