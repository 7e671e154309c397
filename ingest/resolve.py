"""What several reports tell of one entity becomes one entity.

In: the `Entity` rows that share an id, one a report. Out: one `Entity`. The outcome depends on the set of
rows alone, not on their order, so that reports added one by one or all at once give the same entities.
It refuses rows of different ids or kinds: that is a fault of the caller.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from ingest.model import Entity

_ALIAS_KINDS = ("former", "damaged", "traditional", "short")


def merge(entities: Iterable[Entity]) -> Entity:
    """One entity from all rows of its id.

    The name is the longest that is not a rare slip: among the names that carry at least a tenth of the
    mentions, the longest, then the most often met, then the first in code-point order. Every other value is
    the one with the most mentions behind it, ties going to the first in code-point order. Names that were
    not chosen become aliases. Raises ValueError where the rows aren't of one entity.
    """
    rows = list(entities)
    if len({(row.id, row.kind) for row in rows}) != 1:
        raise ValueError("rows of one entity expected")
    if len(rows) == 1:
        return rows[0]
    weight = sum(row.weight for row in rows)
    names = _weigh(rows, "name")
    common = [name for name, mentions in names.items() if mentions * 10 >= weight]
    name = min(common, key=lambda form: (-len(form), -names[form], form))
    return replace(
        rows[0],
        name=name,
        short_name=_favourite(rows, "short_name"),
        subkind=_favourite(rows, "subkind"),
        level=_favourite(rows, "level"),
        industry=_favourite(rows, "industry"),
        district_id=_favourite(rows, "district_id"),
        park_id=_favourite(rows, "park_id"),
        period=_favourite(rows, "period"),
        status=_favourite(rows, "status"),
        aliases=_aliases(rows, name),
        weight=weight,
    )


def _weigh(rows: list[Entity], attribute: str) -> Counter[str]:
    """How many mentions stand behind each value of an attribute."""
    weights: Counter[str] = Counter()
    for row in rows:
        value = getattr(row, attribute)
        if value is not None:
            weights[value] += row.weight
    return weights


def _favourite(rows: list[Entity], attribute: str) -> str | None:
    weights = _weigh(rows, attribute)
    return min(weights, key=lambda value: (-weights[value], value), default=None)


def _aliases(rows: list[Entity], name: str) -> tuple[tuple[str, str], ...]:
    """Every other form, once, sorted; where reports differ on its kind, the more telling kind."""
    kinds: dict[str, str] = {}
    forms = [alias for row in rows for alias in row.aliases] + [(row.name, "short") for row in rows]
    for form, kind in forms:
        known = kinds.setdefault(form, kind)
        kinds[form] = min(known, kind, key=_ALIAS_KINDS.index)
    kinds.pop(name, None)
    return tuple(sorted(kinds.items()))
