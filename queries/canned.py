"""The canned queries: files of SQL, each with its title, description and parameters at its head.

Comes in: the `*.sql` files beside this module. Goes out: `Query` values for the terminal, Datasette,
the exports and the documents. The head of a file is its first block of `--` lines, read as YAML:
`title` and `description` in `zh` and `en`, and `parameters`, a mapping of names to the same two. A
parameter that is left empty means no restriction, or what its description says.
Refuses: a head that lacks a language, and a parameter that the SQL uses but the head does not tell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
Words = Mapping[str, str]

_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]+)")


class QueryError(Exception):
    """A query that cannot be asked; its text says what to do."""


@dataclass(frozen=True, slots=True)
class Query:
    """A canned query. `title`, `description` and each parameter's meaning are in `zh` and `en`."""

    name: str
    title: Words
    description: Words
    parameters: Mapping[str, Words]
    sql: str

    def arguments(self, given: Mapping[str, str]) -> dict[str, str]:
        """What SQLite is to be handed: the given values, and '' for the parameters left out.

        Raises QueryError where a parameter is given that the query does not have.
        """
        unknown = sorted(set(given) - set(self.parameters))
        if unknown:
            known = ", ".join(self.parameters) or "none"
            raise QueryError(f"{self.name} has no parameter {', '.join(unknown)}; it has: {known}")
        return {name: given.get(name, "") for name in self.parameters}


@cache
def all_queries() -> Mapping[str, Query]:
    """Every canned query by its name, in the order of their names."""
    found = (entry for entry in files(__package__).iterdir() if entry.name.endswith(".sql"))
    return {
        query.name: query
        for query in (
            parse(entry.name.removesuffix(".sql"), entry.read_text(encoding="utf-8"))
            for entry in sorted(found, key=lambda entry: entry.name)
        )
    }


def find(name: str) -> Query:
    """The canned query of this name; raises QueryError, naming the nearest, where there is none."""
    queries = all_queries()
    if name in queries:
        return queries[name]
    from difflib import get_close_matches  # noqa: PLC0415 - only for the message

    near = get_close_matches(name, queries, n=1)
    hint = f"did you mean {near[0]}?" if near else "`fangzhi query` lists them"
    raise QueryError(f"there is no query {name}; {hint}")


def parse(name: str, text: str) -> Query:
    """A query from the text of its file; raises QueryError where the head is not as it should be."""
    lines = text.splitlines()
    size = next((at for at, line in enumerate(lines) if not line.startswith("--")), len(lines))
    head: dict[str, Any] = yaml.safe_load("\n".join(line[3:] for line in lines[:size])) or {}
    sql = "\n".join(lines[size:]).strip()
    parameters: dict[str, Words] = head.get("parameters") or {}
    texts: dict[str, Words] = {key: head.get(key) or {} for key in ("title", "description")} | parameters
    for key, words in texts.items():
        if not isinstance(words, dict) or not all(words.get(language) for language in LANGUAGES):
            raise QueryError(f"{name}.sql: {key} needs zh and en")
    used = set(_PARAMETER.findall(sql))
    if used != set(parameters):
        raise QueryError(f"{name}.sql: told {sorted(parameters)} but uses {sorted(used)}")
    return Query(name, texts["title"], texts["description"], parameters, sql)
