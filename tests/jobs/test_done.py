"""When a capture counts as done: once whoever asked was told, or no longer cares to hear it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from crawler.cli import exit_codes

SCRIPT = """
import os, sys
from crawler.cli import main

if sys.argv[1] == "full":
    writing = os.open("/dev/full", os.O_WRONLY)
else:
    reading, writing = os.pipe()
    os.close(reading)
if sys.argv[1] != "well":
    os.dup2(writing, sys.stdout.fileno())
sys.exit(main(sys.argv[2:]))
"""


@pytest.fixture
def asked() -> Iterator[Any]:
    class Pages(BaseHTTPRequestHandler):
        paths: ClassVar[list[str]] = []
        url = ""

        def do_GET(self) -> None:
            self.paths.append(self.path)
            body = b"<title>A page</title><p>Some words.</p>"
            self.send_response(404 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        Pages.url = f"http://127.0.0.1:{server.server_port}/page"
        yield Pages
        server.shutdown()
        thread.join()


@pytest.fixture
def capture(asked: Any, tmp_path: Path, forks: Any) -> Any:
    (tmp_path / "script.py").write_text(SCRIPT)

    def run(out: str) -> Any:
        words = ["capture", asked.url, "-c", str(tmp_path / "c"), "--json"]
        words += ["--allow-address", "127.0.0.0/8", "--delay", "0", "--contact", "tests@wirecopy.example"]
        return forks.run(tmp_path / "script.py", [out, *words])

    return run


def test_one_whose_report_met_a_full_disk_is_gone_on_with_and_asks_nothing_again(asked: Any, capture: Any) -> None:
    done = capture("full")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        exit_codes.STORAGE, "wirecopy capture: No space left on device: free some space, or write elsewhere"
    )  # fmt: skip
    done = capture("well")
    assert done.returncode == exit_codes.OK
    assert json.loads(done.stdout)["kept"] == 1
    assert asked.paths.count("/page") == 1


@pytest.mark.parametrize("reader", ["well", "gone"])
def test_one_that_was_told_or_whose_reader_went_away_is_done(asked: Any, capture: Any, reader: str) -> None:
    assert capture(reader).returncode == exit_codes.OK
    assert json.loads(capture("well").stdout)["kept"] == 0
    assert asked.paths.count("/page") == 2
