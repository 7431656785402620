"""Which page of a captured story came first, and what the others share with it, in a line each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.jobs.pages import Pages
from crawler.model import Alignment, Article, Outcome, Role
from crawler.spiders.wanted import Page
from crawler.stories import align
from crawler.stories.relate import Text, relate
from crawler.stories.sentences import split_sentences
from crawler.stories.tree import confidence
from crawler.stories.wording import word_sentences


@dataclass(frozen=True, slots=True)
class Relations:
    """How the pages of a capture hang together, by the ids of their records."""

    words: dict[str, str]
    """For each page that tells what another page of the capture tells: how much they share, and how we know."""
    originals: frozenset[str]
    """Pages that came first of their story."""


def relations(pages: Pages) -> Relations:
    """What each page shares with the first of its story; a page without another in the capture has no words."""
    words: dict[str, str] = {}
    originals = set[str]()
    stories: dict[str | None, list[int]] = defaultdict(list)
    for at, page in enumerate(pages.outlines()):
        if page.article.outcome is Outcome.ARTICLE:
            stories[page.purpose.story].append(at)
    for places in stories.values():
        told = [page for page in map(pages.__getitem__, places) if page.article.text is not None]
        named = {url for page in told for url in page.article.original_urls}
        claimed = [page for page in told if page.purpose.role is Role.ORIGINAL or page.article.url in named]
        first = next(iter([*claimed, *(page for page in told if page.purpose.role is Role.SEED)]), None)
        if first is None:
            continue
        others = [page for page in told if page not in claimed]
        copies = [page for page in others if page.confirmed or page.purpose.role in _COPIES]
        first, compared = (first, _compared(first, copies)) if claimed else _earliest(first, copies)
        originals.update(page.recorded.record.id for page in claimed)
        if any(_says(alignment, "original") for _, alignment in compared):
            originals.add(first.recorded.record.id)
        for page, alignment in compared:
            words[page.recorded.record.id] = _in_words(alignment, first.article)
    return Relations(words, frozenset(originals))


def confirms(article: Article, others: Sequence[Article]) -> bool:
    """True where the text of ``article`` and one of ``others`` is so near that one was made of the other."""
    sentences = word_sentences(split_sentences(article.text or ""))
    mine = Text(article, sentences)
    return any(
        relate(0, 1, Text(other, word_sentences(split_sentences(other.text or ""))), mine) is not None
        for other in others
    )


_COPIES = frozenset({Role.SEED, Role.COPY, Role.MEMENTO})
_SHARED = 0.3
"""Share of a text that stands in the other: who shares less may tell another story, whatever the dates say."""


def _says(alignment: Alignment, direction: str) -> bool:
    """Whether two texts are one story, and it is known which was first."""
    return (
        alignment.direction == direction and max(alignment.coverage.of_copy, alignment.coverage.of_original) > _SHARED
    )


def _compared(first: Page, copies: Sequence[Page]) -> list[tuple[Page, Alignment]]:
    return [(page, align(first.article, page.article)) for page in copies if page is not first]


def _earliest(first: Page, copies: Sequence[Page]) -> tuple[Page, list[tuple[Page, Alignment]]]:
    """The page that none of the others came before, looked for from ``first`` on, and the others beside it.

    Which page a user names says nothing of who was first.
    """
    tried = [first]
    compared = _compared(first, copies)
    while earlier := [
        (page, alignment) for page, alignment in compared if _says(alignment, "copy") and page not in tried
    ]:
        first, _ = max(earlier, key=lambda one: confidence(one[1].reasons))
        tried.append(first)
        compared = _compared(first, copies)
    return first, compared


def _in_words(alignment: Alignment, first: Article) -> str:
    outlet = (first.publisher and first.publisher.name) or urlsplit(first.url or "").hostname
    whose = f"{outlet}'s" if outlet else "the original"
    words = f"{alignment.coverage.of_copy:.0%} of its text is in {whose}"
    if alignment.direction == "undecided":
        return f"{words}; which came first is undecided"
    order = "the original came first" if alignment.direction == "original" else "this page came first"
    best = max(alignment.reasons, key=lambda reason: abs(reason.weight), default=None)
    return f"{words}; {order}" + (f": {best.text}" if best else "")
