"""A host that keeps its requests waiting keeps no other host waiting."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

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
