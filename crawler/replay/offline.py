"""The download handler that answers from an archive: a spider runs unchanged, and nothing reaches a network."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urldefrag

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Request, Response
from scrapy.responsetypes import responsetypes

from crawler.archive import ArchiveError
from crawler.model import Capture, Outcome
from crawler.replay.reading import Reading, reading_of

_LOG = logging.getLogger(__name__)

SHORTENED = "shortened"
"""Flag of a response whose body the spider has only the beginning of, as with the handler that fetches."""

_NOT_HANDED_ON = frozenset(
    {"connection", "keep-alive", "proxy-connection", "te", "trailer", "trailers", "transfer-encoding", "upgrade"}
)
"""Fields of the connection: the handler that fetches does not hand them on either."""
_OF_CODED_BODY = frozenset({"content-encoding", "content-length"})


class NotArchived(IgnoreRequest):  # named like Scrapy's own
    """Asked of an archive that does not hold it; the crawl goes on without. Scrapy logs none of its like."""

    outcome = Outcome.NOT_ARCHIVED

    def __init__(self, message: str) -> None:
        super().__init__(message)
        _LOG.info("%s", message)


class OfflineHandler(BaseDownloadHandler):
    """Download handler for http and https: the capture nearest to ``WIRECOPY_AT``, with ``meta["recorded"]`` set.

    Redirects come back as they were archived and are followed through the archive. Where a collection is written, the
    records a response was made of are on its disk before the spider gets the response.
    """

    lazy = False

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._reading: Reading = reading_of(crawler)
        self._handed = crawler.settings.getint("WIRECOPY_HANDED_BYTES", 4 << 20)
        self._largest = crawler.settings.getint("DOWNLOAD_MAXSIZE") or (1 << 30)

    async def download_request(self, request: Request) -> Response:
        """Answer from the archive. Raises ``NotArchived`` where it does not hold what is asked for."""
        request.meta.pop("recorded", None)
        url = urldefrag(request.url)[0]
        if request.method not in ("GET", "HEAD"):
            raise NotArchived(f"an archive answers no {request.method}: {url}")
        try:
            capture = self._reading.find(url)
            if capture is None:
                raise NotArchived(self._reading.missing(url))
            response = self._response(request, capture)
            request.meta["recorded"] = await self._reading.use(capture)
        except ArchiveError as error:
            raise NotArchived(f"the capture of {url} cannot be read: {error}") from error
        return response

    def _response(self, request: Request, capture: Capture) -> Response:
        coded = any(name.lower() == "content-encoding" for name, _ in capture.headers)
        limit = self._largest if coded else self._handed
        with capture.open_body() as stream:
            body = b"" if request.method == "HEAD" else stream.read(limit + 1)
        flags = [SHORTENED] if len(body) > limit else []
        whole = request.method != "HEAD" and not flags and not capture.truncated
        headers = _headers(capture, coded=coded, length=len(body) if whole else None)
        kind: type[Response] = responsetypes.from_args(headers=headers, url=request.url, body=body[:limit])
        return kind(
            request.url, status=capture.status_given, headers=headers, body=body[:limit], flags=flags, request=request
        )


def _headers(capture: Capture, *, coded: bool, length: int | None) -> Headers:
    """The response's fields without those of the connection, and without the coding that the body no longer has.

    Nor with a Content-Length other than ``length``, where it is known: a revisit may name no coding, and yet its body
    is decoded by the coding of the record that holds it.
    """
    left_out = _NOT_HANDED_ON | _OF_CODED_BODY if coded else _NOT_HANDED_ON
    headers = Headers(encoding="latin-1")
    for name, value in capture.headers:
        wrong = length is not None and name.lower() == "content-length" and value != str(length)
        if name.lower() not in left_out and not wrong:
            headers.appendlist(name, value)
    if "Content-Type" not in headers and capture.mime:
        headers["Content-Type"] = capture.mime
    return headers
