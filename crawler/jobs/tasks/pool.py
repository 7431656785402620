"""Processes of this machine that are forked from one which has loaded what they need."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import forkserver, util
from typing import ParamSpec, TypeVar

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
    """Start the process that forks the others, with its socket elsewhere where TMPDIR is too long for it."""
    with _starting:
        usual = tempfile.tempdir
        try:
            if len(os.fsencode(tempfile.gettempdir())) > _LONGEST:
                tempfile.tempdir = "/tmp"
            util.get_temp_dir()  # made the first time, and kept
        finally:
            tempfile.tempdir = usual
    forkserver.ensure_running()


class Pool:
    """So many processes, which start with the first task; where one is killed all end."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._executor: ProcessPoolExecutor | None = None

    def submit(self, do: Callable[_Given, _Made], *given: _Given.args, **named: _Given.kwargs) -> Future[_Made]:
        """Have ``do``, a function of a module, done by one of them.

        Raises ``BrokenProcessPool``, as the result does, where one was killed meanwhile.
        """
        if self._executor is None:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload([do.__module__])
            start_server()
            self._executor = ProcessPoolExecutor(self._number, context, _begin, (dict(os.environ),))
        return self._executor.submit(do, *given, **named)

    def stop(self) -> None:
        """End the processes; what none of them has begun is not done."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = None


def _begin(environment: dict[str, str]) -> None:
    """Take over the environment: that of the server that makes processes may be older.

    Ends with the process that waits, since a pool's queue would be waited on for ever.
    """
    os.environ.update(environment)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
