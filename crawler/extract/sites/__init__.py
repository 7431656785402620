"""What only one site does: one short module a site, each a witness beside the general ones."""

from crawler.extract.sites.reading import Site, SiteReading
from crawler.extract.sites.registry import GROUP, SITES, read_site, site_for, site_of, sites

__all__ = ["GROUP", "SITES", "Site", "SiteReading", "read_site", "site_for", "site_of", "sites"]
