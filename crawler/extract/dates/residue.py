"""What is left for dateparser: words such as "gestern" or "hace una hora", and calendars and spellings we do not know.

dateparser guesses freely, so its answer counts only where two different anchors give the same complete date (then it is
absolute), or where a capture time is known and the phrase is one of elapsed time. It never sees the clock.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from crawler.extract.dates.names import known, months_in
from crawler.extract.dates.reading import Open
from crawler.extract.dates.relative import Ago
from crawler.extract.wording import word_set

_NAMES = "en es fr de it pt ru ja zh ko ar nl pl tr sv da nb fi cs hu ro uk el he fa hi id vi th"
_FREQUENT = tuple(_NAMES.split())
_ENGLISH_TOO = ("en",)
_BASES = (datetime(2003, 1, 6, 12), datetime(2016, 8, 18, 12))  # noqa: DTZ001 - dateparser's anchors are naive
_LABEL = re.compile(
    r"^(?:(?:first|last|originally)?\s*(?:published|updated|posted|modified|revised|created|added|date|on|at|"
    r"by)|zuletzt|aktualisiert"
    r"|veröffentlicht|stand|erstellt|am|vom|publiée?|mise? à jour|modifié|le|publicad[oa]|actualizad[oa]"
    r"|atualizad[oa]|em|el|pubblicato|aggiornato|il|опубликовано|обновлено|opublikowano|aktualizacja|"
    r"gepubliceerd|bijgewerkt"
    r"|publicerad|uppdaterad|publiceret|opdateret|publisert|oppdatert|julkaistu|päivitetty|yayınlanma|"
    r"güncelleme|diterbitkan|diperbarui"
    r"|公開日?|更新日?|掲載|发布|更新|發佈|등록|입력|수정|승인|نشر|تحديث)(?![^\W\d_])[\s:.,\-–—]*"
)
_WESTERN = frozenset(("en", "de", "fr", "es", "it", "pt", "nl"))
_EASTERN = frozenset(("ja", "zh", "ko"))
_RELATIVE_THERE = re.compile("[昨今前先去本明翌日天]|어제|오늘|그제|전|지난|이번")
_BEYOND_LATIN = re.compile(r"[^\W\d_\0-\u024f]")
_RELATIVE = re.compile(
    r"day|ago\b|now\b|last|past|week|month|year|hour|minut|second|night|morning|evening|\bvor\b|gestern|heute|stunde|tag"
    r"|woche|monat|jahr|mittwoch|letzt|jetzt|hier|aujourd|heure|jour|semaine|mois|année|\ban\b|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche|il y a|hace\b|ayer|hoy|hora|d[ií]a|semana|mes\b|meses|año|lunes|martes|miércoles|jueves"
    r"|viernes|s[áa]bado|domingo|\bfa\b|ieri|oggi|\bor[ae]\b|giorn|settiman|mes[ei]\b|ann[oi]\b|dì\b|sabato|domenica"
    r"|ontem|hoje|mês|\banos?\b|feira|há\b|gister|vandaag|\buur\b|dag|maand|jaar|geleden|wczoraj|dzis|igår|idag|kemarin"
    r"|\bi (?:går|dag)\b|dnes\b|včera|tänään|eilen\b|bugün|\bdün\b|tegnap|\bma\b|ast[aă]zi|\bhôm\b|\bhari\b"
)
"""Without one of these a phrase of such a language is no date that is left over: dateparser takes long to find out."""
_NAMED_DAYS = {
    "en": ("today", "yesterday"), "de": ("heute", "gestern"), "fr": ("aujourd'hui", "hier"), "es": ("hoy", "ayer"),
    "it": ("oggi", "ieri"), "pt": ("hoje", "ontem"), "nl": ("vandaag", "gisteren"),
}  # fmt: skip
"""What the day and the one before are called; dateparser, which knows them too, takes long to load."""
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_OF_TIME = word_set(
    "three four five seven eight nine eleven twelve about around exactly couple over past this next noon midnight "
    "zwei drei vier fünf sechs sieben acht neun zehn eine einem einer einen etwa rund knapp über fast mittag "
    "mitternacht deux trois quatre cinq sept huit neuf onze douze environ quelques midi minuit cuatro cinco seis siete "
    "ocho nueve diez once doce unos unas varias desde quattro cinque sette otto nove dieci circa alcuni alcune poco "
    "três quatro sete oito nove cerca algumas alguns twee drie vier vijf zeven acht negen tien enkele paar"
)
"""Longer words of such phrases beside those of time."""
_READING_TIME = re.compile(
    r"\bmin(?:s|ute[sn]?|uten|uti|utos?)?\b[^·|•]*\b(?:read|lees|lese|lecture|lectura|lettura|leitura|чтен)|lesezeit"
)


def read_residue(text: str, languages: Sequence[str], captured: datetime | None) -> date | Ago | Open | None:
    """A day, an elapsed time, ``OPEN`` for a relative phrase without a capture, or None.

    ``text`` is folded and holds no time of day; ``captured`` is in UTC.
    """
    hints = known(languages)
    western = _WESTERN.issuperset(hints) if hints else _BEYOND_LATIN.search(text) is None
    if western and not _RELATIVE.search(text):
        return None
    if hints and _EASTERN.issuperset(hints) and not text.isascii() and not _RELATIVE_THERE.search(text):
        return None
    for piece in re.split(r"\s[|·•—–]\s|[|·•\n]", text):
        phrase = _unlabelled(piece)
        if phrase is None or (western and not _may_be_relative(phrase)):
            continue
        if (days := _named_day(phrase, hints)) is not None:
            return Open.OPEN if captured is None else Ago(days, "calendar-day", 0, 0)
        if found := _read(phrase, hints, captured):
            return found
    return None


def _named_day(phrase: str, hints: tuple[str, ...]) -> int | None:
    """How many days ago it was, for the name of a day."""
    for language in (*hints, "en") if hints else _NAMED_DAYS:
        if phrase in (names := _NAMED_DAYS.get(language, ())):
            return names.index(phrase)
    return None


def _may_be_relative(phrase: str) -> bool:
    """Whether each longer word is one that such phrases consist of."""
    return "@" not in phrase and all(
        word in _OF_TIME or _RELATIVE.search(word) or months_in(word) for word in _LONG_WORD.findall(phrase)
    )


def _unlabelled(piece: str) -> str | None:
    phrase = piece.strip(" \t,;:()[]-–—")
    for _ in range(3):
        phrase = _LABEL.sub("", phrase)
    words = re.findall(r"[^\W\d_]+", phrase)
    if not words or len(phrase) > 40 or len(words) > 5 or _READING_TIME.search(phrase):
        return None
    if re.search(r"\d", phrase) and len(words) < 2:
        return None  # "5 min" is a length, not a date
    return phrase


def _read(phrase: str, hints: tuple[str, ...], captured: datetime | None) -> date | Ago | Open | None:
    first, second = (_parse(phrase, hints, anchor) for anchor in _BASES)
    if first is None or second is None:
        return None
    if first.date_obj.date() == second.date_obj.date():
        whole = {"year", "month", "day"} <= set(first.parts)
        return first.date_obj.date() if whole and 1600 <= first.date_obj.year < 2200 else None
    past = first.date_obj <= _BASES[0] + timedelta(days=1)
    if not past:
        return None
    if captured is None:
        return Open.OPEN
    naive = captured.replace(tzinfo=None)
    anchored = _parse(phrase, hints, naive)
    return _ago(naive - anchored.date_obj, anchored.period) if anchored else None


def _ago(span: timedelta, period: str) -> date | Ago | None:
    seconds = span.total_seconds()
    if period in {"week", "month", "year"}:
        return Ago(None if seconds < 0 else 1, period, 0, 0)
    if seconds < -86400:
        return None
    if 0 < seconds < 3600 and seconds % 60 == 0:
        return Ago(int(seconds // 60), "minute", 0, 0)
    if 0 < seconds < 86400 and seconds % 3600 == 0:
        return Ago(int(seconds // 3600), "hour", 0, 0)
    days = round(seconds / 86400)
    return Ago(days, "week-or-day" if days == 7 else "calendar-day", 0, 0)


def _parse(phrase: str, hints: tuple[str, ...], anchor: datetime) -> Any:
    # Each language that is asked takes long to load: all of them only where the page names none.
    for languages in (hints, _ENGLISH_TOO) if hints else (_FREQUENT,):
        with warnings.catch_warnings():  # dateparser warns of day-less formats, pytz of local time; neither concerns us
            warnings.simplefilter("ignore")
            try:
                found = _parser(languages, anchor).get_date_data(phrase)
            except (ValueError, TypeError, AttributeError, IndexError, KeyError, OverflowError, RecursionError):
                continue  # its tokenisers fall over odd input in many ways
        if found is not None and found.date_obj is not None:
            found.date_obj = found.date_obj.replace(tzinfo=None)  # a zone it found in the words is not settled here
            return found
    return None


@lru_cache(maxsize=16)
def _parser(languages: tuple[str, ...], anchor: datetime) -> Any:
    from dateparser.date import DateDataParser  # 0.1 s to import, and rarely needed

    settings = {"RELATIVE_BASE": anchor, "TIMEZONE": "UTC", "PREFER_DATES_FROM": "past"}
    names = [code for code in languages if code in _SPOKEN_BY_DATEPARSER]
    return DateDataParser(languages=names or ["en"], settings=settings)


_SPOKEN_BY_DATEPARSER = frozenset(_FREQUENT) | {
    "bg",
    "sr",
    "hr",
    "sk",
    "sl",
    "et",
    "lv",
    "lt",
    "ca",
    "gl",
    "eu",
    "bn",
    "ta",
    "te",
    "ur",
    "ms",
    "sw",
    "be",
    "kk",
    "ka",
}
