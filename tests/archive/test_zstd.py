"""WARC files compressed with Zstandard are read wherever others are."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from crawler.archive import open_archive
from crawler.archive.frames import LARGEST_DICTIONARY
from crawler.archive.reader import Damage, read_records
from crawler.archive.source import FileSource
from crawler.archive.tape import TapeError
from crawler.cli import exit_codes, main
from crawler.jobs.kinds import Kind, kind_of
from tests.archive.verify.build import PAGE, URL, record, sound, warcinfo
from tests.archive.zstd_files import frames, skippable, with_dictionary

GOOD = sound(3)
FILES = {
    "a frame a record": frames(GOOD),
    "dictionary": with_dictionary(GOOD),
    "packed dictionary": with_dictionary(GOOD, packed=True),
    "several frames a record": b"".join(frames([one[:50], one[50:-3], one[-3:]]) for one in GOOD),
    "one frame": frames([b"".join(GOOD)]),
    "extensions": b"".join(frames([one]) + skippable(b"x" * 99, 4) for one in GOOD),
}


def read(data: bytes, folder: Path) -> tuple[list[bytes], list[Damage]]:
    file = folder / "x.warc.zst"
    file.write_bytes(data)
    damage: list[Damage] = []
    blocks = []
    for one in read_records(FileSource(file, file.name), damage.append):
        try:
            blocks.append(b"".join(one.pieces()))
        except TapeError:
            continue
    return blocks, damage


def blocks_of(records: list[bytes]) -> list[bytes]:
    return [one.partition(b"\r\n\r\n")[2][:-4] for one in records]


@pytest.mark.parametrize("name", FILES)
def test_every_record_is_read(name: str, tmp_path: Path) -> None:
    assert read(FILES[name], tmp_path) == (blocks_of(GOOD), [])


@pytest.mark.parametrize("name", FILES)
def test_every_capture_is_found_by_its_place(name: str, tmp_path: Path) -> None:
    (tmp_path / "x.warc.zst").write_bytes(FILES[name])
    with open_archive(tmp_path / "x.warc.zst") as archive:
        captures = list(archive.captures())
        assert len(captures) == 3
        for capture in captures:
            with archive.read(capture.record) as block:
                assert block.read().startswith(b"HTTP/1.1 200 OK")
            found = archive.find(capture.url)
            assert found is not None
            assert found.record == capture.record


def test_a_place_says_how_long_the_frames_of_a_record_are(tmp_path: Path) -> None:
    (tmp_path / "x.warc.zst").write_bytes(FILES["extensions"])
    with open_archive(tmp_path / "x.warc.zst") as archive:
        for capture in archive.captures():
            piece = FILES["extensions"][capture.record.offset :][: capture.record.length]
            assert piece in {frames([one]) for one in GOOD}


def test_records_behind_a_damaged_frame_are_read(tmp_path: Path) -> None:
    packed = [frames([one]) for one in GOOD]
    packed[2] = packed[2][:40] + b"\xff\xff" + packed[2][42:]
    blocks, damage = read(b"".join(packed), tmp_path)
    assert blocks == blocks_of(GOOD[:2] + GOOD[3:])
    assert [(one.offset, "Zstandard frame" in one.message) for one in damage] == [(len(b"".join(packed[:2])), True)]


def test_what_was_cut_off_is_told(tmp_path: Path) -> None:
    blocks, damage = read(frames(GOOD)[:-5], tmp_path)
    assert blocks == blocks_of(GOOD[:-1])
    assert damage[0].message == "the file ends inside a Zstandard frame"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (with_dictionary(GOOD)[len(with_dictionary([])) :], "needs dictionary 40000, the file begins with none"),
        (skippable(b"no dictionary") + frames(GOOD), "holds none"),
        (skippable(frames([b"\0" * (LARGEST_DICTIONARY + 1)])) + frames(GOOD), "longer than"),
    ],
    ids=["missing", "none", "bomb"],
)
def test_a_dictionary_that_cannot_be_had_is_told(data: bytes, said: str, tmp_path: Path) -> None:
    blocks, damage = read(data, tmp_path)
    assert blocks == []
    assert said in damage[0].message


def test_a_bomb_is_read_in_pieces(tmp_path: Path) -> None:
    bomb = b"HTTP/1.1 200 OK\r\n\r\n" + b"\0" * 40_000_000
    file = tmp_path / "x.warc.zst"
    file.write_bytes(frames([warcinfo(), record("response", bomb)]))
    assert file.stat().st_size < 10_000
    *_, last = read_records(FileSource(file, file.name), lambda _: None)
    assert max(map(len, last.pieces()), default=0) <= 1 << 18


def test_a_wacz_and_a_folder_may_hold_them(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.wacz", "w") as wacz:
        wacz.writestr("archive/x.warc.zst", FILES["dictionary"])
    (tmp_path / "y.warc.zst").write_bytes(FILES["dictionary"])
    for path in (tmp_path / "x.wacz", tmp_path):
        with open_archive(path) as archive:
            assert len(list(archive.captures())) == 3
            assert archive.damage == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_known_by_its_content(name: str) -> None:
    assert kind_of(FILES[name][: 1 << 14]) is Kind.WARC
    assert kind_of(frames([b"some text"])) is Kind.BINARY


def test_the_command_line_takes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.warc.zst"
    page = PAGE.replace(b"Content-Length: 5\r\n\r\nHello", b"\r\n<title>A story</title><p>" + b"Words of it. " * 40)
    file.write_bytes(with_dictionary([warcinfo(), record("response", page)]))
    assert main(["verify", str(file)]) == exit_codes.OK
    assert main(["extract", str(file)]) == exit_codes.OK
    assert URL in capsys.readouterr().out
    assert main(["import", str(file), "-c", str(tmp_path / "c")]) == exit_codes.OK
    assert main(["index", str(tmp_path / "c")]) == exit_codes.OK
    assert (tmp_path / "c" / "archive" / "x.warc.gz").exists()
    assert main(["verify", str(tmp_path / "c")]) == exit_codes.OK
    capsys.readouterr()
    assert main(["repair", str(file)]) == exit_codes.UNREADABLE
    assert "wirecopy import" in capsys.readouterr().err
