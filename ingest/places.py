"""Which district a name's first words mean, seen from the report's home.

In: a string such as 巴南区 or 市, and the home's code. Out: a code of GB/T 2260 or None. It serves the keys
of entities alone; where districts are named in prose is for `districts`.
"""

from __future__ import annotations

from ingest.districts import load


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
