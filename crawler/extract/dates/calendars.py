"""Dates of calendars other than the Gregorian: Iran's, the Islamic, Ethiopia's, Thai years cut to two digits.

Iran's years begin at the spring equinox; of those between 1343 and 1472 the leap years are eight of 33. Ethiopia's
begin on 11 September, or on 12 before a Gregorian leap year. A month of the Islamic calendar begins when the moon is
seen, a day sooner or later from country to country: such a date is a few days, unless its weekday is printed beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from crawler.extract.cldr import base
from crawler.extract.dates.day import Printed

_IRAN = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد|امرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_ISLAMIC = (
    "محرم(?: الحرام)?|muharram", "صفر(?: المظفر)?|safar", "ربیع ال[اأ]ول|rabi(?: al|[’'-]ul)[- ]awwal|rabiulawal",
    "ربیع (?:ال[آا]خر|الثانی)|rabi(?: al|[’'-]us)[- ](?:thani|akhir|sani)",
    "جماد[یى] ال[اأ]ول[یى]|jumada al-(?:awwal|ula)",
    "جماد[یى] (?:ال[آا]خره|ال[آا]خرة|الثانی[هة]?)|jumada al-(?:thani|akhira)", "رجب(?: المرجب)?|rajab",
    "شعبان(?: المعظم)?|sha[’']?ban",
    "رمضان(?: المبارک)?|ramadh?an", "شوال(?: المکرم)?|shawwal",
    "ذ[وی] ?القعد[هة]|dhu al-qa[’']?dah", "ذ[وی] ?الحج[هة]|dhu al-hijjah",
)  # fmt: skip
_ETHIOPIA = (
    "መስከረም", "ጥቅምት", "[ኅህሕ]ዳር", "ታ[ኅህሕ][ሣሳ][ሥስ]", "ጥር", "የካቲት", "መጋቢት", "ሚያ[ዝዚ]ያ", "ግንቦት", "ሰኔ", "[ሐሀኀ]ምሌ",
    "ነ[ሐሀኀ]ሴ", "ጳጉሜ[ንኔ]?",
)  # fmt: skip
_WEEKDAYS = (
    ("الاثنین", "الإثنین", "دوشنبه", "پیر"), ("الثلاثاء", "سه شنبه", "سه‌شنبه", "منگل"),
    ("الأربعاء", "الاربعاء", "چهارشنبه", "بدھ"), ("الخمیس", "پنجشنبه", "پنج‌شنبه", "جمعرات"),
    ("الجمعة", "جمعه", "جمعہ"), ("السبت", "ہفتہ"), ("الأحد", "الاحد", "یکشنبه", "یک‌شنبه", "اتوار"),
)  # fmt: skip
"""Monday first; the Persian names of Monday to Friday end in that of Saturday, which is left out."""
Named = tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]
_LUNAR_OR_PERSIAN = re.compile(r"(?<!\d)1[345]\d\d(?!\d)")
_AMHARIC = re.compile(r"[\u1200-\u135a]")
_ARABIC = re.compile(r"[\u0621-\u06d3]")
_ONE_FORM = str.maketrans({"ي": "ی", "ك": "ک"})
_NUMERIC = re.compile(r"(?<![\d.,/-])(1[345]\d\d)([/.-])(\d{1,2})\2(\d{1,2})(?!\d)")
_THAI_YEAR = re.compile(r"(?<=[\u0e01-\u0e4e.])(\s?)([4-7]\d)(?![\d:.])")
_THAI = re.compile(r"[\u0e01-\u0e30]\.?\s?[4-7]\d(?![\d:.])")
_NEW_YEAR = date(2024, 3, 20)
"""The first day of Iran's year 1403."""
_YEARS_OF_IRAN = range(1343, 1473)
_LEAP_IN_33 = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_YEARS_OF_ISLAM = range(1300, 1560)
_LEAP_IN_30 = frozenset((2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29))
_FIRST_OF_ISLAM = date(1, 1, 1).toordinal() + 227_014
"""19 July 622, the first day of the Islamic year 1 by reckoning."""
_SOONER, _LATER = timedelta(days=1), timedelta(days=2)
_YEARS_OF_ETHIOPIA = range(1900, 2093)


def with_whole_years(text: str) -> str:
    """A folded text, Thai years of two digits after a word spelled out: "มี.ค. 67" is of the year 2567."""
    return _THAI_YEAR.sub(r"\g<1>25\2", text) if _THAI.search(text) else text


def find_of_other_calendar(text: str, languages: Sequence[str]) -> Printed | None:
    """The first date in folded text that is of another calendar, with its year."""
    text = text.translate(_ONE_FORM)
    if not _LUNAR_OR_PERSIAN.search(text):
        return _first(text, _OF_ETHIOPIA, _of_ethiopia) if _AMHARIC.search(text) else None
    if found := _first(text, _OF_IRAN, _of_iran) or _first(text, _OF_ISLAM, _of_islam):
        return found
    spoken = {base(tag) for tag in languages[:1]}
    if not _ARABIC.search(text) and spoken.isdisjoint(("fa", "ps")):
        return None
    of_calendar = _of_islam if "هـ" in text or not spoken.isdisjoint(("ar", "ur")) else _of_iran
    for numbers in _NUMERIC.finditer(text):
        year, month, day = int(numbers[1]), int(numbers[3]), int(numbers[4])
        if 1 <= month <= len(_ISLAMIC) and (span := of_calendar(year, month, day, text)):
            return Printed(*span, *numbers.span())
    return None


def names_other_month(text: str) -> bool:
    """Whether a folded text names a month of another calendar."""
    return not text.isascii() and _ANY_OTHER.search(text.translate(_ONE_FORM)) is not None


def _first(text: str, names: Named, of_calendar: Callable[..., tuple[date, date] | None]) -> Printed | None:
    pattern, months = names
    for found in pattern.finditer(text):
        month = next(number for number, name in enumerate(months, 1) if name.fullmatch(found["name"]))
        if span := of_calendar(int(found["year"]), month, int(found["before"] or found["behind"]), text):
            return Printed(*span, *found.span())
    return None


def _named(months: Sequence[str], year: str) -> Named:
    """What finds a day of such a month and its year, and what tells the months apart."""
    pattern = re.compile(
        rf"(?<!\d)(?:(?P<before>\d{{1,2}})\s?(?:من\s)?)?(?<![^\W\d_])(?P<name>{'|'.join(months)})(?![^\W\d_])"
        rf"(?(before)|\s?(?P<behind>\d{{1,2}})(?!\d))(?:\s?ቀን)?[\s,،.]*(?:ماه|سال)?\s*(?P<year>{year})(?!\d)"
    )
    return pattern, tuple(map(re.compile, months))


_OF_IRAN = _named(_IRAN, r"1[34]\d\d")
_OF_ISLAM = _named(_ISLAMIC, r"1[345]\d\d")
_OF_ETHIOPIA = _named(_ETHIOPIA, r"(?:19|20)\d\d")


_ANY_OTHER = re.compile(rf"(?<![^\W\d_])(?:{'|'.join((*_IRAN, *_ISLAMIC, *_ETHIOPIA))})(?![^\W\d_])")


def _of_iran(year: int, month: int, day: int, _: str) -> tuple[date, date] | None:
    if year not in _YEARS_OF_IRAN or not 1 <= day <= (31 if month < 7 else 29 + (month < 12 or _is_leap(year))):
        return None
    begins = _NEW_YEAR + timedelta(days=sum(365 + _is_leap(before) for before in range(1403, year)))
    begins -= timedelta(days=sum(365 + _is_leap(after) for after in range(year, 1403)))
    value = begins + timedelta(days=30 * (month - 1) + min(month - 1, 6) + day - 1)
    return value, value


def _is_leap(year: int) -> bool:
    return year % 33 in _LEAP_IN_33


def _of_islam(year: int, month: int, day: int, text: str) -> tuple[date, date] | None:
    if year not in _YEARS_OF_ISLAM or not 1 <= day <= 30:
        return None
    cycles, within = divmod(year - 1, 30)
    days = cycles * 10_631 + sum(354 + (passed in _LEAP_IN_30) for passed in range(1, within + 1))
    reckoned = date.fromordinal(_FIRST_OF_ISLAM + days + 29 * (month - 1) + month // 2 + day - 1)
    first, last = reckoned - _SOONER, reckoned + _LATER
    fitting = [at for at in _days(first, last) if at.weekday() in _weekdays(text)]
    return (fitting[0], fitting[0]) if len(fitting) == 1 else (first, last)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _weekdays(text: str) -> set[int]:
    return {number for number, names in enumerate(_WEEKDAYS) if any(name in text for name in names)}


def _of_ethiopia(year: int, month: int, day: int, _: str) -> tuple[date, date] | None:
    if year not in _YEARS_OF_ETHIOPIA or not 1 <= day <= (30 if month < 13 else 5 + (year % 4 == 3)):
        return None
    value = date(year + 7, 9, 11 + (year % 4 == 0)) + timedelta(days=30 * (month - 1) + day - 1)
    return value, value
