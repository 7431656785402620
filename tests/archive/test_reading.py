from __future__ import annotations

import gc
import gzip
import io
import random
import warnings
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import Archive, ArchiveError, Collection, Damage, Recorded, Recorder, open_archive, pack
from crawler.fetch.outcome import label
from crawler.model import Capture, Exchange, Outcome
from tests.archive.verify import build

Make = Callable[..., Exchange]
Record = Callable[..., list[Recorded]]
PAGES = {f"http://{name}.example/": f"<p>page {name}</p>".encode() * 30 for name in ("a", "b", "c", "d")}


@cache
def foreign(*, compressed: bool) -> bytes:
    """A WARC as warcio writes it: response before request, no purpose, payload digests in SHA-1."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # warcio leaves its temporary files to the collector
        data = _written_by_warcio(compressed)
        gc.collect()
    return data


def _written_by_warcio(compressed: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    out_info = writer.create_warcinfo_record("x.warc", {"software": "warcio"})
    writer.write_record(out_info)
    for number, (url, body) in enumerate(PAGES.items()):
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        date = {"WARC-Date": f"2020-01-0{number + 1}T00:00:00Z"}
        response = writer.create_warc_record(
            url, "response", io.BytesIO(body), http_headers=http, warc_headers_dict=date
        )
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "x")], is_http_request=True)
        request = writer.create_warc_record(url, "request", http_headers=asked, warc_headers_dict=date)
        writer.write_request_response_pair(request, response)
    return out.getvalue()


def members(data: bytes) -> list[bytes]:
    out = []
    while data:
        inflater = zlib.decompressobj(31)
        inflater.decompress(data)
        out.append(data[: len(data) - len(inflater.unused_data)])
        data = inflater.unused_data
    return out


def contents(archive: Archive) -> dict[str, bytes]:
    return {capture.url: capture.body() for capture in archive.captures()}


def check_places(archive: Archive, file: Path) -> None:
    """Every capture's place holds exactly its record."""
    data = file.read_bytes()
    for capture in archive.captures():
        ref = capture.record
        piece = data[ref.offset : ref.offset + ref.length]
        plain = gzip.decompress(piece) if piece[:2] == b"\x1f\x8b" else piece
        assert plain.startswith(b"WARC/1.")
        assert plain.count(b"WARC-Record-ID") == 1
        assert ref.id.encode() in plain
        assert plain.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("compressed", [True, False])
def test_a_foreign_warc_is_read_with_exact_places(tmp_path: Path, compressed: bool) -> None:
    file = tmp_path / ("x.warc.gz" if compressed else "x.warc")
    file.write_bytes(foreign(compressed=compressed))
    with open_archive(file) as archive:
        assert contents(archive) == PAGES
        check_places(archive, file)
        first = next(archive.captures())
        assert (first.outcome, first.purpose, first.mime) == (None, None, "text/html")
        assert first.captured_at == datetime(2020, 1, 1, tzinfo=UTC)
        found = archive.find("http://c.example/")
        assert found is not None
        assert found.body() == PAGES["http://c.example/"]
        assert archive.find("http://z.example/") is None
        assert archive.damage == []


@pytest.mark.parametrize("status", [200, 301, 304, 401, 402, 404, 407, 418, 451, 500, 999])
def test_a_status_says_of_anothers_capture_what_it_says_on_the_wire(tmp_path: Path, status: int) -> None:
    file = tmp_path / "x.warc"
    file.write_bytes(foreign(compressed=False).replace(b"HTTP/1.1 200 OK", b"HTTP/1.1 %d OK" % status))
    said, _ = label(status, {"location": "/"}, b"page", body_size=4)
    with open_archive(file) as archive:
        assert {archive.recorded(capture).outcome for capture in archive.captures()} == {said}


def test_a_warc_gzipped_as_a_whole_is_read(tmp_path: Path) -> None:
    file = tmp_path / "x.warc.gz"
    file.write_bytes(gzip.compress(foreign(compressed=False)))
    with open_archive(file) as archive:
        assert contents(archive) == PAGES
        assert {(capture.record.offset, capture.record.length) for capture in archive.captures()} == {
            (0, file.stat().st_size)
        }
        assert archive.damage == []


def test_a_record_that_fastwarc_wrote_is_read(tmp_path: Path) -> None:
    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.response)
    record.headers["WARC-Target-URI"] = "http://f.example/"
    record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nfast")
    out = io.BytesIO()
    record.write(out)
    (tmp_path / "f.warc").write_bytes(out.getvalue())
    with open_archive(tmp_path / "f.warc") as archive:
        assert contents(archive) == {"http://f.example/": b"fast"}


def test_angle_brackets_around_a_target_uri_are_taken_off(tmp_path: Path) -> None:
    data = foreign(compressed=False).replace(
        b"WARC-Target-URI: http://a.example/", b"WARC-Target-URI: <http://a.example/>"
    )
    (tmp_path / "wget.warc").write_bytes(data)
    with open_archive(tmp_path / "wget.warc") as archive:
        assert "http://a.example/" in contents(archive)


def test_a_folder_and_a_wacz_read_like_the_collection(record: Record, exchange: Make, tmp_path: Path) -> None:
    record(
        *(exchange(url, body) for url, body in PAGES.items()), exchange("http://e.example/", PAGES["http://a.example/"])
    )
    pack(tmp_path / "c", tmp_path / "c.wacz")
    with zipfile.ZipFile(tmp_path / "deflated.wacz", "w", zipfile.ZIP_DEFLATED) as wacz:
        for file in (tmp_path / "c" / "archive").iterdir():
            wacz.write(file, f"archive/{file.name}")
    with Collection(tmp_path / "c") as collection:
        captures = list(collection.captures())
        bodies = [capture.body() for capture in captures]
    for path in (tmp_path / "c" / "archive", tmp_path / "c.wacz", tmp_path / "deflated.wacz"):
        with open_archive(path) as archive:
            assert list(archive.captures()) == captures
            assert [capture.body() for capture in archive.captures()] == bodies
            for capture in captures:
                assert archive.find(capture.url, capture.captured_at) == capture


@pytest.mark.parametrize("name", ["c", "c/archive", "c.wacz"])
def test_a_file_that_goes_while_it_is_read_is_told_as_an_archive_that_cannot_be(
    record: Record, exchange: Make, tmp_path: Path, name: str
) -> None:
    record(exchange())
    pack(tmp_path / "c", tmp_path / "c.wacz")
    with open_archive(tmp_path / name) as archive:
        (capture,) = archive.captures()
        assert archive.find(capture.url) == capture
        for file in (tmp_path / "c.wacz", *(tmp_path / "c" / "archive").iterdir()):
            file.unlink()
        with pytest.raises(ArchiveError, match=r"^cannot read the archive .*: No such file or directory"):
            archive.find(capture.url)
        with pytest.raises(ArchiveError, match=r"^cannot read the archive .*: No such file or directory"):
            capture.body()


def test_the_capture_nearest_in_time_is_found(record: Record, exchange: Make, tmp_path: Path) -> None:
    hours = [0, 10, 20]
    record(*(exchange(body=b"edition %d " % hour * 20, seconds=3600 * hour) for hour in hours))
    start = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    url = "https://www.news.example/story"
    with Collection(tmp_path / "c") as collection, open_archive(tmp_path / "c" / "archive") as folder:
        for archive in (collection, folder):

            def edition(at: datetime | None, archive: Archive = archive) -> bytes:
                capture = archive.find(url, at)
                assert capture is not None
                return capture.body(10)

            assert edition(None) == b"edition 20"
            assert edition(start - timedelta(days=9)) == b"edition 0 "
            assert edition(start + timedelta(hours=6)) == b"edition 10"
            assert archive.find("https://www.news.example/other") is None


def test_a_server_is_asked_about_no_page_that_did_not_come_whole(
    record: Record, exchange: Make, tmp_path: Path
) -> None:
    head = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "%d"\r\n'
    cut = exchange(body=b"half", head=head % 2, seconds=5, outcome=Outcome.ABORTED, outcome_reason="200, broken off")
    record(exchange(head=head % 1), cut)
    with Collection(tmp_path / "c") as collection:
        asked = collection.confirmable(cut.url)
        latest = collection.latest(cut.url)
    assert asked is not None and ("ETag", '"1"') in asked.headers
    assert latest is not None and latest.outcome_reason == "200, broken off"


def test_urls_with_one_key_are_told_apart_by_their_spelling(record: Record, exchange: Make, tmp_path: Path) -> None:
    record(exchange("http://a.example/Path", b"upper " * 30), exchange("http://a.example/path", b"lower " * 30))
    with Collection(tmp_path / "c") as collection:
        for url, word in (("http://a.example/Path", b"upper"), ("http://a.example/path", b"lower")):
            capture = collection.find(url)
            assert capture is not None
            assert capture.body(5) == word


def test_what_a_crawl_is_still_writing_is_ignored_politely(exchange: Make, tmp_path: Path) -> None:
    with Recorder(tmp_path / "c", software="wirecopy/test") as recorder:
        recorder.record(exchange()).result(120)
        with open_archive(tmp_path / "c") as archive:
            assert (list(archive.captures()), archive.damage) == ([], [])


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04 no zip"])
def test_what_is_no_archive_is_refused_in_one_line(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "thing"
    file.write_bytes(data)
    with pytest.raises(ArchiveError) as caught:
        open_archive(file)
    assert str(file) in str(caught.value)
    with pytest.raises(ArchiveError, match="No such file"):
        open_archive(tmp_path / "missing")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArchiveError, match="no finished"):
        open_archive(tmp_path / "empty")


@pytest.mark.parametrize("size", [0, 262_144, 1_000_003, 9_000_000])
def test_what_shrinks_to_almost_nothing_comes_back_whole(
    record: Record, exchange: Make, tmp_path: Path, size: int
) -> None:
    record(exchange(body=bytes(size)), exchange("http://a.example/", b"next " * 50))
    with Collection(tmp_path / "c") as collection:
        assert [len(capture.body()) for capture in collection.captures()] == [size, 250]
        assert collection.damage == []


def damaged(tmp_path: Path, data: bytes, name: str = "x.warc.gz") -> tuple[set[str], list[Damage]]:
    file = tmp_path / name
    file.write_bytes(data)
    with open_archive(file) as archive:
        return set(contents(archive)), archive.damage


def test_a_damaged_member_is_reported_and_the_others_are_read(tmp_path: Path) -> None:
    pieces = members(foreign(compressed=True))
    spoilt = bytearray(pieces[3])
    spoilt[len(spoilt) // 2] ^= 0xFF
    urls, damage = damaged(tmp_path, b"".join([*pieces[:3], bytes(spoilt), *pieces[4:]]))
    assert urls == set(PAGES) - {"http://b.example/"}
    assert [(item.warc, item.offset) for item in damage] == [("x.warc.gz", sum(map(len, pieces[:3])))]


def test_a_file_cut_short_is_read_to_its_last_whole_record(tmp_path: Path) -> None:
    data = foreign(compressed=True)
    whole = sum(map(len, members(data)[:7]))
    urls, damage = damaged(tmp_path, data[: whole + 40])
    assert urls == set(PAGES) - {"http://d.example/"}
    assert [(item.offset, item.message) for item in damage] == [(whole, "the file ends inside a gzip member")]


def test_what_lies_before_the_damage_in_a_member_of_many_records_is_read(tmp_path: Path) -> None:
    chance, urls = random.Random(1), [f"http://{number}.example/" for number in range(12)]
    pages = [
        build.record("response", build.PAGE + chance.randbytes(400).hex().encode(), WARC_Target_URI=url) for url in urls
    ]
    whole = gzip.compress(b"".join(pages))
    assert len(whole) > 4096
    found, damage = damaged(tmp_path, whole[:-8] + b"false" + whole[-3:])
    assert {urls[0], urls[1]} <= found
    assert [item.offset for item in damage] == [0]


def test_a_member_of_many_records_cut_short_is_read_to_its_last_whole_record(tmp_path: Path) -> None:
    chance, urls = random.Random(1), [f"http://{number}.example/" for number in range(12)]
    pages = [
        build.record("response", build.PAGE + chance.randbytes(400).hex().encode(), WARC_Target_URI=url) for url in urls
    ]
    found, damage = damaged(tmp_path, gzip.compress(b"".join(pages))[:-6])
    assert found == set(urls)
    assert [(item.offset, item.message) for item in damage] == [(0, "the file ends inside a gzip member")]


@pytest.mark.parametrize("lost", [b"WARC/1.0", b"Content-Length"])
def test_damage_of_a_head_in_a_plain_file_is_where_the_head_begins(lost: bytes, tmp_path: Path) -> None:
    data = foreign(compressed=False)
    at = data.index(b"WARC/1.0", data.index(b"http://b.example/"))
    urls, damage = damaged(tmp_path, data[:at] + data[at:].replace(lost, b"x" * len(lost), 1), "x.warc")
    assert urls == set(PAGES)
    assert [item.offset for item in damage] == [at]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_however_many_empty_lines_stand_before_a_record_they_are_passed_over(
    pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    urls = {"http://a.example/", "http://b.example/"}
    pages = [build.record("response", build.PAGE, WARC_Target_URI=url) for url in sorted(urls)]
    whole = b"".join(b"\r\n" * 150_001 + b"\n" + page for page in pages)
    assert damaged(tmp_path, pack(whole), "x.warc") == (urls, [])


def test_garbage_between_members_is_reported_and_passed_over(tmp_path: Path) -> None:
    pieces = members(foreign(compressed=True))
    urls, damage = damaged(tmp_path, b"".join([*pieces[:3], b"garbage" * 50, *pieces[3:], b"\0" * 100]))
    assert urls == set(PAGES)
    assert len(damage) == 2


def test_a_wrong_length_in_a_plain_file_costs_one_record(tmp_path: Path) -> None:
    data = foreign(compressed=False)
    start = data.index(b"http://b.example/")
    at = data.index(b"Content-Length: ", start) + len(b"Content-Length: ")
    for wrong in (b"1", b"9", b"x"):
        urls, damage = damaged(tmp_path, data[:at] + wrong + data[at + 1 :], "x.warc")
        assert {"http://a.example/", "http://c.example/", "http://d.example/"} <= urls
        assert damage


def test_a_capture_without_date_is_reported_and_the_others_are_read(tmp_path: Path) -> None:
    data = foreign(compressed=False).replace(b"WARC-Date: 2020-01-02T00:00:00Z", b"WARC-Date: yesterday, I think")
    urls, damage = damaged(tmp_path, data, "x.warc")
    assert urls == set(PAGES) - {"http://b.example/"}
    assert "WARC-Date" in damage[0].message


def test_records_that_name_no_other_are_of_no_exchange(tmp_path: Path) -> None:
    page = {"WARC_Concurrent_To": "<>"}
    other = build.record("resource", b"text", WARC_Record_ID=None)
    first = build.record("response", build.PAGE, **page)
    (tmp_path / "x.warc").write_bytes(first + other + other)
    with open_archive(tmp_path / "x.warc") as archive:
        places = [(row.first, row.span) for row, _ in archive.entries()]
    ends = [len(first), len(first + other), len(first + other + other)]
    assert places == [(0, ends[0]), (ends[0], len(other)), (ends[1], len(other))]


def test_a_damaged_capture_of_a_collection_is_found_as_damaged_and_not_as_the_next(
    record: Record, exchange: Make, tmp_path: Path
) -> None:
    first, _ = record(exchange("https://a.example/", b"a" * 200), exchange("https://b.example/", b"b" * 200))
    (warc,) = (tmp_path / "c" / "archive").iterdir()
    data = bytearray(warc.read_bytes())
    data[first.record.offset + first.record.length - 8] ^= 0xFF
    warc.write_bytes(data)
    with Collection(tmp_path / "c") as collection:
        with pytest.raises(ArchiveError, match=f"no record at {first.record.offset} of {warc.name}"):
            collection.find("https://a.example/")
        found = collection.find("https://b.example/")
        assert found is not None
        assert found.body() == b"b" * 200


def test_no_other_record_is_read_for_a_damaged_one_that_has_no_id(tmp_path: Path) -> None:
    one, two = (gzip.compress(build.record("resource", text, WARC_Record_ID=None)) for text in (b"one", b"two"))
    warc = tmp_path / "x.warc.gz"
    warc.write_bytes(one + two)
    with open_archive(warc) as archive:
        first, second = archive.captures()
        warc.write_bytes(one[:-8] + bytes(8) + two)
        with pytest.raises(ArchiveError, match="Incorrect checksum"):
            first.body()
        assert second.body() == b"two"


def test_of_a_damaged_exchange_what_is_whole_is_copied_unless_it_is_the_capture_itself(tmp_path: Path) -> None:
    page = gzip.compress(build.record("response", build.PAGE))
    why = build.record("metadata", b"via: x", WARC_Record_ID=build.uuid(2), WARC_Concurrent_To=build.uuid(1))
    warc = tmp_path / "x.warc.gz"
    warc.write_bytes(page + gzip.compress(why))
    with open_archive(warc) as archive:
        (row,) = [row for row, _ in archive.entries()]
        whole = warc.read_bytes()
        warc.write_bytes(whole[:-8] + bytes(8))
        assert [record.id for record in archive.raw_exchange(row).records] == [row.id]
        warc.write_bytes(whole[: len(page) - 8] + bytes(8) + whole[len(page) :])
        with pytest.raises(ArchiveError, match=f"{row.id} in x.warc.gz at 0 is damaged"):
            archive.raw_exchange(row)


@given(st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_raises_or_goes_unreported(tmp_path: Path, data: st.DataObject) -> None:
    whole = foreign(compressed=data.draw(st.booleans()))
    at = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        spoilt = whole[:at] + data.draw(st.binary(max_size=9)) + whole[at + data.draw(st.integers(0, 300)) :]
    else:
        spoilt = whole[:at]
    if spoilt[:4] not in (b"WARC", b"\x1f\x8b\x08\x00"):
        return
    file = tmp_path / "x.warc"
    file.write_bytes(spoilt)
    with open_archive(file) as archive:
        read = contents(archive)
        assert all(PAGES.get(url) == body for url, body in read.items()) or archive.damage or whole[:4] == b"WARC"


def test_captures_are_frozen_values_with_a_way_to_their_body(record: Record, exchange: Make, tmp_path: Path) -> None:
    record(exchange(outcome=Outcome.PAYWALL))
    with Collection(tmp_path / "c") as collection:
        (capture,) = collection.captures()
        assert isinstance(capture, Capture)
        with capture.open_body() as one, capture.open_body() as two:
            assert one.read(20) == two.read(20) == capture.body(20)
        assert capture.headers == (("Content-Type", "text/html; charset=utf-8"),)
        assert capture.mime == "text/html"
