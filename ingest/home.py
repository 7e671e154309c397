"""Which district a report is about.

In: its title, its paragraphs and its publisher, clean. Out: a code of GB/T 2260 with what it rests on, or
None; and an issue in words wherever the evidence is thin or divided, so that nothing is guessed in silence.

The title counts first. The text is read as a tree of masses: each naming of a unit weighs on it and on all
above it, and from a unit the reading goes down to the one part that outweighs the others together, unless
the report speaks in the voice of the whole (全市, 我省). So a county's report that names its city often is
the county's, and a prefecture's bulletin that lists its counties is the prefecture's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from ingest.districts import Districts, Match, load

LEAD = 3  # paragraphs that open the report and usually say whom it is about
LEAD_WEIGHT = 3
PUBLISHER_WEIGHT = 3
OPENING_WEIGHT = 6  # the name that the report's first sentence opens with
TITLE_WEIGHT = 6
PRESENTED_WEIGHT = 40
LEAST = 3  # weight below which a part is no candidate
PART = 0.6  # of the weight of all parts, what one part must have to stand for the report
VOICE = 0.3  # of the weight or voice of the whole, what its part must reach
# 高于全市, 居全市第3位: the whole that a part is set against has no voice.
_VOICES = re.compile(
    "(?<![于居占列排在比较入为])[全我本]([省市区县州旗盟])(?!第|前列|领先|首|平均|唯一|最|率先|农博)"
)
# 在省委、省政府和市委的坚强领导下: the last that leads leads the report's own level; and 市政府认真贯彻…
# opens a sentence on its own doing.
_LED = re.compile(
    r"([省市区县州旗盟])委(?:、?[省市区县州旗盟]?政府)?的?(?:坚强|正确|统一)*(?:领导|决策部署|带领)"
)
_DOES = re.compile(r"(?:^|[。；\n\u3000])([市区县州旗盟])(?:人民)?政府(?=[\u4e00-\u9fff])")
LED_WEIGHT = 3
SPOKEN = 3
"""Voices that must be heard before they tell a whole from its part."""
SEVERAL = 2
"""Parts that a title names beside their whole, so that it is about the whole."""
_PROSE = re.compile("[，。][^，。]*。")
# 本报讯(记者 张三)6月3日，…: what stands before a report's first word.
_OPENS = re.compile(
    r"(?:[^，。]{0,12}(?:讯|电|报道|消息)[^\u4e00-\u9fff]{0,2})?(?:[(][^()]{0,24}[)])?"
    r"(?:[\d年月日至,，、\s-]|近日|日前|昨日|今年以来|今年|去年|截至目前|上半年|前?[一二三]季度)*"
)
# 江苏首家, 湖北武黄同城: the name only places what follows.
_NOT_HELD = re.compile("[首第唯最]|[\u4e00-\u9fff]{1,8}(?:博览会|推介会|大会|论坛)")
# 西藏自治区，古称“蕃”，…北邻新疆: whom a text presents, whatever it names beside.
_PRESENTED = re.compile(
    "[，,]?(?:[(（][^()（）]{0,40}[)）])?[，,]?(?:古称|简称|别称|又称|旧称|是|位于|地处|隶属|坐落)"
)
# 佛山报道, 北京8月3日电: where the reporter sits.
_SENT_FROM = re.compile(r"(?:\d{1,2}月\d{1,2}日)?(?:报道|专电|电(?=[ (]))")
# 红塔集团: the first word of a firm.
_IN_NAME = re.compile("[\u4e00-\u9fff]{0,2}(?:集团|公司|药业|股份|银行|酒业|控股|公园|广场|大桥|隧道)")
# 永胜施家河矿业公司: a name without its suffix that a firm's name begins with.
_FIRST_WORD = re.compile("[^，。；、的在有成设注和与是]{0,8}(?:公司|集团|厂)")
# 前往甲市、乙市等地学习: no part of what the report is about.
_VISITED = re.compile("(?:前往|奔赴|远赴)(?:[\u4e00-\u9fff]{2,5}、){0,4}$")
LONGEST_VISIT = 24
"""Characters before a name in which whoever goes there may be told."""
_EDGE = frozenset(" 　·:：,，—-|")


class Home(NamedTuple):
    """`basis` is title, text, publisher or none; `issue` says what makes the answer doubtful."""

    id: str | None
    basis: str
    issue: str | None


class _Weights:
    """How much a report speaks of each unit, alone and with all that lies in it."""

    def __init__(
        self,
        table: Districts,
        texts: Sequence[str],
        publisher: str | None,
        read: Sequence[Sequence[Match]],
    ) -> None:
        self.table = table
        self.own: Counter[str] = Counter()
        self.full: set[str] = set()
        self.voices = Counter(voice for text in texts for voice in _VOICES.findall(text))
        for voice in (v for text in texts for pattern in (_LED, _DOES) for v in pattern.findall(text)):
            self.voices[voice] += LED_WEIGHT
        divided: list[tuple[tuple[str, ...], int]] = []
        opening = next((index for index, text in enumerate(texts) if _PROSE.search(text)), -1)
        for index, (text, matches) in enumerate(zip(texts, read, strict=True)):
            weight = LEAD_WEIGHT if index < LEAD else 1
            opens = _OPENS.match(text).end() if index == opening else -1  # type: ignore[union-attr]
            chain = -1
            for match, following in zip_longest(matches, matches[1:]):
                chain = match.start if chain < 0 else chain
                if following and _chained(table, match, following):
                    continue
                start, chain = chain, -1
                if _VISITED.search(text, max(0, start - LONGEST_VISIT), start):
                    continue
                if _IN_NAME.match(text, match.end) or (not match.full and _FIRST_WORD.match(text, match.end)):
                    continue
                self._weigh(match, _worth(text, match, start == opens, weight), divided)
        for match in table.matches(publisher or ""):
            self._weigh(match, PUBLISHER_WEIGHT, divided)
        self.whole = self._sums()
        for ids, weight in divided:
            likely = self.likeliest(ids)
            if len(likely) == 1:
                self.own[likely[0]] += weight
        self.whole = self._sums()
        self.parts: dict[str | None, list[str]] = defaultdict(list)
        for id in sorted(self.whole):
            self.parts[table[id].parent_id].append(id)

    def _weigh(self, match: Match, weight: int, divided: list[tuple[tuple[str, ...], int]]) -> None:
        ids = plain(self.table, match)
        if len(ids) == 1:
            self.own[ids[0]] += weight
            if match.full:
                self.full.add(ids[0])
        elif ids:
            divided.append((ids, weight))

    def _sums(self) -> Counter[str]:
        sums: Counter[str] = Counter()
        for id, weight in self.own.items():
            for above in (id, *self.table.parents(id)):
                sums[above] += weight
        return sums

    def likeliest(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Of units that share a name, the one of whose surroundings the report speaks most; all where
        they tie, present ones before former ones."""
        if len(ids) == 1:
            return tuple(ids)
        around = {i: sum(self.own[j] for j in (i, *self.table.parents(i))) for i in ids}
        best = [i for i in ids if around[i] == max(around.values())]
        return tuple(i for i in best if self.table[i].valid_to is None) or tuple(best)

    def down(self, start: str | None) -> str | None:
        """The part of `start` (None for the country) that the report is about, or `start` itself."""
        while parts := self.parts.get(start):
            heaviest = max(parts, key=lambda i: (self.whole[i], i))
            if not self._stands_for(heaviest, start, sum(self.whole[i] for i in parts)):
                break
            start = heaviest
        return start

    def only(self) -> str | None:
        """The one county or prefecture that is named in full, where no other is, and no wider unit speaks
        (我市) or is named beside those it lies in."""
        deepest = max(self.own, key=lambda i: (len(self.table.parents(i)), i), default=None)
        if deepest not in self.full or self.table[deepest].level == "province":
            return None
        if any(voice != self.table[deepest].name[-1] for voice in self.voices):
            return None
        return deepest if set(self.own) <= {deepest, *self.table.parents(deepest)} else None

    def spoken_for(self) -> str | None:
        """The one unit of the level that speaks (我市, 全县) that is named far more often than its like; None
        where no level speaks or two vie. For a text of many places that `down` finds no way through."""
        voice, heard = max(self.voices.items(), key=lambda v: (v[1], v[0]), default=("", 0))
        if heard < SPOKEN:
            return None
        alike = [i for i in self.own if self.table[i].name.endswith(voice)]
        first, *others = [*sorted(alike, key=lambda i: (-self.own[i], i)), ""]
        vied = others and self.own[others[0]] * 2 > self.own[first]
        return None if vied or self.own[first] < LEAST else first

    def _stands_for(self, part: str, whole: str | None, total: int) -> bool:
        weight = self.whole[part]
        least = LEAST - 1 if self.voices[self.table[part].name[-1]] >= SPOKEN else LEAST
        if weight < least or weight < PART * total:
            return False
        if whole is None or not self.own[whole]:
            return True
        part_voice, whole_voice = (self.table[i].name[-1] for i in (part, whole))
        if part_voice == whole_voice:
            return weight >= self.own[whole]
        if self.voices[part_voice] + self.voices[whole_voice] < SPOKEN:
            return weight >= self.own[whole]
        heard = self.voices[part_voice] >= VOICE * self.voices[whole_voice]
        return weight >= VOICE * self.own[whole] and (heard or weight >= 3 * self.own[whole])


def _worth(text: str, match: Match, opens: bool, weight: int) -> int:
    """What a naming weighs that elsewhere weighs `weight`; `opens` where it is the report's first word."""
    if _SENT_FROM.match(text, match.end):
        return 1
    if not opens or _NOT_HELD.match(text, match.end):
        return weight
    return PRESENTED_WEIGHT if match.full and _PRESENTED.match(text, match.end) else OPENING_WEIGHT


def _chained(table: Districts, match: Match, following: Match) -> bool:
    """湖州市 in 湖州市吴兴区: it only says where the unit that follows lies."""
    if match.end != following.start:
        return False
    above = {parent for id in following.candidates for parent in table.parents(id)}
    return not above.isdisjoint(match.candidates)


def plain(table: Districts, match: Match) -> tuple[str, ...]:
    """The units that a match may mean when nothing is known yet; () where it may be an ordinary word."""
    if match.uses & {"common", "noun", "generic"}:
        return ()
    if match.full:
        return match.candidates
    wide = tuple(i for i in match.candidates if table[i].level != "county")
    return wide[:1] or match.candidates


def _alone(text: str, start: int, end: int) -> bool:
    """Whether a title sets the name apart: at its start or end, or between spaces and signs."""
    return (start == 0 or text[start - 1] in _EDGE) and (end == len(text) or text[end] in _EDGE)


# 占北京的1/4, 走进天津: another place than the one that the title is about.
_OTHER = re.compile("(?:占|比|超|较|居|接轨|对接|走进|走向|赴|面向|融入|承接|来自|对口)$")


LONGEST_HEAD = 40
"""Characters of a line that may be a second headline, above or below the title."""
_NO_HEAD = re.compile(
    "。|专访|主任|书记|[省市区县镇局院]长|记者|通讯员|来源|作者|日报|时报|晚报|网|电视台|[(（]\\d|^\\s*\\d"
)
# 一个GDP在四川排第50的县
_RANKED_IN = re.compile("排名?第|[第前]\\d")


def _in_title(table: Districts, title: str, weights: _Weights) -> list[tuple[str, ...]]:
    """What the title names, each as the units it may mean, without those that later ones lie in."""
    named: list[tuple[str, ...]] = []
    before: tuple[int, tuple[str, ...]] = (-1, ())
    for match in table.matches(title):
        if _OTHER.search(title, 0, match.start) or _RANKED_IN.match(title, match.end):
            continue
        choice = plain(table, match)
        if before[0] == match.start:
            inside = [i for i in match.candidates if set(before[1]).intersection(table.parents(i))]
            choice = tuple(inside) or choice
        if not choice and "noun" not in match.uses and (match.full or _alone(title, match.start, match.end)):
            choice = match.candidates
        if choice:
            before = (match.end, weights.likeliest(choice))
            named.append(before[1])
    parts: Counter[str | None] = Counter(table[ids[0]].parent_id for ids in dict.fromkeys(named))
    whole = next((ids for ids in named if parts[ids[0]] >= SEVERAL), None)
    if whole and len(whole) == 1:
        return [whole]  # 福建最新GDP排名：泉州总量最大，宁德增速最快
    above = {parent for ids in named for i in ids for parent in table.parents(i)}
    return list(dict.fromkeys(ids for ids in named if not above.issuperset(ids)))


def home(
    title: str | None,
    paragraphs_text: Sequence[str],
    publisher: str | None,
    read: Sequence[Sequence[Match]] | None = None,
) -> Home:
    """The district that a report is about. `read` is what `Districts.read` gave for the paragraphs, where
    that was asked before.

    Pure; about 5 million characters a second. Never raises: a report that names no district has no home.
    """
    table = load()
    weights = _Weights(
        table, paragraphs_text, publisher, table.read(paragraphs_text) if read is None else read
    )
    titled = _in_title(table, title or "", weights)
    if title and not titled:
        heads = [t for t in paragraphs_text[:LEAD] if len(t) <= LONGEST_HEAD and not _NO_HEAD.search(t)]
        titled = next(filter(None, (_in_title(table, head, weights) for head in heads)), [])
    text = weights.down(None) or weights.spoken_for()
    if not titled:
        return _without_title(table, weights, text, publisher, paragraphs_text)
    if len(titled) == 1 and len(titled[0]) > 1:
        # 红河 is a prefecture and a county in it: the text says which it speaks of.
        said = sorted(titled[0], key=lambda i: (-weights.own[i], i))
        if weights.own[said[0]] > 2 * weights.own[said[1]]:
            return Home(said[0], "title", None)
        if text in titled[0]:
            return Home(text, "title", None)
        names = "、".join(table.full_name(i) for i in titled[0])
        return Home(None, "title", f"the title's district may be {names}, and nothing settles which")
    first, *others = sorted((ids[0] for ids in titled), key=lambda i: (-weights.whole[i], i))
    if others and weights.whole[others[0]] * 2 > weights.whole[first]:
        names = "、".join(table[i].name for i in (first, *others))
        return Home(first, "title", f"the title names {names}, and the text hardly tells which it is about")
    apart = text is not None and not (table.is_within(text, first) or table.is_within(first, text))
    if text and apart and weights.whole[text] > 3 * weights.whole[first]:
        return Home(text, "text", f"the title names {table[first].name}, the text {table[text].name}")
    weights.own[first] += TITLE_WEIGHT
    inner = weights.down(first)
    return Home(inner, "title" if inner == first else "text", None)


_ZONE = re.compile(
    r"([\u4e00-\u9fff]{2,3})(?:国家级|国家|省级)?(?:经济技术开发区|经济开发区|高新技术产业开发区|经开区|高新区|开发区|工业园|产业园|保税区|新区)"
)


def _of_zones(table: Districts, texts: Sequence[str]) -> str | None:
    """The district after which the zones of a report are named (西青经开区), where nothing else names it."""
    heard: Counter[str] = Counter()
    for text in texts:
        for match in _ZONE.finditer(text):
            for width in (3, 2):
                ids = table.by_name(match[1][-width:])
                if ids:
                    present = [i for i in ids if table[i].valid_to is None]
                    heard.update(present[:1] if len(present) == 1 else [])
                    break
    best = heard.most_common(1)
    return best[0][0] if best and best[0][1] >= LEAST else None


_PAPER = re.compile("([\u4e00-\u9fff]{2,4}?)(?:日报|晚报|新闻网|广播电视台|电视台|融媒|发布|网$)")


def _of_publisher(table: Districts, publisher: str) -> list[str]:
    """The units that a publisher's name tells of: 湛江市统计局, 玉溪日报."""
    named = [ids[0] for match in table.matches(publisher) if len(ids := plain(table, match)) == 1]
    if not named and (paper := _PAPER.match(publisher)):
        present = [i for i in table.by_name(paper[1]) if table[i].valid_to is None]
        wide = [i for i in present if table[i].level != "county"]
        named = wide[:1] or (present if len(present) == 1 else [])
    return named


def _without_title(
    table: Districts, weights: _Weights, text: str | None, publisher: str | None, texts: Sequence[str]
) -> Home:
    named = _of_publisher(table, publisher or "")
    office = max(named, key=lambda i: len(table.parents(i)), default=None)
    if text is None:
        if office is None and (zone := _of_zones(table, texts)):
            return Home(zone, "text", None)
        if office is None and (only := weights.only()):
            return Home(only, "text", "one district is named in all the text, and hardly")
        if office is None:
            return Home(None, "none", "neither title, text nor publisher says whom the report is about")
        return Home(office, "publisher", None)
    if office and table.is_within(office, text):
        return Home(office, "publisher", None)
    if office and not table.is_within(text, office):
        return Home(text, "text", f"published in {table[office].name}, the text speaks of {table[text].name}")
    return Home(text, "text", None)
