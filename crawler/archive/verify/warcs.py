"""One WARC file, record by record."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import BinaryIO

from crawler.archive.arc import is_arc
from crawler.archive.frames import is_zstd
from crawler.archive.gzip_tape import GZIP
from crawler.archive.layout import OPEN
from crawler.archive.source import Source
from crawler.archive.verify.block import read_block
from crawler.archive.verify.finding import Teller
from crawler.archive.verify.records import StrictRecord, read_strictly
from crawler.archive.verify.register import Register
from crawler.archive.verify.stream import Fault

_COMPRESSED = {".gz": "compressed with gzip", ".zst": "compressed with Zstandard", ".warc": "not compressed"}
_BACK = timedelta(days=1)


def check_warc(source: Source, teller: Teller, register: Register, progress: Callable[[int], None]) -> None:
    """Read a WARC file from end to end, enter its records, and tell what is wrong with them. Raises ``OSError``."""
    number = register.begin_file(teller.file, source.name.removesuffix(OPEN))
    with source.open() as file:
        if not _is_readable(file, source.name, teller):
            return
        records, at = 0, 0
        newest: datetime | None = None
        for record in read_strictly(file, teller):
            if not records and record.head.type != "warcinfo":
                teller.tell_once("warcinfo-absent", "the file does not begin with a warcinfo record")
            records += 1
            contents = None
            with suppress(Fault):  # the reader meets the same fault, and tells it
                contents = read_block(record, teller)
                record.finish()
            register.add(number, record, contents)
            newest = _check_order(record, newest, teller)
            if record.head.type == "warcinfo":
                _check_filename(record, source.name, teller)
            progress(record.offset - at)
            at = record.offset
        size = file.seek(0, 2)
        progress(size - at)
        if not records:
            teller.tell("no-records", "the file holds no record that could be read", 0)


def _is_readable(file: BinaryIO, name: str, teller: Teller) -> bool:
    start = file.read(4096)
    file.seek(0)
    if not start:
        teller.tell("file-empty", "the file is empty; a WARC file holds one record at least", 0)
        return False
    if is_arc(start):
        teller.tell("arc-file", "an ARC file, the format before WARC: `warcio recompress` makes a WARC of it", 0)
        return False
    kind = ".gz" if start.startswith(GZIP) else ".zst" if is_zstd(start) else ".warc"
    plain = name.removesuffix(OPEN)
    if plain.endswith((".warc", ".gz", ".zst")) and not plain.endswith(kind):
        teller.tell("file-suffix", f"the file is {_COMPRESSED[kind]}, its name says otherwise", 0)
    return True


def _check_order(record: StrictRecord, newest: datetime | None, teller: Teller) -> datetime | None:
    moment = record.head.fields.date
    if moment is None or record.head.type == "warcinfo":
        return newest
    if newest is not None and moment < newest - _BACK:
        teller.tell_once("date-order", f"{record.head.text('WARC-Date')} comes behind {newest:%Y-%m-%dT%H:%M:%SZ}")
    return moment if newest is None else max(newest, moment)


def _check_filename(record: StrictRecord, name: str, teller: Teller) -> None:
    said = record.head.text("WARC-Filename")
    if said and said.strip('"').rpartition("/")[2] != name.removesuffix(OPEN):
        teller.tell("file-name", f"WARC-Filename is {said}")
