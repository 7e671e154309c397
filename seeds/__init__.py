"""What goes in: the starter reports, their manifest, and the lookups that a person edits.

`seeds.lookup(name)` opens one of the tables in `seeds/lookups`; every table has a `source` column
that says where each entry comes from.
"""

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

ROOT: Traversable = files(__name__)


def lookup(name: str) -> list[dict[str, str]]:
    """The rows of `seeds/lookups/<name>.csv`, a dict a row, every value a string.

    Raises FileNotFoundError where there is no such table.
    """
    with (ROOT / "lookups" / f"{name}.csv").open("r", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
        # As csv.DictReader does, which takes three times as long.
        return [dict(zip(header, row, strict=True)) for row in rows if row]


@dataclass(frozen=True, slots=True)
class Known:
    """What the manifest tells of a report, a starter report or the original of one.

    Dates are EDTF, `district_id` a code of GB/T 2260, `origin` is `original` or `digest`.
    """

    file: str
    origin: str
    title: str | None
    publisher: str | None
    published_on: str | None
    reference_date: str | None
    district_id: str | None


@cache
def known_reports() -> dict[str, Known]:
    """SHA-256 of a file -> what is known of it: the starter reports, and the originals that they digest.

    Raises FileNotFoundError where the manifest names a report that isn't there.
    """
    known: dict[str, Known] = {}
    for entry in tomllib.loads((ROOT / "reports.toml").read_text(encoding="utf-8"))["report"]:
        told = {key: entry.get(key) for key in ("publisher", "published_on", "reference_date", "district_id")}
        sha256 = hashlib.sha256((ROOT / "reports" / entry["file"]).read_bytes()).hexdigest()
        known[sha256] = Known(entry["file"], entry["origin"], entry.get("title"), **told)
        # The title is the digest's own headline; an original brings its own.
        known[entry["original_sha256"]] = Known(entry["original_file"], "original", None, **told)
    return known


def starter_folder() -> Path:
    """The folder of the starter reports, as installed."""
    return Path(str(ROOT / "reports"))
