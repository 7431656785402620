"""Pages in the shapes NewsBreak serves; stories, people and outlets are invented."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.extract.page import Page
from crawler.extract.sites import SiteReading, site_for, site_of
from crawler.extract.sites.newsbreak import NewsBreak
from crawler.extract.sites.particlenews import original_of, picture_id
from crawler.model import Organization, Outcome

URL = "https://www.newsbreak.com/news/2453110987654-harbour-board-votes"
ORIGINAL = "https://ledger.example/2023/05/17/harbour-board-votes"
CONTENT = (
    "<body><div><p>The harbour board voted to reopen the pier, which had been closed for nine winters.</p>"
    '<figure><img src="https://img.particlenews.com/image.php?type=thumbnail_580x000&amp;url=2eFgH3_0xY9zW8v00"'
    ' alt="https://ledger.example/pier.jpg"><figcaption>D. Whitlock, Ledger - PHOTO: The pier.</figcaption></figure>'
    '<p><a href="https://ledger.example/fog">Fog delays the lighthouse trail again</a></p>'
    "<h2>What comes next</h2><ul><li>The first boat</li></ul><blockquote>We waited.</blockquote>"
    '<img src="https://img.particlenews.com/img/id/2eFgH3_0xY9zW8v00?type=webp_1200x000"></div></body>'
)
DOC_INFO: dict[str, Any] = {
    "post_id": "2453110987654",
    "title": "Harbour board votes to reopen pier",
    "epoch": 1684340400,
    "authors": ["Dana Whitlock", "Ruben Oyelaran"],
    "source": "Coastline Ledger",
    "category_display": "Politics",
    "image": "7aBcD1_0xY9zW8v00",
    "summary": "The pier opens again.",
    "ai_summary": "A machine's words.",
    "content": CONTENT,
    "origin_url": ORIGINAL,
    "comment_count": 12,
    "seoConfig": {
        "newsArticleJsonLD": {"@type": "NewsArticle", "publisher": {"name": "Coastline Ledger", "url": ORIGINAL}}
    },
}
FLAT: dict[str, Any] = {
    "id": "2453110987654",
    "title": "Harbour board votes to reopen pier - NewsBreak",
    "originalUrl": ORIGINAL,
    "seoCanonicalUrl": URL,
    "publisher": {"name": "Coastline Ledger", "url": "https://ledger.example"},
    "date": "2023-05-17T16:20:00Z",
    "authors": [{"name": "Dana Whitlock"}],
    "cover": "https://img.particlenews.com/image.php?url=7aBcD1_0xY9zW8v00",
    "content": "<p>The harbour board voted to reopen the pier.</p>",
}
LINKED = {
    "@type": "NewsArticle",
    "headline": "Harbour board votes to reopen pier - NewsBreak",
    "publisher": {"@type": "Organization", "name": "Coastline Ledger", "url": ORIGINAL},
    "articleBody": CONTENT,
}


def page(
    props: dict[str, Any] | None = None, *, linked: dict[str, Any] | None = None, body: str = "", url: str = URL
) -> Page:
    state = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"pageProps": props}})}</script>'
    json_ld = f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    return Page(f"<html><body>{body}{state if props else ''}{json_ld if linked else ''}</body></html>", url=url)


def reading(*args: Any, **kwargs: Any) -> SiteReading:
    found = page(*args, **kwargs)
    site = site_for(found.url)
    assert site is not None
    assert site.name == "newsbreak"
    return site.witness(found)


def said(found: SiteReading, field: str) -> list[Any]:
    return [candidate.value for name, candidate in found.candidates if name == field]


@pytest.mark.parametrize(
    "url",
    [URL, "https://newsbreak.com/n/0abc", "https://local.newsbreak.com/x", "https://www.newsbreak.com/news/1/slug"],
)
def test_its_hosts_are_known(url: str) -> None:
    site = site_for(url)
    assert site is not None
    assert site.name == "newsbreak"


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("headline", "Harbour board votes to reopen pier"),
        ("date_published", "1684340400"),
        ("authors", ("Dana Whitlock", "Ruben Oyelaran")),
        ("publisher", Organization("Coastline Ledger", None)),
        ("section", "Politics"),
        ("description", "The pier opens again."),
    ],
)
def test_doc_info_says(field: str, expected: object) -> None:
    assert said(reading({"docInfo": DOC_INFO}), field)[0] == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("headline", "Harbour board votes to reopen pier"),
        ("date_published", "2023-05-17T16:20:00Z"),
        ("authors", ("Dana Whitlock",)),
        ("publisher", Organization("Coastline Ledger", "https://ledger.example")),
        ("canonical_url", URL),
    ],
)
def test_the_flat_form_says(field: str, expected: object) -> None:
    assert said(reading(FLAT), field)[0] == expected


@pytest.mark.parametrize("props", [{"docInfo": DOC_INFO}, FLAT])
def test_the_original_is_named(props: dict[str, Any]) -> None:
    assert reading(props).original_urls == (ORIGINAL,)


def test_the_distributor_is_newsbreak() -> None:
    assert reading(FLAT).distributor == Organization("NewsBreak", "https://www.newsbreak.com")


def test_a_machines_summary_is_not_the_newsrooms_description() -> None:
    assert said(reading({"docInfo": {**DOC_INFO, "summary": None}}), "description") == []


def test_content_becomes_blocks() -> None:
    blocks = reading({"docInfo": DOC_INFO}).blocks
    assert blocks is not None
    assert [(block.type, block.text) for block in blocks if block.type != "image"] == [
        ("paragraph", "The harbour board voted to reopen the pier, which had been closed for nine winters."),
        ("related_link", "Fog delays the lighthouse trail again"),
        ("heading", "What comes next"),
        ("list_item", "The first boat"),
        ("quote", "We waited."),
    ]


def test_two_addresses_of_one_asset_are_one_picture() -> None:
    images = reading({"docInfo": DOC_INFO}).images
    assert [image.asset_id for image in images] == ["7aBcD1_0xY9zW8v00", "2eFgH3_0xY9zW8v00"]
    assert len(images[1].variants) == 2
    assert [image.role for image in images] == ["lead", "inline"]


def test_an_alt_text_that_is_an_address_is_the_pictures_source() -> None:
    image = reading({"docInfo": DOC_INFO}).images[1]
    assert (image.original_url, image.alt) == ("https://ledger.example/pier.jpg", None)


def test_caption_and_credit_are_parted() -> None:
    image = reading({"docInfo": DOC_INFO}).images[1]
    assert (image.caption, image.credit) == ("The pier.", "D. Whitlock, Ledger")


def test_json_ld_alone_gives_headline_outlet_original_and_body_with_drift() -> None:
    found = reading(linked=LINKED)
    assert said(found, "headline") == ["Harbour board votes to reopen pier"]
    assert said(found, "publisher") == [Organization("Coastline Ledger", "https://ledger.example")]
    assert found.original_urls == (ORIGINAL,)
    assert found.blocks
    assert found.drift == "newsbreak: neither docInfo nor the flat form in __NEXT_DATA__"


@pytest.mark.parametrize(
    ("changed", "drift"),
    [
        ({}, None),
        ({"title": 5}, "newsbreak: no title in __NEXT_DATA__"),
        ({"epoch": "soon", "content": [CONTENT]}, "newsbreak: no epoch or date and no content in __NEXT_DATA__"),
    ],
)
def test_a_field_that_is_gone_or_of_another_form_is_drift(changed: dict[str, Any], drift: str | None) -> None:
    assert reading({"docInfo": {**DOC_INFO, **changed}}).drift == drift


def test_newsbreak_as_publisher_is_no_credit() -> None:
    linked = {**LINKED, "publisher": {"name": "NewsBreak", "url": "https://www.newsbreak.com"}}
    found = reading(linked=linked)
    assert (said(found, "publisher"), found.original_urls) == ([], ())


def test_a_page_without_any_of_its_data_drifts_and_says_nothing_else() -> None:
    found = reading(body="<p>Words.</p>")
    assert (found.candidates, found.blocks) == ((), None)
    assert found.drift is not None


def test_the_data_document_of_next_js_is_read_alone() -> None:
    url = "https://www.newsbreak.com/_next/data/build1/news/2453110987654.json"
    site = site_for(url)
    assert site is not None
    found = site.witness(Page(json.dumps({"pageProps": {"docInfo": DOC_INFO}}), url=url))
    assert said(found, "headline") == ["Harbour board votes to reopen pier"]


def test_a_redirect_in_the_data_is_reported() -> None:
    found = reading({"__N_REDIRECT": "/news/99-elsewhere"})
    assert found.outcome == Outcome.REDIRECT
    assert found.notes == ("redirect: https://www.newsbreak.com/news/99-elsewhere",)


def test_a_feed_is_a_panel_of_cards() -> None:
    rows = [
        {"hashedId": "0a", "title": "Otters win again", "source": "Saltmarsh Times", "summary": "By three goals."},
        {
            "hashedId": "0b",
            "title": "Tuba wanted",
            "publisherChannel": {"id": "m1", "name": "WKQZ"},
            "url": "https://wkqz.example/t",
        },
        {"hashedId": "0c"},
    ]
    panels = reading({**FLAT, "feed": {"list": rows}}).panels
    assert [(card.headline, card.publisher, card.url, card.position) for card in panels[0].cards] == [
        ("Otters win again", "Saltmarsh Times", None, 1),
        ("Tuba wanted", "WKQZ", "https://wkqz.example/t", 2),
    ]


def test_printed_counts_are_the_outlets() -> None:
    body = "<div><b>9.4K+</b> <span>Followers</span></div><p>Comments / 3</p>"
    counts = reading({"docInfo": DOC_INFO}, body=body).counts
    assert [(count.name, count.of, count.value) for count in counts] == [
        ("followers", "Coastline Ledger", 9400),
        ("comments", None, 3),
        ("comments", None, 12),
    ]


def test_counts_of_a_page_whose_script_did_not_run_are_none() -> None:
    body = "<p>undefined Followers</p><p>User since undefined NaN</p>"
    assert reading({"docInfo": {**DOC_INFO, "comment_count": None, "epoch": float("nan")}}, body=body).counts == ()


BROKEN: list[dict[str, Any]] = [
    {"docInfo": []},
    {"docInfo": {"title": 5, "content": {}, "authors": {"a": 1}}},
    {"docInfo": {"title": "x" * 9, "epoch": "NaN"}},
    {"originalUrl": 7, "feed": {"list": "no"}},
    {"publisher": [], "content": "text"},
    {"seoConfig": "x"},
]


@pytest.mark.parametrize("broken", BROKEN)
def test_data_of_other_types_never_raises(broken: dict[str, Any]) -> None:
    reading(broken)


@pytest.mark.parametrize(
    ("address", "asset", "original"),
    [
        (
            "https://img.particlenews.com/image.php?type=thumbnail_580x000&url=7aBcD1_0xY9zW8v00",
            "7aBcD1_0xY9zW8v00",
            None,
        ),
        ("https://img.particlenews.com/img/id/7aBcD1_0xY9zW8v00?type=webp_1200x000", "7aBcD1_0xY9zW8v00", None),
        ("https://img.particlenews.com/image.php?url=https%3A%2F%2Fa.example%2Fp.jpg", None, "https://a.example/p.jpg"),
        ("https://pictures.example/image.php?url=7aBcD1_0xY9zW8v00", "7aBcD1_0xY9zW8v00", None),
        ("https://pictures.example/photo?url=7aBcD1_0xY9zW8v00", None, None),
        ("https://[", None, None),
    ],
)
def test_the_picture_proxy_is_seen_through(address: str, asset: str | None, original: str | None) -> None:
    assert (picture_id(address), original_of(address)) == (asset, original)


def test_a_site_made_by_the_same_software_is_known_by_its_form() -> None:
    page = Page(
        b'<html><head><meta property="og:site_name" content="Paper Kite"></head><body><script id="__NEXT_DATA__"'
        b' type="application/json">{"props": {"pageProps": {"docInfo": {"post_id": "1", "title": "Ferry returns",'
        b' "origin_url": "https://ledger.example/ferry"}}}}</script></body></html>',
        url="https://kite.example/news/1-ferry",
    )
    site = site_of(page)
    assert site is not None
    assert site.witness(page).distributor == Organization("Paper Kite", "https://kite.example")
    assert site.witness(page).original_urls == ("https://ledger.example/ferry",)


def test_what_stripped_links_left_behind_is_put_right() -> None:
    content = (
        "<p>The ferry came back to its quay, the mayor told the Harbour Ledger .</p>"
        "<p>How the old quay was built in two winters</p><p>It sails again on Monday.</p>"
    )
    state = {"props": {"pageProps": {"docInfo": {"post_id": "1", "title": "Ferry returns", "content": content}}}}
    body = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'
    blocks = NewsBreak().witness(Page(body.encode(), url="https://www.newsbreak.com/news/1-ferry")).blocks
    assert blocks is not None
    assert [block.type for block in blocks] == ["paragraph", "related_link", "paragraph"]
    assert blocks[0].text.endswith("the Harbour Ledger.")
