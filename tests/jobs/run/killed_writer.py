"""Writes into a book and is gone before it is closed, as by a power cut."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from crawler.jobs.schedule.book import Book

Book(Path(sys.argv[1])).write("UPDATE sources SET found = 1")
os._exit(0)
