"""A request as it reaches the proxy, and the reading of it from a socket (RFC 9112, sections 2 to 7)."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass

_MOST_HEAD = 64 * 1024
"""Bytes."""
_MOST_BODY = 64 * 1024 * 1024
"""Bytes."""
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VERSION = re.compile(r"HTTP/1\.[01]")
_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]]+):(\d{1,5})")
_DEFAULT_PORTS = {"http": "80", "https": "443"}


class BadRequestError(Exception):
    """What the client sent is not a request to a proxy; the text says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its absolute URL (for CONNECT ``host:port``), headers in order, and body with the framing removed."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def get(self, name: str) -> str | None:
        """The first header of that name, in any case; None where there is none."""
        wanted = name.lower()
        return next((value for field, value in self.headers if field.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Received:
    """A request, and whether the client wants the connection closed after its answer."""

    asked: Asked
    last: bool


class Reader:
    """Takes lines and bytes off a socket, keeping what came too early for the next request."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._buffer = bytearray()

    @property
    def pending(self) -> bool:
        """Whether bytes have been received that nobody has read."""
        return bool(self._buffer)

    def line(self, limit: int = _MOST_HEAD) -> bytes | None:
        """The next line without its end (CRLF or LF), None at the end of the connection.

        Raises ``BadRequestError`` where it has more than ``limit`` bytes.
        """
        searched = 0
        while (end := self._buffer.find(b"\n", searched, limit)) < 0:
            searched = len(self._buffer)
            if searched >= limit:
                raise BadRequestError("a line of the request's head is too long")
            if not self._fill():
                return None
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line.removesuffix(b"\r")

    def exactly(self, size: int) -> bytes:
        """The next ``size`` bytes; raises ``BadRequestError`` where the connection ends before."""
        while len(self._buffer) < size:
            if not self._fill():
                raise BadRequestError("the request's body ends before its end")
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data

    def _fill(self) -> bool:
        data = self._connection.recv(64 * 1024)
        self._buffer += data
        return bool(data)


def read_request(connection: socket.socket, reader: Reader, base: str | None) -> Received | None:
    """The next request, None where the client has hung up between two.

    ``base`` is ``scheme://authority`` inside a tunnel, where targets are paths; None outside, where they must be
    absolute. Raises ``BadRequestError``.
    """
    start = reader.line()
    while start == b"":  # RFC 9112, 2.2: an empty line before a request is to be ignored
        start = reader.line()
    if start is None:
        return None
    method, target, version = _request_line(start)
    headers = _headers(reader)
    fields = {name.lower(): value for name, value in headers}
    url = target if method == "CONNECT" and base is None else _absolute(target, base)
    if method == "CONNECT":
        if base is not None or not _AUTHORITY.fullmatch(target):
            raise BadRequestError("CONNECT wants host:port")
        body = b""
    else:
        if fields.get("expect", "").lower() == "100-continue":
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = _body(reader, fields)
    wishes = f"{fields.get('connection', '')},{fields.get('proxy-connection', '')}".lower()
    last = "close" in wishes or (version == "HTTP/1.0" and "keep-alive" not in wishes)
    return Received(Asked(method, url, headers, body), last)


def base_url(scheme: str, authority: str) -> str:
    """``scheme://host`` of a CONNECT target, its port left out where it is the scheme's own."""
    host, _, port = authority.rpartition(":")
    return f"{scheme}://{host}" if port == _DEFAULT_PORTS[scheme] else f"{scheme}://{authority}"


def _request_line(line: bytes) -> tuple[str, str, str]:
    words = line.decode("latin-1").split()
    if len(words) != 3 or not _TOKEN.fullmatch(words[0]) or not _VERSION.fullmatch(words[2]):
        raise BadRequestError("no HTTP/1 request line")
    return words[0], words[1], words[2]


def _headers(reader: Reader) -> tuple[tuple[str, str], ...]:
    headers: list[tuple[str, str]] = []
    size = 0
    while line := reader.line():
        size += len(line)
        name, colon, value = line.decode("latin-1").partition(":")
        if size > _MOST_HEAD:
            raise BadRequestError("the request's head is too long")
        if not colon or not _TOKEN.fullmatch(name):
            raise BadRequestError("a header line has no name")
        headers.append((name, value.strip(" \t")))
    if line is None:
        raise BadRequestError("the request's head ends before its end")
    return tuple(headers)


def _absolute(target: str, base: str | None) -> str:
    if target.lower().startswith(("http://", "https://")):
        return target
    if base is None:
        raise BadRequestError("this is a proxy: the request must name an absolute http or https URL")
    if not target.startswith("/") and target != "*":
        raise BadRequestError("the request's target is no path")
    return base + target


def _body(reader: Reader, fields: dict[str, str]) -> bytes:
    if "chunked" in fields.get("transfer-encoding", "").lower():
        return _chunks(reader)
    length = fields.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise BadRequestError("Content-Length is no number")
    if int(length) > _MOST_BODY:
        raise BadRequestError("the request's body is too large")
    return reader.exactly(int(length))


def _chunks(reader: Reader) -> bytes:
    body = bytearray()
    while True:
        line = reader.line()
        try:
            size = int((line or b"").partition(b";")[0].strip(), 16)
        except ValueError as error:
            raise BadRequestError("a chunk has no size") from error
        if size < 0 or len(body) + size > _MOST_BODY:
            raise BadRequestError("the request's body is too large")
        if size == 0:
            break
        body += reader.exactly(size)
        if reader.line() != b"":
            raise BadRequestError("a chunk is longer than it says")
    while reader.line():  # trailers
        pass
    return bytes(body)
