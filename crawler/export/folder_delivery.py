"""The files of tables on their way to a folder of this machine, by way of a folder in it."""

from __future__ import annotations

import shutil
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from crawler.archive.store.staging import Staged
from crawler.export.delivery import PART, SCRATCH, Delivery, Numbered, Target, to_the_end
from crawler.export.sources import NotWritten


class FolderDelivery(Delivery):
    """Whoever makes files sees both folders under the same paths."""

    def __init__(self, place: Path, kind: str, numbered: Numbered | None) -> None:
        self._place = place
        self._prefix = f"{SCRATCH}{kind}-"
        self._numbered = numbered
        self._names: list[str] = []

    def target(self, name: str) -> Path:
        """Where a file is made."""
        return self.folder / name

    def part(self, name: str) -> Path:
        """The same, as the folder is this call's own."""
        return self.folder / f"{PART}{name}"

    def where(self, name: str) -> Path:
        """The path of a file in the end."""
        return self._place / name

    def take(self, file: Path) -> tuple[int, str]:
        """Have a file that was made in ``folder``."""
        self._names.append(file.name)
        with file.open("rb") as opened:
            return file.stat().st_size, file_digest(opened, "sha256").hexdigest()

    def accept(self, name: str, staged: Staged | None) -> None:
        """Have a file that was made elsewhere."""
        self._names.append(name)

    def bring(self, part: Target, staged: Staged | None) -> Path:
        """Where it is."""
        return self.folder / part.name

    def commit(self) -> None:
        """Move all files."""
        to_the_end(self._commit)

    def _commit(self) -> None:
        for name in self._names:
            (self.folder / name).replace(self._place / name)
        if self._numbered:
            for file in self._place.iterdir():
                if file.name in self._numbered and file.name not in self._names:
                    file.unlink(missing_ok=True)  # another call may do the same

    def __enter__(self) -> Self:
        self._is_new = not self._place.exists()
        self._place.mkdir(parents=True, exist_ok=True)
        for left in self._place.glob(f"{self._prefix}*"):  # by a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        self._scratch = TemporaryDirectory(prefix=self._prefix, dir=self._place.absolute(), ignore_cleanup_errors=True)
        self.folder = Path(self._scratch.name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        is_gone = not self.folder.exists()
        self._scratch.cleanup()
        if error and self._is_new:
            with suppress(OSError):  # another call writes there
                self._place.rmdir()
        if is_gone and isinstance(error, (OSError, NotWritten)):
            raise NotWritten(
                f"{self._place}: what was made there was dropped by another call that writes there; run again"
            ) from error
