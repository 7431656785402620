from __future__ import annotations

import io
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from crawler.archive import ReadError
from crawler.archive.reader import read_records
from crawler.archive.tape import TapeError
from crawler.archive.verify import Finding, Severity, Verdict, verify
from crawler.archive.verify.finding import Teller
from crawler.archive.verify.records import read_strictly
from crawler.archive.verify.stream import Fault
from tests.archive.verify.build import members, record, sha256, sound, uuid, warcinfo
from tests.archive.verify.damaged import WARCS


def findings(path: Path) -> list[Finding]:
    found: list[Finding] = []
    verify(path, found.append)
    return found


@pytest.mark.parametrize("name", WARCS)
def test_everything_that_is_wrong_is_found_and_nothing_else(name: str, tmp_path: Path) -> None:
    data, expected = WARCS[name]
    file = tmp_path / ("x.warc.gz" if data[:2] == b"\x1f\x8b" else "x.warc")
    file.write_bytes(data)
    assert {finding.code for finding in findings(file)} == expected


def test_a_finding_says_where_it_is(tmp_path: Path) -> None:
    records = sound()
    records[3] = records[3].replace(b"WARC-Date: 2026", b"WARC-Date: 20x6")
    (tmp_path / "x.warc.gz").write_bytes(members(records))
    found: list[Finding] = []
    assert verify(tmp_path / "x.warc.gz", found.append) is Verdict.ERROR
    (finding,) = (finding for finding in found if finding.code == "date-syntax")
    assert finding.to_dict() == {
        "code": "date-syntax",
        "severity": "error",
        "file": "x.warc.gz",
        "offset": len(members(records[:3])),
        "record": uuid(21)[1:-1],
        "message": "WARC-Date: '20x6-03-01T09:30:00Z' is no date as WARC 1.1 writes it",
    }


def test_records_behind_damage_are_checked_all_the_same(tmp_path: Path) -> None:
    records = sound(3)
    packed = [members([one]) for one in records]
    packed[2] = packed[2][:60] + b"\xff\xff" + packed[2][62:]
    packed[6] = members([records[6].replace(b"page 3", b"PAGE 3")])
    (tmp_path / "x.warc.gz").write_bytes(b"".join(packed))
    found = {(finding.code, finding.record) for finding in findings(tmp_path / "x.warc.gz")}
    assert ("block-digest", uuid(30)[1:-1]) in found
    assert {code for code, _ in found} >= {"gzip-deflate", "payload-digest"}


@pytest.mark.parametrize("pack", [b"".join, lambda records: members([b"".join(records)])], ids=["plain", "gzip"])
def test_empty_lines_are_counted_however_many_they_are(pack: Callable[[list[bytes]], bytes], tmp_path: Path) -> None:
    file = tmp_path / "x.warc"
    file.write_bytes(pack([*sound(), b"\r\n" * 150_001 + b"\n", *sound(3)[1:]]))
    (finding,) = (finding for finding in findings(file) if finding.code == "record-blank-lines")
    assert finding.message == "150002 empty lines where a record should begin"


def test_a_large_block_is_digested_in_pieces(tmp_path: Path) -> None:
    body = random.Random(1).randbytes(3_000_000)
    block = b"HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + body
    fields = {"WARC_Payload_Digest": sha256(body), "WARC_Block_Digest": sha256(block)}
    (tmp_path / "x.warc.gz").write_bytes(members([warcinfo(), record("response", block, **fields)]))
    assert [finding.code for finding in findings(tmp_path / "x.warc.gz")] == ["requests-absent"]


def test_a_record_that_stands_in_two_files_is_told_with_the_other_file(tmp_path: Path) -> None:
    for name in ("a.warc", "b.warc"):
        (tmp_path / name).write_bytes(warcinfo())
    found: list[Finding] = []
    verify(tmp_path, found.append)
    (double,) = [finding for finding in found if finding.code == "record-id-duplicate"]
    assert (double.file, double.message) == ("b.warc", "another record has this id, at 0 of a.warc")


def test_a_folder_of_warcs_is_one_archive(tmp_path: Path) -> None:
    records = sound()
    (tmp_path / "a.warc").write_bytes(b"".join(records[:3]))
    (tmp_path / "b.warc").write_bytes(b"".join(records[3:]))
    assert {(finding.file, finding.code) for finding in findings(tmp_path)} == {("b.warc", "warcinfo-absent")}


def test_a_name_that_does_not_say_what_the_file_is(tmp_path: Path) -> None:
    (tmp_path / "x.warc").write_bytes(members(sound()))
    (tmp_path / "y.warc.gz").write_bytes(b"".join(sound()))
    for name in ("x.warc", "y.warc.gz"):
        assert [finding.code for finding in findings(tmp_path / name)] == ["file-suffix"]


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html>")
    for path in (tmp_path / "page.html", tmp_path, tmp_path / "gone"):
        with pytest.raises(ReadError, match=str(path)):
            findings(path)


def test_a_verdict_is_that_of_the_gravest_finding(tmp_path: Path) -> None:
    assert [Verdict.of(severity) for severity in (Severity.INFO, Severity.WARNING, Severity.ERROR)] == [1, 2, 3]
    (tmp_path / "x.warc").write_bytes(b"".join(sound()))
    assert verify(tmp_path / "x.warc", lambda _: None) is Verdict.SOUND


class Counted(io.BytesIO):
    """A file that counts what is read of it."""

    total = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.total += len(data)
        return data


@pytest.mark.parametrize("end", [b"\r\n", b"\r\nContent-Length: 99999\r\n\r\n"])
def test_a_file_of_many_beginnings_is_not_read_to_its_end_for_each(end: bytes) -> None:
    file = Counted((b"WARC/1.1\r\nA: " + b"b" * 600 + end) * 2000)
    for strict in read_strictly(file, Teller("x.warc", lambda _: None)):
        with suppress(Fault):
            strict.finish()
    strictly, file.total = file.total, 0
    source = Memory(file)
    for found in read_records(source, lambda _: None):
        with suppress(TapeError):
            found.finish()
    assert max(strictly, file.total) < 2000 * (2 << 16)


class Memory:
    name = "x.warc"

    def __init__(self, file: io.BytesIO) -> None:
        self._file = file

    def open(self) -> io.BytesIO:
        return self._file
