"""A WACZ on a web server is an archive; what is not asked for is not fetched."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection, ReadError, Recorder, open_archive, pack
from crawler.archive.ranges import BLOCK, BlockCache, Blocks, RangeFile
from crawler.archive.remote import WebRanges

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
LARGE = bytes(range(256)) * 8192  # 2 MiB


class _Handler(BaseHTTPRequestHandler):
    body = b""
    etag = '"1"'
    ranges = True
    sent = 0

    def do_GET(self) -> None:
        first, last = map(int, re.findall(r"\d+", self.headers["Range"])[:2])
        part = self.body[first : last + 1] if self.ranges else self.body
        self.send_response(206 if self.ranges else 200)
        self.send_header("ETag", self.etag)
        if self.ranges:
            self.send_header("Content-Range", f"bytes {first}-{first + len(part) - 1}/{len(self.body)}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        type(self).sent += len(part)
        self.wfile.write(part)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def served() -> Iterator[tuple[Any, str]]:
    handler = type("Handler", (_Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield handler, f"http://127.0.0.1:{server.server_port}/news.wacz"
        server.shutdown()
        thread.join()


@pytest.fixture
def wacz(tmp_path: Path) -> Path:
    with Recorder(tmp_path / "c", software="test") as recorder:
        for number in range(3):
            recorder.resource(f"urn:text:{number}", f"text {number}".encode(), "text/plain", AT).result()
        recorder.resource("urn:view:large", LARGE, "image/png", AT).result()
    with Collection(tmp_path / "c"):
        pack(tmp_path / "c", tmp_path / "c.wacz")
    return tmp_path / "c.wacz"


def test_it_reads_as_the_file_does(served: Any, wacz: Path) -> None:
    handler, url = served
    handler.body = wacz.read_bytes()
    with open_archive(url) as remote, open_archive(wacz) as local:
        assert [capture.url for capture in remote.captures()] == [capture.url for capture in local.captures()]
        found = remote.find("urn:text:1")
        assert found is not None
        assert found.body() == b"text 1"
        assert remote.find("urn:text:9") is None


def test_only_what_is_asked_for_is_fetched(served: Any) -> None:
    handler, url = served
    handler.body = LARGE
    with RangeFile(Blocks(WebRanges(url), BlockCache())) as file:
        file.seek(-10, 2)
        assert file.read(10) == LARGE[-10:]
        file.seek(BLOCK * 3 - 5)
        assert file.read(10) == LARGE[BLOCK * 3 - 5 : BLOCK * 3]  # raw files may give less
        assert file.read(5) == LARGE[BLOCK * 3 : BLOCK * 3 + 5]
    assert handler.sent == 4 * BLOCK


Spoil = Callable[[Any], None]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda handler: setattr(handler, "ranges", False), "does not serve parts of files"),
        (lambda handler: setattr(handler, "body", b"no zip at all"), "is no whole WACZ"),
    ],
)
def test_what_can_not_be_read_so_is_told(served: Any, spoil: Spoil, told: str) -> None:
    handler, url = served
    handler.body = LARGE
    spoil(handler)
    with pytest.raises(ReadError, match=told):
        open_archive(url)


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(ReadError, match="can't be read: Connection refused"):
        open_archive("http://127.0.0.1:9/x.wacz")


def test_another_file_in_its_place_is_noticed(served: Any) -> None:
    handler, url = served
    handler.body = LARGE
    blocks = Blocks(WebRanges(url), BlockCache())
    blocks.block(0)
    handler.etag = '"2"'
    with pytest.raises(OSError, match="another file has taken its place"):
        blocks.block(1)
