"""Figures with their units: what a number is, however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from crawler.stories.number_words import has_characters, meanings
from crawler.stories.wording import Wording

_TO_TWENTY = """
zero one two three four five six seven eight nine ten
eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
"""
_WRITTEN = {word: number for number, word in enumerate(_TO_TWENTY.split()) if word != "one"} | {"dozen": 12}
_TO_HUNDRED = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * at for at, word in enumerate(_TO_HUNDRED.split(), 2)}
_ONES = {word: number for number, word in enumerate(_TO_TWENTY.split()) if 0 < number < 10}
MULTIPLES = {
    word: factor
    for factor, words in (
        (12, "dozen"),
        (10**2, "hundred hundert"),
        (
            10**3,
            "thousand k tausend mille mil mila duizend tusen tysiące tysięcy tisíc tisíce тыс тысяч тысячи bin ribu",
        ),
        (
            10**6,
            "million millions mn m mio mln millionen millón millones milione milioni milhão milhões miljoen miljon",
        ),
        (10**6, "miljoner millioner milion miliony milionów milionu milionů млн миллион миллиона миллионов мільйон"),
        (10**6, "мільйони мільйонів milyon juta miljoonaa"),
        (
            10**9,
            "billion billions bn milliarde milliarden milliard milliards mrd miliardo miliardi mld miljard miljarder",
        ),
        (
            10**9,
            "miliard miliardy miliardów млрд миллиард миллиарда миллиардов мільярд мільярди мільярдів milyar miliar",
        ),
        (10**12, "trillion trillions"),
    )
    for word in words.split()
}
_UNITS = {
    form: forms.split()[0]
    for forms in """
        percent % pct per-cent prozent pourcent
        km kilometre kilometres kilometer kilometers
        miles mile mi
        metres metre meters meter m
        feet foot ft
        kg kilogram kilograms kilo kilos
        pounds lb lbs
        tonnes tonne tons ton
        litres litre liters liter
        gallons gallon
        hectares hectare ha
        acres acre
        °c celsius
        °f fahrenheit
        seconds second secs
        minutes minute mins min
        hours hour hrs
        days day
        weeks week
        months month
        years year
        dollars dollar $ usd us$
        euros euro € eur
        pounds-sterling £ gbp
        yen ¥ jpy
        yuan renminbi cny
        rupees rupee ₹ inr
        roubles rouble rubles ruble ₽
    """.strip().splitlines()
    for form in forms.split()
}
_GROUPING = "[ \u00a0\u202f\u2009]"
_NUMBER = rf"(?:(?<!\d)\d{{1,3}}(?:{_GROUPING}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
_FIGURE = re.compile(
    rf"(?P<sign>[$€£¥₹₽])?(?P<number>{_NUMBER})(?P<percent>\s?%)?(?:(?P<glued>k|m|mn|bn)\b)?", re.IGNORECASE
)
_TOKEN = re.compile(rf"[$€£¥₹₽]?{_NUMBER}(?:\s?%)?(?:(?:k|m|mn|bn)\b)?|[^\W\d_]+(?:-[^\W\d_]+)?|°[CF]", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")


NUMBER_WORDS = frozenset((*_WRITTEN, *_TENS))
"""English words of numbers that are one word each."""
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_BELONGING = frozenset((*NUMBER_WORDS, *MULTIPLES, *_UNITS, "per"))
_SIGN = re.compile("[$€£¥₹₽%°]")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a sentence."""

    value: str
    """In digits, without grouping: ``6400000``."""
    printed: str
    unit: str | None = None
    """Its unit of measure or currency in one form, where it has one."""

    @property
    def is_year(self) -> bool:
        """True for what is most likely a year."""
        return self.unit is None and _YEAR.match(self.printed) is not None


@lru_cache(maxsize=1 << 12)
def figures_of(sentence: str) -> tuple[Figure, ...]:
    """The figures of a sentence in order; ``one`` is none, for it is an article more often."""
    return tuple(_figures(sentence))


def changed_figures(originals: Sequence[Wording], copies: Sequence[Wording]) -> list[str]:
    """Figures of a copy's sentences that those of the original do not have, in order, each beside the one it replaced.

    A figure left out is no change: rewriters drop them.
    """
    counted = [pair for sentence in copies for pair in _with_unit(sentence)]
    if not counted:
        return []
    if not any(_SIGN.search(sentence.printed) for sentence in copies) and {
        pair for sentence in originals for pair in _with_unit(sentence)
    }.issuperset(counted):
        return []
    after = [figure for sentence in copies for figure in figures_of(sentence.printed)]
    before = [figure for sentence in originals for figure in figures_of(sentence.printed)]
    known = {figure.value for figure in before}
    new = list({figure.value: figure for figure in after if figure.value not in known}.values())
    if new:
        written = meanings(originals)
        new = [figure for figure in new if figure.value not in written]
    kept = {figure.value for figure in after}
    left = [figure for figure in before if figure.value not in kept]
    changes = []
    for figure in new:
        replaced = next((old for old in left if old.is_year == figure.is_year), None)
        if replaced is not None:
            left.remove(replaced)
        changes.append(f"{replaced.printed if replaced else ''} → {figure.printed}".strip())
    return changes + _other_units(before, after)


def _with_unit(sentence: Wording) -> list[tuple[str, str]]:
    """Every figure and the word after it where that may belong to it.

    Where all of a copy's are the original's, nothing changed.
    """
    words = sentence.words
    if has_characters(sentence.plain):
        return [(number, "") for number in _DIGITS.findall(sentence.plain)]
    if NUMBER_WORDS.isdisjoint(words) and _DIGIT.search(sentence.plain) is None:
        return []
    found = []
    for at, word in enumerate(words, 1):
        if word[0].isdigit() or word in NUMBER_WORDS:
            after = words[at] if at < len(words) else ""
            found.append((word, after if after in _BELONGING or after[:1].isdigit() else ""))
    return found


def _other_units(before: Sequence[Figure], after: Sequence[Figure]) -> list[str]:
    """Numbers that stand in both with another unit: ``10 miles → 10 km``."""
    measured: dict[str, dict[str, Figure]] = {}
    for figure in before:
        if figure.unit:
            measured.setdefault(figure.value, {}).setdefault(figure.unit, figure)
    return [
        f"{_measured(next(iter(measured[figure.value].values())))} → {_measured(figure)}"
        for figure in after
        if figure.unit and figure.value in measured and figure.unit not in measured[figure.value]
    ]


def _measured(figure: Figure) -> str:
    """A figure with its unit, where that is not in what is printed: ``$300``, ``10 miles``."""
    return figure.printed if _SIGN.search(figure.printed) else f"{figure.printed} {figure.unit}"


def _figures(sentence: str) -> Iterator[Figure]:
    tokens = _TOKEN.findall(sentence)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        read = _number_of(token)
        if read is None:
            continue
        number, unit = read
        printed = [token]
        while at < len(tokens) and (multiple := MULTIPLES.get(tokens[at].lower())) and not _is_multiple(token):
            if tokens[at].lower() == "m" and unit is None:
                break
            number *= multiple
            printed.append(tokens[at])
            at += 1
        if unit is None and at < len(tokens):
            unit = _UNITS.get(tokens[at].lower())
            if unit is None and [word.lower() for word in tokens[at : at + 2]] == ["per", "cent"]:
                unit = _UNITS["percent"]
        yield Figure(f"{number:.6f}".rstrip("0").rstrip("."), " ".join(printed), unit)


def _number_of(token: str) -> tuple[float, str | None] | None:
    """The number a token tells, and its unit where that is in it (``$6.4m``, ``five``); None where it tells none."""
    if token[0].isalpha():
        lower = token.lower()
        written = _written(lower) if lower in NUMBER_WORDS or "-" in lower else None
        return None if written is None else (written, None)
    found = _FIGURE.fullmatch(token)
    if found is None:
        return None
    number = _value(found["number"])
    if found["glued"]:
        number *= MULTIPLES[found["glued"].lower()]
    return number, _UNITS["percent"] if found["percent"] else _UNITS.get(found["sign"] or "")


def _is_multiple(token: str) -> bool:
    """True where a multiple is part of the token already: ``6.4m``."""
    return token[-1:].isalpha() and token[:1].isdigit()


def _value(printed: str) -> float:
    """``1,212`` and ``1.212`` are whole numbers, ``6.4`` and ``6,4`` are not."""
    printed = re.sub(_GROUPING, "", printed)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", printed):
        return float(printed.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", printed):
        return float(printed.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+[.,]\d+", printed):
        return float(printed.replace(",", "."))
    digits = re.sub(r"\D", "", printed)
    return float(digits)


def _written(word: str) -> int | None:
    if word in _WRITTEN:
        return _WRITTEN[word]
    if word in _TENS:
        return _TENS[word]
    tens, _, ones = word.partition("-")
    return _TENS[tens] + _ONES[ones] if tens in _TENS and ones in _ONES else None
