"""Which district a name's first words mean, seen from the report's home.

In: a string such as 巴南区 or 市, and the home's code. Out: a code of GB/T 2260 or None. It serves the keys
of entities alone; where districts are named in prose is for `districts`.
"""

from __future__ import annotations

from functools import cache

from seeds import lookup


@cache
def _table() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, str]]]:
    names: dict[str, list[str]] = {}
    rows: dict[str, tuple[str, str]] = {}
    for row in lookup("districts"):
        if row.get("valid_to"):
            continue
        rows[row["id"]] = (row["parent_id"], row["level"])
        for name in {row["name"], row["short_name"]}:
            names.setdefault(name, []).append(row["id"])
    return {name: tuple(ids) for name, ids in names.items()}, rows


def chain(code: str | None) -> tuple[str, ...]:
    """The district and the units that it lies in, from the lowest."""
    rows = _table()[1]
    result: list[str] = []
    while code and code in rows and code not in result:
        result.append(code)
        code = rows[code][0]
    return tuple(result)


def place(name: str, home: str | None) -> str | None:
    """The code that `name` (巴南区, 江苏, 市, 县) means in a report about `home`; None where it is open."""
    above = chain(home)
    rows = _table()[1]
    if name in ("市", "省", "区", "县", "旗", "州", "自治区"):
        wanted = {"市": ("prefecture",), "州": ("prefecture",), "省": ("province",), "自治区": ("province",)}
        for code in above:
            if rows[code][1] in wanted.get(name, ("county",)):
                return code
        return {"市": above[-1] if above else None, "区": home, "县": home}.get(name)
    ids = _table()[0].get(name, ())
    for code in above:
        if code in ids:
            return code
    below = [code for code in ids if home in chain(code)]
    if len(below) == 1:
        return below[0]
    if ids:
        order = {"province": 0, "prefecture": 1, "county": 2}
        first = sorted(ids, key=lambda code: order[rows[code][1]])
        if len(first) == 1 or rows[first[0]][1] != rows[first[1]][1]:
            return first[0]
    return None
