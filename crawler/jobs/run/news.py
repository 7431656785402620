"""What those who want to know are told at the end of a run: alarms, and the metrics file."""

from __future__ import annotations

from dataclasses import replace

from crawler.jobs.run.report import RunReport
from crawler.jobs.schedule.book import Book
from crawler.jobs.status.alarm import alarms_of
from crawler.jobs.status.metrics import write_metrics
from crawler.jobs.status.status import status_of
from crawler.jobs.status.telling import tell_all
from crawler.jobs.watchlist import Watchlist


def told(report: RunReport, book: Book, watchlist: Watchlist, name: str) -> RunReport:
    """The report with what is wrong now, after those who want to know have been told. ``name`` is the watchlist's.

    Who can't be told, and metrics that can't be written, are notes of the report.
    """
    status = status_of(book, watchlist, report.ended)
    alarms = alarms_of(status, watchlist.alarms)
    untold = tell_all(book, status, watchlist.alarms, name)
    notes = (*report.notes, *(f"an alarm could not be told by {failure}" for failure in untold))
    if watchlist.metrics:
        try:
            write_metrics(watchlist.metrics, status, alarms, name)
        except OSError as error:
            notes = (*notes, f"{watchlist.metrics}: the metrics can't be written ({error.strerror})")
    return replace(report, alarms=tuple(alarm.message for alarm in alarms), notes=notes)
