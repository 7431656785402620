"""Dates in numerals, whose order only the language can settle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from crawler.extract.cldr import base
from crawler.extract.dates.day import Printed, day_of, full_year, in_future, latest_of
from crawler.extract.dates.names import known, region
from crawler.extract.dates.reading import Open

_YEAR_FIRST = re.compile(r"(?<![\d.,/-])(\d{4})(\s?[-./]\s?)(\d{1,2})\2(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<![\d.,/-])(\d{1,2})(\s?([-./])\s?)(\d{1,2})\s?\3\s?(\d{4}|\d{2})(?![\d/])")
_SHORT_YEAR_FIRST = re.compile(r"(?<![\d.,/-])(?<!\d:)(\d\d)([-./])(\d\d)\2(\d\d)(?=\s?\d\d:\d\d|$)")
_MONTH_DAY = re.compile(r"(?<![\d.,/-])(?<!\d:)(\d\d)[-/](\d\d)\s?(?=\d\d:\d\d)")
_EASTERN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_DAY_MONTH = re.compile(r"(?<![\d.,/-])(\d{1,2})\.\s?(\d{1,2})\.(?![\d])")

# Who writes 3/4/2021 how: CLDR's short patterns for the languages and countries where the press keeps to them.
_MONTH_FIRST = {"US", "PH", "PR", "GU", "VI", "FM", "PW"}
_UNSETTLED = {"CA", "ZA", "KE", "GH"}
_DAY_FIRST_ENGLISH = {
    "GB", "AU", "NZ", "IE", "IN", "PK", "BD", "LK", "SG", "HK", "MT", "NG", "UG", "TZ", "ZW", "JM", "MY",
}  # fmt: skip
_EASTERN_LANGUAGES = {"ja", "zh", "ko"}
_YEAR_FIRST_LANGUAGES = {"ja", "zh", "ko", "hu", "lt", "mn", "fa", "eu", "sv"}


def find_numeric(text: str, languages: Sequence[str], capture: date | None) -> Printed | Open | None:
    """The first date in numerals; ``OPEN`` where only a capture time could tell the year."""
    for found in _YEAR_FIRST.finditer(text):
        if value := day_of(full_year(found[1], text, capture), int(found[3]), int(found[4])):
            return Printed(value, value, *found.span())
    if _EASTERN.search(text) or not {base(tag) for tag in languages[:1]}.isdisjoint(_EASTERN_LANGUAGES):
        for found in _SHORT_YEAR_FIRST.finditer(text):
            if value := day_of(full_year(found[1], text, capture), int(found[3]), int(found[4])):
                return Printed(value, value, *found.span())
        for found in _MONTH_DAY.finditer(text):
            if latest := latest_of(int(found[1]), int(found[2]), capture):
                return Printed(latest, latest, *found.span()) if isinstance(latest, date) else latest
    for found in _YEAR_LAST.finditer(text):
        year = full_year(found[5], text, capture)
        if found[3] == "." and len(found[5]) == 2 and int(found[1]) < 24 and not known(languages):
            continue  # a version or a time as soon as a date
        readings = list(_readings(found, year, languages, capture)) or list(_readings(found, year, languages, None))
        if readings:
            return Printed(min(readings), max(readings), *found.span(), alternatives=len(set(readings)) > 1)
    for found in _DAY_MONTH.finditer(text):
        latest = latest_of(int(found[2]), int(found[1]), capture)
        if isinstance(latest, date):
            return Printed(latest, latest, *found.span())
        if latest:
            return latest
    return None


def order_of(languages: Sequence[str]) -> str | None:
    """``dmy`` or ``mdy`` where the languages settle how numerals are read, else None."""
    orders = {_order(tag) for tag in languages if known((tag,))}
    return orders.pop() if len(orders) == 1 else None


def _readings(found: re.Match[str], year: int, languages: Sequence[str], capture: date | None) -> Iterator[date]:
    one, two = int(found[1]), int(found[4])
    order = "dmy" if found[3] == "." else order_of(languages)
    if order != "mdy" and (value := day_of(year, two, one)):
        if order == "dmy" or not in_future(value, capture):
            yield value
        if order == "dmy":
            return
    if (value := day_of(year, one, two)) and not in_future(value, capture):
        yield value


def _order(tag: str) -> str | None:
    language, country = base(tag), region(tag)
    if country in _MONTH_FIRST:
        return "mdy"
    if language == "en":
        return "dmy" if country in _DAY_FIRST_ENGLISH else None
    if country in _UNSETTLED or language in _YEAR_FIRST_LANGUAGES or (language == "es" and country == "US"):
        return None
    return "dmy"
