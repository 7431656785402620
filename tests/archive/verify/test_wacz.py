from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.archive.verify import Finding, verify
from tests.archive.verify.build import (
    URL,
    described,
    index_of,
    members,
    sha256,
    sound,
    wacz_files,
    write_folder,
    write_wacz,
)

Files = dict[str, bytes]
UNSIGNED = {"wacz-unsigned"}


def codes(path: Path) -> set[str]:
    found: list[Finding] = []
    verify(path, found.append)
    return {finding.code for finding in found}


def _files() -> Files:
    return wacz_files(sound())


def _index(old: str, new: str) -> Callable[[], Files]:
    def change() -> Files:
        files = _files()
        changed = files["indexes/index.cdxj"].decode().replace(old, new, 1)
        assert changed.encode() != files["indexes/index.cdxj"]
        return described({**files, "indexes/index.cdxj": changed.encode()})

    return change


def _with(**parts: bytes) -> Files:
    names = {"warc": "archive/data.warc.gz", "index": "indexes/index.cdxj", "pages": "pages/pages.jsonl"}
    return described({**_files(), **{names[key]: data for key, data in parts.items()}})


def _listing(**changed: object) -> Files:
    """A sound WACZ whose datapackage says of the WARC what it should not."""
    files = described(_files())
    package = json.loads(files["datapackage.json"])
    package["resources"][0].update(changed)
    files["datapackage.json"] = json.dumps(package).encode()
    files["datapackage-digest.json"] = json.dumps(
        {"path": "datapackage.json", "hash": sha256(files["datapackage.json"])}
    ).encode()
    return files


def _without(*names: str) -> Files:
    files = described({name: data for name, data in _files().items() if name not in names})
    return {name: data for name, data in files.items() if name not in names}


_LINES = index_of(sound(), "data.warc.gz").splitlines(keepends=True)
_HEADER = b'{"format": "json-pages-1.0", "id": "pages", "title": "All"}\n'
_PAGE = {"id": "1", "url": f"{URL}/1", "ts": "2026-03-01T09:30:00Z"}

PARTS: dict[str, tuple[Callable[[], Files], set[str]]] = {
    "sound": (lambda: described(_files()), set()),
    "index-cut": (lambda: _with(index=b"".join(_LINES)[:-40]), {"index-syntax", "index-missing"}),
    "index-no-json": (
        lambda: _with(index=_LINES[0] + b"a 20260301093000 x\n"),
        {"index-syntax", "index-order", "index-missing"},
    ),
    "index-no-time": (_index(" 20260301093000 ", " yesterday "), {"index-syntax", "index-missing"}),
    "index-no-offset": (_index('"offset"', '"Offset"'), {"index-syntax", "index-missing"}),
    "index-unsorted": (lambda: _with(index=b"".join(reversed(_LINES))), {"index-order"}),
    "index-offset": (_index('"offset": "', '"offset": "1'), {"index-dangling", "index-missing"}),
    "index-filename": (_index("data.warc.gz", "other.warc.gz"), {"index-dangling", "index-missing"}),
    "index-length": (_index('"length": "', '"length": "1'), {"index-length"}),
    "index-digest": (_index('"digest": "sha256:', '"digest": "sha1:' + 32 * "A" + '", "x": "'), set()),
    "index-other-digest": (_index(sha256(b"page 1"), sha256(b"x")), {"index-digest"}),
    "index-status": (_index('"status": "200"', '"status": "404"'), {"index-status"}),
    "index-mime": (_index("text/html", "text/plain"), {"index-mime"}),
    "index-url": (_index(f'"url": "{URL}/1', f'"url": "{URL}/9'), {"index-url"}),
    "index-date": (_index("20260301093000", "20260301093001"), {"index-date"}),
    "index-key": (_index("org,example)/story/1", "org,example)/story/0"), {"index-key"}),
    "index-incomplete": (lambda: _with(index=_LINES[0]), {"index-missing"}),
    "pages-no-header": (lambda: _with(pages=json.dumps(_PAGE).encode() + b"\n"), {"pages-syntax"}),
    "pages-no-json": (lambda: _with(pages=_HEADER + b"x\n"), {"pages-syntax"}),
    "pages-no-url": (lambda: _with(pages=_HEADER + b'{"ts": "x"}\n'), {"pages-syntax"}),
    "pages-not-captured": (
        lambda: _with(pages=_HEADER + json.dumps({**_PAGE, "url": f"{URL}/9"}).encode()),
        {"pages-dangling"},
    ),
    "page-at-another-time": (
        lambda: described(
            {**_files(), "pages/pages.jsonl": _HEADER + json.dumps({**_PAGE, "ts": "2026-04-01T00:00:00Z"}).encode()},
            wirecopy={"layout": 1},
        ),
        {"pages-date"},
    ),
    "warc-altered": (
        lambda: {**described(_files()), "archive/data.warc.gz": members(sound())[:-1] + b"\1"},
        {"package-digest", "gzip-size"},
    ),
    "warc-added": (
        lambda: {**described(_files()), "archive/more.warc.gz": members(sound()[:1])},
        {"package-unlisted", "record-id-duplicate"},
    ),
    "index-altered": (
        lambda: {**described(_files()), "indexes/index.cdxj": b"".join(_LINES) + b"\n"},
        {"package-digest", "package-size"},
    ),
    "package-hash": (lambda: _listing(hash="sha256:beef"), {"package-syntax"}),
    "package-size": (lambda: _listing(bytes=1), {"package-size"}),
    "package-path-up": (lambda: _listing(path="../data.warc.gz"), {"package-name", "package-unlisted"}),
    "package-path-twice": (
        lambda: _listing(path="indexes/index.cdxj"),
        {"package-name", "package-unlisted", "package-digest", "package-size"},
    ),
    "package-path-gone": (lambda: _listing(path="archive/gone.warc.gz"), {"file-missing", "package-unlisted"}),
    "package-profile": (lambda: described(_files(), profile="x"), {"package-syntax"}),
    "package-version": (lambda: described(_files(), wacz_version="9.9"), {"package-version"}),
    "package-no-version": (lambda: described(_files(), wacz_version=None), {"package-syntax"}),
    "package-no-json": (lambda: {**described(_files()), "datapackage.json": b"{"}, {"package-syntax"}),
    "package-empty": (lambda: described(_files(), resources=[]), {"package-syntax", "package-unlisted"}),
}


@pytest.mark.parametrize("name", PARTS)
def test_parts_that_do_not_agree_are_found_in_a_folder_and_in_a_zip(name: str, tmp_path: Path) -> None:
    make, expected = PARTS[name]
    assert codes(write_folder(tmp_path / "c", make())) == expected
    in_zip = codes(write_wacz(tmp_path / "c.wacz", make()))
    assert in_zip - {"signature-hash"} - UNSIGNED == expected


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        ("archive/data.warc.gz", {"wacz-incomplete", "index-dangling", "pages-dangling"}),
        ("indexes/index.cdxj", {"wacz-incomplete", "index-absent"}),
        ("pages/pages.jsonl", {"wacz-incomplete"}),
        ("datapackage.json", {"wacz-incomplete", "package-missing"}),
    ],
)
def test_a_wacz_without_a_part_it_has_to_have(gone: str, expected: set[str], tmp_path: Path) -> None:
    found = codes(write_wacz(tmp_path / "c.wacz", _without(gone)))
    assert found - UNSIGNED - {"signature-hash", "signature-syntax"} == expected


def test_what_has_to_be_read_in_parts_must_not_be_deflated(tmp_path: Path) -> None:
    files = described(_files())
    assert "wacz-deflated" not in codes(write_wacz(tmp_path / "a.wacz", files, ["indexes/index.cdxj"]))
    assert "wacz-deflated" in codes(write_wacz(tmp_path / "b.wacz", files, ["archive/data.warc.gz"]))


def test_one_name_twice(tmp_path: Path) -> None:
    path = write_wacz(tmp_path / "c.wacz", described(_files()))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("pages/pages.jsonl", b"other")
    assert "zip-name-duplicate" in codes(path)


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "..\\evil", "C:\\evil"])
def test_a_name_that_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    assert "zip-name-unsafe" in codes(write_wacz(tmp_path / "c.wacz", {**described(_files()), name: b"x"}))


def test_a_link(tmp_path: Path) -> None:
    path = write_wacz(tmp_path / "c.wacz", described(_files()))
    link = zipfile.ZipInfo("archive/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "zip-name-unsafe" in codes(path)


def _before_directory(whole: bytes, hidden: bytes) -> bytes:
    end = whole.rindex(b"PK\5\6")
    directory = int.from_bytes(whole[end + 16 : end + 20], "little")
    moved = (directory + len(hidden)).to_bytes(4, "little")
    return whole[:directory] + hidden + whole[directory : end + 16] + moved + whole[end + 20 :]


def test_a_comment_of_the_zip_is_no_finding(tmp_path: Path) -> None:
    path = write_wacz(tmp_path / "c.wacz", described(_files()))
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"made by hand"
    assert codes(path) == UNSIGNED


def test_a_damaged_zip(tmp_path: Path) -> None:
    whole = write_wacz(tmp_path / "c.wacz", described(_files())).read_bytes()
    at = whole.index(b"\x1f\x8b")
    damaged = tmp_path / "d.wacz"
    for data, expected in {
        whole[:at] + b"\0" + whole[at + 1 :]: "zip-crc",
        whole[:-40]: "zip-broken",
        whole[:100]: "zip-broken",
        b"PK\x03\x04": "zip-broken",
        whole.replace(b"archive/data", b"archive/dote", 1): "zip-header",
        b"stub" + whole: "zip-extra",
        whole + b"\0" * 512: "zip-extra",
        _before_directory(whole, b"hidden"): "zip-extra",
    }.items():
        damaged.write_bytes(data)
        assert expected in codes(damaged), expected


def test_files_that_share_bytes(tmp_path: Path) -> None:
    path = write_wacz(tmp_path / "c.wacz", described(_files()))
    with zipfile.ZipFile(path, "a") as archive:
        entry = archive.getinfo("pages/pages.jsonl")
        twin = zipfile.ZipInfo("pages/twin.jsonl")
        twin.header_offset, twin.CRC = entry.header_offset, entry.CRC
        twin.file_size = twin.compress_size = entry.file_size
        archive.filelist.append(twin)
        archive._didModify = True
    assert {"zip-overlap", "zip-header"} <= codes(path)


def test_an_encrypted_file(tmp_path: Path) -> None:
    data = bytearray(write_wacz(tmp_path / "c.wacz", described(_files())).read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    (tmp_path / "c.wacz").write_bytes(data)
    assert "zip-encrypted" in codes(tmp_path / "c.wacz")


def test_a_zip_written_as_a_stream_is_sound(tmp_path: Path) -> None:
    """With the sizes behind each file's bytes, as a browser writes it."""

    class Pipe:
        def __init__(self, file: object) -> None:
            self.write, self.flush = file.write, file.flush  # type: ignore[attr-defined]

    with (tmp_path / "c.wacz").open("wb") as file, zipfile.ZipFile(Pipe(file), "w") as archive:  # type: ignore[call-overload]
        for name, data in described(_files()).items():
            archive.writestr(name, data)
    assert codes(tmp_path / "c.wacz") <= UNSIGNED
