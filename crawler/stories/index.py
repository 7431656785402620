"""An index of texts and the stories they tell, on disk or in memory, that new articles join without redoing all."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from crawler.model import Article, Story
from crawler.model.each import Each, in_turn
from crawler.stories.apart import (
    Cluster,
    Clusters,
    Known,
    Pairs,
    hanging_together,
    in_time,
    stories_in,
    stories_of,
    worded,
)
from crawler.stories.candidates import Stored
from crawler.stories.index_file import opened
from crawler.stories.kept import FEW, Kept
from crawler.stories.outlets import address_of, page_of, site_of
from crawler.stories.sentences import split_sentences
from crawler.stories.wording import Wording, word_sentences

_AT_ONCE = 1000
"""Articles, or pairs of them, that are held with their words at a time: some 100 KB each."""

_PAIRS, _TEXTS = 100, 50
"""Pairs that are aligned, and articles that are split or told, in one task."""


class _Fresh(NamedTuple):
    """An article that is not in the tables yet, or is there as it was before."""

    key: str
    digest: str
    content: str
    """The article as JSON; empty where the index lives in memory and keeps the article itself."""
    article: Article


class StoryIndex:
    """Articles and how they hang together; a context manager.

    With ``path`` the index lies in that file and is made again where it is of another form, damaged, or was left in the
    midst of a comparison: it holds nothing that its articles don't. Without, it lives in memory. ``each`` does what
    can be done at the same time. Raises ``OSError`` where the file can't be written or another program holds it, also
    on leaving the context; a file that failed is removed.
    """

    def __init__(self, path: Path | None = None, *, each: Each = in_turn) -> None:
        self._each = each
        self._given: dict[int, Article] | None = {} if path is None else None
        self._file = opened(path)
        self._tables = self._file.__enter__()

    def add(self, articles: Iterable[Article]) -> int:
        """Add what is not there yet, replace what changed under its record, and compare it with all others.

        Articles without text are left out, and go where they had one. Returns how many were added or replaced.
        """
        first = self._tables.next
        given = iter(articles)
        while some := list(islice(given, _AT_ONCE)):
            self._add(some)
        added = self._tables.next - first
        if added:
            self._tables.compare(first, self._sentences)
            doubtful = (self._with_texts(pairs) for pairs in self._tables.doubtful(_PAIRS))
            for pairs in self._each(hanging_together, doubtful):
                self._tables.relate(pairs)
        self._tables.settle()
        return added

    def clusters(self, *, untold: bool = False) -> Iterator[Cluster]:
        """The articles that hang together by candidates alone, each cluster with its pairs.

        With ``untold`` only clusters with an article of :meth:`untold`.
        """
        leader: dict[int, int] = {}

        def find(number: int) -> int:
            while (above := leader.setdefault(number, number)) != number:
                leader[number] = leader[above]
                number = leader[above]
            return number

        for one, other in self._tables.related(untold=untold):
            ends = sorted((find(one), find(other)))
            leader[ends[1]] = ends[0]
        pairs: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for pair in self._tables.related(untold=untold):
            pairs[find(pair[0])].append(pair)
        for found in pairs.values():
            texts = tuple(sorted({number for pair in found for number in pair}))
            yield Cluster(texts, tuple(found))

    def stories_of(self, cluster: Cluster) -> list[Story]:
        """The stories that a cluster's articles tell; none where no text took enough from another."""
        known = self._known(cluster.texts)
        if len(cluster.texts) <= FEW or self._given is not None:
            return list(stories_of(cluster, known))
        kept = Kept(self._tables.db, cluster, known)
        found = list(stories_of(cluster, known, kept.relate))
        kept.write()
        return found

    def stories(self) -> list[Story]:
        """All stories, those of the earliest texts first."""
        found = chain.from_iterable(self._each(stories_in, self.blocks()))
        return sorted(found, key=lambda story: in_time(story.tree[0].article))

    def blocks(self) -> Iterator[Clusters]:
        """All clusters with their articles, some at a time."""
        block: list[Cluster] = []
        for cluster in self.clusters():
            block.append(cluster)
            if sum(len(one.texts) for one in block) >= _TEXTS:
                yield self._with_articles(block)
                block = []
        if block:
            yield self._with_articles(block)

    def untold(self) -> list[int]:
        """Numbers of the articles that came, changed or went since :meth:`tell`, and of those they had hung with."""
        return self._tables.untold()

    def retell(self) -> None:
        """Take all articles for untold."""
        self._tables.untell()

    def tell(self) -> None:
        """Keep in mind, also for the next who opens the index, that all its stories were told."""
        self._tables.tell()

    def articles(self, numbers: Iterable[int]) -> dict[int, Article]:
        """The articles of these numbers, without what stories have no use for; those that went are left out."""
        return self._articles(numbers)

    @property
    def made(self) -> str:
        """Tells this index from one that was made again, whose numbers are others."""
        return self._tables.made

    def close(self) -> None:
        """Write what is not yet written, and let go of the file."""
        self._file.__exit__(None, None, None)

    def __enter__(self) -> StoryIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.__exit__(kind, error, trace)

    def _add(self, articles: Sequence[Article]) -> None:
        keyed = {key_of(article): article for article in articles}
        known = self._tables.known(list(keyed))
        gone = [key for key, article in keyed.items() if key in known and not article.text]
        kept = self._given is None
        fresh: list[_Fresh] = []
        for key, article in keyed.items():
            if article.text:
                light = _light(article)
                content = json.dumps(light.to_dict(), ensure_ascii=False, separators=(",", ":"))
                digest = hashlib.sha256(content.encode()).hexdigest()[:32]
                if key not in known or known[key][1] != digest:
                    fresh.append(_Fresh(key, digest, content if kept else "", article))
        stale = [known[key][0] for key in (*gone, *(one.key for one in fresh if one.key in known))]
        if fresh or stale:
            self._tables.unsettle()
        if stale:
            self._tables.drop(stale)
        if fresh:
            self._store(fresh)

    def _store(self, fresh: Sequence[_Fresh]) -> None:
        texts = [one.article.text or "" for one in fresh]
        some = (texts[start : start + _TEXTS] for start in range(0, len(texts), _TEXTS))
        sentences = chain.from_iterable(self._each(worded, some))
        stored = [
            Stored(one.key, one.digest, one.content, *_place(one), of_text)
            for one, of_text in zip(fresh, sentences, strict=True)
        ]
        numbers = self._tables.add(stored)
        if self._given is not None:
            self._given.update(zip(numbers, (one.article for one in fresh), strict=True))

    def _known(self, numbers: Iterable[int]) -> dict[int, Known]:
        numbers = list(numbers)
        boilerplate = self._tables.boilerplate(numbers)
        given: Mapping[int, Article | str] = self._tables.articles(numbers) if self._given is None else self._given
        return {number: Known(given[number], frozenset(boilerplate.get(number, ()))) for number in numbers}

    def _with_texts(self, pairs: Sequence[tuple[int, int]]) -> Pairs:
        return Pairs(pairs, self._known({number for pair in pairs for number in pair}))

    def _with_articles(self, clusters: Sequence[Cluster]) -> Clusters:
        return Clusters(clusters, self._known({number for cluster in clusters for number in cluster.texts}))

    def _sentences(self, numbers: Iterable[int]) -> dict[int, Sequence[Wording]]:
        return {
            number: word_sentences(split_sentences(article.text or ""))
            for number, article in self._articles(numbers).items()
        }

    def _articles(self, numbers: Iterable[int]) -> dict[int, Article]:
        if self._given is not None:
            return {number: self._given[number] for number in numbers}
        return {number: Article.from_dict(json.loads(one)) for number, one in self._tables.articles(numbers).items()}


def _light(article: Article) -> Article:
    """The article without what stories have no use for."""
    images = tuple(replace(image, variants=()) for image in article.images)
    return replace(article, blocks=(), panels=(), set_aside=(), notes=(), evidence=None, images=images)


def _place(fresh: _Fresh) -> tuple[str, str]:
    """The page that an article stands on and its site; one without an address stands for itself."""
    page = page_of(fresh.article)
    return (address_of(page), site_of(page) or page) if page else (fresh.key, fresh.key)


def key_of(article: Article) -> str:
    """One capture, or one text of one house where no capture is known."""
    if article.record:
        return article.record.id
    house = article.publisher and article.publisher.name
    told = f"{article.url} {article.canonical_url} {house} {article.captured_at} {article.text}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]
