"""WARCs of another writer with enough pages that several processes have something to do."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

Writing = Callable[..., Path]


@pytest.fixture
def write_warc(tmp_path: Path) -> Writing:
    """Write ``pages`` pages of a site into a WARC, every tenth followed by a revisit of it."""

    def write(name: str, pages: int) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as out:
            for number in range(pages):
                url, date = (
                    f"https://{path.name.partition('.')[0]}.example/{number}",
                    f"2026-01-02T03:04:{number % 60:02}Z",
                )
                out.write(_record("response", url, date, _page(url).encode()))
                if number % 10 == 3:
                    again = f"WARC-Refers-To-Target-URI: {url}\r\nWARC-Refers-To-Date: {date}\r\n"
                    profile = "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n"
                    out.write(_record("revisit", url, "2026-02-02T03:04:05Z", _page(url).encode(), again + profile))
        return path

    return write


def _record(kind: str, url: str, date: str, body: bytes, more: str = "") -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    block = head + (body if kind == "response" else b"")
    fields = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{uuid4()}>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: {date}\r\nWARC-Payload-Digest: sha256:{hashlib.sha256(body).hexdigest()}\r\n{more}"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(fields.encode() + block + b"\r\n\r\n", 1)


def _page(url: str) -> str:
    words = "".join(f"<p>Sentence {n} of {url} tells of the ferry that came back to its quay.</p>" for n in range(12))
    said = '{"@context": "https://schema.org", "@type": ["Article", "NewsArticle"], "headline": "Ferry returns"}'
    head = f'<title>Ferry returns</title><script type="application/ld+json">{said}</script>'
    return (
        f"<!doctype html><html lang=en><head>{head}</head><body><article><h1>Ferry</h1>{words}</article></body></html>"
    )
