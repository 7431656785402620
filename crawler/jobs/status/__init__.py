"""How a scheduled job is doing: its sites, fields, disk and runs, and what deserves an alarm."""

from __future__ import annotations

from crawler.jobs.status.alarm import Alarm, alarms_of
from crawler.jobs.status.status import Status, status_of

__all__ = ["Alarm", "Status", "alarms_of", "status_of"]
