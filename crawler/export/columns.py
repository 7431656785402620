"""Columns and tables, described for people and for formats that want types."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Any column can be null, which means unknown or not there, unless its meaning says otherwise."""

    name: str
    type: str
    """``text``, ``integer``, ``number``, ``boolean``, ``time`` (RFC 3339 in UTC, or ISO 8601 as a page states it),
    ``list`` or ``object`` (JSON values)."""
    meaning: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table; ``row`` says what a row is, ``key`` which columns tell rows apart."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()


KEY = (
    Column("article_url", "text", "address of the page, as fetched"),
    Column("captured_at", "time", "start of the capture"),
    Column("record_id", "text", "WARC-Record-ID of the response that proves the row"),
)
"""The columns by which rows join with ``articles`` and lead to the record that proves them."""
