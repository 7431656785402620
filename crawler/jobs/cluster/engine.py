"""The engine of many machines: hands each site's stories to whichever worker is free, and waits for what comes back."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.jobs.cluster.board import Board, workers
from crawler.jobs.cluster.broker import (
    ClusterError,
    connect,
    dramatiq_broker,
    patience,
    send,
    went_away,
    without_password,
)
from crawler.jobs.cluster.job import Job
from crawler.jobs.conditions import Conditions
from crawler.jobs.run.apart import Ended, Stopping
from crawler.jobs.run.batch import Batch
from crawler.jobs.run.capturing import Captured
from crawler.jobs.run.engine import Began
from crawler.jobs.run.retention import SITE
from crawler.jobs.schedule.book import Book
from crawler.jobs.schedule.plan import Due
from crawler.jobs.watchlist import What
from crawler.model.counted import counted

if TYPE_CHECKING:
    from redis import Redis

PATIENCE = 60.0
"""Seconds that a run waits for a worker to show up."""
_LONGEST = 120
"""Bytes of a site's name in the name of its collection."""
_LOOK = 1.0
"""Seconds between two looks at whether the run is to stop."""


class Cluster:
    """Workers at a broker, for the watchlist whose book ``book`` is.

    Raises ``ClusterError`` where the broker can't be reached, and what :class:`Book` raises.
    """

    def __init__(self, address: str, book: Path, *, patience: float = PATIENCE) -> None:
        self._address = address
        self._patience = patience
        self._client: Redis = connect(address)
        self._dramatiq = dramatiq_broker(address)
        with Book(book) as opened:
            self._board = Board(self._client, opened.name())
        with _explained(address):
            self._life = self._board.life()
        self._waiting: dict[str, deque[Job]] = {}
        """Jobs by their site, in their order; only the first of each is at the broker."""
        self._done: deque[str] = deque()
        self._out: dict[str, Job] = {}
        self._begun: set[str] = set()
        self._last_worker = time.monotonic()

    def conditions(self, conditions: Conditions) -> Conditions:
        """With turns at the hosts that workers ask as well."""
        return replace(conditions, broker=self._address)

    def folder(self, folder: Path, due: Due) -> Path:
        """A collection of its own for each site: whoever gets its next job goes on in it where the last one ended."""
        site = (urlsplit(due.url).hostname or "unknown").removeprefix("www.").replace(":", "-")
        if len(site.encode()) > _LONGEST:  # no folder could have such a name
            site = f"{site.encode()[:_LONGEST].decode(errors='ignore')}-{sha256(site.encode()).hexdigest()[:8]}"
        return folder.with_name(f"{folder.name}{SITE}{site}")

    def left_behind(self) -> Sequence[Batch]:
        """The jobs of an earlier run that stand at the board; their ids are sent again, since they may be lost."""
        with _explained(self._address):
            done = self._board.results()
            left = self._board.jobs()
            for job in left:
                self._out[job.id] = job
                if job.id in done:
                    self._done.append(job.id)
                else:
                    self._queue(job)
        return [job.batch for job in left]

    def hand_over(self, batch: Batch, what: What, conditions: Conditions, limit: timedelta, *, first: bool) -> None:
        """Put a job up, and send it once those of its site before it are done."""
        kept = replace(conditions, collection=None, resume_within=max(limit, conditions.resume_within))
        with _explained(self._address):
            self._queue(Job(self._board.name, batch, what, kept, limit))

    def next(self, began: Began, limit: timedelta, stopping: Stopping) -> tuple[Batch, Captured] | None:
        """Wait for a job that is done. Raises ``ClusterError`` where the broker or all workers are gone."""
        end = time.monotonic() + limit.total_seconds()
        with _explained(self._address):
            while not self._done:
                if stopping() or time.monotonic() >= end:
                    return None
                self._board.wait(_LOOK)
                self._put_up_again()
                self._tell_of_begun(began)
                self._done.extend(job_id for job_id in self._board.results() if job_id in self._out)
                if not self._done:
                    self._miss_workers()
            job_id = self._done.popleft()
            captured = self._board.result(job_id)
        job = self._out.pop(job_id)
        return job.batch, captured or Captured(Ended.STOPPED, "what came of a job is gone from the broker")

    def entered(self, batch: Batch) -> None:
        """Take a job down, and send the next of its site."""
        with _explained(self._address):
            self._board.take_down(batch.id)
            queue = self._waiting.get(batch.folder.name)
            if queue and queue[0].id == batch.id:
                queue.popleft()
                if queue:
                    self._send(queue[0])

    def recall(self) -> None:
        """Take down what no worker has begun; what is under way comes back to the next run."""
        with _explained(self._address):
            self._board.recall(*self._out)

    def words(self, left: int) -> str:
        """How much is with the workers."""
        sites = Counter(job.site for job in self._out.values())
        stories = counted(left, "story", "stories")
        return f"{stories} of {counted(len(sites), 'site')} left with the workers at {without_password(self._address)}"

    def close(self) -> None:
        """Let go of the broker."""
        self._client.close()
        self._dramatiq.client.close()

    def _queue(self, job: Job) -> None:
        self._board.put_up(job)
        self._out[job.id] = job
        queue = self._waiting.setdefault(job.site, deque())
        queue.append(job)
        if len(queue) == 1:
            self._send(job)

    def _send(self, job: Job) -> None:
        patience().call_with_retry(lambda: send(self._dramatiq, job.board, job.id), lambda _: None)

    def _put_up_again(self) -> None:
        """Put up what the broker has forgotten: it was emptied, or began anew with what it had saved some time ago."""
        life, standing = self._board.life(), self._board.standing()
        if life == self._life and self._out.keys() <= standing:
            return
        self._life = life
        if entered := standing - self._out.keys():
            self._board.take_down(*entered)
        for job in self._out.values():
            self._board.put_up(job)
        for queue in self._waiting.values():
            if queue:
                self._send(queue[0])

    def _tell_of_begun(self, began: Began) -> None:
        for job_id in self._board.begun().keys() & self._out.keys() - self._begun:
            self._begun.add(job_id)
            began(self._out[job_id].batch)

    def _miss_workers(self) -> None:
        if workers(self._client):
            self._last_worker = time.monotonic()
        elif time.monotonic() - self._last_worker > self._patience:
            self.recall()
            shown = without_password(self._address)
            raise ClusterError(f"no worker asks for jobs at {shown}; start some: wirecopy worker --broker {shown}")


@contextmanager
def _explained(address: str) -> Iterator[None]:
    """Tell failures of the broker in words."""
    from dramatiq.errors import BrokerConnectionError
    from redis import RedisError

    try:
        yield
    except (RedisError, BrokerConnectionError) as error:
        raise ClusterError(
            f"the broker at {without_password(address)} {went_away(error)}; what it holds is taken up by the next run"
        ) from error
