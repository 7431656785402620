"""What scheduled jobs did, from the books that `wirecopy run` keeps beside the collections; only read."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from crawler.jobs.schedule.book import LATEST, Book
from crawler.jobs.watchlist import WatchlistError

_FAILURES = 50
"""Failures that are listed of each run."""
_VISITS = "SELECT outcome, count(*) AS visits FROM visits WHERE run = ? GROUP BY outcome"


def scheduled_runs(root: Path) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The runs of every job whose book lies in ``root``, latest first, and the books that cannot be read, with why."""
    runs: list[dict[str, Any]] = []
    problems: dict[str, str] = {}
    for file in sorted(root.glob("*.schedule.sqlite")) if root.is_dir() else ():
        try:
            with Book.read(file) as book:
                runs += _runs(book, file.name.removesuffix(".schedule.sqlite"))
        except (sqlite3.Error, WatchlistError) as error:
            problems[file.name] = f"cannot be read: {error}"
    runs.sort(key=lambda run: str(run["started_at"]), reverse=True)
    return runs[:LATEST], problems


def _runs(book: Book, job: str) -> list[dict[str, Any]]:
    found = []
    for row in book.rows("SELECT * FROM runs ORDER BY started DESC LIMIT ?", LATEST):
        failed = book.rows(
            "SELECT url, outcome, message FROM visits WHERE run = ? AND came = 0 LIMIT ?", row["id"], _FAILURES
        )
        found.append({
            "job": job, "run": row["id"], "started_at": row["started"], "ended_at": row["ended"], "code": row["code"],
            "outcomes": dict(book.rows(_VISITS, row["id"])), "report": _report(row["summary"]),
            "failed": [dict(failure) for failure in failed],
        })  # fmt: skip
    return found


def _report(text: str | None) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text
