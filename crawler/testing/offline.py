"""One crawl over a recording, in this process: what a spider yields, asked for, and did not find."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Request, Response
from scrapy.settings import Settings
from scrapy.utils.reactor import is_reactor_installed
from twisted.python.failure import Failure

from crawler.replay.addon import OfflineAddon
from crawler.replay.offline import NotArchived, OfflineHandler


class NotRecordedError(AssertionError):
    """A spider asked for what the recording does not hold; the message lists it."""


class SpiderFailedError(AssertionError):
    """A callback of the spider raised; the exception is the cause."""


@dataclass(frozen=True, slots=True)
class Crawl:
    """What a spider did with a recording."""

    items: tuple[Any, ...]
    requested: tuple[str, ...]
    """URLs in the order they were asked for, redirects included."""
    missing: tuple[str, ...]
    """Those of them that were not recorded."""
    stats: Mapping[str, Any]


class RecordedHandler(OfflineHandler):
    """The offline handler, which remembers what it was asked for."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._asked: list[str] = crawler.requested
        self._missing: list[str] = crawler.missing

    async def download_request(self, request: Request) -> Response:
        """Answer from the recording. Raises ``NotArchived`` where it does not hold what is asked for."""
        self._asked.append(request.url)
        try:
            return await super().download_request(request)
        except NotArchived:
            self._missing.append(f"{request.method} {request.url}" if request.method != "GET" else request.url)
            raise


class RecordedAddon(OfflineAddon):
    """The offline add-on with a handler that remembers."""

    def update_settings(self, settings: Any) -> None:
        """Put the handler in place, above everything a project or spider sets."""
        super().update_settings(settings)
        for scheme in ("http", "https"):
            settings["DOWNLOAD_HANDLERS"].set(scheme, RecordedHandler, priority="cmdline")


def crawl(
    spider: type[Spider],
    archive: Path,
    *,
    settings: Mapping[str, Any] | None = None,
    missing_ok: bool = False,
    arguments: Mapping[str, Any],
) -> Crawl:
    """Run ``spider`` over ``archive`` without a network and without a reactor of Twisted's.

    ``settings`` are added to Scrapy's defaults and the spider's own; feeds are not written. Raises ``NotRecordedError``
    where something was asked for that is not in the archive, unless ``missing_ok``; ``SpiderFailedError`` where a
    callback raised; ``RuntimeError`` where this process has a reactor installed.
    """
    __tracebackhide__ = True
    if is_reactor_installed():
        raise RuntimeError(
            "a Twisted reactor is installed in this process, and the crawl of a test runs without one: keep imports of "
            "twisted.internet.reactor out of spiders and tests, or run these tests in a process of their own"
        )
    work = _crawl(spider, _settings(archive, settings), dict(arguments))
    found, failures = _run(work)
    if failures:
        failure = failures[0]
        raise SpiderFailedError(f"{spider.__name__}: {failure.getErrorMessage() or failure.type}") from failure.value
    if found.missing and not missing_ok:
        listed = "\n".join(f"  {url}" for url in found.missing)
        raise NotRecordedError(
            f"{spider.__name__} asked for what {archive.parent.name} does not hold:\n{listed}\n"
            f"record it anew with these too (wirecopy record URL... {archive.parent}), or say missing_ok=True"
        )
    return found


def _run(work: Any) -> tuple[Crawl, list[Failure]]:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        done: tuple[Crawl, list[Failure]] = asyncio.run(work)
        return done
    with ThreadPoolExecutor(1) as thread:  # a test that is a coroutine has a loop of its own
        result: tuple[Crawl, list[Failure]] = thread.submit(asyncio.run, work).result()
        return result


async def _crawl(spider: type[Spider], settings: Settings, arguments: dict[str, Any]) -> tuple[Crawl, list[Failure]]:
    items: list[Any] = []
    failures: list[Failure] = []
    runner = AsyncCrawlerRunner(settings)
    crawler: Any = runner.create_crawler(spider)
    crawler.requested, crawler.missing = [], []  # the handler fills them

    def on_item(item: Any) -> None:
        items.append(item)

    def on_failure(failure: Failure) -> None:
        failures.append(failure)

    crawler.signals.connect(on_item, signals.item_scraped)
    crawler.signals.connect(on_failure, signals.spider_error)
    await runner.crawl(crawler, **arguments)
    stats = dict(crawler.stats.get_stats()) if crawler.stats else {}
    return Crawl(tuple(items), tuple(crawler.requested), tuple(crawler.missing), stats), failures


def _settings(archive: Path, given: Mapping[str, Any] | None) -> Settings:
    settings = Settings()
    settings.update(dict(given or {}), priority="project")
    forced = {
        "ADDONS": {**(given or {}).get("ADDONS", {}), RecordedAddon: 100},
        "WIRECOPY_FROM": str(archive),
        "TWISTED_REACTOR_ENABLED": False,
        "FEEDS": {},
        "JOBDIR": None,
        "LOGSTATS_INTERVAL": 0,
        "MEMUSAGE_ENABLED": False,
    }
    settings.update(forced, priority="cmdline")
    return settings
