"""The Scrapy add-on that makes a crawl an archive: everything this room offers, switched on in one line.

``ADDONS = {"crawler.fetch.addon.ArchivingAddon": 0}`` and ``WIRECOPY_COLLECTION`` are all a project needs.
"""

from __future__ import annotations

from typing import Any

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import NotConfigured

from crawler import __version__
from crawler.fetch.decoding import LenientDecoding
from crawler.fetch.downloader import HoldingDownloader, HostQueue
from crawler.fetch.handler import ArchivingHandler
from crawler.fetch.known import Known
from crawler.fetch.logins import Logins
from crawler.fetch.recording import Recording, open_recorder
from crawler.fetch.redirect import FollowedRedirects, FollowedRefreshes
from crawler.fetch.retry import PoliteRetry
from crawler.fetch.robots import ArchivedRobots
from crawler.fetch.route import Route
from crawler.fetch.tally import HeardOnly, Tally

DEFAULTS: dict[str, Any] = {
    "ROBOTSTXT_OBEY": True,
    "WIRECOPY_ALLOW_ADDRESSES": [],
    "WIRECOPY_MAX_BODY": 0,
    "WIRECOPY_HANDED_BYTES": 4 << 20,
    "WIRECOPY_REVALIDATE": True,
    "WIRECOPY_DEDUPLICATE_BESIDE": False,
    "WIRECOPY_HEAD_SECONDS": 30.0,
    "WIRECOPY_IDLE_SECONDS": 20.0,
    "WIRECOPY_BREAKER_FAILURES": 5,
    "WIRECOPY_MASK_LOGINS": False,
    "WIRECOPY_RETRY_DELAY": 1.0,
    "WIRECOPY_RETRY_AFTER_MAX": 120.0,
    "WIRECOPY_RECORDER": open_recorder,
    "DOWNLOADER": HoldingDownloader,
    "STATS_CLASS": Tally,
    "LOG_FORMATTER": HeardOnly,
    "SCHEDULER_PRIORITY_QUEUE": HostQueue,
    "RETRY_TIMES": 2,
    "RETRY_GIVE_UP_LOG_LEVEL": "INFO",  # The ledger has it, and the summary says it.
    "DOWNLOAD_TIMEOUT": 60,
    # The handler bounds memory itself; this bounds what a decompressed body may take.
    "DOWNLOAD_MAXSIZE": 16 << 20,
    "REDIRECT_MAX_TIMES": 10,
    # Seconds: a page that waits for longer is to be read, and a ticker that has itself loaded again.
    "METAREFRESH_MAXDELAY": 16,
    "DOWNLOAD_WARNSIZE": 0,
    # Accepted, judged and written down: see crawler/fetch/tls.py.
    "DOWNLOAD_VERIFY_CERTIFICATES": False,
    # Every request stands on its own; and the middleware would fetch the public-suffix list outside the archive.
    "COOKIES_ENABLED": False,
    # Scrapy starts this many tasks for every response; spiders here yield a few plain items, which wait for nothing.
    "CONCURRENT_ITEMS": 1,
    # Answers that never were on the wire.
    "HTTPCACHE_ENABLED": False,
    # Doors into the process.
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
}


class ArchivingAddon:
    """Archives every exchange of a crawl. Project settings win over what it sets by default."""

    @classmethod
    def update_pre_crawler_settings(cls, settings: Any) -> None:
        """Set what belongs to the process and not to one crawl: names resolve to IPv6 addresses too."""
        settings.set("TWISTED_DNS_RESOLVER", "scrapy.resolver.CachingHostnameResolver", priority="addon")

    def update_settings(self, settings: Any) -> None:
        """Put the handlers, middlewares and the recording in place. Raises ``NotConfigured`` without a collection."""
        if not settings.get("WIRECOPY_COLLECTION"):
            raise NotConfigured("WIRECOPY_COLLECTION is not set: there is no collection to write to")
        for name, value in DEFAULTS.items():
            settings.set(name, value, priority="addon")
        settings.set("USER_AGENT", user_agent(settings.get("WIRECOPY_CONTACT")), priority="addon")
        handlers = settings["DOWNLOAD_HANDLERS"]
        for scheme in ("http", "https"):
            handlers.set(scheme, ArchivingHandler, priority="addon")
        for scheme in ("file", "ftp", "s3", "data"):
            handlers.set(scheme, None, priority="addon")
        for scrapys, ours, order in (
            (RobotsTxtMiddleware, ArchivedRobots, 100),
            (RetryMiddleware, PoliteRetry, 550),
            (MetaRefreshMiddleware, FollowedRefreshes, 580),
            (HttpCompressionMiddleware, LenientDecoding, 590),
            (RedirectMiddleware, FollowedRedirects, 600),
        ):
            settings.set_in_component_priority_dict("DOWNLOADER_MIDDLEWARES", scrapys, None)
            settings.setdefault_in_component_priority_dict("DOWNLOADER_MIDDLEWARES", ours, order)
        settings.setdefault_in_component_priority_dict("DOWNLOADER_MIDDLEWARES", Route, 25)
        settings.setdefault_in_component_priority_dict("DOWNLOADER_MIDDLEWARES", Known, 30)
        settings.setdefault_in_component_priority_dict("DOWNLOADER_MIDDLEWARES", Logins, 310)
        settings.setdefault_in_component_priority_dict("EXTENSIONS", Recording, 0)


def user_agent(contact: str | None) -> str:
    """The name a crawl goes by: never a browser's, and with whom to write to where the operator says so."""
    plain = f"wirecopy/{__version__}"
    return f"{plain} (+{contact})" if contact else plain
