"""An export made for a download, in a process of its own: whatever comes of it, the desk goes on answering.

DuckDB has been seen to come to a standstill in a thread, with the interpreter's lock held, and whoever had asked others
for pages then waited with it.
"""

from __future__ import annotations

import asyncio
import sys
import zipfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

from starlette.concurrency import run_in_threadpool

_AT_ONCE = 2
"""Exports made at the same time; others wait for them, and hold no thread."""
_LOOK = 1.0
"""Seconds between two looks at whether somebody still waits."""

_EXPORT = "import sys; sys.path[:] = {path!r}; from crawler.cli import main; sys.exit(main(['export', *sys.argv[1:]]))"
"""With our own path: a folder that the desk is started in may have a package of our name."""

Gone = Callable[[], Awaitable[bool]]


class TakeawayError(Exception):
    """The tables could not be exported; the text says why, in the words of ``wirecopy export``."""


class Takeaway:
    """Makes exports, two at the same time."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(_AT_ONCE)

    async def pack(self, collections: Sequence[Path], form: str, table: str, scratch: Path, gone: Gone) -> Path:
        """A zip in ``scratch`` with the tables (only ``table``, if named) of the collections in the format ``form``.

        Given up once ``gone()`` is true. Raises ``TakeawayError``.
        """
        folder = scratch / "export"
        words = [*map(str, (one.absolute() for one in collections)), "--format", form, "-o", str(folder)]
        words += ["--table", table] if table else []
        async with self._turn:
            if await gone():
                raise TakeawayError("nobody waits for it any more")
            command = [sys.executable, "-c", _EXPORT.format(path=sys.path), *words]
            process = await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE)
            try:
                said = await _said(process, gone)
            finally:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if process.returncode != 0:
            last = said.decode(errors="replace").strip().rpartition("\n")[2]
            raise TakeawayError(last.removeprefix("wirecopy export: ") or f"it ended with {process.returncode}")
        return await run_in_threadpool(_zip, folder, scratch / "export.zip")


async def _said(process: Process, gone: Gone) -> bytes:
    """What a process writes on its standard error until it ends. Raises ``TakeawayError`` once ``gone()`` is true."""
    ending = asyncio.ensure_future(process.communicate())
    try:
        while not (await asyncio.wait({ending}, timeout=_LOOK))[0]:
            if await gone():
                raise TakeawayError("nobody waits for it any more")
        return ending.result()[1]
    finally:
        ending.cancel()


def _zip(folder: Path, packed: Path) -> Path:
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for file in sorted(folder.iterdir()):
            package.write(file, file.name)
    return packed
