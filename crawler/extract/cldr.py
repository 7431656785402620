"""What CLDR says of each language: its months, its phrases of time past, its compact numbers; read once."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

CLDR = Path(__file__).with_name("cldr.json")
"""By language: ``months`` (name to number), ``ago`` (see ``benchmarks/cldr.py``, which writes it), ``units`` (word to
what it multiplies by) and ``decimal`` (the mark before a fraction)."""

_ALIASES = {
    "no": "nb",
    "iw": "he",
    "in": "id",
    "tl": "fil",
    "ji": "yi",
    "sh": "sr",
    "cn": "zh",
    "jp": "ja",
    "kr": "ko",
    "ua": "uk",
}
"""Codes of languages that CLDR calls otherwise, and of countries that pages write for their language."""


def base(tag: str) -> str:
    """The language of a tag as CLDR names it: ``en-US`` is ``en``, ``no`` is ``nb``."""
    code = re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0]
    return _ALIASES.get(code, code)


def said_of(language: str) -> dict[str, Any]:
    """What the file holds of a language, as CLDR names it; empty for one it does not know."""
    found: dict[str, Any] = _all().get(language, {})
    return found


@cache
def _all() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CLDR.read_text(encoding="utf-8"))
    return found
