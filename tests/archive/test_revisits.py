from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import ArchiveError, Collection, Recorded, open_archive
from crawler.archive.digest import digest
from crawler.archive.drafts import IDENTICAL, NOT_MODIFIED
from crawler.model import Exchange, Outcome

Make = Callable[..., Exchange]
Record = Callable[..., list[Recorded]]
BODY = b"<p>the same words</p>" * 20
TAGGED = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=latin-1\r\n"
    b'ETag: "v1"\r\nLast-Modified: Sun, 01 Mar 2026 09:00:00 GMT\r\n'
)
UNCHANGED = b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\nX-Served: again\r\n'


def heads(folder: Path, kind: str) -> list[dict[str, str]]:
    found = []
    for warc in sorted((folder / "c" / "archive").iterdir()):
        with warc.open("rb") as file:
            found += [dict(record.rec_headers.headers) for record in ArchiveIterator(file) if record.rec_type == kind]
    return found


def test_the_same_payload_from_another_url_becomes_a_revisit_that_keeps_its_own_head(
    record: Record, exchange: Make, tmp_path: Path
) -> None:
    first, second = record(
        exchange("https://a.example/original", BODY),
        exchange("https://b.example/copy", BODY, head=b"HTTP/1.1 200 OK\r\nServer: b\r\n", seconds=60),
    )
    assert (first.revisit, second.revisit) == (False, True)
    (fields,) = heads(tmp_path, "revisit")
    assert fields["WARC-Profile"] == IDENTICAL
    assert fields["WARC-Refers-To"] == f"<{first.record.id}>"
    assert fields["WARC-Refers-To-Target-URI"] == "https://a.example/original"
    assert fields["WARC-Refers-To-Date"] == "2026-03-01T09:30:00.250000Z"
    assert fields["WARC-Payload-Digest"] == first.payload_digest == second.payload_digest == digest(BODY)
    assert fields["WARC-Truncated"] == "length"
    with Collection(tmp_path / "c") as collection:
        _, copy = collection.captures()
        assert collection.read(copy.record).read() == b"HTTP/1.1 200 OK\r\nServer: b\r\n\r\n"
        assert (copy.status, copy.headers, copy.truncated) == (200, (("Server", "b"),), None)
        assert copy.body() == BODY


def test_a_payload_chunked_otherwise_is_the_same_payload(record: Record, exchange: Make, tmp_path: Path) -> None:
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
    done = record(exchange("http://a.example/", chunked, head=head), exchange("http://b.example/", BODY))
    assert done[1].revisit
    with Collection(tmp_path / "c") as collection:
        assert [capture.body() for capture in collection.captures()] == [BODY, BODY]


CODED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
NOT_CODED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(("stored", "again"), [(CODED, CODED), (CODED, NOT_CODED), (NOT_CODED, CODED)])
def test_a_repeated_payload_is_decoded_by_the_coding_of_the_record_that_holds_it_where_its_own_head_names_none(
    record: Record, exchange: Make, tmp_path: Path, stored: bytes, again: bytes
) -> None:
    packed = gzip.compress(b"".join(b"<p>%d other words</p>" % number for number in range(99)), mtime=0)
    record(exchange("http://a.example/", packed, head=stored), exchange("http://b.example/", packed, head=again))
    with Collection(tmp_path / "c") as collection:
        _, copy = collection.captures()
        assert copy.body() == gzip.decompress(packed)


def test_a_304_that_tells_no_coding_is_decoded_by_that_of_the_record_it_confirms(
    record: Record, exchange: Make, tmp_path: Path
) -> None:
    first = exchange(body=gzip.compress(BODY), head=TAGGED + b"Content-Encoding: gzip\r\n")
    asked = b'If-None-Match: "v1"\r\n'
    record(first, exchange(body=b"", head=UNCHANGED, asked=asked, seconds=60, outcome=Outcome.NOT_MODIFIED))
    with Collection(tmp_path / "c") as collection:
        assert [capture.body() for capture in collection.captures()] == [BODY, BODY]


@pytest.mark.parametrize("body", [b"", b"not found"])
def test_tiny_payloads_are_stored_again(record: Record, exchange: Make, body: bytes) -> None:
    assert not any(
        done.revisit for done in record(exchange("http://a.example/", body), exchange("http://b.example/", body))
    )


def test_nothing_refers_to_a_truncated_response_nor_is_one_taken_for_a_repeat(record: Record, exchange: Make) -> None:
    cut = {"truncated": "disconnect", "outcome": Outcome.ABORTED}
    done = record(
        exchange("http://a.example/", BODY, **cut), exchange("http://b.example/", BODY), exchange(body=BODY, **cut)
    )
    assert not any(item.revisit for item in done)


def test_repeats_are_recognised_in_a_later_run(record: Record, exchange: Make) -> None:
    record(exchange("http://a.example/", BODY))
    (later,) = record(exchange("http://a.example/", BODY, seconds=3600))
    assert later.revisit


def test_a_304_that_confirms_a_validator_refers_to_the_capture_it_confirms(
    record: Record, exchange: Make, tmp_path: Path
) -> None:
    first, _, third = record(
        exchange(body=BODY, head=TAGGED),
        exchange(body=BODY + b"2", head=TAGGED.replace(b"v1", b"v2"), seconds=60),
        exchange(
            body=b"", head=UNCHANGED, asked=b'If-None-Match: W/"v1"\r\n', seconds=120, outcome=Outcome.NOT_MODIFIED
        ),
    )
    assert third.revisit
    (fields,) = heads(tmp_path, "revisit")
    assert fields["WARC-Profile"] == NOT_MODIFIED
    assert fields["WARC-Refers-To"] == f"<{first.record.id}>"
    assert fields["WARC-Refers-To-Date"] == "2026-03-01T09:30:00.250000Z"
    assert "WARC-Truncated" not in fields
    with Collection(tmp_path / "c") as collection:
        capture = list(collection.captures())[-1]
        assert collection.read(capture.record).read() == UNCHANGED + b"\r\n"
        assert (capture.status, capture.mime, capture.outcome) == (304, "text/html", Outcome.NOT_MODIFIED)
        assert dict(capture.headers)["X-Served"] == "again"
        assert dict(capture.headers)["Content-Type"] == "text/html; charset=latin-1"
        assert capture.body() == BODY


def test_a_304_may_confirm_a_date(record: Record, exchange: Make) -> None:
    asked = b"If-Modified-Since: Sun, 01 Mar 2026 09:00:00 GMT\r\n"
    assert record(exchange(body=BODY, head=TAGGED), exchange(body=b"", head=UNCHANGED, asked=asked))[1].revisit


@pytest.mark.parametrize("asked", [b"", b'If-None-Match: "other"\r\n'])
def test_a_304_that_confirms_nothing_known_is_stored_as_a_response(
    record: Record, exchange: Make, asked: bytes, tmp_path: Path
) -> None:
    done = record(exchange(body=BODY, head=TAGGED), exchange(body=b"", head=UNCHANGED, asked=asked))
    assert not done[1].revisit
    with Collection(tmp_path / "c") as collection:
        assert list(collection.captures())[1].body() == b""


def test_a_revisit_whose_payload_is_elsewhere_says_so_and_hides_nothing(
    record: Record, exchange: Make, tmp_path: Path
) -> None:
    record(exchange("http://a.example/", BODY), rotate_bytes=1)
    record(exchange("http://b.example/", BODY), exchange("http://c.example/", BODY + b"more"), rotate_bytes=10_000)
    _, later = sorted((tmp_path / "c" / "archive").iterdir())
    with open_archive(later) as archive:
        revisit, other = archive.captures()
        assert (revisit.url, revisit.status) == ("http://b.example/", 200)
        with pytest.raises(ArchiveError, match="does not hold"):
            revisit.open_body()
        assert other.body() == BODY + b"more"


def test_a_304_that_confirms_a_damaged_record_hides_nothing_that_follows(
    record: Record, exchange: Make, tmp_path: Path
) -> None:
    asked = b'If-None-Match: "v1"\r\n'
    first, *_ = record(
        exchange(body=BODY, head=TAGGED),
        exchange(body=b"", head=UNCHANGED, asked=asked, seconds=60, outcome=Outcome.NOT_MODIFIED),
        exchange("https://b.example/other", b"other", seconds=90),
    )
    (warc,) = (tmp_path / "c" / "archive").iterdir()
    data = bytearray(warc.read_bytes())
    data[first.record.offset + 20] ^= 0xFF
    warc.write_bytes(data)
    with Collection(tmp_path / "c") as collection:
        confirmed, other = collection.captures()
        assert (confirmed.status, confirmed.headers[-1]) == (304, ("X-Served", "again"))
        with pytest.raises(ArchiveError):
            confirmed.body()
        assert other.body() == b"other"
        assert [damage.offset for damage in collection.damage] == [first.record.offset]


def test_a_revisit_is_copied_with_the_record_it_refers_to(record: Record, exchange: Make, tmp_path: Path) -> None:
    from crawler.archive import Recorder

    record(
        exchange("http://a.example/", BODY),
        exchange("http://b.example/", BODY, response=io.BytesIO(TAGGED + b"\r\n" + BODY)),
    )
    with Collection(tmp_path / "c") as source, Recorder(tmp_path / "d", software="wirecopy/test") as recorder:
        wanted = source.find("http://b.example/")
        assert wanted is not None
        done = [source.copy_capture(wanted, recorder).result(120) for _ in range(2)]
        assert done[0] == done[1]
        before = [b"".join(raw.pieces()) for group in source.raw_records(wanted) for raw in group.records]
    with Collection(tmp_path / "d") as copy:
        urls = [capture.url for capture in copy.captures()]
        assert urls == ["http://a.example/", "http://b.example/"]
        copied = copy.find("http://b.example/")
        assert copied is not None
        assert (copied.record.id, copied.purpose, copied.body()) == (wanted.record.id, wanted.purpose, BODY)
        after = [b"".join(raw.pieces()) for group in copy.raw_records(copied) for raw in group.records]
    assert before == after
