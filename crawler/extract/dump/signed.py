"""Bylines of a dump: the people in one, and the date at its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crawler.extract.dump.printed import printed_date
from crawler.extract.names.names import people_in

_DATE_WORDS = 5
"""Words of the longest date at a byline's end."""


def signers(byline: str) -> tuple[str, ...]:
    """The people of a byline, whatever the label before its colon."""
    label, colon, rest = byline.partition(":")
    return people_in(rest if colon and len(label.split()) <= 2 else byline)


def part_byline(text: str, captured_at: datetime | None, languages: Sequence[str] = ()) -> tuple[str, str]:
    """A byline and the date at its end, behind a bar or none: "By Ada Winter Mar 5, 2024"."""
    printed, bar, date = text.partition("|")
    words = text.split()
    ends = range(max(2, len(words) - _DATE_WORDS), len(words)) if not bar else ()
    dates = {first: printed_date(" ".join(words[first:]), captured_at, languages) for first in ends}
    values = {first: reading.value for first, reading in dates.items() if reading and reading.value}
    if values:
        whole = next(iter(values.values()))
        first = max(first for first, value in values.items() if value == whole)  # the rest is the name's
        return " ".join(words[:first]).rstrip(" ,-–—·("), " ".join(words[first:])
    return printed, date.strip()
