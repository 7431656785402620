"""Follower, post, view and comment counts over time: every series, and one as a plot with its data."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from crawler.web.pages import Desk, both, citation, missing
from crawler.web.plot import plot

_MOST = 2000
"""Series on one page."""


class CountPages:
    """The pages of counts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """Their routes."""
        return [*both("/counts", self.counts), *both("/counts/series", self.series)]

    def counts(self, request: Request) -> Response:
        """Every series with its first and last number."""
        return self._desk.show(request, "counts.html", self._desk.catalogue.remembered("counts", self._series))

    def _series(self) -> dict[str, Any]:
        points: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for point in self._desk.catalogue.all_stored("count_series"):
            points[point["series"]].append(point)
        found = []
        for name, of in sorted(points.items())[:_MOST]:
            of.sort(key=lambda point: point["captured_at"])
            known = [point for point in of if point["value"] is not None]
            sure = [point for point in known if "ambiguous" not in point["flags"]]  # a page may print two at once
            found.append({
                "series": name, "site": of[0]["site"], "of": of[0]["of"], "name": of[0]["name"], "points": len(of),
                "article_url": None if of[0]["of"] else of[-1]["article_url"],
                "first": known[0]["raw"] if known else None, "last": known[-1]["raw"] if known else None,
                "first_at": of[0]["captured_at"], "last_at": of[-1]["captured_at"],
                "change": sure[-1]["value"] - sure[0]["value"] if len(sure) > 1 else None,
            })  # fmt: skip
        return {"series": found, "left_out": max(0, len(points) - _MOST)}

    def series(self, request: Request) -> Response:
        """One count over time."""
        name = request.query_params.get("name", "")
        points = self._desk.catalogue.stored("count_series", "series", name)
        if not points:
            raise missing("name a series: /counts lists them")
        points.sort(key=lambda point: point["captured_at"])
        last = points[-1]
        data = {"series": name, "site": last["site"], "of": last["of"], "name": last["name"], "points": points}
        digest = self._desk.digest(last["collection"], last["record_id"])
        cite = citation(name, last["captured_at"], last["record_id"], digest, last["article_url"])
        return self._desk.show(request, "series.html", data, cite=cite, plot=plot(points))
