"""A request of the crawl on its way, its attempts, and how each becomes an exchange for the archive."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, Protocol

from crawler.fetch.cut_short import cut_short, is_coded
from crawler.fetch.masking import masked_request, masked_response
from crawler.fetch.outcome import SNIFFED, label_exchange
from crawler.fetch.recording import ExchangeSink
from crawler.fetch.remains import Remains, is_transfer_coded, read_remains
from crawler.fetch.transcript import Transcript
from crawler.model import Exchange, Outcome, Purpose, TlsSession, Truncation
from crawler.model.outcome import IS_BROKEN


@dataclass(frozen=True, slots=True)
class Limits:
    """Where big responses spill to, and how much of them is kept and handed on (bytes; 0: all)."""

    folder: Path | None
    max_body: int
    handed: int


class Connection(Protocol):
    """What an attempt knows of the connection it was sent on."""

    attempt: Attempt | None
    ready: bool
    """True once bytes can reach the peer: at once, or after the TLS handshake."""
    address: str | None
    tls: TlsSession | None


class Errand:
    """One request of the crawl on its way: a fresh attempt for every connection it was sent on."""

    __slots__ = (
        "attempt", "ending", "limits", "login", "method", "out_of_time", "proxy", "purpose", "reader", "recorded",
        "remains", "resolved", "robots", "secrets", "sink", "tls_error", "url",
    )  # fmt: skip

    def __init__(
        self, url: str, method: str, purpose: Purpose, sink: ExchangeSink, limits: Limits, *, proxy: str | None
    ) -> None:
        self.url = url
        self.method = method
        self.purpose = purpose
        self.sink = sink
        self.limits = limits
        self.proxy = proxy
        """``host:port`` of the proxy it goes through, if any."""
        self.secrets: tuple[str, ...] = ()
        """Names of request fields whose values are not archived: a key belongs to the user, not to the collection."""
        self.attempt: Attempt | None = None
        self.reader: Any = None
        """Scrapy's reader of the response body, once there is one."""
        self.recorded: list[Future[Any]] = []
        """What the sink promised for each attempt, in order."""
        self.ending: tuple[Outcome, str | None] | None = None
        """How the last attempt ended, as it was recorded."""
        self.remains: Remains | None = None
        """What came of its response, where Scrapy's parser cannot read it to its end."""
        self.tls_error: BaseException | None = None
        """Why the connection was lost before the TLS handshake was done."""
        self.out_of_time = False
        """Whether it was broken off because the server took too long."""
        self.login = False
        """Whether it carries the operator's credentials, which are to be masked in the archive."""
        self.robots: str | None = None
        self.resolved: Callable[[], tuple[str, ...]] = tuple
        """Tells the addresses that the host's name has."""

    def stop(self, truncated: Truncation) -> None:
        """End the attempt under way, if any, where it stands."""
        if self.attempt is not None:
            self.attempt.close("disconnect" if self.attempt.loss is not None else truncated)


class Attempt:
    """One request on one connection, and what came back."""

    __slots__ = (
        "_connection", "_sent", "_transcript", "asked", "errand", "fault", "last_byte", "loss", "started_at"
    )  # fmt: skip

    def __init__(self, errand: Errand, connection: Connection) -> None:
        self.errand = errand
        self._connection = connection
        self._sent: list[bytes] = []
        self._transcript = Transcript(errand.limits.folder, errand.limits.max_body)
        self.started_at = datetime.now(UTC)
        self.asked = 0.0
        """When the request was sent, on the monotonic clock in seconds; 0 before."""
        self.last_byte = 0.0
        """When the last byte came, or the request was sent."""
        self.fault: BaseException | None = None
        """What the parser could not bear."""
        self.loss: BaseException | None = None
        """Why the connection was lost while the attempt was open."""

    def wrote(self, data: bytes) -> None:
        """Take bytes of the request."""
        self._sent.append(data)
        self.asked = self.last_byte = monotonic()

    def received(self, data: bytes) -> None:
        """Take bytes of the response. Raises ``OSError`` where they cannot be kept."""
        self.last_byte = monotonic()
        self._transcript.feed(data)

    def bear(self, seconds: float) -> None:
        """Count time in which nothing could be read not against the server."""
        if self.last_byte:
            self.asked += seconds
            self.last_byte += seconds

    @property
    def has_head(self) -> bool:
        """True once the final head is complete."""
        return self._transcript.head is not None

    @property
    def full(self) -> bool:
        """True when more came than is to be kept: of a body, or of heads without end."""
        return self._transcript.full or self._transcript.overlong

    def close(self, truncated: Truncation | None = None, rest: int = 0) -> None:
        """Hand the exchange over; ``rest`` is the number of last bytes that are not part of it."""
        connection, errand = self._connection, self.errand
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
        if self.full:
            truncated = "length"
        errand.ending, errand.remains = self._label(truncated, silent=response is None), None
        try:
            if response is not None:
                if errand.ending[0] is Outcome.OK and is_coded(transcript.head or b"") and (cut := cut_short(response)):
                    coding, by_connection = cut
                    errand.ending = Outcome.ABORTED, f"200, broken off: its {coding} coding stops before its end"
                    truncated = "disconnect" if by_connection else None
                errand.remains = self._remains(response, errand.ending[0])
                response.seek(0)
            exchange = self._exchange(response, truncated, *errand.ending)
        except OSError as error:
            return self.discard(error)
        self._hand_over(exchange)
        return None

    def discard(self, error: OSError) -> None:
        """Give the exchange up because its bytes could not be kept."""
        self._connection.attempt = self.errand.attempt = None
        self._transcript.drop()
        self.errand.recorded.append(broken(error))

    def _label(self, truncated: Truncation | None, *, silent: bool) -> tuple[Outcome, str | None]:
        transcript = self._transcript
        return label_exchange(
            self.errand.method,
            transcript.head,
            transcript.beginning(SNIFFED),
            body_size=transcript.size - len(transcript.head or b""),
            truncated=truncated,
            fault=self.fault,
            loss=self.loss,
            silent=silent,
        )

    def _remains(self, response: BinaryIO, outcome: Outcome) -> Remains | None:
        """What the spider gets of a response that Scrapy's parser cannot read. Raises ``OSError``."""
        head = self._transcript.head
        if head is None or not (outcome in IS_BROKEN or is_transfer_coded(head)):
            return None
        return read_remains(response, outcome, self.errand.limits.handed)

    def _exchange(
        self, response: BinaryIO | None, truncated: Truncation | None, outcome: Outcome, reason: str | None
    ) -> Exchange:
        """What is archived, the operator's secrets masked in it. Raises ``OSError``."""
        connection, errand, transcript = self._connection, self.errand, self._transcript
        request, masked = masked_request(
            b"".join(self._sent), login=errand.login, proxied=errand.proxy is not None, secrets=errand.secrets
        )
        if errand.login and response is not None and transcript.head is not None:
            response, more = masked_response(response, transcript.head)
            masked += more
        return Exchange(
            url=errand.url,
            started_at=self.started_at,
            request=BytesIO(request),
            response=response,
            purpose=errand.purpose,
            outcome=outcome,
            outcome_reason=reason,
            interim=tuple(transcript.interim),
            address=None if errand.proxy else connection.address,
            tls=connection.tls,
            truncated=None if transcript.empty else truncated,
            finished_at=datetime.now(UTC),
            resolved=errand.resolved(),
            robots=errand.robots,
            masked=masked,
        )

    def _hand_over(self, exchange: Exchange) -> None:
        try:
            promise = self.errand.sink.record(exchange)
        except Exception as error:  # noqa: BLE001  # a sink that refuses ends the crawl by its promise, not here
            exchange.close()
            promise = broken(error)
        self.errand.recorded.append(promise)


def broken(error: BaseException) -> Future[Any]:
    """The promise of a sink that cannot keep what it was given."""
    promise: Future[Any] = Future()
    promise.set_exception(error)
    return promise
