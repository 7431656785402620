"""Crawling on many machines: a run hands its stories to workers through a broker, Redis or Valkey, under Dramatiq."""

from __future__ import annotations

from crawler.jobs.cluster.broker import BROKER, ClusterError
from crawler.jobs.cluster.engine import Cluster
from crawler.jobs.cluster.taker import Work
from crawler.jobs.cluster.worker import work

__all__ = ["BROKER", "Cluster", "ClusterError", "Work", "work"]
