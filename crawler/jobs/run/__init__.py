"""The scheduled job: one pass over a watchlist."""

from __future__ import annotations

from crawler.jobs.run.lock import RunActive
from crawler.jobs.run.one_pass import book_file, run
from crawler.jobs.run.report import Result, RunReport

__all__ = ["Result", "RunActive", "RunReport", "book_file", "run"]
