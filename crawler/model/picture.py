"""What a picture looks like, small enough to keep, and how two pictures of a story match."""

from __future__ import annotations

from dataclasses import dataclass

TONES = 96
"""Side of the square of tones in a fingerprint, in pixels."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A picture squeezed into a small square of grey tones."""

    width: int
    height: int
    """Of the picture itself, in pixels."""
    tones: bytes
    """``TONES`` rows of as many grey values, 0 to 255."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like one picture is to another that shows the same photograph."""

    distance: int
    """Bits of 128 in which their perceptual hashes differ, those of the common part where one is cropped."""
    correlation: float
    """Of the tones of the common part, -1 to 1."""
    cropped: str | None
    """``one`` or ``other``: which shows only a part; None where both show the whole."""
    part: float
    """Share of the whole's area that the cropped one shows, 0 to 1."""
