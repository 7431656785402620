"""One field a test: what extract_article says of an invented story."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.model import Article, Outcome

Build = Callable[..., bytes]
URL = "https://www.harbour-times.example/news/2024/03/05/lighthouse-lamp-returns"
CAPTURED = "2024-03-06T08:00:00+00:00"
HEADLINE = "Lighthouse lamp returns to Grindholm after forty years"


def read(body: bytes, url: str = URL, **keywords: object) -> Article:
    return extract_article(body, url=url, captured_at=CAPTURED, **keywords)  # type: ignore[arg-type]


def test_outcome_is_an_article(story: Build) -> None:
    assert read(story()).outcome is Outcome.ARTICLE


def test_headline_is_the_heading_without_the_site(story: Build) -> None:
    assert read(story()).headline == HEADLINE


def test_headline_without_a_heading_is_the_title_without_the_site(story: Build) -> None:
    assert read(story(heading="")).headline == HEADLINE


def test_headline_survives_as_a_plain_box(story: Build) -> None:
    assert read(story(heading=f"<div>{HEADLINE}</div>")).headline == HEADLINE


def test_authors_are_the_people_of_the_byline(story: Build) -> None:
    assert read(story()).authors == ("Ada Winter", "Jonas Falk")


def test_byline_is_kept_as_printed(story: Build) -> None:
    assert read(story()).byline == "By Ada Winter and Jonas Falk"


def test_date_keeps_the_newsrooms_offset(story: Build) -> None:
    assert read(story()).date_published == "2024-03-05T18:30:00+01:00"


def test_date_printed_only_is_read(story: Build) -> None:
    article = read(story(date="<div>Published 4 March 2024</div>"), url="https://harbour-times.example/lamp")
    assert article.date_published == "2024-03-04"


def test_relative_date_is_anchored_at_the_capture(story: Build) -> None:
    article = read(story(date="<div>2 days ago</div>"), url="https://harbour-times.example/lamp")
    assert (article.date_published or article.date_published_earliest or "")[:10] == "2024-03-04"


def test_printed_change_is_the_modification(story: Build) -> None:
    article = read(story(date="<div>Published 4 March 2024, updated 5 March 2024</div>"), url="https://a.example/lamp")
    assert ((article.date_published or "")[:10], (article.date_modified or "")[:10]) == ("2024-03-04", "2024-03-05")


def test_text_is_the_paragraphs_in_order(story: Build) -> None:
    text = read(story()).text or ""
    assert text.startswith("The great lamp") and text.endswith("from the water.") and text.count("\n\n") == 4


@pytest.mark.parametrize("words", ["Related stories", "All rights reserved", "Ferries", "seal that would not leave"])
def test_text_holds_no_furniture(story: Build, words: str) -> None:
    assert words not in (read(story()).text or "")


def test_text_does_not_repeat_the_headline(story: Build) -> None:
    assert HEADLINE not in (read(story()).text or "")


def test_text_without_semantic_tags(story: Build) -> None:
    plain = story(body="")
    for tag in (b"article", b"main", b"header", b"nav", b"aside", b"footer"):
        plain = plain.replace(b"<" + tag, b"<div").replace(b"</" + tag, b"</div")
    assert len(read(plain).text or "") < 400
    full = story()
    for tag in (b"article", b"main", b"header", b"nav", b"aside", b"footer", b"p"):
        full = full.replace(b"<" + tag + b">", b"<div>").replace(b"</" + tag + b">", b"</div>")
    assert read(full).text == read(story()).text


def test_blocks_name_their_kind(story: Build) -> None:
    body = (
        "<p>The harbour was quiet all night, and nobody saw the boat that came in without any lights at all.</p>"
        "<h2>A boat without a crew</h2>"
        "<p>When the fishermen went aboard in the morning, they found a warm stove and a cat that wanted its milk.</p>"
        "<blockquote><p>I have never seen a cat so sure of its rights, and I have kept nine of them.</p></blockquote>"
        "<p>The police took the boat to the yard, where it will stay until somebody comes to ask for the cat.</p>"
    )
    kinds = [block.type for block in read(story(body=body)).blocks]
    assert kinds == ["paragraph", "heading", "paragraph", "quote", "paragraph"]


def test_description_is_the_pages_own(story: Build) -> None:
    head = f'<title>{HEADLINE}</title><meta name="description" content="An island gets its light back.">'
    assert read(story(head=head)).description == "An island gets its light back."


def test_the_sites_name_is_no_description(story: Build) -> None:
    head = (
        f'<title>{HEADLINE}</title><meta name="description" content="An island gets its light back.">'
        '<meta property="og:site_name" content="Lampwick"><meta property="og:description" content="Lampwick">'
    )
    assert read(story(head=head)).description == "An island gets its light back."


def test_language_is_declared(story: Build) -> None:
    assert read(story(language="en-GB")).language == "en-gb"


def test_publisher_comes_with_its_address(story: Build, json_ld: Callable[..., str]) -> None:
    script = json_ld(
        headline=HEADLINE, publisher={"@type": "Organization", "name": "Harbour Times", "url": "https://h.example/"}
    )
    publisher = read(story(head=f"<title>x</title>{script}")).publisher
    assert publisher is not None and (publisher.name, publisher.url) == ("Harbour Times", "https://h.example/")


def test_section_and_topics(story: Build, json_ld: Callable[..., str]) -> None:
    script = json_ld(headline=HEADLINE, articleSection="Island", keywords=["lamps", "ferries"])
    article = read(story(head=f"<title>x</title>{script}"))
    assert (article.section, article.topics) == ("Island", ("lamps", "ferries"))


@pytest.mark.parametrize("unset", ["undefined", "null", "NaN", "[object Object]"])
def test_what_a_script_writes_for_no_value_is_none(story: Build, json_ld: Callable[..., str], unset: str) -> None:
    names = ("article:section", "article:tag", "og:description", "author", "og:title")
    metas = "".join(f'<meta property="{name}" content="{unset}">' for name in names)
    article = read(story(head=f"<title>x</title>{metas}{json_ld(articleSection=unset)}"))
    assert (article.section, article.topics, article.headline) == (None, (), HEADLINE)
    assert unset not in (article.description, *article.authors)


@pytest.mark.parametrize("section", ["Null Island", "Undefined terms", "Nan", "Objects"])
def test_other_words_are_a_section(story: Build, section: str) -> None:
    assert read(story(head=f'<title>x</title><meta property="article:section" content="{section}">')).section == section


def test_canonical_url_in_full(story: Build) -> None:
    assert read(story(head='<link rel="canonical" href="/lamp"><title>x</title>')).canonical_url == (
        "https://www.harbour-times.example/lamp"
    )


def test_original_is_the_canonical_of_another_site(story: Build) -> None:
    head = '<link rel="canonical" href="https://www.islander.example/lamp"><title>x</title>'
    assert read(story(head=head)).original_urls == ("https://www.islander.example/lamp",)


def test_own_canonical_is_no_original(story: Build) -> None:
    head = '<link rel="canonical" href="https://m.harbour-times.example/lamp"><title>x</title>'
    assert read(story(head=head)).original_urls == ()


def test_evidence_names_winner_and_losers(story: Build) -> None:
    evidence = read(story()).evidence
    assert evidence is not None
    assert evidence["headline"].source == "dom" and evidence["headline"].candidates and evidence["text"].reason


def test_evidence_can_be_written_as_json(story: Build) -> None:
    article = read(story())
    assert Article.from_dict(article.to_dict()) == article


def test_what_stands_between_paragraphs_is_set_aside_with_a_reason(story: Build) -> None:
    promo = b'</p><div><a href="/join">Become a friend of the museum today</a></div>'
    page = story().replace(b"</p>", promo, 3)
    asides = {aside.text: aside.reason for aside in read(page).set_aside}
    assert asides == {"Become a friend of the museum today": "only links"}
