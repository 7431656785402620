"""A WACZ file: the ZIP as such, its parts as in an unpacked one, and its signature."""

from __future__ import annotations

import os
import stat
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from crawler.archive.layout import DATAPACKAGE, WARC_SUFFIXES
from crawler.archive.verify.finding import Sink, Teller
from crawler.archive.verify.index import check_indexes
from crawler.archive.verify.package import check_package, read_package
from crawler.archive.verify.pages import check_pages
from crawler.archive.verify.parts import ZipParts, is_unsafe
from crawler.archive.verify.register import Register
from crawler.archive.verify.relations import check_relations
from crawler.archive.verify.signature import check_signature
from crawler.archive.verify.warcs import check_warc
from crawler.archive.window import ZippedSource
from crawler.model.counted import counted

_LOCAL = struct.Struct("<4s5H3I2H")
_STORED = (*WARC_SUFFIXES, ".gz", ".idx")
_ENCRYPTED, _DESCRIBED = 0x1, 0x8
"""Bits of a ZIP entry's flags: encrypted, its sizes in a descriptor behind it (APPNOTE, 4.4.4)."""
_END = 22
"""Bytes of the last record of a ZIP without its comment."""
_LONGEST_END = _END + 0xFFFF


def check_wacz(path: Path, sink: Sink, progress: Callable[[int], None], roots: Path | None) -> None:
    """Tell all that is wrong with a WACZ. Raises ``OSError`` where it can't be read at all."""
    teller = Teller(path.name, sink)
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(path) as archive:
            warnings.filterwarnings("ignore", "Overlapped entries")  # Python 3.14's remark; told here as zip-overlap
            entries = archive.infolist()
            _check_structure(path, entries, archive.start_dir, teller)
            readable = list(_readable(archive, entries, sink))
            _check_contents(path, archive, readable, sink, progress, roots)
    except (zipfile.BadZipFile, struct.error, NotImplementedError, ValueError, zlib.error) as error:
        teller.tell("zip-broken", f"it is no whole ZIP: {error}")


def _check_structure(path: Path, entries: list[zipfile.ZipInfo], directory: int, teller: Teller) -> None:
    seen: set[str] = set()
    end = 0
    with path.open("rb") as file:
        for entry in sorted(entries, key=lambda entry: entry.header_offset):
            name, at = entry.filename, entry.header_offset
            if name in seen:
                teller.tell("zip-name-duplicate", f"two files are called {name!r}", at)
            seen.add(name)
            if is_unsafe(name) or stat.S_ISLNK(entry.external_attr >> 16):
                teller.tell("zip-name-unsafe", f"{name!r} leads out of the folder it is unpacked in", at)
            if entry.flag_bits & _ENCRYPTED:
                teller.tell("zip-encrypted", f"{name!r} is encrypted", at)
            if at < end:
                teller.tell("zip-overlap", f"{name!r} begins before the file before it ends", at)
            elif at > end:
                teller.tell("zip-extra", f"{_bytes_are(at - end)} before {name!r} and in no file", end)
            end = _check_local(file, entry, teller)
            if entry.compress_type != zipfile.ZIP_STORED and name.endswith(_STORED):
                teller.tell("wacz-deflated", f"{name!r} is compressed in the ZIP: it has to be stored", at)
        if directory > end:
            teller.tell(
                "zip-extra",
                f"{_bytes_are(directory - end)} before the directory and in no file",
                end,
            )
        _check_end(file, teller)


def _bytes_are(number: int) -> str:
    return counted(number, "byte is", "bytes are")


def _check_end(file: BinaryIO, teller: Teller) -> None:
    """Whether the ZIP ends with its last record and that record's comment (APPNOTE, section 4.3.16)."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST_END))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    behind = len(tail) - at - _END - int.from_bytes(tail[at + _END - 2 : at + _END], "little")
    if at >= 0 and behind > 0:
        teller.tell("zip-extra", f"{_bytes_are(behind)} behind its end", size - behind)


def _check_local(source: BinaryIO, entry: zipfile.ZipInfo, teller: Teller) -> int:
    """The header before a file's bytes, which a streaming reader goes by; where the next file ought to begin."""
    at = entry.header_offset
    source.seek(at)
    raw = source.read(_LOCAL.size)
    if len(raw) < _LOCAL.size or raw[:4] != b"PK\x03\x04":
        teller.tell("zip-broken", f"no header where {entry.filename!r} should begin", at)
        return at
    local: tuple[int, ...] = _LOCAL.unpack(raw)[1:]
    _, flags, method, _, _, crc, packed, size, name_length, extra_length = local
    name = source.read(name_length)
    extra = source.read(extra_length)
    expected = entry.orig_filename.encode("utf-8" if flags & 0x800 else "cp437", "replace")
    wide = 0xFFFFFFFF in (packed, size)
    if wide:
        packed, size = _wide_sizes(extra, packed, size)
    same_sizes = flags & _DESCRIBED or (crc, packed, size) == (entry.CRC, entry.compress_size, entry.file_size)
    if name != expected or method != entry.compress_type or not same_sizes:
        teller.tell("zip-header", f"the two headers of {entry.filename!r} contradict one another", at)
    end = at + _LOCAL.size + name_length + extra_length + entry.compress_size
    return end + (_descriptor(source, end, entry) if flags & _DESCRIBED else 0)


def _wide_sizes(extra: bytes, packed: int, size: int) -> tuple[int, int]:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1 and length >= 16:
            size, packed = struct.unpack_from("<QQ", extra, at + 4)
            return packed, size
        at += 4 + length
    return packed, size


def _descriptor(file: BinaryIO, end: int, entry: zipfile.ZipInfo) -> int:
    """Bytes of the data descriptor behind a file that was written without knowing its size."""
    file.seek(end)
    data = file.read(24)
    signed = 4 if data[:4] == b"PK\x07\x08" else 0
    for width in (4, 8):
        packed = int.from_bytes(data[signed + 4 : signed + 4 + width], "little")
        size = int.from_bytes(data[signed + 4 + width : signed + 4 + 2 * width], "little")
        if (packed, size) == (entry.compress_size, entry.file_size):
            return signed + 4 + 2 * width
    return signed + 12


def _readable(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], sink: Sink) -> Iterator[zipfile.ZipInfo]:
    """Read every file once, which checks its check sum; those that can be read."""
    for entry in entries:
        teller = Teller(entry.filename, sink)
        if entry.is_dir() or entry.flag_bits & _ENCRYPTED:
            continue
        try:
            with archive.open(entry) as file:
                while file.read(1 << 18):
                    pass
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            teller.tell("zip-crc", f"it can't be read whole: {error}")
            if "CRC" not in str(error):
                continue
        yield entry


def _check_contents(
    path: Path,
    archive: zipfile.ZipFile,
    entries: list[zipfile.ZipInfo],
    sink: Sink,
    progress: Callable[[int], None],
    roots: Path | None,
) -> None:
    parts = ZipParts(archive)
    names = parts.names()
    _check_complete(names, Teller(path.name, sink))
    with Register(sink) as register:
        for entry in entries:
            if entry.filename.endswith(WARC_SUFFIXES):
                check_warc(
                    ZippedSource(lambda: path.open("rb"), entry), Teller(entry.filename, sink), register, progress
                )
        register.complete()
        check_relations(register)
        package = read_package(parts, sink)
        if package is not None:
            check_package(package, parts, sink)
        check_indexes(parts, register, sink)
        check_pages(parts, register, sink, ours="wirecopy" in (package or {}))
    check_signature(parts, sink, roots)


def _check_complete(names: list[str], teller: Teller) -> None:
    """WACZ 1.1.1, section 5."""
    wanted = {
        "WARC in archive/": any(name.startswith("archive/") and name.endswith(WARC_SUFFIXES) for name in names),
        "index in indexes/": any(name.startswith("indexes/") for name in names),
        "pages/pages.jsonl": "pages/pages.jsonl" in names,
        DATAPACKAGE: DATAPACKAGE in names,
    }
    for what, there in wanted.items():
        if not there:
            teller.tell("wacz-incomplete", f"it has no {what}")
