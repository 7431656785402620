"""Why a request left no byte: Scrapy's and Twisted's exceptions as outcomes."""

from __future__ import annotations

from OpenSSL import SSL
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)

from crawler.fetch.address import AddressDenied
from crawler.model import Outcome


def outcome_of(error: BaseException) -> Outcome:
    """The outcome of a request that ended in ``error`` before a byte of it was sent."""
    if isinstance(error, AddressDenied):
        return Outcome.ADDRESS_DENIED
    if isinstance(error, DownloadTimeoutError):
        return Outcome.TIMEOUT
    if any(isinstance(cause, SSL.Error) for cause in _causes(error)):
        return Outcome.TLS_FAILURE
    return Outcome.UNREACHABLE


def message_of(error: BaseException) -> str:
    """One line that says what happened, without Python's or Twisted's wrapping."""
    if isinstance(error, CannotResolveHostError):
        return "the host name does not resolve"
    if isinstance(error, DownloadConnectionRefusedError):
        return "connection refused"
    if isinstance(error, (AddressDenied, DownloadTimeoutError, TunnelError, IgnoreRequest)):
        return str(error)
    innermost = _causes(error)[-1]
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
