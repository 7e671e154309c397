"""From a file, or one entry of a large file of many, to rows; what can't be read becomes issues.

In: groups of files, and what turns a file into facts. Out: rows, a report or a file at a time. A large
file of many reports is taken apart here, so that processes share its entries and none holds all their rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from db import load
from db.inputs import Group, Input
from db.sift import sift
from ingest.model import Document, Issue, ReadError, ReportFacts

Extract = Callable[[Any, str], Iterable[ReportFacts | ReadError]]
"""A file (a Path), or a Document that was in it, and the name to know the file by -> the facts of each
report, or why an entry is none; raises ReadError where the file can't be read."""
Entries = Callable[[Path, str], Iterator[Document | ReadError] | None]
"""A file and its name -> its reports, and why an entry is none; None where such a file holds one report."""
Result = load.Rows | ReadError
BATCH_BYTES = 200_000
"""What a process is given at a time; a file of many that is larger is taken apart."""
_DIED = "the process that read it died; give it more memory, or leave it out"


def parts(groups: Iterable[Group], entries: Entries) -> Iterator[Group]:
    """Each group, or its entries one by one where it is a large file of many reports."""
    for group in groups:
        found = _entries(group, entries) if group.size > BATCH_BYTES else None
        if found is None:
            yield group
            continue
        for entry in found:
            size = 0 if isinstance(entry, ReadError) else len(entry.text.encode())
            yield replace(group, size=size, entry=entry)


def _entries(group: Group, entries: Entries) -> Iterator[Document | ReadError] | None:
    """The entries of the group's first file; None where it is no file of many or can't be read as one."""
    item = group.inputs[0]
    try:
        found = entries(item.path, item.name)
        first = next(found) if found else None
    except Exception:  # told when the file is read as a whole
        return None
    return None if found is None or first is None else chain([first], _guarded(found, item.name))


def _guarded(found: Iterator[Document | ReadError], name: str) -> Iterator[Document | ReadError]:
    try:
        yield from found
    except Exception as error:  # what was read before it stays
        yield _told(error, name)


def read(group: Group, extract: Extract) -> Result:
    """The rows of a group or of an entry; of an entry that is no report, why."""
    if group.entry is None:
        return _read_group(group, extract)
    if isinstance(group.entry, ReadError):
        return group.entry
    name = group.inputs[0].name
    try:
        [facts] = extract(group.entry, name)
        return _tables(facts, name, group.sha256)
    except Exception as error:  # a fault of a rule in one report must not cost the others
        return _told(error, _place(name, number(group)))


def whole(group: Group, result: Result | None) -> load.Rows:
    """The rows of a group that was read as a whole; an issue where its process died."""
    if isinstance(result, dict):
        return result
    return _with_issues({}, [(item, "crashed", f"{item.name}: {_DIED}") for item in group.inputs])


class Gathered:
    """The entries of a file of many, asked in their order: which are kept, and issues for the others."""

    def __init__(self, group: Group) -> None:
        self._group = group
        self._seen: set[str] = set()
        self.refused: list[ReadError] = []

    def kept(self, entry: int | None, result: Result | None) -> load.Rows:
        """The rows of an entry by its number, none where it is no report or one that was there before; a
        result of None is that of a process that died."""
        place = _place(self._group.inputs[0].name, entry)
        if result is None:
            result = ReadError("crashed", f"{place}: {_DIED}")
        elif isinstance(result, dict) and not self._seen.isdisjoint(load.report_ids(result)):
            result = ReadError("duplicate", f"{place} has the text of one before it; leave one of them out")
        if isinstance(result, ReadError):
            self.refused.append(result)
            return {}
        self._seen.update(load.report_ids(result))
        return result

    def issues(self) -> load.Rows:
        """The issues of what was refused and of the other files of the group."""
        first, *others = self._group.inputs
        refused = [(first, error.kind, str(error)) for error in self.refused]
        return _with_issues({}, refused + [_repeats(item, first.name) for item in others])


def number(part: Group) -> int | None:
    """The number of an entry in its file, from 1; None where it isn't known."""
    entry = part.entry
    return entry.origin.entry if isinstance(entry, Document) and entry.origin else None


def _read_group(group: Group, extract: Extract) -> load.Rows:
    """The rows of the first file of a group that can be read, and an issue for each of the others and for
    each entry that is no report."""
    rows: load.Rows = {}
    issues: list[tuple[Input, str, str]] = []
    used = ""
    for item in group.inputs:
        if used:
            issues.append(_repeats(item, used))
            continue
        try:
            rows, refused = _read(item, group, extract)
            used = item.name
            issues += [(item, error.kind, str(error)) for error in refused]
        except Exception as error:  # a fault of a rule in one report must not cost the others
            told = _told(error, item.name)
            issues.append((item, told.kind, str(told)))
    return _with_issues(rows, issues)


def _repeats(item: Input, used: str) -> tuple[Input, str, str]:
    return item, "duplicate", f"{item.name}: the same text as {used}; leave one of them out"


def _place(name: str, entry: int | None) -> str:
    return f"{name}: entry {entry}"


def _read(item: Input, group: Group, extract: Extract) -> tuple[load.Rows, list[ReadError]]:
    """The rows of a file's reports, and why each other entry of it is none."""
    if item.path.exists() and not item.path.is_file():
        raise ReadError("unreadable", f"{item.name}: not a regular file; give a file that holds a report")
    rows: load.Rows = {}
    gathered = Gathered(group)
    for facts in extract(item.path, item.name):
        entry = facts.sources[0].entry if isinstance(facts, ReportFacts) and facts.sources else None
        try:
            result: Result = _tables(facts, item.name, group.sha256)
        except Exception as error:
            if entry is None and not isinstance(facts, ReadError):
                raise
            result = _told(error, _place(item.name, entry))
        for table, table_rows in gathered.kept(entry, result).items():
            rows.setdefault(table, []).extend(table_rows)
    return rows, gathered.refused


def _tables(facts: ReportFacts | ReadError, name: str, sha256: str) -> load.Rows:
    """The rows of a report. Raises what is wrong with it."""
    if isinstance(facts, ReadError):
        raise facts
    read = facts.sources[0].file_sha256 if facts.sources else facts.report.sha256
    if read != sha256:
        raise ReadError("changed", f"{name}: changed while it was read; build again")
    if "\0" in facts.report.text:
        raise ReadError("binary", f"{name}: holds NUL characters, so it is no text; save it as UTF-8 text")
    return load.tabulate(sift(facts))


def _told(error: Exception, place: str) -> ReadError:
    """What went wrong, as one line for the user."""
    if isinstance(error, ReadError):
        return error
    said = f"{type(error).__name__}: {error}".split("\n")[0]
    return ReadError("internal", f"{place}: a rule failed on this report ({said}); please report it")


def _with_issues(rows: load.Rows, issues: Sequence[tuple[Input, str, str]]) -> load.Rows:
    """Rows with issues of files added; their ids come from name, kind and a count of the same."""
    added = []
    for place, (item, kind, message) in enumerate(issues):
        key = hashlib.sha1(f"{item.name}|{kind}|{place}".encode()).hexdigest()[:12]
        added.append(Issue(f"i-{key}", item.name, None, kind, message))
    facts_issues = rows.get("issues", [])
    return rows | {"issues": facts_issues + load.issue_rows(added)}
