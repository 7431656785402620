"""Scrapy's agent for one request: it sends by guarded connections, and hands on no more of a body than is wanted."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any, cast
from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.http11 import _ScrapyAgent
from scrapy.http import Request, Response
from scrapy.utils._download_handlers import normalize_bind_address
from twisted.web._newclient import _ensureValidURI
from twisted.web.client import URI, _AgentBase, _StandardEndpointFactory
from twisted.web.iweb import UNKNOWN_LENGTH

from crawler.fetch.address import GuardedReactor
from crawler.fetch.errand import Errand
from crawler.fetch.remains import SHORTENED

_ENDPOINTS = 1024
"""How many are kept."""


class WireAgent(_ScrapyAgent):
    """Scrapy's agent for one request, with the guard before the socket and a short hand to Scrapy."""

    def __init__(self, errand: Errand, endpoints: Endpoints, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._errand = errand
        self._endpoints = endpoints

    def _get_agent(self, request: Request, timeout: float) -> Any:
        if request.meta.get("proxy"):
            return super()._get_agent(request, timeout)
        bind = normalize_bind_address(request.meta.get("bindaddress") or self._bindAddress)
        return _DirectAgent(self._pool, self._endpoints, timeout, bind)

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


class Endpoints:
    """Where connections go to, by guarded sockets: made once for all requests to a host, and not for each of them."""

    def __init__(self, guarded: GuardedReactor, policy: Any) -> None:
        self._guarded = guarded
        self._policy = policy
        self.to = lru_cache(_ENDPOINTS)(self._make)

    def _make(self, scheme: bytes, host: bytes, port: int, timeout: float, bind: Any) -> Any:
        uri = URI(scheme, b"", host, port, b"/", b"", b"", b"")
        return _StandardEndpointFactory(self._guarded, self._policy, timeout, bind).endpointForURI(uri)


class _DirectAgent(_AgentBase):
    """Twisted's agent that connects to the very host of a URL."""

    def __init__(self, pool: Any, endpoints: Endpoints, timeout: float, bind: Any) -> None:
        self._pool = pool
        self._endpoints = endpoints
        self._timeout = timeout
        self._bind = bind

    def request(self, method: bytes, url: bytes, headers: Any, body: Any) -> Any:
        """A Deferred of the response; ``headers`` are the request's own from here on."""
        uri = URI.fromBytes(_ensureValidURI(url))
        origin = uri.scheme, uri.host, uri.port
        key: Any = (*origin, self._bind)
        if not headers.hasHeader(b"Host"):
            headers.addRawHeader(b"Host", self._computeHostValue(*origin))
        endpoint = self._endpoints.to(*origin, self._timeout, self._bind)
        return self._requestWithEndpoint(key, endpoint, method, uri, headers, body, uri.originForm)


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
