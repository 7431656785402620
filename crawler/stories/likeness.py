"""Whether two pictures show one photograph, cropped, resized, recompressed, in grey or with a logo on it.

A difference hash (N. Krawetz, "Kind of Like That", 2013) of the whole picture and of its possible crops finds where one
would lie in the other; the correlation of the tones there decides. Mirrored pictures do not match.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import product
from typing import Any

from crawler.model.picture import TONES, Fingerprint, Likeness

NEAR = 40
"""Bits of 128 in which the hashes of a picture and of a crop's place on a grid may differ."""
SAME = 0.90
"""Correlation of tones from which on two pictures show the same."""
_STEP, _LEAST = 0.05, 0.55
"""Grid on which crops are looked for, and the least side of one, as shares of the whole picture's."""
_RATIO = 0.09
"""By how much the proportions of a crop may miss those of its place on the grid."""
_TRIED = 8
"""Places that are looked at closely."""
_SIDE = 24
"""Side of the squares whose tones are correlated."""
_FLAT = 6.0
"""Standard deviation of tones below which a picture shows nothing."""

_Box = tuple[float, float, float, float]
_WHOLE: _Box = (0.0, 0.0, 1.0, 1.0)


def compare(one: Fingerprint, other: Fingerprint) -> Likeness | None:
    """How like two pictures are; None where they do not show one photograph, or show nothing.

    Raises ``ImportError`` without Pillow.
    """
    if _is_flat(one) or _is_flat(other):
        return None
    best: Likeness | None = None
    distance = (_hash(one, _WHOLE) ^ _hash(other, _WHOLE)).bit_count()
    if distance <= NEAR and abs(math.log(_ratio(one, _WHOLE) / _ratio(other, _WHOLE))) < 2 * _RATIO:
        correlation = _correlation(_tones(one, _WHOLE), _tones(other, _WHOLE))
        if correlation >= SAME:
            best = Likeness(distance, round(correlation, 3), None, 1.0)
    if best is not None and best.correlation >= 0.97:
        return best
    for whole, part, name in ((one, other, "other"), (other, one, "one")):
        found = _find_crop(whole, part, name)
        if found and (best is None or found.correlation > best.correlation + 0.02):
            best = found
    return best


def _find_crop(whole: Fingerprint, part: Fingerprint, name: str) -> Likeness | None:
    wanted, ratio = _hash(part, _WHOLE), _ratio(part, _WHOLE)
    fitting = (box for box in _grid() if abs(math.log(_ratio(whole, box) / ratio)) <= _RATIO)
    near = sorted(((_hash(whole, box) ^ wanted).bit_count(), box) for box in fitting)[:_TRIED]
    tones = _tones(part, _WHOLE)
    best: tuple[float, _Box] = (-1.0, _WHOLE)
    for far, box in near:
        if far <= NEAR:
            best = max(best, _settle(whole, box, tones))
    correlation, box = best
    if correlation < SAME:
        return None
    distance = (_hash(whole, box) ^ wanted).bit_count()
    area = (box[2] - box[0]) * (box[3] - box[1])
    return Likeness(distance, round(correlation, 3), name if area < 0.985 else None, round(area, 3))


def _settle(whole: Fingerprint, box: _Box, tones: Sequence[float]) -> tuple[float, _Box]:
    """The best correlation that small moves of a box's edges lead to."""
    best, size = (_correlation(_tones(whole, box), tones), box), _STEP / 2
    for _ in range(3):
        moved = True
        while moved:
            moved = False
            for edge, sign in product(range(4), (-1, 1)):
                edges = list(best[1])
                edges[edge] = min(1.0, max(0.0, edges[edge] + sign * size))
                trial = (edges[0], edges[1], edges[2], edges[3])
                if trial[2] - trial[0] < 0.5 or trial[3] - trial[1] < 0.5 or trial == best[1]:
                    continue
                correlation = _correlation(_tones(whole, trial), tones)
                if correlation > best[0] + 1e-4:
                    best, moved = (correlation, trial), True
        if best[0] < 0.6:
            break  # too far off to be worth a closer look
        size /= 2
    return best


@cache
def _grid() -> tuple[_Box, ...]:
    """The crops that are looked for, the whole not among them."""
    steps = round(1 / _STEP)
    spans = [
        (start * _STEP, end * _STEP)
        for start in range(steps)
        for end in range(start + 1, steps + 1)
        if (end - start) * _STEP >= _LEAST - 1e-9
    ]
    boxes = ((left, top, right, bottom) for (left, right), (top, bottom) in product(spans, spans))
    return tuple(box for box in boxes if box != _WHOLE)


def _ratio(picture: Fingerprint, box: _Box) -> float:
    return (picture.width * (box[2] - box[0])) / (picture.height * (box[3] - box[1]))


@lru_cache(maxsize=1 << 16)
def _hash(picture: Fingerprint, box: _Box) -> int:
    """128 bits: where tones rise from left to right, and from top to bottom, on a grid of nine by nine."""
    tones = list(_image(picture).resize((9, 9), _resampling(), _pixels(box)).tobytes())
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 2 | (tones[at] < tones[at + 1]) << 1 | (tones[at] < tones[at + 9])
    return bits


@lru_cache(maxsize=4096)
def _tones(picture: Fingerprint, box: _Box) -> tuple[float, ...]:
    """Tones of a part as a vector of mean 0 and length 1; all 0 where it is flat."""
    raw = _image(picture).resize((_SIDE, _SIDE), _resampling(), _pixels(box)).tobytes()
    mean = sum(raw) / len(raw)
    centred = [tone - mean for tone in raw]
    length = math.sqrt(sum(tone * tone for tone in centred))
    return tuple(tone / length for tone in centred) if length else tuple(centred)


def _correlation(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(map(float.__mul__, one, other))


@lru_cache(maxsize=1024)
def _is_flat(picture: Fingerprint) -> bool:
    mean = sum(picture.tones) / len(picture.tones)
    return math.sqrt(sum((tone - mean) ** 2 for tone in picture.tones) / len(picture.tones)) < _FLAT


@lru_cache(maxsize=512)
def _image(picture: Fingerprint) -> Any:
    from PIL import Image

    return Image.frombytes("L", (TONES, TONES), picture.tones)


def _resampling() -> Any:
    from PIL import Image

    return Image.Resampling.BOX


def _pixels(box: _Box) -> tuple[float, float, float, float]:
    return box[0] * TONES, box[1] * TONES, box[2] * TONES, box[3] * TONES
