"""What a collection holds is not fetched again: a capture goes on, and pages are asked for only if they changed."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection

BODY = b"<title>Tide tables</title><p>High water at noon.</p>" * 5
TAG, DATE = b'"v1"', b"Sun, 01 Mar 2026 09:00:00 GMT"


def validated(*fields: bytes) -> Any:
    def answer(talk: Any) -> None:
        head = b"\r\n".join([b"Content-Type: text/html", *fields, b""])
        asked = talk.passed.request
        if b"If-None-Match: " + TAG in asked or b"If-Modified-Since: " + DATE in asked:
            talk.send(b"HTTP/1.1 304 Not Modified\r\n" + head + b"\r\n")
        else:
            talk.send(b"HTTP/1.1 200 OK\r\n" + head + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY)

    return answer


def broken(talk: Any) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\npart")
    raise ConnectionResetError


def collection_at(crawled: Any, url: str) -> list[Any]:
    with Collection(crawled.collection) as collection:
        return [
            (capture.status, capture.outcome, capture.body()) for capture in collection.captures() if capture.url == url
        ]


@pytest.mark.parametrize("field", [b"ETag: " + TAG, b"Last-Modified: " + DATE])
def test_a_page_is_asked_for_only_if_it_changed_and_the_304_is_archived_as_it_came(
    serve: Any, crawl: Any, tmp_path: Path, field: bytes
) -> None:
    server = serve({"/": validated(field)})
    for _ in range(2):
        crawled = crawl([[server.url("/")]], collection=tmp_path / "c")
        answer = crawled.answers[f"GET {server.url('/')}"]
        assert (answer["status"], answer["size"]) == (200, len(BODY))
    assert answer["outcome"] == "not_modified"
    assert answer["flags"] == ["confirmed"]
    _, second = server.passed
    assert second.response.startswith(b"HTTP/1.1 304")
    assert collection_at(crawled, server.url("/")) == [(200, "ok", BODY), (304, "not_modified", BODY)]
    (revisit,) = crawled.blocks("revisit")
    assert revisit.start == bytes(second.response)
    assert revisit.fields["WARC-Refers-To-Target-URI"] == server.url("/")


def test_without_validators_and_when_told_so_it_is_fetched_again(serve: Any, crawl: Any, tmp_path: Path) -> None:
    server = serve({"/plain": validated(), "/tagged": validated(b"ETag: " + TAG)})
    urls = [[server.url("/plain"), server.url("/tagged")]]
    crawl(urls, collection=tmp_path / "c")
    crawl(urls, collection=tmp_path / "c", WIRECOPY_REVALIDATE=False)
    assert all(passed.response.startswith(b"HTTP/1.1 200") for passed in server.passed)


def test_a_capture_that_was_cut_off_asks_only_for_what_it_lacks(serve: Any, crawl: Any, tmp_path: Path) -> None:
    server = serve(
        {"/page": validated(), "/broken": broken, "/gone": lambda talk: talk.send(GONE), "/new": validated()}
    )
    urls = [server.url(path) for path in ("/page", "/broken", "/gone")]
    crawl([urls], collection=tmp_path / "c", WIRECOPY_ASKED="these")
    crawled = crawl([[*urls, server.url("/new")]], collection=tmp_path / "c", WIRECOPY_ASKED="these")
    assert [passed.path for passed in server.passed] == ["/page", "/broken", "/gone", "/broken", "/new"]
    kept = crawled.answers[f"GET {urls[0]}"]
    assert (kept["status"], kept["size"], kept["outcome"]) == (200, len(BODY), "ok")
    assert crawled.answers[f"GET {urls[2]}"]["status"] == 404
    crawl([urls], collection=tmp_path / "c", WIRECOPY_ASKED="these", WIRECOPY_ANEW=True)
    assert len(server.of("/page")) == 2


def test_what_cannot_be_read_of_a_capture_that_goes_on_is_asked_for_again(
    serve: Any, crawl: Any, tmp_path: Path
) -> None:
    page = random.Random(1).randbytes(4000).hex().encode()  # long enough that damage strikes the body, not the head
    server = serve(
        {"/page": lambda talk: talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(page) + page)}
    )
    crawl([[server.url("/page")]], collection=tmp_path / "c", WIRECOPY_ASKED="these")
    with Collection(tmp_path / "c") as collection:
        (record,) = (capture.record for capture in collection.captures() if capture.url == server.url("/page"))
    (warc,) = (tmp_path / "c").rglob(record.warc)
    with warc.open("r+b") as file:
        file.seek(record.offset + record.length // 2)
        file.write(bytes(200))
    crawled = crawl([[server.url("/page")]], collection=tmp_path / "c", WIRECOPY_ASKED="these")
    answer = crawled.answers[f"GET {server.url('/page')}"]
    assert (answer["status"], answer["size"]) == (200, len(page))
    assert len(server.of("/page")) == 2


GONE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone"
