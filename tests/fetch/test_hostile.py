"""Servers that err, stall, flood, lie and lure: the crawl ends, in little memory, and each has its name."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import brotli
import pytest
import zstandard
from isal import isal_zlib

Answer = Callable[[Any], None]
HTML = b"<html><head><title>Harbour notices</title></head><body><p>The quay is closed.</p></body></html>"
END = ConnectionResetError
ENDLESS = 40 << 20


def says(status: bytes, *fields: bytes, body: bytes = HTML) -> Answer:
    head = [b"HTTP/1.1 " + status, *fields, b"Content-Length: %d" % len(body), b"", b""]
    return lambda talk: talk.send(b"\r\n".join(head) + body)


def sends(*pieces: bytes) -> Answer:
    def answer(talk: Any) -> None:
        talk.send(*pieces)
        raise END

    return answer


def page(title: bytes, *fields: bytes, status: bytes = b"200 OK", body: bytes = b"") -> Answer:
    return says(status, b"Content-Type: text/html", *fields, body=b"<html><title>" + title + b"</title>" + body)


def forever(start: bytes, piece: bytes, pause: float = 0.0, most: int = ENDLESS) -> Answer:
    def answer(talk: Any) -> None:
        talk.socket.sendall(start)
        sent = 0
        while sent < most:
            talk.socket.sendall(piece)
            sent += len(piece)
            time.sleep(pause)
        raise END

    return answer


def bomb(pack: Callable[[bytes], bytes], coding: bytes) -> Answer:
    """200 MB of zeros, packed when they are asked for; the end of the connection ends them."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + coding + b"\r\n\r\n"
    return lambda talk: sends(head + pack(bytes(200 << 20)))(talk)


igzip = partial(isal_zlib.compress, wbits=31)


def stall(seconds: float, before: bytes = b"") -> Answer:
    def answer(talk: Any) -> None:
        if before:
            talk.socket.sendall(before)
        time.sleep(seconds)
        raise END

    return answer


def redirect(target: bytes, status: bytes = b"302 Found") -> Answer:
    return says(status, b"Location: " + target, body=b"")


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
PATIENCE = 1.0
LONG = 240.0
TABLE: dict[str, tuple[Answer, str]] = {
    # Refusals, walls and challenges.
    "401": (says(b"401 Unauthorized", b"WWW-Authenticate: Basic"), "blocked"),
    "402": (says(b"402 Payment Required"), "paywall"),
    "403": (says(b"403 Forbidden"), "blocked"),
    "403-cloudflare": (page(b"Just a moment...", b"cf-mitigated: challenge", status=b"403 Forbidden"), "blocked"),
    "404": (says(b"404 Not Found"), "gone"),
    "410": (says(b"410 Gone"), "gone"),
    "418": (says(b"418 I am a teapot"), "blocked"),
    "429": (says(b"429 Too Many Requests", b"Retry-After: 86400"), "blocked"),
    "451": (says(b"451 Unavailable For Legal Reasons"), "blocked"),
    "500": (says(b"500 Oops"), "server_error"),
    "503": (says(b"503 Busy"), "server_error"),
    "503-challenge": (page(b"Just a moment...", status=b"503 Busy"), "blocked"),
    "599": (says(b"599 Who knows"), "server_error"),
    "captcha-200": (page(b"Robot or human?"), "blocked"),
    "captcha-gzip": (
        says(b"200 OK", b"Content-Encoding: gzip", body=gzip.compress(b"<title>Are you a robot?</title>" + bytes(500))),
        "blocked",
    ),
    "captcha-mark": (page(b"News", body=b'<script src="https://geo.captcha-delivery.com/captcha/x">'), "blocked"),
    "waf": (page(b"x", b"x-amzn-waf-action: captcha", status=b"405 Not Allowed"), "blocked"),
    "consent": (redirect(b"https://consent.news.example/collect?back=x"), "consent"),
    "consent-path": (redirect(b"/gdpr-consent/?to=/a"), "consent"),
    "login": (redirect(b"https://login.news.example/?next=/a"), "login"),
    "login-path": (redirect(b"/signin/?next=/a"), "login"),
    # Redirects.
    "redirect": (redirect(b"/elsewhere"), "redirect"),
    "redirect-nowhere": (says(b"302 Found", body=b""), "redirect"),
    "redirect-broken": (redirect(b"http://[::1"), "redirect"),
    "redirect-control": (redirect(b"/a\x00b\x01"), "redirect"),
    "redirect-long": (redirect(b"/" + b"a" * 100_000), "redirect"),
    "redirect-300": (says(b"300 Multiple Choices"), "redirect"),
    "304-unasked": (sends(b"HTTP/1.1 304 Not Modified\r\n\r\n"), "not_modified"),
    # Nothing, or less than was promised.
    "empty": (says(b"200 OK", body=b""), "empty"),
    "empty-chunks": (sends(CHUNKED + b"0\r\n\r\n"), "empty"),
    "empty-close": (sends(OK + b"\r\n"), "empty"),
    "nothing": (stall(0.0), "unreachable"),
    "one-byte": (sends(b"H"), "bad_response"),
    "half-head": (sends(b"HTTP/1.1 200 OK\r\nContent-"), "aborted"),
    "short": (sends(OK + b"Content-Length: 1000\r\n\r\nfew"), "aborted"),
    "cut-chunk": (sends(CHUNKED + b"ff\r\nfew"), "aborted"),
    "no-last-chunk": (sends(CHUNKED + b"3\r\nfew\r\n"), "aborted"),
    "cut-gzip": (sends(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(HTML)[:20]), "aborted"),
    # Not HTTP, or not quite.
    "ssh": (sends(b"SSH-2.0-OpenSSH_9.6\r\n"), "bad_response"),
    "binary": (sends(bytes(range(256)) * 20), "bad_response"),
    "zeros": (sends(bytes(5000)), "bad_response"),
    "html-only": (sends(HTML), "bad_response"),
    "http09": (sends(b"<html>hello</html>\n"), "bad_response"),
    "http2": (sends(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "bad_response"),
    "status-0": (sends(b"HTTP/1.1 0 None\r\n\r\n"), "bad_response"),
    "status-text": (sends(b"HTTP/1.1 OK OK\r\n\r\n"), "bad_response"),
    "status-huge": (sends(b"HTTP/1.1 99999999999999999999 No\r\n\r\n"), "bad_response"),
    "two-lengths": (sends(OK + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"), "bad_response"),
    "minus-length": (sends(OK + b"Content-Length: -1\r\n\r\nabc"), "bad_response"),
    "word-length": (sends(OK + b"Content-Length: many\r\n\r\nabc"), "bad_response"),
    "huge-length": (sends(OK + b"Content-Length: 99999999999999999999\r\n\r\nabc"), "aborted"),
    "bad-chunk": (sends(CHUNKED + b"zz\r\nabc\r\n0\r\n\r\n"), "bad_response"),
    "minus-chunk": (sends(CHUNKED + b"-5\r\nabc\r\n0\r\n\r\n"), "bad_response"),
    "long-chunk-size": (forever(CHUNKED, b"0" * 65536), "bad_response"),
    "overrun-chunk": (sends(CHUNKED + b"2\r\nabcdef\r\n0\r\n\r\n"), "bad_response"),
    "nul-field": (sends(OK + b"X-\x00: \x01\x02\r\nContent-Length: 2\r\n\r\nok"), "bad_response"),
    "no-colon": (sends(OK + b"what is this\r\nContent-Length: 2\r\n\r\nok"), "ok"),
    "many-fields": (sends(OK + b"X-A: b\r\n" * 5000 + b"Content-Length: 2\r\n\r\nok"), "ok"),
    "forged-record": (says(b"200 OK", body=b"\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\n\r\n" + HTML), "ok"),
    # Without end.
    "endless-head": (forever(OK, b"X-Filler: " + b"x" * 5000 + b"\r\n"), "too_large"),
    "endless-line": (forever(OK + b"X-Filler: ", b"x" * 65536), "too_large"),
    "endless-status": (forever(b"HTTP/1.1 200 ", b"x" * 65536), "too_large"),
    "endless-interim": (forever(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 1000), "too_large"),
    "endless-body": (forever(OK + b"\r\n", bytes(1 << 18)), "too_large"),
    "endless-chunks": (forever(CHUNKED, b"40000\r\n" + bytes(1 << 18) + b"\r\n"), "too_large"),
    "endless-trailers": (forever(CHUNKED + b"0\r\n", b"X-T: 1\r\n" * 8000), "bad_response"),
    # Slow.
    "mute": (stall(LONG), "timeout"),
    "slow-head": (forever(OK, b"X-Slow: 1\r\n", 0.1, most=3000), "timeout"),
    "stalled-body": (stall(LONG, OK + b"Content-Length: 100\r\n\r\nhalf"), "timeout"),
    "drip": (forever(OK + b"Content-Length: 100000\r\n\r\n", b"x", 0.1, most=300), "timeout"),
    # Bombs.
    "bomb-gzip": (bomb(igzip, b"Content-Encoding: gzip"), "ok"),
    "bomb-deflate": (bomb(isal_zlib.compress, b"Content-Encoding: deflate"), "ok"),
    "bomb-br": (bomb(lambda data: brotli.compress(data, quality=1), b"Content-Encoding: br"), "ok"),
    "bomb-zstd": (bomb(zstandard.compress, b"Content-Encoding: zstd"), "ok"),
    "bomb-twice": (bomb(lambda data: igzip(igzip(data)), b"Content-Encoding: gzip, gzip"), "ok"),
    "codings": (says(b"200 OK", b"Content-Encoding: " + b", ".join([b"gzip"] * 500)), "ok"),
    "bomb-transfer": (bomb(igzip, b"Transfer-Encoding: gzip"), "ok"),
}
REFUSED = {
    "file:///etc/passwd": ("unreachable", "only http and https"),
    "http://user:secret@127.0.0.1/": ("unreachable", "name and password"),
    "http://127.0.0.1/" + "a" * 20_000: ("unreachable", "characters"),
    "http://0.0.0.0/": ("address_denied", "loopback"),
    "http://2852039166/latest/meta-data": ("address_denied", "link-local"),
    "http://0xa9fea9fe/": ("address_denied", "link-local"),
    "http://0251.0376.0251.0376/": ("address_denied", "link-local"),
    "http://10.1/": ("address_denied", "private"),
    "http://169.254.169.254/": ("address_denied", "link-local"),
    "http://[::ffff:169.254.169.254]/": ("address_denied", "link-local"),
    "http://[64:ff9b::a9fe:a9fe]/": ("address_denied", "link-local"),
    "http://[fd00:ec2::254]/": ("address_denied", "private"),
    "http://[::]/": ("address_denied", "loopback"),
}


@pytest.fixture(scope="module")
def hostile(serve: Any, crawl: Any) -> Any:
    server = serve({f"/{name}": answer for name, (answer, _) in TABLE.items()})
    lanes: list[Any] = [[server.url(f"/{name}")] for name in TABLE if TABLE[name][1] != "timeout"]
    lanes += [[url] for url in REFUSED]
    crawled = crawl(
        lanes,
        alone=True,
        DOWNLOAD_TIMEOUT=60,
        WIRECOPY_MAX_BODY=4 << 20,
        WIRECOPY_ALLOW_ADDRESSES=["127.0.0.1"],
        CONCURRENT_REQUESTS=16,
    )
    return server, crawled


def test_there_are_enough_of_them() -> None:
    assert len(TABLE) >= 60


@pytest.fixture(scope="module")
def slow(serve: Any, crawl: Any) -> Any:
    names = [name for name, (_, outcome) in TABLE.items() if outcome == "timeout"]
    server = serve({f"/{name}": TABLE[name][0] for name in names})
    return server, crawl(
        [[server.url(f"/{name}")] for name in names],
        DOWNLOAD_TIMEOUT=3 * PATIENCE,
        WIRECOPY_HEAD_SECONDS=PATIENCE,
        WIRECOPY_IDLE_SECONDS=PATIENCE,
    )


@pytest.mark.parametrize("name", TABLE)
def test_each_ends_as_what_it_is(hostile: Any, slow: Any, name: str) -> None:
    server, crawled = slow if TABLE[name][1] == "timeout" else hostile
    (kept,) = crawled.of(server.url(f"/{name}"))
    assert kept.outcome == TABLE[name][1], kept.outcome_reason


@pytest.mark.parametrize("url", REFUSED)
def test_what_must_not_be_asked_is_not(hostile: Any, url: str) -> None:
    _, crawled = hostile
    outcome, words = REFUSED[url]
    asked = url.replace("user:secret@", "")[:16_384]
    (failure,) = [failure for failure in crawled.failures if failure["url"] == asked]
    assert failure["outcome"] == outcome
    assert words in failure["message"]


def test_the_crawl_ends_in_little_memory_without_a_traceback(hostile: Any) -> None:
    _, crawled = hostile
    assert crawled.reason == "finished"
    assert crawled.peak_kb < 300 * 1024
    assert "Traceback" not in crawled.log
    assert "secret" not in crawled.log


def test_all_of_it_is_in_the_archive(hostile: Any) -> None:
    _, crawled = hostile
    blocks = list(crawled.blocks("response"))
    assert all(block.digest_is_right for block in blocks)
    with_bytes = [kept for kept in crawled.kept if kept.response is not None]
    assert len(blocks) + len(list(crawled.blocks("revisit"))) == len(with_bytes)
    assert {block.url for block in blocks} | {block.url for block in crawled.blocks("revisit")} == {
        kept.url for kept in with_bytes
    }
