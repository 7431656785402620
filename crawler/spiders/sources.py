"""Where stories are found: a source, what of it is wanted, and what came of asking it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.archive import Recorded
from crawler.extract.dates import DateReading
from crawler.extract.feeds import Entry
from crawler.model import Purpose
from crawler.model.moment import read_moment


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries of a listing are wanted; an empty filter wants all."""

    words: tuple[str, ...] = ()
    """At least one of these words or phrases stands in title, summary, categories or address; case does not matter."""
    without: tuple[str, ...] = ()
    """None of these does."""
    sections: tuple[str, ...] = ()
    """A category, or a folder of the address ("news", "/news/", "news/world"), is one of these."""
    after: datetime | None = None
    before: datetime | None = None
    """Bounds of publication, or of the last change where only that is told; an entry without a date passes."""

    def wants(self, entry: Entry) -> bool:
        """True for an entry that passes."""
        text = _words(" ".join((entry.title or "", entry.summary or "", *entry.categories, _path(entry.url))))
        if self.words and not any(f" {_words(word).strip()} " in text for word in self.words):
            return False
        if any(f" {_words(word).strip()} " in text for word in self.without):
            return False
        if self.sections:
            folders = f"/{_path(entry.url).strip('/')}/".casefold()
            named = {*map(str.casefold, entry.categories)}
            if not any(section in folders or section[1:-1] in named for section in map(_section, self.sections)):
                return False
        return self.covers(entry.published or entry.updated)

    def covers(self, date: DateReading | None) -> bool:
        """True where ``date`` may lie within the bounds, or is not known."""
        if date is None:
            return True
        earliest, latest = moment(date.earliest), moment(date.latest, last=True)
        too_old = self.after is not None and latest is not None and latest < self.after
        too_new = self.before is not None and earliest is not None and earliest > self.before
        return not (too_old or too_new)


@dataclass(frozen=True, slots=True)
class Source:
    """A feed, a sitemap or index, or a publisher's or aggregator's page, and what of it is wanted."""

    url: str
    filter: Filter = Filter()
    limit: int = 200
    """Stories taken from it, all its parts together; of a part that lists more than that, the newest."""
    feeds: bool = False
    """Ask the feeds that a page declares too, or else those of robots.txt and of the usual addresses."""
    children: int = 10
    """Sitemaps of an index that are asked, the newest first."""
    pages: int = 1
    """Pages of a listing that goes on in a next one."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A listing that came: one part of a source."""

    source: Source
    url: str
    purpose: Purpose
    recorded: Recorded
    status: int
    kind: str
    title: str | None
    entries: int
    """How many it has, wanted or not."""
    notes: tuple[str, ...]
    not_modified: bool
    """True where the server confirmed that nothing is new since the listing was captured before."""
    feeds: tuple[str, ...] = ()
    """Feeds that a page names."""
    wanted: tuple[Entry, ...] = ()
    """The stories that it lists first, as far as the source's filter wants them."""

    def to_dict(self) -> dict[str, Any]:
        """What the listing says of the stories wanted, with dates as printed and as read, as JSON values."""
        return {
            "listing": self.url,
            "kind": self.kind,
            "title": self.title,
            "stories": [
                {
                    "url": entry.url,
                    "title": entry.title,
                    "id": entry.id,
                    **dated("published", entry.published),
                    **dated("updated", entry.updated),
                    "publisher": entry.publisher,
                }
                for entry in self.wanted
            ],
        }


@dataclass(frozen=True, slots=True)
class Listed:
    """A story that a source lists, wanted by its filter."""

    source: Source
    entry: Entry
    listing: Checked
    """The listing that names it first."""


def dated(name: str, reading: DateReading | None) -> dict[str, str | None]:
    """A date as two JSON members: as read, and under ``_raw`` as printed."""
    return {name: reading.value if reading else None, f"{name}_raw": reading.raw if reading else None}


def moment(text: str | None, *, last: bool = False) -> datetime | None:
    """An ISO 8601 date or date-time as a moment; a day is its first or ``last`` one; UTC where no zone is said."""
    value = read_moment(text)
    is_day = value is not None and len(text or "") == len("2026-11-30")
    return datetime.combine(value.date(), time.max, UTC) if value is not None and is_day and last else value


_WORD = re.compile(r"[^\W_]+")


def _words(text: str) -> str:
    """The words of a text in lower case, with a space before, between and after them."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _section(words: str) -> str:
    return f"/{words.strip('/')}/".replace("//", "/").casefold()


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path)
    except ValueError:
        return ""
