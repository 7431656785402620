"""A page by its URL, out of archives."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from crawler.archive import Recorder
from crawler.jobs.captured_pages import SourceError
from crawler.jobs.lookup import article_at, collections, holders
from crawler.model import Exchange, Outcome, Purpose, Role

STORY = "https://ledger.example/pier"
TEXT = "<p>The harbour board voted on Monday to reopen the pier, which had been closed for nine winters.</p>" * 6


def record(folder: Path, url: str, response: bytes, day: int, outcome: Outcome = Outcome.OK) -> Path:
    request = f"GET {url} HTTP/1.1\r\nHost: ledger.example\r\n\r\n".encode()
    at = datetime(2024, 3, day, tzinfo=UTC)
    exchange = Exchange(url, at, BytesIO(request), BytesIO(response), Purpose(Role.SEED, story=url), outcome)
    with Recorder(folder, software="test") as recorder:
        recorder.record(exchange).result(120)
    return folder


def page(title: str) -> bytes:
    body = f"<!DOCTYPE html><title>{title}</title><h1>{title}</h1>{TEXT}".encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archives")
    record(folder / "first", STORY, page("Pier to be voted on"), 5)
    record(folder / "second", STORY, page("Pier to reopen"), 9)
    moved = f"HTTP/1.1 301 Moved\r\nLocation: {STORY}\r\nContent-Length: 0\r\n\r\n".encode()
    record(folder / "second", "https://ledger.example/old", moved, 9, Outcome.REDIRECT)
    (folder / "notes").mkdir()
    return folder


def test_the_last_capture_of_all_archives_is_meant(kept: Path) -> None:
    found = article_at(STORY, [kept / "first", kept / "second"])
    assert (found.article.headline, found.archive) == ("Pier to reopen", kept / "second")


def test_or_the_nearest_to_a_time(kept: Path) -> None:
    at = datetime(2024, 3, 6, tzinfo=UTC)
    assert article_at(STORY, [kept / "first", kept / "second"], at).article.headline == "Pier to be voted on"


def test_archived_redirects_are_followed(kept: Path) -> None:
    assert article_at("https://ledger.example/old", [kept / "second"]).article.headline == "Pier to reopen"


def test_a_url_that_no_archive_holds_is_named(kept: Path) -> None:
    with pytest.raises(SourceError, match=r"first: no capture of https://ledger\.example/never"):
        article_at("https://ledger.example/never", [kept / "first"])


def test_collections_of_a_folder_are_found_by_what_they_hold(kept: Path) -> None:
    assert [path.name for path in collections(kept)] == ["first", "second"]
    assert [path.name for path in holders("https://ledger.example/old", kept)] == ["second"]
    assert collections(kept / "nowhere") == []
