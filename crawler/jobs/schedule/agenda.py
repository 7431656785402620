"""The agenda: which stories are watched, how their visits went, and when each is due again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from crawler.jobs.schedule.book import Book, text_of, time_of
from crawler.jobs.schedule.plan import Due, Kind
from crawler.jobs.schedule.policy import EARLIEST, GONE_VISITS, History, is_due, next_count, next_visit
from crawler.jobs.schedule.visit import Visit
from crawler.jobs.watchlist import Revisit

SEARCHED_AGAIN = timedelta(days=3)
"""Copies appear within days of the original."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A story under watch, as the watchlist or a source names it."""

    url: str
    copies: tuple[str, ...]
    collection: str
    source: str | None = None
    """The source that named it; None where the watchlist itself did."""
    headline: str | None = None
    published: datetime | None = None


class Agenda:
    """The part of the book that says what is due."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def watch(self, stories: Iterable[Watched], now: datetime, *, most: int | None = None) -> list[Watched]:
        """Put stories under watch, ``most`` new ones at once, and return these.

        What the watchlist says of the others is taken over.
        """
        new: list[Watched] = []
        with self.book.transaction():
            for story in stories:
                if self.book.row("SELECT 1 FROM stories WHERE url = ?", story.url) is None:
                    if most is not None and len(new) >= most:
                        continue
                    new.append(story)
                    self.book.write(
                        "INSERT INTO stories (url, collection, copies, source, headline, added, published, next_visit)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        story.url, story.collection, json.dumps(story.copies), story.source, story.headline,
                        text_of(now), text_of(story.published), text_of(now),
                    )  # fmt: skip
                elif story.source is None:
                    self.book.write(
                        "UPDATE stories SET copies = ?, collection = ?, source = NULL, watched = 1 WHERE url = ?",
                        json.dumps(story.copies), story.collection, story.url,
                    )  # fmt: skip
        return new

    def keep_named(self, named: Iterable[str]) -> None:
        """Watch no more what the watchlist named once and names no longer; stories from sources stay."""
        kept = set(named)
        with self.book.transaction():
            for row in self.book.rows("SELECT url FROM stories WHERE source IS NULL AND watched"):
                if row["url"] not in kept:
                    self.book.write("UPDATE stories SET watched = 0 WHERE url = ?", row["url"])

    def keep_in(self, collections: Mapping[str, str]) -> None:
        """Keep the stories of each source in the collection that the watchlist now says for it."""
        with self.book.transaction():
            for source, at in self.book.rows("SELECT DISTINCT source, collection FROM stories WHERE source NOTNULL"):
                if (said := collections.get(source, at)) != at:
                    self.book.write("UPDATE stories SET collection = ? WHERE source = ?", said, source)

    def keep_to(self, policy: Revisit) -> int:
        """Reckon anew when stories come next where the last run had another policy; returns how many there are."""
        words = policy.model_dump_json()
        if (before := self.book.row("SELECT words FROM policy")) and before["words"] == words:
            return 0
        with self.book.transaction():
            self.book.write("INSERT OR REPLACE INTO policy VALUES (1, ?)", words)
            for row in (rows := self.book.rows("SELECT * FROM stories WHERE watched AND counted IS NOT NULL")):
                history = _known(row)
                awaited = history.changed == history.counted != history.visited  # an edit that a look at counts found
                soon = history.counted if awaited else next_visit(history, policy)
                self.book.write(
                    "UPDATE stories SET next_visit = ?, next_count = ? WHERE url = ?",
                    text_of(soon), text_of(next_count(history, policy)), row["url"],
                )  # fmt: skip
        return len(rows) if before else 0

    def due(self, now: datetime) -> Iterator[Due]:
        """The stories whose visit is due, each once: for everything, or for its counts alone."""
        limit = text_of(now + EARLIEST)
        query = "SELECT * FROM stories WHERE (watched AND next_visit <= ?) OR (watched AND next_count <= ?)"
        for row in self.book.rows(query, limit, limit):
            known = _known(row)
            wanted = (Kind.FULL, "next_visit", known.visited), (Kind.COUNTS, "next_count", known.counted)
            kinds = [(kind, row[at]) for kind, at, last in wanted if row[at] and is_due(time_of(row[at]), last, now)]
            if not kinds:
                continue
            kind, at = kinds[0]
            cost = json.loads(row["cost"]).get(kind.value, {})
            search = kind is Kind.FULL and _to_be_searched(row, now)
            yield Due(row["url"], tuple(json.loads(row["copies"])), row["collection"], kind, time_of(at), cost, search)

    def coming(self, limit: int | None = None) -> list[tuple[datetime, str, Kind]]:
        """What comes next: when, which story, what for; soonest first."""
        query = """
            SELECT next_visit AS at, url, 'full' AS kind FROM stories WHERE watched AND next_visit IS NOT NULL UNION ALL
            SELECT next_count, url, 'counts' FROM stories WHERE watched AND next_count IS NOT NULL
            AND next_count < coalesce(next_visit, 'z') ORDER BY at, url LIMIT ?"""
        return [(time_of(row["at"]), row["url"], Kind(row["kind"])) for row in self.book.rows(query, limit or -1)]

    def is_entered(self, batch: str, story: str = "") -> bool:
        """Whether what came of a story of a batch, or of all of it, was noted before."""
        return self.book.row("SELECT 1 FROM entered WHERE batch = ? AND story = ?", batch, story) is not None

    def note_entered(self, batch: str, story: str = "") -> None:
        """Note that it is."""
        self.book.write("INSERT OR IGNORE INTO entered VALUES (?, ?)", batch, story)

    def forget_entered(self, batch: str) -> None:
        """Drop these notes of a batch that nobody holds any more."""
        self.book.write("DELETE FROM entered WHERE batch = ?", batch)

    def enter(
        self, run: str, due: Due, visits: Sequence[Visit], cost: Mapping[str, int], policy: Revisit, batch: str
    ) -> bool:
        """Note what the visits of one story showed and when it comes next; returns whether its text was edited."""
        row = self.book.row("SELECT * FROM stories WHERE url = ?", due.url)
        if row is None or not visits:
            return False
        digests = json.loads(row["digests"])
        edited = [visit for visit in visits if visit.digest and digests.get(visit.url, visit.digest) != visit.digest]
        digests |= {visit.url: visit.digest for visit in visits if visit.digest}
        seed = next((visit for visit in visits if visit.url == due.url), visits[0])
        history = _history(row, due, seed, max(visit.at for visit in visits), edited=bool(edited))
        # An edit seen on a look at the counts is captured whole at the next run.
        soon = history.counted if due.kind is Kind.COUNTS and edited else next_visit(history, policy)
        with self.book.transaction():
            self.book.write(
                "UPDATE stories SET headline = coalesce(?, headline), published = ?, visited = ?, changed = ?,"
                " counted = ?, failures = ?, gone = ?, outcome = ?, digests = ?, cost = ?, next_visit = ?,"
                " next_count = ? WHERE url = ?",
                seed.headline, text_of(history.published), text_of(history.visited), text_of(history.changed),
                text_of(history.counted), history.failures, history.gone, seed.outcome.value, json.dumps(digests),
                json.dumps(json.loads(row["cost"]) | {due.kind.value: dict(cost)}), text_of(soon),
                text_of(next_count(history, policy)), due.url,
            )  # fmt: skip
            if due.search:
                self.book.write("UPDATE stories SET searched = ? WHERE url = ?", text_of(history.counted), due.url)
            for visit in visits:
                self._keep(run, due, visit, visit in edited)
            self._spend(cost, history.counted or due.at)
            self.note_entered(batch, due.url)
        return bool(edited)

    def postpone(self, due: Due, until: datetime) -> None:
        """Look at a story again no sooner than ``until``: its visit failed for a reason of ours."""
        column = "next_visit" if due.kind is Kind.FULL else "next_count"
        self.book.write(f"UPDATE stories SET {column} = ? WHERE url = ?", text_of(until), due.url)

    def spent(self, now: datetime) -> dict[str, int]:
        """The requests of the hour begun and the one before, by host."""
        since = _hour(now - timedelta(hours=1))
        rows = self.book.rows("SELECT host, sum(number) AS n FROM requests WHERE hour >= ? GROUP BY host", since)
        return {row["host"]: row["n"] for row in rows}

    def forget_spent(self, now: datetime) -> None:
        """Drop the requests of more than a day ago, which no plan asks for: else there is a row for each hour for ever.

        A day, for a clock that is set back by an hour or two needs them.
        """
        self.book.write("DELETE FROM requests WHERE hour < ?", _hour(now - timedelta(days=1)))

    def turn_back(self, now: datetime, policy: Revisit) -> int:
        """After the clock went back: what was visited in the future is due soon. Returns how many stories that is.

        What was postponed by the wrong clock is due when its visits say; what hosts were asked then counts no more.
        """
        ahead, present, soon = (text_of(now + by) for by in (timedelta(minutes=5), timedelta(), policy.shortest))
        with self.book.transaction():
            self.book.write("UPDATE sources SET visited = ? WHERE visited > ?", present, ahead)
            self.book.write("UPDATE visits SET at = ? WHERE at > ?", present, ahead)
            self.book.write("DELETE FROM requests WHERE hour > ?", _hour(now))
            self.book.write("UPDATE stories SET searched = ? WHERE searched > ?", present, ahead)
            for row in self.book.rows("SELECT * FROM stories WHERE next_visit > ? OR next_count > ?", ahead, ahead):
                history = _known(row)
                self.book.write(
                    "UPDATE stories SET next_visit = min(next_visit, ?), next_count = min(next_count, ?) WHERE url = ?",
                    text_of(next_visit(history, policy)) or row["next_visit"],
                    text_of(next_count(history, policy)) or row["next_count"], row["url"],
                )  # fmt: skip
            return self.book.write(
                "UPDATE stories SET visited = min(visited, ?), counted = min(counted, ?), changed = min(changed, ?),"
                " added = min(added, ?), next_count = min(next_count, ?),"
                " next_visit = CASE WHEN gone < ? THEN min(coalesce(next_visit, ?), ?) END"
                " WHERE counted > ? OR added > ?",
                present, present, present, present, soon, GONE_VISITS, soon, soon, ahead, ahead,
            )  # fmt: skip

    def _keep(self, run: str, due: Due, visit: Visit, edited: bool) -> None:
        self.book.write(
            "INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            run, due.url, visit.url, visit.site, due.kind.value, text_of(visit.at), visit.outcome.value, visit.came,
            visit.refused, edited, visit.message, ",".join(sorted(visit.fields)), "; ".join(visit.drift) or None,
            visit.record,
        )  # fmt: skip

    def _spend(self, cost: Mapping[str, int], at: datetime) -> None:
        for host, number in cost.items():
            self.book.write(
                "INSERT INTO requests VALUES (?, ?, ?)"
                " ON CONFLICT (host, hour) DO UPDATE SET number = number + excluded.number",
                host, _hour(at), number,
            )  # fmt: skip


def _known(row: Any) -> History:
    times = {name: time_of(row[name]) if row[name] else None for name in ("published", "visited", "changed", "counted")}
    return History(row["url"], time_of(row["added"]), failures=row["failures"], gone=row["gone"], **times)


def _history(row: Any, due: Due, seed: Visit, at: datetime, *, edited: bool) -> History:
    before = _known(row)
    return replace(
        before,
        published=before.published or seed.published,
        visited=at if due.kind is Kind.FULL else before.visited,
        changed=at if edited else before.changed,
        failures=0 if seed.came else before.failures + 1,
        gone=before.gone + 1 if seed.gone else 0,
        counted=at,
    )


def _to_be_searched(row: Any, now: datetime) -> bool:
    """Copies are searched for with the first capture, and again when most of them are out."""
    again = time_of(row["added"]) + SEARCHED_AGAIN
    return row["searched"] is None or time_of(row["searched"]) < again <= now


def _hour(time: datetime) -> str:
    return (text_of(time) or "")[:13]
