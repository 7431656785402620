"""The server's side of `tests/forkserver.py`: it has everything imported, and forks whatever it is asked for."""

from __future__ import annotations

import atexit
import faulthandler
import gc
import json
import os
import resource
import runpy
import select
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from itertools import pairwise
from multiprocessing import util
from pathlib import Path
from typing import Any

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
GO = b"!"
"""Said to a program's process once its number is known: it does nothing before."""
_PAUSES = (0.1, 0.5, 2, 5, 10, 20)
"""Seconds until a process is asked of the system again that had none to give."""


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
        asking = _asking(requests, tests)
        if asking is None:
            os._exit(0)
    os.close(tests)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with asking:
        files = socket.recv_fds(asking, 1, 3)[1]
        with asking.makefile("rb") as lines:
            told = json.loads(lines.readline())
        try:
            pid = _fork()
        except OSError as error:
            asking.sendall(json.dumps(f"no process can be started: {error}").encode() + b"\n")
            os._exit(1)
        if pid:
            asking.sendall(b"%d\n" % pid)
            _, status = os.waitpid(pid, 0)
            with suppress(BrokenPipeError):  # nobody waits for it any more
                asking.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
            os._exit(0)
        if asking.recv(1) != GO:
            os._exit(0)
    for standard, file in enumerate(files):
        os.dup2(file, standard)
        os.close(file)
    _become(told)


def _asking(requests: socket.socket, tests: int) -> socket.socket | None:
    """Who asks for a program, in a process for it; in the server itself None, once the tests have ended."""
    while requests in select.select([requests, tests], [], [])[0]:
        asking, _ = requests.accept()
        with suppress(OSError):  # who gets no answer asks again, and the others still have a server
            if _fork() == 0:
                return asking
        asking.close()
    return None


def _fork() -> int:
    """Fork, later where a busy system has no process or no memory to give just now."""
    for pause in _PAUSES:
        try:
            return os.fork()
        except OSError:
            time.sleep(pause)
    return os.fork()


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
