"""Requests to S3-compatible stores that come to an end whatever the store does."""

from __future__ import annotations

import socket
from hashlib import sha256
from pathlib import Path

import pytest

from crawler.archive.store.address import Access
from crawler.archive.store.faults import StoreError
from crawler.archive.store.objects import open_objects
from tests.archive.store.gate import Gate

MORE_THAN_BUFFERS_HOLD = 15 << 20


def test_a_store_that_stands_still_in_the_middle_of_an_upload_is_told(
    gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.archive.store.s3.LONGEST", 2.0)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    file = tmp_path / "file"
    file.write_bytes(bytes(MORE_THAN_BUFFERS_HOLD))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        access = Access(f"http://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(StoreError, match="does not answer in time"):
            open_objects("s3://bucket/c", access).put("file", file, sha256(file.read_bytes()).hexdigest())
