"""The page lists held against the captures."""

from __future__ import annotations

import json
import zipfile
from typing import Any

from crawler.archive.verify.finding import Sink, Teller
from crawler.archive.verify.parts import Parts
from crawler.archive.verify.register import Register

_LONGEST_LINE = 64 << 20
"""Bytes of a line, which holds the text of a page."""


def check_pages(parts: Parts, register: Register, sink: Sink, *, ours: bool) -> None:
    """Tell of every line that is none, and of pages that were not captured.

    ``ours`` says that wirecopy wrote the list: then a page's time is that of its capture to the second.
    """
    for name in parts.names():
        if not (name.startswith("pages/") and name.endswith(".jsonl")):
            continue
        teller = Teller(name, sink)
        try:
            with parts.open(name) as lines:
                at = 0
                while line := lines.readline(_LONGEST_LINE):
                    teller.offset = at
                    _check_line(line, at == 0, teller, register, ours)
                    at += len(line)
        except (OSError, EOFError, zipfile.BadZipFile) as error:
            teller.tell("file-unreadable", str(error))


def _check_line(line: bytes, first: bool, teller: Teller, register: Register, ours: bool) -> None:
    if not line.strip():
        return
    try:
        page: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        teller.tell("pages-syntax", f"a line is no JSON: {error}")
        return
    if first:
        if not isinstance(page, dict) or not str(page.get("format", "")).startswith("json-pages"):
            teller.tell("pages-syntax", "the first line does not say format json-pages")
        return
    if not isinstance(page, dict) or not isinstance(page.get("url"), str) or not isinstance(page.get("ts"), str):
        teller.tell("pages-syntax", "a page has no url or no ts")
        return
    url, stamp = page["url"], page["ts"]
    dates = [row[0] or "" for row in register.rows("SELECT date FROM records WHERE url = ? AND type != 'request'", url)]
    if not dates:
        teller.tell("pages-dangling", f"there is no capture of {url}")
    elif ours and not any(date[:19] == stamp[:19] for date in dates):
        teller.tell("pages-date", f"there is no capture of {url} at {stamp}")
