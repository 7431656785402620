"""The researcher's desk: the pages, the archived web and ReplayWeb.page, put together as one application."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from jinja2 import UndefinedError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from crawler.archive import ArchiveError, Collection
from crawler.replay.holdings import Holdings
from crawler.web.article_pages import ArticlePages
from crawler.web.catalogue import Catalogue
from crawler.web.catalogue_rows import Progress
from crawler.web.count_pages import CountPages
from crawler.web.export_pages import ExportPages
from crawler.web.front import OPEN, Front, Login
from crawler.web.history_pages import HistoryPages
from crawler.web.list_pages import ListPages
from crawler.web.origins import Origins
from crawler.web.outlet_pages import OutletPages
from crawler.web.packs import Packs
from crawler.web.pages import Desk, is_twin
from crawler.web.replay_pages import ReplayPages
from crawler.web.replay_site import ReplaySite
from crawler.web.run_pages import RunPages
from crawler.web.story_pages import StoryPages
from crawler.web.viewer import installed
from crawler.web.viewer_site import viewer_site

logger = logging.getLogger(__name__)

_ROOMS = (ListPages, StoryPages, ArticlePages, HistoryPages, CountPages, OutletPages, RunPages, ExportPages)


class Service:
    """All of ``wirecopy serve`` over the archives below ``root``; ``app`` is the ASGI application. Close it after use.

    Raises ``ReadError`` where ``root`` does not exist, ``sqlite3.Error`` where the index cannot be written.
    """

    def __init__(
        self,
        root: Path,
        origins: Origins,
        *,
        login: Login = OPEN,
        rate: float = 0,
        index: Path | None = None,
        viewer: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._closing = ExitStack()
        self.origins = origins
        self.holdings = self._closing.enter_context(Holdings(root))
        self.catalogue = Catalogue(index or Catalogue.place(root), self._folders, progress)
        self._closing.callback(self.catalogue.close)
        packs = Packs()
        self._closing.callback(packs.close)
        folder = viewer or installed()
        desk = Desk.furnish(self.holdings, self.catalogue, origins, login, viewer=folder is not None)
        sites: dict[str, ASGIApp] = {
            "desk": _Guarded(pages(desk, packs), desk),
            "replay": ReplaySite(self.holdings, origins, login.prefix("replay")),
        }
        if folder is not None:
            sites["viewer"] = viewer_site(self.holdings, origins, folder, packs, login.prefix("viewer"))
        self.app = Front(sites, origins, login, rate)

    def _folders(self) -> Mapping[str, Path]:
        """The collections by name, new ones among them."""
        self.holdings.refresh()
        found = {name: self.holdings.archive(name) for name in self.holdings.names()}
        return {name: archive.path for name, archive in found.items() if isinstance(archive, Collection)}

    def close(self) -> None:
        """Let go of archives, index and scratch files."""
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


_TOO_DEEP = "the tables nest this too deeply to be shown; `wirecopy index` makes a collection's tables anew"
_STRANGE = "this page cannot be made of the tables ({what}); `wirecopy index` makes a collection's tables anew"
"""Said of what only another program or version, or damage, can have written; if we did, the log tells where."""
_STRANGERS = (
    ValueError, TypeError, LookupError, AttributeError, OverflowError, UndefinedError, sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
)  # fmt: skip


def pages(desk: Desk, packs: Packs) -> Starlette:
    """The application of the desk's own origin."""

    def failed(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException):
            known = error
        elif isinstance(error, ArchiveError):
            known = HTTPException(502, f"the archive cannot be read: {error}")
        elif isinstance(error, RecursionError):
            known = HTTPException(500, _TOO_DEEP)
        else:
            logger.error("%s: a page cannot be made", request.scope["path"], exc_info=error)
            known = HTTPException(500, _STRANGE.format(what=f"{type(error).__name__}: {error}"[:200]))
        if is_twin(request):
            return JSONResponse({"error": known.detail}, known.status_code)
        title = "Not found" if known.status_code == 404 else "This cannot be shown"
        data = {"error": known.detail}
        return desk.show(request, "error.html", data, status=known.status_code, cite=False, title=title)

    routes: list[BaseRoute] = [
        Mount("/static", StaticFiles(packages=[("crawler.web", "static")])),
        *ReplayPages(desk, packs).routes(),
        *(route for room in _ROOMS for route in room(desk).routes()),
    ]
    return Starlette(
        routes=routes,
        exception_handlers=dict.fromkeys((HTTPException, ArchiveError, RecursionError, *_STRANGERS), failed),
    )


_FRESH = (
    "/stories",
    "/articles",
    "/story",
    "/article",
    "/compare",
    "/history",
    "/counts",
    "/outlets",
    "/runs",
    "/index",
)


class _Guarded:
    """Adds to every answer what keeps other people's headlines from becoming code, and looks for new collections."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk
        origins = desk.origins
        policy = (
            f"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
            f"frame-src {origins.replay} {origins.viewer}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        self._headers = [
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/" or scope["path"].startswith(_FRESH):
            await run_in_threadpool(self._desk.catalogue.keep_fresh)

        async def guarded(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._headers]  # type: ignore[misc]
            await send(message)

        await self._app(scope, receive, guarded)  # type: ignore[arg-type]
