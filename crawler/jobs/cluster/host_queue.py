"""The queue of a crawl that gets its turns at a broker: a host that is busy keeps no other host waiting."""

from __future__ import annotations

from collections import Counter

from scrapy.http import Request
from scrapy.pqueues import DownloaderAwarePriorityQueue

UNDER_WAY = 2
"""Requests of a host that are taken from the queue: one that has its turn, and one that waits for the next.

All others stay here. A request that waits for its turn counts as a download, of which there are no more than so many at
a time, so those of a host that others ask as well would soon be all of them.
"""


class HostQueue(DownloaderAwarePriorityQueue):
    """By host, and within a host by priority; the host with the fewest requests under way comes next."""

    def pop(self) -> Request | None:
        """The next request; None where all hosts that have any are asked as much as they can be."""
        slot_of = self._downloader_interface.get_slot_key
        under_way = Counter(map(slot_of, self.crawler.engine.downloader.active))
        free = [slot for slot in self.pqueues if under_way[slot] < UNDER_WAY]
        if not free:
            return None
        slot = min(free, key=lambda each: (under_way[each], each))
        queue = self.pqueues[slot]
        request: Request | None = queue.pop()
        if not queue:
            del self.pqueues[slot]
            queue.close()
        return request
