"""The capture job: crawl the stories asked for, then turn what came into pages and tables of the collection."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from scrapy import signals
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from crawler.export.jsonl import line, read_articles
from crawler.jobs.conditions import Conditions
from crawler.jobs.derive import add_derived, with_pictures
from crawler.jobs.relations import relations
from crawler.jobs.report import Report
from crawler.model import RecordRef
from crawler.spiders.story import StorySpider
from crawler.spiders.wanted import Found, Miss, Page, Resource, Wanted

Watcher = Callable[[Found], None]


def capture(wanted: Wanted, conditions: Conditions, *, watch: Watcher | None = None) -> Report:
    """Capture the stories of ``wanted`` and return what was found.

    ``watch`` is called with each page, resource and miss as it comes. Runs Twisted's reactor and can therefore be
    called once in a process. Raises ``ArchiveError`` where the collection can't be written, ``CollectionError`` where
    the folder or the source is no archive.
    """
    started = time.monotonic()
    with TemporaryDirectory(prefix="wirecopy-") as folder:
        findings = _Findings(Path(folder) / "articles.jsonl", watch)
        reason = _crawl(wanted, conditions, findings)
        if conditions.collection:
            add_derived(conditions.collection, read_articles(findings.spool), findings.records)
    return Report(
        wanted=wanted,
        collection=conditions.collection,
        source=conditions.source,
        pages=tuple(replace(page, article=with_pictures(page.article, findings.records)) for page in findings.pages),
        resources=tuple(findings.resources),
        misses=tuple(findings.misses),
        faults=tuple(findings.faults),
        recovered=findings.recovered,
        seconds=time.monotonic() - started,
        interrupted=reason != "finished",
        relations=relations(findings.pages),
    )


class _Findings:
    """What the spider yields: whole articles go to disk as they come, so that memory does not grow with their text."""

    def __init__(self, spool: Path, watch: Watcher | None) -> None:
        self.spool = spool
        self.watch = watch
        self.pages: list[Page] = []
        self.resources: list[Resource] = []
        self.misses: list[Miss] = []
        self.faults: list[str] = []
        self.recovered = 0
        self.records: dict[str, RecordRef] = {}
        spool.touch()

    def add(self, item: Found) -> None:
        if isinstance(item, Page):
            with self.spool.open("a", encoding="utf-8") as lines:
                lines.write(line(item.article.to_dict()))
            self.pages.append(replace(item, article=replace(item.article, evidence=None, blocks=(), set_aside=())))
        elif isinstance(item, Resource):
            self.resources.append(item)
            self.records.setdefault(item.requested, item.recorded.record)
        else:
            self.misses.append(item)
        if self.watch:
            self.watch(item)


def _crawl(wanted: Wanted, conditions: Conditions, findings: _Findings) -> str:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.update(conditions.settings(), priority="cmdline")
    logging.getLogger("crawler.fetch.recording").setLevel(logging.CRITICAL)  # what it says is raised below
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(StorySpider)
    reasons: list[str] = []
    errors: list[BaseException] = []

    def on_item(item: Found) -> None:
        findings.add(item)

    def on_close(reason: str) -> None:
        reasons.append(reason)

    def on_fault(failure: Failure, response: Response) -> None:
        findings.faults.append(f"{response.url}: {failure.getErrorMessage()}")

    def on_error(failure: Failure) -> None:
        if failure.value is not None:
            errors.append(failure.value)

    crawler.signals.connect(on_item, signals.item_scraped, weak=False)
    crawler.signals.connect(on_fault, signals.spider_error, weak=False)
    crawler.signals.connect(on_close, signals.spider_closed, weak=False)
    process.crawl(crawler, wanted=wanted).addErrback(on_error)
    process.start()
    if errors:
        raise errors[0]
    if recorder := getattr(crawler, "recorder", None):
        recorder.close()  # does nothing but after a forced stop
        findings.recovered = sum(file.captures for file in recorder.recovered)
    failed: BaseException | None = getattr(crawler, "storage_error", None)
    if failed is not None:
        raise failed
    return reasons[0] if reasons else "shutdown"
