"""What archives and caches put around a page when they show it: their words are not the page's."""

from __future__ import annotations

import re

_BEGIN, _END = "<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<!-- END WAYBACK TOOLBAR INSERT -->"
_CACHE = re.compile(r"google-cache-hdr|webcache\.googleusercontent\.com/search|Google(?:'|&#39;|’)s cache of", re.I)
_OF_THE_CACHE = ("google-cache-hdr", "webcache.googleusercontent", "s cache of")
_DOCUMENT = re.compile(r"<!doctype\b|<html\b", re.I)
_HEADER = 8000
"""Characters in which a cache's header ends, and in which the Wayback Machine names itself."""


def unwrap(text: str) -> str:
    """The markup of a page without the Wayback Machine's toolbar or the header of Google's cache (until 2024)."""
    head = text[:_HEADER]
    if "archive.org" in head or "WAYBACK" in head:
        before, begun, after = text.partition(_BEGIN)
        _, ended, rest = after.partition(_END)
        text = before + rest if begun and ended else text
    if any(mark in head for mark in _OF_THE_CACHE):
        cached = _CACHE.search(head)
        document = _DOCUMENT.search(text, cached.end(), _HEADER) if cached else None
        if document:
            text = text[document.start() :]
    return text
