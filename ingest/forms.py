"""The forms of names as they stand in a report: the evidence that each is its entity's own.

In: paragraphs, the names in them and the entities. Out: `Tie`s of the relation `name`, each where the form
first stands; spellings as printed are added to the entities' rows besides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.model import Entity, Name, Paragraph
from ingest.tie_patterns import Tie


def of_names(
    paragraphs: Sequence[Paragraph], names: Sequence[Name], entities: Mapping[str, Entity]
) -> list[Tie]:
    """Where each form of an entity first stands: the evidence that the form is its own."""
    first: dict[tuple[str, str], Tie] = {}
    for name in names:
        row = entities.get(name.id)
        if row is not None:
            surface = paragraphs[name.paragraph].text[name.start : name.end]
            tie = Tie(name.paragraph, name.start, name.end, row.kind, row.id, "name", None, surface)
            first.setdefault((row.id, surface), tie)
    return list(first.values())


def printed(names: Sequence[tuple[Name, str, str]], entities: Mapping[str, Entity], script: str) -> list[Tie]:
    """Spellings as printed that cleaning changed, added to the entities' rows, and where they first stand.

    `names` are a name, its clean surface and its raw one. In a report in traditional characters such a
    spelling is that, elsewhere it is damaged.
    """
    first: dict[tuple[str, str], Tie] = {}
    for name, surface, raw in names:
        row = entities.get(name.id)
        if row is None or not _respelt(raw, surface) or (row.id, raw) in first:
            continue
        first[row.id, raw] = Tie(name.paragraph, name.start, name.end, row.kind, row.id, "name", None, raw)
        if raw not in {form for form, _ in row.aliases}:
            row.aliases += ((raw, "traditional" if script == "Hant" else "damaged"),)
    return list(first.values())


def _respelt(raw: str, clean: str) -> bool:
    """Whether a Chinese character was another before cleaning."""
    return len(raw) == len(clean) and any(_han(a) and a != b for a, b in zip(raw, clean, strict=True))


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
