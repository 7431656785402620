"""The process that all others of this machine are forked from, since it has loaded what they need."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import forkserver, resource_tracker, util
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

_LONGEST = 75
"""Bytes that a folder's path may have for the path of a socket in a folder of it to be short enough (unix(7): 107)."""
_AGAIN = (0.1, 1.0)
"""Seconds until a process is asked for again: a server that was killed is one still, until the system has ended it."""
_starting = threading.Lock()
_context = multiprocessing.get_context("forkserver")


class NoProcessError(Exception):
    """The system gives no process more, or the server is killed whenever it is asked for one."""


def make_ready(module: str) -> None:
    """Have a module loaded for all processes to come while this one does something else."""
    _context.set_forkserver_preload([module])
    start_server()


def start_process(
    module: str, work: Callable[..., None], *given: Any, daemon: bool = False
) -> tuple[BaseProcess, Connection]:
    """Start a process in which ``module`` is loaded and which does ``work``, a function of a module.

    ``work`` is given a connection first, whose other end is returned, then what is ``given``. A daemon is ended with
    this process. Raises ``NoProcessError``.
    """
    with _undisturbed():
        try:
            return _started(_AGAIN, module, work, given, daemon=daemon)
        except (EOFError, OSError) as error:
            raise NoProcessError(f"no process can be started: {error}") from error


def _started(
    pauses: Sequence[float], module: str, work: Callable[..., None], given: Sequence[Any], *, daemon: bool
) -> tuple[BaseProcess, Connection]:
    make_ready(module)
    ours, theirs = _context.Pipe()
    process = _context.Process(target=work, args=(theirs, *given), daemon=daemon)
    try:
        with theirs:
            process.start()
    except (EOFError, ConnectionError):
        ours.close()
        if not pauses:
            raise
    except BaseException:
        ours.close()
        raise
    else:
        return process, ours
    time.sleep(pauses[0])
    return _started(pauses[1:], module, work, given, daemon=daemon)


def end_process(process: BaseProcess, patience: timedelta) -> None:
    """Wait for a process that was told to end or has nothing more to say; what is left of it after that is killed."""
    process.join(patience.total_seconds())
    if process.exitcode is None:
        process.kill()
        process.join()


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
