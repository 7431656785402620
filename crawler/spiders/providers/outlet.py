"""What an aggregator's page tells of the outlet it credits: the outlet's host, and the words its address will hold."""

from __future__ import annotations

import unicodedata

from crawler.model import Article
from crawler.model.address import host_of
from crawler.spiders.providers.queries import telling_words

_WORDS = 3
"""Words of a headline that an address is looked for by."""


def credited_host(article: Article) -> str | None:
    """The host of the publisher that the page credits; None where that is the page's own, or the page names more."""
    url = article.publisher.url if article.publisher else None
    if not url or article.original_urls:
        return None
    host, here = host_of(url), host_of(article.url)
    return host if host and here and host != here and not here.endswith(f".{host}") else None


def slug_words(article: Article) -> tuple[str, ...]:
    """The headline's most telling words as addresses write them: lower case, without accents."""
    words = telling_words(article.headline or "", _WORDS)
    plain = (unicodedata.normalize("NFKD", word.casefold()) for word in words)
    slugs = ("".join(mark for mark in word if mark.isascii() and mark.isalnum()) for word in plain)
    return tuple(dict.fromkeys(slug for slug in slugs if len(slug) > 2))
