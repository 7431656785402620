"""Following redirects as far as they lead somewhere; one that does not keeps the name of what it was."""

from __future__ import annotations

from typing import Any

from scrapy.downloadermiddlewares.redirect import BaseRedirectMiddleware, MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from crawler.fetch.failure import attach
from crawler.model import Outcome

WALL = "wirecopy/wall"
"""Meta: the outcome of the redirect that led a request to a consent or login page."""
_WALLS = frozenset({Outcome.CONSENT, Outcome.LOGIN})


class _Following(BaseRedirectMiddleware):
    """What both of Scrapy's middlewares do when they follow, and when they no longer do."""

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        recorded = request.meta.get("recorded")
        if recorded is not None and recorded.outcome in _WALLS:
            redirected.meta[WALL] = recorded.outcome
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
        try:
            return super().process_response(request, response)
        except ValueError:
            return response
