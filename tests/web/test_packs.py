"""Collections as files to take away, made where there is none beside them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection, ReadError
from crawler.web.packs import Packs


def test_a_collection_that_changed_is_packed_anew_and_the_older_file_goes(demo: Any, tmp_path: Path) -> None:
    folder = shutil.copytree(demo.collection, tmp_path / "c")
    packs = Packs()
    with Collection(folder) as collection:
        first = packs.file(collection)
        assert packs.file(collection) == first
        os.utime(folder / "datapackage.json", ns=(1, 1))
        second = packs.file(collection)
        assert second != first
        assert list(second.parent.iterdir()) == [second]
    packs.close()


def test_a_collection_that_is_gone_is_told_of(demo: Any, tmp_path: Path) -> None:
    folder = shutil.copytree(demo.collection, tmp_path / "c")
    packs = Packs()
    with Collection(folder) as collection:
        shutil.rmtree(folder)
        with pytest.raises(ReadError, match="c is no collection any more"):
            packs.file(collection)
    packs.close()
