"""What the witnesses said of each field of an article, which of them was believed, and the evidence for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crawler.extract.sites import SiteReading
from crawler.model import Candidate, Evidence, Organization

_OPEN = frozenset({"headline", "byline", "authors", "date_published", "date_modified"})
"""Fields whose candidates may all be turned down; evidence then keeps them, under the source ``none``."""
_PLACES = {
    "images": "pictures beside and between the paragraphs",
    "panels": "groups of links outside the text",
    "counts": "numbers beside the word for what is counted",
    "original_urls": "named as its original",
}
_GROUNDS = {
    "images": "size, place and caption are those of an article's picture",
    "panels": "several cards of one form, or a heading and names",
    "counts": "the unit stands beside the number",
    "original_urls": "the page names an address on another site",
}


class Testimony:
    """Candidates for the fields of one article, and the evidence for those that were decided."""

    def __init__(self) -> None:
        self.said: dict[str, list[Candidate]] = {}
        self.evidence: dict[str, Evidence] = {}

    def hear(self, field: str, candidate: Candidate) -> None:
        """Take what a witness says of a field."""
        self.said.setdefault(field, []).append(candidate)

    def keep(self, field: str, decided: tuple[Any, Candidate, str | None] | None) -> Any:
        """Take a decision's value, and keep its witness, its reason and who else was heard as the evidence."""
        if decided is None:
            return None
        value, winner, reason = decided
        losers = sorted((c for c in self.said.get(field, ()) if c is not winner), key=lambda c: -c.confidence)
        self.evidence[field] = Evidence(winner.source, winner.place, winner.confidence, reason, tuple(losers))
        return value

    def best(self, field: str) -> Any:
        """The value with the most trust, each further witness that says the same adding to it."""
        candidates = self.said.get(field)
        if not candidates:
            return None
        trust: dict[Any, float] = {}
        for candidate in candidates:
            trust[candidate.value] = 1 - (1 - trust.get(candidate.value, 0.0)) * (1 - candidate.confidence)
        winner = max(candidates, key=lambda c: (trust[c.value], c.confidence))
        agreeing = sum(candidate.value == winner.value for candidate in candidates)
        return self.keep(field, (winner.value, winner, f"{agreeing} witnesses agree" if agreeing > 1 else None))

    def publisher(self) -> Organization | None:
        """The publisher with the most trust, its address by whoever gives one to the same name."""
        value = self.best("publisher")
        if not isinstance(value, Organization) or value.url:
            return value if isinstance(value, Organization) else None
        same = (other.value for other in self.said.get("publisher", ()) if isinstance(other.value, Organization))
        return next((other for other in same if other.name == value.name and other.url), value)

    def name_original(self, first: Candidate, *others: Candidate) -> None:
        """Keep who names the address of the original."""
        reason = _GROUNDS["original_urls"]
        self.evidence["original_urls"] = Evidence(first.source, first.place, first.confidence, reason, others)

    def account_for(self, module: str | None, site: SiteReading | None, **found: Sequence[Any]) -> None:
        """Evidence for what several places of the page give together, and for what candidates could not settle."""
        for field, values in found.items():
            own = bool(site and getattr(site, field))
            if values and field not in self.evidence:
                place = f"the page's data, as {module} keeps it" if own else _PLACES[field]
                reason = f"the rules of {module}" if own else _GROUNDS[field]
                self.evidence[field] = Evidence("app-state" if own else "dom", place, 0.9 if own else 0.7, reason)
        if site and site.distributor:
            self.evidence["distributor"] = Evidence("url", "host", 0.95, f"the rules of {module}")
        for field, candidates in self.said.items():
            if field in _OPEN and field not in self.evidence:
                losers = tuple(sorted(candidates, key=lambda candidate: -candidate.confidence))
                self.evidence[field] = Evidence("none", "", 0.0, "no candidate could be believed", losers)
