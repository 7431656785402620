"""A drawing of which sentences of a copy came from where: lines that differ in stroke as well as in colour."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.model import Alignment, Link

SHAPES = {
    "verbatim": "",
    "edited": "9 4",
    "paraphrased": "2 4",
    "merged": "12 4 2 4",
    "added": "",
    "dropped": "",
}
"""Dashes of the line for each label; what is added or dropped is a hollow mark without a line."""
_WIDTH, _ROW, _MARGIN, _TOP = 900, 14, 70, 26
"""Units of the drawing, which is scaled to its place."""


def shape(label: str) -> str:
    """A small picture of a label's line, for a legend or a row."""
    if label in ("added", "dropped"):
        at = 92 if label == "added" else 8
        line = f'<circle class="shape" cx="{at}" cy="8" r="5"/>'
    else:
        line = (
            f'<line class="shape" x1="6" y1="8" x2="94" y2="8"{_dashes(label)}/>'
            '<circle class="shape" cx="4" cy="8" r="2"/><circle class="shape" cx="96" cy="8" r="2"/>'
        )
    return f'<svg viewBox="0 0 100 16" aria-hidden="true">{line}</svg>'


def link_map(alignment: Alignment) -> str:
    """All links of an alignment as SVG; each leads to the element ``link-N``, N from 1."""
    rows = max(len(alignment.original_sentences), len(alignment.copy_sentences), 1)
    height = _TOP + rows * _ROW + 10
    drawn = "".join(_drawn(number, link) for number, link in enumerate(alignment.links, 1))
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="Lines from sentences of A to those of B">'
        f'<text x="{_MARGIN}" y="16" text-anchor="middle">A</text>'
        f'<text x="{_WIDTH - _MARGIN}" y="16" text-anchor="middle">B</text>{drawn}</svg>'
    )


def _drawn(number: int, link: Link) -> str:
    lines = "".join(_lines(link))
    title = f"{link.label}{', moved' if link.moved else ''}"
    return f'<a href="#link-{number}" class="{link.label}"><title>{title}</title>{lines}</a>'


def _lines(link: Link) -> Iterator[str]:
    left, right = _MARGIN, _WIDTH - _MARGIN
    for original in link.original:
        yield _end(left, original, hollow=not link.copy)
        for copy in link.copy:
            start, end = _height(original), _height(copy)
            middle = (left + right) // 2
            yield (
                f'<path class="shape" d="M{left} {start}C{middle} {start} {middle} {end} {right} {end}"'
                f"{_dashes(link.label)}/>"
            )
    for copy in link.copy:
        yield _end(right, copy, hollow=not link.original)


def _end(across: int, number: int, *, hollow: bool) -> str:
    kind, radius = ("shape", 5) if hollow else ("end", 3)
    return f'<circle class="{kind}" cx="{across}" cy="{_height(number)}" r="{radius}"/>'


def _height(number: int) -> int:
    return _TOP + number * _ROW + _ROW // 2


def _dashes(label: str) -> str:
    return f' stroke-dasharray="{SHAPES[label]}"' if SHAPES[label] else ""
