"""What a page shows of its article twice is text once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from tests.extract.conftest import PARAGRAPHS, URL

Build = Callable[..., bytes]
PULLED = "which weighs more than a small car"
WHOLE = "\n\n".join(PARAGRAPHS)


def text(story: Build, pulled: str, after: int = 0) -> str:
    lines = [f"<p>{line}</p>" for line in PARAGRAPHS]
    lines.insert(after, pulled)
    return extract_article(story(body="".join(lines)), url=URL).text or ""


@pytest.mark.parametrize(
    "pulled",
    [
        f'<aside class="x1"><p>{PULLED}</p></aside>',
        f"<blockquote><p>“{PULLED.capitalize()}”</p></blockquote>",
        f'<div class="article-pullquote__wrap"><div>{PULLED}</div></div>',
        f'<figure class="wp-block-pullquote"><blockquote><p>{PULLED}…</p></blockquote></figure>',
    ],
)
@pytest.mark.parametrize("after", [1, 3])
def test_a_sentence_set_large_beside_the_text_is_no_text_again(story: Build, pulled: str, after: int) -> None:
    assert text(story, pulled, after) == WHOLE


def test_nor_is_who_said_it(story: Build) -> None:
    pulled = f"<blockquote><p>“{PULLED}”</p><cite>Marte Olsvik, museum keeper</cite></blockquote>"
    assert text(story, pulled, 3) == WHOLE


def test_a_quotation_that_the_text_has_nowhere_else_is_text(story: Build) -> None:
    said = "Whoever carries a lamp up these stairs may carry me down again, and gladly"
    assert said in text(story, f"<blockquote><p>{said}</p></blockquote>", 2)


def test_a_short_paragraph_for_two_screens_is_text_once(story: Build) -> None:
    line = "The ferry leaves at a quarter past six."
    found = text(story, f'<p class="phone">{line}</p><p class="desk">{line}</p>', 2)
    assert found.count(line) == 1


def test_equal_items_of_a_list_are_all_text(story: Build) -> None:
    item = "<li>one bucket of warm water and a cloth</li>"
    assert text(story, f"<ul>{item}{item}</ul>", 2).count("one bucket") == 2


def test_equal_answers_are_both_text(story: Build) -> None:
    assert text(story, "<p>No, never.</p><p>No, never.</p>", 2).count("No, never.") == 2
