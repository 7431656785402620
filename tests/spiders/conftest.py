"""A small web with public look-ups in it, which have the faults of the real ones, on real sockets behind a proxy."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.replay.asked import Asked
from crawler.replay.proxy import Answer, ProxyServer, respond

SEED = "http://boats.aggregator.example/news/1-ferry"
MIRROR = "http://mirror.example/2026/ferry-comes-back"
RIVAL = "http://rival.example/ferry-report"
GONE = "http://gone.example/2026/11/ferry-story"
SHUT = "http://shut.example/ferry"
ORIGINAL = "http://harbour.example/2026/ferry-returns-lindqvist-quay"
HEADLINE = "Ferry returns to Skerrow quay after Lindqvist ruling"
QUOTE = "we waited eleven winters for that gangway and nobody is taking it away again"
TEXT = (
    "The ferry to Skerrow came back to its old quay on Friday, eleven years after a storm took the pier apart. ",
    f"“{QUOTE.capitalize()},” said Maud Lindqvist, who keeps the island's only shop beside the slipway. ",
    "Some two hundred people stood on the breakwater when the vessel blew its horn at half past seven in the morning. ",
    "The harbour board had argued that repairs would cost four million and serve fewer than ninety households. ",
    "A judge in Tarnholm overruled the board in September and gave it sixty days to restore the timetable of 2014. ",
    "Three crossings a day are planned until Easter, and a fourth on Saturdays once the new ramp has been inspected. ",
)
RIVAL_TEXT = (
    f"“{QUOTE.capitalize()},” a shopkeeper told this newspaper's correspondent on Saturday. ",
    "Ticket prices are going to be the next quarrel, according to two councillors who asked not to be named. ",
    "An earlier plan for a bridge was shelved when the ministry withdrew its subsidy for remote settlements. ",
    "Freight carriers welcomed the decision but warned that the slipway remains too narrow for their lorries. ",
)


def page(text: tuple[str, ...], *, headline: str = HEADLINE, head: str = "") -> bytes:
    body = "".join(f"<p>{sentence}</p>" for sentence in text)
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{headline}</title>{head}</head><body><main>"
        f"<article><h1>{headline}</h1><time datetime='2026-11-20T08:00:00Z'>20 November 2026</time>{body}</article>"
        "</main></body></html>"
    ).encode()


CREDIT = '<script type="application/ld+json">' + json.dumps({
    "@type": "NewsArticle", "headline": HEADLINE, "datePublished": "2026-11-20T08:00:00Z",
    "publisher": {"@type": "Organization", "name": "Harbour News", "url": "http://harbour.example/"},
}) + "</script>"  # fmt: skip

PAGES = {
    SEED: page(TEXT, head=CREDIT),
    MIRROR: page(TEXT),
    RIVAL: page(RIVAL_TEXT, headline="Quarrel over fares on the Skerrow line"),
    ORIGINAL: page(TEXT),
}


def warc_record(url: str, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n\r\n"
    http += gzip.compress(body)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0b8f3a3e-8f6f-4d0a-9f0b-0c1c7e1b2a3d>\r\n"
        f"WARC-Date: 2026-11-21T04:05:06Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


RECORD = warc_record(SHUT, PAGES[MIRROR])
WARC = b"x" * 1000 + RECORD + b"y" * 1000


@dataclass
class Web:
    """What the small web answers; ``asked`` is every request with its time."""

    asked: list[tuple[float, Asked]] = field(default_factory=list)
    put_off: list[str] = field(default_factory=list)
    """How GDELT still has to refuse: ``429``, ``page`` (200 text/html)."""
    seed, mirror, rival, gone, shut, original, quote = SEED, MIRROR, RIVAL, GONE, SHUT, ORIGINAL, QUOTE

    def of(self, host: str, path: str = "/") -> list[tuple[float, Asked]]:
        return [
            (when, asked) for when, asked in list(self.asked)
            if urlsplit(asked.url).hostname == host and urlsplit(asked.url).path.startswith(path)
            and not asked.url.endswith("/robots.txt")
        ]  # fmt: skip

    def answer(self, asked: Asked) -> Answer:
        self.asked.append((time.monotonic(), asked))
        parts = urlsplit(asked.url)
        host, query = parts.hostname or "", parse_qs(parts.query)
        if parts.path == "/robots.txt":
            forbids = host in {"gdelt.example", "forbidden.example"}
            return respond(
                asked, 200, [("Content-Type", "text/plain")], b"User-agent: *\nDisallow: /\n" if forbids else b""
            )
        if host == "gdelt.example":
            return self._gdelt(asked, query)
        if host == "mediacloud.example":
            return self._mediacloud(asked, query)
        if host == "wayback.example":
            return self._wayback(asked, query)
        if host == "liar.example":
            return _lie(asked, query)
        if host == "elsewhere.example" and parts.path == "/further":
            return respond(asked, 302, [("Location", f"http://elsewhere.example/its-own?of={asked.url}")], b"")
        if host == "elsewhere.example":
            return _memento(asked, parse_qs(parts.query)["of"][0], page(RIVAL_TEXT))
        if host == "commoncrawl.example":
            return self._commoncrawl(asked, query)
        if host == "shut.example":
            return respond(asked, 403, [("Content-Type", "text/html")], b"<title>no</title>")
        body = PAGES.get(asked.url)
        return respond(
            asked, 200 if body else 404, [("Content-Type", "text/html; charset=utf-8")], body or b"<p>none</p>"
        )

    def _gdelt(self, asked: Asked, query: dict[str, list[str]]) -> Answer:
        fault = self.put_off.pop(0) if self.put_off else ""
        if fault == "429":
            return respond(
                asked, 429, [("Content-Type", "text/plain")], b"Please limit requests to one every 5 seconds"
            )
        if fault == "page":
            body = b"Please limit requests to one every 5 seconds or contact us."
            return respond(asked, 200, [("Content-Type", "text/html; charset=utf-8")], body)
        if not query["query"][0].startswith('"'):
            body = b"One or more of your keywords were too short, too long or too common."
            return respond(asked, 200, [("Content-Type", "text/html; charset=utf-8")], body)
        urls = [MIRROR, RIVAL, "http://forbidden.example/x", SEED, "javascript:alert(1)", f"{MIRROR}#comments"]
        rows = ",".join(
            f'{{"url": "{url}", "title": "It\\\'s\x01 back", "seendate": "20261120T081500Z"}}' for url in urls
        )
        return respond(asked, 200, [("Content-Type", "application/json")], f'{{"articles": [{rows}, 7]}}'.encode())

    def _mediacloud(self, asked: Asked, query: dict[str, list[str]]) -> Answer:
        if asked.get("Authorization") != "Token s3cret-key":
            return respond(asked, 403, [("Content-Type", "application/json")], b'{"detail": "Invalid token"}')
        url, token = (RIVAL, None) if query.get("pagination_token") else (MIRROR, "bmV4dA==")
        story = {"id": "1", "title": HEADLINE, "url": url, "language": "en", "publish_date": "2026-11-20"}
        body = json.dumps({"stories": [story], "pagination_token": token}).encode()
        return respond(asked, 200, [("Content-Type", "application/json")], body)

    def _wayback(self, asked: Asked, query: dict[str, list[str]]) -> Answer:
        path = urlsplit(asked.url).path
        if path.startswith("/web/20261121000000id_/"):
            return respond(asked, 404, [("Content-Type", "text/html")], b"<p>not in archive</p>")
        if path.startswith("/web/"):
            fields = [
                ("Content-Type", "text/html; charset=utf-8"), ("Memento-Datetime", "Fri, 20 Nov 2026 12:00:00 GMT"),
                ("Link", f'<{GONE}>; rel="original", <http://wayback.example/web/{GONE}>; rel="timegate"'),
            ]  # fmt: skip
            return respond(asked, 200, fields, PAGES[MIRROR])
        rows: list[list[str]] = []
        if query.get("matchType") == ["host"]:
            rows = [["20261120090000", ORIGINAL, "text/html", "200"]]
        elif query["url"] == [GONE]:
            rows = [[stamp, GONE, "text/html", "200"] for stamp in ("20261120120000", "20261121000000")]
        head = [["timestamp", "original", "mimetype", "statuscode"]] if rows else []
        return respond(asked, 200, [("Content-Type", "application/json")], json.dumps(head + rows).encode())

    def _commoncrawl(self, asked: Asked, query: dict[str, list[str]]) -> Answer:
        path = urlsplit(asked.url).path
        if path == "/collinfo.json":
            crawls = [
                {
                    "id": name,
                    "cdx-api": f"http://commoncrawl.example/{name}-index",
                    "from": f"{day}T00:00:00",
                    "to": f"{day}T23:59:59",
                }
                for name, day in (("CC-3", "2026-11-22"), ("CC-2", "2026-10-22"), ("CC-1", "2026-09-22"))
            ]
            return respond(asked, 200, [("Content-Type", "application/json")], json.dumps(crawls).encode())
        if path == "/CC-2-index":
            return respond(asked, 404, [("Content-Type", "application/json")], b'{"message": "No Captures found"}')
        if path == "/CC-1-index":
            return respond(asked, 400, [("Content-Type", "text/html")], b"<p>Page 0 invalid</p>")
        if path == "/CC-3-index":
            row = {
                "urlkey": "x", "timestamp": "20261121040506", "url": SHUT, "mime": "text/html", "status": "200",
                "length": str(len(RECORD)), "offset": "1000", "filename": "crawl-data/1.warc.gz",
            }  # fmt: skip
            body = f"broken line\n{json.dumps(row)}\n".encode()
            return respond(asked, 200, [("Content-Type", "text/x-ndjson")], body)
        start, _, end = (asked.get("Range") or "bytes=0-").removeprefix("bytes=").partition("-")
        piece = WARC[int(start) : int(end) + 1]
        return respond(asked, 206, [("Content-Type", "application/octet-stream")], piece)


def _lie(asked: Asked, query: dict[str, list[str]]) -> Answer:
    """An archive whose newer capture of each page is none, in a way that the page's address names."""
    path, wrong = urlsplit(asked.url).path, page(RIVAL_TEXT)
    if not path.startswith("/web/"):
        rows = [["timestamp", "original", "mimetype", "statuscode"]]
        rows += [[stamp, query["url"][0], "text/html", "200"] for stamp in ("20261120120000", "20261121000000")]
        return respond(asked, 200, [("Content-Type", "application/json")], json.dumps(rows).encode())
    lost = path.partition("id_/")[2]
    if path.startswith("/web/20261120"):
        return _memento(asked, lost, PAGES[MIRROR])
    match lost.rpartition("/")[2]:
        case "other":
            return _memento(asked, ORIGINAL, wrong)
        case "error-page":
            return respond(asked, 200, [("Content-Type", "text/html")], page(RIVAL_TEXT, headline="Not in the archive"))
        case "live":
            return respond(asked, 302, [("Location", RIVAL)], b"")
        case "elsewhere":
            return respond(asked, 302, [("Location", f"http://elsewhere.example/?of={lost}")], b"")
        case "elsewhere-by-two":
            return respond(asked, 302, [("Location", f"http://elsewhere.example/further?of={lost}")], b"")
        case "its-404":
            return _memento(asked, lost, page(("The page you requested was not found.",), headline="404 Not Found"))
        case "busy":
            return respond(asked, 429, [("Content-Type", "text/html")], wrong)
        case "loopback":
            return respond(asked, 302, [("Location", "http://127.0.0.1/web/20261121000000id_/" + lost)], b"")
    return _memento(asked, f"{lost}?{asked.url}", wrong)


def _memento(asked: Asked, of: str, body: bytes) -> Answer:
    fields = [
        ("Content-Type", "text/html; charset=utf-8"), ("Memento-Datetime", "Fri, 20 Nov 2026 12:00:00 GMT"),
        ("Link", f'<{of}>; rel="original"'),
    ]  # fmt: skip
    return respond(asked, 200, fields, body)


@dataclass
class Captured:
    report: dict[str, Any]
    web: Web
    collection: Path

    def pages(self, role: str) -> list[dict[str, Any]]:
        return [page for page in self.report["pages"] if page["role"] == role]


@pytest.fixture(scope="session")
def look_up(forks: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Captured]:
    """``look_up(providers, *urls)``: capture pages of the stand-in's web with these providers, as they are paced."""

    def run(
        providers: dict[str, Any], *urls: str, put_off: tuple[str, ...] = (), source: Path | None = None
    ) -> Captured:
        web = Web(put_off=list(put_off))
        asked = {
            name: {"base": f"http://{name}.example", "delay": 0.05, **options} for name, options in providers.items()
        }
        if "commoncrawl" in asked:
            asked["commoncrawl"]["data"] = "http://commoncrawl.example"
        collection = tmp_path_factory.mktemp("looked-up") / "c"
        with ProxyServer(web.answer) as server:
            told = {"urls": urls, "providers": asked, "collection": str(collection), "proxy": server.url,
                    "from": str(source) if source else None}  # fmt: skip
            done = forks.run(Path(__file__).with_name("look_up.py"), stdin=json.dumps(told).encode())
        assert done.returncode == 0, done.stderr
        return Captured(json.loads(done.stdout), web, collection)

    return run
