"""While an answer waits to be safe on disk the next request goes out, unless the answer asks for restraint."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.core.downloader import Slot
from scrapy.http import Request

from crawler.fetch.downloader import HoldingDownloader

ONE_AT_A_TIME = {"CONCURRENT_REQUESTS_PER_DOMAIN": 1, "DOWNLOAD_DELAY": 0}


def answer(status: bytes, *fields: bytes) -> Any:
    head = b"\r\n".join([b"HTTP/1.1 " + status, *fields, b"Content-Length: 4", b"", b""])
    return lambda talk: talk.send(head + b"page")


def crawled_while_held(serve: Any, crawl: Any, file: Path, first: Any, seconds: float) -> Any:
    """Two pages of a host of which one may be transferred at once; the second lets the first be safe."""

    def second(talk: Any) -> None:
        file.touch()
        answer(b"200 OK")(talk)

    server = serve({"/first": first, "/second": second})
    crawled = crawl([[server.url("/first")], [server.url("/second")]], held=(file, seconds), **ONE_AT_A_TIME)
    assert [passed.path for passed in server.passed] == ["/first", "/second"]
    assert len(crawled.kept) == 2
    return crawled


def test_the_next_page_is_asked_for_before_the_last_is_safe(serve: Any, crawl: Any, tmp_path: Path) -> None:
    crawled = crawled_while_held(serve, crawl, tmp_path / "asked", answer(b"200 OK"), 60.0)
    assert not tmp_path.joinpath("asked.in_vain").exists()
    assert all(answered["recorded"] != "None" for answered in crawled.answers.values())


@pytest.mark.parametrize(
    ("status", "fields"),
    [
        (b"429 Too Many Requests", [b"Retry-After: 0"]),
        (b"503 Service Unavailable", []),
        (b"403 Forbidden", []),
        (b"302 Found", [b"Location: /login"]),
    ],
)
def test_nothing_more_is_asked_of_a_host_before_its_refusal_is_heard(
    serve: Any, crawl: Any, tmp_path: Path, status: bytes, fields: list[bytes]
) -> None:
    crawled_while_held(serve, crawl, tmp_path / "asked", answer(status, *fields), 0.5)
    assert tmp_path.joinpath("asked.in_vain").exists()


@pytest.fixture
def downloader() -> Any:
    """One of two requests in all and two of a host, with nothing that waits."""
    made: Any = HoldingDownloader.__new__(HoldingDownloader)
    made.crawler = SimpleNamespace(engine=SimpleNamespace(_slot=None))
    made.active, made.slots, made.total_concurrency = set(), {"paper.example": Slot(2, 0.0, 0.0)}, 2
    made._waiting, made._arrived, made._held, made._silent = 0, 0, {}, frozenset()
    return made


def under_way(downloader: Any, number: int) -> Request:
    request = Request(f"http://paper.example/{number}", meta={"download_slot": "paper.example"})
    downloader.active.add(request)
    downloader.slots["paper.example"].transferring.add(request)
    return request


def test_no_more_give_up_their_places_than_may_be_under_way(downloader: Any) -> None:
    slot = downloader.slots["paper.example"]
    first, second = under_way(downloader, 1), under_way(downloader, 2)
    assert downloader.needs_backout()
    with downloader.arrived(first), downloader.arrived(second):
        assert not downloader.needs_backout()
        third, fourth = under_way(downloader, 3), under_way(downloader, 4)
        assert downloader.needs_backout()
        with downloader.arrived(third):
            assert downloader.needs_backout()
            assert slot.transferring == {third, fourth}
    assert slot.transferring == {first, second, third, fourth}  # for Scrapy to take them out
    assert slot.queue == deque()


def test_a_place_is_taken_again_whatever_becomes_of_the_wait(downloader: Any) -> None:
    request = under_way(downloader, 1)
    with pytest.raises(OSError, match="full"), downloader.arrived(request):
        raise OSError("full")
    assert downloader.slots["paper.example"].transferring == {request}
    with downloader.arrived(Request("http://elsewhere.example/")):  # not sent by the downloader
        assert not downloader._arrived
