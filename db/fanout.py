"""Work spread over processes, results in the order of the work.

In: a function and a list of items. Out: its results, in order, as they come; no more than a few batches
are under way at a time, so memory stays flat. A process that dies costs the one item that killed it: that
item's result is None, and the others are done by new processes.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
UNDER_WAY = 3
"""Batches a process: one being done, one waiting, one being written."""


def in_order(
    work: Callable[[Item], Result], batches: Iterable[Sequence[Item]], jobs: int, close_in_child: int
) -> Iterator[Result | None]:
    """The result of each item, in order; None for one whose process died twice.

    `work` and the items must be picklable; `close_in_child` is a descriptor that the processes must not keep.
    Batches are taken as they are needed.
    """
    more = iter(batches)
    given: deque[Sequence[Item]] = deque()
    while True:
        pool = _pool(jobs, close_in_child)
        try:
            for results in _run(pool, work, given, more, jobs):
                yield from results
            return
        except BrokenProcessPool:
            yield from (_alone(work, item, close_in_child) for item in given.popleft())
        finally:
            pool.shutdown(cancel_futures=True)


def _run(
    pool: ProcessPoolExecutor,
    work: Callable[[Item], Result],
    given: deque[Sequence[Item]],
    more: Iterator[Sequence[Item]],
    jobs: int,
) -> Iterator[list[Result]]:
    """The results of each batch; `given` are those without results, of this pool or one that broke."""
    under_way = deque(pool.submit(_batch, work, batch) for batch in given)
    while True:
        for batch in islice(more, jobs * UNDER_WAY - len(under_way)):
            given.append(batch)
            under_way.append(pool.submit(_batch, work, batch))
        if not under_way:
            return
        results = under_way.popleft().result()
        given.popleft()
        yield results


def _batch(work: Callable[[Item], Result], batch: Sequence[Item]) -> list[Result]:
    return [work(item) for item in batch]


def _alone(work: Callable[[Item], Result], item: Item, close_in_child: int) -> Result | None:
    """One item in a process of its own."""
    with _pool(1, close_in_child) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return None


def _pool(jobs: int, close_in_child: int) -> ProcessPoolExecutor:
    # Forking shares what is already loaded; elsewhere than on Linux system libraries don't survive it.
    forks = sys.platform == "linux"
    context = multiprocessing.get_context("fork" if forks else "spawn")
    return ProcessPoolExecutor(jobs, context, _settle, (close_in_child if forks else -1,))


def _settle(close: int) -> None:
    """In a new process: let go of the parent's lock, leave Ctrl-C to the parent, and end when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if close >= 0:
        os.close(close)
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        threading.Thread(target=lambda: (wait([sentinel]), os._exit(1)), daemon=True).start()
