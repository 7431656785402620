"""A real broker, and sites on loopback that know when they were asked."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.forkserver import PATIENCE, Forked, ForkServer
from tests.processes import children
from tests.site import Answer, free_ports, serving


@contextmanager
def redis_on(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Redis (or Valkey) server of our own on a free port: its address, and its process."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        pytest.skip("no redis-server here: apt-get install redis-server")
    command = [program, "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
    port, process = _listening(command, folder / "redis.log")
    with process:
        try:
            yield f"redis://127.0.0.1:{port}", process
        finally:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()


def _listening(command: list[str], log: Path) -> tuple[int, subprocess.Popen[bytes]]:
    for _ in range(10):  # another may take the port in between
        port = free_ports()
        with log.open("wb") as out:  # a pipe that nobody reads any more would hold it up when it is full
            process = subprocess.Popen([*command, "--port", str(port)], stdout=out)
        while process.poll() is None:
            if b"Ready to accept connections" in log.read_bytes():
                return port, process
            time.sleep(0.02)
    pytest.fail(f"{command[0]} does not start: {log.read_text(errors='replace')}")


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that all tests share."""
    with redis_on(tmp_path_factory.mktemp("redis")) as (address, _):
        yield address


@pytest.fixture
def broker(redis_server: str) -> Iterator[str]:
    """An empty database of it."""
    import redis

    address = f"{redis_server}/3"
    with redis.Redis.from_url(address) as client:
        client.flushdb()
        yield address
        client.flushdb()


class Sites:
    """As many sites as are asked for, behind one proxy; ``asked`` has the times of each path by host."""

    def __init__(self, port: int) -> None:
        self.proxy = f"http://127.0.0.1:{port}"
        self.asked: dict[str, list[tuple[float, str]]] = defaultdict(list)
        self.seconds = 0.0
        self.open = threading.Event()
        """While it is not set, nothing is answered."""
        self.open.set()

    def gaps(self) -> dict[str, float]:
        """The shortest time between two requests to each host, in seconds."""
        times = {host: sorted(at for at, _ in asked) for host, asked in self.asked.items()}
        return {
            host: min(late - early for early, late in itertools.pairwise(each))
            for host, each in times.items()
            if len(each) > 1
        }

    def total(self) -> int:
        return sum(map(len, self.asked.values()))


@pytest.fixture
def sites() -> Iterator[Sites]:
    def answer(asked: BaseHTTPRequestHandler) -> Answer:
        at = time.monotonic()
        parts = urlsplit(asked.path)
        sites.asked[parts.hostname or ""].append((at, parts.path))
        sites.open.wait(PATIENCE)
        time.sleep(sites.seconds)
        words = "".join(f"<p>Sentence {n} of {asked.path} tells of the ferry that came back.</p>" for n in range(9))
        body = f"<title>Ferry</title><article><h1>Ferry at {parts.hostname}</h1>{words}</article>".encode()
        return Answer(body, status=404 if parts.path == "/robots.txt" else 200)

    with serving(answer) as port:
        sites = Sites(port)
        yield sites


@pytest.fixture
def watchlist_file(tmp_path: Path, sites: Sites) -> Callable[..., Path]:
    """A watchlist of these URLs, reached through the sites' proxy."""

    def write(*urls: str, delay: float = 0.3) -> Path:
        file = tmp_path / "watch.toml"
        head = f'proxy = "{sites.proxy}"\narchives = "archives"\npoliteness = {{ delay = {delay} }}\n'
        file.write_text(head + "capture.panels = 0\n" + "".join(f'[[story]]\nurl = "{url}"\n' for url in urls))
        return file

    return write


Starting = Callable[..., Forked]


@pytest.fixture
def start(forks: ForkServer) -> Iterator[Starting]:
    """Start a command; what it started is killed with it at the end of the test."""
    started: list[Forked] = []

    def start(*words: str | Path) -> Forked:
        environment = {**os.environ, "WIRECOPY_CONTACT": "tests@wirecopy.example"}
        started.append(forks.start("crawler.cli:main", words, environment=environment))
        return started[-1]

    yield start
    for process in started:
        with suppress(ValueError):  # waited for already
            if not process.ended():
                kill(process.pid)
            process.finish()


def kill(pid: int) -> None:
    """Kill a process and all that it started, nobody being told."""
    for child in children(pid):
        kill(child)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
