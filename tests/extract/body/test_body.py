from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from tests.extract.conftest import PARAGRAPHS

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


def test_an_article_that_its_comments_outweigh_is_the_text() -> None:
    story = (
        "The lamp of Grindholm has been cleaned, and the ferry's captain says that he can see it from the outer bank.",
        "Nine buckets of warm water were carried up the stairs by hand, since the pump had failed the night before.",
    )
    said = (
        "I carried water up those stairs when I was young, and nobody thanked me for it, which I have not forgotten. "
        "My brother carried soap, and he says the same; the stairs were steeper then, and the buckets were heavier. "
    )
    comments = "".join(
        f'<li class="comment" id="comment-{number}"><h4>Re: stairs {number}</h4><div class="comment-body"><p>{said}'
        f"That was in {1960 + number}.</p><p>{said}And in {1980 + number} it was no better.</p></div></li>"
        for number in range(30)
    )
    page = (
        f'<html><head><title>Lamp of Grindholm</title></head><body><div class="row"><div class="top"><h1>Lamp of '
        f'Grindholm cleaned</h1></div><div class="summary"><i>{story[0]}<br><br>{story[1]}</i></div></div>'
        f'<div class="thread"><ul>{comments}</ul></div></body></html>'
    )
    assert extract_article(page.encode(), url=URL).text == "\n\n".join(story)


LONG = (
    "The lens of the lamp was lifted by a crane from the deck of a fishing boat, while half of the island stood on the "
    "quay and held its breath, and the ferry waited outside of the harbour until the last of the ropes was loose."
)


@pytest.mark.parametrize("tag", ["figcaption", "footer"])
def test_a_long_caption_and_a_footer_are_none_of_the_text(tag: str, story: Build) -> None:
    figure = ("<figure><img src=/lens.jpg>", "</figure>") if tag == "figcaption" else ("", "")
    paragraphs = [f"<p>{text}</p>" for text in PARAGRAPHS]
    beside = f"{figure[0]}<{tag}><p>{LONG}</p></{tag}>{figure[1]}"
    article = extract_article(story(body="".join([*paragraphs[:3], beside, *paragraphs[3:]])), url=URL)
    assert article.text == "\n\n".join(PARAGRAPHS)


def test_a_text_that_stands_in_a_footer_alone_is_the_text(story: Build) -> None:
    article = extract_article(
        story(body=f"<footer>{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}</footer>"), url=URL
    )
    assert article.text == "\n\n".join(PARAGRAPHS)
