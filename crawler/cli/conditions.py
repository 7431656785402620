"""What every verb that fetches can be told: where to write, which archive to read instead, how politely to ask."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from crawler.cli.errors import UsageError
from crawler.cli.numbers import few, natural
from crawler.cli.places import folder, input_file, place
from crawler.cli.times import moment

if TYPE_CHECKING:
    from crawler.jobs.conditions import Conditions

CONTACT = "WIRECOPY_CONTACT"
PROXY = "WIRECOPY_PROXY"


def add_conditions(parser: argparse.ArgumentParser) -> None:
    """The options of :func:`conditions_of`."""
    parser.add_argument(
        "-c", "--collection", type=folder, metavar="COLLECTION_DIR",
        help="where to write (default: archives/HOST-DATE, by the first URL and today); with --from, what was used is "
        "copied there",
    )  # fmt: skip
    parser.add_argument(
        "--anew", action="store_true",
        help="ask for everything, as if nothing had been captured: by default a capture that was cut off goes on, and "
        "what was captured before is asked for only if it changed",
    )  # fmt: skip
    parser.add_argument(
        "--deduplicate-beside", action="store_true",
        help="refer to what other collections of the same folder hold instead of storing it again; `wirecopy pack` "
        "brings it home",
    )  # fmt: skip
    add_reach(parser)


def add_reach(parser: argparse.ArgumentParser) -> None:
    """The options that say where pages come from: an archive, or the network."""
    offline = parser.add_argument_group("offline")
    offline.add_argument(
        "--from", dest="source", type=place, metavar="ARCHIVE",
        help="read from a collection, WARC or WACZ and reach no network; it may be in a store (s3://...), a WACZ also "
        "on a web server (https://...): only what is needed is fetched",
    )  # fmt: skip
    offline.add_argument("--at", type=moment, metavar="TIME", help="with --from: the captures nearest to this time")
    add_network(parser)


def add_network(parser: argparse.ArgumentParser) -> None:
    """The options that say how the network is reached."""
    network = parser.add_argument_group("network")
    network.add_argument(
        "--contact", type=contact, default=os.environ.get(CONTACT), metavar="WHO",
        help=f"e-mail or URL that the User-Agent names, so that sites can reach you (default: ${CONTACT})",
    )  # fmt: skip
    network.add_argument(
        "--delay", type=_seconds, default=0.25, metavar="S", help="seconds between requests to a host (0.25)"
    )
    network.add_argument("--timeout", type=_seconds, default=60.0, metavar="S", help="seconds for one answer (60)")
    network.add_argument(
        "--retries", type=few, default=2, metavar="N", help="further tries after a passing failure (2)"
    )
    network.add_argument(
        "--proxy", default=os.environ.get(PROXY), metavar="URL",
        help=f"an HTTP proxy to go through; with name and password better in ${PROXY} (default: that)",
    )  # fmt: skip
    network.add_argument(
        "--ca-file",
        type=input_file,
        metavar="PEM",
        help="certificates to trust; any certificate is accepted and recorded",
    )
    network.add_argument(
        "--allow-address", action="append", default=[], metavar="CIDR",
        help="loopback, private and link-local addresses are refused; open one range",
    )  # fmt: skip
    network.add_argument("--max-body", type=natural, default=0, metavar="BYTES", help="keep no more of a body (all)")
    network.add_argument(
        "--mask-logins", action="store_true",
        help="keep the logins of $WIRECOPY_LOGINS out of the archive, which then says that they are masked",
    )  # fmt: skip
    network.add_argument(
        "--ignore-robots", action="store_true", help="fetch what robots.txt forbids: only where you have leave to"
    )


def conditions_of(options: argparse.Namespace, urls: Sequence[str]) -> Conditions:
    """The conditions under which ``urls`` are asked for; the default collection is named after the first one's host.

    Raises ``UsageError`` or ``LoginError`` where they can't be met, and reminds of a contact where none is set.
    """
    from crawler.fetch.logins import LOGINS, read_logins
    from crawler.jobs.conditions import Conditions

    if options.at is not None and options.source is None:
        raise UsageError("--at chooses among the captures of an archive: name it with --from")
    read_logins(os.environ.get(LOGINS))  # before anything is written
    collection = options.collection
    if collection is None and options.source is None:
        collection = default_collection(urls[0])
    conditions = Conditions(
        collection=collection,
        source=options.source,
        at=options.at,
        proxy=proxy(options.proxy),
        ca_file=_readable(options.ca_file),
        allow_addresses=tuple(map(_network, options.allow_address)),
        contact=options.contact,
        delay=options.delay,
        timeout=options.timeout,
        retries=options.retries,
        max_body=options.max_body,
        obey_robots=not options.ignore_robots,
        anew=options.anew,
        mask_logins=options.mask_logins,
        beside=options.deduplicate_beside,
    )
    if not options.source:
        _refuse_private(urls, conditions.allow_addresses)
    if not options.contact and not options.source:
        print(
            f"wirecopy {options.verb}: no contact is set, so sites cannot reach you; say --contact or set {CONTACT}",
            file=sys.stderr,
        )
    return conditions


def _refuse_private(urls: Sequence[str], allowed: Sequence[str]) -> None:
    from crawler.fetch.public_net import networks_of, why_private

    opened = networks_of(allowed)
    for url in urls:
        if reason := why_private(url, opened):
            raise UsageError(f"{url}: {reason}; open it with --allow-address CIDR")


def normal(url: str) -> str:
    """``url`` without its fragment, scheme and host in lower case.

    Raises ``UsageError`` where it can't be captured, saying why and what to write instead.
    """
    check_url(url)
    parts = urlsplit(url)
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, ""))


def check_url(url: str) -> None:
    """Raise ``UsageError`` where ``url`` can't be captured, saying why and what to write instead."""
    from crawler.fetch.host import is_host
    from crawler.model.address import shown

    told = shown(url)
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"{told}: not a URL ({error})") from None
    if "." not in url.partition("/")[0] and not parts.scheme:
        raise UsageError(f"{told}: not a URL; expected https://HOST/PATH")
    if not parts.scheme or (not parts.netloc and "." in parts.scheme):
        raise UsageError(f"{told}: a URL begins with https:// or http://; try https://{told}")
    if parts.scheme not in ("http", "https"):
        raise UsageError(f"{told}: only http and https can be captured, not {parts.scheme}:")
    if parts.username is not None:
        raise UsageError(f"{host}: a URL with a name and password in it is not captured; leave them out")
    if not is_host(host) or re.search(r"[\s\x00-\x1f<>\"{}|\\^`]", url):
        raise UsageError(f"{told}: not a URL; expected https://HOST/PATH without spaces or control characters")


def default_collection(url: str) -> Path:
    """``archives/`` and the host of ``url`` with today's date."""
    host = re.sub(r"[^a-z0-9.-]", "-", (urlsplit(url).hostname or "").removeprefix("www."))
    return Path("archives") / f"{host}-{datetime.now(UTC):%Y-%m-%d}"


def _readable(path: Path | None) -> Path | None:
    if path is not None and not path.is_file():
        raise UsageError(f"{path}: no such file; --ca-file takes certificates in PEM")
    if path is not None:
        from crawler.fetch.authorities import CaFileError, check_ca_file

        try:
            check_ca_file(path)
        except CaFileError as error:
            raise UsageError(f"--ca-file {error}") from None
    return path


def proxy(url: str | None, named: str = "--proxy") -> str | None:
    """The address of a proxy. Raises ``UsageError`` where it is none."""
    if url is not None and (urlsplit(url).scheme != "http" or not urlsplit(url).hostname):
        from crawler.model.address import shown

        raise UsageError(f"{shown(url)}: {named} takes http://HOST:PORT")
    return url


def _network(words: str) -> str:
    from ipaddress import ip_network

    try:
        return str(ip_network(words, strict=False))
    except ValueError:
        raise UsageError(f"{words}: --allow-address takes an address or range such as 127.0.0.0/8") from None


def contact(words: str) -> str | None:
    """An e-mail or web address; None for an empty word. Raises ``ArgumentTypeError`` for other words."""
    from crawler.fetch.contact import contact

    try:
        return contact(words) if words.strip() else None
    except ValueError as error:
        whence = f" (from ${CONTACT})" if words == os.environ.get(CONTACT) else ""
        raise argparse.ArgumentTypeError(f"{error}{whence}") from None


def environments_contact() -> str | None:
    """The contact that the environment names. Raises ``UsageError`` where it is none."""
    try:
        return contact(os.environ.get(CONTACT, ""))
    except argparse.ArgumentTypeError as error:
        raise UsageError(str(error)) from None


def _seconds(words: str) -> float:
    try:
        seconds = float(words)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < 1e6:
        raise argparse.ArgumentTypeError(f"{words!r} is not a number of seconds")
    return seconds
