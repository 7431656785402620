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
    return _with_years(datings)


def _with_years(datings: list[Dating]) -> list[Dating]:
    """The datings, those printed without a year in that in which the data have the same day."""
    years = {d.reading.value[5:10]: d.reading.value[:4] for d in datings if d.reading.value and _is_whole(d)}
    found = []
    for dating in datings:
        value = dating.reading.value or ""
        year = years.get(value[5:10])
        if year and year != value[:4] and "without a year" in dating.candidate.place:
            dating = replace(dating, reading=replace(dating.reading, **dict.fromkeys(_VALUES, year + value[4:])))
        found.append(dating)
    return found


def _is_whole(dating: Dating) -> bool:
    return dating.candidate.source in _DATA and "without a year" not in dating.candidate.place


def is_data(dating: Dating) -> bool:
    """Whether the page's data give the date, and say that it is the article's."""
    return dating.candidate.source in _DATA and dating.candidate.place not in NAMED_ONLY


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
