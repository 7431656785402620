"""What a store tells of an object and of an upload that was begun, and what a file has to be to go there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crawler.archive.store.faults import StoreError


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload of several parts that was begun; ``id`` is the store's name for it, None where that was not learnt."""

    key: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """An object as the store tells of it."""

    size: int
    checksum: str | None = None
    """The store's own SHA-256, in Base64; of several parts that of their digests, with ``-N`` behind it."""

    def tells(self, checksum: str) -> bool:
        """Whether that is the checksum; some stores leave out of how many parts it is."""
        return self.checksum is not None and self.checksum.partition("-")[0] == checksum.partition("-")[0]


def check_same(file: Path, found: str, digest: str) -> None:
    """Raise ``StoreError`` where ``file`` was read with another SHA-256 than the one it had."""
    if found != digest:
        raise StoreError(
            f"{file} was altered: its digest is sha256:{found}, and was sha256:{digest} when it was finished; it is "
            "not uploaded, see `wirecopy verify`",
            file,
        )
