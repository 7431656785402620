"""One card of a panel: headline, outlet, snippet, section, picture and date, told apart by place and shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from crawler.extract.counts import read_count
from crawler.extract.dates import is_date
from crawler.extract.panels.headings import is_section
from crawler.extract.wording import headline_weight, tidy
from crawler.model import Card

_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_DEAF = frozenset({"script", "style", "noscript", "template", "svg", "button", "option"})
_NO_NAME = re.compile(r"^(?:by|von|par|por|from|via|source|quelle)\b[:\s]*", re.I)
_READING = re.compile(
    r"\b\d+\s?(?:min|minutes?|shares?|comments?|kommentare?)\b|^(?:video|photos?|comments?|read more|weiterlesen)$",
    re.I,
)
_IN_SET = re.compile(r"([^\s,][^\s]*)(?:\s+([\d.]+)[wx])?\s*(?:,|$)")


def read_card(card: HtmlElement, link: HtmlElement, *, url: str, position: int) -> Card | None:
    """The card around a link to another story; ``url`` is the link's address in full. None where it has no headline."""
    pieces = list(_pieces(card))
    headline = _headline(card, link)
    if not headline:
        return None
    at = next((number for number, (_, text) in enumerate(pieces) if text == headline), 0)
    outlet = section = snippet = date = None
    for element in card.iter("time"):
        date = date or tidy(" ".join(element.itertext())) or element.get("datetime")
    for number, (_, text) in enumerate(pieces):
        if text in {headline, date} or headline.startswith(text):
            continue
        if date is None and is_date(text):
            date = text
        elif len(text) >= 60 or text.endswith(("…", "...")):
            snippet = snippet or text
        elif section is None and (is_section(text) or (_is_caps(text) and number > at)):
            section = text
        elif outlet is None and (name := _NO_NAME.sub("", text).strip(" ·|•-:")) and _may_be_outlet(name):
            outlet = name
    return Card(headline, url, outlet, snippet, section, _picture(card), date, position)


def _may_be_outlet(text: str) -> bool:
    if len(text.split()) > 5 or len(text) > 40 or text[0] in ".,;:()[]\"'“„«»+&/":
        return False
    return read_count(text) is None and not _READING.search(text) and re.search(r"[^\W\d_]{2}", text) is not None


def _headline(card: HtmlElement, link: HtmlElement) -> str:
    """The card's heading, else the weightiest piece of its link, else what the link says of itself."""
    for element in card.iter(*_HEADINGS):
        if text := tidy(" ".join(element.itertext())):
            return text
    pieces = [text for _, text in _pieces(link) if len(text) > 30 or not is_date(text)]
    shortish = [text for text in pieces if headline_weight(text) <= 30] or pieces
    if shortish:
        first_long = next((text for text in shortish if headline_weight(text) >= 4), None)
        return first_long or max(shortish, key=headline_weight)
    return tidy(link.get("aria-label") or link.get("title") or "")


def _pieces(element: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """The texts of an element as a reader sees them apart: inline parts of a block are one text."""
    walker = iterwalk(element, events=("start",))
    for _, part in walker:
        if part.tag in _DEAF:
            walker.skip_subtree()
            continue
        own = tidy(part.text or "")
        inline = list(part)
        if own and all(
            child.tag in {"b", "i", "em", "strong", "mark", "wbr", "br", "u", "sup", "sub"} for child in inline
        ):
            yield part, tidy("".join(part.itertext()))
        elif own:
            yield part, own
        for child in inline:
            if (tail := tidy(child.tail or "")) and not (
                own and child.tag in {"b", "i", "em", "strong", "mark", "wbr", "br"}
            ):
                yield part, tail


def _is_caps(text: str) -> bool:
    return text == text.upper() != text.lower() and len(text) <= 32 and len(text.split()) <= 4


def _width(offered: tuple[str, str]) -> float:
    return float(offered[1]) if re.fullmatch(r"\d+(?:\.\d+)?", offered[1]) else 0.0


def _picture(card: HtmlElement) -> str | None:
    """The largest picture a browser could choose, as printed; placeholders in ``data:`` form are none."""
    for image in card.iter("img", "source"):
        offered = [found for name in ("srcset", "data-srcset") for found in _IN_SET.findall(image.get(name) or "")]
        if offered:
            return str(max(offered, key=_width)[0])
        for name in ("data-src", "data-lazy-src", "data-original", "src"):
            address = (image.get(name) or "").strip()
            if address and not address.startswith("data:"):
                return address
    return None
