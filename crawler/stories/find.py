"""Which articles tell one text, among those at hand."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.model import Article, Story
from crawler.stories.index import StoryIndex


def find_stories(articles: Iterable[Article]) -> list[Story]:
    """The stories that at least two of ``articles`` tell, those of the earliest texts first.

    A text that mixes two stories is a copy in both. ``original`` is None where no article is known to be the first. For
    more articles than memory holds, or more to come, see :class:`~crawler.stories.index.StoryIndex`.
    """
    with StoryIndex() as index:
        index.add(articles)
        return index.stories()
