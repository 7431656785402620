"""Folders for temporary files: each is there while its process uses it, and what a killed one left is deleted."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import scratch
from crawler.archive.scratch import Scratch, sweep

HOLD = """
import sys
from crawler.archive.scratch import Scratch
scratch = Scratch()
open(scratch.name + "/spool", "w").close()
print(scratch.name, flush=True)
sys.stdin.read()
"""

INDEX = """
import sys
from crawler.archive import open_archive
archive = open_archive(sys.argv[1])
print(archive.index_file().parent.parent, flush=True)
sys.stdin.read()
"""
FORK = """
import os, signal, sys
from crawler.archive.scratch import Scratch
scratch = Scratch()
child = os.fork()
if not child:
    if sys.argv[1] == "ends":
        sys.exit()
    sys.stdin.read()
    os._exit(0)
if sys.argv[1] == "ends":
    os.waitpid(child, 0)
print(scratch.name, flush=True)
signal.pause()
"""


@pytest.fixture
def within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    sweep.cache_clear()
    return tmp_path


def holding(within: Path, *how: str) -> tuple[subprocess.Popen[str], Path]:
    """Another process that uses a folder, and that folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", *(how or [HOLD])], env=os.environ | {"TMPDIR": str(within)}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def end(process: subprocess.Popen[str], how: signal.Signals) -> None:
    process.send_signal(how)
    process.communicate()


def test_a_folder_is_deleted_with_what_is_in_it(within: Path) -> None:
    with Scratch() as name:
        (Path(name) / "spool").mkdir()
        assert list(within.iterdir()) == [Path(name)]
    assert list(within.iterdir()) == []


def test_one_that_was_cleaned_up_may_be_cleaned_up_again(within: Path) -> None:
    scratch = Scratch()
    scratch.cleanup()
    scratch.cleanup()
    assert list(within.iterdir()) == []


def test_one_that_nobody_refers_to_any_more_is_deleted(within: Path) -> None:
    name = Scratch().name
    assert not Path(name).exists()


def test_what_a_killed_process_left_is_deleted_by_the_next(within: Path) -> None:
    process, left = holding(within)
    end(process, signal.SIGKILL)
    assert (left / "spool").exists()
    with Scratch() as mine:
        assert list(within.iterdir()) == [Path(mine)]


def test_the_index_of_a_warc_that_a_killed_process_left_is_deleted_too(within: Path, tmp_path_factory: Any) -> None:
    warc = tmp_path_factory.mktemp("crawl") / "a.warc"
    warc.write_bytes(
        b"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Date: 2031-05-04T00:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:6a9c3d0e-1111-4222-8333-444455556666>\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    )
    process, left = holding(within, INDEX, str(warc))
    end(process, signal.SIGKILL)
    assert left.parent == within
    Scratch().cleanup()
    assert list(within.iterdir()) == []


def test_many_folders_in_that_of_the_process_keep_one_file_open(within: Path) -> None:
    folders = [scratch.subfolder()]
    before = lowest_free()
    folders += [scratch.subfolder() for _ in range(9)]
    assert lowest_free() == before
    (held,) = within.iterdir()
    assert {Path(folder.name).parent for folder in folders} == {held}
    for folder in folders:
        folder.cleanup()
    assert list(held.iterdir()) == []


def test_where_that_of_the_process_was_deleted_another_takes_its_place(within: Path) -> None:
    folder = scratch.subfolder()
    shutil.rmtree(Path(folder.name).parent)
    with scratch.subfolder() as name:
        assert Path(name).is_dir()
    folder.cleanup()


def lowest_free() -> int:
    """The number that the next file gets which is opened here."""
    number = os.dup(0)
    os.close(number)
    return number


def test_what_another_process_uses_stays(within: Path) -> None:
    process, used = holding(within)
    with Scratch() as mine:
        assert set(within.iterdir()) == {used, Path(mine)}
        assert (used / "spool").exists()
    end(process, signal.SIGKILL)


def test_what_a_process_uses_stays_when_one_that_was_forked_from_it_ends(within: Path) -> None:
    process, used = holding(within, FORK, "ends")
    assert used.exists()
    end(process, signal.SIGKILL)


def test_what_a_killed_process_left_stays_as_long_as_one_that_was_forked_from_it(within: Path) -> None:
    process, used = holding(within, FORK, "stays")
    process.kill()
    process.wait()
    Scratch().cleanup()
    assert used.exists()
    process.communicate()


def test_nothing_of_others_is_deleted_where_starts_of_the_machine_are_not_told_apart(
    within: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process, left = holding(within)
    end(process, signal.SIGKILL)
    monkeypatch.setattr(scratch, "_START", within / "none")
    scratch._prefix.cache_clear()
    try:
        with Scratch() as mine:
            assert set(within.iterdir()) == {left, Path(mine)}
        assert list(within.iterdir()) == [left]
    finally:
        scratch._prefix.cache_clear()


def test_what_others_made_stays(within: Path) -> None:
    process, left = holding(within)
    end(process, signal.SIGKILL)
    others = [within / "wirecopy-of-an-older-version", within / f"{left.name[:17]}of-another-start", within / "mine"]
    for folder in others:
        folder.mkdir()
    (within / f"{left.name}-link").symlink_to(others[2])
    Scratch().cleanup()
    assert set(within.iterdir()) == {*others, within / f"{left.name}-link"}


def test_what_another_user_left_stays(within: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process, left = holding(within)
    end(process, signal.SIGKILL)
    another = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: another)
    Scratch().cleanup()
    assert left.exists()
