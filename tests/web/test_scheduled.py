"""What a scheduled job did, as its book tells it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crawler.jobs.schedule.book import Book

RUN = "20261122T180000Z"


def test_runs_of_a_job_are_shown_with_what_failed(demo: Any, tmp_path: Path, serving: Callable[..., Any]) -> None:
    shutil.copytree(demo.collection, tmp_path / "demo")
    with Book(tmp_path / "watch.schedule.sqlite") as book:
        book.write("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?)", RUN, "2026-11-22T18:00:00Z", None, None, None, None)
        for outcome, came in (("ok", 1), ("blocked", 0)):
            book.write(
                "INSERT INTO visits VALUES (?, 's', ?, 'a.example', 'text', ?, ?, ?, ?, 0, ?, '', NULL, NULL)",
                RUN, f"https://a.example/{outcome}", "2026-11-22T18:00:01Z", outcome, came, 1 - came, "<b>wall</b>",
            )  # fmt: skip
    (tmp_path / "broken.schedule.sqlite").write_bytes(b"no database" * 100)
    desk = serving(tmp_path)
    run = desk.json("/runs.json")["scheduled"][0]
    assert (run["job"], run["code"], run["outcomes"]) == ("watch", None, {"blocked": 1, "ok": 1})
    assert [failure["url"] for failure in run["failed"]] == ["https://a.example/blocked"]
    page = desk.text("/runs")
    assert "still running, or cut off" in page
    assert "<b>wall</b>" not in page
    assert "broken.schedule.sqlite" in page
