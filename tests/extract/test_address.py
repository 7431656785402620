"""Pages that were captured from a web archive are read as the pages that they are."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from crawler.extract import extract_article
from crawler.extract.address import archived_in, leads_within

CASES = Path(__file__).parent / "cases"
OUTSIDE = "https://web.archive.org/web/20211217120000id_/"


@pytest.mark.parametrize(
    ("address", "inner"),
    [
        ("https://web.archive.org/web/20200102030405/https://a.example/b?c=1", "https://a.example/b?c=1"),
        ("https://web.archive.org/web/2020id_/http:/a.example/b", "http://a.example/b"),
        ("https://web.archive.org/web/https://a.example/b", "https://a.example/b"),
        ("http://localhost:8080/my-coll/mp_/https://a.example/", "https://a.example/"),
        ("https://archive.example/20200102030405/https://a.example/b", "https://a.example/b"),
        ("https://a.example/20200102/https-for-all", "https://a.example/20200102/https-for-all"),
        ("https://a.example/share?u=/2020/https://b.example/", "https://a.example/share?u=/2020/https://b.example/"),
        ("https://a.example/b", "https://a.example/b"),
    ],
)
def test_the_address_that_is_replayed_is_found(address: str, inner: str) -> None:
    assert archived_in(address) == inner


def test_a_link_that_is_replayed_leads_where_it_led() -> None:
    assert leads_within("https://web.archive.org/web/20200102030405/https://www.a.example/b", "a.example")
    assert not leads_within("https://web.archive.org/web/20200102030405/https://b.example/b", "a.example")


@pytest.mark.parametrize("case", ["abc_prism", "newsbreak_flat", "bignewsnetwork", "german", "french"])
def test_a_page_out_of_a_web_archive_is_read_as_it_would_be_at_its_own_address(case: str) -> None:
    body = (CASES / case / "input.html").read_bytes()
    url = tomllib.loads((CASES / case / "meta.toml").read_text())["url"]
    own = extract_article(body, url=url, captured_at="2021-12-17T12:00:00Z").to_dict()
    replayed = extract_article(body, url=OUTSIDE + url, captured_at="2021-12-17T12:00:00Z").to_dict()
    assert replayed["url"] == OUTSIDE + url
    for field in ("headline", "authors", "date_published", "publisher", "distributor", "text", "language", "extractor"):
        assert replayed[field] == own[field], field


def test_a_page_as_a_web_archive_rewrites_it_names_its_canonical_address_and_no_other_as_original() -> None:
    outside, own = "https://web.archive.org/web/20211217120000/", "https://www.quay.example/2021/12/ferry-returns"
    words = "".join(f"<p>Sentence {n} of the ferry that came back to its quay tells more.</p>" for n in range(9))
    head = f"<title>Ferry returns</title><link rel=canonical href='{outside}{own}'>"
    page = f"{head}<article><h1>Ferry returns</h1>{words}"
    article = extract_article(page.encode(), url=outside + own)
    assert (article.canonical_url, article.original_urls) == (own, ())
