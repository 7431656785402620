"""How sure it is of each block that it is the article's, by the learned trees, and without what readers wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from pathlib import Path

from crawler.extract.body.forest import load_forest
from crawler.extract.body.threshold import SURE
from crawler.extract.body.traits import NAMES, Weighing, traits_of
from crawler.extract.page.blocks import Layout
from crawler.extract.page.comments import comments_below, find_discussion

MODEL = Path(__file__).with_name("body.json")
"""The trees, written by ``benchmarks/train_body.py``."""
_COMMENTS = 0.25
"""Share of what reads like the article from which comments hide the article itself."""
_STORY = 350
"""Characters of an article that stands out once what readers wrote below it is left out."""


def weigh_without_comments(
    layout: Layout, *, headline: str | None, description: str | None
) -> tuple[list[float], list[int], set[int]]:
    """Each block's share from 0 to 1 of being the article's, the numbers of those likely, and of readers' comments."""
    shares = weigh(layout, headline=headline, description=description).shares
    likely = _likely(shares)
    comments = comments_below(layout, likely)
    if likely and not comments and (readers := find_discussion(layout, likely)):
        again = weigh(layout, headline=headline, description=description, without=readers).shares
        first = min(readers.intersection(likely))
        above = [number for number in _likely(again) if number < first]
        if size_of(layout, above) >= _STORY:
            shares, likely, comments = again, _likely(again), readers
    if size_of(layout, comments.intersection(likely)) > _COMMENTS * size_of(layout, likely):
        # So many that the page looks like an article of readers': weighed again, its own stands out.
        shares = weigh(layout, headline=headline, description=description, without=comments).shares
        likely = _likely(shares)
        comments |= comments_below(layout, likely)
    return shares, likely, comments


def weigh(
    layout: Layout, *, headline: str | None, description: str | None, without: Set[int] = frozenset()
) -> Weighing:
    """Each block's share from 0 to 1 of being the article's, with the numbers it was judged by.

    Those in ``without`` are known to be none of it.
    """
    names, score = load_forest(MODEL)
    if names != NAMES:
        raise ValueError(f"{MODEL.name} was trained on other traits; run benchmarks/train_body.py")
    weighing = traits_of(layout, headline=headline, description=description, without=without)
    weighing.shares = [0.0 if row is None else score(row) for row in weighing.rows]
    return weighing


def size_of(layout: Layout, numbers: Iterable[int]) -> int:
    """Characters of the blocks of these numbers."""
    return sum(len(layout.blocks[number].text) for number in numbers)


def _likely(shares: Sequence[float]) -> list[int]:
    return [number for number, share in enumerate(shares) if share >= SURE]
