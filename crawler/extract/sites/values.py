"""Values of application state and JSON, read without trust in their types."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from crawler.extract.wording import tidy


def inside(value: Any, *path: str) -> dict[str, Any]:
    """The object at a path of keys; empty where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def text_of(value: Any, *keys: str) -> str | None:
    """The first of some members that is a text with words in it, tidied."""
    for key in keys:
        member = value.get(key) if isinstance(value, dict) else None
        if isinstance(member, dict):
            member = member.get("name") or member.get("text")
        if text := tidy(member):
            return text
    return None


def names_in(value: Any) -> tuple[str, ...]:
    """Names of people or organisations: a text, an object with a name, or a list of these."""
    return tuple(dict.fromkeys(_names(value, 0)))


def url_of(value: Any, *keys: str) -> str | None:
    """The first of some members that is an http(s) address."""
    for key in keys:
        member = value.get(key) if isinstance(value, dict) else None
        if isinstance(member, dict):
            member = member.get("url")
        if isinstance(member, str) and re.match(r"https?://[^\s/]+", member.strip()):
            return member.strip()
    return None


def json_object(text: str) -> dict[str, Any]:
    """A text as a JSON object; empty where it is none."""
    stripped = text.lstrip("\ufeff \r\n\t")
    if not stripped.startswith("{"):
        return {}
    try:
        value = json.loads(stripped)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _names(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, list) and depth < 3:
        for member in value[:20]:
            yield from _names(member, depth + 1)
    elif isinstance(value, dict):
        yield from _names(value.get("name") or value.get("display_name") or value.get("nickname"), depth + 1)
    elif text := tidy(value):
        yield text
