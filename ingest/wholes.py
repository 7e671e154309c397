"""What a ratio is of or against that its own clause does not say: a clause before, or the sums of the text.

In: the statements before a share, or the text of a sentence before a rise. Out: the basis as the report words
it, or None. Refuses to guess: a whole counts only where part and whole give the share that is printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

from ingest.model import Span

if TYPE_CHECKING:
    from ingest.relate import Statement

PARTS = 4
"""Statements right before a share, one of which may be the part."""
WHOLES = 12
"""Statements before a share, one of which may be the whole."""
NEAR = 120
"""Characters before a figure in which a clause may say what it is held against."""
ROUNDING = Decimal("0.005")
"""By what part of itself a printed share may differ from that of the printed figures."""
_NEEDS = ("对比", "相比", "相较", "比较")
# 对比投产初期，…; 与投产初期相比，…
_COMPARED = re.compile(
    "(?:^|[，；])(?P<basis>(?:对比|相比于?|相较于?)[^，。；：、]{2,14}|[与同和跟][^，。；：、]{2,14}?(?:相比|比较))，"
)


def compared(text: str, sentence: Span, position: int) -> str | None:
    """What a clause of the sentence before `position` sets its figures against; None where none does."""
    before = text[max(sentence.start, position - NEAR) : position]
    if not any(need in before for need in _NEEDS):
        return None
    found = _COMPARED.search(before)
    return found["basis"] if found else None


def of_share(share: Decimal, here: Sequence[Statement], earlier: Sequence[Statement]) -> str | None:
    """民营主体达967万户，占比96.69%: the indicator of the earlier level of which a part just told is so much
    in percent; None where no two figures of one unit give the share."""
    near = chain(earlier[-WHOLES:], here[-WHOLES:])
    levels = [s for s in near if s.measure == "level" and s.value > 0]
    for part in reversed([s for s in here[-PARTS:] if s.measure == "level" and s.value > 0]):
        for whole in reversed(levels):
            if whole.unit != part.unit or whole.value <= part.value or whole.indicator == part.indicator:
                continue
            if abs(part.value * 100 / whole.value - share) <= share * ROUNDING:
                return whole.indicator or None
    return None
