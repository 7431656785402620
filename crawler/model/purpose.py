"""Why something was fetched: the role it plays in a story, and the page that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

REDIRECT = "redirect"
"""Why a request was made that a redirect led to; ``via`` is then the address that redirected."""


class Role(StrEnum):
    """The part a fetched resource plays in the capture of a story."""

    SEED = "seed"
    ORIGINAL = "original"
    COPY = "copy"
    CARD = "card"
    IMAGE = "image"
    REQUISITE = "requisite"
    ROBOTS = "robots"
    FEED = "feed"
    """A feed, sitemap or page that lists stories."""
    LOOKUP = "lookup"
    """A question to a public look-up, and its answer."""
    PART = "part"
    """A further page of a story that is told over several."""
    CANDIDATE = "candidate"
    """A page that a look-up or a pattern proposed: a copy only once its text says so."""
    MEMENTO = "memento"
    """A page as a public archive keeps it, from that archive."""

    @property
    def is_page(self) -> bool:
        """True for roles whose response is a page a reader would open."""
        return self in _PAGES


_PAGES = frozenset({Role.SEED, Role.ORIGINAL, Role.COPY, Role.CARD, Role.PART, Role.CANDIDATE, Role.MEMENTO})


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why a URL was asked for; written beside every exchange as a WARC ``metadata`` record.

    ``via`` is the URL of the page that named this one (None for a seed), ``story`` the seed URL of the capture this
    belongs to, ``hops`` the number of links followed from that seed, ``because`` the evidence in words
    ("JSON-LD publisher", "img srcset").
    """

    role: Role
    story: str | None = None
    via: str | None = None
    hops: int = 0
    because: str | None = None
