"""What an institution says of itself at the end of its news, below who wrote them."""

from __future__ import annotations

import pytest

from crawler.extract.body.boilerplate import find_boilerplate
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html

PROSE = "<p>The kettle hears a leak before the plumber does, the study says.</p><p>It costs less than a cup.</p>"
BYLINE = '<div class="byline"><ul><li>By <span>Ada Winter</span></li></ul></div>'
ABOUT = "<p>Lampwick School integrates research and care. {} <a href=/x>lampwick.example</a>.</p>"


def left_out(html: str, chosen: list[int]) -> set[int]:
    layout = lay_out(parse_html(html))
    return find_boilerplate(layout, [layout.blocks[number] for number in chosen])


@pytest.mark.parametrize(
    "words",
    ["For more information, please visit the office at", "Weitere Informationen finden Sie unter",
     "Pour en savoir plus, voir", "Voor meer informatie, zie"],
)  # fmt: skip
def test_what_a_school_says_of_itself_below_the_writer_is_no_text(words: str) -> None:
    assert left_out(PROSE + BYLINE + ABOUT.format(words), [0, 1, 3]) == {3}


@pytest.mark.parametrize(
    ("html", "chosen"),
    [
        (PROSE + ABOUT.format("For more information, visit"), [0, 1, 2]),
        (PROSE + "<figcaption>A kettle</figcaption>" + ABOUT.format("For more information, visit"), [0, 1, 3]),
        (PROSE + BYLINE + ABOUT.format("It was founded by the sisters of"), [0, 1, 3]),
        (PROSE + BYLINE + "<p>For more information, visit the tower on Sunday, when it is open.</p>", [0, 1, 3]),
        (BYLINE + ABOUT.format("For more information, visit") + PROSE, [1, 2, 3]),
    ],
    ids=["next to the text", "below a caption", "no more of it", "no link", "above the text"],
)
def test_other_lines_stay(html: str, chosen: list[int]) -> None:
    assert left_out(html, chosen) == set()
