"""The way a request takes: only over http and https, and through the user's proxy where one is set."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request
from scrapy.utils.httpobj import urlparse_cached

from crawler.fetch.recording import recording_of
from crawler.model import Failure, Outcome, Purpose, Role

REDIRECT = "redirect"
"""Why a request was made that a redirect led to; ``via`` is then the address that redirected."""


class SchemeRefused(IgnoreRequest):  # named like Scrapy's own
    """A URL that is not fetched over HTTP: no file, no FTP."""


class Route:
    """Downloader middleware before all others."""

    def __init__(self, crawler: Any) -> None:
        self._sink = recording_of(crawler).sink
        self._proxy: str | None = crawler.settings.get("WIRECOPY_PROXY") or None

    @classmethod
    def from_crawler(cls, crawler: Any) -> Route:
        """The crawl's way, as ``WIRECOPY_PROXY`` has it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let http and https pass, noting the redirect that led here; raise ``SchemeRefused`` for the rest."""
        scheme = urlparse_cached(request).scheme
        if scheme not in ("http", "https"):
            message = f"{scheme}: is not fetched, only http and https"
            purpose = request.meta.get("purpose") or Purpose(Role.REQUISITE)
            self._sink.fail(Failure(request.url, datetime.now(UTC), purpose, Outcome.UNREACHABLE, message))
            raise SchemeRefused(f"{request.url}: {message}")
        if came_from := request.meta.get("redirect_urls"):
            purpose = request.meta.get("purpose") or Purpose(Role.REQUISITE)
            request.meta["purpose"] = replace(purpose, via=came_from[-1], because=REDIRECT)
        if self._proxy is not None:
            request.meta.setdefault("proxy", self._proxy)
