"""Ctrl-C in mid-crawl: what is under way is finished and kept, nothing new begins, and the user is told the rest."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection
from crawler.cli import exit_codes

PAGES = 200
MOST = 90.0
"""Seconds that an end may take: no server here answers, nor wants to be asked again, as early as that."""


class Slow(BaseHTTPRequestHandler):
    asked: list[str]
    told: threading.Event
    """Set once the capture has been told to end; until then only some are answered, however late it is told."""

    def do_GET(self) -> None:
        if self.path != "/robots.txt":
            self.asked.append(self.path)
            if len(self.asked) > PAGES / 5:
                self.told.wait(MOST)
            time.sleep(0.4)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>A page</title><p>Some words.</p>")

    def log_message(self, *_: Any) -> None:
        pass


class Mute(Slow):
    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/robots.txt":
            self.send_response(404)
            self.end_headers()
        else:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart")
            self.wfile.flush()
            threading.Event().wait(2 * MOST)


class Busy(Slow):
    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404 if self.path == "/robots.txt" else 503)
        self.send_header("Retry-After", "100")
        self.send_header("Content-Length", "0")
        self.end_headers()


@dataclass(frozen=True)
class Interrupted:
    done: subprocess.CompletedProcess[str]
    urls: list[str]
    asked: list[str]
    """The paths that the server was asked for."""


@pytest.fixture
def interrupted(tmp_path: Path, forks: Any) -> Callable[..., Interrupted]:
    """Captures ``paths`` of a server of this kind into ``c``, and is told to end ``after`` seconds from ``when``.

    Fails where it does not end within ``MOST`` seconds.
    """

    def interrupt(
        kind: type[Slow],
        paths: Iterable[object],
        when: Callable[[list[str]], bool],
        by: signal.Signals,
        after: float = 0.0,
    ) -> Interrupted:
        asked: list[str] = []
        told = threading.Event()
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (kind,), {"asked": asked, "told": told}))
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            urls = [f"http://127.0.0.1:{server.server_port}/{path}" for path in paths]
            options = ["--allow-address", "127.0.0.0/8", "--delay", "0", "--contact", "tests@wirecopy.example"]
            words = ["capture", *urls, "-c", str(tmp_path / "c"), *options]
            process = forks.start("crawler.cli:main", words)
            process.until(lambda: when(asked))
            time.sleep(after)
            os.kill(process.pid, by)
            told.set()
            return Interrupted(process.finish(MOST), urls, asked)
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    return interrupt


@pytest.mark.slow
def test_servers_that_never_end_are_not_waited_for(interrupted: Any, tmp_path: Path) -> None:
    capture = interrupted(Mute, ["mute"], lambda asked: "/mute" in asked, signal.SIGTERM)
    assert capture.done.returncode == exit_codes.INTERRUPTED, capture.done.stderr
    with Collection(tmp_path / "c") as collection:
        (kept,) = [kept for kept in collection.captures() if kept.url == capture.urls[0]]
        assert (kept.truncated, kept.body()) == ("unspecified", b"part")


def test_a_host_that_asked_for_patience_is_not_waited_for(interrupted: Any) -> None:
    capture = interrupted(Busy, range(PAGES), lambda asked: len(asked) >= 2, signal.SIGTERM, after=0.5)
    assert capture.done.returncode == exit_codes.INTERRUPTED, capture.done.stderr
    assert len(capture.asked) < PAGES / 2


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_what_was_asked_for_is_kept_and_the_rest_is_counted(
    interrupted: Any, tmp_path: Path, by: signal.Signals
) -> None:
    capture = interrupted(Slow, range(PAGES), lambda asked: len(asked) >= 5, by)
    assert capture.done.returncode == exit_codes.INTERRUPTED, capture.done.stderr
    assert len(capture.asked) < PAGES / 2
    with Collection(tmp_path / "c") as collection:
        kept = {kept.url for kept in collection.captures()}
    assert {capture.urls[int(path[1:])] for path in capture.asked} <= kept
    assert f"before {PAGES - len(capture.asked)} pages you named could be asked for" in capture.done.stdout
