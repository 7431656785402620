"""NewsBreak's picture proxy, img.particlenews.com or one of the same form: which asset or address it shows."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

HOST = "img.particlenews.com"
_ASSET = re.compile(r"[0-9A-Za-z]{4,12}_[0-9A-Za-z]{6,20}")


def picture_id(address: str) -> str | None:
    """The asset an address shows, such as ``1aB2c3_0dE4fG5h00``; None for addresses of other forms.

    Both ``/image.php?type=thumbnail_580x000&url=ASSET`` and ``/img/id/ASSET?type=webp_1200x000`` name one picture (seen
    2021-12 and 2026-11). The part after ``_`` is shared by the pictures of one article.
    """
    shown = _shown(address)
    return shown if shown is not None and _ASSET.fullmatch(shown) else None


def original_of(address: str) -> str | None:
    """The full address that the proxy was asked to fetch; None where it names one of its own assets."""
    shown = _shown(address)
    return shown if shown is not None and re.match(r"https?://[^/\s]+", shown) else None


def _shown(address: str) -> str | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.path.startswith("/img/id/"):
        return unquote(parts.path.removeprefix("/img/id/").strip("/")) or None
    named = parse_qs(parts.query).get("url") if parts.path == "/image.php" else None
    return named[0] if named else None
