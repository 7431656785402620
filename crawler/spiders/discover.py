"""The discover spider: from feeds, sitemaps and pages to the addresses of stories, and no further."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from twisted.python.failure import Failure as TwistedFailure

from crawler.archive import Recorder
from crawler.fetch.handler import NotAsked
from crawler.spiders.miss import outcome_of
from crawler.spiders.sources import Checked, Listed, Source
from crawler.spiders.walk import SourceWalk
from crawler.spiders.wanted import Miss

Discovered = Checked | Listed | Miss


class DiscoverSpider(scrapy.Spider):
    """Asks sources and yields a :class:`Checked` for each listing that came, a :class:`Listed` for each story wanted.

    What did not come is a :class:`Miss`. Nothing but the listings is fetched. What a listing that changed says of its
    stories goes into the archive as ``metadata`` on its record.
    """

    name = "discover"

    def __init__(self, url: str = "", sources: tuple[Source, ...] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sources = sources or tuple(map(Source, url.split()))
        self._walk = SourceWalk(lambda listed: (listed,), self.missed, self._keep)

    async def start(self) -> AsyncIterator[Any]:
        """The sources."""
        for request in self._walk.begin(self.sources):
            yield request

    def _keep(self, checked: Checked) -> None:
        """Set down what a new listing says of its stories, dates above all, beside the listing's record."""
        recorder = getattr(self.crawler, "recorder", None)
        if isinstance(recorder, Recorder) and checked.wanted and not checked.recorded.revisit:
            said = json.dumps(checked.to_dict(), ensure_ascii=False).encode("utf-8", "replace")
            recorded = checked.recorded
            recorder.metadata(checked.url, said, "application/json", recorded.captured_at, about=recorded.record)

    def missed(self, failure: TwistedFailure) -> Iterator[Miss]:
        """A listing that did not come."""
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        requested = request.cb_kwargs["requested"]
        if isinstance(failure.value, NotAsked) or self._walk.is_guess(requested):
            return
        assert failure.value is not None
        yield Miss(requested, request.meta["purpose"], *outcome_of(failure.value, request))
