"""The names that a text gives to its own things and that no table knows: a port, a hall, a plant, a village.

In: a report's paragraphs and where its names stand. Out: the things, by name, and where in a paragraph
they stand. A thing is known by what its name ends in (`line`, `site`, `thing`, `town`, `service` of
`wording.csv`), by being named more than once, spoken of again (该小区) or told where it lies, and by an edge:
it opens a clause, follows a place's name or a word that leads to a place. A name in quotes is known by its
kind. Everyday words (农村, 农贸市场) are none. Whether one holds a figure is for `holders` and `subjects`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from ingest import lexicon, opening
from ingest.model import Name, Paragraph, SubjectType
from ingest.sections import Subject
from ingest.things import Mark, proper
from ingest.wording import listed, members

LONGEST = 16
"""Characters of a name before what it ends in."""
SHORTEST = 2
"""Characters of the name of a thing, or of a village, before a kind of one character."""
TWICE = 2
"""Times that a text names a thing of its own."""
_STOPS = "。；！？\n▲●■◆"
_RUN = re.compile("[\u4e00-\u9fff·]{1,16}$")
# What a name may follow; the last of them in a run of characters.
_LEADS = re.compile(
    ".*(?:随着|作为|走进|来到|位于|坐落于|地处|登临|抵达|落户|入驻|毗邻|紧邻|围绕|依托|走入|打造|建成|建设|建起|开发|上线|推出|搭建|运营|建立|发起|设立|支援|帮助|[在从到由与和及至对将把为是的于入往让以])"
)
_SETTLES = re.compile("(?:走进|来到|位于|坐落于|地处|登临|抵达|落户|入驻|走入)$")
_MADE = re.compile("(?:打造|建成|建设|开发|上线|推出|搭建|运营|建立|发起|设立|位于|走进|来到|支援)了?$")
_HEADED = re.compile(
    "(?:负责人|主任|馆长|站长|厂长|场长|党委|党总支|党支部|村支书|书记|镇长|乡长|村委|居委|第一书记|管理处|讲解员)"
)
# 合力大厦B座位于…, 大樟溪发源于…
_LIES = re.compile(
    "(?:[A-Z\\d]?[座栋])?(?:现|总|，)*(?:位于|坐落|地处|占地|建筑面积|规划面积|始建于|建于|发源于|全长)"
)
# 村民, 港口, 公路网: a longer word, or another's name; 佛顶山下, 东村73岁的老人: where someone is.
_LONGER = re.compile(
    "[\u4e00-\u9fff]{0,3}(?:公司|企业|集团|局|大队|管委会|学院|大学|医院|博览会|论坛|大会)"
    "|[级域民委容貌庄口群网路股客密土]|(?<=湾)区|(?<=[厂楼站])(?:房|长|台|市|盘|区)"
    "|集体经济|[\u4e00-\u9fff]?[镇乡村](?![级民])|镇化|[下旁边畔上]的?(?![线市马调])|\\d+岁"
)
_NO_HEAD = re.compile(
    "随着|作为|通过|依托|围绕|为[了在]|由于|对于|位于|来到|走进|[全各每个多该本这那某我其等有无新老旧大小一二三两几数第首最被并且也都不将要了着过]|建成|新建|建设"
    "|打造|推进|推动|实施|加快|发展|培育|改造|拥有|开通|国家级|省级|市级|县级|重点|主要|部分|所有|大型|现代|传统|特色"
)
_THIS = re.compile("[全各每该本这那某我其首最两几]|园区|项目|规划|总|现有|目前|区域|城市|主|核心")
_NO_TOWN = re.compile(
    ".*(?:[全各个多该本农乡城行建新老古渔特强名重样中两几的为在是有等]|先进|示范|行政|自然|贫困|边境|脱贫|重点"
    "|振兴)$"
)


_AGAIN = opening.Seldom("(?:[该此本]|这[一个座条家处]*)(?P<kind>[\u4e00-\u9fff]{1,4})")
# “武碳江湖”小程序, “绿乡花田”游乐园
_QUOTED = opening.Seldom(
    "“(?P<name>(?![一二三四五六七八九十\\d+]+[个大项])[^“”，。；：、]{2,12})”(?P<kind>(?:(?![等的和与])[\u4e00-\u9fff]){0,4}?"
    f"(?:{listed('service')}|{listed('thing')}|{listed('site')}))(?:[(][\u4e00-\u9fff]{{2,6}}[)])?(?![\u4e00-\u9fff]?[化型级])"
)


# “政策计算器”汇集政策2.2万条
_QUOTED_DOER = opening.Seldom(
    "“(?P<name>(?![一二三四五六七八九十\\d+]+[个项])[^“”，。；：、]{4,12})”(?=目前|(?:已|累计|共)*(?:汇集|注册|上线|拥有|入驻|服务|接待|吸引|覆盖|完成|实现))"
)
# 甲村“兔小兔”主题乐园
_PLACED = re.compile("(?:^|[，。；：\n])(?P<place>[\u4e00-\u9fff]{1,8}[村镇乡区县市园城港])$")
_QUOTE = re.compile("“[^“”]{1,12}”")
LONGEST_PLACE = 9
"""Characters before a quote in which the place of what it names may stand, with the sign before it."""
LONG_QUOTE = 5
"""Characters of a name in quotes that stands for the thing without its kind."""


@cache
def _kinds() -> tuple[AhoCorasick, list[str], dict[str, SubjectType]]:
    """What names of things end in, with the type of those that hold figures by such a name."""
    ends: tuple[tuple[frozenset[str], SubjectType], ...] = (
        (members("line"), "initiative"),
        (members("site"), "other"),
        (members("thing"), "other"),
        (members("town"), "district"),
        (members("service"), "initiative"),
    )
    types = {word: type_ for words, type_ in ends for word in words}
    kinds = sorted(types)
    return AhoCorasick(kinds, matchkind=MatchKind.LeftmostLongest), kinds, types


class _Edge(NamedTuple):
    """How a name is met where it may begin: as a place that one comes to or that someone heads, as
    something that was made, or as what a text opens on to say where it lies."""

    kind: str
    known: bool = False
    made: bool = False
    lies: bool = False


def of(paragraphs: Sequence[Paragraph], names: Sequence[Name]) -> Own:
    """The things that a report names itself; linear in its length."""
    read = [p for p in paragraphs if p.kind not in ("boilerplate", "credit")]
    own = _by_kind(read, names)
    quoted = Counter(m[0] for p in read if "“" in p.text for m in _QUOTE.finditer(p.text))
    for paragraph in read:
        for match in _QUOTED.finditer(paragraph.text):
            if _LONGER.match(paragraph.text, match.end()):
                continue
            own[match[0]] = "initiative"
            if len(match["name"]) >= LONG_QUOTE:
                own.setdefault(f"“{match['name']}”", "initiative")
        for match in _QUOTED_DOER.finditer(paragraph.text):
            if quoted[match[0]] >= TWICE:
                cluster = match["name"].endswith(("产业", "集群", "产业链"))
                own.setdefault(match[0], "cluster" if cluster else "initiative")
    return Own(own)


def _by_kind(paragraphs: Sequence[Paragraph], names: Sequence[Name]) -> dict[str, SubjectType]:
    """The names that end in a kind of thing and are no everyday words."""
    types = _kinds()[2]
    heard: Counter[str] = Counter()
    edges: dict[str, _Edge] = {}
    ends: dict[int, set[int]] = {}
    for name in names:
        ends.setdefault(name.paragraph, set()).add(name.end)
    for paragraph in paragraphs:
        _meet(paragraph, ends.get(paragraph.index, set()), heard, edges)
    again = {m["kind"][:size] for p in paragraphs for m in _AGAIN.finditer(p.text) for size in (1, 2, 3, 4)}
    own: dict[str, SubjectType] = {}
    for said, edge in edges.items():
        spoken_of = edge.made and any(edge.kind[at:] in again for at in range(len(edge.kind)))
        if not (spoken_of or edge.lies) and heard[said] < TWICE:
            continue
        type_, head = types[edge.kind], said.removesuffix(edge.kind)
        sure = spoken_of or type_ == "district" or edge.known or edge.lies or proper(head)
        lies = edge.lies and len(head) >= SHORTEST and not _THIS.match(head)
        if sure and (lies or _may_be(head, edge.kind, type_)):
            own[said] = type_
    return own


def _meet(paragraph: Paragraph, near: set[int], heard: Counter[str], edges: dict[str, _Edge]) -> None:
    """Count all that may be names in a paragraph, and note those that have an edge before them; names of
    the tables end at `near`."""
    automaton, kinds, _ = _kinds()
    text, titled = paragraph.text, paragraph.kind in ("title", "heading")
    for found, start, end in automaton.find_matches_as_indexes(text):
        run = _RUN.search(text, max(0, start - LONGEST), start)
        if run is None or _LONGER.match(text, end):
            continue
        low = max((run.start(), *(at for at in range(run.start(), start) if at in near)))
        heard.update(text[at:end] for at in range(low, start))
        sure = low in near or titled or bool(_HEADED.match(text, end))
        lies = (not low or text[low - 1] in _STOPS) and bool(_LIES.match(text, end))
        lead = _LEADS.match(text, low, start)
        at = lead.end() if lead and lead.end() < start else low
        for begin in {low, at}:
            led = begin == at and at > low
            known = sure or (led and bool(_SETTLES.search(text, low, at)))
            made = led and bool(_MADE.search(text, low, at))
            before = edges.get(name := text[begin:end], _Edge(kinds[found]))
            opens = lies and begin == low
            edges[name] = _Edge(before.kind, before.known or known, before.made or made, before.lies or opens)


def _may_be(head: str, kind: str, type_: SubjectType) -> bool:
    """Whether the words before a kind may be a name: 怡德苑, 康, but not 农贸 or 全."""
    if type_ == "district":
        return len(head) <= 4 and not _NO_TOWN.match(head) and lexicon.words().get(head + kind) is None
    if len(head) + len(kind) <= SHORTEST or _NO_HEAD.match(head):
        return False
    words = lexicon.cut(head)
    if all(word.tag == "ns" for word in words) or lexicon.words().get(head + kind):
        return False
    return len(words) > 1


class Own:
    """The things of a report, asked where they stand."""

    def __init__(self, types: Mapping[str, SubjectType]) -> None:
        self.things = {name: Subject(name, type_, None) for name, type_ in types.items()}
        self._names = sorted(self.things)
        self._automaton = (
            AhoCorasick(self._names, matchkind=MatchKind.LeftmostLongest) if self._names else None
        )

    def heard(self, text: str) -> Counter[Subject]:
        """How often a text names each of them."""
        if self._automaton is None:
            return Counter()
        found = self._automaton.find_matches_as_indexes(text)
        return Counter(self.things[self._names[index]] for index, _, _ in found)

    def find(self, text: str, taken: bytearray) -> Iterator[Mark]:
        """Where they stand in a paragraph, outside of what is taken (a byte a character), which those found
        are from then on."""
        if self._automaton is None:
            return
        for found, start, end in self._automaton.find_matches_as_indexes(text):
            if not _LONGER.match(text, end) and _is_free(text, start, end, taken):
                quoted = text[start] == "“"
                placed = _PLACED.search(text, max(0, start - LONGEST_PLACE), start) if quoted else None
                low = placed.start("place") if placed else start
                taken[low:end] = b"\1" * (end - low)
                yield Mark(low, end, self.things[self._names[found]])


def _is_free(text: str, start: int, end: int, taken: bytearray) -> bool:
    """Whether no other name stands there, but for one inside quotes, which is part of the name."""
    if text[start] != "“":
        return taken.find(1, start, end) < 0
    return not (taken[start] or (taken[end - 1] and taken[end]))
