"""What stood beside the article and was flattened into lines: cards, groups of entities, tags, a profile, comments."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from crawler.extract.dump.cards import Read, card_at, headlines_at, opens_card
from crawler.extract.dump.lines import Lines
from crawler.extract.dump.profile import opens_profile, profile_at
from crawler.extract.panels.headings import OF_STORIES
from crawler.model import Card, Count, Entity, Panel

_OWN_COUNTS = frozenset({"comments", "likes", "shares", "reactions", "views", "votes"})


@dataclass
class Beside:
    """Everything beside the article, and for each line that belongs to it the reason why."""

    panels: list[Panel] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    claimed: dict[int, str] = field(default_factory=dict)
    """Index of a line -> why it is not the article's."""
    profile_name: str | None = None
    places: dict[str, int] = field(default_factory=dict)
    """Kind of panel -> number of the line it begins at."""


def find_beside(lines: Lines) -> Beside:
    """One pass over the lines; a paragraph that no structure claims ends a panel, so an article may go on below it."""
    return _Scan(lines).run()


class _Scan:
    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.found = Beside()
        self.cards: dict[str, list[Card]] = {}
        self.titles: dict[str, str] = {}
        self.zone: str | None = None
        """The panel whose cards are being read."""
        self.home: str | None = None
        """The card panel that an inserted group of entities interrupts."""
        self.body_seen = False
        self.barren = 0
        """Index of the line before which no row of headlines begins."""
        self.counted: set[tuple[str, int | None, str | None]] = set()

    def run(self) -> Beside:
        at = 0
        while at < len(self.lines.rows):
            at = self._step(at)
        for kind, cards in self.cards.items():
            numbered = tuple(replace(card, position=n) for n, card in enumerate(cards, 1))
            self.found.panels.append(Panel(kind=kind, title=self.titles.get(kind), cards=numbered))
        order = self.found.places
        self.found.panels.sort(key=lambda panel: order.get(panel.kind, 0))
        return self.found

    def _step(self, at: int) -> int:
        """Claim what begins at a line; the index to go on from."""
        for claim in (self._profile, self._count, self._tags, self._heading, self._pairs, self._card):
            if end := claim(at):
                return end
        if self.lines.rows[at].is_prose:
            self.body_seen = True
            self.zone = None
        return at + 1

    def _claim(self, start: int, end: int, reason: str, kind: str | None = None) -> int:
        for index in range(start, end):
            self.found.claimed.setdefault(index, reason)
        if kind is not None:
            self.found.places.setdefault(kind, self.lines.rows[start].number)
        return end

    def _keep_count(self, count: Count) -> None:
        key = (count.name, count.value, count.of)
        if key not in self.counted:
            self.counted.add(key)
            self.found.counts.append(count)

    def _panel(self, kind: str, title: str | None, entities: list[Entity]) -> None:
        self.found.panels.append(Panel(kind=kind, title=title, entities=tuple(entities)))

    def _profile(self, at: int) -> int | None:
        found = profile_at(self.lines, at)
        if found is None:
            return None
        for count in found.counts:
            self._keep_count(count)
        self.found.panels.append(Panel(kind="profile", title=found.name, text=found.about, url=found.url))
        self.found.profile_name = self.found.profile_name or found.name
        return self._claim(at, found.end, f"profile of {found.name}", "profile")

    def _count(self, at: int) -> int | None:
        count = self.lines.rows[at].count
        if count is None or count.name not in _OWN_COUNTS:
            return None
        self._keep_count(count)
        if self.body_seen and count.name == "comments":
            self.zone = self.home = "related"
        return self._claim(at, at + 1, f"count of {count.name}")

    def _tags(self, at: int) -> int | None:
        names: list[str] = []
        end = at
        while (line := self.lines.at(end)) and line.hashtags:
            names += line.hashtags
            end += 1
        if not names:
            return None
        before = self.lines.at(at - 1)
        title = before.text if before and before.heading else None
        if title is not None:
            self._claim(at - 1, at, "heading of the topics panel", "topics")
        self._panel("topics", title, [Entity("Topic", name) for name in dict.fromkeys(names)])
        return self._claim(at, end, "topics panel", "topics")

    def _heading(self, at: int) -> int | None:
        line, following = self.lines.rows[at], self.lines.at(at + 1)
        kind = line.heading
        if kind is None or following is None or following.hashtags or (line.is_furniture and kind not in OF_STORIES):
            return None
        entities, end = self._entities(at + 1, kind)
        if entities:
            self._claim(at, at + 1, f"heading of the {kind} panel", kind)
            self._panel(kind, line.text, entities)
            self.zone = self.home or ("related" if self.body_seen else None)
            return self._claim(at + 1, end, f"{kind} panel")
        if kind in OF_STORIES and (card_at(self.lines, at + 1, zone=True) or headlines_at(self.lines, at + 1)[0]):
            self.zone = self.home = kind
            self.titles.setdefault(kind, line.text)
            return self._claim(at, at + 1, f"heading of the {kind} panel", kind)
        if kind in OF_STORIES and self.body_seen and following.heading:
            return self._claim(at, at + 1, "heading of an empty panel")
        return None

    def _pairs(self, at: int) -> int | None:
        """Pairs of type and name under a heading of unknown words, or under none."""
        line = self.lines.rows[at]
        start = at if line.is_entity_type else at + 1
        if not line.is_short or line.words > 6:
            return None
        entities, end = self._entities(start, "entities")
        if len(entities) < (1 if self.zone or self.home else 2):
            return None
        kind = "people" if {entity.type.casefold() for entity in entities} == {"person"} else "entities"
        self._panel(kind, line.text if start > at else None, entities)
        self.zone = self.home or self.zone
        return self._claim(at, end, f"{kind} panel", kind)

    def _entities(self, at: int, kind: str) -> tuple[list[Entity], int]:
        """Pairs of type and name ("Country", "Poland"), or names alone under a heading of people or topics."""
        rows, found = self.lines.rows, list[Entity]()
        while self._is_name(at + 1) and rows[at].is_entity_type and not opens_card(self.lines, at):
            found.append(Entity(rows[at].text, rows[at + 1].text))
            at += 2
        if found or kind not in {"people", "topics"}:
            return found, at
        bare = "Person" if kind == "people" else "Topic"
        while self._is_name(at) and not opens_card(self.lines, at) and not opens_profile(self.lines, at):
            found.append(Entity(bare, rows[at].text))
            at += 1
        return found, at

    def _is_name(self, at: int) -> bool:
        line = self.lines.at(at)
        if line is None or line.url or line.heading or line.is_prose or line.count or line.hashtags:
            return False
        return line.words <= 6

    def _card(self, at: int) -> int | None:
        read: Read | None = card_at(self.lines, at, zone=self.zone is not None)
        if read is None and self.zone is not None and at >= self.barren:
            read = headlines_at(self.lines, at)
            self.barren = read[1]  # a row that holds none is not read again from its next line on
        if read is None or not read[0]:
            return None
        cards, end = read
        kind = self.zone or self.home or "related"
        self.zone = self.home = kind
        self.cards.setdefault(kind, []).extend(cards)
        return self._claim(at, end, f"card of the {kind} panel", kind)
