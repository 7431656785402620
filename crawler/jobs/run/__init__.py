"""The scheduled job: one pass over a watchlist.

``one_pass`` begins a ``shift`` (under ``lock``, with a ``journal`` and the ``past_runs``), makes the ``source_round``
(``discovery``), and has ``dispatch`` hand each ``batch`` to an ``engine``, by the ``orders`` of the watchlist;
``capturing`` happens in processes ``apart`` (which have ``loaded`` before), and ``intake`` enters what came. ``spool``
and ``uploads`` bring it to a store, ``retention`` lets folders go, ``report``, ``news`` and ``unkept`` tell.
"""

from __future__ import annotations

from crawler.jobs.run.lock import RunActive
from crawler.jobs.run.one_pass import book_file, run
from crawler.jobs.run.report import Result, RunReport

__all__ = ["Result", "RunActive", "RunReport", "book_file", "run"]
