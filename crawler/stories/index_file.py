"""The file of an index of stories: opened, made anew where it is none of ours, and why it can't be written."""

from __future__ import annotations

import errno
from pathlib import Path

import duckdb

from crawler.stories.candidates import Candidates

FAILED = (duckdb.OperationalError, duckdb.FatalException, duckdb.InternalError)
"""What DuckDB raises where the disk, or the memory it may take, fails it; and then for each further question."""


def opened(path: Path) -> Candidates:
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
            raise explain(error, path) from error
    except duckdb.Error:
        pass
    remove(path)
    try:
        tables = Candidates(path)
        tables.begin()
    except FAILED as error:
        raise explain(error, path) from error
    return tables


def remove(path: Path) -> None:
    """Delete the file, and what DuckDB had not put into it yet."""
    path.unlink(missing_ok=True)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)


def explain(error: BaseException, path: Path | None) -> OSError:
    """What DuckDB raised, as an error that names the file and what to do."""
    said = str(error).splitlines()[0]
    remedy = "free some space; `wirecopy index` or the next capture makes it again"
    return OSError(errno.EIO, f"the index of stories can't be written ({said}): {remedy}", str(path or "memory"))
