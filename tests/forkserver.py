"""Python programs in processes of their own that start in milliseconds: forked from one that has imported everything.

Each gets streams, a folder, an environment and an exit code of its own, waits for its threads, calls what was
registered for its end, and warns of what it left open. What it shares with the others are imported modules that have
done nothing yet: no thread was started, no reactor installed; these alone are not taken apart at the end. Patterns and
trees that are compiled for the first page are compiled in it for all.

All processes of the tests share one server. The first that asks starts it, and it ends when the tests do.
"""

from __future__ import annotations

import atexit
import faulthandler
import fcntl
import gc
import json
import os
import resource
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from itertools import pairwise
from multiprocessing import util
from pathlib import Path
from typing import IO, Any

PRELOADED = (
    "crawler.jobs.capture", "crawler.jobs.discover", "crawler.jobs.demo", "crawler.jobs.run", "crawler.export",
    "crawler.spiders.providers", "scrapy.crawler", "dateparser.search", "tldextract", "_strptime", "encodings.idna",
    "crawler.settings", "crawler.fetch.addon", "crawler.archive.verify", "crawler.export.written", "PIL.ImageOps",
    "crawler.jobs.imports", "crawler.testing.record", "crawler.jobs.run.apart", "tqdm", "encodings.cp1252",
    "scrapy.downloadermiddlewares.cookies", "scrapy.downloadermiddlewares.httpauth", "scrapy.pqueues", "scrapy.squeues",
    "scrapy.extensions.corestats", "scrapy.extensions.logstats", "scrapy.robotstxt", "scrapy.statscollectors",
    "multiprocessing.popen_forkserver",
)  # fmt: skip
OPTIONAL = ("crawler.web.desk", "uvicorn", "s3fs", "crawler.archive.store.s3", "redis", "dramatiq")
"""Loaded where they are installed."""
PAGE = (
    b"<title>A ferry</title><article><h1>A ferry</h1><p>By Ada Winter, 5 March 2024</p><p>It came back.</p></article>"
)
SPREADING = frozenset({"run", "worker", "extract"})
"""Verbs that start processes of their own, by a server that would import everything anew."""
START = """\
import sys
sys.path[:] = {path!r}
import forkserver
forkserver.serve({number}, {tests})
"""
PATIENCE = 240.0
"""Seconds in which anything comes about that comes about at all; only a test that fails waits for so long."""


class ForkServer:
    """Starts programs by the server that listens in ``folder``, which ends with the process ``tests``."""

    def __init__(self, folder: Path, tests: int) -> None:
        # A socket's path is cut off after a hundred bytes or so, and TMPDIR may be longer than that.
        self._address = f"/proc/self/fd/{os.open(folder, os.O_PATH)}/forks"
        with (folder / "forks.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not Path(self._address).exists():
                self._start(tests)

    def _start(self, tests: int) -> None:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self._address)
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
        ours = socket.socket(socket.AF_UNIX)
        ours.settimeout(PATIENCE)
        ours.connect(self._address)
        socket.send_fds(ours, [b"."], [given, out.fileno(), err.fileno()])
        os.close(given)
        ours.sendall(json.dumps(told).encode() + b"\n")
        feeding = threading.Thread(target=_feed, args=(giving, stdin))
        feeding.start()
        return Forked([told["program"], *told["words"]], ours, feeding, out, err)

    def run(
        self, program: str | Path, words: Sequence[str | Path] = (), *, timeout: float = PATIENCE, **how: Any
    ) -> subprocess.CompletedProcess[str]:
        """Start a program as ``start`` does, and wait for its end."""
        return self.start(program, words, **how).finish(timeout)


class Forked:
    """A program under way."""

    def __init__(self, words: list[str], told: socket.socket, feeding: threading.Thread, *streams: IO[bytes]) -> None:
        self._words, self._told, self._feeding, self._streams = words, told, feeding, streams
        self._lines = told.makefile("rb")
        self.pid = int(self._lines.readline())

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
        with self._told, self._lines, out, err:
            if not select.select([self._told], [], [], timeout)[0]:
                os.kill(self.pid, signal.SIGABRT)  # by which faulthandler tells where it stands
                if not select.select([self._told], [], [], 10)[0]:
                    os.kill(self.pid, signal.SIGKILL)
                late = subprocess.TimeoutExpired(self._words, timeout)
                for stream in self._streams:
                    stream.seek(0)
                    late.add_note(stream.read().decode(errors="replace"))
                raise late
            code = int(self._lines.readline())
            self._feeding.join(timeout)
            assert not self._feeding.is_alive(), f"{self._words}: has ended, and its standard input is still open"
            for stream in self._streams:
                stream.seek(0)
            return subprocess.CompletedProcess(self._words, code, out.read().decode(), err.read().decode())

    def leave(self) -> None:
        """Let it run on by itself."""
        for each in (self._told, self._lines, *self._streams):
            each.close()


def _feed(giving: int, data: bytes) -> None:
    with suppress(BrokenPipeError), open(giving, "wb", buffering=0) as pipe:
        while data:
            data = data[pipe.write(data) :]


def serve(number: int, tests: int) -> None:
    """The server's side: for each program a process that runs it, and one that waits for it and tells its end."""
    with suppress(ProcessLookupError):
        _serve(number, os.pidfd_open(tests))


def _serve(number: int, tests: int) -> None:
    for module in PRELOADED:
        import_module(module)
    for module in OPTIONAL:
        with suppress(ModuleNotFoundError):
            import_module(module)
    import_module("crawler.extract").extract_article(PAGE, url="https://news.example/ferry")
    assert "twisted.internet.reactor" not in sys.modules
    assert threading.active_count() == len(list(Path("/proc/self/task").iterdir())) == 1
    gc.collect()
    gc.freeze()  # no program looks through what all of them share
    faulthandler.enable()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=number) as requests:
        while requests in select.select([requests, tests], [], [])[0]:
            asking, _ = requests.accept()
            if os.fork() == 0:
                break
            asking.close()
        else:
            os._exit(0)
    os.close(tests)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with asking, asking.makefile("rb") as lines:
        files = socket.recv_fds(asking, 1, 3)[1]
        told = json.loads(lines.readline())
        if pid := os.fork():
            asking.sendall(b"%d\n" % pid)
            _, status = os.waitpid(pid, 0)
            with suppress(BrokenPipeError):  # nobody waits for it any more
                asking.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
            os._exit(0)
    for standard, file in enumerate(files):
        os.dup2(file, standard)
        os.close(file)
    _become(told)


def _become(told: dict[str, Any]) -> None:
    os.chdir(told["cwd"])
    os.environ.clear()
    os.environ.update(told["environment"])
    time.tzset()
    if told["file_limit"] is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (told["file_limit"],) * 2)
    sys.argv = [told["program"], *told["words"]]
    if SPREADING.intersection(told["words"][:1]):
        _start_own_server()
    code = _run(told["program"])
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    gc.collect()  # what was left open is warned of
    for stream in (sys.stdout, sys.stderr):
        if not stream.closed:
            stream.flush()
    os._exit(code & 0xFF)  # taking apart what was imported takes longer than most programs


def _start_own_server() -> None:
    """Start the server that makes this program's processes, multiprocessing's own, by a fork as well."""
    from crawler.jobs.tasks.server import start_server

    starting = util.spawnv_passfds
    util.spawnv_passfds = _forked
    try:
        start_server()
    finally:
        util.spawnv_passfds = starting


def _forked(path: bytes, arguments: Sequence[str], files: Sequence[int]) -> int:
    """What ``python -c`` would do in a process of its own with these open files."""
    if pid := os.fork():
        return pid
    kept = sorted({0, 1, 2, *files})
    for before, after in pairwise([*kept, os.sysconf("SC_OPEN_MAX")]):
        os.closerange(before + 1, after)
    command = arguments.index("-c")
    sys.argv = ["-c", *arguments[command + 2 :]]  # Python 3.14 hands the program's own on
    with suppress(SystemExit):
        exec(arguments[command + 1], {})
    os._exit(0)


def _run(program: str) -> int:
    module, colon, function = program.rpartition(":")
    try:
        if colon:
            sys.exit(getattr(import_module(module), function)())
        runpy.run_path(program, run_name="__main__")
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        sys.stderr.write(f"{end.code}\n")
        return 1
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
        return 1
    return 0
