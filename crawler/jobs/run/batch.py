"""Stories that are captured by one process: of one collection, for one reason, from as many hosts as can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

from crawler.jobs.schedule.plan import Due, Kind
from crawler.jobs.watchlist import What
from crawler.spiders.providers import Provider
from crawler.spiders.wanted import Wanted

BATCH = 25
"""Stories in a batch: what is lost when its process is killed, against a second of starting one."""


def _new_id() -> str:
    return token_hex(6)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one process captures."""

    folder: Path
    kind: Kind
    stories: tuple[Due, ...]
    search: bool = False
    """Whether the public look-ups are asked for copies."""
    watched: frozenset[str] = frozenset()
    """Pages in the same folder that have visits of their own."""
    id: str = field(default_factory=_new_id)

    @property
    def whole(self) -> bool:
        """True where the stories are captured with all that belongs to them."""
        return self.kind is Kind.FULL

    def halves(self) -> tuple[Batch, Batch]:
        """Two batches of half the stories each, to find the one that brings the process down."""
        middle = len(self.stories) // 2
        return (
            replace(self, stories=self.stories[:middle], id=_new_id()),
            replace(self, stories=self.stories[middle:], id=_new_id()),
        )


def batches(planned: Iterable[Due], folder_of: Callable[[Due], Path]) -> Iterator[Batch]:
    """The batches of a plan; those for everything before those for counts."""
    groups: dict[tuple[bool, Path, bool], list[Due]] = {}
    for due in planned:
        groups.setdefault((due.kind is Kind.COUNTS, folder_of(due), due.search), []).append(due)
    for (counts, folder, search), stories in sorted(groups.items(), key=lambda group: group[0]):
        kind, mixed = Kind.COUNTS if counts else Kind.FULL, _mixed(stories)
        for first in range(0, len(mixed), BATCH):
            yield Batch(folder, kind, tuple(mixed[first : first + BATCH]), search)


def wanted_of(batch: Batch, what: What, providers: tuple[Provider, ...]) -> Wanted:
    """What a batch asks of a capture, where ``what`` stands in its watchlist."""
    return Wanted(
        urls=tuple(due.url for due in batch.stories),
        copies={due.url: due.copies for due in batch.stories} if what.copies else {},
        panels=what.panels if batch.whole else 0,
        pictures=what.pictures and batch.whole,
        requisites=what.requisites and batch.whole,
        originals=batch.whole,
        watched=batch.watched,
        candidates=what.candidates and batch.whole,
        providers=providers if batch.search else (),
    )


def _mixed(stories: Sequence[Due]) -> list[Due]:
    """The stories with neighbours of different hosts: a host's pause is then another's turn."""
    hosts: dict[str | None, list[Due]] = {}
    for due in stories:
        hosts.setdefault(urlsplit(due.url).hostname, []).append(due)
    return [due for round_ in zip_longest(*hosts.values()) for due in round_ if due is not None]
