"""Which captures of an archive are pages that a reader would open, and so become articles."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from crawler.archive import Collection, Recorder
from crawler.jobs.captured_pages import articles_of_archive
from crawler.jobs.derive import rebuild
from crawler.model import Exchange, Outcome, Purpose, Role

SITE = "https://quay.example"
TEXT = "".join(f"<p>Sentence {n} tells of the ferry that came back to its quay in spring.</p>" for n in range(9))
PAGE = f"<!doctype html><html lang=en><title>Ferry</title><article><h1>Ferry returns</h1>{TEXT}</article>".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "c"


def record(folder: Path, path: str, kind: str, body: bytes, purpose: Purpose, status: str = "200 OK") -> None:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    request = f"GET {path} HTTP/1.1\r\nHost: quay.example\r\n\r\n".encode()
    at = datetime(2026, 11, 22, 18, tzinfo=UTC)
    with Recorder(folder, software="test") as recorder:
        streams = BytesIO(request), BytesIO(head + body)
        recorder.record(Exchange(SITE + path, at, *streams, purpose, Outcome.OK)).result(60)


def test_pages_that_a_scrapy_project_fetched_without_a_purpose_are_told_by_status_and_type(folder: Path) -> None:
    unsaid = Purpose(Role.REQUISITE)
    record(folder, "/ferry", "text/html", PAGE, unsaid)
    record(folder, "/style.css", "text/css", b"p { margin: 0 }", unsaid)
    record(folder, "/gone", "text/html", PAGE, unsaid, "404 Not Found")
    with Collection(folder) as collection:
        assert [(found.url, found.headline) for found in articles_of_archive(collection)] == [
            (f"{SITE}/ferry", "Ferry returns")
        ]
    assert rebuild(folder).articles == 1


def test_a_page_within_a_page_is_a_requisite_of_its_story_and_no_article(folder: Path) -> None:
    record(folder, "/frame", "text/html", PAGE, Purpose(Role.REQUISITE, story=f"{SITE}/ferry", via=f"{SITE}/ferry"))
    with Collection(folder) as collection:
        assert list(articles_of_archive(collection)) == []
