"""Objects as JavaScript writes them, and JSON with its signs out of place: read as far as they make sense, in one pass.

Read are comments, names without quotes, single quotes, JavaScript's escapes, ``undefined`` and ``!0``, commas too many
or too few, values left out, quotes inside of strings, and texts that end too early. The grammar is that of ECMA-262,
12.9 and 13.2, without operators and calls; a function called where it stands gives what it returns.
"""

from __future__ import annotations

import re
from typing import Any

_MOST_VALUES = 300_000
"""Values that are read of one script."""
_DEEPEST = 100
"""Objects and lists in one another."""
_BEFORE_RETURN = 20_000
"""Characters of a function before what it returns."""
_ROOM = re.compile(r"[\s\ufeff]+")
_WORD = re.compile(r"[^\W\d][\w$]*|\$[\w$]*")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_SHORT = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None, "Infinity": None}
_SIGNED = {"!0": True, "!1": False}
_ENDS = re.compile(r'\s*(?:[,:}\]);+]|$|/[/*]|"[^"\\\s]{1,60}"\s*:)')
"""What stands behind the quote that ends a string, and not behind one inside of it."""
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f]{1,6})\}|(.))", re.S)
_SURROGATES = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "", "\n": ""}
_FUNCTION = re.compile(r"\(?\s*(?:function\s*\(([\w$,\s]*)\)|\(([\w$,\s]*)\)\s*=>)\s*\{")
_DATE = re.compile(r"new Date\(([^()]{0,60})\)")
_RETURN = re.compile(r"\breturn\s*(?=[{\[])")
_CALLED = re.compile(r"[\s;]*+\}\s*+\)?\s*+(?=\()")

Hole = tuple[Any, Any, str]
"""A container, the key or place in it, and the name of a variable that stands there."""


def read_literal(text: str, start: int = 0) -> tuple[Any, int]:
    """The object or list that begins at ``start``, and where what was read of it ends; None where there is none."""
    value, end, _ = _read(text, start)
    return value, end


def read_call(text: str, start: int) -> tuple[Any, int]:
    """What ``(function(a, b){return {…}}("x", 1))`` gives, arguments in their places; None where it is no such call."""
    opened = _FUNCTION.match(text, start)
    returned = _RETURN.search(text, opened.end(), opened.end() + _BEFORE_RETURN) if opened else None
    if opened is None or returned is None:
        return None, start
    value, end, holes = _read(text, returned.end())
    if called := _CALLED.match(text, end):
        given, end, _ = _read(text, called.end())
        names = [name.strip() for name in (opened[1] or opened[2] or "").split(",")]
        known = dict(zip(names, given or [], strict=False))
        for container, key, name in holes:
            container[key] = known.get(name)
    return value, end


def _read(text: str, start: int) -> tuple[Any, int, list[Hole]]:
    """The value, its end, and the variables in it."""
    root: Any = None
    stack: list[Any] = []
    holes: list[Hole] = []
    key: str | None = None
    position, read = start, 0
    while read < _MOST_VALUES:
        position = _behind_room(text, position)
        sign = text[position : position + 1]
        if not sign:
            break
        inside: Any = stack[-1] if stack else None
        if sign == "," and stack:
            if key is not None:
                inside[key], key = None, None
            position += 1
        elif sign in "}])" and stack:
            if key is not None:
                inside[key], key = None, None
            stack.pop()
            position += 1
            if not stack:
                break
        elif isinstance(inside, dict) and key is None:
            key, behind = _key(text, position)
            behind = _behind_room(text, behind)
            if key is None or text[behind : behind + 1] != ":":
                break
            position = behind + 1
        elif sign in "{[(":
            if len(stack) >= _DEEPEST:
                return None, start, []
            value: Any = {} if sign == "{" else []
            if inside is None:
                root = value
            else:
                _put(inside, key, value)
            key = None
            stack.append(value)
            position += 1
            read += 1
        elif inside is None:
            break
        else:
            value, name, behind = _scalar(text, position)
            if behind == position:
                break
            place = _put(inside, key, value)
            if name is not None:
                holes.append((inside, place, name))
            key, position = None, behind
            read += 1
    return root, position, holes


def _put(inside: Any, key: str | None, value: Any) -> Any:
    """Puts a value into a dict at its key, or to the end of a list; where it then stands."""
    if isinstance(inside, dict):
        inside[key] = value
        return key
    inside.append(value)
    return len(inside) - 1


def _behind_room(text: str, position: int) -> int:
    """The place of the next sign that is neither white space nor comment."""
    while True:
        if room := _ROOM.match(text, position):
            position = room.end()
        if text.startswith("//", position):
            end = text.find("\n", position)
        elif text.startswith("/*", position):
            end = text.find("*/", position)
            end = end + 2 if end >= 0 else end
        else:
            return position
        position = end if end >= 0 else len(text)


def _key(text: str, position: int) -> tuple[str | None, int]:
    if text[position] in "\"'`":
        return _string(text, position)
    word = _WORD.match(text, position) or _NUMBER.match(text, position)
    return (word[0], word.end()) if word else (None, position)


def _scalar(text: str, position: int) -> tuple[Any, str | None, int]:
    """A value that holds no other, the name of a variable where it is one, and where it ends."""
    sign = text[position]
    if sign in "\"'`":
        value, behind = _string(text, position)
        return value, None, behind
    if number := _NUMBER.match(text, position):
        digits = number[0]
        if len(digits) > 30:
            return None, None, number.end()
        return (int(digits) if digits.lstrip("+-").isdecimal() else float(digits)), None, number.end()
    if (short := text[position : position + 2]) in _SIGNED:
        return _SIGNED[short], None, position + 2
    if word := _WORD.match(text, position):
        if date := _DATE.match(text, position):
            said = date[1].strip("\"' ")
            return int(said) if said.isdecimal() else said, None, date.end()
        if word[0] == "void":
            return None, None, (_NUMBER.match(text, word.end() + 1) or word).end()
        return _SHORT.get(word[0]), None if word[0] in _SHORT else word[0], word.end()
    return None, None, position


def _string(text: str, start: int) -> tuple[str | None, int]:
    """The string that the quote at ``start`` begins; None where it has no end."""
    quote, position = text[start], start + 1
    while True:
        end = text.find(quote, position)
        if end < 0:
            return None, start
        first = end
        while text[first - 1] == "\\":
            first -= 1
        if (end - first) % 2 == 0 and _ENDS.match(text, end + 1):
            return _unescaped(text[start + 1 : end]), end + 1
        position = end + 1


def _unescaped(inner: str) -> str:
    if "\\" not in inner:
        return inner
    return _SURROGATES.sub(_joined, _ESCAPE.sub(_character, inner))


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 else ""
    return _PLAIN.get(escape[4], escape[4])


def _joined(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")
