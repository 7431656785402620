"""What ``itemprop``, RDFa and microformat names inside the page's body say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import lxml.html

from crawler.extract.page import Page, property_of
from crawler.extract.page.blocks import Layout
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.wording import tidy
from crawler.model import Candidate

_LOOKS = 50
"""Authors whose elements are read, for they may lie in each other and hold the page; and headlines, days and sections:
what a page has more of is not its own."""
_FIELDS = {
    "headline": ("headline", "headline", 0.75),
    "datepublished": ("date_published", "datepublished", 0.8),
    "datecreated": ("date_published", "datecreated", 0.8),
    "datemodified": ("date_modified", "datemodified", 0.8),
    "articlesection": ("section", "articleSection", 0.6),
}
"""Property, in lower case, to the field it is of, its name as it is told, and the trust it has earned."""
_MOST_AUTHORS, _LONGEST_NAME = 10, 150
"""Authors that are taken, and characters of a name."""


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Candidates from ``itemprop`` values, those of other articles' cards left out."""
    authors = _Authors()
    for name, element in _named(page, layout):
        if name == "author":
            authors.look_at(element)
        elif name in _FIELDS and (text := tidy(_value(element) or element.text_content())):
            field, said, trust = _FIELDS[name]
            yield field, Candidate(text, "microdata", f"itemprop={said}", trust)
    if authors.names:
        yield "authors", Candidate(tuple(dict.fromkeys(authors.names)), "microdata", "itemprop=author", 0.7)


def _named(page: Page, layout: Layout) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    """Every element with a property, once for each that it names, and no more than ``_LOOKS`` of each name."""
    said: Counter[str] = Counter()
    marked = dict.fromkeys(layout.marked)
    in_head = [element for element in page.describing["meta"] if element not in marked]
    for element in (*in_head, *marked):
        names = property_of(element) or (element.tag != "meta" and element.get("property"))
        for name in names.lower().replace("schema:", "").split() if names else ():
            said[name] += 1
            if said[name] <= _LOOKS:
                yield name, element


class _Authors:
    """The authors of the first article on the page: those of others are cards' and comments'."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._scope: lxml.html.HtmlElement | None = None

    def look_at(self, element: lxml.html.HtmlElement) -> None:
        """Take the name in an element, where it is of the same article as those before."""
        if len(self.names) >= _MOST_AUTHORS:
            return
        text = tidy(_value(element) or _name_inside(element) or element.text_content())
        if text and len(text) < _LONGEST_NAME and (not self.names or _scope(element) is self._scope):
            self._scope = _scope(element)
            self.names.append(text)


def _value(element: lxml.html.HtmlElement) -> str | None:
    return element.get("content") or element.get("datetime")


def _scope(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The article that an element tells of: the first of several on a page, the others are cards and comments."""
    for around in element.iterancestors():
        if around.get("itemscope") is not None or around.tag == "article":
            return around
    return None


def _name_inside(element: lxml.html.HtmlElement) -> str | None:
    for child in element.iter():
        if child.get("itemprop") == "name":
            return str(child.get("content") or child.text_content())
    return None
