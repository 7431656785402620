"""An ARC is told by what is in it, and refused with what makes a WARC of it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from crawler.archive import ReadError, open_archive
from crawler.archive.arc import is_arc
from crawler.archive.repair import warcs_at

ARC = (
    b"filedesc://crawl.arc 0.0.0.0 20050101000000 text/plain 76\n1 0 Archive\n"
    b"URL IP-address Archive-date Content-type Archive-length\n\n"
)
PACKED = gzip.compress(ARC, mtime=0)


@pytest.mark.parametrize(
    ("start", "is_one"),
    [
        (ARC, True),
        (PACKED, True),
        (PACKED[:100], True),
        (b"WARC/1.1\r\n", False),
        (gzip.compress(b"WARC/1.1\r\n", mtime=0), False),
        (b"\x1f\x8b\x08 no gzip", False),
        (b"", False),
    ],
)
def test_an_arc_is_told_by_its_first_bytes(start: bytes, is_one: bool) -> None:
    assert is_arc(start) is is_one


@pytest.mark.parametrize(
    ("name", "data", "command"),
    [
        ("old.arc", ARC, "`warcio recompress {0}/old.arc {0}/old.warc.gz`"),
        ("old.arc.gz", PACKED, "`warcio recompress {0}/old.arc.gz {0}/old.warc.gz`"),
        ("an old.arc", ARC, "`warcio recompress '{0}/an old.arc' '{0}/an old.warc.gz'`"),
        ("named.warc.gz", PACKED, "`warcio recompress {0}/named.warc.gz {0}/named-converted.warc.gz`"),
    ],
)
def test_an_arc_is_refused_with_what_makes_a_warc_of_it(name: str, data: bytes, command: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    for opening in (open_archive, warcs_at):
        with pytest.raises(ReadError) as refused:
            opening(file)
        assert str(refused.value) == (
            f"{file} is an ARC file, the format before WARC: {command.format(tmp_path)} makes a WARC of it"
        )


def test_a_folder_of_arcs_says_so_and_one_of_both_leaves_them_out_aloud(tmp_path: Path) -> None:
    (tmp_path / "old.arc").write_bytes(ARC)
    with pytest.raises(ReadError, match=r"old\.arc is an ARC file"):
        open_archive(tmp_path)
    (tmp_path / "new.warc").write_bytes(b"WARC/1.1\r\n")
    with open_archive(tmp_path) as archive:
        assert list(archive.sources) == ["new.warc"]
        (line,) = archive.left_out
    assert "old.arc is an ARC file" in line
