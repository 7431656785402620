"""WARCs that were damaged on the way."""

from __future__ import annotations

import zlib
from pathlib import Path

_GZIP = 31
"""Window bits by which zlib reads a gzip member (zlib manual, ``inflateInit2``)."""
_CHECKSUM = 8
"""Bytes before the end of a member at which its checksum begins (RFC 1952, 2.3)."""


def spoil(warc: Path) -> None:
    """Damage the gzip member in the midst of a file: its checksum, for some bytes of a member's head mean nothing."""
    data = bytearray(warc.read_bytes())
    end = 0
    while end <= len(data) // 2:
        member = zlib.decompressobj(_GZIP)
        member.decompress(data[end:])
        end = len(data) - len(member.unused_data)
    data[end - _CHECKSUM] ^= 0xFF
    warc.write_bytes(data)
