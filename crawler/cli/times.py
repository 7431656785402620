"""Times as a user writes them on the command line."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime


def moment(words: str) -> datetime:
    """The moment that ``words`` (ISO 8601, or a WARC timestamp of 14 digits) name; UTC where no offset is given.

    Raises ``argparse.ArgumentTypeError`` for anything else.
    """
    try:
        when = datetime.strptime(words, "%Y%m%d%H%M%S") if len(words) == 14 and words.isdigit() else None  # noqa: DTZ007
        when = when or datetime.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words!r} is no time; write it as 2026-11-22T18:00:00Z") from None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
