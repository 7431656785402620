"""The archive that an offline crawl reads, and the collection it copies into: opened and closed with the crawl."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.utils.defer import _schedule_coro, maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.threads import deferToThread

from crawler import __version__
from crawler.archive import Archive, ArchiveError, Recorded, Recorder, is_remote, open_archive
from crawler.archive.damage import not_held
from crawler.archive.errors import explain
from crawler.archive.recorded import recorded
from crawler.model import Capture, Outcome

ARCHIVE_ERROR = "archive_error"
"""The reason a crawl is closed with when its collection cannot be written any more."""
logger = logging.getLogger(__name__)


class NotCopied(IgnoreRequest):  # named like Scrapy's own
    """A request given up because the records it uses could not be copied."""

    outcome = Outcome.NOT_ARCHIVED


class Reading:
    """Scrapy extension that owns the archive at ``WIRECOPY_FROM`` and, with ``WIRECOPY_COLLECTION``, its copy.

    ``WIRECOPY_AT`` (a ``datetime``, or ISO 8601; UTC where it names no zone) chooses among captures of one URL the
    nearest in time; without it the latest counts.
    """

    def __init__(self, crawler: Any, archive: Archive, at: datetime | None, recorder: Recorder | None) -> None:
        self.path = archive.path
        self.error: BaseException | None = None
        """Why the collection cannot be written any more; None while it can."""
        self._crawler = crawler
        self._archive = archive
        self._at = at
        self._recorder = recorder
        crawler.signals.connect(self._spider_closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Any) -> Reading:
        """Open the archive. Raises ``ArchiveError`` where it is none, or where the collection cannot be written."""
        settings = crawler.settings
        source, collection = settings.get("WIRECOPY_FROM"), settings.get("WIRECOPY_COLLECTION")
        if not source:
            raise NotConfigured("WIRECOPY_FROM is not set: there is no archive to read")
        if collection and not is_remote(source) and Path(collection).resolve() == Path(source).resolve():
            collection = None  # what is used is there already
        at = moment(settings.get("WIRECOPY_AT"))
        archive = open_archive(source)
        try:
            recorder = _recorder(collection, settings) if collection else None
        except BaseException:
            archive.close()
            raise
        return cls(crawler, archive, at, recorder)

    def find(self, url: str) -> Capture | None:
        """The capture of ``url`` that the crawl is meant to see. Raises ``ArchiveError`` where it cannot be read."""
        return self._archive.find(url, self._at)

    def missing(self, url: str) -> str:
        """A line on a URL that :meth:`find` found no capture of."""
        return not_held(url, self._archive)

    async def use(self, capture: Capture) -> Recorded:
        """Say where a capture's record is, after copying it where a collection is written.

        Raises ``ArchiveError`` where its records cannot be read, and ``NotCopied``, and stops the crawl, where they
        cannot be written.
        """
        if self._recorder is None:
            row = self._archive.index().get(capture.record.id)
            if row is None:
                raise ArchiveError(f"{self.path} holds no record {capture.record.id}", self.path)
            return recorded(row)
        copied = self._archive.copy_capture(capture, self._recorder)
        try:
            return await _arrival(copied)
        except OSError as error:
            self._halt(explain(error, "write", self._crawler.settings["WIRECOPY_COLLECTION"]))
            raise NotCopied(f"{capture.url} was not copied: {error}") from error

    def _halt(self, error: BaseException) -> None:
        if self.error is not None:
            return
        self.error = self._crawler.storage_error = error
        logger.error("%s. The crawl stops here; everything copied before is safe.", str(error).rstrip("."))
        if self._crawler.engine is not None and self._crawler.engine.spider is not None:
            _schedule_coro(self._crawler.engine.close_spider_async(reason=ARCHIVE_ERROR))

    async def _spider_closed(self, spider: Any, reason: str) -> None:
        self._archive.close()
        if self._recorder is None:
            return
        try:
            await maybe_deferred_to_future(deferToThread(self._recorder.close))
        except OSError as error:
            if self.error is None:
                self.error = self._crawler.storage_error = error
                logger.error("%s. The collection was not finished: run `wirecopy index` on it.", error)


def reading_of(crawler: Any) -> Reading:
    """The crawler's ``Reading``. Raises ``NotConfigured`` where the offline add-on is not enabled."""
    reading = crawler.get_extension(Reading)
    if reading is None:
        raise NotConfigured("the offline add-on is not enabled: there is no archive to read")
    assert isinstance(reading, Reading)
    return reading


def moment(value: datetime | str | None) -> datetime | None:
    """A setting as a time with its zone. Raises ``ValueError`` for what is no ISO 8601 date or date-time."""
    if not value:
        return None
    at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _recorder(collection: str, settings: Any) -> Recorder:
    return Recorder(collection, software=f"wirecopy/{__version__}", contact=settings.get("WIRECOPY_CONTACT"))


async def _arrival(promise: Future[Recorded]) -> Recorded:
    """What the recorder's thread says, awaited in the reactor's."""
    from twisted.internet import reactor

    if not promise.done():
        arrived: Deferred[None] = Deferred()
        call = reactor.callFromThread
        promise.add_done_callback(lambda _: call(arrived.callback, None))
        await maybe_deferred_to_future(arrived)
    return promise.result()
