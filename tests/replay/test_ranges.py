"""Parts of an archived body, as RFC 9110, section 14, has them asked for and answered."""

from __future__ import annotations

import http.client
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import Recorder
from crawler.model import Exchange, Outcome, Purpose, Role
from crawler.replay.archive_proxy import ArchiveProxy
from crawler.replay.holdings import Holdings
from crawler.replay.ranges import Part, UnsatisfiableError, is_complete, part_asked

FILM = "http://film.example/harbour.webm"
BODY = bytes(range(256)) * 8192  # 2 MiB: more than is held in memory at once
SIZE = len(BODY)


def asked(field: str | None, size: int = 100, **more: Any) -> Part | None:
    fields = {"range": field, "if-range": more.pop("if_range", None)}
    return part_asked(fields.get, lambda: size, **more)


@pytest.mark.parametrize(
    ("field", "first", "last"),
    [
        ("bytes=0-", 0, 99),
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("Bytes=90-500", 90, 99),
        ("bytes=-1", 99, 99),
        ("bytes=-500", 0, 99),
        ("bytes= 10-19 , 20-29", 10, 29),
        ("bytes=20-29,0-5,3-19", 0, 29),
        ("bytes=10-19,400-", 10, 19),
    ],
)
def test_one_part_is_found(field: str, first: int, last: int) -> None:
    assert asked(field) == Part(first, last, 100)


@pytest.mark.parametrize(
    "field",
    [None, "", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=9-3", "bytes=1-2,", "items=0-5", "bytes=0-1,50-51",
     "bytes=0-5,9-3", "bytes=" + "0-5," * 5000 + "0-5", "bytes=" + "9" * 5000 + "-", "bytes=²-",
     f"bytes=0{' ' * 60_000}1{' ' * 60_000}2"],
)  # fmt: skip
def test_the_whole_is_sent_for_what_is_no_part(field: str | None) -> None:
    assert asked(field) is None


@pytest.mark.parametrize("field", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=500-,300-400"])
def test_bytes_that_are_not_there_are_refused_with_the_size(field: str) -> None:
    with pytest.raises(UnsatisfiableError) as refused:
        asked(field)
    assert refused.value.field == "bytes */100"


def test_nothing_has_no_parts() -> None:
    assert asked("bytes=-5", size=0) is None
    with pytest.raises(UnsatisfiableError):
        asked("bytes=0-", size=0)


@pytest.mark.parametrize(
    ("if_range", "partly"),
    [('"a"', True), ('"b"', False), ('W/"a"', False), ("Sun, 22 Nov 2026 18:00:00 GMT", True),
     ("Mon, 23 Nov 2026 18:00:00 GMT", False)],
)  # fmt: skip
def test_a_part_is_sent_only_of_the_body_that_was_meant(if_range: str, partly: bool) -> None:
    found = asked("bytes=0-9", if_range=if_range, etag='"a"', date="Sun, 22 Nov 2026 18:00:00 GMT")
    assert (found is not None) is partly
    assert asked("bytes=0-9", if_range='W/"a"', etag='W/"a"') is None


@given(st.binary(max_size=50), st.text(alphabet="0123456789-, ", max_size=20))
def test_what_is_sent_are_bytes_of_the_body(body: bytes, ranges: str) -> None:
    try:
        part = asked(f"bytes={ranges}", size=len(body))
    except UnsatisfiableError:
        return
    if part is not None:
        sent = b"".join(part.pieces(io.BytesIO(body)))
        assert sent == body[part.first : part.last + 1]
        assert len(sent) == part.length > 0


def test_a_complete_206_is_known() -> None:
    assert is_complete("bytes 0-99/100")
    assert not any(map(is_complete, [None, "", "bytes 0-98/100", "bytes 1-99/100", "bytes 0-99/*", "bytes */100"]))


@pytest.fixture(scope="module")
def holdings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Holdings]:
    folder = tmp_path_factory.mktemp("films") / "c"
    heads = {
        FILM: b"HTTP/1.1 200 OK\r\nAccept-Ranges: none\r\nETag: \"v1\"",
        f"{FILM}?by=browser": b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-%d/%d" % (SIZE - 1, SIZE),
        f"{FILM}?cut": b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 5-%d/9999999" % (SIZE + 4),
    }  # fmt: skip
    with Recorder(folder, software="test") as recorder:
        for url, head in heads.items():
            response = head + b"\r\nContent-Type: video/webm\r\n\r\n" + BODY
            recorder.record(
                Exchange(url, datetime(2026, 11, 22, 18, tzinfo=UTC), io.BytesIO(b"GET / HTTP/1.1\r\n\r\n"),
                         io.BytesIO(response), Purpose(Role.REQUISITE), Outcome.OK)
            ).result(120)  # fmt: skip
    with Holdings(folder) as opened:
        yield opened


@pytest.fixture
def fetch(holdings: Holdings, serve: Callable[..., Any]) -> Callable[..., Any]:
    server = serve(ArchiveProxy(holdings))

    def get(url: str, method: str = "GET", **fields: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection(server.host, server.port, timeout=120)
        connection.request(method, url, headers={name.replace("_", "-"): value for name, value in fields.items()})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body

    return get


@pytest.mark.parametrize("url", [FILM, f"{FILM}?by=browser"])
def test_the_proxy_sends_the_part(fetch: Callable[..., Any], url: str) -> None:
    status, fields, body = fetch(url, Range="bytes=1048570-1048589")
    assert (status, body) == (206, BODY[1_048_570:1_048_590])
    assert fields.get_all("Content-Range") == [f"bytes 1048570-1048589/{len(BODY)}"]
    assert fields.get_all("Accept-Ranges") == ["bytes"]
    assert fields["Content-Length"] == "20"
    status, fields, body = fetch(url)
    assert (status, body, fields["Content-Range"]) == (200, BODY, None)


def test_the_proxy_refuses_what_lies_beyond_the_end(fetch: Callable[..., Any]) -> None:
    status, fields, _ = fetch(FILM, Range="bytes=5000000-")
    assert (status, fields["Content-Range"]) == (416, f"bytes */{len(BODY)}")


def test_the_proxy_heeds_if_range_and_answers_head_without_a_part(fetch: Callable[..., Any]) -> None:
    assert fetch(FILM, Range="bytes=0-1", If_Range='"v1"')[0] == 206
    assert fetch(FILM, Range="bytes=0-1", If_Range='"v2"')[0] == 200
    assert fetch(FILM, "HEAD", Range="bytes=0-1")[0] == 200


def test_an_archived_part_stays_the_part_it_was(fetch: Callable[..., Any]) -> None:
    status, fields, body = fetch(f"{FILM}?cut", Range="bytes=0-1")
    assert (status, len(body)) == (206, len(BODY))
    assert fields["Content-Range"] == f"bytes 5-{len(BODY) + 4}/9999999"
