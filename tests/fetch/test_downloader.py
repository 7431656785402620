"""A host that keeps its requests waiting keeps no other host waiting."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlsplit

from scrapy.http import Request
from scrapy.squeues import LifoMemoryQueue, PickleLifoDiskQueue
from scrapy.utils.test import get_crawler

from crawler.fetch.addon import ArchivingAddon
from crawler.fetch.downloader import HostQueue
from tests.site import Answer, serving

PICTURES = 12


def gallery(slow: list[str], quick: int) -> bytes:
    """A page with pictures of slow hosts, more than may be under way in all, and some of a quick one."""
    quick_ones = [f"localhost:{quick}/{number}.gif" for number in range(PICTURES)]
    pictures = "".join(f'<img src="http://{place}">' for place in slow + quick_ones)
    return f"<html><body>{pictures}</body></html>".encode()


class Others:
    """The host with the page and the quick pictures; knows when all of those were asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.begun, self.done = threading.Event(), threading.Event()
        self.slow: list[str] = []

    def __call__(self, handler: Any) -> Answer:
        if handler.path == "/robots.txt":
            return Answer(status=404)
        if handler.path == "/page":
            self.begun.set()
            return Answer(gallery(self.slow, handler.server.server_port))
        self.asked.add(handler.path)
        if len(self.asked) == PICTURES:
            self.done.set()
        return Answer(b"GIF89a", "image/gif")


def captured(wirecopy: Any, folder: Path, slow: Callable[[BaseHTTPRequestHandler], Answer], others: Others) -> Any:
    with serving(slow) as port:
        others.slow = [f"127.0.0.1:{port}/{number}.gif" for number in range(40)]
        return shown(wirecopy, folder, others)


def shown(wirecopy: Any, folder: Path, others: Others, *words: str) -> Any:
    with serving(others) as port:
        done = wirecopy(
            "capture", f"http://localhost:{port}/page", "-c", "c", "--delay", "0", "--json", *words,
            "--allow-address", "127.0.0.0/8", "--allow-address", "::1", cwd=folder,
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


def test_while_more_hosts_than_may_be_asked_at_once_do_not_say_a_word(wirecopy: Any, tmp_path: Path) -> None:
    others, late = Others(), []
    with ExitStack() as silent:
        port = 0
        for number in range(1, 41):
            listening = silent.enter_context(socket.create_server((f"127.0.1.{number}", port)))
            port = listening.getsockname()[1]
            others.slow.append(f"127.0.1.{number}:{port}/a.gif")  # nobody accepts, so nobody answers

        def wait() -> None:
            others.begun.wait(60)  # a program of the tests may have to wait for the first of them
            late.append(not others.done.wait(20))
            silent.close()

        waiting = threading.Thread(target=wait)
        waiting.start()
        report = shown(wirecopy, tmp_path, others, "--retries", "0")
        waiting.join()
    assert late == [False], "the others were not asked before the silent hosts had had their time"
    assert len(report["failed"]) == 40


def test_while_it_asks_for_patience_which_costs_it_no_picture(wirecopy: Any, tmp_path: Path) -> None:
    others, put_off, late = Others(), set(), []

    def slow(handler: BaseHTTPRequestHandler) -> Answer:
        if handler.path == "/robots.txt":
            return Answer(status=404)
        if len(put_off) < 3:  # a host that says no more than this is left alone for a while
            put_off.add(handler.path)
            return Answer(b"wait", status=503, headers={"Retry-After": "2"})
        late.append(not others.done.wait(20))
        return Answer(b"GIF89a", "image/gif")

    report = captured(wirecopy, tmp_path, slow, others)
    assert (len(late), set(late)) == (40, {False}), "the others were not asked while it was waited for"
    assert report["failed"] == []


def test_no_more_are_transferred_at_once_than_may_be(wirecopy: Any, tmp_path: Path) -> None:
    together, most, gate, full = set(), [0], threading.Lock(), threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> Answer:
        if handler.path == "/robots.txt":
            return Answer(status=404)
        with gate:
            together.add(handler)
            most[0] = max(most[0], len(together))
            if len(together) == 4:
                full.set()
        full.wait(60)
        threading.Event().wait(0.05)  # for a fifth, that must not come
        with gate:
            together.discard(handler)
        return Answer(b"GIF89a", "image/gif")

    captured(wirecopy, tmp_path, slow, Others())
    assert most == [4]


def idle_crawler(folder: Path) -> Any:
    """A crawler in which nothing is under way."""
    crawler = get_crawler(settings_dict={"ADDONS": {ArchivingAddon: 0}, "WIRECOPY_COLLECTION": str(folder / "c")})
    crawler._apply_settings()
    active: set[Request] = set()
    downloader = SimpleNamespace(active=active, slots={}, get_slot_key=lambda request: urlsplit(request.url).hostname)
    crawler.engine = cast(Any, SimpleNamespace(downloader=downloader))
    return crawler


def test_hosts_have_their_turn_one_after_the_other(tmp_path: Path) -> None:
    queue = HostQueue(idle_crawler(tmp_path), LifoMemoryQueue, "")
    for number in range(90):
        queue.push(Request(f"http://paper{number % 30:02}.example/{number}"))
    asked = []
    while len(asked) < 60 and (request := queue.pop()):  # each answered at once
        asked.append(urlsplit(request.url).hostname)
    assert len(set(asked[:30])) == len(set(asked[30:])) == 30


def test_a_job_goes_on_whose_state_names_hosts_of_which_nothing_is_left(tmp_path: Path) -> None:
    crawler, job = idle_crawler(tmp_path), tmp_path / "job"
    queue = HostQueue(crawler, PickleLifoDiskQueue, str(job))
    for number in range(6):
        queue.push(Request(f"http://paper{number}.example/"))
    state = queue.close()  # and then a job that went on was killed: it had taken some, and the state says nothing of it
    for number in range(5):
        (folder,) = job.glob(f"paper{number}.example-*")
        shutil.rmtree(folder)
    queue = HostQueue(crawler, PickleLifoDiskQueue, str(job), state)
    assert (queue.pop() or Request("data:,")).url == "http://paper5.example/"
    assert queue.pop() is None
    assert list(job.iterdir()) == [], "the folders of hosts that are done are gone"
