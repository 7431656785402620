"""Templates of the demo's pages and the writing of dates; every value is escaped where it enters a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

_PACKAGE = files("crawler.demo")


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def page(name: str, values: Mapping[str, str]) -> str:
    """The template ``name`` with its fields filled in: plain strings escaped, :class:`Markup` as it is."""
    ready = {key: value if isinstance(value, Markup) else escape(value) for key, value in values.items()}
    return _template(name).substitute(ready)


def paragraphs(texts: tuple[str, ...]) -> Markup:
    """Texts as ``p`` elements, one a line."""
    return Markup("\n".join(f"<p>{escape(text, quote=False)}</p>" for text in texts))


def script_json(value: Any) -> Markup:
    """JSON that can stand in a ``script`` element."""
    return Markup(json.dumps(value, ensure_ascii=False).replace("</", "<\\/"))


@cache
def static(name: str) -> bytes:
    """A file that is served as it is; raises ``FileNotFoundError`` where there is none."""
    return _PACKAGE.joinpath("static", name).read_bytes()


def printed_date(moment: str) -> str:
    """An ISO 8601 date as a newspaper prints it: "March 15, 2024"."""
    day = datetime.fromisoformat(moment)
    return f"{day:%B} {day.day}, {day.year}"


def printed_time(moment: str) -> str:
    """An ISO 8601 date-time as a newspaper prints it: "March 15, 2024, 6:42 p.m."."""
    at = datetime.fromisoformat(moment)
    return f"{printed_date(moment)}, {at.hour % 12 or 12}:{at.minute:02} {'a.m.' if at.hour < 12 else 'p.m.'}"


def age(moment: str, now: datetime) -> str:
    """How an aggregator says when: "5 days ago"; the date itself for a clock that stands before it."""
    seconds = int((now - datetime.fromisoformat(moment)).total_seconds())
    if seconds < 0:
        return printed_date(moment)
    for unit, length in _UNITS:
        if number := seconds // length:
            return f"{number} {unit}{'s' if number > 1 else ''} ago"
    return "just now"


_UNITS = (("year", 365 * 86400), ("month", 30 * 86400), ("day", 86400), ("hour", 3600), ("minute", 60))


@cache
def _template(name: str) -> Template:
    return Template(_PACKAGE.joinpath("pages", f"{name}.html").read_text(encoding="utf-8"))
