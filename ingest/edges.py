"""Where a name begins: the edge at its left, and whether what lies before its suffix makes a name.

In: a text and where a suffix begins. Out: the left edge with the modifier's words. The edge is where the
first word stands that no name crosses (`name_boundaries.csv`); a modifier that only says the kind, the
grade or the size (`name_generic.csv`) is none. It reads a few tens of characters to the left, never more.
"""

from __future__ import annotations

import re

from ingest.lexicon import FUNCTION, Word, cut, districts, unknown
from ingest.modifiers import HEADING, SHORES, begins_known, distinct, proper
from ingest.name_words import boundaries, campaign_words, generic, known, soft_trades, trades

__all__ = [
    "ALLIED",
    "CAMPAIGN",
    "CLASSIFIERS",
    "HARD",
    "IN_BRANDS",
    "LONG_QUOTE",
    "OPENS_BRAND",
    "REACH",
    "SHORES",
    "begins_known",
    "boundaries",
    "campaign_words",
    "distinct",
    "generic",
    "known",
    "proper",
    "soft_trades",
    "trades",
    "walk",
    "window",
]

REACH = 34  # the longest modifier looked at, in characters
HARD = frozenset("，。；：！？、,;:!?\n\t\r　 《》【】…—|/~～▲△●○■□◆◇★☆※▪")
SENTENCE = frozenset("。；！？;!?\n")
LONG_QUOTE = 15  # so long a quote that lists things is a sentence (“重塑形象、重新出发…”)
ORDINALS = frozenset("一二三四五六七八九十")  # (一)X公司 is a heading's number and a firm
OPENING = {")": "(", "”": "“", "’": "‘", "）": "（"}
LIMIT = {")": 8, "）": 8, "”": 20, "’": 20}
CAPACITY = (
    "年产",
    "日产",
    "处理",
    "年生产",
    "日生产",
    "年加工",
    "年出栏",
    "年屠宰",
)  # 年产5万吨 belongs to a project's name
CAMPAIGN = "campaign"  # an initiative told by its verb (实施…行动): verbs may stand inside its name
TIMES = ("季度", "个月", "年来", "年间", "月来", "同期", "首季", "期间", "以来", "年底", "年末", "年初")
COMPLETES = frozenset("出起")  # after a verb (描画出, 撑起)
LEGAL_FORMS = ("有限", "股份有限")
FIRM_TAILS = ("集团", "公司", "有限", "股份", "投资", "发展", "建设", "管理", "服务", "运营")
NUMERIC = str.maketrans("", "", ".-")  # 1-5 of 1-5月 is a numeral
KIND_WORDS = frozenset(["企业", "项目"])  # what is named; inside an initiative's name they may stand


def window(text: str, end: int, reach: int = REACH) -> int:
    """Where the stretch before `end` begins that may hold a name; brackets and quotes are jumped."""
    low = max(0, end - reach)
    i = end
    while i > low:
        char = text[i - 1]
        if char in OPENING:
            opened = text.rfind(OPENING[char], max(0, i - 1 - LIMIT[char]), i - 1)
            hard = HARD if char in ")）" else SENTENCE  # “创新引领,开放崛起”战略
            if (
                opened < 0
                or _of_reporters(text, opened)
                or not hard.isdisjoint(text[opened : i - 1])
                or text[opened + 1 : i - 1] in ORDINALS
                or (i - opened > LONG_QUOTE and "、" in text[opened : i - 1])
            ):
                return i
            i = opened
            continue
        if char in HARD or char in "“‘(（":
            return i
        i -= 1
    return i


def _of_reporters(text: str, opened: int) -> bool:
    """Whether the bracket that opens there holds who reports (骐阳8月3日电(记者王甲)骊川公司)."""
    dated = opened > 1 and text[opened - 1] in "日电讯" and text[opened - 2] not in "发用供水风光火核充"
    return text[opened] in "(（" and (dated or text.startswith(("记者", "通讯员", "本报"), opened + 1))


def walk(text: str, start: int, end: int, kind: str) -> tuple[int, list[Word]]:
    """The left edge, from `start` on, of the name whose suffix begins at `end`, and the modifier's words."""
    words = cut(text[start:end])
    stop, allowed = boundaries("stop"), boundaries("pass")
    kept: list[Word] = []
    quoted = False
    for position in range(len(words) - 1, -1, -1):
        word = words[position]
        piece = text[start + word.start : start + word.end]
        quoted = piece in "”’" or (quoted and piece not in "“‘")
        if not quoted and _stops(words, position, piece, word.tag, kind, stop, allowed, text, start):
            if (
                kept
                and word.tag[0] == "v"
                and text[start + kept[-1].start : start + kept[-1].end] in COMPLETES
            ):
                kept.pop()
            if kind == "park" and not position and len(kept) == 1 and piece in IN_BRANDS:
                kept.append(word)  # 同骐工业园区 at a clause's beginning
            break
        kept.append(word)
    kept.reverse()
    if len(kept) > 1 and text[start + kept[1].start] in "“‘" and kept[0].tag == "o":
        kept.pop(0)
    while kept and _after_digit(text, start + kept[0].start):
        kept.pop(0)
    if (
        len(kept) > 1
        and text[start + kept[1].start] in "“‘"
        and (kept[0].tag[0] == "v" or text[start + kept[0].start : start + kept[0].end] in boundaries("pass"))
    ):
        kept.pop(0)
    while kept and _weak_edge(text, start, kept[0], kept, kind):
        kept.pop(0)
    while kind == "park" and (leading := _leads(text, start, kept)):
        del kept[:leading]
    left = start + kept[0].start if kept else end
    return _restart(text, start, kept, left, kind)


def _leads(text: str, start: int, kept: list[Word]) -> int:
    """How many words only lead to a place or a brand: a verbal noun or an attribute
    (升级骐川产业园, 首批骐川产业园, 花园式骐江物流园)."""
    pieces = [text[start + w.start : start + w.end] for w in kept[:2]]
    size = 2 if len(kept) > 3 and pieces[1] in ATTRIBUTES else 1
    rest = kept[size : size + 2]
    if not rest or pieces[0] in known() or not text[start + rest[0].start].isalnum():
        return 0
    if rest[0].tag != "ns" and not (len(rest) > 1 and rest[0].tag == rest[1].tag == "o"):
        return 0
    piece = "".join(pieces[:size])
    if len(piece) == 1:
        return int(piece in CONJUNCTIONS)
    verbal = size == 1 and (kept[0].tag[0] == "v" or piece in boundaries("pass"))
    led = verbal or piece in boundaries("size") or piece in boundaries("leads") or piece.endswith(ATTRIBUTES)
    return size if led else 0


CONJUNCTIONS = frozenset("并且但而或含")
ATTRIBUTES = ("式", "型", "级", "化")


def _stops(
    words: list[Word], position: int, piece: str, tag: str, kind: str,
    stop: frozenset[str], allowed: frozenset[str], text: str, start: int,
) -> bool:  # fmt: skip
    word = words[position]
    before = words[position - 1] if position else None
    if tag == "x" and piece[0].isdigit() and piece.translate(NUMERIC).isdigit():
        capacity = text[max(0, start + word.start - 3) : start + word.start]
        sized = kind == "initiative" and _sizes(words, position, text[start:])
        generation = kind == "initiative" and text.startswith("代", start + word.end)
        return not sized and not generation and not any(cue in capacity for cue in CAPACITY)
    near = text[max(start, start + word.start - 8) : start + word.start]
    if tag[0] in "mq" and any(cue in near for cue in CAPACITY):
        return False
    if _goes_on(words, position, piece, kind, text, start):
        return False
    settled = _by_kind(words, position, piece, tag, kind, text, start)
    if settled is not None:
        return settled
    if piece in allowed:
        said = before is not None and text[start + before.start : start + before.end] in stop
        clause_initial = (
            word.start == 0 or said or (before is not None and before.tag in ("d", "p", "u", "c"))
        )
        after = words[position + 1] if position + 1 < len(words) else None
        joins = before is not None and text[start : start + word.start].endswith(tuple(boundaries("host")))
        governs = clause_initial or joins or (after is not None and after.tag == "ns")
        return piece in boundaries("opens") and governs
    if (
        piece in KIND_WORDS
        and kind in ("initiative", CAMPAIGN, "institution")
        and word.end < len(text) - start
    ):
        return position == 0 or tag == "" or (before is not None and before.tag in ("v", "u", "p"))
    if piece in stop and kind != "enterprise" and piece in QUALITY and before is not None:
        old = position > 1 and text[start + before.start : start + before.end] == "现代"
        return (before.tag not in ("ns", "o", "x") and not old) or (
            position + 1 < len(words) and words[position + 1].tag[0] == "v"
        )
    if piece in stop:
        lone = len(piece) == 1 and before is not None and before.tag == "o"
        alone = lone and (position < 2 or words[position - 2].tag not in ("o",))
        body = lone and text[start + word.start - 1] in OF_BODIES  # 市科技局与骐川公司
        inside = piece in "和为与" and alone and kind == "enterprise" and not body
        retagged = tag == "o" and piece in FUNCTION  # `cut` saw it inside a brand (卓益得)
        return not (inside or retagged or (piece in IN_BRANDS and lone))
    if word.end - word.start == 1:
        founds = kind == "institution" and tag == "v" and piece in FOUNDS  # 在湾区设研发中心
        brand = kind == "enterprise" and (
            _opens_brand(words, position, piece)
            or (position == 1 and words[0].tag == "o" and not words[0].start)
        )
        opening = kind == "enterprise" and not position and _opens_clause(text, start)
        brand = brand or (opening and len(words) > 1 and words[1].tag == "o")  # 得骐钟表有限公司
        return founds or (tag in ("r", "u", "d", "p") and not brand)
    if kind == CAMPAIGN and tag[0] == "v":
        return piece in boundaries("govern")
    if tag[0] == "v" and _in_compound(words, position, text[start:], kind):
        return False
    if kind == "initiative" and any(cue in text[start + word.end :][:REACH] for cue in CAPACITY):
        return tag[0] in "pcury"
    return tag[0] in "vpcury" and tag != "vn"


def _in_school(words: list[Word], position: int, text: str, start: int) -> bool:
    """Whether a character stands between a county and an unclaimed one, before a school
    (骐车市应麟幼儿园)."""
    word, end = words[position], words[-1].end
    beside = 0 < position < len(words) - 1 and word.end - word.start == 1
    placed = beside and words[position - 1].tag == "ns" and text[start + word.start - 1] in "市区县旗"
    return placed and words[position + 1].tag == "o" and text.startswith(SCHOOLS, start + end)


SCHOOLS = ("幼儿园", "小学", "中学", "学校", "书院")


def _opens_clause(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in HARD


def _goes_on(words: list[Word], position: int, piece: str, kind: str, text: str, start: int) -> bool:
    """Whether a particle is part of a name: 地 before the suffix (文化体验地项目), a brand's first character
    that a verb of projects governs (推进比骐大圆柱电池项目) or a place leads (上海同骐云…公司)."""
    last = position + 1 == len(words)
    if piece == "地" and last and kind != "enterprise":
        return True
    if kind == "initiative" and piece == "向" and not position and not last:  # ，向家坝灌区一期工程建成
        return _opens_clause(text, start) and words[1].end - words[1].start == 1
    if last or not position or words[position + 1].tag != "o":
        return False
    if (kind == "enterprise" and piece == "同") or (kind == "park" and piece == "向"):
        return words[position - 1].tag == "ns"  # 南昌向塘国际陆港
    return piece in NAMING and _governed_name(words, position, text, start)


def _governed_name(words: list[Word], position: int, text: str, start: int) -> bool:
    """Whether a verb of projects stands right before the word."""
    before = words[position - 1]
    return text.endswith(tuple(boundaries("govern")), start + before.start, start + before.end)


def _by_kind(
    words: list[Word], position: int, piece: str, tag: str, kind: str, text: str, start: int
) -> bool | None:
    """Whether a name of this kind stops at the word, where the kind alone settles it."""
    word = words[position]
    if kind == "institution" and _in_school(words, position, text, start):
        return False
    if _makes(kind, piece, text, start, word):
        return True
    said = text[max(start, start + word.end - 3) : start + word.end]
    if kind not in ("initiative", CAMPAIGN) and _times(said, tag):
        return True
    if kind == "park":
        if piece in boundaries("zone") or ALLIED.fullmatch(text, start + word.start - 1, start + word.end):
            return False  # 骐江经开综合保税区, 中以常州创新园
        if piece == "的" and position and text[start + word.start - 1 : start + word.end] in known():
            return False  # 美的厨卫产业园, 顺德美的智造园
        served = tag == "v" and text.endswith("公司", start, start + word.start)
        return True if served or piece.endswith(("公司", "医院")) else None  # …供电公司服务骐江经开区
    if kind == "enterprise" and piece in OF_BANKS and text.startswith("银行", start + word.end):
        return False
    if position and kind == "enterprise" and text.startswith(LEGAL_FORMS, start + word.end):
        return tag in "ucr"  # what a firm does, before its legal form
    if piece == "联合" and position > 1 and kind == "enterprise":
        before = text[start + words[position - 1].start : start + word.start]
        if before in trades():
            return True  # 骐海储能联合骊川集团
    does = position and kind == "enterprise" and piece in boundaries("firm")
    if does and text.startswith(FIRM_TAILS, start + word.end):
        return False  # 骐州高新区开发建设集团, 骊城城市运营集团
    return None


def _times(said: str, tag: str) -> bool:
    """Whether a time before a name ends there (前三季度, 三年来)."""
    return said.endswith(TIMES) or (tag == "m" and said.endswith("年"))


def _opens_brand(words: list[Word], position: int, piece: str) -> bool:
    """Whether a particle begins a brand: between a place and an unclaimed character (美国都骐集团)."""
    beside = position > 0 and words[position - 1].tag == "ns" and position + 1 < len(words)
    return piece in OPENS_BRAND and beside and words[position + 1].tag == "o"


def _makes(kind: str, piece: str, text: str, start: int, word: Word) -> bool:
    """Whether the word is the verb of building or founding what is named."""
    if kind == "park":
        return piece in boundaries("makes")
    if kind == "institution":
        ranked = text.startswith(RANKS, start + word.end) or HELPED.search(text[start : start + word.start])
        return piece in ("建设", "打造") and bool(ranked or text.endswith(JOINTLY, start, start + word.start))
    invested = piece == "建设" and text.endswith("投资", start, start + word.start)
    return kind == "initiative" and invested  # 在骐镇投资建设…项目


def _sizes(words: list[Word], position: int, text: str) -> bool:
    """Whether a numeral gives a plant's size within its name: a noun before it, a physical unit after it."""
    if not position or position + 1 >= len(words) or words[position - 1].tag[0] not in "onx":
        return False
    unit = words[position + 1]
    before = text[words[position - 1].start]
    return before.isalnum() and text[unit.start : unit.end].startswith(tuple(boundaries("measure")))


def _in_compound(words: list[Word], position: int, text: str, kind: str) -> bool:
    """Whether a verb is part of a longer word (装配式), or of a firm's brand after its place (秦皇岛满仓)."""
    if position + 1 < len(words) and text[words[position + 1].start : words[position + 1].end] in FORMING:
        return True
    return kind == "enterprise" and position > 0 and words[position - 1].tag == "ns"


LEADING = frozenset("据与和由对为向及")  # function words of one character right before a firm
HELPED = re.compile("(?:支持|推动|鼓励|助力)[\u4e00-\u9fff]{2,4}$")  # 支持骐峰建设…种质资源库
RANKS = ("国际", "全国", "世界", "全球", "国家", "具有", "区域")  # 建设国际…创新中心: what a city would be
OF_BANKS = frozenset(["建设", "开发", "发展", "交通"])  # 建设银行骐江分行
OF_BODIES = frozenset("局委办厅部院所会校行社府")  # last characters of public bodies
JOINTLY = ("合作", "共同", "联合")  # 与骐川研究院合作建设基地
FOUNDS = frozenset("设办")  # verbs of one character that stand right before what is founded
QUALITY = frozenset(["高效", "高质量", "高标准"])  # after a place and before a noun, part of a name
FROM = frozenset("距离沿隔傍靠临邻毗属占达驱往访赴抵经称")  # verbs before a place
BRACKET_OPENS = frozenset("含原即")  # (含骐湖科学岛)
FORMING = frozenset("式型性")  # make an attribute of the verb before them


def _after_digit(text: str, at: int) -> bool:
    """Whether a unit stands there after a numeral (13届, 12月, 100亿级, 1.6万根)."""
    if at > 1 and text[at - 1] in "万亿" and text[at - 2].isdigit():
        return text[at] in CLASSIFIERS
    return at > 0 and text[at - 1].isdigit() and text[at] in "亿万千百吨届级强个余月年日条家座项亩场处"


CLASSIFIERS = frozenset("个根件只台套辆吨米条块张支把双盏枚颗箱包瓶副部架艘株头羽亩名人户家次")


def _weak_edge(text: str, start: int, word: Word, kept: list[Word], kind: str) -> bool:
    """Whether a name cannot begin with this word: adverbs, adjectives of rank, counts."""
    piece = text[start + word.start : start + word.end]
    if piece == "向" and kind == "initiative" and len(kept) > 1 and kept[1].end - kept[1].start == 1:
        return False
    if piece in BRACKET_OPENS and text[max(0, start + word.start - 1) : start + word.start] in ("(", "（"):
        return len(kept) > 1
    if word.tag in ("d", "u", "c", "p", "r", "q", "f", "m") and len(piece) == 1 and len(kept) > 1:
        return kept[1].tag != "o"
    if piece == "起" and text[max(0, start + word.start - 1) : start + word.start] in SINCE:
        return len(kept) > 1  # 8月份起骐屏科技工业园
    if piece == "原" and len(kept) > 1 and kept[1].tag[0] == "n" and kept[1].end - kept[1].start > 1:
        return True  # 原粮油产业园区: what it was
    return (
        word.tag in ("t", "d")
        and not begins_known(text, start + word.start)
        and len(piece) > 1
        and piece not in TIMELESS
        and (kind != "park" or piece != "青年")
    )


SINCE = ("份", "日", "月", "年", "时")  # before 起
TIMELESS = ("现代", "未来", "当代", "新时代")  # words of time that begin names


def _restart(text: str, start: int, kept: list[Word], left: int, kind: str) -> tuple[int, list[Word]]:
    """A district's name inside begins the name where only common words stand before it."""
    first = text[left : start + kept[0].end] if kept else ""
    graded = first in boundaries("zone") or first in boundaries("grade")
    if kind == "park" and graded and proper(text, start, kept[1:]):
        return start + kept[1].start, kept[1:]
    placed = next((i for i, w in enumerate(kept) if w.tag == "ns"), 0)
    within = _within(text, start, kept) if kind == "park" else 0
    if within:
        return start + kept[within].start, kept[within:]
    if kind == "park" and placed and first in boundaries("size"):
        return start + kept[placed].start, kept[placed:]  # 重点投资载体骐江开发区
    quoted = kind == "park" and text[left : left + 1] == "“"  # “大骊拉”户外运动集聚区
    if kept and (quoted or _headed(text, start, kept, left, kind, placed)):
        return left, kept
    if len(kept) > 1 and kept[0].tag == "o" and kept[1].tag == "ns" and text[left].isalnum():
        # Nothing else explains the character (、红莲湖…, 据明阳新能源…有限公司).
        clear = left == 0 or text[left - 1] in HARD or (kind == "enterprise" and text[left - 1] in LEADING)
        towards = kind == "park" and (text[left] in "东西南北" or (clear and text[left] not in FROM))
        firm = (
            kind in ("enterprise", "institution") and clear and text[left] not in FROM
        )  # 、小松山推…公司, 、紫金山实验室
        whole = towards or firm or text[left : left + 2] in districts()
        return (left, kept) if whole else (start + kept[1].start, kept[1:])
    for position, word in enumerate(kept):
        if word.tag == "ns" and position and text[start + word.start - 1] in "(（":
            break  # 西部(重庆)科学城
        if kind == "park" and position and word.tag == "ns" and _spoken(text, start, kept[:position]):
            return start + word.start, kept[position:]
        if word.tag == "o" and kind == "park":
            continue
        if word.tag in ("o", "x"):
            break
        if word.tag == "ns":
            before = text[left : start + word.start]
            after = kept[position + 1 :]
            if (
                position
                and not (before in OF_THE_LAND and text.startswith("中国", start + word.start))
                and not before.endswith((*boundaries("host"), "”", "’"))
                and distinct(text, start, after, "*")
            ):
                return start + word.start, kept[position:]
            break
    return left, kept


OF_THE_LAND = ("美丽", "健康", "数字", "平安")  # 美丽中国 is one word


def _within(text: str, start: int, kept: list[Word]) -> int:
    """Which word names the first place again: there a park begins that lies in the zone before it
    (昌州经济技术开发区|昌州科技园)."""
    first = text[start + kept[0].start : start + kept[0].start + 2] if kept else ""
    again = (i for i, w in enumerate(kept) if i > 1 and text.startswith(first, start + w.start))
    return next((i for i in again if kept[0].tag == kept[i].tag == "ns"), 0)


ALLIED = re.compile("中[德新意日韩以法瑞俄马欧丹芬美加英奥荷捷泰哈蒙白匈葡澳巴印老越缅柬]")  # two countries


def _headed(text: str, start: int, kept: list[Word], left: int, kind: str, placed: int) -> bool:
    """Whether a name that everyone knows stands first (宝武清能: no 武清), or a park's brand before its place
    that nothing else stands before (、骐隆昆山产业园)."""
    if begins_known(text, left, HEADING if kind == "park" else HEADING[:1]):
        return True
    if kind == "park" and placed and ALLIED.fullmatch(text[left : start + kept[placed].start].rstrip("(（")):
        return True  # 中以常州创新园
    if kind != "park" or not placed or left != window(text, left + 1):
        return False
    said = [w for w in kept[:placed] if text[start + w.start : start + w.end] not in IN_BRANDS]
    return unknown(text[left : start + kept[placed].start]) and not _spoken(text, start, said)


def _spoken(text: str, start: int, before: list[Word]) -> bool:
    """Whether the words before a district's name are talk, no part of a park's name (常说西青…)."""
    brand = [w for w in before if w.tag == "o" and text[start + w.start] in NAMING]
    said = [w for w in before if w not in brand]
    return any(
        FUNCTION.get(char, "q") in "vdprcu" for w in said for char in text[start + w.start : start + w.end]
    )


NAMING = frozenset("比正太达")  # function characters that begin brands, where `cut` leaves them unclaimed
OPENS_BRAND = frozenset("都地")  # particles that between a place and an unclaimed character begin a brand
IN_BRANDS = frozenset("达超同近")  # verbs that after an unclaimed character are part of a brand (骐达, 顺超)
