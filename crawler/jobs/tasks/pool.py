"""Processes of this machine that are forked from one which has loaded what they need."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import forkserver, resource_tracker, util
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")
_LONGEST = 75
"""Bytes that a folder's path may have for the path of a socket in a folder of it to be short enough (unix(7): 107)."""
_starting = threading.Lock()


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def make_ready(module: str) -> None:
    """Have a module loaded for all processes to come while this one does something else."""
    multiprocessing.get_context("forkserver").set_forkserver_preload([module])
    start_server()


def start_server() -> None:
    """Start the process that forks the others, with its socket elsewhere where TMPDIR is too long for it.

    Neither it nor what it forks hears Ctrl-C, which a terminal tells all of them: whoever started them ends them.
    """
    with _starting:
        usual = tempfile.tempdir
        try:
            if len(os.fsencode(tempfile.gettempdir())) > _LONGEST:
                tempfile.tempdir = "/tmp"
            util.get_temp_dir()  # made the first time, and kept
        finally:
            tempfile.tempdir = usual
    with _undisturbed():
        resource_tracker.ensure_running()  # which, where it starts, would let the signal through again
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Take interruptions once a process has been started: one in mid-start would be nobody's."""
    told: list[int] = []
    kinds = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    before = {
        kind: signal.signal(kind, lambda kind, _: told.append(kind))
        for kind in kinds
        if callable(signal.getsignal(kind))
    }
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
        for number in told[:1]:
            signal.raise_signal(number)


class Pool:
    """So many processes, which start with the first task; where one is killed all end."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._executor: ProcessPoolExecutor | None = None
        self._going_on: Connection | None = None
        """Closed when the processes are to end: where one was killed, an event would wait for it."""

    def submit(self, do: Callable[_Given, _Made], *given: _Given.args, **named: _Given.kwargs) -> Future[_Made]:
        """Have ``do``, a function of a module, done by one of them.

        Raises ``BrokenProcessPool``, as the result does, where one was killed meanwhile.
        """
        if self._executor is None:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload([do.__module__])
            start_server()
            working, self._going_on = context.Pipe(duplex=False)
            begin = (dict(os.environ), working)
            self._executor = ProcessPoolExecutor(self._number, context, _begin, begin)
        with _undisturbed():
            return self._executor.submit(partial(_do, do), *given, **named)

    def stop(self) -> None:
        """End the processes; what none of them has begun is not done, and what is under way is interrupted."""
        if self._executor is not None and self._going_on is not None:
            self._going_on.close()
            self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = None


_busy = threading.Event()
"""Set while a process of a pool has a task: an interruption ends that, and is nothing to one that waits."""


def _do(do: Callable[..., _Made], *given: Any, **named: Any) -> _Made:
    _busy.set()
    try:
        return do(*given, **named)
    finally:
        _busy.clear()


def _interrupt(*_: object) -> None:
    if _busy.is_set():
        _busy.clear()  # what the task does on its way out is not interrupted again
        raise KeyboardInterrupt


def _begin(environment: dict[str, str], going_on: Connection) -> None:
    """Take over the environment: that of the server that makes processes may be older.

    Ends with the process that waits, since a pool's queue would be waited on for ever.
    """
    os.environ.update(environment)
    signal.signal(signal.SIGINT, _interrupt)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_parent, daemon=True).start()
    threading.Thread(target=_interrupt_at_end_of, args=(going_on,), daemon=True).start()


def _interrupt_at_end_of(going_on: Connection) -> None:
    with suppress(EOFError, OSError):
        going_on.recv()
    os.kill(os.getpid(), signal.SIGINT)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
