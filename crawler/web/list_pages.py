"""The first page, and the lists of stories and articles with their search."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from crawler.web.catalogue import Catalogue
from crawler.web.packs import ending
from crawler.web.pages import Desk, both
from crawler.web.search import Search, articles, choices, stories


class ListPages:
    """Where a researcher begins."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """Their routes."""
        return [*both("/", self.first), *both("/stories", self.stories), *both("/articles", self.articles)]

    def first(self, request: Request) -> Response:
        """The collections, how much is in them, and the latest stories."""
        catalogue, holdings = self._desk.catalogue, self._desk.holdings
        counted = catalogue.remembered("collections", lambda: _counted(catalogue))
        nothing = {"articles": 0, "stories": 0, "first_captured_at": None, "last_captured_at": None}
        collections = [
            {
                "name": name,
                **counted.get(name, nothing),
                "problem": catalogue.problem(name),
                "file": ending(archive),
            }
            for name in holdings.names()
            if (archive := holdings.archive(name)) is not None
        ]
        latest = stories(catalogue, Search())["stories"][:5]
        data = {"root": holdings.root.name, "collections": collections, "problems": holdings.problems, "latest": latest}
        return self._desk.show(request, "first.html", data)

    def stories(self, request: Request) -> Response:
        """Stories that at least two captured articles tell."""
        search = Search.read(request.query_params)
        found = stories(self._desk.catalogue, search)
        return self._desk.show(request, "stories.html", found, search=search, choices=choices(self._desk.catalogue))

    def articles(self, request: Request) -> Response:
        """Every page that was extracted, refusals among them."""
        search = Search.read(request.query_params)
        found = articles(self._desk.catalogue, search)
        return self._desk.show(request, "articles.html", found, search=search, choices=choices(self._desk.catalogue))


def _counted(catalogue: Catalogue) -> dict[str, dict[str, Any]]:
    """How much is in each collection, and from when to when it was captured."""
    told = dict(map(tuple, catalogue.query("SELECT collection, count(*) FROM stories GROUP BY collection")))
    rows = catalogue.query(
        "SELECT collection, count(*) AS articles, min(captured_at) AS first_captured_at,"
        " max(captured_at) AS last_captured_at FROM articles GROUP BY collection"
    )
    return {
        row["collection"]: {
            "articles": row["articles"], "stories": told.get(row["collection"], 0),
            "first_captured_at": row["first_captured_at"], "last_captured_at": row["last_captured_at"],
        }
        for row in rows
    }  # fmt: skip
