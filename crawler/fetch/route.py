"""The way a request takes: only over http and https, and through the user's proxy where one is set."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request
from scrapy.utils.httpobj import urlparse_cached

from crawler.fetch.host import is_host
from crawler.fetch.recording import recording_of
from crawler.model import Failure, Outcome, Purpose, Role
from crawler.model.address import without_password
from crawler.model.purpose import REDIRECT

LONGEST_URL = 16_384
"""Characters of a URL; servers take 8,000 (RFC 9110, section 4.1)."""


class AddressRefused(IgnoreRequest):  # named like Scrapy's own
    """A URL that cannot be fetched over HTTP: another scheme, or a host that can be none."""

    outcome = Outcome.UNREACHABLE


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
        """Let http and https pass, noting the redirect that led here; raise ``AddressRefused`` for the rest."""
        parts = urlparse_cached(request)
        scheme, host, message = parts.scheme, parts.hostname, None
        if scheme not in ("http", "https"):
            message = f"{scheme}: is not fetched, only http and https"
        elif not is_host(host):
            message = f"{host!r} is no host name"
        elif "@" in parts.netloc:
            message = "a URL with a name and password in it is not fetched"
        elif len(request.url) > LONGEST_URL:
            message = f"a URL of {len(request.url)} characters is not fetched, {LONGEST_URL} are the most"
        if message:
            purpose = request.meta.get("purpose") or Purpose(Role.REQUISITE)
            named = without_password(request.url)[:LONGEST_URL]
            self._sink.fail(Failure(named, datetime.now(UTC), purpose, Outcome.UNREACHABLE, message))
            raise AddressRefused(message)
        if came_from := request.meta.get("redirect_urls"):
            purpose = request.meta.get("purpose") or Purpose(Role.REQUISITE)
            # Of an archive the first, which was asked: whatever hosts lie between, another's answer is none of it.
            via = came_from[0] if purpose.role is Role.MEMENTO else came_from[-1]
            request.meta["purpose"] = replace(purpose, via=via, because=REDIRECT)
        if self._proxy is not None:
            request.meta.setdefault("proxy", self._proxy)
