"""The noun phrase that a figure measures, cut from the prose around it.

In: the text left or right of a quantity, times and subjects blanked. Out: the phrase, or '' where the text
names none and the reader has to look further back. It only cuts, it never guesses.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ingest import opening
from ingest.nouns import ECONOMIC, GOODS, generic, vague
from ingest.wording import any_of, listed, members, patterns, words

BLANK = "\0"
"""Stands for a character of a time or of a subject: a boundary. `GAP` stands for a footnote mark: none."""
GAP = "\1"

_REMEMBERED = 4096
"""Phrases whose reading is kept: a report, and reports of one kind, repeat them."""
LONGEST_RIGHT = 80
"""Characters right of a figure that its noun and what is said of it may have."""
_EDGES = " \t\u3000，、；。：:,;…·-—\0\1"
_PAIRS = (("“", "”"), ("《", "》"), ("(", ")"), ("‘", "’"))
QUOTED = re.compile("[“《‘(][^“”《》‘’()]*[”》’)]")
_TRAILING = opening.compile(f"(?:{listed('trailing')})+$")
_WHOLE_WORDS = members("whole_word")


@lru_cache(maxsize=_REMEMBERED)
def trim(text: str) -> str:
    """Without white space, punctuation and blanks at the ends; an unpaired quote or bracket goes too."""
    before = None
    while before != text:
        before = text
        if text.endswith(")") and text.count("(") >= text.count(")"):
            text = text.lstrip(_EDGES)
        else:
            text = text.lstrip(_EDGES + ")").rstrip(_EDGES + "(")
        for opens, closes in _PAIRS:
            opened, closed = text.count(opens), text.count(closes)
            if opened != closed:
                cut = text.rfind(opens) if opened > closed else text.find(closes)
                text = text[:cut] + text[cut + 1 :]
    return text


def plain(text: str) -> str:
    """Trimmed, and without the blanks that stand for times and subjects."""
    return trim(text.replace(BLANK, ""))


def drop_start(pattern: re.Pattern[str], text: str) -> str:
    """Without what the pattern matches at the beginning."""
    match = pattern.match(text)
    return text[match.end() :] if match else text


@lru_cache(maxsize=_REMEMBERED)
def drop_end(text: str) -> str:
    """Without the words that link a noun to its figure: 约, 达到, 实现, 分别."""
    while match := _TRAILING.search(text):
        start = match.start()
        # 国有, 签约, 人均 end in the character of a link word and are words of their own.
        if text[start - 1 : start + 1] in _WHOLE_WORDS or match[0] in ("投入", "收入"):
            return text[: start + 1]
        text = text[:start]
    return text


# ---- left of the quantity ----

# 进出口在去年同期高基数的基础上增长21.3%
_GROUNDS = re.compile("在[^，。；：]{0,24}?(?:基础|基数)上$")

# 其中一期投资, 全市工业, 该项目总投资: whose it is, not what.
WHOSE = re.compile(
    "(?:与?[\u4e00-\u9fff]{2,6}之间的(?=[\u4e00-\u9fff]{2})|[一二三四]期(?:项目)?(?=总?投资|占地|用地|规划)"
    "|[全我本该][市区县省州旗镇国](?:的|有)?|全[乡村](?:的|有)?(?!振兴)"
    "|(?:该|本)项目(?=投资)|(?:该|本)?项目(?=计划|总投资|占地|用地|新建|拟))"
)
# 惠科金渝等液晶面板: the members of a list are no part of what is counted.
_MEMBERS = re.compile(
    r"^.*(?<![高中初均优同平相不])等(?![级额待同效值离压候外])(?:[一二三四五六七八九十\d]+[大个类])?"
)
# 推进投资26亿元的项目: what is pushed on is the project, not its investment.
_DRIVEN = re.compile("(?:推进|实施|建设|谋划|启动)(?=(?:计划)?总?投资$)")
_KIND_OF = re.compile("^(?:类型|行业|领域|门类|业态)的?(?=企业|项目|机构|单位|商户)")
_AT_CONTEST = re.compile("(?<=[评核价测榜单名议])中$")
# 投资5亿元的甲项目、投资3亿元的乙项目: the size of the next thing of a list.
_SIZED_NEXT = re.compile("(?:、|项目有)(?P<size>(?:总|计划|协议)?投资(?:额)?)$")
_GLOSS = re.compile(r"\([A-Za-z0-9.&+ ]+\)$")
_PROTECTED = opening.compile(listed("protected"))
_NOUN_END = frozenset("率值额量度性力区者的等业化型")
"""A verb with one of these after it is the first part of a noun: 完成率, 投资额; a flow verb with 类 too."""
_FLOW_NOUN_END = _NOUN_END | {"类"}


@cache
def _cuts() -> re.Pattern[str]:
    """What opens a predicate, of one character only where that is rarely part of a word."""
    return opening.compile(
        any_of([w for w in words("breaker") if len(w) >= 2 or w in "使让令对向从由被给把将占为按共已"])
        + "|(?:达产|投产|建成|运营|投用|投运)[之以]?后"
        "|年?可(?=贡献|实现|新增|带动|提供|完成|容纳|形成|达|创|生产|年产|年加工|年处理|处理|供应|供[氢气水热电暖]|节约|减少)|年可|每人(?=给)"
        r"|(?<=[县区市园校院镇村内里中境城])有(?![效色机限关利])(?=[\u4e00-\u9fff]{2})"
        "|计划(?=完成|实施|新增|引进|新建)|(?:公司|集团|(?<![内外]资)(?<!国有)(?<![民私]营)(?<!商投资)企业|客商|资本)(?=投资$)"
    )


@cache
def _flows() -> re.Pattern[str]:
    """Verbs that head their own phrase; those that are nouns as well (改造, 投资) don't cut."""
    return re.compile(any_of([w for w in words("flow") if len(w) >= 2 and w not in members("noun_like")]))


@cache
def _done() -> re.Pattern[str]:
    """A verb that is a noun elsewhere is a verb after its doer: 企业销售新能源汽车."""
    verbs = any_of([w for w in words("flow") if w not in members("noun_after_doer")])
    doers = "企业|公司|集团|园区|平台|机构|基地|我们|部门|研究院|银行|学校"
    return re.compile(f"({doers})(?:{verbs})(?![率额量值的])")


def modifies(noun: str) -> bool:
    """Whether the flow verb that opens a noun only modifies it: 销售规模, but not 设立资金池."""
    return noun[:2] in members("noun_like") or noun[:2] in members("noun_after_doer")


@cache
def _predicates() -> re.Pattern[str]:
    """Any of the three: most phrases hold none."""
    return opening.compile("|".join(pattern().pattern for pattern in (_cuts, _done, _flows)))


def before(left: str) -> str:
    """The phrase that ends a left context: 引导企业新建厂房 gives 新建厂房; '' where there is none."""
    left = left.replace(GAP, "")
    left = _GROUNDS.sub("", left) if left.endswith("上") else left
    tail = left.rsplit(BLANK, 1)[-1]
    if tail is not left:
        phrase = noun_phrase(tail)
        if phrase and not vague(phrase):
            return _whose_before(left, tail, phrase) + phrase
        # 由国企牵头组建的某某基金总规模: what tells of a holder goes with its name.
        whole = noun_phrase(left.rpartition("的" + BLANK)[2].replace(BLANK, ""))
        return whole if whole and not vague(whole) else phrase
    return noun_phrase(left)


def _whose_before(left: str, tail: str, what: str) -> str:
    """光伏产品 of 光伏产品2025年出口: the goods or the trade that stands before a time; else ''."""
    if not ECONOMIC.fullmatch(what) or trim(tail) != tail:
        return ""
    whose = noun_phrase(left[: -len(tail)].rstrip(BLANK).rsplit(BLANK, 1)[-1])
    return whose if len(whose) >= 3 and GOODS.search(whose) else ""


# 6市(甲、乙、丙)常住人口: who they are.
_LISTED_IN = re.compile(r"\([^()]*、[^()]*\)(?=[\u4e00-\u9fff]{2})")


@lru_cache(maxsize=_REMEMBERED)
def noun_phrase(text: str) -> str:
    """The noun phrase that ends a text without blanks; '' where there is none."""
    opener = patterns().opener
    text = _LISTED_IN.sub("", text) if text.startswith("(") else text
    whole = drop_start(opener, trim(drop_end(trim(_plain(text)))))
    text = _last_predicate(whole)
    if text in words("flow") and len(text) >= 2 and text != whole:
        # 科技型企业累计入库: what is done was done by, or to, the noun before it.
        noun = noun_phrase(whole[: -len(text)])
        return noun + text if noun and not vague(noun) else text
    if (others := _MEMBERS.match(text)) and len(text) - others.end() >= 2:
        text = _of_kind(text, text[others.end() :])
    text = _AT_CONTEST.sub("", trim(drop_end(trim(drop_start(opener, text)))))
    if text in words("breaker"):
        return ""
    text = drop_start(_DRIVEN, drop_start(WHOSE, text) or text)
    if (sized := _SIZED_NEXT.search(text)) is not None:
        text = sized["size"]
    return _GLOSS.sub("", text) or text


@cache
def _praised() -> re.Pattern[str]:
    """规模大、实力强的企业, with the verb before it; 具有国内先进水平的生产线."""
    verbs = any_of([w for w in words("flow") if len(w) >= 2])
    part = f"[^，。；、的\\d\0]{{2,10}}?(?:{listed('praise')})"
    return re.compile(
        f"(?P<verb>(?:{verbs})?)(?:(?:{part}、)+{part}"
        "|(?:具有|具备)[^，。；的\\d\0]{2,14}"
        "(?:水平|影响力|竞争力|特色|优势|规模|实力|能力|特性|特征|特点|品质|性能|功能|资质|前景|价值))的(?=[\u4e00-\u9fff]{2})"
    )


# 规模以上工业(以下均为此口径)增加值
_REMARK = re.compile(r"\((?:以下|下同|未?含|按|指|注|折)[^()]{0,24}\)")


def _plain(text: str) -> str:
    """A text without remarks in brackets and the praise of what it counts."""
    text = _REMARK.sub("", text) if "(" in text else text
    return _praised().sub(r"\g<verb>", text) if "的" in text else text


def _of_kind(whole: str, rest: str) -> str:
    """入驻企业 of 入驻贸易、金融等类型企业: without what sums up the members, with the verb before them."""
    counted = _KIND_OF.sub("", rest)
    verb = next((whole[:n] for n in (4, 2) if whole[:n] in words("flow")), "") if counted != rest else ""
    return verb + counted


def _last_predicate(text: str) -> str:
    """Cut at the last word that opens a predicate, outside quotes; a flow verb stays as the phrase's head."""
    if not _predicates().search(text):
        return text
    shielded = [m.span() for pattern in (QUOTED, _PROTECTED) for m in pattern.finditer(text)]

    def free(match: re.Match[str]) -> bool:
        leaves = len(text) - match.end() >= 2
        return leaves and not any(a < match.end() and match.start() < b for a, b in shielded)

    cut = 0
    for match in _cuts().finditer(text):
        if free(match) and text[match.end()] not in _NOUN_END:
            cut = match.end()
    for match in _done().finditer(text, cut):
        if free(match):
            return text[match.end(1) :]
    for match in _flows().finditer(text, cut):
        if match.start() > cut and free(match) and text[match.end()] not in _FLOW_NOUN_END:
            return text[match.start() :]
    return text[cut:]


_HOLDER = re.compile(
    r"(?P<who>[^，。；、\0]{2,18}?)(?:全年|累计|共|已|预计|力争|合计|共计)*"
    r"(?:(?:实现|完成|创造|达成|产生|贡献)了?(?:全年)?|预计(?:全年)?)$"
)
# 交通、能源、水利完成投资: the items before the last.
_ROW = re.compile(r"(?<![^，。；、\0])(?:[^，。；、\0\d]{2,8}、){1,6}$")
LONGEST_ROW = 54
_ASIDE = re.compile(r"\([^()]*\)$")
# 装备制造业在龙头带动下实现增加值…
_LED = re.compile("在[^，。；]{2,12}(?:带动|拉动|支撑|影响|作用)下$")
# What is led on by a verb, or is a named subject itself, holds no share in the indicator's name.
_NO_HOLDER = re.compile(
    "推动|助推|带动|确保|力争|促进|企业家|[达投满]产|建成|[后可]$|(?:园|(?<!^城)区|城|(?<!^城)镇|县|市|公司|集团|基地|街道|院|校|所|厂|店|我们)$"
)


def holder(head: str, own: str) -> str:
    """规模以上工业 of 规模以上工业实现增加值: what stands before the verb, where it is no named subject."""
    cut = head.rfind(own)
    if cut <= 0:
        return ""
    left = head[:cut].rsplit(BLANK, 1)[-1]
    match = _HOLDER.search(left)
    if not match:
        return ""
    # 甲、乙、丙“三大产业”: what sums a list up stands for it.
    row = _ROW.search(left, max(0, match.start() - LONGEST_ROW), match.start())
    told = row[0] + match["who"] if row and "“" not in match["who"] else match["who"]
    who = drop_start(WHOSE, trim(drop_start(patterns().opener, told.replace(GAP, ""))))
    who = _LED.sub("", _ASIDE.sub("", who))
    return "" if _NO_HOLDER.search(who) else who


# ---- right of the quantity ----

_RIGHT_STOP = re.compile(
    r"\s(?=[\u4e00-\u9fff]{3})|[，。；：、！？\n()…\0]|以及|和(?=\d)|与(?=\d)|及(?=\d)"
    r"|(?<=[\u4e00-\u9fff]{2})户均"
)
# 10多家遥感及空天信息企业: what is counted stands after the joiner.
_JOINS = ("及", "和", "与", "并")
_HEADS = (
    "企业|项目|机构|平台|园区|公司|产品|设备|人才|品种|工程|中心|基地|学校|医院|设施|单位|场所|团队|专家"
    "|代表|负责人|生产线|装置|车间|工厂|部门|专利|农户|家庭"
)
_HEAD = re.compile(f"(?:{_HEADS}|[家人员者户所院校县市区省国镇乡村])$")
_LATER_HEAD = re.compile(f"[^，。；、和与及]{{1,10}}?(?:{_HEADS})")
_RIGHT_VERB = opening.compile(listed("right_verb"))
# 10个入选园区则…
_TAKING_PART = re.compile(
    "(?:入选|获批|参评|参展|参赛|上榜|入围|参与|参加|获奖)(?:的)?"
    "(?:园区|企业|项目|单位|机构|平台|产品|城市|区县|学校)(?=$|[则均都也中已])"
)
_RELATIVE = re.compile("(?P<said>[^，。；的]{2,10})的(?P<noun>[\u4e00-\u9fff]{2,10})")
# 以13个园区入选的成绩跃居全国第二
_FEAT = re.compile("(?<=..)的(?:好|优异|骄人)?(?:成绩|佳绩|业绩|优势|战绩|总量)[^，。；]*$")
# 由80多幢庭院组成的小镇
_COMPOSED = re.compile("(?<=..)(?:组成|构成)的.*$")
# 签约项目10个 总投资158亿元: a headline's next part.
_NEXT_SIZE = re.compile(r"\s+(?:总|计划|协议|合同)?(?:投资|金额|面积|产值)")
_ADVERBS = re.compile(
    "(?<=.)(?:正式|实质性|尚未|仍未|还未|先后|相继|陆续|顺利|全部|(?<![安齐健保])全|成功|集中|同时|首次|分别|均|已|都)+$"
)
_RIGHT_WORDS = members("right_word")
_VERBAL_NOUN = re.compile("点(?!\\d)|极|率|额|量|值|企业|项目|面积|机构|单位|公司|的")
_LEVELS = re.compile("(?<=[省市区县级])、(?=[省市区县]级?)")
# 4个县(市), 29个乡(镇)
_EITHER = re.compile("([县市区乡镇])\\(([县市区旗乡镇、办]{1,5})\\)")
# 23个数据(智算)中心
_INSIDE = re.compile("(?<=[\u4e00-\u9fff]{2})[(][\u4e00-\u9fff]{1,4}[)](?=[\u4e00-\u9fff]{2})")
_FILLER = re.compile(
    "(?:亿元|万亿元)?(?:大关|新?台阶|关口|以上|之列|左右|新高|之多|水平|门槛|目标|任务|的目标|规模|的规模|人民币|不等)$"
)
_AND_OTHERS = re.compile("(?<=..)等(?:目标|任务|指标|举措)$")
_RECKONED = re.compile("计算(?![机中力平能])")  # 按常住人口185万人计算
_DONE = re.compile(
    r"^(?:已|顺利|相继|陆续|成功|正式|全部|集中)*(?P<verb>[\u4e00-\u9fff]{2,6}?)(?=[，。；、]|$)"
)
_SPENT = re.compile(
    "^(?:以上|以下|左右)?(?:都|全部)?(?:用于|投入到?|搞|用作|用来)(?P<what>[^，。；、]{2,12})"
)


@lru_cache(maxsize=_REMEMBERED)
def after(right: str) -> tuple[str, str]:
    """The phrase that opens a right context, and the predicate that follows it up to the clause's end:
    企业入选市级名单 gives (企业, 入选市级名单). Both are '' where the context opens with no noun."""
    if _NEXT_SIZE.match(right):
        return "", ""
    text = _plain(right.replace(GAP, "").lstrip("的")[:LONGEST_RIGHT])
    if _RECKONED.match(text):
        return "", ""
    text = _INSIDE.sub("", text) if "(" in text else text
    text = _LEVELS.sub("", text.replace("国家和地区", "国家"))
    if either := _EITHER.match(text):
        text = either[1] + either[2] + text[either.end() :]
    closed = [m.span() for m in QUOTED.finditer(text)] if "“" in text else []
    stops = (m.start() for m in _RIGHT_STOP.finditer(text) if not _goes_on(text, m))
    clause = text[: next((at for at in stops if not any(a < at < b for a, b in closed)), len(text))]
    clause = _COMPOSED.sub("", _FEAT.sub("", clause))
    quoted = [m.span() for m in QUOTED.finditer(clause)]
    whole = [*quoted, *(m.span() for m in _PROTECTED.finditer(clause))]
    for match in _RIGHT_VERB.finditer(clause):
        at = match.start()
        if match[0] in _JOINS and _LATER_HEAD.match(clause, match.end()) and not _HEAD.search(clause[:at]):
            continue
        if any(a <= at < b and match[0] != clause[a:b] for a, b in whole) or _within_word(
            clause, at, match[0]
        ):
            continue
        if at == 0:
            if taking_part := _TAKING_PART.match(clause):
                return taking_part[0], ""
            if relative := _RELATIVE.fullmatch(clause):
                # 4项进入实质审查的发明专利
                return relative["said"] + relative["noun"], ""
            return "", ""
        if at >= 2 or clause[:1] in "村镇县乡":
            noun = trim(_ADVERBS.sub("", clause[:at]))
            return ("", "") if _FILLER.fullmatch(noun) else (noun, trim(clause[at:]))
    clause = _AND_OTHERS.sub("", clause)
    if _FILLER.fullmatch(trim(clause)):
        return "", ""
    if quoted and generic(clause[: quoted[0][0]]) and quoted[0][1] == len(clause):
        return clause[: quoted[0][0]], clause[quoted[0][0] :]
    return trim(clause).removesuffix("的"), ""


# 210个数字化、低碳化改造项目, 26个国控、省控断面
_MODIFIER = re.compile("(?:[\u4e00-\u9fff]化|型|级|控|性)$")
_REST = re.compile(
    f"(?:[\u4e00-\u9fff]{{1,6}}(?:化|型|级|控|性)、)*[\u4e00-\u9fff]{{2,12}}?(?:{_HEADS}|断面|行动|服务)"
)


def _goes_on(text: str, stop: re.Match[str]) -> bool:
    """Whether a 、 only parts what modifies the noun that is counted."""
    modifies = stop[0] == "、" and _MODIFIER.search(text[: stop.start()])
    return bool(modifies and _REST.match(text, stop.end()))


def _within_word(clause: str, at: int, verb: str) -> bool:
    """和 of 共和国, 能 of 智能, 在 of 在建 are no verbs where they stand."""
    if len(verb) > 1:
        return at > 0 and bool(_VERBAL_NOUN.match(clause, at + len(verb)))
    return clause[at - 1 : at + 1] in _RIGHT_WORDS or clause[at : at + 2] in _RIGHT_WORDS


def predicate(right: str) -> str:
    """The bare verb right of a count: 31个开工 gives 开工; '' where there is none."""
    match = _DONE.match(right.replace(BLANK, ""))
    return match["verb"] if match and _RIGHT_VERB.match(match["verb"]) and not vague(match["verb"]) else ""


def spent(right: str) -> str:
    """What a share of income is spent on: 用于技术研发 gives 技术研发投入; '' where nothing says so."""
    match = _SPENT.match(right)
    return match["what"] + "投入" if match else ""
