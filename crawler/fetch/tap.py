"""The tap on the connection: what Twisted's HTTP/1.1 client writes and reads, kept as the exchange it is.

Twisted's names used here are private; ``tests/fetch/test_contract.py`` says what moved when they move.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from ipaddress import ip_address
from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTPClientParser,
)
from twisted.internet.error import ConnectionAborted, ConnectionDone
from twisted.internet.interfaces import IHandshakeListener
from twisted.internet.protocol import connectionDone
from twisted.internet.ssl import Certificate
from twisted.python.failure import Failure as TwistedFailure
from twisted.web._newclient import HTTP11ClientProtocol
from twisted.web._newclient import Request as TwistedRequest
from twisted.web.http import _IdentityTransferDecoder
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.archive.http_head import EMPTY_LINE
from crawler.fetch.chunks import ChunkDecoder
from crawler.fetch.errand import Attempt, Errand
from crawler.fetch.tls import is_tls, tls_session
from crawler.fetch.transcript import MAX_HEADS
from crawler.fetch.transport import Brake, Tee
from crawler.model import TlsSession

RECEIVED_AT_ONCE = 1 << 18
"""Bytes taken from a connection at a time: each piece passes a dozen calls, and Twisted takes but 64 KiB."""
_LONG = 1 << 13
"""Bytes above which a piece is looked through for the end of the head, so that Twisted need not split it into lines."""


class _TransferDecoders(dict[bytes, Any]):
    """What reads a body by its transfer codings (RFC 9112, section 6.3): chunks where they were applied last.

    Other codings stay on the body; ``crawler.fetch.remains`` removes them.
    """

    def __missing__(self, codings: bytes) -> Any:
        last = codings.rpartition(b",")[2].strip()
        return ChunkDecoder if last == b"chunked" else partial(_IdentityTransferDecoder, None)


class _TappedParser(_LenientHTTPClientParser):
    MAX_LENGTH = 2 * MAX_HEADS  # Of a line: the transcript bounds the heads.
    _transferDecoders = _TransferDecoders()  # noqa: N815  # as in the base class
    connHeaders: Any  # noqa: N815

    def dataReceived(self, data: bytes) -> None:
        """Read the lines of the head apart from the body: Twisted copies all that follows a line for each of them."""
        if self.line_mode and len(data) > _LONG and (found := EMPTY_LINE.search(data)):
            # The empty line goes with the body: no response ends before what came after it is at hand.
            super().dataReceived(data[: found.start() + 1])
            data = data[found.start() + 1 :]
        super().dataReceived(data)

    def allHeadersReceived(self) -> None:  # noqa: N802
        """Read several fields of transfer codings as one, and ``identity`` as none."""
        fields = self.connHeaders.getRawHeaders(b"Transfer-Encoding")
        if fields is not None:
            codings = [coding.strip() for coding in b",".join(fields).lower().split(b",")]
            codings = [coding for coding in codings if coding not in (b"", b"identity")]
            self.connHeaders.removeHeader(b"Transfer-Encoding")
            if codings:
                self.connHeaders.setRawHeaders(b"Transfer-Encoding", [b",".join(codings)])
        super().allHeadersReceived()


@implementer(IHandshakeListener)
class TappedProtocol(HTTP11ClientProtocol):
    """Twisted's connection, with a tap on either side. No pipelining: at most one open attempt."""

    transport: Any
    _brake: Brake
    _peer: tuple[Any, Any] | None = None
    attempt: Attempt | None = None
    ready = False
    """True once bytes can reach the peer: at once, or after the TLS handshake."""
    address: str | None = None
    tls: TlsSession | None = None

    def request(self, txrequest: Any) -> Any:
        """Send a request that carries its errand."""
        if self._state != "QUIESCENT":
            return super().request(txrequest)  # which refuses it
        if not self.ready and not is_tls(self.transport):
            self.ready = True
        if self.address is None:
            self.address = getattr(self.transport.getPeer(), "host", None)
            self.transport.bufferSize = RECEIVED_AT_ONCE
        errand: Errand = txrequest.errand
        attempt = errand.attempt = self.attempt = Attempt(errand, self)
        txrequest.writeTo = lambda transport: TwistedRequest.writeTo(txrequest, Tee(transport, attempt))
        answer = super().request(txrequest)
        parser: Any = self._parser
        parser.__class__ = _TappedParser  # As Scrapy's own protocol does it.
        self._brake = self._transportProxy = parser.transport = Brake(self.transport)
        return answer.addCallback(self._introduce)

    def handshakeCompleted(self) -> None:  # noqa: N802
        """Called by the TLS layer: what was written so far goes out now."""
        self.ready = True
        self.tls = tls_session(self.transport)
        if self.attempt is not None:
            self.attempt.started_at = datetime.now(UTC)

    def dataReceived(self, data: bytes) -> None:
        """Keep the bytes, then let Twisted parse them."""
        attempt = self.attempt
        if attempt is None:
            # Nobody asked: the parser is gone, or a server speaks first on an idle connection.
            super().dataReceived(data)
            return
        try:
            attempt.received(data)
        except OSError as error:
            attempt.discard(error)
            self._hang_up(error)
        else:
            brake = self._brake
            brake.hold()
            super().dataReceived(data)
            brake.settle()
            if self.attempt is attempt and attempt.full:
                attempt.close("length")
                self._hang_up(ConnectionAborted())

    def connectionLost(self, reason: Any = connectionDone) -> None:
        """Close what is open; whether a body without length is complete depends on how the connection ended."""
        attempt = self.attempt
        if attempt is not None:
            attempt.loss = reason.value
        super().connectionLost(reason)
        if self.attempt is attempt and attempt is not None:
            attempt.close("disconnect")

    def _finishResponse(self, rest: bytes) -> None:
        attempt = self.attempt
        if attempt is not None:
            clean = attempt.loss is None or isinstance(attempt.loss, ConnectionDone)
            attempt.close(None if clean else "disconnect", rest=len(rest))
        super()._finishResponse(rest)

    def _giveUp(self, reason: TwistedFailure) -> None:  # noqa: N802
        if self.attempt is not None:
            self.attempt.fault = reason.value
            self.attempt.close("unspecified")
        super()._giveUp(reason)

    def _introduce(self, response: Any) -> Any:
        """Let a response say whom it came from, as Scrapy's own protocol does, which asks anew for each of them."""
        if self._peer is None:
            certificate, address = None, None
            with suppress(AttributeError):
                certificate = Certificate(self.transport.getPeerCertificate())
            with suppress(AttributeError):
                address = ip_address(self.transport.getPeer().host)
            self._peer = certificate, address
        response._scrapy_certificate, response._scrapy_ip_address = self._peer
        return response

    def _hang_up(self, error: BaseException) -> None:
        self.transport.abortConnection()
        self._disconnectParser(TwistedFailure(error))


class TappedFactory(_LenientHTTP11ClientFactory):
    """Makes tapped connections for the pool."""

    def buildProtocol(self, addr: Any) -> TappedProtocol:
        """A connection that returns to the pool when it is quiet."""
        return TappedProtocol(self._quiescentCallback)


class ErrandPool:
    """The pool as one errand sees it: every request it sends on a connection of the pool carries the errand."""

    __slots__ = ("_errand", "_pool", "persistent")

    def __init__(self, pool: Any, errand: Errand) -> None:
        self._pool = pool
        self._errand = errand
        self.persistent = pool.persistent

    def getConnection(self, key: Any, endpoint: Any) -> Any:  # noqa: N802
        """A connection of the pool, or a new one; Twisted's retry on a stale one included."""
        return self._pool.getConnection(key, endpoint).addCallback(_ErrandConnection, self._errand)


class _ErrandConnection:
    __slots__ = ("_connection", "_errand")

    def __init__(self, connection: Any, errand: Errand) -> None:
        self._connection = connection
        self._errand = errand

    def request(self, txrequest: Any) -> Any:
        txrequest.errand = self._errand
        return self._connection.request(txrequest)
