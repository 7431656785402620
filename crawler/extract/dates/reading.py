"""What a date phrase says: a value where it is certain, and the bounds of what it can mean."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum


class Open(Enum):
    """A date is there, and only a capture time could tell which."""

    OPEN = "needs a capture time"


@dataclass(frozen=True, slots=True)
class DateReading:
    """One date phrase, read. Dates and date-times are ISO 8601; an offset stands only where the phrase settles it."""

    value: str | None
    """The day or the instant; None where the phrase leaves it open ("December 2021", "3/4/2021", "2 weeks ago")."""
    raw: str
    """The phrase as printed, white space collapsed."""
    earliest: str | None = None
    latest: str | None = None
    """First and last day or instant the phrase can mean, both included; None where nothing is known."""


def day(raw: str, value: date) -> DateReading:
    """A certain calendar day."""
    text = value.isoformat()
    return DateReading(text, raw, text, text)


def instant(raw: str, value: datetime) -> DateReading:
    """A certain time of day, with its offset where ``value`` has one."""
    text = iso(value)
    return DateReading(text, raw, text, text)


def between(raw: str, first: date, last: date) -> DateReading:
    """Some day from ``first`` to ``last``, unknown which."""
    return DateReading(None, raw, min(first, last).isoformat(), max(first, last).isoformat())


def month(raw: str, year: int, number: int) -> DateReading:
    """Some day of a month."""
    return between(raw, date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))


def unknown(raw: str) -> DateReading:
    """A phrase that is a date, but of which no day can be told (relative, and no capture time known)."""
    return DateReading(None, raw)


def iso(value: datetime) -> str:
    """ISO 8601 to the second; UTC is written ``Z``."""
    if value.tzinfo is UTC:
        return value.replace(tzinfo=None, microsecond=0).isoformat() + "Z"
    return value.replace(microsecond=0).isoformat()


def anchor(captured_at: datetime | None) -> datetime | None:
    """The capture time in UTC; a time without zone is taken as UTC, as WARC has it."""
    if captured_at is None:
        return None
    return captured_at.replace(tzinfo=UTC) if captured_at.tzinfo is None else captured_at.astimezone(UTC)
