"""Labelled digests as writers spell them, and the state to work them out again (WARC 1.1, sections 5.8 and 5.9)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_LABELLED = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):([!#$%&'*+./=^_`|~0-9A-Za-z-]+)")
_SIZES = {"md5": 16, "sha1": 20, "sha224": 28, "sha256": 32, "sha384": 48, "sha512": 64, "blake2b": 64, "blake2s": 32}
_SIZES |= {"sha3_224": 28, "sha3_256": 32, "sha3_384": 48, "sha3_512": 64}
_ALIASES = {"sha-1": "sha1", "sha-224": "sha224", "sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512"}
_ALIASES |= {"sha3-256": "sha3_256", "sha3-512": "sha3_512", "blake2b-512": "blake2b"}
_HEX = re.compile(r"[0-9A-Fa-f]+")
_BASE32 = re.compile(r"[A-Za-z2-7]+=*")


class DigestError(ValueError):
    """A value that is no labelled digest."""


class UnknownAlgorithm(DigestError):  # noqa: N818 - says what is the case
    """A digest that nobody can check without knowing what it was made with."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest as a record states it."""

    algorithm: str
    """As :mod:`hashlib` calls it."""
    value: bytes
    unusual: str | None
    """What is odd about the spelling, in words."""


@lru_cache(4096)
def parse_digest(text: str) -> Digest:
    """Read ``algorithm:value``. Raises ``DigestError``, for an algorithm not known here ``UnknownAlgorithm``."""
    match = _LABELLED.fullmatch(text)
    if match is None:
        raise DigestError(f"{text[:80]!r} is not of the form algorithm:value")
    label, value = match[1], match[2]
    algorithm = _ALIASES.get(label.lower(), label.lower())
    size = _SIZES.get(algorithm)
    if size is None:
        raise UnknownAlgorithm(f"digest algorithm {label!r} is not known, so the digest can't be checked")
    unusual = f"the algorithm is spelt {label!r}, usual is {algorithm!r}" if label != algorithm else None
    if len(value) == 2 * size and _HEX.fullmatch(value):
        if value != value.lower():
            unusual = unusual or "the digits are upper-case hexadecimal"
        return Digest(algorithm, bytes.fromhex(value), unusual)
    plain = value.rstrip("=")
    if len(plain) == -(-size * 8 // 5) and _BASE32.fullmatch(value):
        if plain != plain.upper():
            unusual = unusual or "the letters are lower-case Base32"
        padded = plain.upper() + "=" * (-len(plain) % 8)
        bits = base64.b32decode(padded)
        if base64.b32encode(bits).decode() != padded:
            raise DigestError(f"the last letter of {text!r} is impossible in Base32 of {size} bytes")
        return Digest(algorithm, bits, unusual)
    if (decoded := _base64(value)) is not None and len(decoded) == size:
        return Digest(algorithm, decoded, unusual or "the value is Base64")
    raise DigestError(f"{value[:80]!r} is no {algorithm} in hexadecimal ({2 * size} digits) or Base32")


def _base64(value: str) -> bytes | None:
    try:
        return base64.b64decode(value.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        return None


def new_state(algorithm: str) -> Any:
    """A hashlib object; MD5 and SHA-1 are asked for to compare, not to protect."""
    return hashlib.new(algorithm, usedforsecurity=False)


def spelt(algorithm: str, value: bytes) -> str:
    """A digest as its algorithm is usually written."""
    if algorithm in ("md5", "sha1"):
        return f"{algorithm}:{base64.b32encode(value).decode().rstrip('=')}"
    return f"{algorithm}:{value.hex()}"
