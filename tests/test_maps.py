"""Every room's docstring is a map of it: what it names is there."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = sorted(str(path.parent.relative_to(ROOT)).replace("/", ".") for path in (ROOT / "crawler").rglob("__init__.py"))


@pytest.mark.parametrize("name", ROOMS)
def test_a_map_shows_only_what_is_there(name: str) -> None:
    room = import_module(name)
    named = set(re.findall(r"``([a-z][a-z_0-9]*)``", room.__doc__ or ""))
    assert [word for word in sorted(named) if not hasattr(room, word) and find_spec(f"{name}.{word}") is None] == []
