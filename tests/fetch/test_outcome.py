from __future__ import annotations

import gzip

import pytest

from crawler.fetch.outcome import label, label_exchange

HTML = {"content-type": "text/html; charset=utf-8"}
PAGE = b"<html><title>Tide tables</title><p>High water at noon.</p></html>"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "ok"), (203, "ok"), (204, "ok"), (206, "ok"), (304, "not_modified"), (301, "redirect"), (401, "blocked"),
        (402, "paywall"), (403, "blocked"), (404, "gone"), (410, "gone"), (416, "client_error"),
        (418, "blocked"), (420, "blocked"), (429, "blocked"), (451, "blocked"), (500, "server_error"),
        (503, "server_error"), (999, "blocked"),
    ],
)  # fmt: skip
def test_status_alone(status: int, outcome: str) -> None:
    assert label(status, HTML, PAGE, body_size=len(PAGE))[0] == outcome


@pytest.mark.parametrize(
    ("location", "outcome"),
    [
        ("/new", "redirect"),
        ("https://consent.yahoo.com/v2/collectConsent?sessionId=1", "consent"),
        ("https://guce.news.example/consent?x", "consent"),
        ("https://login.news.example/?next=/a", "login"),
        ("/account/login?next=/a", "login"),
        ("https://news.example/blogging-insights", "redirect"),
        ("https://news.example/informed-consent-in-medicine", "redirect"),
        ("http://[broken", "redirect"),
    ],
)
def test_where_a_redirect_leads(location: str, outcome: str) -> None:
    assert label(302, {"location": location}, b"", body_size=0)[0] == outcome


@pytest.mark.parametrize(
    "body",
    [
        b"<html><head><title>Just a moment...</title></head>",
        b"<title>Attention Required! | Cloudflare</title>",
        b"<script>var dd={'rt':'c','cid':'x'}</script><script src='https://ct.captcha-delivery.com/c.js'>",
        b"<title>Access to this page has been denied</title>",
        b'<div id="px-captcha"></div>',
        b"<title>Pardon Our Interruption</title>",
    ],
)
@pytest.mark.parametrize("status", [200, 403, 503])
@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_challenge_is_a_refusal_whatever_its_status(body: bytes, status: int, coding: str) -> None:
    sent = gzip.compress(body) if coding else body
    outcome, reason = label(status, {**HTML, "content-encoding": coding}, sent, body_size=len(sent))
    assert outcome == "blocked"
    assert "challenge" in (reason or "")


def test_a_challenge_shows_in_its_field() -> None:
    assert label(200, {"cf-mitigated": "challenge"}, PAGE, body_size=len(PAGE))[0] == "blocked"


def test_a_long_page_that_speaks_of_challenges_is_a_page() -> None:
    body = b"<title>Just a moment... how Cloudflare checks browsers</title>"
    assert label(200, HTML, body, body_size=200_000)[0] == "ok"


@pytest.mark.parametrize(
    ("headers", "body"),
    [(HTML, b""), ({"transfer-encoding": "chunked"}, b"0\r\n\r\n"), ({"transfer-encoding": "chunked"}, b"000;x\n\n")],
)
def test_no_byte_of_a_body_is_empty(headers: dict[str, str], body: bytes) -> None:
    assert label(200, headers, body, body_size=len(body))[0] == "empty"


def test_no_body_is_expected_of_head() -> None:
    assert label(200, HTML, b"", body_size=0, method="HEAD")[0] == "ok"


def test_a_broken_gzip_does_not_matter() -> None:
    assert label(200, {**HTML, "content-encoding": "gzip"}, b"\x1f\x8bnonsense", body_size=10)[0] == "ok"


def test_a_response_cut_off_at_the_limit_is_too_large() -> None:
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    assert label_exchange("GET", head, b"x", body_size=1, truncated="length")[0] == "too_large"


def test_a_head_without_a_status_is_no_response() -> None:
    assert label_exchange("GET", b"HELLO\r\n\r\n", b"", body_size=0, truncated=None)[0] == "bad_response"
