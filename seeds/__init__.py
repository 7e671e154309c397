"""What goes in: the starter reports, their manifest, and the lookups that a person edits.

`seeds.lookup(name)` opens one of the tables in `seeds/lookups`; every table has a `source` column
that says where each entry comes from.
"""

import csv
from importlib.resources import files
from importlib.resources.abc import Traversable

ROOT: Traversable = files(__name__)


def lookup(name: str) -> list[dict[str, str]]:
    """The rows of `seeds/lookups/<name>.csv`, a dict a row, every value a string.

    Raises FileNotFoundError where there is no such table.
    """
    with (ROOT / "lookups" / f"{name}.csv").open("r", encoding="utf-8") as file:
        return list(csv.DictReader(file))
