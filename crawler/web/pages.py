"""How a page of the desk is made: its data in a template for readers, or as JSON at the same address with ``.json``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from crawler.model.address import host_of
from crawler.replay.address import Address, stamp_of
from crawler.replay.holdings import Holdings
from crawler.replay.memento import Service
from crawler.web.catalogue import Catalogue
from crawler.web.front import Login
from crawler.web.origins import Origins

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_IN_URLS = ":/?&=%+,;@!$'()*~[]"
_ARCHIVED = ("/web/", "/scripts/", "/picture/")
"""What paths begin with that end in the address of a capture."""
Handler = Callable[[Request], Response]


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page is made of: the archives, the index of their tables, and where things are reached."""

    holdings: Holdings
    catalogue: Catalogue
    origins: Origins
    login: Login
    viewer: bool
    """Whether ReplayWeb.page is installed."""
    templates: Environment

    @classmethod
    def furnish(cls, holdings: Holdings, catalogue: Catalogue, origins: Origins, login: Login, *, viewer: bool) -> Desk:
        """A desk with its templates and what they call."""
        templates = Environment(
            loader=PackageLoader("crawler.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True,
        )  # fmt: skip
        desk = cls(holdings, catalogue, origins, login, viewer, templates)
        templates.globals.update(
            archived=desk.archived, picture=desk.picture, record_link=record_path, article_link=article_path,
            history=history_path,
        )  # fmt: skip
        templates.filters.update(
            when=when,
            day=day,
            host=host_of,
            percent=percent,
            key=key_of,
            number=number,
            plus=plus,
            uq=_quoted,
            from_one=lambda place: place + 1,
        )
        return desk

    @property
    def replay(self) -> Service:
        """Where archived pages are shown."""
        return Service(self.origins.replay + self.login.prefix("replay"))

    def digest(self, collection: str | None, record_id: str | None) -> str | None:
        """The payload digest of a record; None where the archive does not hold it."""
        archive = self.holdings.archive(collection) if collection else None
        row = archive.index().get(record_id) if archive and record_id else None
        return row.payload_digest if row else None

    def archived(self, url: str | None, at: str | None = None) -> str:
        """The path of the page that shows a capture under its bar."""
        stamp = stamp_of(datetime.fromisoformat(at)) if at else None
        return Address(quote(url or "", safe=_IN_URLS), stamp).path()

    def picture(self, url: str, at: str | None) -> str:
        """The path at which the desk itself shows an archived picture."""
        moment = datetime.fromisoformat(at) if at else datetime.now(UTC)
        return f"/picture/{stamp_of(moment)}/{quote(url, safe=_IN_URLS)}"

    def show(
        self, request: Request, template: str, data: dict[str, Any], *, status: int = 200, **more: Any
    ) -> Response:
        """``data`` as JSON where the path ends in ``.json``, else in ``template``, which is given ``more`` beside."""
        if is_twin(request):
            return JSONResponse(data, status)
        path, query = raw_path(request), f"?{asked}" if (asked := raw_query(request)) else ""
        values = {
            "path": path, "twin": _twin(path) + query, "cite": None,
            "address": self.origins.desk + path + query, "origins": self.origins, **data, **more,
        }  # fmt: skip
        return HTMLResponse(self.templates.get_template(template).render(values), status)


def both(path: str, handler: Handler) -> list[Route]:
    """The routes of a page and of its twin in JSON."""
    return [Route(_twin(path), handler), Route(path, handler)]


def raw_path(request: Request) -> str:
    """The path as it was asked for, percent-encoded: decoded, what an archived address escapes would end the path."""
    return str(request.scope["raw_path"].decode("latin-1").partition("?")[0])


def raw_query(request: Request) -> str:
    """The query as it was asked for: Starlette's own URLs are made of the decoded path, question marks too."""
    return str(request.scope["query_string"].decode("latin-1"))


def is_twin(request: Request) -> bool:
    """Whether the twin in JSON is asked for, and not what was archived under an address that ends so."""
    path = str(request.scope["path"])
    return path.endswith(".json") and not path.startswith(_ARCHIVED)


def citation(
    title: str | None, captured_at: str | None, record_id: str | None, digest: str | None, url: str | None
) -> dict[str, Any]:
    """What a reader needs to cite a capture."""
    return {"title": title, "url": url, "captured_at": captured_at, "record": record_id, "digest": digest}


def missing(text: str) -> HTTPException:
    """A 404 with the reason."""
    return HTTPException(404, text)


def _twin(path: str) -> str:
    return "/index.json" if path == "/" else f"{path}.json"


def key_of(record_id: str | None) -> str:
    """A record's id as one path segment: a UUID without ``urn:uuid:``, anything else percent-encoded."""
    plain = (record_id or "").strip("<>")
    bare = plain.removeprefix("urn:uuid:")
    return bare if _UUID.fullmatch(bare) else _quoted(plain)


def id_of(key: str) -> str:
    """The record id of a path segment."""
    return f"urn:uuid:{key}" if _UUID.fullmatch(key) else key


def record_path(collection: str, record_id: str | None) -> str:
    """The page of a record."""
    return f"/record/{_quoted(collection)}/{key_of(record_id)}"


def article_path(collection: str, record_id: str | None) -> str:
    """The page of the article extracted from a record."""
    return f"/article/{_quoted(collection)}/{key_of(record_id)}"


def history_path(url: str) -> str:
    """The page with every capture of a URL."""
    return f"/history?url={_quoted(url)}"


def when(text: str | None) -> str:
    """A time as people read it, in UTC, to the minute; what is no time stays as it is."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return text or "unknown"
    if moment.tzinfo is None:
        return moment.strftime("%Y-%m-%d %H:%M" if "T" in (text or "") else "%Y-%m-%d")
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def day(text: str | None) -> str:
    """The date of a time."""
    return (text or "unknown")[:10]


def percent(share: float | None) -> str:
    """A share as per cent, without decimals."""
    return "unknown" if share is None else f"{share:.0%}"


def number(value: float | None) -> str:
    """A number with its thousands apart."""
    return "unknown" if value is None else f"{value:,}"


def plus(lower_bound: bool | None) -> str:
    """The sign of a lower bound."""
    return "+" if lower_bound else ""


def _quoted(text: str) -> str:
    return quote(text, safe="")
