"""The further pages of stories that are told over several: each is asked for by the one before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import scrapy

from crawler.extract.parts import next_part
from crawler.model import Article, Outcome, Purpose, Role
from crawler.spiders import bounds
from crawler.spiders.carried import next_purpose


class Parts:
    """Where the stories of one crawl go on; ``ask`` makes a request of an address and why it is asked for."""

    def __init__(self, ask: Callable[[str, Purpose], scrapy.Request]) -> None:
        self._ask = ask
        self._places: dict[str, tuple[str, int]] = {}
        """Of a further page that was asked for the first page of its story, and its number."""
        self._told: set[tuple[str, int]] = set()
        """What pages of a story said: where one says the same again, what changes is beside it (readers' comments)."""

    def after(self, article: Article, purpose: Purpose, body: bytes, url: str) -> Iterator[scrapy.Request]:
        """The page that ``url``, whose ``body`` holds ``article``, goes on with."""
        first, number = self._places.get(url, (url, 1))
        said = (first, hash(article.text))
        lost = purpose.role is Role.PART and number == 1  # led elsewhere by a redirect
        if article.outcome is not Outcome.ARTICLE or said in self._told or lost or number >= bounds.MAX_PARTS:
            return
        self._told.add(said)
        if (address := next_part(body, url, first, number)) is not None:
            request = self._ask(address, next_purpose(purpose, Role.PART, url, f"page {number + 1} of the story"))
            self._places[request.url] = first, number + 1  # as its response will be called: with letters escaped
            yield request
