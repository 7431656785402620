"""What a site module is, and what it says of one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from lxml.html import HtmlElement

from crawler.extract.page import Page
from crawler.model import Block, Candidate, Count, Image, Organization, Outcome, Panel

SURE = 0.95
"""Confidence in what a site's own module reads, above that in any general witness."""


@dataclass(frozen=True, slots=True)
class SiteReading:
    """Site knowledge applied to a page: one more witness, of high confidence, and what only it can see."""

    candidates: tuple[tuple[str, Candidate], ...] = ()
    """Field and candidate, in the forms the general witnesses use."""
    panels: tuple[Panel, ...] = ()
    counts: tuple[Count, ...] = ()
    images: tuple[Image, ...] = ()
    original_urls: tuple[str, ...] = ()
    """Addresses on other sites that the page names as the story's original, strongest first."""
    copy_candidates: tuple[str, ...] = ()
    """Addresses of other sites of a network that should carry the same story; nothing is known of them."""
    distributor: Organization | None = None
    body_root: HtmlElement | None = None
    """The element of the page's tree that holds the article."""
    blocks: tuple[Block, ...] | None = None
    """The article itself, where it stands in the page's data and not in its tree."""
    outcome: Outcome | None = None
    """What the page is, where the site's own marks settle it."""
    outcome_reason: str | None = None
    notes: tuple[str, ...] = ()
    drift: str | None = None
    """Which rule of the module no longer matches: ``newsbreak: no docInfo``."""


class Site(Protocol):
    """One site's knowledge."""

    name: str

    def matches(self, url: str) -> bool:
        """True for addresses of this site's stories."""
        ...

    def recognises(self, page: Page) -> bool:
        """True for pages of this site, or made by its software: by their address or their form."""
        ...

    def witness(self, page: Page) -> SiteReading:
        """What the site's rules say of a page, with ``drift`` where they no longer match. Never raises."""
        ...
