"""Which files a build reads, and in what order.

In: files and folders as the user gave them. Out: groups of files with the same content, in the order of
their SHA-256, so that nothing depends on the order of arguments, on the machine or on a folder's listing.
Hidden files and what is no regular file (pipes, devices, links that lead nowhere) are not taken from
folders; linked folders are not entered, so that a loop of links ends.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.model import Document, FangzhiError, ReadError

LARGEST = 2**28
"""Bytes from which on a file isn't even hashed: several times what any reader takes."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file and the name that the database knows it by: its path in the folder given, or its base name."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """Files with the same bytes, by name; `sha256` is '' where a file couldn't be opened or is too large.

    With `entry` it stands for that report alone, out of many in the file, or for why it is none.
    """

    sha256: str
    size: int
    inputs: tuple[Input, ...]
    entry: Document | ReadError | None = None


def collect(paths: Iterable[Path], output: Path) -> list[Input]:
    """Every file that the paths stand for, once; not the output itself where it lies among them.

    Raises FangzhiError where a path isn't there.
    """
    found: dict[str, Input] = {}
    for path in paths:
        if path.is_dir():
            for file in _walk(path):
                found.setdefault(
                    os.path.realpath(file), Input(file, _printable(file.relative_to(path).as_posix()))
                )
        elif path.exists():
            found.setdefault(os.path.realpath(path), Input(path, _printable(path.name)))
        else:
            raise FangzhiError(f"{_printable(str(path))} is not there; check the path")
    made = os.path.realpath(output)
    kept = (item for real, item in found.items() if real != made and not real.startswith(made + os.sep))
    return sorted(kept, key=lambda item: (item.name, os.fsencode(item.path)))


def group(inputs: Iterable[Input]) -> list[Group]:
    """The inputs by content. An empty file is its own group: it's no duplicate of another empty file."""
    groups: dict[tuple[str, str], list[Input]] = {}
    sizes: dict[str, int] = {}
    for item in inputs:
        sha256, size = _digest(item.path)
        sizes[sha256] = size
        groups.setdefault((sha256, "" if size else item.name), []).append(item)
    ordered = sorted(groups.items(), key=lambda entry: entry[0])
    return [Group(sha256, sizes[sha256], tuple(items)) for (sha256, _), items in ordered]


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = Path(parent, name)
            if not name.startswith(".") and path.is_file():
                yield path


def _digest(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file; '' and 0 where it can't or won't be read, as the reader says better."""
    try:
        with os.fdopen(_open_regular(path), "rb") as file:
            size = os.fstat(file.fileno()).st_size
            return (hashlib.file_digest(file, "sha256").hexdigest(), size) if size <= LARGEST else ("", 0)
    except OSError:
        return "", 0


def _open_regular(path: Path) -> int:
    """Open without waiting for the other end of a pipe, and refuse what isn't a regular file."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError("not a regular file")
    return descriptor


def _printable(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 and control characters written as escapes."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() or char == "\u3000" else repr(char)[1:-1] for char in text)
