"""The runs of digits of a report: each must be in the ledger once, so they are told apart in one place.

In: raw text. Out: the interval of each run, in order. Refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.model import Span

_DIGIT = "[0-9０-９]"
_RUN = re.compile(rf"{_DIGIT}+(?:[.．]{_DIGIT}+|[,，]{_DIGIT}{{3}}(?!{_DIGIT}))*")


def digit_runs(text: str) -> Iterator[Span]:
    """Each run of digits, half or full width, with the decimal points and thousands separators inside it.

    A comma belongs to a run only before a group of three digits: 1,234 is one run, 1,2 are two.
    """
    return (Span(*match.span()) for match in _RUN.finditer(text))
