"""What a ledger answers of captures that were entered and not committed yet."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from crawler.archive import ArchiveError
from crawler.archive.ledger import Ledger
from crawler.archive.row import Row


def row(number: int) -> Row:
    return Row(
        id=f"urn:uuid:{number}", warc="a.warc.gz", offset=number, length=1, first=number, span=1, type="response",
        url="http://a.example/", urlkey="example,a)/", captured_at=number, status=200, mime="text/html",
        payload_digest=f"sha256:{number}", payload_length=1, truncated=None, refers_to=None,
    )  # fmt: skip


def test_captures_of_a_warc_are_found_by_payload_as_soon_as_they_are_entered(tmp_path: Path) -> None:
    with closing(Ledger(tmp_path / "ledger.sqlite")) as ledger:
        assert ledger.enter(map(row, range(40))) == 40
        assert [ledger.with_payload(f"sha256:{number}") for number in (0, 39)] == [row(0), row(39)]


def test_only_captures_that_were_added_are_fresh(tmp_path: Path) -> None:
    with closing(Ledger(tmp_path / "ledger.sqlite")) as ledger:
        ledger.enter([row(1)])
        ledger.add(row(2))
        assert ledger.commit() == [row(2)]


def test_whatever_sqlite_cannot_do_is_told_as_an_error_of_the_archive(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.close()
    with pytest.raises(ArchiveError, match="cannot use the ledger"):
        ledger.enter([row(1)])


def test_another_program_may_hold_the_ledger_for_longer_than_it_may_keep_a_user_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.archive.ledger_file._AT_FIRST", 0)
    with (
        closing(Ledger(tmp_path / "ledger.sqlite")) as ledger,
        closing(sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None, check_same_thread=False)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="locked"):
            Ledger(tmp_path / "ledger.sqlite")
        done = threading.Timer(0.2, other.execute, ["ROLLBACK"])
        done.start()
        ledger.add(row(1))
        assert ledger.commit() == [row(1)]
        done.join()


def test_a_folder_may_be_named_as_an_address_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path("file:notes", "ledger.sqlite")
    file.parent.mkdir()
    with closing(Ledger(file)) as ledger:
        assert ledger.enter([row(1)]) == 1
    assert [found.name for found in file.parent.iterdir()] == ["ledger.sqlite"]
