"""How far a firm's short name reaches: the same one in two districts is two firms.

In: the groups of one report's forms and the code of its home. Out: the groups, firms' keys with the region
that their brand belongs to. It asks nothing of other reports, so that an id is the same alone and among
others. A brand reaches throughout the country where everyone knows it, or where it is too distinctive to be
chosen twice; any other belongs to the prefecture of the place in the firm's name, else of the home. A
province in the name says nothing more than the home does, where the home lies in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from ingest.edges import known
from ingest.entities import Group
from ingest.firm_names import core, without_place
from ingest.lexicon import unknown
from ingest.places import place, prefecture

DISTINCTIVE = 3  # neighbouring characters that no common word claims; two are chosen in every province
NATIONWIDE = re.compile(r"中国|国家|[A-Za-z]")  # names that no local firm may bear, and Latin brands


def apart(groups: list[Group], home: str | None, decided: Collection[str] = ()) -> list[Group]:
    """The groups, with keys that keep firms of two districts apart.

    `decided` are forms that a person merged: the firm that has one keeps its key, so it is one wherever they
    stand. Of two firms of a report that would share a key, the second keeps what tells it from the first.
    """
    taken = {made.key for made in groups if made.kind == "enterprise"}
    for made in groups:
        if made.kind != "enterprise" or "|" in made.key or _decided(made, decided):
            continue
        brand = core(made.key)
        region = "" if _nationwide(brand) else _region(made, home)
        keys = (region + brand, region + made.key)
        made.key = next((key for key in keys if key not in taken), made.key)
        taken.add(made.key)
    return groups


def _decided(made: Group, decided: Collection[str]) -> bool:
    return any(form.text in decided for form in made.forms) or not made.declared.keys().isdisjoint(decided)


def _nationwide(brand: str) -> bool:
    if NATIONWIDE.match(brand) or unknown(brand, DISTINCTIVE):
        return True
    names, beginnings = _famous()
    return brand in beginnings or any(brand[:size] in names for size in range(2, len(brand) + 1))


@cache
def _famous() -> tuple[frozenset[str], frozenset[str]]:
    """Firms that everyone knows, and what their names begin with (恒力 of 恒力石化)."""
    names = frozenset(name for name, (_, kind, _, _) in known().items() if kind == "enterprise")
    return names, frozenset(name[:size] for name in names for size in range(2, len(name) + 1))


def _region(made: Group, home: str | None) -> str:
    """The region of the place in the firm's fullest name, else of the home: its code and a bar, or ''."""
    for form in sorted(made.forms, key=lambda form: (-len(form.text), form.text)):
        _, places = without_place(form.text)
        if places:
            return f"{prefecture(place(places[-1], home), home) or places[-1]}|"
    region = prefecture(home, home)
    return f"{region}|" if region else ""
