"""The desk as it is served, and a headless Chromium that sees it."""

from __future__ import annotations

import json
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler.web.desk import Service
from crawler.web.origins import Origins
from tests.forkserver import ForkServer
from tests.shared import Shared
from tests.web.listening import listening

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from chromium import Tab, program


@dataclass(frozen=True)
class Served:
    """A desk that listens: ``get`` asks it, the answer is never raised."""

    service: Service
    origins: Origins

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        url = path if path.startswith("http") else self.origins.desk + path
        request = urllib.request.Request(url, headers={name.replace("_", "-"): text for name, text in headers.items()})
        opener = urllib.request.build_opener(_Still)
        try:
            with opener.open(request, timeout=120) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read()

    def text(self, path: str) -> str:
        status, _, body = self.get(path)
        assert status == 200, (path, status, body[:300])
        return body.decode()

    def json(self, path: str) -> Any:
        return json.loads(self.text(path))


class _Still(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


@pytest.fixture(scope="session")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Served]]:
    """Starts a desk over a folder; each stays until the tests end."""
    with ExitStack() as closing:

        def start(root: Path, **settings: Any) -> Served:
            sockets = _three_ports()
            origins = Origins.on_loopback(sockets[0].getsockname()[1])
            index = tmp_path_factory.mktemp("index") / "desk.sqlite"
            service = closing.enter_context(Service(root, origins, index=index, **settings))
            closing.enter_context(listening(service.app, sockets))
            return Served(service, origins)

        yield start


def _three_ports() -> list[socket.socket]:
    while True:
        found: list[socket.socket] = []
        try:
            for number in range(3):
                listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
                found.append(listener)
                listener.bind(("127.0.0.1", found[0].getsockname()[1] + number if number else 0))
            return found
        except OSError:
            for listener in found:
                listener.close()


@pytest.fixture(scope="session")
def chromium(shared: Shared, forks: ForkServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The DevTools endpoint of a headless Chromium, which all processes of the tests share."""
    executable = program()
    if executable is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    profile = tmp_path_factory.mktemp("chromium")
    return shared.server("chromium", forks, "tests.web.browser_server:main", executable, profile)


@pytest.fixture
def tab(chromium: str) -> Iterator[Tab]:
    opened = Tab(chromium)
    yield opened
    opened.close()
