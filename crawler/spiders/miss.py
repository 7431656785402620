"""What the exceptions that end a request mean, in the vocabulary of the ledger."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.model import Outcome

_MEANING: tuple[tuple[type[BaseException], Outcome, str], ...] = (
    (CannotResolveHostError, Outcome.UNREACHABLE, "no address is known for this host: check its spelling"),
    (DownloadConnectionRefusedError, Outcome.UNREACHABLE, "the server refused the connection"),
    (DownloadTimeoutError, Outcome.TIMEOUT, "no answer in time"),
    (DownloadCancelledError, Outcome.ABORTED, "the download was cut off"),
    (ResponseDataLossError, Outcome.ABORTED, "the server ended the response before its end"),
    (UnsupportedURLSchemeError, Outcome.UNREACHABLE, "only http and https can be captured"),
    (HttpError, Outcome.CLIENT_ERROR, "an answer that leads nowhere"),
    (DownloadFailedError, Outcome.UNREACHABLE, "the connection failed"),
)


def outcome_of(error: BaseException) -> tuple[Outcome, str]:
    """The outcome of a request that ended in ``error``, and one line that says what happened.

    An error of ours names its own ``outcome``; Scrapy's are looked up.
    """
    if isinstance(outcome := getattr(error, "outcome", None), Outcome):
        return outcome, str(error)
    if isinstance(error, IgnoreRequest):
        return Outcome.ROBOTS_DENIED, "robots.txt asks crawlers not to fetch this"
    for kind, meaning, words in _MEANING:
        if isinstance(error, kind):
            return meaning, words
    return Outcome.UNREACHABLE, f"{type(error).__name__}: {error}"
