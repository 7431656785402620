"""Names of months and phrases of time past in the languages of the press, from CLDR."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from crawler.extract.cldr import base, said_of

_NAMES = (
    "en es fr de it pt ru ja zh ko ar nl pl tr sv da nb fi cs sk hu ro bg uk el he fa ur hi bn ta te mr gu pa ml kn si "
    "ne th vi id ms fil sw af ca eu gl cy ga is et lv lt sl hr bs sr mk sq be az kk uz ky ka hy mn my km lo mt am nn "
    "sr_Latn"
)
LANGUAGES = tuple(_NAMES.split())
"""CLDR's names; the order settles nothing, it only tries frequent languages first."""

_MORE_MONTHS = {
    "en": {"sept": 9, "sep": 9},
    "de": {"jänner": 1, "jän": 1, "feber": 2, "mrz": 3, "sept": 9},
    "fr": {
        "janv": 1,
        "fév": 2,
        "févr": 2,
        "avr": 4,
        "juil": 7,
        "sept": 9,
        "déc": 12,
        "fevrier": 2,
        "aout": 8,
        "decembre": 12,
    },
    "es": {"setiembre": 9, "sept": 9, "sep": 9, "set": 9},
    "tr": {"subat": 2, "mayis": 5, "agustos": 8, "eylul": 9, "kasim": 11, "aralik": 12},
    "ar": {"ابريل": 4, "اغسطس": 8, "اكتوبر": 10, "أكتوبر": 10},
    "hi": {"दिसम्बर": 12, "नवम्बर": 11, "सितम्बर": 9},
    "ru": {
        "янв": 1,
        "фев": 2,
        "мар": 3,
        "апр": 4,
        "июн": 6,
        "июл": 7,
        "авг": 8,
        "сен": 9,
        "сент": 9,
        "окт": 10,
        "ноя": 11,
        "дек": 12,
    },
    "id": {"agt": 8, "agu": 8, "nop": 11, "nopember": 11, "pebruari": 2},
}
_WHOLE = re.compile(r"[^\W\d_]+")


def region(language: str) -> str | None:
    """The country of a language tag, upper case: ``en-us`` is of ``US``."""
    found = re.search(r"[-_]([A-Za-z]{2})(?:$|[-_])", language.strip())
    return found[1].upper() if found else None


def known(languages: Iterable[str]) -> tuple[str, ...]:
    """Those of the given tags that are known here, as Babel names them, each once."""
    return tuple(dict.fromkeys(code for tag in languages if (code := base(tag)) in LANGUAGES))


@cache
def months(language: str) -> dict[str, int]:
    """Month names of a language, wide and abbreviated, in every case CLDR has, folded and without the closing dot."""
    names: dict[str, int] = dict(said_of(language)["months"])
    names.update((fold(name), number) for name, number in _MORE_MONTHS.get(language, {}).items())
    return names


@lru_cache(maxsize=256)
def month_pattern(
    languages: tuple[str, ...], only: frozenset[str] | None = None
) -> tuple[str, dict[str, frozenset[int]]]:
    """A regular expression for the month names of some languages, and what each name can mean there.

    ``only`` are the names that matter: a pattern of all languages' names takes long to compile.
    """
    meanings: dict[str, set[int]] = {}
    for language in languages:
        for name, number in months(language).items():
            if only is None or name in only:
                meanings.setdefault(name, set()).add(number)
    ordered = sorted(meanings, key=len, reverse=True)
    # A Hebrew month carries its preposition as a prefix.
    pattern = rf"(?<![^\W\d_])ב?(?P<name>{'|'.join(map(re.escape, ordered))})(?![^\W\d_])"
    return pattern, {name: frozenset(numbers) for name, numbers in meanings.items()}


def months_in(text: str) -> frozenset[str]:
    """Month names of any language that stand in a folded text, be it inside of words."""
    plain, others = _month_names()
    found = plain.intersection(_WHOLE.findall(text))
    return found.union(name for name in others if name in text and (name.isascii() or not text.isascii()))


@cache
def _month_names() -> tuple[frozenset[str], tuple[str, ...]]:
    """Those that are one word in Latin, Greek or Cyrillic letters, and the others."""
    names = {name for language in LANGUAGES for name in months(language)}
    plain = frozenset(name for name in names if re.fullmatch(r"[a-z\u00df-\u024f\u0370-\u052f]+", name))
    return plain, tuple(sorted(names - plain))


@cache
def past_phrases(language: str) -> tuple[tuple[str, str, str, int | None], ...]:
    """A language's "3 hours ago": a word it must hold, pattern (group 1: the number), unit, the number if spoken."""
    return tuple((key, pattern, unit, spoken) for key, pattern, unit, spoken in said_of(language)["ago"])


def fold(text: str) -> str:
    """Text for comparison: lower case, compatibility forms unified, every script's digits as 0 to 9."""
    unified = unicodedata.normalize("NFKC", text.replace("\u200f", "").replace("\u200e", "")).lower()
    unified = unified.replace("i\u0307", "i")  # what Python makes of the dotted capital I
    if unified.isascii():
        return unified
    return "".join(str(unicodedata.digit(mark)) if mark.isdigit() and not mark.isascii() else mark for mark in unified)


def merged(hints: Sequence[str]) -> tuple[str, ...]:
    """The languages hinted at, with English, which pages of every language print dates in."""
    return tuple(dict.fromkeys((*known(hints), "en")))
