"""Bytes that begin as a sound file and are changed in a few places, as damage and attackers change them."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.fuzz.conftest import PROFILE

TOKENS = [
    *(b"", b"\0", b"\r\n", b"\n", b"\r", b"\r\n\r\n", b"\xff", b"\x80", b" ", b":", b"{", b'"', b"]", b"="),
    *(b"\x1f\x8b\x08", b"\x1f\x8b\x08\x1f\0\0\0\0\0\xff"),
    *(b"WARC/1.0\r\n", b"WARC/1.1\r\n\r\n", b"PK\x03\x04", b"PK\x05\x06"),
    *(b"Content-Length: ", b"99999999999999999999", b"-1", b"0", b"Transfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
    *(b"Infinity", b"1e999", b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18", b"WARC/1.1\r\n" * 50),
    *(b"fffffffffffffff\r\n", b"HTTP/1.1 200 OK\r\n", b"Content-Encoding: gzip\r\n", b"\xed\xa0\x80", b"[" * 5000),
]  # fmt: skip
fuzzed = PROFILE


@st.composite
def mutated(draw: st.DrawFn, *bases: bytes) -> bytes:
    """One of ``bases``, with bytes flipped, taken out, put in, repeated and moved."""
    data = bytearray(draw(st.sampled_from(bases)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(0, len(data))))
        span = draw(st.integers(0, 64))
        match draw(st.integers(0, 5)):
            case 0:
                data[at : at + 1] = bytes([draw(st.integers(0, 255))])
            case 1:
                del data[at : at + span]
            case 2:
                data[at:at] = draw(st.sampled_from(TOKENS))
            case 3:
                data[at:at] = draw(st.binary(max_size=32))
            case 4:
                data[at:at] = data[at : at + span]
            case 5:
                del data[at:]
    return bytes(data)
