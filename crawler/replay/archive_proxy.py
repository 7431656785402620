"""What the proxy over an archive answers: for each request the capture nearest to one time, and never a live page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO
from urllib.parse import urldefrag

from crawler.archive import ArchiveError
from crawler.replay.asked import Asked
from crawler.replay.holdings import Held, Holdings
from crawler.replay.memento import http_date
from crawler.replay.miss import miss_page
from crawler.replay.proxy import Answer, respond
from crawler.replay.ranges import Part, UnsatisfiableError, is_complete, part_asked
from crawler.replay.shown import field, pieces

_PER_HOP = frozenset(
    {"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
     "upgrade", "content-length", "content-encoding", "alt-svc", "proxy-connection"}
)  # fmt: skip
"""Fields of a connection that is long gone; the body is sent with its codings removed."""
_REMEMBERED = frozenset({"strict-transport-security", "public-key-pins", "expect-ct", "nel", "report-to", "set-cookie"})
"""Fields that would change what the browser does with the live site, after the archive is closed."""

_AT_ONCE = 1 << 20
"""Bytes of a body that is sent with its length; of a longer one the length is not known before its end."""


class ArchiveProxy:
    """Answers from ``holdings`` as of ``at`` (None for the latest of each); for :class:`~.proxy.ProxyServer`."""

    def __init__(self, holdings: Holdings, at: datetime | None = None) -> None:
        self._holdings = holdings
        self._at = at

    def __call__(self, asked: Asked) -> Answer:
        """The archived response with its status, fields and body, and ``Memento-Datetime``; 404 where there is none."""
        self._holdings.keep_fresh()
        url = urldefrag(asked.url)[0]
        if asked.method not in ("GET", "HEAD"):
            text = f"An archive answers GET and HEAD; this was {asked.method}."
            return _miss(asked, 405, url, text, ("Allow", "GET, HEAD"))
        try:
            held = self._holdings.find(url, self._at)
            if held is None:
                return _miss(asked, 404, url, "There is no capture of this address.")
            return self._answer(asked, held)
        except UnsatisfiableError as error:
            return _miss(asked, 416, url, f"Not so long: {error}.", ("Content-Range", error.field))
        except ArchiveError as error:
            return _miss(asked, 502, url, f"The capture cannot be read: {error}")

    def _answer(self, asked: Asked, held: Held) -> Answer:
        """``held`` as a response. Raises ``ArchiveError``, and ``UnsatisfiableError`` for a part that it has not."""
        status, fields = _head(held)
        if status < 200 or status in (204, 304):
            return respond(asked, status, fields)
        if asked.method == "HEAD":
            return respond(asked, status, [*fields, ("Content-Length", str(self._holdings.size(held)))])
        if status == 200:
            given = {name.lower(): value for name, value in fields}
            etag, date = given.get("etag"), given.get("last-modified")
            part = part_asked(asked.get, lambda: self._holdings.size(held), etag=etag, date=date)
            if part is not None:
                return Answer(_partly(asked, fields, part, held.open()))
        with held.open() as stream:
            body = stream.read(_AT_ONCE + 1)
            if len(body) <= _AT_ONCE:
                return respond(asked, status, fields, body)
        head = b"".join(respond(asked, status, [*fields, ("Transfer-Encoding", "chunked")]).chunks)
        return Answer(_chunked(head, held))


def _head(held: Held) -> tuple[int, list[tuple[str, str]]]:
    """The status and the fields that a capture is answered with: its own, and what tells that it is a memento."""
    capture = held.capture
    status = capture.status_given
    fields = [(name, field(value)) for name, value in capture.headers if name.lower() not in _PER_HOP | _REMEMBERED]
    if not any(name.lower() == "content-type" for name, _ in fields) and capture.mime:
        fields.append(("Content-Type", capture.mime))
    fields += [
        ("Memento-Datetime", http_date(capture.captured_at)),
        ("X-Archive-Record", capture.record.id),
        ("X-Archive-Collection", held.archive.encode("ascii", "replace").decode()),
    ]
    part = next((value for name, value in reversed(fields) if name.lower() == "content-range"), None)
    if status == 200 or (status == 206 and is_complete(part)):
        fields = [(name, value) for name, value in fields if name.lower() not in ("accept-ranges", "content-range")]
        return 200, [*fields, ("Accept-Ranges", "bytes")]
    return status, fields


def _partly(asked: Asked, fields: list[tuple[str, str]], part: Part, stream: BinaryIO) -> Iterator[bytes]:
    yield from respond(asked, 206, [*fields, *part.fields]).chunks
    yield from part.pieces(stream)


def _chunked(head: bytes, held: Held) -> Iterator[bytes]:
    """A body of unknown length, piece by piece (RFC 9112, section 7.1)."""
    yield head
    for piece in pieces(held.open()):
        yield b"%x\r\n%b\r\n" % (len(piece), piece)
    yield b"0\r\n\r\n"


def _miss(asked: Asked, status: int, url: str, text: str, *fields: tuple[str, str]) -> Answer:
    about = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store"), *fields]
    return respond(asked, status, about, miss_page(url, text))
