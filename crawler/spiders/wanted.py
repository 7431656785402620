"""What a capture was asked for, and what it found: the values that go into and come out of a spider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.archive import Recorded
from crawler.fetch.host import is_host
from crawler.model import Article, Outcome, Purpose
from crawler.spiders.providers import Provider


@dataclass(frozen=True, slots=True)
class Wanted:
    """The stories to capture, a URL each, and how much of what surrounds them."""

    urls: tuple[str, ...]
    copies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Further pages that the user says carry the story of one of ``urls``."""
    panels: int = 12
    """Related-story cards to follow from each page, one level deep; 0 follows none."""
    originals: bool = True
    """Pages on other sites that a page names as its original."""
    watched: frozenset[str] = frozenset()
    """Pages that have visits of their own: they are not asked for as another's original or card."""
    pictures: bool = True
    requisites: bool = True
    """Style sheets, scripts, fonts, furniture, and frames and films in the text: what a browser needs to show the page.
    """
    candidates: bool = True
    """Pages that a link or a network's pattern proposes as copies, a few a story; they count once confirmed."""
    providers: tuple[Provider, ...] = ()
    """Public look-ups to ask for copies, and those that are archives for pages that are gone; none unless named."""

    def named(self) -> tuple[str, ...]:
        """Every page that the user named, stories first."""
        copies = (copy for story in self.urls for copy in self.copies.get(story, ()))
        return tuple(dict.fromkeys((*self.urls, *copies)))


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was captured, and the article it holds."""

    requested: str
    purpose: Purpose
    article: Article
    recorded: Recorded
    status: int
    confirmed: bool | None = None
    """Of a candidate, whether its text tells the story; None for other pages."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A picture or requisite that was captured."""

    requested: str
    url: str
    purpose: Purpose
    recorded: Recorded
    status: int


@dataclass(frozen=True, slots=True)
class Miss:
    """Something that was asked for and did not come."""

    requested: str
    purpose: Purpose
    outcome: Outcome
    message: str


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A question to a public look-up that was answered."""

    provider: str
    question: str
    """In words."""
    requested: str
    purpose: Purpose
    recorded: Recorded
    found: int
    """Addresses, or captures of the page, in the answer."""
    fault: str | None
    """Why the answer is none; None where it is one."""


Found = Page | Resource | Miss | LookedUp


def is_fetchable(url: str) -> bool:
    """True for an address that can be captured: http or https, with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and is_host(parts.hostname) and parts.port != 0
    except ValueError:
        return False
