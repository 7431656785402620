"""Sound in an archived page can be wound to any place, as the browser asks for it: in parts."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.archive import Recorder
from crawler.model import Exchange, Outcome, Purpose, Role

PAGE = "https://radio.example/evening"
SOUND = "https://radio.example/evening.wav"
SECONDS = 600


def sound() -> bytes:
    """Ten minutes of silence, 8 bits at 8 kHz: 4.8 MB."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(1)
        writer.setframerate(8000)
        writer.writeframes(b"\x80" * 8000 * SECONDS)
    return file.getvalue()


@pytest.fixture(scope="module")
def radio(tmp_path_factory: pytest.TempPathFactory, serving: Callable[..., Any]) -> Any:
    root = tmp_path_factory.mktemp("radio")
    page = b"<!doctype html><title>Evening</title><h1>Evening</h1><audio controls src=/evening.wav></audio>"
    with Recorder(root / "c", software="test") as recorder:
        for url, kind, body in ((PAGE, b"text/html", page), (SOUND, b"audio/wav", sound())):
            response = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n\r\n" + body
            recorder.record(
                Exchange(url, datetime(2026, 11, 22, 18, tzinfo=UTC), io.BytesIO(b"GET / HTTP/1.1\r\n\r\n"),
                         io.BytesIO(response), Purpose(Role.REQUISITE), Outcome.OK)
            ).result(120)  # fmt: skip
    return serving(root)


@pytest.mark.parametrize("form", ["id_", "oe_", "if_"])
def test_a_part_is_sent_in_every_form_that_leaves_bytes_alone(radio: Any, form: str) -> None:
    url = f"{radio.origins.replay}/web/20261122180000{form}/{SOUND}"
    whole = radio.get(url)
    assert (whole[0], whole[1]["accept-ranges"], len(whole[2])) == (200, "bytes", len(sound()))
    status, fields, body = radio.get(url, Range="bytes=4000000-4000009")
    assert (status, body) == (206, whole[2][4_000_000:4_000_010])
    assert fields["content-range"] == f"bytes 4000000-4000009/{len(sound())}"
    assert fields["memento-datetime"] == "Sun, 22 Nov 2026 18:00:00 GMT"
    assert "default-src 'none'" in fields["content-security-policy"]
    assert radio.get(url, Range="bytes=0-1", If_Range=whole[1]["etag"])[0] == 206
    assert radio.get(url, Range="bytes=0-1", If_Range='"another"')[0] == 200
    status, fields, _ = radio.get(url, Range="bytes=9000000-")
    assert (status, fields["content-range"]) == (416, f"bytes */{len(sound())}")


def test_a_page_that_was_rewritten_is_sent_whole(radio: Any) -> None:
    status, fields, body = radio.get(f"{radio.origins.replay}/web/20261122180000mp_/{PAGE}", Range="bytes=0-9")
    assert (status, "content-range" in fields) == (200, False)
    assert b"Evening" in body


def test_the_browser_winds_to_the_ninth_minute(radio: Any, tab: Any) -> None:
    tab.open(f"{radio.origins.desk}/web/20261122180000/{PAGE}")
    sound = "document.querySelector('audio')"
    tab.wait_until(lambda: tab.value(f"{sound}.readyState >= 1", frame=True))
    assert tab.value(f"Math.round({sound}.duration)", frame=True) == SECONDS
    tab.value(f"void ({sound}.currentTime = 540)", frame=True)
    tab.wait_until(lambda: tab.value(f"!{sound}.seeking && {sound}.readyState >= 2", frame=True))
    assert tab.value(f"{sound}.currentTime", frame=True) == 540
    assert tab.value(f"{sound}.seekable.end(0)", frame=True) == SECONDS
