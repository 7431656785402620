"""Whether an article's data say that it may be read without paying, and how long they say it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def is_free(article: dict[str, Any]) -> bool | None:
    """What JSON-LD says of the article itself, or else of a part of it; None where it says nothing."""
    parts = article.get("hasPart")
    for one in (article, *(parts if isinstance(parts, list) else (parts,))):
        if isinstance(one, dict) and (said := one.get("isAccessibleForFree")) is not None:
            return str(said).strip().lower().rpartition("/")[2] not in ("false", "0", "no")
    return None


def paid_parts(objects: Iterable[dict[str, Any]]) -> list[str]:
    """Selectors of the parts that JSON-LD says are not free."""
    found: list[str] = []
    for one in objects:
        parts = one.get("hasPart")
        for part in parts if isinstance(parts, list) else [parts]:
            if isinstance(part, dict) and is_free(part) is False:
                said = part.get("cssSelector")
                found += [name for name in (said if isinstance(said, list) else [said]) if isinstance(name, str)]
    return found


def words_of(article: dict[str, Any]) -> int | None:
    """The number of words that JSON-LD says the article has; None where it says none."""
    said = str(article.get("wordCount") or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else None
