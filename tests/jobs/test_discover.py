"""``wirecopy discover`` against a server with real sockets: what it prints, follows, keeps and admits."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator

from crawler.archive import Collection
from crawler.cli import exit_codes
from crawler.model import Role
from tests.site import Answer, serving


def item(number: int, title: str, day: int, section: str = "Ports") -> str:
    return (
        f"<item><title>{title}</title><link>/news/{number}</link><category>{section}</category>"
        f"<pubDate>Sun, {day:02} Nov 2026 10:00:00 GMT</pubDate></item>"
    )


FEED = "<rss version='2.0'><channel><title>Harbour</title>{}</channel></rss>".format(
    item(1, "The ferry returns", 20) + item(2, "Islanders vote", 21, "Politics") + item(3, "Ferry timetable", 1)
)
MAP = "<urlset><url><loc>{base}/news/{n}</loc><lastmod>{day}</lastmod></url></urlset>"
RISING = "<urlset>{}</urlset>".format(
    "".join(f"<url><loc>/news/{n}</loc><lastmod>2026-11-{n:02}</lastmod></url>" for n in range(1, 7))
)
INDEX = (
    "<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2019-01-01</lastmod></sitemap>"
    "<sitemap><loc>/new.xml.gz</loc><lastmod>2026-11-21</lastmod></sitemap></sitemapindex>"
)
PAGE = """<!doctype html><html><head><title>Harbour</title>{head}</head><body><main>
<div><a href="/news/1">The ferry returns to its old quay</a></div>
<div><a href="/news/9">Harbour wall to be mended in spring</a></div></main></body></html>"""


ASKED: list[str] = []


def answer(asked: BaseHTTPRequestHandler) -> Answer:
    base = f"http://{asked.headers['Host']}"
    ASKED.append(asked.path)
    pages: dict[str, tuple[str, bytes]] = {
        "/feed": ("application/rss+xml", FEED.encode()),
        "/index.xml": ("text/xml", INDEX.encode()),
        "/new.xml.gz": ("application/x-gzip", gzip.compress(MAP.format(base=base, n=7, day="2026-11-21").encode())),
        "/old.xml": ("text/xml", MAP.format(base=base, n=8, day="2018-05-05").encode()),
        "/": ("text/html", PAGE.format(head='<link rel=alternate type="application/rss+xml" href=/feed>').encode()),
        "/bare": ("text/html", PAGE.format(head="").encode()),
        "/robots.txt": ("text/plain", f"User-agent: *\nDisallow: /secret\nSitemap: {base}/index.xml\n".encode()),
        "/feeds": ("text/html", b"<title>Our feeds</title><link rel=alternate type='application/rss+xml' href=/feed>"),
        "/rising.xml": ("text/xml", RISING.encode()),
        "/words": ("text/plain", b"words"),
        "/secret": ("text/xml", FEED.encode()),
    }
    if asked.path not in pages:
        return Answer(b"none", "text/plain", 404, {"ETag": '"1"'})
    kind, body = pages[asked.path]
    if asked.headers["If-None-Match"] == '"1"':
        return Answer(kind=kind, status=304, headers={"ETag": '"1"'})
    return Answer(body, kind, headers={"ETag": '"1"'})


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving(answer) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def discover(wirecopy: Any, tmp_path: Path) -> Any:
    def run(*words: str) -> Any:
        network = ("--allow-address", "127.0.0.0/8", "--delay", "0", "--retries", "0")
        return wirecopy("discover", *words, "-c", tmp_path / "c", *network)

    return run


def numbers(done: Any) -> list[int]:
    return [int(line.partition("\t")[0].rpartition("/")[2]) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--word", "FERRY"), [1, 3]),
        (("--word", "the ferry"), [1]),
        (("--word", "ferr"), []),
        (("--word", "ferry", "--without", "timetable"), [1]),
        (("--section", "politics"), [2]),
        (("--section", "news"), [1, 2, 3]),
        (("--section", "/NEWS/"), [1, 2, 3]),
        (("--section", "ews"), []),
        (("--section", "/"), [1, 2, 3]),
        (("--after", "2026-11-20T10:00:00Z"), [1, 2]),
        (("--before", "2026-11-20"), [3]),
        (("--limit", "2"), [1, 2]),
    ],
)
def test_filters_choose_by_words_section_and_date(words: tuple[str, ...], found: list[int], site: str) -> None:
    from crawler.cli.times import moment
    from crawler.extract.feeds import read_listing
    from crawler.spiders.sources import Filter

    said: dict[str, list[str]] = {}
    for name, value in zip(words[::2], words[1::2], strict=True):
        said.setdefault(name, []).append(value)
    chosen = Filter(
        tuple(said.get("--word", ())), tuple(said.get("--without", ())), tuple(said.get("--section", ())),
        *(moment(said[name][0]) if name in said else None for name in ("--after", "--before")),
    )  # fmt: skip
    entries = [entry for entry in read_listing(FEED.encode(), url=site + "/feed").entries if chosen.wants(entry)]
    limit = int(said.get("--limit", ["99"])[0])
    assert [int(entry.url.rpartition("/")[2]) for entry in entries][:limit] == found


def test_an_index_is_followed_to_the_sitemaps_that_may_hold_what_is_wanted(discover: Any, site: str) -> None:
    ASKED.clear()
    done = discover(site + "/index.xml", "--after", "2026-01-01")
    assert numbers(done) == [7]
    assert "/old.xml" not in ASKED


def test_of_a_sitemap_that_lists_more_than_is_taken_the_newest_are(discover: Any, site: str) -> None:
    assert numbers(discover(site + "/rising.xml", "--limit", "2")) == [5, 6]


def test_a_page_lists_its_cards_and_says_which_feeds_it_names(discover: Any, site: str) -> None:
    done = discover(site + "/")
    assert numbers(done) == [1, 9]
    assert "names 1 feed; --feeds asks too" in done.stderr


def test_feeds_of_a_page_are_asked_on_demand_else_the_sitemaps_of_robots_txt(discover: Any, site: str) -> None:
    found = numbers(discover(site + "/", site + "/bare", "--feeds"))
    assert sorted(found) == [1, 2, 3, 7, 8, 9], "and no story is listed twice"


def test_a_page_that_lists_no_story_itself_is_asked_for_by_the_feed_it_names(discover: Any, site: str) -> None:
    assert numbers(discover(site + "/feeds")) == [1, 2, 3]


def test_sources_that_fail_are_named_and_the_others_are_listed(discover: Any, site: str) -> None:
    done = discover(site + "/gone", site + "/words", site + "/secret", site + "/feed", "--json")
    assert done.returncode == exit_codes.PARTIAL
    said = json.loads(done.stdout)
    assert said["stories"][0]["published_raw"] == "Sun, 20 Nov 2026 10:00:00 GMT"
    assert {miss["url"].rpartition("/")[2]: miss["outcome"] for miss in said["failed"]} == {
        "gone": "gone", "words": "bad_response", "secret": "robots_denied",
    }  # fmt: skip


def test_a_feed_is_archived_listed_a_line_a_story_and_its_dates_kept_beside_its_record_once(
    discover: Any, site: str, tmp_path: Path
) -> None:
    first, again = discover(site + "/feed", "--word", "ferry"), discover(site + "/feed", "--json")
    assert first.returncode == again.returncode == exit_codes.OK, first.stderr
    assert first.stdout.splitlines()[0] == f"{site}/news/1\t2026-11-20T10:00:00Z\tThe ferry returns"
    [listing] = json.loads(again.stdout)["listings"]
    assert listing["not_modified"] is True
    assert len(json.loads(again.stdout)["stories"]) == 3
    kept = []
    with Collection(tmp_path / "c") as collection:
        feed = next(capture for capture in collection.captures() if capture.url == site + "/feed")
        assert feed.body() == FEED.encode()
        assert feed.purpose is not None and feed.purpose.role is Role.FEED
        for path in sorted((tmp_path / "c" / "archive").glob("*.warc.gz")):
            with path.open("rb") as stream:
                kept += [
                    (record.headers["WARC-Refers-To"], json.loads(record.reader.read()))
                    for record in ArchiveIterator(stream, parse_http=False)
                    if record.headers.get("Content-Type") == "application/json"
                ]
    [(about, said)] = kept
    assert about == f"<{feed.record.id}>"
    assert [story["published_raw"] for story in said["stories"]] == [
        "Sun, 20 Nov 2026 10:00:00 GMT", "Sun, 01 Nov 2026 10:00:00 GMT",
    ]  # fmt: skip
    assert said["stories"][0]["published"] == "2026-11-20T10:00:00Z"


def test_nothing_found_at_all_is_an_exit_code_of_its_own(discover: Any, site: str) -> None:
    done = discover(site + "/gone")
    assert (done.returncode, done.stdout) == (exit_codes.NOTHING, "")
    assert f"{site}/gone: gone: status 404" in done.stderr


def test_bounds_that_leave_nothing_are_a_wrong_call(discover: Any, site: str) -> None:
    done = discover(site + "/feed", "--after", "2026-02-01", "--before", "2026-01-01")
    assert done.returncode == exit_codes.USAGE
    assert "no story lies between them" in done.stderr


def test_what_was_discovered_is_listed_again_from_the_archive(
    discover: Any, wirecopy: Any, site: str, tmp_path: Path
) -> None:
    first = discover(site + "/index.xml")
    again = wirecopy("discover", site + "/index.xml", "--from", tmp_path / "c")
    assert again.returncode == exit_codes.OK, again.stderr
    assert sorted(again.stdout.splitlines()) == sorted(first.stdout.splitlines())
