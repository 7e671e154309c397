"""The tables of the finished file, stated once and created by sqlite-utils.

In: an empty `sqlite_utils.Database`. Out: every table, STRICT, with its foreign keys declared; `finish`
adds the indexes and the views when the rows are in, which is faster than carrying them along.
It refuses nothing: whether the rows hold together is for `db.check`.

The columns that a report gives come from the row types of `ingest.model`, so a new field there is a new
column here.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from types import NoneType
from typing import Any, get_args, get_type_hints

from sqlite_utils import Database

from db.views import VIEWS
from ingest.model import (
    AnalystCorrection,
    Correction,
    Issue,
    Mention,
    Metric,
    Numeral,
    PageStart,
    Place,
    Relation,
    Report,
    ReportSource,
    SourceSpan,
)

APPLICATION_ID = 0x46616E67
"""`Fang` in the header of each file that a build made (PRAGMA application_id): how a build knows its own."""

ENTITY_TABLES = {
    "district": "districts",
    "park": "parks",
    "enterprise": "enterprises",
    "institution": "institutions",
    "initiative": "initiatives",
}
"""Entity kind -> its table; the column that points there is `<kind>_id`."""

_HOLDERS = {f"{kind}_id": table for kind, table in ENTITY_TABLES.items()}
_IN_REPORT = {"report_id": "reports", "span_id": "source_spans"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table: column -> Python type, the columns that may not be null, and column -> table pointed to."""

    name: str
    columns: dict[str, type]
    required: frozenset[str]
    references: dict[str, str] = field(default_factory=dict)
    key: str = "id"


def _columns(row: type[Any]) -> tuple[dict[str, type], frozenset[str]]:
    """The columns of a row type and those of them that may not be null."""
    hints = get_type_hints(row)
    columns: dict[str, type] = {}
    required = set()
    for item in dataclasses.fields(row):
        members = get_args(hints[item.name]) or (hints[item.name],)
        plain = [member for member in members if member is not NoneType]
        columns[item.name] = plain[0] if isinstance(plain[0], type) else str
        if NoneType not in members:
            required.add(item.name)
    return columns, frozenset(required)


def _of_row(name: str, row: type[Any], references: dict[str, str]) -> Table:
    columns, required = _columns(row)
    return Table(name, columns, required, references)


def _with_holders(
    name: str, row: type[Any], instead_of: tuple[str, ...], references: dict[str, str]
) -> Table:
    """A table whose row names its entity by kind and id: five columns, one an entity table, stand for it."""
    columns, required = _columns(row)
    spread: dict[str, type] = {}
    for column, kind in columns.items():
        if column == instead_of[0]:
            spread |= dict.fromkeys(_HOLDERS, str)
        if column not in instead_of and column not in _HOLDERS:
            spread[column] = kind
    return Table(name, spread, required - set(instead_of), references | _HOLDERS)


def _of_text(name: str, columns: str, required: str, references: dict[str, str], key: str = "id") -> Table:
    """A table of text columns, listed in one string."""
    return Table(name, dict.fromkeys(columns.split(), str), frozenset(required.split()), references, key)


def _districts() -> Table:
    plain = _of_text(
        "districts", "id name short_name level parent_id", "id name level", {"parent_id": "districts"}
    )
    return dataclasses.replace(plain, columns=plain.columns | {"latitude": float, "longitude": float})


def _metrics() -> Table:
    plain = _with_holders("metrics", Metric, ("subject_id",), _IN_REPORT | {"indicator_id": "indicators"})
    added = {"series_id": str, "surest": int}
    return dataclasses.replace(plain, columns=plain.columns | added, required=plain.required | set(added))


def _report_entities() -> Table:
    columns = (
        "id report_id entity_id kind name short_name subkind level industry district_id park_id period status"
        " aliases"
    )
    plain = _of_text(
        "report_entities", columns, "id report_id entity_id kind name aliases", {"report_id": "reports"}
    )
    return dataclasses.replace(
        plain, columns=plain.columns | {"weight": int}, required=plain.required | {"weight"}
    )


TABLES: tuple[Table, ...] = (
    _districts(),
    _of_row("reports", Report, {"district_id": "districts"}),
    _of_row("source_spans", SourceSpan, {"report_id": "reports"}),
    _of_text("parks", "id name short_name kind level district_id", "id name", {"district_id": "districts"}),
    _of_text(
        "enterprises",
        "id name short_name industry district_id park_id",
        "id name",
        {"district_id": "districts", "park_id": "parks"},
    ),
    _of_text("institutions", "id name short_name kind district_id", "id name", {"district_id": "districts"}),
    _of_text(
        "initiatives",
        "id name kind district_id park_id period status",
        "id name",
        {"district_id": "districts", "park_id": "parks"},
    ),
    _of_text(
        "aliases",
        f"id {' '.join(_HOLDERS)} alias kind report_id span_id",
        "id alias kind",
        _HOLDERS | _IN_REPORT,
    ),
    _with_holders("mentions", Mention, ("kind", "entity_id"), _IN_REPORT),
    _with_holders("relations", Relation, ("kind", "entity_id"), _IN_REPORT),
    _of_text("indicators", "id name name_en category unit definition", "id name", {}),
    _metrics(),
    _of_row("numerals", Numeral, {"report_id": "reports", "metric_id": "metrics"}),
    _of_row("corrections", Correction, {"report_id": "reports"}),
    _of_row("analyst_corrections", AnalystCorrection, {"report_id": "reports", "metric_id": "metrics"}),
    _of_row("issues", Issue, {"report_id": "reports"}),
    _report_entities(),
    _of_row("report_sources", ReportSource, {"report_id": "reports"}),
    _of_row("page_starts", PageStart, {"report_id": "reports"}),
    _of_row("places", Place, {"report_id": "reports", "metric_id": "metrics"}),
    _of_text("build", "key value", "key value", {}, key="key"),
)
"""In the order in which they are made: a table after those that it points to. `report_entities` is what each
report alone tells of an entity: what `ingest.resolve` merges. `metrics.series_id` is the same where
indicator and subject are; `metrics.surest` is 1 for the surest statement of a measure at a time, else 0."""

_INDEXES: dict[str, list[tuple[str, ...]]] = {
    "source_spans": [("report_id", "start_char")],
    "metrics": [
        ("series_id", "period_end", "period_start", "status", "measure"),
        ("indicator",),
        ("subject",),
        ("period_end",),
        ("status",),
    ],
    "numerals": [("report_id", "role")],
    "mentions": [("surface",)],
    "relations": [("relation", "object_id")],
    "aliases": [("alias",)],
    "report_entities": [("entity_id",)],
    "issues": [("kind",)],
    **{table: [("name",)] for table in ENTITY_TABLES.values()},
}


def create(database: Database) -> None:
    """Create every table, empty, and mark the file as this project's."""
    database.execute(f"pragma application_id = {APPLICATION_ID}")
    with database.atomic():
        for table in TABLES:
            database.table(table.name).create(
                table.columns,
                pk=table.key,
                not_null=table.required - {table.key},
                foreign_keys=[(column, other, "id") for column, other in table.references.items()],
                strict=True,
            )


def finish(database: Database) -> None:
    """Add what is cheapest to make when all rows are in: indexes, views and the full-text index."""
    with database.atomic():
        for name, indexes in _INDEXES.items():
            for columns in indexes:
                database.table(name).create_index(columns)
        _index_foreign_keys(database)
        for view, sql in VIEWS.items():
            database.create_view(view, sql)
        index_sentences(database)


def _index_foreign_keys(database: Database) -> None:
    """As sqlite-utils does, but for keys that already lead an index; rows without the key stay out of it,
    which of five entity columns are most."""
    for table in TABLES:
        leading = {index.columns[0] for index in database.table(table.name).indexes}
        for column in table.references:
            if column not in leading:
                some = "" if column in table.required else f'where "{column}" is not null'
                index = f"idx_{table.name}_{column}"
                database.execute(f'create index "{index}" on "{table.name}" ("{column}") {some}')


def index_sentences(database: Database) -> None:
    """Build `source_spans_fts` over the clean sentences, one character a token.

    A query for a word is a phrase of its characters (巴南 is `"巴 南"`), which finds words of any length;
    FTS5's own tokenisers miss Chinese words of two characters. The index is fed by hand with the
    characters set apart, so FTS5's 'rebuild' must never be run on it.
    """
    database.execute(
        'create virtual table "source_spans_fts" using fts5('
        '"clean_quote", content="source_spans", tokenize="unicode61 remove_diacritics 0")'
    )
    rows = database.conn.execute("select rowid, clean_quote from source_spans order by rowid")
    database.conn.executemany(
        "insert into source_spans_fts (rowid, clean_quote) values (?, ?)",
        ((rowid, " ".join(text)) for rowid, text in rows),
    )
    database.execute("insert into source_spans_fts (source_spans_fts) values ('optimize')")
