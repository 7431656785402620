"""How much of a page is looked at to tell what it says of itself: as much for a page of any size."""

from __future__ import annotations

import pytest

from crawler.extract.body import Body
from crawler.extract.outcome.paywall import paywall
from crawler.extract.outcome.sight import Sight
from crawler.extract.page import Page
from crawler.extract.page.layout import lay_out

LONG = "The great lamp of Grindholm lighthouse was carried up its steps. " * 20_000


def sight(chosen: int, *blocks: str) -> Sight:
    page = Page("".join(f"<p>{block}</p>" for block in blocks).encode(), url="https://a.example/lamp")
    layout = lay_out(page.tree)
    return Sight(page, layout, Body(tuple(layout.blocks[:chosen]), 0.5, "first"), {}, None, False, False)


@pytest.mark.parametrize("chosen", [0, 1, 2])
def test_of_a_block_of_any_length_a_few_words_are_looked_at(chosen: int) -> None:
    seen = sight(chosen, "A lamp returned.", LONG, LONG)
    for looked_at in (seen.after, seen.opening, seen.stated):
        assert 10 < len(looked_at) < 10_000


@pytest.mark.parametrize(
    "blocks",
    [
        ("A lamp returned.", "Subscribe to continue reading.", LONG),
        ("A lamp returned. Subscribe to continue reading.", LONG),
    ],
)
def test_what_ends_a_text_is_found_in_its_last_words_and_in_the_next(blocks: tuple[str, ...]) -> None:
    assert (paywall(sight(1, *blocks)) or "").startswith("the text stops at")
