"""The addresses of a ``srcset`` (HTML, 4.8.4.2.1) with how wide each picture is."""

from __future__ import annotations

import re
from collections.abc import Iterator

DATA_URI = re.compile(r"^\s*data:", re.I)
"""A picture that stands in the address itself, mostly a placeholder."""
_ADDRESS = re.compile(r"[^\s,]\S*")
_SIZE = re.compile(r"\s(\d+(?:\.\d+)?)([wxh])\b")
_DESCRIPTOR = re.compile(r"\d+(?:\.\d+)?[wxh]")
"""What stands alone in a set whose addresses are empty."""
_DESCRIBED = 40
"""Characters behind an address in which its size is looked for."""
_TIMES = 600.0
"""Pixels for which "1x" is taken."""


def read_srcset(value: str) -> Iterator[tuple[str, float]]:
    """Each address as written, with its width in pixels, or 0; placeholders (``data:``) are left out."""
    position = 0
    while found := _ADDRESS.search(value, position):
        address, position = found[0].rstrip(","), found.end()
        width = 0.0
        if not found[0].endswith(","):
            end = value.find(",", position)
            described = value[position : end if end >= 0 else len(value)][:_DESCRIBED]
            position = end + 1 if end >= 0 else len(value)
            if (size := _SIZE.search(described)) and size[2] in ("w", "x"):
                width = float(size[1]) * (1.0 if size[2] == "w" else _TIMES)
        if not (DATA_URI.match(address) or _DESCRIPTOR.fullmatch(address)):
            yield address, width
