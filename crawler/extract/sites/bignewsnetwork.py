"""Big News Network: hundreds of place-named domains with one feed of rewritten stories."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.extract.address import path_of
from crawler.extract.page import Page
from crawler.extract.sites.reading import SiteReading
from crawler.model import Organization
from crawler.model.address import host_of

# Seen 2021-12 to 2026-11: /news/<9-digit id>/<slug> on azerbaijannews.net, russiaherald.com and hundreds more.
# Sentences merged, reordered and paraphrased, quotations verbatim; no byline, no link to the source; the outlet is
# named only inside the text ("told …"), so no publisher is claimed here. The same id on two domains is probably the
# same text: untested, so only noted.
_STORY = re.compile(r"^/news/(\d{9})/[\w%.,'-]+/?$")
_SEEN = frozenset({"azerbaijannews.net", "russiaherald.com", "bignewsnetwork.com"})
_NAMED = re.compile(r"big\s?news\s?network", re.I)
_SISTERS = 4
"""Other domains on which a story is looked for."""
_SIBLINGS = 3
"""Links of the same form on one page that make a family member of a host never seen."""


class BigNewsNetwork:
    """Stories on the network's domains, known by the form of their address and of the page's other links."""

    name = "bignewsnetwork"

    def matches(self, url: str) -> bool:
        """True for addresses of the network's form, on any host; :meth:`witness` looks closer."""
        return _STORY.match(path_of(url)) is not None

    def recognises(self, page: Page) -> bool:
        """True for pages at the site's addresses."""
        return self.matches(page.address)

    def witness(self, page: Page) -> SiteReading:
        """Whose page it is, where host or structure tell; nothing of a page that only has such an address."""
        found = _STORY.match(path_of(page.address))
        known = page.host in _SEEN
        alike = _named_or_alike(page)
        if found is None or not (known or alike):
            return SiteReading()
        return SiteReading(
            distributor=Organization(page.host, f"https://www.{page.host}/"),
            copy_candidates=_sisters(page, known=known),
            notes=(f"story {found[1]} of the Big News Network feed",),
            drift=None if alike else "bignewsnetwork: a known host without the network's name or links",
        )


def family_member(url: str) -> Organization | None:
    """The site of an address as a distributor, where both host and form are known; None otherwise."""
    host = host_of(url)
    if host in _SEEN and _STORY.match(path_of(url)):
        return Organization(host, f"https://www.{host}/")
    return None


def _sisters(page: Page, *, known: bool) -> tuple[str, ...]:
    """The same path on other domains of the network: those that the page links to, then those seen before."""
    own = path_of(page.address)
    linked = {
        urlsplit(link).netloc: None
        for element in page.tree.iter("a")
        if (link := page.absolute(element.get("href"))) and _STORY.match(path_of(link))
    }
    hosts = [host for host in linked if host.removeprefix("www.") != page.host]
    named = {host.removeprefix("www.") for host in hosts} | {page.host}
    hosts += [f"www.{host}" for host in sorted(_SEEN - named)] if known else []
    return tuple(f"https://{host}{own}" for host in hosts[:_SISTERS])


def _named_or_alike(page: Page) -> bool:
    if _NAMED.search(page.text):
        return True
    own = path_of(page.address)
    links = {path_of(link) for element in page.tree.iter("a") if (link := page.absolute(element.get("href")))}
    return sum(1 for path in links if path != own and _STORY.match(path)) >= _SIBLINGS
