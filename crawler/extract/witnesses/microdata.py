"""What ``itemprop``, RDFa and microformat names inside the page's body say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import lxml.html

from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.wording import tidy
from crawler.model import Candidate

_LOOKS = 50
"""Authors whose elements are read, for they may lie in each other and hold the page; and headlines, days and sections:
what a page has more of is not its own."""
_DATES = {"datepublished": "date_published", "datecreated": "date_published", "datemodified": "date_modified"}


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Candidates from ``itemprop`` values, those of other articles' cards left out."""
    authors: list[str] = []
    scope: lxml.html.HtmlElement | None = None
    looked_at = 0
    said: Counter[str] = Counter()
    marked = dict.fromkeys(layout.marked)
    in_head = [element for element in page.describing["meta"] if element not in marked]
    for element in (*in_head, *marked):
        names = element.get("itemprop") or (element.tag != "meta" and element.get("property"))
        if not names:
            continue
        value = element.get("content") or element.get("datetime")
        for name in names.lower().replace("schema:", "").split():
            said[name] += 1
            if said[name] > _LOOKS:
                continue
            if name == "headline":
                text = tidy(value or element.text_content())
                if text:
                    yield "headline", Candidate(text, "microdata", "itemprop=headline", 0.75)
            elif name in _DATES:
                text = tidy(value or element.text_content())
                if text:
                    yield _DATES[name], Candidate(text, "microdata", f"itemprop={name}", 0.8)
            elif name == "author" and len(authors) < 10 and looked_at < _LOOKS:
                looked_at += 1
                text = tidy(value or _name_inside(element) or element.text_content())
                if text and len(text) < 150 and (not authors or _scope(element) is scope):
                    scope = _scope(element)
                    authors.append(text)
            elif name == "articlesection" and (text := tidy(value or element.text_content())):
                yield "section", Candidate(text, "microdata", "itemprop=articleSection", 0.6)
    if authors:
        yield "authors", Candidate(tuple(dict.fromkeys(authors)), "microdata", "itemprop=author", 0.7)


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
