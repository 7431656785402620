"""How a request ended and what its page turned out to be, in one vocabulary for ledger and articles."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """The end of a request (on the wire) or the nature of a page (after extraction)."""

    OK = "ok"
    """A response of the 2xx class was received whole; what the page is has not been judged."""
    NOT_MODIFIED = "not_modified"
    REDIRECT = "redirect"
    BLOCKED = "blocked"
    """Refused: 401, 403, 429, 451 and their like, a challenge page or a captcha, whatever its status."""
    CONSENT = "consent"
    LOGIN = "login"
    PAYWALL = "paywall"
    GONE = "gone"
    """404 or 410."""
    SOFT_404 = "soft_404"
    CLIENT_ERROR = "client_error"
    SERVER_ERROR = "server_error"
    EMPTY = "empty"
    ABORTED = "aborted"
    """Bytes came, and the message ended before its end."""
    TOO_LARGE = "too_large"
    UNREACHABLE = "unreachable"
    """No byte came: no address, refused, reset, no route."""
    TIMEOUT = "timeout"
    TLS_FAILURE = "tls_failure"
    BAD_RESPONSE = "bad_response"
    """Bytes came that are not HTTP."""
    HOST_DOWN = "host_down"
    """Not asked: the host had failed too often just before."""
    ROBOTS_DENIED = "robots_denied"
    ADDRESS_DENIED = "address_denied"
    NOT_ARCHIVED = "not_archived"
    """Asked of an archive that does not hold it."""

    ARTICLE = "article"
    NEEDS_BROWSER = "needs_browser"
    NOT_ARTICLE = "not_article"
    NOT_HTML = "not_html"


_BY_STATUS = {
    304: Outcome.NOT_MODIFIED,
    401: Outcome.BLOCKED,
    402: Outcome.PAYWALL,
    403: Outcome.BLOCKED,
    404: Outcome.GONE,
    407: Outcome.BLOCKED,
    410: Outcome.GONE,
    418: Outcome.BLOCKED,
    420: Outcome.BLOCKED,
    429: Outcome.BLOCKED,
    451: Outcome.BLOCKED,
    # Of no specification, and by it a server's error; sites that send it, or 418 and 420, refuse programs so.
    999: Outcome.BLOCKED,
}


def outcome_of_status(status: int) -> Outcome:
    """What the status of an HTTP response alone says of its request."""
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status < 300:
        return Outcome.OK
    if status < 400:
        return Outcome.REDIRECT
    return Outcome.CLIENT_ERROR if status < 500 else Outcome.SERVER_ERROR


IS_GONE = frozenset({Outcome.GONE, Outcome.SOFT_404})
"""A page that is no more, whether or not its server says so."""

IS_BROKEN = frozenset({Outcome.ABORTED, Outcome.TIMEOUT, Outcome.BAD_RESPONSE, Outcome.TOO_LARGE})
"""A response that is not whole."""
