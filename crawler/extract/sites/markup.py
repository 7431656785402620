"""HTML that a site keeps in its data, as blocks and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from crawler.extract.images.captions import read_caption
from crawler.extract.page.tree import parse_html
from crawler.extract.wording import tidy
from crawler.model import Block

_BLOCKS = {"p": "paragraph", "li": "list_item", "blockquote": "quote"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DEAF = frozenset({"script", "style", "noscript", "template", "iframe", "button", "form", "figcaption", "aside", "nav"})
_PARTS = frozenset({*_BLOCKS, *_HEADINGS, "div", "section", "article", "ul", "ol", "figure", "table", "img"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as the markup shows it."""

    url: str
    alt: str | None
    caption: str | None
    credit: str | None


@dataclass
class Markup:
    """Blocks in reading order, and the pictures among them."""

    blocks: list[Block] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)


def read_markup(html: str) -> Markup:
    """Blocks and pictures of a piece of HTML; a text without any tag is paragraphs of its lines."""
    found = Markup()
    if "<" not in html:
        found.blocks = [Block("paragraph", text) for line in html.splitlines() if (text := tidy(line))]
        return found
    for child in parse_html(html):
        _walk(child, found)
    return found


def _walk(element: HtmlElement, found: Markup) -> None:
    if not isinstance(element.tag, str) or element.tag in _DEAF or element.tag == "head":
        return
    if element.tag == "img":
        _picture(element, found)
        return
    kind = "heading" if element.tag in _HEADINGS else _BLOCKS.get(element.tag)
    if kind is not None and not any(child.tag in _PARTS for child in element.iterdescendants()):
        _text(element, kind, found)
        return
    run = [(element.text or "").replace("\n", " ")]
    for child in element:
        if isinstance(child.tag, str) and (child.tag in _PARTS or any(True for _ in child.iter(*_PARTS))):
            _flush(run, found)
            run.clear()
            _walk(child, found)
        elif child.tag == "br":
            run.append("\n")
        elif isinstance(child.tag, str) and child.tag not in _DEAF:
            run.append("".join(child.itertext()).replace("\n", " "))
        run.append((child.tail or "").replace("\n", " "))
    _flush(run, found)


def _flush(run: list[str], found: Markup) -> None:
    """Words between blocks are a paragraph; two line breaks part them."""
    for piece in re.split(r"\n\s*\n", "".join(run)):
        if text := tidy(piece):
            found.blocks.append(Block("paragraph", text))


def _text(element: HtmlElement, kind: str, found: Markup) -> None:
    text = tidy("".join(element.itertext()))
    if not text:
        return
    links = [link for link in element.iter("a") if link.get("href")]
    if (
        kind == "paragraph"
        and len(links) == 1
        and tidy("".join(links[0].itertext())) == text
        and text[-1] not in '.?!”"'
    ):
        found.blocks.append(Block("related_link", text, url=links[0].get("href")))
    else:
        found.blocks.append(Block(kind, text, level=_HEADINGS.get(str(element.tag))))


def _picture(element: HtmlElement, found: Markup) -> None:
    url = next((value for value in _addresses(element) if value.startswith(("http://", "https://", "//"))), None)
    if url is None:
        return
    url = f"https:{url}" if url.startswith("//") else url
    figure = next(element.iterancestors("figure"), None)
    words = (
        " ".join(tidy(" ".join(part.itertext())) for part in figure.iter("figcaption")) if figure is not None else ""
    )
    caption, credit = read_caption(words) if words else (None, None)
    found.pictures.append(Shown(url, tidy(element.get("alt")) or None, caption, credit))
    found.blocks.append(Block("image", caption or "", url=url))


def _addresses(element: HtmlElement) -> Iterator[str]:
    for name in ("src", "data-src", "data-original", "data-lazy-src"):
        yield (element.get(name) or "").strip()
