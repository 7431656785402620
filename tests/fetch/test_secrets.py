from __future__ import annotations

import pytest
from scrapy.http import Request

from crawler.fetch.secrets import REQUEST_FIELDS, LoginError, Logins, mask, read_logins

HEAD = (
    b"GET / HTTP/1.1\r\nHost: a.example\r\n"
    b"COOKIE:  sid=secret;\r\n more=secret\r\nAuthorization: Basic c2VjcmV0\r\n\r\n"
)


def test_values_are_masked_and_everything_else_stays() -> None:
    assert mask(HEAD, REQUEST_FIELDS) == (
        b"GET / HTTP/1.1\r\nHost: a.example\r\nCOOKIE: (masked)\r\nAuthorization: (masked)\r\n\r\n",
        ("authorization", "cookie"),
    )


def test_a_field_that_only_sounds_alike_stays() -> None:
    head = b"GET / HTTP/1.1\r\nX-Cookie: a\r\nCookie-Policy: b\r\n\r\n"
    assert mask(head, REQUEST_FIELDS) == (head, ())


@pytest.mark.parametrize(
    "text", ["secret", "[]", '{"a": "secret"}', '{"a": {"X": "secret"}}', '{"a": {"Cookie": "a\\nb"}}']
)
def test_logins_that_are_none_are_refused_without_being_shown(text: str) -> None:
    with pytest.raises(LoginError) as caught:
        read_logins(text)
    assert "secret" not in str(caught.value)


def test_logins_are_by_host() -> None:
    assert read_logins('{"WWW.a.example": {"Cookie": "sid=1"}}') == {"www.a.example": {"Cookie": "sid=1"}}
    assert read_logins(None) == {}


@pytest.mark.parametrize(
    ("elsewhere", "kept"),
    [
        ("https://a.example/other", True),
        ("https://a.example:8443/", False),
        ("http://a.example/", False),
        ("https://www.a.example/", False),
        ("https://b.example/", False),
    ],
)
def test_a_login_does_not_follow_a_redirect_to_another_host_or_port(elsewhere: str, kept: bool) -> None:
    logins = Logins({"a.example": {"Cookie": "sid=1", "Authorization": "Bearer 2"}}, masked=True)
    request = Request("https://a.example/story")
    logins.process_request(request)
    assert request.headers["Cookie"] == b"sid=1"
    redirected = request.replace(url=elsewhere)
    logins.process_request(redirected)
    assert ("Cookie" in redirected.headers, "Authorization" in redirected.headers) == (kept, kept)


def test_a_cookie_that_no_login_set_is_left_alone() -> None:
    logins = Logins({"a.example": {"Cookie": "sid=1"}}, masked=True)
    request = Request("https://b.example/", headers={"Cookie": "consent=1"})
    logins.process_request(request)
    assert request.headers["Cookie"] == b"consent=1"
