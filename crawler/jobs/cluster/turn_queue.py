"""The queue of a crawl that gets its turns at a broker: a host that others ask as well keeps no other host waiting."""

from __future__ import annotations

from typing import Any

from crawler.fetch.downloader import HostQueue


class TurnQueue(HostQueue):
    """Of one host two requests are under way: one that has its turn, and one that waits for the next.

    A request that waits for its turn counts as a download, of which there are no more than so many at a time, so those
    of a host that others ask as well would soon be all of them.
    """

    def __init__(self, crawler: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(crawler, *args, **kwargs)
        self.most = 2
