"""``pages/pages.jsonl``: the pages of a collection with titles and text, for replay tools and full-text search."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from json.encoder import encode_basestring as quoted
from pathlib import Path
from typing import Any

from crawler.archive.layout import PAGES, sync_folder
from crawler.archive.ledger import Ledger
from crawler.archive.row import Listed, Row, from_micros
from crawler.model import Article, Role

HEADER = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": True}
"""First line of the file (WACZ 1.1.1, section 5.3)."""
_PAGES = tuple(role.value for role in Role if role.is_page)


def page_line(article: Article, ledger: Ledger) -> dict[str, Any] | None:
    """The line of the page that ``article`` was extracted from.

    None without URL or capture time, since a replay tool could not show it.
    """
    if article.url is None or article.captured_at is None:
        return None
    moment = datetime.fromisoformat(article.captured_at).astimezone(UTC)
    page = _page(article.url, moment, article.record.id if article.record else None)
    page["title"] = article.headline or article.url
    if article.text:
        page["text"] = article.text
    row = ledger.get(article.record.id) if article.record else None
    return page if row is None else page | _response(row)


def write_first_pages(ledger: Ledger, path: Path) -> None:
    """List the pages that a crawl captured, where nothing was extracted yet."""
    if not (path / PAGES).exists():
        _write(path, map(_first_line, ledger.pages(_PAGES)))


def _first_line(page: Listed) -> str:
    """The line of a page of which nothing is known but its capture, put together from what needs no encoder."""
    url, at = quoted(page.url), from_micros(page.captured_at).isoformat()[:19]
    seed = ', "seed": true' if page.role == Role.SEED.value else ""
    return (
        f'{{"id": {quoted((page.id or page.url).removeprefix("urn:uuid:"))}, "url": {url}, "ts": "{at}Z", '
        f'"title": {url}, "mime": {quoted(page.mime or "")}, "status": {page.status}{seed}}}'
    )


def _response(row: Row) -> dict[str, Any]:
    """What a page's line says of its response."""
    about: dict[str, Any] = {"mime": row.mime or ""}
    if row.status is not None:
        about["status"] = row.status
    if row.role == Role.SEED.value:
        about["seed"] = True
    return about


def _page(url: str, moment: datetime, record_id: str | None) -> dict[str, Any]:
    page: dict[str, Any] = {"id": (record_id or url).removeprefix("urn:uuid:"), "url": url}
    page["ts"] = f"{moment.isoformat()[:19]}Z"
    return page


def _write(path: Path, lines: Iterable[str]) -> None:
    file = path / PAGES
    fresh = file.with_name(file.name + ".new")
    with fresh.open("w", encoding="utf-8", errors="replace", newline="\n") as out:
        out.write(json.dumps(HEADER) + "\n")
        out.writelines(f"{line}\n" for line in lines)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    sync_folder(file.parent)
