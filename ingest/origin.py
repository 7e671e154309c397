"""Where a report and its facts stand in the file that they came from.

In: the document as read and the facts found in its text. Out: the same facts with a row on the file, where
its pages begin in the text, the places on them where figures are printed, and the issues met in reading it.
"""

from __future__ import annotations

from ingest.model import Document, Issue, PageStart, Place, ReportFacts, ReportSource


def trace(document: Document, facts: ReportFacts) -> None:
    """Adds `sources`, `page_starts`, `places` and issues to the facts of the document."""
    report = facts.report
    for number, (kind, message) in enumerate(document.notes):
        told = f"{_called(document)}: {message}"
        facts.issues.append(Issue(f"{report.id}-f{number}", report.file_name, report.id, kind, told))
    origin = document.origin
    if origin is None:
        return
    facts.sources = [
        ReportSource(
            report.id, report.id, origin.file_sha256, origin.entry, origin.url, origin.pages, origin.html
        )
    ]
    if document.layout:
        from ingest.readers.layout import locate  # noqa: PLC0415 -- only printed pages need it

        starts = {line.page: line.start for line in reversed(document.layout)}
        facts.page_starts = [
            PageStart(f"{report.id}-{page}", report.id, page, start) for page, start in sorted(starts.items())
        ]
        facts.places = [
            Place(f"{metric.id}-{number}", report.id, metric.id, *box)
            for metric in facts.metrics
            for number, box in enumerate(locate(document.layout, metric.value_start, metric.value_end))
        ]


def _called(document: Document) -> str:
    entry = document.origin.entry if document.origin else None
    return document.file_name if entry is None else f"{document.file_name}: entry {entry}"
