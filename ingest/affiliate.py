"""How the entities of a report hang together: who stands where, who bears or builds what.

In: paragraphs, the names in them, their times and the report's entities. Out: `Tie`s, each with the stretch
that tells it. What a name itself says (a firm's place, a plan's years) is told by where it stands in full; how
far a project has got is read by `progress`.
It refuses what no words tell: being named in one sentence ties nothing. The words are in
`relation_words.csv`; a clause is read once, and looked at for a few tens of characters around each name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ingest import progress
from ingest.entities import without_place
from ingest.model import Entity, EntityKind, Name, Paragraph, Span
from ingest.periods import Reference, Time
from ingest.places import place
from ingest.relate import Statement
from ingest.wording import any_of
from seeds import lookup


class Tie(NamedTuple):
    """A relation where it is told: clean offsets in a paragraph, whose it is, what it is.

    `object_id` is the id of a district, park, institution or enterprise; `value` its name, or the value.
    """

    paragraph: int
    start: int
    end: int
    kind: EntityKind
    id: str
    relation: str
    object_id: str | None
    value: str


class Patterns(NamedTuple):
    """What may stand between or beside names, compiled."""

    inside: re.Pattern[str]
    settles: re.Pattern[str]
    gets: re.Pattern[str]
    at: re.Pattern[str]
    opens: re.Pattern[str]
    housed: re.Pattern[str]
    held: re.Pattern[str]
    joins: re.Pattern[str]
    hosts: re.Pattern[str]
    allied: re.Pattern[str]
    borne: re.Pattern[str]
    funds: re.Pattern[str]
    funded: re.Pattern[str]
    through: re.Pattern[str]
    resumes: re.Pattern[str]
    graded: re.Pattern[str]
    raised: re.Pattern[str]


REACH = 26  # characters beside a park in which its grade is told
SITED = ("enterprise", "initiative", "institution")
FIXED = ("project", "platform", "event")  # initiatives that stand in one place
_ATTRIBUTE = r"(?:由[^，。；：]{0,16})?(?:计划|概算|拟)?总?(?:投资|占地|用地|规划)[^，。；：]{0,36}的"
"""总投资32亿元、占地420亩的: what may stand between a place and the project in it."""


def _any(role: str) -> str:
    return f"(?:{any_of(progress.words(role))})"


@cache
def patterns() -> Patterns:
    """The patterns of `relation_words.csv`; each is bounded, and matched at a name's edge."""
    return Patterns(
        inside=re.compile(r"(?:境内|园内|内|里)?(?:的[^，。；：、的]{0,14}|(?:龙头|骨干|重点|链主)?企业)?"),
        settles=re.compile(rf"(?:等[^，。；：]{{0,14}})?[^，。；：、的]{{0,8}}{_any('settle')}(?:到|于|在|了)?(?:[^，。；：、的]{{0,3}})"),
        gets=re.compile(rf"[^，。；：、的]{{0,12}}{_any('gets')}(?:了|出|有|着)?(?:[^，。；：、]{{0,12}})"),
        at=re.compile(rf"{_any('at')}$"),
        opens=re.compile(rf"(?:境内|园内|内|里|中)?(?:至今|以来|后)?[，,](?:{_ATTRIBUTE}|[^，。；：、它其同与和由向给]{{0,6}})"),
        housed=re.compile(rf"[^，。；：、的]{{0,8}}[内里]，(?:{_ATTRIBUTE})?"),
        held=re.compile(rf"(?:隆重|正式|顺利|成功|全面|集中)?{_any('held')}"),
        joins=re.compile(r"(?:、|和|与|及|以及|，|,)"),
        hosts=re.compile(rf"[^，。；：的]{{0,10}}{_any('host')}(?:了|的)?[^，。；：、的]{{0,8}}"),
        allied=re.compile(rf"[^，。；：]{{0,20}}，(?:联合|合作|携手)?{_any('host')}(?:了|的)"),
        borne=re.compile(rf"(?:等[^，。；：]{{0,8}})?(?:联合|合作|共同|牵头)?{_any('host')}"),
        funds=re.compile(rf"[^，。；：]{{0,18}}{_any('fund')}(?:[^，。；：、]{{0,12}}(?:建设|兴建|新建|打造|实施))?[了的]?[^，。；：、的]{{0,8}}"),
        funded=re.compile(rf"(?:等[^，。；：]{{0,6}})?(?:联合|共同)?(?:计划|总)?(?:{_any('fund')}|建设|开发|兴建)"),
        through=re.compile(r"(?:，|(?:是|系))?由[^，。；：]{0,12}"),
        resumes=re.compile(r"[“]?(?:[^，。；：、]{0,4}，)?(?:[该此本]|这[个一])?(?P<what>项目|工程|研究院|研究所|实验室|中心|平台|基地)(?![^，。；：]{0,6}[个名项])"),
        graded=re.compile(rf"(?<![创建争报设])(?P<word>{_any('level')})的?$"),
        raised=re.compile(rf"[^，。；：]{{0,6}}(?:获批|升级|晋升|升格|获评|认定|跻身|入选|列入|是)[^，。；：]{{0,4}}(?P<word>{_any('level')})"),
    )  # fmt: skip


def find(
    paragraphs: Sequence[Paragraph],
    names: Sequence[Name],
    entities: Mapping[str, Entity],
    times: Sequence[Sequence[Time]],
    reference: str | None,
    home: str | None,
) -> list[Tie]:
    """Every tie that the report tells, in reading order; `reference` is EDTF, `home` a code of GB/T 2260."""
    ties = list(_of_names(paragraphs, names, entities, home))
    here: dict[int, list[Name]] = defaultdict(list)
    for name in names:
        here[name.paragraph].append(name)
    for paragraph in paragraphs:
        if paragraph.kind in ("boilerplate", "credit") or paragraph.index not in here:
            continue
        reader = _Reader(paragraph, entities, times[paragraph.index], reference)
        for sentence, inside in _by_sentence(paragraph, here[paragraph.index]):
            ties.extend(reader.read(sentence, inside))
    return sorted(set(ties))


def _by_sentence(paragraph: Paragraph, names: list[Name]) -> Iterator[tuple[Span, list[Name]]]:
    rest = sorted(names, key=lambda n: (n.start, -n.end))
    at = 0
    for sentence in paragraph.sentences:
        inside = []
        while at < len(rest) and rest[at].start < sentence.end:
            inside.append(rest[at])
            at += 1
        yield sentence, inside


class _Reader:
    """Reads the sentences of one paragraph."""

    def __init__(
        self,
        paragraph: Paragraph,
        entities: Mapping[str, Entity],
        times: Sequence[Time],
        reference: str | None,
    ) -> None:
        self.paragraph = paragraph
        self.text = paragraph.text
        self.entities = entities
        self.progress = progress.Reader(
            self.text, times, Reference.parse(reference) if reference else None
        )
        self.topics: list[Name] = []  # what 该项目 may stand for in the next sentence

    def read(self, sentence: Span, names: list[Name]) -> Iterator[Tie]:
        whole: list[Name] = []
        for name in names:  # in the order of their starts, the longest first
            if not whole or name.end > whole[-1].end:
                whole.append(name)
        resumed = self._resumed(sentence)
        if resumed:
            yield from self._of_topic(sentence, whole, *resumed)
        yield from self._within_names(names, whole)
        yield from self._between(sentence, whole)
        yield from self._progress(sentence, whole)
        for name in whole:
            if name.kind == "park":
                yield from self._level(sentence, name)
        self._turn(whole, resumed)

    def _tie(self, name: Name, relation: str, object_id: str | None, value: str, *others: Name) -> Tie:
        start = min(n.start for n in (name, *others))
        end = max(n.end for n in (name, *others))
        return Tie(self.paragraph.index, start, end, name.kind, name.id, relation, object_id, value)

    # ---- what the sentence before spoke of ----

    def _resumed(self, sentence: Span) -> tuple[Name, int] | None:
        """What the sentence's first words (该项目, 研究院) stand for, and where they end."""
        opens = patterns().resumes.match(self.text, sentence.start, sentence.end)
        if not opens:
            return None
        kind = "initiative" if opens["what"] in ("项目", "工程") else "institution"
        meant = {
            name.id: name
            for name in self.topics
            if name.kind == kind
            and (kind == "initiative" or self.entities[name.id].name.endswith(opens["what"]))
        }
        return (next(iter(meant.values())), opens.end()) if len(meant) == 1 else None

    def _turn(self, names: list[Name], resumed: tuple[Name, int] | None) -> None:
        named = [n for n in names if n.kind in ("initiative", "institution") and n.id in self.entities]
        works = [n for n in named if n.kind != "initiative" or self.entities[n.id].subkind == "project"]
        self.topics = works or ([resumed[0]] if resumed else [])

    def _of_topic(self, sentence: Span, names: list[Name], topic: Name, opening: int) -> Iterator[Tie]:
        first = next((name for name in names if name.kind in ("enterprise", "institution")), None)
        gap = self.text[opening : first.start] if first else ""
        if first and patterns().through.fullmatch(gap):
            yield from self._by(topic, [first])
        if topic.kind == "initiative":
            until = next((n.start for n in names if n.kind == "initiative"), sentence.end)
            for event in self.progress.of_sentence(Span(topic.start, topic.end), opening, until):
                yield self._told(topic, event)

    # ---- two names and what stands between them ----

    def _between(self, sentence: Span, names: list[Name]) -> Iterator[Tie]:
        lists = self._lists(names)
        pairs = list(pairwise(lists))
        # a district in the description of what follows: 园区内，由深圳客商投资建设的 X
        pairs += [
            (a, c)
            for a, b, c in zip(lists, lists[1:], lists[2:], strict=False)
            if names[b[0]].kind == "district" and names[c[0]].kind not in ("district", "park")
        ]
        for (first, last), (then, end) in pairs:
            left, right = names[first : last + 1], names[then : end + 1]
            yield from self._sites(sentence, left, right)
            yield from self._bearers(left, right)

    def _sites(self, sentence: Span, left: list[Name], right: list[Name]) -> Iterator[Tie]:
        p = patterns()
        a, b = left[-1], right[0]
        gap = self.text[a.end : b.start]
        if len(left) == 1 and a.kind in ("park", "district"):
            opened = p.at.search(self.text[max(sentence.start, a.start - 6) : a.start]) is not None
            near = (
                p.inside.fullmatch(gap) or p.housed.fullmatch(gap)
                if a.kind == "park" or gap
                else None  # a district before a name without a word between is part of another phrase
            )
            if near or p.gets.fullmatch(gap) or (opened and p.opens.fullmatch(gap)):
                yield from self._within(right, a)
        if b.kind in ("park", "district"):
            held = gap == "在" and p.held.match(self.text, b.end)
            if held or p.settles.fullmatch(gap):
                yield from self._within(left, b)

    def _bearers(self, left: list[Name], right: list[Name]) -> Iterator[Tie]:
        p = patterns()
        a, b = left[-1], right[0]
        gap = self.text[a.end : b.start]
        allied = self.text[max(0, a.start - 2) : a.start].endswith(("与", "和", "同", "联合", "携手"))
        if b.kind == "institution" and (p.hosts.fullmatch(gap) or (allied and p.allied.fullmatch(gap))):
            for bearer in left:
                yield from self._host(right, bearer)
        if b.kind == "initiative" and p.funds.fullmatch(gap):
            for bearer in left:
                yield from self._fund(right, bearer)
        if len(left) == 1 and p.through.fullmatch(gap):
            yield from self._by(a, right)

    def _by(self, borne: Name, bearers: list[Name]) -> Iterator[Tie]:
        """X 由 A、B 共建, X 由 A 投资."""
        p = patterns()
        end = bearers[-1].end
        for bearer in bearers:
            if borne.kind == "institution" and p.borne.match(self.text, end):
                yield from self._host([borne], bearer)
            if borne.kind == "initiative" and p.funded.match(self.text, end):
                yield from self._fund([borne], bearer)

    def _lists(self, names: list[Name]) -> list[tuple[int, int]]:
        """Runs of names of one kind with nothing but 、 between them."""
        runs: list[tuple[int, int]] = []
        for i, name in enumerate(names):
            alike = runs and names[i - 1].kind == name.kind and name.kind not in ("park", "district")
            if alike and patterns().joins.fullmatch(self.text[names[i - 1].end : name.start]):
                runs[-1] = (runs[-1][0], i)
                continue
            runs.append((i, i))
        return runs

    def _within(self, names: list[Name], site: Name) -> Iterator[Tie]:
        for name in names:
            row = self.entities.get(name.id)
            if name.kind not in SITED or row is None or not _sited(row):
                continue
            known = self.entities.get(site.id)
            value = known.name if known else self.text[site.start : site.end]
            yield self._tie(name, site.kind, site.id, value, site)

    # ---- who bears an institution ----

    def _host(self, institutions: list[Name], bearer: Name) -> Iterator[Tie]:
        row = self.entities.get(bearer.id)
        if (
            row is None
            or bearer.kind not in ("enterprise", "institution")
            or row.subkind == "government body"
        ):
            return
        for name in institutions:
            own = self.entities.get(name.id)
            if name.kind == "institution" and own and own.subkind not in ("government body", "university"):
                yield self._tie(name, "host", bearer.id, row.name, bearer)

    def _fund(self, works: list[Name], bearer: Name) -> Iterator[Tie]:
        row = self.entities.get(bearer.id)
        for name in works:
            own = self.entities.get(name.id)
            if row and own and bearer.kind == "enterprise" and own.subkind == "project":
                yield self._tie(name, "enterprise", bearer.id, row.name, bearer)

    def _within_names(self, names: list[Name], whole: list[Name]) -> Iterator[Tie]:
        """The university or firm that the name of an institution or a project begins with."""
        outermost = {name.start: name for name in whole}
        for inner in names:
            outer = outermost.get(inner.start)
            if outer is not None and outer is not inner and outer.kind == "institution":
                yield from self._host([outer], inner)
            if outer is not None and outer is not inner and outer.kind == "initiative":
                yield from self._fund([outer], inner)

    # ---- how far a project has got ----

    def _progress(self, sentence: Span, names: list[Name]) -> Iterator[Tie]:
        """What the sentence tells of each initiative, up to where it turns to another."""
        schemes = [name for name in names if name.kind == "initiative"]
        for i, name in enumerate(schemes):
            until = schemes[i + 1].start if i + 1 < len(schemes) else sentence.end
            row = self.entities.get(name.id)
            if row is None:
                continue
            works = row.subkind not in ("plan", "policy", "mechanism", "action")
            for event in self.progress.of_name(sentence, Span(name.start, name.end), until, works=works):
                yield self._told(name, event)

    def _told(self, name: Name, event: progress.Event) -> Tie:
        return Tie(
            self.paragraph.index, event.start, event.end, name.kind, name.id, event.relation, None, event.value
        )

    def _level(self, sentence: Span, name: Name) -> Iterator[Tie]:
        p = patterns()
        if self.text[name.start : name.end] in _bare_parks():
            return  # 省级开发区 is a class of them
        low = max(sentence.start, name.start - 6)
        after = self.text[name.end : min(sentence.end, name.end + REACH)]
        told = p.graded.search(self.text[low : name.start]) or p.raised.match(after)
        if told:
            yield self._tie(name, "level", None, progress.words("level")[told["word"]])


@cache
def _bare_parks() -> frozenset[str]:
    return frozenset(row["suffix"] for row in lookup("name_suffixes") if row["kind"] == "park")


def _sited(row: Entity) -> bool:
    return row.kind != "initiative" or row.subkind in FIXED


def _of_names(
    paragraphs: Sequence[Paragraph], names: Sequence[Name], entities: Mapping[str, Entity], home: str | None
) -> Iterator[Tie]:
    """What a name says itself, told where it first stands in full."""
    seen: set[str] = set()
    for name in names:
        row = entities.get(name.id)
        if row is None or name.id in seen:
            continue
        if paragraphs[name.paragraph].text[name.start : name.end] != row.name:
            continue
        seen.add(name.id)
        told = {
            "kind": row.subkind if row.kind == "park" else None,
            "level": row.level,
            "industry": row.industry,
        }
        told["period"] = row.period
        for relation, value in told.items():
            if value:
                yield Tie(name.paragraph, name.start, name.end, row.kind, row.id, relation, None, value)
        _, places = without_place(row.name)
        code = place(places[-1], home) if places else None
        if code and places:
            yield Tie(name.paragraph, name.start, name.end, row.kind, row.id, "district", code, places[-1])


def settle(entities: Mapping[str, Entity], ties: Sequence[Tie]) -> None:
    """Fill in what the rows of the entities do not tell yet: the first that is told of each."""
    for tie in ties:
        row = entities[tie.id]
        if tie.relation == "park" and row.park_id is None and row.kind in ("enterprise", "initiative"):
            row.park_id = tie.object_id
        elif tie.relation == "status" and row.kind == "initiative":
            row.status = tie.value  # the last that is told stands
        elif tie.relation == "level" and row.level is None:
            row.level = tie.value
        elif tie.relation in ("start", "end") and row.kind == "initiative":
            row.period = _period(row.period, tie)


def _period(period: str | None, tie: Tie) -> str:
    """The period with a start or an end put in where it has none; a plan's own years stay."""
    first, last = (period or "../..").split("/") if "/" in (period or "/") else (period or "", period or "")
    if tie.relation == "start":
        first = tie.value.split("/")[0] if first == ".." else first
    else:
        last = tie.value.split("/")[-1] if last == ".." else last
    return f"{first}/{last}" if first != last else first


def amounts(
    statements: Sequence[tuple[Paragraph, Statement]],
    names: Sequence[Name],
    entities: Mapping[str, Entity],
) -> list[Tie]:
    """What an initiative costs, in yuan: the investments told of it, or of what stands right behind them
    (总投资12亿元的 X). What has been spent of it so far is another figure."""
    works: dict[int, list[Name]] = defaultdict(list)
    for name in sorted(names, key=lambda n: (n.paragraph, n.start)):
        if name.kind == "initiative" and name.id in entities:
            works[name.paragraph].append(name)
    found = []
    for p, s in statements:
        if s.unit != "元" or s.measure != "level" or "投资" not in s.indicator:
            continue
        start, end = s.quantity.start, s.quantity.end
        if _SPENT.search(p.text[max(0, start - 12) : start]):
            continue
        near = _costing(p, s, works.get(p.index, []))
        if near is not None:
            start, end = min(start, near.start), max(end, near.end)
        id = near.id if near else s.subject.id if s.subject.type == "initiative" else None
        if id is not None:
            value = f"{s.value.normalize():f}"
            found.append(Tie(p.index, start, end, "initiative", id, "amount", None, value))
    return found


_SPENT = re.compile(r"(?:完成|到位|年度|年内|已)[^，。；：]{0,6}$")
_COSTING = re.compile(r"(?:、[^，。；：]{0,24})?的[“《]?")
_FAR = 160  # characters between a project and what is told of it


def _costing(p: Paragraph, s: Statement, works: list[Name]) -> Name | None:
    """The mention of the project that the sum belongs to: right behind it, else the subject's last before."""
    at = bisect_left(works, s.quantity.end, key=lambda n: n.start)
    if at < len(works) and _COSTING.fullmatch(p.text[s.quantity.end : works[at].start][:_FAR]):
        return works[at]
    before = works[at - 1] if at else None
    own = before is not None and before.id == s.subject.id and s.quantity.start - before.end < _FAR
    return before if own else None
