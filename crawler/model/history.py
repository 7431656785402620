"""What changed over time: the captures of one address, and one count through all captures."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.model.article import Article
from crawler.model.panel import Count


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference between two captures of an address."""

    kind: str
    """``added``, ``removed``, ``changed`` or ``moved``."""
    before: str | None
    after: str | None
    changed: tuple[str, ...] = ()
    """Figures, dates, units and names that differ, ``14 → 12``."""
    boring: str | None = None
    """Why it says nothing about the story (``relative date``, ``count``, ``typography``); None for a real edit."""


@dataclass(frozen=True, slots=True)
class Version:
    """One capture of an address against the last one before it that could be read."""

    article: Article
    number: int
    """From 1."""
    change: str
    """``first``, ``same``, ``boring``, ``edited``, ``gone`` or ``unreadable``."""
    previous: Article | None = None
    edits: tuple[Edit, ...] = ()
    back: bool = False
    """True where the page had been gone before this capture."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a count over time; ``count`` is None in a gap: the page was read and prints no such count."""

    article: Article
    count: Count | None
    at_least: int | None = None
    at_most: int | None = None
    """What the true number can be, by the printed form; None where nothing bounds it."""
    change: int | None = None
    days: float | None = None
    """Difference from the last known value, and the days since."""
    flags: tuple[str, ...] = ()
    """``gap``, ``reset``, ``label_changed``, ``ambiguous``."""


@dataclass(frozen=True, slots=True)
class Series:
    """One count of one outlet or page, as one site prints it, in order of time."""

    id: str
    site: str
    name: str
    of: str | None
    points: tuple[Point, ...]
