"""What the sources of a watchlist list, read in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawler.jobs.conditions import Conditions
from crawler.jobs.discover import discover
from crawler.jobs.run.apart import Ended, Stopping, apart
from crawler.jobs.watchlist import SourceEntry
from crawler.model.address import without_visit
from crawler.spiders.sources import Filter, Listed, Source, moment

LISTED = 1000
"""Stories of a source that are looked at, the newest: a news sitemap lists no more (its protocol's limit)."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A story that a source lists."""

    url: str
    headline: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Discovered:
    """What one source lists, after its filter."""

    source: str
    stories: tuple[Lead, ...] = ()
    message: str | None = None
    """Why it could not be read."""
    ended: Ended = Ended.WELL


def discover_apart(
    sources: Sequence[SourceEntry], conditions: Conditions, *, now: datetime, limit: timedelta, stopping: Stopping
) -> tuple[Discovered, ...]:
    """What ``sources`` list; each answer is archived in the collection of ``conditions``. Never raises."""
    asked = tuple(_source(entry, now) for entry in sources)
    done = apart(_discover, asked, conditions, limit=limit, stopping=stopping)
    if done.value is not None:
        return done.value
    return tuple(Discovered(entry.url, (), done.message, done.ended) for entry in sources)


def _discover(sources: Sequence[Source], conditions: Conditions) -> tuple[Discovered, ...]:
    found = discover(sources, conditions)
    misses = {miss.requested: f"{miss.outcome.value.replace('_', ' ')}: {miss.message}" for miss in found.misses}
    failed = {source.url for source in found.failed()}
    reasons = {source.url: found.why_nothing(source) for source in sources} | {
        url: misses.get(url, "stopped before it was read") for url in failed
    }
    return tuple(
        Discovered(
            source.url,
            tuple(_lead(story) for story in found.of(source)),
            reasons[source.url],
            Ended.STOPPED if found.interrupted else Ended.WELL,
        )
        for source in sources
    )


def _source(entry: SourceEntry, now: datetime) -> Source:
    said = entry.filter
    bounds = [
        datetime.combine(said.since, datetime.min.time(), UTC) if said.since else None,
        now - said.max_age if said.max_age else None,
    ]
    after = max((bound for bound in bounds if bound), default=None)
    return Source(entry.url, Filter(said.words, said.without, said.sections, after=after), limit=LISTED)


def _lead(story: Listed) -> Lead:
    published = story.entry.published
    return Lead(without_visit(story.entry.url), story.entry.title, moment(published.value) if published else None)
