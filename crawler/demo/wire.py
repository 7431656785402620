"""HTTP responses as the demo's servers write them: bytes of a whole message, coded and framed in several ways."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from http import HTTPStatus

import brotli

_CHUNK = 4096
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a server has to say, before it is coded and framed for one client."""

    status: int
    body: bytes
    media_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    coding: str | None = None
    """``br`` or ``gzip``: the content coding the server prefers, used where the client takes it."""
    chunked: bool = False
    validated: bool = False
    """Send ETag and Last-Modified, and 304 to a client that has it already."""
    hints: tuple[str, ...] = ()
    """Values of Link headers sent ahead in a 103 response."""
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A response on the wire."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    """As framed and coded; empty in answer to HEAD."""
    interim: bytes = b""
    """Heads of 1xx responses that go before."""
    delay: float = 0.0
    """Seconds until the server answers."""

    @property
    def head(self) -> bytes:
        """Status line and headers of the final response."""
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    @property
    def message(self) -> bytes:
        """Every byte the client receives."""
        return self.interim + self.head + self.body


def reply(content: Content, method: str, asked: Mapping[str, str], now: datetime) -> Reply:
    """``content`` for a client that asked with ``method`` and the headers ``asked`` (names in lower case)."""
    headers = [("Date", format_datetime(now, usegmt=True)), *content.headers]
    if content.validated:
        tag = f'"{sha256(content.body).hexdigest()[:16]}"'
        headers += [("ETag", tag), ("Last-Modified", _LAST_MODIFIED)]
        if asked.get("if-none-match") == tag or (
            "if-none-match" not in asked and asked.get("if-modified-since") == _LAST_MODIFIED
        ):
            return Reply(304, tuple(headers), b"", delay=content.delay)
    body = content.body
    headers.append(("Content-Type", content.media_type))
    if content.coding:
        headers.append(("Vary", "Accept-Encoding"))
        if content.coding in _codings(asked.get("accept-encoding", "")):
            headers.append(("Content-Encoding", content.coding))
            body = _code(body, content.coding)
    if content.chunked:
        headers.append(("Transfer-Encoding", "chunked"))
        body = _chunks(body)
    else:
        headers.append(("Content-Length", str(len(body))))
    hints = "".join(f"Link: {hint}\r\n" for hint in content.hints)
    interim = f"HTTP/1.1 103 Early Hints\r\n{hints}\r\n".encode("latin-1") if hints else b""
    return Reply(content.status, tuple(headers), b"" if method == "HEAD" else body, interim, content.delay)


_LAST_MODIFIED = "Fri, 15 Mar 2024 17:42:00 GMT"


def _code(body: bytes, coding: str) -> bytes:
    if coding == "gzip":
        return gzip.compress(body, 6, mtime=0)
    coded: bytes = brotli.compress(body, quality=5)  # type: ignore[no-untyped-call]
    return coded


def _codings(accepted: str) -> set[str]:
    wishes = (wish.partition(";") for wish in accepted.lower().split(","))
    return {name.strip() for name, _, weight in wishes if weight.strip() not in {"q=0", "q=0.0"}}


def _chunks(body: bytes) -> bytes:
    pieces = [body[start : start + _CHUNK] for start in range(0, len(body), _CHUNK)]
    framed = [b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces]
    return b"".join(framed) + b"0\r\n\r\n"
