"""The runs that a book knows: begun, ended, or cut off in between."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.jobs.run.report import RunReport
from crawler.jobs.schedule.book import KEPT, LATEST, Book, text_of, time_of

CUT_OFF = -1
"""The code of a run that came to no end of its own."""


class PastRuns:
    """All methods raise ``sqlite3.Error`` where the book can't be kept."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def begin(self, run: str, started: datetime) -> None:
        """Enter a run, which stands as cut off until it is ended."""
        self._book.write("INSERT INTO runs (id, started) VALUES (?, ?)", run, text_of(started))

    def end(self, report: RunReport, size: int) -> None:
        """Enter how a run ended, and how many bytes the archives have then."""
        self._book.write(
            "UPDATE runs SET ended = ?, code = ?, summary = ?, bytes = ? WHERE id = ?",
            text_of(report.ended), report.result.code, report.to_json(), size, report.run,
        )  # fmt: skip

    def close_cut_off(self) -> list[str]:
        """The ids of the runs that have no end; they are given one."""
        cut_off = [str(row["id"]) for row in self._book.rows("SELECT id FROM runs WHERE ended IS NULL")]
        for run in cut_off:
            self._book.write("UPDATE runs SET ended = started, code = ? WHERE id = ?", CUT_OFF, run)
        return cut_off

    def last_end(self) -> datetime | None:
        """When the last of them ended by the clock of then; None where there was none."""
        at = self._book.row("SELECT max(coalesce(ended, started)) AS at FROM runs")["at"]
        return time_of(at) if at else None

    def forget_old(self, now: datetime) -> None:
        """Drop the runs of long ago with their visits: else the book grows for ever, with a line for each visit.

        What they captured tells the archive, and what left no byte, the ledgers of the collections.
        """
        since = text_of(now - KEPT)
        with self._book.transaction():
            self._book.write(
                "DELETE FROM runs WHERE started < ?"
                " AND id NOT IN (SELECT id FROM runs ORDER BY started DESC LIMIT ?)",
                since, LATEST,
            )  # fmt: skip
            self._book.write("DELETE FROM visits WHERE at < ? AND run NOT IN (SELECT id FROM runs)", since)

    def turn_back(self, now: datetime) -> None:
        """Let all have been before ``now``: else the clock would go back for every run, and none come after these."""
        latest = text_of(now - timedelta(seconds=1))
        self._book.write(
            "UPDATE runs SET started = min(started, ?), ended = min(ended, ?) WHERE started > ? OR ended > ?",
            *[latest] * 4,
        )
