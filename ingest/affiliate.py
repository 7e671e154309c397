"""How the entities of a report hang together: who stands where, how far a project has got, who bears what.

In: paragraphs, the names in them, their times and the report's entities. Out: `Tie`s, each with the stretch
that tells it. What a name itself says (a firm's place, a plan's years) is told by where it stands in full.
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

from ingest import periods
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
    joins: re.Pattern[str]
    hosts: re.Pattern[str]
    done: re.Pattern[str]
    doing: re.Pattern[str]
    future: re.Pattern[str]
    starts: re.Pattern[str]
    graded: re.Pattern[str]
    raised: re.Pattern[str]


LOOK_AHEAD = 4  # dates of one clause
REACH = 26  # characters of its own clause in which a project's progress is told
SITED = ("enterprise", "initiative", "institution")
FIXED = ("project", "platform", "event")  # initiatives that stand in one place


@cache
def _words(role: str) -> dict[str, str]:
    return {row["word"]: row["value"] for row in lookup("relation_words") if row["role"] == role}


def _any(role: str) -> str:
    return f"(?:{any_of(_words(role))})"


@cache
def patterns() -> Patterns:
    """The patterns of `relation_words.csv`; each is bounded, and matched at a name's edge."""
    return Patterns(
        inside=re.compile(r"(?:境内|园内|内|里)?(?:的[^，。；：、的]{0,14}|(?:龙头|骨干|重点|链主)?企业)?"),
        settles=re.compile(rf"(?:等[^，。；：]{{0,14}})?[^，。；：、的]{{0,8}}{_any('settle')}(?:到|于|在|了)?(?:[^，。；：、的]{{0,3}})"),
        gets=re.compile(rf"[^，。；：、的]{{0,12}}{_any('gets')}(?:了|出|有|着)?(?:[^，。；：、]{{0,12}})"),
        at=re.compile(rf"{_any('at')}$"),
        opens=re.compile(r"(?:境内|园内|内|里|中)?[，,](?:[^，。；：、它其同与和由向给]{0,6})"),
        joins=re.compile(r"(?:、|和|与|及|以及|，|,)"),
        hosts=re.compile(rf"[^，。；：的]{{0,10}}{_any('host')}(?:了|的)?[^，。；：、的]{{0,8}}"),
        done=re.compile(rf"(?P<word>{_any('status')})(?![会式])"),
        doing=re.compile(rf"(?P<word>{_any('status')})(?:了|好)?[“《]?$"),
        future=re.compile(_any("future")),
        starts=re.compile(_any("start")),
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
        if inside:
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
        self.times = times
        self.reference = Reference.parse(reference) if reference else None

    def read(self, sentence: Span, names: list[Name]) -> Iterator[Tie]:
        whole: list[Name] = []
        for name in names:  # in the order of their starts, the longest first
            if not whole or name.end > whole[-1].end:
                whole.append(name)
        yield from self._hosts_within(names, whole)
        yield from self._sites(sentence, whole)
        for name in whole:
            if name.kind == "initiative":
                yield from self._progress(sentence, name)
            if name.kind == "park":
                yield from self._level(sentence, name)

    def _tie(self, name: Name, relation: str, object_id: str | None, value: str, *others: Name) -> Tie:
        start = min(n.start for n in (name, *others))
        end = max(n.end for n in (name, *others))
        return Tie(self.paragraph.index, start, end, name.kind, name.id, relation, object_id, value)

    # ---- who stands where ----

    def _sites(self, sentence: Span, names: list[Name]) -> Iterator[Tie]:
        p = patterns()
        lists = self._lists(names)
        for (first, last), (then, end) in pairwise(lists):
            a, b = names[last], names[then]
            gap = self.text[a.end : b.start]
            left, right = names[first : last + 1], names[then : end + 1]
            if first == last and a.kind in ("park", "district"):
                opened = p.at.search(self.text[max(sentence.start, a.start - 6) : a.start]) is not None
                near = (
                    p.inside.fullmatch(gap)
                    if a.kind == "park" or gap
                    else None  # a district before a name without a word between is part of another phrase
                )
                if near or p.gets.fullmatch(gap) or (opened and p.opens.fullmatch(gap)):
                    yield from self._within(right, a)
            if b.kind in ("park", "district") and p.settles.fullmatch(gap):
                yield from self._within(left, b)
            if b.kind == "institution" and p.hosts.fullmatch(gap):
                for bearer in left:
                    yield from self._host(right, bearer)

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

    def _hosts_within(self, names: list[Name], whole: list[Name]) -> Iterator[Tie]:
        """The university or firm that an institution's name begins with."""
        outermost = {name.start: name for name in whole}
        for inner in names:
            outer = outermost.get(inner.start)
            if outer is not None and outer is not inner and outer.kind == "institution":
                yield from self._host([outer], inner)

    # ---- how far a project has got ----

    def _clause(self, sentence: Span, name: Name) -> tuple[int, int]:
        low = max(sentence.start, name.start - REACH)
        high = min(sentence.end, name.end + REACH)
        before = max((self.text.rfind(mark, low, name.start) for mark in "，；：。"), default=-1)
        after = [at for mark in "，；。" if (at := self.text.find(mark, name.end, high)) >= 0]
        return max(low, before + 1), min(after, default=high)

    def _progress(self, sentence: Span, name: Name) -> Iterator[Tie]:
        p = patterns()
        low, high = self._clause(sentence, name)
        before, after = self.text[low : name.start], self.text[name.end : high]
        told = p.doing.search(before) or p.done.search(after)
        row = self.entities.get(name.id)
        if told is None or row is None:
            return
        around = before[: told.start()] if told.string is before else after[: told.start()]
        status = "planned" if p.future.search(around) else _words("status")[told["word"]]
        if not (status == "completed" and row.subkind in ("plan", "policy", "mechanism", "action")):
            yield self._tie(name, "status", None, status)
        begun = p.starts.search(before) or p.starts.search(after)
        if begun is None or self.reference is None or status == "planned":
            return
        first = bisect_left(self.times, low, key=lambda t: t.start)
        near = self.times[first : first + LOOK_AHEAD]
        dates = [t for t in near if t.start < high and t.kind == "period" and t.year]
        day = periods.resolve(dates[-1], self.reference) if dates else None
        if day:
            yield self._tie(name, "start", None, day)

    def _level(self, sentence: Span, name: Name) -> Iterator[Tie]:
        p = patterns()
        if self.text[name.start : name.end] in _bare_parks():
            return  # 省级开发区 is a class of them
        low = max(sentence.start, name.start - 6)
        after = self.text[name.end : min(sentence.end, name.end + REACH)]
        told = p.graded.search(self.text[low : name.start]) or p.raised.match(after)
        if told:
            yield self._tie(name, "level", None, _words("level")[told["word"]])


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
        elif tie.relation == "start" and row.period is None:
            row.period = f"{tie.value}/.."


def amounts(statements: Sequence[tuple[Paragraph, Statement]]) -> list[Tie]:
    """What an initiative costs: its investment, of the statements whose subject it is, in yuan."""
    return [
        Tie(
            p.index, s.quantity.start, s.quantity.end, "initiative", s.subject.id, "amount", None,
            f"{s.value.normalize():f}",
        )
        for p, s in statements
        if s.subject.type == "initiative" and s.subject.id and s.unit == "元" and s.measure == "level"
        and "投资" in s.indicator and "完成" not in s.indicator and "年度" not in s.indicator
    ]  # fmt: skip


def forms(
    paragraphs: Sequence[Paragraph], names: Sequence[Name], entities: Mapping[str, Entity]
) -> list[Tie]:
    """Where each form of an entity first stands: the evidence that the form is its own."""
    first: dict[tuple[str, str], Tie] = {}
    for name in names:
        row = entities.get(name.id)
        if row is not None:
            surface = paragraphs[name.paragraph].text[name.start : name.end]
            tie = Tie(name.paragraph, name.start, name.end, row.kind, row.id, "name", None, surface)
            first.setdefault((row.id, surface), tie)
    return list(first.values())


def printed(names: Sequence[tuple[Name, str, str]], entities: Mapping[str, Entity], script: str) -> list[Tie]:
    """Spellings as printed that cleaning changed, added to the entities' rows, and where they first stand.

    `names` are a name, its clean surface and its raw one. In a report in traditional characters such a
    spelling is that, elsewhere it is damaged.
    """
    first: dict[tuple[str, str], Tie] = {}
    for name, surface, raw in names:
        row = entities.get(name.id)
        if row is None or not _respelt(raw, surface) or (row.id, raw) in first:
            continue
        first[row.id, raw] = Tie(name.paragraph, name.start, name.end, row.kind, row.id, "name", None, raw)
        if raw not in {form for form, _ in row.aliases}:
            row.aliases += ((raw, "traditional" if script == "Hant" else "damaged"),)
    return list(first.values())


def _respelt(raw: str, clean: str) -> bool:
    """Whether a Chinese character was another before cleaning."""
    return len(raw) == len(clean) and any(_han(a) and a != b for a, b in zip(raw, clean, strict=True))


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
