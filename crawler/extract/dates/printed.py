"""Dates printed for readers: month names in many languages, and numerals whose order only the language can settle."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from crawler.extract.dates.names import LANGUAGES, base, known, merged, month_pattern, months_in, region
from crawler.extract.dates.reading import Open

_YEARS = range(1600, 2200)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_EAST = re.compile(
    r"(?:(?P<era>令和|平成|昭和)\s*(?P<regnal>\d{1,2}|元)\s*年\s*|(?P<year>\d{4})\s*[年년]\s*)?"
    r"(?P<month>\d{1,2})\s*(?:月|월)\s*(?P<day>\d{1,2})\s*(?:日|일|号|號)"
)
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s*(?:tháng|thg)\s*(\d{1,2})(?:\s*[,/]?\s*(?:năm)?\s*(\d{4}))?(?!\d)")
_YEAR_FIRST = re.compile(r"(?<![\d.,/-])(\d{4})(\s?[-./]\s?)(\d{1,2})\2(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<![\d.,/-])(\d{1,2})(\s?([-./])\s?)(\d{1,2})\s?\3\s?(\d{4}|\d{2})(?![\d/])")
_DAY_MONTH = re.compile(r"(?<![\d.,/-])(\d{1,2})\.\s?(\d{1,2})\.(?![\d])")
_MONTH_YEAR = re.compile(r"(?<![\d.,/-])(\d{1,2})/(\d{4})(?![\d/])")
_YEAR = re.compile(r"(?:©\s*)?((?:19|20)\d\d)")

# Who writes 3/4/2021 how: CLDR's short patterns for the languages and countries where the press keeps to them.
_MONTH_FIRST = {"US", "PH", "PR", "GU", "VI", "FM", "PW"}
_UNSETTLED = {"CA", "ZA", "KE", "GH"}
_DAY_FIRST_ENGLISH = {
    "GB",
    "AU",
    "NZ",
    "IE",
    "IN",
    "PK",
    "BD",
    "LK",
    "SG",
    "HK",
    "MT",
    "NG",
    "UG",
    "TZ",
    "ZW",
    "JM",
    "MY",
}
_YEAR_FIRST_LANGUAGES = {"ja", "zh", "ko", "hu", "lt", "mn", "fa", "eu", "sv"}


@dataclass(frozen=True, slots=True)
class Printed:
    """A date found in a text: one day, or the days it can mean."""

    first: date
    last: date
    start: int
    end: int
    alternatives: bool = False
    """The day is ``first`` or ``last`` and none between, as in 3/4/2021."""


def find_printed(text: str, languages: Sequence[str], capture: date | None) -> Printed | Open | None:
    """The first date in folded text; ``OPEN`` where only a capture time could tell the year."""
    hints = merged(languages)
    for names in dict.fromkeys((hints, LANGUAGES)):
        if found := _named(text, names, hints, capture):
            return found
    return _east(text, capture) or _numeric(text, languages, capture) or _named_month(text, languages) or _year(text)


def order_of(languages: Sequence[str]) -> str | None:
    """``dmy`` or ``mdy`` where the languages settle how numerals are read, else None."""
    orders = {_order(tag) for tag in languages if known((tag,))}
    return orders.pop() if len(orders) == 1 else None


def _order(tag: str) -> str | None:
    language, country = base(tag), region(tag)
    if country in _MONTH_FIRST:
        return "mdy"
    if language == "en":
        return "dmy" if country in _DAY_FIRST_ENGLISH else None
    if country in _UNSETTLED or language in _YEAR_FIRST_LANGUAGES or (language == "es" and country == "US"):
        return None
    return "dmy"


@lru_cache(maxsize=256)
def _named_patterns(
    names: tuple[str, ...], only: frozenset[str] | None
) -> tuple[tuple[str, ...], dict[str, frozenset[int]]]:
    month, meanings = month_pattern(names, only)
    year = r"(?P<year>\d{4}|['’]\d\d|(?<=-)\d\d)(?!\d)"
    ordinal = r"(?:st|nd|rd|th|er|ère|ος|η|º|ª|°|:e|-?го|-?е|-?a)?"
    joint = r"(?:[\s,\-/.]|(?<![^\W\d_])(?:de|del|do|di|of|od|y|ta|den|वर्ष|năm|พ\.ศ\.|год)(?![^\W\d_]))*"
    day = r"(?P<day>\d{1,2})"
    year_word = r"(?:[\s.,\-/]|м\.|m\.|г\.|ж\.|e?ko|gada|metų)*"
    patterns = (
        rf"(?<!\d)(?P<year>\d{{4}}){year_word}\s*{month}\.?[\s\-]*(?:ren|aren)?\s*{day}(?![\d:])",
        rf"(?<![\d:.,]){day}{ordinal}\.?[\s\-/.,]*(?:de|d['’]|of|di|da|ta['’]|den|-)?\s*{month}\.?{joint}{year}",
        rf"{month}\.?[\s\-]*(?:the\s)?{day}{ordinal}(?![\d:]){joint}{year}",
        rf"(?<![\d:.,]){day}{ordinal}\.?[\s\-/.,]*(?:de|d['’]|of|di|da|ta['’]|den|-)?\s*{month}",
        rf"{month}\.?[\s\-]*(?:the\s)?{day}{ordinal}(?![\d:/]|\s*(?:am|pm|a\.m|p\.m|uhr)\b|\.\d)",
    )
    return patterns, meanings


_compiled = lru_cache(maxsize=1024)(re.compile)
"""Patterns when they are first asked for: the first of five often finds the date, and each takes half a millisecond."""


def _named(text: str, names: tuple[str, ...], hints: tuple[str, ...], capture: date | None) -> Printed | Open | None:
    only = months_in(text) if names is LANGUAGES else None
    if only is not None and not only:
        return None
    patterns, meanings = _named_patterns(names, only)
    is_open: Open | None = None
    for pattern in patterns:
        for found in _compiled(pattern).finditer(text):
            groups = found.groupdict()
            if groups.get("year") is None and names != hints and len(groups["name"]) < 4:
                continue  # "10 out of 12" is no tenth of October in Portuguese
            built = _built(groups.get("year"), meanings[groups["name"]], int(groups["day"]), text, capture)
            if built is Open.OPEN:
                is_open = Open.OPEN
            elif isinstance(built, tuple):
                return Printed(*built, *found.span(), alternatives=built[0] != built[1])
    return is_open


def _built(
    year: str | None, months: frozenset[int], day: int, text: str, capture: date | None
) -> tuple[date, date] | Open | None:
    days = []
    for month in sorted(months):
        value = _latest(month, day, capture) if year is None else _day(_full_year(year, text, capture), month, day)
        if value is Open.OPEN:
            return Open.OPEN
        if isinstance(value, date):
            days.append(value)
    return (days[0], days[-1]) if days else None


def _east(text: str, capture: date | None) -> Printed | Open | None:
    for found in (*_EAST.finditer(text), *_VIETNAMESE.finditer(text)):
        if found.re is _VIETNAMESE:
            number, month, year = int(found[1]), int(found[2]), found[3]
        else:
            number, month, year = int(found["day"]), int(found["month"]), found["year"]
            if found["era"]:
                year = str(_ERAS[found["era"]] + (1 if found["regnal"] == "元" else int(found["regnal"])))
        built = _built(year, frozenset({month}), number, text, capture)
        if isinstance(built, tuple):
            return Printed(*built, *found.span())
        if built:
            return built
    return None


def _numeric(text: str, languages: Sequence[str], capture: date | None) -> Printed | Open | None:
    for found in _YEAR_FIRST.finditer(text):
        if value := _day(_full_year(found[1], text, capture), int(found[3]), int(found[4])):
            return Printed(value, value, *found.span())
    for found in _YEAR_LAST.finditer(text):
        year = _full_year(found[5], text, capture)
        if found[3] == "." and len(found[5]) == 2 and int(found[1]) < 24 and not known(languages):
            continue  # a version or a time as soon as a date
        readings = list(_readings(found, year, languages, capture)) or list(_readings(found, year, languages, None))
        if readings:
            return Printed(min(readings), max(readings), *found.span(), alternatives=len(set(readings)) > 1)
    for found in _DAY_MONTH.finditer(text):
        latest = _latest(int(found[2]), int(found[1]), capture)
        if isinstance(latest, date):
            return Printed(latest, latest, *found.span())
        if latest:
            return latest
    return None


def _readings(found: re.Match[str], year: int, languages: Sequence[str], capture: date | None) -> Iterator[date]:
    one, two = int(found[1]), int(found[4])
    order = "dmy" if found[3] == "." else order_of(languages)
    if order != "mdy" and (value := _day(year, two, one)):
        if order == "dmy" or not _future(value, capture):
            yield value
        if order == "dmy":
            return
    if (value := _day(year, one, two)) and not _future(value, capture):
        yield value


def _named_month(text: str, languages: Sequence[str]) -> Printed | None:
    """A month and its year without a day: every day of it."""
    for names in dict.fromkeys((merged(languages), LANGUAGES)):
        only = months_in(text) if names is LANGUAGES else None
        if only is not None and not only:
            continue
        month, meanings = month_pattern(names, only)
        pattern = _month_year_pattern(month)
        for found in pattern.finditer(text):
            numbers = meanings[found["name"]]
            if len(numbers) == 1 and (first := _day(int(found["year"]), min(numbers), 1)):
                return _span(first, lambda at: (at.replace(day=28) + timedelta(days=4)).replace(day=1), found)
    found_numeric = _MONTH_YEAR.fullmatch(text)
    if found_numeric and (first := _day(int(found_numeric[2]), int(found_numeric[1]), 1)):
        return _span(first, lambda at: (at.replace(day=28) + timedelta(days=4)).replace(day=1), found_numeric)
    return None


@lru_cache(maxsize=256)
def _month_year_pattern(month: str) -> re.Pattern[str]:
    return re.compile(
        rf"{month}\.?(?:[\s,]|(?<![^\W\d_])(?:de|del|of|do|di)(?![^\W\d_]))*(?P<year>(?:19|20)\d\d)(?!\d)"
    )


def _year(text: str) -> Printed | None:
    found = _YEAR.fullmatch(text)
    return _span(date(int(found[1]), 1, 1), lambda at: at.replace(year=at.year + 1), found) if found else None


def _span(first: date, following: Callable[[date], date], found: re.Match[str]) -> Printed:
    return Printed(first, following(first) - timedelta(days=1), *found.span())


def _full_year(text: str, phrase: str, capture: date | None) -> int:
    digits = int(text.strip("'’"))
    if len(text.strip("'’")) == 2:
        newest = capture.year + 1 if capture else 2068
        return digits + 100 * ((newest - digits) // 100)
    if 2400 <= digits < 2700 and re.search(r"[\u0e00-\u0eff]", phrase):
        return digits - 543  # the Buddhist era of Thai and Lao dates
    return digits


def _day(year: int, month: int, day: int) -> date | None:
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(month: int, day: int, capture: date | None) -> date | Open | None:
    """The last such day not after the capture; ``OPEN`` without a capture, None where no year has that day."""
    if _day(2020, month, day) is None:
        return None
    if capture is None:
        return Open.OPEN
    years = (capture.year + 1 - back for back in range(10))
    return next((value for year in years if (value := _day(year, month, day)) and not _future(value, capture)), None)


def _future(value: date, capture: date | None) -> bool:
    """True for a day after the capture, a day of grace given for the newsroom's own time zone."""
    return capture is not None and value > capture + timedelta(days=1)
