"""Scrapy's downloader and its queue, so that a host which keeps its requests waiting keeps no other host waiting.

Scrapy counts a request that waits in a middleware as under way, and its queue takes the host of such a request for
idle: sixteen pictures of a host that asked for two minutes of patience were then the whole crawl for two minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any, cast

from scrapy.core.downloader import Downloader, Slot
from scrapy.http import Request
from scrapy.pqueues import DownloaderAwarePriorityQueue
from scrapy.utils.asyncio import call_later
from scrapy.utils.httpobj import urlparse_cached

from crawler.fetch.recording import recording_of

SILENT_MOST = 8
"""So many times the places of a crawl may be taken by requests to silent servers before they take others'."""


class HostQueue(DownloaderAwarePriorityQueue):
    """By host, and within a host by priority; the host with the fewest requests under way comes next, each in its turn.

    Of one host no more than ``most`` are under way: twice as many as may be transferred at once, so that the next is
    at hand.
    """

    def __init__(self, crawler: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(crawler, *args, **kwargs)
        self.most = max(2, 2 * crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))
        self._downloader_interface = cast("Any", self)

    def pop(self) -> Request | None:
        """The next request; None where all hosts that have any are asked as much as they can be."""
        hosts, request = len(self.pqueues) + 1, None
        while request is None and len(self.pqueues) < hosts:
            hosts = len(self.pqueues)
            request = super().pop()  # None, too, where a job goes on of whose host nothing was left; it is gone then
        return request

    def get_slot_key(self, request: Request) -> str:
        """What Scrapy asks of its ``DownloaderInterface``: the host of a request."""
        key: str = self.crawler.engine.downloader.get_slot_key(request)
        return key

    def stats(self, possible_slots: Iterable[str]) -> list[tuple[int, str]]:
        """Likewise: the hosts that may be asked for more, and how much of each is under way."""
        downloader = self.crawler.engine.downloader
        under_way = Counter(map(downloader.get_slot_key, downloader.active))
        return [(under_way[slot], slot) for slot in possible_slots if under_way[slot] < self.most]


class HoldingDownloader(Downloader):
    """Scrapy's downloader, which can leave a host alone, and counts no request that waits among those under way."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._waiting = self._arrived = 0
        self._held: dict[str, float] = {}
        """Hosts that are left alone, and until when on the monotonic clock in seconds."""
        self._silent: frozenset[Request] = frozenset()

    def hold(self, request: Request, seconds: float) -> None:
        """Send nothing more to the host of ``request`` for so long; what waits for it is kept."""
        now = monotonic()
        self._held = {host: until for host, until in self._held.items() if until > now}
        host = urlparse_cached(request).netloc
        self._held[host] = max(self._held.get(host, 0.0), now + seconds)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """While a request waits, it takes no other's place."""
        self._waiting += 1
        self._ask_more()
        try:
            yield
        finally:
            self._waiting -= 1

    @contextmanager
    def arrived(self, request: Request) -> Iterator[None]:
        """While its answer is there and only waits to be safe, another request takes its place.

        Else all that may be under way would wait for one write to disk, and nothing be asked meanwhile. No more than
        as many as may be under way give up their places.
        """
        slot = self.slots.get(request.meta.get(self.DOWNLOAD_SLOT, ""))
        if slot is None or request not in slot.transferring or self._arrived >= self.total_concurrency:
            yield
            return
        self._arrived += 1
        slot.transferring.remove(request)
        self._process_queue(slot)
        self._ask_more()
        try:
            yield
        finally:
            self._arrived -= 1
            slot.transferring.add(request)  # whence Scrapy takes it

    def tell_silent(self, requests: frozenset[Request]) -> None:
        """Take note of the requests whose servers say nothing: they, and what waits behind them, take few places."""
        self._silent = requests
        self._ask_more()

    def needs_backout(self) -> bool:
        """Whether as many requests are under way as may be (``CONCURRENT_REQUESTS``; 0: without limit)."""
        waiting, silent = self._waiting + self._arrived, len(self._silent & self.active)
        if self._held or self._silent:
            for slot in self.slots.values():
                if not slot.queue:
                    continue
                if urlparse_cached(slot.queue[0][0]).netloc in self._held:
                    waiting += len(slot.queue)
                elif slot.transferring and slot.transferring <= self._silent:
                    silent += len(slot.queue)
        waiting += min(silent, SILENT_MOST * self.total_concurrency)
        return 0 < self.total_concurrency <= len(self.active) - waiting

    def _ask_more(self) -> None:
        if (slot := self.crawler.engine._slot) is not None:
            slot.nextcall.schedule()

    def _process_queue(self, slot: Slot) -> None:
        if slot.queue and not slot.latercall and self._held:
            host = urlparse_cached(slot.queue[0][0]).netloc
            wait = self._held.get(host, 0.0) - monotonic()
            if wait > 0 and not recording_of(self.crawler).stopping:
                slot.latercall = call_later(min(wait, 1.0), self._latercall, slot)
                return
            self._held.pop(host, None)
        super()._process_queue(slot)

    def _wait_for_download(self, slot: Slot, request: Request, *args: Any) -> Any:
        # Scrapy counts a transfer only once its task has begun, and begins as many tasks as it likes until then.
        slot.transferring.add(request)
        return super()._wait_for_download(slot, request, *args)


def downloader_of(crawler: Any) -> HoldingDownloader:
    """The crawler's downloader, as the add-on set it."""
    downloader = crawler.engine.downloader
    assert isinstance(downloader, HoldingDownloader), "the setting DOWNLOADER belongs to the archiving add-on"
    return downloader
