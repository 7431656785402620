"""What application state in the page's scripts says, where an object in it is recognisably this page's article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.witnesses.state_objects import objects, title_of, titled
from crawler.extract.wording import tidy
from crawler.model import Candidate

_PUBLISHED = (
    "datePublished", "publishedAt", "published_at", "publishDate", "publish_date", "publishedDate",
    "first_publish_date", "firstPublished", "display_date", "publicationDate", "published", "publishedDateTime",
    "pubDate", "date_published", "firstPublishedDate", "publishTime", "createdAt", "date",
)  # fmt: skip
_MODIFIED = (
    "dateModified", "modifiedAt", "updatedAt", "updated_at", "last_updated_date", "modified", "lastModified",
    "updatedDateTime", "lastPublishedDate", "modifiedDate",
)  # fmt: skip
_AUTHORS = ("authors", "author", "byline", "bylines", "credits", "creator", "writers")
_YEAR_2000 = 946_684_800
"""As Unix time in seconds."""


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Candidates from the state objects whose title is also the page's title or a heading of it."""
    best: tuple[int, str, dict[str, Any]] | None = None
    for path, value in titled(page, layout):
        richness = sum(key in value for key in (*_PUBLISHED, *_MODIFIED, *_AUTHORS))
        if richness and (best is None or richness > best[0]):
            best = (richness, path, value)
    if best is not None:
        yield from _article(best[1], best[2], page.state)


def _article(path: str, value: dict[str, Any], state: dict[str, Any]) -> Iterator[Proposal]:
    yield "headline", Candidate(title_of(value), "app-state", f"{path}.title", 0.7)
    for field, keys in (("date_published", _PUBLISHED), ("date_modified", _MODIFIED)):
        for key in keys:
            said = value.get(key)
            if isinstance(said, int) and said > _YEAR_2000:
                said = str(said)
            if isinstance(said, str) and len(said) >= 8:
                said = _with_offset(said, value.get(f"{key}_gmt"))
                yield field, Candidate(said, "app-state", f"{path}.{key}", 0.6 if key == "createdAt" else 0.8)
                break
    for key in _AUTHORS:
        if names := tuple(dict.fromkeys(_names(_referred(value.get(key), state), 0))):
            yield "authors", Candidate(names, "app-state", f"{path}.{key}", 0.75)
            break
    else:
        embedded = value.get("_embedded")  # as the interface of WordPress has it
        if names := tuple(_names(embedded.get("author"), 0)) if isinstance(embedded, dict) else ():
            yield "authors", Candidate(names, "app-state", f"{path}._embedded.author", 0.75)


def _with_offset(local: str, in_utc: Any) -> str:
    """A newsroom's time with the offset that the same time in UTC tells, as WordPress has both."""
    try:
        here, there = datetime.fromisoformat(local), datetime.fromisoformat(str(in_utc))
        return here.replace(tzinfo=timezone(here - there)).isoformat() if here.tzinfo is there.tzinfo is None else local
    except ValueError:
        return local


def _referred(value: Any, state: dict[str, Any]) -> Any:
    """A value or its members, those that only name an entry of an Apollo cache taken out of it."""
    if isinstance(value, list):
        return [_referred(member, state) for member in value[:12]] if value and isinstance(value[0], dict) else value
    name = value.get("__ref") or (value.get("type") == "id" and value.get("id")) if isinstance(value, dict) else None
    if not isinstance(name, str):
        return value
    return next((holder[name] for _, holder in objects(state) if isinstance(holder.get(name), dict)), value)


def _names(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        if text := tidy(value):
            yield text
    elif isinstance(value, list) and depth < 4:
        for member in value[:12]:
            yield from _names(member, depth + 1)
    elif isinstance(value, dict) and depth < 4:
        for key in ("by", "name", "fullName", "displayName", "byline", "full_name", "display_name", "title"):
            if value.get(key):
                yield from _names(value[key], depth + 1)
                return
        first, last = value.get("firstName"), value.get("lastName")
        if isinstance(first, str) and isinstance(last, str):
            yield tidy(f"{first} {last}")
