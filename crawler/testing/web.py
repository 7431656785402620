"""The web as a test sees it: a recording, replayed at the time of its capture, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from scrapy import Spider
from scrapy.http import Headers, Request, Response
from scrapy.responsetypes import responsetypes

from crawler.archive import Archive, open_archive
from crawler.extract import Page, extract_article
from crawler.extract.sites import Site, asking
from crawler.model import Article, Capture
from crawler.testing.fields import fields_of
from crawler.testing.offline import Crawl, NotRecordedError, crawl
from crawler.testing.recording import Recording

_HOPS = 10
"""Redirects that are followed, as many as browsers follow."""
Kept = dict[tuple[str, ...], Any]
"""Results of crawls and extractions that the tests of a session share."""


class Web:
    """A recording being replayed."""

    def __init__(self, recording: Recording, archive: Path, kept: Kept) -> None:
        self.recording = recording
        self.archive = archive
        """The WARC that everything comes from."""
        self._kept = kept

    @property
    def url(self) -> str:
        """The page under test."""
        return self.recording.urls[0]

    @property
    def at(self) -> datetime:
        """What the clock shows."""
        return self.recording.at

    def crawl(
        self,
        spider: type[Spider],
        *,
        settings: Mapping[str, Any] | None = None,
        missing_ok: bool = False,
        **arguments: Any,
    ) -> Crawl:
        """Run a spider over the recording; tests that ask for the same crawl share one.

        ``arguments`` go to the spider. Raises ``NotRecordedError`` where it asks for what was not recorded, unless
        ``missing_ok``, and ``SpiderFailedError`` where a callback raises.
        """
        __tracebackhide__ = True
        key = (
            str(self.archive),
            f"{spider.__module__}.{spider.__qualname__}",
            repr(settings),
            repr(arguments),
            str(missing_ok),
        )
        if key not in self._kept:
            self._kept[key] = crawl(spider, self.archive, settings=settings, missing_ok=missing_ok, arguments=arguments)
        shared: Crawl = deepcopy(self._kept[key])
        return shared

    def response(self, url: str | None = None) -> Response:
        """A recorded response, to call a spider's callback with. Raises ``NotRecordedError``."""
        capture = self._capture(url or self.url)
        body = capture.body()
        headers = Headers(encoding="latin-1")
        for name, value in capture.headers:
            headers.appendlist(name, value)
        kind = responsetypes.from_args(headers=headers, url=capture.url, body=body)
        return kind(capture.url, status=capture.status_given, headers=headers, body=body, request=Request(capture.url))

    def page(self, url: str | None = None) -> Page:
        """A recorded page, parsed as a site module gets it. Raises ``NotRecordedError``."""
        capture = self._capture(url or self.url)
        return Page(capture.body(), url=capture.url, captured_at=self.at, headers=dict(capture.headers))

    def article(self, url: str | None = None, *, site: Site | None = None) -> Article:
        """The article of a recorded page; ``site`` is a site module to be asked first. Raises ``NotRecordedError``."""
        capture = self._capture(url or self.url)
        with asking(*((site,) if site else ())):
            return extract_article(capture.body(), url=capture.url, captured_at=self.at, headers=dict(capture.headers))

    def fields(self, url: str | None = None, *, site: Site | None = None) -> dict[str, Any]:
        """The fields of a page's article as ``expected.json`` has them; shared by the tests that ask for them."""
        key = (str(self.archive), "fields", url or self.url, repr(type(site)))
        if key not in self._kept:
            self._kept[key] = fields_of(self.article(url, site=site))
        fields: dict[str, Any] = deepcopy(self._kept[key])
        return fields

    def _capture(self, url: str) -> Capture:
        """The capture of ``url``, or of what it redirects to."""
        with open_archive(self.archive) as archive:
            capture = _arrived(archive, url, self.at)
        if capture is None:
            raise NotRecordedError(f"{self.recording.folder} holds no capture of {url}")
        return capture


def page_of(recording: Recording) -> Page:
    """The page under test of a recording that was made by ``wirecopy record``, parsed."""
    return Web(recording, recording.page, {}).page()


def _arrived(archive: Archive, url: str, at: datetime) -> Capture | None:
    for _ in range(_HOPS):
        capture = archive.find(url, at)
        if capture is None or not 300 <= (capture.status or 0) < 400:
            return capture
        location = next((value for name, value in capture.headers if name.lower() == "location"), None)
        if location is None:
            return capture
        url = urljoin(capture.url, location)
    return None
