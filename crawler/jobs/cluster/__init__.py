"""Crawling on many machines: a run hands its stories to workers through a broker, Redis or Valkey, under Dramatiq.

``engine`` puts each ``job`` on the ``board`` at the ``broker`` (``renewed_broker``, ``broker_log``); a ``worker`` that
has ``room`` takes it (``taker``), with a ``lease`` on its site, and has it captured in a process of its own
(``job_capture``), which asks each host in ``turns`` (``turn_queue``). ``presence`` tells that a worker is there.
"""

from __future__ import annotations

from crawler.jobs.cluster.broker import BROKER, ClusterError
from crawler.jobs.cluster.engine import Cluster
from crawler.jobs.cluster.taker import Work
from crawler.jobs.cluster.worker import work

__all__ = ["BROKER", "Cluster", "ClusterError", "Work", "work"]
