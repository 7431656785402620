"""What only one site does: one short module a site, each a witness beside the general ones."""

from crawler.extract.page import Page
from crawler.extract.sites.abcnews import AbcNews
from crawler.extract.sites.bignewsnetwork import BigNewsNetwork
from crawler.extract.sites.msn import Msn
from crawler.extract.sites.newsbreak import NewsBreak
from crawler.extract.sites.reading import Site, SiteReading

__all__ = ["SITES", "Site", "SiteReading", "site_for", "site_of"]

SITES: tuple[Site, ...] = (NewsBreak(), AbcNews(), Msn(), BigNewsNetwork())
"""In order of certainty: the last one goes by the form of an address, whatever its host."""


def site_of(page: Page) -> Site | None:
    """The site module for a page, by its address or else by its form; None where no module knows it."""
    return site_for(page.url) or next((site for site in SITES if site.recognises(page)), None)


def site_for(url: str) -> Site | None:
    """The site module for a URL; None where no module knows it."""
    return next((site for site in SITES if site.matches(url)), None)
