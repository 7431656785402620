"""Reading one date phrase: machine forms first, then elapsed times, printed dates, and dateparser for the residue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from crawler.extract.dates import reading as made
from crawler.extract.dates.calendars import with_whole_years
from crawler.extract.dates.clock import Clock, at_clock, find_clock, without_zones
from crawler.extract.dates.day import Printed
from crawler.extract.dates.machine import find_iso, read_machine_date
from crawler.extract.dates.names import fold
from crawler.extract.dates.printed import find_printed
from crawler.extract.dates.reading import DateReading, Open
from crawler.extract.dates.relative import Ago, elapsed, find_ago
from crawler.extract.dates.residue import read_residue

_DAY_WORDS = re.compile(
    r"(?:yesterday|today|just now|gestern|heute|hier|aujourd'hui|ayer|hoy|ieri|oggi|ontem|hoje|вчера|сегодня|"
    r"wczoraj|dzisiaj"
    r"|gisteren|vandaag|i går|i dag|igår|idag|dün|bugün|昨日|今日|昨天|今天|어제|오늘|أمس|اليوم)(?:,? (?:at |"
    r"um |à )?[\d:.]+(?: ?[ap]m)?)?"
)
_YEAR_LAST = re.compile(
    r"(\d{1,2}:\d\d(?::\d\d)?(?:\s?(?:[ap]\.?\s?m\.?|uhr|h))?(?:\s[a-z]{2,4})?),?\s((?:19|20)\d\d)$"
)
"""A time and behind it, at the phrase's end, the year: "March 5, 6:30 pm 2024"."""
_LONGEST = 200
"""A phrase of more characters is a text, and is read only so far."""


def read_date(phrase: str, *, captured_at: datetime | None, languages: Sequence[str] = ()) -> DateReading | None:
    """What a date phrase of a page says, or None where it holds no date.

    ``phrase`` is as printed or as found in markup ("2021-12-17T09:26:10+01:00", "Updated 3 hours ago"). ``captured_at``
    is when the page was fetched (a time without zone is UTC): relative phrases are anchored there and nowhere else;
    without it they give a reading whose value is None. Dates of publication are not after it, which settles the missing
    year of "Dec. 17" and at times the order of "3/4/2021". ``languages`` are tags of the page, likeliest first
    (``en-GB``, ``de``): they settle month names and the order of numerals; where they do not, the reading gives bounds
    and no value.
    """
    raw = " ".join(phrase[: _LONGEST * 2].split())[:_LONGEST]
    if not raw:
        return None
    if found := read_machine_date(raw):
        return found
    text, captured = without_zones(with_whole_years(fold(raw)), languages), made.anchor(captured_at)
    text = _YEAR_LAST.sub(r"\2 \1", text)
    if inside := find_iso(raw):
        return _with_clock(raw, raw[inside[0].end() :].lower(), inside[1])
    if ago := find_ago(text, languages):
        return elapsed(raw, ago, captured) if captured else made.unknown(raw)
    printed = find_printed(text, languages, captured.date() if captured else None)
    if isinstance(printed, Printed):
        return _printed(raw, text, printed)
    if printed is Open.OPEN:
        return made.unknown(raw)
    return _residue(raw, text, languages, captured)


def is_date(phrase: str, languages: Sequence[str] = ()) -> bool:
    """True for a short phrase that holds a date or an elapsed time; cheap, for many phrases of one page."""
    raw = " ".join(phrase.split())
    if not raw or len(raw) > 40:
        return False
    text = fold(raw)
    if _DAY_WORDS.fullmatch(text) or read_machine_date(raw) is not None:
        return True
    if not any(map(str.isdigit, text)) and " " not in text:
        return False
    if find_iso(raw) or find_ago(text, languages):
        return True
    return any(map(str.isdigit, text)) and find_printed(text, languages, None) is not None


def _printed(raw: str, text: str, found: Printed) -> DateReading:
    if found.first != found.last:
        return made.between(raw, found.first, found.last)
    rest = f"{text[: found.start]} {text[found.end :]}"
    clock = find_clock(text[found.end :]) or find_clock(rest)
    return _at(raw, found.first, clock)


def _with_clock(raw: str, rest: str, reading: DateReading) -> DateReading:
    """An ISO date inside a phrase: "2021-12-17 at 9:05 am" has its time outside the ISO form."""
    clock = find_clock(rest) if reading.value and "T" not in reading.value else None
    value = _at(raw, date.fromisoformat((reading.value or "")[:10]), clock) if clock else reading
    return DateReading(value.value, raw, value.earliest, value.latest)


def _residue(raw: str, text: str, languages: Sequence[str], captured: datetime | None) -> DateReading | None:
    clock = find_clock(text)
    rest = text if clock is None else f"{text[: clock.start]} {text[clock.end :]}"
    found = read_residue(
        re.sub(r"\b(?:at|um|kl\.?|a las|à|alle|в|as|às|om)\s*$", "", rest.strip()), languages, captured
    )
    if found is None:
        return None
    if found is Open.OPEN or (captured is None and not isinstance(found, date)):
        return made.unknown(raw)
    if isinstance(found, Ago) and captured is not None:
        return _ago(raw, found, clock, captured)
    return _at(raw, found, clock) if isinstance(found, date) else None


def _ago(raw: str, ago: Ago, clock: Clock | None, captured: datetime) -> DateReading:
    """A day said by its name: the reader's zone may be a day off; today's weekday may be last week's."""
    if ago.unit == "calendar-day":
        named = _at(raw, captured.date() - timedelta(days=ago.number or 0), clock)
        zones = (captured - timedelta(hours=12)).date(), min((captured + timedelta(hours=14)).date(), captured.date())
        first, last = (day - timedelta(days=ago.number or 0) for day in zones)
        return DateReading(
            named.value,
            raw,
            min(first.isoformat(), named.earliest or ""),
            last.isoformat() if clock is None else named.latest,
        )
    if ago.unit == "week-or-day":
        return made.between(raw, captured.date() - timedelta(days=7), captured.date())
    return elapsed(raw, ago, captured)


def _at(raw: str, value: date, clock: Clock | None) -> DateReading:
    if clock is None:
        return made.day(raw, value)
    text = at_clock(value, clock)
    return DateReading(text, raw, text, text)
