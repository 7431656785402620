"""A worker: takes jobs from the broker, captures each in a process of its own, and reports what came of it.

A job is done when its report stands at the board and its run is ended in its collection, in this order. A worker that
is killed before leaves a run that is not ended, and whoever gets the job next goes on with it.
"""

from __future__ import annotations

import logging
import os
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
from crawler.jobs.cluster.board import Board
from crawler.jobs.cluster.broker import ACTOR, HEARTBEAT, QUEUE, ClusterError, connect, dramatiq_broker, send
from crawler.jobs.cluster.broker_log import in_lines
from crawler.jobs.cluster.job import Job
from crawler.jobs.cluster.job_capture import captured_apart, end
from crawler.jobs.cluster.lease import Kept, Leases
from crawler.jobs.cluster.presence import WAKE, leave, stay
from crawler.jobs.run.apart import Ended, Stopping
from crawler.jobs.run.capturing import Captured

if TYPE_CHECKING:
    from dramatiq.brokers.redis import RedisBroker
    from redis import Redis

AGAIN = 1.0
"""Seconds after which a job is sent again whose collection or site another still holds."""
_ASK_AGAIN = 1.0
"""Seconds between two tries to reach a broker that is away."""
_GIVING_BACK = 15.0
"""Seconds that a worker which ends tries to give its jobs back; a broker then finds by itself that it is gone."""


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


def work(
    address: str,
    archives: Path,
    *,
    jobs: int = 1,
    contact: str | None = None,
    proxy: str | None = None,
    heartbeat: float = HEARTBEAT,
    stopping: Stopping,
    told: Told,
) -> None:
    """Take jobs from the broker at ``address``, ``jobs`` at once, until ``stopping()``; collections go to ``archives``.

    Then what is under way is told to finish, kept, and given back for others to go on with. ``heartbeat`` is how many
    seconds a worker may be silent before its jobs are given to others, the same for all. ``proxy`` stands for that of
    every job. ``told`` is called with each
    job that is done. Raises ``ClusterError`` where the broker can't be reached, ``OSError`` where ``archives`` can't be
    made.
    """
    client = connect(address)
    archives.mkdir(parents=True, exist_ok=True)
    in_lines()
    broker = dramatiq_broker(address, heartbeat)
    from dramatiq import Actor, Worker

    name = f"{gethostname()}-{os.getpid()}-{token_hex(3)}"
    one = _Worker(address, client, broker, archives, name, contact, proxy, heartbeat, stopping, told)
    Actor(one.take, broker=broker, actor_name=ACTOR, queue_name=QUEUE, priority=0, options={})
    worker = Worker(broker, worker_threads=jobs, worker_timeout=int(WAKE * 1000))
    worker.queue_prefetch = jobs  # a job that waits here for another to end could be done elsewhere
    worker.start()
    giving_back = _GIVING_BACK
    try:
        stay(client, name, stopping)
    except ClusterError:
        giving_back = 0.0
        logging.getLogger("dramatiq").setLevel(logging.CRITICAL + 1)  # all it can say now is the same
        raise
    finally:
        one.over.set()
        # Dramatiq tries for ever to give a job back, and a broker that is gone takes none.
        ending = threading.Thread(target=worker.stop, daemon=True)
        ending.start()
        one.idle.wait()
        ending.join(giving_back)
        leave(client, name)
        broker.close()


class _Worker:
    def __init__(
        self,
        address: str,
        client: Redis,
        dramatiq: RedisBroker,
        archives: Path,
        name: str,
        contact: str | None,
        proxy: str | None,
        heartbeat: float,
        stopping: Stopping,
        told: Told,
    ) -> None:
        self._address = address
        self._client = client
        self._dramatiq = dramatiq
        self._archives = archives
        self._name = name
        self._contact = contact
        self._proxy = proxy
        self._heartbeat = heartbeat
        self._stopping = stopping
        self._told = told
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

    def _ending(self) -> bool:
        return self._stopping() or self.over.is_set()

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
        folder = self._archives / job.site
        leases = Leases(self._client, f"{self._name}/{job.id}/{token_hex(3)}", self._heartbeat)
        site = f"site:{folder.name}"
        if self._ending() or leases.take(site) != 0:
            return False
        with Kept(leases, site, self._heartbeat / 3):
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
        if captured is None:
            return False
        where = captured.message and f"{gethostname()}: {captured.message}"  # paths are those of this machine
        self._patiently(partial(board.report, job.id, replace(captured, message=where)))
        seconds = time.monotonic() - started
        self._told(Work(job.id, folder, len(job.batch.stories), captured.ended, captured.message, seconds))
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
            broker=self._address,
            lease=min(self._heartbeat, job.conditions.lease),
            contact=job.conditions.contact or self._contact,
            proxy=self._proxy or job.conditions.proxy,
        )
        return captured_apart(job, conditions, self._ending)


def _unreadable(error: ValueError) -> Captured:
    """What came of a job that this worker can't make out."""
    why = str(error).splitlines()[0]
    return Captured(Ended.FAULT, f"a worker can't read its job ({why}); is it of the same version as the run?")
