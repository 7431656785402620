"""``pages/pages.jsonl``: the pages of a collection with titles and text, for replay tools and full-text search."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.archive.layout import PAGES, sync_folder
from crawler.archive.ledger import Ledger
from crawler.archive.row import Row
from crawler.model import Article, Role

HEADER = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": True}
"""First line of the file (WACZ 1.1.1, section 5.3)."""
_PAGES = frozenset(role.value for role in Role if role.is_page)
_line = json.JSONEncoder(ensure_ascii=False).encode


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
        _write(path, _pages_in(ledger))


def _pages_in(ledger: Ledger) -> Iterator[dict[str, Any]]:
    for row in ledger.in_order_of_capture():
        if row.role not in _PAGES or row.status is None or not 200 <= row.status < 300:
            continue
        page = _page(row.url, row.moment, row.id)
        yield page | {"title": row.url} | _response(row)


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


def _write(path: Path, pages: Iterable[dict[str, Any]]) -> None:
    file = path / PAGES
    fresh = file.with_name(file.name + ".new")
    with fresh.open("w", encoding="utf-8", errors="replace", newline="\n") as out:
        out.write(json.dumps(HEADER) + "\n")
        for page in pages:
            out.write(f"{_line(page)}\n")
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    sync_folder(file.parent)
