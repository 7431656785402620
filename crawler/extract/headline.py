"""Which of a page's titles is the headline of its article, without the site's name around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from crawler.extract.blocks import Layout
from crawler.extract.page import Page
from crawler.extract.wording import fold, tidy, word_list
from crawler.model import Candidate

_SEPARATOR = re.compile(r"\s+[|\-–—»›·•:/~]+\s+|\s*[|»›]\s*|\s+::\s+")


def trim_site(title: str, site_names: Iterable[str], headings: Iterable[str]) -> str:
    """A title without the parts that name the site, as far as the site's names or a heading of the page confirm it."""
    text = tidy(title)
    names = {fold(name) for name in site_names if name}
    headings = {fold(heading) for heading in headings}
    if fold(text) in headings:
        return text
    cuts = [(match.start(), match.end()) for match in _SEPARATOR.finditer(text)]
    for start, end in reversed(cuts):
        left, right = text[:start], text[end:]
        if fold(left) in headings or (fold(right) in names and len(left) > 3):
            return trim_site(left, names, headings) if fold(left) not in headings else left.strip()
    for start, end in cuts:
        if fold(text[end:]) in headings or (fold(text[:start]) in names and len(text) - end > 3):
            return text[end:].strip()
    return text


def choose_headline(candidates: Sequence[Candidate]) -> tuple[Candidate, str] | None:
    """The candidate that its own trust and the agreement of the others speak for, and why; None of none."""
    best: tuple[float, int, Candidate, int] | None = None
    for position, candidate in enumerate(candidates):
        words = set(word_list(candidate.value))
        agreeing = {candidate.source}
        score = candidate.confidence
        for other in candidates:
            if other is candidate:
                continue
            if fold(other.value) == fold(candidate.value):
                score += 0.5 * other.confidence
                agreeing.add(other.source)
            elif words:
                others = set(word_list(other.value))
                overlap = len(words & others) / max(1, min(len(words), len(others)))
                if overlap > 0.6:
                    score += 0.2 * other.confidence
        if best is None or score > best[0]:
            best = (score, -position, candidate, len(agreeing))
    if best is None:
        return None
    return best[2], f"{best[3]} kinds of witness agree" if best[3] > 1 else "the most trusted title"


def resolve_headline(page: Page, layout: Layout, said: dict[str, list[Candidate]]) -> tuple[str, Candidate, str] | None:
    """The article's headline, the witness it comes from and why."""
    candidates = said.get("headline", [])
    sites = [c.value.name for c in said.get("publisher", ()) if c.value.name]
    sites += [page.host, page.host.rpartition(".")[0]]
    headings = [c.value for c in candidates if c.place in ("h1", "title")]
    trimmed = [
        (replace(c, value=trim_site(c.value, sites, [h for h in headings if h != c.value])), c) for c in candidates
    ]
    trimmed = [(short, c) for short, c in trimmed if short.value]
    chosen = choose_headline([short for short, _ in trimmed])
    if chosen is None:
        return None
    original = next(c for short, c in trimmed if short is chosen[0])
    return str(chosen[0].value), original, chosen[1]
