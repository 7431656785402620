"""A collection of a store reads as it does on disk, by ranges: of its WARCs comes what is asked for."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection, CollectionError, CollectionLocked, ReadError, Recorder, open_archive, pack
from crawler.archive.ranges import BLOCK
from crawler.archive.store import NoObject, StoreError, collections_at, mirror, pull, push, push_warcs, restore
from crawler.archive.store.mirror import mirror_all
from crawler.archive.store.objects import open_objects
from crawler.archive.verify import Verdict, verify
from tests.archive.store.gate import Gate
from tests.archive.store.stores import AT, files_of, record


@pytest.fixture
def ferries(bucket: str, tmp_path: Path) -> tuple[Path, str]:
    """A collection of 12 records of half a megabyte, and where it was pushed to."""
    collection = tmp_path / "ferries"
    with Recorder(collection, software="test") as recorder:
        for number in range(12):
            recorder.resource(f"urn:view:{number}", os.urandom(500_000), "image/png", AT).result()
    push(collection, f"{bucket}/ferries")
    return collection, f"{bucket}/ferries"


def warc_bytes(gate: Gate) -> int:
    return sum(each.received for each in gate.passed if each.method == "GET" and "/archive/" in each.target)


def test_it_reads_as_the_collection_does(ferries: tuple[Path, str]) -> None:
    collection, address = ferries
    with open_archive(address) as stored, open_archive(collection) as local:
        assert isinstance(stored, Collection)
        assert [(each.url, each.record, each.body()) for each in stored.captures()] == [
            (each.url, each.record, each.body()) for each in local.captures()
        ]
        assert stored.damage == []


def test_one_capture_costs_a_few_ranges(ferries: tuple[Path, str], gate: Gate) -> None:
    collection, address = ferries
    (warc,) = (collection / "archive").iterdir()
    mirror(address)
    gate.soundly()
    with open_archive(address) as stored:
        found = stored.find("urn:view:7")
        assert found is not None
        assert len(found.body()) == 500_000
    assert warc_bytes(gate) <= 4 * BLOCK < warc.stat().st_size / 4
    assert sum("/archive/" in each.target for each in gate.passed) <= 4
    assert sum("/archive/" not in each.target for each in gate.passed) == 1  # the manifest


def test_all_of_it_comes_once_in_large_pieces(ferries: tuple[Path, str], gate: Gate) -> None:
    collection, address = ferries
    (warc,) = (collection / "archive").iterdir()
    mirror(address)
    gate.soundly()
    with open_archive(address) as stored:
        assert sum(1 for _ in stored.captures()) == 12
    assert warc.stat().st_size <= warc_bytes(gate) <= warc.stat().st_size + 2 * BLOCK
    assert sum("/archive/" in each.target for each in gate.passed) <= 10


def test_what_was_fetched_is_fetched_again_only_when_it_changed(ferries: tuple[Path, str], gate: Gate) -> None:
    collection, address = ferries
    folder = mirror(address)
    gate.soundly()
    assert mirror(address) == folder
    assert [each.method for each in gate.passed] == ["GET"]
    record(collection, "new")
    push(collection, address)
    gate.soundly()
    with Collection(mirror(address)) as stored:
        assert stored.find("urn:text:new") is not None


def test_it_verifies_as_the_collection_does(ferries: tuple[Path, str], objects: Any, tmp_path: Path) -> None:
    collection, address = ferries

    def found(path: Path) -> list[Any]:
        findings: list[Any] = []
        verdict = verify(path, findings.append)
        return [verdict, *(finding.to_dict() for finding in findings)]

    assert found(mirror(address)) == found(collection)
    (warc,) = (collection / "archive").iterdir()
    torn = bytearray(warc.read_bytes())
    torn[3_000_000] ^= 1
    objects.call("spoil", "", "put_object", Key=f"ferries/archive/{warc.name}", Body=bytes(torn))
    assert found(mirror(address))[0] is Verdict.ERROR


def test_what_a_run_removes_here_while_it_is_read_is_read_in_the_store(bucket: str, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one", "two", "three", rotate=1)
    assert len(list((collection / "archive").iterdir())) == 3
    removed: list[str] = []

    def remove(_: int) -> None:
        if not removed:
            done = push(collection, f"{bucket}/ferries", keep=timedelta(), now=AT + timedelta(days=9999))
            removed.extend(done.removed)

    findings: list[Any] = []
    with open_archive(collection) as opened:
        assert verify(collection, findings.append, progress=remove) is Verdict.SOUND, findings
        assert len(removed) == 3
        assert [each.body()[:3] for each in opened.captures()] == [b"one", b"two", b"thr"]
        assert opened.damage == []


def test_a_store_that_fails_while_it_is_read_is_damage_that_is_told(ferries: tuple[Path, str], gate: Gate) -> None:
    _, address = ferries
    folder = mirror(address)
    gate.fault = lambda method, target: "slow-down" if "/archive/" in target else None
    with Collection(folder) as stored:
        assert list(stored.captures()) == []
        assert "the store is overloaded" in stored.damage[0].message


def test_a_warc_or_wacz_of_a_store_is_read_in_place(
    ferries: tuple[Path, str], bucket: str, objects: Any, gate: Gate, tmp_path: Path
) -> None:
    collection, address = ferries
    packed = pack(collection, tmp_path / "ferries.wacz")
    (warc,) = (collection / "archive").iterdir()
    objects.call("put", "", "put_object", Key="ferries.wacz", Body=packed.file.read_bytes())
    gate.soundly()
    with open_archive(f"{bucket}/ferries.wacz") as stored:
        found = stored.find("urn:view:3")
        assert found is not None
        assert len(found.body()) == 500_000
    assert sum(each.received for each in gate.passed) < packed.size / 3
    with open_archive(f"{address}/archive/{warc.name}") as stored:
        assert sum(1 for _ in stored.captures()) == 12
    with pytest.raises(NoObject, match="there is no such object"):
        open_archive(f"{bucket}/none.wacz")


def test_where_nothing_was_pushed_it_says_so(bucket: str) -> None:
    with pytest.raises(ReadError, match="holds no collection; `wirecopy push` puts one there"):
        open_archive(f"{bucket}/none")
    with pytest.raises(StoreError, match="there is no such bucket"):
        open_archive("s3://no-such-bucket-here/x")


def test_collections_are_found_below_an_address_and_gone_ones_forgotten(
    bucket: str, objects: Any, tmp_path: Path
) -> None:
    for name in ("ferries", "bridges"):
        push(record(tmp_path / name, name), f"{bucket}/news/{name}")
    assert collections_at(f"{bucket}/news") == [f"{bucket}/news/bridges", f"{bucket}/news/ferries"]
    shelf = mirror_all(f"{bucket}/news")
    assert sorted(each.name for each in shelf.iterdir()) == ["bridges", "ferries"]
    objects.remove("news/bridges/store.json")
    assert sorted(each.name for each in mirror_all(f"{bucket}/news").iterdir()) == ["ferries"]


def test_one_that_another_process_forgets_at_the_same_time_is_forgotten(
    bucket: str, objects: Any, gate: Gate, tmp_path: Path
) -> None:
    for name in ("ferries", "bridges"):
        push(record(tmp_path / name, name), f"{bucket}/news/{name}")
    shelf = mirror_all(f"{bucket}/news")
    objects.remove("news/bridges/store.json")

    def forget(method: str, target: str) -> None:
        if method == "GET" and "bridges/store.json" in target:
            shutil.rmtree(shelf / "bridges", ignore_errors=True)

    gate.fault = forget
    assert sorted(each.name for each in mirror_all(f"{bucket}/news").iterdir()) == ["ferries"]


def test_a_listing_that_lags_behind_hides_nothing_that_was_seen(bucket: str, gate: Gate, tmp_path: Path) -> None:
    for name in ("ferries", "bridges"):
        push(record(tmp_path / name, name), f"{bucket}/news/{name}")
    mirror_all(f"{bucket}/news")
    gate.fault = lambda method, target: "empty-listing" if "list-type" in target else None
    with pytest.raises(ReadError, match="holds no collection"):
        mirror_all(f"{bucket}/news")  # nothing is shown, and nothing of it deleted
    gate.soundly()
    assert len(list(mirror_all(f"{bucket}/news").iterdir())) == 2


def test_a_spool_that_was_lost_is_gone_on_with(ferries: tuple[Path, str], tmp_path: Path) -> None:
    collection, address = ferries
    before = files_of(collection)
    shutil.rmtree(collection)
    assert restore(collection, address)
    assert files_of(collection) == {path: data for path, data in before.items() if not path.startswith("archive/")}
    record(collection, "new")
    push(collection, address)
    with open_archive(address) as stored:
        assert sum(1 for _ in stored.captures()) == 13
    assert not restore(tmp_path / "never", f"{address}-never")


def test_a_pull_that_finds_nothing_leaves_nothing(bucket: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="holds no collection"):
        pull(f"{bucket}/none", tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_no_pull_replaces_what_a_crawl_writes(ferries: tuple[Path, str]) -> None:
    collection, address = ferries
    with Recorder(collection, software="test") as recorder:  # which has written nothing yet
        with pytest.raises(CollectionLocked):
            pull(address, collection)
        recorder.resource("urn:text:new", b"new", "text/plain", AT).result()
    with pytest.raises(CollectionError, match="never pushed"):
        pull(address, collection)
    push(collection, address)
    assert pull(address, collection).fetched == 0


def test_no_pull_takes_back_what_a_push_that_was_cut_off_had_sent(ferries: tuple[Path, str]) -> None:
    collection, address = ferries
    record(collection, "new")
    push_warcs(collection, address)
    before = files_of(collection)
    with pytest.raises(CollectionError, match="push it first"):
        pull(address, collection)
    assert files_of(collection) == before
    push(collection, address)
    assert pull(address, collection).fetched == 0


def test_a_pulled_ledger_is_not_mixed_with_what_a_killed_crawl_left_of_another(ferries: tuple[Path, str]) -> None:
    collection, address = ferries
    journal = collection / "ledger.sqlite-wal"
    with closing(sqlite3.connect(collection / "ledger.sqlite")) as ledger:
        ledger.execute("PRAGMA journal_mode = WAL")
        ledger.execute("DELETE FROM captures")
        ledger.commit()
        left = journal.read_bytes()
    journal.write_bytes(left)
    pull(address, collection)
    with Collection(collection) as pulled:
        assert pulled.index().count() == 12


@pytest.mark.parametrize("path", ["../../evil", "/etc/evil", "tables/../../evil", "a\\b", ""])
def test_a_manifest_that_leads_out_of_the_folder_is_not_followed(
    ferries: tuple[Path, str], objects: Any, path: str
) -> None:
    collection, address = ferries
    manifest = json.loads(objects.read("ferries/store.json"))
    objects.write("ferries/store.json", json.dumps(manifest | {"outdated": [path]}).encode())
    with pytest.raises(ReadError, match="names files outside the collection"):
        push(collection, address)  # which would delete it
    manifest["files"][path] = manifest["files"].pop("ledger.sqlite")
    objects.write("ferries/store.json", json.dumps(manifest).encode())
    with pytest.raises(ReadError, match="names files outside the collection"):
        mirror(address)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"wirecopy": {"store": 99}}', b"\xff"])
def test_what_is_no_manifest_is_told(bucket: str, objects: Any, data: bytes) -> None:
    objects.call("put", "", "put_object", Key="ferries/store.json", Body=data)
    with pytest.raises(ReadError, match=r"is no JSON|is no manifest|newer wirecopy"):
        mirror(f"{bucket}/ferries")


def test_an_altered_file_of_a_store_is_not_taken(ferries: tuple[Path, str], objects: Any) -> None:
    _, address = ferries
    key = json.loads(objects.read("ferries/store.json"))["files"]["indexes/index.cdxj"]["key"]
    data = objects.read(f"ferries/{key}")
    objects.call("spoil", "", "put_object", Key=f"ferries/{key}", Body=b"x" + data[1:])
    with pytest.raises(StoreError, match="is not what was pushed: its SHA-256 is"):
        mirror(address)


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    with pytest.raises(StoreError, match=r"is not installed; pip install 'wirecopy\[s3\]'"):
        open_objects("s3://bucket/x")
