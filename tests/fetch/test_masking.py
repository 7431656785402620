from __future__ import annotations

import errno
import os
import tempfile
from io import BytesIO
from typing import Any

import pytest

from crawler.fetch.masking import masked_request, masked_response
from crawler.fetch.transcript import SPILL

HEAD = (
    b"GET / HTTP/1.1\r\nHost: a.example\r\n"
    b"COOKIE:  sid=secret;\r\n more=secret\r\nAuthorization: Basic c2VjcmV0\r\n\r\n"
)


def test_values_are_masked_and_everything_else_stays() -> None:
    assert masked_request(HEAD, login=True, proxied=False) == (
        b"GET / HTTP/1.1\r\nHost: a.example\r\nCOOKIE: (masked)\r\nAuthorization: (masked)\r\n\r\n",
        ("authorization", "cookie"),
    )


def test_a_field_that_only_sounds_alike_stays() -> None:
    head = b"GET / HTTP/1.1\r\nX-Cookie: a\r\nCookie-Policy: b\r\n\r\n"
    assert masked_request(head, login=True, proxied=False) == (head, ())


def test_a_body_is_never_masked() -> None:
    body = b"Cookie: of a form\r\n"
    assert masked_request(HEAD + body, login=True, proxied=False)[0].endswith(b"\r\n\r\n" + body)


def test_without_a_login_only_what_a_proxy_and_a_key_need_is_masked() -> None:
    head = b"GET / HTTP/1.1\r\nCookie: a\r\nProxy-Authorization: b\r\nX-Key: c\r\n\r\n"
    assert masked_request(head, login=False, proxied=False) == (head, ())
    assert masked_request(head, login=False, proxied=True)[1] == ("proxy-authorization",)
    assert masked_request(head, login=False, proxied=False, secrets=("X-Key",))[1] == ("proxy-authorization", "x-key")


def test_of_a_response_the_cookies_are_masked_and_the_rest_is_copied() -> None:
    head = b"HTTP/1.1 200 OK\r\nSet-Cookie: sid=secret\r\n\r\n"
    response = BytesIO(head + b"Set-Cookie: in a body")
    shown, masked = masked_response(response, head)
    with shown:
        assert shown.read() == b"HTTP/1.1 200 OK\r\nSet-Cookie: (masked)\r\n\r\nSet-Cookie: in a body"
    assert (masked, response.closed) == (("set-cookie",), True)


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE])
def test_a_big_response_is_masked_in_memory_where_no_file_is_free(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    refuse(monkeypatch, number)
    head, body = b"HTTP/1.1 200 OK\r\nSet-Cookie: sid=secret\r\n\r\n", b"x" * 3 * SPILL
    shown, masked = masked_response(BytesIO(head + body), head)
    with shown:
        assert shown.read() == b"HTTP/1.1 200 OK\r\nSet-Cookie: (masked)\r\n\r\n" + body
    assert masked == ("set-cookie",)


def test_a_disk_that_takes_no_copy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, errno.ENOSPC)
    head = b"HTTP/1.1 200 OK\r\nSet-Cookie: sid=secret\r\n\r\n"
    with pytest.raises(OSError, match="No space left"):
        masked_response(BytesIO(head + b"x" * 3 * SPILL), head)


def refuse(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refused(**_: Any) -> Any:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
