"""The page of one report: its text with every fact marked, beside the list of the facts.

Comes in: a report's id. Goes out: what the template shows: the marked text as HTML, the facts in the
order of the text, the counts of numerals by role. Without scripts the page reads as it is.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Any

from markupsafe import Markup

from . import alignment, viewer, words
from .facts import ENTITY_TABLES, Row, Visit, facts, one, rows
from .viewer import Mark, escaped

ROLES = ("metric", "date", "name", "ordinal", "boilerplate", "other", "unexplained")
AROUND = 14  # characters shown on each side of an unexplained numeral

NUMERALS = "select id, start_char, end_char, text, role from numerals where report_id = ? order by start_char"
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
    _say_where_printed(connection, visit, told)
    clean = visit.argument("view") == "clean"
    numerals = rows(connection, NUMERALS, visit.key)
    mended = rows(connection, "select * from corrections where report_id = ? order by start_char", visit.key)
    if clean:
        text = _clean(visit, sentences, told, mended)
    else:
        text = _raw(connection, visit, report, sentences, told, numerals, mended)
    return {
        "title": report["title"] or report["file_name"],
        "report": {name: value for name, value in report.items() if name != "text"},
        "origin_word": words.value(report["origin"], visit.language),
        "text": Markup(text),
        "facts": told,
        "side": Markup("".join(_item(fact, visit) for fact in told)),
        "roles": _ledger(numerals, visit),
        "numeral_count": len(numerals),
        "unexplained": _unexplained(report["text"], numerals),
        "clean": clean,
    }


def _raw(
    connection: sqlite3.Connection,
    visit: Visit,
    report: Row,
    sentences: list[Row],
    told: list[Row],
    numerals: list[Row],
    mended: list[Row],
) -> str:
    """The text as it stands, marked."""
    headings = frozenset({report["title"], *(row["section"] for row in sentences)} - {None})
    read_places = ((row["start_char"], row["end_char"]) for row in sentences)
    marks = viewer.unread(report["text"], read_places, headings)
    marks += [Mark(row["start_char"], row["end_char"], "sentence", row["id"]) for row in sentences]
    marks += [
        Mark(
            row["value_start"], row["value_end"], "figure", row["id"], f"#fact-{row['id']}",
            _hint(row),
        )
        for row in told
    ]  # fmt: skip
    for row in rows(connection, _MENTIONS, visit.key):
        link = visit.link(row["kind"], row["entity_id"])
        hint = words.value(row["kind"], visit.language)
        marks.append(Mark(row["start_char"], row["end_char"], row["kind"], row["id"], link, hint))
    for row in numerals:
        if row["role"] != "metric":
            kind = "unexplained" if row["role"] == "unexplained" else "numeral"
            hint = words.value(row["role"], visit.language)
            marks.append(Mark(row["start_char"], row["end_char"], kind, row["id"], hint=hint))
    for row in mended:
        hint = f"{visit.say('corrected_to')} {row['corrected']} · {row['reason']}"
        marks.append(
            Mark(
                row["start_char"], row["end_char"], "correction", row["id"], hint=hint,
                corrected=row["corrected"],
            )
        )  # fmt: skip
    starts = rows(connection, "select page, start_char from page_starts where report_id = ?", visit.key)
    if len(starts) > 1:
        marks += [
            Mark(row["start_char"], row["start_char"] + 1, "page", before=visit.say("page", n=row["page"]))
            for row in starts
        ]
    return viewer.html(report["text"], marks)


def _say_where_printed(connection: sqlite3.Connection, visit: Visit, told: list[Row]) -> None:
    """Adds `page` to the facts: the page that the figure is printed on and, as a tooltip, where on it."""
    places: dict[str, list[Row]] = {}
    for row in rows(
        connection, "select * from places where report_id = ? order by metric_id, page, y0, x0", visit.key
    ):
        places.setdefault(row["metric_id"], []).append(row)
    for fact in told:
        boxes = places.get(fact["id"], [])
        pages = sorted({box["page"] for box in boxes})
        fact["page"] = visit.say("page", n="–".join(map(str, pages))) if pages else ""
        fact["box"] = "; ".join(
            visit.say("box", page=box["page"], left=round(box["x0"]), top=round(box["y0"])) for box in boxes
        )


def _clean(visit: Visit, sentences: list[Row], told: list[Row], mended: list[Row]) -> str:
    """The sentences as the program read them, a paragraph apart, with each figure where it is in them. What
    a mended character was before is shown beside it."""
    of_sentence: dict[str, list[Row]] = {}
    for fact in told:
        of_sentence.setdefault(fact["span_id"], []).append(fact)
    parts: list[str] = []
    paragraph: Any = None
    for row in sentences:
        if paragraph is not None and row["paragraph"] != paragraph:
            parts.append("\n\n")
        paragraph = row["paragraph"]
        raw, clean, first = row["quote"], row["clean_quote"], row["start_char"]
        of_raw = alignment.places(raw, clean)
        marks = [Mark(0, len(clean), "sentence", row["id"])]
        for fact in of_sentence.get(row["id"], []):
            # A figure that a line break parts from its sentence may end beyond it.
            start, end = (min(max(fact[key] - first, 0), len(raw)) for key in ("value_start", "value_end"))
            start, end = alignment.quantity(raw, clean, of_raw, start, end)
            marks.append(Mark(start, end, "figure", fact["id"], f"#fact-{fact['id']}", _hint(fact)))
        for change in mended:
            start, end = change["start_char"] - first, change["end_char"] - first
            if 0 <= start < end <= len(raw) and change["corrected"]:
                hint = f"{visit.say('corrected_from')} {change['found']} · {change['reason']}"
                place = (of_raw[start], max(of_raw[end], of_raw[start] + 1))
                marks.append(Mark(*place, "correction", change["id"], "", hint, change["found"]))
        parts.append(viewer.html(clean, marks))
    return "".join(parts)


def _item(fact: Row, visit: Visit) -> str:
    """A fact in the list beside the text. Not in the template, whose loop takes four times as long."""
    key = escaped(fact["id"])
    told = [fact["measure_word"], fact["basis"], fact["when"], fact["value_text"]]
    page = f' · <span title="{escaped(fact["box"])}">{escaped(fact["page"])}</span>' if fact["page"] else ""
    return (
        f'<li id="fact-{key}" data-id="{key}">'
        f'<a class="value" href="#{key}" title="{visit.say("show_in_text")}">'
        f"{escaped(fact['shown'])}</a>"
        f'<span class="what">{_linked(fact["indicator_name"], fact["indicator_link"])}</span>'
        f'<span class="who">{_linked(fact["subject"], fact["subject_link"])}</span>'
        f'<span class="quiet">{escaped(" · ".join(filter(None, told)))}{page}</span>'
        f'<span class="tag {escaped(fact["status"])}">{escaped(fact["status_word"])}</span>'
        f'<a class="suggest" href="{visit.link("correct", key)}" rel="nofollow">'
        f"{escaped(visit.say('suggest'))}</a></li>"
    )


def _linked(text: str, address: str) -> str:
    return f'<a href="{escaped(address)}">{escaped(text)}</a>' if address else escaped(text)


def _hint(fact: Row) -> str:
    return f"{fact['subject']} · {fact['indicator_name']} · {fact['shown']} · {fact['when']}"


def _ledger(numerals: list[Row], visit: Visit) -> list[Row]:
    """How many numerals have each role, in the order of how well the program understood them."""
    counts = Counter(row["role"] for row in numerals)
    return [
        {"role": role, "word": words.value(role, visit.language), "count": counts[role]}
        for role in (*ROLES, *sorted(counts.keys() - set(ROLES)))
        if counts[role]
    ]


def _unexplained(text: str, numerals: list[Row]) -> list[Row]:
    """The numerals of unknown meaning with the words around them."""
    return [
        {
            "id": row["id"],
            "before": _one_line(text[max(row["start_char"] - AROUND, 0) : row["start_char"]]),
            "text": row["text"],
            "after": _one_line(text[row["end_char"] : row["end_char"] + AROUND]),
        }
        for row in numerals
        if row["role"] == "unexplained"
    ]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def fact_address(connection: sqlite3.Connection, visit: Visit) -> str | None:
    """Where a metric's, sentence's or mention's id leads; None where there is none such."""
    for table in ("metrics", "source_spans", "mentions", "numerals", "corrections"):
        found = one(connection, f"select report_id from {table} where id = ?", visit.key)
        if found:
            return visit.fact_link(found["report_id"], visit.key)
    return None
