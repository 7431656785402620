"""Going through sources: from a feed, sitemap or page to the stories it lists, and to its further parts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import scrapy
from scrapy.http import Response

from crawler.extract.feeds import (
    COMMON_PATHS,
    Child,
    Entry,
    Listing,
    ListingError,
    find_feeds,
    find_sitemaps,
    read_listing,
)
from crawler.fetch.known import CONFIRMED
from crawler.fetch.remains import SHORTENED
from crawler.model import Outcome, Purpose, Role
from crawler.spiders.carried import REFUSALS, headers_of, purpose_of, recorded_of
from crawler.spiders.sources import Checked, Listed, Source, moment
from crawler.spiders.wanted import Miss

MAX_DEPTH = 3
"""An index of sitemaps may name an index; a longer chain is a trap."""
MAX_FEEDS = 8
"""Feeds asked of one page."""
PRIORITY = 95
"""Listings go before the pages they lead to."""


class SourceWalk:
    """The walk through one crawl's sources; ``on_listed`` says what follows from each story found.

    ``on_checked`` is told of each listing.

    Requests end in :meth:`parse`, or in ``errback``; a story listed twice counts once.
    """

    def __init__(
        self,
        on_listed: Callable[[Listed], Iterable[Any]],
        errback: Callable[..., Any],
        on_checked: Callable[[Checked], None] | None = None,
    ) -> None:
        self._on_listed = on_listed
        self._on_checked = on_checked
        self._errback = errback
        self._seen: set[str] = set()
        self._taken: dict[str, int] = {}
        self._guessed: set[str] = set()

    def begin(self, sources: Iterable[Source]) -> Iterator[scrapy.Request]:
        """The first request of each source."""
        for source in sources:
            purpose = Purpose(Role.FEED, story=source.url, because="a source of stories")
            yield self._ask(source, source.url, purpose, first=True)

    def parse(self, response: Response, requested: str, source: Source, depth: int) -> Iterator[Any]:
        """A listing: what is wanted of it, and its further parts."""
        purpose = purpose_of(response)
        recorded = recorded_of(response)
        if response.status != 200:
            if not self.is_guess(requested):
                yield Miss(requested, purpose, recorded.outcome, f"status {response.status}: no listing came")
            return
        headers = headers_of(response)
        try:
            listing = read_listing(
                response.body,
                url=response.url,
                captured_at=recorded.captured_at,
                headers=headers,
            )
        except ListingError as error:
            if not self.is_guess(requested):
                yield Miss(requested, purpose, Outcome.BAD_RESPONSE, str(error))
            return
        if listing.kind == "page" and self.is_guess(requested):
            return  # a site that answers any address with its front page
        feeds = find_feeds(response.body, url=response.url, headers=headers) if listing.kind == "page" else ()
        notes = listing.notes
        if SHORTENED in response.flags:
            notes = (
                *notes,
                f"longer than the {len(response.body) >> 20} MiB that are read; the rest is archived, not read",
            )
        checked = Checked(
            source, response.url, purpose, recorded, response.status, listing.kind, listing.title,
            len(listing.entries), notes, CONFIRMED in response.flags, feeds, self._wanted(listing, source),
        )  # fmt: skip
        if self._on_checked is not None:
            self._on_checked(checked)
        yield checked
        for entry in checked.wanted:
            yield from self._on_listed(Listed(source, entry, checked))
        yield from self._further(listing, checked, depth)

    def parse_robots(self, response: Response, requested: str, source: Source, depth: int) -> Iterator[Any]:
        """The sitemaps that a robots.txt names, or where it names none the usual addresses of feeds."""
        named: tuple[str, ...] = ()
        if response.status == 200:
            named = find_sitemaps(response.text if hasattr(response, "text") else "", url=response.url)
        because = "named in robots.txt"
        if not named:
            named, because = tuple(urljoin(response.url, path) for path in COMMON_PATHS), "the usual address of a feed"
            self._guessed.update(named)
        for url in named[: len(COMMON_PATHS)]:
            purpose = Purpose(Role.FEED, story=source.url, via=response.url, hops=depth + 1, because=because)
            yield self._ask(source, url, purpose, depth=depth + 1)

    def is_guess(self, requested: str) -> bool:
        """True for an address nobody named, whose failure is no news."""
        return requested in self._guessed

    def _wanted(self, listing: Listing, source: Source) -> tuple[Entry, ...]:
        wanted: dict[str, Entry] = {}
        for entry in listing.entries:
            if entry.url not in self._seen and source.filter.wants(entry):
                wanted.setdefault(entry.url, entry)
        taken = self._taken.get(source.url, 0)
        kept = _first(wanted.values(), source.limit - taken, by_date=listing.kind != "page")
        self._seen.update(entry.url for entry in kept)
        self._taken[source.url] = taken + len(kept)
        return kept

    def _further(self, listing: Listing, checked: Checked, depth: int) -> Iterator[scrapy.Request]:
        source = checked.source
        if self._taken.get(source.url, 0) >= source.limit:
            return
        if depth < MAX_DEPTH:
            wanted = [child for child in listing.children if source.filter.covers(child.updated)]
            for child in sorted(wanted, key=_newest)[: source.children]:
                yield self._ask(source, child.url, _next(checked, "a sitemap of the index"), depth=depth + 1)
        if listing.next_url and depth + 1 < source.pages:
            yield self._ask(source, listing.next_url, _next(checked, "the listing's next page"), depth=depth + 1)
        if (source.feeds or not listing.entries) and listing.kind == "page" and depth == 0:
            for url in checked.feeds[:MAX_FEEDS]:
                yield self._ask(source, url, _next(checked, "a feed that the page names"), depth=depth + 1)
            if source.feeds and not checked.feeds:
                parts = urlsplit(checked.url)
                robots = f"{parts.scheme}://{parts.netloc}/robots.txt"
                purpose = _next(checked, "it may name the site's sitemaps")
                yield self._ask(source, robots, purpose, depth=depth, callback=self.parse_robots)

    def _ask(
        self, source: Source, url: str, purpose: Purpose, *, depth: int = 0, first: bool = False, callback: Any = None
    ) -> scrapy.Request:
        return scrapy.Request(
            url,
            callback=callback or self.parse,
            errback=self._errback,
            cb_kwargs={"requested": url, "source": source, "depth": depth},
            dont_filter=first or callback is not None,
            meta={"purpose": purpose, "handle_httpstatus_list": REFUSALS},
            priority=PRIORITY,
        )


def _next(checked: Checked, because: str) -> Purpose:
    why = checked.purpose
    return Purpose(Role.FEED, story=why.story, via=checked.url, hops=why.hops + 1, because=because)


def _first(entries: Collection[Entry], most: int, *, by_date: bool) -> tuple[Entry, ...]:
    """As many of the entries as are taken, in their order: the newest where dates count: sitemaps begin anywhere."""
    if len(entries) <= most or not by_date:
        return tuple(entries)[:most]
    kept = {entry.url for entry in sorted(entries, key=_age)[:most]}
    return tuple(entry for entry in entries if entry.url in kept)


def _age(entry: Entry) -> float:
    date = entry.published or entry.updated
    when = moment(date.latest if date else None, last=True)
    return -when.timestamp() if when else 0.0


def _newest(child: Child) -> tuple[bool, float]:
    """News before the rest of a site, then what changed last; an index lists the oldest first as often as not."""
    when = moment(child.updated.latest if child.updated else None, last=True)
    return ("news" not in child.url.lower(), -when.timestamp() if when else 0.0)
