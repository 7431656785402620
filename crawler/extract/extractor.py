"""What made an article: the name and the version that each article bears."""

from __future__ import annotations

from crawler.model import Extractor

EXTRACTOR = Extractor("wirecopy", "0.1")
"""Without the module of a site; the version changes where articles of the same page do."""
