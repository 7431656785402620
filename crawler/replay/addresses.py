"""The addresses a page names: what URL each means, and where in the archive it is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from w3lib.url import safe_url_string

Place = Callable[[str, str], str]
"""From an archived URL and a form (``""`` for a link, ``mp_``, ``if_``, ``im_``, ``cs_``) to where it is shown."""
Held = Callable[[str], bool]
"""Whether the archive holds a URL."""

_SHOWN_IN_PLACE = (
    "data:image/",
    "data:font/",
    "data:application/font",
    "data:application/x-font",
    "data:video/",
    "data:audio/",
)


@dataclass
class Addresses:
    """The addresses of one page, and where each leads in the archive."""

    base: str
    place: Place
    held: Held
    encoding: str = "utf-8"
    _known: dict[str, str | None] = field(default_factory=dict)

    def absolute(self, written: str) -> str | None:
        """The URL an attribute means; None for one that is not of the web."""
        if written not in self._known:
            self._known[written] = joined(self.base, written, self.encoding)
        return self._known[written]

    def shown(self, written: str, form: str) -> str | None:
        """The address at which what an attribute names is shown; None where nothing of it may be."""
        plain = written.strip()
        if form != "" and plain[:5].lower() == "data:":
            return plain if plain[:30].lower().startswith(_SHOWN_IN_PLACE) else None
        if plain.startswith("#"):
            return plain
        url = self.absolute(written)
        if url is None:
            return None
        url, mark, fragment = url.partition("#")
        return self.place(url, form) + mark + fragment

    def has(self, written: str) -> bool:
        """Whether a picture can be shown: it is held, or stands in the page itself."""
        if written.strip()[:11].lower() == "data:image/":
            return True
        url = self.absolute(written)
        return url is not None and self.held(url)

    def in_sheet(self, written: str) -> str | None:
        """The address for a ``url()`` of a style sheet in the page."""
        return self.shown(written, "oe_")


def srcset_candidates(srcset: str) -> Iterator[tuple[str, str]]:
    """The candidates of a ``srcset`` (WHATWG HTML, 4.8.4.2.1): address and descriptor."""
    at = 0
    while match := re.compile(r"[\s,]*(\S+)").match(srcset, at):
        at = match.end()
        url = match[1].rstrip(",")
        descriptor = ""
        if url == match[1]:
            rest = re.compile(r"[^,(]*(?:\([^)]*\)[^,(]*)*").match(srcset, at)
            assert rest is not None
            descriptor, at = rest[0].strip(), rest.end()
        if url:
            yield url, descriptor


def joined(base: str, written: str, encoding: str = "utf-8") -> str | None:
    r"""``written`` resolved as browsers do: white space and line ends dropped, ``\`` read as ``/``."""
    plain = re.sub(r"[\t\r\n]", "", written.strip("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0e\x0f\x1b \t\r\n\f"))
    if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", plain) or plain[:5].lower() in ("http:", "https"):
        path, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)", plain, re.DOTALL).groups()  # type: ignore[union-attr]
        plain = path.replace("\\", "/") + mark + rest
    if match := re.match(r"(https?):/*(?=[^/])", plain, re.IGNORECASE):
        plain = f"{match[1].lower()}://{plain[match.end() :]}"
    try:
        url = urljoin(base, plain)
    except ValueError:
        return None
    if not url.startswith(("http://", "https://")) or len(url) < 9:
        return None
    if url.isascii() and not re.search(r"[\s\"<>\\^`{|}\x00-\x1f]", url):
        return url
    try:
        return str(safe_url_string(url, encoding))
    except (ValueError, LookupError):
        return None
