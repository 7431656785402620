"""An S3-compatible store on loopback with a gate before it, and collections to put there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Recorder
from crawler.archive.store.note import is_note
from tests.archive.store.gate import Gate
from tests.forkserver import ForkServer
from tests.shared import Shared

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def moto(shared: Shared, forks: ForkServer) -> int:
    """The port of a store, which all processes of the tests share."""
    pytest.importorskip("s3fs", reason="wirecopy[s3] is not installed")
    if not find_spec("moto"):
        pytest.skip("moto is not installed: wirecopy[test]")
    return int(shared.server("moto", forks, "tests.archive.store.moto_server:main"))


@pytest.fixture(scope="session")
def way(moto: int) -> Iterator[Gate]:
    with Gate(moto).running() as gate:
        yield gate


@pytest.fixture
def gate(way: Gate, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Gate:
    """The way to the store, where requests are counted; the environment leads there."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "AWS_ENDPOINT_URL": way.url,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
        "AWS_MAX_ATTEMPTS": "2",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }.items():
        monkeypatch.setenv(name, value)
    way.soundly()
    return way


@pytest.fixture
def bucket(gate: Gate, request: pytest.FixtureRequest) -> str:
    """The address of a bucket of the test's own."""
    from crawler.archive.store.objects import open_objects

    name = f"test-{abs(hash(request.node.nodeid)):x}"
    store: Any = open_objects(f"s3://{name}")
    store.call("make", "", "create_bucket")
    gate.soundly()
    return f"s3://{name}"


@pytest.fixture
def objects(bucket: str) -> Any:
    """The bucket, to look into behind the code's back."""
    from crawler.archive.store.objects import open_objects

    return open_objects(bucket)


def record(path: Path, *texts: str, size: int = 0, rotate: int = 1_000_000_000) -> Path:
    """A collection with these texts, each a resource, and one of ``size`` bytes that can't be compressed."""
    with Recorder(path, software="test", rotate_bytes=rotate) as recorder:
        for text in texts:
            recorder.resource(f"urn:text:{text}", text.encode() * 50, "text/plain", AT).result()
        if size:
            recorder.resource("urn:view:large", os.urandom(size), "image/png", AT).result()
    return path


def files_of(path: Path) -> dict[str, bytes]:
    """The files of a collection, but for what is kept of its store."""
    return {
        file.relative_to(path).as_posix(): file.read_bytes()
        for file in sorted(path.rglob("*"))
        if file.is_file() and not file.name.startswith(".") and not is_note(file.name)
    }
