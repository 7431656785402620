"""A server that writes down what passed over each socket, and crawls of it in processes of their own."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator

CRAWL = Path(__file__).with_name("crawl.py")
ROOT = CRAWL.parents[2]


class CloseError(Exception):
    """Ends a connection in an orderly way."""


class ResetError(Exception):
    """Ends a connection with an RST."""


@dataclass
class Passed:
    """One request a server read, and what it wrote in answer."""

    path: str
    request: bytes
    connection: int
    response: bytearray = field(default_factory=bytearray)
    rest: bytearray = field(default_factory=bytearray)
    """Bytes sent after the end of the response."""


class Conversation:
    """What an answer may do to its connection."""

    def __init__(self, sock: socket.socket, passed: Passed, number: int) -> None:
        self.socket = sock
        self.passed = passed
        self.number = number
        """How many requests this connection has carried, from 1."""

    def send(self, *pieces: bytes) -> None:
        """Send each piece in a segment of its own."""
        for piece in pieces:
            self.passed.response += piece
            self.socket.sendall(piece)
            if len(pieces) > 1:
                time.sleep(0.002)

    def send_beyond(self, data: bytes) -> None:
        """Send bytes that belong to no response, in one segment with what came before."""
        self.passed.rest += data
        self.socket.sendall(data)


Answer = Callable[[Conversation], None]


class RawServer:
    """Sockets, no HTTP library: answers by path, byte for byte what the test wrote."""

    def __init__(self, answers: dict[str, Answer], context: ssl.SSLContext | None = None) -> None:
        self.answers = answers
        self.context = context
        self.passed: list[Passed] = []
        self.connects: list[bytes] = []
        self.tunnel: ssl.SSLContext | None = None
        self._connections = 0
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{'https' if self.context else 'http'}://{host}:{self.port}{path}"

    def of(self, path: str) -> list[Passed]:
        return [passed for passed in self.passed if passed.path == path]

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for sock in list(self._open):
            sock.close()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._connections += 1
            threading.Thread(target=self._serve, args=(sock, self._connections), daemon=True).start()

    def _serve(self, sock: socket.socket, connection: int) -> None:
        self._open.add(sock)
        try:
            if self.context is not None:
                sock = self._secure(sock, self.context)
            number = 0
            while request := _read_request(sock):
                number += 1
                method, target, _ = request.split(b" ", 2)
                if method == b"CONNECT":
                    self.connects.append(request)
                    if self.tunnel is None:
                        sock.sendall(b"HTTP/1.1 403 Not for you\r\n\r\n")
                        break
                    sock.sendall(b"HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n")
                    sock = self._secure(sock, self.tunnel)
                    continue
                path = target.decode()
                if "://" in path:
                    path = "/" + path.split("://", 1)[1].partition("/")[2]
                passed = Passed(path, request, connection)
                with self._lock:
                    self.passed.append(passed)
                answer = self.answers.get(path) or self.answers.get(path.rstrip("0123456789"))
                (answer or _missing)(Conversation(sock, passed, number))
        except ResetError:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except (CloseError, OSError):
            pass
        finally:
            self._open.discard(sock)
            if isinstance(sock, ssl.SSLSocket):
                with contextlib.suppress(OSError, ValueError):
                    sock.unwrap()
            sock.close()

    def _secure(self, sock: socket.socket, context: ssl.SSLContext) -> ssl.SSLSocket:
        self._open.discard(sock)
        secured = context.wrap_socket(sock, server_side=True)
        self._open.add(secured)
        return secured


def _read_request(sock: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        if not (piece := sock.recv(65536)):
            return b""
        data += piece
        if data.startswith(b"\x16\x03"):
            sock.sendall(b"HTTP/1.1 400 No TLS here\r\n\r\n")
            return b""
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += sock.recv(65536)
    return head + b"\r\n\r\n" + body


def _missing(talk: Conversation) -> None:
    talk.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone")


@dataclass
class Kept:
    """One exchange as the sink of a crawl received it."""

    facts: dict[str, Any]
    request: bytes
    response: bytes | None

    def __getattr__(self, name: str) -> Any:
        return self.facts[name]


@dataclass
class Crawled:
    """What a crawl answered, what it kept, and what it logged."""

    answers: dict[str, dict[str, Any]]
    kept: list[Kept]
    failures: list[dict[str, Any]]
    reason: str | None
    peak_kb: int
    log: str
    collection: Path

    def blocks(self, kind: str) -> Iterator[Block]:
        """The blocks of the archive's records of a kind, digested as they are read."""
        for path in sorted(self.collection.glob("archive/*.warc.gz")):
            with path.open("rb") as stream:
                for record in ArchiveIterator(stream, parse_http=False):
                    if record.headers["WARC-Type"] == kind:
                        yield _block(record)

    def of(self, url: str) -> list[Kept]:
        return [kept for kept in self.kept if kept.facts["url"] == url]


@dataclass
class Block:
    """The block of a WARC record, its beginning only where it is long."""

    url: str
    length: int
    start: bytes
    digest_is_right: bool
    fields: dict[str, str]


def _block(record: Any) -> Block:
    digest, length, start = hashlib.sha256(), 0, b""
    while piece := record.reader.read(1 << 16):
        digest.update(piece)
        length += len(piece)
        if len(start) < 1 << 20:
            start += piece
    fields = dict(record.headers)
    right = fields["WARC-Block-Digest"] == f"sha256:{digest.hexdigest()}"
    return Block(fields["WARC-Target-URI"], length, start, right, fields)


Asked = str | dict[str, Any]


@pytest.fixture(scope="session")
def crawl(forks: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Crawled]:
    """``crawl(lanes, **settings)``: requests of a lane one after another, lanes side by side.

    With ``held`` no exchange is said to be safe before a file is there, or so many seconds are over.
    ``alone`` starts Python for it, so that its memory holds nothing that other programs of the tests share.
    """

    def run(
        lanes: Sequence[Sequence[Asked]],
        *,
        full: bool = False,
        alone: bool = False,
        collection: Path | None = None,
        file_limit: int | None = None,
        variables: dict[str, str] | None = None,
        constants: dict[str, float] | None = None,
        names: dict[str, list[str]] | None = None,
        held: tuple[Path, float] | None = None,
        **settings: Any,
    ) -> Crawled:
        sink = tmp_path_factory.mktemp("sink")
        if full:
            sink.joinpath("full").touch()
        told = {
            "settings": {
                "WIRECOPY_ALLOW_ADDRESSES": ["127.0.0.0/8"],
                "ROBOTSTXT_OBEY": False,
                "RETRY_ENABLED": False,
                "REDIRECT_ENABLED": False,
                "WIRECOPY_BREAKER_FAILURES": 0,
                **settings,
            },
            "lanes": [[{"url": asked} if isinstance(asked, str) else asked for asked in lane] for lane in lanes],
            "sink": None if collection else str(sink),
            "constants": constants or {},
            "names": names or {},
            "held": held and [str(held[0]), held[1]],
        }
        if collection:
            told["settings"]["WIRECOPY_COLLECTION"] = str(collection)
        environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        environment |= variables or {}
        words = json.dumps(told).encode()
        done: Any
        if alone:
            environment["PYTHONPATH"] = str(ROOT)
            done = subprocess.run(
                [sys.executable, CRAWL], input=words, env=environment, capture_output=True, timeout=120
            )
            done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
        else:
            done = forks.run(CRAWL, stdin=words, environment=environment, file_limit=file_limit)
        log = done.stderr
        assert done.returncode == 0, log
        said = json.loads(done.stdout)
        assert not said["failed"], (said["failed"], log)
        kept = [_kept(path) for path in sorted(sink.glob("*.json"))]
        ledger = sink / "failures.jsonl"
        failures = [json.loads(line) for line in ledger.read_text().splitlines()] if ledger.exists() else []
        return Crawled(
            said["answers"], kept, failures, said["reason"], said["peak_kb"], log, collection or sink / "collection"
        )

    return run


def _kept(facts: Path) -> Kept:
    response = facts.with_suffix(".response")
    return Kept(
        json.loads(facts.read_text()),
        facts.with_suffix(".request").read_bytes(),
        response.read_bytes() if response.exists() else None,
    )


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., RawServer]]:
    """``serve(answers, context=None)``: a server for as long as the tests run."""
    servers: list[RawServer] = []

    def start(answers: dict[str, Answer], context: ssl.SSLContext | None = None) -> RawServer:
        servers.append(RawServer(answers, context))
        return servers[-1]

    yield start
    for server in servers:
        server.close()
