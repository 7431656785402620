"""What a feed, a sitemap or a publisher's page lists: addresses of stories with the titles and dates said of them.

``find`` says where they are, ``read`` reads one into a ``listing``: XML that ``mend`` has made readable, ``element``
by ``element`` and of its ``parts``; ``json_feed``, ``text_sitemap``, or a page's ``links``.
"""

from crawler.extract.feeds.find import COMMON_PATHS, find_feeds, find_sitemaps
from crawler.extract.feeds.listing import Child, Entry, Listing, ListingError
from crawler.extract.feeds.read import MAX_BYTES, MAX_ENTRIES, read_listing

__all__ = [
    "COMMON_PATHS",
    "MAX_BYTES",
    "MAX_ENTRIES",
    "Child",
    "Entry",
    "Listing",
    "ListingError",
    "find_feeds",
    "find_sitemaps",
    "read_listing",
]
