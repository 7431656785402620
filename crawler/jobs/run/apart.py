"""Work in a process of its own: Twisted's reactor starts once a process, and what kills a crawl spares the run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from crawler.archive import ArchiveError, CollectionError, CollectionLocked
from crawler.jobs.tasks.server import NoProcessError, end_process, start_process

PATIENCE = timedelta(seconds=60)
"""How long work that was told to stop may take to finish what is under way, before it is killed."""

_LOADED = "crawler.jobs.run.loaded"

Value = TypeVar("Value")
Stopping = Callable[[], bool]


class Ended(StrEnum):
    """How a piece of work ended."""

    WELL = "well"
    STOPPED = "stopped"
    """Told to stop, or out of time: what it had captured is kept."""
    STORAGE = "storage"
    """The collection can't be written."""
    LOCKED = "locked"
    """Another process writes to the collection."""
    FAULT = "fault"
    """An error of wirecopy's own, or the process was killed."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Value]):
    """What a process gave back: a value where it came to its end, else the reason."""

    ended: Ended
    message: str | None = None
    value: Value | None = None


def apart(work: Callable[..., Value], *arguments: Any, limit: timedelta, stopping: Stopping) -> Done[Value]:
    """Call ``work``, a function of a module, in a process of its own.

    After ``limit``, or as soon as ``stopping()`` is true, the process is sent SIGTERM, and killed where it does not end
    within ``PATIENCE``. Where the calling process dies, it ends likewise. Never raises for what goes wrong in there.
    """
    try:
        process, ours = start_process(_LOADED, _work, dict(os.environ), work, arguments)
    except NoProcessError as error:
        return Done(Ended.FAULT, f"{error}; all of it is due again")
    try:
        return _wait(process, ours, time.monotonic() + limit.total_seconds(), stopping)
    except BaseException:
        _tell(process, signal.SIGTERM)
        raise
    finally:
        ours.close()
        end_process(process, PATIENCE)
        process.close()


def _wait(process: BaseProcess, ours: Connection, end: float, stopping: Stopping) -> Done[Any]:
    killing: float | None = None
    killed = False
    while not ours.poll(0.2):
        if killing is None and (stopping() or time.monotonic() >= end):
            killing = time.monotonic() + PATIENCE.total_seconds()
            _tell(process, signal.SIGTERM)
        elif killing is not None and time.monotonic() >= killing:
            _tell(process, signal.SIGKILL)
            killed = True
    try:
        done: Done[Any] = ours.recv()
    except (EOFError, OSError):  # killed before it said anything, or in the middle of what it said
        end_process(process, PATIENCE)
        if killed:
            return Done(Ended.STOPPED, "did not end in time and was killed; what it captured is kept")
        # Whoever stops all processes of a service, as systemd does, tells them at the same time.
        if killing is not None or stopping():
            return Done(Ended.STOPPED, "was told to end before it could finish; what it captured is kept")
        code = process.exitcode or 0
        how = f"was killed by signal {-code}" if code < 0 else f"ended with {code}"
        return Done(Ended.FAULT, f"the process {how}; what it captured is kept, the rest is due again")
    return done


def _tell(process: BaseProcess, number: signal.Signals) -> None:
    """Send a signal, which multiprocessing would keep back once the server that made the process was killed."""
    if process.pid is not None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, number)


def _work(
    theirs: Connection, environment: dict[str, str], work: Callable[..., Any], arguments: tuple[Any, ...]
) -> None:
    done: Done[Any]
    os.environ.update(environment)  # the server that made this process has that of the first call
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        done = Done(Ended.WELL, None, work(*arguments))
    except CollectionLocked as error:
        done = Done(Ended.LOCKED, str(error))
    except (CollectionError, ArchiveError) as error:
        done = Done(Ended.STORAGE, str(error))
    except OSError as error:
        done = Done(Ended.STORAGE, f"{error.filename or 'storage'}: {error.strerror or error}")
    except Exception as error:  # noqa: BLE001 - the process ends here; its error goes to the one who waits
        done = Done(Ended.FAULT, "".join(traceback.format_exception(error)))
    with suppress(BrokenPipeError):  # nobody waits any more
        theirs.send(done)
    theirs.close()


def _end_with_parent() -> None:
    """Tell this process to finish once the one that waits for it is gone, and kill it where it does not."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE.total_seconds())
        os.kill(os.getpid(), signal.SIGKILL)
