from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crawler.archive import CollectionLocked, Recorded, Recorder, pack
from crawler.archive.lock import Lock
from crawler.archive.verify import Finding, verify
from crawler.model import Exchange

Make = Callable[..., Exchange]
Record = Callable[..., list[Recorded]]


def codes(path: Path) -> set[str]:
    found: list[Finding] = []
    verify(path, found.append)
    return {finding.code for finding in found}


@pytest.fixture
def collection(record: Record, exchange: Make, tmp_path: Path) -> Path:
    record(
        exchange(body=b"one" * 50),
        exchange("https://www.news.example/2", b"one" * 50, seconds=1),
        exchange("https://www.news.example/3", b"3", seconds=2),
    )
    return tmp_path / "c"


def test_what_the_recorder_writes_is_sound_to_the_last_byte(collection: Path, tmp_path: Path) -> None:
    assert codes(collection) == set()
    (warc,) = (collection / "archive").iterdir()
    assert codes(warc) == set()
    pack(collection, tmp_path / "c.wacz")
    assert codes(tmp_path / "c.wacz") <= {"wacz-unsigned"}


def test_hostile_responses_are_evidence_and_no_fault(record: Record, exchange: Make, tmp_path: Path) -> None:
    heads = (
        b"HTTP/1.1 200 OK\nA: b\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n",
        b"HTTP/1.1 200\r\nno colon\r\n",
        b"nonsense\r\n",
    )
    record(*(exchange(f"https://www.news.example/{n}", head=head, seconds=n) for n, head in enumerate(heads)))
    found: list[Finding] = []
    verify(tmp_path / "c", found.append)
    assert [finding for finding in found if finding.severity == "error"] == []


@pytest.mark.parametrize("offset", ["²", "9" * 30, "9" * 5000, "-1", ""])
def test_an_index_with_a_place_that_is_none(collection: Path, tmp_path: Path, offset: str) -> None:
    index = collection / "indexes" / "index.cdxj"
    line, *others = index.read_text().splitlines(keepends=True)
    values = re.sub(r'"offset": "\d+"', f'"offset": "{offset}"', line)
    index.write_text("".join([values, *others]))
    assert codes(collection) >= {"index-syntax", "index-missing"}


def test_a_ledger_that_promises_what_is_not_there(collection: Path) -> None:
    with closing(sqlite3.connect(collection / "ledger.sqlite", isolation_level=None)) as ledger:
        ledger.execute("UPDATE captures SET offset = offset + 1 WHERE rowid = 1")
    assert codes(collection) == {"ledger-dangling", "ledger-missing"}
    with closing(sqlite3.connect(collection / "ledger.sqlite", isolation_level=None)) as ledger:
        ledger.execute("UPDATE captures SET offset = offset - 1, id = 'urn:x' WHERE rowid = 1")
    assert codes(collection) == {"ledger-dangling"}
    with closing(sqlite3.connect(collection / "ledger.sqlite", isolation_level=None)) as ledger:
        ledger.execute("DELETE FROM captures WHERE rowid = 1")
    assert codes(collection) == {"ledger-missing"}
    (collection / "ledger.sqlite").write_bytes(b"no database" * 100)
    assert codes(collection) == {"ledger-unreadable"}


def test_any_byte_that_changes_in_a_collection_is_told(collection: Path) -> None:
    (warc,) = (collection / "archive").iterdir()
    data = warc.read_bytes()
    for at in (3, 4, 9, len(data) // 2, len(data) - 1):  # the flags, time and system of gzip mean nothing, and are told
        warc.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert "package-digest" in codes(collection)


def test_a_file_that_a_killed_crawl_left_is_told(collection: Path, exchange: Make) -> None:
    (warc,) = (collection / "archive").iterdir()
    warc.rename(warc.with_name(warc.name + ".open"))
    assert codes(collection) == {"file-unfinished"}
    Recorder(collection, software="wirecopy/test").close()
    assert codes(collection) == set()
    warc.with_name(warc.name + ".tail").write_bytes(b"torn")
    assert codes(collection) == {"set-aside"}


def test_a_collection_being_written_is_left_alone(collection: Path) -> None:
    with Lock(collection), pytest.raises(CollectionLocked):
        codes(collection)


def test_a_payload_in_the_collection_beside_is_found_there(exchange: Make, tmp_path: Path) -> None:
    for name, seconds in (("a", 0), ("b", 60)):
        with Recorder(tmp_path / name, software="wirecopy/test", beside=True) as recorder:
            recorder.record(exchange(f"https://{name}.example/", b"the same" * 50, seconds=seconds)).result(120)
    assert codes(tmp_path / "b") == {"refers-to-beside"}
    (tmp_path / "a").rename(tmp_path.parent / f"{tmp_path.name}-gone")
    assert codes(tmp_path / "b") == {"refers-to-missing"}
