"""``pages/pages.jsonl``: the pages of a collection with titles and text, for replay tools and full-text search."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.archive.datapackage import write_datapackage
from crawler.archive.layout import LEDGER, PAGES, sync_folder
from crawler.archive.ledger import Ledger
from crawler.archive.row import Row
from crawler.model import Article, Role

HEADER = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": True}
"""First line of the file (WACZ 1.1.1, section 5.3)."""


def write_pages(collection_path: Path | str, articles: Iterable[Article]) -> int:
    """Write the pages that ``articles`` were extracted from, and bring the datapackage up to date.

    Articles without URL or capture time are left out, since a replay tool could not show them. Returns how many pages
    were written; raises ``OSError``.
    """
    path = Path(collection_path)
    with closing(Ledger(path / LEDGER, writing=False)) as ledger:
        written = _write(path, _pages_of(articles, ledger))
    write_datapackage(path)
    return written


def write_first_pages(ledger: Ledger, path: Path) -> None:
    """List the pages that a crawl captured, where nothing was extracted yet."""
    if not (path / PAGES).exists():
        _write(path, _pages_in(ledger))


def _pages_of(articles: Iterable[Article], ledger: Ledger) -> Iterator[dict[str, Any]]:
    for article in articles:
        if article.url is None or article.captured_at is None:
            continue
        moment = datetime.fromisoformat(article.captured_at).astimezone(UTC)
        page = _page(article.url, moment, article.record.id if article.record else None)
        page["title"] = article.headline or article.url
        if article.text:
            page["text"] = article.text
        row = ledger.get(article.record.id) if article.record else None
        if row is not None:
            page |= _response(row)
        yield page


def _pages_in(ledger: Ledger) -> Iterator[dict[str, Any]]:
    for row in ledger.in_order_of_capture():
        if row.role is None or not Role(row.role).is_page or row.status is None or not 200 <= row.status < 300:
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
    page["ts"] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return page


def _write(path: Path, pages: Iterable[dict[str, Any]]) -> int:
    file = path / PAGES
    fresh = file.with_name(file.name + ".new")
    count = 0
    with fresh.open("w", encoding="utf-8", errors="replace", newline="\n") as out:
        out.write(json.dumps(HEADER) + "\n")
        for page in pages:
            out.write(json.dumps(page, ensure_ascii=False) + "\n")
            count += 1
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    sync_folder(file.parent)
    return count
