"""What the collection holds already: a capture that was cut off goes on, and a page is asked for only if it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Request, Response
from scrapy.responsetypes import responsetypes
from twisted.web._newclient import HTTPClientParser

from crawler.archive import ArchiveError, Collection, Run
from crawler.fetch.recording import recording_of
from crawler.fetch.remains import SHORTENED
from crawler.model import Capture, Outcome
from crawler.model.outcome import IS_BROKEN

CONFIRMED = "confirmed"
"""Flag of a response whose body is that of an earlier capture, which the server confirmed with a 304."""
KEPT = "wirecopy/kept"
"""Statistic: requests that were answered by what the capture had before it was cut off."""
_ASKED_AGAIN = IS_BROKEN - {Outcome.TOO_LARGE} | {Outcome.SERVER_ERROR, Outcome.UNREACHABLE, Outcome.TLS_FAILURE}
"""How a request may have ended that a capture which goes on makes once more."""
_CODING = frozenset({b"content-encoding", b"content-length"})


@dataclass(frozen=True, slots=True)
class _Confirming:
    """The capture that a conditional request asks about."""

    capture: Capture


class Known:
    """Downloader middleware between the crawl and what its collection held when it began.

    Where a capture was cut off and is asked for again, what it had captured is answered from the collection. Other
    requests for what was captured whole before carry its validators (RFC 9110, section 13), unless
    ``WIRECOPY_REVALIDATE`` is off; a 304 is archived as it came, and the spider gets the confirmed page.
    """

    def __init__(self, crawler: Any) -> None:
        recording = recording_of(crawler)
        self._stats = crawler.stats
        self._run: Run | None = getattr(recording.sink, "run", None)
        self._path = Path(crawler.settings["WIRECOPY_COLLECTION"])
        self._revalidate = crawler.settings.getbool("WIRECOPY_REVALIDATE", True)
        self._limit = crawler.settings.getint("DOWNLOAD_MAXSIZE") or (1 << 30)
        self._closing = recording.before_close
        self._collection: Collection | None = None

    @classmethod
    def from_crawler(cls, crawler: Any) -> Known:
        """What the collection of ``crawler`` holds. Raises ``NotConfigured`` where that is nothing."""
        known = cls(crawler)
        if known._opened() is None:
            raise NotConfigured  # without a word, or Scrapy would print it
        return known

    def process_request(self, request: Request) -> Response | None:
        """The response where the capture that goes on has it; else None, the request perhaps made conditional."""
        request.meta.pop(CONFIRMED, None)
        if request.method != "GET" or (collection := self._opened()) is None:
            return None
        url = urldefrag(request.url)[0]
        if self._run is not None and self._run.resumed and "retry_times" not in request.meta:
            kept = self._kept(request, collection, url, self._run.started_at)
            if kept is not None:
                self._stats.inc_value(KEPT)
                return kept
        if self._revalidate and not ("If-None-Match" in request.headers or "If-Modified-Since" in request.headers):
            self._ask_whether_changed(request, collection, url)
        return None

    def process_response(self, request: Request, response: Response) -> Response:
        """The confirmed page in the place of a 304."""
        confirming = request.meta.pop(CONFIRMED, None)
        if response.status != 304 or not isinstance(confirming, _Confirming):
            return response
        try:
            return self._response(request, confirming.capture, confirmed=True)
        except ArchiveError:
            return response  # what the 304 confirms cannot be read any more: the crawl has the 304 itself

    def _opened(self) -> Collection | None:
        if self._collection is None and (self._path / "datapackage.json").exists():
            self._collection = self._closing.enter_context(Collection(self._path))
        return self._collection if self._collection is not None and self._collection.sources else None

    def _kept(self, request: Request, collection: Collection, url: str, since: datetime) -> Response | None:
        """The response that the capture which goes on has of ``url``; None where it is to be asked for again."""
        try:
            capture = collection.latest(url, since=since)
            if capture is None or capture.outcome in _ASKED_AGAIN:
                return None
            recorded, response = collection.recorded(capture), self._response(request, capture)
        except ArchiveError:
            return None  # it cannot be read
        request.meta["recorded"] = recorded
        return response

    def _ask_whether_changed(self, request: Request, collection: Collection, url: str) -> None:
        try:
            capture = collection.confirmable(url)
        except ArchiveError:
            return  # damaged since: asked for anew
        if capture is None:
            return
        fields = {name.lower(): value for name, value in capture.headers}
        if etag := fields.get("etag"):
            request.headers["If-None-Match"] = etag
        elif since := fields.get("last-modified"):
            request.headers["If-Modified-Since"] = since
        else:
            return
        request.meta[CONFIRMED] = _Confirming(capture)

    def _response(self, request: Request, capture: Capture, *, confirmed: bool = False) -> Response:
        body = capture.body(self._limit + 1)
        flags = [SHORTENED] if len(body) > self._limit else []
        headers = Headers(encoding="latin-1")
        for name, value in capture.headers:
            encoded = name.lower().encode("latin-1")
            if encoded not in HTTPClientParser.CONNECTION_CONTROL_HEADERS and encoded not in _CODING:
                headers.appendlist(name, value)
        kind: type[Response] = responsetypes.from_args(headers=headers, url=request.url, body=body[: self._limit])
        status = 200 if confirmed or capture.status == 304 else capture.status or 200
        flags += [CONFIRMED] if status != capture.status or confirmed else []
        return kind(request.url, status=status, headers=headers, body=body[: self._limit], flags=flags, request=request)
