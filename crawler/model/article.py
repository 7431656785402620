"""An article as extracted from one capture, and the JSON it is written as."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from crawler.model.capture import RecordRef
from crawler.model.evidence import Evidence, SetAside
from crawler.model.moment import rfc3339
from crawler.model.outcome import Outcome
from crawler.model.panel import Count, Panel


@dataclass(frozen=True, slots=True)
class Organization:
    """Who publishes: an outlet's name and its address."""

    name: str | None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """A line, logo or datum beside the text that may name who the text is from."""

    text: str
    """As printed."""
    url: str | None = None
    """The outlet's front page, where it leads there."""


@dataclass(frozen=True, slots=True)
class Extractor:
    """The program that made an article out of a capture."""

    name: str
    version: str
    site: str | None = None
    """The site module whose rules were asked beside the general ones."""


@dataclass(frozen=True, slots=True)
class Memento:
    """A page as an archive keeps it (RFC 7089): what was captured is the archive's copy, not the live page."""

    page: str
    """Address of the page, as the archive has it."""
    captured_at: str | None
    """When the archive captured it, RFC 3339, UTC."""
    archive: str
    """Host of the archive."""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an article in reading order.

    ``type`` is ``paragraph``, ``heading``, ``quote``, ``list_item``, ``image``, ``embed``, ``related_link`` or ``time``
    (when an entry of a live blog was written, as printed); ``url`` is the address an image, embed or related link leads
    to. A text keeps its line breaks where these part short lines, as of verse and addresses.
    """

    type: str
    text: str
    url: str | None = None
    level: int | None = None
    """Rank of a heading, 1 to 6; of an item in a list that lies in another how many these are, 2 or more."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the article, not of the page's furniture."""

    url: str
    """The best variant a browser could choose."""
    original_url: str | None = None
    """The picture's own address behind an image proxy."""
    asset_id: str | None = None
    """What stays the same across the variants of one picture on its site."""
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None
    role: str | None = None
    """``lead`` or ``inline``."""
    variants: tuple[str, ...] = ()
    """Every address of this picture a browser could choose, ``url`` among them."""
    record: RecordRef | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """What one page says: DESIGN's table of fields. Unknown is None, never a guess and never 0."""

    url: str | None
    captured_at: str | None
    outcome: Outcome
    canonical_url: str | None = None
    captured_at_earliest: str | None = None
    captured_at_latest: str | None = None
    headline: str | None = None
    description: str | None = None
    language: str | None = None
    section: str | None = None
    topics: tuple[str, ...] = ()
    byline: str | None = None
    authors: tuple[str, ...] = ()
    publisher: Organization | None = None
    distributor: Organization | None = None
    date_published: str | None = None
    date_published_raw: str | None = None
    date_published_earliest: str | None = None
    date_published_latest: str | None = None
    date_modified: str | None = None
    date_modified_raw: str | None = None
    date_modified_earliest: str | None = None
    date_modified_latest: str | None = None
    text: str | None = None
    blocks: tuple[Block, ...] = ()
    images: tuple[Image, ...] = ()
    panels: tuple[Panel, ...] = ()
    counts: tuple[Count, ...] = ()
    original_urls: tuple[str, ...] = ()
    """Addresses on other sites that the page itself names as this story's original, strongest evidence first."""
    credits: tuple[Credit, ...] = ()
    """What beside the text may name who it is from, without an address of the story there."""
    copy_candidates: tuple[str, ...] = ()
    """Addresses on other sites that may carry the story, by a link or a network's pattern: copies once confirmed."""
    memento: Memento | None = None
    """The page this is of, where an archive served it and not the site itself; ``url`` is then the archive's."""
    outcome_reason: str | None = None
    notes: tuple[str, ...] = ()
    """Remarks for the operator, such as ``drift: newsbreak: no docInfo``."""
    set_aside: tuple[SetAside, ...] = ()
    """What was in the input and is not in ``text``, with the reason."""
    evidence: dict[str, Evidence] | None = None
    record: RecordRef | None = None
    extractor: Extractor | None = None

    def to_dict(self) -> dict[str, Any]:
        """The article as JSON values: lists, dicts, strings, numbers, booleans and None."""
        return {f.name: plain(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Article:
        """The article that :meth:`to_dict` wrote; unknown keys are ignored so that older readers open newer tables.

        Raises ``KeyError`` where ``url``, ``captured_at`` or ``outcome`` is missing.
        """
        known = {f.name for f in fields(cls)}
        read = {name: _READERS.get(name, _same)(value) for name, value in values.items() if name in known}
        read.update(url=values["url"], captured_at=values["captured_at"], outcome=Outcome(values["outcome"]))
        return cls(**read)


def plain(value: Any) -> Any:
    """A value of the model as JSON values: dataclasses become dicts, enumerations their value, moments RFC 3339."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return rfc3339(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()  # no half of a character is JSON
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def _same(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _record(value: Any) -> RecordRef | None:
    return None if value is None else RecordRef(**value)


def _organization(value: Any) -> Organization | None:
    return None if value is None else Organization(**value)


def _image(value: dict[str, Any]) -> Image:
    return Image(**{**value, "variants": tuple(value.get("variants") or ()), "record": _record(value.get("record"))})


_READERS: dict[str, Any] = {
    "publisher": _organization,
    "distributor": _organization,
    "memento": lambda value: None if value is None else Memento(**value),
    "blocks": lambda rows: tuple(Block(**row) for row in rows),
    "images": lambda rows: tuple(map(_image, rows)),
    "panels": lambda rows: tuple(map(Panel.from_dict, rows)),
    "credits": lambda rows: tuple(Credit(**row) for row in rows),
    "counts": lambda rows: tuple(Count(**row) for row in rows),
    "set_aside": lambda rows: tuple(SetAside(**row) for row in rows),
    "evidence": lambda rows: None if rows is None else {k: Evidence.from_dict(v) for k, v in rows.items()},
    "record": _record,
    "extractor": lambda value: None if value is None else Extractor(**value),
}
