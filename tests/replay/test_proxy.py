from __future__ import annotations

import os
import resource
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from crawler.replay import Answer, Asked, ProxyServer, respond

Serve = Callable[..., ProxyServer]


@pytest.fixture
def read(trusting: ssl.SSLContext) -> Callable[..., Any]:
    """Python's own client, through the proxy."""

    def open_url(server: ProxyServer, url: str, method: str = "GET", data: bytes | None = None) -> tuple[int, bytes]:
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({"http": server.url, "https": server.url}),
            urllib.request.HTTPSHandler(context=trusting),
        )
        request = urllib.request.Request(url, data=data, method=method)
        try:
            with opener.open(request, timeout=120) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    return open_url


def exchange(server: ProxyServer, request: bytes) -> bytes:
    with socket.create_connection((server.host, server.port), timeout=120) as client:
        client.sendall(request)
        received = b""
        while data := client.recv(65536):
            received += data
        return received


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_request_reaches_the_function_with_its_whole_url(scheme: str, serve: Serve, read: Any) -> None:
    url = f"{scheme}://www.harbor.example/a/b?c=%20d&e"
    assert read(serve(), url) == (200, f"GET {url}\n".encode())


def test_the_port_stays_where_it_is_not_the_schemes_own(serve: Serve, read: Any) -> None:
    assert read(serve(), "https://www.harbor.example:8443/")[1] == b"GET https://www.harbor.example:8443/\n"


def test_addresses_are_hosts_too(serve: Serve, read: Any) -> None:
    assert read(serve(), "https://192.0.2.7/x")[1] == b"GET https://192.0.2.7/x\n"


def test_a_body_arrives(serve: Serve, read: Any) -> None:
    status, body = read(serve(), "https://news.example/comment", "POST", b"said=yes")
    assert (status, body) == (200, b"POST https://news.example/comment\nsaid=yes")


def test_a_chunked_body_arrives_without_its_chunks(serve: Serve) -> None:
    received = exchange(
        serve(),
        b"POST http://news.example/ HTTP/1.1\r\nHost: news.example\r\nConnection: close\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n4;x=y\r\nsaid\r\n4\r\n=yes\r\n0\r\nTrailer: t\r\n\r\n",
    )
    assert received.endswith(b"\r\n\r\nPOST http://news.example/\nsaid=yes")


def test_a_client_that_asks_to_go_on_is_told_to(serve: Serve) -> None:
    received = exchange(
        serve(),
        b"POST http://news.example/ HTTP/1.1\r\nConnection: close\r\nExpect: 100-continue\r\n"
        b"Content-Length: 2\r\n\r\nok",
    )
    assert received.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")


def test_head_is_answered_without_body_but_with_its_length(serve: Serve) -> None:
    received = exchange(serve(), b"HEAD http://news.example/ HTTP/1.1\r\nConnection: close\r\n\r\n")
    assert b"Content-Length: 26\r\n" in received
    assert received.endswith(b"\r\n\r\n")


def test_many_requests_share_a_connection(serve: Serve, tunnel: Any) -> None:
    with tunnel(serve()) as client:
        for number in range(20):
            client.sendall(f"GET /{number} HTTP/1.1\r\nHost: news.example\r\n\r\n".encode())
            received = b""
            while not received.endswith(b"\n") or b"\r\n\r\n" not in received:
                received += client.recv(65536)
            assert received.endswith(f"GET https://news.example/{number}\n".encode())


def test_requests_sent_ahead_are_answered_in_order(serve: Serve) -> None:
    one = b"GET http://news.example/1 HTTP/1.1\r\n\r\n"
    two = b"GET http://news.example/2 HTTP/1.1\r\nConnection: close\r\n\r\n"
    received = exchange(serve(), one + two)
    assert received.index(b"news.example/1") < received.index(b"news.example/2")


def test_http_1_0_ends_with_its_answer(serve: Serve) -> None:
    assert exchange(serve(), b"GET http://news.example/ HTTP/1.0\r\n\r\n").endswith(b"GET http://news.example/\n")


def test_answers_go_out_byte_for_byte(serve: Serve) -> None:
    odd = b"HTTP/1.1 200\nx-ODD : a\n\tfolded\nTransfer-Encoding: chunked\n\n3;ext\r\nabc\r\n0\r\nTrailer: t\r\n\r\n"
    server = serve(lambda asked: Answer((odd[:20], odd[20:]), close=True))
    assert exchange(server, b"GET http://news.example/ HTTP/1.1\r\n\r\n") == odd


def test_a_tunnel_may_carry_plain_http(serve: Serve) -> None:
    with socket.create_connection((serve().host, serve().port), timeout=120) as client:
        client.sendall(b"CONNECT news.example:80 HTTP/1.1\r\n\r\n")
        assert client.recv(65536) == b"HTTP/1.1 200 Connection established\r\n\r\n"
        client.sendall(b"GET /x HTTP/1.1\r\nConnection: close\r\n\r\n")
        received = b""
        while data := client.recv(65536):
            received += data
    assert received.endswith(b"GET http://news.example/x\n")


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n",
        b"GET ftp://news.example/ HTTP/1.1\r\n\r\n",
        b"GET http://news.example/ HTTP/2.0\r\n\r\n",
        b"CONNECT news.example HTTP/1.1\r\n\r\n",
        b"CONNECT /path:1 HTTP/1.1\r\n\r\n",
        b"CONNECT news.example:443 HTTP/1.1\r\n\r\nearly",
        b"GET http://news.example/ HTTP/1.1\r\nno colon\r\n\r\n",
        b"POST http://news.example/ HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        b"POST http://news.example/ HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
        b"POST http://news.example/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET http://news.example/" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused_with_400(request_bytes: bytes, serve: Serve) -> None:
    assert exchange(serve(), request_bytes).startswith(b"HTTP/1.1 400 Bad Request\r\n")


def test_a_function_that_raises_is_answered_with_500_and_logged(
    serve: Serve, read: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(asked: Asked) -> Answer:
        raise LookupError("no such page")

    assert read(serve(broken), "https://news.example/")[0] == 500
    assert "no answer for GET https://news.example/" in caplog.text


def test_an_answer_that_breaks_in_the_middle_is_cut_and_logged(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    def breaking() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
        raise LookupError("the other half is lost")

    server = serve(lambda asked: Answer(breaking()))
    with pytest.raises(ConnectionResetError):
        exchange(server, b"GET http://news.example/ HTTP/1.1\r\n\r\n")
    server.close()
    assert "cut short" in caplog.text


def test_an_aborted_answer_resets_the_connection(serve: Serve) -> None:
    server = serve(lambda asked: Answer((b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",), abort=True))
    with pytest.raises(ConnectionResetError):
        exchange(server, b"GET http://news.example/ HTTP/1.1\r\n\r\n")


def test_a_closed_answer_ends_tls_in_good_order(serve: Serve, tunnel: Any) -> None:
    server = serve(lambda asked: Answer((b"HTTP/1.1 200 OK\r\n\r\nto the end",), close=True))
    with tunnel(server) as client:
        client.sendall(b"GET / HTTP/1.1\r\n\r\n")
        received = b""
        while data := client.recv(65536):  # would raise ssl.SSLEOFError without close_notify
            received += data
    assert received.endswith(b"to the end")


def test_a_large_answer_is_streamed(serve: Serve, read: Any) -> None:
    def stream() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n"
        for _ in range(200):
            yield bytes(100_000)

    status, body = read(serve(lambda asked: Answer(stream())), "https://news.example/")
    assert (status, len(body)) == (200, 20_000_000)


def test_a_slow_answer_holds_up_nobody_and_stopping_does_not_wait_for_it(serve: Serve, read: Any) -> None:
    def slow(asked: Asked) -> Answer:
        return Answer(respond(asked, 200).chunks, delay=600.0 if asked.url.endswith("slow") else 0.0)

    server = serve(slow)
    with socket.create_connection((server.host, server.port), timeout=120) as client:
        client.sendall(b"GET http://news.example/slow HTTP/1.1\r\n\r\n")
        assert read(server, "http://news.example/quick")[0] == 200
        began = time.monotonic()
        server.close()
        assert time.monotonic() - began < 300


def test_a_silent_client_is_let_go(serve: Serve) -> None:
    assert exchange(serve(idle=0.05), b"") == b""


def test_a_client_that_does_not_trust_us_does_no_harm(serve: Serve, read: Any) -> None:
    server = serve()
    distrusting = ssl.create_default_context(cadata=server.authority.create().pem.decode())
    with socket.create_connection((server.host, server.port), timeout=120) as plain:
        plain.sendall(b"CONNECT news.example:443 HTTP/1.1\r\n\r\n")
        assert plain.recv(65536).startswith(b"HTTP/1.1 200 ")
        with pytest.raises(ssl.SSLCertVerificationError):
            distrusting.wrap_socket(plain, server_hostname="news.example").close()
    assert read(server, "https://news.example/")[0] == 200


def test_it_is_reached_where_more_than_a_thousand_files_are_open(serve: Serve, read: Any) -> None:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(2000, limits[0]), limits[1]))
    with ExitStack() as opened:
        opened.callback(resource.setrlimit, resource.RLIMIT_NOFILE, limits)
        for _ in range(1100):
            opened.enter_context(open(os.devnull, "rb"))
        assert read(serve(), "http://www.harbor.example/")[0] == 200


def test_many_clients_at_once_are_served_and_leave_no_thread(serve: Serve, read: Any) -> None:
    server = serve()
    urls = [f"https://host{number % 7}.example/{number}" for number in range(120)]
    with ThreadPoolExecutor(24) as pool:
        bodies = list(pool.map(lambda url: read(server, url)[1], urls))
    assert bodies == [f"GET {url}\n".encode() for url in urls]
    server.close()
    server.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("proxy")]
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((server.host, server.port), timeout=120)


SHORT_OF_MEMORY = """
import resource, socket, threading
from pathlib import Path
from crawler.replay import ProxyServer, respond

def ask(server):
    with socket.create_connection((server.host, server.port), timeout=120) as client:
        try:
            client.sendall(b"GET http://a.example/ HTTP/1.1\\r\\nHost: a.example\\r\\nConnection: close\\r\\n\\r\\n")
            return client.recv(12)
        except ConnectionError:
            return b""

threading.stack_size(16 << 20)  # whatever a stack takes on this machine
with ProxyServer(lambda asked: respond(asked, 200)) as server:
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + (4 << 20), most))
    refused = ask(server)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    print(refused, ask(server))
"""


def test_a_client_for_whom_no_thread_can_start_is_refused_and_the_next_one_is_served(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SHORT_OF_MEMORY)
    done = subprocess.run([sys.executable, tmp_path / "script.py"], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, "b'' b'HTTP/1.1 200'\n"), done.stderr
