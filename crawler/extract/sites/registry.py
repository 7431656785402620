"""Which site module reads a page: those that others have installed first, then our own."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from crawler.extract.page import Page
from crawler.extract.sites.abcnews import AbcNews
from crawler.extract.sites.bignewsnetwork import BigNewsNetwork
from crawler.extract.sites.msn import Msn
from crawler.extract.sites.newsbreak import NewsBreak
from crawler.extract.sites.reading import Site, SiteReading

GROUP = "wirecopy.sites"
"""The entry point group in which an installed package names its site modules (docs/sites.md)."""
SITES: tuple[Site, ...] = (NewsBreak(), AbcNews(), Msn(), BigNewsNetwork())
"""Our own, in order of certainty: the last one goes by the form of an address, whatever its host."""
_FIRST: ContextVar[tuple[Site, ...]] = ContextVar("site modules to be asked first", default=())
logger = logging.getLogger(__name__)


def sites() -> tuple[Site, ...]:
    """Every site module there is: those of :func:`asking`, installed ones by name, then :data:`SITES`."""
    return (*_FIRST.get(), *installed_sites())


@contextmanager
def asking(*first: Site) -> Iterator[None]:
    """Ask these site modules before all others, as the test of a module does that is not installed."""
    token = _FIRST.set((*first, *_FIRST.get()))
    try:
        yield
    finally:
        _FIRST.reset(token)


@cache
def installed_sites() -> tuple[Site, ...]:
    """The installed site modules and our own, looked up once a process.

    An entry point that can't be loaded is logged as an error and left out; pages of its site are read in general.
    """
    installed = (_loaded(point) for point in sorted(entry_points(group=GROUP), key=lambda point: point.name))
    return (*(site for site in installed if site is not None), *SITES)


def site_of(page: Page) -> Site | None:
    """The site module for a page, by its address or else by its form; None where no module knows it."""
    return site_for(page.address) or next((site for site in sites() if _safely(site, "recognises", page)), None)


def site_for(url: str) -> Site | None:
    """The site module for a URL; None where no module knows it."""
    return next((site for site in sites() if _safely(site, "matches", url)), None)


def read_site(site: Site, page: Page) -> SiteReading:
    """What a site module says of a page; where it fails, only that it did, as drift: the general result then stands."""
    try:
        return site.witness(page)
    except Exception as error:
        logger.exception("the site module %s failed on %s", site.name, page.url)
        return SiteReading(drift=f"{site.name}: its rules failed with {type(error).__name__}")


def _loaded(point: EntryPoint) -> Site | None:
    try:
        found = point.load()
        site: Site = found() if isinstance(found, type) else found
        missing = [name for name in ("name", "matches", "recognises", "witness") if not hasattr(site, name)]
        if missing:
            raise TypeError(f"it has no {' and no '.join(missing)}")
    except Exception:
        logger.exception("the site module %s (%s) of group %s can't be used", point.name, point.value, GROUP)
        return None
    return site


def _safely(site: Site, question: str, about: Page | str) -> bool:
    try:
        return bool(getattr(site, question)(about))
    except Exception:
        logger.exception("the site module %s failed to say whether it %s a page", site.name, question)
        return False
