from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from tests.web.listening import listening


def long(_: Request) -> StreamingResponse:
    def pieces() -> Iterator[bytes]:
        for _ in range(1000):
            yield bytes(65536)

    return StreamingResponse(pieces())


def test_it_ends_though_somebody_takes_no_more_of_an_answer() -> None:
    app = Starlette(routes=[Route("/", long)])
    with closing(socket.create_server(("127.0.0.1", 0))) as listener, socket.socket() as asking:
        with listening(app, [listener]):
            asking.connect(listener.getsockname())
            asking.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert asking.recv(12) == b"HTTP/1.1 200"
        assert listener.fileno() == -1
