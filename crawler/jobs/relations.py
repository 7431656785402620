"""What the copies of one capture share with their original, in a line each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from crawler.jobs.pages import Pages
from crawler.model import Alignment, Article, Outcome, Role
from crawler.spiders.wanted import Page
from crawler.stories import align
from crawler.stories.relate import Text, relate
from crawler.stories.sentences import split_sentences
from crawler.stories.wording import word_sentences


def relations(pages: Pages) -> dict[str, str]:
    """For each page that tells a story another page of the capture tells first: how much they share and how we know.

    Keys are the ids of the copies' records. A page without an original in the capture has no entry.
    """
    found = {}
    stories: dict[str | None, list[int]] = defaultdict(list)
    for at, page in enumerate(pages.outlines()):
        if page.article.outcome is Outcome.ARTICLE:
            stories[page.purpose.story].append(at)
    for places in stories.values():
        told = [page for page in map(pages.__getitem__, places) if page.article.text is not None]
        for page in told:
            if (page.confirmed or page.purpose.role in _COPIES) and (original := _original_of(page, told)):
                found[page.recorded.record.id] = _in_words(align(original, page.article), original)
    return found


def confirms(article: Article, others: Sequence[Article]) -> bool:
    """True where the text of ``article`` and one of ``others`` is so near that one was made of the other."""
    sentences = word_sentences(split_sentences(article.text or ""))
    mine = Text(article, sentences)
    return any(
        relate(0, 1, Text(other, word_sentences(split_sentences(other.text or ""))), mine) is not None
        for other in others
    )


_COPIES = frozenset({Role.SEED, Role.COPY, Role.MEMENTO})


def _original_of(copy: Page, told: Sequence[Page]) -> Article | None:
    """The article that ``copy`` is compared with: the story's original or, where none came, the page named first."""
    named = {url for page in told for url in page.article.original_urls}
    originals = [page for page in told if page.purpose.role is Role.ORIGINAL or page.article.url in named]
    seeds = [page for page in told if page.purpose.role is Role.SEED]
    if any(page is copy for page in originals):
        return None
    return next((page.article for page in originals + seeds if page is not copy), None)


def _in_words(alignment: Alignment, original: Article) -> str:
    share = alignment.coverage.of_copy
    outlet = original.publisher and original.publisher.name
    words = f"{share:.0%} of its text is in {outlet}'s" if outlet else f"{share:.0%} of its text is in the original"
    if alignment.direction == "undecided":
        return f"{words}; which came first is undecided"
    first = "the original came first" if alignment.direction == "original" else "this page came first"
    best = max(alignment.reasons, key=lambda reason: abs(reason.weight), default=None)
    return f"{words}; {first}" + (f": {best.text}" if best else "")
