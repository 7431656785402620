"""The table of pictures that copies took over, made of the demo's capture."""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from crawler import demo as web
from crawler.cli import exit_codes
from crawler.cli.errors import exit_code_of
from crawler.export.schema import SCHEMA
from crawler.jobs import pictures
from crawler.jobs.derive import add_derived

pytestmark = pytest.mark.slow


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in (folder / "image_matches.jsonl").read_text().splitlines()]


def test_the_aggregators_pictures_are_the_originals_with_their_captions_compared(demo: Any) -> None:
    found = {Path(row["source_image_url"].partition("?")[0]).stem: row for row in rows(demo.collection / "tables")}
    assert set(found) == {"bridge", "barge", "hangers"}
    assert {row["article_url"] for row in found.values()} == {web.SEED}
    assert {row["source_url"] for row in found.values()} == {web.ORIGINAL}
    assert (found["bridge"]["method"], found["bridge"]["caption_change"]) == ("perceptual", "dropped")
    assert found["barge"]["caption_change"] == found["barge"]["credit_change"] == "same"
    for row in found.values():
        assert list(row) == [column.name for column in SCHEMA["image_matches"].columns]
        assert row["image_record_id"] and row["source_image_record_id"]


def anew(collection: Path) -> list[dict[str, Any]]:
    (collection / "tables" / "parts.sqlite").unlink()
    add_derived(collection, [], {})
    return rows(collection / "tables")


def test_a_picture_is_looked_at_once_and_damage_to_what_is_kept_costs_only_time(
    demo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = Path(shutil.copytree(demo.collection, tmp_path / "c"))
    was = rows(collection / "tables")
    (collection / "tables" / pictures.INDEX).write_bytes(b"no database at all " * 100)
    assert anew(collection) == was
    monkeypatch.setattr(pictures, "fingerprint", lambda _: pytest.fail("looked at again"))
    assert anew(collection) == was


def test_a_full_disk_is_told_as_one(demo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collection = Path(shutil.copytree(demo.collection, tmp_path / "c"))
    (collection / "tables" / pictures.INDEX).unlink()

    def little_room(file: Path | str, **how: Any) -> sqlite3.Connection:
        db = sqlite3.Connection(file, **how)
        if Path(file).name == pictures.INDEX:
            db.execute("PRAGMA max_page_count = 3")  # the table, its index, and no more
        return db

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(sqlite3, "connect", little_room)
        with pytest.raises(OSError, match="full") as told:
            anew(collection)
    code, words = exit_code_of(told.value) or (0, "")
    assert code == exit_codes.STORAGE
    assert words == f"{collection / 'tables' / pictures.INDEX}: the disk is full; free some space, or write elsewhere"


def test_without_pillow_addresses_and_bytes_still_tell_and_the_user_is_told(
    demo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    collection = Path(shutil.copytree(demo.collection, tmp_path / "c"))
    monkeypatch.setattr(pictures, "can_see", lambda: False)
    with caplog.at_level(logging.WARNING):
        assert [row["method"] for row in anew(collection)] == ["asset", "asset"]
    assert caplog.text.count("wirecopy[images]") == 1
