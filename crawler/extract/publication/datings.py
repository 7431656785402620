"""The dates that a page's witnesses give, read as the language of the page writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from crawler.extract.dates import DateReading, read_date
from crawler.extract.page import Page
from crawler.model import Candidate

_BAD_FRACTION = re.compile(r"(T\d\d:\d\d:\d\d):(\d{3})")
"""Seconds and their fraction with a colon between them, as some systems write them."""
_DATA = frozenset(("json-ld", "meta", "microdata", "app-state"))
NAMED_ONLY = frozenset(("an attribute", "a script"))
"""Places of dates that nothing but the name of the value ties to the article."""
_LANGUAGES = {
    "de": "de", "at": "de", "ch": "de-ch", "fr": "fr", "it": "it", "es": "es", "nl": "nl", "pl": "pl", "pt": "pt",
    "br": "pt-br", "ru": "ru", "cz": "cs", "dk": "da", "no": "no", "se": "sv", "fi": "fi", "uk": "en-gb", "au": "en-au",
}  # fmt: skip
"""What is mostly written under a country's domain."""
_VALUES = ("value", "earliest", "latest")
_NUMERALS = re.compile(r"(?<!\d)(\d{1,2})\s?([-./])\s?(\d{1,2})\s?\2\s?(?:\d{4}|\d\d)(?!\d)")
"""A date of which the first number may be the day's or the month's."""
_MONTHS = 12
_MOST = 200
"""Candidates that are read: a page may hold the dates of a thousand others."""


@dataclass(frozen=True, slots=True)
class Dating:
    """A candidate for a date, read."""

    candidate: Candidate
    reading: DateReading
    change: bool = False
    """It is said to be when the article was changed."""


def read_datings(page: Page, said: Mapping[str, list[Candidate]]) -> list[Dating]:
    """What the candidates for publication and for change say, those that hold no date or an impossible one left out."""
    languages = _languages(page)
    known: dict[str, DateReading | None] = {}
    datings = []
    for name in ("date_published", "date_modified"):
        for candidate in said.get(name, [])[:_MOST]:
            phrase = str(candidate.value)
            if phrase not in known:
                repaired = _BAD_FRACTION.sub(r"\1.\2", phrase)
                known[phrase] = read_date(repaired, captured_at=page.captured_at, languages=languages)
            reading = known[phrase]
            if reading is not None and _plausible(reading, page):
                datings.append(Dating(candidate, reading, name == "date_modified"))
    return _settled(_with_years(datings))


def _with_years(datings: list[Dating]) -> list[Dating]:
    """The datings, those printed without a year in that in which the data have the same day."""
    years = {d.reading.value[5:10]: d.reading.value[:4] for d in datings if d.reading.value and _is_whole(d)}
    found = []
    for dating in datings:
        value = dating.reading.value or ""
        year = years.get(value[5:10])
        if year and year != value[:4] and dating.candidate.source == "text" and value[:4] not in dating.reading.raw:
            dating = replace(dating, reading=replace(dating.reading, **dict.fromkeys(_VALUES, year + value[4:])))
        found.append(dating)
    return found


def _is_whole(dating: Dating) -> bool:
    return dating.candidate.source in _DATA and (dating.reading.value or "")[:4] in dating.reading.raw


def is_data(dating: Dating) -> bool:
    """Whether the page's data give the date, and say that it is the article's."""
    return dating.candidate.source in _DATA and dating.candidate.place not in NAMED_ONLY


def _settled(datings: list[Dating]) -> list[Dating]:
    """The datings, numerals that may be read in two ways as those say it that may be read in one.

    A site in German may print the month first. Where the others give neither day, or both, numerals of the page that
    can be read in one way only show its order: "28/03/2024". Else the language's way stands.
    """
    open_ = {number for number, dating in enumerate(datings) if _other_way(dating.reading) is not None}
    if not open_:
        return datings
    certain = {d.reading.value[:10] for i, d in enumerate(datings) if i not in open_ and d.reading.value}
    orders = {order for i, d in enumerate(datings) if i not in open_ if (order := _shown_order(d.reading.raw))}
    return [_read_as(dating, certain, orders) if i in open_ else dating for i, dating in enumerate(datings)]


def _read_as(dating: Dating, certain: set[str], orders: set[tuple[str, bool]]) -> Dating:
    reading, other = dating.reading, _other_way(dating.reading)
    first = (reading.value or reading.earliest or "")[:10]
    if other is None:
        return dating
    own: str | None = None
    if len(certain & {first, other}) == 1:
        own = other if other in certain else first
    elif reading.value is None:
        own = _in_order(reading, {first, other}, orders)
    if own is None:
        return dating
    value = own + (reading.value or "")[10:]
    return replace(dating, reading=DateReading(value, reading.raw, value, value))


def _shown_order(raw: str) -> tuple[str, bool] | None:
    """The sign of a date in numerals and whether its day comes first; None where that can't be seen."""
    found = _NUMERALS.search(raw)
    if found is None or max(int(found[1]), int(found[3])) <= _MONTHS:
        return None
    return found[2], int(found[1]) > _MONTHS


def _in_order(reading: DateReading, days: set[str], orders: set[tuple[str, bool]]) -> str | None:
    """That of two days which a page means that writes numerals in some order; None where it writes both or neither."""
    found = _NUMERALS.search(reading.raw)
    told = {day_first for sign, day_first in orders if found and sign == found[2]}
    if found is None or len(told) != 1:
        return None
    number = int(found[1] if told == {True} else found[3])
    return next((day for day in days if int(day[8:10]) == number), None)


def _other_way(reading: DateReading) -> str | None:
    """The day that a date in numerals is with day and month changed about; None where it can't be."""
    found = _NUMERALS.search(reading.raw)
    if found is None or found[1] == found[3] or max(int(found[1]), int(found[3])) > _MONTHS:
        return None
    if reading.value is None:
        return reading.latest[:10] if reading.latest else None
    year, month, day = reading.value[:10].split("-")
    return f"{year}-{day}-{month}"


def _languages(page: Page) -> tuple[str, ...]:
    """The page's language, with the country its host names where it is said without one; by the host if not said."""
    language, country = page.language, page.host.rpartition(".")[2]
    if language is None:
        language = _LANGUAGES.get(country)
    elif language == "en" and len(country) == 2:
        language = f"en-{'gb' if country == 'uk' else country}"
    return (language,) if language else ()


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
