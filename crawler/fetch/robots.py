"""robots.txt: obeyed, fetched as part of the archive, and every refusal it causes noted in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Any, cast

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.fetch.downloader import downloader_of
from crawler.fetch.failure import Ending, ending_of
from crawler.fetch.recording import recording_of
from crawler.model import Failure, Outcome, Purpose, Role

ASK_AGAIN_SECONDS = 60.0
"""How long rules that could not be had keep everybody out before they are asked for again."""


class RobotsDenied(IgnoreRequest):  # named like Scrapy's own
    """A request that the site's robots.txt forbids."""


class RobotsUnknown(IgnoreRequest):  # named like Scrapy's own
    """A request to a host whose robots.txt cannot be had now, so that all of it is forbidden (RFC 9309, 2.3.1.4)."""

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.ending = outcome, message


class ArchivedRobots(RobotsTxtMiddleware):
    """Scrapy's middleware, whose own fetches carry ``Role.ROBOTS`` and whose refusals leave a trace."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._sink = recording_of(crawler).sink
        self._asking: dict[str, Request] = {}
        self._said: dict[str, str] = {}
        """What of a host's robots.txt is noted with each page it allows."""

    async def process_request(self, request: Request) -> None:  # type: ignore[override]  # no spider argument
        """Let a request pass, or raise ``RobotsDenied``."""
        netloc = urlparse_cached(request).netloc
        if request.callback is NO_CALLBACK and request.meta.get("dont_obey_robotstxt"):
            asking = self._asking.pop(netloc, None)
            if asking is not None:
                request.meta.setdefault("purpose", _purpose(asking))
            return
        self._asking.setdefault(netloc, request)
        try:
            await super().process_request(request)
        except RobotsUnknown as error:
            outcome, message = error.ending
            purpose = request.meta.get("purpose") or Purpose(Role.REQUISITE)
            self._sink.fail(Failure(request.url, datetime.now(UTC), purpose, outcome, message))
            raise
        except IgnoreRequest as error:
            denied = RobotsDenied(f"{request.url}: forbidden by the site's robots.txt")
            purpose = request.meta.get("purpose") or Purpose(Role.REQUISITE)
            self._sink.fail(
                Failure(request.url, datetime.now(UTC), purpose, Outcome.ROBOTS_DENIED, "forbidden by robots.txt")
            )
            raise denied from error
        finally:
            if self._asking.get(netloc) is request:
                del self._asking[netloc]

    async def robot_parser(self, request: Request) -> Any:
        """The rules of the request's host, once they are known. Raises ``RobotsUnknown`` where they can't be.

        Scrapy 2.19 has all requests that came meanwhile wait on one Deferred, which gives its result to the first and
        None, "no rules", to the others.
        """
        netloc = urlparse_cached(request).netloc
        known: Any = self._parsers.get(netloc)
        if isinstance(known, _Unknown) and monotonic() >= known.until:
            del self._parsers[netloc]
        with downloader_of(self.crawler).waiting():
            await super().robot_parser(request)
        parser: Any = self._parsers[netloc]
        if isinstance(parser, _Unknown):
            raise RobotsUnknown(*parser.ending)
        request.meta["robots"] = self._said.get(netloc)
        return parser

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        """Read the rules: a client error says that there are none, a server error that nobody may come in now.

        So does 429: a host that is asked too often has not said that it has no rules.
        """
        recorded = response.meta.get("recorded")
        record = f" ({recorded.record.id})" if recorded is not None else ""
        if response.status >= 500 or response.status == 429:
            outcome = Outcome.BLOCKED if response.status == 429 else Outcome.SERVER_ERROR  # and no rule of the site's
            self._settle(netloc, (outcome, f"robots.txt answers {response.status}, so all is forbidden for now"))
            return
        if response.status >= 400:
            self._said[netloc] = f"allowed, there is no robots.txt: {response.status}{record}"
            response = response.replace(body=b"")
        else:
            self._said[netloc] = f"allowed by robots.txt{record}"
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if recording_of(self.crawler).stopping:
            super()._robots_error(exc, netloc)  # the page itself will not be asked for either
            return
        if type(exc) is IgnoreRequest and not hasattr(exc, "ending"):  # too many redirects (RFC 9309, 2.3.1.2)
            self._said[netloc] = f"allowed, there is no robots.txt: {exc}"
            super()._robots_error(exc, netloc)
            return
        outcome, message = ending_of(exc)
        if outcome is Outcome.ADDRESS_DENIED:
            self._settle(netloc, (outcome, message))
            return
        self._settle(netloc, (outcome, f"robots.txt cannot be had ({message}), so nothing is fetched here"))

    def _settle(self, netloc: str, ending: Ending) -> None:
        waiting, parsers = cast("Any", self._parsers[netloc]), cast("dict[str, Any]", self._parsers)
        parsers[netloc] = _Unknown(ending, monotonic() + ASK_AGAIN_SECONDS)
        waiting.callback(None)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Leave a robots.txt that cannot be had to the ledger, where Scrapy would print a traceback."""
        purpose = request.meta.get("purpose")
        if purpose is not None and purpose.role is Role.ROBOTS and not isinstance(exception, IgnoreRequest):
            refused = RobotsUnknown(*ending_of(exception))
            raise refused from exception


@dataclass(frozen=True, slots=True)
class _Unknown:
    """In the place of the rules of a host whose robots.txt cannot be had."""

    ending: Ending
    until: float
    """When it is asked for again, on the monotonic clock in seconds."""


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
