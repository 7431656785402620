"""A server on loopback between a client and an S3-compatible store: it counts what passes, and fails on demand."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote


@dataclass(frozen=True)
class Passed:
    """A request that came by."""

    method: str
    target: str
    sent: int
    """Bytes of its body."""
    received: int
    """Bytes of the body of its answer."""
    status: int

    @property
    def is_part(self) -> bool:
        """Whether it sends a part of a file."""
        return self.method == "PUT" and "partNumber=" in self.target

    def is_of(self, name: str) -> bool:
        """Whether it is about the object of that name."""
        return unquote(self.target.partition("?")[0]).endswith(name)


Fault = Callable[[str, str], str | None]
"""Asked for each request, method and target; ``cut``, ``cut-answer``, ``hang``, ``slow-down``, ``corrupt``, ``gone``,
``denied`` or None."""

_ERROR = '<?xml version="1.0"?><Error><Code>{}</Code><Message>{}</Message></Error>'


class Gate:
    """The server; ``store`` is the port of the store behind it."""

    def __init__(self, store: int) -> None:
        self.passed: list[Passed] = []
        self.fault: Fault = lambda method, target: None
        self.hanging = threading.Event()
        """Set once a request hangs."""
        self.open = threading.Event()
        """Lets those that hang go."""
        handler = type("Handler", (_Handler,), {"gate": self, "store": store})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @contextmanager
    def running(self) -> Iterator[Gate]:
        self._thread.start()
        try:
            yield self
        finally:
            self.open.set()
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def once(self, what: str, *, method: str = "PUT", holding: str = "", times: int = 1) -> None:
        """Fail so many requests of ``method`` whose target holds ``holding``, and none after."""
        left = [times]

        def fault(found: str, target: str) -> str | None:
            if found == method and holding in target and left[0]:
                left[0] -= 1
                return what
            return None

        self.fault = fault

    def always(self, what: str) -> None:
        """Fail every request."""
        self.fault = lambda method, target: what

    def soundly(self) -> None:
        """Fail no more, and begin to count anew."""
        self.fault = lambda method, target: None
        self.passed.clear()
        self.hanging.clear()
        self.open.clear()

    def count(self, method: str, holding: str = "") -> int:
        """How many requests came by."""
        return sum(each.method == method and holding in each.target for each in self.passed)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    gate: Gate
    store: int

    def _pass(self) -> None:
        fault = self.gate.fault(self.command, self.path)
        if fault == "cut":
            self.rfile.read(min(1000, int(self.headers.get("Content-Length") or 0)))
            self._break_off()
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if fault == "hang":
            self._hang()
            return
        if fault == "slow-down":
            self._answer(503, _ERROR.format("SlowDown", "Please reduce your request rate.").encode(), len(body))
            return
        if fault == "denied":
            self._answer(403, _ERROR.format("InvalidAccessKeyId", "No such key.").encode(), len(body))
            return
        if fault == "empty-listing":
            self._answer(200, b'<?xml version="1.0"?><ListBucketResult></ListBucketResult>', len(body))
            return
        if fault == "not-implemented":
            self._answer(501, _ERROR.format("NotImplemented", "Not by this store.").encode(), len(body))
            return
        if fault == "gone":
            self._answer(404, _ERROR.format("NoSuchKey", "No such key.").encode(), len(body))
            return
        sent = bytes([body[0] ^ 1]) + body[1:] if fault == "corrupt" and body else body
        connection = http.client.HTTPConnection("127.0.0.1", self.store, timeout=240)
        try:
            connection.request(self.command, self.path, sent, dict(self.headers.items()))
            answer = connection.getresponse()
            data = answer.read()
        finally:
            connection.close()
        if fault == "hang-answer":
            self._hang()
            return
        if fault == "corrupt-answer" and data:
            data = bytes([data[0] ^ 1]) + data[1:]
        self._answer(answer.status, data, len(body), answer.getheaders(), cut=fault == "cut-answer")

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = _pass  # noqa: N815

    def _answer(self, status: int, data: bytes, sent: int, fields: Any = (), *, cut: bool = False) -> None:
        self.gate.passed.append(Passed(self.command, self.path, sent, len(data), status))
        self.send_response_only(status)
        skipped = {"content-length", "transfer-encoding", "connection"}
        length = str(len(data))
        for name, value in fields:
            if name.lower() == "content-length" and self.command == "HEAD":
                length = value
            if name.lower() not in skipped:
                self.send_header(name, value)
        self.send_header("Content-Length", length)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data[: len(data) // 2] if cut else data)
        if cut:
            self._break_off()

    def _hang(self) -> None:
        self.gate.hanging.set()
        self.gate.open.wait(240)
        self._break_off()

    def _break_off(self) -> None:
        self.close_connection = True

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, BrokenPipeError):
            return  # the client was killed

    def log_message(self, *_: Any) -> None:
        pass
