"""Scrapy's downloader and its queue, so that a host which keeps its requests waiting keeps no other host waiting.

Scrapy counts a request that waits in a middleware as under way, and its queue takes the host of such a request for
idle: sixteen pictures of a host that asked for two minutes of patience were then the whole crawl for two minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from scrapy.core.downloader import Downloader, Slot
from scrapy.http import Request
from scrapy.pqueues import DownloaderAwarePriorityQueue
from scrapy.utils.asyncio import call_later
from scrapy.utils.httpobj import urlparse_cached

from crawler.fetch.recording import recording_of


class HostQueue(DownloaderAwarePriorityQueue):
    """By host, and within a host by priority; the host with the fewest requests under way comes next, each in its turn.

    Of one host no more than ``most`` are under way: twice as many as may be transferred at once, so that the next is
    at hand.
    """

    def __init__(self, crawler: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(crawler, *args, **kwargs)
        self.most = max(2, 2 * crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))

    def pop(self) -> Request | None:
        """The next request; None where all hosts that have any are asked as much as they can be."""
        slot_of = self._downloader_interface.get_slot_key
        under_way = Counter(map(slot_of, self.crawler.engine.downloader.active))
        free = [(under_way[slot], slot) for slot in self.pqueues if under_way[slot] < self.most]
        if not free:
            return None
        slot = self._next_slot(free, update_state=True)
        queue = self.pqueues[slot]
        request: Request | None = queue.pop()
        if not queue:
            del self.pqueues[slot]
            queue.close()
        return request


class HoldingDownloader(Downloader):
    """Scrapy's downloader, which can leave a host alone, and counts no request that waits among those under way."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._waiting = 0
        self._held: dict[str, float] = {}
        """Hosts that are left alone, and until when on the monotonic clock in seconds."""

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
        if (slot := self.crawler.engine._slot) is not None:
            slot.nextcall.schedule()
        try:
            yield
        finally:
            self._waiting -= 1

    def needs_backout(self) -> bool:
        """Whether as many requests are under way as may be (``CONCURRENT_REQUESTS``; 0: without limit)."""
        waiting = self._waiting
        if self._held:
            queues = [slot.queue for slot in self.slots.values() if slot.queue]
            waiting += sum(len(queue) for queue in queues if urlparse_cached(queue[0][0]).netloc in self._held)
        return 0 < self.total_concurrency <= len(self.active) - waiting

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
