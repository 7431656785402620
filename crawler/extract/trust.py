"""How far the grounds that speak for a candidate are to be believed: learned weights, read once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from math import fsum
from pathlib import Path

WEIGHTS = Path(__file__).with_name("trust.json")
"""Field of the article to ground to weight; a ground is a few words such as ``h1, the only one`` or ``in the address``.
The candidate whose grounds add up to most is believed. Written by ``benchmarks/train_fields.py``."""


def trust(field: str, grounds: Iterable[str]) -> float:
    """What the grounds for a candidate add up to; one that no page of the training showed counts nothing."""
    weight = _weights().get(field, {}).get
    return fsum(weight(ground, 0.0) for ground in grounds)  # exact, in whatever order a set yields them


@cache
def _weights() -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return weights
