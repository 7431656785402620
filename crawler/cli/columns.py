"""Text in columns of a terminal, where a sign may take two places or none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_TWO = "\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60"
_CLOSING = "、。，．・：；！？）」』】》〉”’％)"
# Between two of these signs a line may end, though no space is there; Thai, Lao, Burmese and Khmer have none either.
_PIECE = re.compile(
    rf"[{_TWO}\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff][\u0300-\u036f\u0e31-\u0eff]*[{_CLOSING}]*|\S[^\s{_TWO}]*"
)
_NOTHING_WIDE = re.compile("[\u0300-\U0010ffff]")


def width_of(text: str) -> int:
    """Places that a terminal gives to ``text``."""
    return len(text) if _NOTHING_WIDE.search(text) is None else sum(map(_places, text))


def padded(text: str, width: int) -> str:
    """``text`` with spaces behind it, ``width`` places wide."""
    return text + " " * (width - width_of(text))


def wrapped(text: str, width: int) -> list[str]:
    """The lines of ``text``, none wider than ``width``: broken at spaces, and without them anywhere."""
    lines, line, taken = [], "", 0
    for word in text.split():
        gap = " " if line else ""
        for piece in _cut(word, width):
            size = width_of(piece)
            if line and taken + len(gap) + size > width:
                lines.append(line)
                line, taken, gap = "", 0, ""
            line, taken, gap = line + gap + piece, taken + len(gap) + size, ""
    return [*lines, line] if line else lines


def _cut(word: str, width: int) -> list[str]:
    """The parts of a word between which a line may end; one that no line holds is cut."""
    found: list[str] = []
    for piece in _PIECE.findall(word) if _NOTHING_WIDE.search(word) else [word]:
        found += [piece] if width_of(piece) <= width else _cut_anywhere(piece, width)
    return found


def _cut_anywhere(piece: str, width: int) -> Iterator[str]:
    first = taken = 0
    for at, sign in enumerate(piece):
        places = _places(sign)
        if at > first and taken + places > width:
            yield piece[first:at]
            first, taken = at, 0
        taken += places
    yield piece[first:]


def _places(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1
