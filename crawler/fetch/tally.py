"""What Scrapy counts and logs of every page, without what it does for nobody."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.logformatter import LogFormatter
from scrapy.statscollectors import MemoryStatsCollector

_ENGINE = logging.getLogger("scrapy.core.engine")


class Tally(MemoryStatsCollector):
    """Scrapy's statistics, whose methods are called as they are: a dozen times a page.

    Scrapy wraps them to warn of an argument that it will no longer take.
    """

    __getattribute__ = object.__getattribute__


class HeardOnly(LogFormatter):
    """Scrapy's log lines, but for that of every page where no handler would write it."""

    def crawled(self, *args: Any, **kwargs: Any) -> Any:
        """The line, or None."""
        return super().crawled(*args, **kwargs) if is_heard(_ENGINE, logging.DEBUG) else None


def is_heard(logger: logging.Logger, level: int) -> bool:
    """Whether any handler takes a record of ``level`` from ``logger``: Scrapy lets its root logger pass all."""
    at: logging.Logger | None = logger if logger.isEnabledFor(level) else None
    while at is not None:
        if any(handler.level <= level for handler in at.handlers):
            return True
        at = at.parent if at.propagate else None
    return False
