"""Raw replay beside pywb: requests a second for the same captures of the same archive, in turn, in one run.

    python benchmarks/replay.py [--collection DIR] [--pywb ENVIRONMENT] [--seconds N] [--connections N]

``ENVIRONMENT`` is the virtual environment pywb is installed in (``.venv-interop``, as `make interop` makes it). Both
serve one process; the client is the same, its connections kept alive; the bodies of both are compared before. Rounds
alternate and the best of each is taken, since other work on the machine only ever slows one down.
"""

from __future__ import annotations

import argparse
import hashlib
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from crawler.archive.cdxj import parse
from crawler.replay.address import stamp_of

CHECKOUT = Path(__file__).resolve().parents[1]
ROUNDS = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--collection", type=Path, help="default: a capture of the demo, made for this")
    parser.add_argument("--pywb", type=Path, default=CHECKOUT / ".venv-interop", help="(.venv-interop)")
    parser.add_argument("--seconds", type=float, default=4.0, help="of each round (4)")
    parser.add_argument("--connections", type=int, default=4, help="(4)")
    options = parser.parse_args()
    if not (options.pywb / "bin" / "wayback").exists():
        print(f"{options.pywb}: no pywb there; `make interop` installs it", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="replay-") as folder:
        collection = options.collection or Path(folder) / "demo"
        if options.collection is None:
            subprocess.run([program("wirecopy"), "demo", "-c", collection], check=True, capture_output=True)
        captures = [(stamp, url) for stamp, url, status in read(collection) if status == 200]
        with ours(collection) as desk, pywb(options.pywb, collection, Path(folder)) as peer:
            addresses = {
                "wirecopy": [f"{desk}/web/{stamp}id_/{url}" for stamp, url in captures],
                "pywb": [f"{peer}/demo/{stamp}id_/{url}" for stamp, url in captures],
            }
            same = compare(addresses["wirecopy"], addresses["pywb"])
            print(f"{len(captures)} captures, {same} with the same body from both")
            best = dict.fromkeys(addresses, 0.0)
            for number in range(ROUNDS):
                for name, urls in addresses.items():
                    rate = requests_a_second(urls, options.connections, options.seconds)
                    best[name] = max(best[name], rate)
                    print(f"round {number + 1}: {name:<9} {rate:8.0f} requests/s", flush=True)
            ratio = best["wirecopy"] / best["pywb"]
            print(f"wirecopy {best['wirecopy']:.0f}, pywb {best['pywb']:.0f} requests/s: {ratio:.1f} times")
    return 0 if same == len(captures) and ratio >= 5 else 1


def program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def read(collection: Path) -> Iterator[tuple[str, str, int | None]]:
    with (collection / "indexes" / "index.cdxj").open("rb") as lines:
        for raw in lines:
            if entry := parse(raw):
                yield stamp_of(entry.at), entry.url, entry.status


@contextmanager
def ours(collection: Path) -> Iterator[str]:
    port = free_ports()
    server = subprocess.Popen([program("wirecopy"), "serve", str(collection), "--port", str(port)])
    try:
        wait(port + 1)
        yield f"http://127.0.0.1:{port + 1}"
    finally:
        server.terminate()
        server.wait(10)


@contextmanager
def pywb(environment: Path, collection: Path, folder: Path) -> Iterator[str]:
    home = folder / "pywb"
    home.mkdir()
    tools = environment.absolute() / "bin"
    warcs = sorted(str(file.absolute()) for file in (collection / "archive").glob("*.warc.gz"))
    for words in (["init", "demo"], ["add", "demo", *warcs]):
        subprocess.run([tools / "wb-manager", *words], cwd=home, check=True, capture_output=True)
    port = free_ports()
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [tools / "wayback", "-b", "127.0.0.1", "-p", str(port)], cwd=home, stdout=log, stderr=log
        )
        try:
            wait(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(10)


def free_ports() -> int:
    """The first of three free ports in a row: those of `wirecopy serve`."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = int(probe.getsockname()[1])
        try:
            for number in range(port, port + 3):
                socket.create_server(("127.0.0.1", number)).close()
        except OSError:
            continue
        return port


def wait(port: int, seconds: float = 20) -> None:
    for _ in range(round(seconds * 10)):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"nothing listens at port {port} after {seconds:.0f} s")


def compare(ones: list[str], others: list[str]) -> int:
    one, other = Client(ones[0]), Client(others[0])
    same = 0
    for first, second in zip(ones, others, strict=True):
        digests = [hashlib.sha256(client.get(url)).digest() for client, url in ((one, first), (other, second))]
        same += digests[0] == digests[1]
        if digests[0] != digests[1]:
            print(f"  differs: {first}")
    return same


def requests_a_second(urls: list[str], connections: int, seconds: float) -> float:
    answered = [0] * connections
    end = time.monotonic() + seconds

    def work(number: int) -> None:
        client = Client(urls[0])
        while time.monotonic() < end:
            client.get(urls[(answered[number] + number * 7) % len(urls)])
            answered[number] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered) / (time.monotonic() - began)


class Client:
    """One connection that is kept alive, and opened again where the server closes it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._place = (parts.hostname or "", parts.port or 80)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._host = parts.netloc
        self._open()

    def _open(self) -> None:
        self._socket = socket.create_connection(self._place, timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rb")

    def get(self, url: str) -> bytes:
        path = url.removeprefix(self._origin)
        # An acknowledgement at once: else a server that writes head and body apart waits 40 ms for it.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n\r\n".encode())
        status = self._file.readline()
        if not status.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"{url}: {status!r}")
        fields = {}
        while line := self._file.readline().strip():
            name, _, value = line.partition(b":")
            fields[name.lower()] = value.strip()
        chunked, size = fields.get(b"transfer-encoding") == b"chunked", fields.get(b"content-length")
        body = self._chunks() if chunked else self._file.read(int(size) if size else -1)
        if fields.get(b"connection", b"").lower() == b"close" or (not chunked and size is None):
            self._file.close()
            self._socket.close()
            self._open()
        return body

    def _chunks(self) -> bytes:
        body = b""
        while size := int(self._file.readline(), 16):
            body += self._file.read(size)
            self._file.readline()
        self._file.readline()
        return body


if __name__ == "__main__":
    raise SystemExit(main())
