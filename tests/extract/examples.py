"""Texts that a pattern finds, each of its alternatives in one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_OF_CATEGORY = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_NOT_DIGIT: "x",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_SPACE: "x",
    sre.CATEGORY_WORD: "x",
    sre.CATEGORY_NOT_WORD: " ",
}
_OTHERS = " xX1-.|ж図("
"""One of them is in every set that says what is not in it."""
_AROUND = (
    ("", ""),
    ("", " "),
    ("", "x"),
    ("", " Ada Winter"),
    ("", " 1"),
    (" ", " 1"),
    ("", " @"),
    (". ", " Ada"),
    ("x", "x"),
)
"""What may have to stand before and behind for a look around to be content."""


def examples(pattern: re.Pattern[str]) -> list[str]:
    """Texts in which a pattern is found, one for each of its alternatives but those that look around in vain."""
    parsed = _parser.parse(pattern.pattern, pattern.flags)
    around = [
        next((text for before, behind in _AROUND if pattern.search(text := f"{before}{made}{behind}")), None)
        for made in dict.fromkeys(_sequence(parsed))
    ]
    return list(dict.fromkeys(text for text in around if text is not None))


def _sequence(parsed: Any) -> list[str]:
    """Each alternative of each part, among the first alternatives of the others and among their last."""
    parts = [list(_made(kind, value)) for kind, value in parsed]
    texts = []
    for which in (0, -1):
        usual = [part[which] for part in parts]
        for at, part in enumerate(parts):
            texts += ["".join([*usual[:at], other, *usual[at + 1 :]]) for other in part]
    last = "".join(part[-1] for part in parts)
    return [*(text for text in dict.fromkeys(texts) if text != last), last]


def _made(kind: Any, value: Any) -> Iterator[str]:
    if kind is sre.LITERAL:
        yield chr(value)
    elif kind is sre.NOT_LITERAL:
        yield "x" if value == ord(" ") else " "
    elif kind is sre.ANY:
        yield " "
    elif kind is sre.IN:
        yield from _members(value)
    elif kind is sre.BRANCH:
        for branch in value[1]:
            yield from _sequence(branch)
    elif kind is sre.SUBPATTERN:
        yield from _sequence(value[-1])
    elif kind is sre.ATOMIC_GROUP:
        yield from _sequence(value)
    elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, most, repeated = value
        optional = [""] if least == 0 else []
        given = [text * max(least, 1) for text in _sequence(repeated)] if most else []
        yield from given + optional + given[-1:] if given[:1] == [" "] else optional + given
    elif kind is sre.ASSERT and value[0] < 0:
        yield from _sequence(value[1])
        yield ""
    elif kind in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
        yield ""
    else:
        raise NotImplementedError(kind)


def _members(members: list[Any]) -> Iterator[str]:
    """Each letter that a set names, and one of each of its ranges and kinds."""
    if members[0][0] is sre.NEGATE:
        yield from [sign for sign in _OTHERS if not any(_is_in(sign, *member) for member in members[1:])][:1]
        return
    for kind, value in members:
        yield chr(value) if kind is sre.LITERAL else chr(value[0]) if kind is sre.RANGE else _OF_CATEGORY[value]


def _is_in(sign: str, kind: Any, value: Any) -> bool:
    if kind is sre.LITERAL:
        return ord(sign) == value
    if kind is sre.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    inside = {sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_SPACE: r"\s", sre.CATEGORY_WORD: r"\w"}
    outside = {sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_NOT_WORD: r"\W"}
    return re.match((inside | outside)[value], sign) is not None
