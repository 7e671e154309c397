"""A function called in another process, which may die of it.

In: a function and what it is called with, both picklable. Out: its result, or None where the process died
twice. The process is kept for the next call from the same thread and ends when this one does, however that
ends. `multiprocessing` can't be had for this where it is needed: a worker of Dask is a daemon with threads.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_OWN = threading.local()
_SERVE = "from db.apart import serve; serve()"
_TRIES = 2


def call(work: Callable[[Item], Result], item: Item) -> Result | None:
    """The result of `work(item)`; None where its process died each time."""
    asked = pickle.dumps((work, item))
    for _ in range(_TRIES):
        process = _process()
        try:
            process.stdin.write(asked)
            process.stdin.flush()
            result: Result = pickle.load(process.stdout)
            return result
        except (EOFError, OSError, pickle.UnpicklingError):
            process.kill()
            process.communicate()
    return None


def serve() -> None:
    """In the process: answer calls until nobody asks any more."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    while True:
        try:
            work, item = pickle.load(asked)
        except EOFError:
            return
        answers.write(pickle.dumps(work(item)))
        answers.flush()


def _process() -> Any:
    """This thread's process, a new one where it has none that lives."""
    process = getattr(_OWN, "process", None)
    if process is None or process.poll() is not None:
        surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        process = _OWN.process = subprocess.Popen(
            [sys.executable, "-c", _SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=surroundings,
        )
    return process
