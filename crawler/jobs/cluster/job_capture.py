"""The capture that a job asks for, in a process of its own, and the end of its run in the collection."""

from __future__ import annotations

import time
from pathlib import Path

from crawler.archive import ArchiveError, end_run
from crawler.jobs.capture import asked_for, capture
from crawler.jobs.cluster.job import Job
from crawler.jobs.conditions import Conditions
from crawler.jobs.run.apart import Ended, Stopping, apart
from crawler.jobs.run.batch import wanted_of
from crawler.jobs.run.capturing import Captured
from crawler.jobs.schedule.visit import requests_of, visits_of
from crawler.spiders.providers import Provider, ProviderError, provider_named
from crawler.spiders.wanted import Wanted


def captured_apart(job: Job, conditions: Conditions, stopping: Stopping) -> Captured | None:
    """What came of a job; None where it is to be gone on with: told to stop, or its collection is in use."""
    began = time.monotonic()
    done = apart(_capture, _wanted(job), conditions, limit=job.limit, stopping=stopping)
    captured = done.value or Captured(done.ended, done.message)
    late = time.monotonic() - began >= job.limit.total_seconds()
    if captured.ended is Ended.LOCKED or (captured.ended is Ended.STOPPED and not late):
        return None
    return captured


def end(folder: Path, job: Job) -> None:
    """Enter that nothing is left to do of the job; where that fails its run is gone on with, and finds all it asks."""
    try:
        end_run(folder, asked_for(_wanted(job)))
    except ArchiveError:
        return


def _capture(wanted: Wanted, conditions: Conditions) -> Captured:
    report = capture(wanted, conditions, ending=False)
    ended = Ended.STOPPED if report.interrupted else Ended.WELL
    return Captured(ended, None, visits_of(report), requests_of(report), report.faults)


def _wanted(job: Job) -> Wanted:
    return wanted_of(job.batch, job.what, tuple(_providers(job)))


def _providers(job: Job) -> list[Provider]:
    """The look-ups of the job; where this machine has no key for one, it is not asked."""
    found = []
    for words in job.what.providers if job.batch.search else ():
        try:
            found.append(provider_named(words))
        except ProviderError:
            continue
    return found
