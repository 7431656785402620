"""Tables on their way to a folder or a store: the older ones stand until all of the new ones are there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Recorder
from crawler.archive.store import StoreError
from crawler.archive.store.objects import Objects, open_objects
from crawler.archive.store.staging import Staged, staging_at
from crawler.export.delivery import Delivery, Numbered, Place, Target, deliver, delivery
from crawler.export.sources import NotWritten
from crawler.export.store_delivery import Occupied
from crawler.export.whole import whole
from crawler.export.written import export_at
from crawler.export.written import write as write_export
from tests.archive.store.gate import Gate
from tests.archive.store.test_staging import open_uploads

FILES = Numbered("articles", ".parquet")


@pytest.fixture(params=["path", "s3", "folder", "memory"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A folder, and addresses of three kinds of stores."""
    if request.param == "path":
        return tmp_path / "table"
    if request.param == "s3":
        return str(request.getfixturevalue("bucket")) + "/news/table"
    pytest.importorskip("fsspec", reason="wirecopy[s3] is not installed")
    return (tmp_path / "store/table").as_uri() if request.param == "folder" else f"memory://{tmp_path.name}/table"


@pytest.fixture(params=["s3", "folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Addresses of three kinds of stores."""
    if request.param == "s3":
        return str(request.getfixturevalue("bucket")) + "/news/table"
    pytest.importorskip("fsspec", reason="wirecopy[s3] is not installed")
    return (tmp_path / "store/table").as_uri() if request.param == "folder" else f"memory://{tmp_path.name}/table"


def to(place: Place) -> Delivery:
    return delivery(place, "extract", FILES.__contains__, FILES)


def seen(place: Place) -> dict[str, bytes]:
    """What is there by now."""
    objects: Objects = open_objects(place.as_uri() if isinstance(place, Path) else place)
    return {name: objects.read(name) for name in objects.files()}


def put(out: Delivery, *contents: bytes) -> None:
    for number, content in enumerate(contents):
        rows, staged = deliver(out.target(FILES.name(number)), lambda file, content=content: file.write_bytes(content))
        assert rows == len(content)
        out.accept(FILES.name(number), staged)


def write(place: Place, *contents: bytes) -> None:
    with to(place) as out:
        put(out, *contents)
        out.commit()


def test_the_new_files_take_the_place_of_the_older_ones_and_touch_no_other(anywhere: Place) -> None:
    write(anywhere, b"old 0", b"old 1", b"old 2")
    objects = open_objects(anywhere.as_uri() if isinstance(anywhere, Path) else anywhere)
    for name in ("articles-of-mine.parquet", "notes.txt"):
        objects.write(name, b"mine")
    mine = {"articles-of-mine.parquet": b"mine", "notes.txt": b"mine"}
    write(anywhere, b"new 0", b"new 1")
    assert seen(anywhere) == {"articles-000000.parquet": b"new 0", "articles-000001.parquet": b"new 1", **mine}


def test_whatever_ends_it_before_all_are_made_leaves_the_older_ones(anywhere: Place) -> None:
    write(anywhere, b"old 0", b"old 1")
    before = seen(anywhere)
    for error in (KeyboardInterrupt, ValueError):
        with pytest.raises(error), to(anywhere) as out:
            put(out, b"new 0")
            raise error
        assert seen(anywhere) == before
    with to(anywhere) as out:
        put(out, b"new 0")  # and nothing is committed
    assert seen(anywhere) == before


def test_what_fails_leaves_no_folder_that_was_not_there(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    for folder in (tmp_path / "new", tmp_path / "there"):
        with pytest.raises(ValueError), to(folder) as out:
            put(out, b"new 0")
            raise ValueError
    assert [file.name for file in tmp_path.iterdir()] == ["there"]


def test_what_a_killed_call_left_goes_with_the_next(anywhere: Place) -> None:
    killed: Any = to(anywhere)
    killed.__enter__()
    put(killed, b"left 0", b"left 1", b"left 2")
    killed._scratch._finalizer.detach()
    write(anywhere, b"new 0")
    assert seen(anywhere) == {"articles-000000.parquet": b"new 0"}
    if str(anywhere).startswith("s3:"):
        assert open_uploads(open_objects(str(anywhere))) == []


def test_a_collection_that_was_never_pushed_is_one_too(tmp_path: Path) -> None:
    with Recorder(tmp_path / "ferries", software="test") as recorder:
        recorder.resource("urn:text:one", b"one", "text/plain", datetime(2031, 5, 1, tzinfo=UTC)).result()
    for place, said in (("ferries", "is a collection"), ("ferries/tables", "belongs to the collection ferries")):
        with pytest.raises(Occupied, match=said), to((tmp_path / place).as_uri()):
            pass


def send(target: Target) -> Staged | None:
    _, staged = deliver(target, lambda file: file.write_bytes(b"a part"))
    return staged


def test_a_part_is_brought_here_and_is_nowhere_else(anywhere: Place) -> None:
    with to(anywhere) as out:
        part = out.bring(out.part("x"), send(out.part("x")))
        assert part.read_bytes() == b"a part"
        assert part.parent == out.folder
        put(out, b"new 0")
        out.commit()
    assert seen(anywhere) == {"articles-000000.parquet": b"new 0"}


def publish_part(store: str, out: Delivery) -> str:
    """Do half of what bringing it is; its name."""
    staged = send(out.part("x"))
    assert staged
    staging_at(store).publish(staged)
    assert staged.key in seen(store)
    return staged.key


def test_a_part_that_a_killed_call_was_fetching_goes_with_the_next(store: str) -> None:
    with to(store) as out:
        name = publish_part(store, out)
    assert [left for left in seen(store) if not left.startswith(".")] == [name]
    write(store, b"new 0")
    assert seen(store) == {"articles-000000.parquet": b"new 0"}


def test_a_part_that_can_not_be_fetched_is_left_nowhere(bucket: str, gate: Gate) -> None:
    with pytest.raises(StoreError, match="cannot read"), to(f"{bucket}/table") as out:
        staged = send(out.part("x"))
        gate.fault = lambda method, target: "denied" if method == "GET" and "part-" in target else None
        out.bring(out.part("x"), staged)
    gate.soundly()
    assert seen(f"{bucket}/table") == {}
    assert open_uploads(open_objects(bucket)) == []


def test_a_part_that_another_call_drops_is_said_to_be_and_takes_none_of_its_parts_along(store: str) -> None:
    first, second = to(store), to(store)
    with pytest.raises(StoreError, match=r"was dropped by another call|failed"), first:  # as moto says it
        staged = send(first.part("x"))
        second.__enter__()
        of_second = publish_part(store, second)
        first.bring(first.part("x"), staged)
    assert of_second in seen(store)
    second.__exit__(None, None, None)


@pytest.mark.parametrize("ended", ["by itself", "by another"])
def test_what_a_worker_sends_for_a_call_that_has_ended_is_left_nowhere(store: str, ended: str) -> None:
    with to(store) as out:
        targets = [out.target(FILES.name(0)), out.part("x")]
        if ended == "by another":
            write(store, b"new 0")
    there = seen(store)
    for target in targets:
        with pytest.raises(StoreError, match="was dropped"):
            send(target)
    assert seen(store) == there
    if store.startswith("s3:"):
        assert open_uploads(open_objects(store)) == []


@pytest.mark.parametrize("sent", ["before", "after"])
def test_of_two_calls_the_one_that_began_last_writes_and_the_other_says_so(store: str, sent: str) -> None:
    first, second = to(store), to(store)
    with pytest.raises(StoreError, match=r"was dropped by another call that writes there; run again$"), first:
        if sent == "before":
            put(first, b"first 0", b"first 1")
        second.__enter__()
        put(second, b"second")
        if sent == "after":
            put(first, b"first 0", b"first 1")
        first.commit()
    assert [name for name in seen(store) if not name.startswith(".")] == []
    second.commit()
    second.__exit__(None, None, None)
    assert seen(store) == {"articles-000000.parquet": b"second"}
    if store.startswith("s3:"):
        assert open_uploads(open_objects(store)) == []


def test_of_two_calls_that_write_to_a_folder_the_first_says_that_it_was_dropped(tmp_path: Path) -> None:
    first, second = to(tmp_path), to(tmp_path)
    with pytest.raises(NotWritten, match=r"was dropped by another call that writes there; run again$"), first:
        put(first, b"first")
        with second:
            put(second, b"second")
            second.commit()
        first.commit()
    assert seen(tmp_path) == {"articles-000000.parquet": b"second"}


def test_a_file_that_is_being_sent_while_another_call_begins_says_so(bucket: str, gate: Gate) -> None:
    writing = staging_at(f"{bucket}/table").open(FILES.name(0))
    with to(f"{bucket}/table"):
        writing.write(b"rows")
        gate.once("gone", holding="partNumber=")  # as Amazon's answers; moto's says that it failed itself
        with pytest.raises(StoreError, match=r"was dropped by another call that writes there; run again$"):
            writing.finish()


@pytest.mark.parametrize("allowed", [0, 1, 2])
def test_a_call_that_can_not_begin_leaves_no_upload(bucket: str, gate: Gate, allowed: int) -> None:
    listed = []

    def fault(method: str, target: str) -> str | None:
        if method == "GET" and "uploads" in target:
            listed.append(target)
            return "denied" if len(listed) > allowed else None
        return None

    gate.fault = fault
    with pytest.raises(StoreError, match="cannot look for"), to(f"{bucket}/table"):
        pass
    gate.soundly()
    assert open_uploads(open_objects(bucket)) == []


def test_uploads_of_others_below_an_address_are_left_alone(bucket: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"rows")
    of_others = staging_at(f"{bucket}/tables")
    staged = [of_others.put(key, tmp_path / "file") for key in ("articles.of.mine.gz", "articles.old/articles.csv")]
    with export_at(f"{bucket}/tables") as out:
        write_export([], "csv", out)
    for each in staged:
        of_others.publish(each)
    assert "articles.of.mine.gz" in seen(f"{bucket}/tables")


def test_a_listing_that_lags_behind_leaves_no_part_of_the_older_table(bucket: str, gate: Gate) -> None:
    write(f"{bucket}/table", *[b"old"] * 4)
    gate.fault = lambda method, target: "empty-listing" if "list-type=2" in target else None
    write(f"{bucket}/table", b"new")
    gate.soundly()
    assert seen(f"{bucket}/table") == {"articles-000000.parquet": b"new"}


def test_a_store_that_neither_tells_of_uploads_nor_drops_them_gets_tables(bucket: str, gate: Gate) -> None:
    gate.fault = lambda method, target: (
        "not-implemented" if (method == "DELETE" and "uploadId=" in target) or "?uploads&prefix" in target else None
    )  # as s3rver 3.7
    write(f"{bucket}/table", b"old", b"old")
    with pytest.raises(KeyboardInterrupt), to(f"{bucket}/table") as out:
        put(out, b"cut")
        raise KeyboardInterrupt
    write(f"{bucket}/table", b"new")
    assert seen(f"{bucket}/table") == {"articles-000000.parquet": b"new"}
    assert sum(each.status == 501 for each in gate.passed) > 6


def test_a_store_that_goes_away_while_files_take_their_places_says_how_many_have(bucket: str, gate: Gate) -> None:
    write(f"{bucket}/table", *[b"old"] * 3)
    with (
        pytest.raises(StoreError, match=rf"of {bucket}/table, 2 of 3 files came anew until now"),
        to(f"{bucket}/table") as out,
    ):
        put(out, b"new", b"new", b"new")
        gate.once("denied", method="POST", holding="articles-000002", times=9)
        out.commit()
    gate.soundly()
    assert sorted(seen(f"{bucket}/table").values()) == [b"new", b"new", b"old"]
    write(f"{bucket}/table", b"newer")
    assert seen(f"{bucket}/table") == {"articles-000000.parquet": b"newer"}


@pytest.fixture(params=["path", "s3", "folder", "memory"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A file in a folder, and in three kinds of stores."""
    if request.param == "path":
        (tmp_path / "news").mkdir()
        yield tmp_path / "news/articles.jsonl"
        return
    if request.param == "s3":
        yield str(request.getfixturevalue("bucket")) + "/news/articles.jsonl"
        return
    pytest.importorskip("fsspec", reason="wirecopy[s3] is not installed")
    folder = (tmp_path / "news").as_uri() if request.param == "folder" else f"memory://{tmp_path.name}"
    yield f"{folder}/articles.jsonl"


def text_at(file: Place) -> dict[str, bytes]:
    return seen(file.parent if isinstance(file, Path) else file.rpartition("/")[0])


def test_a_file_is_replaced_as_a_whole(file: Place) -> None:
    for text in ("old\n", "", "é\n" * 700_000):
        with whole(file) as out:
            for line in text.splitlines(keepends=True):
                out.write(line)
        assert text_at(file) == {"articles.jsonl": text.encode()}
    before = text_at(file)
    with pytest.raises(KeyboardInterrupt), whole(file) as out:
        out.write("new\n" * 500_000)
        raise KeyboardInterrupt
    assert text_at(file) == before
    with whole(file) as out:
        out.write("new\n")
        out.discard()
    assert text_at(file) == before


def test_what_else_is_there_is_not_written_over(bucket: str, objects: Any) -> None:
    objects.write("news/ferries/store.json", json.dumps({}).encode())
    objects.write("file", b"mine")
    for place, said in (
        ("news/ferries", "is a collection; name another"),
        ("news/ferries/tables", "belongs to the collection ferries"),
        ("file", "is a file; name a folder"),
    ):
        with pytest.raises(Occupied, match=said), to(f"{bucket}/{place}"):
            pass
    for place, said in (
        ("news", "is a folder; name a file in it: s3://.*/news/articles.jsonl"),
        ("news/", "is a folder"),
        ("news/ferries/x.jsonl", "is a collection"),
        ("file/x.jsonl", "is a file; name a folder"),
    ):
        with pytest.raises(Occupied, match=said):
            whole(f"{bucket}/{place}")
    with pytest.raises(Occupied, match="is a bucket; name a file in it"):
        whole(bucket)
    assert open_uploads(objects) == []
    write(bucket, b"new")  # where a folder is wanted, a bucket is one
    assert seen(bucket)["articles-000000.parquet"] == b"new"
