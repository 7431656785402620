"""Pages in the shapes of other sites; their stories are invented."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract import extract_article
from crawler.extract.page import Page
from crawler.extract.sites import SITES, SiteReading, site_for
from crawler.extract.sites.bignewsnetwork import family_member
from crawler.extract.sites.markup import read_markup
from crawler.model import Organization, Outcome

STORY = "https://www.oakmouthnews.example/news/273415926/pier-to-reopen"
SIBLINGS = "".join(f'<a href="/news/27341600{n}/story-{n}">Story {n}</a>' for n in range(4))
DETAIL = "https://assets.msn.com/content/view/v2/Detail/en-us/BB1abcD2"
DOCUMENT: dict[str, Any] = {
    "title": "Harbour board votes to reopen pier",
    "publishedDateTime": "2023-05-17T16:20:00Z",
    "updatedDateTime": "2023-05-17T18:00:00Z",
    "provider": {"name": "Coastline Ledger"},
    "sourceHref": "https://ledger.example/2023/05/17/harbour-board-votes",
    "authors": [{"name": "Dana Whitlock"}, {"name": "Ruben Oyelaran"}],
    "body": "<p>The harbour board voted to reopen the pier.</p><p>The first boat leaves on Monday.</p>",
    "imageResources": [{"url": "https://img.example/pier.jpg", "caption": "The pier", "attribution": "Ledger"}],
}
PRISM = (
    '<div data-testid="prism-headline"><h1>Harbour board votes to reopen pier</h1></div>'
    '<div data-testid="prism-byline">By <a href="/author/dana_whitlock">Dana Whitlock</a> and '
    '<a href="/author/ruben">Ruben Oyelaran</a><div>May 17, 2023, 4:10 PM</div></div>'
    '<div data-testid="prism-article-body"><p>The harbour board voted.</p></div>'
)
ABC = "https://abcnews.go.com/Politics/harbour-board-votes/story?id=99887766"


def read(body: str, url: str) -> SiteReading:
    site = site_for(url)
    assert site is not None
    return site.witness(Page(body, url=url))


def said(found: SiteReading, field: str) -> list[Any]:
    return [candidate.value for name, candidate in found.candidates if name == field]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (STORY, "bignewsnetwork"),
        ("https://www.russiaherald.com/news/273415926/slug", "bignewsnetwork"),
        (ABC, "abcnews"),
        ("https://www.msn.com/en-us/news/world/harbour/ar-BB1abcD2", "msn"),
        (DETAIL, "msn"),
    ],
)
def test_sites_are_known_by_their_addresses(url: str, name: str) -> None:
    site = site_for(url)
    assert site is not None
    assert site.name == name


@pytest.mark.parametrize(
    "url", ["https://news.example/story", "https://x.example/news/12345/slug", "", "http://[", "not a url"]
)
def test_other_addresses_have_no_site(url: str) -> None:
    assert site_for(url) is None


def test_a_family_member_is_told_by_the_form_of_its_links() -> None:
    found = read(SIBLINGS, STORY)
    assert found.distributor == Organization("oakmouthnews.example", "https://www.oakmouthnews.example/")
    assert found.notes == ("story 273415926 of the Big News Network feed",)


def test_a_family_member_is_told_by_the_networks_name() -> None:
    assert read("<footer>Big News Network</footer>", STORY).distributor is not None


def test_an_address_of_that_form_alone_claims_nothing() -> None:
    assert read("<p>Another paper</p>", STORY) == SiteReading()


def test_the_network_claims_no_publisher_and_no_author() -> None:
    assert read(SIBLINGS, STORY).candidates == ()


def test_a_known_host_without_the_networks_marks_drifts() -> None:
    found = read("<p>Words</p>", "https://www.russiaherald.com/news/273415926/slug")
    assert found.drift == "bignewsnetwork: a known host without the network's name or links"
    assert found.distributor is not None


def test_an_address_alone_names_a_distributor_only_for_known_hosts() -> None:
    assert family_member(STORY) is None
    assert family_member("https://www.russiaherald.com/news/273415926/slug") == Organization(
        "russiaherald.com", "https://www.russiaherald.com/"
    )


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("headline", "Harbour board votes to reopen pier"),
        ("authors", ("Dana Whitlock", "Ruben Oyelaran")),
        ("date_published", "May 17, 2023, 4:10 PM"),
        ("publisher", Organization("ABC News", "https://abcnews.go.com")),
    ],
)
def test_abc_news_marks_its_parts(field: str, expected: object) -> None:
    assert said(read(PRISM, ABC), field) == [expected]


def test_abc_news_names_the_element_of_its_body() -> None:
    found = read(PRISM, ABC)
    assert found.body_root is not None
    assert "".join(found.body_root.itertext()) == "The harbour board voted."
    assert found.drift is None


def test_abc_news_of_earlier_years_is_read() -> None:
    body = (
        '<h1 class="Article__Headline__Title">Pier</h1><article class="Article__Content story"><p>Words.</p></article>'
    )
    found = read(body, ABC)
    assert said(found, "headline") == ["Pier"]
    assert found.body_root is not None


def test_abc_news_without_its_marks_drifts() -> None:
    assert read("<h1>Pier</h1><p>Words.</p>", ABC).drift == "abcnews: no element for headline and body"
    assert read("<h1>Front</h1>", "https://abcnews.go.com/Politics").drift is None


def test_an_msn_page_is_a_shell_and_says_where_its_document_lies() -> None:
    found = read("<div id=root></div>", "https://www.msn.com/en-us/news/world/harbour/ar-BB1abcD2?ocid=x")
    assert found.outcome == Outcome.NEEDS_BROWSER
    assert found.notes == (f"document: {DETAIL}",)


def test_an_msn_id_without_a_document_is_said_to_have_none() -> None:
    found = read("", "https://www.msn.com/en-us/news/world/harbour/ar-gm-BB1abcD2")
    assert found.notes == ("no document: ids that begin with gm- have none",)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("headline", "Harbour board votes to reopen pier"),
        ("date_published", "2023-05-17T16:20:00Z"),
        ("date_modified", "2023-05-17T18:00:00Z"),
        ("authors", ("Dana Whitlock", "Ruben Oyelaran")),
        ("publisher", Organization("Coastline Ledger", None)),
    ],
)
def test_the_msn_document_says(field: str, expected: object) -> None:
    assert said(read(json.dumps(DOCUMENT), DETAIL), field) == [expected]


def test_the_msn_document_holds_text_pictures_and_the_original() -> None:
    found = read(json.dumps(DOCUMENT), DETAIL)
    assert found.blocks is not None
    assert [block.text for block in found.blocks][1] == "The first boat leaves on Monday."
    assert [(image.url, image.caption, image.credit, image.role) for image in found.images] == [
        ("https://img.example/pier.jpg", "The pier", "Ledger", "lead")
    ]
    assert found.original_urls == ("https://ledger.example/2023/05/17/harbour-board-votes",)


@pytest.mark.parametrize("body", ["", "{}", "[]", "{", '{"title": 1, "body": 2}', "null", "<html>"])
def test_an_msn_document_of_another_form_drifts(body: str) -> None:
    assert read(body, DETAIL).drift == "msn: no title and body in the document"


def test_markup_without_paragraphs_is_read_too() -> None:
    found = read_markup("First line.<div>Second <b>line</b>.</div>tail")
    assert [block.text for block in found.blocks] == ["First line.", "Second line.", "tail"]


@settings(max_examples=60)
@given(
    st.text(max_size=200),
    st.sampled_from([ABC, DETAIL, STORY, "https://www.newsbreak.com/news/1-a", "https://www.msn.com/"]),
)
def test_no_page_makes_a_site_raise(body: str, url: str) -> None:
    for site in SITES:
        site.witness(Page(body, url=url))


REDESIGNED = {
    "newsbreak": "https://www.newsbreak.com/news/2453110987654-harbour-board-votes",
    "abcnews": ABC,
    "msn": "https://www.msn.com/en-us/news/world/harbour/ar-BB1abcD2",
    "bignewsnetwork": "https://www.russiaherald.com/news/273415926/pier-to-reopen",
}


@pytest.mark.parametrize("name", [site.name for site in SITES])
def test_after_a_redesign_the_general_result_stands_and_drift_is_told(name: str, story: Callable[..., bytes]) -> None:
    url = REDESIGNED[name]
    article = extract_article(story(head="<title>Lighthouse lamp returns</title>"), url=url)
    assert article.outcome is Outcome.ARTICLE
    assert article.headline == "Lighthouse lamp returns to Grindholm after forty years"
    assert article.authors == ("Ada Winter", "Jonas Falk")
    assert "carried back up its hundred and twelve steps" in (article.text or "")
    assert [note for note in article.notes if note.startswith(f"drift: {name}: ")]


@pytest.mark.parametrize("url", REDESIGNED.values())
def test_a_refusal_is_not_taken_for_a_redesign(url: str) -> None:
    wall = b"<html><title>Just a moment...</title><body><p>Checking your browser.</p></body></html>"
    article = extract_article(wall, url=url)
    assert article.outcome in (Outcome.BLOCKED, Outcome.NEEDS_BROWSER)
    assert not [note for note in article.notes if note.startswith("drift")]
