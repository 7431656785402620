"""When a text was published, as a span that holds whatever the page's date leaves open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from crawler.model import Article, Reason
from crawler.stories.outlets import name_of

_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?$")
_TO_THE_MINUTE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)[\d:.]*(Z|[+-]\d\d:?\d\d)?$")
_AHEAD, _BEHIND = timedelta(hours=14), timedelta(hours=12)
"""The zones furthest from UTC: a day without a zone may begin 14 hours before it does in UTC and end 12 hours after."""


@dataclass(frozen=True, slots=True)
class Span:
    """Earliest and latest instant at which something can have happened."""

    earliest: datetime
    latest: datetime


def as_of(article: Article) -> str | None:
    """The time of which the text tells: when it was captured, or when the archive captured it that keeps it."""
    return (article.memento.captured_at if article.memento else None) or article.captured_at


def published(article: Article) -> Span | None:
    """When ``article`` was published; None where its page does not say or says something that is no date."""
    whole = _span(article.date_published)
    first, last = _span(article.date_published_earliest) or whole, _span(article.date_published_latest) or whole
    if first is None or last is None:
        return None
    latest = last.latest
    if captured := _span(as_of(article) or article.captured_at_latest):
        latest = min(latest, captured.latest)
    return Span(min(first.earliest, latest), latest)


def published_first(one: Article, other: Article) -> Reason | None:
    """A reason where one was surely published before the other; its weight grows with the time between."""
    mine, yours = published(one), published(other)
    if mine is None or yours is None:
        return None
    gap = yours.earliest - mine.latest
    sign = 1
    if gap <= timedelta(0):
        gap, sign = mine.earliest - yours.latest, -1
    if gap <= timedelta(0):
        days = _days_between(one, other)
        if abs(days) < timedelta(days=2):
            return None
        # Only the clocks of Kiribati and Hawaii could turn that round.
        gap, sign = timedelta(hours=1), 1 if days > timedelta(0) else -1
    weight = 1.25 if gap >= timedelta(hours=24) else 1.0 if gap >= timedelta(hours=1) else 0.4
    roles = [(one, name_of(one, "the first text")), (other, name_of(other, "the second text"))]
    (first, early), (second, late) = roles[::sign]
    return Reason(
        f"{early} published on {date_line(first)}, {late} on {date_line(second)}",
        sign * weight,
        f"date_published {first.date_published} (at the latest {_instant(first)}) against {second.date_published}",
    )


def _days_between(one: Article, other: Article) -> timedelta:
    """From the day that one page gives to the day that the other gives; 0 where either gives none or more than one."""
    days = [_DAY.match(article.date_published or "") for article in (one, other)]
    if not all(day and day[3] for day in days) or any(
        article.date_published_earliest or article.date_published_latest for article in (one, other)
    ):
        return timedelta(0)
    first, last = (date.fromisoformat(day[0]) for day in days if day)
    return last - first


def date_line(article: Article) -> str:
    """The date of an article for people, to the minute and with the zone that its page gives; empty without one."""
    stated = article.date_published or article.date_published_earliest or ""
    if not (parts := _TO_THE_MINUTE.match(stated)):
        return stated
    day, minute, zone = parts.groups()
    return " ".join(filter(None, (day, minute, "UTC" if zone == "Z" else zone)))


def _instant(article: Article) -> str:
    span = published(article)
    return span.latest.isoformat() if span else "unknown"


def _span(value: str | None) -> Span | None:
    if not value:
        return None
    if day := _DAY.match(value):
        try:
            start = datetime(int(day[1]), int(day[2]), int(day[3] or 1), tzinfo=UTC)
        except ValueError:
            return None
        length = timedelta(days=1) if day[3] else timedelta(days=31)
        return Span(start - _AHEAD, start + length + _BEHIND)
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        return None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
        return Span(instant - _AHEAD, instant + _BEHIND)
    return Span(instant, instant)
