"""Which district a name's first words mean, seen from the report's home.

In: a string such as 巴南区 or 市, and the home's code. Out: a code of GB/T 2260 or None. It serves the keys
of entities alone; where districts are named in prose is for `districts`.
"""

from __future__ import annotations

from functools import cache

from ingest.districts import MUNICIPALITIES, load


def place(name: str, home: str | None) -> str | None:
    """The code that `name` (巴南区, 江苏, 市, 县) means in a report about `home`; None where it is open."""
    table = load()
    if name in ("市", "省", "区", "县", "旗", "州"):
        return table.enclosing(home, "全" + name)
    if home not in table:
        home = None
    ids = table.by_name(name)
    near = [home, *table.parents(home)] if home else []
    for code in near:
        if code in ids:
            return code
    present = [code for code in ids if table[code].valid_to is None]
    inside = [code for code in present if home and table.is_within(code, home)]
    for choice in (inside, [c for c in present if table[c].level != "county"], present):
        if len(choice) == 1:
            return choice[0]
    return None


def prefecture(code: str | None, home: str | None) -> str | None:
    """The prefecture that a code lies in, else its province; of a unit that the home lies in, the home's.

    A county that its province governs directly stands for itself.
    """
    table = load()
    if code is None or code not in table:
        return None
    if home is not None and home in table and table.is_within(home, code):
        code = home
    line = [code, *table.parents(code)]
    by_level = {table[unit].level: unit for unit in line}
    province = by_level.get("province")
    return by_level.get("prefecture") or (province if province in MUNICIPALITIES else code)


@cache
def nested(name: str, outer: str) -> bool:
    """Whether a unit called `name` may lie in one called `outer`, a country or a district."""
    table = load()
    above = table.by_name(outer)
    return not above or any(table.is_within(code, one) for code in table.by_name(name) for one in above)
