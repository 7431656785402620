"""Processes of this machine which do what they are told; where one is killed another takes its place.

They are waited for in the thread that asks, and by nobody else. ``concurrent.futures`` has a thread for it, which
Python 3.11 does not tell of a process that it starts later: where that one was killed, its tasks were waited for
without end (seen 2026-11-30).
"""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, ParamSpec, TypeVar

from crawler.jobs.tasks.member import serve
from crawler.jobs.tasks.server import NoProcessError, end_process, start_process

AHEAD = 2
"""Tasks that a process has: one under way, and one so that it need not wait for this process."""
PATIENCE = timedelta(seconds=60)
"""How long a process that is interrupted may take to end, before it is killed."""

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


class ProcessKilledError(Exception):
    """The process that did a task ended before it had done it, or none could be started."""


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Pool:
    """So many processes, which start as there are tasks for them."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._members: list[_Member] = []
        self._waiting: deque[Task[Any]] = deque()

    def submit(self, do: Callable[_Given, _Made], *given: _Given.args, **named: _Given.kwargs) -> Task[_Made]:
        """Have ``do``, a function of a module, done by one of them, after what was submitted before."""
        task: Task[_Made] = Task(self, do.__module__, pickle.dumps((do, given, named), pickle.HIGHEST_PROTOCOL))
        self._waiting.append(task)
        self._take(0)
        return task

    def again(self, task: Task[Any]) -> None:
        """Have a task that a process was killed over done by another, before those that wait."""
        task.state = None
        self._waiting.appendleft(task)
        self._take(0)

    def work(self, task: Task[Any]) -> None:
        """Wait until a task is done, or the process that had it was killed."""
        while task.state is None:
            self._take(None)

    def stop(self) -> None:
        """End the processes; what none of them has begun is not done, and what is under way is interrupted."""
        for member in self._members:
            member.connection.close()
        for member in self._members:
            end_process(member.process, PATIENCE)
        for task in (*self._waiting, *(task for member in self._members for task in member.tasks)):
            task.state = ProcessKilledError("ended by the one who waits for it")
        self._members.clear()
        self._waiting.clear()

    def _take(self, seconds: float | None) -> None:
        """Take what was made, which is waited for so long, and hand over what waits."""
        self._hand_over()
        ready = wait([member.connection for member in self._members], seconds if self._members else 0)
        for member in [member for member in self._members if member.connection in ready]:
            try:
                made = member.connection.recv_bytes()
            except (EOFError, OSError):
                self._lose(member)
            else:
                member.tasks.popleft().state = made
        self._hand_over()

    def _hand_over(self) -> None:
        while self._waiting and (member := self._idlest(self._waiting[0].module)):
            try:
                member.connection.send_bytes(self._waiting[0].told)
            except OSError:
                self._lose(member)
            else:
                member.tasks.append(self._waiting.popleft())

    def _idlest(self, module: str) -> _Member | None:
        """The process that has the least to do, which is a new one where all there are have something."""
        idlest = min(self._members, key=lambda member: len(member.tasks), default=None)
        if (idlest is None or idlest.tasks) and len(self._members) < self._number:
            try:
                idlest = _Member(*start_process(module, serve, dict(os.environ), daemon=True))
            except NoProcessError as error:
                if idlest is None:
                    self._waiting.popleft().state = ProcessKilledError(str(error))
            else:
                self._members.append(idlest)
        return idlest if idlest and len(idlest.tasks) < AHEAD else None

    def _lose(self, member: _Member) -> None:
        """Only what a killed process had under way may have been the cause; the rest is for another."""
        self._members.remove(member)
        member.connection.close()
        end_process(member.process, PATIENCE)
        if member.tasks:
            member.tasks.popleft().state = ProcessKilledError("the process that did it was killed")
        self._waiting.extendleft(reversed(member.tasks))


class Task(Generic[_Made]):
    """What a pool was given to do."""

    def __init__(self, pool: Pool, module: str, told: bytes) -> None:
        self._pool = pool
        self.module = module
        self.told = told
        self.state: bytes | ProcessKilledError | None = None
        """What was made of it, as it came, or why nothing was; null until then."""

    def wait(self) -> None:
        """Wait until it is done, or the process that had it was killed."""
        self._pool.work(self)

    def again(self) -> None:
        """Have it done once more, and before those that wait: its process was killed."""
        self._pool.again(self)

    def result(self, tries: int = 1) -> _Made:
        """Wait for it. Raises whatever the function raised, and ``ProcessKilledError`` after so many processes."""
        self.wait()
        for _ in range(tries - 1):
            if isinstance(self.state, ProcessKilledError):
                self.again()
                self.wait()
        assert self.state is not None
        if isinstance(self.state, ProcessKilledError):
            raise self.state
        made, error = pickle.loads(self.state)
        if error is not None:
            raise error
        return made  # type: ignore[no-any-return]


@dataclass(slots=True)
class _Member:
    process: BaseProcess
    connection: Connection
    tasks: deque[Task[Any]] = field(default_factory=deque)
    """What it was handed and has not given back, in this order."""
