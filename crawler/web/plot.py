"""A count over time as SVG: steps through what was printed, with the range that a rounded number leaves open."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

WIDTH, HEIGHT = 760, 300
"""Of the drawing, in its own units."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 74, 46, 16, 44
"""Margins around the steps, for the numbers beside them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the plot: x and y in its units, y None in a gap; ``low`` and ``high`` bound what the number can be."""

    x: float
    y: float | None
    low: float | None
    high: float | None
    title: str


@dataclass(frozen=True, slots=True)
class Plot:
    """What the template draws."""

    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    """Points of each unbroken line, as SVG has them."""
    rows: tuple[tuple[float, str], ...]
    """Grid lines: y and label."""
    columns: tuple[tuple[float, str], ...]
    """Dates: x and label."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM


def plot(points: Sequence[dict[str, object]]) -> Plot | None:
    """The plot of the points of a ``count_series``; None where no point has a value."""
    times = [datetime.fromisoformat(str(point["captured_at"])).timestamp() for point in points]
    values = [_number(point["value"]) for point in points]
    known = [value for value in values if value is not None]
    if not known:
        return None
    bounds = [_number(point[name]) for point in points for name in ("at_least", "at_most")]
    low, high, step = _scale([*known, *(bound for bound in bounds if bound is not None)])
    if any(point["value"] is not None and point["at_most"] is None for point in points):
        high += step  # room to show that nothing bounds it
    first, last = min(times), max(times)

    def x(at: float) -> float:
        share = (at - first) / (last - first) if last > first else 0.5
        return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)

    def y(value: float | None) -> float | None:
        if value is None:
            return None
        return round(
            HEIGHT - _BOTTOM - (min(max(value, low), high) - low) / (high - low) * (HEIGHT - _TOP - _BOTTOM), 1
        )

    marks = tuple(
        Mark(
            x(at), y(value), y(_number(point["at_least"])) if value is not None else None,
            y(_number(point["at_most"]) if point["at_most"] is not None else high) if value is not None else None,
            f"{str(point['captured_at'])[:16].replace('T', ' ')}: {point['raw'] or 'not printed'}",
        )
        for at, value, point in zip(times, values, points, strict=True)
    )  # fmt: skip
    rows = tuple((y(value) or 0.0, _short(value)) for value in _steps(low, high, step))
    return Plot(marks, _lines(marks), rows, _dates(first, last, x))


def _lines(marks: Sequence[Mark]) -> tuple[str, ...]:
    runs: list[list[Mark]] = [[]]
    for mark in marks:
        if mark.y is None:
            runs.append([])
        else:
            runs[-1].append(mark)
    return tuple(" ".join(f"{mark.x},{mark.y}" for mark in run) for run in runs if run)


def _scale(values: Sequence[float]) -> tuple[float, float, float]:
    """The lowest and highest label, and the distance between two: 1, 2 or 5 times a power of ten."""
    low, high = min(values), max(values)
    if high == low:
        low, high = (low - 1, high + 1) if abs(high) < 10 else (low * 0.95, high * 1.05)
        low = max(low, 0.0) if min(values) >= 0 else low
    raw = (high - low) / 4
    power = 10 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw)
    return math.floor(low / step) * step, math.ceil(high / step) * step, step


def _steps(low: float, high: float, step: float) -> list[float]:
    return [low + number * step for number in range(round((high - low) / step) + 1)]


def _dates(first: float, last: float, x: Callable[[float], float]) -> tuple[tuple[float, str], ...]:
    form = "%Y-%m-%d" if last - first > 2 * 86400 else "%m-%d %H:%M"
    moments = [first + (last - first) * share / 4 for share in range(5)] if last > first else [first]
    return tuple((x(at), datetime.fromtimestamp(at, UTC).strftime(form)) for at in moments)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


def _short(value: float) -> str:
    for size, unit in ((1e9, "B"), (1e6, "M"), (1e3, "K")):
        if abs(value) >= size:
            return f"{value / size:g}{unit}"
    return f"{value:g}"
