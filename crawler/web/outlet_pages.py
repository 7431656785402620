"""Outlets: who copies whom, how much of the text, and how soon after."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from crawler.model.moment import read_moment
from crawler.web.pages import Desk, both

_JOINED = """
SELECT source.site AS source, copy.site AS copy, source.published AS source_published, copy.published AS copy_published,
       copies.coverage AS coverage, copies.role AS role
FROM copies
JOIN articles AS copy ON copy.collection = copies.collection AND copy.record_id = copies.record_id
JOIN articles AS source ON source.collection = copies.collection AND source.record_id = copies.source_record_id
WHERE copies.direction = 'original' AND copies.role = 'copy'
"""


class OutletPages:
    """The page of outlets."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """Their routes."""
        return both("/outlets", self.outlets)

    def outlets(self, request: Request) -> Response:
        """Every pair of sites of which one has copied the other, and each site's part."""
        counted = self._desk.catalogue.remembered("outlets", self._counted)
        return self._desk.show(request, "outlets.html", counted)

    def _counted(self) -> dict[str, Any]:
        pairs: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for row in self._desk.catalogue.query(_JOINED):
            if row["source"] != row["copy"]:
                pairs[row["source"], row["copy"]].append(row)
        flows = []
        for (source, copy), rows in pairs.items():
            delays = [
                hours for row in rows if (hours := _hours(row["source_published"], row["copy_published"])) is not None
            ]
            shares = [row["coverage"] for row in rows if row["coverage"] is not None]
            flows.append({
                "source": source, "copy": copy, "copies": len(rows),
                "median_hours": round(median(delays), 1) if delays else None,
                "median_coverage": round(median(shares), 3) if shares else None,
            })  # fmt: skip
        sites = [
            dict(row)
            for row in self._desk.catalogue.query(
                "SELECT site, count(*) AS articles, count(story) AS in_stories, sum(outcome != 'article') AS others"
                " FROM articles GROUP BY site ORDER BY articles DESC LIMIT 500"
            )
        ]
        for site in sites:
            site["copied"] = sum(flow["copies"] for flow in flows if flow["copy"] == site["site"])
            site["was_copied"] = sum(flow["copies"] for flow in flows if flow["source"] == site["site"])
        return {
            "flows": sorted(flows, key=lambda flow: (-flow["copies"], flow["source"], flow["copy"])),
            "sites": sites,
        }


def _hours(before: str | None, after: str | None) -> float | None:
    """Hours between two times of publication; None where one is not known to the hour."""
    if not before or not after or "T" not in before or "T" not in after:
        return None
    first, second = read_moment(before), read_moment(after)
    return (second - first).total_seconds() / 3600 if first and second else None
