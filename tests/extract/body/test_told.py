"""What the page's data say its text is, found again in what it shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from tests.extract.conftest import PARAGRAPHS, URL

Build = Callable[..., bytes]
ODD = "Lamp: 12 steps, 3 men, 1 rope, 0 losses, as the list on the wall has it"
HEADING = "<h1>Lighthouse lamp returns after forty years</h1>"
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def page(story: Build, json_ld: Callable[..., str], told: str) -> bytes:
    furniture = f'<aside class="promo newsletter"><button>{ODD}</button></aside>'
    return story(head=f"<title>x</title>{json_ld(headline='Lighthouse lamp', articleBody=told)}", body=BODY + furniture)


def test_a_line_that_the_data_hold_is_the_articles(story: Build, json_ld: Callable[..., str]) -> None:
    article = extract_article(page(story, json_ld, "\n".join((*PARAGRAPHS, ODD))), url=URL)
    assert ODD in (article.text or "")


def test_data_of_another_article_add_nothing(story: Build, json_ld: Callable[..., str]) -> None:
    other = f"Nobody knows who baked the bread that fell off the cart on the bridge. {ODD} " * 3
    article = extract_article(page(story, json_ld, other), url=URL)
    assert ODD not in (article.text or "")
    assert PARAGRAPHS[0] in (article.text or "")


def test_updates_of_a_live_blog_are_its_text(story: Build, json_ld: Callable[..., str]) -> None:
    updates = [{"@type": "BlogPosting", "articleBody": text} for text in (*PARAGRAPHS, ODD)]
    head = json_ld(**{"@type": "LiveBlogPosting"}, headline="Lighthouse lamp", liveBlogUpdate=updates)
    furniture = f'<aside class="promo newsletter"><button>{ODD}</button></aside>'
    article = extract_article(story(head=f"<title>x</title>{head}", body=BODY + furniture), url=URL)
    assert ODD in (article.text or "")


def test_where_the_page_shows_next_to_nothing_the_data_are_its_text(story: Build, json_ld: Callable[..., str]) -> None:
    head = "<title>x</title>" + json_ld(headline="Lighthouse lamp", articleBody="\n".join(PARAGRAPHS))
    article = extract_article(story(head=head, body=f"<p>{PARAGRAPHS[0]}</p>"), url=URL)
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert article.evidence["text"].source == "json-ld"


def test_where_the_page_shows_a_good_part_the_page_is_believed(story: Build, json_ld: Callable[..., str]) -> None:
    head = "<title>x</title>" + json_ld(headline="Lighthouse lamp", articleBody="\n".join(PARAGRAPHS) * 2)
    article = extract_article(story(head=head), url=URL)
    assert article.evidence["text"].source == "dom"


@pytest.mark.parametrize("other", ["", '<meta name="description" content="All the news of the harbour, every day">'])
def test_what_the_data_give_as_description_under_the_title_is_text(story: Build, other: str) -> None:
    standfirst = "Lamp, lens and letters: how 12 steps and 3 ropes brought the light home"
    head = f'<title>x</title>{other}<meta property="og:description" content="{standfirst}">'
    under = f'<section><div class="share">{standfirst}</div></section>'
    assert standfirst in (extract_article(story(head=head, byline=under), url=URL).text or "")
    assert standfirst not in (extract_article(story(byline=under), url=URL).text or "")


def test_a_slogan_that_describes_every_page_of_a_site_is_no_standfirst(story: Build) -> None:
    slogan = "All the news of the harbour, its lamp and its letters, every day but Sunday"
    head = f'<title>x</title><meta name="description" content="{slogan}">'
    assert slogan not in (extract_article(story(head=head, heading=f"<p>{slogan}</p>{HEADING}"), url=URL).text or "")
    assert slogan in (extract_article(story(head=head, byline=f"<p>{slogan}</p>"), url=URL).text or "")
