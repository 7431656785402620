"""A job as it lies at the broker, and what came of it: JSON, so that a broker can hand a worker values and no code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

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
        """The job as a line of JSON."""
        return _JOB.dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> Job:
        """The job that ``text`` is. Raises ``ValueError``."""
        job: Job = _JOB.validate_json(text)
        return job


def captured_to_json(captured: Captured) -> str:
    """What came of a job as a line of JSON."""
    return _CAPTURED.dump_json(captured).decode()


def captured_from_json(text: str) -> Captured:
    """What came of a job. Raises ``ValueError``."""
    captured: Captured = _CAPTURED.validate_json(text)
    return captured


_JOB: TypeAdapter[Any] = TypeAdapter(Job)
_CAPTURED: TypeAdapter[Any] = TypeAdapter(Captured)
