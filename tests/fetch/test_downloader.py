"""A host that keeps its requests waiting keeps no other host waiting."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlsplit

from scrapy.http import Request
from scrapy.squeues import LifoMemoryQueue
from scrapy.utils.test import get_crawler

from crawler.fetch.addon import ArchivingAddon
from crawler.fetch.downloader import HostQueue
from tests.site import Answer, serving

PICTURES = 12


def gallery(slow: int, quick: int) -> bytes:
    """A page with more pictures of one host than may be under way in all, and some of another."""
    slow_ones = "".join(f'<img src="http://127.0.0.1:{slow}/{number}.gif">' for number in range(40))
    quick_ones = "".join(f'<img src="http://localhost:{quick}/{number}.gif">' for number in range(PICTURES))
    return f"<html><body>{slow_ones}{quick_ones}</body></html>".encode()


class Others:
    """The host with the page and the quick pictures; knows when all of those were asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.done = threading.Event()
        self.slow = 0

    def __call__(self, handler: Any) -> Answer:
        if handler.path == "/robots.txt":
            return Answer(status=404)
        if handler.path == "/page":
            return Answer(gallery(self.slow, handler.server.server_port))
        self.asked.add(handler.path)
        if len(self.asked) == PICTURES:
            self.done.set()
        return Answer(b"GIF89a", "image/gif")


def captured(wirecopy: Any, folder: Path, slow: Callable[[BaseHTTPRequestHandler], Answer], others: Others) -> Any:
    with serving(slow) as others.slow, serving(others) as port:
        done = wirecopy(
            "capture", f"http://localhost:{port}/page", "-c", "c", "--delay", "0", "--json",
            "--allow-address", "127.0.0.1", "--allow-address", "::1", cwd=folder,
        )  # fmt: skip
    return json.loads(done.stdout)


def test_while_its_rules_do_not_come(wirecopy: Any, tmp_path: Path) -> None:
    others, late = Others(), []

    def slow(handler: BaseHTTPRequestHandler) -> Answer:
        if handler.path == "/robots.txt":
            late.append(not others.done.wait(20))
        return Answer(status=404) if handler.path == "/robots.txt" else Answer(b"GIF89a", "image/gif")

    report = captured(wirecopy, tmp_path, slow, others)
    assert late == [False], "the others were not asked before the rules were there"
    assert report["failed"] == []


def test_while_it_asks_for_patience_which_costs_it_no_picture(wirecopy: Any, tmp_path: Path) -> None:
    others = Others()

    def slow(handler: BaseHTTPRequestHandler) -> Answer:
        if handler.path == "/robots.txt":
            return Answer(status=404)
        if not others.done.is_set():
            return Answer(b"wait", status=503, headers={"Retry-After": "2"})
        return Answer(b"GIF89a", "image/gif")

    report = captured(wirecopy, tmp_path, slow, others)
    assert report["failed"] == []


def test_no_more_are_transferred_at_once_than_may_be(wirecopy: Any, tmp_path: Path) -> None:
    together, most, gate = set(), [0], threading.Lock()

    def slow(handler: BaseHTTPRequestHandler) -> Answer:
        with gate:
            together.add(handler)
            most[0] = max(most[0], len(together))
        threading.Event().wait(0.05)
        with gate:
            together.discard(handler)
        return Answer(status=404) if handler.path == "/robots.txt" else Answer(b"GIF89a", "image/gif")

    captured(wirecopy, tmp_path, slow, Others())
    assert most == [4]


def test_hosts_have_their_turn_one_after_the_other(tmp_path: Path) -> None:
    crawler = get_crawler(settings_dict={"ADDONS": {ArchivingAddon: 0}, "WIRECOPY_COLLECTION": str(tmp_path / "c")})
    crawler._apply_settings()
    active: set[Request] = set()
    downloader = SimpleNamespace(active=active, slots={}, get_slot_key=lambda request: urlsplit(request.url).hostname)
    crawler.engine = cast(Any, SimpleNamespace(downloader=downloader))
    queue = HostQueue(crawler, LifoMemoryQueue, key="")
    for number in range(90):
        queue.push(Request(f"http://paper{number % 30:02}.example/{number}"))
    asked = []
    while len(asked) < 60 and (request := queue.pop()):  # each answered at once
        asked.append(urlsplit(request.url).hostname)
    assert len(set(asked[:30])) == len(set(asked[30:])) == 30
