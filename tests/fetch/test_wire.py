"""What is archived is what passed over the socket, byte for byte, whatever a server does."""

from __future__ import annotations

import gzip
import hashlib
import io
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import brotli
import pytest
import zstandard

HTML = b"<html><head><title>Tide tables</title></head><body><p>High water at noon.</p></body></html>"
BIG = bytes(range(256)) * 4096 * 30
LONG = b"".join(b"<p>%b</p>" % hashlib.sha256(b"%d" % n).hexdigest().encode() for n in range(1000))
_named = io.BytesIO()
with gzip.GzipFile("tides.html", "wb", fileobj=_named) as _file:
    _file.write(LONG)
NAMED = _named.getvalue()
"""Gzip with a name in its head."""


def never_ended(body: bytes) -> bytes:
    """Gzip that is flushed and never ended, as some servers send it."""
    flushing = zlib.compressobj(wbits=31)
    return flushing.compress(body) + flushing.flush(zlib.Z_SYNC_FLUSH)


def sized(body: bytes, *fields: bytes, status: bytes = b"200 OK") -> bytes:
    head = [b"HTTP/1.1 " + status, *fields, b"Content-Length: %d" % len(body), b"", b""]
    return b"\r\n".join(head) + body


def page(talk: Any) -> None:
    talk.send(sized(HTML, b"Content-Type: text/html"))


def chunked(talk: Any) -> None:
    talk.send(
        b"HTTP/1.1 200 OK\r\nTransfer-Enco",
        b'ding: chunked\r\nTrailer: X-Sum\r\n\r\n5;name="a b";x\r\nhel',
        b"lo\r\n00",
        b"07 ;last=1\r\n, world\r",
        b"\n0;end\r\nX-Sum: 12\r\n",
        b"X-Odd:   spaced  \r\n\r\n",
    )


def lf_chunks(talk: Any) -> None:
    talk.send(b"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5  \nhello\n000\n\n")


def folded(talk: Any) -> None:
    talk.send(
        b"HTTP/1.1 200 Fine  enough \r\nX-Long: one\r\n  two\r\n\tthree\r\nset-COOKIE: a=1\r\nSet-Cookie:b=2\r\n"
        b"SET-COOKIE:   a=1\r\nno colon here\r\ncontent-length: 2\r\n\r\nok"
    )


def line_feeds(talk: Any) -> None:
    talk.send(b"HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 3\n\nabc")


def old(talk: Any) -> None:
    talk.send(b"HTTP/1.0 200 OK\r\nServer: old\r\n\r\n", b"until ", b"the end")
    raise ConnectionResetError


def hints(talk: Any) -> None:
    talk.send(
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 103 Early Hi",
        b"nts\r\nLink: </b.css>\r\n\r\n",
        sized(HTML),
    )


def go_on(talk: Any) -> None:
    talk.send(b"HTTP/1.1 100 Continue\r\n\r\n" + sized(b"after"))


def bodiless(status: bytes, *fields: bytes) -> Callable[[Any], None]:
    return lambda talk: talk.send(b"\r\n".join([b"HTTP/1.1 " + status, *fields, b"", b""]))


def coded(name: bytes, body: bytes) -> Callable[[Any], None]:
    return lambda talk: talk.send(sized(body, b"Content-Type: text/html", b"Content-Encoding: " + name))


def short(talk: Any) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", b"only this")
    raise ConnectionResetError


def cut_chunk(talk: Any) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n12345", b"67")
    raise ConnectionResetError


def cut_head(talk: Any) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Le")
    raise ConnectionResetError


def no_http(talk: Any) -> None:
    talk.send(b"SSH-2.0-OpenSSH_9.6\r\nsome more\r\n")
    raise ConnectionResetError


def bad_chunks(talk: Any) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nnothing\r\n0\r\n\r\n")
    raise ConnectionResetError


def two_lengths(talk: Any) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde")
    raise ConnectionResetError


def endless_head(talk: Any) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        talk.send(b"X-Filler: " + b"x" * 1000 + b"\r\n")


def long_line(talk: Any) -> None:
    talk.send(sized(HTML, b"Content-Security-Policy: " + b"x" * 60_000))


def broken_after(body: bytes, *fields: bytes) -> Callable[[Any], None]:
    def answer(talk: Any) -> None:
        talk.send(b"\r\n".join([b"HTTP/1.1 200 OK", *fields, b"", b""]) + body)
        raise ConnectionResetError

    return answer


def unsized(name: bytes, body: bytes) -> Callable[[Any], None]:
    """A body that ends with its connection."""

    def answer(talk: Any) -> None:
        talk.send(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: " + name + b"\r\n\r\n", body)
        raise ConnectionResetError

    return answer


def half(body: bytes) -> bytes:
    return body[: len(body) // 2]


def in_chunks(body: bytes) -> bytes:
    return b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"


def transfer_coded(*fields: bytes) -> Callable[[Any], None]:
    head = b"\r\n".join([b"HTTP/1.1 200 OK", b"Content-Type: text/html", *fields, b"", b""])
    return lambda talk: talk.send(head + in_chunks(gzip.compress(HTML)))


def silent_end(talk: Any) -> None:
    raise ConnectionResetError


def slow(talk: Any) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfirst words")
    time.sleep(240)


def mute(talk: Any) -> None:
    time.sleep(240)


def excess(talk: Any) -> None:
    # In one segment with the response, so that it arrives while the response is being read.
    talk.passed.response += sized(b"whole")
    talk.socket.sendall(sized(b"whole") + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")


def long_excess(talk: Any) -> None:
    response = b"HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 5\n\nwhole"
    talk.passed.response += response
    talk.socket.sendall(response + b"evil" * 4096 + b"\r\n\r\n" + b"evil" * 4096)


def big(talk: Any) -> None:
    talk.send(sized(BIG, b"Content-Type: image/jpeg"))


def stale(talk: Any) -> None:
    if talk.number > 1:
        raise ConnectionResetError
    talk.send(sized(b"fresh"))


ANSWERS = {
    "/page": page,
    "/page/": page,
    "/chunked": chunked,
    "/folded": folded,
    "/lf": line_feeds,
    "/lf-chunks": lf_chunks,
    "/old": old,
    "/hints": hints,
    "/continue": go_on,
    "/204": bodiless(b"204 No Content", b"X-Reason: nothing to say"),
    "/304": bodiless(b"304 Not Modified", b'ETag: "v1"', b"Content-Length: 5000"),
    "/head": bodiless(b"200 OK", b"Content-Length: 5000", b"Content-Encoding: br"),
    "/no-reason": lambda talk: talk.send(b"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n"),
    "/gzip": coded(b"gzip", gzip.compress(HTML)),
    "/br": coded(b"br", brotli.compress(HTML)),
    "/zstd": coded(b"zstd", zstandard.compress(HTML)),
    "/short": short,
    "/cut-chunk": cut_chunk,
    "/cut-head": cut_head,
    "/no-http": no_http,
    "/bad-chunks": bad_chunks,
    "/two-lengths": two_lengths,
    "/endless-head": endless_head,
    "/silent-end": silent_end,
    "/slow": slow,
    "/mute": mute,
    "/excess": excess,
    "/long-excess": long_excess,
    "/big": big,
    "/echo": lambda talk: talk.send(sized(b"heard")),
    "/long-line": long_line,
    "/cut-gzip": broken_after(gzip.compress(HTML * 50)[:-12], b"Content-Length: 9000", b"Content-Encoding: gzip"),
    "/half-gzip": coded(b"gzip", half(gzip.compress(LONG))),
    "/half-gzip-unsized": unsized(b"gzip", half(gzip.compress(LONG[64:]))),
    "/half-gzip-named": coded(b"x-gzip", half(NAMED)),
    "/half-gzip-chunked": lambda talk: talk.send(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        + in_chunks(half(gzip.compress(LONG[128:])))
    ),
    "/half-deflate": coded(b"deflate", half(zlib.compress(LONG))),
    "/half-deflate-raw": coded(b"deflate", half(zlib.compress(LONG)[2:])),
    "/half-br": coded(b"br", half(brotli.compress(LONG))),
    "/half-zstd": coded(b"zstd", half(zstandard.compress(LONG))),
    "/half-error": lambda talk: talk.send(
        sized(half(gzip.compress(LONG[256:])), b"Content-Encoding: gzip", status=b"404 Not Found")
    ),
    "/gzip-unsized": unsized(b"gzip", gzip.compress(LONG)),
    "/gzip-named": coded(b"gzip", NAMED),
    "/gzip-no-sum": coded(b"gzip", gzip.compress(LONG)[:-8]),
    "/gzip-wrong-sum": coded(b"gzip", gzip.compress(LONG)[:-8] + bytes(8)),
    "/gzip-twice": coded(b"gzip", gzip.compress(LONG) + gzip.compress(b".")),
    "/gzip-dense": coded(b"gzip", gzip.compress(bytes(1 << 20))),
    "/gzip-open": coded(b"gzip", never_ended(LONG + HTML)),
    "/gzip-open-feed": coded(b"gzip", never_ended(b"<rss><channel><title>Tides</title></channel></rss>\n")),
    "/gzip-open-noted": coded(
        b"gzip", never_ended(LONG + HTML + b"\n<!-- Made in 0.2 s. -->\n<!-- Cached. -->\n<script>count()</script>")
    ),
    "/half-gzip-drawing": coded(b"gzip", never_ended(LONG + b"<svg></svg><p>High")),
    "/gzip-open-text": coded(b"gzip", never_ended(LONG)),
    "/br-dense": coded(b"br", brotli.compress(LONG * 8 + bytes(1 << 20))),
    "/deflate-dense": coded(b"deflate", zlib.compress(LONG * 8 + bytes(1 << 20))),
    "/zstd-dense": coded(b"zstd", zstandard.compress(LONG * 8 + bytes(1 << 20))),
    "/not-gzip": coded(b"gzip", HTML),
    "/zlib-as-gzip": coded(b"gzip", zlib.compress(HTML)),
    "/odd-coding": coded(b"utf-8", HTML),
    "/gzip-chunked": transfer_coded(b"Transfer-Encoding: gzip, chunked"),
    "/gzip-chunked-apart": transfer_coded(b"Transfer-Encoding: gzip", b"Transfer-Encoding: chunked"),
    "/identity": lambda talk: talk.send(sized(HTML, b"Transfer-Encoding: identity")),
}
ONCE = [path for path in ANSWERS if path not in ("/page/", "/304", "/head", "/slow", "/mute", "/echo")]
KEPT_ALIVE = [f"/page/{number}" for number in range(40)]


@dataclass
class Wire:
    """One crawl over everything, what the servers saw of it, and what it kept."""

    server: Any
    stale: Any
    steady: Any
    crawled: Any

    def only(self, path: str) -> tuple[Any, Any]:
        """The one time a path was asked for: as the server saw it, and as it was kept."""
        (passed,) = self.server.of(path)
        (kept,) = self.crawled.of(self.server.url(path))
        return passed, kept

    def answer(self, path: str, method: str = "GET") -> dict[str, Any]:
        found: dict[str, Any] = self.crawled.answers[f"{method} {self.server.url(path)}"]
        return found


@pytest.fixture(scope="module")
def wire(serve: Any, crawl: Any) -> Wire:
    server, stale_server, steady = serve(ANSWERS), serve({"/stale/": stale}), serve({"/page/": page})
    lanes: list[list[Any]] = [[server.url(path)] for path in ONCE]
    lanes.append([steady.url(path) for path in KEPT_ALIVE])
    lanes.append([{"url": server.url("/304"), "headers": {"If-None-Match": '"v1"'}}])
    lanes.append([{"url": server.url("/head"), "method": "HEAD"}])
    lanes.append([{"url": server.url("/slow"), "meta": {"download_timeout": 5.0}}])
    lanes.append([{"url": server.url("/mute"), "meta": {"download_timeout": 0.4}}])
    lanes.append([{"url": server.url("/echo"), "method": "POST", "body": "a=1&b=2", "headers": {"X-A": ["1", "2"]}}])
    lanes.append([stale_server.url("/stale/1"), stale_server.url("/stale/2")])
    lanes.append(["http://127.0.0.1:1/closed", "http://nowhere.invalid/", "http://10.1.2.3/", "http://[::1]/"])
    lanes.append(["ftp://127.0.0.1/a", "file:///etc/passwd"])
    return Wire(server, stale_server, steady, crawl(lanes, WIRECOPY_HANDED_BYTES=1 << 20))


@pytest.mark.parametrize("path", ONCE)
def test_request_is_kept_exactly_as_sent(wire: Wire, path: str) -> None:
    passed, kept = wire.only(path)
    assert kept.request == passed.request


@pytest.mark.parametrize("path", [path for path in ONCE if path not in ("/silent-end", "/endless-head")])
def test_response_is_kept_exactly_as_received(wire: Wire, path: str) -> None:
    passed, kept = wire.only(path)
    assert b"".join([*(head.encode("latin-1") for head in kept.interim), kept.response]) == bytes(passed.response)


@pytest.mark.parametrize("path", ["/chunked", "/folded", "/lf", "/old", "/continue", "/hints", "/no-http", "/excess"])
def test_interim_heads_are_split_off(wire: Wire, path: str) -> None:
    _, kept = wire.only(path)
    expected = {
        "/continue": ["HTTP/1.1 100 Continue\r\n\r\n"],
        "/hints": [
            "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\nLink: </b.css>\r\n\r\n",
        ],
    }
    assert kept.interim == expected.get(path, [])


@pytest.mark.parametrize(
    ("path", "outcome", "truncated"),
    [
        ("/page", "ok", None),
        ("/chunked", "ok", None),
        ("/folded", "ok", None),
        ("/lf-chunks", "ok", None),
        ("/lf", "ok", None),
        ("/old", "ok", None),
        ("/hints", "ok", None),
        ("/204", "ok", None),
        ("/304", "not_modified", None),
        ("/head", "ok", None),
        ("/no-reason", "empty", None),
        ("/gzip", "ok", None),
        ("/big", "ok", None),
        ("/excess", "ok", None),
        ("/short", "aborted", "disconnect"),
        ("/cut-chunk", "aborted", "disconnect"),
        ("/cut-head", "aborted", "disconnect"),
        ("/no-http", "bad_response", "unspecified"),
        ("/bad-chunks", "bad_response", "unspecified"),
        ("/two-lengths", "bad_response", "unspecified"),
        ("/endless-head", "too_large", "length"),
        ("/long-line", "ok", None),
        ("/cut-gzip", "aborted", "disconnect"),
        ("/not-gzip", "ok", None),
        ("/zlib-as-gzip", "ok", None),
        ("/half-gzip", "aborted", None),
        ("/half-gzip-unsized", "aborted", "disconnect"),
        ("/half-gzip-named", "aborted", None),
        ("/half-gzip-chunked", "aborted", None),
        ("/half-deflate", "aborted", None),
        ("/half-deflate-raw", "aborted", None),
        ("/half-br", "aborted", None),
        ("/half-zstd", "aborted", None),
        ("/half-error", "gone", None),
        ("/gzip-unsized", "ok", None),
        ("/gzip-named", "ok", None),
        ("/gzip-no-sum", "ok", None),
        ("/gzip-wrong-sum", "ok", None),
        ("/gzip-twice", "ok", None),
        ("/gzip-dense", "ok", None),
        ("/gzip-open", "ok", None),
        ("/gzip-open-feed", "ok", None),
        ("/gzip-open-noted", "ok", None),
        ("/half-gzip-drawing", "aborted", None),
        ("/gzip-open-text", "aborted", None),
        ("/br-dense", "ok", None),
        ("/deflate-dense", "ok", None),
        ("/zstd-dense", "ok", None),
        ("/br", "ok", None),
        ("/zstd", "ok", None),
        ("/gzip-chunked", "ok", None),
        ("/gzip-chunked-apart", "ok", None),
        ("/identity", "ok", None),
        ("/slow", "timeout", "time"),
        ("/mute", "timeout", None),
        ("/silent-end", "unreachable", None),
    ],
)
def test_outcome_and_truncation_are_told(wire: Wire, path: str, outcome: str, truncated: str | None) -> None:
    _, kept = wire.only(path)
    assert (kept.outcome, kept.truncated) == (outcome, truncated), kept.outcome_reason


def test_a_response_that_times_out_is_kept_as_far_as_it_came(wire: Wire) -> None:
    passed, kept = wire.only("/slow")
    assert kept.response == bytes(passed.response)
    answer = wire.answer("/slow")
    assert (answer["start"], answer["outcome"]) == ("first words", "timeout")


@pytest.mark.parametrize(
    ("path", "outcome", "body"),
    [
        ("/short", "aborted", "only this"),
        ("/cut-chunk", "aborted", "1234567"),
        ("/bad-chunks", "bad_response", "xyz\r\nnothing\r\n0\r\n\r\n"),
        ("/two-lengths", "bad_response", "abcde"),
        ("/cut-gzip", "aborted", HTML.decode()),
        ("/half-gzip", "aborted", LONG[:50].decode()),
        ("/half-br", "aborted", LONG[:50].decode()),
    ],
)
def test_a_response_that_broke_off_is_handed_on_as_far_as_it_came(
    wire: Wire, path: str, outcome: str, body: str
) -> None:
    answer = wire.answer(path)
    assert answer["start"].startswith(body)
    assert (answer["status"], answer["outcome"], answer["flags"]) == (200, outcome, ["dataloss"])


@pytest.mark.parametrize(
    ("path", "error", "outcome", "message"),
    [
        ("/cut-head", "DownloadFailedError", "aborted", "broken off in the head: the server closed the connection"),
        ("/no-http", "DownloadFailedError", "bad_response", "not HTTP: it begins with 'SSH-2.0-OpenSSH_9.6'"),
        ("/endless-head", "DownloadFailedError", "too_large", "a head of more than 262144 bytes, cut off there"),
        ("/mute", "DownloadTimeoutError", "timeout", "no answer in time"),
        ("/silent-end", "DownloadFailedError", "unreachable", "no answer: the server closed the connection"),
    ],
)
def test_what_left_no_page_fails_with_the_outcome_that_was_recorded(
    wire: Wire, path: str, error: str, outcome: str, message: str
) -> None:
    _, kept = wire.only(path)
    answer = wire.answer(path)
    assert (answer["error"], answer["ending"]) == (error, [outcome, message])
    assert (kept.outcome, kept.outcome_reason) == (outcome, message)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/bad-chunks", "200, then malformed: no chunk size: 'xyz'"),
        ("/two-lengths", "200, then malformed: no single Content-Length"),
        ("/short", "200, broken off: the server closed the connection"),
        ("/half-gzip", "200, broken off: its gzip coding stops before its end"),
    ],
)
def test_the_reason_is_in_words(wire: Wire, path: str, reason: str) -> None:
    _, kept = wire.only(path)
    assert kept.outcome_reason == reason


@pytest.mark.parametrize("path", ["/mute", "/silent-end"])
def test_a_request_without_an_answer_is_an_exchange_without_a_response(wire: Wire, path: str) -> None:
    passed, kept = wire.only(path)
    assert kept.request == passed.request
    assert kept.response is None


def test_endless_heads_are_given_up(wire: Wire) -> None:
    passed, kept = wire.only("/endless-head")
    assert bytes(passed.response).startswith(kept.response)
    assert len(kept.response) < 1 << 19


def test_a_request_with_a_body_is_kept_whole(wire: Wire) -> None:
    passed, kept = wire.only("/echo")
    assert kept.request == passed.request
    assert kept.request.endswith(b"\r\n\r\na=1&b=2")


def test_conditional_and_head_requests_end_with_the_head(wire: Wire) -> None:
    for path in ("/304", "/head"):
        passed, kept = wire.only(path)
        assert kept.request == passed.request
        assert kept.response == bytes(passed.response)
    assert wire.answer("/head", "HEAD")["status"] == 200


def test_a_kept_alive_connection_carries_many_exchanges(wire: Wire) -> None:
    assert {passed.connection for passed in wire.steady.passed} == {1}
    for passed in wire.steady.passed:
        (kept,) = wire.crawled.of(wire.steady.url(passed.path))
        assert (kept.request, kept.response) == (passed.request, bytes(passed.response))
    assert len(wire.steady.passed) == len(KEPT_ALIVE)


def test_a_stale_connection_is_two_exchanges_and_one_response(wire: Wire) -> None:
    url = wire.stale.url("/stale/2")
    tried, answered = wire.crawled.of(url)
    assert tried.request == answered.request == wire.stale.of("/stale/2")[0].request
    assert tried.response is None
    assert answered.response == bytes(wire.stale.of("/stale/2")[1].response)
    assert wire.crawled.answers[f"GET {url}"]["status"] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/page", "/gzip", "/br", "/zstd", "/hints", "/long-line", "/not-gzip", "/zlib-as-gzip", "/odd-coding",
        "/gzip-chunked", "/gzip-chunked-apart", "/identity",
    ],
)  # fmt: skip
def test_scrapy_gets_the_page_as_ever(wire: Wire, path: str) -> None:
    assert wire.answer(path)["sha256"] == hashlib.sha256(HTML).hexdigest()


def test_scrapy_gets_the_beginning_of_a_big_body_and_the_archive_all_of_it(wire: Wire) -> None:
    _, kept = wire.only("/big")
    assert kept.response.endswith(BIG)
    answer = wire.answer("/big")
    assert answer["size"] == 1 << 20
    assert answer["sha256"] == hashlib.sha256(BIG[: 1 << 20]).hexdigest()
    assert "shortened" in answer["flags"]


def test_a_response_is_handed_on_only_when_it_is_recorded(wire: Wire) -> None:
    for kept in wire.crawled.kept:
        answer = wire.crawled.answers.get(f"GET {kept.url}", {})
        assert "error" in answer or answer == {} or answer["recorded"] != "None"


@pytest.mark.parametrize(
    ("url", "outcome", "message"),
    [
        ("http://127.0.0.1:1/closed", "unreachable", "connection refused"),
        ("http://nowhere.invalid/", "unreachable", "the host name does not resolve"),
        ("http://10.1.2.3/", "address_denied", "no connection to 10.1.2.3: a private network"),
        ("http://[::1]/", "address_denied", "no connection to ::1: loopback"),
        ("ftp://127.0.0.1/a", "unreachable", "only http and https"),
        ("file:///etc/passwd", "unreachable", "only http and https"),
    ],
)
def test_what_left_no_byte_is_in_the_ledger(wire: Wire, url: str, outcome: str, message: str) -> None:
    assert not wire.crawled.of(url)
    (failure,) = [failure for failure in wire.crawled.failures if failure["url"] == url]
    assert failure["outcome"] == outcome
    assert message in failure["message"]


def test_nothing_of_it_ends_the_crawl_or_prints_a_traceback(wire: Wire) -> None:
    assert wire.crawled.reason == "finished"
    assert "Traceback" not in wire.crawled.log


def test_the_blocks_of_the_warc_are_what_passed_over_the_wire(wire: Wire) -> None:
    for kind in ("request", "response"):
        blocks = list(wire.crawled.blocks(kind))
        assert all(block.digest_is_right for block in blocks)
        archived = sorted((block.url, block.length, block.start[: 1 << 20]) for block in blocks)
        kept = [(one.url, getattr(one, kind)) for one in wire.crawled.kept if getattr(one, kind) is not None]
        assert archived == sorted((url, len(data), data[: 1 << 20]) for url, data in kept)
