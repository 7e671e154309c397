"""Names that only the words around them show: services and campaigns in quotes, works that a count sums up.

In: the clean text of a paragraph. Out: candidates as in `candidates`. A quoted name after a verb of offering
(推出“X”, 上线“X”) needs no ending, after a verb of building it needs one of services (“X通”, “X大脑”). Of
A、B两大工程 each member is a programme, where the count is that of the members. A meeting that goes by its
ordinal (第三届X大会) and a policy that goes by its points (X三十条) have that for an ending.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.candidates import Candidate
from ingest.edges import campaign_words, generic
from ingest.evidence import HONOURED
from ingest.further import whole_event
from ingest.lexicon import cut, districts, words
from ingest.opening import Seldom
from ingest.wording import any_of

HAN = "[\u4e00-\u9fff]"
QUOTED = Seldom(r"“([^“”。；;！？\n]{2,24})”")
# The verb may govern several quoted names: 依托“X”“Y”、“Z”.
BESIDE = re.compile(r"”[、和与及]?$")
SHORT_MOST = 14  # characters of a service's name; longer quotes are sentences
# What follows a slogan, a likeness or a product, which are no names of services.
CLASSED = re.compile(
    r"的|等?(?:企业|产品|产业|称号|之称|美誉|理念|精神|格局|态势|目标|思路|原则|路线|特色|新?优势|方式"
    r"|(?:城市|文化)?新?名片|套餐|氛围|风尚|新?路径|招牌|窗口|标杆|样板|高地|局面|难题|问题|瓶颈|短板|“”)"
)
BLEND = re.compile(rf"{HAN}{{0,8}}?模式")  # “甲+乙”模式 is a way of doing
SYSTEM = re.compile(rf"{HAN}{{1,8}}?制")
NO_SYSTEM = frozenset("年学体编研控抑复限强机管法税币定")  # before 制 they make another word
COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
KINDS = {"工程": "programme", "行动": "action", "计划": "plan", "战略": "plan", "改革": "mechanism"}
SUM = Seldom(
    rf"等?“?([两二三四五六七八九十]|(?<!\d)\d{{1,2}})(?:大|项|个)?(?:重点|专项|重大|标志性|系统)?"
    rf"({'|'.join(KINDS)}|攻坚战|攻坚行动|会战|战役)"
)
CLAUSE_MOST = 110  # characters of a list before its count
CLAUSE_MARKS = "，。；：！？,;:!?\n"
ITEM_LEAST, ITEM_MOST = 4, 18
FEWEST = 2
PART = re.compile("[^、]+")
ORDINAL = Seldom(
    r"(?:首|第[一二三四五六七八九十百\d]{1,3})届(?![^，。；、,;]{0,8}(?:代表大会|委员会|全会|人大|政协))"
    r"[^，。；、：！？,;的在\n]{2,26}?(?:博览会|交易会|洽谈会|推介会|对接会|展览会|[华侨]商会|侨商会|论坛|峰会|运动会|演唱会|音乐会|研讨会|艺术月|年会|大会|大展|联展|(?<![发进拓扩开施])展|节|大赛|赛|会议)(?![堂员演示览会场馆目能约点事区团道季上])"
)
# 推行政府投资项目代建制: a system without quotes, right after its verb and at its clause's end.
RULED = Seldom(rf"(?:推行|实行|试行)了?({HAN}{{3,14}}?制)(?=[，。；、,;]|$|改革|试点)")
POINTS = Seldom(
    rf"(?:出台|发布|推出|实施|落实|制定|印发|颁布|公布|升级)了?({HAN}{{2,10}}?(?:[一二三四五六七八九十]{{1,3}}|\d{{1,3}})条)"
    r"(?![款例件线路道河街约龙战目理新消生产航])"
)


# 出台营商环境6.0版政策
VERSION = Seldom(
    rf"(?:出台|发布|推出|实施|印发|落实|迭代|升级|推行)了?({HAN}{{2,10}}?\d\.0版?(?:政策|改革|方案|措施|行动方案|任务清单)?)"
    r"(?=[，。；、,;]|$)"
)
# 昌江鞋(体)博会
FAIR = Seldom(rf"({HAN}{{3,8}}(?:[(（]{HAN}{{1,3}}[)）])?)博会")
FAIR_OF = range(1, 4)  # characters of a fair's trade after its place
PLACE_SIZES = (4, 3, 2)
# “骐花节”期间
FEAST = Seldom(rf"“({HAN}{{2,8}}(?<![环情细调过春])节)”(?=期间|活动|上|将|已|吸引)")
# 近日召开的骐州市企业创新大会
# 实施“深入骐层、联系骊众”专项行动
ACTED = Seldom(
    r"(?:实施|开展|启动|推进|部署)了?(“[^“”。；！？\n]{6,24}”(?:专项行动|行动计划|攻坚行动|主题活动|大会战|攻坚战))"
)
HELD = Seldom(
    rf"(?:召开|举办|举行)的((?!本次|此次|这次){HAN}{{4,16}}?大会)(?=上|期间|宣布|提出|透露|明确|强调|发布|指出|[，,])"
)
USUAL = re.compile(
    "(?:代表|党员|干部|表彰|动员|总结|职工|股东|业主|会员|签约|启动|工作|部署|推进|庆祝|纪念)大会$"
)


def _fairs(text: str) -> list[Candidate]:
    """Fairs that go by their place and trade, and meetings that are told where they are held."""
    found: list[Candidate] = []
    for match in FAIR.finditer(text):
        said = re.sub(r"[(（].*", "", match[1])
        starts = ((len(said) - trade - size, size) for trade in FAIR_OF for size in PLACE_SIZES)
        fit = [at for at, size in starts if at >= 0 and said[at : at + size] in districts()]
        if fit:
            found.append(Candidate(match.start() + min(fit), match.end(), "initiative", "event", "name.fair"))
    for match in HELD.finditer(text):
        if not USUAL.search(match[1]) and "的" not in match[1]:
            found.append(Candidate(*match.span(1), "initiative", "event", "name.fair"))
    return found


def campaigns(text: str) -> list[Candidate]:
    """Every service, campaign, programme, meeting and policy that the words around it show."""
    found = [*_offered(text), *_summed(text), *_fairs(text)]
    found.extend(Candidate(*m.span(1), "initiative", "event", "name.feast") for m in FEAST.finditer(text))
    for match in VERSION.finditer(text):
        found.append(Candidate(*match.span(1), "initiative", "policy", "name.version"))
    for match in ORDINAL.finditer(text):
        left = whole_event(text, match.start())
        found.append(Candidate(left, match.end(), "initiative", "event", "name.ordinal"))
    for match in ACTED.finditer(text):
        kind = "event" if match[1].endswith("活动") else "action"
        found.append(Candidate(*match.span(1), "initiative", kind, "name.acted"))
    for match in RULED.finditer(text):
        inner = match[1]
        if inner[-2] not in NO_SYSTEM and "的" not in inner:
            found.append(Candidate(*match.span(1), "initiative", "mechanism", "name.ruled"))
    for match in POINTS.finditer(text):
        if not _counted(match[1]):
            found.append(Candidate(*match.span(1), "initiative", "policy", "name.points"))
    return found


@cache
def _verbs(role: str) -> re.Pattern[str]:
    """What may stand right before an opening quote: a verb of this role, 了 or 的 after it."""
    return re.compile(f"(?:{any_of(sorted(campaign_words(role)))})了?[的]?$")


@cache
def _services() -> tuple[str, ...]:
    return tuple(sorted(campaign_words("service")))


def _offered(text: str) -> list[Candidate]:
    """Services and campaigns in quotes, by the verb before them and the ending within."""
    found: list[Candidate] = []
    offering, building, ruling = False, False, False
    last = -1
    for match in QUOTED.finditer(text):
        inner, (start, end) = match[1], match.span(1)
        before = text[max(0, start - 9) : start - 1]
        if not (last >= start - 3 and BESIDE.search(text[last : start - 1])):
            governed = not NOT_GOVERNED.search(before)
            said = _verbs("offers").search(before) if governed else None
            offering = said is not None
            building = offering or (
                governed and (_verbs("builds").search(before) is not None or _kind_before(text, start))
            )
            ruling = said is not None and said[0].startswith(RULING)
        last = end
        if _plain(text, match, before):
            continue
        system = SYSTEM.fullmatch(re.split("[+＋]", inner)[-1])
        if system and inner[-2] not in NO_SYSTEM and inner[-2:] not in words():
            found.append(Candidate(start, end, "initiative", "mechanism", "name.offered"))
        elif _branded(text, match, building or offering):
            found.append(Candidate(start, end, "initiative", "programme", "name.offered"))
        elif offering or (building and "—" not in inner and inner.endswith(_services())):
            kind = _kind(text, match)
            kind = "mechanism" if ruling and kind == "platform" else kind
            found.append(Candidate(start, end, "initiative", kind, "name.offered"))
    return found


RULING = ("推行", "实行", "试行")  # what is made a rule is no service
NOT_GOVERNED = re.compile("(?:运行|使用|利用|运用)的$|(?:经济|合作|社会|党|群众|基层)组织$")
KIND_BEFORE = re.compile("(?:打造|开设|推出|搭建)了?[^，。；“”的]{2,10}(?:培训|平台|课堂|服务|小程序|系统)$")


def _kind_before(text: str, start: int) -> bool:
    """Whether a kind that is made stands right before the quotation (打造公益培训“全民骐术学堂”)."""
    return KIND_BEFORE.search(text[max(0, start - 18) : start - 1]) is not None


BRAND = re.compile(
    "(?:[^，。；、“”的]{0,8}(?:公用|农产品|旅游|文旅|服务|外宣|城市|地域))?品牌(?![的价化建产])"
)
BRAND_DOES = re.compile("品牌(?:组织|举办|亮相|走进|带动|助力|授权)")
WORK = re.compile("(?:专项)?工作(?![的者])")


def _branded(text: str, match: re.Match[str], governed: bool) -> bool:
    """Whether a place's brand is made or acts (打造“X”品牌, “X”品牌组织…), or what is quoted is carried out
    as work (实施“X”工作)."""
    end = match.end()
    if len(match[1]) < BRAND_LEAST or match[1].endswith(("制造", "智造")):
        return False
    opens = not match.start() or text[match.start() - 1] in CLAUSE_MARKS
    made = governed and (BRAND.match(text, end) or WORK.match(text, end))
    return bool(made or (opens and BRAND_DOES.match(text, end)))


BRAND_LEAST = 4


EVENTS = (
    "嘉年华",
    "展",
    "赛",
    "大会",
    "论坛",
    "晚会",
    "庙会",
    "市集",
    "夜市",
    "演唱会",
    "音乐节",
    "文化节",
    "美食节",
)
OFFERED_KINDS = (
    (re.compile("”等?[^，。；、“]{0,8}?(?:活动|赛事|展会|节庆|大会|演出)"), "event"),
    (re.compile("(?:贷|保|券|险|债|基金)”|”[^，。；、“]{0,6}?(?:贷款|信贷|保险|金融产品|补贴)"), "programme"),
    (re.compile("(?:机制|制度|模式|办法)”|”等?[^，。；、“]{0,6}?(?:机制|制度|模式|办法|承诺)"), "mechanism"),
)


def _kind(text: str, match: re.Match[str]) -> str:
    """What is offered, by its last character and by what follows: a service where nothing tells."""
    at = match.end() - 2
    if match[1].endswith(EVENTS):
        return "event"
    if (ended := next((kind for word, kind in KINDS.items() if match[1].endswith(word)), None)) is not None:
        return ended
    return next(
        (kind for told, kind in OFFERED_KINDS if told.match(text, at) or told.match(text, at + 1)), "platform"
    )


def _plain(text: str, match: re.Match[str], before: str) -> bool:
    """Whether the quote is a saying, a place, a title that was given, or the class of what follows."""
    inner = match[1]
    named = inner in campaign_words("saying") or inner in districts() or inner.isascii()
    return (
        named
        or len(inner) > SHORT_MOST
        or "，" in inner
        or "," in inner
        or "、" in inner
        or ("+" in inner and BLEND.match(text, match.end()) is not None)
        or "的" in inner
        or HONOURED.search(before) is not None
        or CLASSED.match(text, match.end()) is not None
    )


def _summed(text: str) -> list[Candidate]:
    """The members of a list that its count and kind sum up."""
    found: list[Candidate] = []
    for match in SUM.finditer(text):
        low, at = max(0, match.start() - CLAUSE_MOST), match.start()
        opened = max((text.rfind(mark, low, at) for mark in CLAUSE_MARKS), default=-1) + 1
        count = COUNTS.get(match[1]) or (int(match[1]) if match[1].isdigit() else 0)
        kind = KINDS.get(match[2], "action")
        for a, b in _members(text, max(opened, low), at, count):
            found.append(Candidate(a, b, "initiative", kind, "name.summed"))
    return found


@cache
def _lead() -> re.Pattern[str]:
    """The verbs that govern the list."""
    verbs = any_of(sorted(campaign_words("runs")))
    return re.compile(rf".{{0,24}}?(?:{verbs})+了?好?(?:全[省市区县])?(?!的)")


def _members(text: str, low: int, high: int, count: int) -> list[tuple[int, int]]:
    """The places of the members in a list of so many; none where the count is another."""
    lead = _lead().match(text, low, high)
    if lead is None or count < FEWEST:
        return []
    parts = [m.span() for m in PART.finditer(text, lead.end(), high)]
    if parts and len(parts) == count - 1:
        a, b = parts[-1]
        joint = next((i for i in range(a + ITEM_LEAST, b - ITEM_LEAST + 1) if text[i] in "和与及"), 0)
        if joint:
            parts[-1:] = [(a, joint), (joint + 1, b)]
    fit = all(ITEM_LEAST <= b - a <= ITEM_MOST and _member(text[a:b]) for a, b in parts)
    return parts if fit and len(parts) == count else []


def _member(item: str) -> bool:
    """Whether the string can name a programme: no clause, no count, no bare kind."""
    thing = item.endswith(tuple(campaign_words("thing")))
    sound = item.count("“") == item.count("”")  # “甲、乙、丙”三大行动 is one slogan
    return (
        not thing
        and sound
        and "的" not in item
        and not item[0].isdigit()
        and item not in generic("initiative")
    )


def _counted(name: str) -> bool:
    """Whether what goes before 条 counts things (新开通航线12条)."""
    parts = cut(name.rstrip("条").rstrip("0123456789一二三四五六七八九十"))
    tail = name[parts[-1].start : parts[-1].end] if parts else ""
    return not parts or tail in campaign_words("counted")
