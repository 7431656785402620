from __future__ import annotations

from io import BytesIO

from crawler.fetch.masking import masked_request, masked_response

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
