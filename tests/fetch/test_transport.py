"""What the reactor is spared: requests go out whole and in order, and reading stops only where nobody reads on."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.protocol import Protocol
from twisted.internet.tcp import Client, Connection
from twisted.web._newclient import TransportProxyProducer

from crawler.fetch.transport import Brake, send

LONG = "".join(f"{number:07}\n" for number in range(1 << 19))  # 4 MiB, more than a socket takes at once


def slow_reader(talk: Any) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nheard")


def in_two(talk: Any) -> None:
    talk.socket.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
    time.sleep(0.1)
    talk.socket.sendall(b"hello")
    time.sleep(0.1)
    talk.socket.sendall(b"world")


def empty(talk: Any) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


@pytest.fixture(scope="module")
def talked(serve: Any, crawl: Any) -> Any:
    server = serve({"/post": slow_reader, "/two": in_two, "/empty": empty})
    posts = [{"url": server.url("/post"), "method": "POST", "body": LONG, "as": f"post {n}"} for n in range(2)]
    lane = [*posts, server.url("/two"), {"url": server.url("/two"), "as": "again"}, server.url("/empty")]
    return server, crawl([lane])


def test_a_request_larger_than_the_socket_takes_arrives_whole_and_in_order(talked: Any) -> None:
    server, crawled = talked
    assert [passed.request for passed in server.of("/post")] == [
        kept.request for kept in crawled.of(server.url("/post"))
    ]
    for passed in server.of("/post"):
        assert passed.request.endswith(b"\r\n\r\n" + LONG.encode())


def test_a_body_that_comes_after_its_head_is_read_to_its_end(talked: Any) -> None:
    server, crawled = talked
    for name in (f"GET {server.url('/two')}", "again"):
        assert crawled.answers[name]["start"] == "helloworld"
    assert {passed.connection for passed in server.passed} == {1}


def test_a_response_says_whom_it_came_from(talked: Any) -> None:
    server, crawled = talked
    for path in ("/two", "/empty"):
        assert crawled.answers[f"GET {server.url(path)}"]["peer"] == ["127.0.0.1", False]


class Reactor:
    """Notes who wants to write."""

    def __init__(self) -> None:
        self.writers: list[Any] = []

    def addWriter(self, writer: Any) -> None:  # noqa: N802
        self.writers.append(writer)

    def removeWriter(self, writer: Any) -> None:  # noqa: N802
        self.writers.remove(writer)


@pytest.fixture
def pair() -> Iterator[tuple[Client, socket.socket, Reactor]]:
    """Twisted's end of a connection, the other end, and what Twisted's end asks of its reactor."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    reactor = Reactor()
    client: Any = Client.__new__(Client)  # without its connecting
    Connection.__init__(client, ours, Protocol(), reactor)  # type: ignore[no-untyped-call]
    client.connected = 1
    with ours, theirs:
        yield client, theirs, reactor


def test_a_small_request_is_sent_at_once(pair: Any) -> None:
    client, theirs, reactor = pair
    send(client, b"GET / HTTP/1.1\r\n\r\n")
    assert theirs.recv(100) == b"GET / HTTP/1.1\r\n\r\n"
    assert reactor.writers == []


def test_nothing_overtakes_what_waits(pair: Any) -> None:
    client, theirs, reactor = pair
    client.write(b"first ")
    send(client, b"second")
    assert reactor.writers
    client.doWrite()
    assert theirs.recv(100) == b"first second"


def test_a_lost_connection_is_left_to_the_reactor(pair: Any) -> None:
    client, theirs, reactor = pair
    theirs.close()
    send(client, b"GET / HTTP/1.1\r\n\r\n")
    assert reactor.writers
    assert isinstance(client.doWrite(), Exception)


class Producer:
    """A transport that is read from, or not."""

    reads = True

    def pauseProducing(self) -> None:  # noqa: N802
        self.reads = False

    def resumeProducing(self) -> None:  # noqa: N802
        self.reads = True


@given(st.lists(st.lists(st.sampled_from(["pauseProducing", "resumeProducing"]))))
def test_between_two_pieces_a_connection_is_as_without_the_brake(pieces: list[list[str]]) -> None:
    plain, braked = Producer(), Producer()
    proxy, brake = TransportProxyProducer(plain), Brake(braked)
    for number, told in enumerate(pieces):
        if number % 2:  # Others are told between pieces, when there is nothing to wait for.
            brake.hold()
        for name in told:
            getattr(proxy, name)()
            getattr(brake, name)()
        brake.settle()
        assert braked.reads == plain.reads


def test_what_is_let_go_on_in_the_same_piece_was_never_stopped() -> None:
    producer = Producer()
    brake = Brake(producer)
    brake.hold()
    brake.pauseProducing()
    assert producer.reads
    brake.resumeProducing()
    brake.settle()
    assert producer.reads


def test_a_brake_whose_response_is_done_stops_nothing() -> None:
    producer = Producer()
    brake = Brake(producer)
    brake.hold()
    brake.pauseProducing()
    brake.stopProxying()
    brake.settle()
    assert producer.reads
