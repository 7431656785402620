"""A capture as it is sent to a browser or a client: status, fields, and the body raw or made ready to be shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urljoin

from w3lib.encoding import html_to_unicode, http_content_type_encoding, to_unicode

from crawler.archive.cdxj import Entry
from crawler.model import Capture
from crawler.replay.address import PAGE, RAW
from crawler.replay.addresses import Place
from crawler.replay.holdings import Held
from crawler.replay.memento import Service, http_date, links
from crawler.replay.page import rewrite_page
from crawler.replay.ranges import is_complete
from crawler.replay.refresh import gives_way_to
from crawler.replay.sheet import rewrite_sheet

_REWRITTEN = 32 << 20
"""Bytes of a page or style sheet that are read to be rewritten; longer ones are cut."""
_BEGINNING = 1 << 16
"""Bytes of a page that are read to see whether it gives way to another."""
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:\s*;\s*charset=\"?[\w.:-]+\"?)?", re.ASCII)
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_RANGE = "content-range"
_NOT_HANDED_ON = frozenset({"content-length", "transfer-encoding", "connection", "content-encoding", "keep-alive"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A response of the replay: ``body`` is bytes, or a stream that whoever sends it closes."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes | BinaryIO
    page: bool = False
    """Whether it is HTML that was made ready to be shown."""
    etag: str | None = None
    """Of a body that is sent as it is, whole or in parts."""


def show(
    held: Held, form: str, *, service: Service, desk: str, has: Callable[[str], bool], siblings: list[Entry]
) -> Shown:
    """``held`` in the form its address asks for. ``desk`` is where links of pages lead: the page with the bar.

    Raises ``ArchiveError`` where its record cannot be read.
    """
    capture = held.capture
    status = capture.status or 200
    given = {name.lower(): value for name, value in capture.headers}
    complete = status == 206 and is_complete(given.get("content-range"))
    if status < 200 or status in (204, 205, 304) or status > 599 or complete:
        status = 200
    fields = [
        ("Memento-Datetime", http_date(capture.captured_at)),
        ("Link", links(service, capture.url, siblings, capture.captured_at)),
    ]
    if 300 <= status < 400:
        target = redirect_target(capture)
        if target is None:
            status = 200
        else:
            fields.append(("Location", service.memento(target, capture.captured_at, form or PAGE)))
    if form == RAW:
        fields += [(f"X-Archive-Orig-{name}", field(value)) for name, value in capture.headers if _sendable(name)]
        return _as_it_is(held, status, fields)
    place = _placing(service, desk, capture)
    if capture.mime in _PAGES and form not in ("im_", "js_", "oe_"):
        with held.open() as stream:
            coding, text = _text(capture, stream.read(_REWRITTEN))
        next_ = gives_way_to(text, url=capture.url, encoding=coding) if status == 200 else None
        if next_ is not None and has(next_):  # the sandbox that pages are in lets none of them go on by itself
            return Shown(302, (*fields, ("Location", service.memento(next_, capture.captured_at, form or PAGE))), b"")
        page = rewrite_page(text, url=capture.url, place=place, held=has, encoding=coding)
        return Shown(status, (*fields, ("Content-Type", "text/html; charset=utf-8")), _encoded(page), page=True)
    if form == "cs_" or capture.mime == "text/css":
        with held.open() as stream:
            sheet = _sheet_text(capture, stream.read(_REWRITTEN))

        def placed(written: str) -> str | None:
            return _placed(place, capture.url, written)

        body = _encoded(rewrite_sheet(sheet, placed))
        return Shown(status, (*fields, ("Content-Type", "text/css; charset=utf-8")), body)
    return _as_it_is(held, status, fields)


def redirect_target(capture: Capture) -> str | None:
    """The URL that a redirect leads to; None for what is no redirect, or leads to no page."""
    if capture.status is None or not 300 <= capture.status < 400:
        return None
    return _target(capture.url, next((value for name, value in capture.headers if name.lower() == "location"), None))


def onward(held: Held, has: Callable[[str], bool]) -> str | None:
    """The URL that a browser goes on to at once from ``held``, a redirect or a page that says so; None where it stays.

    Raises ``ArchiveError`` where its record cannot be read.
    """
    capture = held.capture
    if capture.mime not in _PAGES or capture.status != 200:
        return redirect_target(capture)
    with held.open() as stream:
        coding, text = _text(capture, stream.read(_BEGINNING))
    target = gives_way_to(text, url=capture.url, encoding=coding)
    return target if target is not None and has(target) else None


def _as_it_is(held: Held, status: int, fields: list[tuple[str, str]]) -> Shown:
    etag = f'"{digest}"' if (digest := held.capture.payload_digest) and status == 200 else None
    if status == 200:
        fields = [*fields, ("Accept-Ranges", "bytes"), *([("ETag", etag)] if etag else [])]
    elif status == 206:
        fields = [*fields, *((name, field(value)) for name, value in held.capture.headers if name.lower() == _RANGE)]
    return Shown(status, (*fields, *_raw_fields(held.capture)), held.open(), etag=etag)


def _placing(service: Service, desk: str, capture: Capture) -> Place:
    def place(url: str, form: str) -> str:
        if form == "":
            return Service(desk).memento(url, capture.captured_at, "")
        return service.memento(url, capture.captured_at, form)

    return place


def _placed(place: Place, base: str, written: str) -> str | None:
    if written[:5].lower() == "data:" or written.startswith("#"):
        return written
    url = _target(base, written)
    if url is None:
        return None
    url, mark, fragment = url.partition("#")
    return place(url, "cs_" if url.partition("?")[0].endswith(".css") else "oe_") + mark + fragment


def _target(base: str, written: str | None) -> str | None:
    if not written:
        return None
    try:
        url = urljoin(base, written.strip())
    except ValueError:
        return None
    url = "".join(letter if "!" <= letter <= "~" else "".join(f"%{b:02X}" for b in letter.encode()) for letter in url)
    return url if url.startswith(("http://", "https://")) else None


def _text(capture: Capture, body: bytes) -> tuple[str, str]:
    """The page's coding and text, by the rules of browsers: byte order mark, header, meta element, windows-1252."""
    declared = next((value for name, value in capture.headers if name.lower() == "content-type"), None)
    coding, text = html_to_unicode(declared, body, default_encoding="cp1252", auto_detect_fun=_detected)
    return coding, text


def _detected(body: bytes) -> str | None:
    """What browsers find where nothing is declared: UTF-8 is not mistaken for anything else."""
    try:
        body[: len(body) - 3].decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if error.start > len(body) - 7 else None
    return "utf-8"


def _sheet_text(capture: Capture, body: bytes) -> str:
    declared = next((value for name, value in capture.headers if name.lower() == "content-type"), None)
    named = re.match(rb'@charset "([\w-]+)";', body)
    coding = http_content_type_encoding(declared) or (named[1].decode() if named else None) or "utf-8"
    try:
        return str(to_unicode(body, coding)).removeprefix("\ufeff")
    except LookupError:
        return body.decode("utf-8", "replace").removeprefix("\ufeff")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _media_type(capture: Capture) -> str:
    declared = next((value for name, value in capture.headers if name.lower() == "content-type"), "")
    match = _TYPE.match(declared.strip())
    return match[0] if match else "application/octet-stream"


def _raw_fields(capture: Capture) -> list[tuple[str, str]]:
    """The media type of a body sent as it is. What a browser could open as a page it is told to save instead.

    No policy forbids a page to connect ahead (``<link rel=preconnect>``); pictures are shown all the same.
    """
    declared = _media_type(capture)
    fields = [("Content-Type", declared)]
    if re.search(r"html|xml", declared, re.IGNORECASE):
        fields.append(("Content-Disposition", "attachment"))
    return fields


def _sendable(name: str) -> bool:
    return bool(re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name)) and name.lower() not in _NOT_HANDED_ON


def field(value: str) -> str:
    """A field's value that cannot end its line."""
    return "".join(letter for letter in value if letter == "\t" or " " <= letter <= "~" or "\xa0" <= letter <= "\xff")


def pieces(stream: BinaryIO, size: int = 1 << 18) -> Iterator[bytes]:
    """The stream piece by piece, closed at its end."""
    with stream:
        while piece := stream.read(size):
            yield piece
