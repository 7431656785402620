"""Following redirects as far as they lead somewhere; one that does not keeps the name of what it was."""

from __future__ import annotations

from typing import Any

from scrapy.downloadermiddlewares.redirect import BaseRedirectMiddleware, MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Request, Response
from scrapy.utils.response import get_meta_refresh

from crawler.fetch.failure import attach
from crawler.model import Outcome

WALL = "wirecopy/wall"
"""Meta: the outcome of the redirect that led a request to a consent or login page."""
_BEGINNING = 1 << 14
"""Bytes of 4096 characters at most."""
_ROUNDS = 2
"""Times that an address is asked for in a row of redirects: without cookies the third answer is the second again."""
_CIRCLE = "redirected in a circle; it may want cookies, which are not kept"
_WALLS = frozenset({Outcome.CONSENT, Outcome.LOGIN})


class _Following(BaseRedirectMiddleware):
    """What both of Scrapy's middlewares do when they follow, and when they no longer do."""

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        recorded = request.meta.get("recorded")
        if recorded is not None and recorded.outcome in _WALLS:
            redirected.meta[WALL] = recorded.outcome
        passed = [*request.meta.get("redirect_urls", ()), request.url]
        if passed.count(redirected.url) >= _ROUNDS:
            circle = IgnoreRequest("redirected in a circle")
            attach(circle, Outcome.REDIRECT, _CIRCLE)
            raise circle
        try:
            return super()._redirect(redirected, request, reason)
        except IgnoreRequest as error:
            attach(error, Outcome.REDIRECT, f"redirected more than {self.max_redirect_times} times")
            raise


class FollowedRedirects(_Following, RedirectMiddleware):
    """Scrapy's middleware for ``Location``; a response that leads to no URL at all stands as it is."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The response, or the request it leads to."""
        try:
            return super().process_response(request, response)
        except ValueError:  # javascript:, mailto: and whatever else Scrapy makes no request of
            return response


class FollowedRefreshes(_Following, MetaRefreshMiddleware):
    """Scrapy's middleware for ``<meta http-equiv="refresh">``, likewise."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The response, or the request it leads to."""
        if isinstance(response, HtmlResponse):
            beginning = response.body[:_BEGINNING]
            if b"\0" not in beginning and b"refresh" not in beginning.lower():
                return response  # in no encoding of the web but UTF-16 are these letters other bytes
            if len(response.body) > _BEGINNING and not self._refreshes(response):
                return response
        try:
            return super().process_response(request, response)
        except ValueError:
            return response

    def _refreshes(self, response: HtmlResponse) -> bool:
        """Whether there is one where Scrapy looks: in the first characters, for which it decodes all of a page."""
        body, _, _ = response.body[:_BEGINNING].rpartition(b">")
        beginning = HtmlResponse(response.url, headers=response.headers, body=body, encoding=response._encoding)
        return get_meta_refresh(beginning, self._ignore_tags)[1] is not None
