"""How long a crawl bears with a server: for a head, between two bytes, and once it has been told to end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from scrapy import Request
from twisted.internet.task import LoopingCall

from crawler.fetch.errand import Errand
from crawler.fetch.recording import Recording

GRACE_SECONDS = 5.0
"""What is under way when a crawl is told to end may take this long; then it is broken off, and kept as it is."""
SILENT_SECONDS = 2.0
"""A server that has sent nothing for so long is silent: others are asked meanwhile."""
_EVERY = 0.5
"""Seconds between two looks at what is under way."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits in seconds; the time allowed for a whole answer is Scrapy's ``DOWNLOAD_TIMEOUT``."""

    head: float
    """From the request to the end of the response's head."""
    idle: float
    """Without a byte."""

    def exhausted(self, errand: Errand, now: float) -> bool:
        """Whether a server has had its time."""
        attempt = errand.attempt
        if attempt is None or not attempt.last_byte:
            return False
        if now - attempt.last_byte > self.idle:
            return True
        return not attempt.has_head and now - attempt.asked > self.head


class Watch:
    """Looks after the requests under way, twice a second while there are any.

    ``silent`` is told which of them wait for a silent server, each time that it is another set of them.
    """

    def __init__(
        self, patience: Patience, recording: Recording, silent: Callable[[frozenset[Request]], object]
    ) -> None:
        self._patience = patience
        self._recording = recording
        self._tell = silent
        self._told: frozenset[Request] = frozenset()
        self._under_way: dict[Errand, tuple[Request, Any, float]] = {}
        self._told_to_end: float | None = None
        self._looked = 0.0
        self._loop = LoopingCall(self._look)

    def add(self, errand: Errand, request: Request, download: Any) -> None:
        """Look after ``errand``; its Deferred ``download`` is cancelled when it takes too long."""
        self._under_way[errand] = request, download, monotonic()
        if not self._loop.running:
            self._loop.start(_EVERY, now=False)

    def remove(self, errand: Errand) -> None:
        """It is done."""
        del self._under_way[errand]

    def close(self) -> None:
        """Look no more."""
        if self._loop.running:
            self._loop.stop()

    def _look(self) -> None:
        if not self._under_way:
            self._loop.stop()
            self._looked = 0.0
            self._note(frozenset())
            return
        now = monotonic()
        late, self._looked = now - self._looked - _EVERY if self._looked else 0.0, now
        if late > _EVERY:  # our own work kept us: what came meanwhile has not been read yet
            for errand in self._under_way:
                if errand.attempt is not None:
                    errand.attempt.bear(late)
        if self._told_to_end is None and self._recording.stopping:
            self._told_to_end = now
        over = self._told_to_end is not None and now - self._told_to_end > GRACE_SECONDS
        self._note(
            frozenset(
                request
                for errand, (request, _, since) in self._under_way.items()
                if now - ((errand.attempt and errand.attempt.last_byte) or since) > SILENT_SECONDS
            )
        )
        for errand, (_, download, _) in list(self._under_way.items()):
            if over or self._patience.exhausted(errand, now):
                errand.out_of_time = not over
                errand.stop("unspecified" if over else "time")
                download.cancel()

    def _note(self, silent: frozenset[Request]) -> None:
        if silent != self._told:
            self._told = silent
            self._tell(silent)
