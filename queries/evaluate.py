"""How right a database is: its rows against annotated reports (gold).

Comes in: an open database and gold files. Goes out: a verdict for each row and each annotated figure, and
sums of them. A row and an annotation pair up where their quantities overlap in the report's text. Three
levels: `detect`, a row stands where the annotation has a figure; `core`, value, unit, measure and indicator
are right too; `full`, subject, period, status and bound as well. What an annotation calls optional neither
counts nor costs. Refused: gold that is no annotation.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .canned import QueryError
from .likeness import (
    ENTITY_SHARED,
    end_year,
    normal,
    same_indicator,
    same_name,
    same_number,
    same_period,
    same_unit,
)

Fact = Mapping[str, Any]
"""A row of the table metrics, or an annotated figure, by the names of its fields."""
Ratios = tuple[float, float, float]
"""Precision, recall and F1."""

CORE = ("value", "unit", "measure", "indicator")
FIELDS = (*CORE, "subject", "period", "status", "bound")
KINDS = {
    "enterprises": "enterprise_id",
    "parks": "park_id",
    "institutions": "institution_id",
    "initiatives": "initiative_id",
    "districts": "district_id",
}
"""Table of entities, which is the annotation's key too -> the column that refers to it."""
LEVELS = ("detect", "core", "full")

_METRICS = """
    select m.*, s.clean_quote,
        instr(s.clean_quote, m.subject) > 0 or exists (
            select 1 from mentions n where n.span_id = m.span_id and case m.subject_type
                when 'district' then n.district_id = m.district_id
                when 'park' then n.park_id = m.park_id
                when 'enterprise' then n.enterprise_id = m.enterprise_id
                when 'institution' then n.institution_id = m.institution_id
                when 'initiative' then n.initiative_id = m.initiative_id end) as subject_own,
        exists (
            select 1 from numerals n where n.report_id = m.report_id and n.role = 'date'
            and n.start_char >= s.start_char and n.end_char <= s.end_char) as period_own
    from metrics m join source_spans s on s.id = m.span_id
    where m.report_id = ? order by m.value_start, m.id"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a row, an annotated figure, or the two as a pair. `wrong` names a pair's fields."""

    report: str
    row: Fact | None
    gold: Fact | None
    wrong: tuple[str, ...] = ()

    @property
    def hit(self) -> bool:
        return self.row is not None and self.gold is not None

    @property
    def core(self) -> bool:
        return self.hit and not set(self.wrong) & set(CORE)

    @property
    def full(self) -> bool:
        return self.hit and not self.wrong


@dataclass(frozen=True, slots=True)
class Found:
    """Entities of one kind in one report: how many were found, and the names that are too few or too many."""

    right: int
    missed: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(slots=True)
class Evaluation:
    """The verdicts on one report, or on several together. `absent` are reports that the database lacks."""

    verdicts: list[Verdict] = field(default_factory=list)
    entities: dict[str, list[Found]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    absent: list[str] = field(default_factory=list)

    def add(self, other: Evaluation) -> None:
        """Take in another evaluation's verdicts."""
        self.verdicts += other.verdicts
        self.absent += other.absent
        for kind, found in other.entities.items():
            self.entities[kind] += found

    @property
    def expected(self) -> int:
        """How many figures the annotations have that are not optional."""
        return sum(verdict.gold is not None for verdict in self.verdicts)

    def level(self, level: str) -> Ratios:
        """Precision, recall and F1 at `detect`, `core` or `full`."""
        hits = sum(v.hit for v in self.verdicts)
        right = {"detect": hits}.get(level, sum(bool(getattr(v, level, False)) for v in self.verdicts))
        rows = sum(v.row is not None for v in self.verdicts)
        return ratios(right, rows, self.expected)

    def fields(self) -> dict[str, float]:
        """The share of pairs whose field is right, for each field."""
        pairs = [verdict for verdict in self.verdicts if verdict.hit]
        wrong = Counter(name for verdict in pairs for name in verdict.wrong)
        return {name: (len(pairs) - wrong[name]) / max(1, len(pairs)) for name in FIELDS} if pairs else {}

    def entity(self, kind: str) -> Ratios:
        """Precision, recall and F1 of one kind of entity."""
        found = self.entities[kind]
        right = sum(f.right for f in found)
        return ratios(
            right, right + sum(len(f.extra) for f in found), right + sum(len(f.missed) for f in found)
        )


def ratios(right: int, given: int, expected: int) -> Ratios:
    """Precision, recall and F1; 0 where there is nothing to divide by."""
    precision = right / given if given else 0.0
    recall = right / expected if expected else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


# ---- gold ----


def gold_files(paths: Iterable[Path]) -> list[Path]:
    """The annotations that files and folders stand for. Raises QueryError where there is none."""
    found = [file for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    if not found:
        raise QueryError("no annotations there; name a .json file or a folder of them")
    return found


def load_gold(path: Path) -> Fact:
    """One annotated report. Raises QueryError where the file is none, OSError where it can't be read."""
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(gold["report"], str) and isinstance(gold["metrics"], list):
            return gold  # type: ignore[no-any-return]
    except (ValueError, TypeError, KeyError):
        pass
    raise QueryError(f"{path}: not an annotation; it needs `report` and `metrics`")


# ---- one report ----


def evaluate_report(connection: sqlite3.Connection, gold: Fact) -> Evaluation:
    """The verdicts on one annotated report; all is missed where the database has no report of that name."""
    name = gold["report"]
    found = connection.execute(
        "select id from reports where file_name = ? or substr(file_name, -?) = ?",
        (name, len(name) + 1, "/" + name),
    ).fetchone()
    result = Evaluation(absent=[] if found else [name])
    rows = facts_of(connection, found[0]) if found else []
    result.verdicts = list(judge(rows, gold))
    for kind, column in KINDS.items():
        forms = entity_forms(connection, found[0], kind, column) if found else {}
        result.entities[kind].append(find_entities(forms, gold, kind))
    return result


def facts_of(connection: sqlite3.Connection, report_id: str) -> list[Fact]:
    """A report's rows of metrics in the order of its text. `subject_own` and `period_own` tell whether
    the row's sentence names its subject, and whether it holds a date in digits."""
    cursor = connection.execute(_METRICS, (report_id,))
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor]


def judge(rows: Sequence[Fact], gold: Fact) -> Iterator[Verdict]:
    """The verdicts on the rows of one report. Annotations choose in turn, each the row most like it."""
    now = _reference_years(gold)
    taken: set[str] = set()
    for figure in gold["metrics"]:
        near = [row for row in rows if _overlap(figure, row) > 0 and row["id"] not in taken]
        row = max(near, key=lambda row: _resemblance(figure, row), default=None)
        if row is not None:
            taken.add(row["id"])
        if not figure.get("optional"):
            yield Verdict(gold["report"], row, figure, wrong_fields(row, figure, now) if row else ())
    optional = [figure for figure in gold["metrics"] if figure.get("optional")]
    for row in rows:
        spared = any(_overlap(figure, row) > 0 for figure in optional) or _only_in_words(row)
        if row["id"] not in taken and not spared:
            yield Verdict(gold["report"], row, None)


def wrong_fields(row: Fact, figure: Fact, now: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The fields that no reading of the annotation has as the row has them.

    `now` are the years of the report's reference date: a stock as of then may be dated by the year alone.
    """
    readings: list[Fact] = [figure, *({**figure, **other} for other in figure.get("alt", ()))]
    period = figure.get("period") or ""
    if period.startswith("../") and end_year(period) in now:
        readings += [{**figure, "period": year} for year in now]
    return tuple(name for name in FIELDS if not any(_same(name, row, reading) for reading in readings))


def _same(name: str, row: Fact, reading: Fact) -> bool:
    """Whether one field is as this reading has it."""
    given, wanted = row[name], reading.get(name)
    match name:
        case "value":
            return same_number(given, wanted) and same_number(row["value_max"], reading.get("value_max"))
        case "unit":
            return same_unit(given, wanted)
        case "indicator":
            return same_indicator(given, wanted, row["subject"], reading["subject"])
        case "subject":
            return same_name(given, wanted)
        case "period":
            return same_period(given, wanted)
    return bool(given == wanted)


def _reference_years(gold: Fact) -> frozenset[str]:
    other = gold.get("reference_date_alt") or []
    dates = [gold.get("reference_date"), *([other] if isinstance(other, str) else other)]
    return frozenset(year for date in dates if (year := end_year(date)))


def _overlap(figure: Fact, row: Fact) -> int:
    return int(min(figure["end"], row["value_end"]) - max(figure["start"], row["value_start"]))


def _resemblance(figure: Fact, row: Fact) -> tuple[bool, bool, bool, int]:
    return (
        same_number(row["value"], figure["value"]),
        row["measure"] == figure["measure"],
        same_name(row["indicator"], figure["indicator"]),
        _overlap(figure, row),
    )


def _only_in_words(row: Fact) -> bool:
    """A quantity in Chinese numerals that is no rank: annotations may leave it out."""
    return not re.search(r"\d", row["value_text"] or "") and row["measure"] != "rank"


# ---- entities ----


def entity_forms(
    connection: sqlite3.Connection, report_id: str, kind: str, column: str
) -> dict[str, set[str]]:
    """Id of each entity that a report mentions -> all forms of its name, compared as `normal` has them."""
    short = "null" if kind == "initiatives" else "t.short_name"
    forms: dict[str, set[str]] = {}
    for key, name, short_name in connection.execute(
        f"select distinct t.id, t.name, {short} from {kind} t join mentions m on m.{column} = t.id"
        " where m.report_id = ?",
        (report_id,),
    ):
        forms[key] = {normal(name), normal(short_name)}
    told = (
        (f"select {column}, alias from aliases where {column} is not null", ()),
        (
            f"select {column}, surface from mentions where report_id = ? and {column} is not null",
            (report_id,),
        ),
    )
    for sql, values in told:
        for key, form in connection.execute(sql, values):
            if key in forms:
                forms[key].add(normal(form))
    return {key: names - {""} for key, names in forms.items()}


def find_entities(forms: Mapping[str, set[str]], gold: Fact, kind: str) -> Found:
    """Pair a report's entities of one kind with the annotated ones, each annotated one in turn."""
    spare = [{**e, "optional": True} for e in gold.get("optional_entities", ()) if e.get("list") == kind]
    taken: set[str] = set()
    right, missed = 0, []
    for entity in [*gold.get(kind, ()), *spare]:
        wanted = {normal(entity["name"]), *map(normal, entity.get("aliases", ()))} - {""}
        key = next(
            (key for key, names in forms.items() if key not in taken and _same_entity(wanted, names)), None
        )
        if key is not None:
            taken.add(key)
            right += not entity.get("optional")
        elif not entity.get("optional"):
            missed.append(entity["name"])
    extra = [max(sorted(names), key=len, default=key) for key, names in forms.items() if key not in taken]
    return Found(right, tuple(missed), tuple(extra))


def _same_entity(wanted: set[str], names: set[str]) -> bool:
    return bool(wanted & names) or any(same_name(a, b, ENTITY_SHARED) for a in wanted for b in names)
