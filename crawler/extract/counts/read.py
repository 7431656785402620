"""Reading one printed count."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extract.counts import bounds
from crawler.extract.counts.labels import label_in
from crawler.extract.counts.units import decimal_mark, fold, multipliers
from crawler.model import Count

_LARGEST = 10**12
_LONGEST = 80
_NUMERAL = re.compile(r"\d[\d.,'’٬٫\s\u00a0\u202f]*\d|\d")
_NOT_A_COUNT = re.compile(r"[%$€£¥₹₽]|\d\s*:\s*\d|⁄|\b(?:nan|undefined|null)\b|(?<![\w.])[-\u2212]\d")
_ABOUT = re.compile(
    r"^\s*(?:~|≈|about|around|some|approx\.?|ca\.?|circa"
    r"|etwa|rund|unos|environ|cerca de|около|约|約|total(?: of)?|all)?\s*[:/(\[]?\s*$"
)
_RAISED = re.compile("[²³¹⁰⁴-⁹₀-₉①-⓿❶-➓]")
"""Digits of a power, a note or a formula, which folding makes plain ones."""
_NO_NUMBER = re.compile(r"(?:\de|[^\W\d_][-–]|\d/)$")
"""Before digits that are no number of their own: "1e5", "COVID-19", "1/2"."""
_GREAT = re.compile(r"[亿億兆억조]$")
"""Units that a smaller one may follow in one number, behind a space too: "1 億 2000 万"."""
_AFTER = re.compile(r"^[\s)\].:/·|,]*$")
_COUNTER = re.compile(r"(?:\s?[件個个条條人名则則개명회건]|回(?!視聴|再生)|\s?次(?!观看|播放))?")
"""What East Asian languages put between a number and what it counts; matches the empty string too."""
_JOIN = re.compile(r"^[\s:/(\[.·\-–]*(?:(?<=\s)(?:de|di|of)\s+|(?<=\s)d['’]|の)?$")


_NUMBERED = frozenset(("post", "artikel", "beitrag"))
"""What a number behind it, without a colon, only tells from others: "Artikel 13" of a law."""


def read_count(phrase: str, *, name: str | None = None, language: str | None = None) -> Count | None:
    """The count a phrase prints, or None where it prints none ("undefined Followers", "12%", "3:15").

    ``name`` is what is counted, where the caller knows it; else the phrase's own word tells ("Followers",
    "комментариев"), and a bare number is named ``count``. ``language`` is the page's tag: it decides what ``M`` or
    ``mil`` multiply by and which mark is decimal. Without it, English abbreviations hold, and what cannot be
    settled is None.
    """
    raw = " ".join(phrase[: _LONGEST * 2].split())
    folded = fold(raw)
    if len(raw) > _LONGEST or _NOT_A_COUNT.search(folded) or _RAISED.search(raw) or not re.search(r"\d", folded):
        return None
    labelled = label_in(folded)
    numbers = _numbers(folded, language)
    for before_it, (start, end, value, precision) in zip([None, *numbers], numbers, strict=False):
        before, after = folded[:start], folded[end:]
        if bounds.below(before, after, language):
            continue
        if before_it is not None and before_it[2] < value and bounds.joins_a_range(folded[before_it[1] : start]):
            continue
        plus = bounds.plus(after)
        rest = after[plus.end() :] if plus else after
        if labelled is not None:
            word = labelled[1]
            if word.start() >= end:
                near, far = folded[end + (plus.end() if plus else 0) : word.start()], folded[word.end() :]
                if not _JOIN.match(near) or re.match(r"\s*[:/(]\s*\d", far):
                    continue
            elif word.end() <= start:
                join = folded[word.end() : start]
                if not _JOIN.match(join) and not bounds.is_above(join):
                    continue
                if word[0] in _NUMBERED and not join.strip():
                    continue
                before = folded[word.end() : start]
            else:
                continue
        elif not _AFTER.match(rest) or not (_ABOUT.match(before) or bounds.is_above(before)):
            continue
        if value >= _LARGEST:
            return None
        bound = plus is not None or bounds.above(before)
        found = name or (labelled[0] if labelled else "count")
        return Count(name=found, raw=raw, value=value, lower_bound=bound, precision=precision)
    return None


def name_of(phrase: str) -> str | None:
    """What a label counts: "Follower:innen" or "подписчиков" is ``followers``; None for other words."""
    found = label_in(fold(phrase[:_LONGEST]))
    return found[0] if found else None


def is_bound(words: str) -> bool:
    """True for what makes the number behind it a bound: "over", "weniger als"."""
    folded = fold(words[:_LONGEST])
    return bounds.is_above(folded) or bounds.below(folded, "", None)


def _numbers(folded: str, language: str | None) -> list[tuple[int, int, int, int]]:
    """Each number of the text: its span, value and precision; "1億2345万" is one number."""
    found: list[tuple[int, int, int, int]] = []
    units = _unit_pattern(language)
    for numeral in _NUMERAL.finditer(folded):
        if _NO_NUMBER.search(folded, max(0, numeral.start() - 2), numeral.start()):
            continue
        unit = units.match(folded, numeral.end())
        end = unit.end() if unit else numeral.end()
        end = _COUNTER.match(folded, end).end()  # type: ignore[union-attr]
        if unit is None and re.match(r"[^\W\d_]", folded[end:]) and not label_in(folded[end:]):
            continue  # "3rd", "5x"
        factor = multipliers(language)[unit["unit"]] if unit else 1
        scaled = _scaled(numeral[0], factor, language)
        if scaled is None:
            continue
        value, precision = scaled
        between = folded[found[-1][1] : numeral.start()] if found else ""
        joined = not between or (between.isspace() and _GREAT.search(folded, 0, found[-1][1]))
        if found and joined and found[-1][3] > value:
            start, _, head, _ = found.pop()
            found.append((start, end, head + value, precision))
        else:
            found.append((numeral.start(), end, value, precision))
    return found


def _scaled(numeral: str, factor: int, language: str | None) -> tuple[int, int] | None:
    """A numeral times its unit, exactly, and the unit of its last digit; None where marks or fraction make no sense."""
    digits = re.sub(r"[\s'’٬]", " ", numeral).replace("٫", ".")
    parts = re.split(r"[ ]", digits)
    if len(parts) > 1 and not all(len(part.replace(",", ".").partition(".")[0]) == 3 for part in parts[1:]):
        return None
    digits = "".join(parts)
    marks = [mark for mark in digits if mark in ".,"]
    whole, fraction = digits, ""
    if marks and len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        whole, _, fraction = digits.rpartition(marks[-1])
        if not _grouped(whole, marks[0]):
            return None
    elif marks and (len(marks) > 1 or _is_group(digits, marks[0], factor, language)):
        if not _grouped(digits, marks[0]) or (factor == 1 and marks[0] == decimal_mark(language)):
            return None
    elif marks:
        whole, _, fraction = digits.partition(marks[0])
        if factor > 1 and len(fraction) == 3 and decimal_mark(language) is None:
            return None  # "1.234M": thousands of millions or a fraction, and no language to say which
    whole = re.sub(r"[.,]", "", whole)
    scale = 10 ** len(fraction)
    if factor % scale or not whole or len(whole) > 15:
        return None
    precision = factor // scale
    return int(whole + fraction) * precision, precision


def _is_group(digits: str, mark: str, factor: int, language: str | None) -> bool:
    if not re.fullmatch(r"\d{1,3}[.,]\d{3}", digits):
        return False
    return factor == 1 or mark != (decimal_mark(language) or mark)


def _grouped(digits: str, mark: str) -> bool:
    escaped = re.escape(mark)
    return (
        re.fullmatch(rf"\d+|\d{{1,3}}(?:{escaped}\d{{3}})+|\d{{1,2}}(?:{escaped}\d\d)+{escaped}\d{{3}}", digits)
        is not None
    )


@lru_cache(maxsize=64)
def _unit_pattern(language: str | None) -> re.Pattern[str]:
    words = sorted((re.escape(word).replace(r"\ ", r"\s") for word in multipliers(language)), key=len, reverse=True)
    east = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
    return re.compile(rf"\s?(?P<unit>{'|'.join(words)})(?:(?<={east})|(?![^\W\d_])|(?=[dt][ae]n\s))\.?")
