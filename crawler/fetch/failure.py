"""Why a request has no response: Scrapy's and Twisted's exceptions as outcomes, and in words."""

from __future__ import annotations

import re

from OpenSSL import SSL
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from twisted.internet.error import ConnectionDone, ConnectionLost

from crawler.fetch.address import AddressDenied
from crawler.model import Outcome

Ending = tuple[Outcome, str]

_REFUSED_TUNNEL = re.compile(r"'status': (\d+), 'reason': b?(['\"])(.*?)\2")


def attach(error: BaseException, outcome: Outcome, message: str) -> None:
    """Let ``error`` carry how its request ended, as the archive or its ledger has it."""
    error.ending = (outcome, message)  # type: ignore[attr-defined]  # Scrapy's exceptions have no place for it


def ending_of(error: BaseException) -> Ending:
    """How a request ended that ended in ``error``: what was attached to it, or what the error itself says."""
    ending: Ending | None = getattr(error, "ending", None)
    return ending or (outcome_of(error), message_of(error))


def outcome_of(error: BaseException) -> Outcome:
    """The outcome of a request that ended in ``error`` before a byte of it was sent."""
    if isinstance(error, AddressDenied):
        return Outcome.ADDRESS_DENIED
    if isinstance(error, DownloadTimeoutError):
        return Outcome.TIMEOUT
    if any(isinstance(cause, SSL.Error) for cause in _causes(error)):
        return Outcome.TLS_FAILURE
    return Outcome.UNREACHABLE


def message_of(error: BaseException, *, proxy: str | None = None) -> str:
    """One line that says what happened, without Python's or Twisted's wrapping.

    ``proxy`` is the address (``host:port``) of what the connection was tried to, where that was a proxy.
    """
    message = _words(error)
    way = isinstance(error, (CannotResolveHostError, DownloadConnectionRefusedError, TunnelError))
    return f"no way through the proxy {proxy}: {message}" if proxy and way else message


def _words(error: BaseException) -> str:
    if isinstance(error, CannotResolveHostError):
        return "the host name does not resolve"
    if isinstance(error, DownloadConnectionRefusedError):
        return "connection refused"
    if isinstance(error, TunnelError):
        answer = _REFUSED_TUNNEL.search(str(error))
        return f"it answers {answer[1]} {answer[3]}".rstrip() if answer else "it does not answer in HTTP"
    if isinstance(error, (AddressDenied, DownloadTimeoutError, IgnoreRequest)):
        return str(error)
    innermost = _causes(error)[-1]
    if isinstance(innermost, ConnectionDone):
        return "the server closed the connection"
    if isinstance(innermost, ConnectionLost):
        return "the connection was lost"
    if isinstance(innermost, SSL.Error) and innermost.args and innermost.args[0]:
        return str(innermost.args[0][-1][-1])
    return " ".join(str(innermost).split())[:300].rstrip(".") or type(innermost).__name__


def _causes(error: BaseException) -> list[BaseException]:
    """An exception, what it wraps, and so on: Python's causes and Twisted's lists of reasons."""
    found = [error]
    for cause in found:
        nested = [reason.value for reason in getattr(cause, "reasons", None) or ()]
        found += [inner for inner in (*nested, cause.__cause__) if inner is not None and inner not in found]
    return found
