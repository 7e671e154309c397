"""What a page's header or a table's column tells of a report: title, publisher, date, district, address.

In: names and values as printed there. Out: a `Source` and an address. The names are in the lookup
`report_fields`. A value that can't be read is left out and told of, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

import seeds
from ingest.model import Source

_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s*[年/.-]\s*(\d{1,2})(?:\s*[月/.-]\s*(\d{1,2}))?|(\d\d)(\d\d))?(?!\d)"
)
_CODE = re.compile(r"\d{6}")


@cache
def fields(kind: str) -> dict[str, tuple[int, str]]:
    """Name in lower case -> its rank and the field that it fills, for `kind`: html or records."""
    rows = [row for row in seeds.lookup("report_fields") if row["kind"] == kind]
    return {row["name"].lower(): (rank, row["field"]) for rank, row in enumerate(rows)}


def chosen(kind: str, given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Field -> value: of several names for a field the one that stands first in the lookup."""
    known = fields(kind)
    best: dict[str, tuple[int, str]] = {}
    for name, value in given:
        rank, field = known.get(name.strip().lower(), (0, ""))
        if field and value.strip() and (field not in best or rank < best[field][0]):
            best[field] = (rank, value)
    return {field: value for field, (_, value) in best.items()}


def source(given: Mapping[str, str]) -> tuple[Source, tuple[tuple[str, str], ...]]:
    """The fields as a `Source`, and an issue for each that can't be read."""
    told = {field: value.strip() for field, value in given.items() if field != "text"}
    notes = []
    dates: dict[str, str | None] = {}
    for field in ("published_on", "reference_date"):
        dates[field] = day(told.get(field, ""))
        if field in told and not dates[field]:
            notes.append(("metadata", f"{told[field][:40]} is no date; write it as 2024-03-15"))
    code = district(told.get("district_id", ""))
    if "district_id" in told and not code:
        message = f"{told['district_id'][:40]} is no single district; give the code of GB/T 2260"
        notes.append(("metadata", message))
    title, publisher = told.get("title"), told.get("publisher")
    return Source(title, publisher, dates["published_on"], dates["reference_date"], code), tuple(notes)


def day(printed: str) -> str | None:
    """The first date in `printed` as EDTF: a day, a month or a year; None where there is none."""
    for match in _DAY.finditer(printed):
        year, month, number = match[1], match[2] or match[4], match[3] or match[5]
        try:
            date(int(year), int(month or 1), int(number or 1))
        except ValueError:
            continue
        return "-".join([year, *(f"{int(part):02}" for part in (month, number) if part)])
    return None


def district(printed: str) -> str | None:
    """The code of GB/T 2260 that `printed` is or names; None where no unit, or several, are called so."""
    if not printed:
        return None
    rows = _districts().get(printed, ())
    full = [code for code, exact in rows if exact] or [code for code, _ in rows]
    return full[0] if len(full) == 1 else None


@cache
def _districts() -> dict[str, list[tuple[str, bool]]]:
    """Code or name -> the units, and whether it's a unit of today under its full name."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for row in seeds.lookup("districts"):
        names = {row["id"]: True, row["name"]: not row["valid_to"], row["short_name"]: False}
        for name, exact in names.items():
            if name and not (name != row["id"] and _CODE.fullmatch(name)):
                present = name == row["name"] and not row["valid_to"]
                found.setdefault(name, []).append((row["id"], exact or present))
    return found
