"""Work spread over a Dask cluster, results in the order of the work: `db.fanout` beyond one machine.

In: a function of a group of files, batches of groups and the address of a scheduler. Out: the function's
results, in order, as they come; no more than a few batches a thread are under way at a time, so memory stays
flat. The bytes of the files travel with the work: workers need this project as it is here and no way to the
files. They read in a process of their own, so that a report that kills it costs itself and no worker: its
result is None. What a lost worker was reading is read by another, in the end by this machine, and told.

Refused, with a FangzhiError: to work without `distributed`, a scheduler that doesn't answer, a cluster
without workers, and workers with other rules.
"""

from __future__ import annotations

import tempfile
from asyncio import CancelledError
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from db import apart
from db.fanout import UNDER_WAY
from db.inputs import Group, Input
from db.provenance import rules_digest
from ingest.model import FangzhiError

Result = TypeVar("Result")
PATIENCE = 30.0
"""Seconds to wait for a scheduler, and twice that for a first or another worker."""


class Parcel(NamedTuple):
    """A group of files and the bytes that they have in common; None where they can't be read any more, or
    aren't needed since the group is an entry that holds its text."""

    group: Group
    data: bytes | None


def in_order(
    work: Callable[[Group], Result],
    batches: Iterable[Sequence[Group]],
    *,
    scheduler: str,
    tell: Callable[[str], object],
) -> Iterator[Result | None]:
    """The result of each group, in order; None for one that killed the processes that read it.

    `work` must be picklable; `scheduler` is an address as `tcp://host:8786`; `tell` is called, perhaps from
    another thread, with a line for each worker that was lost.
    """
    with _connected(scheduler) as client:
        client.subscribe_topic("all", lambda event: _notice(event[1], tell))
        under_way: deque[tuple[Sequence[Group], Any]] = deque()
        for batch in batches:
            parcels = list(map(_packed, batch))
            sent = client.submit(_read_there, work, parcels, rules_digest(), pure=False)
            under_way.append((batch, sent))
            while len(under_way) >= max(1, sum(client.nthreads().values())) * UNDER_WAY:
                yield from _results(client, work, *under_way.popleft())
        while under_way:
            yield from _results(client, work, *under_way.popleft())


@contextmanager
def _connected(scheduler: str) -> Iterator[Any]:
    try:
        import dask  # noqa: PLC0415 - an extra, and slow to import
        from distributed import Client  # noqa: PLC0415
    except ImportError as error:
        raise FangzhiError("a Dask cluster needs distributed: pip install 'fangzhi[dask]'") from error
    try:
        with (
            # The files are meant to travel with the tasks.
            dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"}),
            Client(scheduler, timeout=PATIENCE, set_as_default=False) as client,
        ):
            client.wait_for_workers(1, timeout=2 * PATIENCE)
            yield client
    except TimeoutError as error:
        raise _without_workers(scheduler) from error
    except (OSError, ValueError, CancelledError) as error:
        said = str(error).split("\n")[0]
        message = f"the Dask cluster at {scheduler} can't be used ({said}); check its address and workers"
        raise FangzhiError(message) from error


def _without_workers(scheduler: str) -> FangzhiError:
    return FangzhiError(f"the cluster at {scheduler} has no workers; start some (dask worker {scheduler})")


def _notice(event: dict[str, Any], tell: Callable[[str], object]) -> None:
    """Tell of a worker that went away without being asked to."""
    if event.get("action") == "remove-worker" and not event.get("expected"):
        again = len(event["processing-tasks"]) + len(event["lost-computed-tasks"])
        tell(f"worker {event['worker']} was lost; {again} batches go to other workers")


def _results(
    client: Any, work: Callable[[Group], Result], batch: Sequence[Group], sent: Any
) -> Sequence[Result | None]:
    """The results of a batch; read here where it lost as many workers as Dask allows."""
    from distributed import KilledWorker  # noqa: PLC0415

    lonely = 0
    while True:
        try:
            found: Sequence[Result | None] = sent.result(timeout=PATIENCE)
            return found
        except KilledWorker:
            return [apart.call(work, group) for group in batch]
        except TimeoutError:
            lonely = 0 if client.nthreads() else lonely + 1
            if lonely == 2:
                raise _without_workers(client.scheduler.address) from None
        except (ImportError, AttributeError) as error:
            message = f"a worker can't run this ({error}); install the same version of fangzhi on all workers"
            raise FangzhiError(message) from error


def _packed(group: Group) -> Parcel:
    if group.entry is not None:
        return Parcel(group, None)
    try:
        return Parcel(group, group.inputs[0].path.read_bytes())
    except OSError:
        return Parcel(group, None)


def _read_there(
    work: Callable[[Group], Result], parcels: Sequence[Parcel], rules: str
) -> list[Result | None]:
    """On a worker: the result of each group, whose files lie in a folder for as long as they are read."""
    if rules != rules_digest():
        raise FangzhiError("a worker has other rules than this machine; install the same version on both")
    with tempfile.TemporaryDirectory() as folder:
        return [apart.call(work, _unpacked(parcel, Path(folder))) for parcel in parcels]


def _unpacked(parcel: Parcel, folder: Path) -> Group:
    """The group with its files in the folder; they keep their extensions, by which they are read."""
    inputs: list[Input] = []
    for item in parcel.group.inputs:
        path = folder / f"report{item.path.suffix}"
        if parcel.data is None:
            path.unlink(missing_ok=True)
        elif not inputs or path != inputs[-1].path:
            path.write_bytes(parcel.data)
        inputs.append(replace(item, path=path))
    return replace(parcel.group, inputs=tuple(inputs))
