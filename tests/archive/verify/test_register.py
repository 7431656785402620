"""Where what is kept of the records while they are checked finds no room."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from crawler.archive.source import FileSource
from crawler.archive.verify.finding import Finding, Teller
from crawler.archive.verify.register import Register
from crawler.archive.verify.relations import check_relations
from crawler.archive.verify.warcs import check_warc
from tests.archive.verify.build import members, record, sound, uuid

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


def steps(folder: Path, number: int) -> int:
    """Instructions, by hundreds, that SQLite takes for the relations of so many records that all have one id."""
    (folder / "x.warc").write_bytes(b"".join(record("resource", WARC_Record_ID=uuid(7)) for _ in range(number)))
    told: list[Finding] = []
    taken = 0

    def count() -> None:
        nonlocal taken
        taken += 1

    with Register(told.append) as register:
        source = FileSource(folder / "x.warc", "x.warc")
        check_warc(source, Teller("x.warc", told.append), register, lambda _: None)
        register.complete()
        register.db.set_progress_handler(count, 100)
        check_relations(register)
    assert sum(finding.code == "record-id-duplicate" for finding in told) == number - 1
    return taken


def test_records_that_all_have_one_id_are_held_against_one_of_them(tmp_path: Path) -> None:
    assert steps(tmp_path, 1600) < 5 * steps(tmp_path, 400)
