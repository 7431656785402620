from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article

Build = Callable[..., bytes]
URL = "https://harbour-times.example/x"


@pytest.mark.parametrize(
    "byline", ["<p>Interview: Ada Winter</p>", "<p>By Ada Winter</p>", "<p>Ada Winter, Grindholm</p>"]
)
def test_a_plain_paragraph_that_but_names_the_author_is_no_text(story: Build, byline: str) -> None:
    page = story(
        head='<title>x</title><meta name="author" content="Ada Winter">',
        byline=byline,
        body="<p>How was the climb?</p><p>Steep, and then steeper, and the lens was in everybody's way.</p>",
    )
    assert "Winter" not in (extract_article(page, url=URL).text or "")


def test_a_sentence_about_the_author_is_text(story: Build) -> None:
    head = '<title>x</title><meta name="author" content="Ada Winter">'
    body = (
        "<p>The lamp of Grindholm has been cleaned, and this is how it was done, step by step and lens by lens.</p>"
        "<p>Ada Winter held the ladder.</p>"
        "<p>It took four days, nine buckets of warm water, and one argument about the right kind of soap.</p>"
    )
    assert "Ada Winter held the ladder." in (
        extract_article(story(head=head, byline="", body=body), url=URL).text or ""
    )


def test_headline_byline_and_date_in_one_block_are_no_text(story: Build) -> None:
    title = "Seal refuses to leave the bakery"
    page = story(
        head=f"<title>{title}</title>",
        heading=f"<div><b>{title}</b><br><i>By Ada Winter</i><br>4 March 2024</div>",
        byline="",
        date="",
    )
    article = extract_article(page, url=URL)
    assert article.headline == title
    assert title not in (article.text or "")
