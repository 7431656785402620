"""What "K", "Mio." or "万" multiply by, language by language: CLDR's compact number tables, inverted."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from crawler.extract.cldr import base, said_of

_ENGLISH = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "million": 10**6, "millions": 10**6,
    "b": 10**9, "bn": 10**9, "billion": 10**9, "t": 10**12, "tn": 10**12, "trillion": 10**12,
    "lakh": 10**5, "lakhs": 10**5, "lac": 10**5, "crore": 10**7, "crores": 10**7, "cr": 10**7, "hundred": 100,
}  # fmt: skip
"""Printed on pages of every language; a language's own table goes first."""

_MORE: dict[str, dict[str, int]] = {
    "de": {"tsd": 10**3, "tausend": 10**3, "mill": 10**6, "mio": 10**6, "mrd": 10**9},
    "fr": {"mille": 10**3, "mio": 10**6},
    "it": {"mila": 10**3, "mille": 10**3},
    "es": {"mill": 10**6, "millón": 10**6, "millones": 10**6},
    "nl": {"dzd": 10**3, "duizend": 10**3},
    "ru": {"т": 10**3, "к": 10**3},
    "uk": {"к": 10**3},
    "ja": {"千": 10**3, "萬": 10**4},
    "zh": {"千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "w": 10**4},
    "ko": {"천": 10**3},
    "hi": {"हजार": 10**3, "करोड": 10**7},
    "vi": {"k": 10**3, "nghìn": 10**3, "ngàn": 10**3},
    "id": {"ribu": 10**3, "juta": 10**6, "miliar": 10**9},
    "pt": {"mil": 10**3, "mi": 10**6, "bi": 10**9, "milhão": 10**6, "milhões": 10**6},
    "ar": {"الف": 10**3, "ألف": 10**3},
    "fi": {"t": 10**3, "tuhatta": 10**3},
    "sv": {"tn": 10**3, "tusen": 10**3},
    "da": {"tusind": 10**3},
    "nb": {"tusen": 10**3},
}


@lru_cache(maxsize=128)
def multipliers(language: str | None) -> dict[str, int]:
    """Unit words of a language, folded and without closing dot, and what each multiplies by.

    Without a language: the English ones, and those of other scripts and languages that mean the same in all of them.
    """
    if language is None:
        return {**_unanimous(), **_ENGLISH}
    code = base(language)
    own = {**_inverted(code), **_MORE.get(code, {})}
    if code == "zh" and language.lower() != "zh":
        own = {**_inverted("zh_Hant"), **own}
    return {**_ENGLISH, **own}


def decimal_mark(language: str | None) -> str | None:
    """The mark between whole and fraction in a language (``,`` in German); None where it is unknown."""
    if language is None:
        return None
    mark = said_of(base(language)).get("decimal")
    return mark if mark in {".", ","} else None


def fold(text: str) -> str:
    """Text for comparison: lower case, compatibility forms unified, every script's digits as 0 to 9."""
    unified = unicodedata.normalize("NFKC", text).lower()
    if unified.isascii():
        return unified
    return "".join(str(unicodedata.digit(mark)) if mark.isdigit() and not mark.isascii() else mark for mark in unified)


def _inverted(code: str) -> dict[str, int]:
    found: dict[str, int] = said_of(code).get("units", {})
    return found


@lru_cache(maxsize=1)
def _unanimous() -> dict[str, int]:
    seen: dict[str, set[int]] = {}
    for code in (*_MORE, "pl", "cs", "tr", "he", "el", "hu", "ro", "th", "bn", "sr", "bg"):
        for unit, factor in {**_inverted(code), **_MORE.get(code, {})}.items():
            seen.setdefault(unit, set()).add(factor)
    return {unit: factors.pop() for unit, factors in seen.items() if len(factors) == 1}
