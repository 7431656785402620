"""Digests of blocks and payloads as WARC 1.1 labels them.

SHA-256 in lower-case hexadecimal: SHA-1 has been broken since 2017, and evidence must not rest on it; with the
processor's own instructions both cost the same; warcio, FastWARC, pywb, cdxj-indexer, py-wacz and ReplayWeb.page read
either (`make interop` shows it), and Browsertrix writes the same form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

EMPTY = "sha256:" + hashlib.sha256(b"").hexdigest()
"""The digest of nothing."""

_PIECE = 1 << 18
"""Bytes read at a time."""


def digest(data: bytes | memoryview) -> str:
    """``data`` digested, as ``sha256:<hex>``."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def digest_pieces(pieces: Iterable[bytes]) -> tuple[str, int]:
    """The digest of all pieces together, and how many bytes they are."""
    state = hashlib.sha256()
    size = 0
    for piece in pieces:
        state.update(piece)
        size += len(piece)
    return "sha256:" + state.hexdigest(), size


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    """The rest of ``file``, in pieces of 256 KiB."""
    while piece := file.read(_PIECE):
        yield piece
