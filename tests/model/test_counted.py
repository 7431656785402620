"""Numbers stand with the noun that they take."""

from __future__ import annotations

import pytest

from crawler.model.counted import counted


@pytest.mark.parametrize(
    ("number", "nouns", "said"),
    [
        (0, ("page",), "0 pages"),
        (1, ("page",), "1 page"),
        (2000, ("page",), "2,000 pages"),
        (1, ("story", "stories"), "1 story"),
        (3, ("story", "stories"), "3 stories"),
        (1, ("byte is", "bytes are"), "1 byte is"),
    ],
)
def test_a_number_has_the_noun_that_it_takes(number: int, nouns: tuple[str, ...], said: str) -> None:
    assert counted(number, *nouns) == said
