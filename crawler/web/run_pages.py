"""What each crawl did, and what failed: from the ledgers of the collections."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from crawler.archive import ArchiveError, Collection
from crawler.archive.row import from_micros
from crawler.model.moment import rfc3339
from crawler.web.pages import Desk, both
from crawler.web.scheduled import scheduled_runs

_RUN = re.compile(r"-(\d{14})-\d+\.warc")
_FAILURES = 200
"""Failures that one page lists."""


class RunPages:
    """The page of crawls."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """Their routes."""
        return both("/runs", self.runs)

    def runs(self, request: Request) -> Response:
        """Every crawl by the WARCs it wrote, latest first, and the requests that left nothing."""
        runs: list[dict[str, Any]] = []
        failures: list[dict[str, Any]] = []
        problems = dict(self._desk.catalogue.problems) | self._desk.holdings.problems
        for name in self._desk.holdings.names():
            archive = self._desk.holdings.archive(name)
            if not isinstance(archive, Collection):
                continue
            try:
                runs += _runs(name, archive)
                failures += [
                    {
                        "collection": name, "url": failure.url, "at": rfc3339(failure.started_at),
                        "outcome": failure.outcome.value, "message": failure.message,
                    }
                    for failure in archive.failures()
                ]  # fmt: skip
            except ArchiveError as error:
                problems[name] = str(error)
        scheduled, unread = scheduled_runs(self._desk.holdings.root)
        problems |= unread
        runs.sort(key=lambda run: run["started_at"], reverse=True)
        failures.sort(key=lambda failure: failure["at"], reverse=True)
        data = {
            "scheduled": scheduled, "runs": runs[:500], "failures": failures[:_FAILURES],
            "failures_in_all": len(failures), "problems": problems,
        }  # fmt: skip
        return self._desk.show(request, "runs.html", data)


def _runs(name: str, archive: Collection) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    for part in archive.index().summed_up():
        match = _RUN.search(part.warc)
        key = match[1] if match else part.warc
        run = found.setdefault(key, {
            "collection": name, "run": key, "started_at": part.first, "ended_at": part.last, "captures": 0, "bytes": 0,
            "warcs": [],
        })  # fmt: skip
        run["started_at"], run["ended_at"] = min(run["started_at"], part.first), max(run["ended_at"], part.last)
        run["captures"] += part.captures
        run["bytes"] += part.size
        if part.warc not in run["warcs"]:
            run["warcs"].append(part.warc)
        outcomes[key][part.outcome or "unknown"] += part.captures
    for key, run in found.items():
        run["started_at"], run["ended_at"] = (rfc3339(from_micros(run[name])) for name in ("started_at", "ended_at"))
        run["outcomes"] = dict(outcomes[key].most_common())
    return list(found.values())
