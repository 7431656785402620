"""Scrapy's agent for one request: it sends by guarded connections, and hands on no more of a body than is wanted."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast
from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.http11 import _BindAddressAgent, _ScrapyAgent
from scrapy.http import Request, Response
from scrapy.utils._download_handlers import normalize_bind_address
from twisted.web.iweb import UNKNOWN_LENGTH

from crawler.fetch.address import GuardedReactor
from crawler.fetch.errand import Errand
from crawler.fetch.remains import SHORTENED


class WireAgent(_ScrapyAgent):
    """Scrapy's agent for one request, with the guard before the socket and a short hand to Scrapy."""

    def __init__(self, errand: Errand, guarded: GuardedReactor, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._errand = errand
        self._guarded = guarded

    def _get_agent(self, request: Request, timeout: float) -> Any:
        if request.meta.get("proxy"):
            return super()._get_agent(request, timeout)
        return _BindAddressAgent(
            reactor=cast("Any", self._guarded),
            contextFactory=self._contextFactory,
            connectTimeout=timeout,
            bindAddress=normalize_bind_address(request.meta.get("bindaddress") or self._bindAddress),
            pool=self._pool,
        )

    def _cb_bodyready(self, txresponse: Any, request: Request) -> Any:
        result = super()._cb_bodyready(txresponse, request)
        reader = txresponse._bodyProtocol
        if reader is not None:
            self._errand.reader = reader
            handed = self._errand.limits.handed
            if handed and (txresponse.length == UNKNOWN_LENGTH or txresponse.length > handed):
                reader._bodybuf = _Beginning(reader._bodybuf.getvalue(), handed)
        return result

    def _cb_bodydone(self, result: Any, url: str) -> Response:
        reader = self._errand.reader
        if reader is not None and getattr(reader._bodybuf, "overflowed", False):
            result["flags"] = [*(result.get("flags") or ()), SHORTENED]
        return super()._cb_bodydone(result, url)

    def _cb_timeout(self, result: Any, request: Request, url: str, timeout: float) -> Any:
        if not cast("Any", self._timeout_cl).active():
            self._errand.stop("time")
        return super()._cb_timeout(result, request, url, timeout)


class _Beginning(BytesIO):
    """A buffer that keeps the first ``limit`` bytes written to it."""

    def __init__(self, initial: bytes, limit: int) -> None:
        super().__init__()
        self._limit = limit
        self.overflowed = False
        self.write(initial)

    def write(self, data: Any) -> int:
        room = self._limit - self.tell()
        if len(data) > room:
            self.overflowed = True
            data = data[:room]
        return super().write(data)


def proxy_of(url: str | None) -> str | None:
    """``host:port`` of a proxy: its address without the user's name and password."""
    return urlsplit(url).netloc.rpartition("@")[2] if url else None
