"""State that is no script of JSON: the props of Astro's islands, React Router's stream, SvelteKit's data.

The formats: https://github.com/withastro/astro (``packages/astro/src/runtime/server/serialize.ts``),
https://github.com/jacob-ebey/turbo-stream (seen 2023 to 2026).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from crawler.extract.embedded.devalue import unpack
from crawler.extract.embedded.literal import read_literal

_DEEPEST = 60
_PAIR = 2
_LIST = 1
_PUSHED = re.compile(r"streamController\.enqueue\(\s*(?=\")")
_KIT_DATA = re.compile(r"\bdata\s*[:=]\s*(?=\[)")
_DECODER = json.JSONDecoder(strict=False)
_ISLANDS = 200


def props_of(islands: Iterable[str]) -> list[Any]:
    """What the ``props`` attributes of a page's ``astro-island`` elements hold; those that are no JSON are left out."""
    found: list[Any] = []
    for _, text in zip(range(_ISLANDS), islands, strict=False):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            found.append({key: _unpaired(member, 0) for key, member in value.items()})
    return found


def _unpaired(pair: Any, depth: int) -> Any:
    """The value of a pair of its kind and itself, whose members are pairs again."""
    if depth > _DEEPEST or not isinstance(pair, list) or not pair or not isinstance(pair[0], int):
        return None
    value = pair[1] if len(pair) == _PAIR else None
    if pair[0] == _LIST:
        if isinstance(value, str):  # as Astro wrote it until 2023
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                return None
        return [_unpaired(member, depth + 1) for member in value] if isinstance(value, list) else None
    if isinstance(value, dict):
        return {key: _unpaired(member, depth + 1) for key, member in value.items()}
    return value


def of_kit(script: str) -> Any:
    """The data that SvelteKit hands to a page's program: JavaScript, and None where a script has none."""
    begins = _KIT_DATA.search(script)
    return read_literal(script, begins.end())[0] if begins else None


def fetched(value: Any) -> Any:
    """What SvelteKit keeps of an answer its page was made from: the JSON in the answer's body."""
    body = value.get("body") if isinstance(value, dict) else None
    try:
        return json.loads(body) if isinstance(body, str) else value
    except (ValueError, RecursionError):
        return value


def streamed(script: str) -> list[Any]:
    """The values that a script hands to React Router's stream: flat lists whose members point to others."""
    found: list[Any] = []
    for pushed in _PUSHED.finditer(script):
        try:
            text, _ = _DECODER.raw_decode(script, pushed.end())
            flat = json.loads(text)
        except (ValueError, RecursionError, TypeError):
            continue
        if isinstance(flat, list) and isinstance(value := unpack([_named(member, flat) for member in flat]), dict):
            found.append(value)
    return found


def _named(member: Any, flat: list[Any]) -> Any:
    """An object with its names in place of what points to them ("_5"), a date as its number."""
    if isinstance(member, list) and len(member) == _PAIR and member[0] == "D":
        return member[1]
    if not isinstance(member, dict):
        return member
    return {_name(key, flat): value for key, value in member.items()}


def _name(key: str, flat: list[Any]) -> str:
    place = int(key[1:]) if key[1:].isascii() and key[1:].isdecimal() and len(key) < len("_500000") else len(flat)
    return str(flat[place]) if key.startswith("_") and place < len(flat) else key
