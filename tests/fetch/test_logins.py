from __future__ import annotations

import pytest
from scrapy.http import Request

from crawler.fetch.logins import LoginError, Logins, read_logins


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
