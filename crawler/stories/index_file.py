"""The file of an index of stories: opened, made anew where it is none of ours, and why it can't be written."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from crawler.stories.candidates import Candidates

_FAILED = (duckdb.OperationalError, duckdb.FatalException, duckdb.InternalError)
"""What DuckDB raises where the disk, or the memory it may take, fails it; and then for each further question."""

_ODD = frozenset("?\\")
"""Letters that DuckDB takes for more than a part of a file's name."""


@contextmanager
def opened(path: Path | None) -> Iterator[Candidates]:
    """The tables in the file, empty where there were none that can be read; without ``path`` they live in memory.

    Raises ``OSError``, also where the file can't be written when they are left, and removes a file that failed.
    """
    with ExitStack() as placed:
        file = path and placed.enter_context(_at_hand(path))
        try:
            with closing(_tables(file) if file else Candidates(None)) as tables:
                yield tables
        except _FAILED as error:
            if path:
                _remove(path)
            raise _explain(error, path) from error


@contextmanager
def _at_hand(path: Path) -> Iterator[Path]:
    """The file where DuckDB takes it: at its place, or a copy for now where a folder has a name that it does not take.

    Raises ``OSError``.
    """
    if _is_taken(path):
        yield path.absolute()  # what begins as an address does, md:notes, would be one
        return
    with TemporaryDirectory(prefix="wirecopy-") as folder:
        copy = Path(folder, path.name)
        if not _is_taken(copy):
            raise OSError(errno.EINVAL, "DuckDB takes no folder of this name; name another in TMPDIR", folder)
        if path.exists():
            shutil.copyfile(path, copy)
        yield copy
        fresh = path.with_name(f"{path.name}.new")
        try:
            shutil.copyfile(copy, fresh)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)


def _is_taken(path: Path) -> bool:
    try:
        return not _ODD.intersection(path.absolute().as_posix().encode().decode())
    except UnicodeEncodeError:
        return False


def _tables(path: Path) -> Candidates:
    """The tables in the file, empty where there were none that can be read. Raises ``OSError``."""
    try:
        tables = Candidates(path)
        if tables.is_whole() or tables.begin():
            return tables
        tables.close()
    except duckdb.IOException as error:
        if path.exists() and "lock" in str(error).lower():
            raise OSError(errno.EBUSY, "another program holds it", str(path)) from error
        if not path.exists():
            raise _explain(error, path) from error
    except duckdb.Error:
        pass
    _remove(path)
    try:
        tables = Candidates(path)
        tables.begin()
    except _FAILED as error:
        raise _explain(error, path) from error
    return tables


def _remove(path: Path) -> None:
    """Delete the file, and what DuckDB had not put into it yet."""
    path.unlink(missing_ok=True)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)


def _explain(error: BaseException, path: Path | None) -> OSError:
    """What DuckDB raised, as an error that names the file and what to do."""
    said = str(error).splitlines()[0]
    remedy = "free some space; `wirecopy index` or the next capture makes it again"
    return OSError(errno.EIO, f"the index of stories can't be written ({said}): {remedy}", str(path or "memory"))
