from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import forking
from tests.forkserver import PATIENCE, ForkServer


@contextmanager
def answering(folder: Path, *answers: bytes) -> Iterator[None]:
    """A server that reads what it is asked and gives one of these answers to each, the empty one by ending."""

    def answer(listener: socket.socket) -> None:
        for line in answers:
            asking, _ = listener.accept()
            with asking:
                _, files, *_ = socket.recv_fds(asking, 1, 3)
                for file in files:
                    os.close(file)
                with asking.makefile("rb") as lines:
                    lines.readline()
                    asking.sendall(line)
                    if line.strip().isdigit():
                        assert lines.read(1) == forking.GO
                        asking.sendall(b"7\n")

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "forks"))
        listener.listen()
        thread = threading.Thread(target=answer, args=(listener,))
        thread.start()
        yield
        thread.join(120)
        assert not thread.is_alive()


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path_factory.mktemp("forks")
    monkeypatch.chdir(path)
    return path


def test_a_server_that_answered_nothing_is_asked_again_for_nothing_has_begun(folder: Path) -> None:
    with answering(folder, b"", b"", b"123\n"):
        assert ForkServer(folder, os.getpid()).run("program").returncode == 7


def test_why_there_is_no_process_is_told(folder: Path) -> None:
    with (
        answering(folder, b'"no process can be started: try again"\n'),
        pytest.raises(ValueError, match="no process can be started: try again"),
    ):
        ForkServer(folder, os.getpid()).run("program")


def test_a_program_whose_number_nobody_took_does_nothing(folder: Path, forks: ForkServer) -> None:
    begun, program = folder / "begun", folder / "program.py"
    program.write_text(f"open({str(begun)!r}, 'w').close()")
    told = {"program": str(program), "words": [], "cwd": str(folder), "environment": {}, "file_limit": None}
    with socket.socket(socket.AF_UNIX) as asking, open(os.devnull, "r+b") as nothing:
        asking.settimeout(PATIENCE)
        asking.connect(forks.address)
        socket.send_fds(asking, [b"."], [nothing.fileno()] * 3)
        asking.sendall(json.dumps(told).encode() + b"\n")
        with asking.makefile("rb") as lines:
            assert lines.readline().strip().isdigit()
            asking.shutdown(socket.SHUT_WR)
            assert lines.readline() == b"0\n"
    assert not begun.exists()


def test_a_process_that_a_busy_system_does_not_give_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter([BlockingIOError(11, "Resource temporarily unavailable"), OSError(12, "Cannot allocate memory"), 5])

    def fork() -> int:
        made = next(given)
        if isinstance(made, OSError):
            raise made
        return made

    monkeypatch.setattr(os, "fork", fork)
    monkeypatch.setattr(forking.time, "sleep", lambda _: None)
    assert forking._fork() == 5


def test_a_server_that_is_given_no_process_answers_the_next(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fork() -> int:
        if not told:
            told.append("no process")
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return 0

    told: list[str] = []
    monkeypatch.setattr(forking, "_fork", fork)
    ending, tests = os.pipe()
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as first:
        listener.bind("forks")
        listener.listen()
        first.connect("forks")
        with socket.socket(socket.AF_UNIX) as second:
            second.connect("forks")
            asking = forking._asking(listener, ending)
            assert asking is not None
            with asking:
                assert first.recv(1) == b""
                asking.sendall(b"7")
                assert second.recv(1) == b"7"
        os.close(tests)
        assert forking._asking(listener, ending) is None
    os.close(ending)
