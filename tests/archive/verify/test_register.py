"""Where what is kept of the records while they are checked finds no room."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.archive.verify.build import members, sound

NO_ROOM = """
import resource, signal, sys
from pathlib import Path
from crawler.cli import main

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
raise SystemExit(main(["verify", sys.argv[1]]))
"""


@pytest.mark.parametrize("room", [4096, 40_000])
def test_no_room_for_temporary_files_is_told_with_their_folder_and_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    (tmp_path / "scratch").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    (tmp_path / "x.warc.gz").write_bytes(members(sound(300)))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", NO_ROOM, tmp_path / "x.warc.gz", str(room)],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 4
    assert done.stderr.startswith(f"wirecopy verify: cannot check {tmp_path / 'x.warc.gz'}: the folder for temporary")
    assert str(tmp_path / "scratch") in done.stderr
    assert done.stderr.count("\n") == 1
    assert list((tmp_path / "scratch").iterdir()) == []
