"""``wirecopy serve``: the researcher's desk, on loopback unless told otherwise."""

from __future__ import annotations

import argparse
import ipaddress
import os
import signal
import socket
import sqlite3
import sys
import threading
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.cli import exit_codes
from crawler.cli.bar import bar
from crawler.cli.engines import interrupted_by_sigterm
from crawler.cli.errors import UsageError
from crawler.cli.numbers import first_of_three_ports, rate
from crawler.cli.places import all_at_hand, input_file, place
from crawler.model.presence import is_there

if TYPE_CHECKING:
    from crawler.web.desk import Service
    from crawler.web.front import Login
    from crawler.web.origins import Origins

FAREWELL = 5
"""Seconds that answers under way have when the desk is told to end; some client may never take one."""
_ANSWERING = "AnyIO worker thread"
"""The name of threads that make answers; others, such as a store's client has, wait for work and end by themselves."""
_MOMENT = 2
"""Seconds in which what makes an answer that nobody waits for any more may come to its end."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy serve``."""
    parser.add_argument(
        "root", nargs="?", type=place, default=Path("archives"), metavar="ROOT",
        help="a folder of collections, WACZ and WARC files, or one of them; collections may be of a store, s3://... "
        "(archives)",
    )  # fmt: skip
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (127.0.0.1)")
    parser.add_argument(
        "--port", type=first_of_three_ports, default=8000, metavar="N",
        help="the port of the desk; archived pages are at the next, ReplayWeb.page at the one after (8000)",
    )  # fmt: skip
    shared = parser.add_argument_group("for others than yourself")
    for name, what in (
        ("origin", "the desk"),
        ("replay-origin", "archived pages"),
        ("viewer-origin", "ReplayWeb.page"),
    ):
        shared.add_argument(
            f"--{name}", metavar="URL", help=f"where people reach {what}, such as https://{name}.example.org"
        )
    shared.add_argument(
        "--token-file", type=input_file, metavar="FILE",
        help="ask for the token in FILE (or in the environment's WIRECOPY_TOKEN) before anything is shown",
    )  # fmt: skip
    shared.add_argument(
        "--login-header", metavar="NAME",
        help="let in whom a reverse proxy has signed in and named in this header; the proxy must remove it from "
        "what clients send",
    )  # fmt: skip
    shared.add_argument(
        "--rate", type=rate, default=None, metavar="N", help="requests a second for each client; 0 for no limit "
        "(0 on loopback, else 50)",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    try:
        import uvicorn

        from crawler.web import desk
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed; pip install 'wirecopy[web]'") from None
    from crawler.archive import ReadError

    root = all_at_hand(options.root, "serve")
    if not is_there(root):
        raise ReadError(f"{options.root}: no such folder; name the one your collections are in, or an archive", root)
    loopback = _is_loopback(options.host)
    origins, login = _origins(options, loopback=loopback), _login(options)
    rate = options.rate if options.rate is not None else 0 if loopback else 50
    with interrupted_by_sigterm(), ExitStack() as open_ones:
        sockets = [
            open_ones.enter_context(closing(_listen(options.host, options.port + number))) for number in range(3)
        ]
        try:
            with bar("serve", "B") as reading:
                service = open_ones.enter_context(
                    desk.Service(
                        root.resolve(), origins, login=login, rate=rate, progress=lambda _, size: reading.advance(size)
                    )
                )
        except sqlite3.Error as error:
            remedy = "name a folder in XDG_CACHE_HOME"
            raise UsageError(f"the desk's index cannot be written ({error}); {remedy}") from error
        holdings = service.holdings
        if holdings.problems and not holdings.names():
            raise ReadError("; ".join(holdings.problems.values()), root)
        if holdings.is_empty() and not root.is_dir():
            raise ReadError(f"{options.root} holds no capture", root)
        _announce(options, service, open_to_all=not loopback and not login.needed)
        config = uvicorn.Config(
            service.app, log_level="warning", access_log=False, server_header=False, proxy_headers=False,
            lifespan="off", ws="none", timeout_graceful_shutdown=FAREWELL,
        )  # fmt: skip
        server = uvicorn.Server(config)
        signal.signal(signal.SIGTERM, server.handle_exit)  # for uvicorn's own, when it ends, would leave scratch files
        try:
            server.run(sockets=sockets)
        finally:
            _end_threads(service)
    return exit_codes.OK


def _end_threads(service: Service) -> None:
    """End the process here where a thread is held by a disk, or a store: Python would wait for it, however long."""
    busy = [thread for thread in threading.enumerate() if thread.name == _ANSWERING]
    end = monotonic() + _MOMENT
    with suppress(KeyboardInterrupt):  # whoever asks once more waits no longer
        for thread in busy:
            thread.join(max(0.0, end - monotonic()))
    if any(thread.is_alive() for thread in busy):
        with suppress(KeyboardInterrupt):
            closing = threading.Thread(target=service.close, daemon=True)  # which the thread may hold up as well
            closing.start()
            closing.join(_MOMENT)
        print("wirecopy serve: interrupted; an answer was still being made", file=sys.stderr, flush=True)
        os._exit(exit_codes.INTERRUPTED)


def _announce(options: argparse.Namespace, service: Service, *, open_to_all: bool) -> None:
    for name, problem in {**service.holdings.problems, **service.catalogue.problems}.items():
        print(f"left out {name}: {problem}", flush=True)
    if open_to_all:
        print(f"whoever reaches {options.host} can read all of it; see --token-file and --login-header", flush=True)
    print(f"{service.origins.desk}/ shows {options.root}; Ctrl-C ends it", flush=True)
    if service.holdings.is_empty():
        print(f"{options.root} holds no capture yet", flush=True)


def _origins(options: argparse.Namespace, *, loopback: bool) -> Origins:
    from crawler.web.origins import Origins

    named = options.origin, options.replay_origin, options.viewer_origin
    if not any(named):
        if not loopback:
            raise UsageError(
                f"--host {options.host}: say where people reach it, with --origin http://NAME:{options.port} and "
                f"--replay-origin http://NAME:{options.port + 1}; any other Host is refused"
            )
        return Origins.on_loopback(options.port, options.host)
    if not (options.origin and options.replay_origin):
        raise UsageError("--origin and --replay-origin are needed together: archived pages need an origin of their own")
    desk, replay = _origin(options.origin), _origin(options.replay_origin)
    viewer = _origin(options.viewer_origin) if options.viewer_origin else ""
    if len({desk, replay, viewer}) < 3:
        raise UsageError("--origin, --replay-origin and --viewer-origin must differ in host or port")
    return Origins(desk, replay, viewer)


def _origin(text: str) -> str:
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/") and not parts.query
        sound = sound and parts.port != 0 and "@" not in parts.netloc and all("!" <= c <= "~" for c in text)
    except ValueError:
        sound = False
    if not sound or set(text) & set(";,'\""):
        raise UsageError(f"{text}: an address such as https://desk.example.org is needed, without a path")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _login(options: argparse.Namespace) -> Login:
    from crawler.web.front import Login

    token = os.environ.get("WIRECOPY_TOKEN")
    if options.token_file:
        try:
            token = options.token_file.read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise UsageError(
                f"{options.token_file}: cannot be read ({getattr(error, 'strerror', None) or error})"
            ) from error
        if not token:
            raise UsageError(f"{options.token_file}: is empty; write a long random word into it")
    if token and len(token) < 12:
        raise UsageError("the token is shorter than 12 characters: anyone could guess it")
    return Login(token or None, options.login_header)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # asyncio turns Nagle's algorithm off for sockets that say they are TCP, which create_server's don't.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(512)
        return listener
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"cannot listen at {host}, port {port}: {reason}; choose another --port or --host") from error
