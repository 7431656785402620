"""Moments as every JSON and WARC field of ours writes them, and as archives name their captures by them."""

from __future__ import annotations

from datetime import UTC, datetime


def rfc3339(moment: datetime) -> str:
    """``moment``, which must know its zone, in UTC as RFC 3339 has it: ``2026-11-22T18:00:00.5Z`` without idle zeros.

    Raises ``ValueError`` for a moment without a zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    text = moment.astimezone(UTC).replace(tzinfo=None).isoformat()
    return (text.rstrip("0") if "." in text else text) + "Z"


def read_moment(text: str | None) -> datetime | None:
    """The moment in UTC that a date or date-time of ISO 8601 says, which is UTC's where it names no zone.

    None where nothing is said, for other text, and for a moment that is before or after all years of UTC.
    """
    try:
        moment = datetime.fromisoformat(text or "")
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def of_stamp(stamp: str) -> datetime | None:
    """The moment (UTC) of 14 digits, as web archives write it in addresses and indexes; None where they are none."""
    if len(stamp) != len("20261130080000"):  # of fewer, strptime makes another moment
        return None
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
