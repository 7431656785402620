"""How an exchange ended, told from the wire alone: one label, and the reason in words.

What a page *says* is the extractor's business. Here only what no reader should mistake for a page is told apart:
refusals, challenges, walls that show in the status or the target of a redirect, and messages that broke off.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from urllib.parse import urlsplit

from twisted.web.http_headers import InvalidHeaderName

from crawler.archive.http_head import MessageError, parse_head
from crawler.fetch.chunks import MalformedChunks, shown
from crawler.fetch.failure import message_of
from crawler.fetch.transcript import MAX_HEADS
from crawler.model import Outcome, Truncation
from crawler.model.outcome import outcome_of_status

SNIFFED = 16384
"""Bytes at the beginning of a body that ``label`` looks at."""

Label = tuple[Outcome, str | None]

_CHALLENGE_FIELDS = (
    ("cf-mitigated", "challenge", "Cloudflare challenge"),
    ("x-amzn-waf-action", "challenge", "AWS WAF challenge"),
    ("x-amzn-waf-action", "captcha", "AWS WAF captcha"),
    ("x-datadome", "protected", "DataDome challenge"),
)
# Marks that stand only in challenge pages, not in pages that merely load a protected script; lower case.
_CHALLENGE_TITLES = (
    ("just a moment...", "Cloudflare challenge"),
    ("attention required! | cloudflare", "Cloudflare challenge"),
    ("access to this page has been denied", "PerimeterX challenge"),
    ("ddos-guard", "firewall challenge"),
    ("sucuri website firewall", "firewall challenge"),
    ("human verification", "challenge"),
    ("pardon our interruption", "challenge"),
    ("are you a human", "challenge"),
    ("are you a robot", "challenge"),
    ("robot or human", "challenge"),
)
_CHALLENGE_MARKS = (
    (b'id="cf-challenge', "Cloudflare challenge"),
    (b"window._cf_chl_opt", "Cloudflare challenge"),
    (b"geo.captcha-delivery.com/captcha", "DataDome challenge"),
    (b"geo.captcha-delivery.com/interstitial", "DataDome challenge"),
    (b"dd={'rt':", "DataDome challenge"),
    (b'id="px-captcha', "PerimeterX challenge"),
    (b"_incapsula_resource?swudnsai", "Imperva challenge"),
    (b"_incapsula_resource?cwudnsai", "Imperva challenge"),
    (b"our systems have detected unusual traffic", "challenge"),
)
_CHALLENGE_SIZE = 65536
"""Bytes that the body of a challenge page has at most."""
_CONSENT_HOST = re.compile(r"(?:^|\.)(?:consent|guce|privacy-?gate|myprivacy|privacywall)\.", re.IGNORECASE)
_CONSENT_PATH = re.compile(r"/(?:cookie-?|gdpr-?)?consent(?:/|$|\.)|/collectConsent|/cookiewall", re.IGNORECASE)
_LOGIN_HOST = re.compile(r"^(?:login|signin|accounts?|auth|sso|id)\.", re.IGNORECASE)
_LOGIN_PATH = re.compile(r"/(?:log-?in|sign-?in|sso|authenticate)(?:/|$|\.|-)", re.IGNORECASE)


def label(status: int, headers: Mapping[str, str], first_bytes: bytes, *, body_size: int, method: str = "GET") -> Label:
    """The outcome of a response that came whole, and why it is that one.

    ``headers`` has lower-case names; ``first_bytes`` is the beginning of the body as on the wire (codings kept),
    ``body_size`` its whole length there in bytes.
    """
    if status == 304:
        return Outcome.NOT_MODIFIED, None
    if 300 <= status < 400:
        return _label_redirect(status, headers.get("location"))
    if challenge := _challenge(headers, first_bytes, body_size):
        return Outcome.BLOCKED, f"{status}: {challenge}"
    outcome = outcome_of_status(status)
    if outcome is not Outcome.OK:
        return outcome, str(status)
    if method != "HEAD" and status not in (204, 205) and _is_empty(headers, first_bytes, body_size):
        return Outcome.EMPTY, "no byte of a body"
    return Outcome.OK, None


def label_exchange(
    method: str,
    head: bytes | None,
    first_bytes: bytes,
    *,
    body_size: int,
    truncated: Truncation | None,
    fault: BaseException | None = None,
    loss: BaseException | None = None,
    silent: bool = False,
) -> Label:
    """The outcome of an exchange, whole or broken off.

    ``head`` is the final head where it came whole; ``fault`` is what could not be parsed, ``loss`` why the connection
    was lost, ``silent`` says that not one byte of a final response came.
    """
    if truncated == "time":
        return Outcome.TIMEOUT, "no answer in time" if silent else "broken off after the time allowed"
    if silent:
        return Outcome.UNREACHABLE, f"no answer: {_words(loss or fault)}"
    if head is None:
        if truncated == "length":
            return Outcome.TOO_LARGE, f"a head of more than {MAX_HEADS} bytes, cut off there"
        if fault is None and first_bytes.startswith(b"HTTP/"):
            return Outcome.ABORTED, f"broken off in the head: {_words(loss)}"
        return Outcome.BAD_RESPONSE, _no_http(first_bytes)
    try:
        status = (parsed := parse_head(head)).status
    except MessageError:
        status = None
    if status is None:
        return Outcome.BAD_RESPONSE, _no_http(head)
    if fault is not None:
        return Outcome.BAD_RESPONSE, f"{status}, then malformed: {_words(fault)}"
    if truncated == "length":
        return Outcome.TOO_LARGE, f"{status}, cut off at the limit set"
    if truncated is not None:
        return Outcome.ABORTED, f"{status}, broken off: {_words(loss)}"
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in reversed(parsed.fields)}
    return label(status, headers, first_bytes, body_size=body_size, method=method)


def _label_redirect(status: int, location: str | None) -> Label:
    if location is None:
        return Outcome.REDIRECT, f"{status} without a Location"
    try:
        target = urlsplit(location)
        host = target.hostname or ""
    except ValueError:
        return Outcome.REDIRECT, f"{status} to a malformed URL"
    if _CONSENT_HOST.search(host) or _CONSENT_PATH.search(target.path):
        return Outcome.CONSENT, f"{status} to {host or target.path}"
    if _LOGIN_HOST.search(host) or _LOGIN_PATH.search(target.path):
        return Outcome.LOGIN, f"{status} to {host or target.path}"
    return Outcome.REDIRECT, str(status)


def _challenge(headers: Mapping[str, str], first_bytes: bytes, body_size: int) -> str | None:
    for field, value, name in _CHALLENGE_FIELDS:
        if value in headers.get(field, "").lower():
            return name
    if body_size > _CHALLENGE_SIZE or "html" not in headers.get("content-type", "html").lower():
        return None
    text = _readable(headers, first_bytes).lower()
    title = text.partition(b"<title")[2].partition(b">")[2][:80].lstrip().decode("latin-1")
    for mark, name in _CHALLENGE_TITLES:
        if title.startswith(mark):
            return name
    return next((name for mark, name in _CHALLENGE_MARKS if mark in text), None)


def _readable(headers: Mapping[str, str], first_bytes: bytes) -> bytes:
    """The beginning of a body without its gzip coding; other codings are left alone, and so find nothing."""
    if "gzip" not in headers.get("content-encoding", "").lower():
        return first_bytes
    if "chunked" in headers.get("transfer-encoding", "").lower():
        first_bytes = first_bytes.partition(b"\n")[2]
    try:
        return zlib.decompressobj(31).decompress(first_bytes, SNIFFED)
    except zlib.error:
        return b""


def _is_empty(headers: Mapping[str, str], first_bytes: bytes, body_size: int) -> bool:
    if "chunked" in headers.get("transfer-encoding", "").lower():
        return re.match(rb"0+[ \t]*(?:;|\r?\n)", first_bytes) is not None
    return body_size == 0


def _words(error: BaseException | None) -> str:
    if error is None:
        return "the connection ended"
    if isinstance(error, ValueError) and not isinstance(error, MalformedChunks):
        if isinstance(error, InvalidHeaderName):
            return "a field's name that is none"
        return "no single Content-Length"  # The only number that Twisted's parser reads below the status line.
    return message_of(error)


def _no_http(start: bytes) -> str:
    line, _, _ = start.partition(b"\n")
    return f"not HTTP: it begins with {shown(line)}"
