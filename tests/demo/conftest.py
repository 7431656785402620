from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime

import lxml.html
import pytest

from crawler.demo import COPIES, ORIGINAL, REPRINT, SEED, TRUTH, Reply, answer

NOW = datetime(2024, 3, 20, 19, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def now() -> datetime:
    """Five days after the story."""
    return NOW


@pytest.fixture(scope="session")
def ask() -> Callable[..., Reply]:
    def get(url: str, method: str = "GET", **headers: str) -> Reply:
        return answer(method, url, [(name.replace("_", "-"), value) for name, value in headers.items()], now=NOW)

    return get


@pytest.fixture(scope="session")
def entity() -> Callable[[Reply], bytes]:
    """The body with its framing and gzip removed."""

    def read(reply: Reply) -> bytes:
        headers = {name.lower(): value for name, value in reply.headers}
        body = reply.body
        if "transfer-encoding" in headers:
            rest, body = body, b""
            while True:
                size, _, rest = rest.partition(b"\r\n")
                if int(size, 16) == 0:
                    assert rest == b"\r\n"
                    break
                body, rest = body + rest[: int(size, 16)], rest[int(size, 16) + 2 :]
        return gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body

    return read


@pytest.fixture(scope="session")
def pages() -> tuple[str, ...]:
    """Every page of the story that should open."""
    return (SEED, ORIGINAL, *COPIES, REPRINT, *(card.url for card in TRUTH.cards))


@pytest.fixture(scope="session")
def tree(ask: Callable[..., Reply], entity: Callable[[Reply], bytes]) -> Callable[[str], lxml.html.HtmlElement]:
    def parse(url: str) -> lxml.html.HtmlElement:
        root = lxml.html.fromstring(entity(ask(url)))
        root.make_links_absolute(url)
        return root

    return parse
