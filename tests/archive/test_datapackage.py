from __future__ import annotations

import json
import os
from pathlib import Path

from crawler.archive import Recorder
from crawler.archive.datapackage import as_of


def test_a_collection_in_a_folder_whose_name_is_not_utf8_has_a_title(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"tides\xff")
    with Recorder(path, software="x/1", contact=None):
        pass
    assert json.loads((path / "datapackage.json").read_bytes())["title"] == "tides?"


def test_what_no_utf8_can_hold_stays_as_it_was_escaped() -> None:
    package = json.loads(as_of(b'{"title": "tides\\udcff", "wirecopy": {"layout": 1}}', "2026-03-01T08:00:00Z"))
    assert (package["title"], package["created"]) == ("tides\udcff", "2026-03-01T08:00:00Z")
