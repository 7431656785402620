"""Decides each field of the article from the agreement and the trust of its witnesses, and keeps the losers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crawler.extract.blocks import Layout, lay_out
from crawler.extract.body import find_body
from crawler.extract.headline import choose_headline, trim_site
from crawler.extract.names import people_in
from crawler.extract.page import Page
from crawler.extract.witnesses import WITNESSES
from crawler.extract.wording import fold, tidy
from crawler.model import Article, Candidate, Evidence, Extractor, Organization, Outcome

EXTRACTOR = Extractor("wirecopy", "1")


def resolve(page: Page) -> Article:
    layout = lay_out(page.tree)
    said = _ask(page, layout)
    evidence: dict[str, Evidence] = {}
    headline = _headline(page, said, evidence)
    authors = _authors(said, evidence)
    published = _date("date_published", page, said, evidence)
    modified = _date("date_modified", page, said, evidence)
    body = find_body(layout, headline=headline)
    simple = {
        field: _simple(field, said, evidence)
        for field in ("description", "section", "language", "canonical_url", "topics")
    }
    publisher = _simple("publisher", said, evidence)
    return Article(
        url=page.url,
        captured_at=page.captured_at.isoformat() if page.captured_at else None,
        outcome=Outcome.ARTICLE if len(body.text) > 300 else Outcome.NOT_ARTICLE,
        headline=headline,
        authors=authors,
        publisher=publisher if isinstance(publisher, Organization) else None,
        date_published=published[0],
        date_published_raw=published[1],
        date_modified=modified[0],
        date_modified_raw=modified[1],
        text=body.text or None,
        blocks=body.blocks(),
        evidence=evidence,
        extractor=EXTRACTOR,
        **{**simple, "topics": simple["topics"] or ()},
    )


def _ask(page: Page, layout: Layout) -> dict[str, list[Candidate]]:
    said: dict[str, list[Candidate]] = {}
    for witness in WITNESSES:
        for field, candidate in witness(page, layout):
            said.setdefault(field, []).append(candidate)
    return said


def _headline(page: Page, said: dict[str, list[Candidate]], evidence: dict[str, Evidence]) -> str | None:
    candidates = said.get("headline", [])
    sites = [c.value.name for c in said.get("publisher", []) if c.value.name]
    sites += [page.host, page.host.rpartition(".")[0]]
    headings = [c.value for c in candidates if c.place in ("h1", "title")]
    trimmed = [
        Candidate(trim_site(c.value, sites, [h for h in headings if h != c.value]), c.source, c.place, c.confidence)
        for c in candidates
    ]
    chosen = choose_headline([c for c in trimmed if c.value])
    if chosen is None:
        return None
    _note("headline", chosen[0], trimmed, chosen[1], evidence)
    return str(chosen[0].value)


def _authors(said: dict[str, list[Candidate]], evidence: dict[str, Evidence]) -> tuple[str, ...]:
    for candidate in sorted(said.get("authors", []), key=lambda c: -c.confidence):
        names = tuple(dict.fromkeys(name for line in candidate.value for name in people_in(line)))
        if names:
            _note("authors", candidate, said["authors"], None, evidence)
            return names
    return ()


def _date(
    field: str, page: Page, said: dict[str, list[Candidate]], evidence: dict[str, Evidence]
) -> tuple[str | None, str | None]:
    from crawler.extract.dates import read_date

    for candidate in sorted(said.get(field, []), key=lambda c: -c.confidence):
        reading = read_date(candidate.value, captured_at=page.captured_at)
        if reading is not None and reading.value:
            _note(field, candidate, said[field], None, evidence)
            return reading.value, reading.raw
    return None, None


def _simple(field: str, said: dict[str, list[Candidate]], evidence: dict[str, Evidence]) -> Any:
    candidates = said.get(field)
    if not candidates:
        return None
    best = max(candidates, key=lambda c: c.confidence)
    _note(field, best, candidates, None, evidence)
    return best.value


def _note(
    field: str, winner: Candidate, candidates: list[Candidate], reason: str | None, evidence: dict[str, Evidence]
) -> None:
    losers = tuple(sorted((c for c in candidates if c is not winner), key=lambda c: -c.confidence))
    evidence[field] = Evidence(winner.source, winner.place, winner.confidence, reason, losers)
