"""Tables, views and canned queries as data frames.

Comes in: the path of a database and a name. Goes out: a frame of pandas or Polars, whichever is there.
Refuses, with a QueryError: what is no such database or name, and to work where neither library is installed.

    from queries.frames import facts, frame
    facts("regional-economy.db")
    frame("regional-economy.db", "scorecard_of_district", district="巴南区", library="polars")
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from .canned import QueryError
from .database import named, opened

Library = Literal["pandas", "polars"]
_LIBRARIES: tuple[Library, ...] = ("pandas", "polars")


def facts(database: Path | str, *, library: Library | None = None) -> Any:
    """The view `metric_facts`: a row a fact, with every name and its sentence."""
    return frame(database, "metric_facts", library=library)


def frame(database: Path | str, name: str, *, library: Library | None = None, **parameters: str) -> Any:
    """A table, a view or a canned query as a frame; `parameters` are the query's.

    Without `library` it is pandas if that is installed, else Polars. What is null in a column of numbers is
    NaN in pandas and null in Polars.
    """
    chosen = library or next((name for name in _LIBRARIES if find_spec(name)), None)
    if chosen is None:
        raise QueryError("frames need pandas or Polars: pip install pandas")
    with opened(Path(database)) as connection:
        answer = named(connection, name, parameters)
        rows = list(answer.rows)
    module = import_module(chosen)
    if chosen == "pandas":
        return module.DataFrame.from_records(rows, columns=list(answer.columns))
    columns = list(zip(*rows, strict=True)) or [()] * len(answer.columns)
    told = zip(answer.columns, columns, strict=True)
    return module.DataFrame({column: module.Series(values, strict=False) for column, values in told})
