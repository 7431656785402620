"""WARC readers: warcio and FastWARC see every record, and the digests hold.

Both digest a chunked payload with its chunking, against WARC 1.1 (section 5.9); those payloads are dechunked here, by a
few lines that know nothing of wirecopy, and digested then.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import BinaryIO

from evidence import Evidence, expect
from fastwarc.warc import ArchiveIterator as FastArchive
from warcio.archiveiterator import ArchiveIterator

BIN = Path(sys.executable).parent


def records_of(warc: Path) -> int:
    """Records counted without any WARC reader: the heads that begin gzip members."""
    with gzip.open(warc) as plain:
        return sum(1 for line in plain if line == b"WARC/1.1\r\n")


def warcio_index(evidence: Evidence) -> str:
    run = subprocess.run(
        [BIN / "warcio", "index", "-f", "offset,warc-type,warc-record-id", *evidence.warcs],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    expect(run.returncode == 0, run.stderr)
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    wanted = sum(map(records_of, evidence.warcs))
    expect(len(rows) == wanted, f"{len(rows)} of {wanted} records")
    kinds = Counter(row["warc-type"] for row in rows)
    return f"{len(rows)} records: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))


def warcio_check(evidence: Evidence) -> str:
    passed = chunked = 0
    for warc in evidence.warcs:
        with warc.open("rb") as file:
            for record in ArchiveIterator(file, check_digests=True):
                head = record.http_headers
                coded = head is not None and "chunked" in (head.get_header("Transfer-Encoding") or "")
                body = record.raw_stream.read()
                problems = list(record.digest_checker.problems)
                if coded and record.rec_type == "response":
                    expect(dechunked(body) == record.rec_headers.get_header("WARC-Payload-Digest"), "a chunked payload")
                    problems = [text for text in problems if "payload" not in text]
                    chunked += 1
                expect(not problems, f"{record.rec_headers.get_header('WARC-Record-ID')}: {problems}")
                passed += 1
    return f"{passed} records, {chunked} of them chunked responses"


def dechunked(body: bytes) -> str:
    """The digest of a chunked body without its chunking."""
    data, rest = b"", body
    while True:
        size, _, rest = rest.partition(b"\r\n")
        length = int(size.partition(b";")[0], 16)
        if length == 0:
            return "sha256:" + hashlib.sha256(data).hexdigest()
        data, rest = data + rest[:length], rest[length + 2 :]


def fastwarc_digests(evidence: Evidence) -> str:
    blocks = payloads = 0
    for warc in evidence.warcs:
        with warc.open("rb") as file:
            block, payload = _digests(file)
            blocks += block
            payloads += payload
    wanted = sum(map(records_of, evidence.warcs))
    expect(blocks == wanted, f"{blocks} of {wanted} block digests hold")
    return f"{blocks} block and {payloads} payload digests hold"


def fastwarc_in_wacz(evidence: Evidence) -> str:
    blocks = 0
    with zipfile.ZipFile(evidence.wacz) as wacz:
        for entry in wacz.infolist():
            expect(entry.compress_type == zipfile.ZIP_STORED, f"{entry.filename} is not stored")
            if entry.filename.endswith(".warc.gz"):
                with wacz.open(entry) as file:
                    blocks += _digests(file)[0]
    expect(blocks, "no records")
    return f"{blocks} block digests hold"


def _digests(file: BinaryIO) -> tuple[int, int]:
    blocks = payloads = 0
    for record in FastArchive(file, parse_http=False):
        expect(record.verify_block_digest(), f"block digest of {record.record_id} fails")
        blocks += 1
        if "WARC-Payload-Digest" in record.headers and record.headers["WARC-Type"] in ("response", "request"):
            record.parse_http()
            if "chunked" in (record.http_headers.get("Transfer-Encoding") or ""):
                expect(dechunked(record.reader.read()) == record.headers["WARC-Payload-Digest"], "a chunked payload")
            else:
                expect(record.verify_payload_digest(), f"payload digest of {record.record_id} fails")
            payloads += 1
    return blocks, payloads
