"""Dates printed for readers: month names in many languages, and numerals whose order only the language can settle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from crawler.extract.dates.calendars import find_of_other_calendar
from crawler.extract.dates.day import Printed, day_of, days_of, span_from
from crawler.extract.dates.names import LANGUAGES, merged, month_pattern, months_in
from crawler.extract.dates.numerals import find_numeric
from crawler.extract.dates.reading import Open

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_EAST = re.compile(
    r"(?:(?P<era>令和|平成|昭和|民[國国])\s*(?P<regnal>\d{1,3}|元)\s*年\s*|(?P<year>\d{4})\s*[年년]\s*)?"
    r"(?P<month>\d{1,2})\s*(?:月|월)\s*(?P<day>\d{1,2})\s*(?:日|일|号|號)"
)
_TWO_NAMES = re.compile(r"(?<=\d )[\u0621-\u064a]+(?: [\u0621-\u064a]+)?\s?/\s?(?=[\u0621-\u064a])")
"""The first of a month's two Arabic names."""
_OTHER_YEAR = re.compile(r"[\s,./-]{0,3}\d{3,4}(?![\d:h])")
"""A year of another calendar, which is no part of the date before it: without it, that would be this year's."""
_RANGE = re.compile(
    r"(?<![\d.,:/-])(\d{1,2}(?:\.|st|nd|rd|th)?(?:\s?[-–—]\s?|\s(?:to|bis|al|au|tot|till?)\s))(\d{1,2})(?![\d:/]|\s?[-–—.]\s?\d)"
)
"""Days from one to another."""
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s*(?:tháng|thg)\s*(\d{1,2})(?:\s*[,/]?\s*(?:năm)?\s*(\d{4}))?(?!\d)")
_MONTH_YEAR = re.compile(r"(?<![\d.,/-])(\d{1,2})/(\d{4})(?![\d/])")
_YEAR = re.compile(r"(?:©\s*)?((?:19|20)\d\d)")


def find_printed(text: str, languages: Sequence[str], capture: date | None) -> Printed | Open | None:
    """The first date in folded text; ``OPEN`` where only a capture time could tell the year."""
    hints = merged(languages)
    if "/" in text:
        text = _TWO_NAMES.sub("", text)
    days = _RANGE.search(text)
    for names in dict.fromkeys((hints, LANGUAGES)):
        if days and (between := _between(text, days, names, hints, capture)):
            return between
        if found := _named(text, names, hints, capture):
            return found
    return (
        find_of_other_calendar(text, languages)
        or _east(text, capture)
        or find_numeric(text, languages, capture)
        or _named_month(text, languages)
        or _year(text)
    )


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
        rf"(?<!\d)(?P<year>\d{{4}})(?:[\s.]|gada|жылғы|жыл)+{day}\.?\s{month}(?![\s,.]*\d)",
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
            if groups.get("year") is None and _OTHER_YEAR.match(text, found.end()):
                continue
            built = days_of(groups.get("year"), meanings[groups["name"]], int(groups["day"]), text, capture)
            if built is Open.OPEN:
                is_open = Open.OPEN
            elif isinstance(built, tuple):
                return Printed(*built, *found.span(), alternatives=built[0] != built[1])
    return is_open


def _between(
    text: str, days: re.Match[str], names: tuple[str, ...], hints: tuple[str, ...], capture: date | None
) -> Printed | None:
    """The days of "March 4–10, 2024", each end read without the other."""
    start, dash, end = days.start(), days.start(2), days.end()
    number = re.match(r"\d+", days[1])
    cut = start + (number.end() if number else 0)
    first = _named(f"{text[:cut]}{' ' * (end - cut)}{text[end:]}", names, hints, capture)
    last = _named(f"{text[:start]}{' ' * (dash - start)}{text[dash:]}", names, hints, capture)
    if not (isinstance(first, Printed) and isinstance(last, Printed)) or first.first >= last.first:
        return None
    if (first.first.day, last.first.day) != (int(text[start:cut]), int(days[2])) or first.alternatives:
        return None
    return Printed(first.first, last.last, min(first.start, last.start), max(first.end, last.end))


def _east(text: str, capture: date | None) -> Printed | Open | None:
    for found in (*_EAST.finditer(text), *_VIETNAMESE.finditer(text)):
        if found.re is _VIETNAMESE:
            number, month, year = int(found[1]), int(found[2]), found[3]
        else:
            number, month, year = int(found["day"]), int(found["month"]), found["year"]
            if found["era"]:
                year = str(_ERAS[found["era"]] + (1 if found["regnal"] == "元" else int(found["regnal"])))
        built = days_of(year, frozenset({month}), number, text, capture)
        if isinstance(built, tuple):
            return Printed(*built, *found.span())
        if built:
            return built
    return None


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
            if len(numbers) == 1 and (first := day_of(int(found["year"]), min(numbers), 1)):
                return span_from(first, lambda at: (at.replace(day=28) + timedelta(days=4)).replace(day=1), found)
    found_numeric = _MONTH_YEAR.fullmatch(text)
    if found_numeric and (first := day_of(int(found_numeric[2]), int(found_numeric[1]), 1)):
        return span_from(first, lambda at: (at.replace(day=28) + timedelta(days=4)).replace(day=1), found_numeric)
    return None


@lru_cache(maxsize=256)
def _month_year_pattern(month: str) -> re.Pattern[str]:
    return re.compile(
        rf"{month}\.?(?:[\s,]|(?<![^\W\d_])(?:de|del|of|do|di)(?![^\W\d_]))*(?P<year>(?:19|20)\d\d)(?!\d)"
    )


def _year(text: str) -> Printed | None:
    found = _YEAR.fullmatch(text)
    return span_from(date(int(found[1]), 1, 1), lambda at: at.replace(year=at.year + 1), found) if found else None
