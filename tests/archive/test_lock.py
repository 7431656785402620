"""Collections on file systems that keep no locks."""

from __future__ import annotations

import errno
import fcntl
from pathlib import Path

import pytest

from crawler.archive import ArchiveError, Recorder, open_archive


@pytest.fixture
def without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collection in a folder whose file system, from now on, keeps none."""
    with Recorder(tmp_path / "c", software="test"):
        pass

    def flock(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", flock)
    return tmp_path / "c"


def test_it_can_be_read(without_locks: Path) -> None:
    with open_archive(without_locks) as archive:
        assert list(archive.captures()) == []


def test_it_cannot_be_written_and_the_remedy_is_said(without_locks: Path) -> None:
    with pytest.raises(ArchiveError, match=r"c: No locks available; .*name a place on another one$"):
        Recorder(without_locks, software="test")
