"""The noun phrase that a figure measures, cut from the prose around it.

In: the text left or right of a quantity, times and subjects blanked. Out: the phrase, or '' where the text
names none and the reader has to look further back. It only cuts, it never guesses.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ingest.wording import any_of, patterns, words

BLANK = "\0"
"""Stands for a character of a time or of a subject: a boundary. `GAP` stands for a footnote mark: none."""
GAP = "\1"

_REMEMBERED = 4096
"""Phrases whose reading is kept: a report, and reports of one kind, repeat them."""
_EDGE = " \t\u3000，、；。：:,;…·\\-—\0\1"
_TRIM = re.compile(rf"^[{_EDGE})]+|[{_EDGE}(]+$")
_DROP_END = re.compile(
    r"(?:的|了|等|共计|累计|合计|总计|共|已经?|均|分别|各|约|超过|超|近|达到|达|为|是|有|在|至|到|实现|完成|突破|以|按|于|和|与|及|仅|只|还|也|又|再|就|都|将|要|可|预计|力争|确保|"
    r"跨上|跨过|迈上|迈过|站上|拿下|冲破|跨越|达成|连续|目标|同比|环比|较|比|其中|首次|原则上|不低于|不少于|不超过|至少|最高|最多|稳定|保持|控制|拥有|现有|共有|总共|由|从|每|投入资金|高达|多达|接近|大约|约为)+$"
)
_WHOLE_WORDS = frozenset(
    ["行为", "所有", "国有", "公共", "存在", "实有", "专有", "自有", "私有", "特有", "富有", "现有", "可比", "需要", "主要", "纪要", "对比", "占比", "环比", "同比", "共和", "总和", "饱和", "约", "条约", "节约", "制约", "预约", "签约", "集约", "履约", "违约", "合约", "契约", "公约", "租约", "亩均", "人均", "户均", "平均", "年均", "地均", "单均", "各地", "及时", "参与", "投入", "收入", "总共"]
)
_GENERIC = frozenset(
    ["企业", "项目", "单位", "机构", "公司", "产品", "品牌", "商户", "主体", "平台", "园区", "区县", "地区", "城市", "乡镇", "街道", "银行", "学校", "医院", "事项", "部门", "工厂", "院校", "高校", "行业", "产业", "指标", "工作", "案例", "团队", "人才", "专家", "员工", "学生", "居民", "农户", "群众", "国家", "技术", "成果", "任务", "点位", "服务", "科企", "工业企业", "制造业企业", "市场主体", "经营主体"]
)
_VAGUE = re.compile(
    r"(?:同比|环比|其中|总量|总数|总额|总值|数量|规模|增速|增幅|增长率?|降幅|涨幅|占比|比重|比例|份额|位次|排名|排位|综合|成绩|分别|均|全年|累计|合计|共计|同期|增量|水平|家数|个数|产值占比|总规模|平均增速|"
    r"名义|实际|年均|平均|后|前|时|达|并|且|而|也|又|再|以上|以下|左右|上下|速度|在内|之多|均值|率|级|高|低|多|快|数|量|额|值|名|位|列|居|净|首次|率先|连续|继续|保持|较快|稳步|平稳|显著|明显|大幅|当月|单月|当季|"
    r"多年|历史|创|新高|最高|指数|实现|完成|达到|项目中|其他|其余|一期|二期|三期|首期|年|当年|全部|预期|原因|距|仅|能做|可做|做|规划|计划|正式|已|共|可|分|单|双|期|到|至|有|无|仅|只|按[\u4e00-\u9fff、]{2,12}(?:折算|计算|测算|统计)|"
    r"[剔扣]除[\u4e00-\u9fff]{2,12}(?:后|影响)|同口径|可比口径|折合人民币|折合|折算|约合|增长|下降|提高|上升|增加|减少|县\(市、区\)|人民币|净增|我们|两项指标|[两三四五六七八九\d]+项(?:主要|重点|核心)?(?:经济)?指标(?:增[速幅])?|[\u4e00-\u9fff]{0,8}(?:折算|折合|计算)|[\u4e00-\u9fff]{0,8}(?:因素|影响)后?|后续|届时|此举|上年同期|去年同期)+"
)
_ADDS = re.compile(r"(?:完成|入驻|开工|投产|达产|合格|覆盖|普及|利用|处理|就业|签约|履约|落地|到位|办结|满意|结案|优良|增长|占有|自给|贡献|转化|建成|中标|本地配套)率|总投资(?:额)?|余额")
ECONOMIC = re.compile(
    r"(?:工业|年|规模以上|规上|年均|全口径|主营业务|实缴|进出口|直接|农业|服务业|累计|利润)?(?:总?产值|增加值|总?产出|营业(?:总?收入|利润)|业务收入|销售(?:收入|额)?|营收|利税|利润(?:总额)?|税收|税金|税收收入|投资|交易额|"
    r"零售额|进出口(?:总额|额)?|出口(?:额)?|收入|总收入|产量|成交额|主营业务收入|综合收入|吞吐量|业务量|贷款余额|存款余额|营业额|固定资产投资|规模)(?:总额)?"
)
_ECON_TAIL = re.compile(
    r"(?:增加值|总产值|产值|营业收入|业务收入|销售收入|销售额|零售额|消费价格|价格|投资|进出口|出口|进口|吞吐|发电|用电|销售|利润总额|利润|税收|收入|产量|贷款余额|存款余额|用电量|销量|消费)(?:总额|额)?$"
)
LEANS = re.compile(
    r"(?:计划|协议|合同|签约|正式|年度|总|协议总|计划总|年度计划|已完成|完成|累计完成|到位)?(?:投资|合同)(?:额|总额)?|总投资|(?:协议|到位|合同|签约)资金|合格率|入驻率|开工率|投产率|履约率|落地率|达产率|覆盖率|占有率|利用率|完成率|转化率|惠及居民"
)
BRANCH = re.compile(r"(?:业|类|产业|行业|经济|产品|企业|领域|设备|品|车|材料)$")


@lru_cache(maxsize=_REMEMBERED)
def trim(text: str) -> str:
    """Without white space, punctuation and blanks at the ends; an unpaired quote or bracket goes too."""
    before = None
    while before != text:
        before = text
        text = _TRIM.sub("", text) if not text.endswith(")") or text.count("(") < text.count(")") else text.lstrip(_EDGE.replace("\\", ""))
        for opening, closing in ("“”", "《》", "()", "‘’"):
            opened, closed = text.count(opening), text.count(closing)
            if opened > closed:
                cut = text.rfind(opening)
                text = text[:cut] + text[cut + 1 :]
            elif closed > opened:
                cut = text.find(closing)
                text = text[:cut] + text[cut + 1 :]
    return text


@lru_cache(maxsize=_REMEMBERED)
def _drop_end(text: str) -> str:
    while match := _DROP_END.search(text):
        kept = text[: match.start()]
        # 国有, 签约, 人均 end in the character of a link word and are words of their own.
        if text[match.start() - 1 : match.start() + 1] in _WHOLE_WORDS or (match[0] in _WHOLE_WORDS and match[0] in ("投入", "收入")):
            rest = text[match.start() + 1 :]
            return text[: match.start() + 1] if rest else text
        text = kept
    return text


def before(left: str) -> str:
    """The phrase that ends a left context: 引导企业新建厂房 gives 新建厂房; '' where there is none."""
    left = left.replace(GAP, "")
    tail = left.rsplit(BLANK, 1)[-1]
    if tail is not left:
        phrase = _phrase(tail)
        if phrase and not vague(phrase):
            return phrase
        whole = _phrase(left.replace(BLANK, ""))
        return whole if whole and not vague(whole) else phrase
    return _phrase(left)


@lru_cache(maxsize=_REMEMBERED)
def _phrase(text: str) -> str:
    opener = patterns().opener
    text = opener.sub("", trim(_drop_end(trim(text))))
    whole, text = text, _last_predicate(text)
    if text in words("flow") and len(text) >= 2 and text != whole:
        # 科技型企业累计入库: what is done was done by, or to, the noun before it.
        noun = _phrase(whole[: -len(text)])
        return noun + text if noun and not vague(noun) else text
    if (members := _MEMBERS.match(text)) and len(text) - members.end() >= 2:
        text = text[members.end() :]
    text = trim(_drop_end(trim(opener.sub("", text))))
    text = re.sub(r"(?<=[评核价测榜单名议])中$", "", text)
    if text in words("breaker"):
        return ""
    text = _WHOSE.sub("", text) or text
    return re.sub(r"\([A-Za-z0-9.&+ ]+\)$", "", text) or text


_WHOSE = re.compile(r"^(?:[一二三四]期(?:项目)?(?=总?投资|占地|用地|规划)|[全我本该][市区县省州旗镇国](?:的|有)?|(?:该|本)?项目(?=计划|总?投资|占地|用地|新建|拟))")
# 惠科金渝等液晶面板: the members of a list are no part of what is counted.
_MEMBERS = re.compile(r"^.*(?<![高中初均优同平相不])等(?![级额待同效值离压候])(?:[一二三四五六七八九十\d]+[大个类])?")
_QUOTED = re.compile(r"[“《‘(][^“”《》‘’()]*[”》’)]")
_PROTECTED = re.compile(
    r"利用(?=系数|率|效率|水平|量|面积)|实际(?:使用|利用)外资|(?:实际)?利用外资|综合利用|可再生|进出口|全社会|社会消费品|可支配|可用|规模以上|限额以上|地区生产总值|以上|增加值|在地|在园|在建|在校|在册|在孵|在研|在岗|在职|在库|为主|人才|技能|对外|对口|"
    r"共建|共有产权|公共|主要|与会|和谐|城乡|都市|再生|再制造|拟上市|可视|均衡|会展|会议|社会|协会|委员会|大会|工会|给水|供给|将军|由来|自主|自有|自贸|自动|自然|自治|自来|来自|独自|从业|从事|按揭|按时|通过率|"
    r"突破性|持续性|应急|应用|响应|供应|需要|需求|应收|应纳|应税|相对|对接|对象|绝对|配对|向上|方向|导向|定向|面向|给排|补给|要素|要害|纪要|主导产业|实现度|完成率|完成额|使用|使命|让利|转让|出让|令"
)


@cache
def _cuts() -> re.Pattern[str]:
    cuts = any_of([w for w in words("breaker") if len(w) >= 2 or w in "使让令对向从由被给把将占为按共已"])
    return re.compile(rf"{cuts}|(?:达产|投产|建成|运营|投用|投运)[之以]?后|年?可(?=贡献|实现|新增|带动|提供|完成|容纳|形成|达|创|生产)|年可|每人(?=给)|(?<=[县区市园校院镇村内里中境])有(?=[\u4e00-\u9fff]{{2}})|计划(?=完成|实施|新增|引进|新建)|(?:公司|集团|企业|客商|资本)(?=投资$)")


@cache
def _flows() -> re.Pattern[str]:
    """Verbs that head their own phrase; those that are nouns as well (改造, 投资) don't cut."""
    return re.compile(any_of([w for w in words("flow") if len(w) >= 2 and w not in _NOUN_LIKE]))


# A verb that is a noun elsewhere is a verb after its doer: 企业销售新能源汽车.
_ACTS = frozenset("研发 投入 融资 营业 运营 技改 出口 进口 上市 投资 服务 培训 登记 注册 改造 转型 升级 发展 储备 建设 入驻 开办 设立 申报 开发".split())
_ACTOR_FLOW = re.compile(rf"(企业|公司|集团|园区|平台|机构|基地|我们|部门|研究院|银行|学校)(?:{any_of([w for w in words('flow') if w not in _ACTS])})(?![率额量值的])")
_NOUN_LIKE = frozenset(["到位"]) | frozenset(
    ["实施", "供应", "组织", "培训", "申报", "申请", "授权", "改造", "转化", "出库", "开行", "接待", "争取", "办理", "治理", "整治", "销售", "生产", "出口", "进口", "交付", "登记", "注册", "解决", "服务", "转移", "发展", "储备", "升级", "上市", "挂牌", "转型", "技改", "绿化", "监测", "检查", "检测", "抽检", "开发", "研发", "对接", "投入", "融资", "主导", "参与", "配备", "安装", "建设", "在建", "补贴", "营业", "运营", "入驻", "通过", "获得", "完成", "成交", "谋划", "布局", "揭榜", "设置", "参展", "推进", "构建", "收集", "签订", "查处", "征收", "修复", "落户", "营运", "评选", "提供"]
)


def _last_predicate(text: str) -> str:
    """Cut at the last word that opens a predicate, outside quotes; a flow verb stays as the phrase's head."""
    shielded = [m.span() for m in _QUOTED.finditer(text)] + [m.span() for m in _PROTECTED.finditer(text)]

    def free(match: re.Match[str]) -> bool:
        return not any(a < match.end() and match.start() < b for a, b in shielded)

    cut = 0
    for match in _cuts().finditer(text):
        if free(match) and len(text) - match.end() >= 2 and text[match.end()] not in "率值额量度性力区者的等业化型":
            cut = match.end()
    for match in _ACTOR_FLOW.finditer(text, cut):
        if free(match) and len(text) - match.end() >= 2:
            return text[match.end(1) :]
    for match in _flows().finditer(text, cut):
        if match.start() > cut and free(match) and len(text) - match.end() >= 2 and text[match.end()] not in "率值额量度性力区者的等业化型类":
            return text[match.start() :]
    return text[cut:]


# ---- right of the quantity ----

_RIGHT_STOP = re.compile(r"[，。；：、！？\n()…\0]|以及|和(?=\d)|与(?=\d)|及(?=\d)")
_RIGHT_VERB = re.compile(
    r"(?:扩充|延伸|拓展|增加|提高|提升|升|跃升|增|降|减少|精简|压减|扩大|缩小|下降|上升|缩短|压缩|发展|回升)[到至]|(?<=[\u4e00-\u9fff]{2})中(?=已|有|，|$)|累计|共计|合计|加盟|刷新|创下|到位|预计|增收|变成|销往|试营业|共建|合作建立|入选|入围|荣?获(?!奖)|被|通过|申报|建成|建立|完成|实现|达到|投产|投运|投用|开工|竣工|落地|签约|参展|参加|参与|揭榜|创建|成为|进入|上榜|上市|认定|纳入|列入|使用|采用|发放|提供|占|居|位列|位居|同比|环比|"
    r"比上年|比去年|较上年|较去年|增长|下降|分别|均|总量|其中|正在|已|将|为|是|在|可|能|由|从|用于|(?<![级模额])以[上下内]|全部|包括|涵盖|覆盖|涉及|来自|开展|启动|推进|实施|集中|顺利|成功|先后|陆续|按|较|比|与|和|及|并|且|而|共|"
    r"超过|超|近|约|突破|每|给予|给|予以|供|加快|加速|全面|正|即将|拟|应|须|对|向|于|还|也|又|再|则|就|都|达|有(?!限|色|机|效|轨|线)|落户|陪同|举行|举办|组成|构成|推动|支持|拉动|带动|连续|持续|首次|稳居|保持|呈|翻番|翻两番"
)
_FILLER = re.compile(r"(?:亿元|万亿元)?(?:大关|台阶|关口|以上|之列|左右|新高|之多|水平|门槛|目标|任务|的目标|规模|的规模|人民币|不等)$")
_RIGHT_WORDS = frozenset(
    ["智能", "功能", "节能", "产能", "动能", "性能", "赋能", "储能", "氢能", "核能", "职能", "技能", "行为", "作为", "认为", "共和", "饱和", "温和", "人为", "自由", "理由", "存在", "潜在", "内在", "外在", "实在", "许可", "认可", "公共", "预约", "节约", "集约", "最近", "附近", "给与", "普及", "涉及", "对比", "同比", "占比", "而且", "即将", "在建", "在册", "在校", "在研", "在编", "在职", "在线", "在岗", "在园", "在孵", "在库", "可再", "可持", "可研", "可支", "能源", "能耗", "能力", "能效", "能级", "和谐", "和平", "为主", "比例", "比重", "比价", "共享", "共有", "共同", "将军", "由来", "超高", "超大", "超低", "超市", "超级", "超算", "约谈", "近视", "近海", "被动", "按揭", "均衡", "而立", "从业", "与会", "及格", "每股", "供应", "供水", "供电", "供热", "供气", "供销", "供给", "还款", "还迁", "再生", "再制", "都市", "应用", "应急", "对外", "对口", "对接", "对象", "向上", "正规", "正式", "达标", "有关", "所有", "国有", "专有", "则", "就业", "就医", "就诊", "就地", "汽车", "能够", "可以", "共享", "比亚", "比赛", "居民", "居家", "居住", "定居", "民居", "旧居", "安居", "宜居", "社区", "正高", "应届", "应收", "拟建", "拟上", "占地", "占道", "有机", "有效", "可视", "可穿", "可降"]
)


@lru_cache(maxsize=_REMEMBERED)
def after(right: str) -> tuple[str, str]:
    """The phrase that opens a right context, and the predicate that follows it up to the clause's end:
    企业入选市级名单 gives (企业, 入选市级名单). Both are '' where the context opens with no noun."""
    text = re.sub(r"(?<=[省市区县级])、(?=[省市区县]级?)", "", right.replace(GAP, "").lstrip("的")[:80].replace("国家和地区", "国家"))
    stop = _RIGHT_STOP.search(text)
    clause = text[: stop.start()] if stop else text
    quoted = [m.span() for m in _QUOTED.finditer(clause)]
    for match in _RIGHT_VERB.finditer(clause):
        at = match.start()
        if any(a <= at < b for a, b in quoted) or _within_word(clause, at, match[0]):
            continue
        if at == 0:
            return "", ""
        if at >= 2 or clause[:1] in "村镇县乡":
            noun = trim(clause[:at])
            return ("", "") if _FILLER.fullmatch(noun) else (noun, trim(clause[at:]))
    if _FILLER.fullmatch(trim(clause)):
        return "", ""
    if quoted and clause[: quoted[0][0]] in _GENERIC and quoted[0][1] == len(clause):
        return clause[: quoted[0][0]], clause[quoted[0][0] :]
    return trim(clause), ""


def _within_word(clause: str, at: int, verb: str) -> bool:
    """和 of 共和国, 能 of 智能, 在 of 在建 are no verbs where they stand."""
    if len(verb) > 1:
        return bool(re.match(r"率|额|量|值|企业|项目|面积|机构|单位|公司|的", clause[at + len(verb) :])) and at > 0
    return clause[at - 1 : at + 1] in _RIGHT_WORDS or clause[at : at + 2] in _RIGHT_WORDS


_DONE = re.compile(r"^(?:已|顺利|相继|陆续|成功|正式|全部|集中)*(?P<verb>[\u4e00-\u9fff]{2,6}?)(?=[，。；、]|$)")


def predicate(right: str) -> str:
    """The bare verb right of a count: 31个开工 gives 开工; '' where there is none."""
    match = _DONE.match(right.replace(BLANK, ""))
    return match["verb"] if match and _RIGHT_VERB.match(match["verb"]) and not vague(match["verb"]) else ""


_SPENT = re.compile(r"^(?:以上|以下|左右)?(?:都|全部)?(?:用于|投入到?|搞|用作|用来)(?P<what>[^，。；、]{2,12})")


def spent(right: str) -> str:
    """What a share of income is spent on: 用于技术研发 gives 技术研发投入; '' where nothing says so."""
    match = _SPENT.match(right)
    return match["what"] + "投入" if match else ""


def with_predicate(noun: str, following: str) -> str:
    """A generic noun takes what is said of it: 企业 that 入选市级名单 is 入选市级名单企业."""
    if generic(noun) and following:
        done = re.sub(r"^(?:已|均|全部|顺利|成功|分别|先后|将|正在|的|被)+", "", following)[:18]
        return done if done.endswith(noun) else done + noun
    return noun


def last_noun(base: str) -> str:
    """The kind of thing that a base counts: 项目 of 签约亿元以上项目."""
    match = re.search(r"(?:项目|企业|机构|平台|工程|单位|公司|车间|工厂|学校|医院|园区|事项|任务|中心)$", base)
    return match[0] if match else base


def flow_verb(own: str) -> str:
    """The flow verb that an own phrase opens with or ends in; '' where there is none."""
    for width in (4, 3, 2, 1):
        if own[:width] in words("flow"):
            return own[:width]
    for width in (4, 3, 2):
        if own[-width:] in words("flow"):
            return own[-width:]
    return ""


def done_to(own: str) -> str:
    """放贷 of 科企放贷: the verb of a phrase that is a generic noun and a flow verb, else ''."""
    for width in (3, 2):
        if own[-width:] in words("flow") and own[:-width] in _GENERIC:
            return own[-width:]
    return ""


# With these a count stays a count of what is there: 建成9个智能工厂 are nine 智能工厂.
_STOCK_VERBS = frozenset(["建立", "形成", "拥有", "达到", "覆盖", "建成", "完成", "获得", "获", "集聚", "聚集", "汇聚", "布局", "带动", "组建", "设置", "配备", "提供", "服务", "打造", "构建", "搭建", "培育", "吸纳", "解决", "帮助", "推出", "达成", "存", "创建"])


def joined(verb: str, noun: str) -> str:
    """The indicator of a flow: verb and noun, where dropping the verb would make it a stock."""
    return noun if not verb or verb in _STOCK_VERBS or noun.startswith(verb) else verb + noun


# ---- what phrases are ----


def generic(phrase: str) -> bool:
    """企业, 项目 and their like name nothing by themselves."""
    return phrase in _GENERIC


@lru_cache(maxsize=_REMEMBERED)
def vague(phrase: str) -> bool:
    """总量, 增速, 占比: the phrase leans on an indicator that was named before."""
    if len(phrase) == 1:
        return phrase not in _PRODUCTS
    return not phrase or bool(_VAGUE.fullmatch(phrase))


TOPIC = re.compile(r"(?:业|值|额|率|量|产业|收入|投资|消费|市场|价格|指数|出口|进口|贷款|存款|支出|就业)$")
"""What a noun phrase must end in to be an indicator that a bare clause after it may lean on."""
THINGS = re.compile(r"(?:企业|机构|平台|项目|工厂|车间|基地|园区|产品|专利|合作社|示范区|工程)$")
_EACH = re.compile(r"每(?:[十百千万]+)?(?:户|人|亩|名|个|家|平方公里|公顷|吨|公斤)[^，。；\0]*$")
ABBREVIATIONS = {"CPI": "居民消费价格指数", "PPI": "工业生产者出厂价格指数", "GDP": "地区生产总值"}
_ADJECTIVE = re.compile(r"(?:规模以上|规上|限额以上|限上|国家级|省级|市级|县级|区级|新增|外资|民营|其他)+")


_FIRMS = re.compile(r"^[^，。；]{0,14}?企业(?!家|数$)")


def firms(base: str) -> str:
    """规模以上工业企业 of 规模以上工业企业产销率: whose 利润 follows; '' where the base names no firms."""
    match = _FIRMS.match(base)
    return match[0] if match and 2 < len(match[0]) < len(base) else ""


def stem(indicator: str) -> str:
    """第一产业 of 第一产业增加值: the branch without what was measured of it."""
    return _ECON_TAIL.sub("", indicator) or indicator


def each(left: str) -> str:
    """每千人拥有企业 of 每千人拥有企业24.5家: the yardstick belongs to the indicator; '' where there is none."""
    match = _EACH.search(left.replace(GAP, ""))
    return trim(_drop_end(match[0])) if match and len(_drop_end(match[0])) >= 4 else ""


_RESIDENTS = re.compile(r"(?:城镇|农村|城乡)(?:常住)?居民")
_PART_TAIL = re.compile(r"(?:销售面积|施工面积|种植面积|播种面积|面积|产量|销量|用电量|收入|投资|余额|税收|零售额)$")


def part(own: str, base: str) -> str:
    """其中住宅 of 商品房销售面积, 农村居民 of 居民人均可支配收入: a part measured as its whole; '' for others."""
    if _RESIDENTS.fullmatch(own) and "人均" in base:
        return own + base[base.index("人均") :]
    tail = _PART_TAIL.search(base)
    short = len(own) <= 6 and not _ITEM_TAIL.search(own) and not flow_verb(own) and not _PART_TAIL.search(own)
    return own + tail[0] if tail and short and not own.endswith(("率", "额", "量", "数", "家", "人")) and own[-1:] in "宅房楼麦稻米豆菜果鱼禽猪牛羊肉蛋奶粮油茶药烟糖棉" else ""


def adjective(own: str) -> bool:
    """规模以上, 省级: a phrase that only narrows what was counted before."""
    return bool(_ADJECTIVE.fullmatch(own))


_PRODUCTS = frozenset("镁铝铜锌铅镍锡金银钢铁煤盐酒茶糖油米布纸猪牛羊鱼蛋奶肉棉麻桑竹菜果瓜豆麦稻纱")
"""Goods whose names are one character."""


def adds(own: str) -> bool:
    """Whether a vague phrase still says something that the base does not."""
    return bool(_ADDS.fullmatch(own))


def economic_noun(base: str) -> str:
    """增加值 of 规模以上工业增加值: what a branch named after it measures too."""
    match = _ECON_TAIL.search(base)
    return match[0] if match else ""


_HOLDER = re.compile(r"(?P<who>[^，。；、\0]{2,18}?)(?:全年|累计|共|已|预计|力争|合计|共计)*(?:实现|完成|创造|达成|产生|贡献)了?(?:全年)?$")


def holder(head: str, own: str) -> str:
    """规模以上工业 of 规模以上工业实现增加值: what stands before the verb, where it is no named subject."""
    cut = head.rfind(own)
    if cut <= 0:
        return ""
    match = _HOLDER.search(head[:cut].rsplit(BLANK, 1)[-1])
    if not match:
        return ""
    who = trim(patterns().opener.sub("", match["who"].replace(GAP, "")))
    if re.search("推动|助推|带动|确保|力争|促进|企业家", who) or re.search("(?:园|区|城|镇|县|市|公司|集团|基地|街道|院|校|所|厂|店|我们)$", who):
        return ""
    return who


_ITEM_TAIL = re.compile(
    r"(?:产业)?(?:增加值|总产值|产值|投资|收入|产量|贷款|存款|企业|人口|面积|销售额|零售额|进出口|出口|进口|吞吐|发电|用电|销售|利润|税收|消费|合作社|设计中心|工作站|用电量|余额|增速|支出|工资|医院|学校)(?:额|数|总额|余额|量|额度)?$"
)
_COLLECTIVE = re.compile(r"^(?P<item>[^、]{2,}?)(?:等)?(?:[一二三四五六七八九十两\d]+(?:大|个|类|种|项|家))(?P<tail>[^、]*)$")


def items(head: str, count: int) -> list[str]:
    """The `count` indicators that 分别 hands out: A、B和C增加值 gives three; fewer than two means none."""
    text = head.replace(GAP, "").rsplit(BLANK, 1)[-1]
    text = re.sub(r"(?:数量|增速|占比|比重|增幅|均)$", "", text)
    if "三次产业" in text:
        whole = _phrase(text[text.rfind("三次产业") :])
        return [whole.replace("三次产业", f"第{n}产业") for n in "一二三"]
    text = _shield(text)
    pieces = [p for p in re.split(r"、|以及|和|与|及", text) if p]
    if len(pieces) > count and "和" in text:
        # 教育、社会保障和就业、卫生健康支出: a name may hold its own 和.
        fewer = [p for p in text.split("、") if p]
        pieces = fewer if len(fewer) == count else pieces
    if len(pieces) < 2:
        return []
    pieces = [_unshield(p) for p in pieces]
    pieces[0] = _phrase(pieces[0]) or pieces[0]
    pieces[-1] = trim(_drop_end(trim(pieces[-1])))
    collective = _COLLECTIVE.match(pieces[-1])
    tail = ""
    if collective and collective["tail"]:
        pieces[-1], tail = collective["item"], collective["tail"]
    elif match := _ITEM_TAIL.search(pieces[-1]):
        tail = match[0]
        pieces[-1] = pieces[-1][: match.start()] or pieces[-1]
        if pieces[-1] == tail:
            tail = ""
    named = [_WHOSE.sub("", trim(p)) for p in pieces]
    last = named[-1]
    modifiers = all(len(p) <= 4 and not _ITEM_TAIL.search(p) and p[-1:] not in "业类链品区" for p in named[:-1])
    if not collective and modifiers and len(last + tail) > 6:
        # 城镇、农村居民人均可支配收入: what stands before the shared part is as long in each item.
        whole = last if last.endswith(tail) else last + tail
        return [p + whole[len(p) - p.startswith("第") :] for p in named[:-1]] + [("第" if named[0].startswith("第") else "") + whole]
    return [p if not tail or p.endswith(tail) or (_ITEM_TAIL.search(p) and len(p) > 3) else p + tail for p in named]


def _shield(text: str) -> str:
    """Keeps the separators inside quotes and brackets, and the 和 of words, from cutting."""
    text = _QUOTED.sub(lambda m: m[0].replace("、", "\2").replace("和", "\3"), text)
    return re.sub("进出口|共和|和谐|涉及|普及|参与", lambda m: m[0].replace("和", "\3").replace("及", "\4").replace("与", "\5"), text)


def _unshield(text: str) -> str:
    return text.replace("\2", "、").replace("\3", "和").replace("\4", "及").replace("\5", "与")
