"""Scrapy's statistics and log lines are what they were; only what nobody sees is not made."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.http import Request, Response
from scrapy.logformatter import LogFormatter
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.test import get_crawler

from crawler.fetch.tally import HeardOnly, Tally, is_heard


def test_it_counts_as_scrapy_does() -> None:
    counted = []
    for kind in (MemoryStatsCollector, Tally):
        crawler = get_crawler(settings_dict={"STATS_DUMP": False})
        crawler.spider = SimpleNamespace(name="news")  # type: ignore[assignment]
        stats = kind(crawler)
        stats.open_spider()
        stats.inc_value("pages")
        stats.inc_value("pages", 3)
        stats.max_value("depth", 2)
        stats.max_value("depth", 1)
        stats.min_value("least", 4)
        stats.set_value("name", "tides")
        stats.close_spider(reason="finished")
        counted.append((stats.get_stats(), stats.get_value("pages"), stats.spider_stats))
    assert counted[0] == counted[1]
    assert counted[1][1] == 4


PAGE = Request("http://paper.example/")


def line(formatter: Any) -> Any:
    return formatter.crawled(PAGE, Response(PAGE.url, request=PAGE), SimpleNamespace())


@pytest.mark.parametrize("name", [None, "scrapy", "scrapy.core.engine"])
def test_the_line_of_a_page_is_made_where_a_handler_takes_it(name: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    quiet(monkeypatch)
    handler = logging.StreamHandler()
    monkeypatch.setattr(logging.getLogger(name), "handlers", [handler])
    assert line(HeardOnly()) == line(LogFormatter())
    handler.setLevel(logging.WARNING)
    assert line(HeardOnly()) is None


def test_a_logger_that_keeps_quiet_or_to_itself_is_not_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet(monkeypatch)
    engine = logging.getLogger("scrapy.core.engine")
    assert not is_heard(engine, logging.DEBUG)
    monkeypatch.setattr(logging.getLogger(), "handlers", [logging.StreamHandler()])
    assert is_heard(engine, logging.DEBUG)
    monkeypatch.setattr(engine, "propagate", False)
    assert not is_heard(engine, logging.DEBUG)
    monkeypatch.setattr(engine, "propagate", True)
    monkeypatch.setattr(engine, "isEnabledFor", lambda level: level > logging.DEBUG)
    assert not is_heard(engine, logging.DEBUG)


def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no handler, pytest's own included, and all levels open as Scrapy has them."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", logging.NOTSET)
    monkeypatch.setattr(logging.getLogger("scrapy.core.engine"), "_cache", {})  # of which levels were open before
