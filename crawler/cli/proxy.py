"""``wirecopy proxy``: any browser, curl or crawler sees the web as an archive holds it."""

from __future__ import annotations

import argparse
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.cli import exit_codes
from crawler.cli.errors import UsageError
from crawler.cli.numbers import port
from crawler.cli.places import all_at_hand, path, place
from crawler.cli.times import moment

if TYPE_CHECKING:
    from crawler.replay.authority import Authority


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy proxy``."""
    parser.add_argument(
        "archive", type=place, metavar="ARCHIVE",
        help="a collection, WACZ or WARC, or a folder of them; collections may be of a store (s3://...)",
    )  # fmt: skip
    parser.add_argument("--at", type=moment, metavar="TIME", help="answer as of this time (the latest captures)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (127.0.0.1)")
    parser.add_argument("--port", type=port, default=8080, metavar="N", help="where to listen (8080); 0: any free one")
    parser.add_argument(
        "--ca-file", type=path, default=Path("wirecopy-ca.pem"), metavar="PEM",
        help="where the certificate is written that clients have to trust for https (wirecopy-ca.pem)",
    )  # fmt: skip
    parser.add_argument(
        "--authority", type=path, metavar="FILE",
        help="keep certificate and key of the authority in FILE, and use them again (a fresh one each time)",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from crawler.archive import ReadError
    from crawler.replay.archive_proxy import ArchiveProxy
    from crawler.replay.authority import AuthorityError
    from crawler.replay.holdings import Holdings
    from crawler.replay.proxy import ProxyServer

    try:
        authority = _authority(options.authority)
        options.ca_file.write_bytes(authority.pem)
    except AuthorityError as error:
        raise UsageError(str(error)) from error
    with Holdings(all_at_hand(options.archive, "proxy")) as holdings:
        for name, problem in holdings.problems.items() if holdings.names() else ():
            print(f"left out {name}: {problem}", flush=True)
        if holdings.is_empty():
            what = "no capture" if holdings.names() else "no archive"
            problems = "; ".join(holdings.problems.values()) or f"{options.archive} holds {what}"
            raise ReadError(problems, str(options.archive))
        try:
            server = ProxyServer(
                ArchiveProxy(holdings, options.at), authority=authority, host=options.host, port=options.port
            )
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(f"cannot listen at {options.host}, port {options.port}: {reason}; see --port") from error
        with server:
            at = f"as of {options.at:%Y-%m-%d %H:%M:%S %Z}" if options.at else "at its latest"
            print(f"{server.url} answers from {options.archive} {at}; nothing is fetched; Ctrl-C ends it")
            print(f"for https: curl --proxy {server.url} --cacert {options.ca_file} https://...", flush=True)
            _wait_for_signal()
    return exit_codes.OK


def _wait_for_signal() -> None:
    """Return when SIGINT or SIGTERM has come, to whichever thread.

    With an Event, a signal that came while it was looked at or set would have waited for itself for ever.
    """
    told: list[int] = []
    waiting, waking = socket.socketpair()
    waking.setblocking(False)
    with waiting, waking:
        before = signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)
        try:
            for kind in (signal.SIGINT, signal.SIGTERM):
                signal.signal(kind, lambda number, _: told.append(number))
            while not told:
                waiting.recv(1)
        finally:  # else signals would be written to whatever has its number next
            signal.set_wakeup_fd(before)


def _authority(file: Path | None) -> Authority:
    from crawler.replay.authority import Authority

    if file is None:
        return Authority.create()
    if file.exists():
        return Authority.load(file)
    authority = Authority.create()
    authority.save(file)
    return authority
