"""The words that names are made of, stop at or are told by, as the lookups list them.

In: `name_boundaries.csv`, `name_generic.csv`, `name_campaigns.csv`, `firm_trades.csv`, `known_names.csv`.
Out: their words by role or kind.
"""

from __future__ import annotations

from functools import cache

from ingest.model import EntityKind
from seeds import lookup


@cache
def boundaries(role: str) -> frozenset[str]:
    """Words of `name_boundaries.csv` with this role (pass, stop, govern)."""
    return frozenset(row["word"] for row in lookup("name_boundaries") if row["role"] == role)


@cache
def generic(kind: str) -> frozenset[str]:
    """Modifiers that by themselves make no name of this kind."""
    return frozenset(row["word"] for row in lookup("name_generic") if row["kind"] in ("*", kind))


@cache
def campaign_words(role: str) -> frozenset[str]:
    """Words of `name_campaigns.csv` with this role (docs/adding.md lists them)."""
    return frozenset(row["word"] for row in lookup("name_campaigns") if row["role"] == role)


@cache
def trades() -> frozenset[str]:
    """Trade words that end firms' names."""
    return frozenset(row["word"] for row in lookup("firm_trades"))


@cache
def soft_trades() -> frozenset[str]:
    """Trade words so general that they only end a firm's name."""
    return frozenset(row["word"] for row in lookup("firm_trades") if row["soft"] == "1")


@cache
def known() -> dict[str, tuple[str, EntityKind, str, bool]]:
    """Form -> (name, kind, subkind, sure) of names that everyone knows."""
    table: dict[str, tuple[str, EntityKind, str, bool]] = {}
    for row in lookup("known_names"):
        sure = not row["reason"].startswith("framed")
        for form in (row["name"], *filter(None, row["aliases"].split("|"))):
            table[form] = (row["name"], row["kind"], row["subkind"], sure)  # type: ignore[assignment]
        if row["kind"] == "enterprise" and len(row["name"]) <= 4 and not row["name"].endswith("集团"):
            table.setdefault(row["name"] + "集团", (row["name"], "enterprise", row["subkind"], True))
    return table
