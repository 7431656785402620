"""A byte flipped, a length cut: found wherever the meaning changes. ``make damage`` tries all of 50 records."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest

from crawler.archive.verify import Finding, Verdict, verify
from tests.archive.verify.build import members, sound

WHOLE = members(sound(1))
RECORDS = gzip.decompress(WHOLE)


def is_found(data: bytes, folder: Path) -> bool:
    (folder / "x.warc.gz").write_bytes(data)
    found: list[Finding] = []
    return verify(folder / "x.warc.gz", found.append) >= Verdict.WARNING


def means_the_same(data: bytes) -> bool:
    try:
        return gzip.decompress(data) == RECORDS
    except (OSError, EOFError, zlib.error):
        return False


@pytest.mark.parametrize("first", range(4))
def test_a_byte_that_changes_is_found_unless_it_means_nothing(first: int, tmp_path: Path) -> None:
    without_meaning = set()
    for at in range(first * len(WHOLE) // 4, (first + 1) * len(WHOLE) // 4, 3):
        changed = WHOLE[:at] + bytes([WHOLE[at] ^ (1 << at % 8)]) + WHOLE[at + 1 :]
        if means_the_same(changed):
            without_meaning.add(at)
        else:
            assert is_found(changed, tmp_path), at
    starts = [at for at in range(len(WHOLE)) if WHOLE.startswith(b"\x1f\x8b\x08", at)]
    places = {start + place for start in starts for place in range(3, 10)}  # flags, time, level and system
    assert without_meaning <= places


def test_a_cut_is_found_wherever_it_falls(tmp_path: Path) -> None:
    first = len(members(sound(1)[:1]))
    assert not is_found(WHOLE[:first], tmp_path)  # a warcinfo alone is a sound file
    for end in range(1, len(WHOLE), 5):
        assert end == first or is_found(WHOLE[:end], tmp_path), end
