from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pytest

from crawler.demo import GONE, HOSTS, MOVED, ORIGINAL, REPRINT, REWRITE, SEED, SISTER, TRUTH, WALLED, Reply, answer

Ask = Callable[..., Reply]
Tree = Callable[[str], lxml.html.HtmlElement]


def words(node: lxml.html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def state(root: lxml.html.HtmlElement) -> Any:
    return json.loads(root.get_element_by_id("__NEXT_DATA__").text)


def test_every_page_answers_as_its_part_demands(ask: Ask, pages: tuple[str, ...]) -> None:
    gone = [card.url for card in TRUTH.cards if card.shape == "gone"]
    expected = {WALLED: 403, GONE: 410, MOVED: 301, **dict.fromkeys(gone, 404)}
    assert {url: ask(url).status for url in pages} == {url: expected.get(url, 200) for url in pages}


def test_the_moved_copy_names_its_new_address(ask: Ask) -> None:
    assert dict(ask(MOVED).headers)["Location"] == urlsplit(REPRINT).path


def test_no_template_field_is_left_and_no_value_is_missing(tree: Tree, pages: tuple[str, ...]) -> None:
    for url in pages:
        text = lxml.html.tostring(tree(url), encoding="unicode")
        assert not re.search(r"\$[a-z_]+\b|\bNone\b", text.replace("undefined NaN", "")), url


@pytest.mark.parametrize("url", [SEED, ORIGINAL], ids=["aggregator", "original"])
def test_json_ld_is_json_and_tells_the_facts(url: str, tree: Tree) -> None:
    data = json.loads(tree(url).xpath('//script[@type="application/ld+json"]')[0].text)
    article = data.get("@graph", [data])[0]
    assert article["@type"] == "NewsArticle"
    assert article["headline"].removesuffix(" - Paperboat") == TRUTH.headline
    assert [author["name"] for author in article["author"]] == list(TRUTH.authors)
    assert article["publisher"]["name"] == TRUTH.publisher
    assert article["publisher"]["url"].rstrip("/") == TRUTH.publisher_url
    assert datetime.fromisoformat(article["datePublished"]) == datetime.fromisoformat(TRUTH.published)


def test_the_original_prints_every_sentence_in_order(tree: Tree) -> None:
    body = words(tree(ORIGINAL).xpath('//div[@class="body"]')[0])
    places = [body.find(sentence) for sentence in TRUTH.sentences]
    assert -1 not in places
    assert places == sorted(places)


def test_the_aggregator_prints_the_same_words_with_its_own_marks(tree: Tree) -> None:
    body = words(tree(SEED).xpath('//section[@class="content"]')[0])
    for sentence in TRUTH.sentences:
        typed = sentence.replace("“", '"').replace("”", '"').replace(" — ", " -- ")
        assert typed.replace("told Radio Halloway.", "told Radio Halloway .") in body
    assert TRUTH.standfirst not in body
    assert f"{TRUTH.pictures[1].credit} - PHOTO: {TRUTH.pictures[1].caption}" in body
    assert TRUTH.pictures[0].caption not in body


def test_the_rewrite_stands_alike_on_both_farms(tree: Tree) -> None:
    for url in (REWRITE, SISTER):
        texts = [words(node) for node in tree(url).xpath('//div[@class="text"]/p')]
        assert texts == [sentence.text for sentence in TRUTH.rewrite]


def test_the_application_state_has_the_fields_the_aggregator_is_known_for(tree: Tree) -> None:
    doc = state(tree(SEED))["props"]["pageProps"]["docInfo"]
    assert doc["title"] == TRUTH.headline
    assert doc["origin_url"] == ORIGINAL
    assert doc["epoch"] == datetime.fromisoformat(TRUTH.published).timestamp()
    assert doc["seoConfig"]["newsArticleJsonLD"]["publisher"]["name"] == TRUTH.publisher
    assert doc["content"].count("<figure>") == 2


def test_the_state_is_served_by_its_own_address_too(tree: Tree, ask: Ask, entity: Callable[[Reply], bytes]) -> None:
    page = state(tree(SEED))
    path = urlsplit(SEED).path
    served = entity(ask(f"https://{urlsplit(SEED).netloc}/_next/data/{page['buildId']}{path}.json"))
    assert json.loads(served)["pageProps"] == page["props"]["pageProps"]


def test_the_panels_name_the_facts(tree: Tree) -> None:
    root = tree(SEED)
    cards = root.xpath('//article[@class="card"]')
    assert [words(card.xpath(".//h3")[0]) for card in cards] == [card.headline for card in TRUTH.cards]
    assert [card.xpath('.//div[@class="outlet"]')[0].text for card in cards] == [card.outlet for card in TRUTH.cards]
    assert [card.xpath('.//div[@class="section"]')[0].text for card in cards] == [card.section for card in TRUTH.cards]
    assert [words(node) for node in root.xpath('//section[@class="people"]//span[@class="name"]')] == list(TRUTH.people)
    assert words(root.xpath('//section[@class="tags"]/div')[0]) == "".join(f"#{tag}" for tag in TRUTH.tags)
    assert [words(node) for node in root.xpath('//ul[@class="stats"]//b')] == [raw for _, raw, _ in TRUTH.counts]
    comments = [int(number) for number in re.findall(r"Comments / (\d+)", words(root))]
    assert tuple(comments) == TRUTH.comments


@pytest.mark.parametrize(
    ("now", "phrase"),
    [
        ("2024-03-20T19:00:00+00:00", "5 days ago"),
        ("2024-03-16T18:00:00+00:00", "1 day ago"),
        ("2024-03-15T20:45:00+00:00", "3 hours ago"),
        ("2024-03-15T17:42:30+00:00", "just now"),
        ("2024-08-20T00:00:00+00:00", "5 months ago"),
        ("2031-01-01T00:00:00+00:00", "6 years ago"),
        ("2021-12-22T00:00:00+00:00", "March 15, 2024"),
    ],
)
def test_the_age_fits_the_clock(now: str, phrase: str) -> None:
    root = lxml.html.fromstring(
        b"".join(re.split(rb"\r\n[0-9a-f]+\r\n", answer("GET", SEED, now=datetime.fromisoformat(now)).body))
    )
    assert words(root.xpath('//span[@class="age"]')[0]) == phrase


def test_only_the_age_and_the_servers_date_depend_on_the_clock(pages: tuple[str, ...]) -> None:
    early, late = datetime(2024, 3, 20, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC)
    moving = [url for url in pages if answer("GET", url, now=early).body != answer("GET", url, now=late).body]
    assert moving == [SEED]


def test_one_page_is_windows_1252_under_another_name(ask: Ask) -> None:
    card = next(card for card in TRUTH.cards if card.shape == "latin")
    reply = ask(card.url)
    assert dict(reply.headers)["Content-Type"] == "text/html"
    assert b"charset=iso-8859-1" in reply.body
    assert card.text[2] in unescape(reply.body.decode("windows-1252"))


def links(root: lxml.html.HtmlElement) -> set[str]:
    found: set[str] = set()
    for element, attribute, target, _ in root.iterlinks():
        if attribute != "srcset" and element.tag != "form":
            found.add(target)
    for value in root.xpath("//@srcset | //@data-srcset"):
        found.update(variant.split()[0] for variant in value.split(", "))
    found.update(root.xpath('//@data-src | //meta[@property="og:image"]/@content'))
    return {link.partition("#")[0] for link in found if not link.startswith(("data:", "#"))}


def test_links_and_requisites_lead_somewhere(ask: Ask, tree: Tree, pages: tuple[str, ...]) -> None:
    gone = {card.url for card in TRUTH.cards if card.shape == "gone"}
    asked: set[str] = set()
    for url in pages:
        if ask(url).status == 200:
            asked |= {link if "://" in link else f"https://{urlsplit(url).netloc}{link}" for link in links(tree(url))}
    dead = {link: ask(link).status for link in asked if ask(link).status != 200}
    assert set(dead) == gone
    assert {urlsplit(link).hostname for link in asked} <= HOSTS
    assert len(asked) > 60


def test_pictures_are_pictures(ask: Ask, tree: Tree) -> None:
    for url in (SEED, ORIGINAL):
        for link in links(tree(url)):
            reply = ask(link)
            kind = dict(reply.headers).get("Content-Type", "")
            if kind == "image/jpeg":
                assert reply.body.startswith(b"\xff\xd8\xff"), link
            if kind == "image/webp":
                assert reply.body[8:12] == b"WEBP", link
