"""TimeGates, TimeMaps and the CDX API over HTTP: data about captures, never their content."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qsl

from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from crawler.replay import cdx, cdx_forms
from crawler.replay.address import AddressError, archived_url, moment_of, stamp_of
from crawler.replay.holdings import Holdings
from crawler.replay.memento import LINK_FORMAT, Service, accept_datetime, json_timemap, link_timemap, links

_TIMEMAPS = ("/timemap/", "/web/timemap/")
_TIMEGATES = ("/timegate/", "/web/timegate/")
_CDX_PYWB = ("/cdx", "/web/cdx")
_CDX_WAYBACK = ("/cdx/search/cdx", "/web/timemap/cdx")


class MementoSite:
    """Answers the requests of Memento and CDX clients from ``holdings``; ``service`` is where mementos are."""

    def __init__(self, holdings: Holdings, service: Service) -> None:
        self._holdings = holdings
        self._service = service

    def answer(self, path: str, query: str, headers: dict[str, str]) -> Response | None:
        """The response to a request; None where its path is nobody's here. ``path`` is percent-encoded as it came."""
        self._holdings.keep_fresh()
        try:
            if path in _CDX_PYWB:
                return self._cdx(query, cdx_forms.PYWB)
            if path in _CDX_WAYBACK:
                return self._cdx(query, cdx_forms.WAYBACK)
            if path == "/wayback/available":
                return self._available(query)
            rest = f"?{query}" if query else ""
            for prefix in _TIMEGATES:
                if path.startswith(prefix):
                    return self.timegate(archived_url(path.removeprefix(prefix) + rest), headers.get("accept-datetime"))
            for prefix in _TIMEMAPS:
                if path.startswith(prefix):
                    form, _, url = path.removeprefix(prefix).partition("/")
                    if form in ("link", "json"):
                        return self._timemap(form, archived_url(url + rest))
                    return PlainTextResponse(f"no TimeMap as {form[:20]!r}: link or json\n", 400)
        except (AddressError, cdx.QueryError) as error:
            return PlainTextResponse(f"{error}\n", 400)
        return None

    def timegate(self, url: str, wanted: str | None) -> Response:
        """To the capture nearest to ``wanted``, an ``Accept-Datetime``, or to the latest (RFC 7089, section 4.1.1)."""
        at = accept_datetime(wanted) if wanted else None
        if wanted and at is None:
            return PlainTextResponse("Accept-Datetime is no date: Sun, 22 Nov 2026 18:00:00 GMT\n", 400)
        held = self._holdings.find(url, at)
        if held is None:
            return PlainTextResponse(f"no capture of {url}\n", 404, {"Vary": "accept-datetime"})
        capture = held.capture
        fields = {
            "Location": self._service.memento(capture.url, capture.captured_at),
            "Vary": "accept-datetime",
            "Link": links(self._service, capture.url, self._holdings.of_url(url), capture.captured_at),
        }
        return Response(status_code=302, headers=fields)

    def _timemap(self, form: str, url: str) -> Response:
        entries = self._holdings.of_url(url)
        if not entries:
            return PlainTextResponse(f"no capture of {url}\n", 404)
        if form == "json":
            return JSONResponse(json_timemap(self._service, url, entries))
        return StreamingResponse(link_timemap(self._service, url, entries), media_type=LINK_FORMAT)

    def _cdx(self, words: str, fields: tuple[str, ...]) -> Response:
        query = cdx.read_query(parse_qsl(words, keep_blank_values=True), fields)
        if query.count_pages:
            number = cdx.pages(self._holdings, query)
            return PlainTextResponse(f"{number}\n") if fields is cdx_forms.WAYBACK else JSONResponse({"pages": number})
        found = cdx.rows(self._holdings, query)
        if query.output == "json":
            if fields is cdx_forms.WAYBACK:
                return StreamingResponse(self._lists(found, query), media_type="application/json")
            return StreamingResponse(cdx_forms.as_objects(found, query.fields), media_type="text/x-ndjson")
        if query.output == "link":
            entries = self._holdings.of_url(archived_url(query.url))
            return StreamingResponse(link_timemap(self._service, query.url, entries), media_type=LINK_FORMAT)
        if query.output not in ("text", "cdxj", "cdx"):
            raise cdx.QueryError(f"output={query.output}: one of json, text, link")
        if fields is cdx_forms.PYWB and query.fields == fields:
            return StreamingResponse(cdx_forms.as_cdxj(found), media_type="text/x-cdxj")
        return StreamingResponse(self._lines(found, query), media_type="text/plain")

    def _lists(self, found: Iterator[dict[str, str]], query: cdx.Query) -> Iterator[str]:
        kept = list(found)
        end = ""
        if query.show_resume and kept and len(kept) == query.limit:
            end = f",\n[],\n{json.dumps([cdx_forms.resume_key(kept[-1])])}"
        return cdx_forms.as_lists(kept, query.fields, end)

    def _lines(self, found: Iterator[dict[str, str]], query: cdx.Query) -> Iterator[str]:
        kept = list(found)
        yield from cdx_forms.as_text(kept, query.fields)
        if query.show_resume and kept and len(kept) == query.limit:
            yield f"\n{cdx_forms.resume_key(kept[-1])}\n"

    def _available(self, words: str) -> Response:
        """The Wayback Machine's availability API: the capture nearest to ``timestamp``."""
        given = dict(parse_qsl(words))
        url = given.get("url", "")
        at = moment_of(given["timestamp"]) if given.get("timestamp") else None
        held = self._holdings.find(archived_url(url), at)
        closest = {}
        if held is not None:
            moment = held.capture.captured_at
            closest["closest"] = {
                "status": str(held.capture.status or ""),
                "available": True,
                "url": self._service.memento(held.capture.url, moment),
                "timestamp": stamp_of(moment),
            }
        return JSONResponse({"url": url, "archived_snapshots": closest})
