"""An HTTP message with its digests: what the records of an exchange say of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from crawler.archive.coding import remove_codings
from crawler.archive.digest import digest, digest_pieces, pieces_of
from crawler.archive.http_head import Head, MessageError, leading_head, read_head, request_line
from crawler.archive.message import payload_pieces
from crawler.archive.sniff import SNIFFED, sniff

_BOMB = 1 << 28
"""Bytes that a payload may have beyond its block once transfer codings are removed; what makes more is a bomb."""
SMALL = 1 << 20
"""Blocks up to this size are handled in memory, larger ones read twice from their file."""


class Message(NamedTuple):
    """What a message is made of. ``head`` is None where its bytes are no HTTP."""

    block: bytes | BinaryIO
    length: int
    block_digest: str
    head: Head | None
    raw_head: bytes
    payload_digest: str | None
    payload_length: int
    kind: str | None
    """Media type that the first bytes of the entity show."""

    @property
    def mime(self) -> str | None:
        """Media type the server claimed, lower case, without parameters."""
        return media_type(self.head.get("content-type")) if self.head else None


def media_type(content_type: str | None) -> str | None:
    """A Content-Type without parameters, lower case; None where it names none."""
    return (content_type or "").partition(";")[0].strip().lower() or None


def read_message(file: BinaryIO) -> Message:
    """Digest a message; its file is read from the beginning and left anywhere."""
    length = file.seek(0, io.SEEK_END)
    file.seek(0)
    if length > SMALL:
        return _in_file(file)
    return _in_memory(file.getvalue() if isinstance(file, io.BytesIO) else file.read())  # its own bytes, not a copy


def read_request(file: BinaryIO) -> Message:
    """A request, whose fields nobody asks for: digested like :func:`read_message`, its head not taken apart."""
    file.seek(0)
    block = file.read(SMALL + 1)
    end = block.find(b"\r\n\r\n") + 4
    if end < 4 or len(block) > SMALL or (head := request_line(block)) is None:
        return read_message(file)
    body = block[end:]
    return Message(block, len(block), digest(block), head, block[:end], digest(body) if body else None, len(body), None)


def _in_memory(block: bytes) -> Message:
    found = leading_head(block)
    if found is None:
        return Message(block, len(block), digest(block), None, b"", None, 0, None)
    head, end = found
    body = memoryview(block)[end:]
    if head.status is not None and (head.get("transfer-encoding") or head.get("content-encoding")):
        payload_digest, payload_length = _payload(head, io.BytesIO(body), len(block))
        start = _entity_start(head, io.BytesIO(body))
    else:
        payload_digest, payload_length, start = digest(body), len(body), bytes(body[:SNIFFED])
    kind = sniff(start) if start else None
    return Message(block, len(block), digest(block), head, block[:end], payload_digest, payload_length, kind)


def _in_file(file: BinaryIO) -> Message:
    block_digest, length = digest_pieces(pieces_of(file))
    file.seek(0)
    try:
        head, raw_head = read_head(file)
    except MessageError:
        return Message(file, length, block_digest, None, b"", None, 0, None)
    body = file.tell()
    payload_digest, payload_length = _payload(head, file, length)
    file.seek(body)
    kind = sniff(_entity_start(head, file))
    return Message(file, length, block_digest, head, raw_head, payload_digest, payload_length, kind)


def _payload(head: Head, body: BinaryIO, length: int) -> tuple[str | None, int]:
    """The digest and length of the payload in a block of ``length`` bytes; no digest for a bomb of transfer codings."""
    most = max(_BOMB, length)
    size = 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for piece in payload_pieces(head, body):
            size += len(piece)
            if size > most:
                return
            yield piece

    found, _ = digest_pieces(counted())
    return (found, size) if size <= most else (None, size)


def _entity_start(head: Head, body: BinaryIO) -> bytes:
    start = b""
    for piece in remove_codings(payload_pieces(head, body), head.tokens("content-encoding")):
        start += piece
        if len(start) >= SNIFFED:
            break
    return start
