"""pywb: the collection's WARCs are served, and the bytes of every page come out as they went in."""

from __future__ import annotations

import hashlib
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from evidence import Evidence, expect

BIN = Path(sys.executable).parent


def pywb(evidence: Evidence) -> str:
    with tempfile.TemporaryDirectory() as folder:
        for arguments in (["init", "demo"], ["add", "demo", *map(str, (warc.absolute() for warc in evidence.warcs))]):
            run = subprocess.run(
                [BIN / "wb-manager", *arguments], cwd=folder, capture_output=True, text=True, check=False
            )
            expect(run.returncode == 0, run.stderr)
        port = free_port()
        with (Path(folder) / "log").open("w+") as log:
            server = subprocess.Popen(
                [BIN / "wayback", "-b", "127.0.0.1", "-p", str(port)], cwd=folder, stdout=log, stderr=log
            )
            try:
                _wait(port, server)
                return _pages(evidence, f"http://127.0.0.1:{port}/demo")
            finally:
                server.terminate()
                server.wait(10)


def _pages(evidence: Evidence, root: str) -> str:
    same = decoded = 0
    for entry in evidence.entries:
        if entry.get("status") != "200" or not entry["url"].startswith("http"):
            continue
        request = urllib.request.Request(f"{root}/{entry['timestamp']}id_/{entry['url']}")
        with urllib.request.urlopen(request, timeout=20) as response:
            body = response.read()
        expect(body, f"{entry['url']} came empty")
        if "sha256:" + hashlib.sha256(body).hexdigest() == entry["digest"]:
            same += 1
        else:
            expect(response.headers.get("X-Archive-Orig-Content-Encoding"), f"{entry['url']}: other bytes came out")
            decoded += 1
    expect(same, "no page came out")
    seed = evidence.seed
    with urllib.request.urlopen(f"{root}/{seed['timestamp']}mp_/{seed['url']}", timeout=20) as response:
        page = response.read().decode("utf-8", "replace")
    expect(seed["title"][:30] in page, f"the page of {seed['url']} is without its headline")
    return f"{same} responses byte for byte, {decoded} decoded by pywb, headline of the seed among them"


def free_port(in_a_row: int = 1) -> int:
    """The first of so many free ports, below those that systems give to connections, which may take them meanwhile."""
    while True:
        first = random.randrange(16_384, 32_768 - in_a_row)
        try:
            for port in range(first, first + in_a_row):
                socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return first


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        expect(server.poll() is None, "pywb ended by itself")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    expect(False, "pywb did not answer within 30 s")
