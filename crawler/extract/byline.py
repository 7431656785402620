"""Who wrote the article: the people of the byline, told from agencies, roles, handles and the outlet itself."""

from __future__ import annotations

import re

from crawler.extract.names import COLLECTIVE, is_agency, is_person, people_in
from crawler.extract.page import Page
from crawler.extract.wording import fold
from crawler.model import Candidate

Decision = tuple[tuple[str, ...], Candidate, str | None]


def choose_authors(page: Page, said: dict[str, list[Candidate]]) -> Decision | None:
    """The authors that trust and agreement speak for; None where nobody is named.

    Names of people count for more than collectives, the outlet's own name and handles; witnesses that give the same
    name add to each other.
    """
    outlets = {_squeeze(c.value.name) for c in said.get("publisher", ()) if c.value.name}
    outlets |= {_squeeze(page.host), _squeeze(page.host.rpartition(".")[0])}
    read: list[tuple[Candidate, tuple[str, ...]]] = []
    for candidate in said.get("authors", ()):
        names = tuple(dict.fromkeys(name for line in candidate.value for name in people_in(line)))
        if candidate.source == "text":
            names = tuple(name for name in names if _reads_like_a_name(name))
        if names:
            read.append((candidate, names))
    if not read:
        return None
    scored = []
    for candidate, names in read:
        worth = sum(_worth(name, outlets) for name in names) / len(names)
        keys = {_key(name) for name in names}
        agreeing = {
            other.source for other, others in read if other is not candidate and keys & {_key(n) for n in others}
        }
        agreeing.discard(candidate.source)
        scored.append((candidate.confidence * worth + 0.2 * len(agreeing), candidate, names, agreeing))
    best = max(scored, key=lambda entry: entry[0])
    if best[0] < 0.25:
        return None
    names = _without_outlets(best[2], outlets)
    names = tuple(_spelled(name, read) for name in names)
    reason = f"{', '.join(sorted({best[1].source, *best[3]}))} agree" if best[3] else None
    return names, best[1], reason


def _reads_like_a_name(name: str) -> bool:
    """For words found in visible lines, where anything may stand: capitalised throughout, or a collective."""
    if " " not in name:
        return not name[0].islower()
    return is_person(name) or (bool(COLLECTIVE.search(name)) and len(name) < 40)


def _worth(name: str, outlets: set[str]) -> float:
    squeezed = _squeeze(name)
    if squeezed in outlets or any(len(outlet) > 5 and outlet in squeezed for outlet in outlets):
        return 0.45
    if is_agency(name):
        return 0.6
    if is_person(name):
        return 1.0
    return 0.6 if name[0].isupper() else 0.5


def _without_outlets(names: tuple[str, ...], outlets: set[str]) -> tuple[str, ...]:
    """The names without the outlet's own where people are named beside it."""
    others = tuple(name for name in names if _squeeze(name) not in outlets)
    return others if any(is_person(name) for name in others) else names


def _spelled(name: str, read: list[tuple[Candidate, tuple[str, ...]]]) -> str:
    """A handle as the name another witness spells out: "annaberg" is "Anna Berg"."""
    if " " in name:
        return name
    squeezed = _squeeze(name)
    for _, names in read:
        for other in names:
            if " " in other and (_squeeze(other) == squeezed or (is_person(other) and other.startswith(f"{name} "))):
                return other
    return name


def _key(name: str) -> str:
    return _squeeze(fold(name))


def _squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
