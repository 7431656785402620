"""The headline among the blocks that read like the text."""

from __future__ import annotations

import pytest

from crawler.extract.body.head import says
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html
from crawler.extract.wording import fold

TITLE = fold("Animals: The seal that would not leave")


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Animals: The seal that would not leave</h2>",
        "<h2><span>Animals</span> <span>The seal that would not leave</span></h2>",
        "<h1>Animals – the seal that would not leave</h1>",
    ],
)
def test_a_heading_in_other_signs_says_the_headline(html: str) -> None:
    assert says(lay_out(parse_html(html)).blocks[0], TITLE)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Animals The seal that would not leave</p>",
        "<h2>The seal that would not leave</h2>",
        "<h2>Animals: The seals that would not leave</h2>",
        "<h2>Animals</h2>",
    ],
)
def test_other_headings_and_lines_do_not(html: str) -> None:
    assert not says(lay_out(parse_html(html)).blocks[0], TITLE)
