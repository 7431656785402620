"""The search for a story's copies while it is captured: candidates, public look-ups, and archives for what is gone.

Nothing found here counts as a copy before its text was compared with the story's. Pages that failed are looked for in
this order: the further addresses that the story's pages name for the same original, then the archives the user named.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urldefrag

import scrapy
from scrapy.http import Response

from crawler.model import Article, Outcome, Purpose, Role
from crawler.model.address import host_of
from crawler.spiders.carried import REFUSALS, next_purpose, purpose_of, recorded_of
from crawler.spiders.providers import Answer, Asking, Provider, Reading, Stored
from crawler.spiders.wanted import LookedUp, is_fetchable

Confirms = Callable[[Article, Sequence[Article]], bool]
"""Whether an article tells the story of others, by its text."""

PRIORITY = {Role.LOOKUP: 60, Role.MEMENTO: 50, Role.CANDIDATE: 40}
"""After the pages that are known to tell the story, before pictures."""

MAX_CANDIDATES = 30
"""Candidates fetched for one story."""
MAX_BY_SITE = 3
"""Of them from one site: an outlet's archive of one topic is not its copies."""
MAX_TOLD = 4
"""Articles of one story that a candidate is compared with."""

LOST = frozenset({
    Outcome.GONE, Outcome.SOFT_404, Outcome.BLOCKED, Outcome.CONSENT, Outcome.EMPTY,
    Outcome.SERVER_ERROR, Outcome.CLIENT_ERROR, Outcome.UNREACHABLE, Outcome.TIMEOUT, Outcome.TLS_FAILURE,
    Outcome.BAD_RESPONSE, Outcome.ABORTED, Outcome.HOST_DOWN, Outcome.REDIRECT,
})  # fmt: skip
"""Endings after which a page is looked for elsewhere; what robots.txt, a login or a price forbids is left alone."""
_OF_STORY = frozenset({Role.SEED, Role.ORIGINAL, Role.COPY})


@dataclass(slots=True)
class _Told:
    """What is known of one story."""

    articles: list[Article] = field(default_factory=list)
    others: list[tuple[str, Purpose]] = field(default_factory=list)
    """Further addresses of the original, to ask should the first ones fail."""
    candidates: int = 0
    by_site: Counter[str] = field(default_factory=Counter)
    searched: bool = False


@dataclass(slots=True)
class _Recall:
    """The search of the archives for one page that is gone."""

    purpose: Purpose
    archives: list[Provider]
    """Those not asked yet."""
    stored: list[Stored] = field(default_factory=list)
    """Captures not tried yet, the best first."""
    open: int = 0
    """Questions without an answer yet."""
    trying: bool = False


class CopySearch:
    """The search for copies of every story of one crawl; ``ask_page`` requests a page for a purpose."""

    def __init__(
        self,
        providers: Iterable[Provider],
        confirms: Confirms | None,
        ask_page: Callable[..., scrapy.Request],
        errback: Callable[..., Any],
    ) -> None:
        self.providers = tuple(providers)
        self._confirms = confirms
        self._ask_page = ask_page
        self._errback = errback
        self._stories: dict[str, _Told] = defaultdict(_Told)
        self._recalls: dict[str, _Recall] = {}
        self._asked: set[str] = set()

    def confirms(self, article: Article, purpose: Purpose) -> bool:
        """True where a candidate's text tells the story; false where it does not, or cannot be compared."""
        told = self._stories[purpose.story or ""].articles
        if self._confirms is None or article.outcome is not Outcome.ARTICLE or not article.text:
            return False
        return self._confirms(article, told)

    def told(self, article: Article, purpose: Purpose, page: str) -> Iterator[scrapy.Request]:
        """What a page that tells the story leads to: pages that may tell it too."""
        if article.outcome is not Outcome.ARTICLE or not article.text:
            return
        story = self._stories[purpose.story or ""]
        if len(story.articles) < MAX_TOLD:
            story.articles.append(replace(article, evidence=None, blocks=(), set_aside=(), panels=()))
        for url in article.copy_candidates:
            yield from self._propose(url, purpose, page, "the page's links or its network's pattern")
        if not story.searched:
            story.searched = True
            for provider in self.providers:
                for number, asking in enumerate(provider.search(article)):
                    why = next_purpose(purpose, Role.LOOKUP, page, asking.because)
                    yield self._question(provider, asking, why, rank=number)

    def hold(self, url: str, purpose: Purpose) -> None:
        """Remember a further address of the original, to be asked when another failed."""
        self._stories[purpose.story or ""].others.append((url, purpose))

    def lost(self, url: str, purpose: Purpose, outcome: Outcome) -> Iterator[scrapy.Request]:
        """Where to look for a page of the story that ended in ``outcome``; nowhere where it needs no looking for."""
        if purpose.role not in _OF_STORY or outcome not in LOST:
            return
        others = self._stories[purpose.story or ""].others if purpose.role is Role.ORIGINAL else []
        while others:
            other, why = others.pop(0)
            if other not in self._asked:
                self._asked.add(other)
                yield self._ask_page(other, why)
                return
        yield from self._recall(url, purpose)

    def lost_memento(self, page: str, purpose: Purpose) -> Iterator[scrapy.Request]:
        """The next capture of a page, where the one tried was none."""
        if (recall := self._recalls.get(page)) is not None:
            recall.trying = False
            yield from self._try(page, recall)

    def parse_answer(
        self, response: Response, requested: str, provider: Provider, asking: Asking
    ) -> Iterator[LookedUp | scrapy.Request]:
        """A provider's answer: what it says, and what to ask next."""
        purpose = purpose_of(response)
        recorded = recorded_of(response)
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
        reading = provider.read(asking, Answer(response.status, kind, response.body))
        if reading.again and asking.tries:
            yield self._question(provider, replace(asking, tries=asking.tries - 1), purpose)
            return
        yield LookedUp(
            provider.name, asking.because, requested, purpose, recorded,
            len(reading.proposals) or len(reading.stored), reading.fault,
        )  # fmt: skip
        yield from self._follow(provider, asking, purpose, reading)

    def unanswered(self, provider: Provider, asking: Asking, purpose: Purpose) -> Iterator[scrapy.Request]:
        """What follows where no answer came."""
        yield from self._follow(provider, asking, purpose, Reading())

    def _follow(
        self, provider: Provider, asking: Asking, purpose: Purpose, reading: Reading
    ) -> Iterator[scrapy.Request]:
        for proposal in reading.proposals:
            yield from self._propose(proposal.url, purpose, purpose.via or "", asking.because)
        recall = self._recalls.get(asking.page) if asking.page else None
        if recall is not None:
            recall.open -= 1
            recall.stored.extend(reading.stored)
        for further in reading.further:
            if recall is not None:
                recall.open += 1
            yield self._question(provider, further, purpose)
        if recall is not None and asking.page:
            yield from self._try(asking.page, recall)

    def _propose(self, url: str, purpose: Purpose, via: str, because: str) -> Iterator[scrapy.Request]:
        url = urldefrag(url)[0]
        story = self._stories[purpose.story or ""]
        site = host_of(url) if is_fetchable(url) else ""
        if not site or url in self._asked or url == purpose.story:
            return
        if story.candidates >= MAX_CANDIDATES or story.by_site[site] >= MAX_BY_SITE:
            return
        self._asked.add(url)
        story.candidates += 1
        story.by_site[site] += 1
        yield self._ask_page(url, next_purpose(purpose, Role.CANDIDATE, via, because))

    def _recall(self, page: str, purpose: Purpose) -> Iterator[scrapy.Request]:
        if page in self._recalls or not self.providers:
            return
        self._recalls[page] = _Recall(purpose, list(self.providers))
        yield from self._try(page, self._recalls[page])

    def _try(self, page: str, recall: _Recall) -> Iterator[scrapy.Request]:
        """The next capture of a page, or the next archive's questions; nothing while an answer is waited for."""
        if recall.trying:
            return
        if recall.stored:
            recall.trying = True
            stored = recall.stored.pop(0)
            because = f"{stored.archive} captured {page} at {stored.captured_at:%Y-%m-%dT%H:%M:%SZ}"
            purpose = next_purpose(recall.purpose, Role.MEMENTO, page, because)
            slot = next((slot_of(one) for one in self.providers if one.name == stored.archive), None)
            yield self._ask_page(stored.url, purpose, headers=dict(stored.headers), memento_of=page, slot=slot)
            return
        while not recall.open and recall.archives:
            provider = recall.archives.pop(0)
            for asking in provider.recall(page, None):
                recall.open += 1
                yield self._question(provider, asking, next_purpose(recall.purpose, Role.LOOKUP, page, asking.because))

    def _question(self, provider: Provider, asking: Asking, purpose: Purpose, *, rank: int = 0) -> scrapy.Request:
        """The request of a question; of several the one of the lowest ``rank`` goes first."""
        return scrapy.Request(
            asking.url,
            callback=self.parse_answer,
            errback=self._errback,
            headers=dict(asking.headers),
            cb_kwargs={"requested": urldefrag(asking.url)[0], "provider": provider, "asking": asking},
            dont_filter=True,
            meta={
                "purpose": purpose,
                "secrets": asking.secrets,
                "handle_httpstatus_list": REFUSALS,
                "download_slot": slot_of(provider),
                # A service for programs that the user named, not a site that is crawled.
                "dont_obey_robotstxt": True,
            },
            priority=PRIORITY[Role.LOOKUP] - rank,
        )


def slot_of(provider: Provider) -> str:
    """The queue in which a provider's questions wait their turn."""
    return f"look-up {provider.name}"


def slots_of(providers: Iterable[Provider]) -> dict[str, dict[str, Any]]:
    """Scrapy's ``DOWNLOAD_SLOTS`` for the pace of ``providers``: never faster, one at a time."""
    return {slot_of(provider): {"delay": provider.delay, "concurrency": 1, "jitter": 0.0} for provider in providers}
