"""What lies where is told alike by every Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.model.presence import is_there


def test_files_and_folders_are_there_and_what_leads_nowhere_is_not(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "dangling").symlink_to("nowhere")
    told = {name: is_there(tmp_path / name) for name in (".", "file", "nowhere", "file/below", "loop", "dangling")}
    assert [name for name, there in told.items() if there] == [".", "file"]


def test_what_may_not_be_known_is_no_absence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", shut)
    with pytest.raises(PermissionError):
        is_there(tmp_path / "shut" / "file")
