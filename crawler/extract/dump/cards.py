"""Cards of other stories flattened into lines: outlet, headline, snippet and section, one below the other."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.extract.dates import is_date
from crawler.extract.dump.lines import Line, Lines
from crawler.extract.dump.profile import opens_profile
from crawler.model import Card

_MOST_SHORTS = 5
"""Lines a card may have above its snippet: date, outlet, headline, address of its picture."""

_LONG = 28
"""Weight from which four words are a headline rather than an outlet's name."""
_RANK = re.compile(r"#?\d{1,2}[.)]?")
"""The place of a story in a list of the most read, in a line of its own."""

Read = tuple[list[Card], int]
"""Cards, and the index of the line after them."""


def card_at(lines: Lines, at: int, *, zone: bool) -> Read | None:
    """The card with a snippet that begins at a line; outside a panel only where the shape leaves no doubt."""
    shorts, snippet_at = _shorts(lines, at)
    snippet = lines.at(snippet_at)
    if not shorts or snippet is None or not snippet.is_prose or snippet.is_furniture:
        return None
    section_at = snippet_at + 1
    section = _section_after(lines, section_at)
    sure = section is not None and (snippet.is_cut or lines.rows[section_at].is_caps)
    if not zone and not (sure and len(shorts) >= 2):
        return None
    card = _built(shorts, snippet.text, section)
    return None if card is None else ([card], section_at + (1 if section is not None else 0))


def headlines_at(lines: Lines, at: int) -> Read:
    """Cards without snippets, up to the next structure: several, one that has a section, or none."""
    rows: list[Line] = []
    end = at
    while (line := lines.at(end)) and not line.heading and not opens_profile(lines, end):
        ranked = _RANK.fullmatch(line.text) and (below := lines.at(end + 1)) is not None and below.is_short
        if not (line.is_short or ranked) or card_at(lines, end, zone=False):
            break
        if not ranked:
            rows.append(line)
        end += 1
    if (after := lines.at(end)) is not None and after.is_prose and not after.is_furniture:
        return [], end
    cards = _from_rows(rows)
    return cards if len(cards) > 1 or (cards and cards[0].section) else [], end


def opens_card(lines: Lines, at: int) -> bool:
    """True where outlet, headline and snippet begin, so that the line is an outlet and no type or name of an entity."""
    headline, snippet = lines.at(at + 1), lines.at(at + 2)
    if headline is None or snippet is None or lines.rows[at].is_entity_type:
        return False
    return (lines.spaced and headline.apart and not lines.rows[at].apart) or snippet.is_prose


def _shorts(lines: Lines, at: int) -> tuple[list[Line], int]:
    shorts: list[Line] = []
    while (line := lines.at(at)) and len(shorts) < _MOST_SHORTS:
        usable = line.is_short or line.is_picture or (line.count is not None and bool(shorts))
        if not usable or line.heading or (line.url and not line.is_picture):
            break
        shorts.append(line)
        at += 1
    return shorts, at


def _section_after(lines: Lines, at: int) -> str | None:
    """The section below a snippet: a known one, capitals, or the first of three short lines before the next snippet.

    Outlet and headline stand above every snippet; what is more than these is the section of the card before.
    """
    line = lines.at(at)
    if line is None or line.heading or not line.is_short or line.words > 5 or (lines.spaced and line.apart):
        return None
    if opens_profile(lines, at) or lines.same(at, at + 1):
        return None
    if line.is_section:
        return line.text
    ahead, end = _shorts(lines, at)
    after = lines.at(end)
    if after is None or not after.is_prose or opens_profile(lines, at + 1):
        return line.text if line.is_caps or (_closes(lines, at + 1) and line.words <= 2) else None
    if len(ahead) == 2:
        alone = lines.spaced and line.is_caps and not ahead[1].apart
        return line.text if alone else None
    return line.text if len(ahead) >= 3 and (line.is_caps or line.words <= 3) else None


def _closes(lines: Lines, at: int) -> bool:
    line = lines.at(at)
    return line is None or line.heading is not None or line.apart or opens_profile(lines, at)


def _built(shorts: list[Line], snippet: str, section: str | None) -> Card | None:
    picture = next((line.url for line in shorts if line.is_picture), None)
    words = [line for line in shorts if not line.is_picture and not line.count]
    date = next((line for line in words if is_date(line.text)), None)
    words = [line for line in words if line is not date]
    if len(words) > 1 and words[0].text.casefold() == words[1].text.casefold():
        words = words[1:]
    if not words:
        return None
    outlet = words[-2].text if len(words) > 1 else None
    raw = date.text if date else None
    return Card(words[-1].text, publisher=outlet, snippet=snippet, section=section, image=picture, date_raw=raw)


def _from_rows(rows: list[Line]) -> list[Card]:
    """Cards of an outlet, a headline, a date and a section at most; a few words are an outlet, more are a headline."""
    cards: list[Card] = []
    waiting: list[str] = []
    for at, row in enumerate(rows):
        following = rows[at + 1] if at + 1 < len(rows) else None
        ends = following is not None and (following.is_caps or following.is_section)
        if is_date(row.text) and cards:
            cards[-1] = replace(cards[-1], date_raw=row.text)
        elif (row.is_caps or row.is_section) and row.words <= 4 and cards and cards[-1].section is None and not waiting:
            cards[-1] = replace(cards[-1], section=row.text)
        elif (
            row.words >= 5
            or (ends and waiting)
            or (row.words == 4 and (row.weight >= _LONG or not (following and following.words >= 5)))
        ):
            cards.append(Card(row.text, publisher=waiting[-1] if waiting else None))
            waiting = []
        else:
            waiting.append(row.text)
    return cards
