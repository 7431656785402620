"""The round of the sources that are due: what they list is put under watch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from crawler.jobs.run.apart import Ended
from crawler.jobs.run.discovery import Discovered
from crawler.jobs.run.engine import Engine
from crawler.jobs.run.shift import Shift
from crawler.jobs.run.spool import Spool
from crawler.jobs.schedule.agenda import Agenda, Watched
from crawler.jobs.schedule.marked import marked
from crawler.jobs.schedule.source_agenda import SourceAgenda
from crawler.jobs.watchlist import SourceEntry

Discovering = Callable[..., Iterable[Discovered]]
Saying = Callable[[str], None]


class SourceRound:
    """Reads the sources by ``discover``; ``saying`` is told before each collection's what is done."""

    def __init__(
        self, shift: Shift, agenda: Agenda, spool: Spool, engine: Engine, discover: Discovering, saying: Saying
    ) -> None:
        self._shift = shift
        self._agenda = agenda
        self._sources = SourceAgenda(agenda.book)
        self._spool = spool
        self._engine = engine
        self._discover = discover
        self._saying = saying

    def go(self) -> None:
        """Read those that are due, as long as there is time."""
        for folder, sources in self._due().items():
            if self._shift.is_over():
                return
            self._saying(f"reads {len(sources)} of the sources into {folder.name}")
            if not self._spool.is_at_hand(folder):
                return
            self._read(sources, folder)

    def _due(self) -> dict[Path, list[SourceEntry]]:
        by_folder: dict[Path, list[SourceEntry]] = {}
        for source in self._sources.due(self._shift.watchlist.source, self._shift.clock()):
            folder = self._spool.folder(self._shift.collection(source.collection))
            by_folder.setdefault(folder, []).append(source)
        return by_folder

    def _read(self, sources: Sequence[SourceEntry], folder: Path) -> None:
        shift = self._shift
        began = shift.clock()
        listed = list(
            self._discover(
                sources, self._engine.conditions(shift.conditions(folder)),
                now=began, limit=shift.time_left(), stopping=shift.stopping,
            )
        )  # fmt: skip
        how, message = next(((each.ended, each.message) for each in listed), (Ended.WELL, None))
        shift.tally.ended(how, message)
        for found in listed if how in (Ended.WELL, Ended.FAULT) else ():
            self._enter(found, began)

    def _enter(self, found: Discovered, began: datetime) -> None:
        shift = self._shift
        entry = next(source for source in shift.watchlist.source if source.url == found.source)
        collection = shift.collection(entry.collection)
        known = marked(self._agenda.book, (story.url for story in found.stories))
        stories = [
            Watched(story.url, (), collection, found.source, story.headline, story.published)
            for story in found.stories
            if story.url not in known
        ]
        new = len(self._agenda.watch(stories, shift.clock(), most=shift.watchlist.limits.new_stories))
        listed = len(found.stories)
        self._sources.enter(found.source, began, message=found.message, found=listed, added=new)
        shift.journal.tell("source_read", source=found.source, found=listed, added=new, error=found.message)
        shift.tally.source(found, new)
