"""Processes below one of the tests' own, as Linux lists them (proc_pid_task_children(5))."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def children(process: int | None = None) -> list[int]:
    """What a process, by default this one, has started and not waited for; none if it has ended."""
    found: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{process or os.getpid()}/task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):  # a thread may end while others are read
                found += map(int, (task / "children").read_text().split())
    return found


def workers(process: int) -> list[int]:
    """The processes that the server which a process has started made for work."""
    return [worker for server in children(process) for worker in children(server)]


@contextmanager
def standing_still(process: int) -> Iterator[None]:
    """Nothing is done by a process meanwhile, and signals wait for it."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def is_told(process: int, number: signal.Signals) -> bool:
    """Whether a signal waits for a process that stands still (proc_pid_status(5))."""
    status = Path(f"/proc/{process}/status").read_text()
    (waiting,) = (line.split()[1] for line in status.splitlines() if line.startswith("ShdPnd:"))
    return bool(int(waiting, 16) >> (number - 1) & 1)
