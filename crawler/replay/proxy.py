"""An HTTP proxy that fetches nothing: every request, plain or through CONNECT, is answered by a Python function.

Answers are the bytes of whole responses and go out as they are, so that odd framing can be served too. A thread a
connection: the function may block, and a slow answer holds up nobody else.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from multiprocessing.connection import wait
from types import TracebackType

from crawler.replay.asked import Asked, BadRequestError, Reader, base_url, read_request
from crawler.replay.authority import Authority

logger = logging.getLogger(__name__)

_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER on, for no time: closing sends RST."""
_ONE_PACKET = 64 * 1024
"""Bytes of an answer that is sent as one piece."""
_LINGER = 2.0
"""Seconds that a client is given to read its last answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an HTTP response, status line first, and what becomes of the connection after them."""

    chunks: Iterable[bytes]
    close: bool = False
    """Close the connection in good order; needed where the end of the body is the end of the connection."""
    abort: bool = False
    """Reset the connection, without TLS's farewell, as a server does that dies."""
    delay: float = 0.0
    """Seconds before the first byte."""


def respond(
    asked: Asked, status: int, headers: Iterable[tuple[str, str]] = (), body: bytes = b"", *, close: bool = False
) -> Answer:
    """An ordinary answer: Content-Length where none is given, and no body where HTTP allows none (HEAD, 204, 304)."""
    fields = list(headers)
    names = {name.lower() for name, _ in fields}
    bodiless = status < 200 or status in {204, 304}
    if not bodiless and not names & {"content-length", "transfer-encoding"}:
        fields.append(("Content-Length", str(len(body))))
    if close:
        fields.append(("Connection", "close"))
    try:
        reason = HTTPStatus(status).phrase
    except ValueError:
        reason = ""
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in fields), "", ""]
    head = "\r\n".join(lines).encode("latin-1", "replace")
    if bodiless or asked.method == "HEAD":
        body = b""
    return Answer((head + body,) if len(body) < _ONE_PACKET else (head, body), close=close)


class ProxyServer:
    """Listens from construction to :meth:`close`; a context manager. ``answer`` is called from many threads at once.

    Raises ``OSError`` where the address cannot be bound. ``idle`` is how many seconds a silent client keeps its
    connection. An exception of ``answer`` becomes a 500 and a line in the log.
    """

    def __init__(
        self,
        answer: Callable[[Asked], Answer],
        *,
        authority: Authority | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        idle: float = 60.0,
    ) -> None:
        self.authority = authority or Authority.create()
        self._answer = answer
        self._idle = idle
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._open: dict[threading.Thread, socket.socket] = {}
        self._listener = socket.create_server((host, port), backlog=512)
        self._listener.setblocking(False)
        self.host: str
        self.port: int
        self.host, self.port = self._listener.getsockname()[:2]
        self._wake, self._waker = socket.socketpair()
        self._accepting = threading.Thread(target=self._accept, name=f"proxy-{self.port}", daemon=True)
        self._accepting.start()

    @property
    def url(self) -> str:
        """What a client is given as its proxy, for http and https alike."""
        return f"http://[{self.host}]:{self.port}" if ":" in self.host else f"http://{self.host}:{self.port}"

    def __enter__(self) -> ProxyServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening, cut what is open and wait for every thread to end; harmless when repeated."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._waker.send(b"x")
        self._accepting.join()
        for end in (self._wake, self._waker, self._listener):
            end.close()
        with self._lock:
            threads = list(self._open)
            for connection in self._open.values():
                _cut(connection)
        for thread in threads:
            thread.join()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            wait([self._listener, self._wake])  # select(2) takes no file whose number is above a thousand
            try:
                connection, _ = self._listener.accept()
            except OSError:  # the client has gone again, or files are short: the next one may do better
                self._stopping.wait(0.001)
                continue
            thread = threading.Thread(target=self._serve, args=(connection,), name="proxy-connection", daemon=True)
            self._hold(connection, thread)
            try:
                thread.start()
            except RuntimeError:  # memory or threads are short: this client is refused, the next one may do better
                with self._lock:
                    del self._open[thread]
                connection.close()
                self._stopping.wait(0.1)

    def _hold(self, connection: socket.socket, thread: threading.Thread) -> None:
        with self._lock:
            self._open[thread] = connection
            if self._stopping.is_set():
                _cut(connection)

    def _serve(self, connection: socket.socket) -> None:
        thread = threading.current_thread()
        try:
            connection.settimeout(self._idle)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            tunnel = self._talk(connection, None)
            if tunnel is not None:
                self._inside(connection, tunnel)
        except OSError as error:  # gone, silent for too long, or not trusting our certificate
            logger.debug("connection ended: %s", error)
        except Exception:  # an answer that broke in the middle: its connection is reset, the others live on
            logger.exception("an answer was cut short")
        finally:
            with self._lock:
                held = self._open.pop(thread)
                held.close()

    def _inside(self, connection: socket.socket, tunnel: str) -> None:
        """Serve what is inside a CONNECT: TLS where the client begins it, else requests in clear."""
        if connection.recv(1, socket.MSG_PEEK) != b"\x16":
            self._talk(connection, base_url("http", tunnel))
            return
        context = self.authority.context(tunnel.rpartition(":")[0])
        secured = context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        self._hold(secured, threading.current_thread())
        secured.do_handshake()
        self._talk(secured, base_url("https", tunnel))

    def _talk(self, connection: socket.socket, base: str | None) -> str | None:
        """Answer requests until one side is done; returns the host and port of a CONNECT, for the caller to enter."""
        reader = Reader(connection)
        while not self._stopping.is_set():
            try:
                received = read_request(connection, reader, base)
                if received is not None and received.asked.method == "CONNECT":
                    if reader.pending:
                        raise BadRequestError("the client did not wait for the tunnel")
                    connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    return received.asked.url
            except BadRequestError as error:
                refusal = respond(Asked("GET", ""), 400, [("Content-Type", "text/plain")], f"{error}\n".encode())
                connection.sendall(b"".join(refusal.chunks))
                _farewell(connection)
                return None
            if received is None:
                return None
            answer = self._ask(received.asked)
            if not self._send(connection, answer):
                return None
            if received.last or answer.close:
                _farewell(connection)
                return None
        return None

    def _ask(self, asked: Asked) -> Answer:
        try:
            return self._answer(asked)
        except Exception:  # whatever the function raises, the client hears of it and the server lives on
            logger.exception("no answer for %s %s", asked.method, asked.url)
            return respond(asked, 500, [("Content-Type", "text/plain")], b"the answering function failed\n", close=True)

    def _send(self, connection: socket.socket, answer: Answer) -> bool:
        """Whether the answer went out whole and the connection may be used again."""
        if answer.delay:
            self._stopping.wait(answer.delay)
        whole = False
        try:
            for chunk in answer.chunks:
                connection.sendall(chunk)
            whole = not answer.abort
        finally:
            if isinstance(answer.chunks, Generator):
                answer.chunks.close()
            if not whole:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        return whole


def _cut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        # Not SSLSocket.shutdown: that takes the TLS state away from the thread that is reading.
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _farewell(connection: socket.socket) -> None:
    """Close so that the last answer arrives: TLS's own end, then ours, then read off what the client still sends.

    Closing with unread bytes sends RST, which can overtake the answer.
    """
    with contextlib.suppress(OSError):
        if isinstance(connection, ssl.SSLSocket):
            connection.settimeout(0)
            with contextlib.suppress(ssl.SSLWantReadError):
                connection.unwrap()
        connection.settimeout(_LINGER)
        socket.socket.shutdown(connection, socket.SHUT_WR)
        while socket.socket.recv(connection, 64 * 1024):
            pass
