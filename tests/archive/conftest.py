"""Exchanges to record, and a collection to record them into."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Recorded, Recorder
from crawler.model import Exchange, Outcome, Purpose, Role, TlsSession

START = datetime(2026, 3, 1, 9, 30, 0, 250_000, tzinfo=UTC)
PAGE = b"<!doctype html><title>A</title><h1>Headline</h1><p>" + b"text " * 100
Make = Callable[..., Exchange]


def _exchange(
    url: str = "https://www.news.example/story",
    body: bytes = PAGE,
    *,
    head: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n",
    asked: bytes = b"",
    seconds: float = 0,
    **more: Any,
) -> Exchange:
    values: dict[str, Any] = {
        "url": url,
        "started_at": START + timedelta(seconds=seconds),
        "request": io.BytesIO(b"GET /story HTTP/1.1\r\nHost: www.news.example\r\n" + asked + b"\r\n"),
        "response": io.BytesIO(head + b"\r\n" + body),
        "purpose": Purpose(Role.SEED, story=url, because="named by the user"),
        "outcome": Outcome.OK,
        "address": "192.0.2.7",
        "tls": TlsSession("tls/1.3", "TLS_AES_128_GCM_SHA256", verified=False, error="self-signed"),
    }
    return Exchange(**(values | more))


@pytest.fixture
def exchange() -> Make:
    """Makes an exchange; every part of it can be given."""
    return _exchange


@pytest.fixture
def record(tmp_path: Path) -> Callable[..., list[Recorded]]:
    """Records exchanges into ``tmp_path / "c"`` and closes it."""

    def write(*exchanges: Exchange, **options: Any) -> list[Recorded]:
        with Recorder(tmp_path / "c", software="wirecopy/test", **options) as recorder:
            return [recorder.record(item).result(120) for item in exchanges]

    return write
