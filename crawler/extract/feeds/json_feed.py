"""JSON Feed 1.0 and 1.1 (jsonfeed.org), read without trust in the types of its members."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from crawler.extract.dates import DateReading, read_date
from crawler.extract.feeds.listing import Entry, Listing, ListingError, absolute
from crawler.extract.wording import tidy
from crawler.model.counted import counted


def read_json_feed(body: bytes, url: str, captured: datetime | None, most: int) -> Listing:
    """The listing of a JSON Feed. Raises ``ListingError`` where ``body`` is other JSON, or none."""
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"), strict=False)
    except (ValueError, RecursionError) as error:
        raise ListingError(f"no feed: JSON that can't be read ({error})") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    version = feed.get("version") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not (isinstance(version, str) and "jsonfeed.org" in version):
        raise ListingError("no feed: JSON without JSON Feed's version and items")
    found = [entry for item in items[:most] if (entry := _entry(item, url, captured))]
    skipped = min(len(items), most) - len(found)
    notes = [f"{counted(skipped, 'entry', 'entries')} without an address that can be fetched"] if skipped else []
    if len(items) > most:
        notes.append(f"more than {most} entries; the rest is left out")
    return Listing(
        url=url,
        kind="json-feed",
        version=version.rstrip("/").rpartition("/")[2] or None,
        title=tidy(feed.get("title")) or None,
        link=absolute(feed.get("home_page_url"), url),
        language=tidy(feed.get("language")) or None,
        entries=tuple(found),
        next_url=absolute(feed.get("next_url"), url),
        notes=tuple(notes),
        truncated=len(items) > most,
    )


def _entry(item: Any, url: str, captured: datetime | None) -> Entry | None:
    if not isinstance(item, dict):
        return None
    address = absolute(item.get("url"), url) or absolute(item.get("external_url"), url)
    address = address or (absolute(item["id"], url) if str(item.get("id")).startswith("http") else None)
    if address is None:
        return None
    return Entry(
        url=address,
        title=tidy(item.get("title")) or None,
        id=str(item["id"]) if isinstance(item.get("id"), (str, int)) else None,
        published=_date(item.get("date_published"), captured),
        updated=_date(item.get("date_modified"), captured),
        summary=tidy(item.get("summary")) or None,
        authors=tuple(dict.fromkeys(_people(item))),
        categories=tuple(word for tag in _list(item.get("tags")) if (word := tidy(tag))),
        language=tidy(item.get("language")) or None,
        images=tuple(
            dict.fromkeys(full for name in ("image", "banner_image") if (full := absolute(item.get(name), url)))
        ),
        videos=tuple(
            full for one in _list(item.get("attachments")) if isinstance(one, dict)
            and str(one.get("mime_type")).startswith("video/") and (full := absolute(one.get("url"), url))
        ),
    )  # fmt: skip


def _people(item: dict[str, Any]) -> Iterator[str]:
    for person in (*_list(item.get("authors")), item.get("author")):
        if isinstance(person, dict) and (name := tidy(person.get("name"))):
            yield name


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _date(value: Any, captured: datetime | None) -> DateReading | None:
    if not isinstance(value, str) or not value.strip() or len(value) > 200:
        return None
    return read_date(value, captured_at=captured) or DateReading(None, value.strip())
