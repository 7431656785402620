"""Where in a TOML file a key stands, for errors that name the line; Python's own parser does not keep it."""

from __future__ import annotations

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]#]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def line_of(text: str, path: Path) -> int | None:
    """The line, from 1, of the key at ``path``, or of the nearest table around it; None where neither is there.

    Numbers in ``path`` count the tables of an array, from 0.
    """
    places = dict(_places(text))
    for length in range(len(path), 0, -1):
        if (line := places.get(path[:length])) is not None:
            return line
    return None


def _places(text: str) -> Iterator[tuple[Path, int]]:
    table: Path = ()
    counted: dict[Path, int] = {}
    seen: set[Path] = set()
    quoted = ""
    for number, line in enumerate(text.splitlines(), 1):
        if quoted:
            quoted = "" if quoted in line else quoted
            continue
        if header := _HEADER.match(line):
            table = _resolved(_parts(header[2]), counted, new=header[1] == "[[")
            places = [table, table[:-1]] if header[1] == "[[" else [table]
        elif key := _KEY.match(line):
            parts = _parts(key[1])
            places = [(*table, *parts[:length]) for length in range(1, len(parts) + 1)]
        else:
            places = []
        for place in places:
            if place not in seen:
                seen.add(place)
                yield place, number
        quoted = next((mark for mark in ('"""', "'''") if line.count(mark) % 2), "")


def _parts(words: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(words))


def _resolved(parts: Path, counted: dict[Path, int], *, new: bool) -> Path:
    """The path of a header: each part that names an array of tables is followed by the number of its latest table."""
    path: Path = ()
    for position, part in enumerate(parts):
        path = (*path, part)
        if new and position == len(parts) - 1:
            counted[path] = counted.get(path, -1) + 1
        if path in counted:
            path = (*path, counted[path])
    return path
