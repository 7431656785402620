"""The Scrapy add-on that turns any crawl into one that reads an archive and reaches no network.

``ADDONS = {"crawler.replay.addon.OfflineAddon": 100}`` and ``WIRECOPY_FROM`` are all a project needs.
"""

from __future__ import annotations

from typing import Any

from scrapy.downloadermiddlewares.httpcache import HttpCacheMiddleware
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import NotConfigured

from crawler.replay.offline import OfflineHandler
from crawler.replay.reading import Reading

_SETTINGS: dict[str, Any] = {
    "WIRECOPY_HANDED_BYTES": 4 << 20,
    "DOWNLOAD_MAXSIZE": 256 << 20,
    "DOWNLOAD_WARNSIZE": 0,
    # Nobody is waited for.
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    # As in the crawl that was recorded; and the middleware would fetch the public-suffix list.
    "COOKIES_ENABLED": False,
    "METAREFRESH_MAXDELAY": 16,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
}


class OfflineAddon:
    """Answers every request of a crawl from an archive. A project's settings win over its own, but not its handlers."""

    def update_settings(self, settings: Any) -> None:
        """Put handler and archive in place. Raises ``NotConfigured`` without ``WIRECOPY_FROM``."""
        if not settings.get("WIRECOPY_FROM"):
            raise NotConfigured("WIRECOPY_FROM is not set: there is no archive to read")
        for name, value in _SETTINGS.items():
            settings.set(name, value, priority="addon")
        # Above a project's own handlers, and those Scrapy sets where it runs without a reactor: nothing may connect.
        handlers = settings["DOWNLOAD_HANDLERS"]
        for scheme in ("http", "https"):
            handlers.set(scheme, OfflineHandler, priority="cmdline")
        for scheme in ("file", "ftp", "s3"):
            handlers.set(scheme, None, priority="cmdline")
        # An archive does not change when asked again, and what robots.txt forbade is not in it.
        for middleware in (RobotsTxtMiddleware, RetryMiddleware, HttpProxyMiddleware, HttpCacheMiddleware):
            settings.set_in_component_priority_dict("DOWNLOADER_MIDDLEWARES", middleware, None)
        settings.setdefault_in_component_priority_dict("EXTENSIONS", Reading, 0)
