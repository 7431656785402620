"""Sort-friendly URL keys, ``com,example)/path?a=b``: what CDXJ indexes are sorted and searched by.

The rules are those that the indexers of pywb and cdxj-indexer apply (the Internet Archive's canonicalisation): scheme,
``www.``, default port, user, fragment, session ids and a trailing slash fall away, letters become lower case, query
arguments are sorted. `make interop` compares the keys of a whole collection with cdxj-indexer's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes

_URL = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?", re.DOTALL)
_TWICE = re.compile(r"^(?:https?://)+(?=https?://)", re.IGNORECASE)
_WWW = re.compile(r"^www\d*\.")
_PORTS = {"http": "80", "https": "443"}
_SAFE = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
_PLAIN = re.compile(r"/[A-Za-z0-9._~/-]*")
_usual = re.compile(r"(https?://[A-Za-z0-9.-]+)(?=/)((?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*+)*+/?)").fullmatch
"""Most URLs: no user, port, query or fragment, and nothing in the path that is escaped, doubled or a dot alone."""
_PATH_SESSION = (
    re.compile(r"^(.*/)(\((?:[a-z]\([0-9a-z]{24}\))+\)/)([^?]+\.aspx.*)$", re.IGNORECASE),
    re.compile(r"^(.*/)(\([0-9a-z]{24}\)/)([^?]+\.aspx.*)$", re.IGNORECASE),
)
_QUERY_SESSION = (
    re.compile(r"^(.*)(?:jsessionid=[0-9a-z]{32})(?:&(.*))?$", re.IGNORECASE),
    re.compile(r"^(.*)(?:phpsessid=[0-9a-z]{32})(?:&(.*))?$", re.IGNORECASE),
    re.compile(r"^(.*)(?:sid=[0-9a-z]{32})(?:&(.*))?$", re.IGNORECASE),
    re.compile(r"^(.*)(?:aspsessionid[a-z]{8}=[a-z]{24})(?:&(.*))?$", re.IGNORECASE),
    re.compile(r"^(.*)(?:cfid=[^&]+&cftoken=[^&]+)(?:&(.*))?$", re.IGNORECASE),
)


@lru_cache(maxsize=4096)
def surt(url: str) -> str:
    """The sort key of ``url``; a URL without an authority (``urn:``, ``dns:``) is its own key."""
    if usual := _usual(url):
        site, path = usual.groups()
        return f"{_site(site)}){path.lower().rstrip('/') or '/'}"
    return _canonical(url)


@lru_cache(maxsize=1024)
def _site(url: str) -> str:
    """The key of a site's front page up to its host and port."""
    return _canonical(url).partition(")")[0]


def _canonical(url: str) -> str:
    url = url.strip().replace("\t", "").replace("\r", "").replace("\n", "")
    match = _URL.match(_TWICE.sub("", url))
    if match is None or match[2] is None or match[1].lower() in ("urn", "dns", "warcinfo", "filedesc"):
        return _quoted(url, _SAFE + "%#").lower()
    scheme, authority, path, query = match[1].lower(), match[2], match[3], match[4]
    host, _, port = _host_and_port(authority)
    key = ",".join(reversed(host.split(".")))
    if port and port != _PORTS.get(scheme):
        key += f":{port}"
    key += ")" + _path(path)
    if query:
        key += "?" + _query(query)
    return key if key.isascii() and key.isprintable() and " " not in key else _quoted(key, _SAFE + "%#")


@lru_cache(maxsize=4096)
def _host_and_port(authority: str) -> tuple[str, str, str]:
    host_port = authority.rpartition("@")[2]
    if host_port.startswith("["):
        host, _, rest = host_port.partition("]")
        return host[1:].lower(), ":", rest.removeprefix(":")
    host, colon, port = host_port.partition(":")
    host = _unescaped(host).decode("utf-8", "replace").lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            host = _quoted(host, _SAFE)
    host = re.sub(r"\.\.+", ".", host).strip(".")
    return _WWW.sub("", host), colon, port


def _path(path: str) -> str:
    if _PLAIN.fullmatch(path) and "/." not in path and "//" not in path:
        return path.lower() if len(path) == 1 or path[-1] != "/" else path[:-1].lower()
    parts: list[str] = []
    segments = path.split("/")
    for part in segments[1:]:
        if part == "..":
            if parts and parts[-1] != "..":
                parts.pop()
            else:
                parts.append(part)
        elif part != ".":
            parts.append(part)
    if segments[-1] in (".", ".."):
        parts.append("")
    path = _escaped("/" + "/".join(parts))
    path = re.sub("//+", "/", path)
    for pattern in _PATH_SESSION:
        match = pattern.match(path)
        if match:
            path = match[1] + match[3]
    if path.endswith("/") and len(path) > 1:
        path = path[:-1]
    return path.lower()


def _query(query: str) -> str:
    query = _escaped(query)
    for pattern in _QUERY_SESSION:
        match = pattern.match(query)
        if match:
            query = match[1] + (match[2] or "")
    arguments = [part.partition("=") for part in query.lower().split("&")]
    return "&".join("".join(part) for part in sorted(arguments, key=lambda part: (part[0], part[1] + part[2])))


def _unescaped(text: str) -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    for _ in range(16):
        plain = unquote_to_bytes(raw)
        if plain == raw:
            break
        raw = plain
    return raw


def _escaped(text: str) -> str:
    return quote(_unescaped(text), safe=_SAFE)


def _quoted(text: str, safe: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe=safe)
