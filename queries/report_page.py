"""The page of one report: its text with every fact marked, beside the list of the facts.

Comes in: a report's id. Goes out: what the template shows: the marked text as HTML, the facts in the
order of the text, the counts of numerals by role. Without scripts the page reads as it is.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from markupsafe import Markup

from . import viewer, words
from .facts import ENTITY_TABLES, Row, Visit, facts, one, rows
from .viewer import Mark

_MENTIONS = f"""
select id, start_char, end_char, surface,
  case {" ".join(f"when {kind}_id is not null then '{kind}'" for kind in ENTITY_TABLES)} end as kind,
  coalesce({", ".join(f"{kind}_id" for kind in ENTITY_TABLES)}) as entity_id
from mentions where report_id = ?"""


def read(connection: sqlite3.Connection, visit: Visit) -> Row | None:
    """What the report's page shows; None where there is no such report."""
    report = one(
        connection,
        """select r.*, d.name as district
        from reports r left join districts d on d.id = r.district_id where r.id = ?""",
        visit.key,
    )
    if report is None:
        return None
    sentences = rows(
        connection, "select * from source_spans where report_id = ? order by start_char, id", visit.key
    )
    told = facts(connection, visit, "where m.report_id = ? order by m.value_start, m.id", visit.key)
    clean = visit.argument("view") == "clean"
    text = _clean(sentences, told) if clean else _raw(connection, visit, report, sentences, told)
    roles = rows(
        connection,
        """select role, count(*) as count from numerals where report_id = ?
        group by role order by count(*) desc, role""",
        visit.key,
    )
    for role in roles:
        role["word"] = words.value(role["role"], visit.language)
    return {
        "title": report["title"] or report["file_name"],
        "report": {name: value for name, value in report.items() if name != "text"},
        "origin_word": words.value(report["origin"], visit.language),
        "text": Markup(text),
        "facts": told,
        "roles": roles,
        "clean": clean,
    }


def _raw(
    connection: sqlite3.Connection, visit: Visit, report: Row, sentences: list[Row], told: list[Row]
) -> str:
    """The text as it stands, marked."""
    headings = frozenset({report["title"], *(row["section"] for row in sentences)} - {None})
    read_places = ((row["start_char"], row["end_char"]) for row in sentences)
    marks = viewer.unread(report["text"], read_places, headings)
    marks += [Mark(row["start_char"], row["end_char"], "sentence", row["id"]) for row in sentences]
    marks += [
        Mark(
            row["value_start"], row["value_end"], "figure", row["id"], f"#fact-{row['id']}",
            f"{row['subject']} · {row['indicator_name']} · {row['shown']} · {row['when']}",
        )
        for row in told
    ]  # fmt: skip
    for row in rows(connection, _MENTIONS, visit.key):
        link = visit.link(row["kind"], row["entity_id"])
        hint = words.value(row["kind"], visit.language)
        marks.append(Mark(row["start_char"], row["end_char"], row["kind"], row["id"], link, hint))
    for row in rows(connection, "select * from numerals where report_id = ? and role <> 'metric'", visit.key):
        kind = "unexplained" if row["role"] == "unexplained" else "numeral"
        hint = words.value(row["role"], visit.language)
        marks.append(Mark(row["start_char"], row["end_char"], kind, row["id"], hint=hint))
    for row in rows(connection, "select * from corrections where report_id = ?", visit.key):
        hint = f"{visit.say('corrected_to')} {row['corrected']} · {row['reason']}"
        marks.append(
            Mark(
                row["start_char"], row["end_char"], "correction", row["id"], hint=hint,
                corrected=row["corrected"],
            )
        )  # fmt: skip
    return viewer.html(report["text"], marks)


def _clean(sentences: list[Row], told: list[Row]) -> str:
    """The sentences as the program read them, a paragraph apart; each figure's printed form is marked where
    the clean sentence still has it."""
    of_sentence: dict[str, list[Row]] = {}
    for fact in told:
        of_sentence.setdefault(fact["span_id"], []).append(fact)
    parts: list[str] = []
    paragraph: Any = None
    for row in sentences:
        if paragraph is not None and row["paragraph"] != paragraph:
            parts.append("\n\n")
        paragraph = row["paragraph"]
        quote, at = row["clean_quote"], 0
        marks = [Mark(0, len(quote), "sentence", row["id"])]
        for fact in of_sentence.get(row["id"], []):
            start = quote.find(fact["value_text"], at)
            if start >= 0:
                at = start + len(fact["value_text"])
                marks.append(Mark(start, at, "figure", fact["id"], f"#fact-{fact['id']}"))
        parts.append(viewer.html(quote, marks))
    return "".join(parts)


def fact_address(connection: sqlite3.Connection, visit: Visit) -> str | None:
    """Where a metric's, sentence's or mention's id leads; None where there is none such."""
    for table in ("metrics", "source_spans", "mentions", "numerals", "corrections"):
        found = one(connection, f"select report_id from {table} where id = ?", visit.key)
        if found:
            return visit.fact_link(found["report_id"], visit.key)
    return None
