"""Text to facts: pure functions that know nothing of SQLite.

One file a stage; `ingest.pipeline` states their order. For use from Python: `read_report` gives the facts of
one report as typed dataclasses (`ingest.model`), `read_reports` those of each report in a file. Both load the
rules when they are first called, which takes about a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.model import ReadError, ReportFacts

__all__ = ["read_report", "read_reports"]


def read_report(
    source: Path | str, *, reference_date: str | None = None, district_id: str | None = None
) -> ReportFacts:
    """The facts of one report: of the file where `source` is a Path, of the text where it is a str.

    `reference_date` is what 今年 and 目前 are resolved against, as EDTF (2023, 2023-03, 2023-03-15);
    `district_id` the code of GB/T 2260 that 全区 stands for; where left out, the text tells. Offsets count
    code points of `facts.report.text`. Raises `ingest.model.ReadError` where the file
    can't be read or holds many reports.
    """
    from ingest.model import ReadError  # noqa: PLC0415 - the rules are loaded when they are asked for

    if isinstance(source, str):
        from ingest.report import of_text  # noqa: PLC0415

        return of_text(source, reference_date, district_id)
    found = list(read_reports(source, reference_date=reference_date, district_id=district_id))
    if len(found) != 1:
        raise ReadError("many", f"{source.name}: holds {len(found)} reports; use read_reports")
    if isinstance(found[0], ReadError):
        raise found[0]
    return found[0]


def read_reports(
    path: Path, *, reference_date: str | None = None, district_id: str | None = None
) -> Iterator[ReportFacts | ReadError]:
    """The facts of each report in a file, as of `read_report`; an entry that is no report gives the error."""
    from ingest.report import extract  # noqa: PLC0415

    return extract(path, path.name, reference_date=reference_date, district_id=district_id)
