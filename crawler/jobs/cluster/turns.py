"""Turns at a host: of all crawls at one broker only one asks a host at a time, and not before its pause is over.

A request takes the lease of its host and lets go of it when its answer has come, so the pause is counted from the end
of one answer to the next request, whoever makes it. No crawl waits for one host while it holds another, so none can
wait for each other for ever.
"""

from __future__ import annotations

from contextlib import suppress
from secrets import token_hex
from time import monotonic
from typing import Any

from scrapy import signals
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.utils.defer import _schedule_coro, maybe_deferred_to_future
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import DeferredLock
from twisted.internet.task import LoopingCall
from twisted.internet.threads import deferToThread

from crawler.fetch.recording import recording_of
from crawler.fetch.retry import pause as pause_for
from crawler.jobs.cluster.broker import connect
from crawler.jobs.cluster.lease import Leases
from crawler.model import Outcome

BROKER_GONE = "broker_gone"
"""The reason a crawl is closed with that lost its broker: nobody knows then whose turn it is."""
_TURN = "wirecopy/turn"
_LOOK_AGAIN = 0.1
"""Seconds after which a lease that another holds is tried again."""
_PATIENCE = 60.0
"""Seconds that a broker may be away."""


class NoTurn(IgnoreRequest):  # named like Scrapy's own
    """A request given up since the crawl ends before its turn has come."""

    outcome = Outcome.UNREACHABLE


class Turns:
    """Downloader middleware, the last before the network; ``WIRECOPY_TURNS`` names broker, pauses and lease."""

    def __init__(self, crawler: Any) -> None:
        said = crawler.settings.getdict("WIRECOPY_TURNS")
        self._crawler = crawler
        self._delay: float = said["delay"]
        self._delays: dict[str, float] = said["hosts"]
        self._client = connect(said["broker"])
        self._leases = Leases(self._client, token_hex(12), said["lease"])
        self._renewed: float = said["lease"] / 3
        self._queues: dict[str, DeferredLock] = {}
        self._held: set[str] = set()
        self._renewing = LoopingCall(self._renew)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Any) -> Turns:
        """Raises ``ClusterError`` where the broker can't be reached."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Hold a request back until it is its turn. Raises ``NoTurn`` where the crawl ends before."""
        host = urlparse_cached(request).hostname or ""
        pause = self._delays.get(host, self._delay)
        if not pause:
            return
        queue = self._queues.setdefault(host, DeferredLock())
        await maybe_deferred_to_future(queue.acquire())
        try:
            await self._take(f"host:{host}", pause)
        except BaseException:
            self._held.discard(f"host:{host}")
            queue.release()
            raise
        request.meta[_TURN] = host

    async def _take(self, name: str, pause: float) -> None:
        from redis import RedisError

        away: float | None = None
        if not self._renewing.running:
            self._renewing.start(self._renewed, now=False)
        while True:
            if recording_of(self._crawler).stopping:
                await self._let_go(name)
                raise NoTurn("the crawl was told to end")
            asked = monotonic()
            try:
                wait = await maybe_deferred_to_future(deferToThread(self._leases.take, name, pause))
            except RedisError as error:
                away = away or monotonic()
                if monotonic() - away > _PATIENCE:
                    _schedule_coro(self._crawler.engine.close_spider_async(reason=BROKER_GONE))
                    raise NoTurn(f"the broker can't be asked whose turn it is ({error})") from error
                wait = 1.0
            else:
                away = None
                if wait <= 0:
                    self._held.add(name)
                if wait == 0 and monotonic() - asked < self._renewed:
                    return  # an answer that came later is of a lease that may be another's by now
            await pause_for(min(-wait, 1.0) if wait < 0 else min(wait, _LOOK_AGAIN))

    async def process_response(self, request: Request, response: Response) -> Response:
        """The turn is over."""
        await self._over(request)
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """The turn is over."""
        await self._over(request)

    async def _over(self, request: Request) -> None:
        host = request.meta.pop(_TURN, None)
        if host is not None:
            await self._let_go(f"host:{host}")
            self._queues[host].release()

    async def _let_go(self, name: str) -> None:
        from redis import RedisError

        if name not in self._held:
            return
        self._held.discard(name)
        try:
            await maybe_deferred_to_future(deferToThread(self._leases.release, name))
        except RedisError:
            return  # then its time runs out, and the pause is counted from there

    def _renew(self) -> Any:
        return deferToThread(self._keep, tuple(self._held))

    def _keep(self, names: tuple[str, ...]) -> None:
        from redis import RedisError

        with suppress(RedisError):  # tried again soon; what is under way is finished, new requests wait
            for name in names:
                self._leases.keep(name)

    async def _closed(self, spider: Any, reason: str) -> None:
        if self._renewing.running:
            self._renewing.stop()
        for name in tuple(self._held):
            await self._let_go(name)
        self._client.close()
