"""The main job from end to end: one command captures the demo's story and every copy of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler import demo as web

pytestmark = pytest.mark.slow


def page(demo: Any, url: str) -> dict[str, Any]:
    return next(page for page in demo.report["pages"] if page["requested"] == url)


def failed(demo: Any, url: str) -> dict[str, Any]:
    return next(miss for miss in demo.report["failed"] if miss.get("requested", miss.get("url")) == url)


def test_the_seed_is_read_as_an_article(demo: Any) -> None:
    article = page(demo, web.SEED)["article"]
    assert article["outcome"] == "article"
    assert article["headline"] == web.TRUTH.headline
    assert article["authors"] == list(web.TRUTH.authors)


def test_the_original_is_found_from_the_aggregator(demo: Any) -> None:
    original = page(demo, web.ORIGINAL)
    assert original["role"] == "original"
    assert original["via"] == web.SEED
    assert original["article"]["publisher"]["name"] == web.TRUTH.publisher


def test_the_copies_named_by_the_user_are_captured(demo: Any) -> None:
    for url in (web.REWRITE, web.SISTER):
        assert page(demo, url)["role"] == "copy"
        assert page(demo, url)["article"]["headline"] == web.TRUTH.rewrite_headline


def test_a_copy_that_moved_is_followed_to_its_new_address(demo: Any) -> None:
    assert page(demo, web.MOVED)["article"]["url"] == web.REPRINT


def test_a_copy_behind_a_bot_wall_is_kept_as_a_refusal(demo: Any) -> None:
    refusal = failed(demo, web.WALLED)
    assert refusal["status"] == 403
    assert refusal["article"]["outcome"] == "blocked"
    assert refusal["recorded"]["record"]["id"]


def test_a_copy_that_has_gone_is_told_from_one_that_is_blocked(demo: Any) -> None:
    assert failed(demo, web.GONE)["article"]["outcome"] == "gone"


def test_every_picture_of_the_original_is_captured(demo: Any) -> None:
    captured = {picture["requested"] for picture in demo.report["pictures"]}
    for picture in page(demo, web.ORIGINAL)["article"]["images"]:
        assert picture["url"] in captured
    assert len(page(demo, web.ORIGINAL)["article"]["images"]) == len(web.TRUTH.pictures)


def test_the_panel_of_related_stories_is_read_and_followed(demo: Any) -> None:
    panels = page(demo, web.SEED)["article"]["panels"]
    cards = [card for panel in panels for card in panel["cards"]]
    assert [card["headline"] for card in cards] == [card.headline for card in web.TRUTH.cards]
    roles = [item["role"] for item in demo.report["pages"] + demo.report["failed"]]
    assert roles.count("card") >= len(web.TRUTH.cards)


def test_a_card_that_robots_txt_forbids_is_not_fetched(demo: Any) -> None:
    forbidden = next(card for card in web.TRUTH.cards if card.shape == "forbidden")
    assert failed(demo, f"https://{forbidden.host}{forbidden.path}")["outcome"] == "robots_denied"


def test_the_counts_of_the_profile_are_lower_bounds(demo: Any) -> None:
    counts = {count["name"]: count for count in page(demo, web.SEED)["article"]["counts"] if count["of"]}
    for name, raw, value in web.TRUTH.counts:
        assert (counts[name]["value"], counts[name]["lower_bound"]) == (value, True), raw


def test_nothing_else_failed(demo: Any) -> None:
    expected = {"blocked", "gone", "soft_404", "needs_browser", "robots_denied"}
    outcomes = {(item.get("article") or item)["outcome"] for item in demo.report["failed"]}
    assert outcomes <= expected, demo.report["failed"]


def test_every_page_leads_to_the_record_that_proves_it(demo: Any) -> None:
    for item in demo.report["pages"]:
        record = item["recorded"]["record"]
        assert (demo.collection / "archive" / record["warc"]).stat().st_size >= record["offset"] + record["length"]


def test_the_tables_and_pages_are_written(demo: Any) -> None:
    articles = [json.loads(row) for row in (demo.collection / "tables/articles.jsonl").read_text().splitlines()]
    assert {article["url"] for article in articles} >= {web.SEED, web.ORIGINAL, web.REPRINT}
    original = next(article for article in articles if article["url"] == web.ORIGINAL)
    assert all(image["record"] for image in original["images"])
    pages = [json.loads(row) for row in (demo.collection / "pages/pages.jsonl").read_text().splitlines()]
    assert pages[0]["format"] == "json-pages-1.0"
    assert any(page.get("url") == web.SEED and page["text"] for page in pages)


def test_the_collection_can_be_made_again_from_its_warcs(demo: Any, tmp_path: Any, wirecopy: Any) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(demo.collection, copy)
    for derived in ("tables", "indexes", "pages"):
        shutil.rmtree(copy / derived)
    (copy / "ledger.sqlite").unlink()
    done = wirecopy("index", copy)
    assert done.returncode == 0, done.stderr
    was, now = ((folder / "tables/articles.jsonl").read_text().splitlines() for folder in (demo.collection, copy))
    assert sorted(was) == sorted(now)
    assert (demo.collection / "indexes/index.cdxj").read_text() == (copy / "indexes/index.cdxj").read_text()


def test_the_same_story_is_read_from_the_archive_without_a_network(demo: Any, wirecopy: Any) -> None:
    words = [word for copy in web.COPIES for word in ("--copy", copy)]
    done = wirecopy("capture", web.SEED, *words, "--from", demo.collection, "--json")
    offline = json.loads(done.stdout)
    assert [page["article"] for page in offline["pages"]] != []
    for was in demo.report["pages"]:
        now = next(page for page in offline["pages"] if page["requested"] == was["requested"])
        assert now["article"] == was["article"]


def test_extract_gives_the_same_articles_as_the_capture(demo: Any, wirecopy: Any) -> None:
    done = wirecopy("extract", demo.collection)
    assert done.returncode == 0, done.stderr
    extracted = {article["url"]: article for article in map(json.loads, done.stdout.splitlines())}
    for url in (web.SEED, web.ORIGINAL, web.REWRITE):
        assert extracted[url]["text"] == page(demo, url)["article"]["text"]
        assert extracted[url]["evidence"]


def test_the_summary_tells_a_person_what_came(demo: Any) -> None:
    for fact in (web.TRUTH.headline, web.ORIGINAL, "Original", "83,000+ followers"):
        assert fact in demo.summary
