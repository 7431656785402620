"""When the article was published and when it was changed: the best-attested of the dates a page gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from math import prod

from crawler.extract.blocks import Layout
from crawler.extract.body import Body
from crawler.extract.dates import DateReading, read_date
from crawler.extract.page import Page
from crawler.model import Candidate

_BAD_FRACTION = re.compile(r"(T\d\d:\d\d:\d\d):(\d{3})")
"""Seconds and their fraction with a colon between them, as some systems write them."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date with its bounds, as the model keeps it."""

    value: str | None = None
    raw: str | None = None
    earliest: str | None = None
    latest: str | None = None


def choose_date(
    field: str, page: Page, layout: Layout, body: Body, said: dict[str, list[Candidate]]
) -> tuple[Stamp, Candidate | None, str | None]:
    """The date that trust and agreement speak for, the candidate that gave it, and why."""
    languages = (page.language,) if page.language else ()
    read: list[tuple[Candidate, DateReading]] = []
    known: dict[str, DateReading | None] = {}
    for candidate in _candidates(field, said):
        phrase = str(candidate.value)
        if phrase not in known:
            repaired = _BAD_FRACTION.sub(r"\1.\2", phrase)
            known[phrase] = read_date(repaired, captured_at=page.captured_at, languages=languages)
        reading = known[phrase]
        if reading is not None and _plausible(reading, page):
            read.append((candidate, reading))
    if not read:
        return Stamp(), None, None
    days: dict[tuple[str, str], set[str]] = {}
    for candidate, reading in read:
        days.setdefault((candidate.source, candidate.place), set()).add(_day(reading))
    best: dict[str, dict[str, float]] = {}
    for candidate, reading in read:
        alike = len(days[candidate.source, candidate.place]) > 2  # cards of other stories, each with its own date
        share = candidate.confidence * (0.3 if alike else 1.0)
        shares = best.setdefault(_day(reading), {})
        shares[candidate.source] = max(shares.get(candidate.source, 0.0), share)
    trust = {day: 1 - prod(1 - share for share in shares.values()) for day, shares in best.items()}
    winner, reading = max(
        read,
        key=lambda pair: (bool(pair[1].value), trust[_day(pair[1])], "T" in (pair[1].value or ""), pair[0].confidence),
    )
    sources = {candidate.source for candidate, other in read if _day(other) == _day(reading)}
    reason = f"{', '.join(sorted(sources))} agree on the day" if len(sources) > 1 else None
    return Stamp(reading.value, _printed(read, reading), reading.earliest, reading.latest), winner, reason


def _candidates(field: str, said: dict[str, list[Candidate]]) -> list[Candidate]:
    """What was said of a date; of publication, where nothing else is, the one change the page prints near its title."""
    candidates = said.get(field, [])
    if candidates or field != "date_published":
        return candidates
    return [
        Candidate(c.value, c.source, f"{c.place}, its last change", 0.4)
        for c in said.get("date_modified", ())
        if c.source == "text" and c.confidence >= 0.4
    ]


def _printed(read: list[tuple[Candidate, DateReading]], chosen: DateReading) -> str:
    """The date as a reader sees it, where the page prints one that does not contradict the chosen; else as found."""
    for candidate, reading in read:
        if candidate.source in ("dom", "text") and chosen.earliest and chosen.latest:
            earliest, latest = (reading.earliest or "")[:10], (reading.latest or "9")[:10]
            if earliest <= chosen.latest[:10] and chosen.earliest[:10] <= latest:
                return reading.raw
    return chosen.raw


def _day(reading: DateReading) -> str:
    return (reading.value or reading.earliest or "")[:10]


def _plausible(reading: DateReading, page: Page) -> bool:
    """Between the first web pages and a day after the capture (a newsroom may be a day ahead of UTC)."""
    if not reading.value:
        return bool(reading.earliest)
    try:
        day = date.fromisoformat(reading.value[:10])
    except ValueError:
        return False
    if day.year < 1990:
        return False
    return page.captured_at is None or (day - page.captured_at.date()).days <= 1
