"""Seams of a line: where one element ends and the next begins without a space, and only styles set them apart."""

from __future__ import annotations

from crawler.extract.page.blocks import TextBlock

_CLOSING = '.!?…)”"'
_QUOTES, _BRACKETS = '"”', "([„«“—–"
"""What may open a quotation as well as close it, and what it opens behind: a title in italics within quotes."""
_WORDS = 2
"""Of fewer words a piece may be part of a name: "on You|Tube"."""


def printed(block: TextBlock) -> str:
    """The line as a reader sees it: what only styles set apart ("Ada Winter" and "5 hours ago") has a space between."""
    line = ""
    for piece in block.pieces:
        apart = line and piece and _is_seam(line[-1], piece[0])
        line += f" {piece}" if apart else piece
    return " ".join(line.split())


def parts_of(block: TextBlock) -> list[str]:
    """The parts of a line of prose that only styles set apart, each of several words, as they stand one behind another.

    A title and a description, a description and a name: "A ferry comes in" and "Ada Winter". A line without is one.
    """
    parts = [""]
    for piece in block.pieces:
        before = parts[-1]
        if before and piece and _parts_prose(before, piece):
            parts.append(piece)
        else:
            parts[-1] += piece
    return [" ".join(part.split()) for part in parts]


def is_drop_capital(before: str, piece: str) -> bool:
    """Whether the piece ``before`` is a letter in an element of its own with which a word begins: "A|da", "A|DA"."""
    return (
        len(before.strip()) == 1
        and before[-1].isupper()
        and piece[:1].isalpha()
        and not (piece[0].isupper() and piece[1:2].islower())
    )


def _is_seam(end: str, start: str) -> bool:
    """Whether no word goes on from one sign to the next where an element ends: "Winter|5", "2024|March", "by|Ada"."""
    if start.isdigit():
        return end.isdigit() or end.islower() or end.isupper()
    return start.isupper() and (end.isdigit() or end.islower())


def _parts_prose(before: str, piece: str) -> bool:
    opens = before[-1] in _QUOTES and not before[-2:-1].strip(_BRACKETS).strip()
    ended = before[-1].isdigit() or (before[-1] in _CLOSING and not opens)
    if not piece[0].isupper() or not (ended or before[-1].islower()):
        return False
    return len(piece.split()) >= _WORDS and (ended or len(before.split()) >= _WORDS)
