"""Work in a process of its own: whatever becomes of that, and of the server that made it, whoever waits is told."""

from __future__ import annotations

import gc
import os
import signal
import struct
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from crawler.jobs.run.apart import Ended, apart
from tests.forkserver import PATIENCE

READING = {"read_signed", "_recv"}
"""What waits for the answer of the server that makes processes: it signs what it says from Python 3.14 on."""
LIMIT = timedelta(minutes=4)


def slow() -> str:
    time.sleep(30)
    return "never"


def divided() -> float:
    return 1 / int("0")


def ended_with_all(told: Path) -> None:
    told.touch()
    os.kill(os.getpid(), signal.SIGTERM)


def half_told() -> None:
    (telling,) = (each for each in gc.get_objects() if isinstance(each, Connection) and each.writable)
    os.write(telling.fileno(), struct.pack("!i", 1000) + b"the first half")
    os.kill(os.getpid(), signal.SIGKILL)


def with_a_thread_that_goes_on(trace: Path) -> str:
    threading.Thread(target=lambda: (time.sleep(30), trace.touch())).start()
    return "done"


def orphaned(server: Path, gone: Path) -> str:
    server.write_text(f"{os.getppid()}\n")
    end = time.monotonic() + PATIENCE
    while not gone.exists() and time.monotonic() < end:
        time.sleep(0.01)
    return slow()


def test_work_apart_gives_back_a_value_an_error_or_the_reason() -> None:
    assert apart(int, "7", limit=LIMIT, stopping=lambda: False).value == 7
    failed = apart(divided, limit=LIMIT, stopping=lambda: False)
    assert failed.ended is Ended.FAULT
    assert "ZeroDivisionError" in (failed.message or "")
    stopped = apart(slow, limit=LIMIT, stopping=lambda: True)
    assert (stopped.ended, "told to end" in (stopped.message or "")) == (Ended.STOPPED, True)


def test_a_process_that_is_ended_with_the_run_is_no_fault_of_its_story(tmp_path: Path) -> None:
    told = tmp_path / "told"
    done = apart(ended_with_all, told, limit=LIMIT, stopping=told.exists)
    assert (done.ended, "told to end" in (done.message or "")) == (Ended.STOPPED, True)


def test_a_process_that_is_killed_in_the_middle_of_what_it_says_is_told_as_killed() -> None:
    done = apart(half_told, limit=LIMIT, stopping=lambda: False)
    assert (done.ended, "was killed by signal 9" in (done.message or "")) == (Ended.FAULT, True)


def test_a_thread_that_goes_on_after_its_work_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.jobs.run.apart.PATIENCE", timedelta(seconds=1))
    went_on = tmp_path / "went on"
    assert apart(with_a_thread_that_goes_on, went_on, limit=LIMIT, stopping=lambda: False).value == "done"
    assert not went_on.exists()


def test_another_server_takes_the_place_of_one_that_is_killed_in_mid_start() -> None:
    server = apart(os.getppid, limit=LIMIT, stopping=lambda: False).value
    assert server is not None
    os.kill(server, signal.SIGSTOP)
    waiting = threading.get_ident()

    def kill() -> None:
        while sys._current_frames()[waiting].f_code.co_name not in READING:
            time.sleep(0.01)
        os.kill(server, signal.SIGKILL)

    killing = threading.Thread(target=kill)
    killing.start()
    done = apart(os.getppid, limit=LIMIT, stopping=lambda: False)
    killing.join(PATIENCE)
    assert done.ended is Ended.WELL
    assert done.value not in (None, server)


def test_a_process_whose_server_was_killed_is_told_to_end_all_the_same(tmp_path: Path) -> None:
    server, gone = tmp_path / "server", tmp_path / "gone"
    with ThreadPoolExecutor(1) as pool:
        one = pool.submit(apart, orphaned, server, gone, limit=LIMIT, stopping=gone.exists)
        end = time.monotonic() + PATIENCE
        while not (server.exists() and server.read_text().endswith("\n")):
            assert time.monotonic() < end
            time.sleep(0.01)
        killed = int(server.read_text())
        os.kill(killed, signal.SIGKILL)
        try:
            assert apart(int, "7", limit=LIMIT, stopping=lambda: False).value == 7
        finally:
            gone.touch()
        assert one.result().ended is Ended.STOPPED
