"""Settings of the Scrapy project, ``scrapy crawl story -a url=... -s WIRECOPY_COLLECTION=archives/x`` included.

The add-on sets what archiving needs; here stands how politely this project crawls.
"""

from __future__ import annotations

BOT_NAME = "wirecopy"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
ADDONS = {"crawler.fetch.addon.ArchivingAddon": 0}

CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 4
DOWNLOAD_DELAY = 0.25
DOWNLOAD_DELAY_JITTER = 0  # or half the pauses would be shorter than was said
LOG_LEVEL = "WARNING"
LOG_FORMAT = "%(levelname)s: %(message)s"
