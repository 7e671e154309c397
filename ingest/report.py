"""From a file, or a text, to the facts in it: reading, what is known beforehand, parsing.

In: a path or a text, and what the user says of it. Out: `ReportFacts`. What the user says overrides the
manifest of known reports, which overrides what the file tells of itself. Refused, with a ReadError: a file
that can't be read; an entry of a file of many that is no report is given back as one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import seeds
from ingest.model import Document, ReadError, ReportFacts, Source
from ingest.overrides import Override
from ingest.pipeline import parse
from ingest.read import read


def extract(
    path: Path | Document,
    name: str,
    *,
    reference_date: str | None,
    district_id: str | None,
    overrides: Sequence[Override] = (),
) -> Iterator[ReportFacts | ReadError]:
    """The facts of each report in one file, or why an entry of it is none; of one report in it where
    `path` is the Document that `ingest.read` made of that.

    `reference_date` is EDTF, `district_id` a code of GB/T 2260; both override what the manifest, the file and
    the text tell. Raises ReadError where the file as a whole can't be read.
    """
    for document in read(path, name) if isinstance(path, Path) else (path,):
        if isinstance(document, ReadError):
            yield document
            continue
        try:
            yield parse(document, _source(document, reference_date, district_id), overrides)
        except Exception as error:
            if document.origin is None or document.origin.entry is None:
                raise
            # A fault of a rule in one entry must not cost the others.
            said = f"{type(error).__name__}: {error}".split("\n")[0]
            place = f"{name}: entry {document.origin.entry}"
            yield ReadError("internal", f"{place}: a rule failed on it ({said}); please report it")


def of_text(text: str, reference_date: str | None, district_id: str | None) -> ReportFacts:
    """The facts of a text that is in no file."""
    document = Document("", hashlib.sha256(text.encode()).hexdigest(), "text/plain", text)
    return parse(document, _source(document, reference_date, district_id))


def _source(document: Document, reference_date: str | None, district_id: str | None) -> Source:
    """What is known of a report beside its text: by the user, else by the manifest, else by the file."""
    known = seeds.known_reports().get(document.sha256)
    told = document.source
    if known is not None:
        told = replace(
            told,
            title=known.title or told.title,
            publisher=known.publisher or told.publisher,
            published_on=known.published_on or told.published_on,
            reference_date=known.reference_date or told.reference_date,
            district_id=known.district_id or told.district_id,
            origin=known.origin,
        )
    return replace(
        told,
        reference_date=reference_date or told.reference_date,
        district_id=district_id or told.district_id,
    )
