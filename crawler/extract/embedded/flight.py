"""Application state as Next.js streams it (``self.__next_f.push([1, "…"])``): rows of React's flight format.

A row is a number in hexadecimal, a colon and JSON to the line's end; ``T`` behind the colon begins a text whose bytes
are counted. The format: https://github.com/facebook/react/tree/main/packages/react-server (seen 2024 to 2026).
"""

from __future__ import annotations

import json
import re
from typing import Any

_PUSH = re.compile(
    r"\s*(?:self|window)\.__next_f\.push\(\s*(?=\[)|\s*\(self\.__next_f\s*=[^()]{0,60}\)\.push\(\s*(?=\[)"
)
_ROW = re.compile(rb"\s*[0-9a-f]{1,8}:(?:T([0-9a-f]{1,8}),|[A-Z]{0,2})")
_DECODER = json.JSONDecoder(strict=False)


class FlightRows:
    """Gathers what a page's scripts push, in their order."""

    def __init__(self) -> None:
        self._pushed: list[str] = []

    def add(self, script: str) -> bool:
        """Whether a script pushes rows, which are then kept."""
        if not (push := _PUSH.match(script)):
            return False
        try:
            pushed, _ = _DECODER.raw_decode(script, push.end())
        except (ValueError, RecursionError):
            return True
        self._pushed += [part for part in pushed[1:2] if isinstance(part, str)]
        return True

    def values(self) -> list[Any]:
        """The objects and lists of the rows; those that are cut or no JSON are left out."""
        stream = "".join(self._pushed).encode("utf-8", "surrogatepass")
        found: list[Any] = []
        position = 0
        while row := _ROW.match(stream, position):
            if row[1]:
                position = row.end() + int(row[1], 16)
                continue
            end = stream.find(b"\n", row.end())
            end = end if end >= 0 else len(stream)
            try:
                value = json.loads(stream[row.end() : end])
            except (ValueError, RecursionError):
                value = None
            if isinstance(value, (dict, list)):
                found.append(value)
            position = end + 1
        return found
