"""Reading on a Dask cluster: a real one on this machine, whose workers are killed while they read."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import fangzhi
from benchmarks import corpus
from db import build as builder
from db import cluster
from ingest.model import FangzhiError, ReadError, ReportFacts

distributed = pytest.importorskip("distributed", reason="distributed is not installed (the extra dask)")


@contextmanager
def cluster_that_spares(failures: int) -> Iterator[str]:
    """The address of two workers, each a process that is started again when it dies; a batch may lose so many
    of them."""
    with (
        distributed.dask.config.set({"distributed.scheduler.allowed-failures": failures}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as running,
    ):
        yield running.scheduler_address


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with cluster_that_spares(3) as address:
        yield address


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Reports, and files that are none; so little is sent at a time that several batches are under way."""
    monkeypatch.setattr(builder, "BATCH_BYTES", 4000)
    reports = tmp_path / "reports"
    corpus.write(reports, 24, chars=300)
    (reports / "empty.txt").touch()
    (reports / "rubbish.dat").write_bytes(b"\0")
    (reports / "copy.md").write_bytes((reports / "000" / corpus.make(3, chars=300).name).read_bytes())
    with (reports / "big.txt").open("wb") as file:
        file.truncate(2**30)
    return reports


def read(
    path: Path, name: str, *, fatal: Sequence[str] = (), once: Path | None = None
) -> list[ReportFacts | ReadError]:
    """As the program reads, but that the files called `fatal` kill the process that reads them, each time;
    with `once`, a path, they kill its parent, the worker, until the path is there."""
    if any(word in name for word in fatal):
        if once is None:
            os.kill(os.getpid(), signal.SIGKILL)
        elif not once.exists():
            once.touch()
            os.kill(os.getppid(), signal.SIGKILL)
    return list(fangzhi.extract(path, name, reference_date=None, district_id=None))


@pytest.mark.parametrize("failures", [3, 0])
def test_same_bytes_as_from_processes_with_a_worker_killed_in_the_middle(
    folder: Path, tmp_path: Path, failures: int
) -> None:
    builder.build([folder], tmp_path / "x.db", read, jobs=1)
    told: list[str] = []
    extract = partial(read, fatal=[corpus.make(9, chars=300).name], once=tmp_path / "killed")
    with cluster_that_spares(failures) as scheduler:
        spread = partial(cluster.in_order, scheduler=scheduler, tell=told.append)
        builder.build([folder], tmp_path / "y.db", extract, spread=spread)
    assert (tmp_path / "killed").exists()
    assert (tmp_path / "x.db").read_bytes() == (tmp_path / "y.db").read_bytes()
    assert len(told) == 1 and "was lost" in told[0]


def test_reports_that_kill_what_reads_them_cost_themselves_and_no_worker(
    scheduler: str, folder: Path, tmp_path: Path
) -> None:
    fatal = [corpus.make(number, chars=300).name for number in (5, 6)]
    told: list[str] = []
    spread = partial(cluster.in_order, scheduler=scheduler, tell=told.append)
    summary = builder.build([folder], tmp_path / "x.db", partial(read, fatal=fatal), spread=spread)
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        crashed = connection.execute("select file_name from issues where kind = 'crashed' order by 1")
        assert [Path(name).name for (name,) in crashed] == sorted(fatal)
    assert summary.reports == 24 - len(fatal)
    assert told == []


def test_a_file_that_goes_before_it_is_sent_costs_itself(
    scheduler: str, folder: Path, tmp_path: Path
) -> None:
    gone = folder / "000" / corpus.make(9, chars=300).name

    def spread(*work: Any) -> Any:
        gone.unlink()
        return cluster.in_order(*work, scheduler=scheduler, tell=print)

    summary = builder.build([folder], tmp_path / "x.db", read, spread=spread)
    assert (summary.reports, summary.issues["unreadable"]) == (23, 1)


def test_workers_with_other_rules_are_refused(
    scheduler: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "rules_digest", lambda: "of another version")
    spread = partial(cluster.in_order, scheduler=scheduler, tell=print)
    with pytest.raises(FangzhiError, match="same version"):
        builder.build([folder], tmp_path / "x.db", read, spread=spread)
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize(("address", "said"), [("tcp://127.0.0.1:9", "can't be used"), ("nowhere", "used")])
def test_a_scheduler_that_is_not_there_is_told_in_a_line(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, said: str
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    spread = partial(cluster.in_order, scheduler=address, tell=print)
    with pytest.raises(FangzhiError, match=said) as raised:
        builder.build([folder], tmp_path / "x.db", read, spread=spread)
    assert "\n" not in str(raised.value)


def test_a_cluster_without_workers_is_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with distributed.LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as idle:
        spread = partial(cluster.in_order, scheduler=idle.scheduler_address, tell=print)
        with pytest.raises(FangzhiError, match="no workers"):
            builder.build([folder], tmp_path / "x.db", read, spread=spread)
