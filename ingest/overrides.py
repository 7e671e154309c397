"""What a person decides of names, over the rules: merge, split, rename, ignore.

In: `entities.csv` in a folder that the user keeps, a row a decision: `action`, `kind` (enterprise, park,
institution or initiative), `name` (a form as it stands in reports, simplified), `into`, `reason`. Out: the
decisions, and groups of forms with them applied. `merge` gives the entity called `name` the id of the one
called `into`; `split` makes a form an entity of its own; `rename` lets the row bear the name `into`; `ignore`
takes a form for no name at all. Refused, with a FangzhiError: a file that is missing or of other columns, an
action or a kind that isn't one of these, a merge or a rename into nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, get_args

from ingest.entities import Form, Group, key_of
from ingest.model import Entity, EntityKind, FangzhiError

FILE = "entities.csv"
COLUMNS = ("action", "kind", "name", "into", "reason")
ACTIONS = ("merge", "split", "rename", "ignore")


class Override(NamedTuple):
    """A decision; `into` is '' where the action needs none."""

    action: str
    kind: str
    name: str
    into: str


def read(folder: Path) -> tuple[Override, ...]:
    """The decisions in `entities.csv` of the folder. Raises FangzhiError, telling the line at fault."""
    path = folder / FILE
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise FangzhiError(f"{path}: its heading must be {','.join(COLUMNS)}")
            return tuple(_row(row, f"{path}, line {rows.line_num}") for row in rows)
    except FileNotFoundError:
        raise FangzhiError(f"{path} is not there; make it, with the heading {','.join(COLUMNS)}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise FangzhiError(f"{path} cannot be read; save it as UTF-8 text ({error})") from error


def _row(row: dict[str, str], place: str) -> Override:
    told = Override(*((row[column] or "").strip() for column in COLUMNS[:4]))
    if told.action not in ACTIONS:
        raise FangzhiError(f"{place}: action must be one of {', '.join(ACTIONS)}, not '{told.action}'")
    if told.kind not in get_args(EntityKind) or told.kind == "district":
        raise FangzhiError(f"{place}: kind must be enterprise, park, institution or initiative")
    if not told.name or (told.action in ("merge", "rename") and not told.into):
        raise FangzhiError(f"{place}: name is needed, and into for merge and rename")
    return told


def ignored(overrides: Iterable[Override]) -> set[tuple[str, str]]:
    """The forms, with their kinds, that are no names."""
    return {(o.name, o.kind) for o in overrides if o.action == "ignore"}


def merged(overrides: Iterable[Override]) -> set[str]:
    """The forms of firms that merges speak of."""
    merges = [o for o in overrides if o.action == "merge" and o.kind == "enterprise"]
    return {form for o in merges for form in (o.name, o.into)}


def regroup(groups: list[Group], overrides: Sequence[Override], home: str | None) -> list[Group]:
    """The groups after merges and splits; a form that no group has changes nothing."""
    for o in overrides:
        holder = _holder(groups, o.kind, o.name)
        if holder is None:
            continue
        if o.action == "split":
            groups.append(_taken_out(holder, o))
        elif o.action == "merge":
            _merge(groups, holder, o, home)
    return [g for g in groups if g.forms]


def _merge(groups: list[Group], holder: Group, o: Override, home: str | None) -> None:
    target = _holder(groups, o.kind, o.into)
    if target is None:
        key = key_of(o.into, holder.kind, home)
        target = next((g for g in groups if (g.kind, g.key) == (o.kind, key)), None)
    if target is None:
        holder.key = key
    elif target is not holder:
        target.forms += holder.forms
        target.declared |= holder.declared
        holder.forms = []


def _taken_out(holder: Group, o: Override) -> Group:
    own: list[Form] = [form for form in holder.forms if form.text == o.name]
    holder.forms = [form for form in holder.forms if form.text != o.name]
    holder.declared.pop(o.name, None)
    return Group(holder.kind, f"split|{o.name}", own or [Form(o.name, holder.kind, "")])


def _holder(groups: Iterable[Group], kind: str, form: str) -> Group | None:
    return next(
        (
            g
            for g in groups
            if g.kind == kind and (form in g.declared or any(f.text == form for f in g.forms))
        ),
        None,
    )


def renamed(entity: Entity, overrides: Iterable[Override]) -> Entity:
    """The entity under the name that the user gives it; its old name becomes a short form."""
    forms = {entity.name, *(form for form, _ in entity.aliases)}
    for o in overrides:
        if o.action == "rename" and o.kind == entity.kind and o.name in forms and o.into != entity.name:
            others = tuple(alias for alias in entity.aliases if alias[0] != o.into)
            entity = replace(entity, name=o.into, aliases=tuple(sorted((*others, (entity.name, "short")))))
    return entity
