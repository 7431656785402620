"""A worker: takes jobs from the broker until it is told to end; while it can write nothing, others have them."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex
from socket import gethostname

from crawler.jobs.cluster.broker import ACTOR, HEARTBEAT, QUEUE, ClusterError, connect, dramatiq_broker
from crawler.jobs.cluster.broker_log import in_lines
from crawler.jobs.cluster.presence import WAKE, leave, stay
from crawler.jobs.cluster.room import becomes_writable
from crawler.jobs.cluster.taker import Taker, Told, Workplace
from crawler.jobs.run.apart import Stopping

Warned = Callable[[str], None]
_GIVING_BACK = 15.0
"""Seconds that a worker which ends tries to give its jobs back; a broker then finds by itself that it is gone."""


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
    warned: Warned,
) -> None:
    """Take jobs from the broker at ``address``, ``jobs`` at once, until ``stopping()``; collections go to ``archives``.

    Then what is under way is told to finish, kept, and given back for others to go on with. ``heartbeat`` is how many
    seconds a worker may be silent before its jobs are given to others, the same for all. ``proxy`` stands for that of
    every job. ``told`` is called with each job that is done, ``warned`` with a line where nothing can be written to
    ``archives`` and where it can be again. Raises ``ClusterError`` where the broker can't be reached, ``OSError`` where
    ``archives`` can't be made.
    """
    place = Workplace(address, archives, heartbeat, contact, proxy)
    while True:
        full = _take_jobs(place, jobs, stopping, told)
        if full is None:
            return
        reason = full.strerror or type(full).__name__
        warned(f"{archives}: {reason}; the jobs are left to the other workers until it can be written again")
        if not becomes_writable(archives, stopping):
            return
        warned(f"{archives}: can be written again; takes jobs")


def _take_jobs(place: Workplace, jobs: int, stopping: Stopping, told: Told) -> OSError | None:
    """Take jobs until it is told to end (None), or leaves them to others because nothing can be written (why)."""
    client = connect(place.address)
    place.archives.mkdir(parents=True, exist_ok=True)
    in_lines()
    broker = dramatiq_broker(place.address, place.heartbeat)
    from dramatiq import Actor, Worker

    name = f"{gethostname()}-{os.getpid()}-{token_hex(3)}"
    taker = Taker(place, client, broker, name, stopping, told)
    Actor(taker.take, broker=broker, actor_name=ACTOR, queue_name=QUEUE, priority=0, options={})
    worker = Worker(broker, worker_threads=jobs, worker_timeout=int(WAKE * 1000))
    worker.queue_prefetch = jobs  # a job that waits here for another to end could be done elsewhere
    worker.start()
    giving_back = _GIVING_BACK
    try:
        stay(client, name, taker.ending)
    except ClusterError:
        giving_back = 0.0
        logging.getLogger("dramatiq").setLevel(logging.CRITICAL + 1)  # all it can say now is the same
        raise
    finally:
        taker.over.set()
        # Dramatiq tries for ever to give a job back, and a broker that is gone takes none.
        ending = threading.Thread(target=worker.stop, daemon=True)
        ending.start()
        taker.idle.wait()
        ending.join(giving_back)
        leave(client, name)
        broker.close()
    return taker.aside
