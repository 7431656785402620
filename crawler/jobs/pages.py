"""The pages of a capture, in a thirtieth of the memory that their articles would take."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crawler.export.jsonl import line
from crawler.model import Article, RecordRef
from crawler.spiders.wanted import Page

_LEVEL = 1
"""Of zlib: the quickest."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A page whose article is packed."""

    outline: Page
    """The page with an article that has its address, time, outcome and the addresses of originals, and no text."""
    article: bytes

    @classmethod
    def of(cls, page: Page) -> Packed:
        """``page`` without blocks and evidence of its article, which are in the collection's tables."""
        article = page.article
        light = replace(article, evidence=None, blocks=(), set_aside=())
        outline = Article(
            article.url, article.captured_at, article.outcome,
            original_urls=article.original_urls, outcome_reason=article.outcome_reason,
        )  # fmt: skip
        packed = zlib.compress(line(light.to_dict()).encode(), _LEVEL)
        return cls(replace(page, article=outline), packed)

    def unpacked(self, records: Mapping[str, RecordRef]) -> Page:
        """The page, its article's pictures with the records of those that were captured."""
        article = Article.from_dict(json.loads(zlib.decompress(self.article)))
        return replace(self.outline, article=with_pictures(article, records))


@dataclass(frozen=True, slots=True)
class Pages(Sequence[Page]):
    """Pages in an order, each unpacked when it is looked at."""

    packed: Sequence[Packed] = ()
    records: Mapping[str, RecordRef] = field(default_factory=dict)
    """The record of each picture that was captured, by its address."""

    def outlines(self) -> Iterator[Page]:
        """The pages with an article that has its address, time, outcome and the addresses of originals, and no text."""
        return (packed.outline for packed in self.packed)

    def only(self, wanted: Callable[[Page], bool], order: Callable[[Page], Any] | None = None) -> Pages:
        """Those whose outline is wanted, in the order of a key of their outlines."""
        found = [packed for packed in self.packed if wanted(packed.outline)]
        if order:
            key = order
            found.sort(key=lambda packed: key(packed.outline))
        return Pages(found, self.records)

    def __len__(self) -> int:
        return len(self.packed)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return Pages(self.packed[at], self.records)
        return self.packed[at].unpacked(self.records)


def with_pictures(article: Article, records: Mapping[str, RecordRef]) -> Article:
    """``article`` with the record of each picture that was captured, by the picture's address."""
    images = tuple(replace(image, record=records.get(image.url, image.record)) for image in article.images)
    return replace(article, images=images)
