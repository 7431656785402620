"""Parts of a body: which one a ``Range`` field asks for, so that archived sound and film can be wound to any place.

RFC 9110, section 14. Parts that lie apart are not sent: the whole is then, as section 14.2 allows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

_FIELD = re.compile(r"bytes=(.+)", re.IGNORECASE | re.ASCII)
_PART = re.compile(r"(\d{1,19})-(\d{1,19})?|-(\d{1,19})", re.ASCII)
_COMPLETE = re.compile(r"bytes 0-(\d{1,19})/(\d{1,19})", re.IGNORECASE | re.ASCII)
_MOST_PARTS = 32
"""Parts that one request may ask for; with more, the whole is sent (RFC 9110, 14.2)."""
_PIECE = 1 << 18
"""Bytes read at a time."""


class UnsatisfiableError(Exception):
    """No byte that was asked for is there: 416, with ``field`` as its ``Content-Range``."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the body has {size} bytes")
        self.field = f"bytes */{size}"


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes ``first`` to ``last``, both included, of a body of ``size`` bytes."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        """The number of its bytes."""
        return self.last - self.first + 1

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The fields of a 206 that carries it."""
        return [("Content-Range", f"bytes {self.first}-{self.last}/{self.size}"), ("Content-Length", str(self.length))]

    def pieces(self, stream: BinaryIO) -> Iterator[bytes]:
        """Its bytes out of the whole body, which is read from its start and closed at the end."""
        with stream:
            for _ in _read(stream, self.first):
                pass
            yield from _read(stream, self.length)


def part_asked(
    get: Callable[[str], str | None], size: Callable[[], int], *, etag: str | None = None, date: str | None = None
) -> Part | None:
    """The part that the fields of a GET ask for (``get`` finds one by its name in lower case); None for the whole body.

    ``size`` is called where the answer depends on it. ``etag`` and ``date`` (``Last-Modified``) are the body's own, and
    ``If-Range`` has to name one of them. Raises ``UnsatisfiableError``.
    """
    asked = _FIELD.fullmatch(get("range") or "")
    if asked is None or get("if-range") not in (None, _strong(etag), date):
        return None
    matches = [_PART.fullmatch(part.strip()) for part in asked[1].split(",", _MOST_PARTS)]
    wanted = [(match[1], match[2], match[3]) for match in matches if match]
    if len(wanted) < len(matches) or any(last is not None and int(last) < int(first) for first, last, _ in wanted):
        return None
    whole = size()
    spans = sorted(span for one in wanted if (span := _span(*one, whole)) is not None)
    if not spans:
        raise UnsatisfiableError(whole)
    first, last = spans[0]
    for begin, end in spans[1:]:
        if begin > last + 1:
            return None
        last = max(last, end)
    return Part(first, last, whole) if whole else None


def is_complete(content_range: str | None) -> bool:
    """Whether an archived 206 with this ``Content-Range`` holds the whole body, as crawling browsers ask for it."""
    match = _COMPLETE.fullmatch(content_range or "")
    return match is not None and int(match[1]) + 1 == int(match[2])


def _strong(etag: str | None) -> str | None:
    return etag if etag and etag.startswith('"') else None


def _span(first: str | None, last: str | None, suffix: str | None, size: int) -> tuple[int, int] | None:
    """Bytes of a body, None where it has none of them (section 14.1.2)."""
    if suffix is not None:
        return (max(0, size - int(suffix)), size - 1) if int(suffix) else None
    begin = int(first or 0)
    return (begin, min(int(last), size - 1) if last is not None else size - 1) if begin < size else None


def _read(stream: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0 and (piece := stream.read(min(size, _PIECE))):
        size -= len(piece)
        yield piece
