"""One picture of a page: every address a browser could choose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

import lxml.html

from crawler.extract.address import path_of
from crawler.extract.images.asset import identity
from crawler.extract.images.srcset import DATA_URI, read_srcset
from crawler.extract.page import Page
from crawler.extract.page.blocks import Box
from crawler.extract.wording import tidy

_SOURCES = (
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-hi-res-src", "data-full-src", "data-image",
    "data-url", "data-echo", "data-img-src", "data-large-file", "data-orig-file", "data-src-large",
    "data-fallback-src", "src",
)  # fmt: skip
_LAZY = frozenset(("data-src", "data-original", "data-lazy-src", "data-lazy", "data-echo", "data-img-src"))
"""What a script moves to ``src``, which until then names something that stands for the picture."""
_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-sizes-srcset", "data-responsive-srcset")
_SAYING = frozenset({"alt", "title", "aria-label", "class", "id", "style", "onerror"})
"""Attributes that hold words."""
_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[\s?&,])", re.I)
_MOST_SOURCES = 100
"""Elements of a picture that are looked at."""
_DIMENSIONS = re.compile(r"[-_](\d{2,4})x(\d{2,4})(?=\.\w{3,4}$)")
_SIZE_QUERY = re.compile(r"(?:^|[?&;/,])(?:w|width|max|resize|imwidth|im_w)[=_/](\d{2,4})", re.I)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture element with every address it could show."""

    element: lxml.html.HtmlElement
    box: Box
    before: int
    """Number of text blocks before it."""
    number: int
    """Its place among the pictures of the page."""
    urls: tuple[tuple[str, float], ...]
    """Addresses with their width in pixels where it is told, else 0; the first is what ``src`` names."""
    alt: str | None
    width: float
    """The width the page gives it; 0 where it says none."""

    @property
    def best(self) -> str:
        """The address of the widest variant."""
        return max(self.urls, key=lambda pair: pair[1])[0]


def read_picture(page: Page, number: int) -> Picture | None:
    """The page's picture of that number with every address it could show; None where it has none."""
    element, box, before = page.layout.pictures[number]
    urls = addresses_of(page, element)
    if not urls:
        return None
    ordered = tuple((address, width or width_of(address)) for address, width in urls.items())
    return Picture(
        element, box, before, number, ordered, tidy(element.get("alt")) or None, _number(element.get("width"))
    )


def addresses_of(page: Page, element: lxml.html.HtmlElement) -> dict[str, float]:
    """Every address that a picture's or film's element could show, with its width in pixels where it is told, else 0.

    What only stands for the picture until a script has come is none of them.
    """
    urls: dict[str, float] = {}
    attributes = dict(element.items())
    for name in _SETS:
        if value := attributes.get(name):
            _add_set(page, value, urls)
    # The parser knows no <source>: what follows it in a <picture> comes out nested in it.
    picture = next((up for up in islice(element.iterancestors(), 6) if up.tag == "picture"), None)
    if picture is not None:
        for source in islice(picture.iter(), _MOST_SOURCES):
            if source.tag != "source":
                continue
            for name in _SETS:
                if value := source.get(name):
                    _add_set(page, value, urls)
    lazy: set[str] = set()
    is_film = "video" in str(element.tag)
    for name in ("poster",) if is_film else _SOURCES:
        value = attributes.get(name)
        if value and not DATA_URI.match(value) and (address := page.absolute(value)):
            if name == "src" and lazy and identity(address) not in lazy:
                continue
            if name in _LAZY:
                lazy.add(identity(address))
            urls.setdefault(address, 0.0)
    if not urls:
        if is_film:  # its source is the film, and no still of it
            attributes = {name: value for name, value in attributes.items() if not name.endswith("src")}
        _add_odd(page, attributes, urls)
    return urls


def first_source(element: lxml.html.HtmlElement) -> str:
    """The first address an element names, as written; empty where it has none."""
    attributes = dict(element.items())  # asking for fifteen one by one costs more
    return next((value for name in _SOURCES if (value := attributes.get(name)) and not DATA_URI.match(value)), "")


def shows(element: lxml.html.HtmlElement, own: set[str]) -> bool:
    """True for the same picture again: what stands in a ``noscript`` for readers without scripts."""
    return any(identity(value) in own or value in own for name in _SOURCES if (value := element.get(name)))


def width_of(address: str) -> float:
    """The width an address says of itself (``-1024x683.jpg``, ``?w=1200``); 0 where it says none."""
    if match := _DIMENSIONS.search(path_of(address)):
        return float(match.group(1))
    if match := _SIZE_QUERY.search(address):
        return float(match.group(1))
    return 0.0


def _add_set(page: Page, value: str, urls: dict[str, float]) -> None:
    for address, width in read_srcset(value):
        if full := page.absolute(address):
            urls[full] = max(width, urls.get(full, 0.0))


def _add_odd(page: Page, attributes: dict[str, str], urls: dict[str, float]) -> None:
    """Reads what a script would put in the place of a picture without an address, whatever it calls that."""
    for name, value in attributes.items():
        told = name.endswith("src") or (name not in _SAYING and _FILE.search(value))
        if not told or DATA_URI.match(value):
            continue
        if name.endswith("set"):
            _add_set(page, value, urls)
        elif " " not in value.strip() and (address := page.absolute(value)):
            urls.setdefault(address, 0.0)


def _number(value: str | None) -> float:
    match = re.match(r"\s*(\d{1,5})", value or "")
    return float(match.group(1)) if match else 0.0
