"""What only one site does: one short module a site, each a witness beside the general ones.

``registry`` knows them, ``reading`` is what each has to be, and ``values`` and ``markup`` read what sites keep in
their data; ``particlenews`` is the picture proxy of ``newsbreak``.
"""

from crawler.extract.sites.reading import Site, SiteReading
from crawler.extract.sites.registry import GROUP, SITES, asking, installed_sites, read_site, site_for, site_of, sites

__all__ = [
    "GROUP",
    "SITES",
    "Site",
    "SiteReading",
    "asking",
    "installed_sites",
    "read_site",
    "site_for",
    "site_of",
    "sites",
]
