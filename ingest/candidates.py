"""Names by their own form: what they end with.

In: the clean text of a paragraph. Out: candidates, each with its place, kind and the rule that found it.
A suffix (有限公司, 高新区, 研究院; `name_suffixes.csv`) gives the right edge, `edges` the left one, `extent`
the whole name, and the suffix says how much evidence it needs: any modifier, a proper name, a governing verb,
quotation marks, or works being built. What is no name (国家级重点实验室) is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from ingest import evidence
from ingest.edges import CAMPAIGN, REACH, begins_known, boundaries, distinct, generic, proper, walk, window
from ingest.extent import FIRM_LEAD, FULL_FORMS, PHASE, whole_name
from ingest.further import QUOTABLE, from_clause, from_place, from_quote
from ingest.lexicon import FIRM_FUNCTION, Word, districts
from ingest.lexicon import words as lexicon_words
from ingest.model import EntityKind
from ingest.parks import joined
from ingest.suffixes import LAW, ZONES, Candidate, Suffix, park_words, suffixes
from ingest.told import being_built, campaigned, governed, issuing
from seeds import lookup

__all__ = ["FIRM_LEAD", "LAW", "TITLE", "ZONES", "Candidate", "Suffix", "park_words", "suffixed", "suffixes"]

TITLE = re.compile(r"《([^《》\n]{3,60})》")


def suffixed(text: str) -> list[Candidate]:
    """Every name that a suffix ends."""
    automaton, rows = suffixes()
    found: list[Candidate] = []
    doubtful: list[Candidate] = []
    titles = [m.span(1) for m in TITLE.finditer(text)]
    starts = [start for start, _ in titles]
    for index, at, end in automaton.find_matches_as_indexes(text):
        held = bisect_right(starts, at) - 1
        if held >= 0 and at < titles[held][1]:
            continue
        made = _by_suffix(text, rows[index], at, end)
        if made is not None:
            (found if made.sure else doubtful).append(made)
            if made.kind == "park" and made.end > end and rows[index].subkind in ZONES:
                found.append(replace(made, end=end))  # the zone of a part
    return [*found, *_vouched(text, found, doubtful)] if doubtful else found


def _vouched(text: str, found: list[Candidate], doubtful: list[Candidate]) -> list[Candidate]:
    """Parks and works of common words in a list with sure ones: a member vouches for those beside it."""
    kinds = {one.kind for one in doubtful}
    ends = {one.end for one in found if one.kind in kinds}
    starts = {one.start for one in found if one.kind in kinds}
    kept: list[Candidate] = []
    for one in doubtful:
        if one.start - 1 in ends and text[one.start - 1] in "、和与及":
            kept.append(replace(one, sure=True))
            ends.add(one.end)
    for one in reversed(doubtful):
        if one.end not in ends and one.end + 1 in starts and text[one.end] in "、和与及":
            kept.append(replace(one, sure=True))
            starts.add(one.start)
    return [*kept, *_told_beside(text, [*found, *kept], [c for c in doubtful if c.end not in ends])]


def _told_beside(text: str, found: list[Candidate], doubtful: list[Candidate]) -> list[Candidate]:
    """Parks of common words that open a clause and are built on there, in a sentence with another park."""
    kept: list[Candidate] = []
    others = [one for one in (*found, *doubtful) if one.kind == "park"]
    for one in doubtful:
        opens = one.start == 0 or text[one.start - 1] in OPENS
        if one.kind != "park" or text[one.end - 1] == "港" or not opens or not BUILT.match(text, one.end):
            continue
        if any(other is not one and _one_sentence(text, one, other) for other in others):
            kept.append(replace(one, sure=True))
    return kept


def _one_sentence(text: str, one: Candidate, two: Candidate) -> bool:
    first, last = sorted((one, two), key=lambda c: c.start)
    return 0 <= last.start - first.end <= NEAR and "。" not in text[first.end : last.start]


NEAR = 100  # characters between two parks of one sentence

BUILT = re.compile(
    "[^，。；：、,;]{0,10}?(?:编制完成|建成|竣工|投用|投入使用|进展顺利|加快建设|扎实推进|全面开工|启动建设|开工建设|完工)"
    "|以[^，。；]{2,24}?为(?:主|重点|核心)|重点发展|主攻|规划面积|(?:实现|完成)[^，。；]{2,12}?\\d"
)


def _by_suffix(text: str, row: Suffix, at: int, end: int) -> Candidate | None:
    opened = window(text, at)
    if opened >= at:
        return None
    left, words = _modifier(text, row, opened, at)
    if not words or evidence.refused(row.kind, row.word, text, opened, words, end):
        return None
    if row.kind == "initiative" and row.need != "govern" and evidence.said_only(row.word, text, left, end):
        return None
    size = at - left
    whole = left > 0 and text[left - 1] in "“‘" and text[end : end + 1] in ("”", "’")
    quoted = whole or "“" in text[left:at] or "‘" in text[left:at]
    if text[left] in "“‘" and text[left + 1 : at - 1] in generic("*"):
        return None
    is_proper = proper(text, opened, words)
    is_distinct = (
        distinct(text, opened, words, row.kind) or (whole and size >= 3) or _valley(row, text, left, at)
    )
    rich = is_distinct or (end - left >= RICH and not _graded(text, opened, words[0]))
    if not is_proper and row.kind != "initiative" and _grade_inside(text, opened, words):
        return None
    if words and not quoted and row.word in CLASSES and _class(row.kind, text, opened, words):
        return None
    if row.word in PARTS and text[max(0, at - REACH) : at].endswith(park_words()):
        return None
    named = _Modifier(text, opened, left, at, end, words, is_proper, is_distinct, rich, whole, quoted)
    sized = CAPACITY.match(text, left, at)
    priced = row.subkind == "project" and ("年产" in text[left:at] or sized is not None)
    wide = row.subkind == "event" and size >= WIDE_EVENT and text.endswith(("全国", "全省"), 0, left)
    wide = wide and row.word.endswith(("赛", "展", "节"))
    accept = priced or wide or _accepted(row, named) or _holds(row, named)
    owned = row.word == "集团" and text[left:at] in boundaries("owned")
    if (is_distinct or owned) and not accept:
        accept = evidence.told_else(row.word, text, opened, words)
    plant = row.word == "基地" and is_distinct and evidence.sited_plant(text, opened, words)
    if not accept and not plant:
        common = is_distinct or not any(
            text[opened + w.start : opened + w.end] in boundaries("size") for w in words
        )
        park = row.kind == "park" and row.need != "quoted" and common and size >= 2
        park = park and text[left:end] not in districts() and text[left:at] not in PLAIN_SITES  # 连云港
        plain = not FIRM_FUNCTION.intersection(text[left:at])
        works = row.need == "works" and is_distinct and size >= 2 and plain and being_built(text, left, end)
        listed = park or works or (row.word == "工程" and rich and size >= LISTED)
        return Candidate(left, end, row.kind, row.subkind, "name.suffix.listed", False) if listed else None
    if plant:
        return Candidate(left, end, "enterprise", "plant", "name.suffix.plant")
    left, end = whole_name(text, row, left, at, end)
    if left >= at:
        return None
    if row.word == "银行" and text[left:end] in _national():
        return None
    return Candidate(left, end, row.kind, row.subkind, f"name.suffix.{row.subkind.replace(' ', '-')}")


PLAIN_SITES = ("内陆", "温泉", "农批", "沿海", "沿边")  # 内陆口岸 is a class


def _valley(row: Suffix, text: str, left: int, at: int) -> bool:
    """Whether the country stands before a valley of a trade (中国电谷): there is one of it."""
    return row.word.endswith("谷") and row.word != "硅谷" and text[left:at] in COUNTRY


COUNTRY = ("中国", "中华")


def _modifier(text: str, row: Suffix, opened: int, at: int) -> tuple[int, list[Word]]:
    """Where the name begins whose suffix stands at `at`, and the words before the suffix."""
    left, words = walk(text, opened, at, CAMPAIGN if row.need == "govern" else row.kind)
    if row.kind == "park":
        return joined(text, opened, left, words, park_words())
    allied = row.need in ("body", "seated") or (row.word.endswith("项目") and not proper(text, opened, words))
    whole = bool(words) and words[0].tag == "ns" and text.endswith(_institutions(), opened, left - 1)
    if allied and not whole and left > opened + 1 and text[left - 1] in "和及与":
        start, further = walk(text, opened, left - 1, row.kind)
        partner = row.kind == "institution" and all(w.tag == "ns" for w in further)
        if not partner and not _ended_alike(row, text, opened, left - 1):
            left, words = start, further + words  # 江西与国家…局 are two
    if row.kind == "initiative" and (row.need in QUOTABLE or row.subkind == "event"):
        left, words = from_quote(text, opened, left, at, words)
    if row.kind == "institution" and (not words or words[0].tag != "ns"):
        left, words = from_place(text, opened, left, at, words, row.word.endswith(OFFICES))
    if row.word.endswith(FULL_FORMS) and row.kind == "enterprise" and (not words or words[0].tag != "ns"):
        left, words = _registered(text, opened, left, at, words)
    if row.kind == "institution" and left > opened + 1 and text[left - 1] in "与和":
        start, further = walk(text, opened, left - 1, row.kind)
        sited = further and further[0].tag == "ns"  # 安庆中国…与…研究院
        wide = text.startswith(WIDE, start) or (sited and text.startswith(WIDE, start + _size(further[0])))
        if wide and not text.endswith(_institutions(), start, left - 1):
            left, words = start, further + words
    if row.word.endswith("项目") or row.word in PHASES:
        left, words = evidence.with_bearer(text, opened, at, left, words)
    if row.kind == "institution" and len(words) > 1 and text[left] == "与" and _size(words[0]) == 1:
        left, words = left + 1, words[1:]  # 还与骐川博物馆
    return left, words


def _registered(text: str, opened: int, left: int, at: int, words: list[Word]) -> tuple[int, list[Word]]:
    """The left edge of a firm's name in full taken back over what no short name holds."""
    start, further = from_place(text, opened, left, at, words, False)
    if not JOINING.intersection(text[start:left]):
        left, words = start, further
    if words and not distinct(text, opened, words, "enterprise"):  # 骐江市主平台园区投资|开发有限公司
        left, words = from_place(text, opened, left, at, words, True)
    before = text[opened:left]  # 得益|钟表有限公司
    traded = text.startswith("有限", at) and len(words) == 1 and 2 <= len(before) <= BRAND_MOST
    traded = traded and not any(before in boundaries(role) for role in ("stop", "govern", "makes", "founds"))
    if words and (text[left] in "(（" or traded):
        left, words = from_clause(text, opened, left, at, words)
    return left, words


BRAND_MOST = 3


def _ended_alike(row: Suffix, text: str, opened: int, end: int) -> bool:
    """Whether another institution's name ends there (辣椒协会和西瓜协会)."""
    return row.kind == "institution" and text.endswith(_institutions(), opened, end)


def _size(word: Word) -> int:
    return word.end - word.start


@cache
def _national() -> frozenset[str]:
    """Bodies of the State Council, of which one is a bank."""
    return frozenset(row["word"] for row in lookup("public_bodies") if row["role"] == "national")


JOINING = frozenset("和与及")

OFFICES = ("小组", "指挥部", "办公室", "专班")  # named after works (市高速公路建设协调领导小组)

LONG_BODY = 5  # characters of a body's ending that with its level alone names one

WIDE_LEAST = 7  # characters of such a name before its ending

WIDE = ("中国", "国际", "国家", "全国")  # open names of bodies that hold 与 (中国蜂业政策与实践研究院)


@cache
def _institutions() -> tuple[str, ...]:
    return tuple(row.word for row in suffixes()[1] if row.kind == "institution")


class _Modifier(NamedTuple):
    """What stands before the suffix `[at, end)` of a text, from `left` on, and what was seen in it."""

    text: str
    opened: int
    left: int
    at: int
    end: int
    words: list[Word]
    proper: bool
    distinct: bool
    rich: bool
    whole: bool
    quoted: bool


def _accepted(row: Suffix, m: _Modifier) -> bool:
    """Whether there is the evidence that the suffix needs."""
    size = m.at - m.left
    match row.need:
        case "any":
            own = len(row.word) >= LONG_BODY and m.text[m.left : m.at] in boundaries("level")
            seated = own and row.kind == "institution"  # 市产业技术研究院
            return seated or (size >= 2 and (m.distinct or (m.rich and size >= 8)))
        case "proper":
            wide = row.kind == "institution" and size >= WIDE_LEAST and m.text.startswith(WIDE, m.left)
            levelled = m.text[m.left] in "省市" and size >= LONG and row.subkind == "platform"
            return size >= 2 and m.distinct and (m.proper or m.whole or wide or levelled)
        case "long":
            return m.distinct and (m.proper or m.whole or size >= LONG)
        case "brand":
            branded = len(m.words) > 2 and m.words[0].tag == m.words[1].tag == "o"
            return m.distinct and branded and not m.quoted
        case "works":
            line = m.proper or evidence.provinces(m.text[m.left : m.at])
            line = line or m.text[m.at - 1] in WAYS or PHASE.match(m.text, m.end) is not None
            # 我国首个海上风电海陆一体柔性直流输电工程, 承建的枕骐山隧道双线贯通
            told = size >= LONG and m.text.endswith(("首个", "首条", "首座"), 0, m.left)
            own = size >= 3 and m.text[
                m.opened + m.words[0].start : m.opened + m.words[0].end
            ] not in generic("*")
            told = told or (own and row.word in STANDING and FINISHED.match(m.text, m.end) is not None)
            return m.distinct and (told or (size >= 2 and line and being_built(m.text, m.left, m.end)))
        case "plant":
            owned = row.word == "工厂" and begins_known(m.text, m.left) and size >= OWNED
            return m.distinct and (owned or evidence.sited_plant(m.text, m.opened, m.words))
        case "body" | "seated":
            seated = _of_place(m.text, m.opened, m.words, row.word) and not _other_word(m.text, m.at, m.end)
            zoned = row.word in BOARDS and m.text[m.left : m.at] in BOARDED
            wide = size >= WIDE_LEAST and m.text.startswith(WIDE, m.left)
            placed = m.proper or m.whole or wide or evidence.REGION.match(m.text, m.left) is not None
            parked = row.word in OFFICES and m.text.endswith(park_words(), m.left, m.at)  # 国际陆港指挥部
            return seated or parked or (row.need == "seated" and (zoned or (m.distinct and placed)))
        case "port":  # a harbour stands beside parks in a list, or is being built
            own = m.proper and 2 <= size <= PORT_MOST and m.text[m.at - 1] not in "空陆内"
            built = HARBOUR.match(m.text, m.end) is not None and being_built(m.text, m.left, m.end)
            return own and (built or THROUGHPUT.match(m.text, m.end) is not None)
        case "quoted":
            return m.quoted
        case "titled":
            plain = row.word in ("政策", "措施", "法")
            told = row.word == "政策" and m.text[m.at - 2] != "条" and governed(m.text, m.left)
            issued = plain and size >= LONG and m.distinct and issuing(m.text, m.left)
            return (m.quoted and (not plain or told)) or issued
        case "ordered" | "pilot":
            plain = m.whole and m.text[m.left : m.at].strip("“‘") in generic(row.kind)  # “服务机制”
            least = (
                REFORM
                if row.word == "改革试点" and m.text[m.at - 2 : m.at] == "综合" and m.proper
                else ORDERED
            )
            return (m.quoted and not plain) or (m.distinct and size >= least and _told_apart(row.need, m))
        case "govern":
            told = (
                m.rich
                and size >= (2 if row.word == "新政" else 4)
                and (governed(m.text, m.left) or campaigned(m.text, m.end))
            )
            return m.quoted or told or (row.word == "工程" and m.proper and size >= LONG)
    raise ValueError(f"name_suffixes.csv: {row.word} needs {row.need}, which no rule knows")


STANDING = ("高铁", "铁路", "隧道", "机场", "国际机场", "大桥", "特大桥", "水库", "灌区", "水电站")

FINISHED = re.compile(
    "(?:双线|全线|主体)?(?:顺利|正式|全面)?(?:贯通|建成(?:通车|投运|投用|通水)|通车|开工|投运|竣工|通航|合龙)"
)

OWNED = 5  # characters of a firm and its works before 工厂 (骐田汽车欧曼数字工厂)

HOLDS = re.compile(
    "(?:[一二三四]期)?(?:现有|已|目前|累计|新)?(?:入驻|入园|集聚|聚集|规划面积|规划用地|占地|在孵|引进企业|引进项目|签约项目)"
    r"[^，。；]{0,12}?\d"
    r"|(?:[\u4e00-\u9fff]{2,8}?)?(?:增长|下降|同比|增速)[^，。；]{0,4}?\d|位于|坐落|地处"
)

OPENS = frozenset("，。；：,;的\n ")

CLASS_OF = ("特色", "现代", "产业", "工业", "科技", "国家", "省级", "市级", "各类", "现代农业", "农业")


def _holds(row: Suffix, m: _Modifier) -> bool:
    """Whether a zone with a common name opens its clause and holds a figure: there is one of it here
    (双创科技园入驻企业56家)."""
    zone = row.kind == "park" and row.need in ("any", "proper", "long") and m.at - m.left >= 2
    opens = m.left == 0 or m.text[m.left - 1] in OPENS
    return zone and opens and m.text[m.left : m.at] not in CLASS_OF and HOLDS.match(m.text, m.end) is not None


HARBOUR = re.compile("[、，。；,;和及将]|$|(?:开工|扩建|建成|投运|开航|开港|通航|扩能)")  # it ends there

THROUGHPUT = re.compile("(?:全?年)?(?:完成)?(?:港口)?集装箱吞吐量")

PORT_MOST = 4  # characters of a place before its harbour

WIDE_EVENT = 4  # characters that tell one of the country's contests from others (全国青年创业大赛)

REFORM = 4  # characters of a place and what it reforms (骐门综合改革试点)

ORDERED = 6  # so long a modifier tells one mechanism or pilot from others


def _told_apart(need: str, m: _Modifier) -> bool:
    """Whether a mechanism or a pilot is one of its own: its level opens it, or it is told at length."""
    levelled = LEVELS.match(m.text, m.left) is not None
    if need == "ordered":
        return governed(m.text, m.left) and (levelled or m.at - m.left >= LONG + 2)
    wide = m.proper or levelled or m.text.startswith(("全国", "全省"), max(0, m.left - 2))
    return wide and not m.text.startswith(tuple(boundaries("pilot")), m.end)


LISTED = 6  # so long a modifier of works may stand in a list

LONG = 8  # a modifier so long names one thing

BOARDS = ("管委会", "管理委员会")

BOARDED = ("高新区", "经开区")  # of which a place has one

# Those who run it, a level or several, open a mechanism's or a pilot's name.
LEVELS = re.compile("(?:国家|全国|[省市县区部厅乡村镇]{1,3}级|厅市|部省|省部|校地|院地|县乡村|市县)")

WAYS = frozenset("路道街线桥")  # ends of a road's name (环城东路南延工程)

RICH = 7  # so many characters together make a name though each word is general (产业集群培育)

CAPACITY = re.compile(r"\d[\d.]*(?:GWh|GW|MW|MWh)(?=..)")  # 10GW骐光电池项目

PHASES = frozenset(["一期", "二期", "三期", "四期"])

PARTS = PHASES | {"起步区", "核心区"}  # of a park: the park itself

POINTS = "一二三四五六七八九十"

POINT_MOST = 3  # a longer modifier is a name (三一重工项目)

# A grade before these names a class of them (国家级新区).
CLASSES = frozenset(
    [
        "项目",
        "工程",
        "公路",
        "船闸",
        "泵站",
        "互通",
        "园区",
        "基地",
        "平台",
        "新区",
        "新城",
        "产业新城",
        "示范区",
        "集聚区",
        "先导区",
        "先行区",
    ]
)


def _class(kind: EntityKind, text: str, start: int, words: list[Word]) -> bool:
    """Whether only a place or a grade stands before the suffix (北京项目, 市级重大项目)."""
    last = text[start + words[-1].start : start + words[-1].end]
    graded = last in boundaries("size") or last in boundaries("grade")
    only_placed = all(w.tag == "ns" for w in words) and text.startswith(
        ("项目", "平台", "公路", "船闸", "泵站", "互通"), start + words[-1].end
    )
    return graded or only_placed or (kind != "park" and _listed(text, start, words))  # 三山新区 is one


def _listed(text: str, start: int, words: list[Word]) -> bool:
    """Whether the modifier begins with a numeral that counts a list's points (二聚力项目)."""
    size = words[-1].end - words[0].start
    return (
        size <= POINT_MOST and text[start + words[0].start] in POINTS and words[0].end - words[0].start == 1
    )


def _graded(text: str, start: int, word: Word) -> bool:
    """Whether the modifier opens with a grade or a size (重点, 国家级, 一批)."""
    return text[start + word.start : start + word.end] in boundaries("size")


SHORT_BODY = 2  # characters of a suffix that other words end with too (局, 委员)

NO_BODY = frozenset("长面部势域限促托员派屈堂")  # 局部, 委托, 厅堂: the suffix belongs to another word


def _other_word(text: str, at: int, end: int) -> bool:
    """Whether the suffix is part of another word (布局, 局长)."""
    return text[end : end + 1] in NO_BODY or text[at - 1 : end] in lexicon_words()


def _of_place(text: str, start: int, words: list[Word], suffix: str) -> bool:
    """Whether the modifier opens with a district or a level (市, 县) and goes on with nouns.

    Before a long suffix a name of its own may stand between (深圳市骊海管理局).
    """
    first = text[start + words[0].start : start + words[0].end]
    own = len(suffix) > SHORT_BODY
    said = all(w.end - w.start > 1 or w.tag == "c" or (own and w.tag == "o") for w in words[1:])
    placed = words[0].tag == "ns" or first in boundaries("level") | boundaries("zone")
    zone = next((i for i, w in enumerate(words) if text[start + w.start : start + w.end] in ZONE_WORDS), 0)
    if zone and all(w.tag == "o" for w in words[:zone]) and len(words) > zone + 1:
        return all(w.end - w.start > 1 for w in words[zone:])  # 骐安综合保税区投资促进局
    governs = own and first[:1] in boundaries("level") and first[1:] == "政府"  # 县政府采购中心
    return governs or (said and len(words) > 1 and placed)


ZONE_WORDS = ("综合保税区", "综保区", "保税区", "开发区", "经开区", "高新区", "新区")


def _grade_inside(text: str, start: int, words: list[Word]) -> bool:
    """Whether a grade stands in the modifier, which then speaks of a class (省级工程技术研究中心)."""
    return any(text[start + w.start : start + w.end] in boundaries("grade") for w in words)
