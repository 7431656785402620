"""Scrapy's HTTP/1.1 download handler, tapped: what it sends and receives is archived before Scrapy gets a response."""

from __future__ import annotations

import tempfile
import threading
from collections import deque
from concurrent.futures import Future
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urldefrag

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, IgnoreRequest, StopDownload
from scrapy.http import Request, Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from crawler.fetch.address import AddressGuard, GuardedReactor
from crawler.fetch.breaker import Breaker
from crawler.fetch.downloader import downloader_of
from crawler.fetch.errand import Errand, Limits, broken
from crawler.fetch.failure import attach, message_of, outcome_of
from crawler.fetch.patience import Patience, Watch
from crawler.fetch.recording import NotRecorded, recording_of
from crawler.fetch.tap import ErrandPool, TappedFactory
from crawler.fetch.tls import RecordingPolicy
from crawler.fetch.wire_agent import Endpoints, WireAgent, proxy_of
from crawler.model import Failure, Outcome, Purpose, Role

IDLE_SECONDS = 10
"""How long a connection waits for a next request; Twisted's 240 would hold one open for each of thousands of sites."""


class HostDown(IgnoreRequest):  # named like Scrapy's own
    """A request that was not made, because its host had failed too often just before."""


class NotAsked(IgnoreRequest):  # named like Scrapy's own
    """A request that waited its turn when the crawl was stopped."""


class ArchivingHandler(HTTP11DownloadHandler):
    """Download handler for http and https.

    A response is handed on, with ``request.meta["recorded"]`` set, only when its exchange is safe in the archive.
    """

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor

        settings = crawler.settings
        self._recording = recording_of(crawler)
        self._pool._factory = TappedFactory
        self._pool.cachedConnectionTimeout = IDLE_SECONDS
        self._contextFactory: Any = RecordingPolicy.from_crawler(crawler)
        self._guard = AddressGuard(settings.getlist("WIRECOPY_ALLOW_ADDRESSES"))
        self._guarded = GuardedReactor(reactor, self._guard)
        self._endpoints = Endpoints(self._guarded, self._contextFactory)
        self._arrivals = _Arrivals(reactor)
        self._watch = Watch(
            Patience(settings.getfloat("WIRECOPY_HEAD_SECONDS", 30), settings.getfloat("WIRECOPY_IDLE_SECONDS", 20)),
            self._recording,
            lambda silent: downloader_of(crawler).tell_silent(silent),
        )
        self._breaker = Breaker(settings.getint("WIRECOPY_BREAKER_FAILURES", 5))
        self._recording.breakers.append(self._breaker)
        self._limits = Limits(
            folder=_spill_folder(settings.get("WIRECOPY_COLLECTION")),
            max_body=settings.getint("WIRECOPY_MAX_BODY", 0),
            handed=settings.getint("WIRECOPY_HANDED_BYTES", 4 << 20),
        )

    async def download_request(self, request: Request) -> Response:
        """Fetch, archive, and only then answer.

        A response that broke off is answered as far as it came, flagged ``dataloss``. Where there is none, raises as
        Scrapy's handler does; the error carries what the archive or its ledger says of the request. Raises besides
        ``HostDown`` and ``NotAsked`` where nothing was asked, ``NotRecorded`` where nothing can be archived any more.
        """
        meta = request.meta
        meta.pop("recorded", None)
        if self._recording.error is not None:
            raise NotRecorded("the archive cannot be written any more")
        if self._recording.stopping:
            raise NotAsked(f"{request.url} was not asked for: the crawl is being stopped")
        parts = urlparse_cached(request)
        host, netloc = parts.hostname or "", parts.netloc
        errand = self._errand(request, host)
        started_at = datetime.now(UTC)
        try:
            if refusal := self._breaker.refusal(netloc, monotonic()):
                raise HostDown(refusal)
            response = await self._download(request, errand, host)
        except Exception as error:
            # Scrapy cancels what is more than ``download_maxsize`` allows of this request.
            errand.stop("length" if isinstance(error, DownloadCancelledError) else "unspecified")
            if not errand.recorded:
                errand.recorded.append(self._fail(errand, started_at, error))
            recorded = await self._safe(errand)
            self._tell_ending(errand, netloc, error)
            if recorded is not None:
                meta["recorded"] = recorded
            if errand.remains is None or isinstance(error, StopDownload):
                raise
            return errand.remains.response(request)
        errand.stop("unspecified")
        # Of a host that refuses, fails or asks for patience nothing more is asked before that has been heard.
        well = errand.ending is not None and errand.ending[0] is Outcome.OK
        with downloader_of(self._crawler).arrived(request) if well else nullcontext():
            meta["recorded"] = await self._safe(errand)
        if errand.ending is not None:
            self._breaker.note(netloc, *errand.ending, monotonic())
        return response if errand.remains is None else errand.remains.response(request)

    async def close(self) -> None:
        """Look after nothing any more."""
        self._watch.close()
        await super().close()

    def _errand(self, request: Request, host: str) -> Errand:
        meta = request.meta
        errand = Errand(
            urldefrag(request.url)[0],
            request.method,
            meta.get("purpose") or Purpose(Role.REQUISITE),
            self._recording.sink,
            self._limits,
            proxy=proxy_of(meta.get("proxy")),
        )
        errand.secrets = tuple(meta.get("secrets") or ())
        errand.login, errand.robots = meta.get("mask", False), meta.get("robots")
        if not errand.proxy:
            errand.resolved = lambda: self._guarded.resolved.get(host, ())
        return errand

    def _tell_ending(self, errand: Errand, netloc: str, error: BaseException) -> None:
        """Tell whoever meets the error, and the breaker, how a request ended that was not answered."""
        if errand.ending is None:
            return
        outcome, reason = errand.ending
        attach(error, outcome, reason or message_of(error))
        if outcome is not Outcome.HOST_DOWN:
            self._breaker.note(netloc, outcome, reason, monotonic())

    async def _download(self, request: Request, errand: Errand, host: str) -> Response:
        if errand.proxy:
            self._guard.check_name(host)
        with wrap_twisted_exceptions():
            download = self._agent(errand).download_request(request)
            self._watch.add(errand, request, download)
            try:
                return await maybe_deferred_to_future(download)
            except Exception as error:
                if errand.out_of_time:
                    raise DownloadTimeoutError(f"{request.url}: the server took too long") from error
                raise
            finally:
                self._watch.remove(errand)

    def _agent(self, errand: Errand) -> WireAgent:
        return WireAgent(
            errand,
            self._endpoints,
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=ErrandPool(self._pool, errand),
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
            tls_verbose_logging=self._tls_verbose_logging,
        )

    def _fail(self, errand: Errand, started_at: datetime, error: BaseException) -> Future[Any]:
        outcome, message = outcome_of(error), message_of(error, proxy=errand.proxy)
        if isinstance(error, HostDown):
            outcome = Outcome.HOST_DOWN
        if errand.tls_error is not None:
            outcome, message = Outcome.TLS_FAILURE, f"no TLS handshake: {message_of(errand.tls_error)}"
        errand.ending = outcome, message
        try:
            return self._recording.sink.fail(Failure(errand.url, started_at, errand.purpose, outcome, message))
        except Exception as refused:  # noqa: BLE001  # whatever the sink cannot do ends the crawl in one way
            return broken(refused)

    async def _safe(self, errand: Errand) -> Any:
        """Wait until all of an errand is on disk; what the sink says of the last attempt.

        Raises ``NotRecorded``, and stops the crawl, where the sink cannot keep it.
        """
        recorded = None
        try:
            for promise in errand.recorded:
                recorded = promise.result() if promise.done() else await self._arrivals.of(promise)
        except Exception as error:  # whatever the sink cannot do ends the crawl in one way
            self._recording.halt(error)
            raise NotRecorded(f"{errand.url} was not archived") from error
        return recorded


class _Arrivals:
    """What a sink's thread says, brought to the reactor's thread: one call for all that comes meanwhile."""

    def __init__(self, reactor: Any) -> None:
        self._reactor = reactor
        self._arrived: deque[tuple[Future[Any], Deferred[Any]]] = deque()
        self._gate = threading.Lock()

    def of(self, promise: Future[Any]) -> Any:
        """Something to await in the reactor's thread."""
        waiting: Deferred[Any] = Deferred()
        promise.add_done_callback(partial(self._arrive, waiting))
        return maybe_deferred_to_future(waiting)

    def _arrive(self, waiting: Deferred[Any], promise: Future[Any]) -> None:
        with self._gate:
            self._arrived.append((promise, waiting))
            alone = len(self._arrived) == 1
        if alone:
            self._reactor.callFromThread(self._deliver)

    def _deliver(self) -> None:
        while self._arrived:
            promise, waiting = self._arrived.popleft()
            error = promise.exception()
            if error is None:
                waiting.callback(promise.result())
            else:
                waiting.errback(error)


def _spill_folder(collection: str | None) -> Path | None:
    """Big bodies spill beside the archive, where there is room for them, and not into a small memory-backed folder."""
    folder = Path(collection) if collection else None
    return folder if folder is not None and folder.is_dir() else Path(tempfile.gettempdir())
