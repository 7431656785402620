"""The values of WARC fields, each by its type: dates, URIs, addresses, digests, media types (WARC 1.1, section 5).

What a standard forbids is an error; what it only advises against, or what readers are known to differ on, a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from ipaddress import ip_address

from crawler.archive.verify.digests import DigestError, UnknownAlgorithm, parse_digest
from crawler.archive.verify.finding import Teller
from crawler.archive.warc import parse_date
from crawler.archive.warc_head import WarcHead

Version = tuple[int, int] | None
Problem = tuple[str, str]
"""A code and what is wrong."""

_DATE_1_0 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII | re.IGNORECASE)
_DATE_1_1 = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z)?)?)?", re.ASCII | re.IGNORECASE)
_FRACTION = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", re.ASCII | re.IGNORECASE)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]+")
_NOT_IN_URI = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})")
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_MEDIA_TYPE = re.compile(rf"({_TOKEN}/{_TOKEN})\s*(.*)", re.DOTALL)
_PARAMETERS = re.compile(rf"(?:;\s*{_TOKEN}\s*=\s*(?:{_TOKEN}|\"(?:[^\"\\]|\\.)*\")\s*)*;?\s*", re.DOTALL)
_JUST_TOKEN = re.compile(_TOKEN)
_REASONS = frozenset({"length", "time", "disconnect", "unspecified"})
_FIRST_YEAR = 1996
"""Of the Internet Archive's first crawls."""
PROFILES = {
    f"http://netpreserve.org/warc/{version}/{path}"
    for version in ("1.0", "1.1")
    for path in (
        "revisit/identical-payload-digest",
        "revisit/server-not-modified",
        "revisit/uri-agnostic-identical-payload-digest",
    )
} | {f"http://netpreserve.org/warc/{version}/server-not-modified" for version in ("1.0", "1.1")}
"""Of revisits, that replay tools know."""


def check_fields(fields: WarcHead, version: Version, teller: Teller) -> None:
    """Look at every field of a head; all that is wrong is told."""
    seen: set[str] = set()
    for name, value in fields.fields:
        key = name.lower()
        if key in seen and key not in REPEATABLE:
            teller.tell("field-duplicate", f"{name} stands twice")
        seen.add(key)
        check = CHECKS.get(key)
        if check is None:
            _check_unknown(name, key, teller)
            continue
        if not value:
            teller.tell("field-empty", f"{name} is empty")
            continue
        for code, message in check(value, version):
            teller.tell(code, f"{name}: {message}")


def _check_unknown(name: str, key: str, teller: Teller) -> None:
    if key in EXTENSIONS:
        return
    near = next((known for known in (*CHECKS, *EXTENSIONS) if _one_letter_apart(key, known)), None)
    if near is not None:
        teller.tell("field-misspelt", f"there is no field {name}; {near} is one letter away")
    else:
        teller.tell("field-unknown", f"no known field is called {name}")


@lru_cache(1024)
def _one_letter_apart(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _date(value: str, version: Version) -> list[Problem]:
    if not (_DATE_1_0 if version == (1, 0) else _DATE_1_1).fullmatch(value):
        if version == (1, 0) and _FRACTION.fullmatch(value):
            return [("date-precision", f"{value} is more precise than WARC 1.0 allows")]
        return [("date-syntax", f"{value!r} is no date as WARC {'1.0' if version == (1, 0) else '1.1'} writes it")]
    moment = parse_date(value.upper())
    if moment is None:
        return [("date-syntax", f"there is no day or time {value}")]
    if moment > datetime.now(UTC) + timedelta(days=1):
        return [("date-future", f"{value} is yet to come")]
    if moment.year < _FIRST_YEAR:
        return [("date-early", f"{value} is before there were web archives")]
    return []


_WARC_NAME = re.compile(r"[\w.-]+\.warc(?:\.gz)?", re.ASCII)


def _bracketed(value: str, version: Version) -> list[Problem]:
    """A record id: in angle brackets, by the grammar of either version."""
    if value.startswith("<") and value.endswith(">"):
        return _uri(value[1:-1], "uri-syntax")
    problems = _uri(value, "uri-syntax")
    return problems or [("uri-brackets", f"{_shown(value)} is not in angle brackets")]


def _target(value: str, version: Version) -> list[Problem]:
    if value.startswith("<") and value.endswith(">"):
        brackets = (
            [] if version == (1, 0) else [("target-brackets", f"{_shown(value)} is in angle brackets, as in WARC 1.0")]
        )
        return brackets + _target_uri(value[1:-1])
    return _target_uri(value)


def _target_uri(value: str) -> list[Problem]:
    if _WARC_NAME.fullmatch(value):
        return [("uri-file-name", f"{_shown(value)} is a file's name, and no URI")]
    if problems := _uri(value, "uri-syntax"):
        return problems
    odd = _NOT_IN_URI.search(value)
    return [("uri-characters", f"{odd[0]!r} in {_shown(value)} ought to be percent-encoded")] if odd else []


@lru_cache(4096)
def _is_uri(value: str) -> bool:
    return _URI.fullmatch(value) is not None


def _uri(value: str, code: str) -> list[Problem]:
    return [] if _is_uri(value) else [(code, f"{_shown(value)} is no absolute URI")]


def _profile(value: str, version: Version) -> list[Problem]:
    bare = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    if problems := _uri(bare, "uri-syntax"):
        return problems
    return [] if bare.lower() in PROFILES else [("profile-unknown", f"{bare} is no profile that replay tools know")]


def _address(value: str, version: Version) -> list[Problem]:
    try:
        ip_address(value)
    except ValueError:
        return [("address-syntax", f"{_shown(value)} is no IPv4 or IPv6 address")]
    return [("address-syntax", f"{value} holds a zone")] if "%" in value else []


def _number(value: str, version: Version) -> list[Problem]:
    if value.isascii() and value.isdigit():
        return [] if len(value) < 19 else [("number-syntax", f"{_shown(value)} is more than there can be")]
    return [("number-syntax", f"{_shown(value)} is no number")]


@lru_cache(1024)
def _media_type(value: str, version: Version) -> list[Problem]:
    match = _MEDIA_TYPE.fullmatch(value)
    if match is None:
        return [("media-type-syntax", f"{_shown(value)} is no media type")]
    if not _PARAMETERS.fullmatch(match[2]):
        return [("media-type-parameters", f"{_shown(value)} has malformed parameters")]
    return []


def _digest(value: str, version: Version) -> list[Problem]:
    try:
        digest = parse_digest(value)
    except UnknownAlgorithm as error:
        return [("digest-algorithm", str(error))]
    except DigestError as error:
        return [("digest-syntax", str(error))]
    return [("digest-form", digest.unusual)] if digest.unusual else []


def _type(value: str, version: Version) -> list[Problem]:
    if not _JUST_TOKEN.fullmatch(value):
        return [("type-syntax", f"{_shown(value)} is no token")]
    if value.lower() not in TYPES:
        return [("type-unknown", f"there is no record type {value!r}: readers pass over it")]
    return [("letter-case", f"the type is written {value}")] if value != value.lower() else []


def _reason(value: str, version: Version) -> list[Problem]:
    if not _JUST_TOKEN.fullmatch(value):
        return [("truncated-syntax", f"{_shown(value)} is no token")]
    return [] if value.lower() in _REASONS else [("truncated-unknown", f"{value!r} is no reason the standard knows")]


def _anything(value: str, version: Version) -> list[Problem]:
    return []


def _shown(value: str) -> str:
    return repr(value if len(value) <= 80 else value[:79] + "…")


TYPES = frozenset({"warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation"})
"""The record types of WARC 1.0 and 1.1."""
CHECKS: dict[str, Callable[[str, Version], list[Problem]]] = {
    "warc-type": _type,
    "warc-record-id": _bracketed,
    "warc-date": _date,
    "content-length": _number,
    "content-type": _media_type,
    "warc-concurrent-to": _bracketed,
    "warc-block-digest": _digest,
    "warc-payload-digest": _digest,
    "warc-ip-address": _address,
    "warc-refers-to": _bracketed,
    "warc-refers-to-target-uri": _target,
    "warc-refers-to-date": _date,
    "warc-target-uri": _target,
    "warc-truncated": _reason,
    "warc-warcinfo-id": _bracketed,
    "warc-filename": _anything,
    "warc-profile": _profile,
    "warc-identified-payload-type": _media_type,
    "warc-segment-origin-id": _bracketed,
    "warc-segment-number": _number,
    "warc-segment-total-length": _number,
}
"""The fields of the standard, in lower case, and what their values must be."""
REPEATABLE = frozenset({"warc-concurrent-to", "warc-protocol", "warc-cipher-suite"})
EXTENSIONS = frozenset(
    {
        "warc-protocol", "warc-cipher-suite", "warc-source-uri", "warc-creation-date", "warc-created-date",
        "warc-previous-record-id", "warc-transcluded-by", "warc-push-promised-from", "warc-json-metadata",
        "warc-page-id", "warc-resource-type", "warc-user-metadata", "warc-identified-content-language",
        "warc-provenance", "warc-refers-to-filename", "warc-refers-to-file-offset",
    }
)  # fmt: skip
"""Fields that are no part of the standard, and that known writers use."""
