"""Relative dates: "3 hours ago" in the languages of CLDR, as a value and the bounds that rounding leaves open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from crawler.extract.dates.names import LANGUAGES, known, past_phrases
from crawler.extract.dates.reading import DateReading, iso
from crawler.extract.dates.usage import as_cldr_has_it, find_usual
from crawler.extract.wording import has_digit

_SECONDS = {
    "second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400,
    "month": 30.5 * 86400, "year": 365.25 * 86400,
}  # fmt: skip
_ENGLISH_UNITS = (
    ("second", r"seconds?|secs?|s"), ("minute", r"minutes?|mins?|m"), ("hour", r"hours?|hrs?|h"), ("day", r"days?|d"),
    ("week", r"weeks?|wks?|w"), ("month", r"months?|mos?|mth?s?"), ("year", r"years?|yrs?|y"),
)  # fmt: skip
_SPELT = "zero one two three four five six seven eight nine ten eleven twelve"
_WORDS = {word: n for n, word in enumerate(_SPELT.split())}
_WORDS |= {"a": 1, "an": 1}
_NUMBER = rf"(\d{{1,3}}|{'|'.join(_WORDS)}|(?:a\s)?few|several|(?:a\s)?couple(?:\sof)?)"
_ENGLISH = [
    (
        unit,
        re.compile(
            rf"(?<![\w.,:/]){_NUMBER}\+?[\s-]?(?:{names})\.?(?:,?\s(?:and\s)?\d{{1,2}}\s?[a-z]{{1,7}}\.?)?\s(?:ago"
            rf"|earlier)\b"
        ),
    )
    for unit, names in _ENGLISH_UNITS
]
_SHORT = re.compile(r"(\d{1,3})\s?(h|hr|hrs|d|w|wk|y|yr)")
_DAY_AND_TIME = re.compile(
    r"(?<![^\W\d_])(?:yesterday|gestern|heute|(?:today|hier|aujourd['’]hui|ayer|hoy|ieri|oggi|ontem|hoje"
    r"|ahir|avui|вчера|сегодня"
    r"|вчора|сьогодні|днес|јуче|данас|wczoraj|dziś|dzisiaj|včera|dnes|gisteren|vandaag|i går|i dag|igår"
    r"|idag|eilen|tänään|dün|bugün"
    r"|tegnap|\bma|astăzi|kemarin|hari ini|hôm qua|hôm nay|χθες|χτες|σήμερα|أمس|اليوم|دیروز|امروز"
    r"|گزشتہ روز|אתמול|היום|कल|आज|গতকাল|আজ"
    r"|เมื่อวาน|วันนี้|昨日|今日|昨天|今天|어제|오늘)(?:[\s,·|à]|at|um|a las|alle|ore|às|as|om|kl\.?|klo|o|в"
    r"|о|u|saat|pukul|lúc|στις"
    r"|الساعة|ساعت|בשעה|को|เวลา){0,4}\d{1,2}\s?[:.h時时點点시]\s?\d?)"
)
"""The day's name with a time: alone it is as often a word of the page, and "hier" a word of German."""
_COUNTED = re.compile(r"(?<![\d.,:/])\d{1,3}\+?[\s-]?[^\W\d_]")
"""A small number of something."""
_ANY_DIGIT = re.compile(r"\d")
_BEGINNING = 3
"""Letters of a word by which it is looked for."""
_JUST_NOW = re.compile(r"\b(?:just now|moments? ago|seconds ago|right now)\b")


_Phrase = tuple[int, str, str, int | None]
"""The place of its language among all, a pattern (group 1: the number), the unit, and the number if spoken."""


@dataclass(frozen=True, slots=True)
class Ago:
    """How long before the capture: so many units; ``number`` None for "a few"."""

    number: int | None
    unit: str
    start: int
    end: int


def find_ago(text: str, languages: Sequence[str]) -> Ago | None:
    """The first phrase of elapsed time in folded text."""
    text = as_cldr_has_it(text)
    if found := _JUST_NOW.search(text):
        return Ago(0, "minute", *found.span())
    english = [
        Ago(_number(found[1]), unit, *found.span())
        for unit, pattern in (_ENGLISH if "ago" in text or "earlier" in text else ())
        if (found := pattern.search(text))
    ]
    if english:
        return min(english, key=lambda ago: ago.start)  # "1 hr 20 min ago" counts as an hour, within its bounds
    if short := _SHORT.fullmatch(text):
        unit = {"h": "hour", "d": "day", "w": "week", "y": "year"}[short[2][0]]
        return Ago(int(short[1]), unit, *short.span())
    if usual := find_usual(text):
        return Ago(*usual)
    numbered = has_digit(text)
    if text.isascii() and not numbered:
        return None
    asked = known(languages)
    found_in = _phrases_in(text, numbered=numbered)
    for _, pattern, unit, spoken in sorted(found_in, key=lambda phrase: _rank(phrase, asked)):
        if found := _compiled(pattern).search(text):
            number = spoken if spoken is not None else int(found[1])
            return Ago(number, unit, *found.span())
    return None


def says_elapsed(text: str) -> bool:
    """Whether a short line, folded, tells how long ago something was, or names yesterday or today with a time."""
    if not has_digit(text):
        usual = as_cldr_has_it(text)
        if _ANY_DIGIT.search(usual) is None and " " in text and not text.isascii():
            return find_usual(usual) is not None or find_ago(text, ()) is not None
        return _ANY_DIGIT.search(usual) is not None
    if _DAY_AND_TIME.search(text):
        return True
    return _COUNTED.search(text) is not None and _SHORT.fullmatch(text) is None and find_ago(text, ()) is not None


def _rank(phrase: _Phrase, asked: Sequence[str]) -> tuple[int, int]:
    """The languages asked for first, then the others as they are listed."""
    language = LANGUAGES[phrase[0]]
    return (asked.index(language) if language in asked else len(asked)), phrase[0]


def _phrases_in(text: str, *, numbered: bool) -> list[_Phrase]:
    """The phrases of all languages whose telling word a text holds; each word is looked for once.

    Where the text is not ``numbered`` only those that have their number in words.
    """
    phrases, beginning_so, always = _by_word(numbered)
    beginnings = {text[at : at + _BEGINNING] for at in range(len(text) - _BEGINNING + 1)}
    numbers = [number for begins in beginnings & beginning_so.keys() for number in beginning_so[begins]]
    words = (phrases[number] for number in sorted(numbers + always))
    return [phrase for word, told in words if word in text for phrase in told]


@cache
def _by_word(numbered: bool) -> tuple[list[tuple[str, list[_Phrase]]], dict[str, list[int]], list[int]]:
    """Phrases by the word they must hold; the numbers of the words by how they begin, and those of the short ones.

    Looking for the beginnings that a text holds costs a fourth of looking for each word.
    """
    told: dict[str, list[_Phrase]] = {}
    for number, language in enumerate(LANGUAGES):
        for word, pattern, unit, spoken in past_phrases(language):
            if numbered or spoken is not None:
                told.setdefault(word, []).append((number, pattern, unit, spoken))
    phrases = sorted(told.items(), key=lambda item: not item[0].isascii())
    beginning_so: dict[str, list[int]] = {}
    for number, (word, _) in enumerate(phrases):
        beginning_so.setdefault(word[:_BEGINNING], []).append(number)
    always = [
        number for begins in list(beginning_so) if len(begins) < _BEGINNING for number in beginning_so.pop(begins)
    ]
    return phrases, beginning_so, always


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def elapsed(raw: str, ago: Ago, captured: datetime) -> DateReading:
    """The reading of an elapsed time before a capture (in UTC).

    Sites round in one of three ways: down (moment.js above a limit, NewsBreak), to the nearest, or by calendar days.
    The bounds hold for all three: from one unit more, to half a unit less or the end of the calendar day. Hours
    and less give an instant, days a day, longer units bounds only, for no day can be told from "2 weeks ago".
    """
    unit = timedelta(seconds=_SECONDS[ago.unit])
    if ago.number is None:
        return DateReading(None, raw, iso(_before(captured, 10 * unit)), iso(_before(captured, 2 * unit)))
    point = _before(captured, ago.number * unit)
    earliest, latest = _before(captured, (ago.number + 1) * unit), _before(captured, max(ago.number - 0.5, 0) * unit)
    if ago.unit in {"second", "minute", "hour"}:
        return DateReading(iso(point), raw, iso(earliest), iso(latest))
    if ago.unit == "day":
        end_of_day = point.replace(hour=23, minute=59, second=59)
        latest = min(max(latest, end_of_day), captured)
        return DateReading(point.date().isoformat(), raw, iso(earliest), iso(latest))
    return DateReading(None, raw, iso(earliest), iso(latest))


def _before(captured: datetime, span: timedelta) -> datetime:
    try:
        return captured - span
    except OverflowError:
        return captured.replace(year=1, month=1, day=1)


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else _WORDS.get(text)
