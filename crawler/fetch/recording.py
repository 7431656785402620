"""What a crawl's exchanges are handed to: one sink a crawler, opened with the crawl and closed after it."""

from __future__ import annotations

import gc
import logging
import platform
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from datetime import timedelta
from typing import Any, Protocol

import scrapy
import twisted
from OpenSSL import SSL
from scrapy import signals
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.utils.defer import _schedule_coro, maybe_deferred_to_future
from scrapy.utils.misc import load_object
from twisted.internet.threads import deferToThread

from crawler import __version__
from crawler.archive import Recorder
from crawler.archive.errors import explain
from crawler.fetch.breaker import Breaker
from crawler.fetch.open_files import allow_many
from crawler.model import Exchange, Failure, Outcome

ARCHIVE_ERROR = "archive_error"
"""The reason a crawl is closed with when its archive cannot be written any more."""
logger = logging.getLogger(__name__)


class ExchangeSink(Protocol):
    """Where exchanges go; the archive's ``Recorder`` is one."""

    def record(self, exchange: Exchange) -> Future[Any]:
        """Take an exchange and its files; resolves when it is safe on disk, fails when it never will be."""
        ...

    def fail(self, failure: Failure) -> Future[None]:
        """Take note of a request that left no byte."""
        ...

    def close(self) -> None:
        """Finish what was handed over."""
        ...


class NotRecorded(IgnoreRequest):  # named like Scrapy's own
    """A request given up because what comes of it could not be archived."""

    outcome = Outcome.NOT_ARCHIVED


class Recording:
    """Scrapy extension that owns the sink of a crawl.

    ``WIRECOPY_RECORDER`` names what opens it (dotted path or callable, called with the crawler's settings).
    """

    def __init__(self, crawler: Any, sink: ExchangeSink) -> None:
        self.sink = sink
        self.error: BaseException | None = None
        """Why the archive cannot be written any more; None while it can."""
        self.breakers: list[Breaker] = []
        """Which hosts the crawl leaves alone, of each scheme one."""
        self.before_close = ExitStack()
        """What reads the collection and is to be closed before its sink."""
        self._crawler = crawler
        crawler.signals.connect(_spare_collector, signals.engine_started)
        crawler.signals.connect(self._spider_closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Any) -> Recording:
        """Open the sink. Raises what opening it raises: a crawl without its archive does not begin."""
        opener: Callable[[Any], ExchangeSink] | str | None = crawler.settings.get("WIRECOPY_RECORDER")
        if not opener:
            raise NotConfigured("WIRECOPY_RECORDER is not set")
        allow_many()
        recording = cls(crawler, load_object(opener)(crawler.settings))
        crawler.recorder = recording.sink
        return recording

    @property
    def stopping(self) -> bool:
        """Whether the crawl has been told to end: what is under way ends well, nothing new begins."""
        slot = getattr(self._crawler.engine, "_slot", None)
        return self.error is not None or (slot is not None and slot.closing is not None)

    def halt(self, error: BaseException) -> None:
        """Stop the crawl, once, because of what the sink said."""
        if self.error is not None:
            return
        if isinstance(error, OSError):
            error = explain(error, "write", self._crawler.settings["WIRECOPY_COLLECTION"])
        self.error = self._crawler.storage_error = error
        logger.error("%s. The crawl stops here; everything captured before is safe.", str(error).rstrip("."))
        if self._crawler.engine is not None and self._crawler.engine.spider is not None:
            _schedule_coro(self._crawler.engine.close_spider_async(reason=ARCHIVE_ERROR))

    async def _spider_closed(self, spider: Any, reason: str) -> None:
        # The engine closes a spider after its last request is done, so nothing is in flight any more.
        gc.unfreeze()  # else DuckDB's module complains at the process's end of what is never let go
        try:
            self.before_close.close()
        except Exception as error:  # noqa: BLE001  # what only read the collection keeps nobody from finishing it
            what = str(error).rstrip(".") or type(error).__name__
            logger.warning("%s. The collection is finished all the same.", what)
        try:
            await maybe_deferred_to_future(deferToThread(self.sink.close))
        except Exception as error:  # noqa: BLE001  # any way of not finishing the archive is one clear line
            if self.error is None:
                self.error = self._crawler.storage_error = error
                logger.error("%s. The collection was not finished: run `wirecopy index` on it.", error)


def _spare_collector() -> None:
    """Have Python's collector pass over what was there before the crawl, until it ends.

    Pages in flight come and go by dozens, each with some hundred objects: every such wave is taken for growth, and the
    collector went through all modules again and again, for a tenth of a crawl's time. It looks as often as ever, for
    whole bodies hang on the circles that failures leave.
    """
    if not gc.get_freeze_count():
        gc.freeze()


def open_recorder(settings: Any) -> ExchangeSink:
    """The archive's recorder for the collection at ``WIRECOPY_COLLECTION``.

    ``WIRECOPY_ASKED`` says in any words what is captured: where the same was begun within ``WIRECOPY_RESUME_WITHIN``
    seconds and cut off, it goes on, unless ``WIRECOPY_ANEW``.

    Raises ``ArchiveError`` or ``CollectionError`` where it cannot be written to.
    """
    recorder = Recorder(
        settings["WIRECOPY_COLLECTION"],
        software=software(),
        contact=settings.get("WIRECOPY_CONTACT"),
        beside=settings.getbool("WIRECOPY_DEDUPLICATE_BESIDE"),
        robots="obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
    )
    if asked := settings.get("WIRECOPY_ASKED"):
        try:
            anew, within = settings.getbool("WIRECOPY_ANEW"), settings.getfloat("WIRECOPY_RESUME_WITHIN", 86_400)
            recorder.begin_run(asked, within=timedelta(0) if anew else timedelta(seconds=within))
        except BaseException:
            recorder.close()
            raise
    return recorder


def software() -> str:
    """What fetches and archives, with the libraries that had a hand in it."""
    openssl = SSL.SSLeay_version(SSL.SSLEAY_VERSION).decode().removeprefix("OpenSSL ").split(" ")[0]
    return (
        f"wirecopy/{__version__} Scrapy/{scrapy.__version__} Twisted/{twisted.__version__} OpenSSL/{openssl} "
        f"Python/{platform.python_version()}"
    )


def recording_of(crawler: Any) -> Recording:
    """The crawler's ``Recording``. Raises ``NotConfigured`` where the add-on is not enabled."""
    recording = crawler.get_extension(Recording)
    if recording is None:
        raise NotConfigured("the archiving add-on is not enabled: nothing would be recorded")
    assert isinstance(recording, Recording)
    return recording
