"""The rows that a CDX query found, in the forms that clients ask for: text, JSON lists, JSON objects, CDXJ."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

WAYBACK = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
PYWB = ("urlkey", "timestamp", "url", "mime", "status", "digest", "length", "offset", "filename")


def resume_key(row: Mapping[str, str]) -> str:
    """What goes on after ``row`` when it is sent back as ``resumeKey``."""
    return quote(f"{row['urlkey']} {int(row['timestamp']) + 1:014}", safe="")


def as_text(found: Iterable[Mapping[str, str]], fields: tuple[str, ...]) -> Iterator[str]:
    """Rows as lines of columns separated by spaces."""
    for row in found:
        yield " ".join(row[name].replace(" ", "%20") or "-" for name in fields) + "\n"


def as_lists(found: Iterable[Mapping[str, str]], fields: tuple[str, ...], end: str = "") -> Iterator[str]:
    """Rows as one JSON list of lists, names first; ``[]`` where there are none."""
    begun = False
    for row in found:
        yield ("," if begun else f"[{json.dumps(fields)},") + "\n" + json.dumps([row[name] for name in fields])
        begun = True
    yield end
    yield "]\n" if begun else "[]\n"


def as_objects(found: Iterable[Mapping[str, str]], fields: tuple[str, ...]) -> Iterator[str]:
    """Rows as a JSON object a line."""
    for row in found:
        yield json.dumps({name: row[name] for name in fields}) + "\n"


def as_cdxj(found: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Rows as the lines of a CDXJ index."""
    for row in found:
        values = {name: row[name] for name in PYWB[2:] if row[name]}
        yield f"{row['urlkey']} {row['timestamp']} {json.dumps(values)}\n"
