"""Putting a new file in the place of an old one at once, or not at all.

In: the target. Out: a path beside it to write to; when the block ends well, that file is flushed to disk
and takes the target's place in one step. Killed at any moment, the old file is whole; what was left lies
under the one name that the next build clears.

Refused, with a FangzhiError: a target that is a folder or another program's file, one that is being
written to, a place where nothing can be written, and a second build to the same target.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.model import FangzhiError

_HEADER = b"SQLite format 3\0"
_APPLICATION_ID = slice(68, 72)
_WRITER_FILES = ("-journal", "-wal")


@contextmanager
def replacing(target: Path, application_id: int) -> Iterator[tuple[Path, int]]:
    """Yield the path to write to and the descriptor that holds the lock on it.

    The lock is an flock on the new file itself, so it goes with the process, however that ends.
    """
    refuse_foreign(target, application_id)
    draft = target.with_name(f".{target.name}.building")
    lock = _lock(draft, target)
    try:
        yield draft, lock
        os.fsync(lock)
        _refuse_writer(target)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    finally:
        os.close(lock)
    _sync_folder(target.parent)


def refuse_foreign(target: Path, application_id: int) -> None:
    """Raise FangzhiError where the target is there and no build made it (an empty file is let pass)."""
    try:
        with target.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return
    except IsADirectoryError as error:
        raise FangzhiError(f"{target} is a folder; name a file with --output") from error
    except OSError as error:
        raise FangzhiError(f"{target} cannot be read ({error.strerror}); choose another --output") from error
    ours = header.startswith(_HEADER) and int.from_bytes(header[_APPLICATION_ID], "big") == application_id
    if header and not ours:
        raise FangzhiError(f"{target} was not made by build-db; choose another --output or remove the file")
    if not os.access(target, os.W_OK):
        raise FangzhiError(f"{target} is read-only; choose another --output or make it writable")
    _refuse_writer(target)


def _refuse_writer(target: Path) -> None:
    """A journal beside the target would be rolled into the new file by the next program that opens it."""
    for suffix in _WRITER_FILES:
        beside = target.with_name(target.name + suffix)
        if beside.exists() and beside.stat().st_size:
            raise FangzhiError(
                f"{beside} is there: close the program that writes to {target.name}, then retry"
            )


def _lock(draft: Path, target: Path) -> int:
    """Create the draft, empty, and lock it; a draft that a dead build left is emptied."""
    while True:
        try:
            lock = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        except OSError as error:
            raise FangzhiError(
                f"{target} cannot be written ({error.strerror}); choose another --output"
            ) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(lock)
            raise FangzhiError(f"another build is writing {target}; wait for it to end") from error
        # Between opening and locking, the other build may have ended and moved its draft to the target.
        if draft.exists() and os.path.samestat(os.fstat(lock), draft.stat()):
            os.ftruncate(lock, 0)
            return lock
        os.close(lock)


def _sync_folder(folder: Path) -> None:
    """The new name must reach the disk as well as the bytes."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
