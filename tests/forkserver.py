"""Python programs in processes of their own that start in milliseconds: forked from one that has imported everything.

Each gets streams, a folder, an environment and an exit code of its own, waits for its threads, calls what was
registered for its end, and warns of what it left open. What it shares with the others are imported modules that have
done nothing yet: no thread was started, no reactor installed; these alone are not taken apart at the end. Patterns and
trees that are compiled for the first page are compiled in it for all.

All processes of the tests share one server. The first that asks starts it, and it ends when the tests do.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any

from tests.forking import GO

START = """\
import sys
sys.path[:] = {path!r}
import forking
forking.serve({number}, {tests})
"""
PATIENCE = 240.0
"""Seconds in which anything comes about that comes about at all; only a test that fails waits for so long."""


class ForkServer:
    """Starts programs by the server that listens in ``folder``, which ends with the process ``tests``."""

    def __init__(self, folder: Path, tests: int) -> None:
        # A socket's path is cut off after a hundred bytes or so, and TMPDIR may be longer than that.
        self.address = f"/proc/self/fd/{os.open(folder, os.O_PATH)}/forks"
        with (folder / "forks.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not Path(self.address).exists():
                self._start(tests)

    def _start(self, tests: int) -> None:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.address)
            listener.listen(100)
            listener.set_inheritable(True)
            code = START.format(path=[str(Path(__file__).parent), *sys.path], number=listener.fileno(), tests=tests)
            words = [sys.executable, "-W", "error::ResourceWarning", "-c", code]
            nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1)]
            os.posix_spawn(sys.executable, words, os.environ, file_actions=nowhere)

    def start(
        self,
        program: str | Path,
        words: Sequence[str | Path] = (),
        *,
        stdin: bytes = b"",
        cwd: Path | None = None,
        environment: dict[str, str] | None = None,
        file_limit: int | None = None,
    ) -> Forked:
        """Start ``module:function`` or a script; ``file_limit`` is how many bytes a file may have (RLIMIT_FSIZE)."""
        told = {
            "program": str(program), "words": [str(word) for word in words], "cwd": str(cwd or Path.cwd()),
            "environment": dict(os.environ if environment is None else environment), "file_limit": file_limit,
        }  # fmt: skip
        given, giving = os.pipe()
        out, err = (tempfile.TemporaryFile() for _ in range(2))  # noqa: SIM115 - `finish` reads and closes them
        try:
            pid, told_of = self._ask(json.dumps(told).encode(), [given, out.fileno(), err.fileno()])
        except BaseException:
            os.close(giving)
            for stream in (out, err):
                stream.close()
            raise
        finally:
            os.close(given)
        feeding = threading.Thread(target=_feed, args=(giving, stdin))
        feeding.start()
        return Forked([told["program"], *told["words"]], pid, told_of, feeding, out, err)

    def _ask(self, told: bytes, files: Sequence[int]) -> tuple[int, socket.socket]:
        """The process that runs a program, and where it is told how that ends.

        None has begun before its number is known here: where no answer comes it can be asked for again.
        """
        for _ in range(3):
            ours = socket.socket(socket.AF_UNIX)
            ours.settimeout(PATIENCE)
            with ExitStack() as closing, suppress(BrokenPipeError, ConnectionResetError):
                closing.enter_context(ours)
                ours.connect(self.address)
                socket.send_fds(ours, [b"."], files)
                ours.sendall(told + b"\n")
                if answer := _line(ours):
                    pid = int(json.loads(answer))  # or why there is none, which is shown
                    ours.sendall(GO)
                    closing.pop_all()
                    return pid, ours
        raise AssertionError("the server of the tests' programs answered nothing")

    def run(
        self, program: str | Path, words: Sequence[str | Path] = (), *, timeout: float = PATIENCE, **how: Any
    ) -> subprocess.CompletedProcess[str]:
        """Start a program as ``start`` does, and wait for its end."""
        return self.start(program, words, **how).finish(timeout)


class Forked:
    """A program under way."""

    def __init__(
        self, words: list[str], pid: int, told: socket.socket, feeding: threading.Thread, *streams: IO[bytes]
    ) -> None:
        self._words, self._told, self._feeding, self._streams = words, told, feeding, streams
        self.pid = pid

    def ended(self) -> bool:
        """Whether it has come to an end; ``finish`` says how."""
        return bool(select.select([self._told], [], [], 0)[0])

    def until(self, condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until ``condition`` holds or the program has come to an end; fail after ``seconds``."""
        end = time.monotonic() + seconds
        while not condition() and not self.ended():
            assert time.monotonic() < end, f"{self._words}: not there within {seconds:.0f} s"
            time.sleep(0.01)

    def finish(self, timeout: float = PATIENCE) -> subprocess.CompletedProcess[str]:
        """Wait for its end. Raises ``subprocess.TimeoutExpired`` after ``timeout`` seconds, and kills it.

        What it wrote, and where each of its threads stood, is a note of the exception.
        """
        out, err = self._streams
        with self._told, out, err:
            if not select.select([self._told], [], [], timeout)[0]:
                os.kill(self.pid, signal.SIGABRT)  # by which faulthandler tells where it stands
                if not select.select([self._told], [], [], 10)[0]:
                    os.kill(self.pid, signal.SIGKILL)
                late = subprocess.TimeoutExpired(self._words, timeout)
                for stream in self._streams:
                    stream.seek(0)
                    late.add_note(stream.read().decode(errors="replace"))
                raise late
            code = int(_line(self._told))
            self._feeding.join(timeout)
            assert not self._feeding.is_alive(), f"{self._words}: has ended, and its standard input is still open"
            for stream in self._streams:
                stream.seek(0)
            return subprocess.CompletedProcess(self._words, code, out.read().decode(), err.read().decode())

    def leave(self) -> None:
        """Let it run on by itself."""
        for each in (self._told, *self._streams):
            each.close()


def _line(told: socket.socket) -> bytes:
    """What comes until its line ends, or nothing more comes."""
    line = b""
    while not line.endswith(b"\n") and (more := told.recv(1)):
        line += more
    return line


def _feed(giving: int, data: bytes) -> None:
    with suppress(BrokenPipeError), open(giving, "wb", buffering=0) as pipe:
        while data:
            data = data[pipe.write(data) :]
