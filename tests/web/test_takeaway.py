"""Exports of the desk, which have processes of their own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.processes import children

THREADS = 40
"""As many as Starlette calls handlers in."""


def exports() -> set[int]:
    """The processes of exports that this one has started."""
    return {child for child in children() if b"'export'" in _command(child)}


def _command(process: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_exports_at_a_standstill_hold_nobody_else_up(demo: Any, tmp_path: Path, serving: Callable[..., Any]) -> None:
    shutil.copytree(demo.collection, tmp_path / "quay")
    desk = serving(tmp_path)
    where = urlsplit(desk.origins.desk)
    still: set[int] = set()

    def two_stand_still() -> bool:
        for process in exports() - still:
            os.kill(process, signal.SIGSTOP)
            still.add(process)
        return len(still & exports()) == 2

    with ExitStack() as closing:
        for _ in range(THREADS + 5):
            asking = closing.enter_context(socket.create_connection((where.hostname, where.port)))
            asking.sendall(b"GET /export/quay/tables.zip HTTP/1.1\r\nHost: %s\r\n\r\n" % where.netloc.encode())
        until(two_stand_still)
        assert "Download" in desk.text("/export/quay")
        assert "stories" in desk.json("/stories.json")
    until(lambda: not exports())


def test_an_export_that_fails_says_why(demo: Any, tmp_path: Path, serving: Callable[..., Any]) -> None:
    shutil.copytree(demo.collection, tmp_path / "quay")
    desk = serving(tmp_path)
    (tmp_path / "quay" / "tables" / "images.jsonl").write_text("{broken\n")
    status, _, body = desk.get("/export/quay/tables.zip?table=images")
    assert status == 404
    assert "images.jsonl, line 1: no row" in body.decode()
