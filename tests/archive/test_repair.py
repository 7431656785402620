from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import fastwarc
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.archive import Collection, ReadError, Recorded, Recorder, pack
from crawler.archive.layout import LEDGER
from crawler.archive.ledger import Ledger
from crawler.archive.repair import repair_warc, warcs_at
from crawler.archive.verify import Finding, verify
from crawler.jobs.derive import rebuild
from crawler.jobs.repair import repair
from crawler.model import Exchange
from tests.archive.verify.build import members, sound, uuid, warcinfo
from tests.archive.verify.damaged import WARCS

Make = Callable[..., Exchange]
Record = Callable[..., list[Recorded]]
RECORDS = sound(4)
PACKED = [members([one]) for one in RECORDS]
WARCIO = "import sys, warcio; print(sum(1 for _ in warcio.ArchiveIterator(open(sys.argv[1], 'rb'))))"
STRUCTURE = ("gzip-", "record-lost", "record-end", "record-blank-lines", "block-", "head-incomplete", "head-long")


def torn(path: Path) -> set[str]:
    """What is wrong with how a file is put together."""
    found: list[Finding] = []
    verify(path, found.append)
    codes = {finding.code for finding in found if finding.severity == "error"}
    return {code for code in codes if code.startswith(STRUCTURE) and code != "block-digest"}


def ids(path: Path) -> list[str]:
    with path.open("rb") as file:
        return [record.record_id for record in fastwarc.ArchiveIterator(file, parse_http=False)]


def write(folder: Path, data: bytes) -> Path:
    file = folder / ("x.warc.gz" if data[:2] == b"\x1f\x8b" else "x.warc")
    file.write_bytes(data)
    return file


def test_a_sound_file_is_left_alone(tmp_path: Path) -> None:
    for data in (b"".join(PACKED), b"".join(RECORDS), gzip.compress(b"".join(RECORDS))):
        file = write(tmp_path, data)
        assert repair_warc(file) is None
        assert (file.read_bytes(), len(list(tmp_path.iterdir()))) == (data, 1)
        file.unlink()


@pytest.mark.parametrize("packed", [True, False])
def test_a_torn_tail_is_cut_off_and_kept(packed: bool, tmp_path: Path) -> None:
    parts = PACKED if packed else RECORDS
    file = write(tmp_path, b"".join(parts)[:-15])
    repaired = repair_warc(file)
    assert repaired is not None
    assert repaired.kept == file.with_name(file.name + ".tail")
    assert file.read_bytes() == b"".join(parts[:-1])
    assert repaired.kept.read_bytes() == parts[-1][:-15]
    assert (repaired.records, repaired.lost) == (len(parts) - 1, len(parts[-1]) - 15)


@pytest.mark.parametrize("packed", [True, False])
def test_damage_in_the_midst_is_set_aside_and_what_follows_is_found_again(packed: bool, tmp_path: Path) -> None:
    parts = PACKED if packed else RECORDS
    if packed:
        broken = parts[3][:40] + b"\xff\xff" + parts[3][42:]
    else:
        broken = parts[3].replace(b"Content-Length: 46", b"Content-Length: 99")
    data = b"".join((*parts[:3], broken, *parts[4:]))
    file = write(tmp_path, data)
    repaired = repair_warc(file)
    assert repaired is not None
    assert file.read_bytes() == b"".join((*parts[:3], *parts[4:]))
    assert repaired.kept == file.with_name(file.name + ".damaged")
    assert repaired.kept.read_bytes() == data
    assert [damage.offset for damage in repaired.damage] == [sum(map(len, parts[:3]))]


def test_records_of_a_damaged_member_that_can_be_read_get_members_of_their_own(tmp_path: Path) -> None:
    file = write(tmp_path, gzip.compress(b"".join(RECORDS), mtime=0)[:-8] + b"\0" * 8)
    repaired = repair_warc(file)
    assert repaired is not None
    assert repaired.lost is None
    assert ids(file) == [uuid(0), *(uuid(n) for m in range(10, 50, 10) for n in (m + 1, m))][: len(ids(file))]
    assert len(ids(file)) >= len(RECORDS) - 1
    assert not torn(file)


def test_ends_that_are_missing_are_put_right(tmp_path: Path) -> None:
    file = write(tmp_path, RECORDS[0][:-2] + b"".join(RECORDS[1:])[:-4])
    assert repair_warc(file)
    assert file.read_bytes() == b"".join(RECORDS)


def test_a_head_that_begins_with_a_continued_line_is_none(tmp_path: Path) -> None:
    record = RECORDS[1]
    field = record.split(b"\r\n")[1]
    file = write(tmp_path, RECORDS[0] + record.replace(field, b" " + field, 1) + RECORDS[2])
    repaired = repair_warc(file)
    assert repaired is not None
    assert repaired.records == 2
    assert repair_warc(file) is None
    assert file.read_bytes() == RECORDS[0] + RECORDS[2]


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    data = b"".join(PACKED)[:-15]
    file = write(tmp_path, data)
    said = repair_warc(file, dry_run=True)
    assert said is not None
    assert (file.read_bytes(), list(tmp_path.iterdir()), said.kept) == (data, [file], None)
    done = repair_warc(file)
    assert done is not None
    assert (done.records, done.lost, done.damage) == (said.records, said.lost, said.damage)


def test_what_holds_no_record_is_left_as_it_is(tmp_path: Path) -> None:
    for data in (b"", b"GIF89a", b"\x1f\x8b\x08 torn"):
        file = write(tmp_path, data)
        done = repair_warc(file)
        assert done is not None
        assert (done.records, done.kept, file.read_bytes()) == (0, None, data)
    (tmp_path / "x.wacz").write_bytes(b"PK")
    for name, said in {"x.wacz": "unzip it", "gone.warc": "does not exist"}.items():
        with pytest.raises(ReadError, match=said):
            warcs_at(tmp_path / name)


@pytest.mark.parametrize(
    "name", [name for name, (data, _) in WARCS.items() if b"WARC" in data or data[:2] == b"\x1f\x8b"]
)
def test_every_damaged_file_is_readable_when_repaired_and_repaired_once(name: str, tmp_path: Path) -> None:
    file = write(tmp_path, WARCS[name][0])
    repair_warc(file)
    assert not torn(file) - {"block-digest"}
    before = file.read_bytes()
    again = repair_warc(file)
    assert again is None or not again.records
    assert file.read_bytes() == before
    if file.name.endswith(".gz"):
        subprocess.run(["gzip", "-t", file], check=True, timeout=120)


def test_repaired_files_are_read_by_other_tools(tmp_path: Path) -> None:
    broken = PACKED[3][:40] + b"\xff\xff" + PACKED[3][42:]
    file = write(tmp_path, b"".join((*PACKED[:3], broken, b"junk", *PACKED[4:], b"tail")))
    repair_warc(file)
    assert len(ids(file)) == len(RECORDS) - 1
    read = subprocess.run([sys.executable, "-c", WARCIO, file], capture_output=True, text=True, check=True, timeout=120)
    assert int(read.stdout) == len(RECORDS) - 1


@settings(max_examples=40)
@given(
    cuts=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 60), st.binary(max_size=8)), max_size=3),
    packed=st.booleans(),
)
@example(cuts=[(409, 60, b""), (650, 60, b""), (650, 60, b"")], packed=False)
@example(cuts=[(0, 0, b"P*M\x18")], packed=False)
@example(cuts=[(0, 0, b"P*M\x18")], packed=True)
def test_no_record_that_was_left_untouched_is_ever_lost(
    cuts: list[tuple[int, int, bytes]], packed: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Bytes are taken out and put in anywhere; the records that no change touches are there after."""
    parts = PACKED if packed else RECORDS
    data = b"".join(parts)
    ends = [sum(map(len, parts[: n + 1])) for n in range(len(parts))]
    touched: set[int] = set()
    for at, length, added in sorted(((at % len(data), *cut) for at, *cut in cuts), reverse=True):
        for number, end in enumerate(ends):
            if at <= end and at + 3 * 60 >= end - len(parts[number]):  # changes at one place reach three times as far
                touched |= {number}
        data = data[:at] + added + data[at + length :]
    folder = tmp_path_factory.mktemp("repair")
    file = folder / ("x.warc.gz" if packed else "x.warc")
    file.write_bytes(data)
    repaired = repair_warc(file)
    expected = [members([one]) if packed else one for number, one in enumerate(RECORDS) if number not in touched]
    after = file.read_bytes()
    assert all(one in after for one in expected)
    if expected:
        assert not torn(file)
        assert len(ids(file)) >= len(expected)
    kept = repaired.kept.read_bytes() if repaired and repaired.kept else b""
    assert data in (kept, after + kept)


def test_a_collection_is_sound_again_and_its_index_with_it(record: Record, exchange: Make, tmp_path: Path) -> None:
    collection = tmp_path / "c"
    record(*(exchange(f"https://www.news.example/{n}", b"<p>%d" % n * 99, seconds=n) for n in range(3)))
    (warc,) = (collection / "archive").iterdir()
    data = warc.read_bytes()
    with Collection(collection) as opened:
        second = list(opened.captures())[1].record
    assert repair(collection).files == ()
    warc.write_bytes(data[: second.offset + 30] + b"\xff\xff" + data[second.offset + 32 :])
    dry = repair(collection, dry_run=True)
    assert (len(dry.files), dry.rebuilt) == (1, None)
    done = repair(collection)
    assert done.rebuilt is not None
    assert (done.rebuilt.captures, done.rebuilt.problems) == (2, ())
    found: list[Finding] = []
    verify(collection, found.append)
    assert {finding.code for finding in found if finding.severity == "error"} == set()
    with Collection(collection) as opened:
        assert [capture.url for capture in opened.captures()] == [f"https://www.news.example/{n}" for n in (0, 2)]
    damaged = warc.with_name(warc.name + ".damaged")
    assert hashlib.sha256(damaged.read_bytes()).digest() != hashlib.sha256(data).digest()
    assert repair(collection).files == ()


@pytest.mark.parametrize("at", ["crawler.archive.repair.cut_to_whole", "crawler.jobs.repair.rebuild"])
def test_a_repair_that_was_cut_off_is_gone_on_with(
    record: Record, exchange: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    collection = tmp_path / "c"
    record(*(exchange(f"https://www.news.example/{n}", b"<p>%d" % n * 99, seconds=n) for n in range(3)))
    (warc,) = (collection / "archive").iterdir()
    with Collection(collection) as opened:
        second = list(opened.captures())[1].record
    data = warc.read_bytes()
    warc.write_bytes(data[: second.offset + 30] + b"\xff\xff" + data[second.offset + 32 :])

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(at, stop)
        repair(collection)
    done = repair(collection)
    assert done.rebuilt is not None
    assert (done.rebuilt.captures, done.rebuilt.problems) == (2, ())
    found: list[Finding] = []
    verify(collection, found.append)
    assert {finding.code for finding in found if finding.severity == "error"} == set()
    assert repair(collection).rebuilt is None


def test_tables_name_the_places_of_records_though_a_repair_was_cut_off_as_it_made_them(
    record: Record, exchange: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = tmp_path / "c"
    record(*(exchange(f"https://www.news.example/{n}", b"<p>%d" % n * 99, seconds=n) for n in range(3)))
    rebuild(collection)
    (warc,) = (collection / "archive").iterdir()
    with Collection(collection) as opened:
        second = list(opened.captures())[1].record
    data = warc.read_bytes()
    warc.write_bytes(data[: second.offset + 30] + b"\xff\xff" + data[second.offset + 32 :])

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("crawler.jobs.derive._extracted", stop)
        repair(collection)
    assert repair(collection, dry_run=True).rebuilt is None
    assert repair(collection).rebuilt is not None
    with Collection(collection) as opened:
        places = {capture.record.offset for capture in opened.captures()}
    rows = (collection / "tables" / "articles.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(row)["record"]["offset"] for row in rows} == places
    assert repair(collection).rebuilt is None


def test_a_file_whose_length_the_ledger_does_not_know_is_indexed_anew(
    record: Record, exchange: Make, tmp_path: Path
) -> None:
    collection = tmp_path / "c"
    record(*(exchange(f"https://www.news.example/{n}", seconds=n) for n in range(3)))
    (warc,) = (collection / "archive").iterdir()
    with contextlib.closing(Ledger(collection / LEDGER)) as ledger:
        ledger.enter_file(warc.name, -1)  # an older ledger's
        ledger.commit()
    warc.write_bytes(warc.read_bytes()[:-1])
    done = repair(collection)
    assert done.rebuilt is not None and done.rebuilt.captures == 2


def test_a_sound_wacz_that_was_unzipped_is_left_as_it_is(record: Record, exchange: Make, tmp_path: Path) -> None:
    record(exchange())
    pack(tmp_path / "c", tmp_path / "c.wacz")
    with zipfile.ZipFile(tmp_path / "c.wacz") as wacz:
        wacz.extractall(tmp_path / "unzipped")
    before = {file: file.read_bytes() for file in (tmp_path / "unzipped").rglob("*") if file.is_file()}
    assert repair(tmp_path / "unzipped").rebuilt is None
    after = [file for file in (tmp_path / "unzipped").rglob("*") if file.is_file() and file.name != ".lock"]
    assert {file: file.read_bytes() for file in after} == before


def test_the_repair_of_a_wacz_that_was_unzipped_is_gone_on_with_where_it_was_cut_off(
    record: Record, exchange: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = tmp_path / "c"
    record(*(exchange(f"https://www.news.example/{n}", seconds=n) for n in range(3)))
    (collection / LEDGER).unlink()
    (warc,) = (collection / "archive").iterdir()
    warc.write_bytes(warc.read_bytes()[:-1])

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("crawler.jobs.repair.rebuild", stop)
        repair(collection)
    done = repair(collection)
    assert done.rebuilt is not None and done.rebuilt.captures == 2


def test_what_a_killed_crawl_left_is_finished(record: Record, exchange: Make, tmp_path: Path) -> None:
    collection = tmp_path / "c"
    record(exchange())
    (warc,) = (collection / "archive").iterdir()
    warc.rename(warc.with_name(warc.name + ".open"))
    with warc.with_name(warc.name + ".open").open("ab") as file:
        file.write(members([warcinfo()])[:60])
    (dry,) = repair(collection, dry_run=True).files
    assert dry.lost == 60
    (done,) = repair(collection).files
    assert (done.file, done.lost) == (warc, 60)
    assert not torn(collection)
    Recorder(collection, software="wirecopy/test").close()
    assert warc.with_name(warc.name + ".tail").stat().st_size == 60


def test_a_loose_file_of_a_killed_crawl_gets_its_name(tmp_path: Path) -> None:
    (tmp_path / "x.warc.gz.open").write_bytes(b"".join(PACKED))
    (done,) = repair(tmp_path).files
    assert (done.file, done.lost, done.kept) == (tmp_path / "x.warc.gz", 0, None)
    assert ids(tmp_path / "x.warc.gz")[0] == uuid(0)
