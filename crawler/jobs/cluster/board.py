"""The board at the broker where a watchlist's jobs stand until what came of them is entered in its book.

Dramatiq carries only the ids of jobs and may do so twice; what is true of a job is what the board says. So a run that
dies loses nothing: the next one finds what is under way and what came back meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from crawler.jobs.cluster.broker import PREFIX
from crawler.jobs.cluster.job import Job, captured_from_json, captured_to_json
from crawler.jobs.run.capturing import Captured
from crawler.model.moment import rfc3339

if TYPE_CHECKING:
    from redis import Redis

_BEGIN = """
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
return 1
"""
_RECALL = """
for _, id in ipairs(ARGV) do
  if redis.call('HEXISTS', KEYS[2], id) == 0 then redis.call('HDEL', KEYS[1], id) end
end
"""
_STEP_ASIDE = """
for _, worker in ipairs(redis.call('KEYS', ARGV[1])) do
  if worker ~= KEYS[1] then redis.call('DEL', KEYS[1]) return 1 end
end
return 0
"""
ALIVE = 30
"""Seconds after which a worker that gave no sign is no longer counted."""


class Board:
    """One watchlist's jobs. All methods raise ``redis.RedisError`` where the broker can't be asked."""

    def __init__(self, client: Redis, name: str) -> None:
        self.name = name
        self._client = client
        self._jobs, self._begun, self._results, self._bell = (
            f"{PREFIX}:board:{name}:{part}" for part in ("jobs", "begun", "results", "bell")
        )

    def put_up(self, job: Job) -> None:
        """Add a job, before its id is sent to anyone."""
        self._client.hset(self._jobs, job.id, job.to_json())

    def job(self, job_id: str) -> Job | None:
        """A job that stands here; None where it was recalled, or what came of it is entered.

        Raises ``ValueError`` where it can't be read.
        """
        text = cast("str | None", self._client.hget(self._jobs, job_id))
        return Job.from_json(text) if text is not None else None

    def jobs(self) -> list[Job]:
        """All jobs, done or not; one that can't be read is taken down, for its stories stand in the book as due."""
        found = []
        for job_id, text in cast("dict[str, str]", self._client.hgetall(self._jobs)).items():
            try:
                found.append(Job.from_json(text))
            except ValueError:
                self.take_down(job_id)
        return found

    def standing(self) -> set[str]:
        """The ids of all jobs, done or not."""
        return set(cast("list[str]", self._client.hkeys(self._jobs)))

    def life(self) -> str | None:
        """Another one whenever the broker has been started anew; None where it does not tell."""
        from redis import ResponseError

        try:
            return cast("dict[str, str]", self._client.info("server")).get("run_id")
        except ResponseError:
            return None

    def begin(self, job_id: str, worker: str) -> bool:
        """Note who does a job; False where it stands here no more, and is not to be done."""
        line = json.dumps({"worker": worker, "at": rfc3339(datetime.now(UTC))})
        return bool(self._client.eval(_BEGIN, 2, self._jobs, self._begun, job_id, line))

    def recall(self, *job_ids: str) -> None:
        """Forget those of these jobs that nobody has begun."""
        self._client.eval(_RECALL, 2, self._jobs, self._begun, *job_ids)

    def begun(self) -> Mapping[str, Mapping[str, str]]:
        """Who does which job, ``worker``, since ``at``."""
        rows = cast("dict[str, str]", self._client.hgetall(self._begun))
        return {job_id: json.loads(line) for job_id, line in rows.items()}

    def report(self, job_id: str, captured: Captured) -> None:
        """Enter what came of a job, and ring the bell."""
        with self._client.pipeline(transaction=True) as steps:
            steps.hset(self._results, job_id, captured_to_json(captured))
            steps.rpush(self._bell, job_id)
            steps.execute()

    def result(self, job_id: str) -> Captured | None:
        """What came of a job; None where nothing did yet."""
        text = cast("str | None", self._client.hget(self._results, job_id))
        return captured_from_json(text) if text is not None else None

    def results(self) -> set[str]:
        """The ids of the jobs that are done."""
        return set(cast("list[str]", self._client.hkeys(self._results)))

    def wait(self, seconds: float) -> None:
        """Wait for the bell, no longer than ``seconds``."""
        self._client.blpop([self._bell], timeout=seconds)

    def take_down(self, *job_ids: str) -> None:
        """Forget jobs."""
        with self._client.pipeline(transaction=True) as steps:
            for key in (self._jobs, self._begun, self._results):
                steps.hdel(key, *job_ids)
            steps.execute()


def sign_in(client: Redis, worker: str) -> None:
    """Give a sign of life for ``worker``."""
    client.set(f"{PREFIX}:worker:{worker}", rfc3339(datetime.now(UTC)), ex=ALIVE)


def sign_out(client: Redis, worker: str) -> None:
    """Say that ``worker`` takes no more jobs."""
    client.delete(f"{PREFIX}:worker:{worker}")


def step_aside(client: Redis, worker: str) -> bool:
    """Sign ``worker`` out where others are there; False where it is the only one. Of two that ask at once one stays."""
    return bool(client.eval(_STEP_ASIDE, 1, f"{PREFIX}:worker:{worker}", f"{PREFIX}:worker:*"))


def workers(client: Redis) -> int:
    """How many workers gave a sign of late."""
    return sum(1 for _ in client.scan_iter(f"{PREFIX}:worker:*", count=1000))
