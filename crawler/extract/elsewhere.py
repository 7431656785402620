"""Where else a story stands: addresses on other sites that its page names as the original, or that may carry it too."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.extract.address import archived_in
from crawler.extract.attribution import find_leads, find_originals
from crawler.extract.page import Page
from crawler.model import Candidate


def find_named(
    page: Page, named: Sequence[Candidate], headline: str | None, attributed: Sequence[Candidate]
) -> dict[str, Candidate]:
    """Addresses on other sites that the page names as the original, each with the witness that is asked first.

    ``named`` are those that the site's data and canonical addresses give, ``attributed`` what lines of the page do.
    """
    others = [
        Candidate(value, "meta", name, 0.6)
        for name in ("syndication-source", "original-source")
        for value in page.meta.get(name, ())
    ]
    here, found = _site_of(page.address), dict[str, Candidate]()
    for candidate in (*named, *others, *find_originals(page, headline, attributed)):
        address = archived_in(page.absolute(candidate.value) or "")
        if address and here and _site_of(address) != here:
            found.setdefault(address, replace(candidate, value=address))
    return found


def find_copies(
    page: Page,
    given: Sequence[str],
    originals: Collection[str],
    headline: str | None,
    attributed: Sequence[Candidate],
) -> tuple[str, ...]:
    """Addresses on other sites that may carry the same story, and are not named as its original."""
    named = map(archived_in, (*given, *find_leads(page, headline, attributed)))
    here = _site_of(page.address)
    return tuple(dict.fromkeys(url for url in named if here and _site_of(url) != here and url not in originals))


def _site_of(url: str) -> str:
    """The last labels of a URL's host, enough to tell one site from another; empty where it has no host."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    labels: Sequence[str] = host.split(".")
    short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if short else labels[-2:])
