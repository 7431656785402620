"""Where a site's feeds and sitemaps are: named by a page, by robots.txt, or at the addresses where they usually lie."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urldefrag, urljoin, urlsplit

from crawler.extract.page import Page
from crawler.extract.wording import tidy

COMMON_PATHS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/news-sitemap.xml",
                "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml")  # fmt: skip
"""Paths at which feeds and news sitemaps lie where nothing names them, likeliest first."""

_TYPES = re.compile(r"application/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json|x-rss\+xml)|text/xml\+rss", re.I)
_LOOKS = re.compile(r"(?:/|\.|=)(?:rss|atom|feed|rdf)(?:[/.?#]|\d?$)|feeds?\.|/feeds?/|\.rss\b", re.I)
_SAYS = re.compile(r"\b(?:rss|atom|feed|news ?feed)\b", re.I)
_NOT = re.compile(r"comments?(?:/|-|_)?feed|/comments/|feedback|facebook|/wp-json/oembed", re.I)
_SITEMAP = re.compile(r"^[^\S\n]*sitemap[^\S\n]*:[^\S\n]*(\S+)", re.I | re.M)
"""In one line: across empty ones each would be looked through from each."""
_MOST = 50
"""Feeds and sitemaps that one page is said to name."""


def find_feeds(body: bytes, *, url: str, headers: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The feeds that an HTML page names, those it declares before those it merely links to; comment feeds are none."""
    page = Page(body, url=url, headers=headers)
    declared = [
        address
        for link in page.tree.iter("link")
        if "alternate" in link.get("rel", "").lower().split()
        and _TYPES.search(link.get("type", "").strip())
        and (address := page.absolute(link.get("href")))
        and not _NOT.search(address)
    ]
    linked = [
        address
        for anchor in page.tree.iter("a")
        if (address := page.absolute(anchor.get("href")))
        and _LOOKS.search(_tail(address))
        and not _NOT.search(address)
        and (_SAYS.search(tidy(anchor.text_content())) or re.search(r"\.(?:rss|xml|rdf)(?:[?#]|$)", address))
    ]
    return tuple(dict.fromkeys(urldefrag(address)[0] for address in (*declared, *linked)))[:_MOST]


def find_sitemaps(robots: str, *, url: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt at ``url`` names (RFC 9309 leaves them to all crawlers), those of news first."""
    found = []
    for address in _SITEMAP.findall(robots):
        try:
            joined = urldefrag(urljoin(url, address))[0]
            usable = urlsplit(joined).scheme in ("http", "https") and urlsplit(joined).hostname
        except ValueError:
            continue
        if usable:
            found.append(joined)
    return tuple(sorted(dict.fromkeys(found), key=lambda address: "news" not in address.lower()))[:_MOST]


def _tail(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.hostname}{parts.path}{'?' + parts.query if parts.query else ''}"
