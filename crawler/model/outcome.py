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
    """Refused: 401, 403, 429, 451, a challenge page or a captcha, whatever its status."""
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


IS_GONE = frozenset({Outcome.GONE, Outcome.SOFT_404})
"""A page that is no more, whether or not its server says so."""
