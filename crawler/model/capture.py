"""A capture: one archived response, where its record lies, and how to read its body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from crawler.model.exchange import Truncation
from crawler.model.outcome import Outcome
from crawler.model.purpose import Purpose


@dataclass(frozen=True, slots=True)
class RecordRef:
    """Where a WARC record lies: the file's name, the offset and length of its gzip member in bytes, and its id."""

    warc: str
    offset: int
    length: int
    id: str


@dataclass(frozen=True, slots=True)
class Capture:
    """One response of an archive, with the record that proves it."""

    url: str
    captured_at: datetime
    record: RecordRef
    status: int | None
    """None where the record is no HTTP response (a ``resource`` record)."""
    headers: tuple[tuple[str, str], ...]
    mime: str | None
    """Media type the server claimed, lower case, without parameters."""
    payload_digest: str | None
    outcome: Outcome | None = None
    """As labelled at capture time; None for archives that others wrote."""
    purpose: Purpose | None = None
    truncated: Truncation | None = None
    outcome_reason: str | None = None
    """Why the outcome is that one, as noted with it."""
    confirming: bool = False
    """Whether it is a 304 that stands for an earlier capture: the body is that one's, and so are most fields."""
    open_body: Callable[[], BinaryIO] = field(repr=False, compare=False, kw_only=True)
    """Opens the entity body: transfer and content coding removed."""

    @property
    def status_given(self) -> int:
        """The status for a client that asks without condition: who has no page yet can do nothing with a 304."""
        return 200 if self.confirming else self.status or 200

    def body(self, limit: int | None = None) -> bytes:
        """The entity body, or its first ``limit`` bytes."""
        with self.open_body() as stream:
            return stream.read() if limit is None else stream.read(limit)
