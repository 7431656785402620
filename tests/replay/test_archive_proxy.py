"""``wirecopy proxy``: a client that trusts the authority sees the archived web, and nothing else."""

from __future__ import annotations

import os
import shutil
import signal
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive, Collection, Recorder, open_archive
from crawler.demo import ORIGINAL, SEED, answer
from crawler.model import Exchange, Outcome, Purpose, Role
from crawler.replay import Asked
from crawler.replay.archive_proxy import ArchiveProxy
from crawler.replay.holdings import Holdings
from tests.forkserver import ForkServer


@pytest.fixture(scope="module")
def web(demo: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[urllib.request.OpenerDirector]:
    """Opens URLs through the proxy as it is started at the command line."""
    ca_file = tmp_path_factory.mktemp("ca") / "ca.pem"
    command = [sys.executable, "-c", "import sys, crawler.cli; sys.exit(crawler.cli.main())", "proxy"]
    process = subprocess.Popen(
        [*command, str(demo.collection), "--port", "0", "--ca-file", str(ca_file)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    process.stdout.readline()
    proxy = line.split()[0]
    trusting = ssl.create_default_context(cafile=str(ca_file))
    yield urllib.request.build_opener(
        urllib.request.ProxyHandler({"http": proxy, "https": proxy}), urllib.request.HTTPSHandler(context=trusting)
    )
    process.send_signal(signal.SIGINT)
    assert process.wait(120) == 0
    process.stdout.close()


def test_a_page_comes_as_it_was_archived(web: urllib.request.OpenerDirector) -> None:
    with web.open(ORIGINAL, timeout=120) as page:
        assert page.read() == answer("GET", ORIGINAL).body
        assert page.headers["Memento-Datetime"]
        assert page.headers["X-Archive-Record"].startswith("urn:uuid:")
        assert "Set-Cookie" not in page.headers
    with web.open(SEED, timeout=120) as page:
        assert b"Skerry" in page.read()


def test_the_head_of_a_page_tells_the_length_of_its_body(web: urllib.request.OpenerDirector) -> None:
    with web.open(urllib.request.Request(ORIGINAL, method="HEAD"), timeout=120) as head:
        assert int(head.headers["Content-Length"]) == len(answer("GET", ORIGINAL).body)


def test_what_is_not_archived_is_a_404_that_says_so(web: urllib.request.OpenerDirector) -> None:
    for url in ("https://nowhere.example/<script>", "http://127.0.0.1:1/", f"{ORIGINAL}/other"):
        with pytest.raises(urllib.error.HTTPError) as missed:
            web.open(url, timeout=120)
        with missed.value as answer_:
            text = answer_.read()
        assert missed.value.code == 404
        assert b"Not in the archive" in text
        assert b"<script>" not in text


def test_signals_that_come_together_end_it_as_one_does(demo: Any, forks: ForkServer, tmp_path: Path) -> None:
    ca_file = tmp_path / "ca.pem"
    words = ["proxy", str(demo.collection), "--port", "0", "--ca-file", str(ca_file)]
    process = forks.start("crawler.cli:main", words)
    process.until(lambda: _waits_for(process.pid, signal.SIGTERM))
    with suppress(ProcessLookupError):  # it has ended
        for number in range(5000):
            os.kill(process.pid, (signal.SIGINT, signal.SIGTERM)[number % 2])
    done = process.finish()
    assert done.returncode == 0, done.stderr


def _waits_for(process: int, number: signal.Signals) -> bool:
    """Whether a process sleeps that has a handler of its own for a signal (proc_pid_status(5))."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
    return "sleeping" in lines["State"] and bool(int(lines["SigCgt"], 16) >> (number - 1) & 1)


def test_nothing_is_sent_anywhere(web: urllib.request.OpenerDirector) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        web.open(urllib.request.Request(SEED, data=b"a=b"), timeout=120)
    with refused.value:
        assert refused.value.code == 405


def test_a_client_that_has_no_page_gets_the_one_that_a_304_confirmed(tmp_path: Path) -> None:
    url, page = "http://www.harbor.example/pier", b"<title>the pier</title>"
    answers = (
        (b"", b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "1"\r\n\r\n' + page, Outcome.OK),
        (b'If-None-Match: "1"\r\n', b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n', Outcome.NOT_MODIFIED),
    )
    with Recorder(tmp_path / "c", software="test") as recorder:
        for day, (field, answer_, outcome) in enumerate(answers, 1):
            request = b"GET /pier HTTP/1.1\r\nHost: www.harbor.example\r\n" + field + b"\r\n"
            at = datetime(2024, 3, day, tzinfo=UTC)
            purpose = Purpose(Role.SEED, story=url)
            recorder.record(Exchange(url, at, BytesIO(request), BytesIO(answer_), purpose, outcome)).result(120)
    with Holdings(tmp_path / "c") as holdings:
        given = b"".join(ArchiveProxy(holdings)(Asked("GET", url)).chunks)
    assert given.startswith(b"HTTP/1.1 200 ")
    assert given.endswith(page)
    assert b"Memento-Datetime: Sat, 02 Mar 2024" in given


def test_what_a_crawl_adds_is_seen(demo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.replay.holdings.CHECK_EVERY", -1.0)
    with Holdings(tmp_path) as held:
        proxy = ArchiveProxy(held)
        assert b"".join(proxy(Asked("GET", ORIGINAL)).chunks).startswith(b"HTTP/1.1 404 ")
        shutil.copytree(demo.collection, tmp_path / "new")
        assert b"".join(proxy(Asked("GET", ORIGINAL)).chunks).startswith(b"HTTP/1.1 200 ")
        tmp_path.rename(tmp_path.with_name("away"))
        assert b"".join(proxy(Asked("GET", ORIGINAL)).chunks).startswith(b"HTTP/1.1 502 ")


def test_what_is_read_again_is_held_meanwhile(demo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = shutil.copytree(demo.collection, tmp_path / "c")
    asked = []

    def opening(path: Path) -> Archive:
        asked.append(held.has(ORIGINAL))
        return open_archive(path)

    with Holdings(tmp_path) as held:
        monkeypatch.setattr("crawler.replay.holdings.open_archive", opening)
        os.utime(root / "indexes" / "index.cdxj", (0, 0))
        held.refresh()
        assert held.has(ORIGINAL)
    assert asked == [True]


def test_what_is_replaced_stays_open_for_the_threads_that_are_at_it(
    demo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To close a database under a thread that reads it ends the process."""
    root = shutil.copytree(demo.collection, tmp_path / "c")
    closed, close = [], Collection.close

    def closing(archive: Collection) -> None:
        closed.append(archive)
        close(archive)

    monkeypatch.setattr(Collection, "close", closing)
    with Holdings(tmp_path) as held:
        first = held.archive("c")
        os.utime(root / "indexes" / "index.cdxj", (0, 0))
        held.refresh()
        second = held.archive("c")
        shutil.rmtree(root)
        held.refresh()
        assert (closed, second is not first, held.archive("c")) == ([], True, None)
        monkeypatch.setattr("crawler.replay.holdings._STILL_ASKED", -1.0)
        held.refresh()
        assert closed == [first, second]
    assert closed == [first, second]


@pytest.mark.parametrize(("method", "fields"), [("GET", ()), ("HEAD", ()), ("GET", (("Range", "bytes=5-"),))])
def test_a_record_that_is_damaged_is_told_of(demo: Any, tmp_path: Path, method: str, fields: Any) -> None:
    root = shutil.copytree(demo.collection, tmp_path / "c")
    with Holdings(root) as holdings:
        held = holdings.find(ORIGINAL)
        assert held is not None
        record = held.capture.record
        with next(root.rglob(record.warc)).open("r+b") as file:
            file.seek(record.offset + record.length // 2)
            file.write(bytes(record.length // 4))
        given = b"".join(ArchiveProxy(holdings)(Asked(method, ORIGINAL, fields)).chunks)
    assert given.startswith(b"HTTP/1.1 502 ")
    assert (b"cannot be read" in given) is (method == "GET")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("/nowhere",), "no such folder or archive"),
        ((".", "--at", "yesterday"), "is no time"),
        ((".", "--port", "99999"), "from 0 (any free one) to 65535"),
        ((".", "--host", "192.0.2.1", "--port", "0"), "cannot listen"),
        ((".", "--authority", __file__), "holds no certificate"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(wirecopy: Any, tmp_path: Path, demo: Any, words: Any, said: str) -> None:
    words = tuple(str(demo.collection) if word == "." else word for word in words)
    done = wirecopy("proxy", *words, cwd=tmp_path)
    assert done.returncode in (2, 3)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
