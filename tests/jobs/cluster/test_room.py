"""Whether a worker can write: asked of the file system, which is asked for more than it has."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from crawler.jobs.cluster import room


def test_a_folder_with_room_is_writable_and_left_as_it_was(tmp_path: Path) -> None:
    assert room.why_unwritable(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "ROOM", shutil.disk_usage(tmp_path).free + 2**40)
    why = room.why_unwritable(tmp_path)
    assert why is not None and why.errno in (errno.ENOSPC, errno.EFBIG)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    why = room.why_unwritable(tmp_path / "gone")
    assert why is not None and why.errno == errno.ENOENT


def test_waiting_ends_with_room_and_when_it_is_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LOOK_AGAIN", 0.0)
    assert room.becomes_writable(tmp_path, lambda: False)
    looked: list[bool] = []

    def stopping() -> bool:
        looked.append(True)
        return len(looked) > 1

    assert not room.becomes_writable(tmp_path / "gone", stopping)
