"""WARC files of Zstandard frames, as the draft of the IIPC describes them."""

from __future__ import annotations

from collections.abc import Sequence

import zstandard

_SAMPLES = [
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%08d>\r\nContent-Length: %d\r\n" % (n, n * 37)
    + b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nServer: nginx\r\n" + b"%d" % (n * n * 7919)
    for n in range(600)
]  # fmt: skip
DICTIONARY = zstandard.train_dictionary(4096, _SAMPLES, dict_id=40_000)
OTHER = zstandard.train_dictionary(4096, _SAMPLES[::-1], dict_id=50_000)


def frames(
    records: Sequence[bytes], dictionary: zstandard.ZstdCompressionDict | None = None, *, checked: bool = True,
    sized: bool = True, named: bool = True,
) -> bytes:  # fmt: skip
    """Each record as a frame of its own."""
    parameters = zstandard.ZstdCompressionParameters(
        write_checksum=checked, write_content_size=sized, write_dict_id=named
    )
    packer = zstandard.ZstdCompressor(dict_data=dictionary, compression_params=parameters)
    return b"".join(packer.compress(record) for record in records)


def skippable(data: bytes, number: int = 0xD) -> bytes:
    """A frame without content; number 13 is that of a dictionary."""
    return bytes([0x50 + number]) + b"\x2a\x4d\x18" + len(data).to_bytes(4, "little") + data


def with_dictionary(records: Sequence[bytes], *, packed: bool = False) -> bytes:
    """A whole file whose frames need the dictionary that it begins with."""
    content = DICTIONARY.as_bytes()
    return skippable(frames([content]) if packed else content) + frames(records, DICTIONARY)
