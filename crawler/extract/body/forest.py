"""A sum of small decision trees, read from a JSON file and turned into one Python function."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import Any

_SETTLED = 1.5
"""Log-odds that the later trees do not overturn (not once in 15,000 blocks, from the second eighth on)."""
Score = Callable[[Sequence[float]], float]


@cache
def load_forest(path: Path) -> tuple[tuple[str, ...], Score]:
    """The names of the numbers a forest asks for, in order, and the function from a row of them to a share from 0 to 1.

    The file holds ``names`` and ``trees``; a tree is a leaf (a number) or ``[name index, threshold, tree where the
    number is at most the threshold, tree where it is above]``. Raises ``OSError`` and ``ValueError`` for a file that
    is missing or no forest.
    """
    values = json.loads(path.read_text(encoding="utf-8"))
    names = tuple(map(str, values["names"]))
    terms = [_expression(tree, len(names)) for tree in values["trees"]]
    # Most blocks are plain cases: a few of the trees settle them.
    step = max(1, len(terms) // 8)
    groups = [terms[start : start + step] for start in range(0, len(terms), step)]
    asked = f"\n if not -{_SETTLED} < t < {_SETTLED}: return t\n"
    lines = [asked.join("\n".join(f" t += {term}" for term in group) for group in groups)]
    taken = ", ".join(f"x{index}" for index in range(len(names)))  # names of their own are quicker than places in a row
    source = f"def score(x):\n {taken}, = x\n t = 0.0\n" + "\n".join(lines) + "\n return t\n"
    scope: dict[str, Any] = {}
    exec(compile(source, str(path), "exec"), scope)
    total = scope["score"]

    def share(row: Sequence[float]) -> float:
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total(row)))))

    return names, share


def _expression(tree: Any, width: int) -> str:
    """A tree as a Python expression over ``x0``, ``x1``, …; only numbers of the file enter it."""
    if isinstance(tree, (int, float)):
        return repr(float(tree))
    index, threshold, low, high = tree
    if not isinstance(index, int) or not 0 <= index < width:
        raise ValueError(f"a tree asks for number {index!r} of {width}")
    return f"({_expression(low, width)} if x{index} <= {float(threshold)!r} else {_expression(high, width)})"
