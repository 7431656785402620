from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from crawler.replay import Answer, Asked, Authority, ProxyServer, respond


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority.create("tests")


@pytest.fixture
def trusting(authority: Authority) -> ssl.SSLContext:
    """A client's side of TLS that trusts our authority and nobody else, as strictly as OpenSSL can."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.load_verify_locations(cadata=authority.pem.decode())
    return context


def echo(asked: Asked) -> Answer:
    lines = [f"{asked.method} {asked.url}", asked.body.decode("latin-1")]
    return respond(asked, 200, [("Content-Type", "text/plain")], "\n".join(lines).encode())


@pytest.fixture
def serve(authority: Authority) -> Iterator[Callable[..., ProxyServer]]:
    servers: list[ProxyServer] = []

    def start(answer: Callable[[Asked], Answer] = echo, **settings: float) -> ProxyServer:
        servers.append(ProxyServer(answer, authority=authority, **settings))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def tunnel(trusting: ssl.SSLContext) -> Callable[..., object]:
    @contextmanager
    def enter(server: ProxyServer, host: str = "news.example", port: int = 443) -> Iterator[ssl.SSLSocket]:
        with socket.create_connection((server.host, server.port), timeout=120) as plain:
            plain.sendall(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += plain.recv(1)
            assert head.startswith(b"HTTP/1.1 200 ")
            with trusting.wrap_socket(plain, server_hostname=host) as secured:
                yield secured

    return enter
