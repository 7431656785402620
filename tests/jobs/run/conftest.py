"""A news site on a real socket that can be edited, refuse, and go away, and a watchlist of its stories."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from crawler.jobs.watchlist import Watchlist, read_watchlist
from tests.site import Answer, serving


class Site:
    """What the server answers, and what it was asked."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.statuses: dict[str, int] = {}
        self.editions: dict[str, int] = {}
        self.feeds: dict[str, str] = {}
        self.headers: dict[str, dict[str, str]] = {}
        self.originals: dict[str, str] = {}
        self.cut: set[str] = set()
        """Pages of which a part comes, as from a program that died behind the server."""
        self.asked: Counter[str] = Counter()

    def page(self, path: str) -> bytes:
        edition = self.editions.get(path, 1)
        words = "".join(
            f"<p>Sentence {number} of edition {edition} tells of the ferry that came back to its quay in spring.</p>"
            for number in range(9)
        )
        original = f"<p><a href='{self.originals[path]}'>Read the full story</a></p>" if path in self.originals else ""
        head = "<!doctype html><html lang=en><head><title>Ferry returns</title></head>"
        return f"{head}<body><article><h1>Ferry returns</h1>{words}{original}</article></body></html>".encode()


@pytest.fixture
def site() -> Iterator[Site]:
    def answer(asked: BaseHTTPRequestHandler) -> Answer:
        site.asked[asked.path] += 1
        status = site.statuses.get(asked.path, 404 if asked.path == "/robots.txt" else 200)
        if feed := site.feeds.get(asked.path):
            return Answer(feed.encode(), "application/rss+xml", status)
        if asked.path in site.cut:
            coded = gzip.compress(site.page(asked.path))
            return Answer(coded[: len(coded) * 4 // 5], headers={"Content-Encoding": "gzip"})
        return Answer(site.page(asked.path), status=status, headers=site.headers.get(asked.path, {}))

    with serving(answer) as port:
        site = Site(port)
        yield site


@pytest.fixture
def watchlist_file(tmp_path: Path, site: Site) -> Callable[..., Path]:
    """Write a watchlist of stories of the site; further lines of TOML go before them."""

    def write(*paths: str, more: str = "", retries: int = 0) -> Path:
        stories = "".join(f'[[story]]\nurl = "{site.url}{path}"\n' for path in paths)
        politeness = f'politeness = {{ delay = 0, retries = {retries} }}\nallow_addresses = ["127.0.0.0/8"]\n'
        file = tmp_path / "watch.toml"
        file.write_text(politeness + more + "\n" + stories)
        return file

    return write


@pytest.fixture
def watchlist(watchlist_file: Callable[..., Path]) -> Callable[..., tuple[Watchlist, Path]]:
    """The same, read."""

    def read(*paths: str, **said: Any) -> tuple[Watchlist, Path]:
        file = watchlist_file(*paths, **said)
        return read_watchlist(file), file

    return read
