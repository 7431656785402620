"""Extraction by Dask: one task a WARC, on this machine or at a scheduler; what a dead worker had is done by another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from crawler.jobs.extraction.parts import Extracted, Part, extract_part
from crawler.jobs.run.engine import EngineError

if TYPE_CHECKING:
    from distributed import Client

AHEAD = 1000
"""Tasks that a scheduler has at a time."""
DEATHS = 10
"""A task over which so many workers died is given up."""
_SECONDS = 10
_WORKERS = 60


class DaskError(EngineError):
    """A scheduler that can't be used; the message says what to do."""


def extract_by_dask(parts: Sequence[Part], scheduler: str | None, processes: int) -> Iterator[Extracted]:
    """Extract parts, and yield each when it is done, in any order.

    Workers read the archives and write the parts by the same paths as this process. Without a ``scheduler`` a cluster
    of ``processes`` is started here. Raises ``DaskError`` where the scheduler can't be reached, has no workers, or has
    lost too many over one WARC, or where it goes away; and what :func:`extract_part` raises.
    """
    with _client(scheduler, processes) as client:
        yield from _done(client, parts)


def _done(client: Client, parts: Sequence[Part]) -> Iterator[Extracted]:
    from distributed import KilledWorker, as_completed
    from distributed.comm.core import CommClosedError
    from distributed.scheduler import NoValidWorkerError

    waiting = iter(parts)

    def submit(part: Part) -> object:
        return client.submit(extract_part, part, pure=False)

    done = as_completed([submit(part) for part in islice(waiting, AHEAD)])
    for future in done:
        try:
            extracted: Extracted = future.result()
        except (KilledWorker, NoValidWorkerError) as error:
            raise DaskError(f"too many workers died over one WARC; have they memory enough? ({error})") from error
        except (CancelledError, CommClosedError) as error:
            raise DaskError("the scheduler went away; start it and run again, which makes the table anew") from error
        future.release()
        for part in islice(waiting, 1):
            done.add(submit(part))
        yield extracted


@contextmanager
def _client(scheduler: str | None, processes: int) -> Iterator[Client]:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ModuleNotFoundError as error:
        raise DaskError(f"{error.name} is not installed: pip install 'wirecopy[cluster]'") from None
    if scheduler is None:
        with (
            dask.config.set({"distributed.scheduler.allowed-failures": DEATHS}),
            LocalCluster(n_workers=processes, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(scheduler, timeout=_SECONDS)
    except (OSError, TimeoutError, ValueError) as error:
        raise DaskError(f"no Dask scheduler at {scheduler} ({error}); start one: dask scheduler") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_WORKERS)
        except TimeoutError:
            raise DaskError(f"the scheduler at {scheduler} has no workers: dask worker {scheduler}") from None
        yield client
