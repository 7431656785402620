from __future__ import annotations

import contextlib
import errno
import gzip
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import freezegun
import pytest

from crawler.archive import (
    ArchiveError,
    Collection,
    CollectionError,
    Recorded,
    Recorder,
    end_run,
    pack,
    rebuild_index,
    writer,
)
from crawler.archive.errors import LedgerDamaged
from crawler.archive.layout import INDEX, LEDGER
from crawler.archive.ledger import Ledger
from crawler.archive.ledger_file import LedgerFile
from crawler.model import Exchange, Failure, Outcome, Purpose, Role

Make = Callable[..., Exchange]
Record = Callable[..., list[Recorded]]
CRAWL = """
import io, os, sys, resource
from datetime import UTC, datetime
from crawler.archive import ArchiveError, Recorder
from crawler.model import Exchange, Outcome, Purpose, Role

def exchange(number, size):
    return Exchange(
        f"http://a.example/{number}", datetime(2026, 3, 1, tzinfo=UTC), io.BytesIO(b"GET / HTTP/1.1\\r\\n\\r\\n"),
        io.BytesIO(b"HTTP/1.1 200 OK\\r\\n\\r\\n%d " % number + os.urandom(size)), Purpose(Role.SEED), Outcome.OK,
    )
"""
KILLED = (
    CRAWL
    + """
recorder = Recorder(sys.argv[1], software="wirecopy/test")
for number in range(5):
    recorder.record(exchange(number, 100)).result(120)
    print(number, flush=True)
sys.stdin.read()
"""
)
FULL = (
    CRAWL
    + """
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
recorder = Recorder(sys.argv[1], software="wirecopy/test")
errors = []
for number in range(12):
    try:
        recorder.record(exchange(number, 70_000)).result(120)
        print(number, flush=True)
    except ArchiveError as error:
        errors.append(str(error))
try:
    recorder.close()
except ArchiveError as error:
    errors.append(str(error))
print(len(errors), set(errors))
"""
)


def killed_crawl(folder: Path) -> list[str]:
    """What a crawl counted as captured before it was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as crawl:
        assert crawl.stdout is not None
        counted = [crawl.stdout.readline().decode().strip() for _ in range(5)]
        crawl.send_signal(signal.SIGKILL)
        crawl.wait(120)
    return [f"http://a.example/{number}" for number in counted]


def urls(folder: Path) -> list[str]:
    with Collection(folder) as collection:
        read = [capture.url for capture in collection.captures() if capture.body()]
        assert collection.damage == []
        assert all(collection.find(url) is not None for url in read)
    return read


def test_what_counted_survives_a_kill_and_the_next_start_finishes_the_file(tmp_path: Path, exchange: Make) -> None:
    counted = killed_crawl(tmp_path / "c")
    (left,) = (tmp_path / "c" / "archive").iterdir()
    assert left.name.endswith(".open")
    with pytest.raises(CollectionError, match="left by a crawl that was killed"):
        pack(tmp_path / "c", tmp_path / "c.wacz")
    with Recorder(tmp_path / "c", software="wirecopy/test") as recorder:
        (recovered,) = recorder.recovered
        assert (recovered.captures, recovered.cut, recovered.tail) == (5, 0, None)
        recorder.record(exchange()).result(120)
    assert urls(tmp_path / "c") == [*counted, "https://www.news.example/story"]


def test_a_torn_tail_is_cut_off_and_kept_beside(tmp_path: Path) -> None:
    counted = killed_crawl(tmp_path / "c")
    (left,) = (tmp_path / "c" / "archive").iterdir()
    torn = gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\n" + os.urandom(500))[:300]
    with left.open("ab") as file:
        file.write(torn)
    Recorder(tmp_path / "c", software="wirecopy/test").close()
    final, tail = sorted((tmp_path / "c" / "archive").iterdir())
    assert (final.name, tail.name) == (left.name.removesuffix(".open"), final.name + ".tail")
    assert tail.read_bytes() == torn
    assert gzip.decompress(final.read_bytes()).endswith(b"\r\n\r\n")
    assert urls(tmp_path / "c") == counted


def test_captures_that_the_ledger_missed_are_entered(tmp_path: Path) -> None:
    counted = killed_crawl(tmp_path / "c")
    for file in (tmp_path / "c").glob("ledger.sqlite*"):
        file.unlink()
    Recorder(tmp_path / "c", software="wirecopy/test").close()
    assert urls(tmp_path / "c") == counted


def members(warc: Path) -> list[bytes]:
    """The gzip members of a file."""
    data, found = warc.read_bytes(), []
    while data:
        inflater = zlib.decompressobj(31)
        inflater.decompress(data)
        assert inflater.eof
        found.append(data[: len(data) - len(inflater.unused_data)])
        data = inflater.unused_data
    return found


def test_an_exchange_without_its_end_is_cut_off_whole(tmp_path: Path) -> None:
    counted = killed_crawl(tmp_path / "c")
    (left,) = (tmp_path / "c" / "archive").iterdir()
    *kept, metadata, request, _ = members(left)
    left.write_bytes(b"".join([*kept, metadata, request]))
    (tmp_path / "c" / "ledger.sqlite").unlink()
    Recorder(tmp_path / "c", software="wirecopy/test").close()
    assert urls(tmp_path / "c") == counted[:-1]
    (tail,) = (tmp_path / "c" / "archive").glob("*.tail")
    assert tail.read_bytes() == metadata + request


def test_damage_in_the_midst_is_taken_out_and_the_damaged_file_kept(tmp_path: Path) -> None:
    counted = killed_crawl(tmp_path / "c")
    (left,) = (tmp_path / "c" / "archive").iterdir()
    parts = members(left)
    parts[6] = bytes(len(parts[6]))  # the second response: a block that never reached the disk
    left.write_bytes(b"".join(parts))
    found = left.read_bytes()
    with Recorder(tmp_path / "c", software="wirecopy/test") as recorder:
        (recovered,) = recorder.recovered
    assert recovered.captures == 4
    assert recovered.tail is not None
    assert recovered.tail.read_bytes() == found
    assert urls(tmp_path / "c") == [counted[0], *counted[2:]]
    assert b"".join(members(recovered.file)) == b"".join([*parts[:4], *parts[7:]])


def test_recovery_that_was_cut_off_itself_is_begun_again(tmp_path: Path) -> None:
    counted = killed_crawl(tmp_path / "c")
    (left,) = (tmp_path / "c" / "archive").iterdir()
    with left.open("ab") as file:
        file.write(b"torn")
    tail = left.with_name(left.name.removesuffix(".open") + ".tail")
    tail.write_bytes(b"torn")  # kept, and then not cut off any more
    Recorder(tmp_path / "c", software="wirecopy/test").close()
    assert urls(tmp_path / "c") == counted
    assert [file.name for file in (tmp_path / "c" / "archive").glob("*.tail*")] == [tail.name]


def test_captures_lie_where_the_ledger_says_though_the_recovery_of_a_damaged_file_was_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = killed_crawl(tmp_path / "c")
    (left,) = (tmp_path / "c" / "archive").iterdir()
    parts = members(left)
    parts[6] = bytes(len(parts[6]))
    left.write_bytes(b"".join(parts))

    def stop(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("crawler.archive.recovery._enter", stop)  # the file is cut by then
        Recorder(tmp_path / "c", software="wirecopy/test")
    Recorder(tmp_path / "c", software="wirecopy/test").close()
    assert urls(tmp_path / "c") == [counted[0], *counted[2:]]


def test_captures_lie_where_the_ledger_says_though_a_warc_was_compressed_anew(
    tmp_path: Path, record: Record, exchange: Make
) -> None:
    asked = [f"https://www.news.example/{number}" for number in range(3)]
    record(*(exchange(url, url.encode() * 50) for url in asked))
    (warc,) = (tmp_path / "c" / "archive").iterdir()
    warc.write_bytes(b"".join(gzip.compress(gzip.decompress(member), 1) for member in members(warc)))
    Recorder(tmp_path / "c", software="wirecopy/test").close()
    assert urls(tmp_path / "c") == asked


@pytest.mark.parametrize("after", [1, 2])
def test_captures_lie_where_the_ledger_says_though_it_was_cut_off_as_it_forgot_a_file(
    tmp_path: Path, record: Record, exchange: Make, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    asked = [f"https://www.news.example/{number}" for number in range(3)]
    record(*(exchange(url, url.encode() * 50) for url in asked))
    (warc,) = (tmp_path / "c" / "archive").iterdir()
    warc.write_bytes(b"".join(gzip.compress(gzip.decompress(member), 1) for member in members(warc)))
    done: list[str] = []

    def change(file: LedgerFile, statement: str, *values: object) -> int:
        if len(done) == after:
            raise KeyboardInterrupt
        done.append(statement)
        return executed(file, statement, *values)

    executed = LedgerFile.execute_synced
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(LedgerFile, "execute_synced", change)
        Recorder(tmp_path / "c", software="wirecopy/test")
    Recorder(tmp_path / "c", software="wirecopy/test").close()
    assert urls(tmp_path / "c") == asked


def test_a_finished_file_that_the_ledger_lost_is_entered(tmp_path: Path, record: Record, exchange: Make) -> None:
    record(exchange())
    with contextlib.closing(sqlite3.connect(tmp_path / "c" / "ledger.sqlite", isolation_level=None)) as ledger:
        ledger.execute("DELETE FROM captures")
        ledger.execute("DELETE FROM files")
    Recorder(tmp_path / "c", software="wirecopy/test").close()
    assert urls(tmp_path / "c") == ["https://www.news.example/story"]


def damage_in_its_midst(ledger: Path) -> None:
    with contextlib.closing(sqlite3.connect(ledger)) as opened:
        (size,) = opened.execute("PRAGMA page_size").fetchone()
        (page,) = opened.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'captures'").fetchone()
    data = bytearray(ledger.read_bytes())
    data[(page - 1) * size : page * size] = os.urandom(size)
    ledger.write_bytes(data)


def test_a_ledger_that_is_damaged_in_its_midst_is_made_again_from_the_warcs(
    tmp_path: Path, record: Record, exchange: Make
) -> None:
    asked = [f"https://www.news.example/{number}" for number in range(100)]
    record(*(exchange(url, url.encode()) for url in asked))
    nowhere = Failure("http://a.example/", datetime.now(UTC), Purpose(Role.SEED), Outcome.UNREACHABLE, "nobody there")
    with Recorder(tmp_path / "c", software="wirecopy/test") as recorder:
        recorder.fail(nowhere).result(120)
    file = tmp_path / "c" / LEDGER
    damage_in_its_midst(file)
    with pytest.raises(LedgerDamaged, match="see `wirecopy index`"):
        record(exchange())
    rebuild_index(tmp_path / "c")
    assert urls(tmp_path / "c")[:100] == asked
    with Collection(tmp_path / "c") as collection:
        assert list(collection.failures()) == [nowhere]
    assert file.with_name(f"{LEDGER}.broken").exists()


def test_a_ledger_that_a_power_cut_damaged_is_made_again_by_the_next_crawl(
    tmp_path: Path, record: Record, exchange: Make
) -> None:
    asked = [f"https://www.news.example/{number}" for number in range(100)]
    record(*(exchange(url, url.encode()) for url in asked))
    damage_in_its_midst(tmp_path / "c" / LEDGER)
    (tmp_path / "c" / f"{LEDGER}-wal").touch()  # what is left where nobody closed it
    record(exchange())
    assert urls(tmp_path / "c") == [*asked, "https://www.news.example/story"]


def test_a_capture_begins_though_only_failures_could_be_read_of_a_damaged_ledger(tmp_path: Path) -> None:
    nowhere = Failure("http://a.example/", datetime.now(UTC), Purpose(Role.SEED), Outcome.UNREACHABLE, "nobody there")
    with Recorder(tmp_path / "c", software="wirecopy/test") as recorder:
        recorder.fail(nowhere).result(120)
    damage_in_its_midst(tmp_path / "c" / LEDGER)
    (tmp_path / "c" / f"{LEDGER}-wal").touch()
    with Recorder(tmp_path / "c", software="wirecopy/test") as recorder:
        assert not recorder.begin_run("a story").resumed
    with Collection(tmp_path / "c") as collection:
        assert list(collection.failures()) == [nowhere]


def test_an_index_that_is_cut_off_leaves_the_ledger_as_it_was(tmp_path: Path, record: Record, exchange: Make) -> None:
    record(*(exchange(f"https://www.news.example/{number}", f"page {number}".encode()) for number in range(100)))

    def stop(read: int) -> None:
        raise KeyboardInterrupt

    before = (tmp_path / "c" / INDEX).read_bytes()
    with pytest.raises(KeyboardInterrupt):
        rebuild_index(tmp_path / "c", progress=stop)
    assert len(urls(tmp_path / "c")) == 100
    with contextlib.closing(Ledger(tmp_path / "c" / LEDGER)) as ledger:
        assert (ledger.count(), len(ledger.files())) == (100, 1)
    assert (tmp_path / "c" / INDEX).read_bytes() == before


def test_a_capture_cut_off_goes_on_within_a_day_and_is_begun_anew_after_its_end(tmp_path: Path) -> None:
    def begin(asked: str, **how: timedelta) -> bool:
        with Recorder(tmp_path / "c", software="wirecopy/test") as recorder:
            return recorder.begin_run(asked, **how).resumed

    assert [begin("a"), begin("b"), begin("a"), begin("a", within=timedelta(0))] == [False, False, True, False]
    with freezegun.freeze_time(datetime.now(UTC) + timedelta(hours=30)):
        assert not begin("b")
    end_run(tmp_path / "c", "a")
    assert not begin("a")


def test_a_second_writer_is_refused_in_a_line_that_names_the_first(tmp_path: Path) -> None:
    with Recorder(tmp_path / "c", software="wirecopy/test"):
        done = subprocess.run(
            [sys.executable, "-c", KILLED, tmp_path / "c"], capture_output=True, text=True, timeout=120
        )
    said = done.stderr.splitlines()[-1]
    assert "CollectionLocked" in said
    assert f"is being written by another wirecopy (process {os.getpid()}): wait for it" in said


def test_a_reader_of_the_ledger_keeps_no_writer_from_finishing(tmp_path: Path, exchange: Make) -> None:
    recorder = Recorder(tmp_path / "c", software="wirecopy/test")
    recorder.record(exchange()).result(120)
    with Collection(tmp_path / "c") as reading:
        assert reading.index().count() == 1
        recorder.close()
        assert reading.index().count() == 1
    assert urls(tmp_path / "c") == ["https://www.news.example/story"]


def test_a_file_without_a_whole_record_goes_and_its_bytes_stay(tmp_path: Path) -> None:
    Collection.create(tmp_path / "c").close()
    (tmp_path / "c" / "archive" / "x.warc.gz.open").write_bytes(b"\x1f\x8b\x08torn")
    Recorder(tmp_path / "c", software="wirecopy/test").close()
    (tail,) = (tmp_path / "c" / "archive").iterdir()
    assert (tail.name, tail.read_bytes()) == ("x.warc.gz.tail", b"\x1f\x8b\x08torn")


def test_a_disk_that_is_full_stops_the_recorder_and_takes_nothing_back(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, tmp_path / "c"], capture_output=True, text=True, timeout=120)
    *counted, said = done.stdout.splitlines()
    assert counted == ["0", "1", "2", "3", "4"], done.stderr
    assert said.startswith("8 {")  # seven exchanges and the close
    assert "what was captured so far is kept" in said
    assert str(tmp_path / "c") in said
    assert urls(tmp_path / "c") == [f"http://a.example/{number}" for number in counted]
    for warc in (tmp_path / "c" / "archive").iterdir():
        inflater = zlib.decompressobj(31)
        data = warc.read_bytes()
        while data:
            inflater = zlib.decompressobj(31)
            inflater.decompress(data)
            assert inflater.eof
            data = inflater.unused_data


def test_a_folder_that_cannot_be_written_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="name a folder") as caught:
        Recorder(tmp_path / "file", software="wirecopy/test")
    assert str(tmp_path / "file") in str(caught.value)
    with pytest.raises(ArchiveError, match="cannot create the collection"):
        Recorder(tmp_path / "file" / "c", software="wirecopy/test")


def test_a_folder_of_someone_else_is_named_with_the_remedy() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Recorder(Path(folder) / "there", software="wirecopy/test").close()
        for path in (Path(folder), Path(folder) / "there" / ".lock"):
            path.chmod(0o555)
        user = os.geteuid()
        if user == 0:  # root may write everywhere
            os.seteuid(65534)
        try:
            with pytest.raises(ArchiveError, match=r"cannot create .* make it writable for this user, or name"):
                Recorder(Path(folder) / "c", software="wirecopy/test")
            with pytest.raises(ArchiveError, match=r"cannot write the collection .* make it writable"):
                Recorder(Path(folder) / "there", software="wirecopy/test")
        finally:
            os.seteuid(user)
            Path(folder).chmod(0o755)


def test_a_recorder_that_fails_in_the_midst_says_so_to_all_that_wait(tmp_path: Path, exchange: Make) -> None:
    recorder = Recorder(tmp_path / "c", software="wirecopy/test")
    first = recorder.record(exchange()).result(120)
    os.close(recorder._writer._descriptor)  # the disk is gone
    futures = [recorder.record(exchange(f"http://a.example/{number}")) for number in range(3)]
    errors = {str(future.exception(10)) for future in futures}
    assert len(errors) == 1
    assert "cannot write" in errors.pop()
    recorder._writer._descriptor = os.open(recorder._writer._path, os.O_WRONLY)
    with pytest.raises(ArchiveError):
        recorder.close()
    with Collection(tmp_path / "c") as collection:
        (capture,) = collection.captures()
        assert capture.record == first.record


def test_a_warc_that_could_not_be_begun_is_gone_and_not_as_long_as_the_one_before(
    tmp_path: Path, exchange: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    syncing = writer.sync_folder

    def broken(folder: Path) -> None:
        if any(file.stat().st_size == 0 for file in folder.iterdir()):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        syncing(folder)

    recorder = Recorder(tmp_path / "c", software="wirecopy/test", rotate_bytes=1)
    recorder.record(exchange()).result(120)
    monkeypatch.setattr(writer, "sync_folder", broken)
    with pytest.raises(ArchiveError, match="what was captured so far is kept"):
        recorder.record(exchange("http://a.example/2")).result(120)
    monkeypatch.undo()
    with pytest.raises(ArchiveError):
        recorder.close()
    assert urls(tmp_path / "c") == ["https://www.news.example/story"]
    assert [file.suffixes for file in (tmp_path / "c" / "archive").iterdir()] == [[".warc", ".gz"]]
