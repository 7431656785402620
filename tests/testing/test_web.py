"""The fixture ``web``: a spider, a response or an article out of a recording, while the clock stands still."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
import scrapy

from crawler.extract.sites import SiteReading
from crawler.model import Candidate
from crawler.testing.offline import NotRecordedError
from crawler.testing.web import Web

pytestmark = pytest.mark.recorded(folder="recorded")


class Front(scrapy.Spider):
    name = "front"
    custom_settings: ClassVar = {
        "DOWNLOAD_HANDLERS": {"https": "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"}
    }

    def __init__(self, path: str = "/", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.start_urls = [f"https://www.ledger.example{path}"]

    def parse(self, response: Any) -> Iterator[Any]:
        yield {"url": response.url, "title": response.css("title::text").get(), "at": datetime.now(UTC)}


def test_the_clock_stands_at_the_capture(web: Web) -> None:
    assert datetime.now(UTC) == web.at == datetime(2024, 3, 6, 8, tzinfo=UTC)
    assert time.time() == web.at.timestamp()


def test_a_spider_runs_in_this_process_at_that_time(web: Web) -> None:
    crawl = web.crawl(Front)
    assert crawl.items == ({"url": web.url, "title": "Pier reopens | Ledger", "at": web.at},)
    assert (crawl.requested, crawl.missing) == ((web.url,), ())


def test_a_crawl_is_shared_and_its_items_are_not(web: Web) -> None:
    web.crawl(Front).items[0]["title"] = "changed"
    assert web.crawl(Front).items[0]["title"] == "Pier reopens | Ledger"


def test_what_was_not_recorded_is_listed(web: Web) -> None:
    with pytest.raises(
        NotRecordedError,
        match=r"asked for what .* does not hold:\n  https://www.ledger.example/x\nrecord it anew .*missing_ok=True",
    ):
        web.crawl(Front, path="/x")
    assert web.crawl(Front, path="/x", missing_ok=True).missing == ("https://www.ledger.example/x",)


def test_feeds_are_not_written(web: Web, tmp_path: Path) -> None:
    web.crawl(Front, settings={"FEEDS": {str(tmp_path / "out.json"): {"format": "json"}}})
    assert list(tmp_path.iterdir()) == []


def test_a_response_is_there_to_call_a_callback_with(web: Web) -> None:
    response = web.response()
    assert (response.url, response.status, response.css("h1::text").get()) == (web.url, 200, "Pier reopens")


def test_a_page_and_its_article_are_there(web: Web) -> None:
    assert web.page().host == "ledger.example"
    assert web.article().headline == web.fields()["headline"] == "Pier reopens"
    assert web.article().date_published_raw == "2 days ago"


def test_a_site_module_is_asked_without_being_installed(web: Web) -> None:
    class Module:
        name = "ledger"

        def matches(self, url: str) -> bool:
            return "ledger.example" in url

        def recognises(self, page: Any) -> bool:
            return True

        def witness(self, page: Any) -> SiteReading:
            return SiteReading(candidates=(("section", Candidate("Harbour", "dom", "here", 0.99)),))

    assert web.article(site=Module()).section == "Harbour"
    assert web.article().section is None


def test_a_page_that_was_not_recorded_is_named(web: Web) -> None:
    with pytest.raises(NotRecordedError, match=r"no capture of https://nowhere\.example/"):
        web.page("https://nowhere.example/")


async def coroutine(web: Web) -> Any:
    return web.crawl(Front, settings={"BOT_NAME": "in a loop"})


def test_a_test_that_has_a_loop_of_its_own_crawls_too(web: Web) -> None:
    import asyncio

    assert asyncio.run(coroutine(web)).items[0]["url"] == web.url
