"""How long something takes, so that a busy machine doesn't make it seem longer."""

from __future__ import annotations

import os
from collections.abc import Callable
from time import process_time

SLOWER = 4 if os.environ.get("CI") else 1
"""How much slower than a desk's the processor of a runner for hire may be. A scan where an index should
serve, or a loop in a loop, costs far more."""


def quickest(action: Callable[[], object], runs: int = 5) -> float:
    """Seconds of processor time that the quickest of `runs` takes."""
    best = float("inf")
    for _ in range(runs):
        start = process_time()
        action()
        best = min(best, process_time() - start)
    return best
