"""The way of one report: clean, segment, recognise, relate, in this order, and nothing else.

In: a `Document` and what is known of it beside its text. Out: `ReportFacts`, whose offsets count code
points of the raw text. It sees one report only, so it runs in any number of processes.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, compress
from operator import lt

from ingest import (
    about,
    affiliate,
    cells,
    dating,
    districts,
    forms,
    own,
    periods,
    quantities,
    speakers,
    sums,
    tables,
    timing,
    unplaced,
)
from ingest.clean import clean
from ingest.confidence import confidence
from ingest.districts import District
from ingest.home import home
from ingest.indicators import map_indicator, map_share, settle
from ingest.ledger import digit_runs
from ingest.model import (
    Correction,
    Document,
    Entity,
    Issue,
    Mention,
    Metric,
    Name,
    Numeral,
    Paragraph,
    Quantity,
    Relation,
    Report,
    ReportFacts,
    Role,
    Source,
    SourceSpan,
    Span,
)
from ingest.names import find_names
from ingest.origin import trace
from ingest.overrides import Override
from ingest.periods import UNDATED, Reference, Time
from ingest.relate import Statement, read
from ingest.roles import role_of
from ingest.scope import ParagraphScope
from ingest.sections import LEAD, ReportScope, Subject
from ingest.segment import TITLE_LABEL, segment
from ingest.tie_patterns import Tie

_LETTERS = {"district": "d", "park": "p", "enterprise": "e", "institution": "o", "initiative": "a"}
"""What the id of a mention has before its place, by the kind of its entity."""
_RUNS = ("班列", "专列", "大会", "博览会", "交易会")  # what holds figures though it is quoted
GOVERNMENT = re.compile("(?:[省市区县州旗]?委[、和]?[省市区县州旗]?)?(?:人民)?政府")
NET = 24
"""Characters before a change in which it may be said to be net."""
_ACTIONS = ("policy", "plan", "action", "mechanism")
"""Initiatives that hold no figures of their own."""


def parse(document: Document, source: Source, overrides: Sequence[Override] = ()) -> ReportFacts:
    """All facts of one report. `source.reference_date` and `source.district_id` override what the text tells,
    `overrides` what the rules make of names.

    Raises nothing for what the text says or does not say: trouble becomes issue rows.
    """
    return _Parser(document, source, overrides).facts()


class _Parser:
    def __init__(self, document: Document, source: Source, overrides: Sequence[Override] = ()) -> None:
        self.document = document
        self.overrides = overrides
        self.source = source
        self.id = document.sha256[:12]
        self.cleaned = clean(document.text)
        self.paragraphs = segment(self.cleaned)
        self.issues: list[Issue] = []
        self.spans: dict[Span, SourceSpan] = {}
        self.parts: dict[tuple[int, int, int], list[int]] = {}
        self.whole: dict[tuple[int, int, int], SourceSpan] = {}

    def facts(self) -> ReportFacts:
        texts = ["" if p.kind == "boilerplate" else p.text for p in self.paragraphs]
        times = [periods.find(text) if text else [] for text in texts]
        headline = next((TITLE_LABEL.sub("", p.text) for p in self.paragraphs if p.kind == "title"), None)
        title = self.source.title or headline
        named = districts.load().read(texts)
        home_id = self._home(title, texts, named)
        reference, basis = self._reference(times)
        entities, names = self._names(texts, home_id, named)
        dated = Reference.parse(reference) if reference else UNDATED
        statements = self._statements(times, names, home_id, dated, title, entities)
        report = Report(
            self.id,
            self.document.file_name,
            self.document.sha256,
            self.document.media_type,
            title,
            self.source.publisher,
            self.source.published_on,
            reference,
            basis,
            home_id,
            self.cleaned.script,
            self.source.origin,
            self.document.text,
            len(self.document.text),
        )
        facts = ReportFacts(report, issues=self.issues)
        facts.metrics = [self._metric(p, s, home_id) for p, s in statements]
        settle(facts.metrics, self.document.text)
        facts.mentions = [self._mention(n) for n in names]
        surfaces = [self.paragraphs[n.paragraph].text[n.start : n.end] for n in names]
        raw = [mention.surface for mention in facts.mentions]
        said = list(zip(names, surfaces, raw, strict=True))
        printed = forms.printed(said, entities, self.cleaned.script)
        facts.relations = self._relations(names, entities, times, reference, home_id, statements, printed)
        facts.entities = list(entities.values())
        _plan(facts.metrics, entities, reference)
        facts.corrections = [
            Correction(f"{self.id}-c{r.start}", self.id, r.start, r.end, r.found, r.corrected, r.reason)
            for r in self.cleaned.repairs
        ]
        facts.numerals = self._ledger(times, names, statements, facts.metrics)
        facts.spans = list(self.spans.values())
        trace(self.document, facts)
        return facts

    # ---- what holds for the whole report ----

    def _issue(self, kind: str, message: str, span: Span | None = None) -> None:
        start, end = span if span else (None, None)
        id = f"{self.id}-i{len(self.issues)}"
        self.issues.append(Issue(id, self.document.file_name, self.id, kind, message, start, end))

    def _home(
        self, title: str | None, texts: Sequence[str], named: Sequence[Sequence[districts.Match]]
    ) -> str | None:
        if self.source.district_id:
            return self.source.district_id
        found = home(title, texts, self.source.publisher or unplaced.press(self.paragraphs), named)
        if found.issue:
            self._issue("district", found.issue)
        return found.id

    def _reference(self, times: Sequence[Sequence[Time]]) -> tuple[str | None, str]:
        if self.source.reference_date:
            return self.source.reference_date, "given"
        found, basis = dating.reference(self.paragraphs, times)
        if found is None and self.source.published_on:
            return self.source.published_on, "published"
        if found is None:
            self._issue("reference-date", "no date in the text; build with --reference-date")
        return found, basis

    def _names(
        self, texts: Sequence[str], home_id: str | None, named: Sequence[Sequence[districts.Match]]
    ) -> tuple[dict[str, Entity], list[Name]]:
        found, names = find_names(self.paragraphs, home_id, self.overrides)
        entities = {e.id: e for e in found}
        # By paragraph, the longest name that begins at or before each place: what it covers is its part.
        taken: dict[int, list[tuple[int, int]]] = {}
        for name in names:
            taken.setdefault(name.paragraph, []).append((name.start, name.end))
        reach = {at: _reach(spans) for at, spans in taken.items()}
        places, unsettled = districts.load().survey(texts, home_id, named)
        covered = [_covered(reach.get(place[0], []), place.start, place.end) for place in places]
        bare = {place[3] for place, inside in zip(places, covered, strict=True) if not inside}
        for place, inside in zip(places, covered, strict=True):
            # The report's own district counts though only its bureau's name holds it, and so does one whose
            # government is named: 骐川区政府 is the district that signs.
            governed = GOVERNMENT.match(texts[place[0]], place.end) is not None
            if not inside or governed or (place[3] == home_id and home_id not in bare):
                names.append(Name(place[0], place.start, place.end, "district", place[3]))
        for open_ in unsettled:
            paragraph = self.paragraphs[open_[0]]
            raw = paragraph.mapped.raw(open_[1], open_[2])
            options = "、".join(districts.load().full_name(i) for i in open_[3])
            self._issue("ambiguous-district", f"{paragraph.text[open_[1] : open_[2]]} may be {options}", raw)
        names.sort(key=lambda n: (n.paragraph, n.start, -n.end))
        return entities, names

    # ---- statements ----

    def _statements(
        self,
        times: Sequence[Sequence[Time]],
        names: Sequence[Name],
        home_id: str | None,
        reference: Reference,
        title: str | None,
        entities: dict[str, Entity],
    ) -> list[tuple[Paragraph, Statement]]:
        table = districts.load()

        unbroken = self.cleaned.mapped.text.replace("\n", "")

        def unit_named(id: str | None) -> Subject | None:
            unit = table.get(id)
            return Subject(_as_said(unit, unbroken), "district", unit.id) if unit else None

        as_said = cache(lambda id: _as_said(table[id], unbroken))
        district = cache(unit_named)  # not as a decorator: mypyc loses sight of it in the function below

        def entity(name: Name) -> Subject:
            known = entities.get(name.id)
            said = known.name if known else as_said(name.id)
            return Subject(said, name.kind, name.id)

        scope = ReportScope(
            reference,
            district(home_id) or unplaced.place(self.paragraphs),
            lambda word: district(table.enclosing(home_id, word)),
            entity,
            frozenset(table.parents(home_id)) if home_id else frozenset(),
        )
        scope.set_title(title)
        scope.set_official(self.paragraphs)
        scope.set_plans(self.paragraphs)
        scope.set_year(self.paragraphs)
        kinds = [paragraph.kind for paragraph in self.paragraphs]
        body = kinds.index("body") if "body" in kinds else 0
        lead = kinds.index("heading", body) if "heading" in kinds[body:] else LEAD
        scope.running = timing.running(chain.from_iterable(times[:lead]), scope.reference)
        by_paragraph: dict[int, list[Name]] = {}
        for name in names:
            by_paragraph.setdefault(name.paragraph, []).append(name)
        scope.own = own.of(self.paragraphs, names)
        scope.about = about.about(scope, self.paragraphs, names)
        scope.introduce(self.paragraphs, names)
        heads = {name: subject for name, subject in scope.speakers.items() if subject.type == "park"}
        scope.people = heads | speakers.presented(self.paragraphs, names, entity)
        found: list[tuple[Paragraph, Statement]] = []
        rows: dict[int, list[tables.Cell]] = {}
        for cell in tables.find(self.paragraphs, home_id):
            rows.setdefault(cell.paragraph, []).append(cell)
        for position, paragraph in enumerate(self.paragraphs):
            if paragraph.kind in ("boilerplate", "credit"):
                continue
            here = by_paragraph.get(position, [])
            scope.enter(paragraph, here)
            if position in rows:
                found.extend((paragraph, cells.state(paragraph, c, scope)) for c in rows[position])
                continue
            taken = [Span(t.start, t.end) for t in times[position]]
            amounts = _outside(quantities.find(paragraph.text, taken), here, len(paragraph.text))
            holders = [n for n in here if _may_hold(n, entities, paragraph.text)]
            local = ParagraphScope.of(paragraph, scope, times[position], holders, bool(amounts))
            found.extend((paragraph, s) for s in read(paragraph, local, amounts))
            scope.leave(here)
        return found

    # ---- rows ----

    def _span(self, paragraph: Paragraph, sentence: Span, start: int, end: int) -> SourceSpan:
        """The sentence's raw interval; of a sewn sentence the unbroken part that holds `[start, end)`."""
        key = (paragraph.index, sentence.start, sentence.end)
        if whole := self.whole.get(key):
            return whole
        starts, ends = paragraph.mapped.starts, paragraph.mapped.ends
        low, high = self._unbroken(paragraph, sentence, start)
        raw = Span(starts[low], ends[high - 1])
        if raw not in self.spans:
            self.spans[raw] = SourceSpan(
                f"{self.id}-s{raw.start}-{raw.end}",
                self.id,
                raw.start,
                raw.end,
                self.document.text[raw.start : raw.end],
                paragraph.text[low:high],
                paragraph.section or None,
                paragraph.index,
            )
        if (low, high) == sentence:
            self.whole[key] = self.spans[raw]
        return self.spans[raw]

    def _unbroken(self, paragraph: Paragraph, sentence: Span, position: int) -> Span:
        """The part of a sentence around `position` that is one interval of the raw text."""
        key = (paragraph.index, sentence.start, sentence.end)
        parts = self.parts.get(key)
        if parts is None and isinstance(paragraph.mapped.starts, range):
            parts = self.parts[key] = list(sentence)
        if parts is None:
            starts = paragraph.mapped.starts[sentence.start + 1 : sentence.end]
            ends = paragraph.mapped.ends[sentence.start : sentence.end - 1]
            cuts = list(compress(range(sentence.start + 1, sentence.end), map(lt, starts, ends)))
            parts = self.parts[key] = [sentence.start, *cuts, sentence.end]
        at = bisect_right(parts, position)
        return Span(parts[at - 1], parts[min(at, len(parts) - 1)])

    def _sentence(self, paragraph: Paragraph, position: int) -> Span:
        at = bisect_right(paragraph.sentences, (position, len(paragraph.text))) - 1
        return paragraph.sentences[at] if at >= 0 else Span(0, len(paragraph.text))

    def _mention(self, name: Name) -> Mention:
        paragraph = self.paragraphs[name.paragraph]
        raw = paragraph.mapped.raw(name.start, name.end)
        span = self._span(paragraph, self._sentence(paragraph, name.start), name.start, name.end)
        return Mention(
            f"{self.id}-{_LETTERS[name.kind]}{raw.start}-{raw.end}",
            self.id,
            span.id,
            raw.start,
            raw.end,
            self.document.text[raw.start : raw.end],
            name.kind,
            name.id,
        )

    def _relations(
        self,
        names: Sequence[Name],
        entities: dict[str, Entity],
        times: Sequence[Sequence[Time]],
        reference: str | None,
        home_id: str | None,
        statements: Sequence[tuple[Paragraph, Statement]],
        printed: list[Tie],
    ) -> list[Relation]:
        """Each relation once, with the sentence that tells it first; entities' rows take what they lack."""
        ties = affiliate.find(self.paragraphs, names, entities, times, reference, home_id)
        ties += (
            sums.amounts(statements, names, entities)
            + forms.of_names(self.paragraphs, names, entities)
            + printed
        )
        affiliate.settle(entities, ties)
        rows: dict[str, Relation] = {}
        for tie in ties:
            paragraph = self.paragraphs[tie.paragraph]
            key = f"{tie.id}|{tie.relation}|{tie.object_id or tie.value}"
            id = f"{self.id}-r{hashlib.sha1(key.encode()).hexdigest()[:10]}"
            told = Span(
                self._sentence(paragraph, tie.start).start, self._sentence(paragraph, tie.end - 1).end
            )
            span = self._span(paragraph, told, tie.start, tie.end)
            relation = Relation(
                id, self.id, span.id, tie.kind, tie.id, tie.relation, tie.object_id, tie.value
            )
            rows.setdefault(id, relation)
        return list(rows.values())

    def _metric(self, paragraph: Paragraph, s: Statement, home_id: str | None) -> Metric:
        raw = paragraph.mapped.raw(s.quantity.start, s.quantity.end)
        span = self._span(paragraph, s.sentence, s.quantity.start, s.quantity.end)
        period = periods.known(s.period)
        first, last = periods.bounds(period)
        district_id = s.subject.id if s.subject.type == "district" else home_id
        return Metric(
            f"{self.id}-m{raw.start}",
            self.id,
            span.id,
            raw.start,
            raw.end,
            self.document.text[raw.start : raw.end],
            _filed_under(paragraph, s),
            s.indicator,
            s.subject.name,
            s.subject.type,
            s.subject.id,
            district_id,
            s.measure,
            float(s.value),
            float(s.value_max) if s.value_max is not None else None,
            s.unit,
            s.bound,
            s.basis,
            period,
            first,
            last,
            s.status,
            s.rule,
            confidence(s.rule, s.subject_own, s.period_own),
        )

    def _ledger(
        self,
        times: Sequence[Sequence[Time]],
        names: Sequence[Name],
        statements: Sequence[tuple[Paragraph, Statement]],
        metrics: Sequence[Metric],
    ) -> list[Numeral]:
        """Every run of digits with the role it plays; what nothing explains says so."""
        text = self.document.text
        runs = list(digit_runs(text))
        starts = [run.start for run in runs]
        role: dict[int, tuple[Role, str | None]] = {}
        for (paragraph, s), metric in zip(statements, metrics, strict=True):
            for start in _met(starts, paragraph, s.quantity.start, s.quantity.end):
                role[start] = "metric", metric.id
        for paragraph, tokens in zip(self.paragraphs, times, strict=True):
            for token in tokens:
                for start in _met(starts, paragraph, token.start, token.end):
                    role[start] = "date", None
        place = self._places([start for start in starts if start not in role])
        named: dict[int, list[Name]] = {}
        for name in names:
            named.setdefault(name.paragraph, []).append(name)
        rows = []
        for run in runs:
            held = role.get(run.start)
            if held is None:
                spot = place.get(run.start)
                held = (role_of(spot[0], spot[1], named.get(spot[0].index, ())) if spot else "other", None)
            digits = text[run.start : run.end]
            rows.append(Numeral(f"{self.id}-n{run.start}", self.id, run.start, run.end, digits, *held))
        return rows

    def _places(self, wanted: Sequence[int]) -> dict[int, tuple[Paragraph, int]]:
        """Where raw characters stand in the clean paragraphs; `wanted` rises."""
        place: dict[int, tuple[Paragraph, int]] = {}
        waiting = frozenset(wanted)
        for paragraph in self.paragraphs:
            starts = paragraph.mapped.starts
            if not starts:
                continue
            if isinstance(starts, range):
                here = wanted[bisect_left(wanted, starts[0]) : bisect_right(wanted, starts[-1])]
                found = ((raw - starts[0], raw) for raw in here)
            else:
                found = ((at, raw) for at, raw in enumerate(starts) if raw in waiting)
            for at, raw in found:
                place.setdefault(raw, (paragraph, at))
        return place


def _reach(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Starts with the furthest end that any span up to there has, in order."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        found.append((start, max(end, found[-1][1]) if found else end))
    return found


def _filed_under(paragraph: Paragraph, s: Statement) -> str | None:
    """The canonical indicator of a statement: of its ratio, of what was added (净增 is the stock's), or of
    its phrase; None where only a part is told or the phrase isn't listed."""
    if s.measure == "share" and (ratio := map_share(s.indicator, s.basis)):
        return ratio
    if s.narrowed:
        return None
    before = paragraph.text[max(0, s.quantity.start - NET) : s.quantity.start]
    added = s.rule == "change.gain" and s.value > 0 and "净" not in before
    flow = map_indicator(f"新增{s.indicator}", s.unit, "level")[0] if added else None
    return flow or map_indicator(s.indicator, s.unit, s.measure)[0]


def _covered(reach: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a longer span holds `[start, end)`."""
    at = bisect_right(reach, (start, end))
    longer_here = at < len(reach) and reach[at][0] == start
    # The last that begins before; where that is the place itself, the one before it.
    other = at - 2 if at > 0 and reach[at - 1] == (start, end) else at - 1
    return longer_here or (other >= 0 and reach[other][1] >= end)


def _plan(metrics: Sequence[Metric], entities: dict[str, Entity], reference: str | None) -> None:
    """What is told without a time of a thing that is yet to be (计划7月开工的高速) is its planned size."""
    for metric in metrics:
        thing = entities.get(metric.subject_id or "")
        undated = metric.status == "actual" and metric.period == f"../{reference}"
        if undated and metric.measure == "level" and thing is not None and thing.status == "planned":
            metric.status, metric.period = "planned", None
            metric.period_start = metric.period_end = None


def _as_said(unit: District, text: str) -> str:
    """The name of a district as its report has it: 怒江州 where nothing says 怒江傈僳族自治州."""
    short = unit.short_name + unit.name[-1]
    return short if unit.name not in text and short in text else unit.name


def _outside(amounts: list[Quantity], names: Sequence[Name], length: int) -> list[Quantity]:
    """Without the numerals that are part of a name: 九台区, 三亚, 十堰."""
    if not any(amount.chinese for amount in amounts):
        return amounts
    named = bytearray(length + 1)
    for name in names:
        named[name.start : name.end] = b"\1" * (name.end - name.start)
    return [a for a in amounts if not (a.chinese and named[a.start] and named[a.start + 1])]


def _may_hold(name: Name, entities: dict[str, Entity], text: str) -> bool:
    """A policy, a plan or a slogan in quotes holds no figures; a project, an event or a service does."""
    if name.kind != "initiative":
        return True
    known = entities.get(name.id)
    held = known is None or known.subkind not in _ACTIONS
    opened = "“" in text[max(0, name.start - 1) : name.start + 1]
    return held and (not opened or text.endswith(_RUNS, 0, name.end))


def _met(sought: Sequence[int], paragraph: Paragraph, start: int, end: int) -> Iterable[int]:
    """Those of the `sought` raw offsets, which rise, that are among all characters that clean `[start, end)`
    stands for; where the text was edited, all of them."""
    starts, ends = paragraph.mapped.starts[start:end], paragraph.mapped.ends[start:end]
    if isinstance(starts, range):
        return sought[bisect_left(sought, starts[0]) : bisect_right(sought, starts[-1])]
    if sum(ends) - sum(starts) == end - start:
        return starts
    return chain.from_iterable(map(range, starts, ends))
