"""The archived page under its bar, the record behind it, and the archive as a file to take away."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from crawler.archive import Archive, ArchiveError, MessageError, RawExchange
from crawler.archive.http_head import read_head
from crawler.archive.row import Row
from crawler.model import Capture
from crawler.model.moment import rfc3339
from crawler.replay.address import PAGE, RAW, Address, AddressError, parse_address, stamp_of
from crawler.replay.holdings import Held
from crawler.replay.memento import accept_datetime
from crawler.replay.shown import onward
from crawler.web.memento_site import MementoSite
from crawler.web.packs import WACZ, Packs, ending
from crawler.web.pages import Desk, citation, history_path, id_of, key_of, missing, raw_path, raw_query
from crawler.web.viewer import SHOWN

_HEAD_SHOWN = 64 << 10
"""Bytes of an HTTP head that are shown."""
_HOPS = 20
"""Redirects that are followed, as many as browsers follow."""
_PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})
_PICTURE_BYTES = 32 << 20
"""Bytes of a picture that the desk shows itself."""


class ReplayPages:
    """The pages around replay."""

    def __init__(self, desk: Desk, packs: Packs) -> None:
        self._desk = desk
        self._memento = MementoSite(desk.holdings, desk.replay)
        self._packs = packs

    def routes(self) -> list[Route]:
        """Their routes; ``/web/`` and what follows is read from the path as it came."""
        return [
            Route("/web/{rest:path}", self.archived),
            Route("/scripts/{rest:path}", self.archived),
            Route("/picture/{rest:path}", self.picture),
            Route("/timegate/{rest:path}", self.memento),
            Route("/timemap/{rest:path}", self.memento),
            Route("/cdx", self.memento),
            Route("/cdx/{rest:path}", self.memento),
            Route("/wayback/available", self.memento),
            Route("/record/{collection}/{key}.warc.gz", self.record_file),
            Route("/record/{collection}/{key}.json", self.record),
            Route("/record/{collection}/{key}", self.record),
            Route("/download/{collection}", self.download),
        ]

    def memento(self, request: Request) -> Response:
        """TimeGate, TimeMap and CDX, for clients pointed at the desk's own address."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        found = self._memento.answer(raw_path(request), raw_query(request), headers)
        if found is None:
            raise missing("no such service: /timegate/<URL>, /timemap/link/<URL>, /timemap/json/<URL>, /cdx?url=")
        return found

    def archived(self, request: Request) -> Response:
        """An archived page in a frame, on an origin of its own, under a bar that says what it is."""
        if (found := self._memento.answer(raw_path(request), raw_query(request), dict(request.headers))) is not None:
            return found
        path = raw_path(request)
        with_scripts = path.startswith("/scripts/")
        try:
            asked = parse_address(path.replace("/scripts/", "/web/", 1) if with_scripts else path, raw_query(request))
        except AddressError as error:
            raise missing(str(error)) from error
        desk = self._desk
        if asked.stamp and "*" in asked.stamp:
            return RedirectResponse(history_path(asked.url), 302)
        if asked.modifier:  # content is never served on this origin
            return RedirectResponse(desk.replay.origin + asked.path(), 307)
        wanted = request.headers.get("accept-datetime")
        at = asked.at or (accept_datetime(wanted) if wanted else None)
        held = desk.holdings.find(asked.url, at)
        if held is None:
            data = {"url": asked.url, "held": False}
            return desk.show(request, "not_archived.html", data, status=404, cite=False)
        moment = held.capture.captured_at
        if asked.stamp != stamp_of(moment):
            shown = Address(held.capture.url, stamp_of(moment)).path()
            return RedirectResponse(shown.replace("/web/", "/scripts/", 1) if with_scripts else shown, 302)
        return self._framed(request, held, with_scripts=with_scripts and self._shows_scripts(held))

    def _framed(self, request: Request, held: Held, *, with_scripts: bool) -> Response:
        desk, capture = self._desk, held.capture
        times = [entry.at for entry in desk.holdings.of_url(capture.url)]
        moment = capture.captured_at
        earlier = [at for at in times if stamp_of(at) < stamp_of(moment)]
        later = [at for at in times if stamp_of(at) > stamp_of(moment)]
        frame = desk.replay.memento(capture.url, moment, PAGE)
        if with_scripts:
            frame = self._desk.origins.viewer + desk.login.prefix("viewer") + viewer_path(held.archive, capture)
        data = {
            "held": True, "url": capture.url, "captured_at": rfc3339(moment), "status": capture.status,
            "mime": capture.mime, "collection": held.archive, "record": _about(capture),
            "digest": capture.payload_digest, "captures": len(times), "frame": frame,
            "raw": desk.replay.memento(capture.url, moment, RAW), "leads_to": self._leads_to(held),
            "previous": Address(capture.url, stamp_of(earlier[-1])).path() if earlier else None,
            "next": Address(capture.url, stamp_of(later[0])).path() if later else None,
        }  # fmt: skip
        article = desk.catalogue.article(held.archive, capture.record.id)
        return desk.show(
            request, "archived.html", data, with_scripts=with_scripts, has_viewer=self._shows_scripts(held),
            here=Address(capture.url, stamp_of(moment)).path().removeprefix("/web/"),
            headline=article["headline"] if article else None, has_article=article is not None,
        )  # fmt: skip

    def _shows_scripts(self, held: Held) -> bool:
        archive = self._desk.holdings.archive(held.archive)
        return self._desk.viewer and archive is not None and ending(archive) in SHOWN

    def _leads_to(self, held: Held) -> dict[str, Any] | None:
        """Where a redirect, or a chain of them, ends, with the path of its page if held; None for what is none."""
        at, seen, url = held.capture.captured_at, {held.capture.url}, self._onward(held)
        if url is None:
            return None
        for _ in range(_HOPS):
            try:
                found = self._desk.holdings.find(url, at)
            except ArchiveError:  # the frame tells of it
                return {"url": url, "shown": Address(url, stamp_of(at)).path(), "circular": False}
            if found is None:
                return {"url": url, "shown": None, "circular": False}
            seen.add(found.capture.url)
            further = self._onward(found)
            if further is None:
                shown = Address(found.capture.url, stamp_of(found.capture.captured_at)).path()
                return {"url": found.capture.url, "shown": shown, "circular": False}
            url = further
            if url in seen:
                break
        return {"url": url, "shown": None, "circular": True}

    def _onward(self, held: Held) -> str | None:
        try:
            return onward(held, self._desk.holdings.has)
        except ArchiveError:  # the frame tells of it
            return None

    def picture(self, request: Request) -> Response:
        """An archived picture for the desk's own pages: a kind that holds pixels and nothing that runs."""
        path = raw_path(request).replace("/picture/", "/web/", 1)
        try:
            asked = parse_address(path, raw_query(request))
            held = self._desk.holdings.find(asked.url, asked.at)
        except AddressError as error:
            raise missing(str(error)) from error
        if held is None or held.capture.mime not in _PICTURES:
            raise missing("there is no such picture in the archive")
        with held.open() as stream:
            body = stream.read(_PICTURE_BYTES)
        return Response(body, media_type=held.capture.mime, headers={"Cache-Control": "private, max-age=300"})

    def record(self, request: Request) -> Response:
        """The record that proves a capture: its fields, the head of the response, and the bytes to take away."""
        name, archive, exchange = self._exchange(request)
        row = exchange.row
        with archive.read(row.ref) as block:
            try:
                _, head = read_head(block) if row.type != "resource" else (None, b"")
            except MessageError:
                head = b""
        fields = [[field, value] for field, value in archive.head(row.ref).fields]
        records = [
            {"type": record.type, "id": record.id, "offset": record.offset, "length": record.length}
            for record in exchange.records
        ]
        data = {
            "collection": name, "id": row.id, "warc": row.warc, "offset": row.offset, "length": row.length,
            "type": row.type, "url": row.url, "captured_at": rfc3339(row.moment), "status": row.status,
            "mime": row.mime, "payload_digest": row.payload_digest, "refers_to": row.refers_to, "role": row.role,
            "because": row.because, "via": row.via, "outcome": row.outcome, "fields": fields,
            "http_head": head[:_HEAD_SHOWN].decode("latin-1"), "records": records,
        }  # fmt: skip
        cite = citation(row.url, rfc3339(row.moment), row.id, row.payload_digest, row.url)
        return self._desk.show(request, "record.html", data, cite=cite)

    def record_file(self, request: Request) -> Response:
        """The records of one exchange, byte for byte as they lie in their WARC."""
        _, _, exchange = self._exchange(request)
        pieces = (piece for record in exchange.records for piece in record.pieces())
        name = f"{key_of(exchange.row.id)}.warc.gz"
        fields = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingResponse(pieces, media_type="application/warc", headers=fields)

    def _exchange(self, request: Request) -> tuple[str, Archive, RawExchange]:
        name, record_id = request.path_params["collection"], id_of(request.path_params["key"])
        archive = self._desk.holdings.archive(name)
        row = archive.index().get(record_id) if archive else None
        if archive is None or row is None:
            raise missing(f"there is no capture {record_id} in {name}")
        return name, archive, archive.raw_records(_capture(archive, row))[-1]

    def download(self, request: Request) -> Response:
        """A collection as one WACZ file; ``Range`` requests are answered."""
        name = request.path_params["collection"].removesuffix(".wacz")
        holdings = self._desk.holdings
        archive = holdings.archive(name) or holdings.archive(f"{name}.wacz")
        if archive is None:
            raise missing(f"there is no collection {name}")
        try:
            file = self._packs.file(archive)
        except ArchiveError as error:
            raise missing(str(error)) from error
        end = ending(archive) or ""
        kind = "wacz" if end == WACZ else "warc"
        return FileResponse(file, media_type=f"application/{kind}", filename=Path(name).name.removesuffix(end) + end)


def viewer_path(collection: str, capture: Capture) -> str:
    """The path on the viewer's origin that opens a capture in ReplayWeb.page."""
    words = {"source": collection, "url": capture.url, "ts": stamp_of(capture.captured_at)}
    return f"/?{urlencode(words)}"


def _about(capture: Capture) -> dict[str, Any]:
    ref = capture.record
    return {"id": ref.id, "warc": ref.warc, "offset": ref.offset, "length": ref.length}


def _capture(archive: Archive, row: Row) -> Capture:
    """The capture of a row as far as its records are concerned."""
    return Capture(
        url=row.url, captured_at=row.moment, record=row.ref, status=row.status, headers=(), mime=row.mime,
        payload_digest=row.payload_digest, open_body=lambda: archive.read(row.ref),
    )  # fmt: skip
