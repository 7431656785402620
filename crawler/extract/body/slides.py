"""Slideshows inside an article: the same heading again and again, each time with one picture's words under it."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extract.page.blocks import TextBlock

_FEWEST = 3
"""Slides that make a show."""
_SHORTEST = 12
"""Characters of a slideshow's title; "Question" stands again and again in interviews."""
_LONGEST_SLIDE = 6
"""Blocks of a slide, its title among them."""


def find_slides(blocks: Sequence[TextBlock]) -> set[int]:
    """Numbers of the blocks of slides: runs of equal headings with equally many blocks between them."""
    places: dict[str, list[int]] = {}
    for block in blocks:
        if block.level and len(block.text) >= _SHORTEST and not block.text.endswith(":"):
            places.setdefault(block.folded, []).append(block.number)
    found: set[int] = set()
    for numbers in places.values():
        if len(numbers) < _FEWEST:
            continue
        step = numbers[1] - numbers[0]
        run = [number for at, number in enumerate(numbers) if number == numbers[0] + at * step]
        if 1 < step <= _LONGEST_SLIDE and len(run) >= _FEWEST:
            found.update(range(run[0], run[-1] + step))
    return found
