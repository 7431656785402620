"""One HTTP exchange as it was on the wire: what ``fetch`` hands to ``archive``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Literal

from crawler.model.outcome import Outcome
from crawler.model.purpose import Purpose

Truncation = Literal["length", "time", "disconnect", "unspecified"]
"""Why a response ends before its end (WARC 1.1, section 5.13)."""


@dataclass(frozen=True, slots=True)
class TlsSession:
    """What was negotiated below HTTP. ``chain`` holds the peer's certificates in DER, leaf first."""

    protocol: str
    """As WARC-Protocol names it: ``tls/1.2``, ``tls/1.3``."""
    cipher: str
    verified: bool
    error: str | None = None
    """Why the certificate did not verify; None where it did."""
    chain: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its final response, byte for byte; the files are seekable and owned by whoever holds them."""

    url: str
    started_at: datetime
    """When the first byte of the request was sent, UTC."""
    request: BinaryIO
    response: BinaryIO | None
    """The final response message from its status line on, codings kept; None where no byte of it came."""
    purpose: Purpose
    outcome: Outcome
    outcome_reason: str | None = None
    interim: tuple[bytes, ...] = ()
    """The heads of 1xx responses that came before the final one."""
    address: str | None = None
    """IP address of the peer; None behind a proxy, which resolves the name itself."""
    tls: TlsSession | None = None
    truncated: Truncation | None = None
    finished_at: datetime | None = None
    """When the last byte of the response came, UTC."""
    resolved: tuple[str, ...] = ()
    """The addresses that the host's name had when the connection was made; none for an address or behind a proxy."""
    robots: str | None = None
    """What the site's robots.txt says of it, in words; None where it was not asked."""
    masked: tuple[str, ...] = ()
    """Names of header fields whose values were replaced, because they hold the operator's secrets."""

    def close(self) -> None:
        """Release the files."""
        self.request.close()
        if self.response is not None:
            self.response.close()


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that left no byte to archive: kept in the ledger only."""

    url: str
    started_at: datetime
    purpose: Purpose
    outcome: Outcome
    message: str
