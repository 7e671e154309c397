"""How the entities of a report hang together: who stands where, who bears or builds what.

In: paragraphs, the names in them, their times and the report's entities. Out: `Tie`s, each with the stretch
that tells it. What a name itself says (a firm's place, a plan's years) is told by where it stands in full;
how far a project has got is read by `progress`, what it costs by `sums`.
It refuses what no words tell: being named in one sentence ties nothing. The words are in
`relation_words.csv`; a clause is read once, and looked at for a few tens of characters around each name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from ingest import progress
from ingest.firm_names import without_place
from ingest.model import Entity, Name, Paragraph, Span
from ingest.periods import Reference, Time
from ingest.places import place
from ingest.tie_patterns import Tie, patterns
from seeds import lookup

REACH = 26  # characters beside a park in which its grade is told
SITED = ("enterprise", "initiative", "institution")
FIXED = ("project", "platform", "event")  # initiatives that stand in one place


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
    dated = Reference.parse(reference) if reference else None
    here: dict[int, list[Name]] = defaultdict(list)
    for name in names:
        here[name.paragraph].append(name)
    for paragraph in paragraphs:
        if paragraph.kind in ("boilerplate", "credit") or paragraph.index not in here:
            continue
        reader = _Reader(paragraph, entities, times[paragraph.index], dated)
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
        reference: Reference | None,
    ) -> None:
        self.paragraph = paragraph
        self.text = paragraph.text
        self.entities = entities
        self.progress = progress.Reader(self.text, times, reference)
        self.topics: list[Name] = []  # what 该项目 may stand for in the next sentence
        self.park: Name | None = None  # the one whose firms 其中 may count in the next sentence

    def read(self, sentence: Span, names: list[Name]) -> Iterator[Tie]:
        if not names and not self.topics:
            self.park = None
            return
        whole: list[Name] = []
        for name in names:  # in the order of their starts, the longest first
            if not whole or name.end > whole[-1].end:
                whole.append(name)
        resumed = self._resumed(sentence)
        if resumed:
            yield from self._of_topic(sentence, whole, *resumed)
        if self.park and whole and self.text[sentence.start : whole[0].start] in ("其中", "其中，"):
            firms = [n for n in names if n.start == whole[0].start and n.kind == "enterprise"]
            yield from self._within(firms[:1], self.park)
        self.park = None
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
        for name in names:
            if name.kind in ("enterprise", "institution") and patterns().through.fullmatch(
                self.text, opening, name.start
            ):
                yield from self._by(topic, [name])
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
            houses = a.kind == "park" and self._houses(a, right)
            if near or houses or p.gets.fullmatch(gap) or (opened and p.opens.fullmatch(gap)):
                self.park = a if a.kind == "park" else None
                yield from self._within(right, a)
            elif opened and b.kind == "initiative" and p.builds.fullmatch(gap):
                yield from self._within(right, a)
        if b.kind in ("park", "district"):
            takes = p.gathers if a.kind == "enterprise" else p.held
            held = p.gather.fullmatch(gap) and takes.match(self.text, b.end)
            if held or p.settles.fullmatch(gap):
                yield from self._within(left, b)

    def _houses(self, park: Name, firms: list[Name]) -> bool:
        """园区有四个集群：A、B 等; 园区已开园，A、B 等入驻; 园区入驻企业55户，其中 A、B."""
        p = patterns()
        gap = self.text[park.end : firms[0].start]
        if p.has.fullmatch(gap) or p.among.fullmatch(gap):
            return True
        return p.opened.fullmatch(gap) is not None and p.come.match(self.text, firms[-1].end) is not None

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
            self.paragraph.index,
            event.start,
            event.end,
            name.kind,
            name.id,
            event.relation,
            None,
            event.value,
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
