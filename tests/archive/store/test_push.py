"""A collection goes into a store whole, verified, and can be had again; what is interrupted is gone on with."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection, CollectionError, CollectionLocked, ReadError, Recorder, pack, rebuild_index
from crawler.archive.layout import write_json
from crawler.archive.store import (
    Access,
    Altered,
    Conflict,
    StoreError,
    manifest,
    note,
    pull,
    push,
    push_warcs,
    remove_pushed,
    waiting,
)
from crawler.archive.store.objects import open_objects
from crawler.archive.store.s3_parts import PART
from tests.archive.store.gate import Gate
from tests.archive.store.stores import AT, files_of, record
from tests.forkserver import ForkServer

NOW = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture(params=["s3", "folder", "memory"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Addresses of three kinds of stores."""
    if request.param == "s3":
        return str(request.getfixturevalue("bucket")) + "/news/ferries"
    pytest.importorskip("fsspec", reason="wirecopy[s3] is not installed")
    return (tmp_path / "store/ferries").as_uri() if request.param == "folder" else f"memory://{tmp_path.name}/ferries"


def test_what_is_pushed_can_be_pulled_byte_for_byte(anywhere: str, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one", "two", rotate=2000)
    done = push(collection, anywhere)
    assert (done.sent, done.removed) == (done.held, ())
    pulled = pull(anywhere, tmp_path / "again")
    assert pulled.fetched == pulled.held == done.held
    assert files_of(tmp_path / "again") == files_of(collection)
    assert pull(anywhere, tmp_path / "again").fetched == 0


def test_only_what_is_new_is_sent(anywhere: str, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one")
    push(collection, anywhere)
    assert push(collection, anywhere).sent == 0
    record(collection, "two")
    sent = push(collection, anywhere)
    assert sent.sent == 4  # the WARC, index, ledger and datapackage
    pull(anywhere, tmp_path / "again")
    assert files_of(tmp_path / "again") == files_of(collection)


def test_local_copies_go_when_they_are_old_and_the_collection_reads_as_before(anywhere: str, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one", "two")
    before = {capture.url: capture.body() for capture in Collection(collection).captures()}
    assert push(collection, anywhere, keep=timedelta(days=2), now=NOW).removed == ()
    assert len(push(collection, anywhere, keep=timedelta(hours=1), now=NOW).removed) == 1
    with Collection(collection) as thin:
        assert {capture.url: capture.body() for capture in thin.captures()} == before
        found = thin.find("urn:text:two")
        assert found is not None
        assert found.body() == before["urn:text:two"]
    record(collection, "three")  # goes on where it was
    assert push(collection, anywhere).sent == 4
    listed = json.loads((collection / "datapackage.json").read_bytes())["resources"]
    assert len([entry for entry in listed if entry["path"].startswith("archive/")]) == 2
    pull(anywhere, tmp_path / "again")
    with Collection(tmp_path / "again") as again:
        assert len(list(again.captures())) == 3


def test_what_needs_all_warcs_says_where_they_are(bucket: str, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one")
    push(collection, f"{bucket}/ferries", keep=timedelta(), now=NOW)
    with pytest.raises(CollectionError, match=f"are only in {bucket}/ferries; to pack it, fetch them first"):
        pack(collection, tmp_path / "ferries.wacz")
    with pytest.raises(CollectionError, match="to push to s3://elsewhere/x it, fetch them first"):
        push(collection, "s3://elsewhere/x")


@pytest.fixture
def two(anywhere: str, tmp_path: Path) -> tuple[str, str]:
    """Two stores, the first of any kind."""
    pytest.importorskip("fsspec", reason="wirecopy[s3] is not installed")
    return anywhere, (tmp_path / "second/ferries").as_uri()


def test_a_collection_may_be_in_two_stores_each_with_its_own_state(two: tuple[str, str], tmp_path: Path) -> None:
    one, other = two
    collection = record(tmp_path / "ferries", "one")
    assert push(collection, one).sent == push(collection, other).sent == 5
    assert [push(collection, address).sent for address in two] == [0, 0]
    record(collection, "two")
    assert push(collection, one).sent == 4
    assert waiting(collection, one) == []
    assert waiting(collection, other) == warcs(collection)[1:]
    record(collection, "three")
    assert push(collection, other).sent == 5
    assert push(collection, one).sent == 4
    for number, address in enumerate(two):
        pull(address, tmp_path / f"again-{number}")
        assert files_of(tmp_path / f"again-{number}") == files_of(collection)


def test_a_warc_leaves_this_machine_when_all_its_stores_hold_it(two: tuple[str, str], tmp_path: Path) -> None:
    one, other = two
    collection = record(tmp_path / "ferries", "one")
    push(collection, one)
    push(collection, other)
    record(collection, "two")
    done = push(collection, one, keep=timedelta(), now=NOW)
    assert (len(done.removed), len(done.kept)) == (1, 1)
    done = push(collection, other, keep=timedelta(), now=NOW)
    assert (len(done.removed), len(done.kept)) == (1, 0)
    assert warcs(collection) == []
    assert [push(collection, address).sent for address in two] == [0, 0]
    with Collection(collection) as thin:
        assert {capture.url for capture in thin.captures()} == {"urn:text:one", "urn:text:two"}
        assert all(capture.body() for capture in thin.captures())
    third = (tmp_path / "third/ferries").as_uri()
    with pytest.raises(CollectionError, match=f"2 of its WARCs are only in {one}; to push to {third} it"):
        push(collection, third)
    assert pull(other, collection).fetched == 2
    assert push(collection, third).sent == 6


def test_what_one_store_loses_the_other_keeps(two: tuple[str, str], tmp_path: Path) -> None:
    one, other = two
    collection = record(tmp_path / "ferries", "one")
    push(collection, one)
    push(collection, other)
    remove_pushed(collection, one)
    with pytest.raises(ReadError, match="holds no collection"):
        pull(one, tmp_path / "again")
    with pytest.raises(Conflict, match=r"delete store\.json beside the local one"):
        push(collection, one)
    (collection / "store.json").unlink()
    assert push(collection, other).sent == 0
    assert push(collection, one).sent == 5


def warcs(collection: Path) -> list[Path]:
    return sorted((collection / "archive").iterdir())


def test_an_index_is_made_again_from_warcs_in_the_store(bucket: str, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one", "two")
    push(collection, f"{bucket}/ferries", keep=timedelta(), now=NOW)
    index = (collection / "indexes/index.cdxj").read_bytes()
    (collection / "indexes/index.cdxj").unlink()
    (collection / "ledger.sqlite").unlink()
    found: list[Any] = []
    assert rebuild_index(collection, damage=found.append) == 2
    assert found == []
    assert (collection / "indexes/index.cdxj").read_bytes() == index


def test_warcs_go_while_the_next_is_written(bucket: str, gate: Gate, tmp_path: Path) -> None:
    address = f"{bucket}/ferries"
    with Recorder(tmp_path / "ferries", software="test", rotate_bytes=1000) as recorder:
        for number in range(3):
            recorder.resource(f"urn:{number}", os.urandom(2000), "image/png", AT).result()
        assert len(waiting(tmp_path / "ferries", address)) == 2
        assert push_warcs(tmp_path / "ferries", address) > 4000
        assert waiting(tmp_path / "ferries", address) == []
        with pytest.raises(CollectionLocked):
            push(tmp_path / "ferries", address)
    gate.soundly()
    push(tmp_path / "ferries", address)
    assert sum(each.method == "PUT" and "/archive/" in each.target for each in gate.passed) == 1


def test_a_small_warc_costs_two_requests_and_its_checksum_is_the_stores(
    bucket: str, gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = record(tmp_path / "ferries", "one")
    seen: list[str] = []
    from crawler.archive.store.s3 import S3Objects

    told = S3Objects.see

    def with_checksum(self: S3Objects, key: str) -> Any:
        found = told(self, key)
        seen.append(key)
        file = collection / key.removeprefix("ferries/")
        return type(found)(found.size, self.checksum_of(file)) if found else None  # as Amazon's answers; moto's lack it

    monkeypatch.setattr(S3Objects, "see", with_checksum)
    assert push_warcs(collection, f"{bucket}/ferries") > 0
    assert [each.method for each in gate.passed] == ["PUT", "HEAD"]
    assert len(seen) == 1


def test_a_large_warc_goes_in_parts(bucket: str, gate: Gate, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", size=PART)
    push_warcs(collection, f"{bucket}/ferries")
    assert sum(each.is_part for each in gate.passed) == 2
    assert [each.method for each in gate.passed] == ["POST", "PUT", "PUT", "POST", "HEAD"]
    (warc,) = (collection / "archive").iterdir()
    assert max(each.sent for each in gate.passed) == PART < warc.stat().st_size


def test_altered_on_the_way_it_is_sent_again(bucket: str, gate: Gate, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one")
    gate.once("corrupt", holding="/archive/")
    push(collection, f"{bucket}/ferries")
    assert gate.count("PUT", "/archive/") == 2
    pull(f"{bucket}/ferries", tmp_path / "again")
    assert files_of(tmp_path / "again") == files_of(collection)


@pytest.mark.parametrize("size", [0, PART])
def test_altered_each_time_nothing_leaves_this_machine(bucket: str, gate: Gate, tmp_path: Path, size: int) -> None:
    collection = record(tmp_path / "ferries", "one", size=size)
    before = files_of(collection)
    gate.fault = lambda method, target: "corrupt" if method == "PUT" and "/archive/" in target else None
    with pytest.raises(Altered, match="what arrived is not what was sent"):
        push(collection, f"{bucket}/ferries", Access(read_back=True), keep=timedelta(), now=NOW)
    assert files_of(collection) == before
    gate.soundly()
    assert len(push(collection, f"{bucket}/ferries", keep=timedelta(), now=NOW).removed) == 1


def test_a_warc_that_was_altered_here_is_not_sent(bucket: str, gate: Gate, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one")
    (warc,) = (collection / "archive").iterdir()
    warc.write_bytes(warc.read_bytes()[:-1] + b"?")
    with pytest.raises(StoreError, match="was altered: its digest is sha256"):
        push(collection, f"{bucket}/ferries")
    assert gate.count("PUT") == 0


def test_a_warc_is_not_removed_that_the_store_has_lost(bucket: str, objects: Any, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one")
    push(collection, f"{bucket}/ferries")
    (warc,) = (collection / "archive").iterdir()
    objects.remove(f"ferries/archive/{warc.name}")
    with pytest.raises(Altered, match="is gone or altered"):
        push(collection, f"{bucket}/ferries", keep=timedelta(), now=NOW)
    assert warc.exists()


@pytest.fixture
def killed_once_it_hangs(forks: ForkServer, gate: Gate) -> Callable[[Path, str], None]:
    """Push in a process of its own, killed in the midst of the request that the gate holds up."""

    def push_and_kill(collection: Path, address: str) -> None:
        process = forks.start("crawler.cli:main", ["push", collection, address])
        assert gate.hanging.wait(120)
        os.kill(process.pid, signal.SIGKILL)
        assert process.finish().returncode == -signal.SIGKILL
        gate.open.set()

    return push_and_kill


def test_killed_in_the_middle_the_parts_that_are_there_are_not_sent_again(
    bucket: str, gate: Gate, killed_once_it_hangs: Any, objects: Any, tmp_path: Path
) -> None:
    collection = record(tmp_path / "ferries", size=PART)
    gate.once("hang", holding="partNumber=2")
    killed_once_it_hangs(collection, f"{bucket}/ferries")
    assert sum(each.is_part for each in gate.passed) == 1
    gate.soundly()
    push(collection, f"{bucket}/ferries")
    assert sum(each.is_part for each in gate.passed) == 1
    assert gate.count("POST", "uploads") == 0
    assert open_uploads(objects) == []
    pull(f"{bucket}/ferries", tmp_path / "again")
    assert files_of(tmp_path / "again") == files_of(collection)


def test_killed_before_it_learns_the_name_of_its_upload_no_parts_are_left_behind(
    bucket: str, gate: Gate, killed_once_it_hangs: Any, objects: Any, tmp_path: Path
) -> None:
    collection = record(tmp_path / "ferries", size=PART)
    gate.once("hang-answer", method="POST", holding="uploads")
    killed_once_it_hangs(collection, f"{bucket}/ferries")
    assert len(open_uploads(objects)) == 1
    gate.soundly()
    push(collection, f"{bucket}/ferries")
    assert open_uploads(objects) == []


@pytest.mark.parametrize("size", [0, PART])
def test_killed_between_upload_and_note_nothing_is_sent_twice(
    bucket: str, gate: Gate, killed_once_it_hangs: Any, tmp_path: Path, size: int
) -> None:
    collection = record(tmp_path / "ferries", "one", size=size)
    gate.once("hang-answer", method="POST" if size else "PUT", holding="uploadId" if size else "/archive/")
    killed_once_it_hangs(collection, f"{bucket}/ferries")
    gate.soundly()
    push(collection, f"{bucket}/ferries")
    assert gate.count("PUT", "/archive/") == gate.count("POST") == 0
    pull(f"{bucket}/ferries", tmp_path / "again")
    assert files_of(tmp_path / "again") == files_of(collection)


def test_the_note_of_what_is_stored_is_not_written_anew_for_each_file(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = record(tmp_path / "ferries", "one")
    (collection / "tables").mkdir()
    for number in range(30):
        (collection / "tables" / f"{number}.jsonl").write_text(f"{number}\n")
    written = []
    monkeypatch.setattr(note, "write_json", lambda file, value: written.append(file) or write_json(file, value))
    assert push(collection, f"{bucket}/ferries").sent > 30
    assert len(written) < 6
    assert not note.journal_of(collection / "store.json").exists()


def test_a_journal_that_was_cut_off_or_belongs_to_another_note_tells_nothing(bucket: str, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one")
    push(collection, f"{bucket}/ferries")
    [kept] = note.read_notes(collection)
    stored = manifest.Stored("a", 1, "b")
    lines = [["other", "x", {"key": "a", "bytes": 1, "sha256": "b"}], [kept.journal, "y", stored_as_json(stored)]]
    text = "".join(json.dumps(line) + "\n" for line in lines) + json.dumps([kept.journal, "z", {}])[:-9]
    note.journal_of(collection / "store.json").write_text(text)
    [again] = note.read_notes(collection)
    assert set(again.manifest.files) - set(kept.manifest.files) == {"y"}


def stored_as_json(stored: manifest.Stored) -> dict[str, Any]:
    return {"key": stored.key, "bytes": stored.size, "sha256": stored.digest}


def test_killed_after_the_manifest_was_written_it_is_not_taken_for_anothers(
    bucket: str, gate: Gate, killed_once_it_hangs: Any, tmp_path: Path
) -> None:
    collection = record(tmp_path / "ferries", "one")
    gate.once("hang-answer", holding="store.json")
    killed_once_it_hangs(collection, f"{bucket}/ferries")
    gate.soundly()
    assert push(collection, f"{bucket}/ferries").sent == 0
    record(collection, "two")
    push(collection, f"{bucket}/ferries")


@pytest.mark.slow
def test_killed_again_and_again_nothing_is_left_in_the_store_that_nobody_names(
    bucket: str, gate: Gate, objects: Any, killed_once_it_hangs: Any, tmp_path: Path
) -> None:
    collection = tmp_path / "ferries"
    for text in ("one", "two", "three"):
        record(collection, text)
        gate.once("hang", holding="store.json")
        killed_once_it_hangs(collection, f"{bucket}/ferries")
        gate.soundly()
    for text in ("four", "five"):
        push(record(collection, text), f"{bucket}/ferries")
    manifest = json.loads(objects.read("ferries/store.json"))
    named = {"store.json", *manifest["outdated"], *(entry["key"] for entry in manifest["files"].values())}
    listed = objects.call("list", "", "list_objects_v2")["Contents"]
    assert {entry["Key"].removeprefix("ferries/") for entry in listed} == named


def open_uploads(objects: Any) -> list[Any]:
    return list(objects.call("list", "", "list_multipart_uploads").get("Uploads", ()))


def test_a_store_that_never_answered_is_given_up_sooner_than_one_that_did(
    bucket: str, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_MAX_ATTEMPTS")
    monkeypatch.setattr("random.random", lambda: 0.0)
    tries = []

    def fault(method: str, target: str) -> str:
        tries.append(target)
        return "cut"

    for answered, tried in ((False, 6), (True, 12)):  # aiohttp does each twice where the connection breaks off
        objects = open_objects(bucket, Access(region="us-east-1"))
        if answered:
            assert objects.see("store.json") is None
        tries.clear()
        gate.fault = fault
        with pytest.raises(StoreError, match="run again once the store answers"):
            objects.read("store.json")
        assert len(tries) == tried
        gate.soundly()


@pytest.mark.parametrize("fault", ["cut", "cut-answer", "slow-down"])
def test_what_passes_by_itself_is_tried_again(bucket: str, gate: Gate, tmp_path: Path, fault: str) -> None:
    collection = record(tmp_path / "ferries", "one")
    gate.once(fault, holding="/archive/")
    push(collection, f"{bucket}/ferries")
    pull(f"{bucket}/ferries", tmp_path / "again")
    assert files_of(tmp_path / "again") == files_of(collection)


def test_an_object_that_shows_late_is_waited_for(bucket: str, gate: Gate, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one")
    gate.once("gone", method="HEAD", holding="/archive/", times=2)
    push(collection, f"{bucket}/ferries")
    assert gate.count("PUT", "/archive/") == 1


def test_no_listing_is_asked_what_there_is(bucket: str, gate: Gate, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one")
    push(collection, f"{bucket}/ferries", keep=timedelta(), now=NOW)
    record(collection, "two")
    push(collection, f"{bucket}/ferries")
    pull(f"{bucket}/ferries", tmp_path / "again")
    with Collection(collection) as thin:
        list(thin.captures())
    assert [each for each in gate.passed if "list-type" in each.target or "prefix=" in each.target.lower()] == []


def test_another_collection_is_never_written_over(bucket: str, tmp_path: Path) -> None:
    push(record(tmp_path / "ferries", "one"), f"{bucket}/ferries")
    with pytest.raises(Conflict, match="holds another collection"):
        push(record(tmp_path / "other", "two"), f"{bucket}/ferries")


def test_what_was_pushed_from_elsewhere_meanwhile_is_not_undone(bucket: str, tmp_path: Path) -> None:
    address = f"{bucket}/ferries"
    here = record(tmp_path / "ferries", "one")
    push(here, address)
    there = tmp_path / "there"
    pull(address, there)
    push(record(there, "two"), address)
    record(here, "three")
    with pytest.raises(Conflict, match=r"changed from elsewhere .*2 pushes there, 1 known here"):
        push(here, address)
    with pytest.raises(CollectionError, match="holds captures that were never pushed"):
        pull(address, here)


def test_of_two_that_pushed_at_once_the_one_that_was_written_over_is_told(
    bucket: str, objects: Any, tmp_path: Path
) -> None:
    collection = record(tmp_path / "ferries", "one")
    push(collection, f"{bucket}/ferries")
    manifest = json.loads(objects.read("ferries/store.json"))
    objects.write("ferries/store.json", json.dumps(manifest | {"token": "another"}).encode())
    record(collection, "two")
    with pytest.raises(Conflict, match="was changed from elsewhere"):
        push(collection, f"{bucket}/ferries")


def test_readers_of_the_older_state_are_left_in_peace_and_it_goes_after_that(
    bucket: str, objects: Any, tmp_path: Path
) -> None:
    address = f"{bucket}/ferries"
    collection = record(tmp_path / "ferries", "one")
    push(collection, address)
    first = json.loads(objects.read("ferries/store.json"))["files"]["ledger.sqlite"]["key"]
    push(record(collection, "two"), address)
    assert objects.see(f"ferries/{first}") is not None
    push(record(collection, "three"), address)
    assert objects.see(f"ferries/{first}") is None


def test_a_collection_is_deleted_without_a_trace(bucket: str, objects: Any, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one")
    for text in ("two", "three"):
        push(record(collection, text), f"{bucket}/ferries")
    remove_pushed(collection, f"{bucket}/ferries")
    assert objects.call("list", "", "list_objects_v2").get("KeyCount") == 0


@pytest.mark.parametrize(
    ("address", "environment", "told"),
    [
        ("s3://no-such-bucket-here/x", {}, "there is no such bucket; make it, or correct the address"),
        ("s3://x/y", {}, "no bucket can have this name|there is no such bucket"),
        ("BUCKET/x", {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "no credentials; set AWS_ACCESS_KEY_ID"),
        ("BUCKET/x", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "it can't be reached; run again"),
        ("nowhere://x/y", {}, "Protocol not known: nowhere"),
    ],
)
def test_what_is_wrong_with_a_store_is_one_line(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, environment: dict[str, str], told: str
) -> None:
    collection = record(tmp_path / "ferries", "one")
    before = files_of(collection)
    for name, value in environment.items():
        monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name)
    with pytest.raises(StoreError, match=told) as error:
        push(collection, address.replace("BUCKET", bucket))
    assert "\n" not in str(error.value)
    assert files_of(collection) == before


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("slow-down", "the store is overloaded; run again once the store answers"),
        ("denied", "the store knows no such key; check AWS_ACCESS_KEY_ID|the store refuses it"),
        ("cut", "the connection broke off"),
    ],
)
def test_a_store_that_goes_on_failing_is_one_line(
    bucket: str, gate: Gate, tmp_path: Path, fault: str, told: str
) -> None:
    collection = record(tmp_path / "ferries", "one")
    before = files_of(collection)
    gate.always(fault)
    with pytest.raises(StoreError, match=told) as error:
        push(collection, f"{bucket}/ferries")
    assert "\n" not in str(error.value)
    assert files_of(collection) == before
    gate.soundly()
    assert push(collection, f"{bucket}/ferries").held == 5


def test_a_ledger_with_a_journal_beside_it_is_sent_whole(bucket: str, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one")
    with Collection(collection) as reading:  # keeps the journal from being folded in
        assert reading.index().count() == 1
        record(collection, "two")
        push(collection, f"{bucket}/ferries")
    pull(f"{bucket}/ferries", tmp_path / "again")
    with Collection(tmp_path / "again") as again:
        assert again.index().count() == 2


def test_whatever_name_a_file_has_it_can_be_pulled_or_is_not_pushed(bucket: str, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one")
    (collection / "notes: café.txt").write_text("seen at 12:00")
    push(collection, f"{bucket}/ferries")
    pull(f"{bucket}/ferries", tmp_path / "again")
    assert files_of(tmp_path / "again") == files_of(collection)
    for name in (b"a\\b", b"two\nlines", b"caf\xe9"):
        odd = Path(os.fsdecode(os.fsencode(collection) + b"/" + name))
        odd.touch()
        with pytest.raises(StoreError, match="rename it"):
            push(collection, f"{bucket}/ferries")
        odd.unlink()
    assert push(collection, f"{bucket}/ferries").sent == 0
