"""What one capture brought home, for a person or a machine to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.jobs.pages import Pages
from crawler.jobs.relations import Relations
from crawler.model import Outcome, Role
from crawler.model.article import plain
from crawler.spiders.wanted import LookedUp, Miss, Page, Resource, Wanted

_CAME = frozenset({Outcome.ARTICLE, Outcome.OK, Outcome.NOT_ARTICLE, Outcome.NOT_HTML, Outcome.NOT_MODIFIED})


@dataclass(frozen=True, slots=True)
class Report:
    """The pages, resources and misses of one capture, in the order they came.

    Articles here carry no blocks and no evidence; those are in the collection's tables.
    """

    wanted: Wanted
    collection: Path | None
    source: Path | str | None
    pages: Pages
    resources: tuple[Resource, ...]
    misses: tuple[Miss, ...]
    lookups: tuple[LookedUp, ...]
    """What public look-ups were asked, where the user named some."""
    faults: tuple[str, ...]
    """Errors of our own while reading a page, by its URL; the page is archived all the same."""
    recovered: int
    """Captures of an earlier crawl that was killed, found in its unfinished files and kept."""
    kept: int
    """Requests of this very capture that were answered before it was cut off, and not made again."""
    seconds: float
    interrupted: bool
    relations: Relations

    def named(self) -> Iterator[Page | Miss]:
        """How each page that the user named ended."""
        asked = set(self.wanted.named())

        def is_named(item: Page | Miss) -> bool:
            return item.requested in asked and item.purpose.hops == 0

        yield from self.pages.only(is_named)
        yield from filter(is_named, self.misses)

    def missing(self) -> tuple[str, ...]:
        """Pages that the user named and that were not asked for before the crawl was stopped."""
        items: Iterable[Page | Miss] = chain(self.pages.outlines(), self.misses)
        ended = {item.requested for item in items if item.purpose.hops == 0}
        return tuple(url for url in self.wanted.named() if url not in ended)

    def left_alone(self) -> dict[str, tuple[int, str]]:
        """The hosts that failed too often, with the number of requests that were therefore not made, and why."""
        hosts: dict[str, tuple[int, str]] = {}
        for miss in self.misses:
            if miss.outcome is Outcome.HOST_DOWN:
                host = urlsplit(miss.requested).netloc
                hosts[host] = (hosts.get(host, (0, ""))[0] + 1, miss.message)
        return hosts

    def story_pages(self) -> Pages:
        """The pages that tell each story: originals, what the user named, mementos, and copies that were found."""
        roles = (Role.ORIGINAL, Role.SEED, Role.COPY, Role.MEMENTO, Role.CANDIDATE)
        named = {url: number for number, url in enumerate(self.wanted.named())}

        def place(page: Page) -> tuple[int, bool, int, int]:
            later = page.recorded.record.id not in self.relations.originals
            story = named.get(page.purpose.story or "", 0)
            return story, later, roles.index(page.purpose.role), named.get(page.requested, 0)

        return self.pages.only(lambda page: page.purpose.role in roles and page.confirmed is not False, place)

    def candidates(self) -> Pages:
        """Pages that were proposed as copies, came, and do not tell the story by their text."""
        return self.pages.only(lambda page: page.confirmed is False and is_readable(page))

    def parts(self) -> Pages:
        """The further pages of stories that are told over several."""
        return self.pages.only(lambda page: page.purpose.role is Role.PART)

    def cards(self) -> Pages:
        """The related stories that were captured."""
        return self.pages.only(lambda page: page.purpose.role is Role.CARD)

    def pictures(self) -> tuple[Resource, ...]:
        """The stories' own pictures that came."""
        return tuple(item for item in self.resources if item.purpose.role is Role.IMAGE and item.status < 400)

    def requisites(self) -> tuple[Resource, ...]:
        """What came of what a browser needs to show the pages."""
        return tuple(item for item in self.resources if item.purpose.role is Role.REQUISITE and item.status < 400)

    def came(self) -> int:
        """How many of the pages the user named came as pages a reader would see."""
        asked = set(self.wanted.named())
        return sum(
            is_readable(page) for page in self.pages.outlines() if page.requested in asked and page.purpose.hops == 0
        )

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "collection": str(self.collection) if self.collection else None,
            "source": str(self.source) if self.source else None,
            "seconds": round(self.seconds, 3),
            "interrupted": self.interrupted,
            "recovered": self.recovered,
            "kept": self.kept,
            "missing": list(self.missing()),
            "pages": [self._page(page) for page in (*self.story_pages(), *self.parts(), *self.cards())],
            "pictures": [_resource(item) for item in self.pictures()],
            "requisites": [_resource(item) for item in self.requisites()],
            "candidates": [self._page(page) for page in self.candidates()],
            "lookups": [_lookup(item) for item in self.lookups],
            "failed": [
                *(self._page(page) for page in self.pages.only(lambda page: not is_readable(page))),
                *(_resource(item) for item in self.resources if item.status >= 400),
                *({"url": miss.requested, **plain(miss.purpose), "outcome": miss.outcome.value, "reason": miss.message}
                  for miss in self.misses),
            ],
            "faults": list(self.faults),
            "left_alone": {
                host: {"requests": count, "reason": why} for host, (count, why) in self.left_alone().items()
            },
            "outcomes": dict(Counter([
                *(page.article.outcome.value for page in self.pages.outlines()),
                *(miss.outcome.value for miss in self.misses),
            ])),
        }  # fmt: skip

    def _page(self, page: Page) -> dict[str, Any]:
        record = page.recorded.record.id
        return {
            "requested": page.requested,
            **plain(page.purpose),
            "status": page.status,
            "confirmed": page.confirmed,
            "first": record in self.relations.originals,
            "relation": self.relations.words.get(record),
            "recorded": plain(page.recorded),
            "article": page.article.to_dict(),
        }


def is_readable(page: Page) -> bool:
    """True where the page came as a reader would see it, article or not; false for refusals, errors and stubs."""
    return page.article.outcome in _CAME


def _resource(item: Resource) -> dict[str, Any]:
    return {
        "requested": item.requested,
        "url": item.url,
        **plain(item.purpose),
        "status": item.status,
        "outcome": item.recorded.outcome.value,
        "record": plain(item.recorded.record),
    }


def _lookup(item: LookedUp) -> dict[str, Any]:
    return {
        "provider": item.provider,
        "question": item.question,
        "url": item.requested,
        **plain(item.purpose),
        "found": item.found,
        "fault": item.fault,
        "record": plain(item.recorded.record),
    }
