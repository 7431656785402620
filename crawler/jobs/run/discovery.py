"""What the sources of a watchlist name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Lead:
    """A story that a source names."""

    url: str
    headline: str | None = None
    published: datetime | None = None
    section: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class Discovered:
    """What one source named, after its filter."""

    source: str
    stories: tuple[Lead, ...] = ()
    message: str | None = None
    """Why it could not be read."""


def discover_apart(*_: object, **__: object) -> Iterable[Discovered]:
    return ()
