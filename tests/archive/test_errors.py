"""Errors of archives come back from other processes as they were raised there."""

from __future__ import annotations

import errno
import pickle

import pytest

from crawler.archive import ArchiveError, CollectionLocked, ReadError
from crawler.archive.errors import explain
from crawler.archive.store import NoObject, StoreError


@pytest.mark.parametrize("kind", [ArchiveError, CollectionLocked, ReadError, StoreError, NoObject])
def test_an_error_is_the_same_in_another_process(kind: type[ArchiveError]) -> None:
    back = pickle.loads(pickle.dumps(kind("it is gone", "a/b")))
    assert (type(back), str(back), str(back.path)) == (kind, "it is gone", "a/b")


def test_so_is_what_the_system_said() -> None:
    full = explain(OSError(errno.ENOSPC, "No space left on device"), "write", "a/b")
    back = pickle.loads(pickle.dumps(full))
    assert (str(back), back.errno) == (str(full), errno.ENOSPC)
