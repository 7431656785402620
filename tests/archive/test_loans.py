"""Collections of one folder may refer to each other's payloads, and any of them can be made whole by itself."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import Collection, CollectionError, Recorded, Recorder, bring_home, open_archive, pack
from crawler.archive.payloads import FILE, Payloads
from crawler.model import Exchange

Make = Callable[..., Exchange]
BODY = b"<p>the same words in two collections</p>" * 10


def capture(folder: Path, *exchanges: Exchange, beside: bool = True) -> list[Recorded]:
    with Recorder(folder, software="wirecopy/test", beside=beside) as recorder:
        return [recorder.record(each).result(120) for each in exchanges]


@pytest.fixture
def two(tmp_path: Path, exchange: Make) -> tuple[Path, Path, Recorded, Recorded]:
    (lent,) = capture(tmp_path / "a", exchange("https://a.example/original", BODY))
    (borrowed,) = capture(tmp_path / "b", exchange("https://b.example/copy", BODY, seconds=60))
    return tmp_path / "a", tmp_path / "b", lent, borrowed


def test_a_payload_of_another_collection_is_referred_to(two: Any) -> None:
    _, second, lent, borrowed = two
    assert borrowed.revisit
    (warc,) = (second / "archive").iterdir()
    with warc.open("rb") as file:
        (fields,) = [record.rec_headers for record in ArchiveIterator(file) if record.rec_type == "revisit"]
    assert fields.get_header("WARC-Refers-To") == f"<{lent.record.id}>"
    assert fields.get_header("WARC-Refers-To-Target-URI") == "https://a.example/original"
    assert fields.get_header("WARC-Refers-To-Date") == "2026-03-01T09:30:00.250000Z"


@pytest.mark.parametrize("index", [True, False])
def test_it_is_read_where_it_is_with_the_index_or_without(two: Any, index: bool) -> None:
    _, second, _, _ = two
    if not index:
        (second.parent / FILE).unlink()
    with Collection(second) as collection:
        assert [each.body() for each in collection.captures()] == [BODY]


def test_packing_brings_it_home(two: Any, tmp_path: Path, wirecopy: Any) -> None:
    first, second, _, _ = two
    with pytest.raises(CollectionError, match="in another collection"):
        pack(second, tmp_path / "b.wacz")
    done = wirecopy("pack", second)
    assert "copied 1 payload from" in done.stderr
    shutil.rmtree(first)
    with open_archive(tmp_path / "b.wacz") as archive:
        assert {each.url: each.body() for each in archive.captures()}["https://b.example/copy"] == BODY
    assert bring_home(second) == 0


def test_what_is_nowhere_to_be_found_is_named(two: Any) -> None:
    first, second, lent, _ = two
    shutil.rmtree(first)
    with pytest.raises(CollectionError, match=lent.record.id):
        bring_home(second)


def test_what_was_stored_anew_since_its_collection_was_deleted_is_referred_to_from_then_on(
    two: Any, tmp_path: Path, exchange: Make
) -> None:
    first, second, _, _ = two
    shutil.rmtree(first)
    shutil.rmtree(second)
    (anew,) = capture(tmp_path / "b", exchange("https://b.example/copy", BODY, seconds=120))
    (later,) = capture(tmp_path / "c", exchange("https://c.example/copy", BODY, seconds=180))
    assert (anew.revisit, later.revisit) == (False, True)


def test_copying_a_capture_takes_the_payload_along(two: Any, tmp_path: Path) -> None:
    _, second, _, _ = two
    with Collection(second) as collection, Recorder(tmp_path / "x" / "c", software="wirecopy/test") as recorder:
        (only,) = collection.captures()
        collection.copy_capture(only, recorder).result(120)
    with Collection(tmp_path / "x" / "c") as copy:
        assert [each.body() for each in copy.captures()] == [BODY, BODY]


def test_a_collection_that_is_gone_is_not_referred_to(two: Any, exchange: Make) -> None:
    first, _, _, _ = two
    shutil.rmtree(first)
    (third,) = capture(first.parent / "c", exchange("https://c.example/", BODY))
    assert not third.revisit


def test_without_being_told_to_a_collection_is_whole_by_itself(two: Any, exchange: Make) -> None:
    first, _, _, _ = two
    (third,) = capture(first.parent / "c", exchange("https://c.example/", BODY), beside=False)
    assert not third.revisit


@pytest.mark.parametrize("damage", [b"no database" * 100, b"SQLite format 3\0" + bytes(9000)])
def test_an_index_that_is_damaged_is_begun_anew(two: Any, exchange: Make, damage: bytes, caplog: Any) -> None:
    first, _, _, _ = two
    (first.parent / FILE).write_bytes(damage)
    (third,) = capture(first.parent / "c", exchange("https://c.example/", BODY))
    (fourth,) = capture(first.parent / "d", exchange("https://d.example/", BODY))
    assert (third.revisit, fourth.revisit) == (False, True)
    assert [record.message.partition(" (")[0] for record in caplog.records] == [f"{first.parent / FILE} is damaged"]


def test_an_index_that_fails_under_way_keeps_nothing_from_being_captured(two: Any, exchange: Make, caplog: Any) -> None:
    first, _, _, _ = two
    with Recorder(first.parent / "c", software="wirecopy/test", beside=True) as recorder:
        assert recorder._payloads
        recorder._payloads._db.close()  # a disk that fails
        captured = [recorder.record(exchange(f"https://c.example/{number}", BODY)).result(120) for number in range(2)]
    assert [each.revisit for each in captured] == [False, True]
    (said,) = (record.message for record in caplog.records)
    assert "it may be deleted. Payloads of other collections are stored again" in said


def test_an_index_that_takes_no_row_keeps_no_other_crawl_from_entering_its_own(
    two: Any, exchange: Make, caplog: Any
) -> None:
    first, _, _, _ = two
    with closing(sqlite3.connect(first.parent / FILE, isolation_level=None, timeout=0)) as other:
        other.execute("CREATE TRIGGER no BEFORE INSERT ON payloads BEGIN SELECT RAISE(ABORT, 'no room'); END")
        with Recorder(first.parent / "c", software="wirecopy/test", beside=True) as recorder:
            for number in range(2):
                recorder.record(exchange(f"https://c.example/{number}", b"%d" % number)).result(120)
                other.execute("BEGIN IMMEDIATE")
                other.execute("ROLLBACK")
    assert ["no room" in record.message for record in caplog.records] == [True, True]


def test_an_index_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(OSError, match="may be deleted"):
        Payloads(tmp_path / "a")
