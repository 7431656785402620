"""The date that a line of a dump's head prints, alone or run together with the words before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from crawler.extract.dates import DateReading, read_date
from crawler.extract.witnesses.date_words import says_modified, says_published

AGO = re.compile(r"\bago\b|^(?:vor|hace|il y a|há|fa)\s|назад|\bfa$|temu|önce|前$|전$|yesterday|today|just now", re.I)
_SEAM = re.compile(r"[^\W\d_A-ZÀ-Þ](?=[A-ZÀ-Þ\d])")
_SEAMS = 6


def printed_date(text: str, captured_at: datetime | None, languages: Sequence[str] = ()) -> DateReading | None:
    """The date of a short line that is little else."""
    if len(text) > 60 or not (any(map(str.isdigit, text)) or AGO.search(text)):
        return None
    reading = read_date(text, captured_at=captured_at, languages=languages)
    if reading is None:
        return None
    letters = re.findall(r"[^\W\d_]{2,}", text)
    return (
        reading
        if len(letters) <= 8 and (reading.value or reading.earliest or AGO.search(text) or len(letters) <= 3)
        else None
    )


def glued_date(
    text: str, captured_at: datetime | None, languages: Sequence[str] = ()
) -> tuple[str, DateReading] | None:
    """The words and the date of a line that runs them together: "Ada WinterMarch 5, 2024"."""
    if len(text) > 80 or not text[-1:].isdigit():
        return None
    for seam in islice(_SEAM.finditer(text), _SEAMS):
        if reading := printed_date(text[seam.end() :], captured_at, languages):
            return text[: seam.end()], reading
    return None


def is_update(text: str) -> bool:
    """Whether a line says that its date is that of a change."""
    lower = text.lower()
    return says_modified(lower) and not says_published(lower)


def unlabelled(before: str) -> str:
    """Words before a date; nothing for those that only call it one."""
    return (
        ""
        if before.casefold() in {"date", "datum", "fecha", "data", "published", "published on", "дата", "日期"}
        else before
    )
