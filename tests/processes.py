"""Processes below one of the tests' own, as Linux lists them (proc_pid_task_children(5))."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def children(process: int | None = None) -> list[int]:
    """What a process, by default this one, has started and not waited for; none if it has ended."""
    found: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{process or os.getpid()}/task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):  # a thread may end while others are read
                found += map(int, (task / "children").read_text().split())
    return found
