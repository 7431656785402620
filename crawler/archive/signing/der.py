"""The certificates in a time stamp put in DER's order, which OpenSSL does not keep to and parsers insist on.

X.690, section 11.6: the elements of a SET OF stand in the order of their encodings. They are no part of what is signed,
and only change places, so no length changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

_FIRST = 0xA0
"""The tag of an optional field, context-specific and constructed, number 0 (X.690, 8.1.2)."""


def with_ordered_certificates(response: bytes) -> bytes:
    """A TimeStampResp (RFC 3161, section 2.4.2) with its certificates in order; what is none comes back as it is."""
    try:
        _, token = _elements(response, *_inside(response, 0))
        _, explicit = _elements(response, *_inside(response, token))
        (signed,) = _elements(response, *_inside(response, explicit))
        fields = list(_elements(response, *_inside(response, signed)))
        place = next(at for at in fields if response[at] == _FIRST)
        start, end = _inside(response, place)
        bounds = [*_elements(response, start, end), end]
    except (ValueError, IndexError, StopIteration):
        return response
    certificates = [response[here:there] for here, there in pairwise(bounds)]
    return response[:start] + b"".join(sorted(certificates)) + response[end:]


def _inside(data: bytes, at: int) -> tuple[int, int]:
    """Where the content of the element at an offset begins and ends. Raises ``ValueError``, ``IndexError``."""
    length, at = data[at + 1], at + 2
    if length == 0x80:
        raise ValueError("a length that is not definite")
    if length > 0x80:
        size = length & 0x7F
        length, at = int.from_bytes(data[at : at + size], "big"), at + size
    if at + length > len(data):
        raise ValueError("an element longer than what holds it")
    return at, at + length


def _elements(data: bytes, at: int, end: int) -> Iterator[int]:
    """Where each element between two offsets begins."""
    while at < end:
        yield at
        _, at = _inside(data, at)
