"""What an analyst corrects: a figure that is wrong, one that was missed, a field that should say otherwise.

In: a file of corrections (CSV or YAML), then the facts of one report at a time. Out: the facts as corrected,
with a row for each correction that was applied and an issue for each that wasn't. A correction names its
report, the characters it is about and what it expects to stand there, so that one made for another text
changes nothing.
Refused, with a FangzhiError that names the line: a file that can't be read as corrections.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha1, sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import yaml

import seeds
from ingest import districts
from ingest.clean import clean
from ingest.indicators import map_indicator
from ingest.model import (
    AnalystCorrection,
    Bound,
    Document,
    FangzhiError,
    Issue,
    Measure,
    Metric,
    ReadError,
    ReportFacts,
    SourceSpan,
    Status,
    SubjectType,
)
from ingest.periods import bounds

RULE = "analyst"
KIND = "correction"
"""Kind of the issues about corrections that don't apply."""
COLUMNS = ("report", "start", "end", "expect", "action", "set", "who", "why")
ID_LENGTH = 12
"""Characters of a SHA-256 that are enough to name a report: as many as its id has."""
_CLOSED: dict[str, tuple[str, ...]] = {
    "measure": get_args(Measure),
    "bound": get_args(Bound),
    "status": get_args(Status),
    "subject_type": get_args(SubjectType),
}
_NUMBERS = ("value", "value_max")
_NULLABLE = ("indicator_id", "district_id", "value_max", "basis", "period")
_WORDS = ("indicator", "indicator_id", "subject", "district_id", "unit", "basis", "period")
FIELDS = (*_WORDS, *_CLOSED, *_NUMBERS)
"""The columns of metrics that an analyst sets; the others follow from them and from the text."""
_NEEDED = ("indicator", "value", "unit")

Action = Literal["wrong", "add", "set"]
ReportKey = tuple[str, str, int | None]
"""SHA-256, file name, and the entry's number in a file of many reports."""
Extract = Callable[[Any, str], Iterable[ReportFacts | ReadError]]


@dataclass(frozen=True, slots=True)
class Instruction:
    """One correction as it stands in the file; `place` tells where. Offsets are of `reports.text`."""

    place: str
    report: str
    start: int
    end: int
    expect: str
    action: Action
    changes: tuple[tuple[str, str | float | None], ...]
    who: str
    why: str


class NotSoError(Exception):
    """Why a correction doesn't apply."""


class Corrections(NamedTuple):
    """The corrections of a file, in its order; `digest` is the file's SHA-256."""

    file_name: str
    digest: str
    instructions: tuple[Instruction, ...]

    def applied(self, extract: Extract) -> Extract:
        """`extract` with the corrections applied to each report that it gives."""
        return partial(_extracted, extract=extract, corrections=self)

    def apply(self, facts: ReportFacts) -> ReportFacts:
        """The facts as corrected."""
        report = facts.report
        entry = facts.sources[0].entry if facts.sources else None
        key = (report.sha256, report.file_name, entry)
        for number, told in enumerate(told for told in self.instructions if _is_of(told, key)):
            try:
                facts = _apply(facts, told)
            except NotSoError as error:
                message = f"{told.place}: {told.action} not applied, {error}"
                place = (told.start, told.end) if told.end <= report.char_count else (None, None)
                issue = Issue(f"{report.id}-y{number}", report.file_name, report.id, KIND, message, *place)
                facts = replace(facts, issues=[*facts.issues, issue])
        return facts

    def unmatched(self, reports: Iterable[ReportKey]) -> list[Issue]:
        """An issue for each correction whose report is not among these."""
        known = list(reports)
        issues = []
        for told in self.instructions:
            if not any(_is_of(told, key) for key in known):
                message = f"{told.place}: no report {told.report} in this build; mend the key or take it out"
                key = sha1(f"{told.place}|{told.report}".encode()).hexdigest()[:12]
                issues.append(Issue(f"i-{key}", self.file_name, None, KIND, message))
        return issues


NONE = Corrections("", "", ())


def _is_of(told: Instruction, key: ReportKey) -> bool:
    """A file of many reports doesn't tell which is meant by its name."""
    digest, name, entry = key
    by_hash = len(told.report) >= ID_LENGTH and digest.startswith(told.report)
    return by_hash or (entry is None and told.report == name)


def _extracted(
    path: Path | Document, name: str, *, extract: Extract, corrections: Corrections
) -> Iterator[ReportFacts | ReadError]:
    for facts in extract(path, name):
        yield facts if isinstance(facts, ReadError) else corrections.apply(facts)


# ---- the file ----


def read_corrections(path: Path) -> Corrections:
    """The corrections in a CSV (UTF-8, or GB18030 as Excel saves it) or YAML file.

    Raises FangzhiError, naming the line, where it is no such file or a correction is none.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FangzhiError(f"{path}: {error.strerror or error}; give a file of corrections") from error
    text = _decoded(data, path)
    rows = _yaml_rows(text, path) if path.suffix.lower() in (".yaml", ".yml") else _csv_rows(text, path)
    instructions = tuple(_instruction(f"{path.name} {place}", row) for place, row in rows)
    return Corrections(path.name, sha256(data).hexdigest(), instructions)


def _decoded(data: bytes, path: Path) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FangzhiError(f"{path}: not in UTF-8; save it so")


def _csv_rows(text: str, path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = set(COLUMNS) - set(reader.fieldnames or ())
    if missing:
        lacking = ", ".join(sorted(missing))
        raise FangzhiError(f"{path}: no column {lacking}; the heading is {','.join(COLUMNS)}")
    for row in reader:
        if any(row.values()):
            pairs = (pair.partition("=") for pair in (row["set"] or "").split(";") if pair.strip())
            changes = {name.strip(): value.strip() for name, _, value in pairs}
            yield f"line {reader.line_num}", row | {"set": changes}


def _yaml_rows(text: str, path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        rows = yaml.safe_load(text) or []
    except yaml.YAMLError as error:
        raise FangzhiError(f"{path}: no YAML ({' '.join(str(error).split())}); mend it there") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FangzhiError(f"{path}: give a list of corrections, each with {', '.join(COLUMNS)}")
    for number, row in enumerate(rows, 1):
        yield f"entry {number}", row


def _instruction(place: str, row: Mapping[str, Any]) -> Instruction:
    def told(column: str) -> str:
        value = row.get(column)
        if value is None or not str(value).strip():
            raise FangzhiError(f"{place}: {column} is empty; fill it in")
        return str(value)

    action = told("action").strip()
    if action not in get_args(Action):
        raise FangzhiError(f"{place}: action {action} is not one of {', '.join(get_args(Action))}")
    try:
        start, end = int(told("start")), int(told("end"))
    except ValueError as error:
        raise FangzhiError(f"{place}: start and end are whole numbers, as in value_start") from error
    expect = told("expect")
    if not 0 <= start < end or len(expect) != end - start:
        raise FangzhiError(f"{place}: expect is the text from start to end, {end - start} characters")
    given = row.get("set") or {}
    if not isinstance(given, Mapping):
        raise FangzhiError(f"{place}: set takes field=value; field=value")
    changes = tuple((str(name), _value(place, str(name), value)) for name, value in given.items())
    names = dict(changes)
    if (action == "wrong") is bool(changes):
        raise FangzhiError(f"{place}: {action} {'sets nothing' if changes else 'needs field=value'}")
    lacking = [name for name in _NEEDED if names.get(name) is None]
    if action == "add" and lacking:
        raise FangzhiError(f"{place}: add needs {', '.join(lacking)}")
    report = told("report").strip()
    return Instruction(place, report, start, end, expect, action, changes, told("who"), told("why"))  # type: ignore[arg-type]


def _value(place: str, name: str, value: object) -> str | float | None:
    """A new value as the column holds it."""
    if name not in FIELDS:
        raise FangzhiError(f"{place}: {name} is not one of {', '.join(FIELDS)}")
    text = "" if value is None else str(value).strip()
    if not text:
        if name in _NULLABLE:
            return None
        raise FangzhiError(f"{place}: {name} may not be empty")
    if name in _CLOSED and text not in _CLOSED[name]:
        raise FangzhiError(f"{place}: {name} is one of {', '.join(_CLOSED[name])}")
    lookup = {"indicator_id": "indicators", "district_id": "districts"}.get(name)
    if lookup and not any(row["id"] == text for row in seeds.lookup(lookup)):
        raise FangzhiError(f"{place}: {text} is in no row of seeds/lookups/{lookup}.csv")
    try:
        if name in _NUMBERS:
            return float(text)
        if name == "period":
            first, last = bounds(text)
            if first and last and first > last:
                raise ValueError
    except ValueError as error:
        hint = "a number in base units" if name in _NUMBERS else "EDTF: 2021, 2022-01/2022-09, ../2022-11"
        raise FangzhiError(f"{place}: {name} is {hint}, not {text}") from error
    return text


# ---- one report ----


def _apply(facts: ReportFacts, told: Instruction) -> ReportFacts:
    """The facts with one correction applied. Raises NotSoError where it doesn't fit."""
    text = facts.report.text
    found = text[told.start : told.end]
    if found != told.expect:
        raise NotSoError(f"{found!r} stands there and not {told.expect!r}; look the place up again")
    over = [m for m in facts.metrics if m.value_start < told.end and told.start < m.value_end]
    old = next((m for m in over if (m.value_start, m.value_end) == (told.start, told.end)), None)
    if told.action == "add":
        if over:
            raise NotSoError(f"{over[0].value_text!r} at {over[0].value_start} is a figure already; use set")
        span = _span(facts, told)
        new = _changed(_blank(facts, told, span), told, facts)
        spans = facts.spans if span in facts.spans else [*facts.spans, span]
        facts = replace(facts, metrics=[*facts.metrics, new], spans=spans)
        return _recorded(_accounted(facts, told, new.id), told, new.id, {})
    if old is None:
        near = [f"; {m.value_text!r} stands at {m.value_start} to {m.value_end}" for m in over[:1]]
        raise NotSoError(f"no figure stands just there{''.join(near)}")
    if told.action == "wrong":
        facts = replace(
            facts,
            metrics=[m for m in facts.metrics if m is not old],
            places=[p for p in facts.places if p.metric_id != old.id],
        )
        was = {name: getattr(old, name) for name in FIELDS}
        return _recorded(_accounted(facts, told, None), told, None, was)
    new = _changed(old, told, facts)
    was = {name: getattr(old, name) for name in FIELDS if getattr(old, name) != getattr(new, name)}
    if not was:
        raise NotSoError("the figure says so already; take the line out")
    facts = replace(facts, metrics=[new if m is old else m for m in facts.metrics])
    return _recorded(facts, told, new.id, was)


def _recorded(
    facts: ReportFacts, told: Instruction, metric: str | None, was: Mapping[str, Any]
) -> ReportFacts:
    """The facts with a row on a correction that was applied."""
    report = facts.report
    row = AnalystCorrection(
        f"{report.id}-z{len(facts.analyst_corrections)}", report.id, told.start, told.end, told.expect,
        told.action, _json(dict(told.changes)), _json(was), metric, told.who, told.why,
    )  # fmt: skip
    return replace(facts, analyst_corrections=[*facts.analyst_corrections, row])


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _accounted(facts: ReportFacts, told: Instruction, metric: str | None) -> ReportFacts:
    """The facts whose numerals at the place are part of the metric, or of none."""
    numerals = [
        replace(row, role="metric" if metric else "other", metric_id=metric)
        if row.start_char < told.end and told.start < row.end_char
        else row
        for row in facts.numerals
    ]
    return replace(facts, numerals=numerals)


def _blank(facts: ReportFacts, told: Instruction, span: SourceSpan) -> Metric:
    """A metric at the place, whose subject is the report's district until the analyst says otherwise."""
    report = facts.report
    home = districts.load().get(report.district_id)
    return Metric(
        f"{report.id}-m{told.start}", report.id, span.id, told.start, told.end, told.expect, None, "",
        home.name if home else "", "district" if home else "other", home.id if home else None,
        report.district_id, "level", 0.0, None, "", "exact", None, None, None, None, "actual", RULE, 1.0,
    )  # fmt: skip


def _changed(old: Metric, told: Instruction, facts: ReportFacts) -> Metric:
    """The metric with the fields that the analyst sets, and those that follow from them."""
    changes: dict[str, Any] = {name: value for name, value in told.changes if getattr(old, name) != value}
    new = replace(old, rule=RULE, confidence=1.0, **changes)
    if "period" in changes:
        new.period_start, new.period_end = bounds(new.period)
    if "indicator_id" not in changes and not {"indicator", "unit", "measure"}.isdisjoint(changes):
        new.indicator_id, _ = map_indicator(new.indicator, new.unit, new.measure)
    if not {"subject", "subject_type"}.isdisjoint(changes):
        new.subject_id = _subject_id(new, facts)
        if new.subject_type == "district" and new.subject_id and "district_id" not in changes:
            new.district_id = new.subject_id
    elif "district_id" in changes and new.subject_type == "district":
        new.subject_id = new.district_id
    if new.value_max is not None and new.value > new.value_max:
        raise NotSoError(f"value {new.value:g} is greater than value_max {new.value_max:g}")
    return new


def _subject_id(metric: Metric, facts: ReportFacts) -> str | None:
    """The entity of the report that is so called, or the one district of that name."""
    if metric.subject_type == "district":
        named = districts.load().by_name(metric.subject)
        if len(named) > 1 and metric.district_id in named:
            return metric.district_id
        return named[0] if len(named) == 1 else None
    for entity in facts.entities:
        forms = (entity.name, entity.short_name, *(form for form, _ in entity.aliases))
        if entity.kind == metric.subject_type and metric.subject in forms:
            return entity.id
    return None


def _span(facts: ReportFacts, told: Instruction) -> SourceSpan:
    """The sentence around the place, else its line."""
    for span in facts.spans:
        if span.start_char <= told.start and told.end <= span.end_char:
            return span
    report = facts.report
    start = report.text.rfind("\n", 0, told.start) + 1
    end = report.text.find("\n", told.end)
    end = report.char_count if end < 0 else end
    line = report.text[start:end]
    last = max((span.paragraph for span in facts.spans if span.start_char < told.start), default=0)
    mended = clean(line).mapped.text.strip() or line
    return SourceSpan(f"{report.id}-s{start}-{end}", report.id, start, end, line, mended, None, last)
