from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Article, Organization, Outcome
from crawler.spiders.memento import unwrap
from crawler.spiders.providers import (
    PROVIDERS,
    Answer,
    Asking,
    CommonCrawl,
    Gdelt,
    MediaCloud,
    ProviderError,
    Wayback,
    provider_named,
)
from crawler.spiders.providers.queries import best_queries, telling_words

PAGE = "http://gone.example/x"
TEXT = (
    "The council met on Tuesday. “It is what it is,” she said. “We have never in forty years of dredging this channel "
    "seen such a quantity of Baltic oysters,” said Ingrid Hallström, an inspector. He added: “That is good for "
    'us and for them ... and the people of Norrskär will say so tomorrow.” "A short one." Done.'
)
DAY = {"date_published": "2026-11-20", "date_published_earliest": "2026-11-20", "date_published_latest": "2026-11-20"}


def article(**fields: Any) -> Article:
    headline = "Oysters return to the Norrskär channel after dredging"
    told = {"text": TEXT, "headline": headline, "captured_at": "2026-11-22T00:00:00Z", **DAY}
    return Article(url="http://a.example/1", outcome=Outcome.ARTICLE, **{**told, **fields})


def test_the_best_questions_are_long_quotations_of_rare_words_then_the_headline() -> None:
    first, second, third = best_queries(article(), 3)
    assert (first.kind, len(first.words.split())) == ("quotation", 10)
    assert "Baltic oysters" in first.words and "\n" not in first.words
    assert second.words == "and the people of Norrskär will say so tomorrow"
    assert third.kind == "headline"
    assert third.words == "Oysters return Norrskär channel dredging"


def test_an_article_without_quotations_is_asked_by_its_headline_and_one_without_either_not_at_all() -> None:
    assert [query.kind for query in best_queries(article(text="No one said a word."))] == ["headline"]
    assert best_queries(article(text="", headline=None)) == ()


@pytest.mark.parametrize("headline", ["Live", "It is on", "What we know so far", ""])
def test_a_headline_of_common_words_is_no_question(headline: str) -> None:
    assert telling_words(headline) == ()


def test_old_news_is_not_asked_of_gdelt_which_reaches_back_three_months() -> None:
    old = dict.fromkeys(DAY, "2026-01-05")
    assert Gdelt().search(article(**old)) == ()
    assert len(Gdelt().search(article())) == 3


def test_archives_are_searched_for_the_original_only_where_another_outlet_is_credited() -> None:
    credited = article(publisher=Organization("Kusten", "https://www.kusten.example/"))
    assert "url=kusten.example" in Wayback().search(credited)[0].url
    assert CommonCrawl().search(credited)[0].url.startswith("https://index.commoncrawl.org/collinfo.json#url=kusten")
    assert Wayback().search(article()) == CommonCrawl().search(article()) == ()
    assert Wayback().search(article(publisher=Organization("A", "http://www.a.example/"))) == ()


def test_the_crawls_after_publication_are_asked_the_earliest_of_them_first() -> None:
    crawls = [{"id": n, "cdx-api": f"http://i.example/{n}", "to": f"2026-{n:02}-28T00:00:00"} for n in range(12, 0, -1)]
    credited = article(
        publisher=Organization("Kusten", "https://kusten.example/"), date_published_earliest="2026-05-03"
    )
    [asking] = CommonCrawl().search(credited)
    further = CommonCrawl().read(asking, Answer(200, "application/json", json.dumps(crawls).encode())).further
    assert [one.url.partition("?")[0] for one in further] == [f"http://i.example/{n}" for n in (5, 6, 7)]


def test_a_refusal_that_may_pass_is_told_from_one_that_stays() -> None:
    asking = Asking("http://x.example/", "x", "articles")
    for status, again in ((429, True), (503, True), (403, False), (500, False)):
        reading = Gdelt().read(asking, Answer(status, "text/plain", b"Please wait"))
        assert (reading.fault, reading.again) == (f"status {status}: Please wait", again)


def test_providers_are_named_with_or_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert provider_named("gdelt") == Gdelt()
    assert provider_named("Wayback=http://127.0.0.1:8000/") == Wayback("http://127.0.0.1:8000")
    monkeypatch.setenv("WIRECOPY_MEDIACLOUD_KEY", "abc")
    provider = provider_named("mediacloud")
    assert provider == MediaCloud(key="abc")
    assert "abc" not in repr(provider)


@pytest.mark.parametrize(
    ("words", "key", "says"),
    [
        ("google", None, "there are gdelt, commoncrawl, wayback, mediacloud"),
        ("gdelt=ftp://x", None, "write the address"),
        ("mediacloud", None, "WIRECOPY_MEDIACLOUD_KEY"),
        ("mediacloud", "two words", "holds no key"),
    ],
)
def test_a_provider_that_cannot_be_asked_says_why(
    words: str, key: str | None, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if key:
        monkeypatch.setenv("WIRECOPY_MEDIACLOUD_KEY", key)
    with pytest.raises(ProviderError, match=says):
        provider_named(words)


NAMES = ("articles", "stories", "url", "timestamp", "original", "cdx-api", "offset", "length", "filename", "status",
         "pagination_token", "title", "to")  # fmt: skip
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from([PAGE, "20261120000000"])
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=12,
)


@given(st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()), st.sampled_from([200, 404, 429]))
@settings(max_examples=120)
def test_no_answer_whatever_it_is_raises(body: bytes, status: int) -> None:
    for make in (Gdelt(), CommonCrawl(), Wayback(), MediaCloud(key="k")):
        for step in ("articles", "stories", "addresses", "captures", "crawls", "index"):
            for page in (None, PAGE):
                reading = make.read(Asking(f"{PAGE}#url=x", "", step, page=page, left=1), Answer(status, "", body))
                assert all(isinstance(proposal.url, str) for proposal in reading.proposals)
    assert set(PROVIDERS) == {"gdelt", "commoncrawl", "wayback", "mediacloud"}


@pytest.mark.parametrize(
    "said",
    [
        '["\\q",' + "[" * 200_000,  # what is mended is nested as deep
        json.dumps({"url": PAGE, "timestamp": "20261120000000", "offset": None, "length": [1], "filename": "a"}),
        f'{{"url": "{PAGE}", "timestamp": "20261120000000", "offset": Infinity, "length": 1, "filename": "a"}}',
    ],
)
def test_odd_json_is_an_answer_of_nothing(said: str) -> None:
    for make in (Gdelt(), CommonCrawl(), Wayback(), MediaCloud(key="k")):
        for step in ("articles", "stories", "addresses", "captures", "crawls", "index"):
            reading = make.read(Asking(PAGE, "", step, page=PAGE), Answer(200, "", said.encode()))
            assert not reading.stored


@given(st.binary(max_size=200))
@settings(max_examples=60)
def test_what_an_archive_serves_is_a_page_or_none(body: bytes) -> None:
    for data in (body, b"\x1f\x8b\x08" + body, b"WARC/1.0\r\nWARC-Type: response\r\n" + body):
        for when in ("soon", "Fri, 31 Dec 2026 23:59:59 +99999999999999"):
            unwrap(data, url=f"http://web.example/web/20261399999999id_/{PAGE}", headers={"Memento-Datetime": when})


def test_a_wayback_address_says_page_and_time_where_the_header_does_not() -> None:
    address = f"http://web.example/web/20261120120000id_/{PAGE}?a=1"
    assert unwrap(b"<p>x", url=address, headers={}) is None, "a page of the archive's own"
    found = unwrap(b"<p>x", url=address, headers={"Memento-Datetime": "soon"})
    assert found is not None
    assert (found.page, found.archive) == (f"{PAGE}?a=1", "web.example")
    assert found.captured_at is not None and found.captured_at.isoformat() == "2026-11-20T12:00:00+00:00"


def test_a_page_of_no_archive_is_no_memento() -> None:
    assert unwrap(b"<p>x", url=PAGE, headers={"Memento-Datetime": "Fri, 20 Nov 2026 12:00:00 GMT"}) is None


def test_a_field_of_links_without_end_is_looked_through_in_a_moment() -> None:
    links = "<a>;" * 60_000 + f'<{PAGE}>; rel="original"'
    fields = {"Memento-Datetime": "Fri, 20 Nov 2026 12:00:00 GMT", "Link": links}
    found = unwrap(b"<p>x", url="http://web.example/1", headers=fields)
    assert found is not None
    assert found.page == PAGE
