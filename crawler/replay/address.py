"""Where a capture is shown: ``/web/<time><modifier>/<URL>``, as Wayback Machines write it, and the times in it."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote

PREFIX = "/web/"
RAW = "id_"
"""Modifier for the body as archived."""
PAGE = "mp_"
"""Modifier for a page made ready for a frame; also ``if_`` for a page inside a page."""
_PATH = re.compile(r"/web/(?:(\d{1,14}|\*|\d{1,13}\*)([a-z]{2}_)?/|([a-z]{2}_)/)?(.+)", re.DOTALL)
_SCHEME = re.compile(r"(https?):/{0,3}(?=[^/])", re.IGNORECASE)
_FIRST = "00010101000000"
_UNITS: tuple[tuple[int, dict[str, int]], ...] = (
    (12, {"second": 59}),
    (10, {"second": 59, "minute": 59}),
    (8, {"second": 59, "minute": 59, "hour": 23}),
    (6, {"second": 59, "minute": 59, "hour": 23}),
    (4, {"second": 59, "minute": 59, "hour": 23, "day": 31, "month": 12}),
)
"""What the last second of a time looks like that is given to this many digits."""


class AddressError(ValueError):
    """A path that names no capture; the text says what was expected."""


@dataclass(frozen=True, slots=True)
class Address:
    """A capture asked for: the URL as archived, the time (1 to 14 digits, a pattern with ``*``, or None), the form."""

    url: str
    stamp: str | None = None
    modifier: str = ""

    @property
    def at(self) -> datetime | None:
        """The time that is meant; None for the latest capture."""
        return moment_of(self.stamp) if self.stamp and "*" not in self.stamp else None

    def path(self) -> str:
        """The path that :func:`parse_address` reads."""
        return f"{PREFIX}{self.stamp or ''}{self.modifier}{'/' if self.stamp or self.modifier else ''}{self.url}"


def parse_address(path: str, query: str = "") -> Address:
    """The capture that a request's path (percent-encoded as it came) and query ask for. Raises ``AddressError``."""
    match = _PATH.fullmatch(path)
    if match is None:
        raise AddressError("expected /web/<time>/<URL>, such as /web/20261122/https://example.com/")
    url = archived_url(match[4] + (f"?{query}" if query else ""))
    address = Address(url, match[1], match[2] or match[3] or "")
    _ = address.at  # a time that is none is told here
    return address


def archived_url(text: str) -> str:
    """A URL as people and clients write it (encoded as a whole, without scheme, with one slash) as an archive has it.

    Raises ``AddressError`` for what is no http or https URL.
    """
    text = text.strip()
    if re.match(r"https?%3a", text, re.IGNORECASE):
        text = unquote(text)
    match = _SCHEME.match(text)
    url = f"{match[1].lower()}://{text[match.end() :]}" if match else f"http://{text}"
    host = url.partition("://")[2]
    if not re.match(r"[^\s/?#\\]+", host) or (not match and re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", text, re.IGNORECASE)):
        raise AddressError(f"{text[:100]!r} is no http or https URL")
    return url.partition("#")[0]


def stamp_of(moment: datetime) -> str:
    """``moment`` as 14 digits, UTC."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def moment_of(stamp: str, *, last: bool = False) -> datetime:
    """The first (or the ``last``) second of what 1 to 14 digits stand for. Raises ``AddressError``."""
    try:
        if len(stamp) < 4:
            raise ValueError(stamp)
        moment = datetime.strptime(stamp + _FIRST[len(stamp) :], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        if not last or len(stamp) >= 14:
            return moment
        unit = next(unit for digits, unit in _UNITS if len(stamp) >= digits)
        month = {**unit, "day": monthrange(moment.year, moment.month)[1]} if len(stamp) == 6 else unit
        return moment.replace(**month)  # type: ignore[arg-type]
    except (ValueError, StopIteration):
        raise AddressError(f"{stamp} is no time: expected 4 to 14 digits, year first") from None
