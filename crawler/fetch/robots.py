"""robots.txt: obeyed, fetched as part of the archive, and every refusal it causes noted in the ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.fetch.recording import recording_of
from crawler.model import Failure, Outcome, Purpose, Role


class RobotsDenied(IgnoreRequest):  # named like Scrapy's own
    """A request that the site's robots.txt forbids."""


class ArchivedRobots(RobotsTxtMiddleware):
    """Scrapy's middleware, whose own fetches carry ``Role.ROBOTS`` and whose refusals leave a trace."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._sink = recording_of(crawler).sink
        self._asking: dict[str, Request] = {}

    async def process_request(self, request: Request) -> None:  # type: ignore[override]  # no spider argument
        """Let a request pass, or raise ``RobotsDenied``."""
        if request.callback is NO_CALLBACK and request.meta.get("dont_obey_robotstxt"):
            asking = self._asking.pop(urlparse_cached(request).netloc, None)
            if asking is not None:
                request.meta.setdefault("purpose", _purpose(asking))
            return
        self._asking.setdefault(urlparse_cached(request).netloc, request)
        try:
            await super().process_request(request)
        except IgnoreRequest as error:
            denied = RobotsDenied(f"{request.url}: forbidden by the site's robots.txt")
            purpose = request.meta.get("purpose") or Purpose(Role.REQUISITE)
            self._sink.fail(
                Failure(request.url, datetime.now(UTC), purpose, Outcome.ROBOTS_DENIED, "forbidden by robots.txt")
            )
            raise denied from error
        finally:
            if self._asking.get(urlparse_cached(request).netloc) is request:
                del self._asking[urlparse_cached(request).netloc]

    async def robot_parser(self, request: Request) -> Any:
        """The rules of the request's host, once they are known.

        Scrapy 2.19 has all requests that came meanwhile wait on one Deferred, which gives its result to the first and
        None, "no rules", to the others.
        """
        await super().robot_parser(request)
        return self._parsers[urlparse_cached(request).netloc]

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Leave a robots.txt that cannot be had to the ledger, where Scrapy would print a traceback."""
        purpose = request.meta.get("purpose")
        if purpose is not None and purpose.role is Role.ROBOTS and not isinstance(exception, IgnoreRequest):
            raise IgnoreRequest(f"{request.url}: {exception}") from exception


def _purpose(asking: Request) -> Purpose:
    """The purpose of a robots.txt fetch: the request that had to wait for it."""
    purpose = asking.meta.get("purpose")
    return Purpose(
        Role.ROBOTS,
        story=purpose.story if purpose is not None else None,
        via=asking.url,
        hops=purpose.hops if purpose is not None else 0,
        because="the site's rules for crawlers",
    )
