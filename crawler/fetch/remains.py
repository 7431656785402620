"""What came of a response that Scrapy's parser gives up: made a response again, by the rules that read the archive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO

from scrapy.http import Headers, Request, Response
from scrapy.responsetypes import responsetypes
from twisted.web._newclient import HTTPClientParser

from crawler.archive.http_head import Head, MessageError, read_head
from crawler.archive.message import payload_pieces
from crawler.model import Outcome
from crawler.model.outcome import IS_BROKEN

SHORTENED = "shortened"
"""Flag of a response whose body Scrapy has only the beginning of; the archive has what came."""
DATALOSS = "dataloss"
"""Scrapy's flag of a response whose body broke off."""

_TRANSFER_CODED = re.compile(rb"\ntransfer-encoding[ \t]*:[^\r\n]*(?:gzip|deflate|br|zstd)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Remains:
    """A response's head and as much of its payload as is handed on."""

    head: Head
    body: bytes
    flags: tuple[str, ...]

    def response(self, request: Request) -> Response:
        """The response to ``request`` that Scrapy would have made, without the fields of the connection."""
        headers = Headers(encoding="latin-1")
        for name, value in self.head.fields:
            if name.lower() not in HTTPClientParser.CONNECTION_CONTROL_HEADERS:
                headers.appendlist(name, value)
        kind: type[Response] = responsetypes.from_args(headers=headers, url=request.url, body=self.body)
        return kind(request.url, status=self.head.status or 0, headers=headers, body=self.body, flags=list(self.flags))


def is_transfer_coded(head: bytes) -> bool:
    """Whether a body was compressed for the way only (RFC 9112, section 7.2), which Twisted cannot undo."""
    return _TRANSFER_CODED.search(head) is not None


def read_remains(message: BinaryIO, outcome: Outcome, limit: int) -> Remains | None:
    """The remains of ``message``, a response with a whole head; None where that is no head of HTTP.

    ``limit`` is the number of bytes of the body to hand on (0: all). Raises ``OSError``.
    """
    message.seek(0)
    try:
        head, _ = read_head(message)
    except MessageError:
        return None
    if head.status is None:
        return None
    body = bytearray()
    for piece in payload_pieces(head, message):
        body += piece
        if limit and len(body) > limit:
            break
    flags = [DATALOSS] if outcome in IS_BROKEN else []
    if limit and len(body) > limit:
        flags.append(SHORTENED)
        del body[limit:]
    return Remains(head, bytes(body), tuple(flags))
