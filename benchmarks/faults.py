"""Kills builds at random moments: the old database stays whole, and the next build is right.

    python -m benchmarks.faults [--kills 200] [--reports 31] [--jobs 2] [--seed 1]

A build is killed (SIGKILL) after a random share of the time that a whole one takes. After each, the database
must be, byte for byte, the one from before or the one to come; at the end a build must give the one to come
and leave no other file behind.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import corpus

_BUILD = "import fangzhi; fangzhi.build_db()"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    for name, default in (("--kills", 200), ("--reports", 31), ("--jobs", 2), ("--seed", 1)):
        parser.add_argument(name, type=int, default=default)
    told = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        counts = kill(Path(temporary), told.kills, told.reports, told.jobs, told.seed)
    print(", ".join(f"{name} {number}" for name, number in counts.items()))


def kill(folder: Path, kills: int, reports: int, jobs: int, seed: int) -> dict[str, int]:
    """Kills so many builds; how many were killed, had ended by then, and left the new database.

    Raises AssertionError where a database is neither the old nor the new one, or a file is left at the end.
    """
    output = folder / "output" / "x.db"
    output.parent.mkdir()
    corpus.write(folder / "reports", reports - 1, seed)
    begun = time.monotonic()
    assert _start(folder / "reports", output, jobs).wait() == 0
    whole = time.monotonic() - begun
    old = output.read_bytes()
    (folder / "reports" / "000" / "new.txt").write_bytes(corpus.make(reports, seed).data)
    assert _start(folder / "reports", folder / "new.db", jobs).wait() == 0
    new = (folder / "new.db").read_bytes()
    chance = random.Random(seed)
    counts = {"killed": 0, "ended before": 0, "replaced": 0}
    for _ in range(kills):
        process = _start(folder / "reports", output, jobs)
        time.sleep(chance.random() * whole)
        process.send_signal(signal.SIGKILL)
        counts["killed" if process.wait() else "ended before"] += 1
        found = output.read_bytes()
        assert found in (old, new), "the database is neither the old nor the new one"
        if found == new:
            counts["replaced"] += 1
            output.write_bytes(old)
    assert _start(folder / "reports", output, jobs).wait() == 0
    assert output.read_bytes() == new, "the build after the kills is not the same"
    assert list(output.parent.iterdir()) == [output], "a file was left behind"
    return counts


def _start(reports: Path, output: Path, jobs: int) -> subprocess.Popen[bytes]:
    """A build that reads every report, so that kills meet it at all its work."""
    options = ("--fresh", "--quiet", "--jobs", str(jobs), "--output", str(output))
    return subprocess.Popen([sys.executable, "-c", _BUILD, *options, str(reports)])


if __name__ == "__main__":
    main()
