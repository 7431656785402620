"""What can go wrong while something is signed."""

from __future__ import annotations

from crawler.archive.errors import ReadError


class SigningError(ReadError):
    """A WACZ that can't be signed, or a key or certificate that can't be used; ``path`` is which."""
