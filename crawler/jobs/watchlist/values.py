"""The kinds of value a watchlist is made of: spans of time, sizes, addresses, names; each error says what to write."""

from __future__ import annotations

import re
from datetime import timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit, urlunsplit

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from crawler.fetch.contact import contact
from crawler.fetch.host import is_host
from crawler.model.address import shown
from crawler.model.home import from_home
from crawler.spiders.providers import read_provider

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400, "y": 365 * 86_400}
_SIZES = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}
_SPAN = r"[0-9]+(\.[0-9]+)?[smhdwy]"
_SIZE = r"[0-9]+(\.[0-9]+)? ?([kKmMgGtT]?[bB]?)"
_FORBIDDEN = re.compile(r"[\s\x00-\x1f<>\"{}|\\^`]")


def span(value: object) -> timedelta:
    """The time that ``"90s"``, ``"30m"``, ``"6h"``, ``"2d"``, ``"1w"`` or ``"1y"`` says. Raises ``ValueError``."""
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str) or not re.fullmatch(_SPAN, value):
        raise ValueError(f'{value!r} is no span of time; write "30m", "6h", "2d", "1w" or "1y"')
    try:
        return timedelta(seconds=float(value[:-1]) * _UNITS[value[-1]])
    except OverflowError:
        raise ValueError(f"{value!r} is longer than any crawl") from None


def seconds(value: object) -> object:
    """The seconds of a span of time; a number, or what is neither, as it is. Raises ``ValueError``."""
    return span(value).total_seconds() if isinstance(value, str) else value


def in_words(time: timedelta) -> str:
    """A span as a watchlist writes it, in the largest unit that divides it."""
    whole = round(time.total_seconds())
    unit = next((unit for unit in ("w", "d", "h", "m") if whole and whole % _UNITS[unit] == 0), "s")
    return f"{whole // _UNITS[unit]}{unit}"


def size(value: object) -> int:
    """The bytes that ``"500 kB"``, ``"20MB"``, ``"1.5 GB"`` or a whole number say. Raises ``ValueError``."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if not isinstance(value, str) or not re.fullmatch(_SIZE, value):
        raise ValueError(f'{value!r} is no size; write "20 MB", "1 GB" or a number of bytes')
    number, unit = re.fullmatch(r"([0-9.]+) ?([a-zA-Z]*)", value).groups()  # type: ignore[union-attr]
    return int(float(number) * _SIZES[unit.lower().removesuffix("b")])


def address(value: object) -> str:
    """A web address in its plain spelling: http or https, no password, no fragment. Raises ``ValueError``."""
    text = value if isinstance(value, str) else ""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or _FORBIDDEN.search(text):
        raise ValueError(f'{shown(text) or value!r} is no web address; write "https://HOST/PATH"')
    if parts.username is not None:
        raise ValueError(f"a web address with a password in it ({host}) has no place in a watchlist; leave it out")
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, ""))


def one_line(value: object) -> str:
    """Words on one line, such as an e-mail address or a word of a command. Raises ``ValueError``."""
    if not isinstance(value, str) or not value.strip() or any(letter < " " or letter == "\x7f" for letter in value):
        raise ValueError(f"{value!r} is not a line of text; write one")
    return value


def server(value: object) -> str:
    """A mail server, ``HOST`` or ``HOST:PORT``. Raises ``ValueError``."""
    host, colon, port = value.partition(":") if isinstance(value, str) else ("", "", "")
    if not is_host(host) or (colon and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536)):
        raise ValueError(f'{shown(str(value))!r} is no mail server; write "HOST" or "HOST:587"')
    return f"{host}{colon}{port}"


def host(value: object) -> str:
    """A host as requests name it: lower case, ASCII. Raises ``ValueError``."""
    if not isinstance(value, str) or not is_host(value) or (":" in value and not _is_ip(value)):
        raise ValueError(f'{shown(str(value))!r} is no host; write it alone, such as "www.news.example"')
    return (value if value.isascii() else value.encode("idna").decode()).rstrip(".").lower()


def _is_ip(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False


def network(value: object) -> str:
    """An address or range such as ``127.0.0.0/8``. Raises ``ValueError``."""
    try:
        return str(ip_network(str(value), strict=False))
    except ValueError:
        raise ValueError(f"{value!r} is no range of addresses; write one such as 127.0.0.0/8") from None


def folder(value: object) -> object:
    """A folder of this machine, and no address. Raises ``ValueError``."""
    if isinstance(value, str) and "://" in value:
        raise ValueError(f"{value!r} is no folder of this machine; write one")
    return value


def name(value: object) -> str:
    """The name of a collection, which is that of its folder. Raises ``ValueError``."""
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", value):
        raise ValueError(f"{value!r} can't name a collection; use letters, digits, dots and hyphens")
    return value


def provider(value: object) -> str:
    """A public look-up as ``--provider`` takes it, ``NAME`` or ``NAME=URL``. Raises ``ValueError``."""
    read_provider(str(value))
    return str(value)


Span = Annotated[timedelta, BeforeValidator(span), WithJsonSchema({"type": "string", "pattern": f"^{_SPAN}$"})]
Seconds = Annotated[
    float,
    BeforeValidator(seconds),
    Field(ge=0, le=3600),
    WithJsonSchema(
        {"anyOf": [{"type": "number", "minimum": 0, "maximum": 3600}, {"type": "string", "pattern": f"^{_SPAN}$"}]}
    ),
]
Size = Annotated[int, BeforeValidator(size), WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{_SIZE}$"})]
Folder = Annotated[Path, BeforeValidator(folder), AfterValidator(from_home)]
File = Annotated[Path, AfterValidator(from_home)]
Address = Annotated[str, BeforeValidator(address), WithJsonSchema({"type": "string", "format": "uri"})]
Contact = Annotated[str, BeforeValidator(contact), WithJsonSchema({"type": "string", "pattern": "^(https?://|.+@.+)"})]
Line = Annotated[str, BeforeValidator(one_line), WithJsonSchema({"type": "string", "minLength": 1})]
Server = Annotated[str, BeforeValidator(server), WithJsonSchema({"type": "string", "pattern": "^[^:]+(:[0-9]+)?$"})]
ProviderName = Annotated[str, BeforeValidator(provider), WithJsonSchema({"type": "string"})]
Host = Annotated[str, BeforeValidator(host), WithJsonSchema({"type": "string"})]
Network = Annotated[str, BeforeValidator(network), WithJsonSchema({"type": "string"})]
Name = Annotated[
    str, BeforeValidator(name), WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$"})
]
