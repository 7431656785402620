"""Makes a page small without changing what is read from it: styles, drawings and scripts that hold no data go."""

from __future__ import annotations

import re
from datetime import datetime

from crawler.extract import extract_article
from crawler.testing.fields import fields_of

_SCRIPT = re.compile(rb"(<script\b[^>]*>)(.*?)(</script\s*>)", re.I | re.S)
_STYLE = re.compile(rb"(<style\b[^>]*>).*?(</style\s*>)", re.I | re.S)
_SVG = re.compile(rb"(<svg\b[^>]*>).*?(</svg\s*>)", re.I | re.S)
_COMMENT = re.compile(rb"<!--(?!\[if).{80,}?-->", re.S)
_INLINE_DATA = re.compile(rb"data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=]{200,}", re.I)
_HOLDS_DATA = re.compile(rb"json|[=(:]\s*[\[{]\s*[\"'{\[]|JSON\.parse", re.I)
_SHORT = 400
"""Bytes of a script that are not worth a difference."""


def trim(body: bytes, *, url: str, at: datetime, content_type: str | None = None) -> bytes:
    """The page without what no test reads; the page as it was where an article would come out of it otherwise."""
    small = _INLINE_DATA.sub(b"data:,", _COMMENT.sub(b"", _SVG.sub(rb"\1\2", _STYLE.sub(rb"\1\2", body))))
    small = _SCRIPT.sub(_emptied, small)
    headers = {"content-type": content_type} if content_type else None
    before = fields_of(extract_article(body, url=url, captured_at=at, headers=headers))
    after = fields_of(extract_article(small, url=url, captured_at=at, headers=headers))
    return small if before == after else body


def _emptied(script: re.Match[bytes]) -> bytes:
    opening, text, closing = script.groups()
    if len(text) < _SHORT or _HOLDS_DATA.search(opening) or _HOLDS_DATA.search(text):
        return script.group()
    return opening + closing
