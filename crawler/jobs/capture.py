"""The capture job: crawl the stories asked for, then turn what came into pages and tables of the collection."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from crawler.archive import ArchiveError, end_run
from crawler.archive.errors import explain
from crawler.archive.scratch import Scratch
from crawler.jobs.article_spool import ArticleSpool
from crawler.jobs.conditions import Conditions
from crawler.jobs.crawl import FINISHED, crawl
from crawler.jobs.derive import add_derived
from crawler.jobs.pages import Packed, Pages
from crawler.jobs.relations import confirms, relations
from crawler.jobs.report import Report
from crawler.model import RecordRef
from crawler.model.counted import counted
from crawler.spiders.story import StorySpider
from crawler.spiders.wanted import Found, LookedUp, Miss, Page, Resource, Wanted

Watcher = Callable[[Found | str], None]
"""Called with each thing found, and with words where what comes next takes long."""

MANY = 20
"""Pages from which on their tables, and comparing them, may take longer than a person waits without a word."""


def capture(wanted: Wanted, conditions: Conditions, *, watch: Watcher | None = None, ending: bool = True) -> Report:
    """Capture the stories of ``wanted`` and return what was found.

    ``watch`` is called with each page, resource and miss as it comes, and then with what is done. Without ``ending``
    the same capture goes on when it is asked for again, until :func:`note_done` is called with the report. Runs
    Twisted's reactor and can therefore be called once in a process. Raises ``ArchiveError`` where the collection can't
    be written, ``CollectionError`` where the folder or the source is no archive.
    """
    started = time.monotonic()
    with Scratch() as folder:
        asked = asked_for(wanted)
        with ArticleSpool(Path(folder) / "articles.jsonl") as spool:
            findings = _Findings(spool, watch)
            crawled = crawl(StorySpider, conditions, findings.add, asked=asked, wanted=wanted, confirms=confirms)
        tell = watch if watch and len(findings.pages) >= MANY else _silent
        if conditions.collection:
            tell(f"makes the tables of {counted(len(findings.pages), 'page')}")
            try:
                add_derived(conditions.collection, spool.articles(), findings.records)
            except OSError as error:
                where = error.filename or f"pages and tables of {conditions.collection}"
                raise explain(error, "write", where) from error
    pages = Pages(findings.pages, findings.records)
    tell("compares the pages of each story")
    report = Report(
        wanted=wanted,
        collection=conditions.collection,
        source=conditions.source,
        pages=pages,
        resources=tuple(findings.resources),
        misses=tuple(findings.misses),
        lookups=tuple(findings.lookups),
        faults=crawled.faults,
        recovered=crawled.recovered,
        kept=crawled.kept,
        seconds=time.monotonic() - started,
        interrupted=crawled.reason != FINISHED,
        relations=relations(pages),
    )
    if ending:
        note_done(report)
    return report


def _silent(_: Found | str) -> None:
    pass


def note_done(report: Report) -> None:
    """Note that a capture is done, which from then on is another one when it is asked for again.

    Nothing is noted of one that was stopped, or was answered from an archive. Where it can't be noted, ``ArchiveError``
    is raised, and the same capture asked for within a day goes on with this one: it asks for nothing that came.
    """
    if report.collection is None or report.source or report.interrupted:
        return
    try:
        end_run(report.collection, asked_for(report.wanted))
    except ArchiveError as error:
        raise ArchiveError(
            f"all of the capture is kept, but that it is done can't be noted: {error}; run it again, and it goes on "
            "from here and asks for nothing that came",
            report.collection,
        ) from error


def asked_for(wanted: Wanted) -> str:
    """What tells one capture from another: the pages asked for and how much of what surrounds them."""
    providers = [provider.name for provider in wanted.providers]
    return json.dumps([wanted.named(), wanted.panels, wanted.pictures, wanted.requisites, wanted.candidates, providers])


class _Findings:
    """What the spider yields; whole articles go to the spool."""

    def __init__(self, spool: ArticleSpool, watch: Watcher | None) -> None:
        self.spool = spool
        self.watch = watch
        self.pages: list[Packed] = []
        self.resources: list[Resource] = []
        self.misses: list[Miss] = []
        self.lookups: list[LookedUp] = []
        self.records: dict[str, RecordRef] = {}

    def add(self, item: Found) -> None:
        if isinstance(item, Page):
            self.spool.add(item.article)
            self.pages.append(Packed.of(item))
        elif isinstance(item, Resource):
            self.resources.append(item)
            self.records.setdefault(item.requested, item.recorded.record)
        elif isinstance(item, LookedUp):
            self.lookups.append(item)
        else:
            self.misses.append(item)
        if self.watch:
            self.watch(item)
