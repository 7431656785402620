"""ARC, the format before WARC: how its files are told, and what makes WARCs of them."""

from __future__ import annotations

import zlib
from pathlib import Path
from shlex import quote

from crawler.archive.errors import ReadError

SUFFIXES = (".arc", ".arc.gz")
START = 512
"""Bytes of a file that tell."""


def is_arc(start: bytes) -> bool:
    """Whether a file that begins with ``start`` is an ARC, plain or compressed."""
    if start.startswith(b"\x1f\x8b"):
        try:
            start = zlib.decompressobj(31).decompress(start, START)
        except zlib.error:
            return False
    return start.startswith(b"filedesc://")


def arc_refused(path: Path | str) -> ReadError:
    """The error for an ARC where a WARC is needed."""
    return ReadError(arc_in_words(path), path)


def arc_in_words(path: Path | str, *, is_file: bool = True) -> str:
    """A line on an ARC that is not read, with what makes a WARC of it; one that came by a pipe is no file yet."""
    name = str(path)
    if not is_file:
        remedy = "save it as a file, of which `warcio recompress` makes a WARC"
        return f"{name} is an ARC file, the format before WARC: {remedy}"
    stem = name.removesuffix(".gz").removesuffix(".arc").removesuffix(".warc")
    warc = f"{stem}.warc.gz" if f"{stem}.warc.gz" != name else f"{stem}-converted.warc.gz"
    return (
        f"{name} is an ARC file, the format before WARC: `warcio recompress {quote(name)} {quote(warc)}` "
        "makes a WARC of it"
    )
