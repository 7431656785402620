"""The parts in which a file goes into an S3-compatible store, and the checksums that the store works out of them.

API: Amazon S3, 2006-03-01.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import md5, sha256
from itertools import count
from pathlib import Path

PART = 16 << 20
"""Bytes of a part, and the size up to which a file is sent in one request."""
_MOST_PARTS = 9000
"""Parts that a file is sent in; S3 takes no more than 10,000 of one upload."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file; parts count from 1."""

    number: int
    data: bytes

    @property
    def digest(self) -> bytes:
        """Its SHA-256."""
        return sha256(self.data).digest()


@dataclass(frozen=True, slots=True)
class PartThere:
    """A part that the store has."""

    size: int
    tag: str
    checksum: str | None
    """Its SHA-256 in Base64, where the store tells it."""

    def of(self, part: Part) -> str | None:
        """Its ETag, where it is that part. The ETag of a part is its MD5; the whole is verified at the end."""
        if self.size != len(part.data):
            return None
        if self.checksum:
            return self.tag if self.checksum == base64(part.digest) else None
        return self.tag if self.tag.strip('"') == md5(part.data, usedforsecurity=False).hexdigest() else None


NO_PART = PartThere(-1, "", None)
"""What is none of any file's."""


def parts_of(file: Path) -> Iterator[Part]:
    """The parts of a file: of one size, whatever was sent before, so that an upload can be gone on with."""
    size = max(PART, -(-file.stat().st_size // _MOST_PARTS))
    with file.open("rb") as source:
        for number in count(1):
            data = source.read(size)
            if not data and number > 1:
                return
            yield Part(number, data)


def checksum_of_parts(digests: list[bytes], size: int) -> str:
    """What the store tells of a file of ``size`` bytes whose parts have these SHA-256."""
    if size <= PART:
        return base64(digests[0])
    return f"{base64(sha256(b''.join(digests)).digest())}-{len(digests)}"


def base64(digest: bytes) -> str:
    """A digest as the API writes it."""
    return b64encode(digest).decode()
