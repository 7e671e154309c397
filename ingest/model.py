"""The types that pass between the stages and out of the room.

Every offset is half-open and counts Unicode code points. Offsets into a report's raw text are in the
rows that leave the room; offsets into a paragraph's clean text stay inside it and are called so.
The row types carry the column names of the database, so `db` loads them as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

EntityKind = Literal["district", "park", "enterprise", "institution", "initiative"]
SubjectType = Literal["district", "park", "enterprise", "institution", "initiative", "cluster", "other"]
Measure = Literal["level", "change", "growth", "share", "rank"]
Bound = Literal["exact", "approx", "min", "max"]
Status = Literal["actual", "forecast", "target", "planned"]
Role = Literal["metric", "date", "name", "ordinal", "boilerplate", "other", "unexplained"]
ParagraphKind = Literal["title", "heading", "body", "caption", "credit", "boilerplate"]


class FangzhiError(Exception):
    """The root of what goes wrong for a reason that the user can mend; its text says what to do."""


class ReadError(FangzhiError):
    """A report that cannot be read. `kind` is the issue's kind: empty, binary, unknown-extension, ..."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str]]:
        return ReadError, (self.kind, str(self))


class Span(NamedTuple):
    """A half-open interval of code points."""

    start: int
    end: int


# ---- inside the room ----


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a report beside its text: from the manifest, the page's metadata or the user.

    Dates are EDTF; `district_id` is a code of GB/T 2260; `origin` is `original` or `digest`.
    """

    title: str | None = None
    publisher: str | None = None
    published_on: str | None = None
    reference_date: str | None = None
    district_id: str | None = None
    origin: str = "original"


class Box(NamedTuple):
    """A rectangle on a page, counted from 1; points from the left and upper edges."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line on a page: character `start + i` of the text lies from `edges[i]` to `edges[i + 1]`.

    Where the text has more characters than the page (a blank that was put in), two edges are the same.
    """

    start: int
    page: int
    top: float
    bottom: float
    edges: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text was taken from: the file, and the place in it.

    `entry` counts from 1 the reports of a file that holds many; `html` is the page without what runs in it.
    """

    file_sha256: str
    entry: int | None = None
    url: str | None = None
    html: str | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report as read: `text` is the file as decoded or extracted, kept for ever as it was.

    `sha256` is that of the file, or of the text in UTF-8 where the file holds many reports. `source` is what
    the file itself tells beside the text; `notes` are the kind and the message of each issue met in reading.
    """

    file_name: str
    sha256: str
    media_type: str
    text: str
    source: Source = Source()
    origin: Origin | None = None
    layout: tuple[PrintedLine, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MappedText:
    """Clean text with, for each character, the raw interval that it stands for.

    `starts[i]`..`ends[i]` is the raw interval of `text[i]`; both may be a `range` where nothing changed.
    Sewn columns make the map jump, so the offsets need not rise.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def raw(self, start: int, end: int) -> Span:
        """The raw interval of clean `[start, end)`; where the map jumps, the first unbroken part."""
        first = self.starts[start]
        last = self.ends[end - 1]
        if last - first >= end - start:
            return Span(first, last)
        stop = start
        while stop + 1 < end and self.starts[stop + 1] >= self.ends[stop]:
            stop += 1
        return Span(first, self.ends[stop])

    def cut(self, start: int, end: int) -> MappedText:
        """The part `[start, end)` with its map."""
        return MappedText(self.text[start:end], self.starts[start:end], self.ends[start:end])


@dataclass(frozen=True, slots=True)
class Repair:
    """A damaged character mended while cleaning: raw interval, what was found and what it became."""

    start: int
    end: int
    found: str
    corrected: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What cleaning gives: the whole text with its map, the script it was in, and the repairs."""

    mapped: MappedText
    script: Literal["Hans", "Hant"]
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in reading order. `sentences` are clean offsets into `mapped.text`, without gaps
    but for white space; `section` is the heading that it stands under, clean, or ''."""

    index: int
    kind: ParagraphKind
    section: str
    mapped: MappedText
    sentences: tuple[Span, ...]

    @property
    def text(self) -> str:
        return self.mapped.text


@dataclass(slots=True)
class Quantity:
    """A numeral with its unit in a paragraph: clean offsets of the expression, exact value in base units.

    `kind`: money, count, percent, point (percentage points), times (倍), double (翻番), rank,
    measure (physical).
    `chinese` is true where the numeral is written only in Chinese numerals. `classifier` is the unit as
    printed, with multipliers.
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str
    bound: Bound
    kind: str
    chinese: bool
    classifier: str


@dataclass(slots=True)
class Name:
    """A named entity where it stands in a paragraph: clean offsets, its kind and the entity's id."""

    paragraph: int
    start: int
    end: int
    kind: EntityKind
    id: str


# ---- rows that leave the room ----


@dataclass(slots=True)
class Report:
    id: str
    file_name: str
    sha256: str
    media_type: str
    title: str | None
    publisher: str | None
    published_on: str | None
    reference_date: str | None
    reference_basis: str | None
    district_id: str | None
    script: str
    origin: str
    text: str
    char_count: int


@dataclass(slots=True)
class SourceSpan:
    id: str
    report_id: str
    start_char: int
    end_char: int
    quote: str
    clean_quote: str
    section: str | None
    paragraph: int


@dataclass(slots=True)
class Entity:
    """What one report tells of an entity; reports that speak of the same id are merged in `resolve`.

    `kind` is the entity's table; `subkind` the `kind` column there. `aliases` are (form, alias kind),
    alias kind being short, former, damaged or traditional. `weight` counts the mentions.
    """

    id: str
    kind: EntityKind
    name: str
    short_name: str | None = None
    subkind: str | None = None
    level: str | None = None
    industry: str | None = None
    district_id: str | None = None
    park_id: str | None = None
    period: str | None = None
    status: str | None = None
    aliases: tuple[tuple[str, str], ...] = ()
    weight: int = 0


@dataclass(slots=True)
class Mention:
    id: str
    report_id: str
    span_id: str
    start_char: int
    end_char: int
    surface: str
    kind: EntityKind
    entity_id: str


@dataclass(slots=True)
class Relation:
    """How an entity hangs together with another, or what is told of it, and the sentence that tells it.

    `relation` is district, park, host, enterprise, the firm that invests (by `object_id`), kind, level,
    industry, amount (yuan), start, end (EDTF), status, period or name, a form that it is named by (by `value`
    alone); `value` of the first four is the object's name.
    """

    id: str
    report_id: str
    span_id: str
    kind: EntityKind
    entity_id: str
    relation: str
    object_id: str | None
    value: str


@dataclass(slots=True)
class Metric:
    id: str
    report_id: str
    span_id: str
    value_start: int
    value_end: int
    value_text: str
    indicator_id: str | None
    indicator: str
    subject: str
    subject_type: SubjectType
    subject_id: str | None
    district_id: str | None
    measure: Measure
    value: float
    value_max: float | None
    unit: str
    bound: Bound
    basis: str | None
    period: str | None
    period_start: str | None
    period_end: str | None
    status: Status
    rule: str
    confidence: float


@dataclass(slots=True)
class Numeral:
    id: str
    report_id: str
    start_char: int
    end_char: int
    text: str
    role: Role
    metric_id: str | None


@dataclass(slots=True)
class Correction:
    id: str
    report_id: str
    start_char: int
    end_char: int
    found: str
    corrected: str
    reason: str


@dataclass(slots=True)
class Issue:
    """`start_char`/`end_char` are raw offsets where the trouble has a place."""

    id: str
    file_name: str
    report_id: str | None
    kind: str
    message: str
    start_char: int | None = None
    end_char: int | None = None


@dataclass(slots=True)
class ReportSource:
    """Where a report's text was taken from, for what is no plain text file. `id` is the report's."""

    id: str
    report_id: str
    file_sha256: str
    entry: int | None
    url: str | None
    pages: int | None
    html: str | None


@dataclass(slots=True)
class Place:
    """Where a metric's figure is printed, a row a line: points from the page's left and upper edges."""

    id: str
    report_id: str
    metric_id: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class PageStart:
    """Where a page of a PDF begins in the text: the offset of the first character that is read of it."""

    id: str
    report_id: str
    page: int
    start_char: int


@dataclass(slots=True)
class AnalystCorrection:
    """What an analyst corrected. `action` is wrong, add or set; `changes` and `previous` are JSON objects of
    columns of metrics; `metric_id` is the corrected metric, None where it was wrong and is gone."""

    id: str
    report_id: str
    start_char: int
    end_char: int
    expect: str
    action: str
    changes: str
    previous: str
    metric_id: str | None
    who: str
    why: str


@dataclass(slots=True)
class ReportFacts:
    """All that one report gives: its row and the rows that hang on it."""

    report: Report
    spans: list[SourceSpan] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    numerals: list[Numeral] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    analyst_corrections: list[AnalystCorrection] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    sources: list[ReportSource] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    page_starts: list[PageStart] = field(default_factory=list)
