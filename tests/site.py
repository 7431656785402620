"""A server on loopback for one test: what it answers is a function of the request, and it ends with the test."""

from __future__ import annotations

import os
import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """A response; its length is told where there may be a body."""

    body: bytes = b""
    kind: str = "text/html"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], Answer]) -> Iterator[int]:
    """Serve on 127.0.0.1, kept alive and in a thread for each connection; gives the port.

    ``answer`` sees the handler: its ``path`` and ``headers``.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            given = answer(self)
            self.send_response(given.status)
            self.send_header("Content-Type", given.kind)
            for name, value in given.headers.items():
                self.send_header(name, value)
            if given.status != 304:
                self.send_header("Content-Length", str(len(given.body)))
            self.end_headers()
            with suppress(ConnectionError):  # a body may be more than the client wants
                self.wfile.write(given.body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


SHARE = 1_500
"""Ports of each of the tests' processes, of which eight have some of their own."""


def free_ports() -> int:
    """The first of three ports that are free, and that neither the system nor other tests give to anybody meanwhile."""
    first = 20_000 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % 8 * SHARE
    while True:
        port = first + random.randrange(SHARE - 2)
        with ExitStack() as held, suppress(OSError):
            for number in range(3):
                held.enter_context(socket.create_server(("127.0.0.1", port + number)))
            return port
