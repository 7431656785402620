"""Names of months and phrases of time past in the languages of the press, from CLDR by way of Babel."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

_NAMES = (
    "en es fr de it pt ru ja zh ko ar nl pl tr sv da nb fi cs sk hu ro bg uk el he fa ur hi bn ta te mr gu pa ml kn si "
    "ne th vi id ms fil sw af ca eu gl cy ga is et lv lt sl hr bs sr mk sq be az kk uz ky ka hy mn my km lo mt am nn "
    "sr_Latn"
)
LANGUAGES = tuple(_NAMES.split())
"""Babel's names; the order settles nothing, it only tries frequent languages first."""

_VARIANTS = {
    "de": ("de_AT",),
    "ar": ("ar_LB", "ar_DZ", "ar_MA"),
    "es": ("es_PE",),
    "sr": ("sr_Latn",),
    "en": ("en_AU", "en_GB"),
}
_ALIASES = {
    "no": "nb",
    "iw": "he",
    "in": "id",
    "tl": "fil",
    "ji": "yi",
    "sh": "sr",
    "cn": "zh",
    "jp": "ja",
    "kr": "ko",
    "ua": "uk",
}
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
_UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
_SPOKEN = {"zero": 0, "one": 1, "two": 2}


def base(language: str) -> str:
    """A language tag as Babel names the language alone: ``en-US`` is ``en``, ``no`` is ``nb``."""
    code = re.split(r"[-_]", language.strip().lower(), maxsplit=1)[0]
    return _ALIASES.get(code, code)


def region(language: str) -> str | None:
    """The country of a language tag, upper case: ``en-us`` is of ``US``."""
    found = re.search(r"[-_]([A-Za-z]{2})(?:$|[-_])", language.strip())
    return found[1].upper() if found else None


def known(languages: Iterable[str]) -> tuple[str, ...]:
    """Those of the given tags that are known here, as Babel names them, each once."""
    return tuple(dict.fromkeys(code for tag in languages if (code := base(tag)) in LANGUAGES))


@lru_cache(maxsize=128)
def months(language: str) -> dict[str, int]:
    """Month names of a language, wide and abbreviated, in every case CLDR has, folded and without the closing dot."""
    names: dict[str, int] = {}
    for locale in (language, *_VARIANTS.get(language, ())):
        for form in _data(locale)["months"].values():
            for width in ("wide", "abbreviated"):
                for number, name in dict(form.get(width) or {}).items():
                    folded = fold(name).rstrip(".")
                    if number <= 12 and len(folded) >= 2 and not re.search(r"\d", folded):
                        names.setdefault(folded, number)
    names.update((fold(name), number) for name, number in _MORE_MONTHS.get(language, {}).items())
    return names


@lru_cache(maxsize=64)
def month_pattern(languages: tuple[str, ...]) -> tuple[str, dict[str, frozenset[int]]]:
    """A regular expression for the month names of some languages, and what each name can mean there."""
    meanings: dict[str, set[int]] = {}
    for language in languages:
        for name, number in months(language).items():
            meanings.setdefault(name, set()).add(number)
    ordered = sorted(meanings, key=len, reverse=True)
    # A Hebrew month carries its preposition as a prefix.
    pattern = rf"(?<![^\W\d_])ב?(?P<name>{'|'.join(map(re.escape, ordered))})(?![^\W\d_])"
    return pattern, {name: frozenset(numbers) for name, numbers in meanings.items()}


@lru_cache(maxsize=128)
def past_phrases(language: str) -> tuple[tuple[str, re.Pattern[str], str, int | None], ...]:
    """A language's "3 hours ago": a word it must hold, pattern (group 1: the number), unit, the number if spoken."""
    return tuple(_past_phrases(language))


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


def _past_phrases(language: str) -> Iterator[tuple[str, re.Pattern[str], str, int | None]]:
    fields = _data(language)["date_fields"]
    seen: set[str] = set()
    for unit in _UNITS:
        for width in ("", "-short"):
            for plural, phrase in dict(dict(fields.get(unit + width) or {}).get("past") or {}).items():
                folded = fold(phrase)
                if (
                    folded in seen
                    or folded.startswith(("-", "+"))
                    or not re.search(r"[^\W\d_]", folded.replace("{0}", ""))
                ):
                    continue
                seen.add(folded)
                words = r"\s*".join(re.escape(word) for word in re.split(r"\s+|(?=\{0\})|(?<=\{0\})", folded) if word)
                number = None if "{0}" in folded else _SPOKEN.get(plural)
                if "{0}" not in folded and number is None:
                    continue
                pattern = words.replace(re.escape("{0}"), r"(?<![\d.,:/])(\d{1,3})").replace(r"\.", r"\.?")
                edge = r"(?<![^\W\d_])", r"(?![^\W\d_])"
                if re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]", folded):
                    edge = "", ""  # written without spaces
                key = max(folded.replace("{0}", " ").split(), key=len).rstrip(".")
                yield key, re.compile(edge[0] + pattern + edge[1]), unit, number


def _data(locale: str) -> Any:
    from babel.localedata import LocaleDataDict, load  # only where a phrase is neither ISO nor English

    data: Any = load(locale)
    return LocaleDataDict(data)
