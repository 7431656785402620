from __future__ import annotations

import gzip
import io
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from crawler.archive import ArchiveError, open_archive
from crawler.archive.cdxj import look_up, parse
from crawler.archive.repair import repair_warc
from crawler.archive.signing.der import with_ordered_certificates
from crawler.archive.verify import verify
from crawler.archive.verify.finding import Finding, Teller
from crawler.archive.verify.members import GzipStream
from crawler.archive.verify.records import read_strictly
from crawler.archive.verify.stream import Fault
from tests.archive.verify.build import described, members, sound, wacz_files, write_wacz
from tests.archive.verify.damaged import WARCS
from tests.archive.zstd_files import frames, with_dictionary
from tests.fuzz.mutation import fuzzed, mutated

PACKED, PLAIN = members(sound()), b"".join(sound())
KINDS = [data for data, _ in WARCS.values() if len(data) < 10_000]


def _wacz() -> bytes:
    with TemporaryDirectory() as folder:
        return write_wacz(Path(folder) / "x.wacz", described(wacz_files(sound()))).read_bytes()


WACZ = _wacz()
INDEX = wacz_files(sound())["indexes/index.cdxj"]


def read_all(path: Path) -> None:
    """Everything that can be asked of an archive."""
    with open_archive(path) as archive:
        for capture in archive.captures():
            with suppress(ArchiveError):
                capture.body()
                archive.find(capture.url, capture.captured_at)


@fuzzed
@given(mutated(PACKED, PLAIN, gzip.compress(PLAIN), *KINDS))
def test_a_warc_is_read_verified_and_repaired(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "x.warc.gz"
        file.write_bytes(data)
        try:
            read_all(file)
            verify(file, lambda _: None)
        except ArchiveError:
            return
        repaired = repair_warc(file)
        if repaired and repaired.records:
            read_all(file)
            again = repair_warc(file)
            assert again is None, again


@fuzzed
@given(mutated(frames(sound()), with_dictionary(sound()), frames([PLAIN])))
def test_a_warc_of_zstandard_frames_is_read_and_verified(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "x.warc.zst"
        file.write_bytes(data)
        with suppress(ArchiveError):
            read_all(file)
            verify(file, lambda _: None)


@fuzzed
@given(mutated(PACKED, gzip.compress(PLAIN)))
def test_what_the_strict_reader_calls_sound_is_what_gzip_reads(data: bytes) -> None:
    found: list[Finding] = []
    for record in read_strictly(io.BytesIO(data), Teller("x", found.append)):
        with suppress(Fault):
            record.finish()
    if data[:2] == b"\x1f\x8b" and not any(finding.code.startswith("gzip-") for finding in found):
        gzip.decompress(data)


@fuzzed
@given(st.lists(st.binary(max_size=200_000), max_size=4), st.integers(1, 9))
def test_the_strict_reader_unpacks_as_gzip_does(parts: list[bytes], level: int) -> None:
    data = b"".join(gzip.compress(part or b"x", level) for part in parts)
    if not data:
        return
    stream = GzipStream(io.BytesIO(data), lambda *_: None)
    unpacked = b""
    while stream.begin():
        while piece := stream.take(1 << 18):
            unpacked += piece
    assert unpacked == gzip.decompress(data)


@fuzzed
@given(mutated(WACZ))
def test_a_wacz_is_read_and_verified(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "x.wacz"
        file.write_bytes(data)
        for read in (read_all, lambda path: verify(path, lambda _: None)):
            with suppress(ArchiveError):
                read(file)


@fuzzed
@example(INDEX.splitlines()[0].partition(b"{")[0] + b'{"url": ' + b"[" * 100_000, "")
@given(mutated(INDEX), st.text(max_size=40))
def test_an_index_is_searched(data: bytes, url: str) -> None:
    for line in data.splitlines(keepends=True):
        parse(line)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "index.cdxj"
        file.write_bytes(data)
        for asked in (url, "https://www.example.org/story/1"):
            list(look_up(file, asked))


@fuzzed
@given(
    mutated(
        b"\x30\x82\x01\x00\x30\x03\x02\x01\x00\x30\x20\x06\x01\x2a\xa0\x1b\x30\x19\x02\x01\x03\x31\x00\x30\x00\xa0\x05\x30\x03"
    )
)
def test_a_time_stamp_is_put_in_order(data: bytes) -> None:
    assert len(with_ordered_certificates(data)) == len(data)
