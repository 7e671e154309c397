"""How far a project has got, from where its report speaks of it: its state, when works begin and end.

In: a paragraph's text, its times, a name in it and how far the text goes on speaking of what it names. Out:
`Event`s, each with the stretch that tells it. In the clause of the name a word of progress may stand a few
words off; a later clause must open with it, after times and adverbs alone, as one of another subject tells of
another thing (一期10万吨今年6月投产). What comes after it is no event (建成后), nor what is only the first of
two (从签约到开工). The words are in `relation_words.csv`. Each clause is read once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ingest import periods
from ingest.model import Span
from ingest.periods import Reference, Time
from ingest.wording import any_of
from seeds import lookup


class Event(NamedTuple):
    """What is told of the progress, and the clean offsets of the stretch."""

    start: int
    end: int
    relation: str
    value: str


REACH = 26  # characters of its own clause in which a project's progress is told
STEPS = 8  # times and adverbs before the word of a later clause
CLAUSES = 8  # that a project is spoken of in one go
LONGEST = 120  # characters of a clause that are looked through
MARKS = "，；。：！？"
_MARK = re.compile(f"[{MARKS}]")


@cache
def words(role: str) -> dict[str, str]:
    """Word -> value, of one role of `relation_words.csv`."""
    return {row["word"]: row["value"] for row in lookup("relation_words") if row["role"] == role}


class Patterns(NamedTuple):
    """Compiled once."""

    event: re.Pattern[str]
    doing: re.Pattern[str]
    frame: re.Pattern[str]
    framed: re.Pattern[str]
    future: re.Pattern[str]
    lead: re.Pattern[str]
    listed: re.Pattern[str]
    part: re.Pattern[str]
    closes: re.Pattern[str]
    yearend: re.Pattern[str]
    pushed: re.Pattern[str]
    undone: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """Each is bounded, and is matched at a place or looked for in a short stretch."""
    status = f"(?:{any_of(words('status'))})"
    return Patterns(
        event=re.compile(rf"(?<![未从待自])(?P<word>{status})(?![会式率额量区者]|仪式|项目|企业|面积|资金|现场)"),
        doing=re.compile(rf"(?P<word>{status})(?:了|好)?(?:[^，。；：、]{{0,30}}的|[^，。；：、的]{{0,8}}(?=[“《]))?[“《]?$"),
        frame=re.compile(rf"(?:{any_of(words('frame'))})(?:[^，。；：]{{0,30}}的)?[“《]?$"),
        framed=re.compile(r"[”》]?(?:等[^，。；：、]{0,10})?建设"),
        future=re.compile(f"(?:{any_of(words('future'))})"),
        lead=re.compile(f"(?:{any_of(words('lead'))}|{any_of(words('future'))})"),
        listed=re.compile(r"[”》]?(?:、[^，。；：、等]{1,24}){0,9}等[^，。；：、]{0,3}"),
        part=re.compile(r"[一二三四五六首]期|首[条批个口台套]|部分|其中"),
        closes=re.compile(r"[，；。：！？)）”、]|$|了?(?:[，；。]|$)|(?:以)?[后前时]|并|达效|运[行营]|阶段"),
        yearend=re.compile("年内|年底"),
        pushed=re.compile(f"(?:{any_of(words('push'))})"),
        undone=re.compile(r"(?:以)?[后前时](?!期)|之[后前]"),
    )  # fmt: skip


class Reader:
    """Reads what one paragraph tells of a project's progress; `reference` is the report's date."""

    def __init__(self, text: str, times: Sequence[Time], reference: Reference | None) -> None:
        self.text = text
        self.times = [t for t in times if t.kind in ("period", "as-of", "until")]
        self.starts = [t.start for t in self.times]
        self.reference = reference

    def of_name(self, sentence: Span, name: Span, until: int, *, works: bool) -> list[Event]:
        """What the sentence tells of the thing named; `until` is where it turns to another, and `works` are
        built, while a paper or a scheme is carried out."""
        high = self._clause_end(name.end, sentence.end)
        low = self._clause_start(sentence.start, name.start)
        found = list(self._before(sentence, low, name))
        found += self._beside(low, name, min(high, name.end + 3 * REACH))
        if works:
            found += self._later(name, high, min(until, sentence.end))
        return _settled(found, works)

    def of_sentence(self, name: Span, opening: int, until: int) -> list[Event]:
        """What a later sentence tells whose subject is 该项目, that word ending at `opening`."""
        high = self._clause_end(opening, until)
        found = list(self._beside(opening, Span(name.start, opening), high))
        return _settled([*found, *self._later(name, high, until)], works=True)

    # ---- clauses ----

    def _clause_end(self, at: int, most: int) -> int:
        most = min(most, at + LONGEST)
        mark = _MARK.search(self.text, at, most)
        return mark.start() if mark else most

    def _clause_start(self, least: int, at: int) -> int:
        least = max(least, at - LONGEST)
        return max(least, *(self.text.rfind(mark, least, at) + 1 for mark in MARKS))

    def _before(self, sentence: Span, low: int, name: Span) -> Iterator[Event]:
        """开工建设…的 X, 推进 X, 加快 X 建设."""
        p = patterns()
        before = self.text[max(low, name.start - 2 * REACH) : name.start]
        told = p.doing.search(before)
        framed = p.frame.search(before) if p.framed.match(self.text, name.end) else None
        if told:
            at = max(low, name.start - 2 * REACH) + told.start()
            ahead = at - low < REACH // 4 and self._ahead(sentence, low)
            for event in self._event(low, at, told["word"], name):
                yield event._replace(value="planned") if ahead and event.relation == "status" else event
        elif framed:
            planned = p.future.search(before[: framed.start()])
            yield Event(
                name.start - len(framed[0]), name.end + 2, "status", "planned" if planned else "under way"
            )

    def _ahead(self, sentence: Span, low: int) -> bool:
        """Whether the sentence's subject, told of before, will do (某区将实施 A；实施 B) what opens here."""
        head = self.text[max(sentence.start, low - 4 * REACH) : low]
        return patterns().future.search(head) is not None and "已" not in head

    def _beside(self, low: int, name: Span, high: int) -> Iterator[Event]:
        """The events in the clause of the name, behind it."""
        p = patterns()
        listed = p.listed.match(self.text, name.end, high)
        begin = listed.end() if listed else name.end
        end = min(high, begin + REACH)
        for told in p.event.finditer(self.text, begin, end):
            between = self.text[begin : told.start()]
            if p.part.search(between) or (not listed and "、" in between):
                return
            if "的" in between and words("status")[told["word"]] == "completed":
                return
            yield from self._event(low, told.start(), told["word"], name)

    def _later(self, name: Span, at: int, until: int) -> Iterator[Event]:
        """The events with which later clauses open."""
        p = patterns()
        for _ in range(CLAUSES):
            if at >= until or self.text[at] != "，":
                return
            low = at + 1
            at = self._clause_end(low, until)
            here = low
            for _ in range(STEPS):
                here = self._past(here, at)
            told = p.event.match(self.text, here, at)
            if told and p.closes.match(self.text, told.end()):
                for event in self._event(low, told.start(), told["word"], name):
                    if event.value != "planned" or told["word"] not in words("end"):
                        yield event  # that its end lies ahead tells nothing of its beginning

    def _past(self, here: int, most: int) -> int:
        """The place behind a time or an adverb that stands here."""
        first = bisect_left(self.starts, here)
        if first < len(self.times) and self.starts[first] == here:
            return min(self.times[first].end, most)
        lead = patterns().lead.match(self.text, here, most)
        return lead.end() if lead else here

    # ---- one event ----

    def _event(self, low: int, at: int, word: str, name: Span) -> Iterator[Event]:
        p = patterns()
        start, end = min(low, name.start, at), max(name.end, at + len(word))
        around = self.text[low:at].replace(self.text[name.start : name.end], "，")
        ahead = p.future.search(around) is not None or self._by_year_end(around)
        ahead = ahead or (words("status")[word] == "completed" and p.pushed.search(around) is not None)
        time = self._time(low, at, ahead)
        ahead = ahead or (time is not None and self._to_come(time))
        if not p.undone.match(self.text, at + len(word)):
            value = "planned" if ahead else words("status")[word]
            yield Event(start, end, "status", value)
        for relation in ("start", "end"):
            if time and word in words(relation):
                yield Event(start, end, relation, time)

    def _by_year_end(self, around: str) -> bool:
        """年内竣工 lies ahead of all reports but those of the year's end."""
        known = self.reference is not None and self.reference.month not in (None, 12)
        return known and patterns().yearend.search(around) is not None

    def _time(self, low: int, at: int, ahead: bool) -> str | None:
        """The time before the word in its clause, or alone at the head of the sentence (2月，X 动工)."""
        if self.reference is None:
            return None
        last = bisect_left(self.starts, at) - 1
        if last < 0 or self.times[last].end > at:
            return None
        time = self.times[last]
        if time.start < low:
            opens = time.start == 0 or self.text[time.start - 1] in "。！？；“"
            between = self.text[time.end : low]
            if not (opens and between.startswith("，") and len(between) < 2 * REACH and "；" not in between):
                return None
        if "、" in self.text[time.end : at]:
            return None  # another's
        year = None
        if time.year is None and time.offset is None and not time.shift:
            year = self._year(time.last_month or time.month, ahead)
        told = periods.resolve(time, self.reference, year)
        return told.removeprefix("../") if told else None

    def _year(self, month: int, ahead: bool) -> int:
        """A month without a year is the next one of that name where it lies ahead, else the last one."""
        assert self.reference is not None
        year, now = self.reference.year, self.reference.month
        if not month or now is None:
            return year
        return year + (month < now) if ahead else year - (month > now)

    def _to_come(self, time: str) -> bool:
        first, today = time.split("/", maxsplit=1)[0], str(self.reference)
        shared = min(len(first), len(today))
        return first[:shared] > today[:shared]


def _settled(events: list[Event], works: bool) -> list[Event]:
    """One state, the last that is firm, else the plan; of the times the first of each kind."""
    states = [e for e in events if e.relation == "status" and (works or e.value != "completed")]
    firm = [e for e in states if e.value != "planned"]
    told = {e.relation: e for e in reversed(events) if e.relation != "status"}
    return [*(firm[-1:] or states[:1]), *(told[key] for key in sorted(told))]
