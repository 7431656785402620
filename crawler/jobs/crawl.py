"""One crawl in this process: a spider under given conditions, and how it ended."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from crawler.fetch.known import KEPT
from crawler.jobs.conditions import Conditions

FINISHED = "finished"
"""The reason of a crawl that ended because there was nothing left to do."""


@dataclass(frozen=True, slots=True)
class Crawled:
    """How a crawl ended."""

    reason: str
    faults: tuple[str, ...]
    """Errors of our own while reading a page, by its URL; the page is archived all the same."""
    recovered: int
    """Captures of an earlier crawl that was killed, found in its unfinished files and kept."""
    kept: int
    """Requests answered by what this very crawl had captured before it was cut off."""


def crawl(
    spider: type[Spider],
    conditions: Conditions,
    on_item: Callable[[Any], None],
    *,
    asked: str | None = None,
    **arguments: Any,
) -> Crawled:
    """Run ``spider`` with ``arguments`` to its end; ``on_item`` is called with everything it yields.

    ``asked`` tells this crawl from others: where the same was cut off before, it goes on.

    Runs Twisted's reactor and can therefore be called once in a process. Raises ``ArchiveError`` where the collection
    can't be written, ``CollectionError`` where the folder or the source is no archive.
    """
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.update({"WIRECOPY_ASKED": asked} | conditions.settings(), priority="cmdline")
    logging.getLogger("crawler.fetch.recording").setLevel(logging.CRITICAL)  # what it says is raised below
    process = CrawlerProcess(settings)
    # What it warns of, a body of more than a request may bring, the report tells. The process sets all levels anew.
    logging.getLogger("scrapy.core.downloader.handlers.http11").setLevel(logging.ERROR)
    crawler = process.create_crawler(spider)
    reasons: list[str] = []
    faults: list[str] = []
    errors: list[BaseException] = []

    def take_item(item: Any) -> None:
        on_item(item)

    def on_close(reason: str) -> None:
        reasons.append(reason)

    def on_fault(failure: Failure, response: Response) -> None:
        faults.append(f"{response.url}: {failure.getErrorMessage()}")

    def on_error(failure: Failure) -> None:
        if failure.value is not None:
            errors.append(failure.value)

    crawler.signals.connect(take_item, signals.item_scraped, weak=False)
    crawler.signals.connect(on_fault, signals.spider_error, weak=False)
    crawler.signals.connect(on_close, signals.spider_closed, weak=False)
    process.crawl(crawler, **arguments).addErrback(on_error)
    process.start()
    if errors:
        raise errors[0]
    recovered = 0
    if recorder := getattr(crawler, "recorder", None):
        recorder.close()  # does nothing but after a forced stop
        recovered = sum(file.captures for file in recorder.recovered)
    kept = crawler.stats.get_value(KEPT, 0) if crawler.stats else 0
    failed: BaseException | None = getattr(crawler, "storage_error", None)
    if failed is not None:
        raise failed
    return Crawled(reasons[0] if reasons else "shutdown", tuple(faults), recovered, kept)
