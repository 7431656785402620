from __future__ import annotations

import errno
import gzip
import hashlib
import io
import os
import tempfile
import threading
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator as FastArchive
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import (
    ArchiveError,
    Collection,
    CollectionError,
    CollectionLocked,
    Recorded,
    Recorder,
)
from crawler.archive.digest import digest
from crawler.archive.layout import LAYOUT, check_layout
from crawler.model import Exchange, Failure, Outcome, Purpose, RecordRef, Role, TlsSession

Make = Callable[..., Exchange]
Record = Callable[..., list[Recorded]]
SOFTWARE = "wirecopy/test"


def warcs(folder: Path) -> list[Path]:
    return sorted((folder / "c" / "archive").iterdir())


def blocks(warc: Path) -> list[tuple[dict[str, list[str]], bytes]]:
    """Fields and block of every record, one gzip member each, read without any WARC library."""
    records = []
    data = warc.read_bytes()
    while data:
        inflater = zlib.decompressobj(31)
        record = inflater.decompress(data)
        assert inflater.eof
        data = inflater.unused_data
        head, _, rest = record.partition(b"\r\n\r\n")
        version, *lines = head.decode().split("\r\n")
        assert version == "WARC/1.1"
        fields: dict[str, list[str]] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            fields.setdefault(name, []).append(value)
        assert rest.endswith(b"\r\n\r\n")
        assert int(fields["Content-Length"][0]) == len(rest) - 4
        records.append((fields, rest[:-4]))
    return records


def of_type(records: list[tuple[dict[str, list[str]], bytes]], kind: str) -> list[tuple[dict[str, list[str]], bytes]]:
    return [record for record in records if record[0]["WARC-Type"] == [kind]]


def test_an_exchange_becomes_metadata_request_and_response_with_every_field(
    record: Record, exchange: Make, tmp_path: Path
) -> None:
    item = exchange()
    request, response = item.request.read(), item.response.read()  # type: ignore[union-attr]
    (done,) = record(item)
    info, metadata, asked, answered = blocks(warcs(tmp_path)[0])
    warcinfo = info[0]["WARC-Record-ID"]
    assert [fields["WARC-Type"][0] for fields, _ in (info, metadata, asked, answered)] == [
        "warcinfo", "metadata", "request", "response",
    ]  # fmt: skip
    for fields, _ in (metadata, asked, answered):
        assert fields["WARC-Warcinfo-ID"] == warcinfo
        assert fields["WARC-Date"] == ["2026-03-01T09:30:00.250000Z"]
        assert fields["WARC-Target-URI"] == ["https://www.news.example/story"]
    for fields, _ in (metadata, asked):
        assert fields["WARC-Concurrent-To"] == answered[0]["WARC-Record-ID"]
    for fields, _ in (asked, answered):
        assert fields["WARC-IP-Address"] == ["192.0.2.7"]
        assert fields["WARC-Protocol"] == ["http/1.1", "tls/1.3"]
        assert fields["WARC-Cipher-Suite"] == ["TLS_AES_128_GCM_SHA256"]
    assert asked[1] == request
    assert answered[1] == response
    for fields, block in (info, metadata, asked, answered):
        assert fields["WARC-Block-Digest"] == ["sha256:" + hashlib.sha256(block).hexdigest()]
    body = response.partition(b"\r\n\r\n")[2]
    assert answered[0]["WARC-Payload-Digest"] == ["sha256:" + hashlib.sha256(body).hexdigest()]
    assert answered[0]["WARC-Identified-Payload-Type"] == ["text/html"]
    assert "WARC-Payload-Digest" not in asked[0]
    assert b"software: wirecopy/test\r\n" in info[1]
    assert info[0]["WARC-Filename"] == [warcs(tmp_path)[0].name]
    assert done.record.id == answered[0]["WARC-Record-ID"][0].strip("<>")
    assert (done.outcome, done.revisit, done.payload_digest) == (Outcome.OK, False, digest(body))


def test_the_metadata_says_why_it_was_fetched_and_how_it_ended(record: Record, exchange: Make, tmp_path: Path) -> None:
    purpose = Purpose(Role.IMAGE, "https://a.example/s", "https://a.example/s", 2, "img srcset\r\nrole: forged")
    record(exchange(purpose=purpose, outcome=Outcome.BLOCKED, outcome_reason="status 403"))
    ((_, block),) = of_type(blocks(warcs(tmp_path)[0]), "metadata")
    assert block.decode().splitlines() == [
        "role: image", "via: https://a.example/s", "hopsFromSeed: LE", "story: https://a.example/s",
        "because: img srcset role: forged", "outcome: blocked", "outcomeReason: status 403", "tlsVerified: false",
        "tlsError: self-signed",
    ]  # fmt: skip
    with Collection(tmp_path / "c") as collection:
        (capture,) = collection.captures()
    assert capture.outcome is Outcome.BLOCKED
    assert capture.purpose == Purpose(Role.IMAGE, purpose.story, purpose.via, 2, "img srcset role: forged")


def test_the_payload_digest_leaves_the_chunking_out_and_keeps_the_content_coding(
    record: Record, exchange: Make, tmp_path: Path
) -> None:
    coded = gzip.compress(b"<html><title>x</title>" * 20)
    body = b"%x;a=b\r\n%s\r\n%x\r\n%s\r\n0\r\nT: v\r\n\r\n" % (9, coded[:9], len(coded) - 9, coded[9:])
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"
    (done,) = record(exchange(body=body, head=head))
    assert done.payload_digest == digest(coded)
    ((fields, block),) = of_type(blocks(warcs(tmp_path)[0]), "response")
    assert block == head + b"\r\n" + body
    assert fields["WARC-Identified-Payload-Type"] == ["text/html"]
    with Collection(tmp_path / "c") as collection:
        assert next(collection.captures()).body() == b"<html><title>x</title>" * 20


def test_a_large_body_in_a_file_is_archived_whole(record: Record, exchange: Make, tmp_path: Path) -> None:
    body = bytes(range(256)) * 12_000
    spooled = tempfile.SpooledTemporaryFile(max_size=1000)  # noqa: SIM115 - the recorder closes it
    spooled.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + body)
    (done,) = record(exchange(response=spooled))
    assert spooled.closed
    assert done.payload_digest == digest(body)
    with Collection(tmp_path / "c") as collection:
        assert next(collection.captures()).body() == body


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"


@pytest.mark.parametrize("size", [200, 60_000, 900_000, 1_100_000])
@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n", CHUNKED, b"no HTTP\r\n"])
def test_whichever_thread_makes_it_ready_a_response_is_archived_whole_and_once(
    record: Record, exchange: Make, tmp_path: Path, head: bytes, size: int
) -> None:
    payload = b"0123456789abcdef" * (size // 16)
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(payload), payload) if head == CHUNKED else payload
    first, second = record(exchange(body=body, head=head), exchange(body=body, head=head))
    http = head != b"no HTTP\r\n"
    assert first.payload_digest == second.payload_digest == (digest(payload) if http else "")
    assert (first.revisit, second.revisit) == (False, http)
    answered = of_type(blocks(warcs(tmp_path)[0]), "response")
    assert [block for _, block in answered] == [head + b"\r\n" + body] * (1 if http else 2)


def test_interim_heads_are_kept_apart_under_a_name_no_index_takes_for_the_page(
    record: Record, exchange: Make, tmp_path: Path
) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
    record(exchange(interim=(early, early)))
    interim, _ = of_type(blocks(warcs(tmp_path)[0]), "metadata")
    assert interim[1] == early * 2
    assert interim[0]["WARC-Target-URI"] == ["urn:interim:https://www.news.example/story"]
    assert interim[0]["Content-Type"] == ["application/http; msgtype=response"]


def test_a_truncated_response_says_so(record: Record, exchange: Make, tmp_path: Path) -> None:
    record(exchange(truncated="disconnect", outcome=Outcome.ABORTED))
    ((fields, _),) = of_type(blocks(warcs(tmp_path)[0]), "response")
    assert fields["WARC-Truncated"] == ["disconnect"]
    with Collection(tmp_path / "c") as collection:
        assert next(collection.captures()).truncated == "disconnect"


def test_bytes_that_are_no_http_are_kept_as_what_they_are(record: Record, exchange: Make, tmp_path: Path) -> None:
    (done,) = record(exchange(response=io.BytesIO(b"SSH-2.0-x\r\n"), outcome=Outcome.BAD_RESPONSE))
    assert done.payload_digest == ""
    with Collection(tmp_path / "c") as collection:
        (capture,) = collection.captures()
        assert (capture.status, capture.body()) == (None, b"SSH-2.0-x\r\n")


def test_a_request_without_any_answer_is_archived_and_counts_as_a_failure(
    record: Record, exchange: Make, tmp_path: Path
) -> None:
    (done,) = record(exchange(response=None, outcome=Outcome.TIMEOUT, outcome_reason="nothing within 30 s"))
    kinds = [fields["WARC-Type"][0] for fields, _ in blocks(warcs(tmp_path)[0])]
    assert kinds == ["warcinfo", "metadata", "request"]
    with Collection(tmp_path / "c") as collection:
        assert list(collection.captures()) == []
        (failure,) = collection.failures()
        assert (failure.outcome, failure.message) == (Outcome.TIMEOUT, "nothing within 30 s")
        assert collection.read(done.record).read().startswith(b"GET /story")


def test_a_failure_is_entered_in_the_ledger_alone(tmp_path: Path, exchange: Make) -> None:
    failure = Failure(
        "http://dead.example/", exchange().started_at, Purpose(Role.COPY), Outcome.UNREACHABLE, "no address"
    )
    with Recorder(tmp_path / "c", software=SOFTWARE) as recorder:
        recorder.fail(failure).result(120)
    assert warcs(tmp_path) == []
    with Collection(tmp_path / "c") as collection:
        assert list(collection.failures()) == [failure]


def test_a_resource_is_stored_and_read_back(tmp_path: Path, exchange: Make) -> None:
    when = exchange().started_at
    with Recorder(tmp_path / "c", software=SOFTWARE) as recorder:
        recorder.resource("urn:text:https://a.example/x y", b"the text", "text/plain; charset=utf-8", when).result(120)
        recorder.resource("urn:view:https://a.example/", io.BytesIO(b"\x89PNG\r\n\x1a\n"), "image/png", when).result(
            120
        )
    with Collection(tmp_path / "c") as collection:
        text, view = collection.captures()
        assert (text.url, text.mime, text.status, text.body()) == (
            "urn:text:https://a.example/x%20y", "text/plain", None, b"the text",
        )  # fmt: skip
        assert view.body() == b"\x89PNG\r\n\x1a\n"


def test_warcio_and_fastwarc_read_every_byte_as_it_came(record: Record, exchange: Make, tmp_path: Path) -> None:
    bodies = [b"plain " * 50, b"", b"\x00\xff" * 4000, "ü".encode() * 300]
    head = b"HTTP/1.1 200  Fine\nX-Odd :  two  \r\n\tfolded\r\nx-odd: again\r\n"
    record(*(exchange(f"https://a.example/{n}", body, head=head) for n, body in enumerate(bodies)))
    (warc,) = warcs(tmp_path)
    with warc.open("rb") as file:
        raw = [
            record.raw_stream.read()
            for record in ArchiveIterator(file, no_record_parse=True)
            if record.rec_type == "response"
        ]
    assert raw == [head + b"\r\n" + body for body in bodies]
    with warc.open("rb") as file:
        fast = []
        for item in FastArchive(file, parse_http=False):
            assert item.verify_block_digest()
            if item.headers["WARC-Type"] == "response":
                fast.append(item.reader.read())
    assert fast == raw


def test_files_rotate_at_a_size_and_no_exchange_is_split(record: Record, exchange: Make, tmp_path: Path) -> None:
    noise = [hashlib.sha256(b"%d" % n).digest() * 3 + b"%d" % n for n in range(40)]
    record(*(exchange(f"https://a.example/{n}", body) for n, body in enumerate(noise)), rotate_bytes=20_000)
    files = warcs(tmp_path)
    assert len(files) > 2
    assert all(file.name.endswith(".warc.gz") for file in files)
    for file in files:
        records = blocks(file)
        assert records[0][0]["WARC-Type"] == ["warcinfo"]
        assert (len(records) - 1) % 3 == 0
        assert {fields["WARC-Warcinfo-ID"][0] for fields, _ in records[1:]} == set(records[0][0]["WARC-Record-ID"])
    with Collection(tmp_path / "c") as collection:
        assert [capture.body() for capture in collection.captures()] == noise


def test_a_file_bears_open_until_it_is_finished(tmp_path: Path, exchange: Make) -> None:
    with Recorder(tmp_path / "c", software=SOFTWARE) as recorder:
        recorder.record(exchange()).result(120)
        (file,) = warcs(tmp_path)
        assert file.name.endswith(".warc.gz.open")
        assert len(blocks(file)) == 4
        with Collection(tmp_path / "c") as running:
            assert list(running.captures()) == []
    (file,) = warcs(tmp_path)
    assert file.name.endswith(".warc.gz")


def test_many_threads_record_at_once(tmp_path: Path, exchange: Make) -> None:
    with Recorder(tmp_path / "c", software=SOFTWARE) as recorder:

        def work(thread: int) -> None:
            for n in range(25):
                recorder.record(exchange(f"https://a.example/{thread}/{n}", b"%d %d" % (thread, n))).result(120)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with Collection(tmp_path / "c") as collection:
        assert len({capture.url for capture in collection.captures()}) == 100


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with (
        Recorder(tmp_path / "c", software=SOFTWARE),
        pytest.raises(CollectionLocked, match=r"being written by another wirecopy \(process \d+\)"),
    ):
        Recorder(tmp_path / "c", software=SOFTWARE)
    Recorder(tmp_path / "c", software=SOFTWARE).close()


def test_a_closed_recorder_takes_nothing_more(tmp_path: Path, exchange: Make) -> None:
    recorder = Recorder(tmp_path / "c", software=SOFTWARE)
    recorder.close()
    recorder.close()
    item = exchange()
    with pytest.raises(ArchiveError, match="closed"):
        recorder.record(item).result(120)
    assert item.request.closed


def test_one_unreadable_exchange_harms_no_other(tmp_path: Path, exchange: Make) -> None:
    broken = exchange()
    broken.request.close()
    with Recorder(tmp_path / "c", software=SOFTWARE) as recorder:
        futures = [recorder.record(item) for item in (exchange(), broken, exchange("https://a.example/"))]
        with pytest.raises(ArchiveError, match="closed file"):
            futures[1].result(120)
        assert futures[0].result(120).record.warc == futures[2].result(120).record.warc


def test_certificates_are_archived_with_the_next_exchange_where_one_could_not_be_read(
    exchange: Make, tmp_path: Path
) -> None:
    tls = TlsSession("tls/1.3", "TLS_AES_128_GCM_SHA256", verified=True, chain=(b"leaf", b"root"))
    broken = exchange(tls=tls)
    broken.request.close()
    with Recorder(tmp_path / "c", software=SOFTWARE) as recorder:
        with pytest.raises(ArchiveError, match="closed file"):
            recorder.record(broken).result(120)
        recorder.record(exchange(tls=tls)).result(120)
    (warc,) = warcs(tmp_path)
    assert [fields["Content-Type"] for fields, _ in blocks(warc)].count(["application/pem-certificate-chain"]) == 1


class Unreadable(io.RawIOBase):
    """Is large, and is not read before the writing thread does."""

    def seek(self, at: int, whence: int = 0) -> int:
        return at if whence == 0 else 1 << 20

    def read(self, *_: object) -> bytes:
        raise MemoryError


class Unclosable(io.BytesIO):
    def close(self) -> None:
        if not self.closed:
            super().close()
            raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_whatever_goes_wrong_as_the_writing_thread_reads_harms_no_other(exchange: Make, tmp_path: Path) -> None:
    with Recorder(tmp_path / "c", software=SOFTWARE) as recorder:
        with pytest.raises(ArchiveError, match="MemoryError"):
            recorder.record(exchange(response=Unreadable())).result(60)
        recorder.record(exchange()).result(60)


def test_whatever_ends_the_writing_is_told_to_all_who_wait(exchange: Make, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "c", software=SOFTWARE)
    for item in (exchange(response=Unclosable(b"HTTP/1.1 200 OK\r\n\r\n")), exchange()):
        with pytest.raises(ArchiveError, match="Input/output error"):
            recorder.record(item).result(60)
    with pytest.raises(ArchiveError, match="Input/output error"):
        recorder.close()


def test_the_collection_is_opened_again_and_added_to(record: Record, exchange: Make, tmp_path: Path) -> None:
    record(exchange())
    record(exchange("https://a.example/"))
    with Collection(tmp_path / "c") as collection:
        assert [capture.url for capture in collection.captures()] == [
            "https://www.news.example/story",
            "https://a.example/",
        ]


def test_a_folder_of_other_things_is_no_collection(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(CollectionError, match="not empty"):
        Recorder(tmp_path, software=SOFTWARE)
    with pytest.raises(CollectionError, match=r"no datapackage\.json"):
        Collection(tmp_path)
    with pytest.raises(CollectionError, match="does not exist"):
        Collection(tmp_path / "none")
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(("layout", "says"), [(LAYOUT + 1, "upgrade wirecopy"), (LAYOUT - 1, "wirecopy index")])
def test_another_layout_is_refused_in_one_line(tmp_path: Path, layout: int, says: str) -> None:
    Collection.create(tmp_path / "c").close()
    package = tmp_path / "c" / "datapackage.json"
    package.write_text(package.read_text().replace(f'"layout": {LAYOUT}', f'"layout": {layout}'))
    for refused in (lambda: Collection(tmp_path / "c"), lambda: Recorder(tmp_path / "c", software=SOFTWARE)):
        with pytest.raises(CollectionError, match=says) as caught:
            refused()
        assert "\n" not in str(caught.value)
        assert str(tmp_path / "c") in str(caught.value)


def test_the_datapackage_names_every_file_with_size_and_digest(record: Record, exchange: Make, tmp_path: Path) -> None:
    record(exchange())
    package = check_layout(tmp_path / "c")
    assert [entry["path"].partition("/")[0] for entry in package["resources"]] == ["archive", "indexes", "pages"]
    for entry in package["resources"]:
        data = (tmp_path / "c" / entry["path"]).read_bytes()
        assert (entry["hash"], entry["bytes"]) == (digest(data), len(data))
    assert package["mainPageURL"] == "https://www.news.example/story"


def test_half_a_character_in_a_reason_harms_nothing(record: Record, exchange: Make, tmp_path: Path) -> None:
    half = Purpose(Role.COPY, "http://a.example/\ud83d", because="JSON-LD \udcff publisher \ud83d")
    record(exchange("http://a.example/\ud83d", purpose=half), exchange())
    with Collection(tmp_path / "c") as collection:
        odd, plain = collection.captures()
        assert odd.purpose == Purpose(Role.COPY, "http://a.example/?", because="JSON-LD ? publisher ?")
        assert plain.url == "https://www.news.example/story"


def test_what_is_still_being_written_is_not_found(tmp_path: Path, exchange: Make) -> None:
    with Recorder(tmp_path / "c", software=SOFTWARE) as recorder:
        recorder.record(exchange()).result(120)
        with Collection(tmp_path / "c") as running:
            assert running.find("https://www.news.example/story") is None


def test_a_certificate_that_verified_is_noted(record: Record, exchange: Make, tmp_path: Path) -> None:
    record(exchange(tls=TlsSession("tls/1.2", "ECDHE-RSA-AES256-GCM-SHA384", verified=True, chain=(b"leaf", b"root"))))
    (_, chain), (_, block) = of_type(blocks(warcs(tmp_path)[0]), "metadata")
    assert b"tlsVerified: true\r\ntlsLeafCertificate: " + digest(b"leaf").encode() in block
    assert b"tlsCertificateChain: urn:certificates:" + digest(b"leafroot").encode() in block
    assert chain.startswith(b"-----BEGIN CERTIFICATE-----\nbGVhZg==\n-----END CERTIFICATE-----\n-----BEGIN")


def test_a_record_is_found_by_its_place_alone(record: Record, exchange: Make, tmp_path: Path) -> None:
    (done,) = record(exchange())
    (file,) = warcs(tmp_path)
    ref = done.record
    member = file.read_bytes()[ref.offset : ref.offset + ref.length]
    assert f"<{ref.id}>".encode() in gzip.decompress(member)
    with Collection(tmp_path / "c") as collection, pytest.raises(ArchiveError, match="no record"):
        collection.read(RecordRef(ref.warc, ref.offset, ref.length, "urn:uuid:other"))


def test_a_warc_is_begun_once_a_file_is_free(
    exchange: Any, record: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening, refused = os.open, []

    def taken(path: Any, *flags: Any, **more: Any) -> int:
        if len(refused) < 3 and (str(path).endswith(".open") or (refused and Path(path).name == "archive")):
            refused.append(path)
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE), path)
        return opening(path, *flags, **more)

    monkeypatch.setattr("crawler.archive.writer._PAUSES", (0.0,) * 5)
    monkeypatch.setattr(os, "open", taken)
    (recorded,) = record(exchange())
    assert len(refused) == 3
    assert recorded.outcome is Outcome.OK
