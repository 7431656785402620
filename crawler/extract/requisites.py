"""What a browser needs to show a page: style sheets and what these load, fonts, scripts, icons, frames and films."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import lxml.html

from crawler.extract.address import join, path_of
from crawler.extract.body.embeds import is_post
from crawler.extract.images.picture import addresses_of
from crawler.extract.page import Page
from crawler.extract.page.charset import decode_page
from crawler.model import Article


class Requisite(NamedTuple):
    """An address to fetch, and its kind: ``style``, ``font``, ``script``, ``icon``, ``image`` or ``data``."""

    url: str
    kind: str


# What is read once is not read again (``+`` behind a repetition): style sheets are hostile too, and of a bracket that
# nothing closes each way to part the spaces behind it would be tried.
_URL = re.compile(r"url\(\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^()\"']*+))\s*+\)", re.I)
_IMPORT = re.compile(r"@import\s++(?:url\(\s*+)?(?:\"([^\"]*+)\"|'([^']*+)'|([^\s;)\"']++))", re.I)
_SET = re.compile(r"image-set\(([^{};]{0,2000})\)", re.I)
_STRING = re.compile(r"\"([^\"]*+)\"|'([^']*+)'")
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
_PICTURES = {"video": "poster", "input": "src", "use": "href", "image": "href"}
"""Elements that show a picture, and the attribute that names it; in older SVG with a prefix."""
_USUAL = 1000.0
"""Pixels of the width that is taken of a picture that comes in many."""
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


def find_embedded(article: Article) -> tuple[str, ...]:
    """Addresses of the frames and films that stand in the article's text, each once, in order.

    Frames beside the text are mostly advertisements, a post is shown by a script, and a frame that a script will fill
    may name a place in its own page (``#``): none is among them.
    """
    embeds = (block.url.partition("#")[0] for block in article.blocks if block.type == "embed" and block.url)
    return tuple(dict.fromkeys(url for url in embeds if url != article.url and not is_post(url)))


def _in_page(page: Page) -> Iterator[Requisite]:
    for element in page.tree.iter("link", "script", "style", "img", *_PICTURES):
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
            for address in _shown(page, element):
                yield Requisite(address, "image")
        elif tag in _PICTURES:
            written = element.get(_PICTURES[tag]) or element.get(f"xlink:{_PICTURES[tag]}")
            if written and not written.startswith("#") and (address := page.absolute(written)):
                yield Requisite(address.partition("#")[0], "image")
        elif element.text:
            for address, kind in _in_style(element.text, page.base_url):
                yield Requisite(address, kind)
    for element in page.tree.iterfind(".//*[@style]"):
        style = element.get("style", "")
        if "url(" in style:
            for address, kind in _in_style(style, page.base_url):
                yield Requisite(address, kind)


def _shown(page: Page, element: lxml.html.HtmlElement) -> Iterator[str]:
    """What an ``img`` shows: its ``src``, and where that is none or stands in for the picture, one more."""
    source = page.absolute(element.get("src"))
    if source:
        yield source
    urls = addresses_of(page, element)
    if urls and source not in urls:
        yield min(urls, key=lambda address: abs((urls[address] or _USUAL) - _USUAL))


def _without_comments(text: str) -> str:
    """The text with a space for each comment; what opens behind the last end of one is none."""
    commented, end, rest = text.rpartition("*/")
    return _COMMENT.sub(" ", commented + end) + rest


def _in_style(text: str, base: str) -> Iterator[tuple[str, str]]:
    text = _without_comments(text)
    imported = {match.start(): next(filter(None, match.groups()), "") for match in _IMPORT.finditer(text)}
    sheets = set(imported.values())
    for address in imported.values():
        if joined := join(base, address):
            yield joined, "style"
    for match in _SET.finditer(text):
        for string in _STRING.finditer(_URL.sub(" ", match[1])):
            address = string[1] or string[2] or ""
            if address and not re.fullmatch(r"image/[\w.+-]+", address) and (joined := join(base, address)):
                yield joined, "image"
    for match in _URL.finditer(text):
        address = next(filter(None, match.groups()), "").strip()
        if not address or address in sheets:
            continue
        if joined := join(base, address):
            yield joined, "font" if _FONT.search(joined) else "image"
