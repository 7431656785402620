"""One offline crawl in a process of its own that may not connect anywhere: JSON in, JSON out.

Input: {"settings": {...}, "urls": [...], "method": "GET"}. Output: what the spider got by URL, the misses, the error
that ended the crawl, and every attempt to reach a network.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

from crawler.model.article import plain
from crawler.replay.reading import Reading

ATTEMPTS: list[str] = []
NETWORK = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"}


def guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event in NETWORK:
        ATTEMPTS.append(f"{event} {arguments[1:]}")
        raise PermissionError(f"{event}: this crawl may not reach a network")


class Asking(Spider):
    name = "asking"
    task: dict[str, Any]
    found: dict[str, Any]

    async def start(self) -> AsyncIterator[Request]:
        for url in self.task["urls"]:
            yield Request(
                url,
                method=self.task.get("method", "GET"),
                callback=self.came,
                errback=self.missed,
                cb_kwargs={"asked": url},
                meta={"handle_httpstatus_list": list(range(400, 600)), "proxy": "http://192.0.2.1:9"},
            )

    def came(self, response: Response, asked: str) -> None:
        recorded = response.meta["recorded"]
        self.found[asked] = {
            "url": response.url,
            "status": response.status,
            "body": response.body.decode("latin-1"),
            "kind": type(response).__name__,
            "flags": response.flags,
            "headers": [
                [name.decode(), value.decode("latin-1")]
                for name, values in response.headers.items()
                for value in values
            ],
            "recorded": {**plain(recorded), "captured_at": recorded.captured_at.isoformat()},
        }

    def missed(self, failure: Any) -> None:
        error = failure.value
        self.found[failure.request.cb_kwargs["asked"]] = {
            "error": type(error).__name__,
            "outcome": getattr(error, "outcome", None),
            "message": str(error),
        }


def main() -> None:
    task = json.load(sys.stdin)
    sys.addaudithook(guard)
    process = CrawlerProcess(
        {"ADDONS": {"crawler.replay.addon.OfflineAddon": 100}, "LOG_LEVEL": "WARNING", **task["settings"]}
    )
    crawler = process.create_crawler(Asking)
    found: dict[str, Any] = {}
    errors: list[str] = []
    process.crawl(crawler, task=task, found=found).addErrback(
        lambda failure: errors.append(f"{type(failure.value).__name__}: {failure.value}")
    )
    process.start()
    if not errors and (reading := crawler.get_extension(Reading)) and reading.error is not None:
        errors.append(str(reading.error))
    json.dump({"found": found, "errors": errors, "attempts": ATTEMPTS}, sys.stdout)


if __name__ == "__main__":
    main()
