"""When a dumped story was published, and between which times the page must have been captured."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from crawler.extract.dates import DateReading, read_date
from crawler.extract.dates.names import fold
from crawler.extract.dates.reading import iso
from crawler.extract.dates.relative import find_ago
from crawler.extract.dump.head import Head
from crawler.extract.dump.lines import Line
from crawler.model import Candidate, Evidence

_UNIT = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-])")


@dataclass(frozen=True, slots=True)
class When:
    """The dates of a dump; ``captured_…`` bound the capture where only the words "5 days ago" tell of it."""

    published: DateReading | None = None
    modified: DateReading | None = None
    raw: str | None = None
    evidence: Evidence | None = None
    captured_earliest: str | None = None
    captured_latest: str | None = None


def settle(
    head: Head, *, url: str | None, captured_at: datetime | None, captions: Sequence[Line], opening: Line | None
) -> When:
    """The dates, from the head's date line, its relative phrase, the address and what captions and opening say.

    A date line is the story's own date, and "5 days ago" is counted from the capture, never from that date. Only where
    the capture is known and falls on the very day of the line, and nothing else names that day, it is the scraper's.
    """
    attested = list(_attested(captions, opening, head))
    modified = head.modified[1] if head.modified else None
    raw = head.relative[0].text if head.relative else head.published[1].raw if head.published else None
    stated, place, losers = _stated(head, url)
    if (
        head.relative
        and head.relative[1].value
        and (stated is None or _is_scrapers_day(stated, head, captured_at, attested))
    ):
        losers = [*losers, *([Candidate(stated.value, "text", place, 0.3)] if stated else [])]
        line, reading = head.relative
        evidence = Evidence(
            "text", _place(line), 0.8, "relative phrase counted from the capture", tuple(losers + attested)
        )
        return When(reading, modified, line.text, evidence)
    if stated is None:
        rest = head.relative or head.published
        return When(rest[1] if rest else None, modified, raw, None)
    day = (stated.value or "")[:10]
    agreeing = [witness for witness in attested if str(witness.value)[:10] == day]
    reason = "; ".join(["stated by the dump", *(f"agrees with {witness.place}" for witness in agreeing)])
    if head.relative and head.relative[1].value:
        losers.append(Candidate(head.relative[1].value, "text", _place(head.relative[0]), 0.6))
    sure = min(0.99, (0.7 if place == "address" else 0.9) + 0.03 * len(agreeing))
    evidence = Evidence("url" if place == "address" else "text", place, sure, reason, tuple(losers + attested))
    first, last = _capture_bounds(stated, head) if captured_at is None else (None, None)
    return When(stated, modified, raw if raw else day, evidence, first, last)


def _stated(head: Head, url: str | None) -> tuple[DateReading | None, str, list[Candidate]]:
    in_url = _in_url(url) or _in_url(head.url.url if head.url else None)
    spelt = [Candidate(in_url.value, "url", "address", 0.7)] if in_url else []
    if head.published and head.published[1].value:
        return head.published[1], _place(head.published[0]), spelt
    return (in_url, "address", []) if in_url else (None, "", [])


def _in_url(url: str | None) -> DateReading | None:
    found = _IN_URL.search(url or "")
    return read_date(f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}", captured_at=None) if found else None


def _is_scrapers_day(stated: DateReading, head: Head, captured_at: datetime | None, attested: list[Candidate]) -> bool:
    if captured_at is None or head.relative is None or head.relative[1].value is None:
        return False
    day = (stated.value or "")[:10]
    on_capture = abs((captured_at.date() - date.fromisoformat(day)).days) <= 1
    contradicted = head.relative[1].value[:10] < day
    return on_capture and contradicted and all(str(witness.value)[:10] != day for witness in attested)


def _attested(captions: Sequence[Line], opening: Line | None, head: Head) -> Iterator[Candidate]:
    """Days that captions name, and the weekday the opening speaks of, where it is the date line's."""
    for line in captions:
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", line.text):
            reading = read_date(sentence[-60:], captured_at=None)
            if reading and reading.value:
                yield Candidate(reading.value, "text", f"the caption in {_place(line)}", 0.5)
    if opening is None or head.published is None or not head.published[1].value:
        return
    day = date.fromisoformat(head.published[1].value[:10])
    weekday = _WEEKDAYS[day.weekday()]
    if re.search(rf"\b{weekday}\b", opening.text):
        yield Candidate(day.isoformat(), "text", f"“{weekday}” in {_place(opening)}", 0.4)


def _capture_bounds(stated: DateReading, head: Head) -> tuple[str | None, str | None]:
    """The capture lies as long after publication as the phrase says, however the site rounds."""
    if head.relative is None or stated.value is None:
        return None, None
    ago = find_ago(fold(head.relative[0].text), ())
    first, last = _span(stated.value)
    if ago is None:
        folded = fold(head.relative[0].text)
        if "yesterday" in folded:
            return iso(first + timedelta(days=1)), iso(last + timedelta(days=1))
        return (iso(first), iso(last)) if "today" in folded else (None, None)
    unit = _UNIT.get(ago.unit)
    if ago.number is None or unit is None:
        return None, None
    return iso(first + max(ago.number - 0.5, 0) * unit), iso(last + (ago.number + 1) * unit)


def _span(value: str) -> tuple[datetime, datetime]:
    if "T" not in value:
        day = date.fromisoformat(value)
        return datetime.combine(day, time(0), UTC), datetime.combine(day, time(23, 59, 59), UTC)
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
        return at - timedelta(hours=14), at + timedelta(hours=12)  # the instant in whatever zone it was printed
    at = at.astimezone(UTC)
    return at, at


def _place(line: Line) -> str:
    return f"line {line.number}"
