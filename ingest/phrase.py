"""The noun phrase that a figure measures, cut from the prose around it.

In: the text left or right of a quantity, times and subjects already blanked with NUL. Out: the phrase, or
'' where the text names none and the reader has to look further back. Refuses to guess: it only cuts.
"""

import re

from ingest.wording import any_of, patterns, words

BLANK = "\0"

_TRIM = re.compile(r"^[\s，、；。：:,;“”\"'‘’《》()·\-—\0…]+|[\s，、；。：:,;“\"'‘《(·\-—\0…]+$")
_DROP_END = re.compile(
    r"(?:的|了|等|共计|累计|合计|总计|共|已|均|分别|各|约|超|近|达到|达|为|是|有|在|至|到|实现|完成|突破|以|按|于|和|与|及|、|数$|仅|只|还|也|又|再|就|都|将|要|可|能|预计|力争|确保|"
    r"目标|同比|环比|较|比|，|：|:|其中|不低于|不少于|不超过|至少|最高|稳定|保持|拥有|现有|共有|总共|由|从|也)+$"
)
_KEEP_END = re.compile(r"(?:占比|行为|所有|国有|公共|存在|实有|专有|自有|私有|特有|富有|现有|可比|同比|环比|智能|动能|产能|性能|功能|节能|赋能|氢能|储能|核能|需要|主要|纪要|性价比|同行|人均|户均|亩均|平均|年均|客户|数$|对比|及时|参与|给与|共和|比|总和|能|达|均|至|为|约|条约|节约|制约|预约|签约|集约|履约|违约|合约|契约|公约|租约|大约|高峰)$")
_GENERIC_AFTER = "企业 项目 单位 机构 公司 家 个 人 产品 品牌 商户 主体 平台 园区 县 区 县区 区县 地区 城市 村 乡镇 街道 银行 学校 医院 事项 部门 工厂 院校 高校 行业 产业 指标 工作 案例 团队 人才 专家 员工 学生 居民 农户 群众 国家 技术 成果 任务 点位 服务".split()
_QUOTED = re.compile(r"[“《][^“”《》]*[”》]")
_VERB_RIGHT = re.compile(
    r"(?:入选|入围|获|荣获|被|通过|申报|建成|建立|完成|实现|达到|投产|投运|投用|开工|竣工|落地|签约|参展|参加|参与|揭榜|创建|成为|进入|上榜|上市|认定|纳入|列入|使用|采用|发放|提供|"
    r"占|居|位列|位居|同比|环比|比上年|比去年|较上年|较去年|增长|下降|分别|均|总量|其中|正在|已|将|为|是|在|可|能|由|从|用于|以上的|全部|包括|涵盖|覆盖|涉及|来自|开展|启动|推进|实施|集中|"
    r"顺利|成功|先后|陆续|按|较|比|与|和|及|以及|并|且|而|共|超过|超|近|约|突破|每|，|、|。|；|：|\(|—|-)"
)


def trim(text: str) -> str:
    """Without white space, punctuation and blanks at the ends; an unpaired quote goes too."""
    before = None
    while before != text:
        before = text
        text = _TRIM.sub("", text)
    for opening, closing in ("“”", "《》", "()"):
        if text.count(opening) > text.count(closing):
            if text.endswith(opening):
                text = text[:-1]
            else:
                text = text + closing if len(text) - text.rfind(opening) > 2 else text.replace(opening, "")
        elif text.count(opening) < text.count(closing):
            text = opening + text if not text.startswith(closing) else text.lstrip(closing)
    return text


def _drop_end(text: str) -> str:
    while True:
        match = _DROP_END.search(text)
        if not match or not match[0]:
            return text
        kept = text[: match.start()]
        # 国有, 产能, 签约 end in a link word's character and are words of their own.
        word = _KEEP_END.search(text[: match.start() + 1])
        if word and len(match[0]) <= 2 and text.endswith(word[0]) and len(word[0]) > 1:
            return text
        if len(kept) < 2:
            return kept
        text = kept


def before(left: str) -> str:
    """The phrase that ends a left context: 引导企业新建厂房 gives 新建厂房."""
    text = left.rsplit(BLANK, 1)[-1] if BLANK in left and len(trim(left.rsplit(BLANK, 1)[-1])) >= 2 else left.replace(BLANK, "")
    text = patterns().opener.sub("", trim(_drop_end(trim(text))))
    text = _last_predicate(text)
    text = trim(_drop_end(trim(patterns().opener.sub("", text))))
    return text


_CUT_AFTER = re.compile(
    any_of([w for w in words("breaker") if len(w) >= 2 or w in "使让令对向从由被给把将占"])
)
_FLOW_SAFE = re.compile(any_of([w for w in words("flow") if len(w) >= 2]))
_NOUN_VERBS = re.compile(r"(?:服务业|开发区|发展水平|研发|投资|销售|生产|出口|进口|建设|消费|申请|授权|成交|交易|转化|办理|登记|运营|经营|营业|贷款|融资|收入|支出)")


def _last_predicate(text: str) -> str:
    """Cut at the last word that opens a predicate, outside quotes; flow verbs stay as the phrase's head."""
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    cut = 0
    for match in _CUT_AFTER.finditer(text):
        if any(a < match.end() and match.start() < b for a, b in quoted):
            continue
        if len(text) - match.end() >= 2 and not text[match.end()] in "率值额量度性力区者的等业化型" :
            cut = match.end()
    text = text[cut:]
    # The last flow verb heads its own phrase: 引导企业新建厂房 -> 新建厂房.
    if len(text) > 8:
        for match in _FLOW_SAFE.finditer(text):
            if 0 < match.start() and len(text) - match.end() >= 2 and not any(a <= match.start() < b for a, b in quoted):
                following = text[match.end()]
                if following in "率值额量度性力区者的等业化型类" or _NOUN_VERBS.match(text, match.start()):
                    continue
                cut = match.start()
                return text[cut:]
    return text


_AFTER_STOP = re.compile(r"[，。；：、！？\n（）()…]|以及|和(?=\d)|与(?=\d)|及(?=\d)")


def after(right: str) -> tuple[str, str]:
    """The phrase that opens a right context, and the predicate that follows it up to the clause's end:
    企业入选市级名单 gives (企业, 入选市级名单). Both are '' where the context opens with no noun."""
    text = right.lstrip("的")
    if not text or text[0] in "，。；：、！？\n）)" or text.startswith(BLANK):
        return "", ""
    stop = _AFTER_STOP.search(text)
    clause = text[: stop.start()] if stop else text
    clause = clause.replace(BLANK, "")
    inside = 0
    position = 0
    while position < len(clause):
        char = clause[position]
        if char in "“《":
            inside += 1
        elif char in "”》":
            inside -= 1
        elif not inside:
            match = _VERB_RIGHT.match(clause, position)
            if match and position == 0:
                return "", ""
            if match and position >= 2 and not _inside_word(clause, position, match[0]):
                return trim(clause[:position]), trim(clause[position:])
        position += 1
    return trim(clause), ""


def _inside_word(clause: str, position: int, verb: str) -> bool:
    """和 of 共和国, 为 of 作为, 能 of 智能, 在 of 在建 are no verbs where they stand."""
    if len(verb) > 1:
        return False
    pair = clause[position - 1 : position + 1]
    return pair in (
        "智能", "功能", "节能", "产能", "动能", "性能", "赋能", "储能", "氢能", "核能", "行为", "作为", "认为", "共和", "饱和", "温和", "人为",
        "自由", "理由", "存在", "潜在", "内在", "外在", "实在", "许可", "认可", "公共", "预约", "节约", "集约", "签约", "最近", "附近", "参与",
        "给与", "普及", "涉及", "城乡", "对比", "同比", "占比", "而且", "即将", "部将", "以及",
    ) or clause[position : position + 2] in ("在建", "在册", "在校", "在研", "在编", "在职", "在线", "在岗", "在园", "在孵", "在库", "可再", "可持", "可研", "可支", "能源", "能耗", "能力", "能效", "能级", "和谐", "和平", "为主", "比例", "比重", "比价", "共建", "共享", "共有", "共同", "已建", "将军", "由来", "超高", "超大", "超低", "超市", "超级", "超算", "约谈", "近视", "近海", "被动", "按揭", "均衡", "而立", "从业", "与会", "及格", "每股")


def generic(phrase: str) -> bool:
    """企业, 项目 and their like name nothing by themselves."""
    return phrase in _GENERIC_AFTER


_VAGUE = re.compile(
    r"(?:同比|环比|其中|总量|总数|总额|总值|数量|规模|增速|增幅|增长率?|降幅|占比|比重|比例|份额|位次|排名|排位|综合排名|成绩|分别|均|全年|累计|合计|共计|同期|增量|余额|水平|人数|家数|个数|金额|面积|产值占比|总规模|"
    r"名义|实际|年均|人均|平均|单位|后|前|时|达|并|且|而|也|又|再|以上|以下|左右|上下|增长速度|速度|在内|之多|均值|指标|率|级|高|低|多|快|数|量|额|值|名|位|列|居|净|首次|率先|连续|继续|保持|较快|稳步|平稳|显著|明显|大幅)+"
)


def vague(phrase: str) -> bool:
    """总量, 增速, 占比: the phrase leans on an indicator that was named before."""
    return not phrase or len(phrase) == 1 or bool(_VAGUE.fullmatch(phrase))
