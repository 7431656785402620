"""Certificate authorities that a crawl trusts beside the system's."""

from __future__ import annotations

import ssl
from pathlib import Path


class CaFileError(ValueError):
    """The file of additional certificate authorities cannot be used."""


def check_ca_file(file: Path | str) -> None:
    """Raise ``CaFileError`` where ``file`` holds no certificates in PEM (RFC 7468)."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(file)
    except OSError as error:  # ssl's own errors are such
        raise CaFileError(f"{file}: not a readable file of certificates in PEM form") from error
