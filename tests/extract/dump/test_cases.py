"""Each recorded dump, field by field; the dumps and all that is in them are invented."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from crawler.extract.dump import extract_text_dump
from crawler.model import Article

CASES = Path(__file__).parent / "cases"
FIELDS = [
    (case.name, field)
    for case in sorted(CASES.iterdir())
    for field in json.loads((case / "expected.json").read_text(encoding="utf-8"))
]


@lru_cache
def article(case: str) -> Article:
    meta = CASES / case / "meta.json"
    known = json.loads(meta.read_text(encoding="utf-8")) if meta.exists() else {}
    return extract_text_dump((CASES / case / "input.txt").read_text(encoding="utf-8"), **known)


def shown(found: Article, field: str) -> Any:
    """A field as expected.json writes it: panels, images and counts in short rows."""
    panels = found.panels
    if field == "block_types":
        return [block.type for block in found.blocks]
    if field == "images":
        return [[image.asset_id, image.caption, image.credit, image.role] for image in found.images]
    if field == "cards":
        return [[p.kind, c.position, c.publisher, c.headline, c.section] for p in panels for c in p.cards]
    if field == "entities":
        return [[panel.kind, entity.type, entity.name] for panel in panels for entity in panel.entities]
    if field == "profile":
        return next(([panel.title, panel.text, panel.url] for panel in panels if panel.kind == "profile"), None)
    if field == "counts":
        return [[count.name, count.of, count.value, count.lower_bound] for count in found.counts]
    return found.to_dict()[field]


@pytest.mark.parametrize(("case", "field"), FIELDS)
def test_a_dump_says(case: str, field: str) -> None:
    expected = json.loads((CASES / case / "expected.json").read_text(encoding="utf-8"))[field]
    assert shown(article(case), field) == expected
