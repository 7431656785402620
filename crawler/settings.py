"""Settings of the Scrapy project, ``scrapy crawl story -a url=... -s WIRECOPY_COLLECTION=archives/x`` included.

The add-on sets what archiving needs; here stands how politely this project crawls.
"""

from __future__ import annotations

from scrapy.settings.default_settings import EXTENSIONS_BASE

BOT_NAME = "wirecopy"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
ADDONS = {"crawler.fetch.addon.ArchivingAddon": 0}
# The add-on turns these two off; left out, they are not even loaded, which would take as long as a small capture.
EXTENSIONS_BASE = {
    name: order
    for name, order in EXTENSIONS_BASE.items()
    if name not in ("scrapy.extensions.remote_control.RemoteControl", "scrapy.extensions.telnet.TelnetConsole")
}

CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 4
DOWNLOAD_DELAY = 0.25
DOWNLOAD_DELAY_JITTER = 0  # or half the pauses would be shorter than was said
LOG_LEVEL = "WARNING"
LOG_FORMAT = "%(levelname)s: %(message)s"
