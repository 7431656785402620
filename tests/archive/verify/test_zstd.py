"""WARC files compressed with Zstandard: what is right with them, and every way we know in which they are not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from crawler.archive.frames import Frames
from crawler.archive.verify import Finding, verify
from tests.archive.verify.build import sound
from tests.archive.zstd_files import OTHER, frames, skippable, with_dictionary

GOOD = sound(3)
LAST = len(frames(GOOD[:-1]))
PLAIN = frames(GOOD)
CUT = frames(GOOD[:-1]) + frames([GOOD[-1][:99], GOOD[-1][99:-2], GOOD[-1][-2:]])

SOUND = {
    "a frame a record": PLAIN,
    "dictionary": with_dictionary(GOOD),
    "packed dictionary": with_dictionary(GOOD, packed=True),
    "a record in several frames": CUT,
    "extension frames and empty ones": frames(GOOD[:2])
    + skippable(b"whatever", 1)
    + frames([b""])
    + frames(GOOD[2:])
    + skippable(b"", 15),
}
ODD = {
    "no check sums": (frames(GOOD, checked=False), {"zstd-unchecked"}),
    "no sizes": (frames(GOOD, sized=False), {"zstd-unsized"}),
    "no name of the dictionary": (
        with_dictionary([]) + frames(GOOD, named=False),
        {"zstd-unnamed"},
    ),
    "the whole file as one frame": (frames([b"".join(GOOD)]), {"zstd-frame-records"}),
    "begins with an extension": (skippable(b"x", 2) + PLAIN, {"zstd-beginning"}),
    "two files with dictionaries in one": (with_dictionary(GOOD[:4]) + with_dictionary(GOOD[4:]), {"zstd-dictionary"}),
    "the dictionary is missing": (
        with_dictionary(GOOD)[len(with_dictionary([])) :],
        {"zstd-dictionary", "no-records"},
    ),
    "another dictionary": (
        skippable(OTHER.as_bytes()) + with_dictionary(GOOD)[len(with_dictionary([])) :],
        {"zstd-dictionary", "no-records"},
    ),
    "no dictionary where one should be": (skippable(b"text") + PLAIN, {"zstd-dictionary", "no-records"}),
    "a damaged dictionary": (
        skippable(b"\x37\xa4\x30\xec" + b"\xff" * 300) + PLAIN,
        {"zstd-dictionary", "no-records"},
    ),
    "a dictionary of gigabytes": (b"\x5d\x2a\x4d\x18\xff\xff\xff\xff" + PLAIN, {"zstd-dictionary", "no-records"}),
    "cut in the dictionary": (with_dictionary(GOOD)[:900], {"zstd-truncated", "no-records"}),
    "cut in the last frame": (PLAIN[:-9], {"zstd-truncated"}),
    "cut in a skippable frame": (PLAIN + skippable(b"12345", 3)[:-2], {"zstd-truncated"}),
    "bytes behind the last frame": (PLAIN + b"more", {"zstd-trailing"}),
    "bytes between two frames": (PLAIN[:LAST] + b"junk" + PLAIN[LAST:], {"zstd-junk"}),
    "a check sum that is wrong": (PLAIN[:-1] + bytes([PLAIN[-1] ^ 1]), {"zstd-damaged"}),
    "a block of a kind that is none": (
        PLAIN[:LAST] + b"\x28\xb5\x2f\xfd\x24\x00\x07\x00\x00" + PLAIN[LAST:],
        {"zstd-damaged"},
    ),
    "a header that is none": (PLAIN[:LAST] + b"\x28\xb5\x2f\xfd\x08\x00\x01\x00\x00" + PLAIN[LAST:], {"zstd-header"}),
    "a window of gigabytes": (PLAIN[:LAST] + b"\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00" + PLAIN[LAST:], {"zstd-window"}),
}
LOST = {
    *("requests-absent", "concurrent-missing", "response-missing", "request-missing", "request-unpaired"),
    *("block-short", "warcinfo-absent"),
}


def codes(folder: Path, data: bytes, name: str = "x.warc.zst") -> set[str]:
    (folder / name).write_bytes(data)
    found: list[Finding] = []
    verify(folder / name, found.append)
    return {finding.code for finding in found}


def records(data: bytes) -> list[bytes]:
    reading = Frames(io.BytesIO(data))
    found = []
    while reading.begin():
        found.append(b"".join(iter(reading.more, b"")))
    return found


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_said_of_a_sound_file(name: str, tmp_path: Path) -> None:
    assert codes(tmp_path, SOUND[name]) == set()


@pytest.mark.parametrize("name", ODD)
def test_what_is_wrong_is_found(name: str, tmp_path: Path) -> None:
    data, expected = ODD[name]
    assert codes(tmp_path, data) - LOST == expected


def test_a_name_that_says_otherwise_is_told(tmp_path: Path) -> None:
    assert codes(tmp_path, PLAIN, "x.warc.gz") == {"file-suffix"}


@pytest.mark.parametrize("data", [PLAIN, with_dictionary(GOOD, packed=True)], ids=["plain", "dictionary"])
def test_every_flipped_byte_of_a_frame_is_found(data: bytes, tmp_path: Path) -> None:
    begin = data.index(b"\x28\xb5\x2f\xfd", len(data) - len(PLAIN))
    missed = []
    for offset in range(begin, len(data), 11):
        flipped = data[:offset] + bytes([data[offset] ^ 0x55]) + data[offset + 1 :]
        if not codes(tmp_path, flipped) and records(flipped) != GOOD:
            missed.append(offset)
    assert missed == []


@pytest.mark.parametrize("data", [PLAIN, CUT], ids=["a frame a record", "several"])
def test_every_cut_inside_a_record_is_found(data: bytes, tmp_path: Path) -> None:
    whole = {len(frames(GOOD[:count])) for count in range(len(GOOD))}
    assert [cut for cut in range(1, len(data), 9) if cut not in whole and not codes(tmp_path, data[:cut])] == []
