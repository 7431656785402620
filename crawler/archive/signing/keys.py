"""The key that a researcher or newsroom signs with: kept in one file that only its owner may read."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from crawler.archive.errors import explain
from crawler.archive.layout import sync_folder
from crawler.archive.signing.errors import SigningError

_OTHERS = 0o077
"""Permissions of the group and of all others, of which a key has none."""


def default_key_file() -> Path:
    """``wirecopy/signing-key.pem`` in the user's configuration folder (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "wirecopy" / "signing-key.pem"


def load_key(file: Path, *, password: bytes | None = None, create: bool = False) -> ec.EllipticCurvePrivateKey:
    """The ECDSA key in a PEM file; with ``create`` a fresh one (P-384) where there is none, private to its owner.

    Raises ``SigningError`` for a file that holds no such key, or that others may read, ``ArchiveError``.
    """
    try:
        if create and not file.exists():
            _create(file, password)
        mode = file.stat().st_mode
        if mode & _OTHERS:
            raise SigningError(f"others may read the key {file} (mode {mode & 0o777:o}): chmod 600 {file}", file)
        data = file.read_bytes()
    except FileNotFoundError:
        raise SigningError(f"there is no key {file}", file) from None
    except OSError as error:
        raise explain(error, "use the key", file) from error
    try:
        key = serialization.load_pem_private_key(data, password)
    except (ValueError, TypeError) as error:
        raise SigningError(
            f"{file} holds no private key that can be read: {error}; a password comes from WIRECOPY_KEY_PASSWORD", file
        ) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise SigningError(f"{file} holds no ECDSA key, and wacz-auth knows no other kind", file)
    return key


def _create(file: Path, password: bytes | None) -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    protection = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    data = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, protection)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    sync_folder(file.parent)
