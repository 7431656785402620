"""The researcher's pages, served by the real server on a real socket."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn

from crawler.export.jsonl import write_tables
from crawler.model import Article, Block, Outcome, RecordRef
from crawler.web.desk import desk

HOSTILE = '<script>alert("x")</script>'
ARTICLE = Article(
    url="https://herald.example/harbour",
    captured_at="2026-11-22T18:00:00Z",
    outcome=Outcome.ARTICLE,
    headline="Harbour opens",
    blocks=(Block("paragraph", "The harbour opened."),),
    record=RecordRef("rec-1.warc.gz", 1234, 567, "<urn:uuid:0001>"),
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("archives")
    collection = root / "harbour"
    collection.mkdir()
    (collection / "datapackage.json").write_text("{}")
    hostile = replace(ARTICLE, headline=HOSTILE, record=replace(ARTICLE.record, id="<urn:uuid:0002>"))
    write_tables(collection / "tables", [ARTICLE, hostile])
    (root / "secret.txt").write_text("not a collection")
    server = uvicorn.Server(uvicorn.Config(desk(Path(root)), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as response:
        return response.read().decode()


def test_the_first_page_lists_the_collections(address: str) -> None:
    assert 'href="/harbour"' in get(address + "/")
    assert json.loads(get(address + "/collections.json")) == {"collections": ["harbour"]}


def test_a_collection_lists_its_articles(address: str) -> None:
    assert "Harbour opens" in get(address + "/harbour")
    assert json.loads(get(address + "/harbour/articles.json"))["articles"][0]["headline"] == "Harbour opens"


def test_an_article_is_shown_with_the_record_that_proves_it(address: str) -> None:
    page = get(address + "/harbour/0001")
    assert "The harbour opened." in page
    assert "rec-1.warc.gz" in page
    assert json.loads(get(address + "/harbour/0001/article.json")) == ARTICLE.to_dict()


def test_a_hostile_headline_is_shown_and_not_run(address: str) -> None:
    page = get(address + "/harbour/0002")
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page


def test_nothing_but_our_style_sheet_may_load(address: str) -> None:
    with urllib.request.urlopen(address + "/", timeout=10) as response:
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert "font" in get(address + "/static/desk.css")


@pytest.mark.parametrize("path", ["/nowhere", "/harbour/9999", "/..%2f..%2fetc", "/secret.txt", "/static/../desk.py"])
def test_what_is_not_there_is_not_found(address: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused, urllib.request.urlopen(address + path, timeout=10):
        pass
    with refused.value:
        assert refused.value.code == 404
