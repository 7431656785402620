"""The researcher's pages: the collections below a folder, their articles, and the evidence for each field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from crawler.export.jsonl import read_articles
from crawler.model import Article

_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
"""Headlines and bylines are other people's input: nothing but our own style sheet may load."""


def desk(root: Path) -> Starlette:
    """The web application over the collections in ``root``, or over ``root`` where it is a collection itself.

    Every page has a twin in JSON: the same address with ``.json`` behind it.
    """
    pages = Environment(loader=PackageLoader("crawler.web"), autoescape=True, undefined=StrictUndefined)

    def collections(request: Request) -> Response:
        names = list(_collections(root))
        if request.url.path.endswith(".json"):
            return JSONResponse({"collections": names})
        return HTMLResponse(pages.get_template("collections.html").render(root=root.name, names=names))

    def articles(request: Request) -> Response:
        name = request.path_params["collection"]
        found = [_short(article) for article in read_articles(_table(root, name)) if article.record]
        if request.url.path.endswith(".json"):
            return JSONResponse({"collection": name, "articles": found})
        return HTMLResponse(pages.get_template("articles.html").render(collection=name, articles=found))

    def article(request: Request) -> Response:
        name, record_id = request.path_params["collection"], request.path_params["record"]
        for candidate in read_articles(_table(root, name)):
            if candidate.record and _key(candidate) == record_id:
                if request.url.path.endswith(".json"):
                    return JSONResponse(candidate.to_dict())
                page = pages.get_template("article.html")
                return HTMLResponse(page.render(collection=name, article=candidate, key=record_id))
        raise HTTPException(404, f"{name} holds no article of record {record_id}")

    return Starlette(
        routes=[
            Route("/", collections),
            Route("/collections.json", collections),
            Mount("/static", StaticFiles(packages=[("crawler.web", "static")])),
            Route("/{collection}", articles),
            Route("/{collection}/articles.json", articles),
            Route("/{collection}/{record:str}", article),
            Route("/{collection}/{record:str}/article.json", article),
        ],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=_guarded)],
    )


async def _guarded(request: Request, call_next: RequestResponseEndpoint) -> Response:
    response = await call_next(request)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _collections(root: Path) -> Iterator[str]:
    if (root / "datapackage.json").exists():
        yield root.name
        return
    yield from sorted(path.parent.name for path in root.glob("*/datapackage.json"))


def _table(root: Path, name: str) -> Path:
    """The articles of a collection by its name; only names that the list shows are followed."""
    if name not in _collections(root):
        raise HTTPException(404, f"there is no collection {name}")
    folder = root if (root / "datapackage.json").exists() else root / name
    return folder / "tables" / "articles.jsonl"


def _short(article: Article) -> dict[str, Any]:
    return {
        "key": _key(article),
        "headline": article.headline,
        "url": article.url,
        "outlet": article.publisher.name if article.publisher else None,
        "date_published": article.date_published,
        "captured_at": article.captured_at,
        "outcome": article.outcome.value,
    }


def _key(article: Article) -> str:
    """A record's id as one path segment: the UUID without ``<urn:uuid:`` and ``>``."""
    record = article.record
    return record.id.strip("<>").rpartition(":")[2] if record else ""
