"""The database described for a reader, from the database itself.

In: nothing but the schema and what `seeds/lookups/columns.csv` says of each column. Out: the Markdown of
docs/schema.md. Refuses a column that the lookup doesn't explain.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sqlite_utils import Database

import seeds
from db import schema

ABOUT = {
    "reports": "A row a report, with its text.",
    "source_spans": "The evidence: as a rule a sentence.",
    "districts": "The administrative units that the reports speak of, and their parents.",
    "parks": "Development zones, industrial parks, logistics bases and the like.",
    "enterprises": "Companies, groups, banks and their plants.",
    "institutions": "Universities, institutes, laboratories, hospitals, government bodies.",
    "initiatives": "Named policies, plans, actions, programmes, mechanisms, platforms, events and projects.",
    "aliases": "Other forms of a name; one of the five entity columns is filled.",
    "mentions": "Where an entity is named; one of the five entity columns is filled.",
    "relations": "What a sentence tells of an entity; one of the five entity columns is filled.",
    "indicators": "The canonical indicators.",
    "metrics": "A row a fact: one quantity that measures something.",
    "numerals": "The ledger: every run of digits of every report, once, with the part it plays.",
    "corrections": "Each repair of a damaged character.",
    "analyst_corrections": "Each figure that a person set right, with who and why.",
    "issues": "What could not be read, resolved or decided.",
    "report_entities": "What each report alone tells of an entity; the entity tables are merged from it.",
    "report_sources": "A row a report that was no plain text: the file and entry that it stood in, its page.",
    "page_starts": "Where each page of a PDF begins in the report's text.",
    "places": "Where a metric's figure is printed: a row a line of a page of a PDF or a picture.",
    "build": "What the file was made from: tool version, digests of rules and inputs. No time, no machine.",
    "metric_facts": "Each metric with every name spelled out and its sentence: start here.",
    "conflicts": "Pairs of figures that should agree and don't, with both sentences.",
    "time_series": "What is told of one indicator of one subject at one time, all measures in a row.",
    "targets": "Each target beside the later figures that met or missed it.",
    "coverage": "A row a report: its numerals by role, and what was made of it.",
    "enterprise_profile": "A row an enterprise: where it is, by which sentence, and how often it is told of.",
    "park_profile": "A row a park: its kind and level, what is in it, and how often it is told of.",
    "district_scorecard": "The latest level of each of a district's indicators, with its growth and rank.",
}
"""Table or view -> what it holds."""


@cache
def meanings() -> dict[tuple[str, str], str]:
    """(table, column) -> what the column means; the table is `*` where it means the same everywhere."""
    return {(row["table"], row["column"]): row["meaning"] for row in seeds.lookup("columns")}


def page() -> str:
    """The tables and views, a section each."""
    database = Database(memory=True, execute_plugins=False)
    schema.create(database)
    schema.finish(database)
    parts = ["## Tables\n"]
    for table in schema.TABLES:
        parts.append("\n".join(_section(database, table.name, table)))
    parts.append("## Views\n")
    parts.extend("\n".join(_section(database, view, None)) for view in database.view_names())
    return "\n".join(parts)


def _section(database: Database, name: str, table: schema.Table | None) -> Iterator[str]:
    told = meanings()
    yield f"### {name}\n\n{ABOUT[name]}\n"
    yield "| column | type | meaning |\n| --- | --- | --- |"
    for column in database[name].columns:
        kind = (
            ""
            if table is None
            else column.type.lower() + ("" if column.notnull or column.is_pk else ", null")
        )
        other = table.references.get(column.name) if table else None
        leads = f" → [{other}](#{other})" if other else ""
        meaning = told.get((name, column.name)) or told["*", column.name]
        yield f"| `{column.name}` | {kind} | {meaning}{leads} |"
    yield ""
