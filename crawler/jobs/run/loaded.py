"""What the server that makes a run's processes loads once for all of them: it takes longer than many a capture."""

from __future__ import annotations

import atexit
import gc
from importlib import import_module

from crawler.extract import extract_article

for _name in (
    "crawler.jobs.run.capturing", "crawler.jobs.run.discovery", "crawler.settings", "crawler.fetch.addon",
    "scrapy.downloadermiddlewares.cookies", "scrapy.downloadermiddlewares.httpauth", "scrapy.extensions.corestats",
    "scrapy.extensions.logstats", "scrapy.dupefilters", "scrapy.logformatter", "scrapy.pqueues", "scrapy.robotstxt",
    "scrapy.squeues", "scrapy.statscollectors", "dateparser.search", "_strptime", "encodings.idna",
):  # fmt: skip
    import_module(_name)
# Patterns and trees are compiled at the first page, which takes as long as reading twenty: here for all processes.
extract_article(
    b"<title>A ferry</title><article><h1>A ferry</h1><p>By Ada Winter</p></article>", url="http://x.example/"
)
gc.collect()
gc.freeze()  # no process goes through all of it in search of garbage, or copies its memory by doing so
atexit.register(gc.unfreeze)  # else DuckDB's module complains of what is never let go
