"""One card of a panel: headline, outlet, snippet, section, picture and date, told apart by place and shape."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from crawler.extract.dates import is_date
from crawler.extract.images.srcset import read_srcset
from crawler.extract.names.sections import is_section
from crawler.extract.panels.outlet import is_section_by_name, outlet_named
from crawler.extract.panels.targets import is_command, without_command
from crawler.extract.wording import headline_weight, tidy
from crawler.model import Card

_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_DEAF = frozenset({"script", "style", "noscript", "template", "svg", "button", "option"})
_LEAST_WORDS, _MOST_WORDS = 4, 30
_LEAST_SECTION, _LONGEST_CAPS = 3, 32
_LONGEST_HEADLINE = 110
"""Characters of a headline that stands beside a shorter heading."""


def read_card(card: HtmlElement, link: HtmlElement, *, url: str, position: int, host: str = "") -> Card | None:
    """The card around a link to another story; ``url`` is the link's address in full, ``host`` the page's own.

    None where it has no headline.
    """
    pieces = list(_pieces(card))
    printed = _headline(card, link)
    headline = without_command(printed)
    if not headline:
        return None
    at = next((number for number, (_, text) in enumerate(pieces) if text == printed), 0)
    outlet = section = snippet = date = None
    for element in card.iter("time"):
        date = date or " ".join(text for _, text in _pieces(element)) or element.get("datetime")
    for number, (part, text) in enumerate(pieces):
        if text in {printed, date} or printed.startswith(text) or is_command(text):
            continue
        if date is None and is_date(text):
            date = text
        elif len(text) >= 60 or text.endswith(("…", "...")):
            snippet = snippet or text
        elif outlet is None and (name := outlet_named(text, part, address=url, host=host)):
            outlet = name
        elif section is None and _is_section(part, text, behind=number > at):
            section = text
    return Card(headline, url, outlet, snippet, section, _picture(card), date, position)


def _is_section(part: HtmlElement, text: str, *, behind: bool) -> bool:
    if is_section(text):
        return True
    if not _LEAST_SECTION <= len(text) <= _LONGEST_CAPS or text[0].islower() or not text[0].isalpha():
        return False
    return (behind and _is_caps(text)) or is_section_by_name(part)


def _headline(card: HtmlElement, link: HtmlElement) -> str:
    """The heading of the link, else of its card, else the weightiest piece of the link, else what it says of itself.

    A heading of few words that has a headline beside it in the link is a kicker.
    """
    heading = _heading(card, link)
    if heading and headline_weight(heading[0]) > _LEAST_WORDS:
        return heading[0]
    pieces = [text for _, text in _pieces(link) if (len(text) > 30 or not is_date(text)) and not is_command(text)]
    long = (text for text in pieces if _LEAST_WORDS <= headline_weight(text) <= _MOST_WORDS)
    first_long = next(long, None)
    if heading:
        told, own = heading
        rival = first_long is not None and len(first_long) <= _LONGEST_HEADLINE and first_long[-1] not in ".…"
        least = _LEAST_WORDS if own else _LEAST_WORDS + 1
        return first_long if rival and first_long and headline_weight(told) < least else told
    shortish = [text for text in pieces if headline_weight(text) <= _MOST_WORDS] or pieces
    if shortish:
        return first_long or max(shortish, key=headline_weight)
    return tidy(link.get("aria-label") or link.get("title") or "")


def _heading(card: HtmlElement, link: HtmlElement) -> tuple[str, bool] | None:
    """The first heading inside the link or around it, else of the card, and whether it is the link's."""
    for element in (*link.iter(*_HEADINGS), *link.iterancestors(*_HEADINGS)):
        if (text := tidy(" ".join(element.itertext()))) and not is_command(text):
            return text, True
        if element is card:
            break
    for element in card.iter(*_HEADINGS):
        if (text := tidy(" ".join(element.itertext()))) and not is_command(text):
            return text, False
    return None


def _pieces(element: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """The texts of an element as a reader sees them apart: inline parts of a block are one text."""
    walker = iterwalk(element, events=("start",))
    for _, part in walker:
        if part.tag in _DEAF:
            walker.skip_subtree()
            continue
        own = tidy(part.text)
        inline = list(part)
        if own and all(
            child.tag in {"b", "i", "em", "strong", "mark", "wbr", "br", "u", "sup", "sub"} for child in inline
        ):
            yield part, tidy("".join(part.itertext()))
        elif own:
            yield part, own
        for child in inline:
            if (tail := tidy(child.tail)) and not (
                own and child.tag in {"b", "i", "em", "strong", "mark", "wbr", "br"}
            ):
                yield part, tail


def _is_caps(text: str) -> bool:
    letters = text == text.upper() != text.lower() and not any(mark.isdigit() or mark in ":%€$£" for mark in text)
    return letters and len(text.split()) <= 4


def _picture(card: HtmlElement) -> str | None:
    """The largest picture a browser could choose, as printed; placeholders in ``data:`` form are none."""
    for image in card.iter("img", "source"):
        offered = [each for name in ("srcset", "data-srcset") for each in read_srcset(image.get(name) or "")]
        if offered:
            return max(offered, key=lambda pair: pair[1])[0]
        for name in ("data-src", "data-lazy-src", "data-original", "src"):
            address = (image.get(name) or "").strip()
            if address and not address.startswith("data:"):
                return address
    return None
