"""The story spider: from any URL of a story to its original, copies, pictures, requisites and related cards."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Set
from typing import Any
from urllib.parse import urljoin

import scrapy
from scrapy.http import HtmlResponse, Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.extract import find_embedded, find_requisites
from crawler.fetch.handler import NotAsked
from crawler.model import Article, Card, Outcome, Purpose, Role
from crawler.model.address import host_of
from crawler.spiders import bounds
from crawler.spiders.carried import REFUSALS, headers_of, next_purpose, purpose_of, recorded_of
from crawler.spiders.copysearch import LOST, Confirms, CopySearch, slots_of
from crawler.spiders.copysearch import PRIORITY as SEARCH_PRIORITY
from crawler.spiders.lacking import lacking_of
from crawler.spiders.memento import same_page
from crawler.spiders.miss import outcome_of
from crawler.spiders.parts import Parts
from crawler.spiders.reading import read_page
from crawler.spiders.wanted import Found, Miss, Page, Resource, Wanted, is_fetchable

PRIORITY = {
    **SEARCH_PRIORITY,
    Role.SEED: 100,
    Role.ORIGINAL: 90,
    Role.COPY: 90,
    Role.PART: 80,
    Role.IMAGE: 20,
    Role.REQUISITE: 10,
    Role.CARD: 0,
}
"""Pages of the story first: an interrupted crawl then holds what matters most."""


class StorySpider(scrapy.Spider):
    """Captures the stories of a :class:`Wanted` and yields what it found, page by page.

    Every page that came, whatever its status, is a :class:`Page`; every picture and requisite a :class:`Resource`;
    everything that did not come a :class:`Miss`. The bytes are archived below the spider, in the download handler.
    """

    name = "story"

    def __init__(
        self, url: str = "", wanted: Wanted | None = None, confirms: Confirms | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.wanted = wanted or Wanted(urls=tuple(url.split()))
        self._parts = Parts(self._ask)
        self._search = CopySearch(self.wanted.providers, confirms, self._ask, self.missed)
        self._asked: set[str] = set(self.wanted.watched.difference(self.wanted.named()))
        """Pages asked for past the duplicate filter, what they redirected to, and what others ask for."""

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> StorySpider:
        """The spider, and the pace of the look-ups it will ask; an archive is read without waiting."""
        spider: StorySpider = super().from_crawler(crawler, *args, **kwargs)
        if spider.wanted.providers and not crawler.settings.get("WIRECOPY_FROM"):
            slots = crawler.settings.getdict("DOWNLOAD_SLOTS") | slots_of(spider.wanted.providers)
            crawler.settings.set("DOWNLOAD_SLOTS", slots, priority="cmdline")
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """The pages that the user named."""
        for story in self.wanted.urls:
            for url in (story, *self.wanted.copies.get(story, ())):
                if url not in self._asked:
                    self._asked.add(url)
                    role = Role.SEED if url == story else Role.COPY
                    because = None if url == story else "named by the user"
                    # Not filtered: one named page that redirects to another must end in the report too.
                    yield self._ask(url, Purpose(role, story=story, because=because), dont_filter=True)

    def parse_page(
        self, response: Response, requested: str, memento_of: str | None = None
    ) -> Iterator[Found | scrapy.Request]:
        """A page: what it says, and what belongs to it."""
        purpose, recorded = purpose_of(response), recorded_of(response)
        article = read_page(
            response.body,
            url=response.url,
            captured_at=recorded.captured_at,
            headers=headers_of(response),
            outcome=recorded.outcome,
            record=recorded.record,
            purpose=purpose,
            reason=recorded.reason,
        )
        self._asked.add(response.url)
        confirmed = self._search.confirms(article, purpose) if purpose.role is Role.CANDIDATE else None
        yield Page(requested, purpose, article, recorded, response.status, confirmed)
        if memento_of is not None and (
            article.memento is None or not same_page(article.memento.page, memento_of) or article.outcome in LOST
        ):
            yield from self._search.lost_memento(memento_of, purpose)
            return
        yield from self._search.lost(requested, purpose, article.outcome)
        if response.status not in (200, 206) or article.outcome is Outcome.NOT_HTML:
            return
        if purpose.role is Role.CARD or confirmed is False:
            return
        # What a memento links to stood at its page's address, not at the archive's.
        page = article.memento.page if article.memento else response.url
        if self.wanted.originals:
            yield from self._originals(article, purpose, page)
        if (self.wanted.candidates or self.wanted.providers) and purpose.role is not Role.PART:
            yield from self._search.told(article, purpose, page)
        if self.wanted.pictures:
            yield from self._pictures(article, purpose, page)
        if article.memento:
            return
        yield from self._parts.after(article, purpose, response.body, response.url)
        if self.wanted.requisites:
            own = {address for image in article.images for address in image.variants}
            yield from self._requisites(response, purpose, depth=0, own=own)
            yield from self._embedded(article, purpose, response.url)
        if self.wanted.panels and purpose.role is not Role.PART:
            yield from self._cards(article, purpose, response.url)

    def parse_style(self, response: Response, requested: str, depth: int) -> Iterator[Found | scrapy.Request]:
        """A style sheet: it came, and it asks for fonts, pictures and further style sheets."""
        yield from self.parse_resource(response, requested)
        if response.status == 200 and depth < bounds.MAX_STYLE_DEPTH:
            yield from self._requisites(response, purpose_of(response), depth=depth)

    def parse_embedded(self, response: Response, requested: str) -> Iterator[Found | scrapy.Request]:
        """A frame or film of the text: it came, and of a frame what it shows; frames within it are left."""
        if lacking := lacking_of(response):
            yield Miss(requested, purpose_of(response), *lacking)
            return
        yield from self.parse_resource(response, requested)
        if response.status == 200 and isinstance(response, HtmlResponse):
            yield from self._requisites(response, purpose_of(response), depth=0)

    def parse_resource(self, response: Response, requested: str) -> Iterator[Found]:
        """A picture, script or font: it came."""
        yield Resource(requested, response.url, purpose_of(response), recorded_of(response), response.status)

    def missed(self, failure: TwistedFailure) -> Iterator[Found | scrapy.Request]:
        """A request that ended without a response the spider could read."""
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        if isinstance(failure.value, NotAsked):
            return
        assert failure.value is not None
        outcome, message = outcome_of(failure.value, request)
        asked, purpose = request.cb_kwargs, request.meta["purpose"]
        yield Miss(asked["requested"], purpose, outcome, message)
        if "asking" in asked:
            yield from self._search.unanswered(asked["provider"], asked["asking"], purpose)
        elif memento_of := asked.get("memento_of"):
            yield from self._search.lost_memento(memento_of, purpose)
        else:
            yield from self._search.lost(asked["requested"], purpose, outcome)

    def _originals(self, article: Article, purpose: Purpose, page: str) -> Iterator[scrapy.Request]:
        if purpose.hops >= bounds.MAX_ORIGINAL_HOPS:
            return
        because = article.evidence and article.evidence.get("original_urls")
        words = because.place if because else "named as its original"
        for number, url in enumerate(article.original_urls[: bounds.MAX_NAMED]):
            if is_fetchable(url) and url not in self._asked and host_of(url) != host_of(page):
                why = next_purpose(purpose, Role.ORIGINAL, page, words)
                if number < bounds.MAX_ORIGINALS:
                    yield self._ask(url, why)
                else:
                    self._search.hold(url, why)

    def _pictures(self, article: Article, purpose: Purpose, page: str) -> Iterator[scrapy.Request]:
        for image in article.images:
            yield from self._ask_resource(image.url, next_purpose(purpose, Role.IMAGE, page, image.role or "picture"))

    def _requisites(
        self, response: Response, purpose: Purpose, *, depth: int, own: Set[str] = frozenset()
    ) -> Iterator[scrapy.Request]:
        """What the page needs but its ``own`` pictures, of which the best variant is fetched already."""
        found = find_requisites(response.body, url=response.url, headers=headers_of(response))
        for url, kind in [each for each in found if each.url not in own][: bounds.MAX_REQUISITES]:
            why = next_purpose(purpose, Role.REQUISITE, response.url, kind)
            if kind == "style":
                yield from self._ask_resource(url, why, callback=self.parse_style, depth=depth + 1)
            else:
                yield from self._ask_resource(url, why)

    def _embedded(self, article: Article, purpose: Purpose, page: str) -> Iterator[scrapy.Request]:
        for url in find_embedded(article)[: bounds.MAX_EMBEDDED]:
            why = next_purpose(purpose, Role.REQUISITE, page, "embedded in the text")
            yield from self._ask_resource(url, why, callback=self.parse_embedded, most=bounds.MAX_FILM)

    def _cards(self, article: Article, purpose: Purpose, page: str) -> Iterator[scrapy.Request]:
        cards = [(panel.kind, card) for panel in article.panels for card in panel.cards]
        for kind, card in cards[: self.wanted.panels]:
            if card.image and self.wanted.pictures:
                yield from self._ask_resource(
                    card.image, next_purpose(purpose, Role.REQUISITE, page, f"picture of a {kind} card")
                )
            if (url := _card_url(card, page)) and url not in self._asked:
                yield self._ask(url, next_purpose(purpose, Role.CARD, page, f"{kind} panel, card {card.position}"))

    def _ask(
        self,
        url: str,
        purpose: Purpose,
        *,
        dont_filter: bool = False,
        headers: dict[str, str] | None = None,
        memento_of: str | None = None,
        slot: str | None = None,
    ) -> scrapy.Request:
        return scrapy.Request(
            url,
            callback=self.parse_page,
            errback=self.missed,
            headers=headers,
            cb_kwargs={"requested": url, "memento_of": memento_of},
            # Several records of one file of an archive have one address.
            dont_filter=dont_filter or memento_of is not None,
            meta={"purpose": purpose, "handle_httpstatus_list": REFUSALS} | ({"download_slot": slot} if slot else {}),
            priority=PRIORITY[purpose.role],
        )

    def _ask_resource(
        self, url: str, purpose: Purpose, *, callback: Any = None, most: int = 0, **kwargs: Any
    ) -> Iterator[scrapy.Request]:
        if not is_fetchable(url):
            return
        meta = {"purpose": purpose, "handle_httpstatus_list": REFUSALS}
        yield scrapy.Request(
            url,
            callback=callback or self.parse_resource,
            errback=self.missed,
            cb_kwargs={"requested": url, **kwargs},
            meta=meta | ({"download_maxsize": most} if most else {}),
            priority=PRIORITY[purpose.role],
        )


def _card_url(card: Card, page: str) -> str | None:
    if not card.url:
        return None
    try:
        url = urljoin(page, card.url)
    except ValueError:
        return None
    return url if is_fetchable(url) else None
