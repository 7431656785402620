"""Which of a page's titles is the headline of its article, without the site's name around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawler.extract.blocks import Layout
from crawler.extract.page import Page
from crawler.extract.wording import fold, tidy, word_list
from crawler.model import Candidate

_SEPARATOR = re.compile(r"\s+(?:[|\-–—»›«·•:/~⋆*]+|::)\s*|\s*[|»›]\s*|(?<=\w):\s+|\s*[-–—]\s+")
_TRUST = {
    "h1": 1.3,
    "line": 1.1,
    "title": 0.55,
    "twitter:title": 0.6,
    "og:title": 0.75,
    "itemprop=headline": 0.6,
    "WebPage.name": 0.5,
}
_WRITTEN_FOR_SEARCH = frozenset(("title", "og:title", "twitter:title", "WebPage.name", "dc.title", "title"))
"""Places that usually repeat one title, written for search engines and not for readers: they count as one witness."""
_LONGEST = 350
"""Characters of the longest line that may be a headline."""


def resolve_headline(page: Page, layout: Layout, said: dict[str, list[Candidate]]) -> tuple[str, Candidate, str] | None:
    """The article's headline, the witness it comes from and why.

    A title in the page's data keeps only the part that the page also shows as a line of its own, or loses the parts
    that name the site. Equal titles add up their trust, one share a kind of witness; being shown adds to it.
    """
    candidates = said.get("headline", [])
    lines = visible_lines(layout)
    names = _site_names(page, said)
    ranked = {block.folded for block in layout.blocks if block.level == 1}
    titles = [c.value for c in candidates if c.place in ("title", "og:title")]
    groups: dict[str, list[tuple[float, str, Candidate]]] = {}
    for candidate in candidates:
        shown = candidate.place in ("h1", "line")
        value = clean_title(candidate.value, {} if shown else lines, names)
        key = fold(value)
        if not key or len(value) > _LONGEST:
            continue
        trust = _TRUST.get(candidate.place, candidate.confidence * 0.85)
        if shown:
            trust *= 0.3 + 0.7 * min(1.0, 2.5 * max((_overlap(value, title) for title in titles), default=0.4))
            trust *= 1.0 if candidate.confidence > 0.8 else 0.8
            if _names_site(value, names):
                trust *= 0.2
            elif any(_closes(title, key, lines) for title in titles):
                trust *= 0.4
        groups.setdefault(key, []).append((trust, value, candidate))
    if not groups:
        return None
    scores = {key: _score(key, members, lines, ranked) for key, members in groups.items()}
    best = max(groups, key=lambda key: scores[key])
    best = _without_kicker(best, groups)
    members = sorted(groups[best], key=lambda member: -member[0])
    shown_member = next((member for member in members if member[2].place == "h1"), members[0])
    sources = {member[2].source for member in members}
    reason = f"{' and '.join(sorted(sources))} agree" if len(sources) > 1 else "the most trusted title"
    return shown_member[1], members[0][2], reason


def visible_lines(layout: Layout) -> dict[str, int]:
    """The page's short blocks, compared form to number."""
    lines: dict[str, int] = {}
    for block in layout.blocks:
        if len(block.text) <= _LONGEST:
            lines.setdefault(block.folded, block.number)
    return lines


def clean_title(title: str, lines: Iterable[str], names: Iterable[str]) -> str:
    """A title without the site's name: the longest part the page shows, else without the parts that name the site."""
    text = tidy(title).strip(" |›⋆-–—")
    if fold(text) in lines:
        return text
    shown = [part for part in _parts(text) if len(part) > 12 and " " in part and fold(part) in lines]
    shown = [part for part in shown if not _names_site(part, names)]
    if shown:
        return max(shown, key=len)
    for _ in range(3):
        cuts = [(match.start(), match.end()) for match in _SEPARATOR.finditer(text)]
        for start, end in reversed(cuts):
            if len(text[:start]) > 8 and _names_site(text[end:], names):
                text = text[:start].strip()
                break
        else:
            for start, end in cuts:
                if len(text[end:]) > 8 and _names_site(text[:start], names):
                    text = text[end:].strip()
                    break
            else:
                break
    return text


def _parts(text: str) -> Iterator[str]:
    """Every run of a title's segments that leaves out its beginning or its end."""
    cuts = [(0, 0), *((match.start(), match.end()) for match in _SEPARATOR.finditer(text)), (len(text), len(text))]
    if len(cuts) > 12:
        cuts = cuts[:6] + cuts[-6:]
    for i, (_, start) in enumerate(cuts):
        for end, _ in cuts[i + 1 :]:
            if (start, end) != (0, len(text)):
                yield text[start:end].strip()


def _site_names(page: Page, said: dict[str, list[Candidate]]) -> set[str]:
    names = {_squeeze(c.value.name) for c in said.get("publisher", ()) if c.value.name}
    labels = page.host.split(".")
    names |= {_squeeze(page.host), *(_squeeze(label) for label in labels[:-1] if len(label) > 3)}
    return {name for name in names if len(name) > 2}


def _names_site(part: str, names: Iterable[str]) -> bool:
    squeezed = _squeeze(part)
    if not squeezed or len(part) > 60:
        return False
    initials = "".join(word[0] for word in word_list(part))
    for name in names:
        if squeezed == name or (len(name) > 4 and name in squeezed and len(squeezed) < 2.5 * len(name)):
            return True
        if len(squeezed) > 4 and squeezed in name:
            return True
        if len(initials) > 2 and initials == name:
            return True
    return False


def _squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _overlap(one: str, other: str) -> float:
    words, others = set(word_list(one)), set(word_list(other))
    return len(words & others) / len(words) if words else 0.0


def _closes(title: str, key: str, lines: dict[str, int]) -> bool:
    """Whether this line only ends a title that begins with a line of its own: a site's or section's name."""
    folded = fold(title)
    if folded == key or not folded.endswith(key):
        return False
    start = fold(folded[: -len(key)].rstrip(" |»›«·•:/~-–—"))
    return len(start) > 12 and start in lines


def _score(key: str, members: list[tuple[float, str, Candidate]], lines: dict[str, int], ranked: set[str]) -> float:
    best: dict[str, float] = {}
    for trust, _, candidate in members:
        kind = "search" if candidate.place in _WRITTEN_FOR_SEARCH else f"{candidate.source} {candidate.place == 'h1'}"
        best[kind] = max(best.get(kind, 0.0), trust)
    score = sum(best.values())
    if key in lines:
        score += 0.35 if key in ranked else 0.25
    if len(word_list(key)) < 2:
        score *= 0.6
    return score


def _without_kicker(best: str, groups: dict[str, list[tuple[float, str, Candidate]]]) -> str:
    """The title inside the best one, where the page's data leaves out the words before its colon or dash."""
    if any(member[2].place == "og:title" for member in groups[best]):
        return best
    for key, members in groups.items():
        if key == best or len(key) < 20 or not best.endswith(key):
            continue
        lead = best[: -len(key)].rstrip()
        if any(member[2].place == "og:title" for member in members) and (
            lead.endswith((":", "-", "|", ".")) or len(lead) < 30
        ):
            return key
    return best
