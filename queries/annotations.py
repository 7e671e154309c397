"""W3C Web Annotations: each sentence and each figure as an annotation on its report's text.

Comes in: a connection. Goes out: one page of annotations as JSON-LD, written one after the other. A target is
told twice, by position (code points, half-open, into `reports.text`) and by quotation with what stands around
it, so that an annotation finds its place in another copy of the text too. A sentence's body is its clean
form; a figure's bodies are a phrase for people and the fact as JSON.
The model: https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import chain
from typing import Any, TextIO
from uuid import NAMESPACE_URL, uuid5

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters before and after a quotation: as many as annotation programs commonly keep."""
_NAMESPACE = uuid5(NAMESPACE_URL, "fangzhi")

_SENTENCES = """
select id, start_char as start, end_char as end, clean_quote as text, null as fact
from source_spans where report_id = ? order by start_char, id"""
_FACT = (
    "indicator_name", "indicator", "indicator_id", "subject_name", "subject", "subject_type",
    "measure", "value", "value_max", "unit", "bound", "basis", "period", "status", "district_id",
    "park_id", "enterprise_id", "institution_id", "initiative_id", "rule", "confidence",
)  # fmt: skip
_FIGURES = f"""
select id, value_start as start, value_end as end,
  subject_name || ' · ' || indicator_name || ' · ' || value_text || coalesce(' · ' || period, '') as text,
  json_object({", ".join(f"'{name}', {name}" for name in _FACT)}) as fact
from metric_facts where report_id = ? order by value_start, id"""


def iri(key: str) -> str:
    """A row's id as an IRI, the same in every build."""
    return uuid5(_NAMESPACE, key).urn


def write(connection: sqlite3.Connection, file: TextIO) -> None:
    """Write every report's annotations as one AnnotationPage."""
    build = json.dumps(connection.execute("select key, value from build order by key").fetchall())
    head = {"@context": CONTEXT, "id": iri(build), "type": "AnnotationPage"}
    file.write(json.dumps(head)[:-1] + ', "items": [')
    separator = "\n"
    for annotation in items(connection):
        file.write(separator + json.dumps(annotation, ensure_ascii=False))
        separator = ",\n"
    file.write("\n]}\n")


def items(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Each annotation, a report after the other, its sentences first."""
    reports = connection.execute("select id, text, title, file_name from reports order by id").fetchall()
    for report, text, title, file_name in reports:
        source = {"id": iri(report), "type": "Text", "format": "text/plain", "language": "zh"}
        rows = chain(connection.execute(_SENTENCES, (report,)), connection.execute(_FIGURES, (report,)))
        for key, start, end, said, fact in rows:
            yield {
                "id": iri(key),
                "type": "Annotation",
                "motivation": "describing" if fact is None else "identifying",
                "body": _bodies(key, said, fact),
                "target": {
                    "source": source | {"label": title or file_name},
                    "selector": [
                        {"type": "TextPositionSelector", "start": start, "end": end},
                        {
                            "type": "TextQuoteSelector",
                            "exact": text[start:end],
                            "prefix": text[max(0, start - AROUND) : start],
                            "suffix": text[end : end + AROUND],
                        },
                    ],
                },
            }


def _bodies(key: str, said: str, fact: str | None) -> list[dict[str, Any]]:
    bodies = [{"type": "TextualBody", "value": said, "format": "text/plain", "language": "zh"}]
    if fact is not None:
        told = {"id": key} | {name: value for name, value in json.loads(fact).items() if value is not None}
        as_json = json.dumps(told, ensure_ascii=False)
        bodies.append({"type": "TextualBody", "value": as_json, "format": "application/json"})
    return bodies
