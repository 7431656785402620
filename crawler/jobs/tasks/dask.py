"""Tasks by Dask, on this machine or at a scheduler; what a dead worker had is done by another."""

from __future__ import annotations

import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from itertools import islice
from logging import CRITICAL, getLogger
from multiprocessing import forkserver
from socket import gethostname
from typing import TYPE_CHECKING, Any

from crawler.archive import ArchiveError
from crawler.jobs.run.engine import EngineError, NotInstalled
from crawler.jobs.tasks.server import start_server
from crawler.model.each import Each, Given, Made

if TYPE_CHECKING:
    from distributed import Client, Future

AHEAD = 1000
"""Tasks that a scheduler has at a time."""
DEATHS = 10
"""A task over which so many workers died is given up."""
_SECONDS = 10
"""Longest wait for the scheduler."""
_WORKERS = 60.0
"""Seconds without any worker after which there will be none."""
_LOOK = 5.0
"""Seconds between two looks at whether any worker is there."""
_METHOD = "forkserver"
_LOADED = [__name__, "distributed", "crawler.jobs.extraction.parts", "crawler.jobs.story_parquet"]
"""What is loaded once for all workers, and for those that take the place of dead ones."""


class DaskError(EngineError):
    """A scheduler that can't be used; the message says what to do."""


@contextmanager
def dask(scheduler: str | None, processes: int) -> Iterator[Each]:
    """An ``Each`` of the workers at ``scheduler``; without one a cluster of ``processes`` is started here.

    Workers read and write files by the same paths as this process. Raises ``DaskError`` where the scheduler can't be
    reached, has no workers, or has lost too many over one task, or where it or all its workers go away.
    """
    with _client(scheduler, processes) as client:

        def each(do: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
            return _done(client, partial(_told, do, bool(scheduler)), given)

        yield each


def _told(do: Callable[[Given], Made], elsewhere: bool, task: Given) -> Made:
    """Do a task; of what goes wrong with an archive or store, say on which machine, whose disk and keys are its own."""
    try:
        return do(task)
    except ArchiveError as error:
        told = type(error)(f"{gethostname()}: {error}" if elsewhere else str(error), error.path)
        told.errno = error.errno
    # Without that one behind it: one that was explained is its own cause, over which Dask's worker goes round for ever.
    raise told


def _done(client: Client, do: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError
    from distributed.scheduler import NoValidWorkerError

    tasks = iter(given)
    waiting = deque(client.submit(do, task, pure=False) for task in islice(tasks, AHEAD))
    while waiting:
        future = waiting.popleft()
        try:
            _wait(client, future)
            made: Made = future.result()
        except (KilledWorker, NoValidWorkerError) as error:
            raise DaskError(f"too many workers died over one task; have they memory enough? ({error})") from error
        except (CancelledError, CommClosedError) as error:
            raise DaskError("the scheduler went away; start it and run again, which makes all of it anew") from error
        future.release()
        waiting.extend(client.submit(do, task, pure=False) for task in islice(tasks, 1))
        yield made


def _wait(client: Client, future: Future[Any]) -> None:
    """Wait until a task is done. Raises ``DaskError`` where no worker has been there to do it for ``_WORKERS``."""
    from distributed import wait

    last = time.monotonic()
    while not future.done():
        with suppress(TimeoutError):
            wait(future, timeout=_LOOK)
            return
        now = time.monotonic()
        with suppress(OSError):  # a scheduler that has gone is told by the task
            if client.ncores():
                last = now
            elif now - last > _WORKERS:
                raise DaskError("all workers went away; start some and run again, which makes all of it anew")


@contextmanager
def _client(scheduler: str | None, processes: int) -> Iterator[Client]:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ModuleNotFoundError as error:
        raise NotInstalled(f"{error.name} is not installed: pip install 'wirecopy[cluster]'") from None
    for name in ("distributed", "distributed.client"):
        getLogger(name).setLevel(CRITICAL)  # what it warns of is mended by others, or raised
    if scheduler is None:
        forkserver.set_forkserver_preload(_LOADED)
        with _ignored():
            start_server()
        settings = {
            "distributed.scheduler.allowed-failures": DEATHS,
            "distributed.worker.multiprocessing-method": _METHOD,
        }
        with dask.config.set(settings), ExitStack() as stack:
            with _interrupted_later():
                try:
                    started = LocalCluster(
                        n_workers=processes, threads_per_worker=1, dashboard_address="127.0.0.1:0",
                        silence_logs=CRITICAL,
                    )  # fmt: skip
                except RuntimeError as error:
                    raise DaskError(f"the workers did not start; is there memory enough for them? ({error})") from error
                cluster = stack.enter_context(started)
            yield stack.enter_context(Client(cluster))
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


@contextmanager
def _ignored() -> Iterator[None]:
    """What is started meanwhile lives on when Ctrl-C is pressed at the terminal: it is ended by this process."""
    with _handling((signal.SIGINT,), signal.SIG_IGN):
        yield


@contextmanager
def _interrupted_later() -> Iterator[None]:
    """Ctrl-C and SIGTERM interrupt when this is over: Dask can't close a cluster that has not yet started."""
    told: list[int] = []
    with _handling((signal.SIGINT, signal.SIGTERM), lambda number, _: told.append(number)):
        yield
    if told:
        raise KeyboardInterrupt


@contextmanager
def _handling(kinds: Sequence[signal.Signals], handler: Any) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {kind: signal.signal(kind, handler) for kind in kinds}
    try:
        yield
    finally:
        for kind, old in before.items():
            signal.signal(kind, old)
