"""Firms by their surroundings: lists, appositions and the words that only a firm has beside it.

In: the clean text of a paragraph. Out: candidates as in `candidates`. A short name has no suffix; it is
taken where a frame says that a firm stands there (A、B等企业, 以A为龙头, A董事长) and the string is made of
characters that no common word claims, or is known, or has a firm's trade at its end (蓝思科技).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ingest import opening, works
from ingest.brands import FARM, FARMED, brand_end, branded
from ingest.candidates import FIRM_LEAD, Candidate, suffixes
from ingest.edges import boundaries, generic, known, soft_trades, trades, window
from ingest.lexicon import Word, cut, districts
from ingest.rows import CLAUSE, ITEM_MAX, Item, enumerations, left_edge, right_edge
from ingest.wording import any_of
from seeds import lookup

COUNT = r"(?:\d+|[一二两三四五六七八九十百几数多]+)?[余多]?"


class Patterns(NamedTuple):
    """The frames compiled: what follows a list, what stands before it, what stands beside one firm."""

    firms: re.Pattern[str]
    projects: re.Pattern[str]
    lines: re.Pattern[str]
    lead: re.Pattern[str]
    led: re.Pattern[str]
    done: re.Pattern[str]
    head: re.Pattern[str]
    beside: opening.Seldom
    apposed: opening.Seldom
    cue: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """The frames of `name_frames.csv`."""
    words: dict[str, list[str]] = {}
    for row in lookup("name_frames"):
        words.setdefault(row["frame"], []).append(row["word"])
    one = {frame: f"(?:{any_of(listed)})" for frame, listed in words.items()}
    firm, led, done = one["firm"], one["led"], one["done"]
    return Patterns(
        firms=re.compile(
            rf"\d+(?:家|户)(?:均|都|已|现)?[为是获][^，。；、]{{0,14}}?{firm}|(?:等|这?{COUNT}(?:家|户|大))[^，。；、等为院校所]{{0,14}}?{firm}"
        ),
        projects=re.compile(
            rf"等?(?:一批)?{COUNT}[个项]?[^，。；、]{{0,10}}?项目(?![^，。；、]{{0,6}}(?:中心|平台|基地))"
        ),
        lines=re.compile(
            rf"等?(?:一批)?{COUNT}[个项条]?[^，。；、]{{0,4}}?{one['line']}[^，。；、]{{0,6}}?(?:项目|工程|建设)"
        ),
        lead=re.compile(rf"等?为{one['lead']}"),
        led=re.compile(rf"等?为{led}"),
        done=re.compile(rf"等?{one['manner']}{{0,3}}{done}"),
        head=re.compile(rf"{one['head']}了?$"),
        beside=opening.Seldom(
            rf"的?(?:相关|有关|生产|项目|技术|行政)?{one['beside']}(?!化)|公司(?:董事长|总经理|相关|负责)"
            rf"|等(?!地|城|省)[^，。；、院校所]{{0,10}}(?:企业|公司|运营团队)|作?为(?:龙头|链主)|投资建设|自主研发|年产\d"
        ),
        apposed=opening.Seldom(
            rf"{one['apposed']}—{{0,2}}|(?:知名|著名|头部|领先)(?:的)?[\u4e00-\u9fff]{{1,6}}?(?:公司|商|厂商)"
        ),
        cue=opening.compile(
            rf"{firm}|为{led}|为{one['lead']}|{done}|{one['head']}|{one['also']}|[超破达][\d.]+亿|包括"
        ),
    )


def framed(text: str) -> list[Candidate]:
    """Every firm that a frame shows."""
    found: list[Candidate] = []
    for match in CLAUSE.finditer(text) if "、" in text else ():
        clause = match[0]
        if "、" in clause and patterns().cue.search(clause):
            found.extend(_lists(text, match.start(), match.end()))
    found.extend(_single(text))
    found.extend(branded(text))
    return found


def _lists(text: str, low: int, high: int) -> list[Candidate]:
    """Firms of the enumerations of one clause."""
    found: list[Candidate] = []
    for items, tail in enumerations(text, low, high):
        head = text[max(low, items[0].start - 8) : items[0].start]
        told = TRADE_AFTER.match(text, tail)
        size = SIZE_AFTER.match(text, tail)
        if size:
            items[-1] = Item(items[-1].start, size.end())
        at = told.end() if told else size.end() if size else tail
        after = text[at : at + 40]
        strength, projects = _strength(head, after, text, items)
        if not strength:
            continue
        if any(_industry(text[i.start : i.end]) for i in items) or _processes(text, items):
            continue
        if _waters(text, items) or (projects and _pastimes(text, items, tail)):
            continue
        made = [_item(text, item, strength, projects) for item in items]
        if projects and any(made) and works.SUMMED.match(after):
            made = [
                works.listed(text, item.start, item.end) or one for one, item in zip(made, items, strict=True)
            ]
        if not FIRMS.match(after) and _things(text, items, made):
            continue
        if strength == 2 and any(made):
            made = [one or _sibling(text, item) for one, item in zip(made, items, strict=True)]
        sure = sum(one is not None for one in made)
        vouched = sure >= VOUCHERS and sure >= MOSTLY * len(items)
        if strength and not projects and (vouched or (strength == 2 and sure and 2 * sure >= len(items))):
            made = [one or _vouched(text, item) for one, item in zip(made, items, strict=True)]
        found.extend(one for one in made if one is not None)
    return found


FIRMS = re.compile("等[^，。；、]{0,4}?(?:[央国民药车]企|企业|公司|集团|巨头|银行)")


def _things(text: str, items: list[Item], made: list[Candidate | None]) -> bool:
    """Whether a list is one of things: its firms bear common words' names, and another item is a common word
    (荞麦、苹果等主导产业)."""
    firms = [known().get(text[one.start : one.end]) for one in made if one is not None]
    unsure = all(entry is not None and not entry[3] for entry in firms)
    rest = [text[i.start : i.end] for i, one in zip(items, made, strict=True) if one is None]
    return unsure and any(len(cut(piece)) == 1 and cut(piece)[0].tag == "n" for piece in rest)


SCENIC = ("景区", "景点", "古镇", "古城", "湿地", "湿地公园", "森林公园")


# 甲、乙超百亿元,丙、丁等企业超50亿元: one sentence that ranks firms by what they sell.
SOLD = re.compile(
    r"(?:(?:主营业务|销售|营业)?收入|营收|产值)?[超过破达突]{1,2}到?[\d.百千]+亿元[，,](?:[^。；]{0,60})等[^，。；、]{0,6}企业[^，。；、]{0,8}[超过破达突]{1,2}"
)
# 零部件企业达90余家，包括甲、乙等
INCLUDES = re.compile("(?:企业|公司)[^，。；、]{0,10}[家户](?:[，,](?:其中)?(?:包括|有|如)|—{1,2}|[:：])$")
MAINLY = re.compile("等?为主(?![^，。；、]{0,14}(?:企业|公司))")
CLASSED = re.compile(
    '等[“"]?(?:散乱污|僵尸|高耗能|两高|落后|规上|规模以上|传统|类型|各类|涉)|等?为主[体线题导]'
    "|[^，。；、等]{0,6}等[^，。；、]{0,4}(?:环节|阶段|流程|工序|步骤|场景)"
    "|等?为代表的[^，。；、]{0,6}(?:景观|资源|文化|风貌|建筑|植物|动物|品种|农产品|水果|作物|特产|美食|景点)"
)
LABS = re.compile(rf"(?:等|这?{COUNT}[家个大])[^，。；、]{{0,10}}?实验室")


def _industry(piece: str) -> bool:
    """Whether an item is a branch of the economy, so that its list is one of branches (物流业)."""
    return piece.endswith(("产业", "制造业", "加工业", "服务业", "行业", "物流业", "旅游业"))


def _strength(head: str, after: str, text: str, items: list[Item]) -> tuple[int, bool]:
    """How surely a list is one of firms (0 not, 1 perhaps, 2 surely), and whether it is one of projects."""
    mainly = MAINLY.match(after) and not any(_certain(text[i.start : i.end]) for i in items)
    if LABS.match(after) or CLASSED.match(after) or mainly:  # 以苍术、白芍等为主
        return 0, False  # 甲、乙、丙三大省实验室, 甲、乙等类型企业
    if text[: items[-1].end].endswith(SCENIC):  # 柔川、南屏景区
        return 0, False
    if re.match(r"等?\d*[余多]?个(?:[^，。；、]{0,6})?品牌", after):  # products
        return 0, False
    if patterns().lines.match(after):  # railways and roads by their ends (敦白、四梅等铁路项目)
        return 0, False
    if patterns().firms.match(after) and not re.match(r"(?:等)?(?:领域|行业|产业)", after):
        return 2, False
    if patterns().lead.match(after):
        return 1, False
    if patterns().led.match(after) and ("以" in head or re.search("企业|公司", after[:24])):
        return (2 if re.match(r"[^，。；、]{0,14}?(?:企业|公司)", after) else 1), False
    if patterns().projects.match(after):
        return 1, True
    if SOLD.match(after):
        return 2, False
    if patterns().head.search(head) or INCLUDES.search(text[max(0, items[0].start - 24) : items[0].start]):
        return 1, False
    if any(_certain(text[i.start : i.end]) for i in items):
        return 1, False
    if patterns().done.match(after):
        return 1, False
    return 0, False


def _processes(text: str, items: list[Item]) -> bool:
    """Whether a list is one of processes or goods (纺织、漂染、印花等配套企业): most of its items are
    single common words, two at least, and none is surely a firm."""
    pieces = [text[item.start : item.end] for item in items]
    plain = [piece for piece in pieces if piece in generic("enterprise") or _common_word(piece)]
    return len(plain) >= COMMON_LEAST and 2 * len(plain) >= len(pieces) and not any(map(_certain, pieces))


WATERS = "河江湖溪"


def _waters(text: str, items: list[Item]) -> bool:
    """Whether a list is one of rivers and lakes (流溪河、骊江入选美丽河湖)."""
    return all(text[item.end - 1] in WATERS for item in items)


LAST_PASTIME = re.compile("、?([\u4e00-\u9fff]{2,3})等")
PASTIME_MOST = 3  # characters of a thing that people do or see


def _pastimes(text: str, items: list[Item], tail: int) -> bool:
    """Whether a list of projects is one of what visitors do (温泉、滑雪、登山等项目)."""
    pieces = [text[item.start : item.end] for item in items]
    last = LAST_PASTIME.match(text, tail)
    pieces += [last[1]] if last else []
    short = all(len(piece) <= PASTIME_MOST and piece not in known() for piece in pieces)
    return short and any(map(_common_word, pieces))


COMMON_LEAST = 2
COMMON_TAGS = ("n", "v", "b", "vn")


def _common_word(piece: str) -> bool:
    words = cut(piece)
    return len(words) == 1 and words[0].tag in COMMON_TAGS and piece not in known()


def _certain(piece: str) -> bool:
    """Whether the string is a firm by itself: a legal form, or a firm that everyone knows."""
    if piece.endswith(LEGAL_END):
        return unclaimed(piece)
    entry = known().get(piece)
    return entry is not None and entry[1] == "enterprise" and entry[3]


# What stands before a workshop is as often what is made there as whose it is.
PLACE_OF_WORK = re.compile("的?(?:生产|智能)?(?:车间|工厂|厂区)|基地负责人|的?生产车间")
BUILDS = ("建设", "新建", "改造", "建成", "扩建", "打造", "有", "家", "个", "座", "条")
TWICE = 2  # a firm of two characters stands in its paragraph again (浸种车间 is one for seeds)
ENTERED = ("在", "走进", "来到", "步入", "进入", "参观", "位于")
SHOP = (
    "智慧",
    "智能",
    "数字",
    "数字化",
    "智能化",
    "生产",
    "总装",
    "装配",
    "一号",
    "新",
    "现代化",
    "无人",
    "",
)


def _made_there(text: str, start: int, end: int, at: int) -> bool:
    """Whether goods and not a firm stand before a workshop (建设碳杆生产车间, 毛绒玩具工厂)."""
    piece = text[start:end]
    short = end - start <= 3 and not piece.endswith(LEGAL_END) and piece not in known()
    built = text[max(0, start - 4) : start].rstrip("了的").endswith(BUILDS)
    among = text[start - 1 : start] == "、" and PARTS_OF_WORK.match(text, at) is not None
    before = text[max(0, start - 2) : start]
    bare = end == at and end - start == 2 and text.count(piece) < TWICE and not before.endswith(ENTERED)
    return short and (built or among or bare or text[end:at] not in SHOP)


def _former_before(text: str, start: int, end: int, beside: str) -> bool:
    """Whether 原 before a workshop ends the stretch, no word's part (骐信原车间主任)."""
    last = cut(text[start:end])[-1]
    return text[end - 1] == "原" and last.end - last.start == 1 and beside.startswith(("车间", "厂"))


PARTS_OF_WORK = re.compile("(?:生产|智能)?(?:车间|工厂|厂区)、")  # 压型车间、浸渍车间
LEGAL_END = ("集团", "公司", "股份")
GROUP = re.compile("(?!有限)[\u4e00-\u9fff]{2,5}集团(?=[\u4e00-\u9fff]{2})(?!有限|股份|控股|公司)")
# Nothing stands between a firm and who heads it (微骊星空董事长), but a department may (骊记制造总经理).
HEADS = ("董事长", "创始人", "总裁", "首席执行官", "掌门人")
DEPARTMENTS = frozenset(
    [
        "制造",
        "生产",
        "市场",
        "销售",
        "技术",
        "研发",
        "运营",
        "中国",
        "亚太",
        "全球",
        "大中华",
        "区域",
        "智能",
        "项目",
        "公司",
    ]
)


def _beside_end(text: str, start: int, at: int, beside: str) -> int:
    """Where the firm's name ends before the words beside it."""
    for size in (5, 4, 3):  # 徐骐记|沙琪玛智能车间
        entry = known().get(text[start : start + size])
        rest = text[start + size : at]
        headed = beside.endswith("总经理") and rest in DEPARTMENTS
        plain = entry is not None and entry[1] == "enterprise" and entry[3] and rest.isalpha()
        if plain and not rest.endswith(LEGAL_END) and "局" not in rest and (rest not in trades() or headed):
            return start + size
    end = brand_end(text, start, at)
    return at if end < at and beside in HEADS and _whole_brand(text[end:at]) else end


def _whole_brand(rest: str) -> bool:
    """Whether common words before an office belong to the firm's name."""
    return len(rest) == BRAND_REST and rest not in DEPARTMENTS and len(cut(rest)) == 1


BRAND_REST = 2
HOUSES = ("中心", "协会", "商会", "基地", "学会", "联盟", "委员会")
SOMEBODY = ("谁", "姓", "某")  # 一位姓骊的总经理
# 带动性强、辐射面广: what firms are like.
PRAISE = re.compile("^[性型化式]|[性面度力率量值效][强广高大好优足多低快深]$")
# The trade that a firm is told by before its name: 著名地产商骊通.
DEEDS = ("签约", "揭牌", "授信", "开工", "投产", "竣工", "上市", "验收")
OFFICE = re.compile("(?:党委)?(?:副?书记|副?董事长?|副?总经理|副?总裁|首席执行官)$")  # 骐晨集团董事
# 骐阳焦化20万吨甲醇等一批项目
SIZE_AFTER = re.compile(
    "[\\d.]+[万亿]?(?:吨|套|台|只|辆|件|片|平方米|千瓦|兆瓦)[\u4e00-\u9fff]{1,8}?(?=等[^，。；、]{0,10}?项目)"
)
GOODS = re.compile(
    "(?:、[\u4e00-\u9fff]{2,6}){1,4}等[^，。；、]{0,4}(?:加工|生产|制造)项目"
)  # NFC骐汁、果酒等加工项目
TRADE_AFTER = re.compile("[(（][\u4e00-\u9fff]{2,6}[)）]")
TRADE_TOLD = re.compile("(?<=..)[(（][\u4e00-\u9fff]{2,6}[)）]$")  # 骊润(门窗)
TOGETHER = re.compile("[两二三四五六七八九十][市县区省州镇乡村园城]$")  # 骐山、骊水、骐北四市
TRADER = re.compile(
    "(?:著名|知名|国内|国际|全球|行业|领先|头部)*[\u4e00-\u9fff]{1,6}?(?:商|巨头|大王|新秀)(?![业务贸会城行])"
)
SITED = re.compile(".{2,6}?(?:开发区|经开区|高新区|工业园区?|综保区|集聚区)")
BRAND_LEAST = 3


def _trimmed(text: str, item: Item) -> Item:
    """The item without its quotation marks, the office of who speaks for it and the park that it lies in."""
    start, end = item
    if (trade := TRADE_TOLD.search(text[start:end])) is not None:
        end = start + trade.start()
    if text[start] in "“‘" and text[end - 1] in "”’":
        start, end = start + 1, end - 1
    if (office := OFFICE.search(text[start:end])) is not None:
        end = start + office.start()
    park = SITED.match(text, start, end)
    if park and end - park.end() >= BRAND_LEAST:
        start = park.end()  # 邵阳经开区三一专汽
    return Item(start, end)


def _item(text: str, item: Item, strength: int, projects: bool) -> Candidate | None:
    """The firm or project of a list's item, if it is one."""
    item = _trimmed(text, item)
    group = None if projects else GROUP.match(text, item.start, item.end)
    item = Item(item.start, group.end()) if group else item  # 骐玻集团光电玻璃
    piece = text[item.start : item.end]
    if not piece:
        return None
    if any(mark in piece for mark in "()（）“”‘’") or piece[0].isdigit() or piece.endswith("第"):
        return None
    if PRAISE.search(piece) or TOGETHER.search(piece) or piece.endswith(DEEDS):
        return None
    common = piece in districts() or piece in generic("enterprise")
    if not 2 <= len(piece) <= ITEM_MAX or (common and piece not in known()):
        return None
    seat = piece.removesuffix("总部")
    if seat != piece and seat in known() and known()[seat][1] == "enterprise":
        return Candidate(item.start, item.start + len(seat), "enterprise", "company", "name.frame.list")
    words = cut(piece)
    sited = len(piece) >= 5 and piece.endswith(tuple(boundaries("site"))) and words[0].tag in ("n", "ns", "o")
    if not projects and piece.endswith(("集群", "产业链")):
        return None
    if projects and piece.endswith(_park_endings()):
        return None  # a park among projects is found by its ending
    if projects and sited:
        return Candidate(item.start, item.end, "initiative", "project", "name.frame.project-list")
    if not _named(piece, words, strength) or (projects and GOODS.match(text, item.end)):
        return None
    if projects and text.startswith("项目", item.end) and len([w for w in words if w.tag != "o"]) > 1:
        return None  # its whole name, with 项目, is found by its ending
    if projects and not piece.endswith(LEGAL_END) and _product(piece, words):
        return Candidate(item.start, item.end, "initiative", "project", "name.frame.project-list")
    if other_kind(piece):
        return None
    return Candidate(item.start, item.end, "enterprise", "company", "name.frame.list")


def _sibling(text: str, item: Item) -> Candidate | None:
    """A member of a list of firms that common words could make, but that no common word is."""
    piece = text[item.start : item.end]
    words = cut(piece)
    parts = [piece[w.start : w.end] for w in words]
    plain = any(
        p in generic("enterprise") or p in trades() or w.tag == "x" for p, w in zip(parts, words, strict=True)
    )
    if parts[-1] in trades() and len(words) > 1:  # 新时代造船: the brand alone must be uncommon
        size = len(piece) - len(parts[-1])
        plain = any(p in generic("enterprise") or p in trades() for p in parts[:-1]) or not 2 <= size <= 4
    elif len(piece) > 4:
        return None
    if len(piece) < 2 or len(words) < 2 or plain or piece in districts() or other_kind(piece):
        return None
    return Candidate(item.start, item.end, "enterprise", "company", "name.frame.list")


VOUCHERS = 3  # so many firms of a list vouch for a member that is a common word (金石)
MOSTLY = 0.6  # and they must be so many of it; where the words say that it is one of firms, half will do


def _vouched(text: str, item: Item) -> Candidate | None:
    """A member that a common word claims, in a list nearly all of whose members are firms."""
    piece = text[item.start : item.end]
    common = piece in districts() or piece in generic("enterprise") or piece in trades()
    if not 2 <= len(piece) <= VOUCHED_MOST or not piece.isalpha() or common or other_kind(piece):
        return None
    parts = [piece[w.start : w.end] for w in cut(piece)]
    if len(parts) == 1 and cut(piece)[0].tag[0] == "v":
        return None  # 咨询
    if piece.endswith(COMMON_ENDS) or any(len(part) > 1 and part in generic("enterprise") for part in parts):
        return None
    return Candidate(item.start, item.end, "enterprise", "company", "name.frame.list")


VOUCHED_MOST = 4
COMMON_ENDS = ("企业", "公司", "客户", "品牌", "产品", "产业", "院校", "高校", "机构", "单位", "等")


@cache
def _park_endings() -> tuple[str, ...]:
    return tuple(s.word for s in suffixes()[1] if s.kind == "park" and s.need != "port")


@cache
def _other_endings() -> tuple[str, ...]:
    return tuple(s.word for s in suffixes()[1] if s.kind != "enterprise")


SCHOOL = re.compile("[一二三四五六七八九十][中小]$")  # 骊安三中


def other_kind(piece: str) -> bool:
    """Whether the ending says that it is a park, an institution or an initiative."""
    ended = piece.endswith(_other_endings()) or piece.endswith(tuple(boundaries("other")))
    return ended or SCHOOL.search(piece) is not None


def _named(piece: str, words: list[Word], strength: int) -> bool:
    """Whether the string can be a firm's name under a frame of this strength."""
    entry = known().get(piece)
    if entry is not None:
        return entry[1] == "enterprise"
    if len(words) > 1 and words[0].tag == "ns":
        piece = piece[words[0].end :]
        words = cut(piece)
    if unclaimed(piece):
        return len(piece) <= 10 or piece.endswith(("公司", "集团"))
    tail = piece[words[-1].start :]
    brand = piece[: words[-1].start]
    loose = all(w.end - w.start == 1 for w in words[:-1])  # no common word claims any part of the brand
    if strength >= 2 and tail in trades() and 2 <= len(brand) <= 3 and loose:
        return True
    if piece.endswith("股份") and 4 <= len(piece) <= 6 and piece[:-2] not in generic("enterprise"):
        return True
    if piece.endswith("集团") and 4 <= len(piece) <= 6:
        return brand not in generic("enterprise") and brand not in trades()
    if strength >= 2 and tail in trades() and 2 <= len(brand) <= 4 and len(words) == 2:
        return brand not in generic("enterprise") and brand not in trades() and brand not in districts()
    return False


def unclaimed(piece: str) -> bool:
    """Whether two neighbouring characters of it belong to no common word, or it has a Latin word."""
    run = 0
    for word in cut(piece):
        part = piece[word.start : word.end]
        run = run + 1 if word.tag == "o" and part not in "、()“”·" else 0
        if run >= 2 or (word.tag == "x" and part[0].isalpha() and len(part) >= 2 and part.isupper()):
            return True
    return False


def _product(piece: str, words: list[Word]) -> bool:
    """Whether a project's words follow the firm's (绿源新能源摩托车), so that it names the project."""
    if re.search(r"[一二三四]期|[A-Z]区|项目|基地|产业园|生产线|总部", piece):
        return True
    if piece in known():
        return False
    plain = [w for w in words if w.tag not in ("o", "ns", "x")]
    if any("新型" in piece[w.start : w.end] for w in plain):
        return True  # 骐阳新型线缆
    if plain and piece[plain[-1].start :] in soft_trades():
        return False
    if len(piece) <= 6 and plain and piece[plain[-1].start :] in trades():
        return False
    return len(plain) >= 2 or (len(plain) == 1 and piece[plain[0].start :] not in trades())


def _single(text: str) -> list[Candidate]:
    """Firms shown by the words beside them."""
    found: list[Candidate] = []
    for match in patterns().beside.finditer(text):
        low = window(text, match.start(), 14)
        start = left_edge(text, low, match.start())
        if start < match.start() and text[start] in "“‘" and text[match.start() - 1] in "”’":
            found.extend(filter(None, [_item(text, Item(start, match.start()), 1, False)]))
            continue
        if start and text[start - 1] == "的" and start < match.start():
            continue
        told = TRADER.match(text, start, match.start() - 1)
        start = told.end() if told and unclaimed(text[told.end() : match.start()]) else start
        lead = FIRM_LEAD.match(text, start, match.start())
        start = lead.end() if lead and match.start() - lead.end() >= 2 else start
        end = _beside_end(text, start, match.start(), match[0])
        end -= int(end - start > BRAND_LEAST and _former_before(text, start, end, match[0]))
        piece = text[start:end]
        if match[0].endswith(("上市", "板", "所")) and text[max(0, start - 1) : start] in ("在", "于"):
            continue  # 在天交所挂牌上市
        if piece.endswith(FARMED) and FARM.match(text, end):
            continue  # 骐坪村养殖基地负责人
        if PLACE_OF_WORK.match(match[0]) and _made_there(text, start, end, match.start()):
            continue
        if "”" in piece or "“" in piece or piece[:1] in SOMEBODY or text[end : match.start()] in HOUSES:
            continue  # 骊昌股交|中心负责人
        words = cut(piece)
        if 2 <= len(piece) <= 10 and _named(piece, words, 2) and not other_kind(piece):
            found.append(Candidate(start, end, "enterprise", "company", "name.frame.beside"))
    for match in patterns().apposed.finditer(text):
        end = brand_end(text, match.end(), right_edge(text, match.end(), min(len(text), match.end() + 14)))
        piece = text[match.end() : end]
        words = cut(piece)
        if words and (words[0].tag in ("p", "c", "u", "v") or piece[0] in "数占达"):  # 龙头企业以X为主
            continue
        loose = all(w.end - w.start == 1 and w.tag == "o" for w in words[:-1])
        if 2 <= len(piece) <= 8 and _named(piece, words, 1 + loose) and not other_kind(piece):
            found.append(Candidate(match.end(), end, "enterprise", "company", "name.frame.apposition"))
    return found
