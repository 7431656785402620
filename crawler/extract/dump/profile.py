"""A profile flattened into lines: an outlet's name, its counts, what it says of itself and its address."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crawler.extract.counts import read_count
from crawler.extract.dump.lines import Line, Lines
from crawler.model import Count

_ABSENT = frozenset({"undefined", "nan", "null", "-", "–"})
"""What a page prints for a count whose script did not run."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile and the index of the line after it."""

    name: str
    counts: tuple[Count, ...]
    about: str | None
    url: str | None
    end: int


def profile_at(lines: Lines, at: int) -> Profile | None:
    """The profile that begins at a line with a name, printed once or twice; None where none does."""
    if not opens_profile(lines, at):
        return None
    name = lines.rows[at].text
    counts, end = _counts(lines, at + (2 if lines.same(at, at + 1) else 1), name)
    texts: list[str] = []
    line = lines.at(end)
    if line is not None and line.is_about:
        end += 1
        while (line := lines.at(end)) and not _ends(line) and (not texts or (line.is_prose and len(texts) < 3)):
            texts.append(line.text)
            end += 1
    line = lines.at(end)
    url = line.url if line is not None and not line.is_picture else None
    return Profile(name, tuple(counts), " ".join(texts) or None, url, end + (1 if url else 0))


def opens_profile(lines: Lines, at: int) -> bool:
    """True for a name above counts: several, or one of followers."""
    line = lines.at(at)
    if line is None or not line.is_short or line.words > 8:
        return False
    counts, _ = _counts(lines, at + (2 if lines.same(at, at + 1) else 1), line.text)
    return len(counts) > 1 or any(count.name == "followers" for count in counts)


def _counts(lines: Lines, at: int, of: str) -> tuple[list[Count], int]:
    """A run of counts: "61K+" above "Followers", or both in one line, or the word first."""
    found: list[Count] = []
    while line := lines.at(at):
        following = lines.at(at + 1)
        if line.count and line.count.name != "comments":
            found.append(replace(line.count, of=of))
            at += 1
        elif following and line.bare_number and following.count_label:
            found += _paired(line.text, following, of)
            at += 2
        elif following and line.count_label and following.bare_number:
            found += _paired(following.text, line, of)
            at += 2
        elif following and line.text.casefold() in _ABSENT and following.count_label:
            at += 2
        else:
            break
    return found, at


def _paired(number: str, label: Line, of: str) -> list[Count]:
    count = read_count(number, name=label.count_label)
    return [replace(count, of=of, raw=number)] if count else []


def _ends(line: Line) -> bool:
    return bool(line.url or line.count or line.heading or line.is_furniture)
