"""The origin of ReplayWeb.page: its two files, the collections as WACZ, and nothing of the desk.

Its service worker runs behind a guard of ours (``static/viewer-worker.js``), which puts every archived page under the
policy of this origin.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from crawler.archive import ArchiveError
from crawler.replay.address import AddressError, archived_url
from crawler.replay.holdings import Holdings
from crawler.web.origins import Origins
from crawler.web.packs import WACZ, Packs, ending
from crawler.web.pages import missing

_GUARD = Path(__file__).with_name("static") / "viewer-worker.js"
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>ReplayWeb.page</title>
<style>html, body, replay-web-page {{ display: block; height: 100%; margin: 0; overflow: hidden }}</style>
<script src="{prefix}/ui.js"></script></head><body>
<replay-web-page source="{prefix}/archive/{source}" url="{url}" ts="{ts}" embed="replayonly"
 replayBase="{prefix}/replay/"></replay-web-page></body></html>
"""
# Where the browser asks us for an archived page, the worker was not there yet: on a busy machine ReplayWeb.page gives
# up after 0.3 s and shows what we answered (seen with 2.5.3 in November 2026). The worker may have taken the page over
# before its script runs: only whether it was asked for the page tells that the page is not from there.
_WAITING = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>ReplayWeb.page</title></head><body>
<p>Waiting for ReplayWeb.page to be ready.</p>
<script>const workers = navigator.serviceWorker, again = () => location.reload();
if (performance.getEntriesByType("navigation")[0].workerStart) workers.addEventListener("controllerchange", again);
else workers.ready.then(again);</script></body></html>
"""


def viewer_site(holdings: Holdings, origins: Origins, folder: Path, packs: Packs, prefix: str = "") -> Starlette:
    """The application over the ReplayWeb.page in ``folder``; ``prefix`` comes before every path a browser asks for."""
    own = origins.viewer
    ancestors = " ".join([origins.desk, *(f"http://{alias}" for alias in origins.aliases), own])
    policy = (
        f"default-src {own} 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src {own} data: blob:; frame-src {own}; "
        f"form-action 'none'; base-uri {own}; frame-ancestors {ancestors}"
    )
    # Closes what that policy leaves open: WebRTC of frames that no guard sees, and connections made ahead for them.
    connections = f'("{own}/*");redirects=allow'
    guarded = {"Content-Security-Policy": policy, "Connection-Allowlist": connections}

    def page(request: Request) -> Response:
        try:
            url = archived_url(request.query_params.get("url", ""))
        except AddressError as error:
            raise missing(str(error)) from error
        source, ts = request.query_params.get("source", ""), request.query_params.get("ts", "")
        found = holdings.archive(source)
        end = ending(found) if found is not None else None
        if end is None or not ts.isdigit():
            raise missing("no such capture")
        file = source.removesuffix(end) + end  # by how it ends ReplayWeb.page knows what it is
        html = _PAGE.format(prefix=prefix, source=escape(quote(file)), url=escape(url), ts=ts)
        return HTMLResponse(html, headers=guarded)

    def archive(request: Request) -> Response:
        name = request.path_params["name"]
        found = holdings.archive(name) or holdings.archive(name.removesuffix(WACZ))
        if found is None:
            raise missing("no such collection")
        kind = "application/wacz" if ending(found) == WACZ else "application/warc"
        try:
            return FileResponse(packs.file(found), media_type=kind)
        except ArchiveError as error:
            raise missing(str(error)) from error

    headers = {**guarded, "Cache-Control": "no-cache"}

    def script(name: str) -> Callable[[Request], Response]:
        return lambda _: FileResponse(folder / name, media_type="text/javascript", headers=headers)

    def worker(_: Request) -> Response:
        told = {"policy": policy, "connections": connections, "viewer": f"{prefix}/viewer/sw.js"}
        known = "".join(f"const {name} = {json.dumps(value)};" for name, value in told.items()) + "\n"
        return Response(known + _GUARD.read_text("utf-8"), media_type="text/javascript", headers=headers)

    return Starlette(
        routes=[
            Route("/", page),
            Route("/archive/{name:path}", archive),
            Route("/ui.js", script("ui.js")),
            Route("/viewer/sw.js", script("sw.js")),
            Route("/sw.js", worker),
            Route("/replay/sw.js", worker),
            Route("/replay/{page:path}", lambda _: HTMLResponse(_WAITING, status_code=503, headers=headers)),
        ]
    )
