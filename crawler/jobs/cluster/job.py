"""A job as it lies at the broker, and what came of it: JSON, so that a broker can hand a worker values and no code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pydantic import TypeAdapter

from crawler.jobs.conditions import Conditions
from crawler.jobs.run.batch import Batch
from crawler.jobs.run.capturing import Captured
from crawler.jobs.watchlist import What


@dataclass(frozen=True, slots=True)
class Job:
    """The due stories of one site."""

    board: str
    """The board that it was put up at."""
    batch: Batch
    what: What
    conditions: Conditions
    limit: timedelta
    """How long its capture may take."""

    @property
    def id(self) -> str:
        """Unique among all jobs."""
        return self.batch.id

    @property
    def site(self) -> str:
        """The name of the collection, one a site: no two jobs of it are done at once."""
        return self.batch.folder.name

    def to_json(self) -> str:
        """The job as a line of JSON, without the password of its proxy: whoever can read the broker would have it."""
        proxy = self.conditions.proxy
        shown = replace(self, conditions=replace(self.conditions, proxy=proxy and _without_login(proxy)))
        return _JOB.dump_json(shown).decode()

    @classmethod
    def from_json(cls, text: str) -> Job:
        """The job that ``text`` is. Raises ``ValueError``, also where its collection is no name of a folder."""
        job: Job = _JOB.validate_json(text)
        if job.site in ("", ".", "..") or "\0" in job.site:
            raise ValueError(f"{job.site!r} is no name of a collection")
        return job


def captured_to_json(captured: Captured) -> str:
    """What came of a job as a line of JSON."""
    return _CAPTURED.dump_json(captured).decode()


def captured_from_json(text: str) -> Captured:
    """What came of a job. Raises ``ValueError``."""
    captured: Captured = _CAPTURED.validate_json(text)
    return captured


def _without_login(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


_JOB: TypeAdapter[Any] = TypeAdapter(Job)
_CAPTURED: TypeAdapter[Any] = TypeAdapter(Captured)
