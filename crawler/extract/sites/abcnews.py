"""ABC News: where its page keeps headline, byline and body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawler.extract.address import path_of
from crawler.extract.page import Page
from crawler.extract.sites.reading import SiteReading
from crawler.extract.wording import tidy
from crawler.model import Candidate, Organization
from crawler.model.address import host_of

# `data-testid="prism-…"`: in public extractors of 2025-10 and after. `Article__…` and `FITT_Article…` class names:
# those of 2020 to 2024, still met in archives. JSON-LD carries date and authors; the rules stand in where it is gone.
_RULES = {
    "headline": (".//*[@data-testid='prism-headline']//h1", ".//h1[@data-testid='prism-headline']",
                 ".//h1[contains(@class, 'Article__Headline__Title')]", ".//h1[contains(@class, 'article-header')]"),
    "byline": (".//*[@data-testid='prism-byline']", ".//*[contains(@class, 'Byline__Author')]",
               ".//*[contains(@class, 'ContentMetadata__Byline')]"),
    "body": (".//*[@data-testid='prism-article-body']", ".//*[contains(@class, 'FITT_Article_main__body')]",
             ".//article[contains(@class, 'Article__Content')]", ".//section[contains(@class, 'Article__Content')]"),
}  # fmt: skip
_STORY = re.compile(r"/(?:wire)?story(?:[/?]|$)|/story\?id=", re.I)
_BY = re.compile(r"^by\s+", re.I)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b(?:{_MONTHS}) \d{{1,2}}, \d{{4}}(?:, \d{{1,2}}:\d\d [AP]M)?")


class AbcNews:
    """Stories on abcnews.go.com and abcnews.com."""

    name = "abcnews"

    def matches(self, url: str) -> bool:
        """True for the site's pages."""
        return host_of(url) in {"abcnews.go.com", "abcnews.com"}

    def recognises(self, page: Page) -> bool:
        """True for pages at the site's addresses."""
        return self.matches(page.address)

    def witness(self, page: Page) -> SiteReading:
        """Headline, byline and date from their marked elements, and the element of the body."""
        marked = {name: _first(page.tree, paths) for name, paths in _RULES.items()}
        found = list(_candidates(marked))
        missing = [name for name in ("headline", "body") if marked[name] is None]
        story = _STORY.search(f"{path_of(page.address)}?{page.address.partition('?')[2]}") is not None
        return SiteReading(
            candidates=tuple(found),
            body_root=marked["body"],
            drift=f"abcnews: no element for {' and '.join(missing)}" if story and missing else None,
        )


def _first(tree: HtmlElement, paths: tuple[str, ...]) -> HtmlElement | None:
    for path in paths:
        for element in tree.iterfind(path) if "contains(" not in path else tree.xpath(path):
            if tidy("".join(element.itertext())):
                return element
    return None


def _candidates(marked: dict[str, HtmlElement | None]) -> Iterator[tuple[str, Candidate]]:
    yield "publisher", Candidate(Organization("ABC News", "https://abcnews.go.com"), "url", "host", 0.9)
    headline, byline = marked["headline"], marked["byline"]
    if headline is not None:
        yield "headline", Candidate(tidy("".join(headline.itertext())), "dom", "prism-headline", 0.9)
    if byline is None:
        return
    links = [tidy("".join(link.itertext())) for link in byline.iter("a") if "/author/" in (link.get("href") or "")]
    line = tidy(" ".join(byline.itertext()))
    names = tuple(dict.fromkeys(name for name in links if name))
    if not names and _BY.match(line):
        names = (_DATE.sub("", line).strip(" ,|·"),)
    if names:
        yield "authors", Candidate(names, "dom", "prism-byline", 0.85)
        yield "byline", Candidate(_DATE.sub("", line).strip(" ,|·"), "dom", "prism-byline", 0.8)
    if printed := _DATE.search(line):
        yield "date_published", Candidate(printed[0], "dom", "prism-byline", 0.6)
