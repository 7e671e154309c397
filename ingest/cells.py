"""What a figure of a table states.

In: a cell and the scope of its report. Out: a `Statement`: the report's subject and year, where neither row
nor column names another.
"""

from __future__ import annotations

from dataclasses import replace

from ingest import districts, periods
from ingest.model import Paragraph
from ingest.relate import Statement, in_table
from ingest.sections import ReportScope, Subject
from ingest.tables import Cell


def state(paragraph: Paragraph, cell: Cell, report: ReportScope) -> Statement:
    """The statement of a table's figure, in its column's time and its row's or column's district."""
    plain = in_table(paragraph, cell, report)
    period = (
        periods.resolve(cell.time, report.reference, report.section_year or report.title_year)
        if cell.time
        else None
    )
    unit = districts.load().get(cell.district)
    subject = Subject(unit.name, "district", unit.id) if unit else plain.subject
    return replace(plain, subject=subject, period=period or plain.period)
