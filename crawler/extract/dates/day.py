"""A day of the calendar from the numbers of a printed date, their year left out or cut short."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.extract.dates.reading import Open

_YEARS = range(1600, 2200)


@dataclass(frozen=True, slots=True)
class Printed:
    """A date found in a text: one day, or the days it can mean."""

    first: date
    last: date
    start: int
    end: int
    alternatives: bool = False
    """The day is ``first`` or ``last`` and none between, as in 3/4/2021."""


def days_of(
    year: str | None, months: frozenset[int], day: int, text: str, capture: date | None
) -> tuple[date, date] | Open | None:
    """The first and the last day that a day of one of the months can be; ``OPEN`` where only a capture tells the year.

    ``year`` is as printed in ``text``, None where it is left out; None is returned where no month has that day.
    """
    days = []
    for month in sorted(months):
        value = latest_of(month, day, capture) if year is None else day_of(full_year(year, text, capture), month, day)
        if value is Open.OPEN:
            return Open.OPEN
        if isinstance(value, date):
            days.append(value)
    return (days[0], days[-1]) if days else None


def span_from(first: date, following: Callable[[date], date], found: re.Match[str]) -> Printed:
    """All days from the first to the one before that which ``following`` makes of it."""
    return Printed(first, following(first) - timedelta(days=1), *found.span())


def full_year(text: str, phrase: str, capture: date | None) -> int:
    """A year as printed, one of two digits as the latest that is not after the capture's next."""
    digits = int(text.strip("'’"))
    if len(text.strip("'’")) == 2:
        newest = capture.year + 1 if capture else 2068
        return digits + 100 * ((newest - digits) // 100)
    if 2400 <= digits < 2700:
        return digits - 543  # the Buddhist era of Thai and Lao dates
    return digits


def day_of(year: int, month: int, day: int) -> date | None:
    """The day; None where there is no such day, or nobody prints one so far off."""
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def latest_of(month: int, day: int, capture: date | None) -> date | Open | None:
    """The last such day not after the capture; ``OPEN`` without a capture, None where no year has that day."""
    if day_of(2020, month, day) is None:
        return None
    if capture is None:
        return Open.OPEN
    years = (capture.year + 1 - back for back in range(10))
    return next(
        (value for year in years if (value := day_of(year, month, day)) and not in_future(value, capture)), None
    )


def in_future(value: date, capture: date | None) -> bool:
    """True for a day after the capture, a day of grace given for the newsroom's own time zone."""
    return capture is not None and value > capture + timedelta(days=1)
