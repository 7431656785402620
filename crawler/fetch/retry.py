"""Trying again, politely: few times, later each time, and never before the moment a server named."""

from __future__ import annotations

import random
from collections.abc import Awaitable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Any, Self

from scrapy import signals
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Request, Response
from scrapy.utils.asyncio import call_later
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from crawler.fetch.downloader import downloader_of
from crawler.fetch.recording import recording_of
from crawler.fetch.remains import DATALOSS
from crawler.model import Outcome


class PoliteRetry(RetryMiddleware):
    """Scrapy's middleware that waits before it lets a request go again.

    A host that answered 429 or 503 with ``Retry-After`` is left alone altogether until then; where it asks for more
    than ``WIRECOPY_RETRY_AFTER_MAX`` seconds, its answer stands, and nothing else is asked of it until then. Other
    retries, those that it allows at once too, wait ``WIRECOPY_RETRY_DELAY`` seconds, doubled each time, give or take a
    quarter.
    """

    def __init__(self, settings: Any) -> None:
        super().__init__(settings)
        self._delay = settings.getfloat("WIRECOPY_RETRY_DELAY", 1.0)
        self._longest = settings.getfloat("WIRECOPY_RETRY_AFTER_MAX", 120.0)

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """The middleware of a crawl; raises ``NotConfigured`` where nothing is retried."""
        retry = super().from_crawler(crawler)
        # Told before the downloader sends the host's next request.
        crawler.signals.connect(retry.leave_alone, signals.response_downloaded)
        return retry

    def leave_alone(self, request: Request, response: Response) -> None:
        """Have nothing more sent to a host that asked for patience: later, or where it asked for too much, never."""
        named = self._named(response)
        if named is None or not named:
            return
        if named <= self._longest:
            downloader_of(self.crawler).hold(request, named)
            return
        for breaker in recording_of(self.crawler).breakers:
            breaker.leave(urlparse_cached(request).netloc, named, monotonic())

    def process_response(  # type: ignore[override]  # Scrapy awaits what has to be awaited
        self, request: Request, response: Response
    ) -> Response | Awaitable[Request | Response]:
        """The response, or the request to send again."""
        if DATALOSS in response.flags or response.status in self.retry_http_codes:
            return self._try_again(request, response)
        return response

    async def _try_again(self, request: Request, response: Response) -> Request | Response:
        if DATALOSS in response.flags:
            recorded = request.meta.get("recorded")
            if recorded is not None and recorded.outcome is Outcome.TOO_LARGE:
                return response
            return await self.process_exception(request, ResponseDataLossError()) or response
        named = self._named(response)
        if named is not None and named > self._longest:
            return response
        result = super().process_response(request, response)
        if isinstance(result, Request):
            await self._back_off(result)
        return result

    def _named(self, response: Response) -> float | None:
        return retry_after(response) if response.status in (429, 503) else None

    async def process_exception(  # type: ignore[override]  # Scrapy awaits it
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        """The request to send again, or None where the failure stands."""
        result = super().process_exception(request, exception)
        if isinstance(result, Request):
            await self._back_off(result)
        return result

    async def _back_off(self, request: Request) -> None:
        doubled: float = self._delay * 2 ** (request.meta.get("retry_times", 1) - 1)
        ends = monotonic() + doubled * random.uniform(0.75, 1.25)
        with downloader_of(self.crawler).waiting():
            while (wait := ends - monotonic()) > 0 and not recording_of(self.crawler).stopping:
                await pause(min(wait, 1.0))


def retry_after(response: Response, now: datetime | None = None) -> float | None:
    """Seconds a response asks to wait (RFC 9110, section 10.2.3); None where it does not say, 0 for a past date."""
    value = response.headers.get("Retry-After")
    if value is None:
        return None
    text = value.decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text.lstrip("0")[:9] or 0)
    try:
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
    except (ValueError, OverflowError):
        return None


def pause(seconds: float) -> Any:
    """Something to await for so many seconds, in the reactor's thread."""
    over: Deferred[None] = Deferred()
    call_later(seconds, over.callback, None)
    return maybe_deferred_to_future(over)
