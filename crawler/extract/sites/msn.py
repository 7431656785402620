"""MSN: the page is a shell; its story is a JSON document of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from crawler.extract.address import path_of
from crawler.extract.page import Page
from crawler.extract.sites.markup import read_markup
from crawler.extract.sites.reading import SURE, SiteReading
from crawler.extract.sites.values import inside, json_object, names_in, text_of, url_of
from crawler.model import Candidate, Image, Organization, Outcome
from crawler.model.address import host_of

# Seen 2026-11: www.msn.com/<locale>/…/ar-<id> holds no text; assets.msn.com/content/view/v2/Detail/<locale>/<id> does:
# title, publishedDateTime, updatedDateTime, provider.name, sourceHref (the original), authors[].name, body (HTML),
# imageResources[]. Ids that begin with `gm-` have no such document.
_PAGE = re.compile(r"^/(?P<locale>[a-z]{2}-[a-z]{2})/.*/(?:ar|vi|ss)-(?P<id>[A-Za-z0-9-]+)/?$")
_DETAIL = re.compile(r"^/content/view/v2/Detail/(?P<locale>[^/]+)/(?P<id>[^/]+)/?$")
_HERE = Organization("MSN", "https://www.msn.com")
_SHELL_WORDS = 600
"""Characters in paragraphs that no shell has: navigation and notices stay below."""


class Msn:
    """Stories on msn.com: the shell, and the document behind it."""

    name = "msn"

    def matches(self, url: str) -> bool:
        """True for the site's pages and for its documents."""
        return host_of(url) in {"msn.com", "assets.msn.com"}

    def recognises(self, page: Page) -> bool:
        """True for pages at the site's addresses."""
        return self.matches(page.address)

    def witness(self, page: Page) -> SiteReading:
        """The story of a document; of a shell, where its document lies."""
        path = path_of(page.address)
        if _DETAIL.match(path):
            return _detail(json_object(page.text))
        shell = _PAGE.match(path)
        if shell is None:
            return SiteReading(distributor=_HERE)
        if sum(len(element.text_content()) for element in page.tree.iter("p")) > _SHELL_WORDS:
            return SiteReading(distributor=_HERE, drift="msn: a page with text, where a shell was expected")
        if shell["id"].startswith("gm-"):
            note = "no document: ids that begin with gm- have none"
        else:
            note = f"document: https://assets.msn.com/content/view/v2/Detail/{shell['locale']}/{shell['id']}"
        reason = "a shell that a script fills from a document of its own"
        return SiteReading(distributor=_HERE, outcome=Outcome.NEEDS_BROWSER, outcome_reason=reason, notes=(note,))


def _detail(story: dict[str, Any]) -> SiteReading:
    body = story.get("body")
    if not isinstance(body, str) or text_of(story, "title") is None:
        return SiteReading(distributor=_HERE, drift="msn: no title and body in the document")
    markup = read_markup(body)
    original = url_of(story, "sourceHref")
    return SiteReading(
        candidates=tuple(_fields(story)),
        images=tuple(_images(story)),
        original_urls=(original,) if original else (),
        distributor=_HERE,
        blocks=tuple(block for block in markup.blocks if block.type != "image"),
        outcome=Outcome.ARTICLE if markup.blocks else None,
    )


def _fields(story: dict[str, Any]) -> Iterator[tuple[str, Candidate]]:
    provider = inside(story, "provider")
    name = text_of(provider, "name")
    said: tuple[tuple[str, Any, str], ...] = (
        ("headline", text_of(story, "title"), "title"),
        ("date_published", text_of(story, "publishedDateTime"), "publishedDateTime"),
        ("date_modified", text_of(story, "updatedDateTime"), "updatedDateTime"),
        ("authors", names_in(story.get("authors")), "authors[].name"),
        ("publisher", Organization(name, url_of(provider, "homePageUrl", "url")) if name else None, "provider.name"),
        ("description", text_of(story, "abstract"), "abstract"),
        ("section", text_of(story, "category"), "category"),
        ("canonical_url", url_of(story, "sourceHref"), "sourceHref"),
    )
    for field, value, key in said:
        if value:
            yield field, Candidate(value, "app-state", f"$.{key}", SURE)


def _images(story: dict[str, Any]) -> Iterator[Image]:
    rows = story.get("imageResources")
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        if url := url_of(row, "url"):
            caption, credit = text_of(row, "caption", "title"), text_of(row, "attribution")
            yield Image(url, caption=caption, credit=credit, role="inline" if number else "lead", variants=(url,))
