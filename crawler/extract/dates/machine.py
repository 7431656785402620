"""Dates that machines write: ISO 8601, its compact forms, RFC 2822, C's ctime and Unix time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from crawler.extract.dates.reading import DateReading, day, instant

_ISO = re.compile(
    r"(?P<year>\d{4})(?P<dash>-?)(?P<month>\d\d)(?P=dash)(?P<day>\d\d)"
    r"(?:[T\s_]{0,2}(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?P<fraction>[.,]\d{1,9})?)?)?"
    r"\s?(?P<zone>Z|z|UTC|GMT|[+\-\u2212]\d\d:?\d\d(?::\d\d)?|[+\-\u2212]\d\d)?(?:\[[\w/+\-]+\])?",
    re.ASCII,
)
_CTIME = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d) (?:([A-Z]{3,4}|[+-]\d{4}) )?(\d{4})")
_RFC_2822 = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}[ -][A-Z][a-z]{2}[ -]\d{2,4}\s+\d\d?:\d\d(?::\d\d)?(?:\s+\S{1,6})?"
)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d{1,9})?|\d{12,13}|\d{16}")
_UNIX = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_YEARS = range(1600, 2200)


def read_machine_date(phrase: str) -> DateReading | None:
    """The whole phrase as a machine's date, or None; the zone stays as it is written (``Z``, ``+01:00``)."""
    if found := _ISO.fullmatch(phrase):
        return _iso(phrase, found)
    if _EPOCH.fullmatch(phrase):
        return _epoch(phrase)
    if _RFC_2822.fullmatch(phrase):
        return _mail(phrase, phrase)
    if found := _CTIME.fullmatch(phrase):
        name, number, clock, zone, year = found.groups()
        return _mail(phrase, f"{number} {name} {year} {clock} {zone or ''}".rstrip())
    return None


def find_iso(phrase: str) -> tuple[re.Match[str], DateReading] | None:
    """The first dashed ISO date inside a longer phrase, with its place."""
    for found in _ISO.finditer(phrase):
        before, after = phrase[: found.start()][-1:], phrase[found.end() :][:1]
        if found["dash"] and not before.isalnum() and not after.isdigit() and (reading := _iso(phrase, found)):
            return found, reading
    return None


def offset_text(zone: str | None) -> str:
    """A zone designator in ISO's extended form: ``+0100`` is ``+01:00``; the empty string where none is given."""
    if not zone:
        return ""
    if zone.upper() in {"Z", "UTC", "GMT"}:
        return "Z"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    if int(digits[:2]) > 15 or int(digits[2:4]) > 59:
        return ""
    return f"{'+' if zone[0] == '+' else '-'}{digits[:2]}:{digits[2:4]}"


def _iso(raw: str, found: re.Match[str]) -> DateReading | None:
    try:
        value = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    if value.year not in _YEARS:
        return None
    if found["hour"] is None:
        return day(raw, value)
    try:
        at = time(int(found["hour"]), int(found["minute"]), min(int(found["second"] or 0), 59))  # 60: a leap second
    except ValueError:
        return day(raw, value)
    fraction = (found["fraction"] or "").replace(",", ".").rstrip("0").rstrip(".")
    clock = f"{at.isoformat('seconds')}{fraction}"
    text = f"{value.isoformat()}T{clock}{offset_text(found['zone'])}"
    return DateReading(text, raw, text, text)


def _epoch(raw: str) -> DateReading | None:
    whole = raw.partition(".")[0]
    scale = {9: 1, 10: 1, 12: 1000, 13: 1000, 16: 1_000_000}[len(whole)]
    value = _UNIX + timedelta(seconds=int(whole) // scale)
    return instant(raw, value) if _FIRST <= value < _LAST else None


def _mail(raw: str, text: str) -> DateReading | None:
    try:
        value = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if value.year not in _YEARS:
        return None
    named = re.search(r"[A-Z]{2,4}$", text)
    if named and named[0] not in {"GMT", "UTC", "UT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"}:
        value = value.replace(tzinfo=None)  # email.utils takes unknown abbreviations for UTC
    if value.tzinfo is not None and value.utcoffset() == timedelta(0) and not text.endswith("+0000"):
        value = value.replace(tzinfo=UTC)
    elif text.endswith("+0000"):
        plain = value.replace(tzinfo=None).isoformat() + "+00:00"
        return DateReading(plain, raw, plain, plain)
    return instant(raw, value)
