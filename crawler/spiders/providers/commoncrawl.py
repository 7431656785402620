"""Common Crawl: captures of pages in its monthly crawls, each one record of a WARC fetched by its place.

``/collinfo.json`` names the crawls, each with a CDX index (index.commoncrawl.org); records lie at
data.commoncrawl.org. Seen 2026-11: an empty answer is 404 with JSON, a page past the last is 400.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlencode

from crawler.model import Article
from crawler.model.moment import of_stamp
from crawler.spiders.providers.outlet import credited_host, slug_words
from crawler.spiders.providers.provider import Answer, Asking, Proposal, Reading, Stored, lenient_json, refusal
from crawler.spiders.providers.queries import span

_LARGEST = 3 << 20
"""Bytes of a record that are fetched; a page of news is a tenth of that."""


@dataclass(frozen=True, slots=True)
class CommonCrawl:
    """Recalls pages; finds the original on the credited outlet's host by the words of its address."""

    base: str = "https://index.commoncrawl.org"
    data: str = "https://data.commoncrawl.org"
    delay: float = 1.5
    crawls: int = 3
    """Crawls that are asked for one page, each a month or so."""
    name = "commoncrawl"

    @classmethod
    def at(cls, base: str | None) -> Self:
        """The provider at ``base``, which then serves index and data, or the public one."""
        return cls(base, base) if base else cls()

    def search(self, article: Article) -> tuple[Asking, ...]:
        """Which addresses of the credited outlet hold the headline's words; none where the page is the outlet's own."""
        host, words = credited_host(article), slug_words(article)
        if host is None or not words:
            return ()
        days = span(article, before=0, after=0)
        asked = [("url", f"{host}/*"), *(("filter", f"~url:.*{re.escape(word)}.*") for word in words)]
        because = f"commoncrawl, addresses of {host} with: {' '.join(words)}"
        return (Asking(self._crawls(asked), because, "crawls", at=days[0] if days else None),)

    def recall(self, page: str, at: datetime | None) -> tuple[Asking, ...]:
        """The captures of one page in the crawls after ``at``, or in the newest."""
        because = f"commoncrawl, captures of {page}"
        return (Asking(self._crawls([("url", page)]), because, "crawls", page=page, at=at),)

    def read(self, asking: Asking, answer: Answer) -> Reading:
        """The crawls to ask, or what the index of one holds."""
        if asking.step == "crawls":
            return self._read_crawls(asking, answer)
        if answer.status in (400, 404):
            return Reading()  # past the last page; nothing there
        if answer.status != 200:
            return refusal(answer)
        rows = [row for line in answer.text.splitlines() if (row := _row(line))]
        if asking.page is None:
            return Reading(
                tuple({row["url"]: Proposal(row["url"], published=row["timestamp"]) for row in rows}.values())
            )
        stored = [one for row in rows if (one := self._stored(row, asking.page))]
        return Reading(stored=tuple(sorted(stored, key=lambda one: one.captured_at, reverse=True)))

    def _crawls(self, asked: list[tuple[str, str]]) -> str:
        """The list of crawls; what is to be asked of each travels in the fragment, which is never sent."""
        fields = [*asked, ("output", "json"), ("filter", "=status:200"), ("page", "0")]
        return f"{self.base}/collinfo.json#{urlencode(fields)}"

    def _read_crawls(self, asking: Asking, answer: Answer) -> Reading:
        if answer.status != 200:
            return refusal(answer)
        try:
            said = lenient_json(answer.text)
        except ValueError as error:
            return Reading(fault=f"a list of crawls that is no JSON: {error}")
        crawls = [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []
        fields = asking.url.partition("#")[2]
        chosen = [
            str(address) for crawl in _in_time(crawls, asking.at)
            if str(address := crawl.get("cdx-api", "")).startswith(("http://", "https://"))
        ][: self.crawls]  # fmt: skip
        if not chosen:
            return Reading(fault="a list of crawls without any index")
        return Reading(further=tuple(replace(asking, url=f"{api}?{fields}", step="index") for api in chosen))

    def _stored(self, row: dict[str, Any], page: str) -> Stored | None:
        try:
            offset, length = int(row["offset"]), int(row["length"])
        except (KeyError, ValueError, TypeError, OverflowError):
            return None
        filename, when = row.get("filename"), of_stamp(str(row["timestamp"]))
        if when is None or not isinstance(filename, str) or offset < 0 or not 0 < length <= _LARGEST:
            return None
        place = (("Range", f"bytes={offset}-{offset + length - 1}"),)
        return Stored(f"{self.data}/{filename.lstrip('/')}", page, when, "commoncrawl", place)


def _row(line: str) -> dict[str, Any] | None:
    """A line of the index with address and time; None for a line that is none."""
    try:
        row = lenient_json(line)
    except ValueError:
        return None
    usable = isinstance(row, dict) and str(row.get("url", "")).startswith("http") and row.get("timestamp")
    return row if usable and row.get("status") in ("200", 200, None) else None


def _in_time(crawls: list[dict[str, Any]], at: datetime | None) -> list[dict[str, Any]]:
    """The crawls that ended after ``at``, the earliest of them first: they hold the page as it was; else the newest."""
    if at is None:
        return crawls
    day = at.strftime("%Y-%m-%d")
    after = [crawl for crawl in crawls if str(crawl.get("to") or "9999") >= day]
    return after[::-1] or crawls
