"""What a project costs: the investments told of it, of the statements of a report.

In: the statements, the names and the entities. Out: `Tie`s of the relation `amount`, in yuan, each from the
project's name to the sum or from the sum to the name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.model import Entity, Name, Paragraph
from ingest.relate import Statement
from ingest.tie_patterns import Tie, patterns


def amounts(
    statements: Sequence[tuple[Paragraph, Statement]],
    names: Sequence[Name],
    entities: Mapping[str, Entity],
) -> list[Tie]:
    """What an initiative costs, in yuan: the investments told of it, or of what stands right behind them
    (总投资12亿元的 X). What has been spent of it so far is another figure."""
    works: dict[int, list[Name]] = defaultdict(list)
    for name in sorted(names, key=lambda n: (n.paragraph, n.start)):
        if name.kind == "initiative" and name.id in entities:
            works[name.paragraph].append(name)
    found = []
    for p, s in statements:
        if s.unit != "元" or s.measure != "level" or "投资" not in s.indicator:
            continue
        start, end = s.quantity.start, s.quantity.end
        if _SPENT.search(p.text[max(0, start - 12) : start]):
            continue
        near = _costing(p, s, works.get(p.index, []))
        if near is not None and _PHASE.search(p.text, max(near.end, start - 16), start):
            # 甲项目…；二期计划投资48亿元: a part of what the project costs.
            continue
        if near is not None:
            start, end = min(start, near.start), max(end, near.end)
            if entities[near.id].subkind != "event":
                value = f"{s.value.normalize():f}"
                found.append(Tie(p.index, start, end, "initiative", near.id, "amount", None, value))
    return found


_SPENT = re.compile(r"(?:完成|到位|年度|年内|已)[^，。；：]{0,6}$")
_PHASE = re.compile("[一二三四]期[^，；。]{0,12}$")
_COSTING = re.compile(r"(?:、[^，。；：]{0,24}的|(?:建设|兴建|新建|打造|实施)的|的)[“《]?")
_FAR = 160  # characters between a project and what is told of it


def _behind(text: str, end: int, start: int) -> bool:
    return start - end < _FAR and _COSTING.fullmatch(text, end, start) is not None


def _costing(p: Paragraph, s: Statement, works: list[Name]) -> Name | None:
    """The mention of the project that the sum belongs to: right behind it, else the subject's last before."""
    at = bisect_left(works, s.quantity.end, key=lambda n: n.start)
    opening = patterns().resumes.match(p.text, s.sentence.start, s.sentence.end)
    if at < len(works) and _behind(p.text, s.quantity.end, works[at].start):
        return works[at]
    before = works[at - 1] if at else None
    own = before is not None and before.id == s.subject.id and s.quantity.start - before.end < _FAR
    return before if own and before and (opening or before.start >= s.sentence.start) else None
