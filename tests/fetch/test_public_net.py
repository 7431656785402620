"""What is told of an address that a user names, before anything is asked for."""

from __future__ import annotations

import pytest

from crawler.fetch.public_net import networks_of, why_private


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/", "http://localhost/", "https://LOCALHOST:8080/x", "http://a.localhost/", "http://[::1]/",
        "http://2130706433/", "http://0x7f.1/", "http://169.254.169.254/latest", "http://[::ffff:10.0.0.1]/",
    ],
)  # fmt: skip
def test_a_private_address_or_this_machine_is_told(url: str) -> None:
    assert "one: " in (why_private(url, ()) or "")


@pytest.mark.parametrize(
    "url", ["https://a.example/", "http://8.8.8.8/", "http://intranet/", "http://10.example/", "http://cafe.local/"]
)
def test_names_are_left_to_the_look_up(url: str) -> None:
    assert why_private(url, ()) is None


@pytest.mark.parametrize(
    ("url", "opened"),
    [("http://10.1.2.3/", "10.0.0.0/8"), ("http://localhost/", "127.0.0.0/8"), ("http://localhost/", "::1")],
)
def test_what_is_opened_may_be_asked_for(url: str, opened: str) -> None:
    assert why_private(url, networks_of([opened])) is None
