"""The shapes of other writers' files, made by hand: what is usual for them is no error, and no long list."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from crawler.archive.verify import Finding, Severity, verify
from tests.archive.verify.build import CHUNKED, GET, PAGE, URL, members, record, sha1, sha256, uuid
from tests.wget import wget, with_wget

OLD = {"version": "WARC/1.0"}


def found(path: Path) -> Counter[tuple[Severity, str]]:
    findings: list[Finding] = []
    verify(path, findings.append)
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]
    return Counter((finding.severity, finding.code) for finding in findings)


def warnings(path: Path) -> set[str]:
    return {code for severity, code in found(path) if severity is Severity.WARNING}


def test_heritrix_3(tmp_path: Path) -> None:
    block = b"software: Heritrix/3.4.0\r\nip: 192.0.2.1\r\nrobots: obey\r\n\r\n"
    about = b"via: https://www.example.org/\r\nhopsFromSeed: L\r\nfetchTimeMs: 12\r\n\r\n"
    records = [
        record("warcinfo", block, **OLD, WARC_Record_ID=uuid(0), WARC_Filename="x.warc.gz"),
        record(
            "response", b"20260301093000\nwww.example.org.\t60\tIN\tA\t192.0.2.7\n", **OLD, WARC_Record_ID=uuid(1),
            WARC_Target_URI="dns:www.example.org", WARC_IP_Address="192.0.2.53", Content_Type="text/dns",
        ),
        record(
            "response", PAGE, **OLD, WARC_Record_ID=uuid(2), WARC_IP_Address="192.0.2.7",
            WARC_Payload_Digest=sha1(b"Hello"),
        ),
        record("request", GET, **OLD, WARC_Record_ID=uuid(3), WARC_Concurrent_To=uuid(2)),
        record("metadata", about, **OLD, WARC_Record_ID=uuid(4), WARC_Target_URI=URL, WARC_Concurrent_To=uuid(2)),
        record(
            "revisit", b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n", **OLD, WARC_Record_ID=uuid(5),
            WARC_Profile="http://netpreserve.org/warc/1.0/revisit/server-not-modified", WARC_Truncated="length",
            WARC_Refers_To=uuid(2), WARC_Payload_Digest=sha1(b"Hello"),
        ),
        record("request", GET, **OLD, WARC_Record_ID=uuid(6), WARC_Concurrent_To=uuid(5)),
    ]  # fmt: skip
    (tmp_path / "x.warc.gz").write_bytes(members(records))
    assert found(tmp_path / "x.warc.gz") == Counter()


def test_heritrix_1_with_a_draft_of_the_format(tmp_path: Path) -> None:
    old = {"version": "WARC/0.18"}
    records = [
        record("warcinfo", b"software: Heritrix/1.14.3\r\n", **old, WARC_Record_ID=uuid(0)),
        *(record("response", PAGE, **old, WARC_Record_ID=uuid(number)) for number in range(1, 200)),
    ]
    (tmp_path / "x.warc.gz").write_bytes(members(records))
    counted = found(tmp_path / "x.warc.gz")
    assert counted == {(Severity.WARNING, "version-draft"): 1, (Severity.INFO, "requests-absent"): 1}


def test_common_crawl(tmp_path: Path) -> None:
    info = b"isPartOf: CC-MAIN-2026-10\r\nsoftware: Apache Nutch 1.21\r\nrobots: checked\r\n\r\n"
    body = b"<html>" + b"x" * 50
    page = (
        b"HTTP/1.1 200 OK\r\nX-Crawler-Content-Encoding: gzip\r\nX-Crawler-Transfer-Encoding: chunked\r\n"
        b"Content-Length: 56\r\n\r\n" + body
    )
    same = {**OLD, "WARC_Warcinfo_ID": uuid(0), "WARC_IP_Address": "192.0.2.7"}
    records = [
        record("warcinfo", info, **OLD, WARC_Record_ID=uuid(0), WARC_Filename="x.warc.gz"),
        record("request", GET, **same, WARC_Record_ID=uuid(1), WARC_Protocol=["h2", "tls/1.3"]),
        record(
            "response", page, **same, WARC_Record_ID=uuid(2), WARC_Concurrent_To=uuid(1), WARC_Truncated="length",
            WARC_Payload_Digest=sha1(body), WARC_Block_Digest=sha1(page), WARC_Protocol=["h2", "tls/1.3"],
            WARC_Cipher_Suite="TLS_AES_128_GCM_SHA256", WARC_Identified_Payload_Type="text/html",
        ),
        record(
            "metadata", b"fetchTimeMs: 92\r\nlanguages-cld2: {}\r\n\r\n", **{**same, "WARC_IP_Address": None},
            WARC_Record_ID=uuid(3), WARC_Concurrent_To=uuid(2), WARC_Target_URI=URL,
        ),
    ]  # fmt: skip
    (tmp_path / "x.warc.gz").write_bytes(members(records))
    assert found(tmp_path / "x.warc.gz") == Counter()


def test_browsertrix(tmp_path: Path) -> None:
    page = b"HTTP/1.1 200\r\nx-orig-content-encoding: br\r\ncontent-length: 5\r\n\r\nHello"
    digests = {"WARC_Payload_Digest": sha256(b"Hello"), "WARC_Block_Digest": sha256(page)}
    own = {"WARC_Page_ID": "4b7b", "WARC_Resource_Type": "document", "WARC_JSON_Metadata": "{}"}
    fine = "2026-03-01T09:30:00.123Z"
    records = [
        record("warcinfo", b"software: Browsertrix-Crawler 1.6\r\n", WARC_Record_ID=uuid(0)),
        record("response", page, WARC_Record_ID=uuid(1), WARC_Date=fine, **digests, **own),
        record("request", GET, WARC_Record_ID=uuid(2), WARC_Date=fine, WARC_Concurrent_To=uuid(1), **own),
        record(
            "resource", b"{}", WARC_Record_ID=uuid(3), WARC_Target_URI=f"urn:pageinfo:{URL}",
            Content_Type="application/json; charset=utf-8", WARC_Payload_Digest=sha256(b"{}"),
        ),
        record("resource", b"Hello", WARC_Record_ID=uuid(4), WARC_Target_URI=f"urn:text:{URL}"),
    ]  # fmt: skip
    (tmp_path / "x.warc.gz").write_bytes(members(records))
    assert found(tmp_path / "x.warc.gz") == Counter()


def test_warcprox(tmp_path: Path) -> None:
    records = [
        record("warcinfo", b"software: warcprox 2.6\r\n", **OLD, WARC_Record_ID=uuid(0)),
        record(
            "response", CHUNKED, **OLD, WARC_Record_ID=uuid(1), WARC_Payload_Digest=sha1(b"5\r\nHello\r\n0\r\n\r\n"),
        ),
        record("request", GET, **OLD, WARC_Record_ID=uuid(2), WARC_Concurrent_To=uuid(1)),
        record("resource", b"\x89PNG", **OLD, WARC_Record_ID=uuid(3), WARC_Target_URI=f"screenshot:{URL}"),
    ]  # fmt: skip
    (tmp_path / "x.warc.gz").write_bytes(members(records))
    assert warnings(tmp_path / "x.warc.gz") == {"payload-digest-chunked"}


def test_pywb_and_webrecorder(tmp_path: Path) -> None:
    revisit = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
    records = [
        record("warcinfo", b"software: pywb\r\n", **OLD, WARC_Record_ID=uuid(0)),
        record("response", PAGE, **OLD, WARC_Record_ID=uuid(1), WARC_Payload_Digest=sha1(b"Hello")),
        record("request", GET, **OLD, WARC_Record_ID=uuid(2), WARC_Concurrent_To=uuid(1)),
        record(
            "revisit", revisit, **OLD, WARC_Record_ID=uuid(3), WARC_Payload_Digest=sha1(b"Hello"),
            WARC_Profile="http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
            WARC_Refers_To_Target_URI=URL, WARC_Refers_To_Date="2026-03-01T09:30:00Z",
        ),
    ]  # fmt: skip
    (tmp_path / "x.warc.gz").write_bytes(members(records))
    assert found(tmp_path / "x.warc.gz") == Counter()


WARCIO = """
import sys
from io import BytesIO
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
with open(sys.argv[1], "wb") as out:
    writer = WARCWriter(out, gzip=True, warc_version=sys.argv[2])
    writer.write_record(writer.create_warcinfo_record("x.warc.gz", {"software": "warcio"}))
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    ask = StatusAndHeaders("GET /story HTTP/1.1", [("Host", "www.example.org")], is_http_request=True)
    url = "https://www.example.org/story"
    page = writer.create_warc_record(url, "response", payload=BytesIO(b"Hello"), http_headers=head)
    writer.write_request_response_pair(writer.create_warc_record(url, "request", http_headers=ask), page)
"""


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_warcio(version: str, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", WARCIO, tmp_path / "x.warc.gz", version], check=True, timeout=120)
    assert not warnings(tmp_path / "x.warc.gz")


class Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        if self.path == "/chunks":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"5\r\nHello\r\n0\r\n\r\n")
            return
        self.send_header("Content-Length", "26")
        self.end_headers()
        self.wfile.write(b'<a href="/chunks">more</a>')

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@with_wget
def test_wget(site: str, tmp_path: Path) -> None:
    wget("-r", "-P", tmp_path, f"--warc-file={tmp_path}/x", site)
    assert warnings(tmp_path / "x.warc.gz") == {"payload-digest-chunked"}


@with_wget
def test_wget_revisits_whose_block_digest_is_of_nothing(site: str, tmp_path: Path) -> None:
    warc = f"--warc-file={tmp_path}/x"
    again = [f"--warc-file={tmp_path}/y", f"--warc-dedup={tmp_path}/x.cdx", "--warc-cdx"]
    for words in ([warc, "--warc-cdx"], again):
        wget("-O", "/dev/null", *words, site)
    assert warnings(tmp_path / "y.warc.gz") == {"block-digest-empty", "refers-to-missing"}


def test_common_crawls_texts_and_metadata(tmp_path: Path) -> None:
    info = record("warcinfo", b"Software-Info: ia-web-commons\r\n\r\n", **OLD, WARC_Record_ID=uuid(0))
    texts = [
        record(
            "conversion", b"The quay is closed.", **OLD, WARC_Record_ID=uuid(number), WARC_Refers_To=uuid(100 + number),
            WARC_Block_Digest=sha1(b"The quay is closed."), WARC_Identified_Content_Language="eng",
        )
        for number in (1, 2)
    ]  # fmt: skip
    (tmp_path / "x.warc.wet.gz").write_bytes(members([info, *texts]))
    assert found(tmp_path / "x.warc.wet.gz") == {(Severity.INFO, "reference-elsewhere"): 2}
    about = [
        record(
            "metadata", b"{}", **OLD, WARC_Record_ID=uuid(number), WARC_Refers_To=uuid(100 + number),
            WARC_Target_URI=target, Content_Type="application/json",
        )
        for number, target in ((1, "CC-MAIN-20260301093000-00000.warc.gz"), (2, URL))
    ]  # fmt: skip
    (tmp_path / "x.warc.wat.gz").write_bytes(members([info, *about]))
    assert warnings(tmp_path / "x.warc.wat.gz") == {"uri-file-name"}


@pytest.mark.parametrize("digests", [True, False])
def test_fastwarc(digests: bool, tmp_path: Path) -> None:
    with (tmp_path / "x.warc").open("wb") as out:
        for number, kind in enumerate((WarcRecordType.warcinfo, WarcRecordType.response, WarcRecordType.conversion)):
            made = WarcRecord()
            made.init_headers(record_type=kind)
            if number:
                made.headers["WARC-Target-URI"] = URL
            made.headers["Content-Type"] = (
                "application/warc-fields",
                "application/http; msgtype=response",
                "text/plain",
            )[number]
            made.set_bytes_content(PAGE if number else b"software: FastWARC\r\n")
            made.write(out, checksum_data=digests)
    assert set(found(tmp_path / "x.warc")) == {(Severity.INFO, "requests-absent")}
