"""``wirecopy serve`` and ``viewer``: what a wrong call is told, and that the desk comes up as a user starts it."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import tarfile
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from crawler.cli import exit_codes, main, serve
from crawler.web import viewer
from tests.forkserver import ForkServer
from tests.site import free_ports


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((".", "--port", "70000"), "from 1 to 65533"),
        ((".", "--host", "0.0.0.0"), "--origin"),
        ((".", "--origin", "https://desk.example"), "needed together"),
        ((".", "--origin", "desk.example", "--replay-origin", "https://replay.example"), "is needed, without a path"),
        ((".", "--origin", "https://a.example", "--replay-origin", "https://a.example"), "must differ"),
        ((".", "--origin", "https://a.example;script-src *", "--replay-origin", "https://b.example"), "is needed"),
        ((".", "--token-file", "nowhere"), "cannot be read"),
        ((".", "--token-file", "short"), "shorter than 12"),
        ((".", "--token-file", "empty"), "is empty"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(wirecopy: Any, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    (tmp_path / "short").write_text("guess\n")
    (tmp_path / "empty").write_text("\n")
    done = wirecopy("serve", *words, cwd=tmp_path, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_port_in_use_is_named(wirecopy: Any, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = wirecopy("serve", tmp_path, "--port", str(port), XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert done.returncode == 2
    assert f"port {port}: Address already in use" in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "a.warc.gz: nothing in it can be read (a.warc.gz at 0: the file is empty)"),
        (b"\x1f\x8b\x08 not that", "the file ends inside a gzip member"),
        (b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n", "a.warc.gz holds no capture"),
    ],
)
def test_an_archive_without_a_record_that_can_be_read_is_not_served(
    wirecopy: Any, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "a.warc.gz").write_bytes(content)
    port = str(free_ports())
    done = wirecopy("serve", "a.warc.gz", "--port", port, cwd=tmp_path, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert done.returncode == exit_codes.UNREADABLE
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@contextmanager
def served(folder: Path, *words: str | Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The desk as a user starts it, once it says where it is: its port and process."""
    port = free_ports()
    command = [sys.executable, "-c", "import sys, crawler.cli; sys.exit(crawler.cli.main())", "serve"]
    environment = {"XDG_CACHE_HOME": str(folder / "cache"), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    process = subprocess.Popen(
        [*command, str(folder), "--port", str(port), *words],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2], env=environment,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        assert process.stdout.readline().startswith(f"http://127.0.0.1:{port}/ shows")
        yield port, process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(120)
        process.stdout.close()


def test_a_folder_of_nothing_is_served(tmp_path: Path) -> None:
    with (
        served(tmp_path) as (port, _),
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=120) as page,
    ):
        assert b"None yet" in page.read()


def test_a_client_that_never_comes_to_an_end_does_not_keep_the_desk_from_it(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("a long random word")
    with (
        served(tmp_path, "--token-file", tmp_path / "token") as (port, process),
        socket.create_connection(("127.0.0.1", port)) as client,
    ):
        head = f"POST /login HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 100\r\nExpect: 100-continue"
        client.sendall(f"{head}\r\n\r\n".encode())
        assert client.recv(100).startswith(b"HTTP/1.1 100 ")  # so its body is waited for
        process.send_signal(signal.SIGINT)
        process.wait(120)


HELD = """\
import sys, time
from pathlib import Path
from types import SimpleNamespace
from crawler.cli import main, serve
from crawler.web.catalogue import Catalogue

def held(_):
    Path("held").touch()
    time.sleep(3600)

Catalogue.keep_fresh = held
serve.FAREWELL = 1
sys.exit(main(sys.argv[1:]))
"""
"""The desk on a disk that never comes back."""


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_an_answer_that_never_comes_to_an_end_does_not_keep_the_desk_from_it(
    forks: ForkServer, tmp_path: Path, kind: signal.Signals
) -> None:
    port, scratch = free_ports(), tmp_path / "scratch"
    (tmp_path / "held.py").write_text(HELD)
    scratch.mkdir()
    process = forks.start(
        tmp_path / "held.py", ["serve", ".", "--port", str(port)], cwd=tmp_path,
        environment={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(scratch)},
    )  # fmt: skip
    process.until(lambda: _listens(port))
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        process.until((tmp_path / "held").exists)
        os.kill(process.pid, kind)
        done = process.finish()
    assert (done.returncode, "still being made" in done.stderr) == (exit_codes.INTERRUPTED, True), done.stderr
    assert list(scratch.iterdir()) == []


def test_whoever_asks_once_more_waits_no_longer_for_an_answer_that_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    def ended(code: int) -> None:
        raise SystemExit(code)

    done = threading.Event()
    thread = threading.Thread(target=done.wait, name=serve._ANSWERING)
    thread.start()
    desk: Any = SimpleNamespace(close=lambda: None)
    try:
        with monkeypatch.context() as patched, pytest.raises(SystemExit) as end:
            patched.setattr(threading.Thread, "join", interrupted)
            patched.setattr(os, "_exit", ended)
            serve._end_threads(desk)
        assert end.value.code == exit_codes.INTERRUPTED
    finally:
        done.set()
        thread.join()


def test_sigterm_ends_the_desk_in_order(forks: ForkServer, tmp_path: Path) -> None:
    port, scratch = free_ports(), tmp_path / "scratch"
    scratch.mkdir()
    process = forks.start(
        "crawler.cli:main", ["serve", str(tmp_path), "--port", str(port)],
        environment={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(scratch)},
    )  # fmt: skip
    process.until(lambda: _listens(port))
    assert urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=120).close() is None
    os.kill(process.pid, signal.SIGTERM)
    done = process.finish()
    assert done.returncode == exit_codes.OK, done.stderr
    assert list(scratch.iterdir()) == []


def test_a_client_that_asks_for_a_web_socket_gets_the_page(forks: ForkServer, tmp_path: Path) -> None:
    port = free_ports()
    process = forks.start(
        "crawler.cli:main", ["serve", str(tmp_path), "--port", str(port)],
        environment={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )  # fmt: skip
    process.until(lambda: _listens(port))
    with closing(HTTPConnection("127.0.0.1", port, timeout=120)) as client:
        asked = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
        client.request("GET", "/", headers=asked | {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="})
        assert client.getresponse().status == 200
    os.kill(process.pid, signal.SIGTERM)
    assert process.finish().returncode == exit_codes.OK


def _listens(port: int) -> bool:
    with suppress(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port)).close()
        return True
    return False


def test_the_viewer_is_installed_from_a_file(wirecopy: Any, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "viewer.tgz", "w:gz") as package:
        for name in ("package/ui.js", "package/sw.js", "package/LICENSE", "package/../../evil.js", "package/dist/x.js"):
            member = tarfile.TarInfo(name)
            member.size = 4
            package.addfile(member, io.BytesIO(b"//js"))
    home = {"XDG_DATA_HOME": str(tmp_path / "data")}
    assert wirecopy("viewer", "where", **home).returncode == 3
    done = wirecopy("viewer", "install", "--from", tmp_path / "viewer.tgz", **home)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "data" / "wirecopy" / "replaywebpage"
    assert sorted(file.name for file in folder.iterdir()) == ["LICENSE", "sw.js", "ui.js"]
    assert wirecopy("viewer", "where", **home).stdout.strip() == str(folder)


def test_npm_that_does_not_come_back_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\nexec sleep 20\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(viewer, "PATIENCE", 0.2)
    assert main(["viewer", "install"]) == exit_codes.USAGE
    said = capsys.readouterr().err
    assert "npm did not fetch replaywebpage@2.5.3 within 0.2 s; try again, or get replaywebpage-2.5.3.tgz" in said


@pytest.mark.parametrize(
    ("file", "said"), [("nowhere", "No such file"), ("text", "is no npm package"), ("other", "holds no ui.js")]
)
def test_what_is_no_viewer_is_refused(wirecopy: Any, tmp_path: Path, file: str, said: str) -> None:
    (tmp_path / "text").write_text("no package")
    with tarfile.open(tmp_path / "other", "w:gz"):
        pass
    done = wirecopy("viewer", "install", "--from", tmp_path / file, XDG_DATA_HOME=str(tmp_path / "data"))
    assert done.returncode == 2
    assert said in done.stderr
