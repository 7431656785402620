"""How large files are that others may take away while they are looked at."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from crawler.archive.size import bytes_below, bytes_of


def test_it_is_of_files_wherever_they_lie(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/file").write_bytes(b"12345")
    (tmp_path / "a/file").write_bytes(b"123")
    (tmp_path / "a/gone").symlink_to("nowhere")
    assert bytes_below(tmp_path) == 8
    assert bytes_below(tmp_path / "none") == 0
    assert bytes_of([tmp_path / "a/file", tmp_path / "a/b", tmp_path / "gone"]) == 3


def test_what_can_not_be_looked_at_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        bytes_of([tmp_path / "file/other"])


@pytest.mark.parametrize("looks", [0, 1])
def test_a_file_that_another_takes_away_while_all_are_measured_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks: int
) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"12345")
    (tmp_path / "ledger.sqlite-wal").write_bytes(b"123")
    seen = []
    real = os.stat

    def stat(path: Any, **how: Any) -> os.stat_result:
        if str(path).endswith("-wal"):
            seen.append(path)
            if len(seen) > looks:
                Path(path).unlink(missing_ok=True)
        return real(path, **how)

    monkeypatch.setattr(os, "stat", stat)
    assert bytes_below(tmp_path) in (5, 8)
    assert seen
