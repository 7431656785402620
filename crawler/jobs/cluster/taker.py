"""What a worker does with each job that it takes: has it captured in a process of its own, and reports what came of it.

A job is done when its report stands at the board and its run is ended in its collection, in this order. A worker that
is killed before leaves a run that is not ended, and whoever gets the job next goes on with it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from secrets import token_hex
from socket import gethostname
from typing import TYPE_CHECKING

from crawler.archive.layout import is_collection
from crawler.jobs.cluster.board import Board, step_aside
from crawler.jobs.cluster.broker import send
from crawler.jobs.cluster.job import Job
from crawler.jobs.cluster.job_capture import captured_apart, end
from crawler.jobs.cluster.lease import Kept, Leases
from crawler.jobs.cluster.room import why_unwritable
from crawler.jobs.run.apart import Ended, Stopping
from crawler.jobs.run.capturing import Captured

if TYPE_CHECKING:
    from dramatiq.brokers.redis import RedisBroker
    from redis import Redis

AGAIN = 1.0
"""Seconds after which a job is sent again whose collection or site another still holds."""
_ASK_AGAIN = 1.0
"""Seconds between two tries to reach a broker that is away."""


@dataclass(frozen=True, slots=True)
class Work:
    """A job that this worker is done with."""

    job: str
    folder: Path
    stories: int
    ended: Ended
    message: str | None
    seconds: float


Told = Callable[[Work], None]


@dataclass(frozen=True, slots=True)
class Workplace:
    """What a worker has, whatever the job."""

    address: str
    """The broker's."""
    archives: Path
    """Where collections go."""
    heartbeat: float
    """Seconds that it may be silent before its jobs are given to others."""
    contact: str | None = None
    """Whom the User-Agent names where the job names nobody."""
    proxy: str | None = None
    """Stands for that of every job."""


class Taker:
    """Takes one job after the other, in as many threads as Dramatiq has.

    ``told`` is called with each that is done. Where it can write nothing at all, it leaves its jobs to other workers,
    as long as there are any.
    """

    def __init__(
        self, place: Workplace, client: Redis, dramatiq: RedisBroker, name: str, stopping: Stopping, told: Told
    ) -> None:
        self._place = place
        self._client = client
        self._dramatiq = dramatiq
        self._name = name
        self._stopping = stopping
        self._told = told
        self.aside: OSError | None = None
        """Why nothing can be written at this place, once its jobs are left to other workers."""
        self.over = threading.Event()
        """Set when the worker ends, whether the broker is there or not."""
        self.idle = threading.Event()
        """Set while no job is under way."""
        self.idle.set()
        self._under_way = 0
        self._gate = threading.Lock()

    def take(self, board_name: str, job_id: str) -> None:
        """Do a job, or send it to whoever is free later.

        Raises ``redis.RedisError`` where the broker is away and the worker ends: it then finds by itself who is gone.
        """
        with self._counted():
            if not self._is_dealt_with(board_name, job_id):
                self.over.wait(AGAIN)
                self._patiently(partial(send, self._dramatiq, board_name, job_id))

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._gate:
            self._under_way += 1
            self.idle.clear()
        try:
            yield
        finally:
            with self._gate:
                self._under_way -= 1
                if not self._under_way:
                    self.idle.set()

    def ending(self) -> bool:
        """Whether no more jobs are to be taken, and those under way to be given back."""
        return self._stopping() or self.over.is_set() or self.aside is not None

    def _is_dealt_with(self, board_name: str, job_id: str) -> bool:
        """Do a job; False where it has to be done by someone later."""
        from redis import RedisError

        board = Board(self._client, board_name)
        try:
            try:
                job = board.job(job_id)
            except ValueError as error:
                self._patiently(partial(board.report, job_id, _unreadable(error)))
                return True
            # None: recalled, or done and entered, and the message came twice.
            return job is None or self._is_done(job, board)
        except RedisError:
            self._patiently(self._client.ping)
            return False

    def _is_done(self, job: Job, board: Board) -> bool:
        folder = self._place.archives / job.site
        leases = Leases(self._client, f"{self._name}/{job.id}/{token_hex(3)}", self._place.heartbeat)
        site = f"site:{folder.name}"
        if self.ending() or leases.take(site) != 0:
            return False
        with Kept(leases, site, self._place.heartbeat / 3):
            # Whoever held the site before may have done the job meanwhile: reported, entered and taken down.
            stands = board.result(job.id) is None and board.job(job.id) is not None
            if stands and board.begin(job.id, self._name) and not self._is_reported(job, folder, board):
                return False
            if is_collection(folder):
                end(folder, job)
        return True

    def _is_reported(self, job: Job, folder: Path, board: Board) -> bool:
        started = time.monotonic()
        captured = self._captured(job, folder)
        if captured is None or (captured.ended is Ended.STORAGE and self._is_left_to_others()):
            return False
        where = captured.message and f"{gethostname()}: {captured.message}"  # paths are those of this machine
        self._patiently(partial(board.report, job.id, replace(captured, message=where)))
        seconds = time.monotonic() - started
        self._told(Work(job.id, folder, len(job.batch.stories), captured.ended, captured.message, seconds))
        return True

    def _is_left_to_others(self) -> bool:
        """Whether nothing can be written here, and other workers are there to go on: the last one has to report it."""
        full = why_unwritable(self._place.archives)
        if full is None or not step_aside(self._client, self._name):
            return False
        self.aside = full
        return True

    def _patiently(self, ask: Callable[[], object]) -> None:
        """Ask the broker until it answers. Raises ``redis.RedisError`` where the worker ends before."""
        from redis import RedisError

        while True:
            try:
                ask()
            except RedisError:
                if self.over.wait(_ASK_AGAIN):
                    raise
            else:
                return

    def _captured(self, job: Job, folder: Path) -> Captured | None:
        """What came of a job; None where it is to be gone on with."""
        conditions = replace(
            job.conditions,
            collection=folder,
            broker=self._place.address,
            lease=min(self._place.heartbeat, job.conditions.lease),
            contact=job.conditions.contact or self._place.contact,
            proxy=self._place.proxy or job.conditions.proxy,
        )
        return captured_apart(job, conditions, self.ending)


def _unreadable(error: ValueError) -> Captured:
    """What came of a job that this worker can't make out."""
    why = str(error).splitlines()[0]
    return Captured(Ended.FAULT, f"a worker can't read its job ({why}); is it of the same version as the run?")
