"""NewsBreak's picture proxy, img.particlenews.com or one of the same form, and the pictures it serves to a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from crawler.extract.page import Page
from crawler.extract.sites.markup import Markup, Shown
from crawler.model import Image

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


def asset_address(value: Any) -> str | None:
    """The address of an asset that is named alone; None for what names none."""
    if not isinstance(value, str) or not _ASSET.fullmatch(value.strip()):
        return None
    return f"https://{HOST}/img/id/{value.strip()}"


def pictures(page: Page, markup: Markup, lead: str | None) -> Iterator[Image]:
    """The pictures of a story, the variants of one asset together; ``lead`` (asset or address) first if not among them.

    An ``alt`` that is an address is the picture's source (seen 2021-12).
    """
    shown = list(markup.pictures)
    first = _full(page, lead)
    if first is not None and all(_same(each.url) != _same(first) for each in shown):
        shown.insert(0, Shown(first, None, None, None))
    variants: dict[str, list[Shown]] = {}
    for each in shown:
        variants.setdefault(_same(each.url), []).append(each)
    for number, same in enumerate(variants.values()):
        yield _picture(same, "inline" if number else "lead")


def _picture(same: list[Shown], role: str) -> Image:
    best = same[0]
    source = next((each.alt for each in same if each.alt and re.match(r"https?://", each.alt)), None)
    return Image(
        url=best.url,
        original_url=original_of(best.url) or source,
        asset_id=picture_id(best.url),
        caption=next((each.caption for each in same if each.caption), None),
        credit=next((each.credit for each in same if each.credit), None),
        alt=None if source else best.alt,
        role=role,
        variants=tuple(dict.fromkeys(each.url for each in same)),
    )


def _full(page: Page, lead: str | None) -> str | None:
    """The address of a lead picture, where the page's head shows one; else that of its asset."""
    if lead is None or "/" in lead:
        return lead
    shown = (address for address in page.meta.get("og:image", ()) if picture_id(address) == lead)
    return next(shown, asset_address(lead))


def _same(address: str) -> str:
    return picture_id(address) or original_of(address) or address


def _shown(address: str) -> str | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.path.startswith("/img/id/"):
        return unquote(parts.path.removeprefix("/img/id/").strip("/")) or None
    named = parse_qs(parts.query).get("url") if parts.path == "/image.php" else None
    return named[0] if named else None
