"""Captures of one page among the texts of a cluster, and which pairs are then worth comparing.

A page that is visited every day gives a cluster hundreds of texts, nearly all of them the same. Compared each with each
they would take hours, and would say no more than that a capture repeats the one before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from crawler.model import Article, Image
from crawler.stories.outlets import address_of, page_of
from crawler.stories.timing import as_of

Pair = tuple[int, int]

_BACK = 3
"""Versions before a version that it is compared with: an edit is often taken back by the next one."""


def address(article: Article) -> str | None:
    """What captures of one page have in common; None where it is not known when, or of what page, this is one."""
    page = page_of(article)
    return address_of(page) if page and as_of(article) else None


def worth_comparing(pairs: Collection[Pair], articles: Mapping[int, Article]) -> list[Pair]:
    """The pairs that say how ``articles`` hang together, out of all ``pairs`` of them that do.

    Of a page, each version is compared with those right before it, and a capture that repeats one with that one alone,
    which stands for it among the texts of other pages.
    """
    captures: dict[str, list[int]] = defaultdict(list)
    page = {number: address(article) for number, article in articles.items()}
    for number in sorted(articles, key=lambda number: (as_of(articles[number]) or "", number)):
        if (of := page[number]) is not None:
            captures[of].append(number)
    stands_for = {number: number for number in articles}
    found: set[Pair] = set()
    for numbers in captures.values():
        if len(numbers) > 1:
            found.update(_of_page(numbers, articles, stands_for))
    for pair in pairs:
        one, other = sorted(stands_for[number] for number in pair)
        if page[one] is None or page[one] != page[other]:
            found.add((one, other))
    return sorted(found)


def _of_page(numbers: list[int], articles: Mapping[int, Article], stands_for: dict[int, int]) -> Iterator[Pair]:
    """Pairs of the captures of one page, in order of time; notes in ``stands_for`` which of them repeat another."""
    first: dict[Article, int] = {}
    for number in numbers:
        stands_for[number] = first.setdefault(_said(articles[number]), number)
    versions = list(first.values())
    for at, number in enumerate(versions):
        yield from (_pair(before, number) for before in versions[max(0, at - _BACK) : at])
    yield from (_pair(stands_for[number], number) for number in numbers if stands_for[number] != number)


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _said(article: Article) -> Article:
    """All that a page says of its story, without where, when and how it was captured."""
    shown = tuple(Image("", caption=image.caption, credit=image.credit) for image in article.images)
    return replace(
        article,
        url=None,
        captured_at=None,
        captured_at_earliest=None,
        captured_at_latest=None,
        blocks=(),
        images=shown,
        panels=(),
        counts=(),
        copy_candidates=(),
        memento=None,
        notes=(),
        set_aside=(),
        evidence=None,
        record=None,
        extractor=None,
    )
