"""Ctrl-C in mid-crawl: what is under way is finished and kept, nothing new begins, and the user is told the rest."""

from __future__ import annotations

import os
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection
from crawler.cli import exit_codes

PAGES = 40


class Slow(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        if self.path != "/robots.txt":
            self.asked.append(self.path)
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
            threading.Event().wait(20)


@pytest.mark.slow
def test_servers_that_never_end_are_not_waited_for(tmp_path: Path, forks: Any) -> None:
    handler = type("Handler", (Mute,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/mute"
    words = ["capture", url, "-c", str(tmp_path / "c"),
               "--allow-address", "127.0.0.0/8", "--delay", "0", "--contact", "tests@wirecopy.example"]  # fmt: skip
    process = forks.start("crawler.cli:main", words)
    process.until(lambda: "/mute" in handler.asked)
    os.kill(process.pid, signal.SIGTERM)
    told = time.monotonic()
    done = process.finish(60)
    took = time.monotonic() - told
    server.shutdown()
    server.server_close()
    assert done.returncode == exit_codes.INTERRUPTED, done.stderr
    assert took < 20
    with Collection(tmp_path / "c") as collection:
        (capture,) = [capture for capture in collection.captures() if capture.url == url]
        assert (capture.truncated, capture.body()) == ("unspecified", b"part")


class Busy(Slow):
    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404 if self.path == "/robots.txt" else 503)
        self.send_header("Retry-After", "100")
        self.send_header("Content-Length", "0")
        self.end_headers()


def test_a_host_that_asked_for_patience_is_not_waited_for(tmp_path: Path, forks: Any) -> None:
    handler = type("Handler", (Busy,), {"asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        urls = [f"http://127.0.0.1:{server.server_port}/{number}" for number in range(PAGES)]
        words = ["capture", *urls, "-c", str(tmp_path / "c"),
                   "--allow-address", "127.0.0.0/8", "--delay", "0", "--contact", "tests@wirecopy.example"]  # fmt: skip
        process = forks.start("crawler.cli:main", words)
        process.until(lambda: len(handler.asked) >= 2)
        time.sleep(0.5)
        os.kill(process.pid, signal.SIGTERM)
        told = time.monotonic()
        done = process.finish(90)
        took = time.monotonic() - told
        server.shutdown()
        thread.join()
    assert done.returncode == exit_codes.INTERRUPTED, done.stderr
    assert took < 30
    assert len(handler.asked) < PAGES / 2


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_what_was_asked_for_is_kept_and_the_rest_is_counted(tmp_path: Path, kind: signal.Signals, forks: Any) -> None:
    handler = type("Handler", (Slow,), {"asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        urls = [f"http://127.0.0.1:{server.server_port}/{number}" for number in range(PAGES)]
        words = ["capture", *urls, "-c", str(tmp_path / "c"),
                   "--allow-address", "127.0.0.0/8", "--delay", "0", "--contact", "tests@wirecopy.example"]  # fmt: skip
        process = forks.start("crawler.cli:main", words)
        process.until(lambda: len(handler.asked) >= 5)
        os.kill(process.pid, kind)
        told = time.monotonic()
        done = process.finish(60)
        took = time.monotonic() - told
        server.shutdown()
        thread.join()
    assert done.returncode == exit_codes.INTERRUPTED, done.stderr
    assert took < 20
    assert len(handler.asked) < PAGES / 2
    with Collection(tmp_path / "c") as collection:
        kept = {capture.url for capture in collection.captures()}
    assert {urls[int(path[1:])] for path in handler.asked} <= kept
    assert f"before {PAGES - len(handler.asked)} pages you named could be asked for" in done.stdout
