"""The record every WARC file begins with: who made it, with what, and under which rules."""

from __future__ import annotations

import re
import socket
from datetime import UTC, datetime
from pathlib import Path

from crawler import __version__
from crawler.archive.drafts import warcinfo_record
from crawler.archive.warc import format_date, new_id
from crawler.archive.writer import gzip_member

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Warcinfo:
    """Makes the warcinfo record of each file of a collection; ``id`` is the latest one's, or the first one's to be."""

    def __init__(self, path: Path, *, software: str, operator: str | None, contact: str | None, robots: str) -> None:
        name = path.absolute().name
        self.id = new_id()
        self._used = False
        self.chains: set[str] = set()
        """Chains of certificates that are in the latest file."""
        self.copied: set[str] = set()
        """Ids of the warcinfo records that were copied with captures of other archives."""
        self.prefix = _UNSAFE.sub("-", name).strip(".-") or "collection"
        """What the names of the collection's files begin with."""
        self._fields = [
            ("software", software),
            ("extractor", f"wirecopy/{__version__}"),
            ("format", "WARC File Format 1.1"),
            ("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
            ("isPartOf", name),
            ("hostname", socket.gethostname()),
            ("robots", robots),
        ]
        if operator:
            self._fields.append(("operator", operator))
        if contact:
            self._fields.append(("http-header-from", contact))

    def member(self, name: str) -> bytes:
        """The first member of the file ``name``."""
        if self._used:
            self.id = new_id()
        self._used = True
        self.chains.clear()
        return gzip_member(warcinfo_record(self.id, name, format_date(datetime.now(UTC)), self._fields))
