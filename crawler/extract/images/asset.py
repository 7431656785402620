"""Which picture an address shows: the original behind an image proxy, and what the variants of one picture share."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.extract.address import join, path_of
from crawler.extract.wording import has_digit, word_set

_LONGEST = 4000
"""Characters of an address that is taken apart; a proxy's, signed, has a thousand."""
_FULL = re.compile(r"https?:/{1,2}(?=[\w-]+\.)", re.I)
"""Some servers make one slash of two."""
_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|heic|svg|bmp|tiff?)(?:$|[?&@#])", re.I)
_NAMED = word_set("url u src source image img imageurl image_url imgurl original href path file mediaurl")
"""Parameters that name the picture itself; a credit's or a referring page's address is none."""
_HOST = re.compile(r"(?:ssl:)?((?:[a-z0-9-]+\.)+[a-z]{2,10}/\S+)", re.I)
_PROXY = re.compile(
    r"^i\d\.wp\.com/|\.cdn\.ampproject\.org/ii?/|/(?:unsafe|resizer?|thumbor|imgproxy|fetch|filters:[^/]*)/", re.I
)
"""Photon, AMP's cache, thumbor, Arc's resizer and their kin: they put the original's host among the steps of a path."""
_HOST_STEP = re.compile(r"/((?:[a-z0-9-]+\.)+(?!jpe?g|png|webp|gif|avif|php)[a-z]{2,10}/[^?#]+)", re.I)
_BELOW = re.compile(r"/(?:cdn-cgi/image|_ipx)/[^/]+(/[^?#]+)", re.I)
"""Behind what Cloudflare and IPX are told to do stands the picture's path on the same site."""
_ENCODED = re.compile(r"(?<=[/=])aHR0c[\w/+-]+={0,2}")
"""An address in Base64, as imgproxy writes it."""
_SCRIPT = re.compile(r"\.(?:php|aspx?|ashx|axd|cgi|dll|jsp)$|^(?:image|img|resize|photo|picture|thumb|_?ipx)$", re.I)
_IDS = ("id", "url", "src", "img", "image", "file", "asset", "guid", "imageid", "media", "pid", "f", "p")
_ENDINGS = re.compile(r"(?:\.(?:jpe?g|png|webp|gif|avif|heic|bmp|tiff?))+$", re.I)
"""Servers that convert add one: ``lamp.jpg.webp``."""
_SIZE = re.compile(
    r"(?:[-_@.,](?:\d{2,4}x\d{2,4}|\d{1,2}x\d{0,2}|[wh]_?\d{2,4}|\d{2,4}[wh]|r\d\.\d+|fp[xy]\d+|scaled|thumb(?:nail)?"
    r"|small|medium|large|xlarge|original|full|cropped|square|landscape|portrait)|=[swh]\d+[\w-]{0,40})+$",
    re.I,
)
"""What an address says of a variant's size behind the picture's name."""
_GENERIC = re.compile(
    r"\d{2,4}|[whs]\d{1,4}|(?:thumb|small|medium|large|full|master|original|default)\w{0,9}"
    r"|(?:image|img|photo|picture)[a-z_]{0,9}",
    re.I,
)
"""File names that tell a variant, and no picture."""
_OPTIONS = re.compile(r"[a-z]{1,4}[_:=][\w.:!-]*|[^,_:=]*[_:=][^,]*,.*|[^(=]*[(=].*", re.I)
"""Steps of a path that tell a proxy what to do, or that sign it."""
_DAY = re.compile(r"(?:19|20)\d\d[-_.]?\d\d(?:[-_.]?\d\d)?")
_UNIQUE = re.compile(r"(?=.*\d{5})|(?=.*[0-9a-f]{8})(?=.*\d)|.{24}", re.I)
"""File names that no two pictures of a site share."""
_SHORT = 5
"""Letters of the name of a script that serves pictures, without an ending: ``/i?id=4711``."""


def original_behind(address: str) -> str | None:
    """The address of the picture that an image proxy's address carries; None where it carries none.

    It may stand in the query or at the end of the path: in full, percent-encoded, in Base64, without its scheme, or
    from the site's root on.
    """
    if len(address) > _LONGEST:
        return None
    try:
        parts = urlsplit(address)
        named = parse_qsl(parts.query) if "=" in parts.query else []
    except ValueError:
        return None
    for name, value in named:
        if inner := _named(name.lower(), value, address):
            return original_behind(inner) or inner
    path = unquote(unquote(parts.path)) if "%" in parts.path else parts.path
    found = list(_FULL.finditer(path, 1)) if "http" in path else []
    if found:
        last = found[-1]
        scheme = last[0].partition(":")[0].lower()
        return f"{scheme}://{_without_format(path[last.end() :], path)}"
    if "aHR0c" in path and (encoded := _ENCODED.search(path)) and (inner := _decoded(encoded[0])):
        return inner
    lower = path.lower()
    if ("cdn-cgi" in lower or "_ipx" in lower) and (below := _BELOW.search(path)) and _FILE.search(below[1]):
        return join(address, below[1])
    holds_host = "." in path[: path.rfind("/")]
    if holds_host and _PROXY.search(f"{parts.netloc}{path}") and (step := _HOST_STEP.search(path)):
        return f"https://{step[1]}"
    return None


def _named(name: str, value: str, address: str) -> str | None:
    """The address of a picture that a parameter gives."""
    if (name not in _NAMED or name == "href") and not (value.startswith("http") and _FILE.search(value)):
        return None
    if value.startswith(("http://", "https://")):
        return value
    if value.startswith("/") and not value.startswith("//") and _FILE.search(value):
        return join(address, value)
    if value.startswith("aHR0c"):
        return _decoded(value)
    host = _HOST.fullmatch(value.removeprefix("//"))
    return f"https://{host[1]}" if host else None


def _without_format(inner: str, path: str) -> str:
    """Plain addresses of imgproxy end in the format asked for, behind an ``@``."""
    return inner.rpartition("@")[0] or inner if "/plain/" in path else inner


def _decoded(text: str) -> str | None:
    text = text.replace("/", "").rstrip("=")
    try:
        inner = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError:
        return None
    return inner if _FULL.match(inner) else None


@lru_cache(maxsize=2048)
def asset_id(address: str) -> str | None:
    """What stays the same across the variants of one picture.

    That is its file's name without sizes, or a telling part of its path where the file's name tells but the variant;
    both, where neither tells enough alone.
    """
    inner = original_behind(address) or address
    if len(inner) > _LONGEST:
        return None
    steps = [step for step in path_of(inner).split("/") if step]
    if not steps:
        return None
    told = _SCRIPT.search(steps[-1]) or (len(steps[-1]) <= _SHORT and steps[-1].isalpha())
    if told and (named := _id_in_query(inner)):
        return named
    last = _ENDINGS.sub("", steps[-1])
    file = _without_size(last.rpartition(".")[0] if last == steps[-1] and "." in last[-6:] else last)
    dirs = [stem for step in steps[:-1] if (stem := _telling(step))]
    place = max(dirs, key=len, default="")
    if _GENERIC.fullmatch(file) or not file:
        folder = "/".join(steps[-3:-1])
        return place or (folder if file.isalpha() and has_digit(folder) else file) or None
    return f"{place}/{file}" if place and not _UNIQUE.match(file) else file


def identity(address: str) -> str:
    """A key equal for the variants of one picture."""
    return asset_id(address) or address


def _telling(step: str) -> str:
    """A step of a path without its ending, where it may tell one picture from others; else nothing."""
    if len(step) < 6 or not has_digit(step) or _DAY.fullmatch(step) or _OPTIONS.fullmatch(step):
        return ""
    return _without_size(step.rpartition(".")[0] or step)


def _without_size(stem: str) -> str:
    tail = stem[-80:]
    return stem[:-80] + _SIZE.sub("", tail) if len(stem) > 80 else _SIZE.sub("", stem)


def _id_in_query(address: str) -> str | None:
    try:
        named = dict(parse_qsl(urlsplit(address).query))
    except ValueError:
        return None
    value = next((named[name] for name in _IDS if named.get(name)), None)
    return value.rstrip("/").rpartition("/")[2].rpartition(".")[0] or value.rpartition("/")[2] if value else None
