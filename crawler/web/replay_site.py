"""The origin that archived pages are shown on: nothing here runs a script, sets a cookie, or reaches another host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from crawler.archive import ArchiveError
from crawler.replay.address import PAGE, RAW, Address, AddressError, parse_address, stamp_of
from crawler.replay.holdings import Held, Holdings
from crawler.replay.memento import Service
from crawler.replay.miss import miss_page
from crawler.replay.ranges import UnsatisfiableError, part_asked
from crawler.replay.shown import Shown, pieces, show
from crawler.web.memento_site import MementoSite
from crawler.web.origins import Origins

_FIRST_READ = 1 << 20
"""Bytes of an answer that is sent with its length."""
_MAIN = ("", PAGE, RAW, "if_")
"""Forms whose address is corrected to the very second of the capture shown."""


class ReplaySite:
    """The ASGI application of the replay's origin. ``prefix`` comes before every path: a key, where one is needed."""

    def __init__(self, holdings: Holdings, origins: Origins, prefix: str = "") -> None:
        self._holdings = holdings
        self._desk = origins.desk
        self._service = Service(origins.replay + prefix)
        self._memento = MementoSite(holdings, self._service)
        own = origins.replay
        ancestors = " ".join([origins.desk, *(f"http://{alias}" for alias in origins.aliases), own])
        self._page_policy = (
            f"sandbox allow-same-origin allow-top-navigation-by-user-activation; default-src 'none'; "
            f"img-src {own} data:; media-src {own} data:; font-src {own} data:; style-src {own} 'unsafe-inline'; "
            f"frame-src {own}; script-src 'none'; connect-src 'none'; object-src 'none'; worker-src 'none'; "
            f"manifest-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
        )
        self._other_policy = (
            f"sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors {ancestors}"
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope["raw_path"].decode("latin-1").partition("?")[0]
        query = scope["query_string"].decode("latin-1")
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if scope["method"] not in ("GET", "HEAD"):
            response: Response = PlainTextResponse("an archive answers GET and HEAD\n", 405, {"Allow": "GET, HEAD"})
        else:
            if scope["method"] == "HEAD":
                headers.pop("range", None)
            response = await run_in_threadpool(self.answer, path, query, headers)
        self._guard(response)
        await response(scope, receive, send)

    def answer(self, path: str, query: str, headers: dict[str, str]) -> Response:
        """The response to a GET."""
        if (found := self._memento.answer(path, query, headers)) is not None:
            return found
        if path == "/robots.txt":
            return PlainTextResponse("User-agent: *\nDisallow: /\n")
        try:
            asked = parse_address(path, query)
            return self._show(asked, headers)
        except AddressError as error:
            return PlainTextResponse(f"{error}\n", 404 if not path.startswith("/web/") else 400)
        except ArchiveError as error:
            return HTMLResponse(miss_page(path, f"The capture cannot be read: {error}"), 502)

    def _show(self, asked: Address, asked_for: dict[str, str]) -> Response:
        if asked.stamp and "*" in asked.stamp:
            return RedirectResponse(f"{self._desk}/history?url={quote(asked.url, safe='')}", 302)
        if asked.stamp is None and asked.modifier == "":
            return self._memento.timegate(asked.url, asked_for.get("accept-datetime"))
        held = self._holdings.find(asked.url, asked.at)
        if held is None:
            return HTMLResponse(miss_page(asked.url), 404)
        moment = held.capture.captured_at
        if asked.modifier in _MAIN and asked.stamp != stamp_of(moment):
            return RedirectResponse(self._service.memento(held.capture.url, moment, asked.modifier), 302)
        siblings = self._holdings.of_url(asked.url) if asked.modifier in _MAIN else []
        shown = show(
            held, asked.modifier, service=self._service, desk=self._desk, has=self._holdings.has, siblings=siblings
        )
        return self._sent(shown, held, asked_for)

    def _sent(self, shown: Shown, held: Held, asked_for: dict[str, str]) -> Response:
        headers = dict(shown.headers)
        headers["Content-Security-Policy"] = self._page_policy if shown.page else self._other_policy
        headers["Cache-Control"] = "private, max-age=300"
        body = shown.body
        if isinstance(body, bytes):
            return Response(body, shown.status, headers)
        if shown.status == 200:
            try:
                part = part_asked(asked_for.get, lambda: self._holdings.size(held), etag=shown.etag)
            except UnsatisfiableError as error:
                body.close()
                return PlainTextResponse(f"{error}\n", 416, {"Content-Range": error.field})
            if part is not None:
                return StreamingResponse(part.pieces(body), 206, headers | dict(part.fields))
        first = _start(body)
        if len(first) < _FIRST_READ:
            body.close()
            return Response(first, shown.status, headers)
        return StreamingResponse(_whole(first, body), shown.status, headers)

    def _guard(self, response: Response) -> None:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", self._other_policy)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["X-DNS-Prefetch-Control"] = "off"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = _NO_FEATURES


_NO_FEATURES = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "clipboard-read", "display-capture", "geolocation", "microphone", "payment", "usb")
)


def _start(body: BinaryIO) -> bytes:
    read = []
    size = 0
    while size < _FIRST_READ and (piece := body.read(_FIRST_READ - size)):
        read.append(piece)
        size += len(piece)
    return b"".join(read)


def _whole(first: bytes, rest: BinaryIO) -> Iterator[bytes]:
    yield first
    yield from pieces(rest)
