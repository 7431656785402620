"""Settings of the Scrapy project: honest, polite, and archived. ``wirecopy capture`` sets the rest for each run."""

from __future__ import annotations

from crawler import __version__

BOT_NAME = "wirecopy"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
ADDONS = {"crawler.fetch.addon.ArchivingAddon": 100}

USER_AGENT = f"wirecopy/{__version__}"
ROBOTSTXT_OBEY = True
COOKIES_ENABLED = False

CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 4
DOWNLOAD_DELAY = 0.25
DOWNLOAD_TIMEOUT = 60

LOG_LEVEL = "WARNING"
