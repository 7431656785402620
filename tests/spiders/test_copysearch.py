"""Copies found by public look-ups and archives, against a stand-in with their faults, crawled in real processes."""

from __future__ import annotations

import gzip
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from scrapy import Request

from crawler.archive import Collection
from crawler.model import Article, Outcome, Purpose, Role
from crawler.spiders.copysearch import CopySearch, slots_of
from crawler.spiders.providers import Gdelt, Wayback

pytestmark = pytest.mark.slow

SEED = "http://boats.aggregator.example/news/1-ferry"
GONE = "http://gone.example/2026/11/ferry-story"
SHUT = "http://shut.example/ferry"
FORBIDDEN = "http://forbidden.example/y"
ARTICLE = Article(SEED, None, Outcome.ARTICLE, headline="Ferry returns to Skerrow quay", text="It came back on Friday.")


@pytest.fixture(scope="module")
def searched(look_up: Any) -> Any:
    """A story that every provider is asked about; GDELT puts two questions off."""
    providers = {"gdelt": {}, "mediacloud": {"key": "s3cret-key", "questions": 1}, "wayback": {}}
    return look_up(providers, SEED, put_off=("429", "page"))


@pytest.fixture(scope="module")
def lost(look_up: Any) -> Any:
    """A page that is gone, one that is refused and one that robots.txt forbids, with two archives to ask."""
    return look_up({"wayback": {}, "commoncrawl": {}}, GONE, SHUT, FORBIDDEN)


def query(asked: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(asked.url).query)


def test_a_copy_that_is_proposed_counts_once_its_text_says_so(searched: Any) -> None:
    confirmed = {page["requested"]: page["confirmed"] for page in searched.pages("candidate")}
    assert confirmed == {searched.web.mirror: True, searched.web.original: True}
    [unlike] = searched.report["candidates"]
    assert (unlike["requested"], unlike["confirmed"], unlike["via"]) == (searched.web.rival, False, SEED)
    rows = [json.loads(row) for row in (searched.collection / "tables/copies.jsonl").read_text().splitlines()]
    assert {row["article_url"] for row in rows} == {SEED, *confirmed}


def test_questions_are_quotations_and_headline_words_around_the_day_of_publication(searched: Any) -> None:
    asked = [query(question) for _, question in searched.web.of("gdelt.example")]
    assert asked[0]["query"][0].strip('"') in searched.web.quote
    assert asked[0]["startdatetime"] == ["20261118080000"]
    assert asked[-1]["query"] == ["Ferry returns Skerrow Lindqvist ruling"]


def test_questions_that_were_put_off_are_asked_again(searched: Any) -> None:
    asked = [query(question)["query"][0][0] for _, question in searched.web.of("gdelt.example")]
    assert sorted(asked) == ['"', '"', "F", "F"]


def test_each_provider_has_a_queue_of_its_own_at_its_own_pace() -> None:
    slots = slots_of((Gdelt(), Wayback(delay=9.0)))
    assert slots["look-up gdelt"] == {"delay": 5.5, "concurrency": 1, "jitter": 0.0}
    assert slots["look-up wayback"]["delay"] == 9.0
    questions = CopySearch((Gdelt(),), None, Request, print).told(ARTICLE, Purpose(Role.SEED, story=SEED), SEED)
    assert {question.meta["download_slot"] for question in questions} == {"look-up gdelt"}


def test_an_error_that_comes_as_a_page_is_told(searched: Any) -> None:
    [fault] = [lookup["fault"] for lookup in searched.report["lookups"] if lookup["fault"]]
    assert fault == "an error as a page: One or more of your keywords were too short, too long or too common."


def test_every_question_and_answer_is_archived_with_its_purpose(searched: Any) -> None:
    with Collection(searched.collection) as collection:
        captures = [capture for capture in collection.captures() if capture.purpose]
    lookups = [capture for capture in captures if capture.purpose.role is Role.LOOKUP]
    hosts = ("gdelt.example", "mediacloud.example", "wayback.example")
    assert len(lookups) == sum(len(searched.web.of(host)) for host in hosts)
    assert {capture.purpose.story for capture in lookups} == {SEED}
    roles = {capture.url: capture.purpose.role for capture in captures}
    assert roles[searched.web.mirror] is roles[searched.web.rival] is Role.CANDIDATE


def test_pages_are_asked_only_where_robots_txt_allows_it_and_look_ups_are_services(searched: Any) -> None:
    assert [(miss["url"], miss["outcome"]) for miss in searched.report["failed"]] == [
        ("http://forbidden.example/x", "robots_denied")
    ]


def test_a_key_is_sent_and_never_written_down(searched: Any) -> None:
    asked = [question for _, question in searched.web.of("mediacloud.example")]
    assert [question.get("Authorization") for question in asked] == ["Token s3cret-key"] * 2
    assert query(asked[1])["pagination_token"] == ["bmV4dA=="]
    archived = b"".join(gzip.decompress(path.read_bytes()) for path in searched.collection.glob("archive/*.warc.gz"))
    assert archived.count(b"Authorization: (masked)\r\n") == 2
    files = [path.read_bytes() for path in searched.collection.rglob("*") if path.is_file()]
    assert not any(b"s3cret-key" in data for data in (archived, *files))
    assert "s3cret-key" not in json.dumps(searched.report)


def test_the_original_is_looked_for_on_the_credited_outlets_host(searched: Any) -> None:
    [(_, question)] = searched.web.of("wayback.example", "/cdx")
    assert query(question)["url"] == ["harbour.example"]
    assert "original:.*lindqvist.*" in query(question)["filter"]


def test_the_search_runs_again_from_its_archive_without_waiting(searched: Any, look_up: Any) -> None:
    providers = {"gdelt": {"delay": 600}, "mediacloud": {"key": "another", "questions": 1}, "wayback": {"delay": 600}}
    again = look_up(providers, SEED, source=searched.collection)
    assert again.web.asked == []
    told = [{page["requested"]: page["confirmed"] for page in done.report["pages"]} for done in (searched, again)]
    assert told[0] == told[1]


def memento(lost: Any, page: str) -> dict[str, Any]:
    found = (one for one in lost.pages("memento") if (one["article"]["memento"] or {}).get("page") == page)
    return next(found)


def test_a_page_that_is_gone_is_taken_from_an_archive_and_said_to_be_the_archives(lost: Any) -> None:
    article = memento(lost, GONE)["article"]
    assert article["url"] == f"http://wayback.example/web/20261120120000id_/{GONE}"
    assert article["memento"] == {"page": GONE, "captured_at": "2026-11-20T12:00:00Z", "archive": "wayback.example"}
    assert article["outcome"] == "article"
    assert article["captured_at"] == memento(lost, GONE)["recorded"]["captured_at"]


def test_the_newest_capture_is_tried_first_and_then_the_next(lost: Any) -> None:
    tried = [question.url.rpartition("/web/")[2][:14] for _, question in lost.web.of("wayback.example", "/web/")]
    assert tried == ["20261121000000", "20261120120000"]


def test_the_next_archive_is_asked_where_one_has_nothing(lost: Any) -> None:
    page = memento(lost, SHUT)
    assert page["status"] == 206
    assert page["article"]["memento"]["captured_at"] == "2026-11-21T04:05:06Z"
    assert page["article"]["headline"] == "Ferry returns to Skerrow quay after Lindqvist ruling"
    asked = [lookup["provider"] for lookup in lost.report["lookups"]]
    assert sorted(asked) == [*["commoncrawl"] * 4, "wayback", "wayback"]


def test_what_robots_txt_forbids_is_looked_for_nowhere(lost: Any) -> None:
    looked_for = [query(question)["url"][0] for _, question in lost.web.of("wayback.example", "/cdx")]
    assert sorted(looked_for) == [GONE, SHUT]


def test_mementos_are_read_again_from_the_warcs(lost: Any, wirecopy: Any) -> None:
    table = lost.collection / "tables/articles.jsonl"
    was = sorted(table.read_text().splitlines())
    assert wirecopy("index", lost.collection).returncode == 0
    assert sorted(table.read_text().splitlines()) == was


LIES = ["other", "error-page", "live", "elsewhere", "elsewhere-by-two", "its-404", "busy", "loopback"]


@pytest.fixture(scope="module")
def lied(look_up: Any) -> Any:
    """Pages that are gone, of which the newer capture that an archive names is none of them."""
    return look_up({"wayback": {"base": "http://liar.example"}}, *(f"http://gone.example/{lie}" for lie in LIES))


@pytest.mark.parametrize("lie", LIES)
def test_an_archive_that_lies_is_not_believed_and_its_next_capture_is_tried(lied: Any, lie: str) -> None:
    page = f"http://gone.example/{lie}"
    told = [one["article"] for one in lied.pages("memento") if one["article"]["outcome"] == "article"]
    (article,) = [article for article in told if (article["memento"] or {}).get("page") == page]
    assert article["url"] == f"http://liar.example/web/20261120120000id_/{page}"
    assert article["headline"] == "Ferry returns to Skerrow quay after Lindqvist ruling"
    assert article["text"].startswith("The ferry to Skerrow")


def test_nothing_that_is_no_capture_of_the_page_tells_the_story(lied: Any, wirecopy: Any) -> None:
    table = lied.collection / "tables/articles.jsonl"
    was = sorted(table.read_text().splitlines())
    articles = [one["article"] for one in lied.report["pages"]] + [json.loads(line) for line in was]
    assert {article["outcome"] for article in articles if "Ticket prices" in (article["text"] or "")} <= {"blocked"}
    assert wirecopy("index", lied.collection).returncode == 0
    assert sorted(table.read_text().splitlines()) == was
