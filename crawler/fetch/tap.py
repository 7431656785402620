"""The tap on the connection: what Twisted's HTTP/1.1 client writes and reads, kept as the exchange it is.

Twisted's names used here are private; ``tests/fetch/test_contract.py`` says what moved when they move.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.internet.error import ConnectionAborted, ConnectionDone
from twisted.internet.interfaces import IHandshakeListener
from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure as TwistedFailure
from twisted.web._newclient import ParseError
from twisted.web._newclient import Request as TwistedRequest
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.fetch.chunks import ChunkDecoder
from crawler.fetch.outcome import SNIFFED, label_exchange
from crawler.fetch.recording import ExchangeSink
from crawler.fetch.tls import is_tls, tls_session
from crawler.fetch.transcript import MAX_HEADS, Transcript
from crawler.model import Exchange, Purpose, TlsSession, Truncation


@dataclass(frozen=True, slots=True)
class Limits:
    """Where big responses spill to, and how much of them is kept and handed on (bytes; 0: all)."""

    folder: Path | None
    max_body: int
    handed: int


class Errand:
    """One request of the crawl on its way: a fresh attempt for every connection it was sent on."""

    __slots__ = ("attempt", "limits", "method", "proxied", "purpose", "reader", "recorded", "sink", "tls_error", "url")

    def __init__(
        self, url: str, method: str, purpose: Purpose, sink: ExchangeSink, limits: Limits, *, proxied: bool
    ) -> None:
        self.url = url
        self.method = method
        self.purpose = purpose
        self.sink = sink
        self.limits = limits
        self.proxied = proxied
        self.attempt: Attempt | None = None
        self.reader: Any = None
        """Scrapy's reader of the response body, once there is one."""
        self.recorded: list[Future[Any]] = []
        """What the sink promised for each attempt, in order."""
        self.tls_error: BaseException | None = None
        """Why the connection was lost before the TLS handshake was done."""

    def stop(self, truncated: Truncation) -> None:
        """End the attempt under way, if any, where it stands."""
        if self.attempt is not None:
            self.attempt.close("disconnect" if self.attempt.loss is not None else truncated)


class Attempt:
    """One request on one connection, and what came back."""

    __slots__ = ("_connection", "_errand", "_sent", "_transcript", "fault", "loss", "started_at")

    def __init__(self, errand: Errand, connection: TappedProtocol) -> None:
        self._errand = errand
        self._connection = connection
        self._sent: list[bytes] = []
        self._transcript = Transcript(errand.limits.folder, errand.limits.max_body)
        self.started_at = datetime.now(UTC)
        self.fault: BaseException | None = None
        """What the parser could not bear."""
        self.loss: BaseException | None = None
        """Why the connection was lost while the attempt was open."""

    def wrote(self, data: bytes) -> None:
        """Take bytes of the request."""
        self._sent.append(data)

    def received(self, data: bytes) -> None:
        """Take bytes of the response. Raises ``OSError`` (they cannot be kept) or ``ParseError`` (endless heads)."""
        self._transcript.feed(data)
        if self._transcript.overlong:
            raise ParseError(f"head of more than {MAX_HEADS} bytes", b"")

    @property
    def full(self) -> bool:
        """True when more body came than is to be kept."""
        return self._transcript.full

    def close(self, truncated: Truncation | None = None, rest: int = 0) -> None:
        """Hand the exchange over; ``rest`` is the number of last bytes that are not part of it."""
        connection, errand = self._connection, self._errand
        connection.attempt = errand.attempt = None
        transcript = self._transcript
        try:
            transcript.finish(rest)
        except OSError as error:
            return self.discard(error)
        if not connection.ready:
            errand.tls_error = self.loss
        if not (connection.ready and self._sent):
            if (message := transcript.message()) is not None:
                message.close()
            return None
        response = transcript.message()
        if transcript.full:
            truncated = "length"
        outcome, reason = label_exchange(
            errand.method,
            transcript.head,
            transcript.beginning(SNIFFED),
            body_size=transcript.size - len(transcript.head or b""),
            truncated=truncated,
            fault=self.fault,
            loss=self.loss,
            silent=response is None,
        )
        if response is not None:
            response.seek(0)
        exchange = Exchange(
            url=errand.url,
            started_at=self.started_at,
            request=BytesIO(b"".join(self._sent)),
            response=response,
            purpose=errand.purpose,
            outcome=outcome,
            outcome_reason=reason,
            interim=tuple(transcript.interim),
            address=None if errand.proxied else connection.address,
            tls=connection.tls,
            truncated=None if transcript.empty else truncated,
            finished_at=datetime.now(UTC),
        )
        try:
            promise = errand.sink.record(exchange)
        except Exception as error:  # noqa: BLE001  # a sink that refuses ends the crawl by its promise, not here
            exchange.close()
            promise = _broken(error)
        errand.recorded.append(promise)
        return None

    def discard(self, error: OSError) -> None:
        """Give the exchange up because its bytes could not be kept."""
        self._connection.attempt = self._errand.attempt = None
        self._errand.recorded.append(_broken(error))


class _TappedParser(_LenientHTTPClientParser):
    _transferDecoders: ClassVar[dict[bytes, Any]] = {b"chunked": ChunkDecoder}  # noqa: N815


@implementer(IHandshakeListener)
class TappedProtocol(_LenientHTTP11ClientProtocol):
    """Twisted's connection, with a tap on either side. No pipelining: at most one open attempt."""

    transport: Any
    attempt: Attempt | None = None
    ready = False
    """True once bytes can reach the peer: at once, or after the TLS handshake."""
    address: str | None = None
    tls: TlsSession | None = None

    def request(self, txrequest: Any) -> Any:
        """Send a request that carries its errand."""
        if self._state == "QUIESCENT":
            if not self.ready and not is_tls(self.transport):
                self.ready = True
            if self.address is None:
                self.address = getattr(self.transport.getPeer(), "host", None)
            errand: Errand = txrequest.errand
            attempt = errand.attempt = self.attempt = Attempt(errand, self)
            txrequest.writeTo = lambda transport: TwistedRequest.writeTo(txrequest, _Tee(transport, attempt))
        answer = super().request(txrequest)
        if self._parser is not None:
            self._parser.__class__ = _TappedParser  # As Scrapy's own protocol does it.
        return answer

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
        except ParseError as error:
            self._giveUp(TwistedFailure(error))
        else:
            super().dataReceived(data)
            if self.attempt is attempt and attempt.full:
                attempt.close("length")
                if attempt_reader := attempt._errand.reader:
                    attempt_reader._fail_on_dataloss = False
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


class _Tee:
    """A transport that tells an attempt what is written to it."""

    def __init__(self, transport: Any, attempt: Attempt) -> None:
        self._transport = transport
        self._attempt = attempt

    def write(self, data: bytes) -> None:
        self._attempt.wrote(data)
        self._transport.write(data)

    def writeSequence(self, pieces: Iterable[bytes]) -> None:  # noqa: N802
        data = b"".join(pieces)
        self._attempt.wrote(data)
        self._transport.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


def _broken(error: BaseException) -> Future[Any]:
    promise: Future[Any] = Future()
    promise.set_exception(error)
    return promise
