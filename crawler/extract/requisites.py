"""What a browser needs to show a page: style sheets, fonts, scripts, icons and what style sheets load in turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from crawler.extract.address import join, path_of
from crawler.extract.page import Page
from crawler.extract.page.charset import decode_page


class Requisite(NamedTuple):
    """An address to fetch, and its kind: ``style``, ``font``, ``script``, ``icon``, ``image`` or ``data``."""

    url: str
    kind: str


_URL = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\"']*))\s*\)", re.I)
_IMPORT = re.compile(r"@import\s+(?:url\(\s*)?(?:\"([^\"]*)\"|'([^']*)'|([^\s;)\"']+))", re.I)
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_FONT = re.compile(r"\.(?:woff2?|ttf|otf|eot)(?:[?#]|$)", re.I)
_RELS = {
    "stylesheet": "style",
    "icon": "icon",
    "apple-touch-icon": "icon",
    "apple-touch-icon-precomposed": "icon",
    "mask-icon": "icon",
    "manifest": "data",
    "modulepreload": "script",
}
_PRELOADED = {"style": "style", "font": "font", "script": "script", "image": "image"}


def find_requisites(body: bytes, *, url: str, headers: Mapping[str, str] | None = None) -> tuple[Requisite, ...]:
    """The requisites of an HTML page or of a style sheet, each address once, in order; never raises.

    A style sheet is told by its Content-Type or by the ending of its URL. All ``img`` elements count; which of them are
    the article's own, the caller knows.
    """
    kind = next((v for k, v in (headers or {}).items() if k.lower() == "content-type"), "")
    if "css" in kind.lower() or (not kind and path_of(url).endswith(".css")):
        found = [Requisite(address, how) for address, how in _in_style(decode_page(body, headers)[0], url)]
    else:
        found = list(_in_page(Page(body, url=url, headers=headers)))
    return tuple(dict.fromkeys(found))


def _in_page(page: Page) -> Iterator[Requisite]:
    for element in page.tree.iter("link", "script", "style", "img"):
        tag = element.tag
        if tag == "link":
            rels = element.get("rel", "").lower().split()
            kind = next((_RELS[rel] for rel in rels if rel in _RELS), None)
            if kind is None and "preload" in rels:
                kind = _PRELOADED.get(element.get("as", "").lower())
            if kind and (address := page.absolute(element.get("href"))):
                yield Requisite(address, kind)
        elif tag == "script":
            if address := page.absolute(element.get("src")):
                yield Requisite(address, "script")
        elif tag == "img":
            if address := page.absolute(element.get("src")):
                yield Requisite(address, "image")
        elif element.text:
            for address, kind in _in_style(element.text, page.base_url):
                yield Requisite(address, kind)
    for element in page.tree.iterfind(".//*[@style]"):
        style = element.get("style", "")
        if "url(" in style:
            for address, kind in _in_style(style, page.base_url):
                yield Requisite(address, kind)


def _in_style(text: str, base: str) -> Iterator[tuple[str, str]]:
    text = _COMMENT.sub(" ", text)
    imported = {match.start(): next(filter(None, match.groups()), "") for match in _IMPORT.finditer(text)}
    sheets = set(imported.values())
    for address in imported.values():
        if joined := join(base, address):
            yield joined, "style"
    for match in _URL.finditer(text):
        address = next(filter(None, match.groups()), "").strip()
        if not address or address in sheets:
            continue
        if joined := join(base, address):
            yield joined, "font" if _FONT.search(joined) else "image"
